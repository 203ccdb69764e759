#include "client/platform/single_instance.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QThread>
#include <QTimer>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace cb::platform {

namespace {

using namespace std::chrono_literals;

constexpr auto kAgain = 50ms;      ///< the first one may hold the lock and not listen yet
constexpr auto kSilentAfter = 10s; ///< who connects and says nothing is dropped
constexpr int kMaxWaiting = 8;
constexpr char kEnd = '\n';
constexpr char kTaken = '+';

#ifdef Q_OS_UNIX
constexpr int kMaxPath = 107 - 8; ///< of a socket, and what Qt adds to the name while it makes one

/// Nobody else can put something of theirs there.
bool isOurs(const QString& folder) {
    const QFileInfo info(folder);
    return info.isDir() && info.ownerId() == ::getuid() &&
           !(info.permissions() & (QFileDevice::WriteGroup | QFileDevice::WriteOther));
}
#endif

/// One per folder. On Unix in the user's own run-time folder, or else (there is none, as in a shell of another user) in
/// the folder itself: a name in the common one could be taken by others, who would be told the words.
QStringList namesFor(const QString& folder) {
    const QString canonical = QDir(folder).canonicalPath();
    const QByteArray hash = QCryptographicHash::hash(canonical.toUtf8(), QCryptographicHash::Sha256).toHex().left(20);
    const QString name = QStringLiteral("cloudbell-%1").arg(QLatin1String(hash));
#ifdef Q_OS_UNIX
    QStringList names;
    for (const auto& place : {QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation), canonical})
        if (const QString path = QDir(place).filePath(name);
            !place.isEmpty() && isOurs(place) && QFile::encodeName(path).size() <= kMaxPath)
            names << path;
    return names;
#else
    return {name};
#endif
}

} // namespace

SingleInstance::SingleInstance(const QString& folder, QObject* parent)
    : QObject(parent)
    , m_lockPath(QDir(folder).filePath(QStringLiteral("cloudbell.lock")))
    , m_lock(m_lockPath)
    , m_names(namesFor(folder)) {
    m_lock.setStaleLockTime(0); // held as long as the process lives, however long that is
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    m_server.setMaxPendingConnections(kMaxWaiting);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::onConnection);
}

QString SingleInstance::lockPath() const {
    return m_lockPath;
}

bool SingleInstance::claim() {
    if (!m_lock.tryLock(0))
        return m_lock.error() !=
               QLockFile::LockFailedError; // a folder without locks must not keep anybody from working
    // The lock is ours: whoever left a socket of this name is gone.
    for (const auto& name : m_names) {
        QLocalServer::removeServer(name);
        if (m_server.listen(name))
            return true;
        qWarning("%s: %s", qPrintable(name), qPrintable(m_server.errorString()));
    }
    return true; // a later start says that we do not answer
}

void SingleInstance::onConnection() {
    while (auto* socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        QTimer::singleShot(kSilentAfter, socket, &QLocalSocket::abort);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { hear(*socket); });
        hear(*socket); // what came with the connection
    }
}

void SingleInstance::hear(QLocalSocket& socket) {
    if (!socket.canReadLine()) {
        if (socket.bytesAvailable() > kMaxWords)
            socket.abort();
        return;
    }
    const auto words = QJsonDocument::fromJson(socket.readLine(kMaxWords)).object();
    socket.write(&kTaken, 1);
    socket.flush();
    socket.disconnectFromServer();
    Q_EMIT startedAgain(words);
}

bool SingleInstance::handOver(const QJsonObject& words, std::chrono::milliseconds patience) {
    const QByteArray line = QJsonDocument(words).toJson(QJsonDocument::Compact) + kEnd;
    if (line.size() > kMaxWords)
        return false;
    const QDeadlineTimer until(patience);
    const auto left = [&until] { return int(until.remainingTime()); };
    while (!m_names.isEmpty() && !until.hasExpired()) {
        for (const auto& name : m_names) {
            QLocalSocket socket;
            socket.connectToServer(name);
            if (!socket.waitForConnected(left()))
                continue;
            socket.write(line);
            char answer = 0;
            const bool came = socket.waitForBytesWritten(left()) && socket.waitForReadyRead(left());
            if (came && socket.read(&answer, 1) == 1 && answer == kTaken)
                return true;
        }
        QThread::msleep(static_cast<unsigned long>(kAgain.count()));
    }
    return false;
}

} // namespace cb::platform
