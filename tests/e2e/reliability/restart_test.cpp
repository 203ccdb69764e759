#include "tests/support/net/bed.h"
#include "tests/support/suite.h"

#include <QtCore/QDebug>
#include <QtCore/QElapsedTimer>

#include <sys/resource.h>

using namespace cb::test;
using namespace std::chrono_literals;

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr qint64 kAllowed = 40'000; ///< ms; a sanitizer makes everything several times slower
#else
constexpr qint64 kAllowed = 10'000;
#endif

/// Everybody comes back at once.
class RestartTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        rlimit limit{};
        getrlimit(RLIMIT_NOFILE, &limit);
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }

    void everybodyIsBackWithinTenSeconds() {
        Bed bed({.agents = 200, .groups = 4, .limit = 60});
        QVERIFY2(bed.trouble().empty(), bed.trouble().c_str());
        const int visitors = isFull() ? 5000 : 1000; // the whole crowd needs a machine that does nothing else
        auto options = bed.crowdOptions(visitors, 0);
        options.reconnectMin = 100ms;
        options.reconnectMax = 2000ms; // docs/protocol.md: a random 0–2 s after a stop
        Crowd crowd(bed.io(), options);
        crowd.start();
        QVERIFY2(bed.runUntil([&] { return crowd.allInService(); }, 60s), crowd.state().c_str());
        {
            auto passing = bed.crowdOptions(visitors, 0);
            passing.agentTokens.clear();
            passing.seed = 2;
            Crowd gone(bed.io(), passing);
            gone.start();
            QVERIFY2(bed.runUntil([&] { return gone.allInService(); }, 60s), gone.state().c_str());
        } // their browsers are closed now; the sessions stay open with their agents
        crowd.setRate(200);
        bed.runFor(1s);
        bed.server().kill();
        QElapsedTimer timer;
        timer.start();
        QVERIFY(bed.server().start().ok());
        QVERIFY(bed.runUntil([&] { return !crowd.allConnected(); }, 5s)); // the crowd has seen it
        QVERIFY2(bed.runUntil([&] { return crowd.allConnected(); }, 30s), crowd.state().c_str());
        const auto took = timer.elapsed();
        qInfo() << visitors + 200 << "clients resumed in" << took << "ms; server ready in" << bed.server().readyMillis()
                << "ms";
        QVERIFY2(took <= kAllowed, qPrintable(QString::number(took)));
        QVERIFY2(bed.runUntil([&] { return crowd.allInService(); }, 10s), crowd.state().c_str());
        crowd.stopSending();
        QVERIFY(bed.runUntil([&] { return crowd.drained(); }, 30s));
        QVERIFY2(crowd.ledger().faults.empty(), crowd.state().c_str());
    }
};

static const Add<RestartTest> addedRestartTest;
CB_TEST_MAIN()
#include "restart_test.moc"
