#include "shared/routing/impl_p.h"

#include <algorithm>

namespace cb::routing {

void Router::Impl::on(const event::TransferToGroup& e) {
    const Index s = transferable(e.agent, e.session);
    if (s == kNone)
        return;
    const Index g = groupIndex.find(e.group.value);
    if (g == kNone)
        return refuse(code::kGroupUnknown, e.session, e.agent, e.group);
    if (groups[g].mode != sessions[s].mode)
        return refuse(code::kWrongMode, e.session, e.agent, e.group);
    const AgentPart& from = agents[sessions[s].agent];
    const int self = from.online() && membership(from, g) != nullptr ? 1 : 0;
    if (groups[g].online - self <= 0)
        return refuse(code::kNobodyOnline, e.session, e.agent, e.group);
    transfer(s, g, kNone, e.longestWait);
}

void Router::Impl::on(const event::TransferToAgent& e) {
    const Index s = transferable(e.agent, e.session);
    if (s == kNone)
        return;
    const Index to = activeAgent(e.to);
    if (to == kNone)
        return refuse(code::kAgentUnknown, e.session, e.to, e.group);
    if (to == sessions[s].agent)
        return refuse(code::kSameAgent, e.session, e.to, e.group);
    if (!agents[to].online() || agents[to].hasPending)
        return refuse(code::kAgentOffline, e.session, e.to, e.group);
    const Index g = groupForDirect(sessions[s], agents[to], e.group);
    if (g == kNone)
        return refuse(code::kNotMember, e.session, e.to, e.group);
    transfer(s, g, to, e.longestWait);
}

/// The open session `session` of `agent`; else refused and kNone.
Index Router::Impl::transferable(AgentId agent, SessionId session) {
    const Index s = sessionIndex.find(session.value);
    if (s == kNone) {
        refuse(code::kSessionGone, session, agent);
        return kNone;
    }
    if (sessions[s].state == SessionState::WrapUp) {
        refuse(code::kSessionEnded, session, agent);
        return kNone;
    }
    if (sessions[s].state != SessionState::Open || idOf(sessions[s].agent) != agent) {
        refuse(code::kNotYours, session, agent);
        return kNone;
    }
    return s;
}

Index Router::Impl::groupForDirect(const SessionPart& session, const AgentPart& to, GroupId wanted) const {
    const Index asked = wanted ? groupIndex.find(wanted.value) : session.group;
    if (asked != kNone && groups[asked].mode == session.mode && membership(to, asked) != nullptr)
        return asked;
    if (wanted)
        return kNone;
    Index best = kNone;
    for (const Membership& m : to.memberships)
        if (groups[m.group].mode == session.mode && (best == kNone || groups[m.group].id < groups[best].id))
            best = m.group;
    return best;
}

/// To the tail of the queue of `g`. A phone agent is as after any call, others are free of the session at once.
void Router::Impl::transfer(Index s, Index g, Index to, base::Millis longestWait) {
    SessionPart& session = sessions[s];
    AgentPart& agent = agents[session.agent];
    const AgentId from{agent.id};
    detach(s);
    if (session.mode == Mode::Phone && !agent.removed)
        startAfterCall(agent, AfterCall::Busy, true);
    startGrace(agent);
    --groups[session.group].sessions;
    ++groups[g].sessions;
    session.group = g;
    session.groupId = GroupId{groups[g].id};
    session.lastAgent = from;
    session.transferTo = to;
    session.key = {now, ++nextOrder, s};
    session.tried.clear();
    addTried(session, from.value, false);
    session.longestWait = longestWait;
    session.waitEnd = kNoTime;
    if (longestWait > base::Millis{0})
        arm(TimerKind::LongestWait, session.id, session.waitEnd, now + longestWait);
    emit(decision::Transferred{SessionId{session.id}, from, session.groupId, idOf(to), now});
    enterQueue(s, true);
}

/// From now on for any member. The session is not in the order of a queue at this moment.
void Router::Impl::cancelDirect(SessionPart& session, decision::ReturnReason reason) {
    if (session.transferTo == kNone)
        return;
    emit(decision::TransferFailed{SessionId{session.id}, session.groupId, idOf(session.transferTo), reason});
    session.transferTo = kNone;
}

/// The agent cannot be waited for any more (in one group, or at all).
void Router::Impl::flushDirects(Index a, decision::ReturnReason reason, Index onlyGroup) {
    for (const Wait& wait : std::vector<Wait>(agents[a].direct)) {
        const Index s = wait.key.session;
        if (onlyGroup != kNone && sessions[s].group != onlyGroup)
            continue;
        dequeue(s);
        cancelDirect(sessions[s], reason);
        recheck(s);
    }
}

} // namespace cb::routing
