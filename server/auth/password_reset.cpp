#include "server/auth/password_reset.h"

#include "server/auth/reset_letter.h"
#include "server/auth/token.h"
#include "server/store/database.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"

#include <spdlog/spdlog.h>

#include <memory>

namespace cb::auth {

namespace {

base::Error invalid() {
    return base::rejected("reset_link_invalid");
}

bool isGood(const std::optional<store::Token>& token, model::InstanceId instance, base::TimePoint now) {
    return token && token->kind == store::TokenKind::PasswordReset && token->instance == instance && !token->revoked &&
           token->expiresAt > now;
}

} // namespace

PasswordReset::PasswordReset(store::Database& database, store::Writer& writer, const base::Clock& clock,
                             Accounts& accounts, Later later, PublicUrl publicUrl, ResetRules rules)
    : m_database(database)
    , m_writer(writer)
    , m_clock(clock)
    , m_accounts(accounts)
    , m_later(std::move(later))
    , m_publicUrl(std::move(publicUrl))
    , m_rules(rules)
    , m_perAccount(rules.perAccount)
    , m_perAddress(rules.perAddress) {}

base::Result<void> PasswordReset::ask(model::InstanceId instance, const std::string& email,
                                      const std::string& address) {
    const auto now = m_clock.now();
    const auto account = accountKey(instance, email);
    if (const auto wait = m_perAddress.begin(address, now); wait.count() > 0)
        return throttled(wait);
    if (const auto wait = m_perAccount.begin(account, now); wait.count() > 0) {
        m_perAddress.undecided(address);
        return throttled(wait);
    }
    if (m_later([this, instance, email] { writeLetter(instance, email); }))
        return {};
    m_perAddress.undecided(address);
    m_perAccount.undecided(account);
    return base::retry("overloaded", "letters");
}

void PasswordReset::writeLetter(model::InstanceId instance, const std::string& email) {
    const auto stored = storeLetter(instance, email);
    if (!stored)
        spdlog::warn("event=reset_letter_failed instance={} code={}", instance.value, stored.error().code);
}

base::Result<void> PasswordReset::storeLetter(model::InstanceId instance, const std::string& email) {
    std::optional<model::Agent> agent;
    std::string centre;
    {
        auto reader = m_database.reader();
        if (!reader)
            return reader.error();
        auto found = reader->credentials().byEmail(instance, email);
        if (!found)
            return found.error();
        if (!*found || (*found)->deleted)
            return {}; // nobody is told
        auto row = reader->directory().agent((*found)->credential.agent);
        auto house = reader->directory().instance(instance);
        if (!row || !house)
            return row ? house.error() : row.error();
        if (!*row || !*house)
            return {};
        agent = std::move(*row);
        centre = (*house)->name;
    }
    auto id = m_database.reserveIds(store::IdKind::Mail, 1);
    if (!id)
        return id.error();
    const auto now = m_clock.now();
    const auto token = newToken();
    const auto link = m_publicUrl() + "/reset/" + std::to_string(instance.value) + '#' + token;
    auto letter = resetLetter(agent->name, centre, link, m_rules.life);
    const store::Token row{
        tokenHash(token), store::TokenKind::PasswordReset, instance, agent->id, {}, now, now + m_rules.life, false};
    store::Mail mail;
    mail.id = *id;
    mail.instance = instance;
    mail.to = agent->email;
    mail.subject = std::move(letter.subject);
    mail.body = std::move(letter.body);
    mail.createdAt = now;
    mail.dueAt = {}; // before any invitations that wait
    auto done = store::runJob(m_writer, [row, mail](store::Tables& tables) -> base::Result<void> {
        if (auto inserted = tables.insert(row); !inserted)
            return inserted;
        return tables.put(mail);
    });
    if (done)
        spdlog::info("event=reset_letter_written instance={} agent={} mail={}", instance.value, agent->id.value, *id);
    return done;
}

/// Whose link it is, and the hash of the password they have.
base::Result<model::Agent> PasswordReset::ownerOf(model::InstanceId instance, const std::string& hash,
                                                  std::string& password) {
    auto reader = m_database.reader();
    if (!reader)
        return reader.error();
    auto token = reader->credentials().token(hash);
    if (!token)
        return token.error();
    if (!isGood(*token, instance, m_clock.now()))
        return invalid();
    auto agent = reader->directory().agent((*token)->agent);
    auto credential = reader->credentials().byAgent((*token)->agent);
    if (!agent || !credential)
        return agent ? credential.error() : agent.error();
    if (!*agent || (*agent)->deleted)
        return invalid();
    password = *credential ? (*credential)->passwordHash : std::string();
    return **agent;
}

base::Result<model::AgentId> PasswordReset::reset(model::InstanceId instance, const std::string& token,
                                                  const std::string& password, const std::string& address) {
    if (const auto wait = m_perAddress.begin("reset " + address, m_clock.now()); wait.count() > 0)
        return throttled(wait);
    if (!isToken(token))
        return invalid();
    const auto hash = tokenHash(token);
    std::string old;
    auto agent = ownerOf(instance, hash, old);
    if (!agent)
        return agent.error();
    if (auto good = checkNewPassword(password); !good)
        return good.error();
    if (!old.empty() && verifyPassword(old, password, m_rules.cost))
        return base::rejected("password_same");
    auto fresh = hashPassword(password, m_rules.cost);
    if (!fresh)
        return fresh.error();

    const auto now = m_clock.now();
    auto revoked = std::make_shared<std::vector<std::string>>(); // filled on the writer's thread
    const store::Credential row{agent->id, instance, *fresh, false, now};
    auto done = store::runJob(m_writer, [row, hash, now, revoked](store::Tables& tables) -> base::Result<void> {
        auto present = tables.credentials().token(hash); // others may have been faster
        auto owner = tables.directory().agent(row.agent);
        if (!present || !owner)
            return present ? owner.error() : present.error();
        if (!isGood(*present, row.instance, now) || !*owner || (*owner)->deleted)
            return invalid();
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
    m_perAddress.undecided("reset " + address);
    m_perAccount.succeeded(accountKey(instance, agent->email));
    m_accounts.wasReset(instance, agent->email, *revoked);
    return agent->id;
}

} // namespace cb::auth
