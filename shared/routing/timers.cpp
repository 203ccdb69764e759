#include "shared/routing/timers_p.h"

#include <algorithm>

namespace cb::routing {

void Timers::add(TimerKind kind, std::int64_t id, base::TimePoint at) {
    if (m_heap.size() >= m_sweepAt)
        sweep();
    m_heap.push_back({at, ++m_order, kind, id});
    std::push_heap(m_heap.begin(), m_heap.end(), std::greater<>{});
}

std::optional<base::TimePoint> Timers::next() {
    dropStale();
    return m_heap.empty() ? std::nullopt : std::optional(m_heap.front().at);
}

std::optional<Timer> Timers::takeDue(base::TimePoint now) {
    dropStale();
    if (m_heap.empty() || m_heap.front().at > now)
        return std::nullopt;
    const Timer due = m_heap.front();
    std::pop_heap(m_heap.begin(), m_heap.end(), std::greater<>{});
    m_heap.pop_back();
    return due;
}

void Timers::dropStale() {
    while (!m_heap.empty() && !m_isLive(m_heap.front())) {
        std::pop_heap(m_heap.begin(), m_heap.end(), std::greater<>{});
        m_heap.pop_back();
    }
}

void Timers::sweep() {
    std::erase_if(m_heap, [this](const Timer& timer) { return !m_isLive(timer); });
    std::make_heap(m_heap.begin(), m_heap.end(), std::greater<>{});
    m_sweepAt = std::max<std::size_t>(8192, m_heap.size() * 2);
}

} // namespace cb::routing
