#include "shared/flowrun/state.h"

#include "shared/flowrun/compiled_flow.h"
#include "shared/flowrun/interpreter.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace cb::flowrun {

namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 9> kPhases{"new",    "playing",    "prompting", "waiting", "transferring",
                                                  "queued", "announcing", "served",    "ended"};
constexpr std::array<std::string_view, 4> kTimers{"none", "reply", "key", "silence"};
constexpr std::array<std::string_view, 9> kReasons{"none",        "flow_ended",      "abandoned",
                                                   "flow_loop",   "customer_silent", "customer_left",
                                                   "agent_ended", "hung_up",         "failed"};
/// A state is some 120 bytes; nothing longer is looked at.
constexpr std::size_t kMaxStateBytes = 1'024;

template <class E, std::size_t N>
std::optional<E> parseIn(const std::array<std::string_view, N>& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
        return std::nullopt;
    return static_cast<E>(found - names.begin());
}

template <std::size_t N, class E>
std::string_view nameIn(const std::array<std::string_view, N>& names, E value) {
    const auto index = static_cast<std::size_t>(value);
    return index < N ? names[index] : names[0];
}

/// Timers belong to one phase and one kind of node.
bool timerFits(const CompiledFlow& flow, const CompiledFlow::Node& node, const State& state) {
    const flow::NodeData& data = node.source.data;
    if (state.phase == Phase::Waiting)
        return state.timer == (std::holds_alternative<flow::Branch>(data) ? Timer::Reply : Timer::Key);
    if (state.phase != Phase::Served || state.timer == Timer::None)
        return state.timer == Timer::None;
    if (state.timer != Timer::Silence || node.service == CompiledFlow::kNone)
        return false;
    const auto* end = std::get_if<flow::End>(&flow.at(node.service).source.data);
    return end && end->silence.count() > 0;
}

bool outcomeFits(const State& state) {
    switch (state.phase) {
    case Phase::New:
        return state.outcome == EndReason::None;
    case Phase::Ended:
        return state.outcome > EndReason::None && state.outcome <= EndReason::Failed;
    default:
        return state.outcome == EndReason::None || state.outcome == EndReason::AgentEnded ||
               state.outcome == EndReason::CustomerSilent;
    }
}

bool phaseFits(const CompiledFlow& flow, const State& state) {
    const flow::NodeData& data = flow.at(state.node).source.data;
    const bool isCallTransfer = std::holds_alternative<flow::CallTransfer>(data);
    const bool isTransfer = isCallTransfer || std::holds_alternative<flow::Transfer>(data);
    switch (state.phase) {
    case Phase::New:
        return state.node == flow.start();
    case Phase::Playing:
        return std::holds_alternative<flow::Play>(data);
    case Phase::Prompting:
        return std::holds_alternative<flow::KeyBranch>(data);
    case Phase::Waiting:
        return std::holds_alternative<flow::KeyBranch>(data) || std::holds_alternative<flow::Branch>(data);
    case Phase::Transferring:
    case Phase::Queued:
    case Phase::Served:
        return isTransfer;
    case Phase::Announcing:
        return isCallTransfer;
    case Phase::Ended:
        return true;
    }
    return false;
}

base::Error badState(std::string_view at) {
    return base::with(base::fatal("flow_bad_state"), "at", std::string(at));
}

/// Reads `json[field]` when there. False: it is there and not a whole number from 0 to `most`.
template <class T>
bool readNumber(const Json& json, const char* field, std::uint64_t most, T& target) {
    const auto found = json.find(field);
    if (found == json.end())
        return true;
    if (!found->is_number_unsigned() || found->get<std::uint64_t>() > most)
        return false;
    target = static_cast<T>(found->get<std::uint64_t>());
    return true;
}

template <class E>
bool readName(const Json& json, const char* field, std::optional<E> (*parse)(std::string_view), E& target) {
    const auto found = json.find(field);
    if (found == json.end())
        return true;
    if (!found->is_string())
        return false;
    const auto value = parse(found->get_ref<const std::string&>());
    if (value)
        target = *value;
    return value.has_value();
}

} // namespace

bool fits(const CompiledFlow& flow, const State& state) {
    return state.node < flow.size() && state.steps <= kMaxSteps + 1 && phaseFits(flow, state) && outcomeFits(state) &&
           timerFits(flow, flow.at(state.node), state);
}

std::string encode(const CompiledFlow& flow, const State& state) {
    std::string json = "{\"node\":" + std::to_string(currentNode(flow, state).id.value);
    const auto number = [&json](std::string_view field, unsigned value) {
        if (value != 0)
            json.append(",\"").append(field).append("\":").append(std::to_string(value));
    };
    const auto word = [&json](std::string_view field, std::string_view value) {
        json.append(",\"").append(field).append("\":\"").append(value).append("\"");
    };
    word("phase", name(state.phase));
    number("steps", state.steps);
    number("play", state.play);
    number("errors", state.errors);
    if (state.timer != Timer::None)
        word("timer", name(state.timer));
    if (state.outcome != EndReason::None)
        word("outcome", name(state.outcome));
    return json + "}";
}

base::Result<State> decode(const CompiledFlow& flow, std::string_view text) {
    if (text.size() > kMaxStateBytes)
        return badState("size");
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object())
        return badState("json");
    State state;
    std::int64_t id = 0;
    if (!readNumber(json, "node", std::numeric_limits<std::int64_t>::max(), id))
        return badState("node");
    state.node = flow.indexOf(NodeId{id});
    if (state.node == CompiledFlow::kNone)
        return badState("node");
    if (!json.contains("phase") || !readName(json, "phase", &parsePhase, state.phase))
        return badState("phase");
    if (!readNumber(json, "steps", kMaxSteps + 1, state.steps))
        return badState("steps");
    if (!readNumber(json, "play", 0xFFFF, state.play))
        return badState("play");
    if (!readNumber(json, "errors", 0xFF, state.errors))
        return badState("errors");
    if (!readName(json, "timer", &parseTimer, state.timer))
        return badState("timer");
    if (!readName(json, "outcome", &parseEndReason, state.outcome))
        return badState("outcome");
    if (!fits(flow, state))
        return badState("flow");
    return state;
}

std::string_view name(Phase phase) {
    return nameIn(kPhases, phase);
}
std::string_view name(Timer timer) {
    return nameIn(kTimers, timer);
}
std::string_view name(EndReason reason) {
    return nameIn(kReasons, reason);
}
std::optional<Phase> parsePhase(std::string_view name) {
    return parseIn<Phase>(kPhases, name);
}
std::optional<Timer> parseTimer(std::string_view name) {
    return parseIn<Timer>(kTimers, name);
}
std::optional<EndReason> parseEndReason(std::string_view name) {
    return parseIn<EndReason>(kReasons, name);
}

} // namespace cb::flowrun
