#include "tests/server/mail/smtp_peer.h"

#include "server/store/connection_p.h"
#include "tests/server/app/demo_server.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>

#include <csignal>
#include <thread>

using namespace cb::test;

namespace {

const auto kRaw = QStringLiteral("raw");
const std::string kAgent = "agent1@demo.test";

QByteArray contents(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A demonstration whose letters go to a peer, or become files.
struct House {
    QTemporaryDir dir;
    std::unique_ptr<DemoServer> demo;

    explicit House(const SmtpPeer* peer = nullptr) {
        ::setenv("CLOUDBELL_TEST_SERVER_LOG", log().toStdString().c_str(), 1);
        std::vector<std::string> words{"--log-level", "debug"};
        if (peer != nullptr)
            for (const auto& word :
                 {std::string("--smtp-url"), peer->url(), std::string("--smtp-tls"), std::string("off"),
                  std::string("--mail-from"), std::string("云铃 <calls@example.com>"), std::string("--public-url"),
                  std::string("https://calls.example.com/")})
                words.push_back(word);
        demo = std::make_unique<DemoServer>(words);
        ::unsetenv("CLOUDBELL_TEST_SERVER_LOG");
    }
    QString log() const { return dir.filePath(QStringLiteral("log")); }
    QString data() const { return QString::fromStdString(demo->data()); }

    Reply forgot(const std::string& email, std::int64_t instance = kDemoInstance) const {
        return ask(demo->port(), "POST", "/api/v1/password/forgot",
                   Json{{"instance", instance}, {"email", email}}.dump());
    }
    Reply reset(const std::string& token, const std::string& password) const {
        return ask(demo->port(), "POST", "/api/v1/password/reset",
                   Json{{"instance", kDemoInstance}, {"token", token}, {"new", password}}.dump());
    }
    QStringList files() const {
        return QDir(data() + QStringLiteral("/mail")).entryList({QStringLiteral("*.eml")}, QDir::Files, QDir::Name);
    }
    QJsonObject letter(const QString& file) const {
        return {{kRaw, QString::fromLatin1(contents(data() + QStringLiteral("/mail/") + file))}};
    }
    Ran mail(std::vector<std::string> words = {}) const {
        words.insert(words.begin(), {"--data", demo->data(), "mail"});
        return runServer(words);
    }
    bool restart() const { return demo->process().start().ok(); }
    double figure(const std::string& name) const {
        const auto text = ask(demo->port(), "GET", "/metrics").body;
        const auto at = text.find("\n" + name + " ");
        return at == std::string::npos ? -1 : std::atof(text.c_str() + at + name.size() + 2);
    }
};

QString linkIn(const QJsonObject& letter) {
    static const QRegularExpression link(QStringLiteral("https?://\\S+/reset/\\d+#[\\w-]{43}"));
    return link.match(bodyOf(letter)).captured();
}

} // namespace

/// Letters of a real server: files without a mail server, and with one what a kill leaves behind. A forgotten password
/// from the request to the next sign-in.
class LettersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aForgottenPasswordFromEndToEnd() {
        House house;
        QVERIFY2(house.demo->trouble().empty(), house.demo->trouble().c_str());
        const auto before = house.demo->signIn(kAgent);
        auto open = house.demo->agent(before);
        QVERIFY(open != nullptr);

        auto known = house.forgot(kAgent);
        auto nobody = house.forgot("nobody@demo.test");
        auto nowhere = house.forgot(kAgent, 1400999999);
        QCOMPARE(known.status, 204);
        for (auto* reply : {&known, &nobody, &nowhere}) {
            reply->headers.erase("date");
            QVERIFY(reply->status == known.status && reply->body == known.body && reply->headers == known.headers);
        }
        QTRY_COMPARE(house.files().size(), 1);
        const auto letter = house.letter(house.files().first());
        QCOMPARE(headerOf(letter, QStringLiteral("To")), QString::fromStdString(kAgent));
        QCOMPARE(headerOf(letter, QStringLiteral("Subject")),
                 QStringLiteral("重置云铃密码 / Reset your Cloudbell password"));
        const auto link = linkIn(letter);
        const auto prefix = QStringLiteral("http://127.0.0.1:%1/reset/%2#").arg(house.demo->port()).arg(kDemoInstance);
        QVERIFY2(link.startsWith(prefix), qPrintable(bodyOf(letter)));
        const auto token = link.mid(prefix.size()).toStdString();

        QCOMPARE(house.reset(token, "short").code(), std::string("password_weak"));
        QCOMPARE(house.reset(token, "cloudbell").code(), std::string("password_same"));
        const auto changed = house.reset(token, "my-own-new-words");
        QVERIFY2(changed.status == 204, changed.body.c_str());
        QCOMPARE(open->closed().value_or(1), std::uint16_t(4002));
        QCOMPARE(ask(house.demo->port(), "GET", "/api/v1/me", {}, bearer(before)).status, 401);
        QCOMPARE(house.demo->trySignIn(kAgent, "cloudbell").status, 401);
        const auto after = house.demo->trySignIn(kAgent, "my-own-new-words");
        QCOMPARE(after.status, 200);
        QCOMPARE(after.json().value("must_change_password", true), false);
        const auto again = house.reset(token, "once more please");
        QCOMPARE(again.status, 400);
        QCOMPARE(again.code(), std::string("reset_link_invalid"));

        const auto listed = house.mail();
        QVERIFY2(listed.exitCode == 0 && listed.output.find(" sent ") != std::string::npos, listed.output.c_str());
        const auto path = house.demo->data() + "/mail/" + house.files().first().toStdString();
        QVERIFY2(listed.output.find("file " + path) != std::string::npos, listed.output.c_str());
        QCOMPARE(house.figure("cloudbell_mails_sent_total"), 1.0);
        QCOMPARE(house.figure("cloudbell_mails_waiting"), 0.0);

        QCOMPARE(house.demo->process().terminate(), 0);
        const auto log = contents(house.log());
        QVERIFY(log.contains("event=mail_sent") && log.contains("event=password_reset "));
        for (const auto& secret : {token, std::string("my-own-new-words"), std::string("nobody@demo.test")})
            QVERIFY2(!log.contains(secret.c_str()), secret.c_str());
    }

    /// The answer does not wait for what it must not tell.
    void theAnswerComesBeforeTheLetter() {
        House house;
        QVERIFY2(house.demo->trouble().empty(), house.demo->trouble().c_str());
        {
            cb::store::DatabaseOptions where;
            where.where = house.demo->data() + "/cloudbell.db";
            cb::store::Connection lock(where, cb::store::Connection::Use::Write);
            lock.beginWrite(); // nothing can be stored
            QCOMPARE(house.forgot("nobody@demo.test").status, 204);
            QCOMPARE(house.forgot(kAgent).status, 204);
            QVERIFY(house.files().isEmpty());
            lock.rollback();
        }
        QTRY_COMPARE_WITH_TIMEOUT(house.files().size(), 1, 20'000);
    }

    void askingTooOftenIsThrottledAlike() {
        House house;
        for (const auto* email : {"agent2@demo.test", "nobody@demo.test"}) {
            for (int i = 0; i < 3; ++i)
                QCOMPARE(house.forgot(email).status, 204);
            const auto refused = house.forgot(email);
            QCOMPARE(refused.status, 429);
            QCOMPARE(refused.code(), std::string("throttled"));
            QVERIFY(std::atoi(refused.header("retry-after").c_str()) > 30);
        }
    }

    void thePageOfTheLink() {
        House house;
        const auto page = ask(house.demo->port(), "GET", "/reset/1400000001");
        QCOMPARE(page.status, 200);
        QCOMPARE(page.header("referrer-policy"), std::string("no-referrer"));
        QCOMPARE(page.header("x-frame-options"), std::string("DENY"));
        QCOMPARE(page.header("content-security-policy"), std::string("frame-ancestors 'none'"));
        const auto html = QByteArray::fromStdString(page.body);
        const auto policy = html.mid(html.indexOf("Content-Security-Policy")).split('>').value(0);
        for (const QByteArray tag : {"style", "script"}) {
            const auto from = html.indexOf('<' + tag + '>') + tag.size() + 2;
            const auto text = html.mid(from, html.indexOf("</" + tag + '>') - from);
            const auto hash = QCryptographicHash::hash(text, QCryptographicHash::Sha256).toBase64();
            QVERIFY2(policy.contains(tag + "-src 'sha256-" + hash + '\''), "resources/reset: sha256-" + hash);
        }
        QVERIFY(policy.contains("default-src 'none'") && !policy.contains("unsafe"));
        for (const auto* foreign : {" src=", " href=", "://", "import"})
            QVERIFY2(!html.contains(foreign), foreign);
        QCOMPARE(ask(house.demo->port(), "GET", "/reset/abc").status, 404);
    }

    void aKillBetweenTheirAnswerAndOurCommitSendsItAgain() {
        SmtpPeer peer({{QStringLiteral("hold"), true}});
        House house(&peer);
        QVERIFY2(house.demo->trouble().empty(), house.demo->trouble().c_str());
        QCOMPARE(house.forgot(kAgent).status, 204);
        const auto first = peer.next(kRaw);
        QVERIFY(first);
        QVERIFY2(linkIn(*first).startsWith(QStringLiteral("https://calls.example.com/reset/1400000001#")),
                 qPrintable(bodyOf(*first)));
        {
            cb::store::DatabaseOptions where;
            where.where = house.demo->data() + "/cloudbell.db";
            cb::store::Connection lock(where, cb::store::Connection::Use::Write);
            lock.beginWrite();
            peer.answer();
            QVERIFY(peer.next(QStringLiteral("answered")));
            house.demo->process().kill();
            lock.rollback();
        }
        QVERIFY(house.restart());
        const auto second = peer.next(kRaw);
        QVERIFY(second);
        QCOMPARE(second->value(kRaw), first->value(kRaw)); // its Message-ID, too
        peer.answer();
        QTRY_COMPARE(house.figure("cloudbell_mails_sent_total"), 1.0);
        house.demo->process().kill();
        QVERIFY(house.restart());
        QCOMPARE(peer.lettersWithin(500), 0);
    }

    void aKillAfterTheCommitSendsNothingAgain() {
        SmtpPeer peer;
        House house(&peer);
        QCOMPARE(house.forgot(kAgent).status, 204);
        QVERIFY(peer.next(kRaw));
        QTRY_COMPARE(house.figure("cloudbell_mails_sent_total"), 1.0);
        house.demo->process().kill();
        QVERIFY(house.restart());
        QCOMPARE(peer.lettersWithin(500), 0);
    }

    void endingWaitsForTheirAnswer() {
        SmtpPeer peer({{QStringLiteral("hold"), true}});
        House house(&peer);
        QCOMPARE(house.forgot(kAgent).status, 204);
        QVERIFY(peer.next(kRaw));
        int code = -1;
        std::thread ending([&] { code = house.demo->process().terminate(); });
        peer.answer();
        ending.join();
        QCOMPARE(code, 0);
        QVERIFY(house.restart());
        QCOMPARE(peer.lettersWithin(500), 0);
        QVERIFY(house.mail().output.find(" sent ") != std::string::npos);
    }

    void theOperatorHasAGivenUpLetterTriedAgain() {
        SmtpPeer peer(
            {{QStringLiteral("replies"), QJsonArray{QJsonObject{{QStringLiteral("stage"), QStringLiteral("rcpt")},
                                                                {QStringLiteral("code"), 550}}}}});
        House house(&peer);
        QCOMPARE(house.forgot(kAgent).status, 204);
        QTRY_COMPARE(house.figure("cloudbell_mails_given_up_total"), 1.0);
        const auto listed = house.mail().output;
        QVERIFY2(listed.find(" given_up ") != std::string::npos && listed.find(kAgent) != std::string::npos &&
                     listed.find("mail_refused: 550 told to say 550") != std::string::npos,
                 listed.c_str());
        QVERIFY(listed.find("/reset/") == std::string::npos); // not what it says
        const auto retried = house.mail({"retry"});
        QVERIFY2(retried.exitCode == 0 && retried.output.rfind("1 letters", 0) == 0, retried.output.c_str());
        QVERIFY(peer.next(kRaw));
        QTRY_COMPARE(house.figure("cloudbell_mails_sent_total"), 1.0);
        QVERIFY(house.mail({"retry"}).output.rfind("0 letters", 0) == 0);
    }

    void adminsAreToldWhetherLettersLeave() {
        const auto mailed = [](const House& house) {
            const auto admin = bearer(house.demo->signIn("admin@demo.test"));
            return ask(house.demo->port(), "GET", "/api/v1/agents", {}, admin).json()["mailed"];
        };
        QVERIFY(mailed(House()) == Json(false));
        SmtpPeer peer;
        QVERIFY(mailed(House(&peer)) == Json(true));
    }

    void mistakesInTheOptions() {
        TempDir dir;
        for (const std::vector<std::string>& words :
             {std::vector<std::string>{"--smtp-url", "http://mail.example.com", "--mail-from", "a@b.c", "--public-url",
                                       "https://x"},
              {"--smtp-url", "smtp://mail.example.com", "--public-url", "https://x"},
              {"--smtp-url", "smtp://mail.example.com", "--mail-from", "a@b.c"},
              {"--smtp-url", "smtp://u:secret@mail.example.com", "--mail-from", "a@b.c", "--public-url", "https://x"},
              {"--smtp-url", "smtp://mail.example.com", "--mail-from", "a@b.c", "--public-url", "https://x",
               "--smtp-user", "u"},
              {"--smtp-url", "smtp://mail.example.com", "--mail-from", "a@b.c", "--public-url", "https://x",
               "--smtp-user", "u", "--smtp-password-file", "/none", "--listen", "127.0.0.1:0"},
              {"--smtp-user", "u"},
              {"--mail-from", "nobody"},
              {"--smtp-tls", "perhaps"}}) {
            auto all = words;
            all.insert(all.begin(), {"--data", dir.path() + "/data"});
            const auto ran = runServer(all);
            QVERIFY2(ran.exitCode > 0 && !ran.output.empty(), (words.back() + ' ' + ran.output).c_str());
            QVERIFY2(ran.output.find("secret") == std::string::npos, ran.output.c_str());
        }
    }
};

static const Add<LettersTest> addedLettersTest;
#include "letters_test.moc"
