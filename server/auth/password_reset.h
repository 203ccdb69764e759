#pragma once

#include "server/auth/accounts.h"

namespace cb::auth {

struct ResetRules {
    base::Millis life = std::chrono::minutes(30); ///< of a link
    /// Letters one account gets, and links one address asks for or tries.
    ThrottleRule perAccount{3, base::Millis{60'000}, base::Millis{60 * 60'000}, base::Millis{60 * 60'000}};
    ThrottleRule perAddress{20, base::Millis{1'000}, base::Millis{15 * 60'000}, base::Millis{60 * 60'000}};
    Cost cost = Cost::Interactive;
};

/// “Forgotten password”: a one-time link by mail. Any thread.
class PasswordReset {
public:
    /// Runs work later, on some other thread; false when too much waits. What it was given may be dropped at the end of
    /// the server: nobody was promised anything.
    using Later = std::function<bool(std::function<void()> work)>;
    /// What this server is called from outside, without a slash at the end. Not what a request says it is: links with a
    /// stranger's host would carry the token there.
    using PublicUrl = std::function<std::string()>;

    PasswordReset(store::Database& database, store::Writer& writer, const base::Clock& clock, Accounts& accounts,
                  Later later, PublicUrl publicUrl, ResetRules rules = {});

    /// Whether there is such an account is looked up after the answer, so neither the answer nor its time tells.
    /// `address`: who asks, as net::limitKey names them. Errors: throttled (retry_ms), overloaded.
    base::Result<void> ask(model::InstanceId instance, const std::string& email, const std::string& address);

    /// Hashes. Sets the password and revokes everything the agent is signed in with, and all other links; of two with
    /// the same token at once one gets through. Errors: reset_link_invalid (unknown, used, expired, of another
    /// instance, of a deleted agent), throttled, password_weak, password_same, bad_field, storage_unavailable.
    base::Result<model::AgentId> reset(model::InstanceId instance, const std::string& token,
                                       const std::string& password, const std::string& address);

private:
    void writeLetter(model::InstanceId instance, const std::string& email);
    base::Result<void> storeLetter(model::InstanceId instance, const std::string& email);
    base::Result<model::Agent> ownerOf(model::InstanceId instance, const std::string& hash, std::string& password);

    store::Database& m_database;
    store::Writer& m_writer;
    const base::Clock& m_clock;
    Accounts& m_accounts;
    Later m_later;
    PublicUrl m_publicUrl;
    ResetRules m_rules;
    FailureLedger m_perAccount;
    FailureLedger m_perAddress;
};

} // namespace cb::auth
