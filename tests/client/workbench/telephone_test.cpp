#include "client/widgets/compose/composer.h"
#include "client/widgets/controls/segmented.h"
#include "client/workbench/after_call_bar.h"
#include "client/workbench/call_bar.h"
#include "client/workbench/device_check.h"
#include "client/workbench/dial_dialog.h"
#include "client/workbench/key_pad.h"
#include "client/workbench/offer_card.h"
#include "client/workbench/transfer_dialog.h"
#include "client/workbench/wrap_up_form.h"
#include "tests/client/app/desk.h"
#include "tests/client/support/fake_media.h"

#include <QtGui/QClipboard>
#include <QtWidgets/QComboBox>

using namespace cb;
using test::Desk;
using test::FakeSound;
using workbench::AfterCallBar;
using workbench::CallBar;
using workbench::CallGrade;
using workbench::DeviceCheck;
using workbench::DialDialog;
using workbench::KeyPad;

namespace {

const model::SessionId kPhoneCall(7);

/// A workbench with a telephone whose sound only notes what it is asked.
struct PhoneDesk {
    PhoneDesk() {
        desk.server.presence.status = model::AgentStatus::Idle;
        desk.server.lines = {{model::ChannelId(3), "+8675512345678"}, {model::ChannelId(4), "+8675587654321"}};
    }
    bool talks() {
        desk.server.addCall(kPhoneCall.value, "+8613800138000");
        if (!desk.open() || !QTest::qWaitFor([this] { return sound.count(QStringLiteral("start |")) == 1; }))
            return false;
        sound.host->mediaUp();
        desk.page().showSession(kPhoneCall);
        return desk.the<CallBar>()->isVisible();
    }
    state::Calls& calls() { return desk.program.account.account()->calls(); }
    widgets::IconButton* icon(const QString& name) const {
        for (auto* button : desk.the<CallBar>()->findChildren<widgets::IconButton*>())
            if (button->accessibleName().startsWith(name))
                return button;
        return nullptr;
    }

    FakeSound sound;
    Desk desk{test::quickSession(), sound.maker()};
};

widgets::Button* buttonIn(const QWidget* root, const QString& text) {
    for (auto* button : root->findChildren<widgets::Button*>())
        if (button->text() == text)
            return button;
    return nullptr;
}

} // namespace

/// Calls in the workbench: the bars, the dial pad, the device check.
class TelephoneTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCallHasABarAndNothingToWriteIn() {
        PhoneDesk phone;
        auto& desk = phone.desk;
        desk.server.addSession(8, "Ms Li");
        QVERIFY(phone.talks());
        QVERIFY(desk.shows(QStringLiteral("In a call")));
        QVERIFY(desk.shows(QStringLiteral("+8613800138000")));
        QVERIFY(!desk.the<widgets::Composer>()->isVisible());
        QVERIFY(!desk.button(QStringLiteral("End session")));
        desk.page().showSession(model::SessionId(8)); // a chat beside it
        QVERIFY(desk.the<widgets::Composer>()->isVisible());
        QVERIFY(desk.the<CallBar>()->isVisible());
        QVERIFY(desk.button(QStringLiteral("End session")));
    }
    void theKeyboardDoesAll() {
        PhoneDesk phone;
        auto& desk = phone.desk;
        QVERIFY(phone.talks());
        desk.key(Qt::Key_M, Qt::ControlModifier);
        QVERIFY(phone.calls().isMuted());
        QVERIFY(phone.icon(QStringLiteral("Microphone on"))->isChecked());
        desk.key(Qt::Key_H, Qt::ControlModifier);
        QTRY_VERIFY(phone.calls().phase() == state::CallPhase::Held);
        QVERIFY(desk.shows(QStringLiteral("On hold")));
        desk.key(Qt::Key_P, Qt::ControlModifier);
        auto* pad = desk.the<KeyPad>();
        QVERIFY(pad && pad->isVisible());
        QTest::keyClicks(pad, QStringLiteral("12#"));
        QTest::mouseClick(buttonIn(pad, QStringLiteral("9")), Qt::LeftButton);
        QCOMPARE(phone.sound.asked.mid(phone.sound.asked.size() - 4),
                 (QStringList{QStringLiteral("key 1"), QStringLiteral("key 2"), QStringLiteral("key #"),
                              QStringLiteral("key 9")}));
        QTest::keyClick(pad, Qt::Key_Escape);
        QVERIFY(!pad->isVisible());
        desk.key(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(desk.the<AfterCallBar>()->isVisible());
        QVERIFY(!desk.the<CallBar>()->isVisible());
        QVERIFY(desk.the<workbench::WrapUpForm>()->isVisible());
        QVERIFY(desk.shows(QStringLiteral("Ready for the next call in 0:")));
        desk.key(Qt::Key_F8, Qt::ShiftModifier);
        QTRY_VERIFY(desk.button(QStringLiteral("End wrap-up")));
        QVERIFY(!desk.button(QStringLiteral("Wrap-up")));
        desk.key(Qt::Key_F8);
        QTRY_VERIFY(!desk.the<AfterCallBar>()->isVisible());
        QVERIFY(desk.program.workbench().presence().status == model::AgentStatus::Idle);
    }
    void theRedButtonHangsUp() {
        PhoneDesk phone;
        QVERIFY(phone.talks());
        QTest::mouseClick(phone.icon(QStringLiteral("Hang up")), Qt::LeftButton);
        QTRY_COMPARE(phone.desk.server.asked<wire::EndSession>().size(), std::size_t(1));
        QTRY_VERIFY(phone.desk.button(QStringLiteral("Continue")));
        QTest::mouseClick(phone.desk.button(QStringLiteral("Continue")), Qt::LeftButton);
        QTRY_VERIFY(!phone.desk.the<AfterCallBar>()->isVisible());
    }
    void aCallThatCameToNothingSaysWhy() {
        PhoneDesk phone;
        QVERIFY(phone.talks());
        phone.desk.server.changeCall(kPhoneCall.value, [](model::CallView& view) { view.cause = "no_answer"; });
        phone.desk.server.end(kPhoneCall);
        QTRY_VERIFY(phone.desk.the<AfterCallBar>()->isVisible());
        QVERIFY(phone.desk.shows(QStringLiteral("Nobody answered.")));
    }
    void theConnectionIsGraded() {
        QVERIFY(workbench::gradeOf({}) == CallGrade::Unknown);
        QVERIFY(workbench::gradeOf(call::Quality{0, 5, 30}) == CallGrade::Good);
        QVERIFY(workbench::gradeOf(call::Quality{0, 5, -1}) == CallGrade::Good);
        QVERIFY(workbench::gradeOf(call::Quality{2, 5, 30}) == CallGrade::Fair);
        QVERIFY(workbench::gradeOf(call::Quality{0, 45, 30}) == CallGrade::Fair);
        QVERIFY(workbench::gradeOf(call::Quality{0, 5, 250}) == CallGrade::Fair);
        QVERIFY(workbench::gradeOf(call::Quality{6, 5, 30}) == CallGrade::Poor);
        QVERIFY(workbench::gradeOf(call::Quality{0, 5, 900}) == CallGrade::Poor);
    }
    void troubleWithTheSoundIsSaid() {
        PhoneDesk phone;
        QVERIFY(phone.talks());
        phone.sound.host->mediaFailed(QStringLiteral("microphone_denied"));
        QVERIFY(phone.desk.shows(QStringLiteral("does not let the program use the microphone")));
        phone.sound.host->mediaSwitched(call::DeviceKind::Microphone, QStringLiteral("Built-in"));
        QTRY_VERIFY(phone.desk.shows(QStringLiteral("The microphone is Built-in now.")));
        QVERIFY(!phone.desk.shows(QStringLiteral("does not let the program use the microphone")));
    }
    void aPastedNumberIsCalled() {
        PhoneDesk phone;
        auto& desk = phone.desk;
        QVERIFY(desk.open());
        desk.key(Qt::Key_D, Qt::ControlModifier);
        QPointer<DialDialog> dialog = desk.the<DialDialog>();
        QVERIFY(dialog && dialog->isVisible());
        auto* edit = dialog->findChild<QLineEdit*>();
        auto* dial = buttonIn(dialog, QStringLiteral("Call"));
        QVERIFY(!dial->isEnabled());
        QApplication::clipboard()->setText(QStringLiteral("Tel.: (0755) 8888-6666"));
        edit->paste();
        QCOMPARE(edit->text(), QStringLiteral("075588886666"));
        QTest::mouseClick(buttonIn(dialog, QStringLiteral("7")), Qt::LeftButton);
        QCOMPARE(edit->text(), QStringLiteral("0755888866667"));
        auto* line = dialog->findChild<QComboBox*>();
        QVERIFY(line->isVisible());
        line->setCurrentIndex(1);
        QTest::keyClick(edit, Qt::Key_Return);
        QTRY_COMPARE(desk.server.asked<wire::DialCall>().size(), std::size_t(1));
        const wire::DialCall expected{"0755888866667", model::ChannelId(4)};
        QCOMPARE(desk.server.asked<wire::DialCall>()[0], expected);
        QTRY_VERIFY(!dialog);
        QVERIFY(desk.shows(QStringLiteral("Calling…")));
        QVERIFY(desk.page().currentSession() == phone.calls().session());
    }
    void aNumberThatIsRefusedStays() {
        PhoneDesk phone;
        auto& desk = phone.desk;
        desk.server.lines.resize(1);
        desk.server.refusedCall = "bad_number";
        QVERIFY(desk.open());
        desk.page().openDial(QStringLiteral("tel:+86-12345"));
        auto* dialog = desk.the<DialDialog>();
        QVERIFY(!dialog->findChild<QComboBox*>()->isVisible()); // nothing to choose
        QCOMPARE(dialog->findChild<QLineEdit*>()->text(), QStringLiteral("+8612345"));
        QTest::mouseClick(buttonIn(dialog, QStringLiteral("Call")), Qt::LeftButton);
        QTRY_VERIFY(desk.shows(QStringLiteral("This is not a number that can be called.")));
        QVERIFY(dialog->isVisible());
    }
    void whoIsOfflineIsToldWhyTheyCannotCall() {
        PhoneDesk phone;
        auto& desk = phone.desk;
        desk.server.presence.status = model::AgentStatus::Offline;
        QVERIFY(desk.open());
        desk.page().openDial(QStringLiteral("12345"));
        QVERIFY(desk.shows(QStringLiteral("Go online first.")));
        QVERIFY(!buttonIn(desk.the<DialDialog>(), QStringLiteral("Call"))->isEnabled());
    }
    void devicesAreChecked() {
        PhoneDesk phone;
        auto& desk = phone.desk;
        QVERIFY(desk.open());
        desk.page().openDeviceCheck();
        QPointer<DeviceCheck> dialog = desk.the<DeviceCheck>();
        QVERIFY(dialog);
        QCOMPARE(phone.sound.count(QStringLiteral("check")), 1);
        phone.sound.host->mediaDevices(
            {{QStringLiteral("Headset"), QStringLiteral("Camera")}, {QStringLiteral("Headset")}});
        const auto boxes = dialog->findChildren<QComboBox*>();
        QCOMPARE(boxes.size(), 2);
        QCOMPARE(boxes[0]->count(), 3); // the system's first
        QCOMPARE(boxes[1]->count(), 2);
        QVERIFY(desk.shows(QStringLiteral("Say something")));
        phone.sound.host->mediaLevels(0.1, 0);
        QVERIFY(desk.shows(QStringLiteral("Say something")));
        phone.sound.host->mediaLevels(0.6, 0);
        QVERIFY(desk.shows(QStringLiteral("The microphone hears you.")));
        boxes[0]->setCurrentIndex(1);
        Q_EMIT boxes[0]->activated(1);
        QCOMPARE(phone.sound.asked.last(), QStringLiteral("choose Headset|"));
        QCOMPARE(desk.preferences.devices().microphone, QStringLiteral("Headset")); // for the next start
        phone.sound.host->mediaDevices({{QStringLiteral("Camera")}, {}});
        QCOMPARE(boxes[0]->currentText(), QStringLiteral("Headset (not plugged in)"));
        QTest::mouseClick(buttonIn(dialog, QStringLiteral("Play a tone")), Qt::LeftButton);
        QCOMPARE(phone.sound.asked.last(), QStringLiteral("tone"));
        dialog->accept();
        QTRY_VERIFY(!dialog);
        QCOMPARE(phone.sound.asked.last(), QStringLiteral("no check"));
        desk.preferences.setDevices({});
    }
    void aRingingCallIsIntroduced() {
        PhoneDesk phone;
        auto& desk = phone.desk;
        wire::SessionSummary before;
        before.id = model::SessionId(3);
        before.mode = model::Mode::Phone;
        before.startedAt = desk.server.now() - std::chrono::hours(50);
        before.agentName = "Bo";
        before.wrapUp.category = "Complaint";
        desk.server.history = {before};
        QVERIFY(desk.open());
        auto offer = test::offerOf(desk.server, 9, 70, "Mr Wu");
        offer.session.session.mode = model::Mode::Phone;
        offer.session.channelKind = model::ChannelKind::Phone;
        offer.session.externalId = "+8613800138000";
        offer.session.call = model::CallView{};
        offer.session.call->number = "+8613800138000";
        desk.server.offers[offer.offer] = offer;
        desk.server.event(offer);
        QTRY_VERIFY(desk.the<workbench::OfferCard>() && desk.the<workbench::OfferCard>()->isVisible());
        QVERIFY(desk.shows(QStringLiteral("+8613800138000")));
        QVERIFY(desk.shows(QStringLiteral("Welcome › Sales")));
        QTRY_VERIFY(desk.shows(QStringLiteral("Last contact ")));
        QVERIFY(desk.shows(QStringLiteral("Phone · Bo · Complaint")));
    }
    void aCallIsPassedToANumberOutside() {
        PhoneDesk phone;
        auto& desk = phone.desk;
        QVERIFY(phone.talks());
        desk.key(Qt::Key_T, Qt::ControlModifier);
        QPointer<workbench::TransferDialog> dialog = desk.the<workbench::TransferDialog>();
        QVERIFY(dialog);
        auto* number = dialog->findChild<widgets::TextField*>();
        QVERIFY(!number->isVisible());
        dialog->findChild<widgets::Segmented*>()->setCurrent(2);
        QVERIFY(number->isVisible());
        auto* transfer = buttonIn(dialog, QStringLiteral("Transfer"));
        QVERIFY(!transfer->isEnabled());
        number->setText(QStringLiteral("(021) 5555-1234"));
        QVERIFY(transfer->isEnabled());
        QTest::mouseClick(transfer, Qt::LeftButton);
        QTRY_COMPARE(desk.server.asked<wire::ForwardCall>().size(), std::size_t(1));
        const wire::ForwardCall expected{kPhoneCall, "02155551234"};
        QCOMPARE(desk.server.asked<wire::ForwardCall>()[0], expected);
        QTRY_VERIFY(!dialog);
        QTRY_VERIFY(!desk.the<CallBar>()->isVisible());
    }
    void aRowSaysWhatTheCallDoes() {
        PhoneDesk phone;
        QVERIFY(phone.talks());
        auto* sessions = phone.desk.program.workbench().sessions();
        const auto line = [&] {
            return sessions->index(sessions->rowOf(kPhoneCall)).data(state::SessionListModel::PreviewRole).toString();
        };
        QCOMPARE(line(), QStringLiteral("Incoming call"));
        QVERIFY(sessions->index(sessions->rowOf(kPhoneCall)).data(state::SessionListModel::OnlineRole).toBool());
        phone.calls().hold(true);
        QTRY_COMPARE(line(), QStringLiteral("On hold"));
        phone.desk.server.changeCall(kPhoneCall.value, [](model::CallView& view) { view.cause = "busy"; });
        QTRY_COMPARE(line(), QStringLiteral("The line is busy."));
    }
};

static const test::Add<TelephoneTest> addedTelephoneTest;
#include "telephone_test.moc"
