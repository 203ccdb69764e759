#include "shared/routing/impl_p.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cb::routing {

namespace {

template <class T, class Less>
std::vector<const T*> sorted(const std::vector<T>& items, Less less) {
    std::vector<const T*> result;
    result.reserve(items.size());
    for (const T& item : items)
        result.push_back(&item);
    std::sort(result.begin(), result.end(), [&](const T* a, const T* b) { return less(*a, *b); });
    return result;
}

bool isHeld(const model::Session& session) {
    return session.state == SessionState::Open || session.state == SessionState::WrapUp;
}

bool waits(const model::Session& session) {
    return session.state == SessionState::Queued || session.state == SessionState::Offered;
}

} // namespace

void Router::Impl::restore(const Snapshot& snapshot, TimePoint at, Decisions& decisions) {
    now = at;
    out = &decisions;
    const auto byId = [](const auto& a, const auto& b) { return a.id < b.id; };
    for (const model::Group* group : sorted(snapshot.groups, byId))
        on(event::GroupAdded{*group});
    restoreAgents(snapshot);
    const auto fifo = [](const RecoveredSession& a, const RecoveredSession& b) {
        return a.session.waitingFrom != b.session.waitingFrom ? a.session.waitingFrom < b.session.waitingFrom
                                                              : a.session.id < b.session.id;
    };
    const auto ordered = sorted(snapshot.sessions, fifo);
    for (const RecoveredSession* recovered : ordered)
        if (isHeld(recovered->session))
            restoreSession(*recovered);
    for (AgentPart& agent : agents.all()) {
        agent.shown = derived(agent);
        agent.shownHasPending = agent.hasPending;
        agent.shownPending = agent.pending;
        // Nobody is there to be told.
        if (std::exchange(agent.nextReason, StatusReason::Load) == StatusReason::CallEnded) {
            agent.reason = StatusReason::CallEnded;
            agent.since = now;
        }
    }
    settle();
    for (const RecoveredSession* recovered : ordered)
        if (waits(recovered->session))
            restoreSession(*recovered);
    settle();
    out = nullptr;
}

void Router::Impl::postpone(base::Millis by) {
    const auto later = [&](TimerKind kind, std::int64_t id, TimePoint& field) {
        if (field != kNoTime)
            arm(kind, id, field, field + by);
    };
    for (AgentPart& agent : agents.all()) {
        later(TimerKind::Grace, agent.id, agent.graceAt);
        later(TimerKind::Recovery, agent.id, agent.recoveryAt);
    }
    for (SessionPart& session : sessions.all()) {
        later(TimerKind::Offer, session.id, session.expiresAt);
        later(TimerKind::Complete, session.id, session.completeAt);
    }
}

void Router::Impl::restoreAgents(const Snapshot& snapshot) {
    std::map<AgentId, const model::Presence*> presences;
    for (const model::Presence& presence : snapshot.presences)
        presences[presence.agent] = &presence;
    const auto byId = [](const model::Agent& a, const model::Agent& b) { return a.id < b.id; };
    for (const model::Agent* known : sorted(snapshot.agents, byId)) {
        on(event::AgentAdded{known->id, {}});
        const Index a = findAgent(known->id);
        if (a == kNone)
            continue;
        AgentPart& agent = agents[a];
        touch(a);
        const auto found = presences.find(known->id);
        if (known->deleted || found == presences.end()) {
            agent.removed = known->deleted;
        } else {
            const model::Presence& presence = *found->second;
            const bool away = presence.status == AgentStatus::Offline || presence.status == AgentStatus::Break;
            agent.base = away ? presence.status : AgentStatus::Idle;
            agent.afterCall = presence.status == AgentStatus::WrapUp ? AfterCall::WrapUp : AfterCall::None;
            agent.hasPending = presence.hasPending && presence.status != AgentStatus::Offline;
            agent.pending = presence.pending;
            agent.reason = presence.reason;
            agent.since = presence.since;
            agent.idleSince = presence.idleSince == kNoTime ? now : std::min(presence.idleSince, now);
            agent.callsToday = presence.callsToday;
        }
        startGrace(agent);
        if (!agent.removed)
            setMemberships(a, this->known(known->groups));
        else
            leaveLines(agent);
    }
}

void Router::Impl::restoreSession(const RecoveredSession& recovered) {
    const model::Session& from = recovered.session;
    const Index g = groupIndex.find(from.group.value);
    if (!from.id || sessionIndex.find(from.id.value) != kNone)
        return;
    if (g == kNone && from.state != SessionState::WrapUp)
        return emit(decision::SessionFailed{from.id, from.group, decision::FailReason::NobodyOnline});
    const Index s = sessions.take();
    SessionPart& session = sessions[s];
    session.id = from.id.value;
    session.mode = from.mode;
    session.group = from.state == SessionState::WrapUp ? kNone : g;
    session.groupId = from.group;
    session.lastAgent = recovered.customersLastAgent ? recovered.customersLastAgent : from.lastAgent;
    session.longestWait = recovered.longestWait;
    session.key = {from.waitingFrom == kNoTime ? now : std::min(from.waitingFrom, now), ++nextOrder, s};
    sessionIndex.insert(session.id, s);
    if (session.group != kNone)
        ++groups[g].sessions;
    if (isHeld(from) && holdRestored(s, recovered))
        return;
    if (from.state == SessionState::WrapUp) {
        emit(decision::Completed{from.id, from.agent, true});
        return removeSession(s);
    }
    if (session.longestWait > base::Millis{0})
        arm(TimerKind::LongestWait, session.id, session.waitEnd, now + session.longestWait);
    const Index to = from.state == SessionState::Open ? kNone : activeAgent(from.transferTo);
    session.transferTo = to;
    if (to != kNone && (!agents[to].online() || agents[to].hasPending || membership(agents[to], g) == nullptr))
        cancelDirect(session, decision::ReturnReason::Restarted);
    const bool wasOpen = from.state == SessionState::Open;
    if (wasOpen || from.state == SessionState::Offered)
        emit(decision::Returned{from.id, from.group, from.agent,
                                wasOpen ? decision::ReturnReason::AgentLost : decision::ReturnReason::Restarted,
                                wasOpen, session.key.from, position(session)});
    enterQueue(s, false);
    settle();
}

/// False when the agent cannot have it: unknown, offline, or with another call.
bool Router::Impl::holdRestored(Index s, const RecoveredSession& recovered) {
    SessionPart& session = sessions[s];
    const Index a = findAgent(recovered.session.agent);
    if (a == kNone)
        return false;
    AgentPart& agent = agents[a];
    const bool exclusive = isExclusive(session.mode);
    const bool ended = recovered.session.state == SessionState::WrapUp;
    const bool gone = agent.removed ? !exclusive || ended : agent.base == AgentStatus::Offline;
    if (gone || (exclusive && agent.exclusive != kNone))
        return false;
    session.state = recovered.session.state;
    session.agent = a;
    agent.sessions.push_back(s);
    ++agent.held;
    agent.exclusive = exclusive ? s : agent.exclusive;
    const bool phone = session.mode == Mode::Phone;
    const bool inWrapUp = agent.afterCall == AfterCall::WrapUp;
    if (exclusive)
        agent.afterCall = AfterCall::None;
    if (ended && exclusive)
        startAfterCall(agent, phone && !inWrapUp ? AfterCall::Busy : AfterCall::WrapUp, phone && !inWrapUp);
    if (ended && !phone && settings.wrapUpSeconds > 0)
        arm(TimerKind::Complete, session.id, session.completeAt, now + base::Seconds{settings.wrapUpSeconds});
    startGrace(agent);
    touch(a);
    return true;
}

} // namespace cb::routing
