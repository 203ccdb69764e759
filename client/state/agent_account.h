#pragma once

#include "client/state/commands.h"
#include "client/state/customer_history.h"
#include "client/state/quick_replies.h"

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
    };

    /// Error: cache_unavailable. `signedIn` is what the server said; its token is used from here on.
    static base::Result<std::unique_ptr<AgentAccount>> make(const Parts& parts, const api::Endpoint& endpoint,
                                                            const wire::SignedIn& signedIn);
    ~AgentAccount() override;

    api::RestClient& rest() { return m_rest; }
    api::AgentSession& session() { return m_session; }
    sync::Outbox& outbox() { return m_outbox; }
    WorkbenchState& workbench() { return m_workbench; }
    Commands& commands() { return m_commands; }
    QuickReplies& quickReplies() { return m_quickReplies; }
    CustomerHistory& history() { return m_history; }

    void connectToServer();

private:
    AgentAccount(const Parts& parts, const api::Endpoint& endpoint, const wire::SignedIn& signedIn, qint64 account,
                 const QString& folder);

    QString m_token;
    sync::AccountStore m_store;
    api::RestClient m_rest;
    api::AgentSession m_session;
    api::AttachmentCache m_files;
    sync::Outbox m_outbox;
    WorkbenchState m_workbench;
    Commands m_commands;
    QuickReplies m_quickReplies;
    CustomerHistory m_history;
};

} // namespace cb::state
