#pragma once

#include "shared/flow/validate.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cb::flow {

using NodeIndex = std::uint32_t;
inline constexpr NodeIndex kNoNode = 0xFFFFFFFF;

/// Collects problems by the node they are shown at.
class Findings {
public:
    using Params = std::map<std::string, std::string>;

    explicit Findings(const Graph& graph)
        : m_graph(graph) {}

    /// `at` = kNoNode: the flow as a whole.
    void add(NodeIndex at, std::string_view code, Params params = {});
    /// In the order of the nodes, the flow as a whole first.
    std::vector<Problem> take();

private:
    const Graph& m_graph;
    std::vector<std::pair<std::size_t, Problem>> m_problems; ///< 0 = the flow, else node index + 1
};

/// One output of a node and where it leads.
struct Slot {
    std::string name;
    bool required = true;
    bool reported = false; ///< something about its edges was reported
    NodeIndex target = kNoNode;
};

/// The graph with its edges resolved: nodes by index, the outputs of node n are slots[first[n]] up to slots[first[n +
/// 1]].
struct Wiring {
    const Graph& graph;
    std::vector<std::size_t> first;
    std::vector<Slot> slots;

    std::size_t size() const { return graph.nodes.size(); }
    Kind kind(NodeIndex node) const { return kindOf(graph.nodes[node].data); }
};

/// Resolves the edges and reports those that are wrong (validate.cpp).
Wiring wire(const Graph& graph, Findings& findings);

/// Reachability, cycles, served paths (validate_paths.cpp).
void checkPaths(const Wiring& wiring, Findings& findings);

/// The settings of one node (validate_fields.cpp).
void checkFields(const Graph& graph, NodeIndex node, const ValidationContext& context, Findings& findings);

} // namespace cb::flow
