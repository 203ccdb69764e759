#include "tests/server/app/demo_server.h"
#include "tests/support/suite.h"

#include <QtCore/QDebug>

#include <fstream>

using namespace cb::test;

namespace {

/// Words with the data directory in front.
Ran run(const std::string& data, std::vector<std::string> words) {
    words.insert(words.begin(), {"--data", data});
    return runServer(words);
}

std::string said(const Ran& ran) {
    return std::to_string(ran.exitCode) + ": " + ran.output;
}

} // namespace

/// Accounts made on the command line, and mistakes made there.
class WordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anInstanceIsAddedBesideTheRunningServer() {
        DemoServer demo;
        QVERIFY2(demo.trouble().empty(), demo.trouble().c_str());
        qInfo() << "ready after" << demo.process().readyMillis() << "ms, the demonstration made first";
        const auto added = run(demo.data(), {"--public-url", "https://calls.example.com/", "instance", "add", "--name",
                                             "<b>Second</b>", "--admin-email", "boss@second.test"});
        QVERIFY2(added.exitCode == 0, said(added).c_str());
        const auto instance = std::atoll(added.value("instance").c_str());
        QCOMPARE(added.value("address"), "https://calls.example.com/online/" + std::to_string(instance));
        QVERIFY(instance > kDemoInstance);
        const auto password = added.value("password");
        QVERIFY(password.size() >= 12);

        const auto signedIn = demo.trySignIn("boss@second.test", password, instance);
        QVERIFY2(signedIn.status == 200, signedIn.body.c_str());
        QCOMPARE(signedIn.json().value("must_change_password", false), true);
        QCOMPARE(signedIn.json()["instance"].value("name", ""), std::string("<b>Second</b>"));
        const auto token = signedIn.json().value("token", "");
        QCOMPARE(ask(demo.port(), "GET", "/api/v1/quick-replies", {}, bearer(token)).code(),
                 std::string("password_change_required"));
        QVERIFY(demo.agent(token) == nullptr);
        const Json change{{"old", password}, {"new", "chosen by me"}};
        const auto changed = ask(demo.port(), "POST", "/api/v1/password", change.dump(), bearer(token));
        QVERIFY2(changed.status == 200, changed.body.c_str());
        const auto fresh = changed.json().value("token", "");
        QCOMPARE(ask(demo.port(), "GET", "/api/v1/quick-replies", {}, bearer(fresh)).status, 200);
        QVERIFY(demo.agent(fresh) != nullptr);
        QCOMPARE(demo.trySignIn("boss@second.test", password, instance).status, 401);
        QCOMPARE(demo.trySignIn("boss@second.test", "chosen by me", kDemoInstance).status, 401);
        QCOMPARE(
            demo.trySignIn("boss@second.test", "chosen by me", instance).json().value("must_change_password", false),
            false);

        for (const auto* email : {"", "nothing", "@x", "a b@c.test"})
            QVERIFY(run(demo.data(), {"instance", "add", "--name", "X", "--admin-email", email}).exitCode != 0);
        QVERIFY(run(demo.data(), {"instance", "add", "--name", " ", "--admin-email", "a@b.test"}).exitCode != 0);
    }

    void aNewInstanceHasItsTimeZone() {
        DemoServer demo;
        QVERIFY2(demo.trouble().empty(), demo.trouble().c_str());
        const auto zoneOf = [&](std::vector<std::string> more) {
            std::vector<std::string> words{"instance", "add", "--name", "X", "--admin-email", "boss@x.test"};
            words.insert(words.end(), more.begin(), more.end());
            const auto added = run(demo.data(), words);
            if (added.exitCode != 0)
                return "refused: " + added.output;
            const auto signedIn =
                demo.trySignIn("boss@x.test", added.value("password"), std::atoll(added.value("instance").c_str()));
            return signedIn.json()["instance"].value("time_zone", "");
        };
        QCOMPARE(zoneOf({}), std::string("Asia/Shanghai"));
        QCOMPARE(zoneOf({"--time-zone", "Europe/Berlin"}), std::string("Europe/Berlin"));
        for (const auto* zone : {"", "Mars/Olympus", "../../etc/passwd", "Asia", "+08:00"}) {
            const auto refused = zoneOf({"--time-zone", zone});
            QVERIFY2(refused.find("bad_field field=time_zone") != std::string::npos, refused.c_str());
        }
        QVERIFY(runServer({"--data", demo.data(), "instance", "add", "--help"}).output.find("--time-zone") !=
                std::string::npos);
    }

    void aForgottenPasswordIsReplaced() {
        DemoServer demo;
        QVERIFY2(demo.trouble().empty(), demo.trouble().c_str());
        const auto before = demo.signIn("agent1@demo.test");
        const auto instance = std::to_string(kDemoInstance);
        const auto ran = run(demo.data(), {"passwd", "--instance", instance, "--email", "agent1@demo.test"});
        QVERIFY2(ran.exitCode == 0, said(ran).c_str());
        QCOMPARE(ask(demo.port(), "GET", "/api/v1/me", {}, bearer(before)).status, 401);
        QCOMPARE(demo.trySignIn("agent1@demo.test", "cloudbell").status, 401);
        const auto after = demo.trySignIn("agent1@demo.test", ran.value("password"));
        QVERIFY2(after.status == 200, after.body.c_str());
        QCOMPARE(after.json().value("must_change_password", false), true);
        QCOMPARE(run(demo.data(), {"passwd", "--instance", instance, "--email", "nobody@demo.test"}).exitCode, 1);
        QCOMPARE(run(demo.data(), {"passwd", "--instance", "7", "--email", "agent1@demo.test"}).exitCode, 1);
    }

    void mistakesOnTheCommandLine() {
        TempDir dir;
        for (const std::vector<std::string>& words :
             {std::vector<std::string>{"--listen", "nowhere"},
              {"--listen", "127.0.0.1:99999"},
              {"--nonsense"},
              {"--tls-cert", "only.pem"},
              {"--tls-cert", "none.pem", "--tls-key", "none.pem", "--listen", "127.0.0.1:0"},
              {"--log-level", "loud"},
              {"--public-url", "example.com"},
              {"--trusted-proxies", "999.1.1.1"},
              {"--requests-per-second", "0"},
              {"instance", "add"},
              {"rollback"}}) {
            const auto ran = run(dir.path(), words);
            QVERIFY2(ran.exitCode > 0 && !ran.output.empty(), (words.front() + ' ' + said(ran)).c_str());
        }
        const std::string config = dir.path() + "/config.toml";
        std::ofstream(config) << "listne = \"127.0.0.1:0\"\n";
        const auto mistyped = run(dir.path(), {"--config", config});
        QVERIFY2(mistyped.exitCode > 0 && mistyped.output.find("listne") != std::string::npos, said(mistyped).c_str());
        QVERIFY(runServer({}).exitCode != 0);
        QCOMPARE(runServer({"--version"}).exitCode, 0);
        QVERIFY(runServer({"--help"}).output.find("backup") != std::string::npos);
    }
};

static const Add<WordsTest> addedWordsTest;
CB_TEST_MAIN()
#include "words_test.moc"
