#include "client/widgets/controls/segmented.h"
#include "client/widgets/overlay/dialog.h"
#include "client/workbench/context_panel.h"
#include "client/workbench/reasons_dialog.h"
#include "client/workbench/transfer_dialog.h"
#include "tests/client/app/desk.h"

#include <QtWidgets/QListView>

using namespace cb;
using test::Desk;
using workbench::ContextPanel;
using workbench::ReasonsDialog;
using workbench::TransferDialog;

namespace {

void furnish(test::FakeServer& server) {
    server.addSession(7, "Ms Li");
    model::GroupView group;
    group.group.id = model::GroupId(5);
    group.group.name = "After-sales";
    group.online = 2;
    server.groups = {group};
    for (const auto& [number, name, status] :
         {std::tuple(3, "Ali", model::AgentStatus::Idle), std::tuple(4, "Bo", model::AgentStatus::Idle),
          std::tuple(6, "Chen", model::AgentStatus::Offline)}) {
        model::ColleagueView colleague;
        colleague.agent = model::AgentId(number);
        colleague.name = name;
        colleague.status = status;
        server.colleagues.push_back(colleague);
    }
}

template <class Button>
void press(const Button* button) {
    QVERIFY(button);
    QVERIFY(button->isEnabled());
    QTest::mouseClick(const_cast<Button*>(button), Qt::LeftButton);
}

widgets::Button* in(const QWidget* root, const QString& text) {
    const auto all = root->findChildren<widgets::Button*>();
    for (auto* button : all)
        if (button->text() == text)
            return button;
    return nullptr;
}

} // namespace

/// Transfer, reasons, the customer column.
class DialogsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void transferToAGroup() {
        Desk desk;
        furnish(desk.server);
        QVERIFY(desk.open());
        desk.page().showSession(model::SessionId(7));
        desk.key(Qt::Key_T, Qt::ControlModifier);
        QPointer<TransferDialog> dialog = desk.the<TransferDialog>();
        QVERIFY(dialog);
        auto* list = dialog->findChild<QListView*>();
        QCOMPARE(list->model()->rowCount(), 1);
        auto* transfer = in(dialog, QStringLiteral("Transfer"));
        QVERIFY(!transfer->isEnabled());
        list->setCurrentIndex(list->model()->index(0, 0));
        dialog->findChild<QTextEdit*>()->setPlainText(QStringLiteral("wants a refund"));
        press(transfer);
        QTRY_COMPARE(desk.server.asked<wire::TransferSession>().size(), std::size_t(1));
        const wire::TransferSession expected{model::SessionId(7), model::GroupId(5), {}, "wants a refund"};
        QCOMPARE(desk.server.asked<wire::TransferSession>()[0], expected);
        QTRY_VERIFY(!dialog);
    }
    void transferToAColleague() {
        Desk desk;
        furnish(desk.server);
        QVERIFY(desk.open());
        desk.page().showSession(model::SessionId(7));
        desk.key(Qt::Key_T, Qt::ControlModifier);
        QPointer<TransferDialog> dialog = desk.the<TransferDialog>();
        QVERIFY(dialog);
        dialog->findChild<widgets::Segmented*>()->setCurrent(1);
        auto* list = dialog->findChild<QListView*>();
        QCOMPARE(list->model()->rowCount(), 2); // not oneself
        QVERIFY(list->model()->index(0, 0).flags() & Qt::ItemIsEnabled);
        QVERIFY(!(list->model()->index(1, 0).flags() & Qt::ItemIsEnabled)); // is offline
        dialog->findChild<widgets::SearchField*>()->setText(QStringLiteral("bo"));
        QCOMPARE(list->model()->rowCount(), 1);
        list->setCurrentIndex(list->model()->index(0, 0));
        press(in(dialog, QStringLiteral("Transfer")));
        QTRY_COMPARE(desk.server.asked<wire::TransferSession>().size(), std::size_t(1));
        QCOMPARE(desk.server.asked<wire::TransferSession>()[0].agent, model::AgentId(4));
        QTRY_VERIFY(!dialog);
    }
    void reasonsShowEveryCandidate() {
        Desk desk;
        furnish(desk.server);
        model::Offer offer;
        offer.id = model::OfferId(9);
        offer.session = model::SessionId(7);
        offer.group = model::GroupId(5);
        offer.agent = model::AgentId(3);
        offer.at = desk.server.now();
        offer.outcome = model::OfferOutcome::Answered;
        model::OfferCandidate chosen;
        chosen.agent = model::AgentId(3);
        model::OfferCandidate passed;
        passed.agent = model::AgentId(4);
        passed.load = 3;
        passed.skipped = model::SkipReason::AtLimit;
        offer.candidates = {chosen, passed};
        offer.candidatesTotal = 5;
        desk.server.reasons = {offer};
        QVERIFY(desk.open());
        desk.page().showSession(model::SessionId(7));
        desk.key(Qt::Key_I, Qt::ControlModifier);
        auto* dialog = desk.the<ReasonsDialog>();
        QVERIFY(dialog);
        auto* tree = dialog->findChild<QTreeWidget*>();
        QTRY_COMPARE(tree->topLevelItemCount(), 1);
        auto* top = tree->topLevelItem(0);
        QCOMPARE(top->childCount(), 3); // two, and "3 more"
        QCOMPARE(top->child(0)->text(0), QStringLiteral("Ali"));
        QCOMPARE(top->child(0)->text(3), QStringLiteral("chosen"));
        QCOMPARE(top->child(1)->text(0), QStringLiteral("Bo"));
        QCOMPARE(top->child(1)->text(1), QStringLiteral("3"));
        QVERIFY(!top->child(1)->text(3).isEmpty());
    }
    void theColumnIsEmptyWithoutASession() {
        Desk desk;
        furnish(desk.server);
        QVERIFY(desk.open());
        auto* panel = desk.the<ContextPanel>();
        auto* name = panel->findChild<QLineEdit*>(QStringLiteral("customerField"));
        QVERIFY(!name->isVisible());
        desk.page().showSession(model::SessionId(7));
        QVERIFY(name->isVisible());
        desk.key(Qt::Key_E, Qt::ControlModifier);
        desk.key(Qt::Key_Return);
        QTRY_VERIFY(desk.program.workbench().sessions()->count(state::Section::WrapUp) == 1);
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(!name->isVisible());
    }
    void whatIsTypedIsSavedUnasked() {
        Desk desk;
        furnish(desk.server);
        QVERIFY(desk.open());
        desk.page().showSession(model::SessionId(7));
        auto* panel = desk.the<ContextPanel>();
        auto* notes = panel->findChild<QTextEdit*>(QStringLiteral("customerField"));
        const auto saved = [&desk] { return desk.server.asked<wire::UpdateCustomer>(); };
        notes->setFocus();
        desk.type(QStringLiteral("V"));
        desk.the<ContextPanel>()->saveTyped(); // its answer is not here yet
        desk.type(QStringLiteral("I"));
        desk.the<ContextPanel>()->saveTyped();
        desk.the<ContextPanel>()->saveTyped(); // sent already
        QTRY_COMPARE(saved().size(), std::size_t(2));
        QCOMPARE(saved().back().notes, std::string("VI"));
        desk.type(QStringLiteral("P"));
        QTRY_COMPARE(saved().size(), std::size_t(3)); // after a pause
        QCOMPARE(saved().back().notes, std::string("VIP"));
        desk.key(Qt::Key_E, Qt::ControlModifier);
        desk.key(Qt::Key_Return);
        QTRY_VERIFY(desk.program.workbench().sessions()->count(state::Section::WrapUp) == 1);
        notes->setFocus();
        desk.type(QStringLiteral(", oolong"));
        QVERIFY(desk.server.asked<wire::CompleteSession>().empty());
        desk.key(Qt::Key_Return, Qt::ControlModifier); // no pause: with the session the right to save is gone
        QTRY_COMPARE(desk.server.asked<wire::CompleteSession>().size(), std::size_t(1));
        QCOMPARE(saved().size(), std::size_t(4));
        QVERIFY(saved().back().notes.find("oolong") != std::string::npos);
    }
    void theCustomerIsKnownByAnIdWhereTheChannelTellsOne() {
        using Kind = model::ChannelKind;
        Desk desk;
        const auto with = [&desk](std::int64_t id, Kind kind, const char* external) {
            desk.server.addSession(id, "Ms Li");
            auto& view = desk.server.sessions[model::SessionId(id)];
            view.channelKind = kind;
            view.externalId = external;
        };
        with(1, Kind::WeChatAccount, "oUpF8uMuAJO");
        with(2, Kind::Phone, "+86 138 0013 8000");
        with(3, Kind::Website, "");
        QVERIFY(desk.open());
        desk.page().showSession(model::SessionId(1));
        QTRY_VERIFY(desk.shows(QStringLiteral("OpenID")) && desk.shows(QStringLiteral("oUpF8uMuAJO")));
        desk.page().showSession(model::SessionId(2));
        QTRY_VERIFY(desk.shows(QStringLiteral("Phone number")) && desk.shows(QStringLiteral("+86 138 0013 8000")));
        desk.page().showSession(model::SessionId(3));
        QTRY_VERIFY(!desk.shows(QStringLiteral("Phone number")));
        QVERIFY(!desk.shows(QStringLiteral("OpenID")));
    }
    void unsavedNotesWaitForTheirCustomer() {
        Desk desk;
        furnish(desk.server);
        desk.server.addSession(8, "Mr Wu");
        QVERIFY(desk.open());
        desk.page().showSession(model::SessionId(7));
        auto* panel = desk.the<ContextPanel>();
        auto* notes = panel->findChild<QTextEdit*>(QStringLiteral("customerField"));
        notes->setFocus();
        desk.type(QStringLiteral("likes blue"));
        desk.page().showSession(model::SessionId(8));
        QCOMPARE(notes->toPlainText(), QString());
        desk.page().showSession(model::SessionId(7));
        QCOMPARE(notes->toPlainText(), QStringLiteral("likes blue"));
        QTRY_COMPARE(desk.server.asked<wire::UpdateCustomer>().size(), std::size_t(1)); // leaving has saved them
        QCOMPARE(desk.server.asked<wire::UpdateCustomer>().back().notes, std::string("likes blue"));
        QTRY_VERIFY(!in(panel, QStringLiteral("Save"))->isEnabled());
    }
    void theNameIsSaved() {
        Desk desk;
        furnish(desk.server);
        QVERIFY(desk.open());
        desk.page().showSession(model::SessionId(7));
        auto* panel = desk.the<ContextPanel>();
        auto* name = panel->findChild<QLineEdit*>(QStringLiteral("customerField"));
        auto* save = in(panel, QStringLiteral("Save"));
        QCOMPARE(name->text(), QStringLiteral("Ms Li"));
        QVERIFY(!save->isEnabled());
        name->clear();
        name->setFocus();
        desk.type(QStringLiteral("  "));
        press(save);
        QVERIFY(desk.server.asked<wire::UpdateCustomer>().empty()); // a name is needed
        name->clear();
        name->setFocus();
        desk.type(QStringLiteral("Li Na"));
        desk.server.customerSays(7, "still there?"); // what comes in does not overwrite what is typed
        QTRY_COMPARE(desk.program.workbench().sessions()->find(model::SessionId(7))->view.preview,
                     std::string("still there?"));
        QCOMPARE(name->text(), QStringLiteral("Li Na"));
        press(save);
        QTRY_COMPARE(desk.server.asked<wire::UpdateCustomer>().size(), std::size_t(1));
        QCOMPARE(desk.server.asked<wire::UpdateCustomer>()[0].name, std::string("Li Na"));
        QTRY_COMPARE(desk.program.workbench().sessions()->find(model::SessionId(7))->view.customerName,
                     std::string("Li Na"));
        QTRY_VERIFY(!save->isEnabled());
    }
    void blockingAsksFirst() {
        Desk desk;
        furnish(desk.server);
        QVERIFY(desk.open());
        desk.page().showSession(model::SessionId(7));
        auto* panel = desk.the<ContextPanel>();
        for (const bool yes : {false, true}) {
            press(in(panel, QStringLiteral("Block…")));
            QPointer<widgets::ConfirmDialog> ask = desk.the<widgets::ConfirmDialog>();
            QVERIFY(ask);
            QVERIFY(desk.server.asked<wire::BlockCustomer>().empty());
            if (yes)
                press(ask->actionButton());
            else
                ask->reject();
            QTRY_VERIFY(!ask);
        }
        QTRY_COMPARE(desk.server.asked<wire::BlockCustomer>().size(), std::size_t(1));
        QCOMPARE(desk.server.asked<wire::BlockCustomer>()[0].customer, model::CustomerId(7));
    }
};

static const test::Add<DialogsTest> addedDialogsTest;
#include "dialogs_test.moc"
