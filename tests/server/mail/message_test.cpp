#include "tests/server/mail/smtp_peer.h"

#include "server/mail/back_off.h"
#include "server/mail/message.h"
#include "server/mail/smtp.h"
#include "shared/base/random.h"

#include <spdlog/spdlog.h>

#include <csignal>

using namespace cb;
using namespace cb::mail;
using test::bodyOf;
using test::headerOf;

namespace {

Letter letter(std::string subject = "Hello", std::string body = "Text\n") {
    Letter out;
    out.id = 7;
    out.from = {"", "calls@example.com"};
    out.to = "li@example.com";
    out.subject = std::move(subject);
    out.body = std::move(body);
    out.date = base::fromUnixMillis(1'772'701'620'000);
    return out;
}

QJsonObject received(const Letter& sent) {
    return {{QStringLiteral("raw"), QString::fromLatin1(compose(sent))}};
}

QStringList linesOf(const std::string& text) {
    return QString::fromLatin1(text).split(QStringLiteral("\r\n"));
}

} // namespace

/// The pure half: how a letter is written, and when it is tried again.
class MailMessageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void headersOfAPlainLetter() {
        const auto text = compose(letter());
        QCOMPARE(QString::fromStdString(text), QStringLiteral("From: calls@example.com\r\n"
                                                              "To: li@example.com\r\n"
                                                              "Subject: Hello\r\n"
                                                              "Date: Thu, 05 Mar 2026 09:07:00 +0000\r\n"
                                                              "Message-ID: <7.1772701620000@example.com>\r\n"
                                                              "Auto-Submitted: auto-generated\r\n"
                                                              "MIME-Version: 1.0\r\n"
                                                              "Content-Type: text/plain; charset=utf-8\r\n"
                                                              "Content-Transfer-Encoding: quoted-printable\r\n"
                                                              "\r\n"
                                                              "Text\r\n"));
    }

    void nothingBeginsAHeaderOfItsOwn() {
        for (const std::string bad :
             {"a\r\nBcc: eve@example.com", "a\nBcc: eve@example.com", "a\rBcc: eve@example.com", "你好\r\n\r\n<script>",
              "=?UTF-8?B?DQpCY2M6IGV2ZUBleGFtcGxlLmNvbQ==?=", "\"x\" <eve@example.com>, "}) {
            auto one = letter(bad);
            one.from.name = bad;
            const auto text = compose(one);
            const auto head = linesOf(text.substr(0, text.find("\r\n\r\n")));
            QStringList names;
            for (const auto& line : head)
                if (!line.startsWith(u' '))
                    names += line.section(u':', 0, 0);
            QCOMPARE(names.join(u' '), QStringLiteral("From To Subject Date Message-ID Auto-Submitted MIME-Version "
                                                      "Content-Type Content-Transfer-Encoding"));
            QVERIFY(text.find("eve@") == std::string::npos);
            QVERIFY(text.find("<script>") == std::string::npos);
            auto clean = QString::fromStdString(bad);
            QCOMPARE(headerOf(received(one), QStringLiteral("Subject")),
                     clean.replace(u'\r', u' ').replace(u'\n', u' '));
        }
    }

    void randomTextsComeBack() {
        base::Random random(20260305);
        const QStringList pieces{QStringLiteral("a"),     QStringLiteral(" "),    QStringLiteral("\n"),
                                 QStringLiteral("="),     QStringLiteral("."),    QStringLiteral("From "),
                                 QStringLiteral("é"),     QStringLiteral("密码"), QStringLiteral("🔔"),
                                 QStringLiteral("=?x?="), QStringLiteral("\t"),   QStringLiteral("-- ")};
        for (int i = 0; i < 3'000; ++i) {
            QString subject, body;
            for (auto n = random.below(60); n > 0; --n)
                subject += pieces[static_cast<int>(random.below(static_cast<std::uint64_t>(pieces.size())))];
            for (auto n = random.below(200); n > 0; --n)
                body +=
                    pieces[static_cast<int>(random.below(static_cast<std::uint64_t>(i % 2 == 0 ? 6 : pieces.size())))];
            subject = u'é' + subject.replace(u'\n', u'x').replace(u'\t', u'y'); // always encoded
            const auto one = letter(subject.toStdString(), body.toStdString());
            for (const auto& line : linesOf(compose(one)))
                QVERIFY2(line.size() <= 76 && !line.startsWith(u'.') && !line.startsWith(QStringLiteral("From ")),
                         qPrintable(line));
            const auto back = received(one);
            QCOMPARE(headerOf(back, QStringLiteral("Subject")), subject);
            QCOMPARE(bodyOf(back), body.endsWith(u'\n') ? body : body + u'\n');
        }
    }

    void encodedWordsAreWhole() {
        const auto text = compose(letter(std::string("x") + QStringLiteral("重置密码").repeated(30).toStdString()));
        const auto at = text.find("Subject: ");
        for (auto word : linesOf(text.substr(at, text.find("Date: ") - at - 2))) {
            word = word.section(u' ', -1);
            QVERIFY2(word.size() <= 75, qPrintable(word));
            const auto bytes = QByteArray::fromBase64(word.mid(10).chopped(2).toLatin1());
            QCOMPARE(QString::fromUtf8(bytes).toUtf8(), bytes); // no character is cut in two
        }
    }

    void addresses() {
        for (const auto* good : {"a@b.c", "o'hara+x@sub.example.com", "x_y@localhost"})
            QVERIFY2(isAddress(good), good);
        for (const auto* bad : {"", "a", "@b", "a@", "a b@c.d", "a@b\r\nRCPT TO:<x@y.z>", "a@b>", "<a@b.c>", "a,b@c.d",
                                "-a@b.c", "ä@b.c", "a@b.c SIZE=1", "\"a\"@b.c", "a@[127.0.0.1]"})
            QVERIFY2(!isAddress(bad), bad);
        QCOMPARE(parseMailbox("a@b.c")->address, std::string("a@b.c"));
        QVERIFY((*parseMailbox("\"云铃 Calls\" <a@b.c>") == Mailbox{"云铃 Calls", "a@b.c"}));
        QVERIFY((*parseMailbox(" 云铃 <a@b.c> ") == Mailbox{"云铃", "a@b.c"}));
        for (const auto* bad : {"", "a@b.c>", "<a@b.c", "<a@b.c> x", "x <y>"})
            QVERIFY2(!parseMailbox(bad), bad);
        QVERIFY(isSmtpUrl("smtp://mail.example.com") && isSmtpUrl("smtps://[::1]:465/me.example.com"));
        for (const auto* bad :
             {"", "mail", "http://a", "smtp://", "smtp:///a", "smtp://u:p@host", "smtp://a?b", "smtp://a b"})
            QVERIFY2(!isSmtpUrl(bad), bad);
    }

    void waits() {
        const BackOff rule;
        const auto minutes = [&](int attempts) {
            const auto wait = waitAfter(attempts, rule);
            return wait ? std::chrono::duration_cast<std::chrono::minutes>(*wait).count() : -1;
        };
        QCOMPARE(minutes(1), 1);
        QCOMPARE(minutes(2), 5);
        QCOMPARE(minutes(3), 15);
        QCOMPARE(minutes(4), 60);
        QCOMPARE(minutes(5), 60);
        std::int64_t sum = 0;
        int attempts = 1;
        for (; minutes(attempts) > 0; ++attempts)
            sum += minutes(attempts);
        QVERIFY(sum <= 48 * 60 && sum > 47 * 60);
        QCOMPARE(minutes(100'000), -1);
        QVERIFY(!waitAfter(1, BackOff{{}, base::Millis{1}}));
    }

    void whatBecomesOfALetter() {
        store::Mail row;
        row.body = "secret";
        row.error = "earlier";
        const auto now = base::fromUnixMillis(1'000'000);
        const auto sent = afterAttempt(row, {}, now, {});
        QVERIFY(sent.body.empty() && sent.error.empty() && sent.sentAt == now && sent.attempts == 1);
        const auto later = afterAttempt(row, base::retry("mail_deferred", "450 later"), now, {});
        QVERIFY(later.body == "secret" && later.sentAt == base::TimePoint{});
        QVERIFY(later.dueAt == now + std::chrono::minutes(1));
        QCOMPARE(later.error, std::string("mail_deferred: 450 later"));
        const auto never = afterAttempt(row, base::rejected("mail_refused", "550 no"), now, {});
        QVERIFY(never.dueAt == store::kMailGivenUp && never.body == "secret");
        row.attempts = 1'000;
        QVERIFY(afterAttempt(row, base::retry("mail_deferred"), now, {}).dueAt == store::kMailGivenUp);
    }
};

static const test::Add<MailMessageTest> addedMailMessageTest;

int main(int argc, char** argv) {
    const QCoreApplication app(argc, argv);
    std::signal(SIGPIPE, SIG_IGN); // as the server does
    spdlog::set_level(spdlog::level::off);
    return test::runAll(argc, argv);
}
#include "message_test.moc"
