#pragma once

#include "client/state/agent_account.h"
#include "client/state/secret_store.h"

#include <functional>
#include <memory>
#include <optional>

namespace cb::state {

/// Signing in and out, as steps a view can show one page for each.
class AccountState : public QObject {
    Q_OBJECT
public:
    enum class Step {
        SignedOut,      ///< the sign-in page; error() says why when it was not asked for
        SigningIn,      ///< asking the server
        ChangePassword, ///< a password of one's own first: changePassword() or signOut()
        Connecting,     ///< the workbench's connection is being made
        Takeover,       ///< it is open on takeoverDevice(): confirmTakeover() or leave()
        SignedIn        ///< the workbench; it stays through reconnects
    };
    Q_ENUM(Step)

    AccountState(AgentAccount::Parts parts, SecretStore& secrets, QObject* parent = nullptr);
    ~AccountState() override;

    Step step() const { return m_step; }
    /// What went wrong last; empty code = nothing. Cleared by the next action.
    const base::Error& error() const { return m_error; }
    bool isBusy() const { return m_busy; } ///< an answer is awaited: buttons are off
    QString takeoverDevice() const { return m_takeoverDevice; }
    QDateTime takeoverSince() const { return m_takeoverSince; }
    QString address() const;
    QString email() const { return m_email; }

    /// Addresses used before, newest first.
    std::vector<sync::KnownAddress> knownAddresses() const;
    /// What was typed here into this account and never sent: messages, drafts, wrap-ups.
    int unsent(const sync::KnownAddress& address) const;
    /// While SignedOut: takes the address off the list and everything of its account off this machine — conversations,
    /// drafts, what was not sent, files, the token, which is also signed out when the server can be reached. When
    /// something of it cannot be removed error() says so, and the address stays for another try.
    void forget(const sync::KnownAddress& address);

    /// The address is checked first (bad_address).
    void signIn(const QString& address, const QString& email, const QString& password, bool remember);
    /// Has a letter with a link to a new password written, if there is such an account, which nobody learns from it.
    /// `told` is called once with what went wrong (empty code = nothing), unless `context` is gone by then.
    void forgotPassword(const QString& address, const QString& email, QObject* context,
                        std::function<void(const base::Error&)> told);
    /// With the token of the newest remembered address; stays SignedOut when there is none. When the server does not
    /// answer, the workbench opens with what is cached: SignedIn, its connection Waiting.
    void signInRemembered();
    /// `old` may be empty when the password was typed at signIn.
    void changePassword(const QString& old, const QString& fresh);
    void confirmTakeover();
    /// Revokes the token, forgets it, and goes back to SignedOut. What waits in the outbox stays for the next time.
    void signOut();
    /// Goes back to SignedOut; a remembered sign-in stays remembered, any other one is signed out.
    void leave();

    /// While SignedIn, Connecting or Takeover; nullptr otherwise.
    AgentAccount* account() { return m_account.get(); }

    static constexpr int kPasswordMin = 8;

Q_SIGNALS:
    void stepChanged(cb::state::AccountState::Step step);
    void errorChanged();
    void busyChanged(bool busy);
    /// "Stay signed in" was wished and the system's key store did not keep the sign-in: this time works, the next one
    /// asks for the password again.
    void notRemembered();
    /// Before the account goes: views let go of its models.
    void accountAboutToClose();

private:
    void setStep(Step step);
    void setError(const base::Error& error);
    void setBusy(bool busy);
    void onSignedIn(const wire::SignedIn& signedIn);
    void onGaveUp(const base::Error& error);
    base::Error eraseDeleted();
    void askWho(const QString& token);
    void openAccount(bool cached = false);
    bool openCached(const QString& token);
    void goBack(); ///< to SignedOut, without what was signed in
    void closeAccount();
    void rememberAddress();
    void onNotKept(sync::KnownAddress known);
    void forgetToken(const sync::KnownAddress& known);
    void scrub();
    QString secretKey() const;

    AgentAccount::Parts m_parts;
    SecretStore& m_secrets;
    Step m_step = Step::SignedOut;
    base::Error m_error;
    bool m_busy = false;
    std::optional<api::Endpoint> m_endpoint;
    QString m_email;
    QString m_password; ///< only until a forced change is done
    bool m_remember = false;
    wire::SignedIn m_signedIn;
    std::unique_ptr<api::RestClient> m_rest; ///< until there is an account
    std::unique_ptr<AgentAccount> m_account;
    QString m_takeoverDevice;
    QDateTime m_takeoverSince;
    std::uint64_t m_attempt = 0; ///< answers of an earlier one are dropped
};

} // namespace cb::state
