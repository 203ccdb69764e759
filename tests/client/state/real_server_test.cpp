#include "client/state/account_state.h"
#include "tests/client/state/visitor.h"
#include "tests/support/net/server_process.h"
#include "tests/support/suite.h"

#include <QtCore/QTemporaryDir>
#include <QtGui/QGuiApplication>
#include <QtTest/QSignalSpy>

using namespace cb;
using state::AccountState;
using state::Section;

namespace {

/// One agent's program against the server of the test.
struct Desk {
    explicit Desk(const QString& device)
        : store(std::move(*sync::LocalStore::open(folder.filePath(QStringLiteral("c.sqlite")))))
        , account({network, *store, folder.path(), device, {}}, secrets) {}

    bool signIn(std::uint16_t port, const QString& email) {
        account.signIn(QStringLiteral("http://127.0.0.1:%1/online/%2").arg(port).arg(model::kFirstInstance), email,
                       QStringLiteral("cloudbell"), false);
        return QTest::qWaitFor(
            [this] {
                return account.step() == AccountState::Step::SignedIn || account.step() == AccountState::Step::Takeover;
            },
            20'000);
    }
    state::WorkbenchState& bench() { return account.account()->workbench(); }
    state::Commands& commands() { return account.account()->commands(); }

    QTemporaryDir folder;
    state::MemorySecrets secrets;
    QNetworkAccessManager network;
    std::unique_ptr<sync::LocalStore> store;
    AccountState account;
};

} // namespace

class RealServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void twoAgentsAndACustomer() {
        const auto program = qEnvironmentVariable("CLOUDBELL_SERVER_PROGRAM");
        if (program.isEmpty())
            QSKIP("no server to run");
        const test::TempDir data;
        test::ServerProcess server({program.toStdString(), data.path() + "/data", 0, {"--demo"}, {}, {}});
        const auto started = server.start();
        QVERIFY2(started.ok(), started ? "" : started.error().detail.c_str());
        Desk one(QStringLiteral("one"));
        Desk two(QStringLiteral("two"));
        QVERIFY2(one.signIn(server.port(), QStringLiteral("agent1@demo.test")), one.account.error().code.c_str());
        QVERIFY2(two.signIn(server.port(), QStringLiteral("agent2@demo.test")), two.account.error().code.c_str());
        Desk boss(QStringLiteral("boss"));
        QVERIFY2(boss.signIn(server.port(), QStringLiteral("admin@demo.test")), boss.account.error().code.c_str());
        one.commands().goOnline();
        QTRY_VERIFY(one.bench().presence().status == model::AgentStatus::Idle);
        QTRY_VERIFY(!one.bench().groups().empty());

        test::Visitor visitor(server.port(), QString(43, QLatin1Char('a')));
        QTRY_VERIFY_WITH_TIMEOUT(visitor.welcomed, 10'000);
        visitor.write("hello", 1);
        QTRY_VERIFY_WITH_TIMEOUT(!visitor.heard.empty(), 10'000);
        for (std::uint64_t word = 2; word < 8 && one.bench().sessions()->count(Section::Ringing) == 0; ++word) {
            visitor.write(std::to_string(word - 1), word); // whatever the menu asks for
            if (QTest::qWaitFor([&] { return one.bench().sessions()->count(Section::Ringing) == 1; }, 1000))
                break;
        }
        QTRY_COMPARE(one.bench().sessions()->count(Section::Ringing), 1);
        const auto session = one.bench().sessions()->at(0).id();
        one.commands().answer(one.bench().sessions()->at(0).offer);
        QTRY_COMPARE(one.bench().sessions()->count(Section::Open), 1);

        auto* transcript = one.bench().transcript(session);
        QVERIFY(one.commands().send(session, QStringLiteral("您好，我是坐席")).ok());
        QTRY_VERIFY(std::find(visitor.heard.begin(), visitor.heard.end(), "您好，我是坐席") != visitor.heard.end());
        QTRY_COMPARE(one.account.account()->outbox().size(), std::size_t(0));
        visitor.write("in the queue no more", 20);
        QTRY_COMPARE(transcript->index(transcript->rowCount() - 1).data(state::TranscriptModel::TextRole).toString(),
                     QStringLiteral("in the queue no more"));

        overviewIsTold(one, boss);
        const auto figures = boss.account.account()->overview().value().modes;
        restartInTheMiddle(server, one, visitor, session);
        auto& overview = boss.account.account()->overview();
        QTRY_VERIFY_WITH_TIMEOUT(overview.isLive(), 20'000); // asked again by itself
        QVERIFY(overview.value().modes == figures);
        transfer(one, two, session);
        QCOMPARE(server.terminate(), 0);
    }

private:
    static void overviewIsTold(Desk& agent, Desk& boss) {
        auto& forbidden = agent.account.account()->overview();
        forbidden.setWatched(true);
        QTRY_VERIFY(forbidden.refusal().has_value());
        QCOMPARE(forbidden.refusal()->code, std::string("forbidden"));
        QVERIFY(!forbidden.isThere());
        forbidden.setWatched(false);
        auto& overview = boss.account.account()->overview();
        overview.setWatched(true);
        QTRY_VERIFY(overview.isLive());
        QCOMPARE(overview.value().modes.size(), std::size_t(1));
        QCOMPARE(overview.value().modes[0].today.answered, 1);
        QVERIFY(overview.value().agents.idle + overview.value().agents.busy >= 1);
        QVERIFY(overview.zone().isValid());
    }
    static void restartInTheMiddle(test::ServerProcess& server, Desk& one, test::Visitor&, model::SessionId session) {
        server.kill();
        QTRY_VERIFY(one.bench().connection() != state::WorkbenchState::Connection::Connected);
        QVERIFY(one.commands().send(session, QStringLiteral("typed while the server was down")).ok());
        QVERIFY(server.start().ok());
        QTRY_VERIFY_WITH_TIMEOUT(one.bench().connection() == state::WorkbenchState::Connection::Connected, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(one.account.account()->outbox().size(), std::size_t(0), 10'000);
        QCOMPARE(one.bench().sessions()->count(Section::Open), 1);
    }
    static void transfer(Desk& one, Desk& two, model::SessionId session) {
        QTRY_VERIFY_WITH_TIMEOUT(two.bench().connection() == state::WorkbenchState::Connection::Connected, 30'000);
        two.commands().goOnline();
        QTRY_VERIFY(two.bench().presence().status == model::AgentStatus::Idle);
        std::string refused;
        bool answered = false;
        one.commands().transferToAgent(session, two.bench().me().id, QStringLiteral("please"),
                                       [&](const base::Result<void>& result) {
                                           answered = true;
                                           refused = result ? "" : result.error().code;
                                       });
        QTRY_VERIFY(answered);
        QCOMPARE(refused, std::string());
        QTRY_COMPARE(one.bench().sessions()->rowCount(), 0);
        QTRY_COMPARE(two.bench().sessions()->count(Section::Ringing), 1);
        two.commands().answer(two.bench().sessions()->at(0).offer);
        QTRY_COMPARE(two.bench().sessions()->count(Section::Open), 1);
        auto* transcript = two.bench().transcript(session);
        QTRY_VERIFY(transcript->rowCount() >= 4);
        two.commands().end(session);
        QTRY_COMPARE(two.bench().sessions()->count(Section::WrapUp), 1);
        two.commands().complete(session, QStringLiteral("sales"), QStringLiteral("done"));
        QTRY_COMPARE(two.bench().sessions()->rowCount(), 0);
    }
};

static const test::Add<RealServerTest> addedRealServerTest;

int main(int argc, char** argv) {
    QGuiApplication app(argc, argv);
    return test::runAll(argc, argv);
}
#include "real_server_test.moc"
