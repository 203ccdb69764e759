#include "client/state/agent_account.h"

#include "client/bridge/convert.h"

#include <QtCore/QDir>

namespace cb::state {

base::Result<std::unique_ptr<AgentAccount>> AgentAccount::make(const Parts& parts, const api::Endpoint& endpoint,
                                                               const wire::SignedIn& signedIn) {
    const auto account = parts.local.account(endpoint.address(), signedIn.me.id);
    if (!account)
        return account.error();
    const QString folder = QDir(parts.folder).filePath(QStringLiteral("account-%1").arg(*account));
    std::unique_ptr<AgentAccount> made(new AgentAccount(parts, endpoint, signedIn, *account, folder));
    (void)made->m_store.prune(); // what stays too long only takes room
    return made;
}

AgentAccount::AgentAccount(const Parts& parts, const api::Endpoint& endpoint, const wire::SignedIn& signedIn,
                           qint64 account, const QString& folder)
    : m_token(bridge::toQt(signedIn.token))
    , m_store(parts.local, account)
    , m_rest(parts.network, endpoint)
    , m_session(endpoint, parts.device, parts.session)
    , m_files(m_rest, folder + QStringLiteral("/files"))
    , m_outbox(m_store, m_session, m_rest, m_files, folder + QStringLiteral("/outbox"))
    , m_workbench({m_session, m_rest, m_store, m_outbox, m_files}, signedIn.instance, signedIn.me)
    , m_commands(m_workbench, {m_session, m_rest, m_store, m_outbox, m_files})
    , m_quickReplies(m_rest)
    , m_history(m_rest) {
    m_rest.setToken(m_token);
}

AgentAccount::~AgentAccount() {
    m_session.stop();
}

void AgentAccount::connectToServer() {
    m_session.start(m_token, m_store.cursor());
    m_quickReplies.load();
}

} // namespace cb::state
