#include "tests/support/net/bed.h"
#include "tests/support/suite.h"

#include <QtCore/QDebug>

using namespace cb::test;
using namespace std::chrono_literals;

/// The crowd goes through a proxy that cuts, delays and silences.
class NetworkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void resetsAtAnyByteLoseAndDoubleNothing() {
        Bed bed({.agents = 32, .groups = 2, .limit = 6});
        QVERIFY2(bed.trouble().empty(), bed.trouble().c_str());
        FaultProxy proxy(bed.io(), bed.server().port(), 7);
        proxy.setFaults({.delay = 1ms, .resetOncePerBytes = 30'000});
        auto options = bed.crowdOptions(160, 600);
        options.port = proxy.port();
        options.messagesPerSession = 30;
        options.reconnectMin = 5ms;
        options.reconnectMax = 60ms;
        Crowd crowd(bed.io(), options);
        crowd.start();
        bed.runFor(isFull() ? 120s : 12s);
        const auto resets = proxy.resets();
        proxy.setFaults({});
        const std::string unsettled = settle(bed, crowd);
        QVERIFY2(unsettled.empty(), unsettled.c_str());
        QVERIFY(resets > 50);
        const std::string faults = verdict(bed, crowd);
        QVERIFY2(faults.empty(), faults.c_str());
        qInfo() << resets << "resets," << crowd.ledger().acknowledged << "messages acknowledged";
    }

    void aShortSilenceKeepsTheSessionsWithTheirAgents() {
        Bed bed({.agents = 8, .groups = 1, .limit = 5});
        QVERIFY2(bed.trouble().empty(), bed.trouble().c_str());
        FaultProxy proxy(bed.io(), bed.server().port(), 8);
        auto options = bed.crowdOptions(40, 160);
        options.port = proxy.port();
        Crowd crowd(bed.io(), options);
        crowd.start();
        QVERIFY(bed.runUntil([&] { return crowd.allInService(); }, 60s));
        for (int i = 0; i < 3; ++i) {
            proxy.setSilent(true);
            bed.runFor(2s);
            proxy.resetAll();
            proxy.setSilent(false);
            QVERIFY(bed.runUntil([&] { return crowd.allConnected(); }, 60s));
        }
        QVERIFY(bed.runUntil([&] { return crowd.allInService(); }, 5s));
        QVERIFY2(crowd.ledger().moved.empty(), "a session left its agent within the 30 s grace");
        const std::string unsettled = settle(bed, crowd);
        QVERIFY2(unsettled.empty(), unsettled.c_str());
        const std::string faults = verdict(bed, crowd);
        QVERIFY2(faults.empty(), faults.c_str());
    }
};

static const Add<NetworkTest> addedNetworkTest;
CB_TEST_MAIN()
#include "network_test.moc"
