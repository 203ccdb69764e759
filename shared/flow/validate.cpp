#include "shared/flow/validate.h"

#include "shared/flow/limits.h"
#include "shared/flow/validate_p.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace cb::flow {

namespace {

struct PortKey {
    NodeIndex node;
    std::string_view port;

    bool operator==(const PortKey&) const = default;
};

struct PortKeyHash {
    std::size_t operator()(const PortKey& key) const noexcept {
        return std::hash<std::string_view>{}(key.port) * 31 + std::hash<NodeIndex>{}(key.node) * 0x9E3779B97F4A7C15ull;
    }
};

using NodeIndices = std::unordered_map<NodeId, NodeIndex>;

NodeIndices indexNodes(const Graph& graph, Findings& findings) {
    NodeIndices index;
    index.reserve(graph.nodes.size());
    for (NodeIndex n = 0; n < graph.nodes.size(); ++n)
        if (!index.emplace(graph.nodes[n].id, n).second)
            findings.add(n, "duplicate_id");
    return index;
}

void addSlots(const Graph& graph, Wiring& wiring) {
    wiring.first.reserve(graph.nodes.size() + 1);
    for (const Node& node : graph.nodes) {
        wiring.first.push_back(wiring.slots.size());
        for (Output& output : outputs(node.data))
            wiring.slots.push_back({std::move(output.name), output.required});
    }
    wiring.first.push_back(wiring.slots.size());
}

void connect(Wiring& wiring, std::size_t slotIndex, const Edge& edge, NodeIndex from, const NodeIndices& nodes,
             Findings& findings) {
    Slot& slot = wiring.slots[slotIndex];
    const auto to = nodes.find(edge.to);
    if (to == nodes.end()) {
        slot.reported = true;
        return findings.add(from, "edge_to_unknown_node", {{"port", edge.port}, {"to", std::to_string(edge.to.value)}});
    }
    if (slot.target != kNoNode) {
        if (!slot.reported)
            findings.add(from, "several_edges", {{"port", edge.port}});
        slot.reported = true;
        return;
    }
    slot.target = to->second;
    if (wiring.kind(to->second) == Kind::Start)
        findings.add(to->second, "edge_into_start", {{"from", std::to_string(edge.from.value)}});
}

void checkKinds(const Graph& graph, Findings& findings) {
    bool hasStart = false;
    bool hasEnd = false;
    for (NodeIndex n = 0; n < graph.nodes.size(); ++n) {
        const NodeData& data = graph.nodes[n].data;
        const Kind kind = kindOf(data);
        if (kind == Kind::Start && std::exchange(hasStart, true))
            findings.add(n, "several_starts");
        hasEnd |= kind == Kind::End;
        if (!fits(graph.mode, data))
            findings.add(n, "wrong_mode_node", {{"type", std::string(typeName(data))}});
    }
    if (!hasStart)
        findings.add(kNoNode, "no_start");
    if (!hasEnd)
        findings.add(kNoNode, "no_end");
    if (graph.nodes.size() > kMaxNodes)
        findings.add(kNoNode, "too_many_nodes", {{"max", std::to_string(kMaxNodes)}});
}

void checkConnected(const Wiring& wiring, Findings& findings) {
    for (NodeIndex n = 0; n < wiring.size(); ++n) {
        for (std::size_t s = wiring.first[n]; s < wiring.first[n + 1]; ++s) {
            const Slot& slot = wiring.slots[s];
            if (slot.required && slot.target == kNoNode && !slot.reported)
                findings.add(n, "output_unconnected", {{"port", slot.name}});
        }
    }
}

} // namespace

void Findings::add(NodeIndex at, std::string_view code, Params params) {
    const bool isFlow = at == kNoNode;
    m_problems.push_back({isFlow ? 0 : std::size_t{at} + 1,
                          Problem{isFlow ? NodeId{} : m_graph.nodes[at].id, std::string(code), std::move(params)}});
}

std::vector<Problem> Findings::take() {
    std::stable_sort(m_problems.begin(), m_problems.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Problem> result;
    result.reserve(m_problems.size());
    for (auto& [order, problem] : m_problems)
        result.push_back(std::move(problem));
    m_problems.clear();
    return result;
}

Wiring wire(const Graph& graph, Findings& findings) {
    Wiring wiring{graph, {}, {}};
    const NodeIndices nodes = indexNodes(graph, findings);
    addSlots(graph, wiring);

    std::unordered_map<PortKey, std::size_t, PortKeyHash> ports;
    ports.reserve(wiring.slots.size());
    for (NodeIndex n = 0; n < graph.nodes.size(); ++n)
        for (std::size_t s = wiring.first[n]; s < wiring.first[n + 1]; ++s)
            if (!ports.emplace(PortKey{n, wiring.slots[s].name}, s).second)
                wiring.slots[s].reported = true; // no edge can name it; checkFields says duplicate_branch

    for (const Edge& edge : graph.edges) {
        const auto from = nodes.find(edge.from);
        if (from == nodes.end()) {
            findings.add(kNoNode, "edge_from_unknown_node", {{"from", std::to_string(edge.from.value)}});
            continue;
        }
        const auto slot = ports.find({from->second, edge.port});
        if (slot == ports.end())
            findings.add(from->second, "edge_unknown_port", {{"port", edge.port}});
        else
            connect(wiring, slot->second, edge, from->second, nodes, findings);
    }
    return wiring;
}

std::vector<Problem> validate(const Graph& graph, const ValidationContext& context) {
    Findings findings(graph);
    checkKinds(graph, findings);
    for (NodeIndex n = 0; n < graph.nodes.size(); ++n)
        checkFields(graph, n, context, findings);
    const Wiring wiring = wire(graph, findings);
    checkConnected(wiring, findings);
    checkPaths(wiring, findings);
    return findings.take();
}

} // namespace cb::flow
