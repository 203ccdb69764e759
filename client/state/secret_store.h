#pragma once

#include <QtCore/QHash>
#include <QtCore/QString>

#include <functional>

namespace cb::state {

/// Where tokens of remembered accounts are kept: the system's keychain in the program, memory in tests. Answers may
/// come at once or later, on the GUI thread.
class SecretStore {
public:
    virtual ~SecretStore() = default;
    virtual void read(const QString& key, std::function<void(const QString& secret)> then) = 0; ///< empty: none
    virtual void write(const QString& key, const QString& secret) = 0;
    virtual void remove(const QString& key) = 0;
};

/// Forgets everything with the process.
class MemorySecrets final : public SecretStore {
public:
    void read(const QString& key, std::function<void(const QString&)> then) override { then(m_secrets.value(key)); }
    void write(const QString& key, const QString& secret) override { m_secrets.insert(key, secret); }
    void remove(const QString& key) override { m_secrets.remove(key); }

private:
    QHash<QString, QString> m_secrets;
};

} // namespace cb::state
