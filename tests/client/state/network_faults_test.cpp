#include "tests/client/state/rig.h"
#include "tests/client/state/visitor.h"
#include "tests/support/net/fault_proxy.h"
#include "tests/support/net/server_process.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <future>
#include <thread>

using namespace cb;
using namespace std::chrono_literals;
using state::Section;

namespace {

/// The proxy on a thread of its own: the client under test has the test's.
class ProxyThread {
public:
    explicit ProxyThread(std::uint16_t target)
        : m_work(boost::asio::make_work_guard(m_io))
        , m_proxy(m_io, target, 11)
        , m_port(m_proxy.port())
        , m_thread([this] { m_io.run(); }) {}
    ~ProxyThread() { m_io.stop(); }
    std::uint16_t port() const { return m_port; }
    void resetAll() {
        run([this] { m_proxy.resetAll(); });
    }
    void setSilent(bool silent) {
        run([this, silent] { m_proxy.setSilent(silent); });
    }
    void setFaults(test::FaultProxy::Faults faults) {
        run([this, faults] { m_proxy.setFaults(faults); });
    }
    std::uint64_t resets() {
        std::uint64_t count = 0;
        run([this, &count] { count = m_proxy.resets(); });
        return count;
    }

private:
    template <class Work>
    void run(Work work) {
        std::promise<void> done;
        boost::asio::post(m_io, [&] {
            work();
            done.set_value();
        });
        done.get_future().wait();
    }

    boost::asio::io_context m_io;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> m_work;
    test::FaultProxy m_proxy;
    std::uint16_t m_port;
    std::jthread m_thread; // last: ends before what it runs on
};

std::vector<std::string> startingWith(const std::vector<std::string>& all, const std::string& start) {
    std::vector<std::string> found;
    for (const auto& text : all)
        if (text.rfind(start, 0) == 0)
            found.push_back(text);
    return found;
}

} // namespace

/// The agent's program against the real server through a network that cuts, delays, stalls and resets at any byte.
class NetworkFaultsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsLostOrDoubled() {
        const auto serverProgram = qEnvironmentVariable("CLOUDBELL_SERVER_PROGRAM");
        if (serverProgram.isEmpty())
            QSKIP("no server to run");
        const test::TempDir data;
        test::ServerProcess server({serverProgram.toStdString(), data.path() + "/data", 0, {"--demo"}, {}, {}});
        QVERIFY(server.start().ok());
        ProxyThread proxy(server.port());
        test::Machine machine;
        auto options = test::quickSession();
        options.backoff.delays = {base::Millis(20), base::Millis(100)};
        options.connectTimeout = 1s;
        options.pingEvery = 300ms;
        options.silentAfter = 900ms;
        test::Program agent(machine, QStringLiteral("here"), options);
        QVERIFY(
            agent.signIn(QStringLiteral("http://127.0.0.1:%1/online/%2").arg(proxy.port()).arg(model::kFirstInstance),
                         QStringLiteral("agent1@demo.test"), QStringLiteral("cloudbell")));
        agent.commands().goOnline();
        QTRY_VERIFY(agent.workbench().presence().status == model::AgentStatus::Idle);

        test::Visitor visitor(server.port(), QString(43, QLatin1Char('b')));
        QTRY_VERIFY_WITH_TIMEOUT(visitor.welcomed, 10'000);
        const auto rings = [&agent] { return agent.workbench().sessions()->count(Section::Ringing) == 1; };
        std::uint64_t word = 0;
        do { // whatever the menu asks for
            ++word;
            visitor.write(std::to_string(word), word);
        } while (!QTest::qWaitFor(rings, 1000) && word < 8);
        QTRY_COMPARE(agent.workbench().sessions()->count(Section::Ringing), 1);
        const auto session = agent.workbench().sessions()->at(0).id();
        agent.commands().answer(agent.workbench().sessions()->at(0).offer);
        QTRY_COMPARE(agent.workbench().sessions()->count(Section::Open), 1);

        base::Random random(4);
        std::vector<std::string> said;
        std::vector<std::string> answered;
        for (int round = 0; round < (test::isFull() ? 400 : 40); ++round) {
            harm(proxy, round);
            said.push_back("visitor " + std::to_string(round));
            visitor.write(said.back(), 1000 + std::uint64_t(round));
            answered.push_back("agent " + std::to_string(round));
            QVERIFY(agent.commands().send(session, QString::fromStdString(answered.back())).ok());
            QTest::qWait(int(random.below(200)));
        }
        proxy.setFaults({});
        proxy.setSilent(false);
        const auto resets = proxy.resets();
        QVERIFY2(resets >= 4, qPrintable(QString::number(resets)));
        QTRY_COMPARE_WITH_TIMEOUT(agent.account.account()->outbox().size(), std::size_t(0), 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(startingWith(visitor.heard, "agent ").size(), answered.size(), 10'000);
        QCOMPARE(startingWith(visitor.heard, "agent "), answered);
        QTRY_COMPARE_WITH_TIMEOUT(startingWith(agent.texts(session.value), said.back()).size(), std::size_t(1), 10'000);
        auto& transcript = agent.transcript(session.value);
        const auto allLoaded = [&transcript] {
            transcript.loadOlder(); // a page whose connection was harmed is asked for again
            return !transcript.olderAvailable();
        };
        QTRY_VERIFY_WITH_TIMEOUT(allLoaded(), 20'000);
        QCOMPARE(startingWith(agent.texts(session.value), "visitor "), said);
        QCOMPARE(startingWith(agent.texts(session.value), "agent "), answered);
        QCOMPARE(agent.workbench().sessions()->count(Section::Open), 1); // within the grace nobody takes it away
        QVERIFY(agent.workbench().presence().status == model::AgentStatus::Idle);
    }

private:
    static void harm(ProxyThread& proxy, int round) {
        switch (round % 8) {
        case 0: // every connection from now on ends at some byte of its first few thousand
            proxy.setFaults({.delay = 1ms, .resetOncePerBytes = 3000});
            return proxy.resetAll();
        case 4:
            proxy.setFaults({.delay = 60ms, .resetOncePerBytes = 0});
            return proxy.resetAll();
        case 6:
            proxy.setFaults({});
            return proxy.setSilent(true);
        case 7: // now and then long enough for the program to give the connection up
            QTest::qWait(round % 16 == 7 ? 1300 : 200);
            return proxy.setSilent(false);
        default:
            return;
        }
    }
};

static const test::Add<NetworkFaultsTest> addedNetworkFaultsTest;
#include "network_faults_test.moc"
