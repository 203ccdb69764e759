#pragma once

#include "client/platform/secret_store.h"
#include "client/state/secret_store.h"

namespace cb::app {

/// Joins state's wish for secrets with the system's key store.
class Keychain final : public state::SecretStore {
public:
    explicit Keychain(platform::SecretStore& store)
        : m_store(store) {}

    void read(const QString& key, std::function<void(const QString&)> then) override {
        m_store.read(key,
                     [then = std::move(then)](const platform::SecretStore::Answer& answer) { then(answer.secret); });
    }
    void write(const QString& key, const QString& secret) override { m_store.write(key, secret); }
    void remove(const QString& key) override { m_store.remove(key); }

private:
    platform::SecretStore& m_store;
};

} // namespace cb::app
