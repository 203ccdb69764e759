#include "client/floweditor/document/change.h"

#include <algorithm>
#include <utility>

namespace cb::floweditor {

namespace {

std::vector<flow::Node>& listOf(flow::Graph& graph, const NodeStep&) {
    return graph.nodes;
}

std::vector<flow::Edge>& listOf(flow::Graph& graph, const EdgeStep&) {
    return graph.edges;
}

template <class T>
void put(std::vector<T>& list, std::size_t at, const std::optional<T>& gone, const std::optional<T>& come) {
    const auto place = list.begin() + static_cast<std::ptrdiff_t>(at);
    if (gone && come)
        *place = *come;
    else if (gone)
        list.erase(place);
    else if (come)
        list.insert(place, *come);
}

} // namespace

void apply(flow::Graph& graph, const Change& change) {
    for (const auto& any : change.steps)
        std::visit([&graph](const auto& step) { put(listOf(graph, step), step.at, step.before, step.after); }, any);
}

void revert(flow::Graph& graph, const Change& change) {
    for (auto any = change.steps.rbegin(); any != change.steps.rend(); ++any)
        std::visit([&graph](const auto& step) { put(listOf(graph, step), step.at, step.after, step.before); }, *any);
}

void append(Change& first, Change next) {
    // The same nodes moved on: one step each stays, however long the key is held.
    const bool alone = first.steps.size() == 1;
    const auto goesOn = [alone](const auto& before, const auto& after) {
        const auto* old = std::get_if<NodeStep>(&before);
        const auto* now = std::get_if<NodeStep>(&after);
        return old != nullptr && now != nullptr && old->at == now->at && (old->before || alone) && old->after &&
               now->before && now->after;
    };
    if (std::equal(first.steps.begin(), first.steps.end(), next.steps.begin(), next.steps.end(), goesOn)) {
        for (std::size_t i = 0; i < first.steps.size(); ++i)
            std::get<NodeStep>(first.steps[i]).after = std::move(std::get<NodeStep>(next.steps[i]).after);
        return;
    }
    for (auto& step : next.steps)
        first.steps.push_back(std::move(step));
}

void Recorder::insert(flow::Node node) {
    m_change.steps.emplace_back(NodeStep{m_graph.nodes.size(), {}, node});
    m_graph.nodes.push_back(std::move(node));
}

void Recorder::remove(flow::NodeId node) {
    for (std::size_t at = m_graph.edges.size(); at-- > 0;)
        if (m_graph.edges[at].from == node || m_graph.edges[at].to == node)
            removeEdge(at);
    for (std::size_t at = 0; at < m_graph.nodes.size(); ++at) {
        if (m_graph.nodes[at].id != node)
            continue;
        m_change.steps.emplace_back(NodeStep{at, std::move(m_graph.nodes[at]), {}});
        m_graph.nodes.erase(m_graph.nodes.begin() + static_cast<std::ptrdiff_t>(at));
        return;
    }
}

void Recorder::replace(flow::Node node) {
    for (std::size_t at = 0; at < m_graph.nodes.size(); ++at) {
        if (m_graph.nodes[at].id != node.id)
            continue;
        if (m_graph.nodes[at] == node)
            return;
        m_change.steps.emplace_back(NodeStep{at, std::exchange(m_graph.nodes[at], node), node});
        return;
    }
}

void Recorder::insert(flow::Edge edge) {
    m_change.steps.emplace_back(EdgeStep{m_graph.edges.size(), {}, edge});
    m_graph.edges.push_back(std::move(edge));
}

void Recorder::removeEdge(std::size_t at) {
    m_change.steps.emplace_back(EdgeStep{at, std::move(m_graph.edges[at]), {}});
    m_graph.edges.erase(m_graph.edges.begin() + static_cast<std::ptrdiff_t>(at));
}

void Recorder::replaceEdge(std::size_t at, flow::Edge edge) {
    if (m_graph.edges[at] == edge)
        return;
    m_change.steps.emplace_back(EdgeStep{at, std::exchange(m_graph.edges[at], edge), edge});
}

} // namespace cb::floweditor
