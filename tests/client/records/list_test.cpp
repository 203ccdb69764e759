#include "client/state/export_run.h"
#include "client/state/record_list.h"
#include "tests/client/records/archive.h"

#include <QtTest/QSignalSpy>

using namespace cb;
using state::ExportRun;
using state::RecordList;
using Stage = ExportRun::Stage;

namespace {

/// The REST side of an admin, without a window.
struct Rig {
    explicit Rig(int count)
        : rest(network, *api::parseAddress(server.address()))
        , client(rest) {
        server.me.role = model::Role::Admin;
        rest.setToken(QStringLiteral("tok"));
        for (int i = count; i > 0; --i)
            server.records.records.push_back(
                test::recordOf(server, i, i % 5 ? 3 : 4, std::chrono::seconds(std::int64_t(count - i))));
    }
    test::FakeServer server;
    QNetworkAccessManager network;
    api::RestClient rest;
    api::RecordsClient client;
};

wire::RecordFilters ofAgent(std::int64_t agent) {
    wire::RecordFilters filters;
    filters.agent = model::AgentId(agent);
    return filters;
}

} // namespace

/// Paging through records and one export, below the page.
class RecordListTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pagesJoinWithoutGaps() {
        Rig rig(1000);
        rig.server.records.worksThrough = 17; // each page is short
        RecordList list(rig.client);
        list.show(ofAgent(4));
        QTRY_VERIFY(!list.isLoading());
        QCOMPARE(int(list.rows().size()) >= RecordList::kWindow, true); // asked on until the window was full
        while (list.hasMore()) {
            list.loadOlder();
            QTRY_VERIFY(!list.isLoading());
        }
        QCOMPARE(list.rows().size(), std::size_t(200));
        for (std::size_t i = 0; i < list.rows().size(); ++i)
            QCOMPARE(list.rows()[i].id.value, std::int64_t(1000 - 5 * i));
    }
    void olderAnswersAreDropped() {
        Rig rig(30);
        RecordList list(rig.client);
        QSignalSpy reset(&list, &RecordList::reset);
        list.show(ofAgent(3));
        list.show(ofAgent(4));
        QTRY_VERIFY(!list.isLoading());
        QTRY_COMPARE(rig.server.records.asked.size(), std::size_t(2));
        QTest::qWait(50);
        QCOMPARE(reset.size(), 1);
        QCOMPARE(list.rows().size(), std::size_t(6));
        QCOMPARE(list.rows().front().agent, model::AgentId(4));
    }
    void theRowsBeforeStayUntilThereAreOthers() {
        Rig rig(200);
        RecordList list(rig.client);
        list.show({});
        QTRY_VERIFY(!list.isLoading());
        rig.server.records.worksThrough = 10;
        rig.server.records.records.back().customerName = "rare";
        wire::RecordFilters filters;
        filters.text = "rare";
        list.show(filters);
        QSignalSpy reset(&list, &RecordList::reset);
        std::size_t shown = 0;
        connect(&list, &RecordList::loadingChanged, this, [&] { shown = list.rows().size(); });
        QTRY_COMPARE(reset.size(), 1);
        QCOMPARE(rig.server.records.asked.size(), std::size_t(1 + 20)); // 19 pages without a row
        QCOMPARE(shown, std::size_t(RecordList::kWindow));              // until the last of them was here
        QCOMPARE(list.rows().size(), std::size_t(1));
        QVERIFY(!list.count());
    }
    void nobodyLooksNobodyAsks() {
        Rig rig(400);
        rig.server.records.worksThrough = 1;
        RecordList list(rig.client);
        int pages = 0;
        connect(&list, &RecordList::appended, this, [&] {
            if (++pages == 3)
                list.rest();
        });
        list.show({});
        QTRY_COMPARE(pages, 3);
        QTRY_VERIFY(!list.isLoading());
        const auto asked = rig.server.records.asked.size();
        QTest::qWait(100);
        QCOMPARE(rig.server.records.asked.size(), asked);
        QVERIFY(list.hasMore());
    }
    void aPageThatCannotBeHadIsAskedForAgain() {
        Rig rig(150);
        RecordList list(rig.client);
        list.show({});
        QTRY_VERIFY(!list.isLoading());
        rig.server.records.refuse("GET /api/v1/records", base::retry("storage_unavailable"));
        QSignalSpy failed(&list, &RecordList::failed);
        list.loadOlder();
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(list.rows().size(), std::size_t(60));
        list.loadOlder();
        QTRY_COMPARE(list.rows().size(), std::size_t(120));
        QVERIFY(!list.error());
    }
    void whatIsSearchedArrivesAsItWasTyped() {
        Rig rig(3);
        RecordList list(rig.client);
        wire::RecordFilters filters;
        filters.text = "100 % a?b+c&d=e #1 杯子";
        list.show(filters);
        QTRY_VERIFY(!list.isLoading());
        QCOMPARE(rig.server.records.asked.back().at("text"), filters.text);
    }
    void anExportIsAskedForAtGrowingIntervals() {
        Rig rig(3);
        rig.server.records.stands = true;
        ExportRun run(rig.client, nullptr, {base::Millis(1), base::Millis(40), base::Millis(60'000)});
        run.start({"records", {}, {}});
        QTRY_COMPARE(rig.server.records.jobReads, 2); // after 1 ms and after 40 more
        QTest::qWait(150);
        QCOMPARE(rig.server.records.jobReads, 2);
        QCOMPARE(run.job().percent, 60);
        run.cancel();
        QTRY_COMPARE(run.stage(), Stage::None);
        QCOMPARE(rig.server.records.cancelled, std::vector<std::int64_t>{1});
    }
    void itIsStoppedBeforeItHasANumber() {
        Rig rig(3);
        ExportRun run(rig.client);
        run.start({"records", {}, {}});
        run.cancel();
        QVERIFY(run.isEnding());
        QTRY_COMPARE(run.stage(), Stage::None);
        QCOMPARE(rig.server.records.cancelled, std::vector<std::int64_t>{1});
    }
    void aFileThatIsNotThereWholeReplacesNothing() {
        Rig rig(3);
        rig.server.records.progress = {};
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("records.csv"));
        QFile before(path);
        QVERIFY(before.open(QIODevice::WriteOnly) && before.write("mine") == 4);
        before.close();
        ExportRun run(rig.client, nullptr, {base::Millis(1)});
        run.start({"records", {}, {}});
        QTRY_COMPARE(run.stage(), Stage::Ready);
        rig.server.records.refuse("GET /api/v1/exports/1/file", base::retry("storage_unavailable"));
        run.save(path);
        QTRY_COMPARE(run.stage(), Stage::Ready);
        QCOMPARE(run.error().code, std::string("storage_unavailable"));
        QVERIFY(before.open(QIODevice::ReadOnly));
        QCOMPARE(before.readAll(), QByteArray("mine"));
        before.close();
        run.save(folder.filePath(QStringLiteral("no/such/folder.csv")));
        QCOMPARE(run.error().code, std::string("file_unwritable"));
        rig.server.records.file.assign(3'000'000, 'x'); // more than one piece
        QSignalSpy saved(&run, &ExportRun::saved);
        run.save(path);
        QTRY_COMPARE(saved.size(), 1);
        QVERIFY(before.open(QIODevice::ReadOnly));
        QCOMPARE(before.size(), qint64(3'000'000));
        QTRY_COMPARE(rig.server.records.cancelled, std::vector<std::int64_t>{1}); // not needed there any more
    }
};

static const test::Add<RecordListTest> addedRecordListTest;
#include "list_test.moc"
