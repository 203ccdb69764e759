#include "client/widgets/compose/composer.h"
#include "client/widgets/overlay/popup_list.h"
#include "client/widgets/overlay/toast.h"
#include "client/widgets/transcript/transcript_view.h"
#include "client/workbench/end_prompt.h"
#include "client/workbench/wrap_up_form.h"
#include "tests/client/app/desk.h"

#include <QtCore/QBuffer>
#include <QtCore/QMimeData>
#include <QtGui/QClipboard>

using namespace cb;
using test::Desk;
using widgets::Composer;
using widgets::TranscriptView;
using workbench::WrapUpForm;

namespace {

model::SessionId id(std::int64_t value) {
    return model::SessionId(value);
}

/// The transcript of the conversation, not the one of earlier sessions.
TranscriptView* transcript(const Desk& desk) {
    return desk.the<Composer>()->parentWidget()->parentWidget()->findChild<TranscriptView*>();
}

void endBy(const Desk& desk) {
    desk.key(Qt::Key_E, Qt::ControlModifier);
    desk.key(Qt::Key_Return);
}

} // namespace

/// The middle column: writing, drafts, quick replies, pictures, ending.
class ConversationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void enterSendsAndTheRowAppears() {
        Desk desk;
        desk.server.addSession(7, "A");
        QVERIFY(desk.open());
        desk.page().showSession(id(7));
        auto* edit = desk.the<Composer>()->edit();
        QCOMPARE(QApplication::focusWidget(), edit);
        desk.type(QStringLiteral("Good morning"));
        desk.key(Qt::Key_Return, Qt::ShiftModifier);
        desk.type(QStringLiteral("second line"));
        desk.key(Qt::Key_Return);
        QVERIFY(edit->toPlainText().isEmpty());
        const auto* model = transcript(desk)->model();
        QTRY_COMPARE(model->rowCount(), 1);
        QTRY_COMPARE(desk.server.textsOf(7), std::vector<std::string>{"Good morning\nsecond line"});
        QTRY_COMPARE(model->index(0, 0).data(widgets::DeliveryRole).toInt(), int(widgets::Delivery::Sent));
        desk.key(Qt::Key_Return); // nothing to send
        QCOMPARE(model->rowCount(), 1);
    }
    void everySessionKeepsItsDraft() {
        Desk desk;
        desk.server.addSession(7, "A");
        desk.server.addSession(8, "B");
        QVERIFY(desk.open());
        desk.page().showSession(id(7));
        desk.type(QStringLiteral("half"));
        desk.key(Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(desk.page().currentSession(), id(8));
        auto* edit = desk.the<Composer>()->edit();
        QCOMPARE(edit->toPlainText(), QString());
        QCOMPARE(QApplication::focusWidget(), edit);
        desk.type(QStringLiteral("other"));
        desk.key(Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(desk.page().currentSession(), id(7));
        QCOMPARE(edit->toPlainText(), QStringLiteral("half"));
        desk.key(Qt::Key_Backtab, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(edit->toPlainText(), QStringLiteral("other"));
    }
    void slashInsertsAQuickReply() {
        Desk desk;
        desk.server.addSession(7, "A");
        QVERIFY(desk.open());
        desk.page().showSession(id(7));
        QTRY_COMPARE(desk.program.account.account()->quickReplies().rowCount(), 1);
        desk.type(QStringLiteral("/he"));
        auto* list = desk.the<widgets::PopupList>();
        QTRY_VERIFY(list && list->isVisible());
        QCOMPARE(list->count(), 1);
        desk.key(Qt::Key_Return);
        QCOMPARE(desk.the<Composer>()->text(), QStringLiteral("您好"));
        QVERIFY(!list->isVisible());
        QVERIFY(desk.server.log.empty()); // inserted, not sent
    }
    void aPastedPictureIsSent() {
        Desk desk;
        desk.server.addSession(7, "A");
        QVERIFY(desk.open());
        desk.page().showSession(id(7));
        QImage image(40, 30, QImage::Format_RGB32);
        image.fill(Qt::darkGreen);
        QApplication::clipboard()->setImage(image);
        desk.key(Qt::Key_V, Qt::ControlModifier);
        auto* bar = desk.the<Composer>()->attachments();
        QCOMPARE(bar->count(), 1); // to be looked at first
        QTest::qWait(50);
        QCOMPARE(desk.server.uploads, 0);
        desk.type(QStringLiteral("this one?"));
        desk.key(Qt::Key_Return);
        QCOMPARE(bar->count(), 0);
        QTRY_COMPARE(desk.server.uploads, 1);
        QTRY_COMPARE(desk.server.log.size(), std::size_t(2));
        QCOMPARE(desk.server.log[1].message.text, std::string("this one?")); // after its picture
        QVERIFY(desk.server.log[0].message.kind == model::MessageKind::Picture);
        QImage sent;
        QVERIFY(sent.loadFromData(desk.server.files.begin()->second));
        QCOMPARE(sent.size(), image.size());
    }
    void stagedPicturesStayWithTheirSession() {
        Desk desk;
        desk.server.addSession(7, "A");
        desk.server.addSession(8, "B");
        QVERIFY(desk.open());
        desk.page().showSession(id(7));
        QImage image(40, 30, QImage::Format_RGB32);
        image.fill(Qt::darkGreen);
        QApplication::clipboard()->setImage(image);
        desk.key(Qt::Key_V, Qt::ControlModifier);
        auto* bar = desk.the<Composer>()->attachments();
        QCOMPARE(bar->count(), 1);
        desk.page().showSession(id(8));
        QCOMPARE(bar->count(), 0);
        desk.page().showSession(id(7));
        QCOMPARE(bar->count(), 1);
        Q_EMIT bar->removeRequested(bar->keys().constFirst());
        QCOMPARE(bar->count(), 0);
        desk.page().showSession(id(8));
        desk.page().showSession(id(7));
        QCOMPARE(bar->count(), 0);
    }
    /// The customer leaves in the middle of the agent's word: what is typed on presses nothing and goes to nobody.
    void aCustomerWhoLeavesTakesNoKeysAlong() {
        Desk desk;
        desk.server.addSession(7, "A");
        desk.server.addSession(8, "B");
        QVERIFY(desk.open());
        desk.page().showSession(id(8));
        desk.type(QStringLiteral("I was about to "));
        auto view = desk.server.sessions.at(id(8));
        view.session.state = model::SessionState::WrapUp;
        view.session.endReason = model::EndReason::CustomerLeft;
        view.session.endedAt = desk.server.now();
        desk.server.sessions[id(8)] = view;
        desk.server.event(wire::SessionEnded{view.session.endReason}, 8);
        QTRY_VERIFY(desk.the<WrapUpForm>()->isVisible());
        desk.type(QStringLiteral("tell you a secret "));
        desk.key(Qt::Key_Return);
        QTest::qWait(50);
        QCOMPARE(desk.page().currentSession(), id(8));
        QVERIFY(desk.server.log.empty());
        QVERIFY(desk.server.asked<wire::CompleteSession>().empty());
        // When it is completed nobody else's conversation takes the keys either.
        desk.server.event(wire::SessionCompleted{}, 8);
        QTRY_VERIFY(!desk.page().currentSession());
        desk.type(QStringLiteral("nor this"));
        desk.key(Qt::Key_Return);
        QTest::qWait(50);
        QVERIFY(desk.server.log.empty());
        QVERIFY(!desk.page().currentSession());
    }
    void endWrapUpComplete() {
        Desk desk;
        desk.server.addSession(7, "A");
        QVERIFY(desk.open());
        desk.page().showSession(id(7));
        auto* form = desk.the<WrapUpForm>();
        QVERIFY(!form->isVisible());
        endBy(desk);
        QTRY_VERIFY(form->isVisible());
        QVERIFY(!desk.the<Composer>()->isVisible());
        QVERIFY(form->isAncestorOf(QApplication::focusWidget())); // typing goes on where one can type
        form->findChild<QComboBox*>()->setCurrentText(QStringLiteral("Order"));
        form->findChild<QTextEdit*>()->setPlainText(QStringLiteral("blue cup"));
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(desk.server.asked<wire::CompleteSession>().size(), std::size_t(1));
        const auto sent = desk.server.asked<wire::CompleteSession>()[0].form;
        QCOMPARE(sent.category, std::string("Order"));
        QCOMPARE(sent.note, std::string("blue cup"));
        QTRY_COMPARE(desk.page().currentSession(), id(0));
        QVERIFY(!form->isVisible());
    }
    /// Ctrl+E by mistake, and the words go on: nothing ends, no letter is lost.
    void endingAsksFirst() {
        Desk desk;
        desk.server.addSession(7, "Ms Li");
        desk.server.addSession(8, "B");
        QVERIFY(desk.open());
        desk.page().showSession(id(7));
        auto* edit = desk.the<Composer>()->edit();
        desk.type(QStringLiteral("now "));
        desk.key(Qt::Key_E, Qt::ControlModifier);
        auto* prompt = desk.the<workbench::EndPrompt>();
        QVERIFY(prompt && prompt->isVisible());
        QVERIFY(desk.shows(QStringLiteral("End the session with Ms Li?")));
        QCOMPARE(QApplication::focusWidget(), prompt);
        desk.key(Qt::Key_E, Qt::ControlModifier); // a key held down is no answer
        QVERIFY(prompt->isVisible());
        desk.type(QStringLiteral("and then"));
        QVERIFY(!prompt->isVisible());
        QCOMPARE(edit->toPlainText(), QStringLiteral("now and then"));
        desk.key(Qt::Key_E, Qt::ControlModifier);
        desk.key(Qt::Key_Escape);
        QVERIFY(!prompt->isVisible());
        QCOMPARE(QApplication::focusWidget(), edit);
        desk.key(Qt::Key_E, Qt::ControlModifier);
        desk.page().showSession(id(8)); // the question was about the other one
        QVERIFY(!prompt->isVisible());
        QVERIFY(desk.server.asked<wire::EndSession>().empty());
        desk.page().showSession(id(7));
        QTest::mouseClick(desk.button(QStringLiteral("End session")), Qt::LeftButton);
        QVERIFY(prompt->isVisible());
        QTest::mouseClick(desk.button(QStringLiteral("End")), Qt::LeftButton);
        QTRY_VERIFY(desk.the<WrapUpForm>()->isVisible());
        QCOMPARE(desk.server.asked<wire::EndSession>().size(), std::size_t(1));
        QCOMPARE(desk.server.asked<wire::EndSession>()[0].session, id(7));
    }
    void whoComposesGetsNoHalfLetters() {
        for (const auto* name : {"zh_CN", "zh_TW", "ja_JP", "ko_KR"})
            QVERIFY(workbench::composes(QLocale(QLatin1String(name))));
        for (const auto* name : {"C", "en_US", "de_DE", "ru_RU"})
            QVERIFY(!workbench::composes(QLocale(QLatin1String(name))));
    }
    void theQuestionGoesWhenTheCustomerDoes() {
        Desk desk;
        desk.server.addSession(7, "A");
        QVERIFY(desk.open());
        desk.page().showSession(id(7));
        desk.key(Qt::Key_E, Qt::ControlModifier);
        QVERIFY(desk.the<workbench::EndPrompt>()->isVisible());
        desk.server.event(wire::SessionEnded{model::EndReason::CustomerLeft}, 7);
        QTRY_VERIFY(desk.the<WrapUpForm>()->isVisible());
        QVERIFY(!desk.the<workbench::EndPrompt>()->isVisible());
        desk.key(Qt::Key_Return);
        desk.program.commands().goOnline();
        QTRY_VERIFY(!desk.server.asked<wire::SetStatus>().empty());
        QVERIFY(desk.server.asked<wire::EndSession>().empty());
        QVERIFY(desk.server.asked<wire::CompleteSession>().empty());
    }
    /// Every part of the form is inside the window when it is small and the customer's column stands beside.
    void theFormIsWholeInASmallWindow() {
        Desk desk;
        desk.server.addSession(7, "A");
        QVERIFY(desk.open());
        desk.window->resize(1024, 640);
        desk.page().showSession(id(7));
        desk.key(Qt::Key_B, Qt::ControlModifier);
        endBy(desk);
        auto* form = desk.the<WrapUpForm>();
        QTRY_VERIFY(form->isVisible());
        QTRY_VERIFY(form->width() < 560);
        const auto whole = [form](const QWidget* part) {
            const QRect inside(part->mapTo(form, QPoint(0, 0)), part->size());
            return form->rect().contains(inside) && part->width() >= part->minimumSizeHint().width();
        };
        QTRY_VERIFY(whole(form->findChild<QComboBox*>()));
        QVERIFY(whole(form->findChild<QTextEdit*>()));
        for (const auto* button : form->findChildren<widgets::Button*>())
            QVERIFY(whole(button));
        QVERIFY(desk.window->rect().contains(QRect(form->mapTo(desk.window.get(), QPoint(0, 0)), form->size())));
    }
    /// The next form begins empty, also when the first was completed while it was shown.
    void aFormDoesNotInheritTheLastOnesText() {
        Desk desk;
        desk.server.addSession(7, "A");
        desk.server.addSession(8, "B");
        QVERIFY(desk.open());
        auto* form = desk.the<WrapUpForm>();
        for (const std::int64_t session : {7, 8}) {
            desk.page().showSession(id(session));
            endBy(desk);
            QTRY_VERIFY(form->isVisible());
            QCOMPARE(form->findChild<QTextEdit*>()->toPlainText(), QString());
            QCOMPARE(form->findChild<QComboBox*>()->currentText(), QString());
            form->findChild<QTextEdit*>()->setPlainText(QStringLiteral("of the first"));
            desk.key(Qt::Key_Return, Qt::ControlModifier);
            QTRY_VERIFY(!form->isVisible());
        }
    }
    /// What stands in a form while another session is looked at is there again.
    void aFormKeepsItsTextOverASwitch() {
        Desk desk;
        desk.server.addSession(7, "A");
        desk.server.addSession(8, "B");
        QVERIFY(desk.open());
        desk.page().showSession(id(7));
        endBy(desk);
        auto* form = desk.the<WrapUpForm>();
        QTRY_VERIFY(form->isVisible());
        form->findChild<QTextEdit*>()->setPlainText(QStringLiteral("kept"));
        desk.page().showSession(id(8));
        QVERIFY(!form->isVisible());
        desk.page().showSession(id(7));
        QVERIFY(form->isVisible());
        QCOMPARE(form->findChild<QTextEdit*>()->toPlainText(), QStringLiteral("kept"));
    }
    void theCustomerLeavesWhileWeType() {
        Desk desk;
        desk.server.addSession(7, "A");
        QVERIFY(desk.open());
        desk.page().showSession(id(7));
        desk.type(QStringLiteral("and"));
        desk.server.event(wire::SessionEnded{model::EndReason::CustomerLeft}, 7);
        QTRY_VERIFY(desk.the<WrapUpForm>()->isVisible());
        QVERIFY(!desk.button(QStringLiteral("End session"))->isEnabled());
    }
    void typingIsSeenAndTold() {
        Desk desk;
        desk.server.addSession(7, "Ms Li");
        QVERIFY(desk.open());
        desk.page().showSession(id(7));
        const auto* sessions = desk.program.workbench().sessions();
        desk.server.say(wire::encodeTyping(wire::Typing{id(7), true}));
        QTRY_VERIFY(sessions->find(id(7))->customerTyping);
        QVERIFY(transcript(desk)->typing().contains(QStringLiteral("Ms Li")));
        desk.server.say(wire::encodeTyping(wire::Typing{id(7), false}));
        QTRY_VERIFY(transcript(desk)->typing().isEmpty());
        desk.type(QStringLiteral("x"));
        QTRY_COMPARE(desk.server.typings.size(), std::size_t(1));
        QVERIFY(desk.server.typings[0].on);
    }
    void aRefusedActionIsSaidInWords() {
        Desk desk;
        QVERIFY(desk.open());
        Q_EMIT desk.program.commands().failed(base::conflict("session_gone"));
        QTRY_VERIFY(desk.the<widgets::Toast>() && desk.the<widgets::Toast>()->isVisible());
    }
};

static const test::Add<ConversationTest> addedConversationTest;
#include "conversation_test.moc"
