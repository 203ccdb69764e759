#include "tests/shared/routing/mirror.h"

#include <algorithm>

namespace cb::test::routing {

namespace {

std::string at(const char* what, std::int64_t id) {
    return std::string(what) + " " + std::to_string(id);
}
bool passed(TimePoint deadline, TimePoint now) {
    return deadline != kNever && deadline <= now;
}

} // namespace

void Mirror::check(const Router& router, TimePoint now) {
    for (auto& [id, agent] : agents)
        settlePending(id, now);
    if (m_enqueued != 0 && m_enqueueFails)
        fail("nobody online, yet it did not fail at once");
    checkGroups(router, now);
    checkSessions(router, now);
    checkAgents(router, now);
    const auto next = router.nextDeadline();
    if (next && *next <= now)
        fail("a deadline has passed and is still there");
}

void Mirror::checkGroups(const Router& router, TimePoint now) {
    for (auto& [id, group] : groups) {
        const int here = online(id);
        if (here == 0 && !group.empty)
            group.emptySince = now;
        group.empty = here == 0;
        const model::GroupId groupId{id};
        const auto inIt = std::ranges::count_if(
            sessions, [&](const auto& e) { return e.second.place == SessionState::Queued && e.second.group == id; });
        if (router.online(groupId) != here || router.waiting(groupId) != inIt)
            fail(at("counts of group", id));
    }
}

void Mirror::checkSessions(const Router& router, TimePoint now) {
    for (auto& [id, s] : sessions) {
        const auto view = router.session(model::SessionId{id});
        if (!view || view->state != s.place || view->agent.value != s.agent || view->transferTo.value != s.transferTo ||
            view->waitingFrom != s.from)
            return fail(at("one place: the router disagrees about session", id));
        if (s.place == SessionState::Offered || s.place == SessionState::WrapUp) {
            if (passed(s.deadline, now))
                fail(at("deadline passed for session", id));
            continue;
        }
        if (s.place == SessionState::Open) {
            const Agent& agent = agents.at(s.agent);
            if (agent.base == AgentStatus::Offline && !agent.removed)
                fail(at("an offline agent has session", id));
            continue;
        }
        const Group& group = groups.at(s.group);
        if (group.empty && std::max(s.enteredAt, group.emptySince) + kNobodyOnline <= now)
            fail(at("nobody online for long, waits still", id));
        if (passed(s.waitEnd, now))
            fail(at("longest wait over, waits still", id));
        int ahead = 0;
        for (const auto& [otherId, other] : sessions)
            ahead += other.place == SessionState::Queued && other.transferTo == s.transferTo &&
                     (s.transferTo != 0 || other.group == s.group) &&
                     std::tuple(other.from, other.order) < std::tuple(s.from, s.order);
        if (router.position(model::SessionId{id}) != ahead)
            fail(at("position of session", id));
        for (const auto& [agentId, agent] : agents)
            if (eligible(agentId, s))
                fail(at("work conservation: eligible agent idle while waits session", id));
        const auto declined = [&](const auto& e) {
            return e.second.base != AgentStatus::Idle || !e.second.groups.contains(s.group) ||
                   s.declined.contains(e.first);
        };
        if (s.clearAt == kNever && s.transferTo == 0 && !group.empty && std::ranges::all_of(agents, declined))
            s.clearAt = now + kDeclineMemory;
    }
}

void Mirror::checkAgents(const Router& router, TimePoint now) {
    for (const auto& [id, agent] : agents) {
        const model::AgentId agentId{id};
        if (agent.removed && !hasWork(id))
            fail(at("removed and without work, still known: agent", id));
        if (router.load(agentId) != load(id))
            fail(at("load of agent", id));
        const auto calls = std::ranges::count_if(
            sessions, [&](const auto& e) { return e.second.agent == id && isExclusive(e.second.mode); });
        if (calls > 1)
            fail(at("exclusive: two calls at agent", id));
        const AgentStatus status = derived(id);
        if (router.status(agentId) != status || agent.told != status || agent.toldPending != agent.pending)
            fail(at("status without cause, or not told: agent", id));
        const auto presence = router.presence(agentId);
        if (!presence || presence->idleSince != agent.idleSince || presence->callsToday != agent.calls)
            fail(at("idle time or calls of agent", id));
        if (passed(agent.graceAt, now))
            fail(at("grace over for agent", id));
        const auto ring = ringingAt(id);
        if (router.ringing(agentId) != (ring == 0 ? OfferId{} : sessions.at(ring).offer))
            fail(at("ringing offer of agent", id));
    }
}

} // namespace cb::test::routing
