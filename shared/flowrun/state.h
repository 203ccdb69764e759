#pragma once

#include "shared/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cb::flowrun {

class CompiledFlow;

enum class Phase : std::uint8_t {
    New,          ///< before StartFlow
    Playing,      ///< a play node's sound plays
    Prompting,    ///< a key branch's prompts play
    Waiting,      ///< a branch waits for a reply or a key
    Transferring, ///< wants a human; no queue text said yet
    Queued,       ///< in the queue, text said
    Announcing,   ///< phone: the agent answered, the caller hears the announcement
    Served,       ///< with an agent
    Ended,
};

/// Which deadline; a session has at most one at a time.
enum class Timer : std::uint8_t {
    None,
    Reply,   ///< chat branch: over = abandoned
    Key,     ///< key branch: over = one error
    Silence, ///< served: over = customer silent
};

/// Names as in model::EndReason.
enum class EndReason : std::uint8_t {
    None,
    FlowEnded,      ///< came to an end without an agent
    Abandoned,      ///< left, hung up, or never replied, in the flow or while waiting
    FlowLoop,       ///< 1,000 steps without customer input (spec 5)
    CustomerSilent, ///< the end's silence time was over
    CustomerLeft,   ///< chat: left while served
    AgentEnded,
    HungUp, ///< phone: the caller hung up while served, or the flow after too many errors
    Failed, ///< state and flow do not fit
};

/// Where one session is in its flow. Small on purpose: 100,000 live sessions hold one each.
struct State {
    std::uint32_t node = 0;  ///< index in the CompiledFlow; in JSON it is the node's id
    std::uint16_t steps = 0; ///< nodes entered since the customer's last input
    std::uint16_t play = 0;  ///< number of the last Play effect
    std::uint8_t errors = 0; ///< key branch: time-outs and wrong keys since entering it
    Phase phase = Phase::New;
    Timer timer = Timer::None; ///< the deadline that is running
    EndReason outcome =
        EndReason::None; ///< why it ended; before that, how the agent's part ended while "served" is walked

    bool operator==(const State&) const = default;
};
static_assert(sizeof(State) == 12);

/// True when this state can occur in this flow. step() ends a session whose state is not (EndReason::Failed).
bool fits(const CompiledFlow& flow, const State& state);

/// {"node":12,"phase":"waiting","steps":3,…}; zero fields left out. The node stands by its id, so a state can be read
/// against any compilation of the same version. `state` must fit the flow.
std::string encode(const CompiledFlow& flow, const State& state);

/// Error flow_bad_state, Fatal, param "at": not JSON, a value out of range, or it does not fit the flow.
base::Result<State> decode(const CompiledFlow& flow, std::string_view json);

std::string_view name(Phase phase);
std::string_view name(Timer timer);
std::string_view name(EndReason reason);
std::optional<Phase> parsePhase(std::string_view name);
std::optional<Timer> parseTimer(std::string_view name);
std::optional<EndReason> parseEndReason(std::string_view name);

} // namespace cb::flowrun
