#include "shared/model/flow_trace.h"

#include <charconv>

namespace cb::model {

namespace {

constexpr char kBetween = '\x1f';
constexpr char kAfter = '\x1e';

/// Up to `end`, taken off the front.
std::string_view take(std::string_view& text, char end) {
    const std::size_t at = text.find(end);
    const auto out = text.substr(0, at);
    text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
    return out;
}

bool number(std::string_view text, std::int64_t& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size();
}

} // namespace

void extendTrace(std::string& trace, const TraceStep& step) {
    std::string next;
    if (!trace.empty())
        next += kAfter;
    next += std::to_string(step.node);
    next += kBetween;
    next += step.port;
    next += kBetween;
    next += std::to_string(step.atMillis);
    if (trace.size() + next.size() <= kMaxTrace)
        trace += next;
}

std::vector<TraceStep> parseTrace(std::string_view trace) {
    std::vector<TraceStep> steps;
    while (!trace.empty()) {
        auto text = take(trace, kAfter);
        TraceStep step;
        const bool node = number(take(text, kBetween), step.node);
        step.port = take(text, kBetween);
        if (node && number(text, step.atMillis))
            steps.push_back(std::move(step));
    }
    return steps;
}

} // namespace cb::model
