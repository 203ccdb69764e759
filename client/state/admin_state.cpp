#include "client/state/admin_state.h"

#include "client/state/workbench_state.h"

namespace cb::state {

namespace {

/// How a list is asked for.
template <class Body>
typename LoadedBody<Body>::Ask asking(api::AdminClient& client,
                                      void (api::AdminClient::*request)(QObject*, api::RestClient::Then<Body>)) {
    return [&client, request](QObject* context, api::RestClient::Then<Body> then) {
        (client.*request)(context, std::move(then));
    };
}

} // namespace

AdminState::AdminState(api::RestClient& rest, WorkbenchState& workbench, QObject* parent)
    : QObject(parent)
    , m_client(rest)
    , m_workbench(workbench)
    , m_groups(asking(m_client, &api::AdminClient::groups))
    , m_agents(asking(m_client, &api::AdminClient::agents))
    , m_channels(asking(m_client, &api::AdminClient::channels))
    , m_flows(asking(m_client, &api::AdminClient::flows))
    , m_blocked(asking(m_client, &api::AdminClient::blockedCustomers))
    , m_settings(asking(m_client, &api::AdminClient::settings))
    , m_replies(asking(m_client, &api::AdminClient::quickReplies))
    , m_pops(asking(m_client, &api::AdminClient::screenPops))
    , m_numbers(asking(m_client, &api::AdminClient::numbers))
    , m_audio(asking(m_client, &api::AdminClient::audio))
    , m_audit(m_client) {
    const auto outdateAll = [this] {
        for (Loaded* part : std::initializer_list<Loaded*>{&m_groups, &m_agents, &m_channels, &m_flows, &m_blocked,
                                                           &m_settings, &m_replies, &m_pops, &m_numbers, &m_audio})
            part->setOutdated();
    };
    connect(&workbench, &WorkbenchState::listsChanged, this, outdateAll);
    connect(&workbench, &WorkbenchState::groupsConfigured, &m_groups, &Loaded::setOutdated);
    connect(&workbench, &WorkbenchState::groupsConfigured, &m_agents, &Loaded::setOutdated);
    connect(&workbench, &WorkbenchState::settingsChanged, &m_settings, &Loaded::setOutdated);
    connect(&workbench, &WorkbenchState::quickRepliesChanged, &m_replies, &Loaded::setOutdated);
    connect(&workbench, &WorkbenchState::screenPopsChanged, &m_pops, &Loaded::setOutdated);
    connect(&workbench, &WorkbenchState::connectionChanged, this, [this, outdateAll] {
        if (m_workbench.connection() == WorkbenchState::Connection::Connected)
            outdateAll();
    });
}

} // namespace cb::state
