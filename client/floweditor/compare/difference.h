#pragma once

#include "shared/flow/graph.h"

#include <string>
#include <vector>

/// What became different between two versions of a flow. Nodes are the same when their ids are: ids are kept for ever.
namespace cb::floweditor {

struct NodeDifference {
    enum class What { Added, Removed, Changed, Moved };

    flow::NodeId node;
    What what = What::Changed;
    std::vector<std::string> fields; ///< Changed: names of the document format, "label" first

    bool operator==(const NodeDifference&) const = default;
};

struct EdgeDifference {
    flow::Edge edge;
    bool added = true; ///< else removed

    bool operator==(const EdgeDifference&) const = default;
};

struct Difference {
    std::vector<NodeDifference> nodes; ///< in the order of the newer graph, removed ones last
    std::vector<EdgeDifference> edges; ///< likewise; not those of nodes that came or went

    bool isEmpty() const { return nodes.empty() && edges.empty(); }
    /// Without places on the canvas, which mean nothing to customers.
    bool isOnlyMoved() const;
};

Difference compare(const flow::Graph& before, const flow::Graph& after);

} // namespace cb::floweditor
