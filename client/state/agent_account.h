#pragma once

#include "client/state/admin_state.h"
#include "client/state/calls.h"
#include "client/state/commands.h"
#include "client/state/customer_history.h"
#include "client/state/notices.h"
#include "client/state/overview.h"
#include "client/state/quick_replies.h"
#include "client/state/screen_pops.h"

namespace cb::state {

/// Everything that exists while an agent is signed in, put together. Made and owned by AccountState.
class AgentAccount : public QObject {
    Q_OBJECT
public:
    struct Parts {
        QNetworkAccessManager& network;
        sync::LocalStore& local;
        QString folder; ///< for files of this program
        QString device;
        api::SessionOptions session;
        base::Millis patience{3'000}; ///< then a remembered sign-in goes on with the cache and waits behind it
        call::MakeMedia makeMedia{};  ///< the sound of calls; empty: none
    };

    /// Error: cache_unavailable. `signedIn` is what the server said, now or (`cached`) in an earlier run: then the
    /// workbench shows what was there until the server says what is. Its token is used from here on.
    static base::Result<std::unique_ptr<AgentAccount>> make(const Parts& parts, const api::Endpoint& endpoint,
                                                            const wire::SignedIn& signedIn, bool cached = false);
    /// Who this agent is and where, as the server said in an earlier run; nothing when it never did.
    static std::optional<wire::MeAnswer> known(const Parts& parts, const api::Endpoint& endpoint, model::AgentId agent);
    /// Where the files of the account with this row number are.
    static QString folderOf(const Parts& parts, qint64 account);
    ~AgentAccount() override;

    const QString& folder() const { return m_folder; } ///< of this account's files, nobody else's on this machine
    api::RestClient& rest() { return m_rest; }
    api::AgentSession& session() { return m_session; }
    sync::AccountStore& store() { return m_store; }
    sync::Outbox& outbox() { return m_outbox; }
    WorkbenchState& workbench() { return m_workbench; }
    Commands& commands() { return m_commands; }
    WrapUps& wrapUps() { return m_wrapUps; }
    Notices& notices() { return m_notices; }
    Calls& calls() { return m_calls; }
    QuickReplies& quickReplies() { return m_quickReplies; }
    ScreenPops& screenPops() { return m_screenPops; }
    CustomerHistory& history() { return m_history; }
    AdminState& admin() { return m_admin; }     ///< asks nothing until a page of it opens
    Overview& overview() { return m_overview; } ///< likewise

    /// An admin erased them on the server: what is kept of them here goes, too. `sessions`: theirs, as far as known.
    /// Error: cache_unavailable.
    base::Result<void> forgetCustomer(model::CustomerId customer, const std::vector<model::SessionId>& sessions);
    void connectToServer();

private:
    AgentAccount(const Parts& parts, const api::Endpoint& endpoint, const wire::SignedIn& signedIn, bool cached,
                 qint64 account, const QString& folder);

    QString m_token;
    QString m_folder;
    bool m_cached;
    sync::AccountStore m_store;
    api::RestClient m_rest;
    api::AgentSession m_session;
    api::AttachmentCache m_files;
    sync::Outbox m_outbox;
    WorkbenchState m_workbench;
    Commands m_commands;
    WrapUps m_wrapUps;
    Notices m_notices;
    Calls m_calls;
    QuickReplies m_quickReplies;
    ScreenPops m_screenPops;
    CustomerHistory m_history;
    AdminState m_admin;
    Overview m_overview;
};

} // namespace cb::state
