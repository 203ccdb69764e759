#include "shared/routing/impl_p.h"

#include <algorithm>
#include <array>

namespace cb::routing {

namespace {

/// A free agent takes a call first, then all-media, then the chat that has waited longest (spec 6).
int priority(Mode mode) {
    switch (mode) {
    case Mode::Phone:
        return 0;
    case Mode::AllMedia:
        return 1;
    case Mode::Chat:
        break;
    }
    return 2;
}

struct Cursor {
    Mode mode = Mode::Chat;
    QueueKey key;
    Index group = kNone; ///< kNone: one of the direct ones
};

bool before(const Cursor& a, const Cursor& b) {
    return priority(a.mode) != priority(b.mode) ? priority(a.mode) < priority(b.mode) : a.key < b.key;
}

} // namespace

/// The order in which sessions that wait are looked at.
bool Router::Impl::comesBefore(Index a, Index b) const {
    return before({sessions[a].mode, sessions[a].key, kNone}, {sessions[b].mode, sessions[b].key, kNone});
}

bool Router::Impl::canTake(const AgentPart& agent, Index g) const {
    const Membership* m = membership(agent, g);
    return m != nullptr && m->inFree && !isBlocked(groups[g], groups[g].lines[m->line]);
}

/// Who gets this session now; kNone = nobody may.
Index Router::Impl::chooseAgent(const SessionPart& session) const {
    if (session.transferTo != kNone)
        return canTake(agents[session.transferTo], session.group) ? session.transferTo : kNone;
    if (session.mode == Mode::Phone && settings.phoneLastAgentFirst) {
        const Index last = activeAgent(session.lastAgent);
        if (last != kNone && canTake(agents[last], session.group) &&
            triedReason(session, session.lastAgent.value) == SkipReason::None)
            return last;
    }
    return bestFree(session);
}

Index Router::Impl::bestFree(const SessionPart& session) const {
    const GroupPart& group = groups[session.group];
    FreeKey best;
    for (const FreeLine& line : group.lines) {
        if (line.free.empty() || isBlocked(group, line))
            continue;
        line.free.visit([&](const FreeKey& key) {
            if (best.agent != kNone && best < key)
                return false;
            if (triedReason(session, key.agentId) != SkipReason::None)
                return true;
            best = key;
            return false;
        });
    }
    return best.agent;
}

/// An agent who may take more than before gets the oldest session they may take. Nobody else could have taken it, or it
/// would not wait.
void Router::Impl::matchAgent(Index a) {
    if (!isAvailable(agents[a]))
        return;
    for (const Mode mode : {Mode::Phone, Mode::AllMedia, Mode::Chat})
        if (const Index s = oldestFor(a, mode); s != kNone)
            return offer(s, a);
}

Index Router::Impl::oldestFor(Index a, Mode mode) const {
    const AgentPart& agent = agents[a];
    QueueKey best;
    for (const Membership& m : agent.memberships) {
        const GroupPart& group = groups[m.group];
        if (group.mode != mode || !m.inFree || group.queue.empty() || isBlocked(group, group.lines[m.line]))
            continue;
        const QueueKey& head = group.queue.first();
        if (best.session != kNone && best < head)
            continue;
        if (sessions[head.session].tried.empty()) { // nearly always: nothing to walk past
            best = head;
            continue;
        }
        group.queue.visit([&](const QueueKey& key) {
            if (best.session != kNone && best < key)
                return false;
            if (triedReason(sessions[key.session], agent.id) != SkipReason::None)
                return true;
            best = key;
            return false;
        });
    }
    for (const Wait& wait : agent.direct)
        if (wait.mode == mode && canTake(agent, sessions[wait.key.session].group) &&
            (best.session == kNone || wait.key < best))
            best = wait.key;
    return best.session;
}

/// After a change that may free several agents at once: sessions in the order of priority and FIFO, each to its best
/// agent.
void Router::Impl::matchGroups(std::vector<Index>& groupList) {
    std::sort(groupList.begin(), groupList.end());
    groupList.erase(std::unique(groupList.begin(), groupList.end()), groupList.end());
    std::vector<Cursor> cursors;
    cursors.reserve(groupList.size());
    for (const Index g : groupList)
        if (groups[g].id != 0 && !groups[g].queue.empty() && anyFree(groups[g]))
            cursors.push_back({groups[g].mode, groups[g].queue.first(), g});
    for (const Index a : directAgents)
        for (const Wait& wait : agents[a].direct)
            cursors.push_back({wait.mode, wait.key, kNone});
    while (!cursors.empty()) {
        const auto next = std::min_element(cursors.begin(), cursors.end(), before);
        const Index s = next->key.session;
        const QueueKey key = next->key;
        if (const Index a = chooseAgent(sessions[s]); a != kNone)
            offer(s, a);
        if (!toRematch.empty())
            return;
        const std::optional<QueueKey> following = next->group == kNone || !anyFree(groups[next->group])
                                                      ? std::nullopt
                                                      : groups[next->group].queue.firstAfter(key);
        if (following)
            next->key = *following;
        else
            cursors.erase(next);
    }
}

} // namespace cb::routing
