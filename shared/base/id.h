#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace cb::base {

/// A row number that cannot be mistaken for another kind's. 0 means "none"; rows start at 1.
template <class Tag>
struct Id {
    std::int64_t value = 0;

    constexpr Id() = default;
    constexpr explicit Id(std::int64_t v)
        : value(v) {}

    constexpr explicit operator bool() const { return value != 0; }
    constexpr auto operator<=>(const Id&) const = default;
};

} // namespace cb::base

template <class Tag>
struct std::hash<cb::base::Id<Tag>> {
    std::size_t operator()(cb::base::Id<Tag> id) const noexcept {
        // Fibonacci hashing: ids are dense, buckets should not be.
        return static_cast<std::size_t>(static_cast<std::uint64_t>(id.value) * 0x9E3779B97F4A7C15ull);
    }
};
