#include "shared/routing/impl_p.h"

#include <algorithm>

namespace cb::routing {

namespace {

int limitOf(const model::Group& group) {
    return isExclusive(group.mode) ? 1 : std::max(1, group.limit);
}

} // namespace

void Router::Impl::on(const event::GroupAdded& e) {
    if (!e.group.id || groupIndex.find(e.group.id.value) != kNone)
        return refuse(code::kGroupExists, {}, {}, e.group.id);
    const Index g = groups.take();
    GroupPart& group = groups[g];
    group.id = e.group.id.value;
    group.mode = e.group.mode;
    group.limit = limitOf(e.group);
    group.emptySince = now;
    groupIndex.insert(group.id, g);
}

void Router::Impl::on(const event::GroupChanged& e) {
    const Index g = groupIndex.find(e.group.id.value);
    if (g == kNone)
        return refuse(code::kGroupUnknown, {}, {}, e.group.id);
    if (groups[g].mode != e.group.mode)
        return refuse(code::kWrongMode, {}, {}, e.group.id);
    if (groups[g].limit == limitOf(e.group))
        return;
    groups[g].limit = limitOf(e.group);
    for (const Index a : groups[g].members) {
        reindex(a);
        publish(agents[a]);
    }
    toRematch.push_back(g);
}

void Router::Impl::on(const event::GroupRemoved& e) {
    const Index g = groupIndex.find(e.group.value);
    if (g == kNone)
        return refuse(code::kGroupUnknown, {}, {}, e.group);
    if (groups[g].sessions > 0)
        return refuse(code::kGroupInUse, {}, {}, e.group);
    for (const Index a : std::vector<Index>(groups[g].members)) {
        std::vector<Index> rest;
        for (const Membership& m : agents[a].memberships)
            if (m.group != g)
                rest.push_back(m.group);
        setMemberships(a, std::move(rest));
    }
    groupIndex.erase(groups[g].id);
    groups.release(g);
}

void Router::Impl::on(const event::AgentAdded& e) {
    if (!e.agent || agentIndex.find(e.agent.value) != kNone)
        return refuse(code::kAgentExists, {}, e.agent);
    const Index a = agents.take();
    agents[a].id = e.agent.value;
    agents[a].since = agents[a].idleSince = now;
    agentIndex.insert(e.agent.value, a);
    assignLines(agents[a]);
    setMemberships(a, known(e.groups));
}

void Router::Impl::on(const event::AgentRemoved& e) {
    const Index a = activeAgent(e.agent);
    if (a == kNone)
        return refuse(code::kAgentUnknown, {}, e.agent);
    AgentPart& agent = agents[a];
    agent.hasPending = false;
    setBase(a, AgentStatus::Offline, StatusReason::Deleted);
    stopOffers(a, OfferOutcome::Withdrawn, decision::ReturnReason::AgentRemoved);
    flushDirects(a, decision::ReturnReason::AgentRemoved);
    for (const Index s : std::vector<Index>(agent.sessions)) {
        if (sessions[s].state == SessionState::WrapUp)
            complete(s, true);
        else if (!isExclusive(sessions[s].mode))
            returnOpen(s, decision::ReturnReason::AgentRemoved);
    }
    agent.afterCall = AfterCall::None;
    agent.recoveryAt = kNoTime;
    setMemberships(a, {});
    leaveLines(agent);
    agent.removed = true;
    agent.nextReason = StatusReason::Deleted;
    touch(a);
}

void Router::Impl::on(const event::MembershipChanged& e) {
    const Index a = activeAgent(e.agent);
    if (a == kNone)
        return refuse(code::kAgentUnknown, {}, e.agent);
    setMemberships(a, known(e.groups));
}

void Router::Impl::on(const event::SettingsChanged& e) {
    settings = e.settings;
    reindexAll();
}

void Router::Impl::on(const event::DayStarted&) {
    for (AgentPart& agent : agents.all())
        agent.callsToday = 0;
    for (std::size_t a = 0; a < agents.all().size(); ++a)
        reindex(static_cast<Index>(a));
}

std::vector<Index> Router::Impl::known(const std::vector<GroupId>& ids) const {
    std::vector<Index> result;
    for (const GroupId id : ids) {
        const Index g = groupIndex.find(id.value);
        if (g != kNone && std::find(result.begin(), result.end(), g) == result.end())
            result.push_back(g);
    }
    return result;
}

void Router::Impl::setMemberships(Index a, std::vector<Index> wanted) {
    AgentPart& agent = agents[a];
    leaveLines(agent);
    for (std::size_t i = agent.memberships.size(); i-- > 0;) {
        const Index g = agent.memberships[i].group;
        if (std::erase(wanted, g) > 0)
            continue;
        leave(a, i);
        returnFromGroup(a, g);
    }
    for (const Index g : wanted)
        join(a, g);
    assignLines(agent);
    touch(a);
}

void Router::Impl::join(Index a, Index g) {
    GroupPart& group = groups[g];
    Membership m;
    m.group = g;
    m.memberPos = static_cast<Index>(group.members.size());
    group.members.push_back(a);
    agents[a].memberships.push_back(m);
    if (agents[a].online())
        memberOnline(g, true);
}

void Router::Impl::leave(Index a, std::size_t membershipAt) {
    AgentPart& agent = agents[a];
    const Membership gone = agent.memberships[membershipAt];
    agent.memberships.erase(agent.memberships.begin() + static_cast<std::ptrdiff_t>(membershipAt));
    std::vector<Index>& members = groups[gone.group].members;
    const Index last = members.back();
    members[gone.memberPos] = last;
    members.pop_back();
    if (last != a)
        for (Membership& m : agents[last].memberships)
            if (m.group == gone.group)
                m.memberPos = gone.memberPos;
    if (agent.online())
        memberOnline(gone.group, false);
}

/// Offer and open chats of a group the agent is no member of any more; a call finishes.
void Router::Impl::returnFromGroup(Index a, Index g) {
    AgentPart& agent = agents[a];
    if (agent.ringing != kNone && sessions[agent.ringing].group == g)
        returnOffer(agent.ringing, OfferOutcome::Withdrawn, decision::ReturnReason::MemberRemoved);
    flushDirects(a, decision::ReturnReason::MemberRemoved, g);
    for (const Index s : std::vector<Index>(agent.sessions))
        if (sessions[s].state == SessionState::Open && sessions[s].group == g && !isExclusive(sessions[s].mode))
            returnOpen(s, decision::ReturnReason::MemberRemoved);
}

void Router::Impl::assignLines(AgentPart& agent) {
    agent.profile = internProfile(agent);
    for (Membership& m : agent.memberships)
        useLine(m, agent.profile);
}

void Router::Impl::useLine(Membership& m, Index profile) {
    GroupPart& group = groups[m.group];
    std::size_t at = group.lines.size();
    for (std::size_t i = 0; i < group.lines.size(); ++i) {
        const FreeLine& line = group.lines[i];
        if (line.members > 0 && line.profile == profile) {
            at = i;
            break;
        }
        if (line.members == 0)
            at = i;
    }
    if (at == group.lines.size())
        group.lines.emplace_back();
    m.line = static_cast<Index>(at);
    group.lines[at].profile = profile;
    if (group.lines[at].members++ == 0 && group.mode == Mode::Chat)
        profiles[profile].chatGroups.push_back(m.group);
}

void Router::Impl::leaveLines(AgentPart& agent) {
    unindex(agent);
    for (const Membership& m : agent.memberships) {
        GroupPart& group = groups[m.group];
        if (--group.lines[m.line].members == 0 && group.mode == Mode::Chat)
            std::erase(profiles[agent.profile].chatGroups, m.group);
    }
    releaseProfile(agent.profile);
    agent.profile = 0;
}

Index Router::Impl::internProfile(const AgentPart& agent) {
    std::vector<Index> calls;
    if (!settings.blending)
        for (const Membership& m : agent.memberships)
            if (isExclusive(groups[m.group].mode))
                calls.push_back(m.group);
    std::sort(calls.begin(), calls.end());
    Index at = static_cast<Index>(profiles.size());
    for (Index p = 0; p < profiles.size(); ++p) {
        const bool spare = p != 0 && profiles[p].agents == 0;
        if (!spare && profiles[p].calls == calls) {
            ++profiles[p].agents;
            return p;
        }
        if (spare)
            at = p;
    }
    if (at == profiles.size())
        profiles.emplace_back();
    Profile& profile = profiles[at];
    profile.agents = 1;
    profile.calls = std::move(calls);
    for (const Index g : profile.calls) {
        groups[g].profiles.push_back(at);
        profile.waitingGroups += groups[g].queue.empty() ? 0 : 1;
    }
    return at;
}

void Router::Impl::releaseProfile(Index p) {
    Profile& profile = profiles[p];
    if (--profile.agents > 0 || p == 0)
        return;
    for (const Index g : profile.calls)
        std::erase(groups[g].profiles, p);
    profile = Profile{};
}

/// Settings that decide who may take what may have changed.
void Router::Impl::reindexAll() {
    const std::size_t count = agents.all().size();
    const auto active = [&](std::size_t a) { return agents.all()[a].id != 0 && !agents.all()[a].removed; };
    for (std::size_t a = 0; a < count; ++a)
        if (active(a))
            leaveLines(agents.all()[a]);
    for (std::size_t a = 0; a < count; ++a)
        if (active(a))
            assignLines(agents.all()[a]);
    for (std::size_t a = 0; a < count; ++a) {
        if (!active(a))
            continue;
        reindex(static_cast<Index>(a));
        publish(agents.all()[a]);
    }
    for (std::size_t g = 0; g < groups.all().size(); ++g)
        if (groups.all()[g].id != 0)
            toRematch.push_back(static_cast<Index>(g));
}

} // namespace cb::routing
