#include "tests/shared/routing/mirror.h"

#include <algorithm>

namespace cb::test::routing {

namespace {

int priority(Mode mode) {
    return mode == Mode::Phone ? 0 : mode == Mode::AllMedia ? 1 : 2;
}
bool isHeld(SessionState place) {
    return place == SessionState::Open || place == SessionState::WrapUp;
}

} // namespace

void Mirror::fail(std::string text) {
    if (problem.empty())
        problem = std::move(text);
}

int Mirror::online(D group) const {
    return static_cast<int>(std::ranges::count_if(agents, [&](const auto& entry) {
        return entry.second.base == AgentStatus::Idle && entry.second.groups.contains(group);
    }));
}

std::int64_t Mirror::ringingAt(D agent) const {
    for (const auto& [id, s] : sessions)
        if (s.place == SessionState::Offered && s.agent == agent)
            return id;
    return 0;
}

int Mirror::held(D agent) const {
    return static_cast<int>(std::ranges::count_if(
        sessions, [&](const auto& entry) { return entry.second.agent == agent && isHeld(entry.second.place); }));
}

int Mirror::load(D agent) const {
    return held(agent) + (ringingAt(agent) != 0 ? 1 : 0);
}

std::int64_t Mirror::callOf(D agent) const {
    for (const auto& [id, s] : sessions)
        if (isExclusive(s.mode) && s.agent == agent && isHeld(s.place))
            return id;
    return 0;
}

bool Mirror::hasWork(D agent) const {
    return held(agent) > 0 || agents.at(agent).dialOut || agents.at(agent).afterCall != 0;
}

bool Mirror::free(const Agent& agent, D id) const {
    return agent.base == AgentStatus::Idle && agent.connected && !agent.pending && !agent.dialOut &&
           agent.afterCall == 0 && ringingAt(id) == 0 && callOf(id) == 0;
}

bool Mirror::roomFor(D agent, const Group& group) const {
    if (isExclusive(group.mode))
        return settings.blending || held(agent) == 0;
    return held(agent) < group.limit;
}

/// Blending off: a call waits for this agent, or in one of their groups for anybody.
bool Mirror::callWaits(const Agent& agent, D id) const {
    return std::ranges::any_of(sessions, [&](const auto& entry) {
        const Session& s = entry.second;
        return s.place == SessionState::Queued && isExclusive(s.mode) &&
               (s.transferTo != 0 ? s.transferTo == id : agent.groups.contains(s.group));
    });
}

bool Mirror::memoryAllows(D agent, const Session& session) const {
    if (session.transferTo != 0)
        return session.transferTo == agent;
    if (session.declined.contains(agent))
        return false;
    if (!session.had.contains(agent))
        return true;
    return std::ranges::none_of(agents, [&](const auto& entry) {
        const auto& [id, other] = entry;
        return other.base == AgentStatus::Idle && other.groups.contains(session.group) && !session.had.contains(id) &&
               !session.declined.contains(id);
    });
}

bool Mirror::eligible(D id, const Session& session) const {
    const Agent& agent = agents.at(id);
    if (!agent.groups.contains(session.group) || !free(agent, id) || !roomFor(id, groups.at(session.group)) ||
        !memoryAllows(id, session))
        return false;
    return isExclusive(session.mode) || settings.blending || !callWaits(agent, id);
}

AgentStatus Mirror::derived(D id) const {
    const Agent& agent = agents.at(id);
    if (agent.base != AgentStatus::Idle)
        return agent.base;
    if (agent.afterCall == 2)
        return AgentStatus::WrapUp;
    if (agent.afterCall == 1 || agent.dialOut || callOf(id) != 0)
        return AgentStatus::Busy;
    const bool full = std::ranges::none_of(agent.groups, [&](D g) { return roomFor(id, groups.at(g)); });
    return full && !agent.groups.empty() ? AgentStatus::Busy : AgentStatus::Idle;
}

/// Spec 6: chat and all-media least load, phone by the setting; then longest idle; then the lower id.
bool Mirror::ranksBefore(D a, D b, const Session& session) const {
    const auto first = [&](D id) {
        if (session.mode == Mode::Phone)
            return settings.phoneFewestCalls ? agents.at(id).calls : 0;
        return load(id);
    };
    return std::tuple(first(a), agents.at(a).idleSince, a) < std::tuple(first(b), agents.at(b).idleSince, b);
}

bool Mirror::waitsBefore(const Session& a, const Session& b) {
    return std::tuple(priority(a.mode), a.from, a.order) < std::tuple(priority(b.mode), b.from, b.order);
}

void Mirror::startGrace(D id, TimePoint now) {
    Agent& agent = agents.at(id);
    const bool nothing = agent.base == AgentStatus::Offline && !hasWork(id);
    if (!agent.connected && !agent.media && agent.graceAt == kNever && !nothing)
        agent.graceAt = now + kGrace;
}

void Mirror::startAfterCall(Agent& agent, int kind, bool recovers, TimePoint now) {
    agent.media = false;
    agent.afterCall = agent.removed ? 0 : kind;
    agent.recoveryAt = recovers && settings.phoneRecovery ? now + base::Seconds{settings.phoneRecoverySeconds} : kNever;
}

void Mirror::expire(TimePoint now) {
    for (auto& [id, agent] : agents) {
        if (agent.afterCall == 1 && agent.recoveryAt != kNever && agent.recoveryAt <= now && callOf(id) == 0) {
            agent.afterCall = 0;
            agent.idleSince = now;
        }
        if (agent.graceAt == kNever || agent.graceAt > now)
            continue;
        agent.graceAt = kNever;
        agent.base = AgentStatus::Offline;
        agent.pending.reset();
        agent.dialOut = false;
        agent.afterCall = 0;
    }
    for (auto& [id, session] : sessions)
        if (session.clearAt != kNever && session.clearAt <= now) {
            session.clearAt = kNever;
            session.declined.clear();
        }
}

void Mirror::ask(D id, AgentStatus status) {
    Agent& agent = agents.at(id);
    agent.pending.reset();
    if (status != AgentStatus::Idle && agent.base != status)
        agent.pending = status; // settlePending applies it when there is no work
    if (status == AgentStatus::Idle && agent.base == AgentStatus::Break)
        agent.base = AgentStatus::Idle;
}

void Mirror::settlePending(D id, TimePoint) {
    Agent& agent = agents.at(id);
    if (agent.pending && !hasWork(id)) {
        agent.base = *agent.pending;
        agent.pending.reset();
    }
}

void Mirror::removeAgent(D id) {
    Agent& agent = agents.at(id);
    agent.removed = true;
    agent.base = AgentStatus::Offline;
    agent.pending.reset();
    agent.groups.clear();
    agent.afterCall = 0;
}

void Mirror::enqueue(const event::SessionEnqueue& e, TimePoint now) {
    m_enqueued = e.session.value;
    m_enqueueFails = online(e.group.value) == 0;
    if (m_enqueueFails)
        return;
    Session session;
    session.mode = e.mode;
    session.group = e.group.value;
    session.lastAgent = e.lastAgent.value;
    session.transferTo = e.directAgent.value;
    session.from = session.enteredAt = now;
    session.order = ++m_order;
    session.longestWait = e.longestWait;
    if (e.longestWait > Millis{0})
        session.waitEnd = now + e.longestWait;
    sessions[e.session.value] = session;
}

/// What each event does by itself; events that work by decisions only have no case.
struct Mirror::Effect {
    Mirror& m;
    TimePoint now;

    Agent& agent(model::AgentId id) const { return m.agents.at(id.value); }
    std::set<D> known(const std::vector<model::GroupId>& ids) const {
        std::set<D> result;
        for (const model::GroupId id : ids)
            if (m.groups.contains(id.value))
                result.insert(id.value);
        return result;
    }
    static int limitOf(const model::Group& g) { return isExclusive(g.mode) ? 1 : g.limit; }

    void operator()(const event::GroupAdded& e) const {
        m.groups[e.group.id.value] = {e.group.mode, limitOf(e.group), now, true};
    }
    void operator()(const event::GroupChanged& e) const { m.groups.at(e.group.id.value).limit = limitOf(e.group); }
    void operator()(const event::GroupRemoved& e) const {
        m.groups.erase(e.group.value);
        for (auto& [id, each] : m.agents)
            each.groups.erase(e.group.value);
    }
    void operator()(const event::AgentAdded& e) const {
        m.agents[e.agent.value].idleSince = now;
        agent(e.agent).groups = known(e.groups);
    }
    void operator()(const event::AgentRemoved& e) const { m.removeAgent(e.agent.value); }
    void operator()(const event::MembershipChanged& e) const { agent(e.agent).groups = known(e.groups); }
    void operator()(const event::SettingsChanged& e) const { m.settings = e.settings; }
    void operator()(const event::DayStarted&) const {
        for (auto& [id, each] : m.agents)
            each.calls = 0;
    }
    void operator()(const event::AgentOnline& e) const {
        (*this)(event::AgentConnected{e.agent});
        if (agent(e.agent).base != AgentStatus::Offline)
            return;
        agent(e.agent).base = AgentStatus::Idle;
        agent(e.agent).idleSince = now;
    }
    void operator()(const event::AgentSetStatus& e) const {
        const bool wasBreak = agent(e.agent).base == AgentStatus::Break;
        m.ask(e.agent.value, e.status);
        if (wasBreak && agent(e.agent).base == AgentStatus::Idle)
            agent(e.agent).idleSince = now;
    }
    void operator()(const event::AgentConnected& e) const {
        agent(e.agent).connected = true;
        agent(e.agent).graceAt = kNever;
    }
    void operator()(const event::AgentDisconnected& e) const {
        if (!agent(e.agent).connected)
            return;
        agent(e.agent).connected = false;
        m.startGrace(e.agent.value, now);
    }
    void operator()(const event::MediaLive& e) const {
        agent(e.agent).media = e.live;
        if (e.live)
            agent(e.agent).graceAt = kNever;
        else
            m.startGrace(e.agent.value, now);
    }
    void operator()(const event::DialOutStarted& e) const { agent(e.agent).dialOut = true; }
    void operator()(const event::DialOutEnded& e) const {
        agent(e.agent).dialOut = false;
        m.startAfterCall(agent(e.agent), 1, true, now);
        m.startGrace(e.agent.value, now);
    }
    void operator()(const event::SessionEnqueue& e) const { m.enqueue(e, now); }
    void operator()(const event::Continue& e) const {
        agent(e.agent).afterCall = 0;
        agent(e.agent).idleSince = now;
    }
    void operator()(const event::EndWrapUp& e) const { (*this)(event::Continue{e.agent}); }
    void operator()(const event::EnterWrapUp& e) const {
        agent(e.agent).afterCall = 2;
        agent(e.agent).recoveryAt = kNever;
        if (const D call = m.callOf(e.agent.value))
            m.sessions.at(call).deadline = kNever;
    }
    void operator()(const event::TransferToGroup& e) const { m.m_transferWait = e.longestWait; }
    void operator()(const event::TransferToAgent& e) const { m.m_transferWait = e.longestWait; }
    template <class Other>
    void operator()(const Other&) const {}
};

void Mirror::take(const Event& event, TimePoint now) {
    m_enqueued = 0;
    std::visit(Effect{*this, now}, event);
}

} // namespace cb::test::routing
