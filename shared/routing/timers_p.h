#pragma once

#include "shared/base/clock.h"

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

/// A heap of deadlines. Nothing is ever taken out early: the owner of a deadline keeps its time in a field, and a timer
/// whose owner has another time now is stale and dropped when it surfaces, or by a sweep when stale ones may be the
/// majority.
class Timers {
public:
    using IsLive = std::function<bool(const Timer&)>;
    explicit Timers(IsLive isLive)
        : m_isLive(std::move(isLive)) {}

    void add(TimerKind kind, std::int64_t id, base::TimePoint at);
    /// The earliest live one.
    std::optional<base::TimePoint> next();
    /// The earliest live one if it is due; it is taken out.
    std::optional<Timer> takeDue(base::TimePoint now);

private:
    void sweep();
    void dropStale();

    IsLive m_isLive;
    std::vector<Timer> m_heap;
    std::uint64_t m_order = 0;
    std::size_t m_sweepAt = 8192;
};

} // namespace cb::routing
