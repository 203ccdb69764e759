#include "tests/server/app/house.h"
#include "tests/support/suite.h"

using namespace cb::test;

/// Signing in as the network sees it.
class AccountsOverHttpTest : public QObject {
    Q_OBJECT

    std::unique_ptr<DemoServer> m_demo;

private Q_SLOTS:
    void initTestCase() {
        m_demo = std::make_unique<DemoServer>();
        QVERIFY2(m_demo->trouble().empty(), m_demo->trouble().c_str());
    }

    void oneAnswerForEveryMistake() {
        const auto wrong = m_demo->trySignIn("agent1@demo.test", "not it");
        QCOMPARE(wrong.status, 401);
        QCOMPARE(wrong.code(), std::string("bad_credentials"));
        const auto nobody = m_demo->trySignIn("nobody@demo.test", "not it");
        QCOMPARE(nobody.status, wrong.status);
        QCOMPARE(nobody.body, wrong.body);
        const auto nowhere = m_demo->trySignIn("agent1@demo.test", "cloudbell", 1400999999);
        QCOMPARE(nowhere.status, wrong.status);
        QCOMPARE(nowhere.body, wrong.body);
    }

    void guessingIsSlowedDown() {
        Reply reply;
        int tries = 0;
        do {
            reply = m_demo->trySignIn("agent3@demo.test", "guess " + std::to_string(tries));
            ++tries;
            QVERIFY2(reply.status == 401 || reply.status == 429, reply.body.c_str());
        } while (reply.status == 401 && tries < 20);
        QCOMPARE(reply.status, 429);
        QCOMPARE(reply.code(), std::string("throttled"));
        QVERIFY(std::atoi(reply.header("retry-after").c_str()) >= 1);
        QVERIFY2(tries >= 5 && tries <= 8, std::to_string(tries).c_str());
        // The right password does not help now; an account nobody guesses at is not held up.
        QCOMPARE(m_demo->trySignIn("agent3@demo.test", "cloudbell").status, 429);
        QCOMPARE(m_demo->trySignIn("agent2@demo.test", "cloudbell").status, 200);
    }

    /// A host of IPv6 has more addresses than anybody can count; all of them are one guesser.
    void anIpv6HostIsOneGuesser() {
        DemoServer demo({"--trusted-proxies", "127.0.0.1"});
        QVERIFY2(demo.trouble().empty(), demo.trouble().c_str());
        Reply reply;
        int tries = 0;
        do {
            const auto number = std::to_string(++tries);
            const Json body{{"instance", kDemoInstance}, {"email", "a" + number + "@demo.test"}, {"password", "guess"}};
            reply = ask(demo.port(), "POST", "/api/v1/sign-in", body.dump(),
                        {{"Content-Type", "application/json"}, {"X-Forwarded-For", "2001:db8::" + number}});
        } while (reply.status == 401 && tries < 40);
        QCOMPARE(reply.status, 429);
        QVERIFY2(tries >= 20 && tries <= 23, std::to_string(tries).c_str());
        // Nor do figures go to those a proxy brings.
        QCOMPARE(ask(demo.port(), "GET", "/metrics", {}, {{"X-Forwarded-For", "127.0.0.1"}}).status, 403);
        QCOMPARE(ask(demo.port(), "GET", "/metrics").status, 200);
    }

    void changingThePasswordEndsTheOtherTokens() {
        const auto first = m_demo->signIn("admin@demo.test");
        const auto second = m_demo->signIn("admin@demo.test");
        QVERIFY(!first.empty() && !second.empty() && first != second);
        const auto change = [&](const char* before, const char* after) {
            return ask(m_demo->port(), "POST", "/api/v1/password", Json{{"old", before}, {"new", after}}.dump(),
                       bearer(first));
        };
        QCOMPARE(change("wrong", "long enough").status, 401);
        QCOMPARE(change("cloudbell", "short").code(), std::string("password_weak"));
        QCOMPARE(change("cloudbell", "cloudbell").code(), std::string("password_same"));
        const auto changed = change("cloudbell", "long enough");
        QCOMPARE(changed.status, 200);
        const auto fresh = changed.json().value("token", "");
        QCOMPARE(ask(m_demo->port(), "GET", "/api/v1/me", {}, bearer(first)).status, 401);
        QCOMPARE(ask(m_demo->port(), "GET", "/api/v1/me", {}, bearer(second)).status, 401);
        QCOMPARE(ask(m_demo->port(), "GET", "/api/v1/me", {}, bearer(fresh)).status, 200);
        QCOMPARE(m_demo->trySignIn("admin@demo.test", "cloudbell").status, 401);
    }

    void signingOutEndsTokenAndConnection() {
        const auto token = m_demo->signIn("agent1@demo.test");
        auto talker = m_demo->agent(token);
        QVERIFY(talker != nullptr);
        QCOMPARE(ask(m_demo->port(), "POST", "/api/v1/sign-out", {}, bearer(token)).status, 204);
        QCOMPARE(ask(m_demo->port(), "GET", "/api/v1/me", {}, bearer(token)).status, 401);
        QCOMPARE(talker->closed().value_or(1), std::uint16_t(4002));
    }
};

static const Add<AccountsOverHttpTest> addedAccountsOverHttpTest;
#include "accounts_test.moc"
