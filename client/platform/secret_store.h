#pragma once

#include <QHash>
#include <QObject>
#include <QString>

#include <functional>

namespace cb::platform {

/// Secrets (the sign-in token) in the system's key store: Secret Service or KWallet, Windows Credential Manager, macOS
/// Keychain. Where there is none, secrets are kept in memory until the program ends and isPersistent() says so: nothing
/// secret is ever written to a plain file. Asynchronous; callbacks run in the GUI thread, also when the answer is known
/// at once, and not after the store is gone.
class SecretStore : public QObject {
    Q_OBJECT
public:
    enum class Outcome { Ok, NotFound, Denied, Unavailable };
    struct Answer {
        Outcome outcome = Outcome::Ok;
        QString secret; // of read()
        QString detail; // the system's words, for the log
    };
    using Done = std::function<void(const Answer&)>;

    /// \p service names the program in the key store.
    explicit SecretStore(const QString& service, QObject* parent = nullptr);

    void read(const QString& key, Done done);
    /// Ok also when kept in memory only: ask isPersistent() for what to tell the user.
    void write(const QString& key, const QString& secret, Done done = {});
    void remove(const QString& key, Done done = {});

    /// False once the key store has turned out to be missing, until it takes something.
    bool isPersistent() const { return m_persistent; }

Q_SIGNALS:
    /// Sent once: secrets will not outlive the program.
    void becameVolatile(const QString& detail);

private:
    void loseStore(const QString& detail);

    QString m_service;
    QHash<QString, QString> m_memory;
    bool m_persistent = true;
};

} // namespace cb::platform
