#include "server/auth/accounts.h"

#include "server/auth/token.h"
#include "server/store/database.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"
#include "shared/base/text.h"

#include <cctype>
#include <memory>

namespace cb::auth {

namespace {

/// On the writer's thread: the password is still the one that was verified. Errors: bad_credentials.
base::Result<void> sameSecret(store::Tables& tables, model::AgentId agent, const std::string& verified) {
    auto credential = tables.credentials().byAgent(agent);
    if (!credential)
        return credential.error();
    if (!*credential || (*credential)->passwordHash != verified)
        return base::rejected("bad_credentials");
    return {};
}

/// On the writer's thread. Errors: bad_token.
base::Result<void> notRevoked(store::Tables& tables, const std::string& hash) {
    auto token = tables.credentials().token(hash);
    if (!token)
        return token.error();
    return *token && !(*token)->revoked ? base::Result<void>() : base::Result<void>(base::rejected("bad_token"));
}

} // namespace

std::string accountKey(model::InstanceId instance, std::string_view email) {
    std::string key = std::to_string(instance.value) + ' ';
    for (const char c : email.substr(0, 254))
        key += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return key;
}

base::Error throttled(base::Millis wait) {
    return base::with(base::retry("throttled"), "retry_ms", std::to_string(wait.count()));
}

Accounts::Accounts(store::Database& database, store::Writer& writer, const base::Clock& clock, AccountRules rules)
    : m_database(database)
    , m_writer(writer)
    , m_clock(clock)
    , m_rules(rules)
    , m_accounts(rules.perAccount)
    , m_addresses(rules.perAddress) {}

base::Result<SignedIn> Accounts::signIn(const SignInRequest& request) {
    const auto now = m_clock.now();
    const auto account = accountKey(request.instance, request.email);
    if (const auto wait = m_addresses.begin(request.address, now); wait.count() > 0)
        return throttled(wait);
    if (const auto wait = m_accounts.begin(account, now); wait.count() > 0) {
        m_addresses.undecided(request.address); // one locked account must not lock its whole office
        return throttled(wait);
    }
    const auto undecided = [&](const base::Error& error) {
        m_accounts.undecided(account);
        m_addresses.undecided(request.address);
        return error;
    };

    store::Credential credential;
    bool known = false;
    std::optional<model::Agent> agent;
    {
        auto reader = m_database.reader(); // given back before the hash
        if (!reader)
            return undecided(reader.error());
        auto found = reader->credentials().byEmail(request.instance, request.email);
        if (!found)
            return undecided(found.error());
        if (*found && !(*found)->deleted) {
            credential = (*found)->credential;
            auto row = reader->directory().agent(credential.agent);
            if (!row)
                return undecided(row.error());
            agent = *row;
            known = agent.has_value();
        }
    }
    const bool right = verifyPassword(known ? credential.passwordHash : std::string(), request.password, m_rules.cost);
    if (!right || !known)
        return base::rejected("bad_credentials");
    auto result = finishSignIn(request, *agent, credential);
    if (!result)
        return undecided(result.error());
    m_accounts.succeeded(account);
    m_addresses.undecided(request.address); // an address's other failures still count
    return result;
}

base::Result<SignedIn> Accounts::finishSignIn(const SignInRequest& request, const model::Agent& agent,
                                              const store::Credential& credential) {
    SignedIn out;
    {
        auto reader = m_database.reader();
        if (!reader)
            return reader.error();
        auto instance = reader->directory().instance(request.instance);
        if (!instance)
            return instance.error();
        if (!*instance)
            return base::rejected("bad_credentials");
        out.instance = **instance;
    }
    const auto now = m_clock.now();
    out.token = newToken();
    out.expiresAt = now + (request.remember ? m_rules.longLife : m_rules.shortLife);
    out.mustChangePassword = credential.mustChange;
    out.agent = agent;
    store::Token row{tokenHash(out.token),
                     store::TokenKind::SignIn,
                     request.instance,
                     agent.id,
                     std::string(base::prefix(request.device, 100)),
                     now,
                     out.expiresAt,
                     false};
    auto stored =
        store::runJob(m_writer, [row, verified = credential.passwordHash](store::Tables& tables) -> base::Result<void> {
            if (auto same = sameSecret(tables, row.agent, verified); !same)
                return same;
            return tables.insert(row);
        });
    if (!stored)
        return stored.error();
    return out;
}

base::Result<Principal> Accounts::check(std::string_view token) const {
    if (!isToken(token))
        return base::rejected("bad_token");
    return checkHash(tokenHash(token));
}

base::Result<Principal> Accounts::checkHash(const std::string& hash) const {
    auto reader = m_database.reader();
    if (!reader)
        return reader.error();
    auto token = reader->credentials().token(hash);
    if (!token)
        return token.error();
    if (!*token || (*token)->kind != store::TokenKind::SignIn || (*token)->revoked ||
        (*token)->expiresAt <= m_clock.now())
        return base::rejected("bad_token");
    auto agent = reader->directory().agent((*token)->agent);
    if (!agent)
        return agent.error();
    auto credential = reader->credentials().byAgent((*token)->agent);
    if (!credential)
        return credential.error();
    if (!*agent || (*agent)->deleted)
        return base::rejected("bad_token");
    const bool mustChange = *credential && (*credential)->mustChange;
    return Principal{(*token)->instance, (*token)->agent, (*agent)->role, mustChange, hash, (*token)->expiresAt};
}

base::Result<FreshToken> Accounts::changePassword(const Principal& who, const std::string& oldPassword,
                                                  const std::string& newPassword) {
    const auto key = "password " + std::to_string(who.agent.value);
    if (const auto wait = m_accounts.begin(key, m_clock.now()); wait.count() > 0)
        return throttled(wait);
    std::string stored;
    store::Token present;
    {
        auto reader = m_database.reader();
        if (!reader)
            return reader.error();
        auto credential = reader->credentials().byAgent(who.agent);
        auto token = reader->credentials().token(who.tokenHash);
        if (!credential || !token)
            return credential ? token.error() : credential.error();
        if (!*credential || !*token)
            return base::rejected("bad_token");
        stored = (*credential)->passwordHash;
        present = **token;
    }
    if (!verifyPassword(stored, oldPassword, m_rules.cost))
        return base::rejected("bad_credentials");
    m_accounts.succeeded(key);
    if (auto good = checkNewPassword(newPassword); !good)
        return good.error();
    if (oldPassword == newPassword)
        return base::rejected("password_same");
    auto hash = hashPassword(newPassword, m_rules.cost);
    if (!hash)
        return hash.error();

    const auto now = m_clock.now();
    FreshToken fresh{newToken(), now + (present.expiresAt - present.createdAt)};
    auto revoked = std::make_shared<std::vector<std::string>>(); // filled on the writer's thread
    const store::Credential row{who.agent, who.instance, *hash, false, now};
    const store::Token token{tokenHash(fresh.token), store::TokenKind::SignIn,
                             who.instance,           who.agent,
                             present.device,         now,
                             fresh.expiresAt,        false};
    const auto asked = who.tokenHash;
    auto done =
        store::runJob(m_writer, [row, token, revoked, stored, asked](store::Tables& tables) -> base::Result<void> {
            if (auto good = notRevoked(tables, asked); !good) // others may have been faster
                return good;
            if (auto same = sameSecret(tables, row.agent, stored); !same)
                return same;
            if (auto put = tables.put(row); !put)
                return put;
            auto hashes = tables.revokeTokensOf(row.agent);
            if (!hashes)
                return hashes.error();
            *revoked = *hashes;
            return tables.insert(token);
        });
    if (!done)
        return done.error();
    if (m_revoked)
        m_revoked(*revoked);
    return fresh;
}

base::Result<void> Accounts::signOut(const Principal& who) {
    auto done = store::runJob(m_writer, [hash = who.tokenHash](store::Tables& tables) -> base::Result<void> {
        auto revoked = tables.revokeToken(hash);
        return revoked ? base::Result<void>{} : base::Result<void>{revoked.error()};
    });
    if (done && m_revoked)
        m_revoked({who.tokenHash});
    return done;
}

base::Result<std::string> Accounts::resetPassword(model::InstanceId instance, model::AgentId agent) {
    auto password = randomPassword();
    auto hash = hashRandomPassword(password);
    if (!hash)
        return hash.error();
    auto revoked = std::make_shared<std::vector<std::string>>(); // filled on the writer's thread
    const store::Credential row{agent, instance, *hash, true, m_clock.now()};
    auto done = store::runJob(m_writer, [row, revoked](store::Tables& tables) -> base::Result<void> {
        if (auto put = tables.put(row); !put)
            return put;
        auto hashes = tables.revokeTokensOf(row.agent);
        if (!hashes)
            return hashes.error();
        *revoked = *hashes;
        return {};
    });
    if (!done)
        return done.error();
    if (m_revoked)
        m_revoked(*revoked);
    return password;
}

void Accounts::wasReset(model::InstanceId instance, const std::string& email, const std::vector<std::string>& revoked) {
    m_accounts.succeeded(accountKey(instance, email));
    if (m_revoked)
        m_revoked(revoked);
}

} // namespace cb::auth
