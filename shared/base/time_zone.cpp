#include "shared/base/time_zone.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>

namespace cb::base {

namespace {

constexpr std::size_t kHeader = 44;
constexpr std::uintmax_t kMostBytes = 1'000'000;
constexpr std::uint64_t kMostEntries = 10'000; ///< the longest real zone has some 250

/// A name of the zone database and nothing that leads elsewhere.
bool isName(std::string_view name) {
    const auto good = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
               c == '+' || c == '/';
    };
    return !name.empty() && name.size() <= 64 && name.front() != '/' && std::all_of(name.begin(), name.end(), good);
}

/// Big-endian, `size` bytes.
std::uint64_t number(const std::string& file, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value = value << 8 | static_cast<unsigned char>(file[at + i]);
    return value;
}

/// The six counts of a header.
struct Counts {
    std::uint64_t utc = 0, standard = 0, leaps = 0, times = 0, types = 0, letters = 0;

    static Counts at(const std::string& file, std::size_t header) {
        const auto count = [&](std::size_t which) { return number(file, header + 20 + 4 * which, 4); };
        return {count(0), count(1), count(2), count(3), count(4), count(5)};
    }
    bool plausible() const {
        return std::max({utc, standard, leaps, times, types, letters}) <= kMostEntries && types > 0;
    }
    std::size_t bytes(std::size_t timeSize) const {
        return times * (timeSize + 1) + types * 6 + letters + leaps * (timeSize + 4) + standard + utc;
    }
};

bool isHeader(const std::string& file, std::size_t at) {
    return file.size() >= at + kHeader && file.compare(at, 4, "TZif") == 0 && file[at + 4] >= '2';
}

Error unreadable() {
    return rejected("time_zone_unknown", "not a compiled zone of version 2 or later");
}

} // namespace

Result<TimeZone> TimeZone::load(std::string_view name, const std::string& folder) {
    if (!isName(name))
        return rejected("time_zone_unknown", "not a name");
    const std::filesystem::path path = folder + "/" + std::string(name);
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error) || std::filesystem::file_size(path, error) > kMostBytes)
        return rejected("time_zone_unknown", name);
    std::ifstream stream(path, std::ios::binary);
    const std::string file{std::istreambuf_iterator<char>(stream), {}};
    return parse(file);
}

Result<TimeZone> TimeZone::parse(const std::string& file) {
    if (!isHeader(file, 0) || !Counts::at(file, 0).plausible())
        return unreadable();
    const std::size_t second = kHeader + Counts::at(file, 0).bytes(4); // the first block has 32-bit times
    if (!isHeader(file, second))
        return unreadable();
    const Counts counts = Counts::at(file, second);
    const std::size_t times = second + kHeader;
    if (!counts.plausible() || file.size() < times + counts.bytes(8))
        return unreadable();
    const std::size_t types = times + counts.times * 8;
    const std::size_t infos = types + counts.times;
    const auto offset = [&](std::uint64_t type) {
        return Seconds{static_cast<std::int32_t>(number(file, infos + type * 6, 4))};
    };
    TimeZone zone;
    zone.m_first = offset(0);
    for (std::size_t i = 0; i < counts.times; ++i) {
        const std::uint64_t type = number(file, types + i, 1);
        if (type >= counts.types)
            return unreadable();
        const auto at = static_cast<std::int64_t>(number(file, times + i * 8, 8));
        constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max() / 1'000;
        if (at > -kFar && at < kFar) // else it would not fit into milliseconds: long before any clock
            zone.m_changes.push_back(Change{TimePoint{Seconds{at}}, offset(type)});
    }
    return zone;
}

Seconds TimeZone::offsetAt(TimePoint time) const {
    const auto after = std::upper_bound(m_changes.begin(), m_changes.end(), time,
                                        [](TimePoint t, const Change& change) { return t < change.from; });
    return after == m_changes.begin() ? m_first : std::prev(after)->offset;
}

std::chrono::days TimeZone::dayOf(TimePoint time) const {
    return std::chrono::floor<std::chrono::days>(time + offsetAt(time)).time_since_epoch();
}

TimePoint TimeZone::startOfDay(TimePoint time) const {
    TimePoint start = nextDay(time - std::chrono::hours(50)); // before, however the clocks were changed since
    for (TimePoint next = nextDay(start); next <= time; next = nextDay(start))
        start = next;
    return start;
}

TimePoint TimeZone::nextDay(TimePoint time) const {
    const TimePoint midnight{dayOf(time) + std::chrono::days{1}};
    // The clocks may change between now and then, or at midnight itself, which then may not exist.
    const TimePoint asNow = midnight - offsetAt(time);
    const TimePoint asThen = midnight - offsetAt(asNow);
    return asThen + offsetAt(asThen) >= midnight ? asThen : asNow;
}

} // namespace cb::base
