#include "client/floweditor/document/edits.h"

#include "client/floweditor/document/geometry.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace cb::floweditor {

using flow::Edge;
using flow::Graph;
using flow::Node;
using flow::NodeData;
using flow::NodeId;
using flow::Point;

namespace {

constexpr double kFarthest = 1e6; ///< from the origin; well inside what a file may hold

bool hasStart(const Graph& graph) {
    return std::any_of(graph.nodes.begin(), graph.nodes.end(),
                       [](const Node& node) { return std::holds_alternative<flow::Start>(node.data); });
}

bool mayAdd(const Graph& graph, const NodeData& data) {
    return flow::fits(graph.mode, data) && !(std::holds_alternative<flow::Start>(data) && hasStart(graph));
}

Point bounded(Point at) {
    const auto inside = [](double value) {
        return std::isfinite(value) ? std::clamp(value, -kFarthest, kFarthest) : 0;
    };
    return {inside(at.x), inside(at.y)};
}

bool hasOutput(const Node& node, const std::string& port) {
    const auto outputs = flow::outputs(node.data);
    return std::any_of(outputs.begin(), outputs.end(), [&](const auto& output) { return output.name == port; });
}

void cut(Recorder& recorder, NodeId from, const std::string& port) {
    for (std::size_t at = recorder.graph().edges.size(); at-- > 0;)
        if (recorder.graph().edges[at].from == from && recorder.graph().edges[at].port == port)
            recorder.removeEdge(at);
}

std::size_t placeOf(const Graph& graph, const Edge& edge) {
    return static_cast<std::size_t>(std::find(graph.edges.begin(), graph.edges.end(), edge) - graph.edges.begin());
}

/// Of each output before: its name after, or nothing when it is gone. Names in both keep; the others pair in order
/// when they are as many before as after.
std::map<std::string, std::string> renamed(const std::vector<flow::Output>& before,
                                           const std::vector<flow::Output>& after) {
    const auto names = [](const std::vector<flow::Output>& outputs, const std::vector<flow::Output>& others) {
        std::vector<std::string> only;
        for (const auto& output : outputs)
            if (std::find_if(others.begin(), others.end(),
                             [&](const auto& other) { return other.name == output.name; }) == others.end())
                only.push_back(output.name);
        return only;
    };
    std::map<std::string, std::string> result;
    for (const auto& output : before)
        for (const auto& other : after)
            if (other.name == output.name)
                result[output.name] = output.name;
    const auto gone = names(before, after);
    const auto come = names(after, before);
    if (gone.size() == come.size())
        for (std::size_t i = 0; i < gone.size(); ++i)
            result[gone[i]] = come[i];
    return result;
}

bool namesAreClear(const std::vector<flow::Output>& outputs) {
    std::set<std::string> names;
    return std::all_of(outputs.begin(), outputs.end(),
                       [&](const auto& output) { return !output.name.empty() && names.insert(output.name).second; });
}

/// Cuts the edge, leads its source to `node`, and `node` by its first output on to the edge's target.
void leadThrough(Recorder& recorder, const Edge& edge, const Node& node) {
    const auto outputs = flow::outputs(node.data);
    recorder.replaceEdge(placeOf(recorder.graph(), edge), {edge.from, edge.port, node.id});
    if (!outputs.empty())
        recorder.insert(Edge{node.id, outputs.front().name, edge.to});
}

} // namespace

Added addNode(Graph& graph, NodeData data, std::string label, Point at) {
    if (!mayAdd(graph, data))
        return {};
    Recorder recorder(graph);
    const NodeId id = flow::freeId(graph);
    recorder.insert(Node{id, std::move(label), bounded(at), std::move(data)});
    return {recorder.take(), {id}};
}

Added addBehind(Graph& graph, NodeId from, const std::string& port, NodeData data, std::string label, Point at) {
    const Node* source = flow::find(graph, from);
    if (source == nullptr || !hasOutput(*source, port) || !mayAdd(graph, data) ||
        std::holds_alternative<flow::Start>(data))
        return {};
    Recorder recorder(graph);
    const NodeId id = flow::freeId(graph);
    recorder.insert(Node{id, std::move(label), bounded(at), std::move(data)});
    cut(recorder, from, port);
    recorder.insert(Edge{from, port, id});
    return {recorder.take(), {id}};
}

Added addInto(Graph& graph, const Edge& edge, NodeData data, std::string label, Point at) {
    if (placeOf(graph, edge) == graph.edges.size() || !mayAdd(graph, data) || std::holds_alternative<flow::Start>(data))
        return {};
    Recorder recorder(graph);
    const Node node{flow::freeId(graph), std::move(label), bounded(at), std::move(data)};
    recorder.insert(node);
    leadThrough(recorder, edge, node);
    return {recorder.take(), {node.id}};
}

bool goesInto(const Graph& graph, const Edge& edge, NodeId node) {
    const Node* one = flow::find(graph, node);
    return one != nullptr && !std::holds_alternative<flow::Start>(one->data) &&
           placeOf(graph, edge) != graph.edges.size() &&
           std::none_of(graph.edges.begin(), graph.edges.end(),
                        [node](const Edge& other) { return other.from == node || other.to == node; });
}

Change putInto(Graph& graph, const Edge& edge, NodeId node, Point at) {
    if (!goesInto(graph, edge, node))
        return {};
    Recorder recorder(graph);
    Node one = *flow::find(graph, node);
    one.position = bounded(at);
    recorder.replace(one);
    leadThrough(recorder, edge, one);
    return recorder.take();
}

Change remove(Graph& graph, const Part& part) {
    Recorder recorder(graph);
    for (const Edge& edge : part.edges)
        if (const std::size_t at = placeOf(graph, edge); at < graph.edges.size())
            recorder.removeEdge(at);
    for (const NodeId node : part.nodes)
        recorder.remove(node);
    return recorder.take();
}

Change move(Graph& graph, const std::vector<Place>& places) {
    Recorder recorder(graph);
    for (const Place& place : places) {
        const Node* node = flow::find(graph, place.node);
        if (node == nullptr)
            continue;
        Node moved = *node;
        moved.position = bounded(place.at);
        recorder.replace(std::move(moved));
    }
    return recorder.take();
}

Change change(Graph& graph, NodeId node, std::string label, NodeData data) {
    const Node* old = flow::find(graph, node);
    if (old == nullptr || old->data.index() != data.index() || !namesAreClear(flow::outputs(data)))
        return {};
    const auto names = renamed(flow::outputs(old->data), flow::outputs(data));
    Recorder recorder(graph);
    recorder.replace(Node{node, std::move(label), old->position, std::move(data)});
    for (std::size_t at = graph.edges.size(); at-- > 0;) {
        if (graph.edges[at].from != node)
            continue;
        const auto now = names.find(graph.edges[at].port);
        if (now == names.end())
            recorder.removeEdge(at);
        else
            recorder.replaceEdge(at, {node, now->second, graph.edges[at].to});
    }
    return recorder.take();
}

bool mayConnect(const Graph& graph, const Edge& edge) {
    const Node* from = flow::find(graph, edge.from);
    const Node* to = flow::find(graph, edge.to);
    return from != nullptr && to != nullptr && hasOutput(*from, edge.port) &&
           !std::holds_alternative<flow::Start>(to->data);
}

Change connect(Graph& graph, const Edge& edge) {
    if (!mayConnect(graph, edge) || placeOf(graph, edge) != graph.edges.size())
        return {};
    Recorder recorder(graph);
    cut(recorder, edge.from, edge.port);
    recorder.insert(edge);
    return recorder.take();
}

Graph copy(const Graph& graph, const Part& part) {
    const std::set<NodeId> chosen(part.nodes.begin(), part.nodes.end());
    Graph fragment;
    fragment.mode = graph.mode;
    for (const Node& node : graph.nodes)
        if (chosen.contains(node.id))
            fragment.nodes.push_back(node);
    for (const Edge& edge : graph.edges)
        if (chosen.contains(edge.from) && chosen.contains(edge.to))
            fragment.edges.push_back(edge);
    return fragment;
}

Added paste(Graph& graph, const Graph& fragment, Point at) {
    const Rect bounds = boundsOf(fragment);
    std::map<NodeId, NodeId> ids;
    Recorder recorder(graph);
    Added added;
    for (const Node& node : fragment.nodes) {
        if (!mayAdd(graph, node.data))
            continue;
        Node made = node;
        made.id = flow::freeId(graph);
        made.position = bounded({at.x + node.position.x - bounds.x, at.y + node.position.y - bounds.y});
        ids[node.id] = made.id;
        added.nodes.push_back(made.id);
        recorder.insert(std::move(made));
    }
    for (const Edge& edge : fragment.edges)
        if (ids.contains(edge.from) && ids.contains(edge.to))
            recorder.insert(Edge{ids[edge.from], edge.port, ids[edge.to]});
    added.change = recorder.take();
    return added;
}

Change replaceAll(Graph& graph, const Graph& with) {
    if (graph == with)
        return {};
    Recorder recorder(graph);
    for (std::size_t at = graph.edges.size(); at-- > 0;)
        recorder.removeEdge(at);
    for (std::size_t at = graph.nodes.size(); at-- > 0;)
        recorder.remove(graph.nodes[at].id);
    for (const Node& node : with.nodes)
        recorder.insert(node);
    for (const Edge& edge : with.edges)
        recorder.insert(edge);
    return recorder.take();
}

} // namespace cb::floweditor
