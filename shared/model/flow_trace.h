#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The way a session went through its flow, node by node, so that it can be shown again. Kept with the session as text:
/// a step is "node U+001F port U+001F milliseconds", steps are separated by U+001E; names of ports have no control
/// characters.
namespace cb::model {

struct TraceStep {
    std::int64_t node = 0;     ///< of the flow's version
    std::string port;          ///< of the node before, by which it came; empty at the start
    std::int64_t atMillis = 0; ///< since the session started

    bool operator==(const TraceStep&) const = default;
};

inline constexpr std::size_t kMaxTrace = 64 * 1024; ///< bytes; steps that come later are not kept

void extendTrace(std::string& trace, const TraceStep& step);

/// What cannot be read is left out.
std::vector<TraceStep> parseTrace(std::string_view trace);

} // namespace cb::model
