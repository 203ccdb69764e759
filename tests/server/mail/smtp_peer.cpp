#include "tests/server/mail/smtp_peer.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonDocument>
#include <QtCore/QRegularExpression>

namespace cb::test {

namespace {

QString rawOf(const QJsonObject& letter) {
    return letter.value(QStringLiteral("raw")).toString();
}

} // namespace

SmtpPeer::SmtpPeer(const QJsonObject& options) {
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral(CLOUDBELL_NODE),
                    {QStringLiteral(CLOUDBELL_SMTP_PEER), QStringLiteral(CLOUDBELL_TEST_NPM),
                     QString::fromUtf8(QJsonDocument(options).toJson(QJsonDocument::Compact))});
    if (const auto told = next(QStringLiteral("port")))
        m_port = told->value(QStringLiteral("port")).toInt();
}

SmtpPeer::~SmtpPeer() {
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(5'000)) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

std::optional<QJsonObject> SmtpPeer::next(const QString& key, int millis) {
    QElapsedTimer timer;
    timer.start();
    while (!m_process.canReadLine()) {
        const auto left = millis - timer.elapsed();
        if (left <= 0 || !m_process.waitForReadyRead(static_cast<int>(left)))
            return std::nullopt;
    }
    const auto said = QJsonDocument::fromJson(m_process.readLine()).object();
    return said.contains(key) ? said : next(key, static_cast<int>(millis - timer.elapsed()));
}

int SmtpPeer::lettersWithin(int millis) {
    int count = 0;
    while (next(QStringLiteral("raw"), millis))
        ++count;
    return count;
}

void SmtpPeer::answer() {
    m_process.write("answer\n");
    m_process.waitForBytesWritten();
}

QString headerOf(const QJsonObject& letter, const QString& name) {
    auto head = rawOf(letter).section(QStringLiteral("\r\n\r\n"), 0, 0);
    head.replace(QRegularExpression(QStringLiteral("\r\n[ \t]+")), QStringLiteral(" "));
    const QRegularExpression line(QStringLiteral("^%1: (.*)$").arg(name), QRegularExpression::MultilineOption);
    auto value = line.match(head.remove(u'\r')).captured(1);
    static const QRegularExpression between(QStringLiteral("\\?= =\\?"));
    value.replace(between, QStringLiteral("?==?"));
    static const QRegularExpression word(QStringLiteral("=\\?UTF-8\\?B\\?([^?]*)\\?="));
    QString decoded; // in one pass: what a word says may look like another one
    qsizetype at = 0;
    for (auto found = word.match(value); found.hasMatch(); found = word.match(value, at)) {
        decoded += value.mid(at, found.capturedStart() - at);
        decoded += QString::fromUtf8(QByteArray::fromBase64(found.captured(1).toLatin1()));
        at = found.capturedEnd();
    }
    return decoded + value.mid(at);
}

QString bodyOf(const QJsonObject& letter) {
    auto text = rawOf(letter).section(QStringLiteral("\r\n\r\n"), 1).toLatin1();
    if (headerOf(letter, QStringLiteral("Content-Transfer-Encoding")) == QLatin1String("base64"))
        text = QByteArray::fromBase64(text);
    else
        text = QByteArray::fromPercentEncoding(text.replace("=\r\n", ""), '=');
    return QString::fromUtf8(text.replace("\r\n", "\n"));
}

} // namespace cb::test
