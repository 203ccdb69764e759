#include "server/net/range.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace cb::net {

namespace {

/// Digits only, no sign, no overflow.
std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || text.front() == '-' || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

} // namespace

std::variant<WholeFile, Unsatisfiable, Part> parseRange(std::string_view header, std::int64_t size) {
    constexpr std::string_view kUnit = "bytes=";
    if (header.substr(0, kUnit.size()) != kUnit)
        return WholeFile{};
    header.remove_prefix(kUnit.size());
    const auto dash = header.find('-');
    if (dash == std::string_view::npos || header.find(',') != std::string_view::npos)
        return WholeFile{};
    const auto first = number(header.substr(0, dash));
    const auto last = number(header.substr(dash + 1));
    if (dash == 0) {
        if (!last)
            return WholeFile{};
        if (*last == 0 || size == 0)
            return Unsatisfiable{};
        return Part{std::max<std::int64_t>(0, size - *last), size - 1};
    }
    if (!first || (!last && dash + 1 != header.size()) || (last && *last < *first))
        return WholeFile{};
    if (*first >= size)
        return Unsatisfiable{};
    return Part{*first, std::min(last.value_or(size - 1), size - 1)};
}

} // namespace cb::net
