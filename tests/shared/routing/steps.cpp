#include "tests/shared/routing/steps.h"

#include <algorithm>

namespace cb::test::routing {

using model::AgentId;
using model::GroupId;
using model::SessionId;

void Run::apply(const Event& event) {
    m_out.clear();
    m_mirror.expire(m_now);
    m_router.apply(event, m_now, m_out);
    const bool refused =
        std::ranges::any_of(m_out, [](const Decision& d) { return std::holds_alternative<decision::Refused>(d); });
    if (!refused)
        m_mirror.take(event, m_now);
    else if (m_out.size() != 1)
        m_mirror.problem = "refused, and yet decided";
    for (const Decision& d : m_out) {
        if (m_keepLog)
            m_log += describe(d) + "\n";
        if (m_mirror.problem.empty())
            m_mirror.take(d, m_now);
    }
    m_decided += m_out.size();
    if (m_mirror.problem.empty())
        m_mirror.check(m_router, m_now);
}

bool Run::take(const Step& step) {
    const TimePoint until = m_now + step.after;
    for (auto due = m_router.nextDeadline(); due && *due < until; due = m_router.nextDeadline()) {
        m_now = *due;
        apply(event::Tick{});
        if (!problem().empty())
            return false;
    }
    m_now = until;
    Event event = step.event;
    const auto ringing = [&](AgentId agent) { return m_router.ringing(agent); };
    if (auto* e = std::get_if<event::Answer>(&event))
        e->offer = ringing(e->agent);
    if (auto* d = std::get_if<event::Decline>(&event))
        d->offer = ringing(d->agent);
    apply(event);
    return problem().empty();
}

std::string firstProblem(const std::vector<Step>& steps) {
    Run run;
    for (const Step& step : steps)
        if (!run.take(step))
            return run.problem();
    return {};
}

std::vector<Step> shrink(std::vector<Step> steps) {
    for (std::size_t chunk = steps.size() / 2; chunk > 0; chunk = chunk == 1 ? 0 : (chunk + 1) / 2) {
        bool again = true;
        while (again) {
            again = false;
            for (std::size_t from = 0; from < steps.size();) {
                const std::size_t to = std::min(steps.size(), from + chunk);
                std::vector<Step> fewer(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(from));
                fewer.insert(fewer.end(), steps.begin() + static_cast<std::ptrdiff_t>(to), steps.end());
                for (std::size_t i = from; i < to && from < fewer.size(); ++i)
                    fewer[from].after += steps[i].after; // times stay
                if (firstProblem(fewer).empty()) {
                    from = to;
                } else {
                    steps = std::move(fewer);
                    again = chunk == 1;
                }
            }
        }
    }
    return steps;
}

// ---- generator ----

model::InstanceSettings Generator::settings() {
    model::InstanceSettings s;
    s.chatAnswerTimeout = !m_random.oneIn(4);
    s.chatAnswerSeconds = 1 + static_cast<int>(m_random.below(20));
    s.allMediaAnswerTimeout = !m_random.oneIn(4);
    s.allMediaAnswerSeconds = 1 + static_cast<int>(m_random.below(20));
    s.phoneAnswerTimeout = !m_random.oneIn(4);
    s.phoneAnswerSeconds = 1 + static_cast<int>(m_random.below(20));
    s.phoneRecovery = !m_random.oneIn(3);
    s.phoneRecoverySeconds = 1 + static_cast<int>(m_random.below(15));
    s.phoneFewestCalls = m_random.oneIn(2);
    s.phoneLastAgentFirst = m_random.oneIn(2);
    s.blending = m_random.oneIn(2);
    s.wrapUpSeconds = static_cast<int>(m_random.below(20));
    return s;
}

model::Group Generator::group(std::int64_t id) {
    model::Group g;
    g.id = GroupId{id};
    g.mode = id % 5 == 1 ? Mode::Phone : id % 5 == 2 ? Mode::AllMedia : Mode::Chat; // fixed for an id
    g.limit = 1 + static_cast<int>(m_random.below(4));
    return g;
}

std::vector<GroupId> Generator::someGroups() {
    std::vector<GroupId> result;
    for (std::int64_t g = 1; g <= m_groups; ++g)
        if (!m_random.oneIn(3))
            result.push_back(GroupId{g});
    return result;
}

AgentId Generator::agent() {
    return AgentId{1 + static_cast<std::int64_t>(m_random.below(static_cast<std::uint64_t>(m_agents)))};
}

/// Whole seconds plus a millisecond of its own, so that no two deadlines and events coincide unless one event caused
/// both.
Millis Generator::pause() {
    const std::uint64_t kind = m_random.below(100);
    const std::uint64_t most = kind < 60 ? 1 : kind < 90 ? 3 : kind < 99 ? 12 : 90;
    return Millis{static_cast<std::int64_t>(m_random.below(most)) * 1000 + 1};
}

std::vector<Step> Generator::world() {
    m_groups = 2 + static_cast<std::int64_t>(m_random.below(4));
    m_agents = 1 + static_cast<std::int64_t>(m_random.below(6));
    std::vector<Step> steps;
    const auto add = [&](Event event) { steps.push_back({Millis{1}, std::move(event)}); };
    add(event::SettingsChanged{settings()});
    for (std::int64_t g = 1; g <= m_groups; ++g)
        add(event::GroupAdded{group(g)});
    for (std::int64_t a = 1; a <= m_agents; ++a) {
        add(event::AgentAdded{AgentId{a}, someGroups()});
        if (!m_random.oneIn(4))
            add(event::AgentOnline{AgentId{a}});
    }
    return steps;
}

std::int64_t Generator::sessionIn(const Mirror& mirror, SessionState place) {
    std::vector<std::int64_t> found;
    for (const auto& [id, s] : mirror.sessions)
        if (s.place == place)
            found.push_back(id);
    if (found.empty() || m_random.oneIn(50))
        return 1 + static_cast<std::int64_t>(m_random.below(static_cast<std::uint64_t>(m_sessions + 2)));
    return found[m_random.below(found.size())];
}

AgentId Generator::busyAgent(const Mirror& mirror, bool ringing) {
    std::vector<std::int64_t> found;
    for (const auto& [id, a] : mirror.agents)
        if (ringing ? mirror.ringingAt(id) != 0 : a.afterCall != 0)
            found.push_back(id);
    return found.empty() || m_random.oneIn(50) ? agent() : AgentId{found[m_random.below(found.size())]};
}

Event Generator::enqueue(const Mirror& mirror) {
    event::SessionEnqueue e;
    if (mirror.sessions.size() > 14)
        return event::SessionCancelled{SessionId{sessionIn(mirror, SessionState::Queued)}};
    e.session = SessionId{++m_sessions};
    e.group = GroupId{1 + static_cast<std::int64_t>(m_random.below(static_cast<std::uint64_t>(m_groups)))};
    e.mode = group(e.group.value).mode;
    if (m_random.oneIn(3))
        e.lastAgent = agent();
    if (m_random.oneIn(6))
        e.directAgent = agent();
    if (m_random.oneIn(3))
        e.longestWait = base::Seconds{5 + static_cast<int>(m_random.below(60))};
    return e;
}

Event Generator::transfer(const Mirror& mirror) {
    const std::int64_t id = sessionIn(mirror, SessionState::Open);
    const auto it = mirror.sessions.find(id);
    const AgentId from{it == mirror.sessions.end() ? 0 : it->second.agent};
    const GroupId to{static_cast<std::int64_t>(m_random.below(static_cast<std::uint64_t>(m_groups + 1)))};
    const Millis wait = base::Seconds{m_random.oneIn(3) ? 20 : 0};
    if (m_random.oneIn(2))
        return event::TransferToGroup{from, SessionId{id}, to, wait};
    return event::TransferToAgent{from, SessionId{id}, agent(), m_random.oneIn(2) ? GroupId{} : to, wait};
}

Event Generator::sessionEvent(const Mirror& mirror) {
    const auto none = [&](SessionState place) {
        return std::ranges::none_of(mirror.sessions, [&](const auto& e) { return e.second.place == place; });
    };
    const auto owner = [&](std::int64_t id) {
        const auto it = mirror.sessions.find(id);
        return it == mirror.sessions.end() ? agent() : AgentId{it->second.agent};
    };
    const std::uint64_t kind = m_random.below(20);
    const SessionState needed = kind == 0                ? SessionState::Queued
                                : kind < 6 || kind == 8  ? SessionState::Open
                                : kind == 6 || kind == 7 ? SessionState::WrapUp
                                                         : SessionState::Offered;
    if (none(needed) && !m_random.oneIn(20))
        return enqueue(mirror);
    switch (kind) {
    case 0:
        return event::SessionCancelled{SessionId{sessionIn(mirror, SessionState::Queued)}};
    case 1:
        return event::SessionCancelled{SessionId{sessionIn(mirror, SessionState::Offered)}};
    case 2:
        return event::CallEnded{SessionId{sessionIn(mirror, SessionState::Open)}};
    case 3:
    case 4:
    case 5: {
        const std::int64_t id = sessionIn(mirror, SessionState::Open);
        return event::AgentEndedSession{owner(id), SessionId{id}};
    }
    case 6:
    case 7: {
        const std::int64_t id = sessionIn(mirror, SessionState::WrapUp);
        return event::SessionCompleted{owner(id), SessionId{id}};
    }
    case 8:
        return transfer(mirror);
    case 9:
        return event::Decline{busyAgent(mirror, true), {}};
    case 10:
    case 11:
    case 12:
    case 13:
        return event::Answer{busyAgent(mirror, true), {}};
    default:
        return enqueue(mirror);
    }
}

Event Generator::agentEvent(const Mirror& mirror) {
    switch (m_random.below(16)) {
    case 0:
        return event::AgentDisconnected{agent()};
    case 1:
    case 2:
        return event::AgentConnected{agent()};
    case 3:
        return event::AgentSetStatus{agent(), AgentStatus::Break};
    case 4:
        return event::AgentSetStatus{agent(), AgentStatus::Offline};
    case 5:
    case 6:
        return event::AgentSetStatus{agent(), AgentStatus::Idle};
    case 7:
        return event::MediaLive{agent(), m_random.oneIn(2)};
    case 8:
        return event::DialOutStarted{agent()};
    case 9:
        return event::DialOutEnded{agent()};
    case 10:
        return event::Continue{busyAgent(mirror, false)};
    case 11:
        return event::EnterWrapUp{busyAgent(mirror, false)};
    case 12:
        return event::EndWrapUp{busyAgent(mirror, false)};
    default:
        return event::AgentOnline{agent()};
    }
}

Event Generator::adminEvent(const Mirror&) {
    const std::int64_t g = 1 + static_cast<std::int64_t>(m_random.below(static_cast<std::uint64_t>(m_groups)));
    switch (m_random.below(8)) {
    case 0:
        return event::AgentRemoved{agent()};
    case 1:
        return event::AgentAdded{agent(), someGroups()};
    case 2:
        return event::GroupRemoved{GroupId{g}};
    case 3:
        return event::GroupAdded{group(g)};
    case 4:
        return event::GroupChanged{group(g)};
    case 5:
        return event::DayStarted{};
    case 6:
        return event::SettingsChanged{settings()};
    default:
        return event::MembershipChanged{agent(), someGroups()};
    }
}

/// Brings somebody or something back, so that the worlds stay busy.
Event Generator::repair(const Mirror& mirror) {
    const std::int64_t g = 1 + static_cast<std::int64_t>(m_random.below(static_cast<std::uint64_t>(m_groups)));
    if (!mirror.groups.contains(g))
        return event::GroupAdded{group(g)};
    const AgentId id = agent();
    const auto it = mirror.agents.find(id.value);
    if (it == mirror.agents.end())
        return event::AgentAdded{id, someGroups()};
    const Mirror::Agent& a = it->second;
    if (a.base == AgentStatus::Offline)
        return event::AgentOnline{id};
    if (!a.connected)
        return event::AgentConnected{id};
    if (a.base == AgentStatus::Break || a.pending)
        return event::AgentSetStatus{id, AgentStatus::Idle};
    if (a.dialOut)
        return event::DialOutEnded{id};
    if (a.afterCall != 0)
        return event::Continue{id};
    if (a.groups.empty())
        return event::MembershipChanged{id, someGroups()};
    return event::Answer{busyAgent(mirror, true), {}};
}

Step Generator::next(const Mirror& mirror) {
    const std::uint64_t kind = m_random.below(60);
    Event event = kind == 0   ? adminEvent(mirror)
                  : kind < 8  ? agentEvent(mirror)
                  : kind < 20 ? repair(mirror)
                              : sessionEvent(mirror);
    return {pause(), std::move(event)};
}

} // namespace cb::test::routing
