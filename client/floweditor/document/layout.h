#pragma once

#include "client/floweditor/document/edits.h"
#include "client/floweditor/document/geometry.h"

/// Where cards go by themselves. Pure; O((nodes + edges) log nodes).
namespace cb::floweditor {

/// Columns from left to right by the longest way from the start, loops aside. Within a column the nodes keep the order
/// they have now, from top to bottom; those that stand at one height go by the outputs that lead to them. Nothing
/// overlaps; nodes stand as close to the outputs that lead to them as that allows. The start stays where it is.
std::vector<Place> arranged(const flow::Graph& graph);

/// The order in which the keyboard goes through the nodes: from the start along the outputs, each node once, depth
/// first; then what nothing leads to, from the left.
std::vector<flow::NodeId> walk(const flow::Graph& graph);

/// A place near `wanted`, on the grid, where a card of this size covers no other.
flow::Point freePlace(const flow::Graph& graph, Size size, flow::Point wanted);

} // namespace cb::floweditor
