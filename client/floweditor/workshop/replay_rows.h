#pragma once

#include "shared/flow/graph.h"
#include "shared/wire/admin.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace cb::floweditor {

/// One line of a session that was had: a node that was entered, or something that was said or done.
struct ReplayRow {
    std::int64_t atMillis = 0;
    const wire::ReplayStep* step = nullptr; ///< this or `event`
    const wire::ReplayEvent* event = nullptr;
    flow::NodeId node;              ///< where it stood then; 0: not in the flow yet
    std::optional<flow::Edge> edge; ///< the one it came there by
};

/// Steps and events in one order: by time and, as the server does a whole turn at one moment, within a moment by cause.
/// What somebody wrote comes before the steps it led to, what a node says behind the step into it, the end last. Rows
/// point into `replay`, whose two lists are in order each; `graph` is the flow it went through.
std::vector<ReplayRow> replayRows(const wire::Replay& replay, const flow::Graph& graph);

} // namespace cb::floweditor
