#pragma once

#include "shared/flowrun/interpreter.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Events and effects as lines of text, the form of the golden transcripts in tests/data/flow: a file has a flow and
/// sessions, a session what it is about and its steps, a step an event and the effects it must have.
namespace cb::test {

struct Step {
    std::string event;
    std::vector<std::string> effects;
};

struct Session {
    std::string about;
    std::vector<Step> steps;
};

struct Golden {
    std::string flow; ///< JSON
    std::vector<Session> sessions;
};

/// Throws what nlohmann-json throws.
Golden parseGolden(const std::string& json);
/// What parseGolden reads, laid out to be read and compared line by line.
std::string toJson(const Golden& golden);

/// "start", "text 产品", "digit 1", "play_done 2", "timeout reply", "queued 3", "failed", "connected 000010",
/// "agent_ended", "agent_left", "agent_message", "customer_message", "customer_left".
std::optional<flowrun::Event> parseEvent(std::string_view line);

std::string describe(const flowrun::Effect& effect);
std::vector<std::string> describe(const flowrun::Effects& effects);

} // namespace cb::test
