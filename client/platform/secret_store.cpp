#include "client/platform/secret_store.h"

#include <qt6keychain/keychain.h>

namespace cb::platform {

namespace {

SecretStore::Outcome outcomeOf(QKeychain::Error error) {
    switch (error) {
    case QKeychain::NoError:
        return SecretStore::Outcome::Ok;
    case QKeychain::EntryNotFound:
        return SecretStore::Outcome::NotFound;
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return SecretStore::Outcome::Denied;
    default:
        // No backend, a backend that does not answer, a locked and unopenable store: nothing that would keep a secret.
        return SecretStore::Outcome::Unavailable;
    }
}

} // namespace

SecretStore::SecretStore(const QString& service, QObject* parent)
    : QObject(parent)
    , m_service(service) {}

void SecretStore::loseStore(const QString& detail) {
    if (!m_persistent)
        return;
    m_persistent = false;
    Q_EMIT becameVolatile(detail);
}

void SecretStore::read(const QString& key, Done done) {
    // What was written while there was no store is newer than anything the store may hold.
    if (m_memory.contains(key)) {
        QMetaObject::invokeMethod(
            this,
            [done = std::move(done), secret = m_memory.value(key)] {
                done({Outcome::Ok, secret, {}});
            },
            Qt::QueuedConnection);
        return;
    }
    auto* job = new QKeychain::ReadPasswordJob(m_service, this);
    job->setKey(key);
    job->setInsecureFallback(false);
    connect(job, &QKeychain::Job::finished, this, [this, job, done = std::move(done)](QKeychain::Job*) {
        const Outcome outcome = outcomeOf(job->error());
        if (outcome == Outcome::Unavailable)
            loseStore(job->errorString());
        done({outcome, outcome == Outcome::Ok ? job->textData() : QString(), job->errorString()});
    });
    job->start();
}

void SecretStore::write(const QString& key, const QString& secret, Done done) {
    auto* job = new QKeychain::WritePasswordJob(m_service, this);
    job->setKey(key);
    job->setInsecureFallback(false);
    job->setTextData(secret);
    connect(job, &QKeychain::Job::finished, this, [this, job, key, secret, done = std::move(done)](QKeychain::Job*) {
        Outcome outcome = outcomeOf(job->error());
        if (outcome == Outcome::Unavailable) {
            m_memory.insert(key, secret);
            loseStore(job->errorString());
            outcome = Outcome::Ok;
        } else if (outcome == Outcome::Ok) {
            m_memory.remove(key);
            m_persistent = true; // it was locked, or came late
        }
        if (done)
            done({outcome, {}, job->errorString()});
    });
    job->start();
}

void SecretStore::remove(const QString& key, Done done) {
    m_memory.remove(key);
    auto* job = new QKeychain::DeletePasswordJob(m_service, this);
    job->setKey(key);
    job->setInsecureFallback(false);
    connect(job, &QKeychain::Job::finished, this, [this, job, done = std::move(done)](QKeychain::Job*) {
        Outcome outcome = outcomeOf(job->error());
        if (outcome == Outcome::Unavailable)
            loseStore(job->errorString());
        if (outcome == Outcome::NotFound || outcome == Outcome::Unavailable)
            outcome = Outcome::Ok; // it is not there, which was the wish
        if (done)
            done({outcome, {}, job->errorString()});
    });
    job->start();
}

} // namespace cb::platform
