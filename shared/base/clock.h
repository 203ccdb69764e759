#pragma once

#include <chrono>
#include <cstdint>

namespace cb::base {

using Millis = std::chrono::milliseconds;
using Seconds = std::chrono::seconds;

/// UTC, millisecond resolution. Everything stored or sent is one of these.
using TimePoint = std::chrono::sys_time<Millis>;

/// Milliseconds since 1970-01-01T00:00:00Z, the form on the wire and in the database.
constexpr std::int64_t toUnixMillis(TimePoint t) {
    return t.time_since_epoch().count();
}
constexpr TimePoint fromUnixMillis(std::int64_t ms) {
    return TimePoint{Millis{ms}};
}

/// Where time comes from. Rules never call this: they are handed a TimePoint. Implementations are safe on any thread.
class Clock {
public:
    virtual ~Clock() = default;
    virtual TimePoint now() const = 0;
};

class SystemClock final : public Clock {
public:
    TimePoint now() const override { return std::chrono::time_point_cast<Millis>(std::chrono::system_clock::now()); }
};

/// A clock that moves only when told, for tests and the simulator. Not synchronised: use it from one thread.
class ManualClock final : public Clock {
public:
    explicit ManualClock(TimePoint start = fromUnixMillis(1'700'000'000'000))
        : m_now(start) {}
    TimePoint now() const override { return m_now; }
    void advance(Millis by) { m_now += by; }
    void set(TimePoint t) { m_now = t; }

private:
    TimePoint m_now;
};

} // namespace cb::base
