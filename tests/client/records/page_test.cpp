#include "client/widgets/overlay/command_palette.h"
#include "tests/client/records/archive.h"

#include <QtCore/QSettings>
#include <QtWidgets/QDateEdit>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QScrollBar>

using namespace cb;
using model::Role;
using test::Archive;

/// The page by mouse and keys: rows, filters, search, what stands where there are none.
class RecordsPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QSettings().clear(); }

    void agentsSeeTheirOwnAdminsAll() {
        Archive agent(Role::Agent);
        QVERIFY(agent.openRecords());
        QVERIFY(agent.awaitRecords(3));
        QVERIFY(agent.box(QStringLiteral("Agent")) == nullptr);
        QVERIFY(!agent.grid().titles().contains(QStringLiteral("Agent")));
        QVERIFY(agent.shows(QStringLiteral("3 in all")));
        Archive admin(Role::Admin);
        QVERIFY(admin.openRecords());
        QVERIFY(admin.awaitRecords(6));
        QVERIFY(admin.box(QStringLiteral("Agent")) != nullptr);
        QVERIFY(admin.grid().titles().contains(QStringLiteral("Agent")));
    }
    void aRowSaysWhatItWas() {
        Archive archive(Role::Agent, 1);
        auto record = test::recordOf(archive.server, 2, 3, std::chrono::seconds(60));
        record.answeredAt = {};
        record.customerName.clear();
        record.endReason = model::EndReason::Abandoned;
        archive.server.records.records.insert(archive.server.records.records.begin(), record);
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(2));
        QCOMPARE(archive.grid().titles(),
                 (QStringList{QStringLiteral("Time"), QStringLiteral("Source"), QStringLiteral("OpenID or visitor"),
                              QStringLiteral("Nickname"), QStringLiteral("Skill group"),
                              QStringLiteral("Service state"), QStringLiteral("Duration")}));
        QCOMPARE(archive.text(0, 2), QStringLiteral("#1002"));
        QCOMPARE(archive.text(0, 3), QStringLiteral("–"));
        QCOMPARE(archive.text(0, 5), QStringLiteral("Not answered"));
        QCOMPARE(archive.text(0, 6), QStringLiteral("–"));
        QCOMPARE(archive.text(1, 3), QStringLiteral("Customer no. 1"));
        QCOMPARE(archive.text(1, 5), QStringLiteral("Answered"));
        QCOMPARE(archive.text(1, 6), QStringLiteral("1:05"));
    }
    void aTabForEachMode() {
        Archive archive(Role::Agent, 2);
        test::addGroup(archive.server, 7, model::Mode::Phone, "Hotline");
        test::addGroup(archive.server, 8, model::Mode::AllMedia, "Video", false); // not ours
        archive.server.records.records.insert(archive.server.records.records.begin(),
                                              test::callOf(archive.server, 3, 3, std::chrono::seconds(10)));
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(1));
        auto* tabs = archive.records()->findChild<widgets::Segmented*>();
        QVERIFY(tabs->isVisible());
        tabs->setFocus();
        QTest::keyClick(tabs, Qt::Key_Right); // past the one that is not ours
        QVERIFY(archive.awaitRecords(1));
        QCOMPARE(archive.rows().mode(), model::Mode::Phone);
        QCOMPARE(archive.text(0, 2), QStringLiteral("+8613800000000"));
        Archive plain(Role::Agent, 2);
        QVERIFY(plain.openRecords());
        QVERIFY(!plain.records()->findChild<widgets::Segmented*>()->isVisible());
    }
    void aRowSaysHowACallWent() {
        Archive archive(Role::Agent, 0);
        archive.server.groups.clear();
        test::addGroup(archive.server, 7, model::Mode::Phone, "Hotline");
        auto& records = archive.server.records.records;
        records.push_back(test::callOf(archive.server, 5, 3, std::chrono::seconds(10)));
        records[0].call->recorded = true;
        records.push_back(test::callOf(archive.server, 4, 3, std::chrono::seconds(20)));
        auto& busy = records[1];
        busy.answeredAt = {};
        busy.endReason = model::EndReason::AgentEnded;
        busy.call =
            wire::RecordedCall{model::CallDirection::Out, "+864001234567", "+8613911112222", {}, 0, "busy", false};
        records.push_back(test::callOf(archive.server, 3, 3, std::chrono::seconds(30)));
        records[2].call->caller.clear();
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(3));
        QCOMPARE(archive.grid().titles(),
                 (QStringList{QStringLiteral("Time"), QStringLiteral("Call type"), QStringLiteral("Caller"),
                              QStringLiteral("Called number"), QStringLiteral("Answered?"), QStringLiteral("Talk time"),
                              QStringLiteral("Skill group"), QStringLiteral("Recording")}));
        const auto row = [&archive](int at) {
            QStringList texts;
            for (int column = 1; column < 8; ++column)
                texts << archive.text(at, column);
            return texts;
        };
        QCOMPARE(row(0), (QStringList{QStringLiteral("Incoming"), QStringLiteral("+8613800000000"),
                                      QStringLiteral("+864001234567"), QStringLiteral("Answered"),
                                      QStringLiteral("1:01"), QStringLiteral("Hotline"), QStringLiteral("recorded")}));
        QCOMPARE(row(1), (QStringList{QStringLiteral("Outgoing"), QStringLiteral("+864001234567"),
                                      QStringLiteral("+8613911112222"), QStringLiteral("Not answered"),
                                      QStringLiteral("–"), QStringLiteral("Hotline"), QStringLiteral("–")}));
        QCOMPARE(archive.grid().rows().index(1, 4).data(Qt::ToolTipRole).toString(),
                 QStringLiteral("The line is busy."));
        QCOMPARE(archive.text(2, 2), QStringLiteral("–")); // withheld
    }
    void callsAreFilteredByWhatTheyAre() {
        Archive archive(Role::Agent, 2);
        test::addGroup(archive.server, 7, model::Mode::Phone, "Hotline");
        auto& records = archive.server.records.records;
        records.insert(records.begin(), test::callOf(archive.server, 5, 3, std::chrono::seconds(10)));
        records[0].call->direction = model::CallDirection::Out;
        records.insert(records.begin(), test::callOf(archive.server, 7, 3, std::chrono::seconds(5)));
        records[0].call->caller = "+8675512345678";
        records[0].call->recorded = true;
        records[0].customerName = "Zhang";
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(1));
        QVERIFY(archive.box(QStringLiteral("Calls")) == nullptr); // there are none among chats
        auto* tabs = archive.records()->findChild<widgets::Segmented*>();
        tabs->setFocus();
        QTest::keyClick(tabs, Qt::Key_End);
        QVERIFY(archive.awaitRecords(2));
        archive.choose(QStringLiteral("Calls"), QStringLiteral("Outgoing"));
        QVERIFY(archive.awaitRecords(1));
        QVERIFY(archive.asked("direction", "out"));
        archive.choose(QStringLiteral("Calls"), QStringLiteral("With a recording"));
        QTRY_VERIFY(archive.asked("recorded", "true"));
        QTRY_COMPARE(archive.text(0, 2), QStringLiteral("+8675512345678"));
        archive.choose(QStringLiteral("Calls"), QStringLiteral("All calls"));
        QVERIFY(archive.awaitRecords(2));
        archive.choose(QStringLiteral("State"), QStringLiteral("The caller hung up."));
        QTRY_VERIFY(archive.asked("end_reason", "hung_up"));
        archive.choose(QStringLiteral("State"), QStringLiteral("All states"));
        archive.write(QStringLiteral("Search numbers and names"), QStringLiteral("(755) 1234"));
        QTRY_VERIFY(archive.asked("number", "7551234"));
        QVERIFY(archive.awaitRecords(1));
        archive.write(QStringLiteral("Search numbers and names"), QStringLiteral("Zhang"));
        QTRY_VERIFY(archive.asked("text", "Zhang"));
        QVERIFY(archive.awaitRecords(1));
        archive.choose(QStringLiteral("Calls"), QStringLiteral("Incoming"));
        tabs->setFocus();
        QTest::keyClick(tabs, Qt::Key_Home); // chats know nothing of it
        QVERIFY(archive.settled());
        QTRY_COMPARE(archive.rows().mode(), model::Mode::Chat);
        QVERIFY(!archive.rows().list().filters().direction);
        QCOMPARE(archive.rows().list().filters().text, std::string("Zhang"));
    }
    void scrollingGoesThroughAll() {
        Archive archive(Role::Admin, 500);
        archive.server.records.worksThrough = 37;
        archive.server.records.counts = 100;
        QVERIFY(archive.openRecords());
        QVERIFY(archive.settled());
        QVERIFY(archive.rows().shown() < 200);
        QVERIFY(archive.shows(QStringLiteral("100+ in all")));
        archive.grid().setFocus();
        QVERIFY(QTest::qWaitFor([&] {
            archive.grid().verticalScrollBar()->setValue(archive.grid().verticalScrollBar()->maximum());
            return archive.rows().shown() == 500;
        }));
        for (int row = 0; row < 500; ++row)
            QCOMPARE(archive.text(row, 3), QStringLiteral("Customer no. %1").arg(500 - row));
    }
    void filtersLimitWhatIsAskedFor() {
        Archive archive(Role::Admin, 20);
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(20));
        QVERIFY(QTest::qWaitFor([&] { return archive.box(QStringLiteral("Agent"))->count() == 4; }));
        archive.choose(QStringLiteral("Agent"), QStringLiteral("Bo"));
        QVERIFY(archive.awaitRecords(10));
        QVERIFY(archive.asked("agent", "4"));
        archive.choose(QStringLiteral("Skill group"), QStringLiteral("After-sales"));
        QVERIFY(archive.settled());
        QTRY_VERIFY(archive.shows(QStringLiteral("No record fits what is chosen above.")));
        archive.press(QStringLiteral("Clear the filters"));
        QVERIFY(archive.awaitRecords(20));
        archive.choose(QStringLiteral("State"), QStringLiteral("Not answered"));
        QTRY_VERIFY(archive.asked("answered", "false"));
        archive.choose(QStringLiteral("State"), QStringLiteral("The customer left."));
        QTRY_VERIFY(archive.asked("end_reason", "customer_left"));
        archive.choose(QStringLiteral("State"), QStringLiteral("Completed"));
        QTRY_VERIFY(archive.asked("state", "completed"));
        QVERIFY(archive.awaitRecords(20));
    }
    void timesAreWholeDays() {
        Archive archive(Role::Admin, 1);
        archive.server.records.records.front().startedAt = archive.server.now();
        archive.server.records.records.front().id = model::SessionId(500);
        for (const int days : {1, 3, 20, 90})
            archive.server.records.records.push_back(
                test::recordOf(archive.server, 500 - days, 3, std::chrono::hours(24 * days)));
        archive.server.clock = archive.server.now();
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(3)); // seven days
        archive.choose(QStringLiteral("Time"), QStringLiteral("Yesterday"));
        QVERIFY(archive.awaitRecords(1));
        archive.choose(QStringLiteral("Time"), QStringLiteral("Last 30 days"));
        QVERIFY(archive.awaitRecords(4));
        archive.choose(QStringLiteral("Time"), QStringLiteral("Own range"));
        const auto dates = archive.records()->findChildren<QDateEdit*>();
        QCOMPARE(dates.size(), 2);
        QVERIFY(dates.first()->isVisible());
        dates.first()->setFocus();
        const QDate early = QDate::currentDate().addDays(-100);
        dates.first()->setDate(early);
        QVERIFY(archive.awaitRecords(5));
        QVERIFY(archive.asked("from", std::to_string(early.startOfDay().toMSecsSinceEpoch())));
        dates.last()->setDate(early.addDays(-2)); // ends before it begins: the other end comes along
        QCOMPARE(dates.first()->date(), early.addDays(-2));
        QTRY_VERIFY(archive.shows(QStringLiteral("There are no records of this time.")));
    }
    void searchingWaitsUntilNobodyTypes() {
        Archive archive(Role::Admin, 20);
        archive.server.records.spoken[model::SessionId(11)] = "is there a blue cup?";
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(20));
        const auto asked = archive.server.records.asked.size();
        archive.write(QStringLiteral("Search messages and names"), QStringLiteral("blue cup"));
        QVERIFY(archive.awaitRecords(1));
        QCOMPARE(archive.text(0, 3), QStringLiteral("Customer no. 11"));
        QVERIFY(archive.shows(QStringLiteral("1 found")));
        QCOMPARE(archive.server.records.asked.size() <= asked + 2, true); // not one for each letter
        QTRY_COMPARE(archive.server.records.asked.back()["text"], std::string("blue cup"));
        QVERIFY(!archive.server.records.asked.back().contains("count"));
    }
    void aSearchThatIsNoneSaysSo() {
        Archive archive(Role::Agent);
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(3));
        archive.server.records.refuse("GET /api/v1/records", base::with(base::rejected("bad_field"), "field", "text"));
        archive.write(QStringLiteral("Search messages and names"), QStringLiteral("?!"));
        QTRY_VERIFY(
            archive.shows(QStringLiteral("This cannot be searched for. Write one to twenty words. (bad_field)")));
    }
    void troubleIsToldAndTriedAgain() {
        Archive archive(Role::Agent);
        archive.server.records.refuse("GET /api/v1/records", base::retry("storage_unavailable"), true);
        QVERIFY(archive.openRecords());
        QTRY_VERIFY(archive.shows(QStringLiteral("(storage_unavailable)")));
        archive.server.records.allow("GET /api/v1/records");
        archive.press(QStringLiteral("Try again"));
        QVERIFY(archive.awaitRecords(3));
        QVERIFY(!archive.shows(QStringLiteral("(storage_unavailable)")));
    }
    void thereIsNothingYet() {
        Archive archive(Role::Agent, 0);
        QVERIFY(archive.openRecords());
        QTRY_VERIFY(archive.shows(QStringLiteral("There are no records of this time.")));
        QVERIFY(!archive.button(QStringLiteral("Export"))->isEnabled());
    }
    void nothingIsAskedByItself() {
        Archive archive(Role::Agent);
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(3));
        const auto asked = archive.server.records.asked.size();
        QTest::qWait(1500);
        QCOMPARE(archive.server.records.asked.size(), asked);
        archive.server.records.records.insert(archive.server.records.records.begin(),
                                              test::recordOf(archive.server, 9, 3, std::chrono::seconds(1)));
        for (auto* one : archive.records()->findChildren<widgets::IconButton*>())
            if (one->accessibleName() == QLatin1String("Show what is new"))
                QTest::mouseClick(one, Qt::LeftButton);
        QVERIFY(archive.awaitRecords(4));
    }
    void itRingsHere() {
        Archive archive(Role::Agent);
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(3));
        test::ring(archive.server, 30, 8, "Mr Wu");
        QTRY_VERIFY(archive.shows(QStringLiteral("Mr Wu is ringing (Sales).")));
        QVERIFY(archive.records()->isVisible());
        archive.key(Qt::Key_F2);
        QTRY_COMPARE(archive.page().currentSession(), model::SessionId(8));
        QVERIFY(archive.page().isVisible());
    }
    void thePaletteGoesThere() {
        Archive archive(Role::Agent);
        QVERIFY(archive.open());
        archive.key(Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(archive.the<widgets::CommandPalette>()->isVisible());
        archive.type(QStringLiteral("records"));
        archive.key(Qt::Key_Return);
        QTRY_VERIFY(archive.records() != nullptr && archive.records()->isVisible());
    }
    void columnsAreRemembered() {
        {
            Archive archive(Role::Agent);
            QVERIFY(archive.openRecords());
            QVERIFY(archive.awaitRecords(3));
            archive.grid().setColumnWidth(0, 211);
            archive.grid().horizontalHeader()->moveSection(3, 0);
        }
        Archive archive(Role::Agent);
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(3));
        QCOMPARE(archive.grid().columnWidth(0), 211);
        QCOMPARE(archive.grid().titles().first(), QStringLiteral("Nickname"));
    }
    void itSpeaksTheOtherLanguage() {
        Archive archive(Role::Admin);
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(6));
        archive.preferences.setLanguage(QStringLiteral("zh_CN"));
        QTRY_VERIFY(archive.shows(QStringLiteral("服务记录")));
        QVERIFY(!archive.grid().titles().contains(QStringLiteral("Nickname")));
    }
};

static const test::Add<RecordsPageTest> addedRecordsPageTest;
#include "page_test.moc"
