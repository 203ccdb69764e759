#pragma once

#include "shared/base/clock.h"

#include <array>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace cb::routing {

enum class TimerKind : std::uint8_t {
    Offer,        ///< answer timeout; session
    Grace,        ///< disconnect grace; agent
    Recovery,     ///< status recovery after a call; agent
    Complete,     ///< wrap-up completes itself; session
    LongestWait,  ///< session
    DeclineClear, ///< session
    NobodyForOne, ///< returned to a queue with nobody online; session
    NobodyForAll, ///< the last member left; group
};

struct Timer {
    base::TimePoint at{};
    std::uint64_t order = 0; ///< ties: first set, first fired
    TimerKind kind = TimerKind::Offer;
    std::int64_t id = 0;

    bool operator>(const Timer& other) const { return at != other.at ? at > other.at : order > other.order; }
};

/// Deadlines. Nothing is ever taken out early: the owner of a deadline keeps its time in a field, and a timer whose
/// owner has another time now is stale and dropped when it surfaces, or by a sweep when stale ones may be the majority.
///
/// Nearly all timers of a kind have one of a few durations, so they are added in the order in which they fall due: each
/// kind has a few lanes that are plain queues, and a timer that fits at no lane's end goes to a heap. Adding and
/// dropping is O(1) in a lane.
class Timers {
public:
    using IsLive = std::function<bool(const Timer&)>;
    explicit Timers(IsLive isLive);

    void add(TimerKind kind, std::int64_t id, base::TimePoint at);
    /// The earliest live one.
    std::optional<base::TimePoint> next();
    /// The earliest live one if it is due; it is taken out.
    std::optional<Timer> takeDue(base::TimePoint now);

private:
    static constexpr std::size_t kKinds = 8;
    static constexpr std::size_t kLanes = 3; ///< per kind
    static constexpr std::size_t kHeap = kKinds * kLanes;

    const Timer& front(std::size_t lane) const { return lane == kHeap ? m_heap.front() : m_lanes[lane].front(); }
    std::size_t earliest() const;
    std::size_t earliestLive(base::TimePoint until);
    void drop(std::size_t lane);
    void note(std::size_t lane);
    void sweep();

    IsLive m_isLive;
    std::array<std::deque<Timer>, kHeap> m_lanes;
    std::vector<Timer> m_heap;
    std::array<base::TimePoint, kHeap + 1> m_first; ///< when each lane's front is due, max() when empty
    std::uint64_t m_order = 0;
    std::size_t m_count = 0;
    std::size_t m_sweepAt = 8192;
};

} // namespace cb::routing
