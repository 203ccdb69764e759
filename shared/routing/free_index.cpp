#include "shared/routing/impl_p.h"

namespace cb::routing {

bool Router::Impl::isAvailable(const AgentPart& agent) const {
    return agent.base == AgentStatus::Idle && agent.connected && !agent.hasPending && agent.ringing == kNone &&
           agent.exclusive == kNone && agent.afterCall == AfterCall::None && !agent.dialOut;
}

/// By work held only: what Busy is derived from. A chat needs load < limit over all groups; a call needs an agent
/// without chats unless blending is on.
bool Router::Impl::hasRoom(const AgentPart& agent, const GroupPart& group) const {
    if (isExclusive(group.mode))
        return settings.blending || agent.held == 0;
    return agent.held < group.limit;
}

bool Router::Impl::mayOffer(const AgentPart& agent, const GroupPart& group) const {
    if (group.mode == Mode::Chat && !settings.blending && agent.directCalls > 0)
        return false;
    return hasRoom(agent, group);
}

bool Router::Impl::isBlocked(const GroupPart& group, const FreeLine& line) const {
    return group.mode == Mode::Chat && profiles[line.profile].waitingGroups > 0;
}

FreeKey Router::Impl::keyFor(Index a, const GroupPart& group) const {
    const AgentPart& agent = agents[a];
    std::int64_t primary = agent.held;
    if (group.mode == Mode::Phone)
        primary = settings.phoneFewestCalls ? agent.callsToday : 0;
    return {primary, agent.idleSince, agent.id, a};
}

void Router::Impl::reindex(Index a) {
    AgentPart& agent = agents[a];
    const bool available = isAvailable(agent);
    for (Membership& m : agent.memberships) {
        GroupPart& group = groups[m.group];
        OrderTree<FreeKey>& free = group.lines[m.line].free;
        const bool wanted = available && mayOffer(agent, group);
        const FreeKey key = keyFor(a, group);
        if (m.inFree && wanted && m.key == key)
            continue;
        if (m.inFree)
            free.erase(m.key);
        if (wanted)
            free.insert(key);
        m.inFree = wanted;
        m.key = key;
    }
}

void Router::Impl::unindex(AgentPart& agent) {
    for (Membership& m : agent.memberships) {
        if (m.inFree)
            groups[m.group].lines[m.line].free.erase(m.key);
        m.inFree = false;
    }
}

const Membership* Router::Impl::membership(const AgentPart& agent, Index g) const {
    for (const Membership& m : agent.memberships)
        if (m.group == g)
            return &m;
    return nullptr;
}

bool Router::Impl::anyFree(const GroupPart& group) const {
    for (const FreeLine& line : group.lines)
        if (!line.free.empty() && !isBlocked(group, line))
            return true;
    return false;
}

} // namespace cb::routing
