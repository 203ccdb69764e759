#include "tests/support/net/bed.h"
#include "tests/support/suite.h"

#include <QtCore/QDebug>

using namespace cb::test;
using namespace std::chrono_literals;

/// The real server on a disk that fails, fills up and stalls while the crowd talks.
class DiskTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFailedWriteOrSyncIsSurvivedWithoutARestart() {
        Bed bed({.agents = 12, .groups = 1, .limit = 5}, {}, true);
        QVERIFY2(bed.trouble().empty(), bed.trouble().c_str());
        auto options = bed.crowdOptions(60, 300);
        options.messagesPerSession = 25;
        Crowd crowd(bed.io(), options);
        crowd.start();
        QVERIFY(bed.runUntil([&] { return crowd.allInService(); }, 60s));
        const int rounds = isFull() ? 300 : 30;
        for (int i = 1; i <= rounds; ++i) {
            if (i % 3 == 0)
                bed.disk().failSyncAfter(1 + i % 7);
            else
                bed.disk().failWriteAfter(i);
            bed.runFor(100ms);
        }
        const std::string unsettled = settle(bed, crowd);
        QVERIFY2(unsettled.empty(), unsettled.c_str());
        QVERIFY2(crowd.ledger().errors.count("storage_unavailable") > 0, "no failure was ever felt");
        const std::string faults = verdict(bed, crowd);
        QVERIFY2(faults.empty(), faults.c_str());
        qInfo() << crowd.ledger().errors["storage_unavailable"] << "requests were told storage_unavailable";
    }

    void aFullDiskIsToldAndSurvived() {
        Bed bed({.agents = 12, .groups = 1, .limit = 5}, {}, true);
        QVERIFY2(bed.trouble().empty(), bed.trouble().c_str());
        Crowd crowd(bed.io(), bed.crowdOptions(60, 300));
        crowd.start();
        QVERIFY(bed.runUntil([&] { return crowd.allInService(); }, 60s));
        bed.runFor(500ms);
        bed.disk().setFull(true);
        bed.runFor(300ms);
        const auto before = crowd.ledger().acknowledged;
        bed.runFor(2s);
        QCOMPARE(crowd.ledger().acknowledged, before); // nothing is told that is not kept
        QVERIFY(crowd.ledger().errors["storage_unavailable"] > 0);
        QVERIFY(bed.server().isRunning());
        bed.disk().setFull(false);
        QVERIFY(bed.runUntil([&] { return crowd.ledger().acknowledged > before + 100; }, 60s));
        const std::string unsettled = settle(bed, crowd);
        QVERIFY2(unsettled.empty(), unsettled.c_str());
        const std::string faults = verdict(bed, crowd);
        QVERIFY2(faults.empty(), faults.c_str());
    }

    void stallsDelayButLoseNothing_data() {
        QTest::addColumn<int>("millis");
        QTest::addColumn<int>("times");
        QTest::newRow("50 ms on every sync") << 50 << 60;
        QTest::newRow("5 s once") << 5000 << 1;
    }
    void stallsDelayButLoseNothing() {
        QFETCH(int, millis);
        QFETCH(int, times);
        Bed bed({.agents = 12, .groups = 1, .limit = 5}, {}, true);
        QVERIFY2(bed.trouble().empty(), bed.trouble().c_str());
        Crowd crowd(bed.io(), bed.crowdOptions(60, 300));
        crowd.start();
        QVERIFY(bed.runUntil([&] { return crowd.allInService(); }, 60s));
        const long from = bed.disk().syncs();
        bed.disk().setSyncDelay(millis * 1000L);
        QVERIFY(bed.runUntil([&] { return bed.disk().syncs() >= from + times; }, 30s));
        bed.disk().setSyncDelay(0);
        const auto before = crowd.ledger().acknowledged;
        QVERIFY(bed.runUntil([&] { return crowd.ledger().acknowledged > before + 100; }, 60s));
        const std::string unsettled = settle(bed, crowd);
        QVERIFY2(unsettled.empty(), unsettled.c_str());
        const std::string faults = verdict(bed, crowd);
        QVERIFY2(faults.empty(), faults.c_str());
    }
};

static const Add<DiskTest> addedDiskTest;
CB_TEST_MAIN()
#include "disk_test.moc"
