#include "shared/routing/timers_p.h"

#include <algorithm>

namespace cb::routing {

Timers::Timers(IsLive isLive)
    : m_isLive(std::move(isLive)) {
    m_first.fill(base::TimePoint::max());
}

/// To the lane whose end is the closest before it, so that lanes keep to one duration each.
void Timers::add(TimerKind kind, std::int64_t id, base::TimePoint at) {
    if (m_count >= m_sweepAt)
        sweep();
    const Timer timer{at, ++m_order, kind, id};
    const std::size_t begin = static_cast<std::size_t>(kind) * kLanes;
    std::size_t best = kHeap;
    for (std::size_t lane = begin; lane < begin + kLanes; ++lane) {
        const std::deque<Timer>& queue = m_lanes[lane];
        if (queue.empty())
            best = best == kHeap ? lane : best;
        else if (queue.back().at <= at &&
                 (best == kHeap || m_lanes[best].empty() || queue.back().at > m_lanes[best].back().at))
            best = lane;
    }
    if (best == kHeap) {
        m_heap.push_back(timer);
        std::push_heap(m_heap.begin(), m_heap.end(), std::greater<>{});
    } else {
        m_lanes[best].push_back(timer);
    }
    ++m_count;
    note(best);
}

std::optional<base::TimePoint> Timers::next() {
    const std::size_t lane = earliestLive(base::TimePoint::max());
    return m_first[lane] == base::TimePoint::max() ? std::nullopt : std::optional(m_first[lane]);
}

std::optional<Timer> Timers::takeDue(base::TimePoint now) {
    const std::size_t lane = earliestLive(now);
    if (m_first[lane] > now)
        return std::nullopt;
    const Timer due = front(lane);
    drop(lane);
    return due;
}

std::size_t Timers::earliest() const {
    std::size_t best = 0;
    for (std::size_t lane = 1; lane <= kHeap; ++lane) {
        const bool earlier = m_first[lane] < m_first[best];
        const bool tie = m_first[lane] == m_first[best] && m_first[best] != base::TimePoint::max();
        if (earlier || (tie && front(lane).order < front(best).order))
            best = lane;
    }
    return best;
}

/// Drops stale ones that come first, but looks at none that is later than `until`.
std::size_t Timers::earliestLive(base::TimePoint until) {
    std::size_t lane = earliest();
    while (m_first[lane] != base::TimePoint::max() && m_first[lane] <= until && !m_isLive(front(lane))) {
        drop(lane);
        lane = earliest();
    }
    return lane;
}

void Timers::drop(std::size_t lane) {
    if (lane == kHeap) {
        std::pop_heap(m_heap.begin(), m_heap.end(), std::greater<>{});
        m_heap.pop_back();
    } else {
        m_lanes[lane].pop_front();
    }
    --m_count;
    note(lane);
}

void Timers::note(std::size_t lane) {
    const bool empty = lane == kHeap ? m_heap.empty() : m_lanes[lane].empty();
    m_first[lane] = empty ? base::TimePoint::max() : front(lane).at;
}

void Timers::sweep() {
    const auto stale = [this](const Timer& timer) { return !m_isLive(timer); };
    m_count = 0;
    for (std::size_t lane = 0; lane < kHeap; ++lane) {
        std::erase_if(m_lanes[lane], stale);
        m_count += m_lanes[lane].size();
        note(lane);
    }
    std::erase_if(m_heap, stale);
    std::make_heap(m_heap.begin(), m_heap.end(), std::greater<>{});
    m_count += m_heap.size();
    note(kHeap);
    m_sweepAt = std::max<std::size_t>(8192, m_count * 2);
}

} // namespace cb::routing
