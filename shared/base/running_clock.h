#pragma once

#include "shared/base/clock.h"

#include <functional>
#include <mutex>

namespace cb::base {

/// A clock for deadlines: the wall clock, but one that never stands still and never goes back. When the wall clock is
/// set back this one goes on from where it was, a little slower, until the wall clock has caught up: a minute's timer
/// takes at most 69 seconds meanwhile. When the wall clock is set forward it follows at once. Any thread.
class RunningClock final : public Clock {
public:
    using Steady = std::function<Millis()>; ///< time since some point, which nobody can set

    /// `wall` outlives it.
    explicit RunningClock(const Clock& wall, Steady steady = systemSteady);

    TimePoint now() const override;
    /// Of the system, without the time it was suspended.
    static Millis systemSteady();

private:
    const Clock& m_wall;
    const Steady m_steady;
    mutable std::mutex m_mutex;
    mutable Millis m_lastSteady;
    mutable std::int64_t m_eighths; ///< of a millisecond since 1970
};

} // namespace cb::base
