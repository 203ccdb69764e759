#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

namespace cb::net {

struct WholeFile {};
struct Unsatisfiable {};
struct Part {
    std::int64_t first = 0;
    std::int64_t last = 0; ///< inclusive

    bool operator==(const Part&) const = default;
};

/// A Range header (RFC 9110 14.2) for a file of `size` bytes. One range of bytes is understood; several, other units
/// and what cannot be read are ignored, as the standard allows: the whole file.
std::variant<WholeFile, Unsatisfiable, Part> parseRange(std::string_view header, std::int64_t size);

} // namespace cb::net
