#pragma once

#include "shared/base/clock.h"
#include "shared/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace cb::base {

/// The offsets of one time zone over time. A value; safe to read on any thread.
class TimeZone {
public:
    /// UTC.
    TimeZone() = default;

    /// From the system's compiled zones (RFC 8536, version 2 or later), e.g. "Asia/Shanghai". Offsets after the file's
    /// last change stay as they are then: Debian's files reach to 2037. Reads a file of some KB. Errors: rejected
    /// time_zone_unknown.
    static Result<TimeZone> load(std::string_view name, const std::string& folder = "/usr/share/zoneinfo");

    Seconds offsetAt(TimePoint time) const;
    /// Days of the local calendar since 1970-01-01.
    std::chrono::days dayOf(TimePoint time) const;
    /// The first moment of the day of the local calendar that `time` is in.
    TimePoint startOfDay(TimePoint time) const;
    /// The first moment of the next day of the local calendar.
    TimePoint nextDay(TimePoint time) const;

private:
    struct Change {
        TimePoint from{};
        Seconds offset{0};
    };
    static Result<TimeZone> parse(const std::string& file);

    Seconds m_first{0};            ///< before the first change
    std::vector<Change> m_changes; ///< ascending
};

} // namespace cb::base
