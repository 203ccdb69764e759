#include "client/state/account_state.h"

#include "client/api/network_error.h"
#include "client/bridge/convert.h"
#include "client/state/beside.h"

#include <QtCore/QDir>
#include <QtCore/QTimer>

#include <algorithm>

namespace cb::state {

namespace {

QString keyOf(const QString& address, const QString& email) {
    return address + QLatin1Char(' ') + email;
}

} // namespace

AccountState::AccountState(AgentAccount::Parts parts, SecretStore& secrets, QObject* parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_secrets(secrets) {}

AccountState::~AccountState() = default;

QString AccountState::address() const {
    return m_endpoint ? m_endpoint->address() : QString();
}

std::vector<sync::KnownAddress> AccountState::knownAddresses() const {
    return m_parts.local.addresses();
}

int AccountState::unsent(const sync::KnownAddress& address) const {
    int count = m_parts.local.unsent(address);
    const auto accounts = m_parts.local.accountsOf(address);
    for (const auto account : accounts ? *accounts : std::vector<qint64>()) {
        sync::AccountStore store(m_parts.local, account);
        count += WrapUps::countIn(store);
    }
    return count;
}

/// The rows go last: as long as they are there it can be tried again.
void AccountState::forget(const sync::KnownAddress& address) {
    if (m_step != Step::SignedOut)
        return;
    ++m_attempt; // a token that is still being read does not sign in any more
    setError({});
    forgetToken(address);
    const auto accounts = m_parts.local.accountsOf(address);
    if (!accounts)
        return setError(accounts.error());
    for (const auto account : *accounts)
        if (QDir folder(AgentAccount::folderOf(m_parts, account)); folder.exists() && !folder.removeRecursively())
            return setError(base::with(base::retry("cache_unavailable"), "reason", bridge::toStd(folder.path())));
    if (auto erased = m_parts.local.erase(address); !erased)
        return setError(erased.error());
    scrub();
}

/// Nobody waits for the server's answer: without it the token ends in its own time.
void AccountState::forgetToken(const sync::KnownAddress& known) {
    const QString key = keyOf(known.address, known.email);
    const auto endpoint = api::parseAddress(known.address);
    if (known.remember && endpoint) // else there is none, and the key store is not opened for nothing
        m_secrets.read(key, [guard = QPointer<AccountState>(this), endpoint = *endpoint](const QString& token, bool) {
            if (!guard || token.isEmpty())
                return;
            auto* rest = new api::RestClient(guard->m_parts.network, endpoint, guard);
            rest->setToken(token);
            rest->signOut(rest, [rest](const base::Result<void>&) { rest->deleteLater(); });
        });
    m_secrets.remove(key);
}

/// Beside the GUI thread: it reads and writes the whole file. What is erased stays erased when this fails.
void AccountState::scrub() {
    beside(
        this, [path = m_parts.local.path()] { return sync::LocalStore::scrub(path); },
        [this](const base::Result<void>& done) {
            if (!done && m_step == Step::SignedOut && m_error.code.empty())
                setError(done.error());
        });
}

QString AccountState::secretKey() const {
    return keyOf(address(), m_email);
}

void AccountState::setStep(Step step) {
    if (m_step == step)
        return;
    m_step = step;
    Q_EMIT stepChanged(step);
}

void AccountState::setError(const base::Error& error) {
    if (m_error == error)
        return;
    m_error = error;
    Q_EMIT errorChanged();
}

void AccountState::setBusy(bool busy) {
    if (m_busy == busy)
        return;
    m_busy = busy;
    Q_EMIT busyChanged(busy);
}

void AccountState::signIn(const QString& address, const QString& email, const QString& password, bool remember) {
    if (m_step != Step::SignedOut)
        return;
    setError({});
    auto endpoint = api::parseAddress(address);
    if (!endpoint)
        return setError(endpoint.error());
    m_endpoint = *endpoint;
    m_email = email.trimmed();
    m_password = password;
    m_remember = remember;
    m_rest = std::make_unique<api::RestClient>(m_parts.network, *m_endpoint);
    setStep(Step::SigningIn);
    setBusy(true);
    wire::SignIn request{m_endpoint->instance, bridge::toStd(m_email), bridge::toStd(password), remember,
                         bridge::toStd(m_parts.device)};
    m_rest->signIn(request, this, [this, attempt = ++m_attempt](base::Result<wire::SignedIn> answer) {
        if (attempt != m_attempt)
            return;
        setBusy(false);
        if (answer)
            return onSignedIn(*answer);
        m_password.clear();
        setStep(Step::SignedOut);
        setError(answer.error());
    });
}

void AccountState::forgotPassword(const QString& address, const QString& email, QObject* context,
                                  std::function<void(const base::Error&)> told) {
    const auto endpoint = api::parseAddress(address);
    if (!endpoint)
        return told(endpoint.error());
    auto* rest = new api::RestClient(m_parts.network, *endpoint, this);
    const wire::PasswordForgot request{endpoint->instance, bridge::toStd(email.trimmed())};
    rest->forgotPassword(request, rest,
                         [rest, guard = QPointer<QObject>(context), told = std::move(told)](base::Result<void> done) {
                             rest->deleteLater();
                             if (guard)
                                 told(done ? base::Error{} : done.error());
                         });
}

void AccountState::signInRemembered() {
    if (m_step != Step::SignedOut)
        return;
    for (const auto& known : knownAddresses()) {
        const auto endpoint = api::parseAddress(known.address);
        if (!known.remember || !endpoint)
            continue;
        setError({});
        m_endpoint = *endpoint;
        m_email = known.email;
        m_password.clear();
        m_remember = true;
        const auto then = [this, guard = QPointer<AccountState>(this), attempt = ++m_attempt](const QString& token,
                                                                                              bool refused) {
            // Whoever signed in meanwhile may have named another server: this token is not for it.
            if (!guard || attempt != m_attempt || m_step != Step::SignedOut)
                return;
            if (refused)
                setError(base::rejected("key_store_refused"));
            else if (!token.isEmpty())
                askWho(token);
        };
        m_secrets.read(secretKey(), then);
        return;
    }
}

void AccountState::askWho(const QString& token) {
    m_rest = std::make_unique<api::RestClient>(m_parts.network, *m_endpoint);
    m_rest->setToken(token);
    setStep(Step::SigningIn);
    setBusy(true);
    const auto attempt = ++m_attempt;
    QTimer::singleShot(m_parts.patience, this, [this, token, attempt] {
        if (attempt == m_attempt && m_step == Step::SigningIn)
            (void)openCached(token); // else the answer is waited for
    });
    m_rest->me(this, [this, token, attempt](base::Result<wire::MeAnswer> answer) {
        if (attempt != m_attempt)
            return;
        setBusy(false);
        if (!answer && (answer.error().grade == base::Grade::Retry || api::isTlsError(answer.error())) &&
            openCached(token))
            return;
        if (answer)
            return onSignedIn({bridge::toStd(token), {}, answer->mustChangePassword, answer->me, answer->instance});
        if (answer.error().code == "bad_token")
            m_secrets.remove(secretKey());
        setStep(Step::SignedOut);
        setError(answer.error());
    });
}

bool AccountState::openCached(const QString& token) {
    for (const auto& known : knownAddresses()) {
        if (known.address != address() || known.email != m_email)
            continue;
        auto me = AgentAccount::known(m_parts, *m_endpoint, known.agent);
        if (!me)
            return false;
        ++m_attempt; // a late answer has nothing to add
        setBusy(false);
        m_signedIn = {bridge::toStd(token), {}, false, std::move(me->me), std::move(me->instance)};
        openAccount(true);
        return true;
    }
    return false;
}

void AccountState::onSignedIn(const wire::SignedIn& signedIn) {
    m_signedIn = signedIn;
    m_rest->setToken(bridge::toQt(signedIn.token));
    rememberAddress();
    if (signedIn.mustChangePassword)
        return setStep(Step::ChangePassword);
    openAccount();
}

void AccountState::rememberAddress() {
    const sync::KnownAddress known{
        address(),       m_email, bridge::toQt(m_signedIn.instance.name), m_remember, QDateTime::currentDateTime(),
        m_signedIn.me.id};
    if (auto done = m_parts.local.remember(known); !done)
        setError(done.error()); // it works without
    if (m_remember)
        m_secrets.write(secretKey(), bridge::toQt(m_signedIn.token),
                        [this, guard = QPointer<AccountState>(this), known](bool kept) {
                            if (guard && !kept)
                                onNotKept(known);
                        });
    else
        m_secrets.remove(secretKey());
}

/// The next start must not ask the key store for what it does not have.
void AccountState::onNotKept(sync::KnownAddress known) {
    const auto all = knownAddresses();
    if (std::none_of(all.begin(), all.end(), [&known](const sync::KnownAddress& one) {
            return one.address == known.address && one.email == known.email;
        }))
        return; // forgotten meanwhile
    known.remember = false;
    (void)m_parts.local.remember(known); // else the next start asks in vain, once
    if (address() == known.address && m_email == known.email)
        m_remember = false;
    Q_EMIT notRemembered();
}

void AccountState::changePassword(const QString& old, const QString& fresh) {
    if (m_busy || !m_rest || m_step != Step::ChangePassword)
        return;
    setError({});
    if (fresh.size() < kPasswordMin)
        return setError(base::with(base::rejected("password_weak"), "min", std::to_string(kPasswordMin)));
    setBusy(true);
    const QString typed = old.isEmpty() ? m_password : old;
    m_rest->changePassword({bridge::toStd(typed), bridge::toStd(fresh)}, this,
                           [this, attempt = m_attempt](base::Result<wire::NewToken> answer) {
                               if (attempt != m_attempt)
                                   return;
                               setBusy(false);
                               if (!answer)
                                   return setError(answer.error());
                               m_signedIn.token = answer->token;
                               m_signedIn.expiresAt = answer->expiresAt;
                               m_signedIn.mustChangePassword = false;
                               rememberAddress();
                               openAccount();
                           });
}

void AccountState::openAccount(bool cached) {
    m_password.clear();
    auto account = AgentAccount::make(m_parts, *m_endpoint, m_signedIn, cached);
    if (!account) {
        setStep(Step::SignedOut);
        return setError(account.error());
    }
    m_account = std::move(*account);
    auto* session = &m_account->session();
    connect(session, &api::AgentSession::welcomed, this, [this] {
        setError({});
        setStep(Step::SignedIn);
    });
    connect(session, &api::AgentSession::takeoverAsked, this, [this](const QDateTime& since, const QString& device) {
        m_takeoverSince = since;
        m_takeoverDevice = device;
        setStep(Step::Takeover);
    });
    connect(session, &api::AgentSession::stateChanged, this, [this](api::AgentSession::State state) {
        if (state == api::AgentSession::State::Waiting && m_step != Step::SignedIn) {
            setStep(Step::Connecting); // also when the other machine's question was not answered in time
            setError(m_account->session().lastError());
        }
    });
    connect(session, &api::AgentSession::gaveUp, this, &AccountState::onGaveUp);
    connect(&m_account->rest(), &api::RestClient::tokenRefused, this,
            [this] { onGaveUp(base::rejected("bad_token")); });
    setStep(cached ? Step::SignedIn : Step::Connecting);
    m_account->connectToServer();
}

void AccountState::onGaveUp(const base::Error& error) {
    if (!m_account)
        return;
    if (error.code == "bad_token" || error.code == "token_revoked" || error.code == "deleted")
        m_secrets.remove(secretKey());
    closeAccount();
    setStep(Step::SignedOut);
    setError(error.code == "deleted" ? eraseDeleted() : error);
}

/// Nobody will sign in to this account again. What was never sent is the user's to give up.
base::Error AccountState::eraseDeleted() {
    const sync::KnownAddress known{address(), m_email, {}, false, {}, m_signedIn.me.id};
    if (const int count = unsent(known); count > 0)
        return base::with(base::rejected("deleted_unsent"), "count", std::to_string(count));
    forget(known);
    return m_error.code.empty() ? base::rejected("deleted") : m_error;
}

void AccountState::confirmTakeover() {
    if (m_step != Step::Takeover || !m_account)
        return;
    setStep(Step::Connecting);
    m_account->session().takeOver();
}

void AccountState::signOut() {
    if (m_step == Step::SignedOut)
        return;
    m_secrets.remove(secretKey());
    if (m_remember && m_endpoint)
        (void)m_parts.local.remember({address(), m_email, bridge::toQt(m_signedIn.instance.name), false,
                                      QDateTime::currentDateTime(), m_signedIn.me.id});
    if (m_rest && !m_signedIn.token.empty()) {
        m_rest->setToken(bridge::toQt(m_signedIn.token));
        m_rest->signOut(nullptr, {});
    }
    goBack();
}

void AccountState::leave() {
    if (!m_remember)
        return signOut();
    goBack();
}

void AccountState::goBack() {
    ++m_attempt;
    setBusy(false);
    setError({});
    m_signedIn = {};
    closeAccount();
    setStep(Step::SignedOut);
}

void AccountState::closeAccount() {
    m_password.clear();
    if (!m_account)
        return;
    m_account->session().disconnect(this);
    m_account->rest().disconnect(this);
    m_account->session().stop(); // what was asked is answered while those who asked are still there
    m_account->workbench().flush();
    m_account->wrapUps().flush();
    Q_EMIT accountAboutToClose();
    m_account.release()->deleteLater(); // we may stand in one of its signals
}

} // namespace cb::state
