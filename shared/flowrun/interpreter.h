#pragma once

#include "shared/flowrun/compiled_flow.h"
#include "shared/flowrun/effect.h"
#include "shared/flowrun/event.h"
#include "shared/flowrun/state.h"

#include <optional>

/// The interpreter of flows (spec 5): the server's live sessions, the editor's simulator and the kiosk run this very
/// code.
///
///     auto flow = flowrun::compile(graph);                  // once per version
///     flowrun::State state = flowrun::begin(**flow);        // per session
///     for (auto& effect : flowrun::step(**flow, state, flowrun::StartFlow{}, env)) …
///
/// Pure: no clock, no I/O, no randomness. The host owns deadlines and queues and never calls step() from within an
/// effect; it queues the event. One session's calls are made one after the other; different sessions may run on
/// different threads.
namespace cb::flowrun {

/// Nodes a session may enter without customer input before it ends as flow_loop (spec 5).
inline constexpr int kMaxSteps = 1'000;

/// Settings of the host.
struct Env {
    /// How long a chat branch waits for its reply before the session is abandoned. A web visitor who is gone in the
    /// flow or the queue is abandoned after the same time (spec 5): that one the host measures from the loss of the
    /// visitor's last connection and reports as CustomerLeft.
    base::Millis visitorGone = std::chrono::minutes(2);
};

State begin(const CompiledFlow& flow);

/// Moves `state` and says what to do. Never throws but for want of memory; bounded by kMaxSteps nodes. A state that
/// does not fit the flow ends with EndReason::Failed; an ended session ignores every event.
Effects step(const CompiledFlow& flow, State& state, const Event& event, const Env& env);

/// The deadline a recovered session is waiting on, to be set anew after a restart (spec 6); nullopt = none.
std::optional<StartTimer> runningTimer(const CompiledFlow& flow, const State& state, const Env& env);

/// The transfer a session waits or is served at, nullopt elsewhere: for recovery and for AgentLeft.
std::optional<Transfer> currentTransfer(const CompiledFlow& flow, const State& state);

/// The node the session is at.
const flow::Node& currentNode(const CompiledFlow& flow, const State& state);

} // namespace cb::flowrun
