#include "server/desk/day.h"

#include <algorithm>

namespace cb::desk {

namespace {

using base::Millis;
using base::TimePoint;

constexpr std::int64_t kLongestWait = 65'535; ///< far above any threshold

std::uint16_t wholeSeconds(Millis wait) {
    return static_cast<std::uint16_t>(
        std::clamp<std::int64_t>(std::chrono::ceil<base::Seconds>(wait).count(), 0, kLongestWait));
}

/// Clocks can be set back between two moments.
std::int64_t length(TimePoint from, TimePoint to) {
    return std::max<std::int64_t>(0, (to - from).count());
}

model::DayTally tallyOf(const store::SessionTimes& s, int sign) {
    model::DayTally tally;
    const bool answered = s.answeredAt != TimePoint{};
    const bool ended = s.endedAt != TimePoint{};
    tally.offered = sign;
    tally.answered = answered ? sign : 0;
    tally.waitMs = answered ? sign * length(s.queuedAt, s.answeredAt) : 0;
    tally.abandoned = !answered && ended && s.group ? sign : 0;
    tally.abandonedSoon = tally.abandoned != 0 && s.endedAt - s.queuedAt <= model::DayTally::kSoon ? sign : 0;
    tally.unserved = !answered && ended && !s.group ? sign : 0;
    tally.handled = answered && s.completedAt != TimePoint{} ? sign : 0;
    tally.handleMs = tally.handled != 0 ? sign * length(s.answeredAt, s.completedAt) : 0;
    return tally;
}

/// The entry of this key at the end of an ordered list.
template <class Row, class Id>
model::DayTally& tallyAt(std::vector<Row>& rows, Id Row::*id, Id key) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.*id == key; });
    if (found != rows.end())
        return found->today;
    rows.emplace_back().*id = key;
    return rows.back().today;
}

template <class Row, class Id>
void order(std::vector<Row>& rows, Id Row::*id) {
    std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) { return a.*id < b.*id; });
}

} // namespace

store::SessionTimes timesOf(const model::Session& row) {
    return {row.mode, row.channel, row.group, row.queuedAt, row.answeredAt, row.endedAt, row.completedAt};
}

void Day::begin(const base::TimeZone& zone, TimePoint now) {
    m_from = zone.startOfDay(now);
    m_to = zone.nextDay(now);
    m_keptFrom = std::max(m_keptFrom, m_from - kBefore);
    m_cells.erase(m_cells.begin(), m_cells.lower_bound(Key{m_keptFrom, {}, {}, {}}));
}

void Day::add(const store::SessionTimes& session) {
    count(session, 1);
}

void Day::take(const store::SessionTimes& session) {
    count(session, -1);
}

void Day::count(const store::SessionTimes& session, int sign) {
    if (session.queuedAt < m_keptFrom || session.queuedAt == TimePoint{})
        return;
    const Key key{std::chrono::floor<std::chrono::duration<std::int64_t, std::ratio<900>>>(session.queuedAt),
                  session.mode, session.channel, session.group};
    const auto at = m_cells.try_emplace(key).first;
    Cell& cell = at->second;
    cell.tally += tallyOf(session, sign);
    if (session.answeredAt != TimePoint{}) {
        const std::uint16_t wait = wholeSeconds(session.answeredAt - session.queuedAt);
        if (sign > 0)
            cell.waits.push_back(wait);
        else if (const auto one = std::find(cell.waits.begin(), cell.waits.end(), wait); one != cell.waits.end()) {
            *one = cell.waits.back();
            cell.waits.pop_back();
        }
    }
    if (cell.tally == model::DayTally{})
        m_cells.erase(at);
}

void Day::fill(model::Overview& overview, base::Seconds threshold) const {
    overview.dayFrom = m_from;
    overview.dayTo = m_to;
    overview.threshold = static_cast<int>(threshold.count());
    const auto end = m_cells.lower_bound(Key{m_to, {}, {}, {}});
    for (auto at = m_cells.lower_bound(Key{m_from, {}, {}, {}}); at != end; ++at) {
        const auto& [key, cell] = *at;
        model::DayTally tally = cell.tally;
        tally.within = static_cast<int>(std::count_if(cell.waits.begin(), cell.waits.end(),
                                                      [&](std::uint16_t wait) { return wait <= threshold.count(); }));
        tallyAt(overview.modes, &model::ModeOverview::mode, key.mode) += tally;
        tallyAt(overview.channels, &model::ChannelOverview::channel, key.channel) += tally;
        if (key.group)
            tallyAt(overview.groups, &model::GroupOverview::group, key.group) += tally;
        const auto slot = static_cast<std::size_t>((key.quarter - m_from) / model::Overview::kQuarter);
        for (auto* series : {&overview.offered, &overview.answered, &overview.abandoned})
            series->resize(std::max(series->size(), slot + 1));
        overview.offered[slot] += tally.offered;
        overview.answered[slot] += tally.answered;
        overview.abandoned[slot] += tally.abandoned;
    }
    order(overview.modes, &model::ModeOverview::mode);
    order(overview.channels, &model::ChannelOverview::channel);
    order(overview.groups, &model::GroupOverview::group);
}

} // namespace cb::desk
