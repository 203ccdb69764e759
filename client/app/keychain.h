#pragma once

#include "client/platform/secret_store.h"
#include "client/state/secret_store.h"

namespace cb::app {

/// Joins state's wish for secrets with the system's key store.
class Keychain final : public state::SecretStore {
public:
    explicit Keychain(platform::SecretStore& store)
        : m_store(store) {}

    void read(const QString& key, std::function<void(const QString&, bool)> then) override {
        m_store.read(key, [then = std::move(then)](const Answer& answer) {
            then(answer.secret, answer.outcome == Outcome::Denied || answer.outcome == Outcome::Unavailable);
        });
    }
    void write(const QString& key, const QString& secret, std::function<void(bool)> then) override {
        m_store.write(key, secret, [this, then = std::move(then)](const Answer& answer) {
            then(answer.outcome == Outcome::Ok && m_store.isPersistent());
        });
    }
    void remove(const QString& key) override { m_store.remove(key); }

private:
    using Answer = platform::SecretStore::Answer;
    using Outcome = platform::SecretStore::Outcome;
    platform::SecretStore& m_store;
};

} // namespace cb::app
