#include "server/desk/centre.h"

#include <algorithm>
#include <utility>

/// The overview（数据概览）: what admins who look at it are told, as things happen and at most once a second.
namespace cb::desk {

namespace {

constexpr base::Millis kOverviewEvery{1'000};

void count(model::AgentCounts& counts, model::AgentStatus status) {
    switch (status) {
    case model::AgentStatus::Idle:
        ++counts.idle;
        break;
    case model::AgentStatus::Busy:
        ++counts.busy;
        break;
    case model::AgentStatus::WrapUp:
        ++counts.wrapUp;
        break;
    case model::AgentStatus::Break:
        ++counts.onBreak;
        break;
    case model::AgentStatus::Offline:
        ++counts.offline;
        break;
    }
}

} // namespace

/// The day's figures follow the row as it is written.
void Centre::countInDay(LiveSession& session) {
    const store::SessionTimes times = timesOf(session.row);
    if (times == session.counted)
        return;
    m_day.take(session.counted);
    m_day.add(times);
    session.counted = times;
}

model::Overview Centre::overview() const {
    model::Overview overview;
    overview.timeZone = m_instance.timeZone;
    m_day.fill(overview, base::Seconds(m_instance.settings.serviceLevelSeconds));
    for (model::ChannelOverview& channel : overview.channels)
        if (const auto found = m_channels.find(channel.channel); found != m_channels.end())
            channel.name = found->second.name;
    // Groups that are no more have their sessions in the modes and channels.
    std::unordered_map<model::GroupId, model::DayTally> tallies;
    for (const model::GroupOverview& group : overview.groups)
        tallies[group.group] = group.today;
    std::unordered_map<model::GroupId, int> serving;
    for (const auto& [id, agent] : m_agents) {
        if (!agent.row.deleted)
            count(overview.agents, m_router->status(id).value_or(model::AgentStatus::Offline));
        for (const LiveSession* session : agent.sessions)
            serving[session->row.group] += session->row.state == model::SessionState::Open;
    }
    overview.groups.clear();
    for (const auto& [id, group] : m_groups) {
        model::GroupOverview one{id,         group.row.name, group.row.mode,       m_router->waiting(id),
                                 {},         serving[id],    m_router->online(id), m_router->free(id),
                                 tallies[id]};
        for (const LiveSession* session : group.queued)
            if (one.waitsSince == Time{} || session->waitingSince < one.waitsSince)
                one.waitsSince = session->waitingSince;
        overview.groups.push_back(std::move(one));
    }
    std::sort(overview.groups.begin(), overview.groups.end(),
              [](const auto& a, const auto& b) { return a.group < b.group; });
    return overview;
}

void Centre::watchOverview(model::AgentId id, const WatchOverview& command, Turn& turn) {
    turn.touch(m_instance.id);
    const LiveAgent& agent = *find(id);
    if (agent.row.role != model::Role::Admin) {
        turn.reply(command.origin, base::rejected("forbidden"));
        return;
    }
    turn.reply(command.origin, OkNothing{});
    if (!command.on) {
        m_watchers.erase(id);
        return;
    }
    Watcher& watcher = m_watchers[id];
    if (watcher.connection != command.origin.connection)
        watcher = Watcher{command.origin.connection, {}, 0};
    if (m_overview == nullptr || turn.now >= m_overviewAt + kOverviewEvery) {
        tellOverview(turn);
        return;
    }
    if (watcher.version == 0) { // the kept one will do for a second
        watcher.toldAt = turn.now;
        watcher.version = m_overviewVersion;
        turn.transient.emplace_back(OverviewEffect{{watcher.connection}, m_overview});
    }
    overviewMoved(turn);
}

/// Something of it may have changed.
void Centre::overviewMoved(Turn& turn) {
    if (!m_watchers.empty() && m_overviewTimer.due == Time{})
        m_services.deadlines.arm(m_overviewTimer, std::max(turn.now, m_overviewAt + kOverviewEvery),
                                 Deadlines::Kind::Overview, m_instance.id);
}

/// To everybody who watches, knows less, and was not told within the last second.
void Centre::tellOverview(Turn& turn) {
    std::erase_if(m_watchers, [&](const auto& watcher) {
        const LiveAgent* agent = find(watcher.first);
        return agent == nullptr || agent->connection != watcher.second.connection;
    });
    if (m_watchers.empty())
        return;
    m_overviewAt = turn.now;
    model::Overview now = overview();
    if (m_overview == nullptr || !(now == *m_overview)) {
        m_overview = std::make_shared<const model::Overview>(std::move(now));
        ++m_overviewVersion;
    }
    OverviewEffect effect{{}, m_overview};
    Time next{};
    for (auto& [id, watcher] : m_watchers) {
        if (watcher.version == m_overviewVersion)
            continue;
        const Time may = watcher.toldAt + kOverviewEvery;
        if (turn.now < may) {
            next = next == Time{} ? may : std::min(next, may);
            continue;
        }
        watcher.toldAt = turn.now;
        watcher.version = m_overviewVersion;
        effect.connections.push_back(watcher.connection);
    }
    if (next != Time{})
        m_services.deadlines.arm(m_overviewTimer, next, Deadlines::Kind::Overview, m_instance.id);
    if (!effect.connections.empty())
        turn.transient.emplace_back(std::move(effect));
}

} // namespace cb::desk
