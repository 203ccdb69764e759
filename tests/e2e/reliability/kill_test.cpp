#include "tests/support/net/bed.h"
#include "tests/support/suite.h"

#include <QtCore/QDebug>

using namespace cb::test;
using namespace std::chrono_literals;

/// Told means on disk, part (a): the server dies at random moments under load, and whatever it had acknowledged is
/// there.
class KillTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void acknowledgedMessagesSurviveSigkill() {
        const int kills = isFull() ? 1000 : 50;
        Bed bed({.agents = 32, .groups = 2, .limit = 8});
        QVERIFY2(bed.trouble().empty(), bed.trouble().c_str());
        auto options = bed.crowdOptions(200, 1000);
        options.messagesPerSession = 25; // so that sessions end and begin while the server dies
        options.reconnectMin = 5ms;
        options.reconnectMax = 40ms;
        Crowd crowd(bed.io(), options);
        crowd.start();
        QVERIFY(bed.runUntil([&] { return crowd.inService() > 150; }, 180s)); // sanitizers take their time
        cb::base::Random random(20261122);
        for (int i = 0; i < kills; ++i) {
            bed.runFor(std::chrono::milliseconds(20 + random.below(400)));
            bed.server().kill();
            const auto started = bed.server().start();
            QVERIFY2(started.ok(), started.ok() ? "" : started.error().detail.c_str());
        }
        QVERIFY(bed.runUntil([&] { return crowd.allConnected(); }, 30s));
        bed.runFor(1s);
        const std::string unsettled = settle(bed, crowd);
        QVERIFY2(unsettled.empty(), unsettled.c_str());
        QVERIFY(crowd.ledger().acknowledged > static_cast<std::uint64_t>(kills) * 20);
        const std::string faults = verdict(bed, crowd);
        QVERIFY2(faults.empty(), faults.c_str());
        qInfo() << kills << "kills," << crowd.ledger().acknowledged << "messages acknowledged,"
                << crowd.ledger().sessions.size() << "sessions";
    }

    void aCleanStopLosesNothingAndSaysSo() {
        Bed bed({.agents = 16, .groups = 1, .limit = 5});
        QVERIFY2(bed.trouble().empty(), bed.trouble().c_str());
        Crowd crowd(bed.io(), bed.crowdOptions(80, 400));
        crowd.start();
        QVERIFY(bed.runUntil([&] { return crowd.allInService(); }, 60s));
        for (int i = 0; i < 5; ++i) {
            bed.runFor(300ms);
            QCOMPARE(bed.server().terminate(), 0);
            QVERIFY(bed.server().start().ok());
        }
        QVERIFY(bed.runUntil([&] { return crowd.allConnected(); }, 30s));
        const std::string unsettled = settle(bed, crowd);
        QVERIFY2(unsettled.empty(), unsettled.c_str());
        const std::string faults = verdict(bed, crowd);
        QVERIFY2(faults.empty(), faults.c_str());
    }
};

static const Add<KillTest> addedKillTest;
CB_TEST_MAIN()
#include "kill_test.moc"
