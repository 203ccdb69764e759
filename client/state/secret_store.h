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
    /// Empty: none. `refused`: it may have one and does not hand it out (locked, or the user said no).
    virtual void read(const QString& key, std::function<void(const QString& secret, bool refused)> then) = 0;
    /// `kept`: it will be there when the program starts next.
    virtual void write(const QString& key, const QString& secret, std::function<void(bool kept)> then) = 0;
    virtual void remove(const QString& key) = 0;
};

/// Forgets everything with the process.
class MemorySecrets final : public SecretStore {
public:
    void read(const QString& key, std::function<void(const QString&, bool)> then) override {
        ++asked;
        then(refuses ? QString() : m_secrets.value(key), refuses);
    }
    void write(const QString& key, const QString& secret, std::function<void(bool)> then) override {
        ++asked;
        if (!refuses)
            m_secrets.insert(key, secret);
        then(!refuses);
    }
    void remove(const QString& key) override { m_secrets.remove(key); }

    bool refuses = false;
    int asked = 0; ///< how often a user would have been asked to open it

private:
    QHash<QString, QString> m_secrets;
};

} // namespace cb::state
