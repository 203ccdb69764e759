#include "client/api/trust.h"
#include "client/bridge/error_text.h"
#include "tests/client/state/rig.h"
#include "tests/support/net/certificate.h"
#include "tests/support/net/server_process.h"

#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslSocket>

using namespace cb;
using state::AccountState;
using test::Machine;
using test::Program;

namespace {

constexpr long kDay = 86'400;

/// The real server behind a certificate of its own.
struct Secure {
    /// For `name`, valid from and until so many seconds from now.
    explicit Secure(const std::string& name, long from = -kDay, long until = kDay)
        : certificate(data.path() + "/server.pem")
        , made(test::makeCertificate(name, certificate, data.path() + "/key.pem", from, until))
        , server({qEnvironmentVariable("CLOUDBELL_SERVER_PROGRAM").toStdString(),
                  data.path() + "/data",
                  0,
                  {"--demo", "--tls-cert", certificate, "--tls-key", data.path() + "/key.pem"},
                  {},
                  {}}) {}

    bool start() { return made && server.start().ok(); }
    QString file() const { return QString::fromStdString(certificate); }
    /// What signing in says; "signed in" when it worked.
    QString say(Program& desk, const QString& host = QStringLiteral("localhost")) const {
        desk.account.signIn(
            QStringLiteral("https://%1:%2/online/%3").arg(host).arg(server.port()).arg(model::kFirstInstance),
            QStringLiteral("agent1@demo.test"), QStringLiteral("cloudbell"), true);
        const bool done = QTest::qWaitFor(
            [&] { return desk.account.step() == AccountState::Step::SignedIn || !desk.account.error().code.empty(); },
            20'000);
        if (desk.account.step() == AccountState::Step::SignedIn)
            return QStringLiteral("signed in");
        return done ? QString::fromStdString(desk.account.error().code) : QStringLiteral("nothing");
    }

    test::TempDir data;
    std::string certificate;
    bool made;
    test::ServerProcess server;
};

/// Trust given in a test ends with it.
struct Trusting {
    ~Trusting() { QSslConfiguration::setDefaultConfiguration(before); }
    QSslConfiguration before = QSslConfiguration::defaultConfiguration();
};

} // namespace

class RealTlsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        if (qEnvironmentVariable("CLOUDBELL_SERVER_PROGRAM").isEmpty())
            QSKIP("no server to run");
        if (!QSslSocket::supportsSsl())
            QSKIP("this Qt has no TLS");
    }
    /// An issuer nobody knows is named as what it is; with its file the same server is signed in to, sockets included.
    void anUnknownIssuerUntilItIsTrusted() {
        const Trusting trusting;
        Secure secure("localhost");
        QVERIFY(secure.start());
        Machine machine;
        Program desk(machine);
        QCOMPARE(secure.say(desk), QStringLiteral("tls_untrusted"));
        const auto sentence = bridge::errorText(desk.account.error());
        QVERIFY2(sentence.contains(QStringLiteral("localhost")), qPrintable(sentence));
        QVERIFY(!desk.account.error().detail.empty());
        QVERIFY(api::trustAlso(secure.file()).ok());
        Program trustful(machine);
        QCOMPARE(secure.say(trustful), QStringLiteral("signed in"));
        QTRY_VERIFY(trustful.workbench().isLive());
    }
    void anotherName() {
        const Trusting trusting;
        Secure secure("elsewhere.example");
        QVERIFY(secure.start());
        QVERIFY(api::trustAlso(secure.file()).ok());
        Machine machine;
        Program desk(machine);
        QCOMPARE(secure.say(desk), QStringLiteral("tls_wrong_host"));
    }
    void expired() {
        const Trusting trusting;
        Secure secure("localhost", -2 * kDay, -kDay);
        QVERIFY(secure.start());
        QVERIFY(api::trustAlso(secure.file()).ok());
        Machine machine;
        Program desk(machine);
        QCOMPARE(secure.say(desk), QStringLiteral("tls_expired"));
    }
    void notYetValid() {
        const Trusting trusting;
        Secure secure("localhost", kDay, 2 * kDay);
        QVERIFY(secure.start());
        QVERIFY(api::trustAlso(secure.file()).ok());
        Machine machine;
        Program desk(machine);
        QCOMPARE(secure.say(desk), QStringLiteral("tls_not_yet_valid"));
    }
    void aPortWithoutTls() {
        const test::TempDir data;
        test::ServerProcess plain({qEnvironmentVariable("CLOUDBELL_SERVER_PROGRAM").toStdString(),
                                   data.path() + "/data",
                                   0,
                                   {"--demo"},
                                   {},
                                   {}});
        QVERIFY(plain.start().ok());
        Machine machine;
        Program desk(machine);
        desk.account.signIn(
            QStringLiteral("https://127.0.0.1:%1/online/%2").arg(plain.port()).arg(model::kFirstInstance),
            QStringLiteral("agent1@demo.test"), QStringLiteral("cloudbell"), false);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.account.error().code.empty(), 20'000);
        QCOMPARE(desk.account.error().code, std::string("tls_failed"));
    }
    /// In mid-work a certificate that went bad is waited out: the workbench stays and goes on when it is mended.
    void aCertificateThatGoesBadInMidWork() {
        const Trusting trusting;
        Secure secure("localhost");
        QVERIFY(secure.start());
        QVERIFY(api::trustAlso(secure.file()).ok());
        Machine machine;
        Program desk(machine);
        QCOMPARE(secure.say(desk), QStringLiteral("signed in"));
        secure.server.kill();
        const auto good = secure.data.path() + "/good.pem";
        QVERIFY(QFile::copy(secure.file(), QString::fromStdString(good)));
        QVERIFY(QFile::copy(QString::fromStdString(secure.data.path() + "/key.pem"),
                            QString::fromStdString(good + ".key")));
        QVERIFY(test::makeCertificate("localhost", secure.certificate, secure.data.path() + "/key.pem"));
        QVERIFY(secure.server.start().ok());
        QTRY_COMPARE_WITH_TIMEOUT(desk.account.account()->session().lastError().code, std::string("tls_untrusted"),
                                  30'000);
        QVERIFY(desk.account.step() == AccountState::Step::SignedIn);
        secure.server.kill();
        for (const auto& [from, to] :
             {std::pair(good, secure.certificate), std::pair(good + ".key", secure.data.path() + "/key.pem")}) {
            QFile::remove(QString::fromStdString(to));
            QVERIFY(QFile::copy(QString::fromStdString(from), QString::fromStdString(to)));
        }
        QVERIFY(secure.server.start().ok());
        desk.account.account()->session().retryNow();
        QTRY_VERIFY_WITH_TIMEOUT(desk.workbench().connection() == state::WorkbenchState::Connection::Connected, 30'000);
    }
    void files() {
        const test::TempDir data;
        const auto path = QString::fromStdString(data.path() + "/none.pem");
        QCOMPARE(api::trustAlso(path).error().code, std::string("file_unreadable"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("not a certificate") > 0);
        file.close();
        QCOMPARE(api::trustAlso(path).error().code, std::string("ca_file_empty"));
    }
};

static const test::Add<RealTlsTest> addedRealTlsTest;
#include "tls_test.moc"
