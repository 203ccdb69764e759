#pragma once

#include <QJsonObject>
#include <QLocalServer>
#include <QLockFile>
#include <QObject>

#include <chrono>

class QLocalSocket;

namespace cb::platform {

/// One program per user and folder of its files: the first start keeps the folder until it ends, a further one hands
/// over what it was asked for and ends. A lock file in the folder says who is first (it knows of a process that is
/// gone, so a crash leaves nothing to clean up); a local socket in a folder that only this user may write to carries
/// the words. Where there is no such folder a further start is told that the first one does not answer.
///
/// claim() and the signal belong to the GUI thread; handOver() may be called in any, on an object of its own.
class SingleInstance : public QObject {
    Q_OBJECT
public:
    /// Short words only (an address, an e-mail address): longer ones are not taken.
    static constexpr qint64 kMaxWords = 8 * 1024;

    /// \p folder exists.
    explicit SingleInstance(const QString& folder, QObject* parent = nullptr);

    /// True: we are the first, and startedAgain() tells of later ones. False: somebody else is.
    bool claim();
    /// To the first one. False when it does not take them within \p patience: it hangs, or runs on another machine that
    /// shares the folder.
    bool handOver(const QJsonObject& words, std::chrono::milliseconds patience = std::chrono::seconds(5));
    /// What keeps the folder, for a sentence to the user.
    QString lockPath() const;

Q_SIGNALS:
    void startedAgain(const QJsonObject& words);

private:
    void onConnection();
    void hear(QLocalSocket& socket);

    QString m_lockPath;
    QLockFile m_lock;
    QStringList m_names; ///< the socket is at the first of these where it can be
    QLocalServer m_server;
};

} // namespace cb::platform
