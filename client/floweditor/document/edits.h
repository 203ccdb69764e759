#pragma once

#include "client/floweditor/document/change.h"

#include <vector>

/// Every edit of a flow as one function: it changes the graph and gives back what it did. Ids that are not there and
/// connections that no flow may have do nothing; the change is then empty.
namespace cb::floweditor {

/// A chosen part of a graph. Edges between its nodes go with them.
struct Part {
    std::vector<flow::NodeId> nodes;
    std::vector<flow::Edge> edges;

    bool isEmpty() const { return nodes.empty() && edges.empty(); }
};

struct Added {
    Change change;
    std::vector<flow::NodeId> nodes; ///< the new ones
};

/// `label`: empty is allowed. A second start is refused.
Added addNode(flow::Graph& graph, flow::NodeData data, std::string label, flow::Point at);
/// The same, and an edge from `port` of `from` to it; what the port led to before is cut.
Added addBehind(flow::Graph& graph, flow::NodeId from, const std::string& port, flow::NodeData data, std::string label,
                flow::Point at);
/// The same into an edge: its source leads to the new node, whose first output leads on to its target.
Added addInto(flow::Graph& graph, const flow::Edge& edge, flow::NodeData data, std::string label, flow::Point at);
/// A node that is there and has no edges of its own goes into an edge, and to a place.
Change putInto(flow::Graph& graph, const flow::Edge& edge, flow::NodeId node, flow::Point at);
/// True when putInto() would do something.
bool goesInto(const flow::Graph& graph, const flow::Edge& edge, flow::NodeId node);

Change remove(flow::Graph& graph, const Part& part);

struct Place {
    flow::NodeId node;
    flow::Point at;
};
Change move(flow::Graph& graph, const std::vector<Place>& places);

/// Label and settings of a node. Edges of a branch follow an output that is renamed or moved and go with one that is
/// removed. Does nothing when two outputs would bear one name, or one would have none.
Change change(flow::Graph& graph, flow::NodeId node, std::string label, flow::NodeData data);

/// What the port led to before is cut. Nothing leads into a start.
Change connect(flow::Graph& graph, const flow::Edge& edge);
bool mayConnect(const flow::Graph& graph, const flow::Edge& edge);

/// The nodes of `part` with the edges between them.
flow::Graph copy(const flow::Graph& graph, const Part& part);
/// Copies of the fragment's nodes that fit the flow, with new ids, its top left corner at `at`. A start comes only
/// into a flow that has none.
Added paste(flow::Graph& graph, const flow::Graph& fragment, flow::Point at);

/// The whole graph anew (a version restored, a file imported) as one edit.
Change replaceAll(flow::Graph& graph, const flow::Graph& with);

} // namespace cb::floweditor
