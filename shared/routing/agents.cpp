#include "shared/routing/impl_p.h"

#include <algorithm>
#include <utility>

namespace cb::routing {

void Router::Impl::on(const event::AgentOnline& e) {
    const Index a = activeAgent(e.agent);
    if (a == kNone)
        return refuse(code::kAgentUnknown, {}, e.agent);
    agents[a].connected = true;
    agents[a].graceAt = kNoTime;
    if (agents[a].base == AgentStatus::Offline)
        setBase(a, AgentStatus::Idle, StatusReason::Chosen);
    touch(a);
}

void Router::Impl::on(const event::AgentSetStatus& e) {
    const Index a = activeAgent(e.agent);
    if (a == kNone)
        return refuse(code::kAgentUnknown, {}, e.agent);
    if (e.status == AgentStatus::Busy || e.status == AgentStatus::WrapUp)
        return refuse(code::kBadStatus, {}, e.agent);
    AgentPart& agent = agents[a];
    if (agent.base == AgentStatus::Offline)
        return refuse(code::kAgentOffline, {}, e.agent);
    if (e.status != AgentStatus::Idle)
        return askFor(a, e.status);
    agent.hasPending = false;
    agent.nextReason = StatusReason::Chosen;
    if (agent.base == AgentStatus::Break)
        setBase(a, AgentStatus::Idle, StatusReason::Chosen);
    touch(a);
}

void Router::Impl::on(const event::AgentConnected& e) {
    const Index a = findAgent(e.agent);
    if (a == kNone)
        return refuse(code::kAgentUnknown, {}, e.agent);
    agents[a].connected = true;
    agents[a].graceAt = kNoTime;
    touch(a);
}

void Router::Impl::on(const event::AgentDisconnected& e) {
    const Index a = findAgent(e.agent);
    if (a == kNone)
        return refuse(code::kAgentUnknown, {}, e.agent);
    if (!agents[a].connected)
        return;
    agents[a].connected = false;
    stopOffers(a, OfferOutcome::AgentLost, decision::ReturnReason::AgentLost);
    startGrace(agents[a]);
    touch(a);
}

void Router::Impl::on(const event::MediaLive& e) {
    const Index a = findAgent(e.agent);
    if (a == kNone)
        return refuse(code::kAgentUnknown, {}, e.agent);
    AgentPart& agent = agents[a];
    const bool inCall =
        agent.dialOut || (agent.exclusive != kNone && sessions[agent.exclusive].state == SessionState::Open);
    if (e.live && !inCall)
        return refuse(code::kSessionGone, {}, e.agent);
    agent.mediaLive = e.live;
    if (e.live)
        agent.graceAt = kNoTime;
    else
        startGrace(agent);
}

void Router::Impl::on(const event::DialOutStarted& e) {
    const Index a = activeAgent(e.agent);
    if (a == kNone)
        return refuse(code::kAgentUnknown, {}, e.agent);
    AgentPart& agent = agents[a];
    if (agent.base != AgentStatus::Idle || !agent.connected)
        return refuse(code::kAgentOffline, {}, e.agent);
    if (agent.ringing != kNone || agent.exclusive != kNone || agent.afterCall != AfterCall::None || agent.dialOut)
        return refuse(code::kAgentBusy, {}, e.agent);
    agent.dialOut = true;
    touch(a);
}

void Router::Impl::on(const event::DialOutEnded& e) {
    const Index a = findAgent(e.agent);
    if (a == kNone)
        return refuse(code::kAgentUnknown, {}, e.agent);
    AgentPart& agent = agents[a];
    if (!agent.dialOut)
        return refuse(code::kNotDialing, {}, e.agent);
    agent.dialOut = false;
    if (!agent.removed)
        startAfterCall(agent, AfterCall::Busy, true);
    startGrace(agent);
    touch(a);
}

void Router::Impl::on(const event::Continue& e) {
    const Index a = activeAgent(e.agent);
    if (a == kNone)
        return refuse(code::kAgentUnknown, {}, e.agent);
    if (agents[a].afterCall == AfterCall::None)
        return refuse(code::kNotAfterCall, {}, e.agent);
    finishAfterCall(a, false, StatusReason::Chosen);
}

void Router::Impl::on(const event::EnterWrapUp& e) {
    const Index a = activeAgent(e.agent);
    if (a == kNone)
        return refuse(code::kAgentUnknown, {}, e.agent);
    if (agents[a].afterCall != AfterCall::Busy)
        return refuse(code::kNotAfterCall, {}, e.agent);
    agents[a].afterCall = AfterCall::WrapUp;
    agents[a].recoveryAt = kNoTime;
    agents[a].nextReason = StatusReason::Chosen;
    touch(a);
}

void Router::Impl::on(const event::EndWrapUp& e) {
    const Index a = activeAgent(e.agent);
    if (a == kNone)
        return refuse(code::kAgentUnknown, {}, e.agent);
    if (agents[a].afterCall != AfterCall::WrapUp)
        return refuse(code::kNotAfterCall, {}, e.agent);
    finishAfterCall(a, false, StatusReason::Chosen);
}

void Router::Impl::setBase(Index a, AgentStatus base, StatusReason reason) {
    AgentPart& agent = agents[a];
    if (agent.base == base)
        return;
    const bool wasOnline = agent.online();
    agent.base = base;
    agent.nextReason = reason;
    if (wasOnline != agent.online())
        onlineChanged(agent, agent.online());
    if (agent.online())
        agent.idleSince = now;
    touch(a);
}

/// Break or Offline: offers stop at once, the change waits for the work to end (spec 3.2).
void Router::Impl::askFor(Index a, AgentStatus status) {
    AgentPart& agent = agents[a];
    stopOffers(a, OfferOutcome::Withdrawn, decision::ReturnReason::Withdrawn);
    flushDirects(a, decision::ReturnReason::Withdrawn);
    agent.nextReason = StatusReason::Chosen;
    agent.hasPending = agent.base != status && hasWork(agent);
    agent.pending = status;
    if (!agent.hasPending)
        setBase(a, status, StatusReason::Chosen);
    touch(a);
}

bool Router::Impl::hasWork(const AgentPart& agent) const {
    return agent.held > 0 || agent.dialOut || agent.afterCall != AfterCall::None;
}

void Router::Impl::applyPending(Index a) {
    AgentPart& agent = agents[a];
    if (!agent.hasPending || hasWork(agent))
        return;
    agent.hasPending = false;
    setBase(a, agent.pending, StatusReason::Chosen);
}

void Router::Impl::stopOffers(Index a, OfferOutcome outcome, decision::ReturnReason reason) {
    if (agents[a].ringing != kNone)
        returnOffer(agents[a].ringing, outcome, reason);
}

/// When neither connection nor media shows that the agent is there.
void Router::Impl::startGrace(AgentPart& agent) {
    const bool nothingToLose = agent.base == AgentStatus::Offline && !hasWork(agent);
    if (agent.connected || agent.mediaLive || agent.graceAt != kNoTime || nothingToLose)
        return;
    arm(TimerKind::Grace, agent.id, agent.graceAt, now + kGrace);
}

void Router::Impl::graceOver(Index a) {
    AgentPart& agent = agents[a];
    agent.graceAt = kNoTime;
    agent.hasPending = false;
    agent.dialOut = false;
    setBase(a, AgentStatus::Offline, StatusReason::Disconnected);
    flushDirects(a, decision::ReturnReason::AgentLost);
    for (const Index s : std::vector<Index>(agent.sessions)) {
        if (sessions[s].state == SessionState::Open)
            returnOpen(s, decision::ReturnReason::AgentLost);
        else
            complete(s, true);
    }
    agent.afterCall = AfterCall::None;
    agent.recoveryAt = kNoTime;
    touch(a);
}

void Router::Impl::startAfterCall(AgentPart& agent, AfterCall kind, bool recovers) {
    agent.afterCall = kind;
    agent.mediaLive = false;
    agent.nextReason = StatusReason::CallEnded;
    agent.recoveryAt = kNoTime;
    if (recovers && settings.phoneRecovery)
        arm(TimerKind::Recovery, agent.id, agent.recoveryAt,
            now + base::Seconds{std::max(1, settings.phoneRecoverySeconds)});
}

void Router::Impl::finishAfterCall(Index a, bool automatic, StatusReason reason) {
    AgentPart& agent = agents[a];
    if (agent.exclusive != kNone)
        complete(agent.exclusive, automatic);
    agent.afterCall = AfterCall::None;
    agent.recoveryAt = kNoTime;
    agent.idleSince = now;
    agent.nextReason = reason;
    touch(a);
}

AgentStatus Router::Impl::derived(const AgentPart& agent) const {
    if (agent.base != AgentStatus::Idle)
        return agent.base;
    if (agent.afterCall == AfterCall::WrapUp)
        return AgentStatus::WrapUp;
    if (agent.exclusive != kNone || agent.afterCall == AfterCall::Busy || agent.dialOut)
        return AgentStatus::Busy;
    const auto full = [&](const Membership& m) { return !hasRoom(agent, groups[m.group]); };
    const bool allFull = !agent.memberships.empty() && std::ranges::all_of(agent.memberships, full);
    return allFull ? AgentStatus::Busy : AgentStatus::Idle;
}

void Router::Impl::publish(AgentPart& agent) {
    const AgentStatus status = derived(agent);
    const StatusReason reason = std::exchange(agent.nextReason, StatusReason::Load);
    const bool samePending =
        agent.hasPending == agent.shownHasPending && (!agent.hasPending || agent.pending == agent.shownPending);
    // A call that ends leaves them busy, for another reason: what counts down from then is theirs to see.
    const bool afterCall = reason == StatusReason::CallEnded && status == AgentStatus::Busy;
    if (status == agent.shown && samePending && !afterCall)
        return;
    if (status != agent.shown || afterCall)
        agent.since = now;
    agent.shown = status;
    agent.reason = reason;
    agent.shownHasPending = agent.hasPending;
    agent.shownPending = agent.pending;
    emit(decision::StatusChanged{AgentId{agent.id}, status, reason,
                                 agent.hasPending ? std::optional(agent.pending) : std::nullopt, agent.since});
}

/// The last call of a removed agent is over.
void Router::Impl::forget(Index a) {
    emit(decision::AgentForgotten{idOf(a)});
    agentIndex.erase(agents[a].id);
    agents.release(a);
}

} // namespace cb::routing
