#include "shared/routing/router.h"

#include "shared/routing/impl_p.h"

#include <algorithm>

namespace cb::routing {

Router::Impl::Impl(model::InstanceSettings initial, OfferId firstOffer)
    : settings(initial)
    , nextOffer(firstOffer)
    , profiles(1)
    , timers([this](const Timer& timer) { return isLive(timer); }) {}

void Router::Impl::apply(const Event& event, TimePoint at, Decisions& decisions) {
    now = std::max(now, at);
    out = &decisions;
    runTimers();
    std::visit([this](const auto& e) { on(e); }, event);
    settle();
    out = nullptr;
}

/// One instant after the other; what is due at the same instant happens together.
void Router::Impl::runTimers() {
    for (auto timer = timers.takeDue(now); timer; timer = timers.takeDue(now)) {
        const TimePoint instant = timer->at;
        for (; timer; timer = timers.takeDue(instant))
            fire(*timer);
        settle();
    }
}

/// A timer counts while the field it was armed with still has its time.
bool Router::Impl::isLive(const Timer& timer) const {
    if (timer.kind == TimerKind::Grace || timer.kind == TimerKind::Recovery) {
        const Index a = agentIndex.find(timer.id);
        return a != kNone && (timer.kind == TimerKind::Grace ? agents[a].graceAt : agents[a].recoveryAt) == timer.at;
    }
    if (timer.kind == TimerKind::NobodyForAll) {
        const Index g = groupIndex.find(timer.id);
        return g != kNone && groups[g].online == 0 && groups[g].emptySince + kNobodyOnline == timer.at;
    }
    const Index s = sessionIndex.find(timer.id);
    if (s == kNone)
        return false;
    const SessionPart& session = sessions[s];
    switch (timer.kind) {
    case TimerKind::Offer:
        return session.expiresAt == timer.at;
    case TimerKind::Complete:
        return session.completeAt == timer.at;
    case TimerKind::LongestWait:
        return session.waitEnd == timer.at;
    case TimerKind::DeclineClear:
        return session.declineClearAt == timer.at;
    default:
        return session.nobodyAt == timer.at;
    }
}

void Router::Impl::fire(const Timer& timer) {
    switch (timer.kind) {
    case TimerKind::Grace:
        return graceOver(agentIndex.find(timer.id));
    case TimerKind::Recovery:
        return finishAfterCall(agentIndex.find(timer.id), true, StatusReason::Recovered);
    case TimerKind::NobodyForAll:
        return failGroup(groupIndex.find(timer.id));
    default:
        break;
    }
    const Index s = sessionIndex.find(timer.id);
    const SessionPart& session = sessions[s];
    const bool queued = session.state == SessionState::Queued;
    if (timer.kind == TimerKind::Offer)
        ringTimeout(s);
    else if (timer.kind == TimerKind::Complete)
        complete(s, true);
    else if (timer.kind == TimerKind::DeclineClear)
        clearDeclines(s);
    else if (timer.kind == TimerKind::LongestWait && queued) // ringing: decided when it comes back
        fail(s, decision::FailReason::LongestWait);
    else if (timer.kind == TimerKind::NobodyForOne && queued && groups[session.group].online == 0 &&
             groups[session.group].emptySince <= session.enteredAt)
        fail(s, decision::FailReason::NobodyOnline);
}

/// Restores the promise of work conservation from the notes of the event. One agent who may take more, or one session
/// that enters, is the usual case and looks at nothing else; several at once are matched in the order of priority and
/// FIFO.
void Router::Impl::settle() {
    while (!dirty.empty() || !entering.empty() || !toRematch.empty()) {
        refreshAgents();
        if (freed.size() + entering.size() > 1 || !toRematch.empty()) {
            settleTogether();
        } else if (!freed.empty()) {
            matchAgent(freed.front());
        } else if (!entering.empty()) {
            const Index s = entering.front();
            entering.clear();
            place(s);
        }
        freed.clear();
    }
}

void Router::Impl::refreshAgents() {
    settling.swap(dirty);
    for (const Index a : settling) {
        if (agents[a].id == 0)
            continue;
        agents[a].dirty = false;
        applyPending(a);
        reindex(a);
        publish(agents[a]);
        if (agents[a].removed && !hasWork(agents[a]))
            forget(a);
        else if (isAvailable(agents[a]))
            freed.push_back(a);
    }
    settling.clear();
}

void Router::Impl::settleTogether() {
    placing.swap(entering);
    std::sort(placing.begin(), placing.end(), [this](Index a, Index b) { return comesBefore(a, b); });
    concerned.clear();
    for (const Index a : freed)
        for (const Membership& m : agents[a].memberships)
            concerned.push_back(m.group);
    for (const Index s : placing)
        if (mayWait(s)) {
            concerned.push_back(sessions[s].group);
            if (!sessions[s].inQueue)
                insertQueue(s);
        }
    do {
        concerned.insert(concerned.end(), toRematch.begin(), toRematch.end());
        toRematch.clear();
        matchGroups(concerned);
    } while (!toRematch.empty());
    for (const Index s : placing)
        if (sessions[s].id != 0 && sessions[s].state == SessionState::Queued)
            keepWaiting(sessions[s]);
    placing.clear();
}

void Router::Impl::refuse(std::string_view refusal, SessionId session, AgentId agent, GroupId group) {
    emit(decision::Refused{refusal, session, agent, group});
}

// ---- the public face ----

Router::Router(model::InstanceSettings settings, OfferId nextOffer)
    : m(std::make_unique<Impl>(settings, nextOffer)) {}

Router::Router(const Snapshot& snapshot, TimePoint now, Decisions& out)
    : m(std::make_unique<Impl>(snapshot.settings, snapshot.nextOffer)) {
    m->restore(snapshot, now, out);
}

Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::apply(const Event& event, TimePoint now, Decisions& out) {
    m->apply(event, now, out);
}

void Router::postpone(base::Millis by) {
    m->postpone(by);
}

std::optional<TimePoint> Router::nextDeadline() const {
    return m->timers.next();
}

std::optional<SessionView> Router::session(SessionId id) const {
    const Index s = m->sessionIndex.find(id.value);
    if (s == kNone)
        return std::nullopt;
    const SessionPart& session = m->sessions[s];
    SessionView view;
    view.state = session.state;
    view.mode = session.mode;
    view.group = session.groupId;
    view.agent = m->idOf(session.agent);
    view.transferTo = m->idOf(session.transferTo);
    view.offer = session.offer;
    view.waitingFrom = session.key.from;
    view.deadline = session.state == SessionState::Offered ? session.expiresAt : session.completeAt;
    return view;
}

std::optional<int> Router::position(SessionId id) const {
    const Index s = m->sessionIndex.find(id.value);
    if (s == kNone || m->sessions[s].state != SessionState::Queued)
        return std::nullopt;
    return m->position(m->sessions[s]);
}

int Router::waiting(GroupId group) const {
    const Index g = m->groupIndex.find(group.value);
    return g == kNone ? 0 : m->groups[g].waiting();
}

int Router::online(GroupId group) const {
    const Index g = m->groupIndex.find(group.value);
    return g == kNone ? 0 : m->groups[g].online;
}

int Router::free(GroupId group) const {
    const Index g = m->groupIndex.find(group.value);
    std::size_t count = 0;
    if (g != kNone)
        for (const FreeLine& line : m->groups[g].lines)
            count += m->isBlocked(m->groups[g], line) ? 0 : line.free.size();
    return static_cast<int>(count);
}

int Router::load(AgentId agent) const {
    const Index a = m->findAgent(agent);
    return a == kNone ? 0 : m->agents[a].load();
}

std::optional<model::AgentStatus> Router::status(AgentId agent) const {
    const Index a = m->findAgent(agent);
    return a == kNone ? std::nullopt : std::optional(m->agents[a].shown);
}

std::optional<model::Presence> Router::presence(AgentId id) const {
    const Index a = m->findAgent(id);
    if (a == kNone)
        return std::nullopt;
    const AgentPart& agent = m->agents[a];
    model::Presence presence;
    presence.agent = id;
    presence.status = agent.shown == AgentStatus::Busy ? AgentStatus::Idle : agent.shown;
    presence.pending = agent.pending;
    presence.hasPending = agent.hasPending;
    presence.reason = agent.reason;
    presence.since = agent.since;
    presence.idleSince = agent.idleSince;
    presence.callsToday = agent.callsToday;
    return presence;
}

bool Router::afterCall(AgentId agent) const {
    const Index a = m->findAgent(agent);
    return a != kNone && m->agents[a].afterCall != AfterCall::None;
}

OfferId Router::ringing(AgentId agent) const {
    const Index a = m->findAgent(agent);
    return a == kNone || m->agents[a].ringing == kNone ? OfferId{} : m->sessions[m->agents[a].ringing].offer;
}

model::SkipReason Router::skipReason(SessionId session, AgentId agent) const {
    const Index s = m->sessionIndex.find(session.value);
    const Index a = m->findAgent(agent);
    return s == kNone || a == kNone ? SkipReason::NotMember : m->skipReason(m->sessions[s], m->agents[a]);
}

OfferId Router::nextOffer() const {
    return m->nextOffer;
}

void Router::reserve(std::size_t sessions) {
    m->sessions.reserve(sessions);
    m->sessionIndex.reserve(sessions);
}

} // namespace cb::routing
