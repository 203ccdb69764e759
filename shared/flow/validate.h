#pragma once

#include "shared/flow/graph.h"

#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace cb::flow {

/// What the flow may refer to, all of its own instance.
struct ValidationContext {
    std::unordered_map<GroupId, Mode> groups;
    std::unordered_set<AudioId> approvedAudio;
};

/// Something that keeps a flow from being published, shown at its node.
struct Problem {
    NodeId node; ///< 0 = the flow as a whole
    std::string code;
    std::map<std::string, std::string> params; ///< "field", "port", "keyword", …: as listed at validate()

    bool operator==(const Problem&) const = default;
};

/// Every problem of the graph, in the order of its nodes; empty = may be published. Any graph is accepted, however
/// broken. Time is O(n log n) in nodes + edges + keywords. Codes (parameters):
///
/// The graph (spec 5):
///   no_start, several_starts, no_end, too_many_nodes (max), duplicate_id
///   wrong_mode_node (type)         the node belongs to the other column of the spec's table
///   output_unconnected (port)
///   several_edges (port)           an output leads to more than one node
///   edge_unknown_port (port)       the node has no such output
///   edge_to_unknown_node (port, to)
///   edge_from_unknown_node (from)  node is 0
///   edge_into_start (from)
///   unreachable                    no way here from the start
///   end_unreachable                no way from here to an end; outputs reported as unconnected are taken for one
///   cycle_without_branch (nodes)   at the lowest id; "nodes" lists at most 20 ids of the cycle
///   served_path (at)               "served" leads to a node `at` that is neither message nor end
/// The fields (field = as in the JSON, e.g. "queue_text", "options[2].name"):
///   required (field), too_long (field, max), bad_text (field: not UTF-8 or control characters),
///   out_of_range (field, min, max)
///   unknown_group (group), group_wrong_mode (group), audio_not_approved (field, audio)
///   no_branches, branch_without_keywords (port), duplicate_branch (port)
///   duplicate_keyword (keyword)    after folding; reported at the later one
///   bad_key (key), duplicate_key (key)
std::vector<Problem> validate(const Graph& graph, const ValidationContext& context);

} // namespace cb::flow
