#include "client/api/agent_session.h"
#include "client/api/rest_client.h"
#include "client/bridge/convert.h"
#include "tests/client/support/fake_server.h"
#include "tests/support/suite.h"

#include <QtCore/QBuffer>
#include <QtTest/QSignalSpy>

using namespace cb;
using api::AgentSession;
using test::FakeServer;

namespace {

api::SessionOptions quick() {
    api::SessionOptions options;
    options.backoff.delays = {base::Millis(1)};
    options.backoff.afterGoodbye = base::Millis(1);
    options.seed = 1;
    return options;
}

struct Rig {
    explicit Rig(const api::SessionOptions& with = quick())
        : options(with) {}

    api::SessionOptions options;
    FakeServer server;
    api::Endpoint endpoint = *api::parseAddress(server.address());
    AgentSession session{endpoint, QStringLiteral("here"), options};

    bool up() {
        session.start(QStringLiteral("tok"), 0);
        return QTest::qWaitFor([this] { return session.state() == AgentSession::State::Up; });
    }
};

} // namespace

class ApiTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void addresses() {
        const auto endpoint = api::parseAddress(QStringLiteral(" https://cc.example:8443/cb/online/1400000001/ "));
        QVERIFY(endpoint.ok());
        QCOMPARE(endpoint->instance.value, std::int64_t(1'400'000'001));
        QCOMPARE(endpoint->address(), QStringLiteral("https://cc.example:8443/cb/online/1400000001"));
        QCOMPARE(endpoint->socket().toString(), QStringLiteral("wss://cc.example:8443/cb/ws/agent"));
        QCOMPARE(endpoint->rest(QStringLiteral("/api/v1/me")).toString(),
                 QStringLiteral("https://cc.example:8443/cb/api/v1/me"));
        QCOMPARE(api::parseAddress(QStringLiteral("h/online/1400000001"))->base.scheme(), QStringLiteral("https"));
        for (const char* bad :
             {"", "https://h", "https://h/online/12", "https://h/online/0000000001", "ftp://h/online/1400000001",
              "https://u:p@h/online/1400000001", "https:///online/1400000001"})
            QVERIFY2(!api::parseAddress(QLatin1String(bad)).ok(), bad);
    }
    void delays() {
        api::Backoff backoff({}, 7);
        for (const int expected : {500, 1000, 2000, 4000, 8000, 15000, 15000, 15000}) {
            const auto delay = backoff.next().count();
            QVERIFY(delay >= expected * 7 / 10 && delay <= expected * 13 / 10);
        }
        backoff.reset();
        QVERIFY(backoff.nextAfterGoodbye().count() <= 2000);
        QVERIFY(backoff.nextAfterGoodbye().count() >= 700); // the second attempt
    }
    void helloAndRequest() {
        Rig rig;
        QSignalSpy welcomed(&rig.session, &AgentSession::welcomed);
        QVERIFY(rig.up());
        QCOMPARE(welcomed.count(), 1);
        model::AgentStatus status{};
        rig.session.setStatus(model::AgentStatus::Break, this,
                              [&](base::Result<model::Presence> answer) { status = answer->status; });
        QTRY_VERIFY(status == model::AgentStatus::Break);
        std::string code;
        rig.session.answer(model::OfferId(9), this, [&](auto answer) { code = answer.error().code; });
        QTRY_COMPARE(code, std::string("offer_gone"));
    }
    void unansweredRequestsAreToldWhenTheConnectionEnds() {
        Rig rig;
        QVERIFY(rig.up());
        rig.server.faultAt = 1;
        rig.server.fault = FakeServer::Fault::CloseAfter;
        std::string code;
        rig.session.request(wire::EndSession{model::SessionId(1)}, this,
                            [&](base::Result<void> answer) { code = answer.error().code; });
        QTRY_COMPARE(code, std::string("disconnected"));
        QTRY_VERIFY(rig.session.state() == AgentSession::State::Up); // by itself
        QCOMPARE(rig.server.hellos, 2);
    }
    void requestsAreBoundedAndNotQueuedWhileAway() {
        Rig rig;
        std::vector<std::string> codes;
        const auto note = [&](base::Result<void> answer) { codes.push_back(answer ? "ok" : answer.error().code); };
        rig.session.request(wire::EndSession{model::SessionId(1)}, this, note);
        QCOMPARE(codes, std::vector<std::string>{"disconnected"});
        QVERIFY(rig.up());
        codes.clear();
        for (int i = 0; i < 300; ++i)
            rig.session.request(wire::EndSession{model::SessionId(1)}, this, note);
        QCOMPARE(codes.size(), std::size_t(300 - 256));
        QCOMPARE(codes.front(), std::string("overloaded"));
        QTRY_COMPARE(codes.size(), std::size_t(300));
        QCOMPARE(codes.back(), std::string("ok"));
    }
    void aGoneContextIsNotCalled() {
        Rig rig;
        QVERIFY(rig.up());
        auto context = std::make_unique<QObject>();
        bool called = false;
        bool later = false;
        rig.session.request(wire::EndSession{model::SessionId(1)}, context.get(), [&](auto) { called = true; });
        rig.session.request(wire::EndSession{model::SessionId(1)}, this, [&](auto) { later = true; });
        context.reset();
        QTRY_VERIFY(later);
        QVERIFY(!called);
    }
    void takeoverIsAsked() {
        Rig rig;
        rig.server.otherDevice = "elsewhere";
        QSignalSpy asked(&rig.session, &AgentSession::takeoverAsked);
        rig.session.start(QStringLiteral("tok"), 0);
        QTRY_COMPARE(asked.count(), 1);
        QCOMPARE(asked[0][1].toString(), QStringLiteral("elsewhere"));
        QVERIFY(rig.session.state() == AgentSession::State::Takeover);
        rig.session.takeOver();
        QTRY_VERIFY(rig.session.state() == AgentSession::State::Up);
    }
    void ourOwnLostConnectionIsTakenBackUnasked() {
        Rig rig;
        QVERIFY(rig.up());
        QSignalSpy asked(&rig.session, &AgentSession::takeoverAsked);
        rig.server.otherDevice = "here";
        rig.server.drop();
        QTRY_COMPARE(rig.server.hellos, 3);
        QTRY_VERIFY(rig.session.state() == AgentSession::State::Up);
        QCOMPARE(asked.count(), 0);
    }
    void someClosesAreFinal() {
        for (const auto& [code, expected] :
             {std::pair(4001, "taken_over"), std::pair(4002, "token_revoked"), std::pair(1008, "forbidden")}) {
            Rig rig;
            QVERIFY(rig.up());
            QSignalSpy gaveUp(&rig.session, &AgentSession::gaveUp);
            rig.server.drop(code);
            QTRY_COMPARE(gaveUp.count(), 1);
            QCOMPARE(rig.session.lastError().code, std::string(expected));
            QVERIFY(rig.session.state() == AgentSession::State::Stopped);
        }
        Rig rig;
        rig.server.token = "another";
        rig.session.start(QStringLiteral("tok"), 0);
        QTRY_COMPARE(rig.session.lastError().code, std::string("bad_token"));
    }
    /// A server that welcomes and ends every connection at once is called less and less often.
    void delaysBeginAnewOnlyAfterASteadyConnection() {
        for (const bool steady : {false, true}) {
            FakeServer server;
            auto options = quick();
            options.backoff.delays = {base::Millis(1), base::Millis(1), base::Millis(60'000)};
            options.steadyAfter = base::Millis(steady ? 0 : 60'000);
            AgentSession session(*api::parseAddress(server.address()), QStringLiteral("here"), options);
            connect(&session, &AgentSession::welcomed, &server, [&server] { server.drop(1013); });
            session.start(QStringLiteral("tok"), 0);
            QTRY_VERIFY(steady ? server.hellos > 5 : session.nextAttempt() > QDateTime::currentDateTime().addSecs(30));
            if (!steady)
                QCOMPARE(server.hellos, 3);
        }
    }
    void cursorFollowsEvents() {
        Rig rig;
        rig.server.addSession(7, "A");
        QVERIFY(rig.up());
        rig.server.customerSays(7, "hi");
        QTRY_COMPARE(rig.session.cursor(), rig.server.log.back().message.seq);
    }
    /// What cannot be read and comes again with every resume must not keep the agent out.
    void anUnreadableEventIsLeftOutTheSecondTime() {
        Rig rig;
        rig.server.addSession(7, "A");
        std::vector<bool> resumed;
        connect(&rig.session, &AgentSession::welcomed, this,
                [&](const wire::AgentWelcome& welcome) { resumed.push_back(welcome.resumed); });
        QSignalSpy skipped(&rig.session, &AgentSession::eventSkipped);
        QVERIFY(rig.up());
        rig.server.customerSays(7, "hi");
        QTRY_VERIFY(rig.session.cursor() > 0);
        const auto bad = [&rig](int seq) {
            rig.server.say(R"({"t":"event","d":{"seq":)" + std::to_string(seq) +
                           R"(,"at":1,"kind":"message","message":5}})");
        };
        bad(900);
        QTRY_COMPARE(resumed, (std::vector{false, true})); // it may have been an accident of the way
        QCOMPARE(skipped.count(), 0);
        bad(900);
        QTRY_COMPARE(resumed, (std::vector{false, true, false})); // the live state anew, without it
        QCOMPARE(skipped.count(), 1);
        QVERIFY(rig.session.state() == AgentSession::State::Up);
        bad(901);
        QTRY_COMPARE(resumed.size(), std::size_t(4));
        bad(901);
        QTRY_COMPARE(skipped.count(), 2);
        QVERIFY(rig.session.state() == AgentSession::State::Waiting); // and no hammering
        const auto next = rig.session.nextAttempt();
        QVERIFY(next > QDateTime::currentDateTime().addSecs(10));
        QVERIFY(next < QDateTime::currentDateTime().addSecs(25)); // the server waits 30 s for this agent
        QCOMPARE(rig.session.lastError().code, std::string("event_unreadable"));
    }
    void afterAPeaceAnUnreadableEventIsTheFirstAgain() {
        auto options = quick();
        options.unreadablePeace = base::Millis(0);
        Rig rig(options);
        QSignalSpy skipped(&rig.session, &AgentSession::eventSkipped);
        QVERIFY(rig.up());
        for (int seq = 900; seq < 903; ++seq)
            for (int time = 0; time < 2; ++time) {
                const int hellos = rig.server.hellos;
                rig.server.say(R"({"t":"event","d":{"seq":)" + std::to_string(seq) +
                               R"(,"at":1,"kind":"message","message":5}})");
                QTRY_COMPARE(rig.server.hellos, hellos + 1);
                QTRY_VERIFY(rig.session.state() == AgentSession::State::Up);
            }
        QCOMPARE(skipped.count(), 3);
    }
    /// A proxy that knows nothing of WebSockets is no server that is switched off.
    void aRefusedUpgradeIsToldFromNobodyThere() {
        QTcpServer proxy;
        QVERIFY(proxy.listen(QHostAddress::LocalHost, 0));
        connect(&proxy, &QTcpServer::newConnection, this, [&proxy] {
            auto* socket = proxy.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                if (socket->readAll().contains("\r\n\r\n"))
                    socket->write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
            });
        });
        const auto place = "127.0.0.1:" + std::to_string(proxy.serverPort());
        const auto endpoint =
            *api::parseAddress(QStringLiteral("http://%1/online/1400000001").arg(bridge::toQt(place)));
        auto options = quick();
        options.backoff.delays = {base::Millis(60'000)};
        AgentSession session(endpoint, QStringLiteral("here"), options);
        session.start(QStringLiteral("tok"), 0);
        QTRY_VERIFY(session.state() == AgentSession::State::Waiting);
        QCOMPARE(session.lastError().code, std::string("upgrade_refused"));
        QCOMPARE(session.lastError().params.at("server"), place);
        proxy.close();
        session.retryNow();
        QTRY_VERIFY(session.state() == AgentSession::State::Waiting);
        QCOMPARE(session.lastError().code, std::string("refused"));
        QCOMPARE(session.lastError().params.at("server"), place);
    }
    void silenceIsNoticed() {
        FakeServer server;
        auto options = quick();
        options.pingEvery = base::Millis(5);
        options.silentAfter = base::Millis(10);
        QTcpServer deaf; // accepts and says nothing
        QVERIFY(deaf.listen(QHostAddress::LocalHost, 0));
        options.connectTimeout = base::Millis(20);
        AgentSession session(
            *api::parseAddress(QStringLiteral("http://127.0.0.1:%1/online/1400000001").arg(deaf.serverPort())),
            QStringLiteral("here"), options);
        session.start(QStringLiteral("tok"), 0);
        QTRY_COMPARE(session.lastError().code, std::string("timeout"));
        QCOMPARE(session.lastError().params.at("server"), "127.0.0.1:" + std::to_string(deaf.serverPort()));
    }
    void restErrors() {
        FakeServer server;
        QNetworkAccessManager network;
        api::RestClient rest(network, *api::parseAddress(server.address()));
        base::Error error;
        rest.signIn({model::InstanceId(model::kFirstInstance), "a@b.c", "wrong", false, "here"}, this,
                    [&](auto answer) { error = answer.error(); });
        QTRY_COMPARE(error.code, std::string("bad_credentials"));
        QSignalSpy refused(&rest, &api::RestClient::tokenRefused);
        rest.me(this, [&](auto answer) { error = answer.error(); });
        QTRY_COMPARE(error.code, std::string("bad_token"));
        QCOMPARE(refused.count(), 1);
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost, 0));
        const auto port = closed.serverPort();
        closed.close();
        api::RestClient nobody(network,
                               *api::parseAddress(QStringLiteral("http://127.0.0.1:%1/online/1400000001").arg(port)));
        nobody.me(this, [&](auto answer) { error = answer.error(); });
        QTRY_COMPARE(error.code, std::string("refused"));
    }
    void uploadReportsProgressAndCanBeCancelled() {
        FakeServer server;
        QNetworkAccessManager network;
        api::RestClient rest(network, *api::parseAddress(server.address()));
        rest.setToken(QStringLiteral("tok"));
        const auto start = [&](base::Result<model::Attachment>& result) {
            auto file = std::make_unique<QBuffer>();
            file->setData(QByteArray(300'000, 'x'));
            file->open(QIODevice::ReadOnly);
            return rest.upload(model::SessionId(7), model::AttachmentKind::Picture, QStringLiteral("照 & 片.png"),
                               std::move(file), this, [&](auto answer) { result = std::move(answer); });
        };
        base::Result<model::Attachment> result = base::retry("pending");
        QPointer<api::Transfer> transfer = start(result);
        QSignalSpy progress(transfer, &api::Transfer::progressed);
        QTRY_VERIFY(result.ok());
        QCOMPARE(result->name, std::string("照 & 片.png"));
        QCOMPARE(result->bytes, std::int64_t(300'000));
        QCOMPARE(progress.last()[0].toInt(), 100);
        base::Result<model::Attachment> second = base::retry("pending");
        start(second)->cancel();
        QTRY_COMPARE(second.error().code, std::string("cancelled"));
    }
};

static const test::Add<ApiTest> addedApiTest;
CB_TEST_MAIN()
#include "api_test.moc"
