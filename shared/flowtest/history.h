#pragma once

#include "shared/flowtest/flow_test.h"

/// A session that was had, as a test: what its customer and its agent did becomes the inputs of a rehearsal.
namespace cb::flowtest {

/// Something that happened in a session and that its flow cares about.
struct Happening {
    enum class What {
        CustomerWrote,
        AgentWrote,
        Queued,   ///< somebody was online; it waits
        Answered, ///< an agent took it
    };

    What what = What::CustomerWrote;
    std::string text;   ///< of what was written
    base::Millis at{0}; ///< since the start
};

struct History {
    struct Step {
        flow::NodeId node;
        base::Millis at{0};
    };

    std::vector<Step> path;            ///< every node, in order
    std::vector<Happening> happenings; ///< in order
    std::string end;                   ///< flowrun::name(EndReason); empty: it goes on
};

/// Errors, Rejected: flow_no_start (the flow cannot be played), history_differs (played again it goes another way: what
/// is recorded does not say enough, param "place", the first step that differs), history_too_long.
base::Result<FlowTest> testOf(const flow::Graph& graph, const History& history, std::string name);

} // namespace cb::flowtest
