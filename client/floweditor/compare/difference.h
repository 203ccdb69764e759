#pragma once

#include "shared/flow/graph.h"
#include "shared/flowtest/flow_test.h"

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

struct TestDifference {
    std::string name;
    NodeDifference::What what = NodeDifference::What::Changed; ///< never Moved

    bool operator==(const TestDifference&) const = default;
};

struct Difference {
    std::vector<NodeDifference> nodes; ///< in the order of the newer graph, removed ones last
    std::vector<EdgeDifference> edges; ///< likewise; not those of nodes that came or went

    std::vector<TestDifference> tests; ///< of those kept with the flow, by their names; removed ones last

    bool isEmpty() const { return nodes.empty() && edges.empty() && tests.empty(); }
    /// Without places on the canvas, which mean nothing to customers.
    bool isOnlyMoved() const;
};

Difference compare(const flow::Graph& before, const flow::Graph& after);
std::vector<TestDifference> compareTests(const std::vector<flowtest::FlowTest>& before,
                                         const std::vector<flowtest::FlowTest>& after);

} // namespace cb::floweditor
