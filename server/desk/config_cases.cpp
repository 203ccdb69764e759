#include "server/desk/centre.h"

#include <algorithm>
#include <utility>

namespace cb::desk {

namespace {

constexpr std::size_t kNamedSessions = 5; ///< in the reason why a group cannot go

/// Only what a change of configuration may hold; anything else is dropped.
store::Batch configOnly(store::Batch rows) {
    store::Batch out;
    out.instances = std::move(rows.instances);
    out.groups = std::move(rows.groups);
    out.removedGroups = std::move(rows.removedGroups);
    out.agents = std::move(rows.agents);
    out.channels = std::move(rows.channels);
    out.flows = std::move(rows.flows);
    out.quickReplies = std::move(rows.quickReplies);
    out.removedQuickReplies = std::move(rows.removedQuickReplies);
    out.screenPops = std::move(rows.screenPops);
    out.credentials = std::move(rows.credentials);
    out.revokedTokens = std::move(rows.revokedTokens);
    out.mails = std::move(rows.mails);
    out.phoneNumbers = std::move(rows.phoneNumbers);
    out.audio = std::move(rows.audio);
    return out;
}

template <class Rows>
bool allOf(const Rows& rows, model::InstanceId instance) {
    return std::all_of(rows.begin(), rows.end(), [&](const auto& row) { return row.instance == instance; });
}

} // namespace

/// Not while somebody waits, rings, is served or in wrap-up there.
std::optional<base::Error> Centre::checkRemoval(model::GroupId group) const {
    std::set<model::SessionId> there;
    for (const auto& [session, live] : m_sessions)
        if (live.row.group == group && live.row.state != model::SessionState::Completed)
            there.insert(session);
    if (there.empty())
        return std::nullopt;
    std::string names;
    std::size_t named = 0;
    for (const model::SessionId session : there)
        if (named++ < kNamedSessions)
            names += (names.empty() ? "" : ", ") + std::to_string(session.value);
    auto error = base::with(base::conflict("group_in_use"), "count", std::to_string(there.size()));
    error = base::with(std::move(error), "session", std::to_string(there.begin()->value));
    if (there.size() > kNamedSessions)
        error = base::with(std::move(error), "more", std::to_string(there.size() - kNamedSessions));
    return base::with(std::move(error), "sessions", std::move(names));
}

std::optional<base::Error> Centre::checkChange(const store::Batch& rows) const {
    const bool own =
        allOf(rows.groups, m_instance.id) && allOf(rows.agents, m_instance.id) && allOf(rows.channels, m_instance.id) &&
        allOf(rows.flows, m_instance.id) && allOf(rows.quickReplies, m_instance.id) &&
        allOf(rows.screenPops, m_instance.id) && allOf(rows.credentials, m_instance.id) &&
        allOf(rows.customers, m_instance.id) && allOf(rows.phoneNumbers, m_instance.id) &&
        allOf(rows.audio, m_instance.id) &&
        std::all_of(rows.instances.begin(), rows.instances.end(), [&](const auto& row) { return row.id == id(); });
    if (!own)
        return base::with(base::rejected("bad_field", "a row of another instance"), "field", "instance");
    for (const model::Group& row : rows.groups) {
        const LiveGroup* known = find(row.id);
        if (known != nullptr && known->row.mode != row.mode)
            return base::with(base::rejected("bad_field", "the mode of a group is fixed"), "field", "mode");
    }
    for (const model::GroupId group : rows.removedGroups)
        if (auto error = checkRemoval(group))
            return error;
    return std::nullopt;
}

void Centre::apply(const model::Group& row, Turn& turn) {
    LiveGroup& group = m_groups[row.id];
    const bool known = static_cast<bool>(group.row.id);
    group.row = row;
    group.toldWaiting = -1;
    if (known)
        route(routing::event::GroupChanged{row}, turn);
    else
        route(routing::event::GroupAdded{row}, turn);
}

void Centre::apply(const model::Agent& row, Turn& turn, std::vector<ConnectionId>& closed) {
    LiveAgent* known = find(row.id);
    if (known == nullptr) {
        LiveAgent& agent = m_agents[row.id];
        agent.row = row;
        agent.stored.agent = row.id; // as recovery finds one who was never online
        agent.stored.instance = m_instance.id;
        if (!row.deleted)
            route(routing::event::AgentAdded{row.id, row.groups}, turn);
        return;
    }
    const model::Agent before = std::exchange(known->row, row);
    known->told = false;
    if (before.deleted)
        return;
    if (!row.deleted) {
        if (row.groups != before.groups)
            route(routing::event::MembershipChanged{row.id, row.groups}, turn);
        return;
    }
    route(routing::event::AgentRemoved{row.id}, turn);
    if (const ConnectionId connection = std::exchange(known->connection, 0); connection != 0) {
        turn.durable.emplace_back(Bye{connection, ByeCode::Deleted});
        closed.push_back(connection);
    }
}

void Centre::apply(const store::FlowRow& row) {
    LiveFlow& flow = m_flows[row.flow];
    flow.id = row.flow;
    flow.mode = row.mode;
    flow.published = row.published;
    flow.newest = std::max(flow.newest, row.version);
}

void Centre::remove(model::GroupId id, Turn& turn) {
    if (find(id) == nullptr)
        return;
    route(routing::event::GroupRemoved{id}, turn);
    for (auto& [agent, live] : m_agents) {
        auto& groups = live.row.groups;
        groups.erase(std::remove(groups.begin(), groups.end(), id), groups.end());
        live.told = false;
    }
    m_groups.erase(id);
}

/// What they are signed in with is no longer good: the workbench is told and has to sign in again. Their sessions have
/// the usual grace.
void Centre::signOut(model::AgentId id, Turn& turn, std::vector<ConnectionId>& closed) {
    LiveAgent* agent = find(id);
    if (agent == nullptr || agent->connection == 0)
        return;
    const ConnectionId connection = std::exchange(agent->connection, 0);
    turn.durable.emplace_back(Bye{connection, ByeCode::TokenRevoked});
    closed.push_back(connection);
    route(routing::event::AgentDisconnected{id}, turn);
}

void Centre::tellLists(Turn& turn) const {
    ConfigEffect effect;
    effect.instance = m_instance.id;
    effect.lists = true;
    turn.transient.emplace_back(effect); // what changed is on the disk already
}

void Centre::change(ChangeConfig command, Turn& turn, std::vector<ConnectionId>& closed) {
    turn.touch(m_instance.id);
    if (auto error = checkChange(command.rows)) {
        if (command.done)
            command.done(*error);
        return;
    }
    const store::Batch& rows = command.rows;
    ConfigEffect effect;
    effect.instance = m_instance.id;
    effect.groups = !rows.groups.empty() || !rows.removedGroups.empty();
    effect.agents = !rows.agents.empty();
    effect.quickReplies = !rows.quickReplies.empty() || !rows.removedQuickReplies.empty();
    effect.screenPops = !rows.screenPops.empty();
    for (const model::Instance& row : rows.instances) {
        m_instance = row;
        if (command.zone) {
            m_zone = *command.zone;
            m_day.begin(m_zone, turn.now);
            armDay(turn.now);
        }
        effect.settings = row.settings;
        route(routing::event::SettingsChanged{row.settings}, turn);
    }
    for (const store::FlowRow& row : rows.flows)
        apply(row);
    for (const model::Channel& row : rows.channels)
        m_channels[row.id] = row;
    for (const model::PhoneNumber& row : rows.phoneNumbers) { // agents are told with their next welcome
        m_numbers.erase(row.channel);
        if (!row.released)
            m_numbers[row.channel] = row;
    }
    for (const model::Group& row : rows.groups)
        apply(row, turn);
    for (const model::Agent& row : rows.agents)
        apply(row, turn, closed);
    for (const model::GroupId group : rows.removedGroups)
        remove(group, turn);
    for (const model::AgentId agent : rows.revokedTokens)
        signOut(agent, turn, closed);
    drain(turn);
    for (const model::Customer& row : rows.customers)
        if (LiveCustomer* customer = customerFor(row.id, row); customer != nullptr) {
            setBlocked(*customer, row.blocked, turn, closed);
            rest(*customer, turn);
        }
    turn.batch.append(configOnly(std::move(command.rows)));
    record(turn, model::EventKind::Audit, {}, command.by,
           model::AuditDetail{command.action, command.target, command.before, command.after});
    effect.lists = true;
    effect.by = command.by;
    turn.durable.emplace_back(effect);
    if (command.done)
        turn.answers.push_back(std::move(command.done));
    figuresMoved(turn);
}

} // namespace cb::desk
