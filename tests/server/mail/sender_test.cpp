#include "tests/server/mail/smtp_peer.h"

#include "server/mail/folder.h"
#include "server/mail/sender.h"
#include "server/mail/smtp.h"
#include "server/store/connection_p.h"
#include "server/store/database.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"
#include "tests/support/net/certificate.h"

#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryDir>

using namespace cb;
using namespace cb::mail;
using test::bodyOf;
using test::headerOf;
using test::SmtpPeer;

namespace {

const auto kRaw = QStringLiteral("raw");

/// A database with a sender on it.
struct House {
    QTemporaryDir dir;
    base::SystemClock clock;
    std::unique_ptr<store::Database> database;
    std::unique_ptr<store::Writer> writer;
    std::unique_ptr<Sender> sender;
    std::int64_t lastId = 0;

    House() {
        store::DatabaseOptions where;
        where.where = file();
        auto opened = store::Database::open(where);
        if (!opened)
            qFatal("%s", opened.error().detail.c_str());
        database = std::move(*opened);
        writer = std::make_unique<store::Writer>(*database, 100);
        writer->onMails([this] {
            if (sender)
                sender->wake();
        });
    }
    ~House() {
        if (sender)
            sender->stop();
        writer.reset();
    }
    std::string file() const { return dir.filePath(QStringLiteral("c.db")).toStdString(); }

    void send(std::unique_ptr<Transport> transport, std::vector<base::Millis> waits = {base::Millis{20}}) {
        SenderOptions options;
        options.from = {"云铃", "calls@example.com"};
        options.backOff = {std::move(waits), base::Millis{2'000}};
        options.unreachablePause = base::Millis{20};
        options.storagePause = base::Millis{20};
        sender = std::make_unique<Sender>(*database, *writer, clock, std::move(transport), options);
        sender->start();
    }
    void sendTo(const SmtpPeer& peer, SmtpOptions options = plain()) {
        if (options.url.empty())
            options.url = peer.url();
        send(std::make_unique<Smtp>(std::move(options)));
    }
    static SmtpOptions plain() {
        SmtpOptions options;
        options.tls = false;
        return options;
    }

    std::int64_t write(const std::string& to = "li@example.com", const std::string& subject = "重置密码 Reset",
                       const std::string& body = "链接 https://example.com/#x\n.\n..\nFrom here\n") {
        store::Mail mail;
        mail.id = ++lastId;
        mail.instance = model::InstanceId(1);
        mail.to = to;
        mail.subject = subject;
        mail.body = body;
        mail.createdAt = mail.dueAt = clock.now();
        const auto done = store::runJob(*writer, [mail](store::Tables& tables) { return tables.put(mail); });
        if (!done)
            qFatal("%s", done.error().detail.c_str());
        return mail.id;
    }
    store::Mail row(std::int64_t id) const {
        auto reader = database->reader();
        return **reader->mails().byId(id);
    }
    bool isSent(std::int64_t id) const { return row(id).sentAt != base::TimePoint{}; }
    bool isGivenUp(std::int64_t id) const { return row(id).dueAt == store::kMailGivenUp; }
};

QJsonObject reply(const char* stage, int code) {
    return {{QStringLiteral("stage"), QString::fromLatin1(stage)}, {QStringLiteral("code"), code}};
}

} // namespace

/// The sender and a real mail server.
class MailSenderTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    QString m_certificate = m_dir.filePath(QStringLiteral("cert.pem"));
    QString m_key = m_dir.filePath(QStringLiteral("key.pem"));

    QJsonObject withTls(QJsonObject options = {}) const {
        options.insert(QStringLiteral("cert"), m_certificate);
        options.insert(QStringLiteral("key"), m_key);
        return options;
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(test::makeCertificate("localhost", m_certificate.toStdString(), m_key.toStdString()));
        QVERIFY2(SmtpPeer().port() > 0, "node tests/server/mail/smtp_peer.mjs");
    }

    void plainLetterArrivesAsItWasWritten() {
        SmtpPeer peer;
        House house;
        house.sendTo(peer);
        const auto id = house.write();
        const auto letter = peer.next(kRaw);
        QVERIFY(letter);
        QCOMPARE(headerOf(*letter, QStringLiteral("Subject")), QStringLiteral("重置密码 Reset"));
        QCOMPARE(headerOf(*letter, QStringLiteral("From")), QStringLiteral("云铃 <calls@example.com>"));
        QCOMPARE(bodyOf(*letter), QStringLiteral("链接 https://example.com/#x\n.\n..\nFrom here\n"));
        QCOMPARE(letter->value(QStringLiteral("from")).toString(), QStringLiteral("calls@example.com"));
        QCOMPARE(letter->value(QStringLiteral("to")).toArray().at(0).toString(), QStringLiteral("li@example.com"));
        QTRY_VERIFY(house.isSent(id));
        QVERIFY(house.row(id).body.empty() && house.row(id).attempts == 1);
        QTRY_COMPARE(house.sender->stats().waiting, 0);
        QCOMPARE(house.sender->stats().sent, std::uint64_t(1));
    }

    void manyLettersEachOnce() {
        SmtpPeer peer;
        House house;
        for (int i = 0; i < 40; ++i)
            house.write("a" + std::to_string(i) + "@example.com");
        house.sendTo(peer);
        QSet<QString> got;
        for (int i = 0; i < 40; ++i) {
            const auto letter = peer.next(kRaw);
            QVERIFY(letter);
            got.insert(headerOf(*letter, QStringLiteral("To")));
        }
        QCOMPARE(got.size(), 40);
        QTRY_COMPARE(house.sender->stats().sent, std::uint64_t(40));
        QCOMPARE(peer.lettersWithin(200), 0);
    }

    void startTlsIsRequired() {
        House house;
        const auto id = house.write();
        {
            SmtpPeer peer; // offers no TLS
            SmtpOptions options;
            options.url = peer.url();
            house.send(std::make_unique<Smtp>(options));
            QTRY_VERIFY(house.row(id).attempts > 0);
            QVERIFY(!house.isSent(id));
            QCOMPARE(peer.lettersWithin(100), 0);
            house.sender->stop();
        }
        SmtpPeer peer(withTls({{QStringLiteral("starttls"), true}}));
        SmtpOptions options;
        options.url = peer.url();
        options.caFile = m_certificate.toStdString();
        house.send(std::make_unique<Smtp>(options));
        const auto letter = peer.next(kRaw);
        QVERIFY(letter && letter->value(QStringLiteral("secure")).toBool());
        QTRY_VERIFY(house.isSent(id));
    }

    void anUnknownCertificateGetsNothing() {
        SmtpPeer peer(withTls({{QStringLiteral("starttls"), true}}));
        House house;
        SmtpOptions options;
        options.url = peer.url();
        house.send(std::make_unique<Smtp>(options));
        const auto id = house.write();
        QTRY_VERIFY(house.row(id).attempts > 0);
        QVERIFY2(QString::fromStdString(house.row(id).error).contains(QStringLiteral("mail_unreachable")),
                 house.row(id).error.c_str());
        QCOMPARE(peer.lettersWithin(100), 0);
    }

    void tlsFromTheStartWithPassword() {
        SmtpPeer peer(withTls({{QStringLiteral("secure"), true},
                               {QStringLiteral("user"), QStringLiteral("bell")},
                               {QStringLiteral("password"), QStringLiteral("s3cret ü")}}));
        House house;
        SmtpOptions options;
        options.url = peer.url("smtps");
        options.caFile = m_certificate.toStdString();
        options.user = "bell";
        options.password = "s3cret ü";
        house.send(std::make_unique<Smtp>(options));
        const auto id = house.write();
        const auto letter = peer.next(kRaw);
        QVERIFY(letter);
        QCOMPARE(letter->value(QStringLiteral("user")).toString(), QStringLiteral("bell"));
        QTRY_VERIFY(house.isSent(id));
    }

    /// That is the operator's mistake, and can be mended; the letter is as good as before.
    void aWrongPasswordGivesNoLetterUp() {
        SmtpPeer peer(
            {{QStringLiteral("user"), QStringLiteral("bell")}, {QStringLiteral("password"), QStringLiteral("right")}});
        House house;
        SmtpOptions options = House::plain();
        options.url = peer.url();
        options.user = "bell";
        options.password = "wr0ng-secret";
        house.send(std::make_unique<Smtp>(options));
        const auto id = house.write();
        QTRY_VERIFY(house.row(id).attempts > 1);
        QVERIFY(!house.isGivenUp(id));
        QVERIFY2(house.row(id).error.find("535") != std::string::npos, house.row(id).error.c_str());
        QVERIFY(house.row(id).error.find("wr0ng") == std::string::npos);
        house.sender->stop();
        options.password = "right";
        house.send(std::make_unique<Smtp>(options));
        QTRY_VERIFY(house.isSent(id));
    }

    void deferredLettersAreTriedAgain() {
        SmtpPeer peer({{QStringLiteral("replies"), QJsonArray{reply("rcpt", 450), reply("data", 451)}}});
        House house;
        house.sendTo(peer);
        const auto id = house.write();
        QVERIFY(peer.next(kRaw));
        QTRY_VERIFY(house.isSent(id));
        QCOMPARE(house.row(id).attempts, 3);
        QVERIFY(house.row(id).error.empty());
        QCOMPARE(house.sender->stats().failed, std::uint64_t(2));
    }

    void refusedLettersAreGivenUpAtOnce() {
        SmtpPeer peer({{QStringLiteral("replies"), QJsonArray{reply("rcpt", 550), reply("data", 554)}}});
        House house;
        house.sendTo(peer);
        const auto first = house.write();
        QTRY_VERIFY(house.isGivenUp(first));
        QVERIFY2(house.row(first).error.find("550 told to say 550") != std::string::npos,
                 house.row(first).error.c_str());
        const auto second = house.write();
        QTRY_VERIFY(house.isGivenUp(second));
        const auto third = house.write("not an address\r\nRCPT TO:<eve@example.com>");
        QTRY_VERIFY(house.isGivenUp(third));
        for (const auto id : {first, second, third})
            QVERIFY(house.row(id).attempts == 1 && !house.row(id).body.empty());
        QCOMPARE(house.sender->stats().givenUp, std::uint64_t(3));
        QTRY_COMPARE(house.sender->stats().waiting, 0);
        // The operator has one tried again.
        QVERIFY(store::runJob(*house.writer, [&](store::Tables& tables) -> base::Result<void> {
                    auto due = tables.retryMails(first, house.clock.now());
                    return due && *due == 1 ? base::Result<void>{} : base::Result<void>{base::fatal("count")};
                }).ok());
        QTRY_VERIFY(house.isSent(first));
    }

    void oneRefusedLetterHoldsUpNobody() {
        SmtpPeer peer({{QStringLiteral("replies"), QJsonArray{reply("rcpt", 550)}}});
        House house;
        const auto bad = house.write("gone@example.com");
        const auto good = house.write();
        house.sendTo(peer);
        QTRY_VERIFY(house.isSent(good) && house.isGivenUp(bad));
    }

    void nobodyListens() {
        House house;
        SmtpOptions options = House::plain();
        {
            SmtpPeer gone;
            options.url = gone.url();
        }
        house.send(std::make_unique<Smtp>(options), {base::Millis{10}, base::Millis{200}});
        const auto id = house.write();
        QTRY_VERIFY(house.isGivenUp(id)); // after two seconds of trying
        QVERIFY(house.row(id).attempts > 3);
        QVERIFY2(house.row(id).error.rfind("mail_unreachable", 0) == 0, house.row(id).error.c_str());
    }

    /// The storage does not take the news that it was sent: it is told again, not sent again.
    void aStalledDiskDoublesNothing() {
        SmtpPeer peer({{QStringLiteral("hold"), true}});
        House house;
        house.sendTo(peer);
        const auto id = house.write();
        QVERIFY(peer.next(kRaw));
        {
            store::DatabaseOptions where;
            where.where = house.file();
            store::Connection lock(where, store::Connection::Use::Write);
            lock.beginWrite();
            peer.answer();
            QVERIFY(peer.next(QStringLiteral("answered")));
            QTRY_VERIFY_WITH_TIMEOUT(house.writer->stats().failedCommits > 0, 20'000);
            QVERIFY(!house.isSent(id));
            lock.rollback();
        }
        QTRY_VERIFY_WITH_TIMEOUT(house.isSent(id), 20'000);
        QCOMPARE(peer.lettersWithin(200), 0);
    }

    void stoppingWaitsForTheAnswerToAWholeLetter() {
        SmtpPeer peer({{QStringLiteral("hold"), true}});
        House house;
        house.sendTo(peer);
        const auto id = house.write();
        QVERIFY(peer.next(kRaw));
        std::thread stopper([&] { house.sender->stop(); });
        peer.answer();
        stopper.join();
        QVERIFY(house.isSent(id));
    }

    void stoppingDoesNotWaitForever() {
        SmtpPeer peer({{QStringLiteral("hold"), true}});
        House house;
        SmtpOptions options = House::plain();
        options.url = peer.url();
        options.lastSeconds = 0;
        house.sendTo(peer, options);
        const auto id = house.write();
        QVERIFY(peer.next(kRaw));
        house.sender->stop(); // without an answer
        QVERIFY(!house.isSent(id) && !house.row(id).body.empty());
    }

    void withoutAMailServerThereAreFiles() {
        House house;
        const auto folder = house.dir.filePath(QStringLiteral("mail"));
        house.send(std::make_unique<Folder>(folder.toStdString()));
        const auto id = house.write();
        QTRY_VERIFY(house.isSent(id));
        QFile file(QString::fromStdString(Folder::fileOf(folder.toStdString(), id)));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject letter{{kRaw, QString::fromLatin1(file.readAll())}};
        QCOMPARE(headerOf(letter, QStringLiteral("Subject")), QStringLiteral("重置密码 Reset"));
        QVERIFY(bodyOf(letter).startsWith(QStringLiteral("链接 https://example.com/#x\n")));
        QCOMPARE(int(QFileInfo(file).permissions()) & 0x7077, 0x6000);
        QCOMPARE(int(QFileInfo(folder).permissions()) & 0x7077, 0x7000);
        // A folder that cannot be made is told, and tried again.
        House other;
        const auto blocked = other.dir.filePath(QStringLiteral("blocked"));
        QFile(blocked).open(QIODevice::WriteOnly);
        other.send(std::make_unique<Folder>(blocked.toStdString()));
        const auto waiting = other.write();
        QTRY_VERIFY(other.row(waiting).attempts > 0);
        QVERIFY(QFile::remove(blocked));
        QTRY_VERIFY(other.isSent(waiting));
    }

    void thereIsNoWorkWithoutLetters() {
        House house;
        house.send(std::make_unique<Folder>(house.dir.filePath(QStringLiteral("mail")).toStdString()));
        const auto id = house.write();
        QTRY_VERIFY(house.isSent(id));
        house.writer->flush();
        const auto before = house.writer->stats().commits;
        QTest::qWait(100);
        QCOMPARE(house.writer->stats().commits, before);
    }
};

static const test::Add<MailSenderTest> addedMailSenderTest;
#include "sender_test.moc"
