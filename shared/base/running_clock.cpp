#include "shared/base/running_clock.h"

#include <algorithm>
#include <utility>

namespace cb::base {

namespace {
constexpr std::int64_t kEighths = 8;
}

RunningClock::RunningClock(const Clock& wall, Steady steady)
    : m_wall(wall)
    , m_steady(std::move(steady))
    , m_lastSteady(m_steady())
    , m_eighths(toUnixMillis(wall.now()) * kEighths) {}

TimePoint RunningClock::now() const {
    const std::lock_guard lock(m_mutex);
    const Millis steady = m_steady();
    const std::int64_t wall = toUnixMillis(m_wall.now()) * kEighths;
    const std::int64_t passed = std::max<std::int64_t>(0, (steady - m_lastSteady).count());
    m_lastSteady = std::max(steady, m_lastSteady);
    m_eighths = std::max(wall, m_eighths + passed * (kEighths - 1));
    return fromUnixMillis(m_eighths / kEighths);
}

Millis RunningClock::systemSteady() {
    return std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now().time_since_epoch());
}

} // namespace cb::base
