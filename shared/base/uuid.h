#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace cb::base {

/// The sender's name for a message (RFC 9562), 16 bytes; text form lower-case with hyphens. The nil UUID means "none".
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    bool isNil() const;
    auto operator<=>(const Uuid&) const = default;
};

/// 36 characters, lower-case.
std::string toString(const Uuid& uuid);

/// Accepts the 36-character form, either case. Anything else, and the nil UUID, is nullopt.
std::optional<Uuid> parseUuid(std::string_view text);

/// A version 4 UUID out of two random words.
Uuid uuidFrom(std::uint64_t high, std::uint64_t low);

} // namespace cb::base

template <>
struct std::hash<cb::base::Uuid> {
    std::size_t operator()(const cb::base::Uuid& uuid) const noexcept;
};
