#include "tests/client/state/rig.h"
#include "tests/client/state/visitor.h"
#include "tests/support/net/server_process.h"

#include <algorithm>

using namespace cb;
using state::AccountState;
using state::Section;
using test::Machine;
using test::Program;
using test::Visitor;

namespace {

/// Through the demonstration's menu to this agent, who answers. 0: it did not ring.
model::SessionId serve(Program& agent, Visitor& visitor) {
    if (!QTest::qWaitFor([&] { return visitor.welcomed; }, 10'000))
        return {};
    const auto rings = [&] { return agent.workbench().sessions()->count(Section::Ringing) == 1; };
    std::uint64_t word = 0;
    do { // whatever the menu asks for
        ++word;
        visitor.write(std::to_string(word), word);
    } while (!QTest::qWaitFor(rings, 1000) && word < 8);
    if (!rings())
        return {};
    const auto session = agent.workbench().sessions()->at(0).id();
    agent.commands().answer(agent.workbench().sessions()->at(0).offer);
    const bool open = QTest::qWaitFor([&] { return agent.workbench().sessions()->count(Section::Open) == 1; });
    return open ? session : model::SessionId{};
}

} // namespace

class OfflineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// The program is started again while the server is away: the cache opens the workbench, and what is written there
    /// is sent, once, when the server is back.
    void startedWithoutTheServer() {
        const auto serverProgram = qEnvironmentVariable("CLOUDBELL_SERVER_PROGRAM");
        if (serverProgram.isEmpty())
            QSKIP("no server to run");
        const test::TempDir data;
        test::ServerProcess server({serverProgram.toStdString(), data.path() + "/data", 0, {"--demo"}, {}, {}});
        QVERIFY(server.start().ok());
        Machine machine;
        model::SessionId session;
        Visitor visitor(server.port(), QString(43, QLatin1Char('c')));
        {
            Program before(machine);
            QVERIFY(before.signIn(
                QStringLiteral("http://127.0.0.1:%1/online/%2").arg(server.port()).arg(model::kFirstInstance),
                QStringLiteral("agent1@demo.test"), QStringLiteral("cloudbell"), true));
            before.commands().goOnline();
            QTRY_VERIFY(before.workbench().presence().status == model::AgentStatus::Idle);
            session = serve(before, visitor);
            QVERIFY(session);
            QVERIFY(before.commands().send(session, QStringLiteral("before")).ok());
            QTRY_COMPARE(before.account.account()->outbox().size(), std::size_t(0));
        }
        server.kill();
        Program again(machine);
        again.account.signInRemembered();
        QTRY_VERIFY_WITH_TIMEOUT(again.account.step() == AccountState::Step::SignedIn, 10'000);
        QVERIFY(!again.workbench().isLive());
        QCOMPARE(again.workbench().sessions()->count(Section::Open), 1);
        const auto read = again.texts(session.value);
        QVERIFY(!read.empty() && read.back() == "before");
        QVERIFY(again.commands().send(session, QStringLiteral("while you were away")).ok());
        auto expected = read;
        expected.emplace_back("while you were away");
        QCOMPARE(again.texts(session.value), expected);
        QVERIFY(server.start().ok());
        QTRY_VERIFY_WITH_TIMEOUT(again.workbench().isLive(), 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(again.account.account()->outbox().size(), std::size_t(0), 10'000);
        QCOMPARE(again.workbench().sessions()->count(Section::Open), 1);
        // What was said before this agent came is fetched now; nothing of it is there twice.
        const auto all = again.texts(session.value);
        QCOMPARE(all.back(), std::string("while you were away"));
        for (const auto& text : {"before", "while you were away"})
            QCOMPARE(std::count(all.begin(), all.end(), text), 1);
        QCOMPARE(server.terminate(), 0);
    }
};

static const test::Add<OfflineTest> addedOfflineTest;
#include "offline_test.moc"
