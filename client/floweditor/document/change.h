#pragma once

#include "shared/flow/graph.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

/// Editing a flow's graph. Positions and sizes are scene units: pixels at 100 %.
namespace cb::floweditor {

/// One place of a list before and after: inserted (no `before`), removed (no `after`), or replaced.
template <class T>
struct Step {
    std::size_t at = 0;
    std::optional<T> before;
    std::optional<T> after;

    bool operator==(const Step&) const = default;
};

using NodeStep = Step<flow::Node>;
using EdgeStep = Step<flow::Edge>;

/// What an edit did to a graph, in order. Undone and done again it gives back equal graphs, the order of their lists
/// included.
struct Change {
    std::vector<std::variant<NodeStep, EdgeStep>> steps;

    bool isEmpty() const { return steps.empty(); }
    bool operator==(const Change&) const = default;
};

void apply(flow::Graph& graph, const Change& change);  ///< `change` was recorded on an equal graph
void revert(flow::Graph& graph, const Change& change); ///< `graph` is what apply() made

/// Puts `next` behind `first`. Two replacements of the same node become one: a typed word is one step, not one a
/// letter.
void append(Change& first, Change next);

/// Edits a graph and records what it does. What is asked of nodes or outputs that are not there does nothing.
class Recorder {
public:
    explicit Recorder(flow::Graph& graph)
        : m_graph(graph) {}

    void insert(flow::Node node);
    void remove(flow::NodeId node); ///< with its edges
    void replace(flow::Node node);  ///< the node with its id; its edges stay as they are
    void insert(flow::Edge edge);
    void removeEdge(std::size_t at);
    void replaceEdge(std::size_t at, flow::Edge edge);

    const flow::Graph& graph() const { return m_graph; }
    Change take() { return std::move(m_change); }

private:
    flow::Graph& m_graph;
    Change m_change;
};

} // namespace cb::floweditor
