#include "client/widgets/controls/tick_list.h"
#include "tests/client/admin/furniture.h"

#include <QtGui/QClipboard>
#include <QtGui/QContextMenuEvent>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QListView>
#include <QtWidgets/QMenu>

using namespace cb;
using admin::Place;
using test::Office;

namespace {

/// Ticks the row of this title by a click.
void tick(const Office& office, const QString& title) {
    for (auto* ticks : office.window->findChildren<widgets::TickList*>()) {
        auto* view = ticks->findChild<QListView*>();
        if (!ticks->isVisible())
            continue;
        for (int row = 0; row < view->model()->rowCount(); ++row) {
            const auto at = view->model()->index(row, 0);
            if (at.data().toString() != title)
                continue;
            view->scrollTo(at);
            QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(at).center());
            return;
        }
    }
    QFAIL(qPrintable(title));
}

QComboBox* box(const Office& office, const QString& name) {
    for (auto* one : office.window->findChildren<QComboBox*>())
        if (one->isVisible() && one->accessibleName() == name)
            return one;
    return nullptr;
}

} // namespace

/// Each list page: its main path, what the server refuses, and what must not be lost.
class ListsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aGroupIsAddedWithItsMembers() {
        Office office;
        QVERIFY(office.openAt(Place::ChatGroups));
        QVERIFY(office.awaitRows(2)); // not the one for phones
        office.press(QStringLiteral("Add skill group"));
        QVERIFY(office.drawerOpen());
        QCOMPARE(QApplication::focusWidget(), office.field(QStringLiteral("Name")));
        office.press(QStringLiteral("Cancel")); // nothing typed: no question
        QVERIFY(!office.drawerOpen());
        office.press(QStringLiteral("Add skill group"));
        office.write(QStringLiteral("Name"), QStringLiteral("Complaints"));
        tick(office, QStringLiteral("Chen"));
        office.press(QStringLiteral("Add"));
        QTRY_VERIFY(!office.drawerOpen());
        QVERIFY(office.awaitRows(3)); // asked for anew
        auto& admin = office.server.admin;
        const auto draft = admin.last<wire::GroupDraft>("POST /api/v1/groups");
        QCOMPARE(draft, (wire::GroupDraft{model::Mode::Chat, "Complaints", 5}));
        QCOMPARE(admin.groups.groups.back().members, std::vector{model::AgentId(5)});
        QCOMPARE(office.cell(office.rowOf(QStringLiteral("Complaints")), 2), QStringLiteral("1"));
    }
    void membersAreChangedByTheirDifference() {
        Office office;
        QVERIFY(office.openAt(Place::ChatGroups));
        QVERIFY(office.awaitRows(2));
        office.choose(QStringLiteral("Sales"));
        QTest::keyClick(&office.view(), Qt::Key_Return);
        QVERIFY(office.drawerOpen());
        tick(office, QStringLiteral("Bo"));
        tick(office, QStringLiteral("Chen"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(!office.drawerOpen());
        const auto change = office.server.admin.last<wire::MembersChange>("POST /api/v1/groups/1/members");
        QCOMPARE(change, (wire::MembersChange{{model::AgentId(5)}, {model::AgentId(4)}}));
        QCOMPARE(office.server.admin.count("PUT /api/v1/groups/1"), 0); // name and limit are as they were
    }
    void aRefusalStandsAtItsField() {
        Office office;
        office.server.admin.refuse("POST /api/v1/groups", base::conflict("group_name_taken"));
        QVERIFY(office.openAt(Place::ChatGroups));
        QVERIFY(office.awaitRows(2));
        office.press(QStringLiteral("Add skill group"));
        office.write(QStringLiteral("Name"), QStringLiteral("Sales"));
        office.press(QStringLiteral("Add"));
        QTRY_VERIFY(office.shows(QStringLiteral("There is a skill group of this name already.")));
        QVERIFY(office.drawerOpen());
        QCOMPARE(QApplication::focusWidget(), office.field(QStringLiteral("Name")));
    }
    void deletingAGroupIsAskedAndMayBeRefused() {
        Office office;
        office.server.admin.refuse("DELETE /api/v1/groups/1",
                                   base::with(base::conflict("group_in_use"), "flows", "Main, Night"));
        QVERIFY(office.openAt(Place::ChatGroups));
        QVERIFY(office.awaitRows(2));
        office.choose(QStringLiteral("Sales"));
        QTest::keyClick(&office.view(), Qt::Key_Delete);
        office.answer(false);
        QCOMPARE(office.server.admin.count("DELETE /api/v1/groups/1"), 0);
        QTest::keyClick(&office.view(), Qt::Key_Delete);
        office.answer(true);
        QTRY_VERIFY(office.shows(QStringLiteral("Published flows use this skill group: Main, Night.")));
        QVERIFY(office.shows(QStringLiteral("(group_in_use)"))); // the small print
        QVERIFY(office.awaitRows(2));
        QTest::keyClick(&office.view(), Qt::Key_Delete);
        office.answer(true);
        QVERIFY(office.awaitRows(1));
        QCOMPARE(office.server.admin.groups.groups.size(), std::size_t(2));
    }
    void whatIsTypedIsNotLostUnasked() {
        Office office;
        QVERIFY(office.openAt(Place::ChatGroups));
        QVERIFY(office.awaitRows(2));
        office.press(QStringLiteral("Add skill group"));
        office.write(QStringLiteral("Name"), QStringLiteral("Night"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        office.answer(false);
        QVERIFY(office.drawerOpen());
        office.manage()->open(Place::Agents); // another place asks, too
        QCOMPARE(office.manage()->place(), Place::ChatGroups);
        office.answer(false);
        QCOMPARE(office.manage()->place(), Place::ChatGroups);
        QCOMPARE(office.field(QStringLiteral("Name"))->text(), QStringLiteral("Night"));
        office.window->close(); // so does closing the window
        QVERIFY(office.window->isVisible());
        office.answer(false);
        office.manage()->open(Place::Agents);
        office.answer(true);
        QCOMPARE(office.manage()->place(), Place::Agents);
    }
    void agentsAreSearchedFilteredAndSorted() {
        Office office;
        QVERIFY(office.openAt(Place::Agents));
        QVERIFY(office.awaitRows(3));
        auto* header = office.view().horizontalHeader();
        const auto title = [&](int column) {
            return QPoint(header->sectionViewportPosition(column) + 20, header->height() / 2);
        };
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, title(1));
        QCOMPARE(office.cell(0, 1), QStringLiteral("9")); // by value: 9, 000010, 10
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, title(1));
        QCOMPARE(office.cell(2, 1), QStringLiteral("9"));
        QTest::keyClicks(office.list()->search(), QStringLiteral("chen@"));
        QVERIFY(office.awaitRows(1));
        QCOMPARE(office.cell(0, 0), QStringLiteral("Chen"));
        QTest::keyClick(office.list()->search(), Qt::Key_Escape);
        auto* group = box(office, QStringLiteral("Skill group"));
        group->setCurrentIndex(group->findData(qint64(1)));
        QVERIFY(office.awaitRows(2));
        auto* role = box(office, QStringLiteral("Role"));
        role->setCurrentIndex(role->findData(int(model::Role::Admin)));
        QVERIFY(office.awaitRows(1));
        QCOMPARE(office.cell(0, 0), QStringLiteral("Ali"));
    }
    void anAgentIsAdded() {
        Office office;
        office.server.admin.refuse("POST /api/v1/agents",
                                   base::with(base::conflict("email_taken"), "email", "dan@shop.cn"));
        QVERIFY(office.openAt(Place::Agents));
        QVERIFY(office.awaitRows(3));
        office.press(QStringLiteral("Add agent"));
        office.write(QStringLiteral("Name"), QStringLiteral("Dan"));
        office.press(QStringLiteral("Add")); // staff number and e-mail are missing
        QVERIFY(office.shows(QStringLiteral("Please fill this in.")));
        QCOMPARE(office.server.admin.count("POST /api/v1/agents"), 0);
        office.write(QStringLiteral("Staff number"), QStringLiteral("000011"));
        office.write(QStringLiteral("E-mail"), QStringLiteral("dan@shop.cn"));
        tick(office, QStringLiteral("Hotline"));
        office.press(QStringLiteral("Add"));
        QTRY_VERIFY(office.shows(QStringLiteral("Somebody has this e-mail address already.")));
        QCOMPARE(QApplication::focusWidget(), office.field(QStringLiteral("E-mail")));
        office.press(QStringLiteral("Add"));
        QTRY_VERIFY(!office.drawerOpen());
        QVERIFY(office.awaitRows(4));
        const auto draft = office.server.admin.last<wire::AgentDraft>("POST /api/v1/agents");
        QCOMPARE(draft.staffNo, std::string("000011"));
        QCOMPARE(draft.groups, std::vector{model::GroupId(7)});
    }
    void ownAccountCannotBeDeletedAndOthersAreAskedFor() {
        Office office;
        QVERIFY(office.openAt(Place::Agents));
        QVERIFY(office.awaitRows(3));
        office.choose(QStringLiteral("Ali"));
        QTest::keyClick(&office.view(), Qt::Key_Delete);
        QVERIFY(office.question() == nullptr);
        office.choose(QStringLiteral("Bo"));
        QTest::keyClick(&office.view(), Qt::Key_Delete);
        QTRY_VERIFY(office.question() != nullptr);
        QVERIFY(office.shows(QStringLiteral("Their records stay")));
        office.answer(true);
        QVERIFY(office.awaitRows(2));
        QCOMPARE(office.server.admin.count("DELETE /api/v1/agents/4"), 1);
    }
    void aPasswordIsResetFromTheContextMenu() {
        Office office;
        QVERIFY(office.openAt(Place::Agents));
        QVERIFY(office.awaitRows(3));
        office.choose(QStringLiteral("Bo"));
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
        QApplication::sendEvent(office.view().viewport(), &event);
        auto* menu = office.view().findChild<QMenu*>();
        QVERIFY(menu != nullptr);
        QCOMPARE(menu->actions().size(), 3);
        menu->actions()[1]->trigger();
        menu->close();
        office.answer(true);
        QTRY_COMPARE(office.server.admin.count("POST /api/v1/agents/4/reset-password"), 1);
    }
    void withoutAMailServerTheOperatorHasTheLetters() {
        Office office;
        office.server.admin.agents.mailed = false;
        QVERIFY(office.openAt(Place::Agents));
        QVERIFY(office.awaitRows(3));
        QVERIFY(office.shows(QStringLiteral("No mail server is set up: letters with passwords stay on the server.")));
        office.press(QStringLiteral("Add agent"));
        office.write(QStringLiteral("Name"), QStringLiteral("Dan"));
        office.write(QStringLiteral("Staff number"), QStringLiteral("000011"));
        office.write(QStringLiteral("E-mail"), QStringLiteral("dan@shop.cn"));
        office.press(QStringLiteral("Add"));
        QTRY_VERIFY(office.shows(QStringLiteral("Dan is added. No mail server is set up.")));
        QVERIFY(!office.shows(QStringLiteral("on its way")));
        QVERIFY(office.awaitRows(4));
        office.choose(QStringLiteral("Bo"));
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
        QApplication::sendEvent(office.view().viewport(), &event);
        auto* menu = office.view().findChild<QMenu*>();
        QVERIFY(menu != nullptr);
        menu->actions()[1]->trigger();
        menu->close();
        QTRY_VERIFY(office.question() != nullptr);
        QVERIFY(office.shows(QStringLiteral("the letter with the new one stays on the server")));
        QVERIFY(!office.shows(QStringLiteral("is mailed to")));
        office.answer(true);
        QTRY_VERIFY(office.shows(QStringLiteral("The password is reset. No mail server is set up.")));
        office.server.admin.agents.mailed = true; // the operator has set one up
        wire::ConfigChanged changed;
        changed.lists = true;
        office.server.event(changed);
        QTRY_VERIFY(!office.shows(QStringLiteral("letters with passwords stay on the server")));
    }
    void aRowHasItsButtonsUnderThePointer() {
        Office office;
        QVERIFY(office.openAt(Place::Agents));
        QVERIFY(office.awaitRows(3));
        const auto row = office.view().visualRect(office.view().rows().index(office.rowOf(QStringLiteral("Bo")), 0));
        QTest::mouseMove(office.view().viewport(), row.center());
        QTRY_VERIFY([&] {
            for (auto* one : office.view().findChildren<widgets::IconButton*>())
                if (one->isVisible() && one->accessibleName() == QLatin1String("Edit")) {
                    QTest::mouseClick(one, Qt::LeftButton);
                    return true;
                }
            return false;
        }());
        QVERIFY(office.drawerOpen());
        QCOMPARE(office.field(QStringLiteral("Name"))->text(), QStringLiteral("Bo"));
    }
    void aWebsiteIsBoundAndLinked() {
        Office office;
        QVERIFY(office.openAt(Place::Websites));
        QVERIFY(office.awaitRows(1));
        office.press(QStringLiteral("Add website"));
        office.write(QStringLiteral("Name"), QStringLiteral("Blog"));
        office.write(QStringLiteral("Domain"), QStringLiteral("blog.cn"));
        office.write(QStringLiteral("Colour"), QStringLiteral("#F4D000"));
        auto* flow = box(office, QStringLiteral("Session flow"));
        QCOMPARE(flow->count(), 2); // none, and the published one that is not for calls
        flow->setCurrentIndex(1);
        office.press(QStringLiteral("Add"));
        QTRY_VERIFY(!office.drawerOpen());
        QVERIFY(office.awaitRows(2));
        const auto& made = office.server.admin.channels.channels.back();
        QCOMPARE(made.colour, std::string("#F4D000"));
        QCOMPARE(made.flow, model::FlowId(1));
        QCOMPARE(office.cell(office.rowOf(QStringLiteral("Blog")), 3), QStringLiteral("in service"));
        office.choose(QStringLiteral("Shop"));
        QTest::keyClick(&office.view(), Qt::Key_Return);
        office.press(QStringLiteral("Copy the snippet"));
        const auto copied = QApplication::clipboard()->text();
        QVERIFY(copied.contains(QStringLiteral("data-channel=\"k3y\"")));
        QVERIFY(copied.contains(QStringLiteral("http://127.0.0.1:")));
        QVERIFY(!copied.contains(QChar(0x200B)));
    }
    void aRefusedLinkKeepsTheWebsite() {
        Office office;
        QVERIFY(office.openAt(Place::Websites));
        QVERIFY(office.awaitRows(1));
        office.press(QStringLiteral("Add website"));
        office.write(QStringLiteral("Name"), QStringLiteral("Blog"));
        office.write(QStringLiteral("Domain"), QStringLiteral("blog.cn"));
        box(office, QStringLiteral("Session flow"))->setCurrentIndex(1);
        office.server.admin.refuse("PUT /api/v1/channels/1001/flow", base::conflict("flow_not_published"));
        office.press(QStringLiteral("Add"));
        QTRY_VERIFY(office.shows(QStringLiteral("The flow is not published.")));
        office.press(QStringLiteral("Add")); // once more: it is not added twice
        QTRY_VERIFY(!office.drawerOpen());
        QCOMPARE(office.server.admin.count("POST /api/v1/channels"), 1);
        QCOMPARE(office.server.admin.channels.channels.back().flow, model::FlowId(1));
    }
    void aBlockIsLifted() {
        Office office;
        office.server.admin.blocked.customers = {
            {model::CustomerId(9), "Visitor 9", "rude", "Shop", office.server.now()}};
        QVERIFY(office.openAt(Place::Blocked));
        QVERIFY(office.awaitRows(1));
        office.choose(QStringLiteral("Visitor 9"));
        QTest::keyClick(&office.view(), Qt::Key_Return);
        office.answer(true);
        QTRY_VERIFY(office.server.admin.blocked.customers.empty());
        QTRY_VERIFY(office.shows(QStringLiteral("Nobody is blocked."))); // the empty state
    }
    void aQuickReplyIsWritten() {
        Office office;
        QVERIFY(office.openAt(Place::QuickReplies));
        QTRY_VERIFY(office.shows(QStringLiteral("What is answered again and again")));
        office.press(QStringLiteral("Add quick reply"));
        office.write(QStringLiteral("Title"), QStringLiteral("hours"));
        auto* text = office.list()->drawer()->findChild<QTextEdit*>();
        QTest::keyClicks(text, QStringLiteral("We open at nine."));
        office.press(QStringLiteral("Add"));
        QVERIFY(office.awaitRows(1));
        QCOMPARE(office.server.admin.replies.quickReplies[0].text, std::string("We open at nine."));
    }
    void screenPopsAreAListOfFiveInAnOrder() {
        Office office;
        for (const char* name : {"A", "B", "C", "D"})
            office.server.admin.pops.pops.push_back({name, "https://crm.example.com/", true});
        QVERIFY(office.openAt(Place::ScreenPops));
        QVERIFY(office.awaitRows(4));
        office.choose(QStringLiteral("B"));
        QTest::keyClick(&office.view(), Qt::Key_Up, Qt::AltModifier);
        QTRY_COMPARE(office.server.admin.pops.pops[0].name, std::string("B"));
        QTRY_COMPARE(office.cell(0, 1), QStringLiteral("B"));
        office.press(QStringLiteral("Add screen pop"));
        office.write(QStringLiteral("Name"), QStringLiteral("E"));
        auto* address = office.list()->drawer()->findChild<QTextEdit*>();
        QTest::keyClicks(address, QStringLiteral("crm.example.com"));
        office.press(QStringLiteral("Add"));
        QVERIFY(office.shows(QStringLiteral("An address begins with https://")));
        address->setPlainText(QStringLiteral("https://crm.example.com/?c="));
        address->moveCursor(QTextCursor::End);
        office.press(QStringLiteral("${CallerNumber}"));
        office.server.admin.refuse(
            "PUT /api/v1/screen-pops",
            base::with(base::with(base::rejected("bad_field"), "field", "pops[4].url"), "why", "bad_url"));
        office.press(QStringLiteral("Add"));
        QTRY_VERIFY(office.shows(
            QStringLiteral("An address begins with https://"))); // at our field, although it is the fifth's
        office.press(QStringLiteral("Add"));
        QVERIFY(office.awaitRows(5));
        QCOMPARE(office.server.admin.pops.pops.back().url, std::string("https://crm.example.com/?c=${CallerNumber}"));
        QVERIFY(!office.button(QStringLiteral("Add screen pop"))->isEnabled());
    }
    void aScreenPopIsSavedInItsPlaceOfNow() {
        Office office;
        for (const char* name : {"A", "B", "C"})
            office.server.admin.pops.pops.push_back({name, "https://crm.example.com/", true});
        QVERIFY(office.openAt(Place::ScreenPops));
        QVERIFY(office.awaitRows(3));
        office.choose(QStringLiteral("C"));
        QTest::keyClick(&office.view(), Qt::Key_Return);
        office.write(QStringLiteral("Name"), QStringLiteral("C2"));
        auto& pops = office.server.admin.pops.pops;
        pops.erase(pops.begin()); // somebody else deletes the first
        wire::ConfigChanged changed;
        changed.screenPops = true;
        office.server.event(changed);
        QVERIFY(office.awaitRows(2));
        office.press(QStringLiteral("Save"));
        QTRY_COMPARE(office.server.admin.pops.pops.size(), std::size_t(2));
        QTRY_COMPARE(office.server.admin.pops.pops.back().name, std::string("C2"));
        QCOMPARE(office.server.admin.pops.pops.front().name, std::string("B"));
        QVERIFY(office.awaitRows(2));
        office.choose(QStringLiteral("C2"));
        QTest::keyClick(&office.view(), Qt::Key_Return);
        office.write(QStringLiteral("Name"), QStringLiteral("C3"));
        office.server.admin.pops.pops.pop_back(); // and now this one
        office.server.event(changed);
        QVERIFY(office.awaitRows(1));
        office.press(QStringLiteral("Save"));
        QTRY_VERIFY(office.shows(QStringLiteral("Somebody else has changed or deleted this screen pop.")));
        QCOMPARE(office.server.admin.pops.pops.size(), std::size_t(1));
    }
    void theAuditLogComesAsOneScrolls() {
        Office office;
        for (int i = 250; i > 0; --i)
            office.server.admin.audit.push_back({i, office.server.now(), model::AgentId(i % 2 ? 3 : 4),
                                                 i % 2 ? "Ali" : "Bo", i % 3 ? "flow.publish" : "group.save", "group 1",
                                                 "before it", "after it"});
        QVERIFY(office.openAt(Place::Audit));
        QVERIFY(office.awaitRows(100));
        QCOMPARE(office.cell(0, 2), QStringLiteral("Published a flow"));
        QCOMPARE(office.cell(0, 3), QStringLiteral("skill group 1"));
        const auto isWhole = [&office] {
            office.view().scrollToBottom();
            return office.list()->table()->shown() == 250;
        };
        QTRY_VERIFY(isWhole());
        QCOMPARE(office.view().rows().index(249, 0).data(widgets::TableModel::KeyRole).toLongLong(), 1);
        auto* what = box(office, QStringLiteral("What"));
        what->setCurrentIndex(what->findData(QStringLiteral("group.")));
        QVERIFY(office.awaitRows(83));
        QTest::keyClick(&office.view(), Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClick(&office.view(), Qt::Key_Return);
        QVERIFY(office.shows(QStringLiteral("before it")));
        auto* who = box(office, QStringLiteral("Who"));
        QCOMPARE(who->count(), 2); // of admins only
        who->setCurrentIndex(1);
        QVERIFY(office.awaitRows(42));
    }
    void aListThatCannotBeHadSaysSo() {
        Office office;
        office.server.admin.refuse("GET /api/v1/agents", base::retry("storage_unavailable"), true);
        QVERIFY(office.openAt(Place::Agents));
        QTRY_VERIFY(office.shows(QStringLiteral("(storage_unavailable)")));
        office.server.admin.refuse("GET /api/v1/agents", base::retry("storage_unavailable"));
        office.press(QStringLiteral("Try again"));
        QTRY_COMPARE(office.server.admin.count("GET /api/v1/agents"), 0);
        QTRY_VERIFY(office.button(QStringLiteral("Try again")) != nullptr);
        office.press(QStringLiteral("Try again"));
        QVERIFY(office.awaitRows(3));
    }
    void aChangeOfSomebodyElseIsSeenWithoutAsking() {
        Office office;
        QVERIFY(office.openAt(Place::ChatGroups));
        QVERIFY(office.awaitRows(2));
        const int reads = office.server.admin.reads;
        QTest::qWait(50);
        QCOMPARE(office.server.admin.reads, reads); // nobody asks by a timer
        office.server.admin.groups.groups.push_back({model::GroupId(8), model::Mode::Chat, "New", 1, {}, {}});
        wire::ConfigChanged changed;
        changed.groups = std::vector<model::GroupView>{};
        office.server.event(changed);
        QVERIFY(office.awaitRows(3));
    }
};

static const test::Add<ListsTest> addedListsTest;
#include "lists_test.moc"
