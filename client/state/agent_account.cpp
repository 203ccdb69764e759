#include "client/state/agent_account.h"

#include "client/bridge/convert.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

namespace cb::state {

namespace {

const QString kMe = QStringLiteral("me");

} // namespace

std::optional<wire::MeAnswer> AgentAccount::known(const Parts& parts, const api::Endpoint& endpoint,
                                                  model::AgentId agent) {
    const auto account = agent ? parts.local.account(endpoint.address(), agent) : base::rejected("agent_unknown");
    if (!account)
        return {};
    auto me = wire::decodeBody<wire::MeAnswer>(sync::AccountStore(parts.local, *account).kept(kMe));
    return me && me->me.id == agent ? std::optional(std::move(*me)) : std::nullopt;
}

QString AgentAccount::folderOf(const Parts& parts, qint64 account) {
    return QDir(parts.folder).filePath(QStringLiteral("account-%1").arg(account));
}

base::Result<std::unique_ptr<AgentAccount>> AgentAccount::make(const Parts& parts, const api::Endpoint& endpoint,
                                                               const wire::SignedIn& signedIn, bool cached) {
    const auto account = parts.local.account(endpoint.address(), signedIn.me.id);
    if (!account)
        return account.error();
    const QString folder = folderOf(parts, *account);
    QDir().mkpath(folder); // what customers sent is nobody else's on this machine
    QFile::setPermissions(folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    std::unique_ptr<AgentAccount> made(new AgentAccount(parts, endpoint, signedIn, cached, *account, folder));
    (void)made->m_store.prune(); // what stays too long only takes room
    if (!cached)
        (void)made->m_store.keep(kMe, wire::encodeBody(wire::MeAnswer{signedIn.me, signedIn.instance, false}));
    return made;
}

AgentAccount::AgentAccount(const Parts& parts, const api::Endpoint& endpoint, const wire::SignedIn& signedIn,
                           bool cached, qint64 account, const QString& folder)
    : m_token(bridge::toQt(signedIn.token))
    , m_folder(folder)
    , m_cached(cached)
    , m_store(parts.local, account)
    , m_rest(parts.network, endpoint)
    , m_session(endpoint, parts.device, parts.session)
    , m_files(m_rest, folder + QStringLiteral("/files"))
    , m_outbox(m_store, m_session, m_rest, m_files, folder + QStringLiteral("/outbox"))
    , m_workbench({m_session, m_rest, m_store, m_outbox, m_files}, signedIn.instance, signedIn.me)
    , m_commands(m_workbench, {m_session, m_rest, m_store, m_outbox, m_files})
    , m_wrapUps(m_workbench, m_commands, m_store)
    , m_notices(m_workbench, m_wrapUps)
    , m_calls({m_workbench, m_commands, m_wrapUps, m_session, m_store}, parts.makeMedia)
    , m_quickReplies(m_rest, m_store)
    , m_screenPops(m_rest, m_store)
    , m_history(m_rest)
    , m_admin(m_rest, m_workbench)
    , m_overview(m_session) {
    m_rest.setToken(m_token);
    if (cached)
        m_workbench.restore();
    connect(&m_session, &api::AgentSession::welcomed, &m_quickReplies, &QuickReplies::load);
    connect(&m_workbench, &WorkbenchState::quickRepliesChanged, &m_quickReplies, &QuickReplies::load);
    connect(&m_session, &api::AgentSession::welcomed, &m_screenPops, &ScreenPops::load);
    connect(&m_workbench, &WorkbenchState::screenPopsChanged, &m_screenPops, &ScreenPops::load);
    connect(&m_session, &api::AgentSession::welcomed, &m_history, &CustomerHistory::retry);
}

// Not session().stop(): its answers would go to views that are gone by now.
AgentAccount::~AgentAccount() = default;

base::Result<void> AgentAccount::forgetCustomer(model::CustomerId customer,
                                                const std::vector<model::SessionId>& sessions) {
    m_workbench.forgetTranscripts(sessions);
    return m_store.forget(customer, sessions);
}

void AgentAccount::connectToServer() {
    m_session.start(m_token, m_store.cursor(), m_cached);
}

} // namespace cb::state
