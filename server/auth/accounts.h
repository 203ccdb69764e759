#pragma once

#include "server/auth/password.h"
#include "server/auth/throttle.h"
#include "server/store/records.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"
#include "shared/model/agent.h"
#include "shared/model/instance.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cb::store {
class Database;
class Writer;
class Tables;
} // namespace cb::store

namespace cb::auth {

/// What failures of an account are counted by: as the store compares addresses, ASCII letters of either case are the
/// same.
std::string accountKey(model::InstanceId instance, std::string_view email);
/// `throttled` with params.retry_ms.
base::Error throttled(base::Millis wait);

struct AccountRules {
    base::Millis shortLife = std::chrono::hours(12);
    base::Millis longLife = std::chrono::hours(24 * 30); ///< with "remember"
    ThrottleRule perAccount{};
    ThrottleRule perAddress{20, base::Millis{1'000}, base::Millis{15 * 60'000}, base::Millis{60 * 60'000}};
    Cost cost = Cost::Interactive;
};

/// Whose token it is. Values of the moment it was checked.
struct Principal {
    model::InstanceId instance;
    model::AgentId agent;
    model::Role role = model::Role::Agent;
    bool mustChangePassword = false;
    std::string tokenHash;
    base::TimePoint expiresAt{};
};

struct SignInRequest {
    model::InstanceId instance;
    std::string email;
    std::string password;
    bool remember = false;
    std::string device;
    std::string address; ///< who asks, as net::limitKey names them; for throttling
};

struct SignedIn {
    std::string token;
    base::TimePoint expiresAt{};
    bool mustChangePassword = false;
    model::Agent agent;
    model::Instance instance;
};

struct FreshToken {
    std::string token;
    base::TimePoint expiresAt{};
};

/// Sign-in, tokens and passwords of agents and admins. All functions are safe from any thread and block: on the
/// database, on the writer's commit, and where it says so on a password hash.
class Accounts {
public:
    /// Told which tokens (by hash) are no longer good, so that their connections can be closed. Any thread.
    using Revoked = std::function<void(const std::vector<std::string>& tokenHashes)>;

    Accounts(store::Database& database, store::Writer& writer, const base::Clock& clock, AccountRules rules = {});

    /// Set before anything else is called.
    void onRevoked(Revoked revoked) { m_revoked = std::move(revoked); }

    /// Hashes a password, also when there is no such account, so that the time tells nothing.
    /// Errors: bad_credentials, throttled (retry_ms), storage_unavailable, overloaded.
    base::Result<SignedIn> signIn(const SignInRequest& request);

    /// Errors: bad_token (unknown, expired, revoked, or of a deleted agent), storage_unavailable.
    base::Result<Principal> check(std::string_view token) const;
    base::Result<Principal> checkHash(const std::string& tokenHash) const;

    /// Hashes. Revokes all other tokens of the agent; the one that asked is replaced by the answer's.
    /// Errors: bad_credentials (old is wrong, or was changed meanwhile), bad_token (revoked meanwhile), throttled,
    /// password_weak, password_same, storage_unavailable.
    base::Result<FreshToken> changePassword(const Principal& who, const std::string& oldPassword,
                                            const std::string& newPassword);

    base::Result<void> signOut(const Principal& who);

    /// For the operator's commands: a new random password that must be changed; revokes everything. Returns the
    /// password.
    base::Result<std::string> resetPassword(model::InstanceId instance, model::AgentId agent);

    /// A password was set by a link: failed sign-ins are forgotten, connections of what was revoked are told.
    void wasReset(model::InstanceId instance, const std::string& email, const std::vector<std::string>& revoked);

private:
    /// `credential` is the one that was verified. Errors: bad_credentials when it is another by now.
    base::Result<SignedIn> finishSignIn(const SignInRequest& request, const model::Agent& agent,
                                        const store::Credential& credential);

    store::Database& m_database;
    store::Writer& m_writer;
    const base::Clock& m_clock;
    AccountRules m_rules;
    FailureLedger m_accounts;
    FailureLedger m_addresses;
    Revoked m_revoked;
};

} // namespace cb::auth
