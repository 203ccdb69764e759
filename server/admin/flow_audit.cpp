#include "server/admin/flow_audit.h"

#include "server/admin/fields.h"
#include "shared/flow/json.h"
#include "shared/flowtest/flow_test.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace cb::admin {

namespace {

constexpr std::size_t kMostJson = 8'000; ///< bytes of one side

bool isSame(const flow::Node& one, const flow::Node& other) {
    return one.label == other.label && one.data == other.data;
}

/// What of `graph` is not so in `other`.
flow::Graph without(const flow::Graph& graph, const flow::Graph& other) {
    flow::Graph rest;
    rest.mode = graph.mode;
    std::map<flow::NodeId, const flow::Node*> there;
    for (const auto& node : other.nodes)
        there.emplace(node.id, &node);
    for (const auto& node : graph.nodes)
        if (const auto found = there.find(node.id); found == there.end() || !isSame(*found->second, node))
            rest.nodes.push_back(node);
    const auto key = [](const flow::Edge& edge) { return std::tie(edge.from, edge.port, edge.to); };
    const auto before = [&](const flow::Edge* a, const flow::Edge* b) { return key(*a) < key(*b); };
    std::set<const flow::Edge*, decltype(before)> edges(before); // there may be thousands
    for (const auto& edge : other.edges)
        edges.insert(&edge);
    for (const auto& edge : graph.edges)
        if (edges.count(&edge) == 0)
            rest.edges.push_back(edge);
    return rest;
}

std::string graphText(const flow::Graph& graph) {
    if (graph.nodes.empty() && graph.edges.empty())
        return {};
    auto json = flow::toJson(graph);
    if (json.size() <= kMostJson)
        return "\n" + json;
    return "\n" + std::to_string(graph.nodes.size()) + " nodes, " + std::to_string(graph.edges.size()) + " connections";
}

std::string testsText(const std::vector<flowtest::FlowTest>& tests, const std::vector<flowtest::FlowTest>& others) {
    std::vector<std::string> names;
    for (const auto& test : tests)
        if (std::find(others.begin(), others.end(), test) == others.end())
            names.push_back("\"" + test.name + "\"");
    return names.empty() ? std::string() : "\ntests " + listed(names);
}

} // namespace

FlowChangeText describeChange(const store::FlowRow& before, const store::FlowRow& after) {
    FlowChangeText text{before.name, after.name};
    const auto was = flow::parseJson(before.json);
    const auto is = flow::parseJson(after.json);
    if (was && is) {
        text.before += graphText(without(*was, *is));
        text.after += graphText(without(*is, *was));
    }
    const auto testsWere = flowtest::parseTests(before.tests);
    const auto testsAre = flowtest::parseTests(after.tests);
    if (testsWere && testsAre) {
        text.before += testsText(*testsWere, *testsAre);
        text.after += testsText(*testsAre, *testsWere);
    }
    return text;
}

} // namespace cb::admin
