#include "shared/routing/impl_p.h"

#include <algorithm>

namespace cb::routing {

namespace {

auto lowerTried(auto& tried, std::int64_t agentId) {
    return std::lower_bound(tried.begin(), tried.end(), agentId,
                            [](const Tried& t, std::int64_t id) { return t.agentId < id; });
}

} // namespace

/// The session is in the queue of its group from now on; `settle` offers it or puts it into the order.
void Router::Impl::enterQueue(Index s, bool announce) {
    SessionPart& session = sessions[s];
    session.state = SessionState::Queued;
    session.agent = kNone;
    session.offer = {};
    session.announce = announce;
    session.enteredAt = now;
    session.nobodyAt = kNoTime; // one from an earlier stay must not count
    if (groups[session.group].online == 0)
        arm(TimerKind::NobodyForOne, session.id, session.nobodyAt, now + kNobodyOnline);
    entering.push_back(s);
}

/// A queued session whose eligibility may have grown.
void Router::Impl::recheck(Index s) {
    entering.push_back(s);
}

/// The only session that enters or has become eligible, while no agent has become freer.
void Router::Impl::place(Index s) {
    if (!mayWait(s))
        return;
    SessionPart& session = sessions[s];
    if (const Index a = chooseAgent(session); a != kNone)
        return offer(s, a);
    if (!session.inQueue)
        insertQueue(s);
    keepWaiting(session);
}

/// False when it is gone, rings already, or its longest wait is over (then it has failed).
bool Router::Impl::mayWait(Index s) {
    const SessionPart& session = sessions[s];
    if (session.id == 0 || session.state != SessionState::Queued)
        return false;
    if (session.waitEnd == kNoTime || session.waitEnd > now)
        return true;
    fail(s, decision::FailReason::LongestWait);
    return false;
}

void Router::Impl::keepWaiting(SessionPart& session) {
    watchDeclines(session);
    if (session.announce)
        emit(decision::Queued{SessionId{session.id}, session.groupId, idOf(session.transferTo), session.key.from,
                              position(session)});
    session.announce = false;
}

void Router::Impl::insertQueue(Index s) {
    SessionPart& session = sessions[s];
    GroupPart& group = groups[session.group];
    session.inQueue = true;
    if (session.transferTo != kNone) {
        AgentPart& agent = agents[session.transferTo];
        if (agent.direct.empty())
            directAgents.push_back(session.transferTo);
        const Wait wait{session.key, session.mode};
        agent.direct.insert(std::upper_bound(agent.direct.begin(), agent.direct.end(), wait,
                                             [](const Wait& a, const Wait& b) { return a.key < b.key; }),
                            wait);
        ++group.directWaiting;
        agent.directCalls += isExclusive(session.mode) ? 1 : 0;
        reindex(session.transferTo);
        return;
    }
    group.queue.insert(session.key);
    if (!session.tried.empty())
        group.scarred.insert(session.key);
    if (group.queue.size() == 1)
        callsWaitingChanged(session.group, true);
}

void Router::Impl::dequeue(Index s) {
    SessionPart& session = sessions[s];
    if (!session.inQueue)
        return;
    session.inQueue = false;
    GroupPart& group = groups[session.group];
    if (session.transferTo != kNone) {
        AgentPart& agent = agents[session.transferTo];
        std::erase_if(agent.direct, [s](const Wait& wait) { return wait.key.session == s; });
        if (agent.direct.empty())
            std::erase(directAgents, session.transferTo);
        --group.directWaiting;
        if (isExclusive(session.mode)) {
            --agent.directCalls;
            touch(session.transferTo);
        }
        return;
    }
    group.queue.erase(session.key);
    if (!session.tried.empty())
        group.scarred.erase(session.key);
    if (group.queue.empty())
        callsWaitingChanged(session.group, false);
}

/// Blending off: chats of the agents concerned stop, or may go on.
void Router::Impl::callsWaitingChanged(Index g, bool waiting) {
    for (const Index p : groups[g].profiles) {
        Profile& profile = profiles[p];
        profile.waitingGroups += waiting ? 1 : -1;
        if (profile.waitingGroups == 0)
            toRematch.insert(toRematch.end(), profile.chatGroups.begin(), profile.chatGroups.end());
    }
}

int Router::Impl::position(const SessionPart& session) const {
    if (session.transferTo == kNone)
        return static_cast<int>(groups[session.group].queue.rank(session.key));
    const std::vector<Wait>& direct = agents[session.transferTo].direct;
    return static_cast<int>(
        std::count_if(direct.begin(), direct.end(), [&](const Wait& wait) { return wait.key < session.key; }));
}

void Router::Impl::fail(Index s, decision::FailReason reason) {
    emit(decision::SessionFailed{SessionId{sessions[s].id}, sessions[s].groupId, reason});
    removeSession(s);
}

/// Nobody was online for kNobodyOnline. Those that came later have a time of their own.
void Router::Impl::failGroup(Index g) {
    GroupPart& group = groups[g];
    std::vector<Index> failing;
    const auto collect = [&](Index s) {
        if (sessions[s].enteredAt <= group.emptySince)
            failing.push_back(s);
    };
    group.queue.visit([&](const QueueKey& key) {
        collect(key.session);
        return true;
    });
    for (const Index a : directAgents)
        for (const Wait& wait : agents[a].direct)
            if (sessions[wait.key.session].group == g)
                collect(wait.key.session);
    for (const Index s : failing)
        fail(s, decision::FailReason::NobodyOnline);
}

void Router::Impl::onlineChanged(AgentPart& agent, bool online) {
    for (const Membership& m : agent.memberships)
        memberOnline(m.group, online);
}

void Router::Impl::memberOnline(Index g, bool online) {
    GroupPart& group = groups[g];
    group.online += online ? 1 : -1;
    if (group.online == 0) {
        group.emptySince = now;
        timers.add(TimerKind::NobodyForAll, group.id, now + kNobodyOnline);
    }
    // Who else has not had it decides about those that rang before.
    group.scarred.visit([&](const QueueKey& key) {
        recheck(key.session);
        return true;
    });
}

void Router::Impl::addTried(SessionPart& session, std::int64_t agentId, bool declined) {
    auto it = lowerTried(session.tried, agentId);
    if (it == session.tried.end() || it->agentId != agentId)
        it = session.tried.insert(it, Tried{agentId, false, false});
    (declined ? it->declined : it->had) = true;
}

const Tried* Router::Impl::tried(const SessionPart& session, std::int64_t agentId) const {
    const auto it = lowerTried(session.tried, agentId);
    return it == session.tried.end() || it->agentId != agentId ? nullptr : &*it;
}

SkipReason Router::Impl::triedReason(const SessionPart& session, std::int64_t agentId) const {
    const Tried* before = session.tried.empty() ? nullptr : tried(session, agentId);
    if (before == nullptr)
        return SkipReason::None;
    if (before->declined)
        return SkipReason::Declined;
    const bool othersLeft = onlineTried(session, false) < groups[session.group].online;
    return before->had && othersLeft ? SkipReason::HadIt : SkipReason::None;
}

/// How many members who are online have had this session (or have declined it).
int Router::Impl::onlineTried(const SessionPart& session, bool declinedOnly) const {
    int count = 0;
    for (const Tried& t : session.tried) {
        if (declinedOnly && !t.declined)
            continue;
        const Index a = activeAgent(AgentId{t.agentId});
        if (a != kNone && agents[a].online() && membership(agents[a], session.group) != nullptr)
            ++count;
    }
    return count;
}

void Router::Impl::watchDeclines(SessionPart& session) {
    if (session.tried.empty() || session.declineClearAt != kNoTime || session.transferTo != kNone)
        return;
    const int online = groups[session.group].online;
    if (online > 0 && onlineTried(session, true) == online)
        arm(TimerKind::DeclineClear, session.id, session.declineClearAt, now + kDeclineMemory);
}

void Router::Impl::clearDeclines(Index s) {
    SessionPart& session = sessions[s];
    session.declineClearAt = kNoTime;
    for (Tried& t : session.tried)
        t.declined = false;
    std::erase_if(session.tried, [](const Tried& t) { return !t.had; });
    if (!session.inQueue)
        return;
    if (session.tried.empty() && session.transferTo == kNone)
        groups[session.group].scarred.erase(session.key);
    recheck(s);
}

} // namespace cb::routing
