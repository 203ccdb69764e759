#include "shared/routing/impl_p.h"

#include <algorithm>

namespace cb::routing {

void Router::Impl::on(const event::SessionEnqueue& e) {
    const Index g = groupIndex.find(e.group.value);
    if (g == kNone)
        return refuse(code::kGroupUnknown, e.session, {}, e.group);
    if (groups[g].mode != e.mode)
        return refuse(code::kWrongMode, e.session, {}, e.group);
    if (!e.session)
        return refuse(code::kSessionGone, e.session, {}, e.group);
    if (sessionIndex.find(e.session.value) != kNone)
        return refuse(code::kSessionExists, e.session, {}, e.group);
    if (groups[g].online == 0)
        return emit(decision::SessionFailed{e.session, e.group, decision::FailReason::NobodyOnline});
    const Index s = sessions.take();
    SessionPart& session = sessions[s];
    session.id = e.session.value;
    session.mode = e.mode;
    session.group = g;
    session.groupId = e.group;
    session.lastAgent = e.lastAgent;
    session.key = {e.waitingFrom == kNoTime ? now : std::min(e.waitingFrom, now), ++nextOrder, s};
    session.longestWait = e.longestWait;
    sessionIndex.insert(session.id, s);
    ++groups[g].sessions;
    if (e.longestWait > base::Millis{0})
        arm(TimerKind::LongestWait, session.id, session.waitEnd, now + e.longestWait);
    if (e.directAgent) {
        const Index to = activeAgent(e.directAgent);
        const bool possible =
            to != kNone && agents[to].online() && !agents[to].hasPending && membership(agents[to], g) != nullptr;
        if (possible)
            session.transferTo = to;
        else
            emit(decision::TransferFailed{e.session, e.group, e.directAgent, decision::ReturnReason::AgentLost});
    }
    enterQueue(s, true);
}

void Router::Impl::on(const event::SessionCancelled& e) {
    const Index s = sessionIndex.find(e.session.value);
    if (s == kNone)
        return refuse(code::kSessionGone, e.session);
    customerGone(s);
}

void Router::Impl::on(const event::CallEnded& e) {
    const Index s = sessionIndex.find(e.session.value);
    if (s == kNone)
        return refuse(code::kSessionGone, e.session);
    customerGone(s);
}

void Router::Impl::on(const event::AgentEndedSession& e) {
    const Index s = sessionIndex.find(e.session.value);
    if (s == kNone)
        return refuse(code::kSessionGone, e.session, e.agent);
    const SessionPart& session = sessions[s];
    const bool held = session.state == SessionState::Open || session.state == SessionState::WrapUp;
    if (!held || idOf(session.agent) != e.agent)
        return refuse(code::kNotYours, e.session, e.agent);
    if (session.state == SessionState::WrapUp)
        return refuse(code::kSessionEnded, e.session, e.agent);
    endService(s);
}

void Router::Impl::on(const event::SessionCompleted& e) {
    const Index s = sessionIndex.find(e.session.value);
    if (s == kNone)
        return refuse(code::kSessionGone, e.session, e.agent);
    const SessionPart& session = sessions[s];
    const bool held = session.state == SessionState::Open || session.state == SessionState::WrapUp;
    if (!held || idOf(session.agent) != e.agent)
        return refuse(code::kNotYours, e.session, e.agent);
    if (session.state == SessionState::Open)
        return refuse(code::kNotEnded, e.session, e.agent);
    complete(s, false);
}

void Router::Impl::customerGone(Index s) {
    SessionPart& session = sessions[s];
    switch (session.state) {
    case SessionState::Open:
        return endService(s);
    case SessionState::WrapUp:
        return refuse(code::kSessionEnded, SessionId{session.id});
    case SessionState::Offered:
        closeOffer(s, OfferOutcome::CustomerLeft);
        break;
    default:
        break;
    }
    emit(decision::Cancelled{SessionId{session.id}, session.groupId});
    removeSession(s);
}

void Router::Impl::assign(Index s, Index a, OfferId offer) {
    SessionPart& session = sessions[s];
    AgentPart& agent = agents[a];
    session.state = SessionState::Open;
    session.agent = a;
    session.transferTo = kNone;
    session.tried.clear();
    session.declineClearAt = session.waitEnd = session.nobodyAt = kNoTime;
    agent.sessions.push_back(s);
    ++agent.held;
    agent.idleSince = now;
    if (isExclusive(session.mode))
        agent.exclusive = s;
    if (session.mode == Mode::Phone)
        ++agent.callsToday;
    emit(decision::Assigned{SessionId{session.id}, AgentId{agent.id}, session.groupId, offer});
    touch(a);
}

/// Over for the customer. A chat keeps its slot until completed; after a phone call the agent stays busy until
/// continue, wrap-up or recovery; after an all-media session they are in wrap-up until it is completed, by time as a
/// chat (spec 3.4–3.6).
void Router::Impl::endService(Index s) {
    SessionPart& session = sessions[s];
    const Index a = session.agent;
    AgentPart& agent = agents[a];
    --groups[session.group].sessions;
    session.group = kNone;
    session.state = SessionState::WrapUp;
    const bool phone = session.mode == Mode::Phone;
    if (isExclusive(session.mode))
        startAfterCall(agent, phone ? AfterCall::Busy : AfterCall::WrapUp, phone);
    if (!phone && settings.wrapUpSeconds > 0)
        arm(TimerKind::Complete, session.id, session.completeAt, now + base::Seconds{settings.wrapUpSeconds});
    emit(decision::WrapUpStarted{SessionId{session.id}, AgentId{agent.id},
                                 phone ? agent.recoveryAt : session.completeAt});
    touch(a);
    if (agent.removed)
        complete(s, true);
    else
        startGrace(agent);
}

void Router::Impl::complete(Index s, bool automatic) {
    const Index a = sessions[s].agent;
    emit(decision::Completed{SessionId{sessions[s].id}, idOf(a), automatic});
    detach(s);
    removeSession(s);
}

/// Out of the agent's hands.
void Router::Impl::detach(Index s) {
    SessionPart& session = sessions[s];
    const Index a = session.agent;
    AgentPart& agent = agents[a];
    agent.sessions.erase(std::find(agent.sessions.begin(), agent.sessions.end(), s));
    --agent.held;
    agent.idleSince = now;
    if (agent.exclusive == s) {
        agent.exclusive = kNone;
        agent.afterCall = AfterCall::None;
        agent.recoveryAt = kNoTime;
        agent.mediaLive = false;
    }
    session.agent = kNone;
    session.completeAt = kNoTime;
    touch(a);
}

/// The customer waits again, ahead of everybody who came later. The longest wait counts anew.
void Router::Impl::returnOpen(Index s, decision::ReturnReason reason) {
    SessionPart& session = sessions[s];
    const AgentId from = idOf(session.agent);
    session.lastAgent = from;
    detach(s);
    if (session.longestWait > base::Millis{0})
        arm(TimerKind::LongestWait, session.id, session.waitEnd, now + session.longestWait);
    emit(decision::Returned{SessionId{session.id}, session.groupId, from, reason, true, session.key.from,
                            position(session)});
    enterQueue(s, false);
}

void Router::Impl::removeSession(Index s) {
    dequeue(s);
    SessionPart& session = sessions[s];
    if (session.group != kNone)
        --groups[session.group].sessions;
    sessionIndex.erase(session.id);
    sessions.release(s);
}

} // namespace cb::routing
