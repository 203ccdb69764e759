#include "shared/flow/validate_p.h"

#include <algorithm>

namespace cb::flow {

namespace {

constexpr std::size_t kMostCycleIds = 20;

template <class Visit>
void forTargets(const Wiring& wiring, NodeIndex node, Visit visit) {
    for (std::size_t s = wiring.first[node]; s < wiring.first[node + 1]; ++s)
        if (wiring.slots[s].target != kNoNode)
            visit(wiring.slots[s].target);
}

/// Marks what can be reached from `open` along `targets`, which calls its visitor with each neighbour.
template <class Targets>
std::vector<bool> reach(std::size_t size, std::vector<NodeIndex> open, Targets targets) {
    std::vector<bool> seen(size);
    for (const NodeIndex node : open)
        seen[node] = true;
    while (!open.empty()) {
        const NodeIndex node = open.back();
        open.pop_back();
        targets(node, [&](NodeIndex next) {
            if (!seen[next]) {
                seen[next] = true;
                open.push_back(next);
            }
        });
    }
    return seen;
}

std::vector<NodeIndex> ofKind(const Wiring& wiring, Kind kind) {
    std::vector<NodeIndex> result;
    for (NodeIndex n = 0; n < wiring.size(); ++n)
        if (wiring.kind(n) == kind)
            result.push_back(n);
    return result;
}

void checkReachable(const Wiring& wiring, Findings& findings) {
    auto starts = ofKind(wiring, Kind::Start);
    if (starts.empty())
        return; // reported, and everything would be unreachable
    const auto seen =
        reach(wiring.size(), std::move(starts), [&](NodeIndex node, auto visit) { forTargets(wiring, node, visit); });
    for (NodeIndex n = 0; n < wiring.size(); ++n)
        if (!seen[n])
            findings.add(n, "unreachable");
}

void checkEndReachable(const Wiring& wiring, Findings& findings) {
    auto goals = ofKind(wiring, Kind::End);
    if (goals.empty())
        return; // reported as no_end
    std::vector<std::vector<NodeIndex>> sources(wiring.size());
    for (NodeIndex n = 0; n < wiring.size(); ++n) {
        forTargets(wiring, n, [&](NodeIndex target) { sources[target].push_back(n); });
        const bool isLoose = std::any_of(wiring.slots.begin() + static_cast<std::ptrdiff_t>(wiring.first[n]),
                                         wiring.slots.begin() + static_cast<std::ptrdiff_t>(wiring.first[n + 1]),
                                         [](const Slot& slot) { return slot.target == kNoNode; });
        if (isLoose || (wiring.first[n] == wiring.first[n + 1] && wiring.kind(n) == Kind::Branch))
            goals.push_back(n);
    }
    const auto seen = reach(wiring.size(), std::move(goals), [&](NodeIndex node, auto visit) {
        for (const NodeIndex source : sources[node])
            visit(source);
    });
    for (NodeIndex n = 0; n < wiring.size(); ++n)
        if (!seen[n])
            findings.add(n, "end_unreachable");
}

/// Strongly connected components of the graph without its branches (Tarjan 1972, iterative): each that can return to
/// itself is a cycle no branch interrupts.
class Cycles {
public:
    Cycles(const Wiring& wiring, Findings& findings)
        : m_wiring(wiring)
        , m_findings(findings)
        , m_order(wiring.size(), 0)
        , m_low(wiring.size(), 0)
        , m_open(wiring.size(), false) {}

    void check() {
        for (NodeIndex n = 0; n < m_wiring.size(); ++n)
            if (m_order[n] == 0 && m_wiring.kind(n) != Kind::Branch)
                walk(n);
    }

private:
    struct Frame {
        NodeIndex node;
        std::size_t slot;
    };

    void enter(NodeIndex node) {
        m_order[node] = m_low[node] = ++m_count;
        m_component.push_back(node);
        m_open[node] = true;
        m_frames.push_back({node, m_wiring.first[node]});
    }

    void walk(NodeIndex root) {
        enter(root);
        while (!m_frames.empty()) {
            Frame& frame = m_frames.back();
            if (frame.slot < m_wiring.first[frame.node + 1])
                follow(frame.node, m_wiring.slots[frame.slot++].target);
            else
                leave();
        }
    }

    void follow(NodeIndex node, NodeIndex target) {
        if (target == kNoNode || m_wiring.kind(target) == Kind::Branch)
            return;
        if (m_order[target] == 0)
            enter(target);
        else if (m_open[target])
            m_low[node] = std::min(m_low[node], m_order[target]);
    }

    void leave() {
        const NodeIndex node = m_frames.back().node;
        m_frames.pop_back();
        if (!m_frames.empty()) {
            const NodeIndex parent = m_frames.back().node;
            m_low[parent] = std::min(m_low[parent], m_low[node]);
        }
        if (m_low[node] == m_order[node])
            close(node);
    }

    void close(NodeIndex root) {
        const auto begin = std::find(m_component.rbegin(), m_component.rend(), root).base() - 1;
        std::vector<NodeIndex> members(begin, m_component.end());
        m_component.erase(begin, m_component.end());
        for (const NodeIndex node : members)
            m_open[node] = false;
        if (members.size() > 1 || leadsToItself(root))
            report(std::move(members));
    }

    bool leadsToItself(NodeIndex node) const {
        bool found = false;
        forTargets(m_wiring, node, [&](NodeIndex target) { found |= target == node; });
        return found;
    }

    void report(std::vector<NodeIndex> members) {
        const auto id = [this](NodeIndex n) { return m_wiring.graph.nodes[n].id; };
        std::sort(members.begin(), members.end(), [&](NodeIndex a, NodeIndex b) { return id(a) < id(b); });
        std::string names;
        for (std::size_t i = 0; i < std::min(members.size(), kMostCycleIds); ++i) {
            if (i > 0)
                names += ',';
            names += std::to_string(id(members[i]).value);
        }
        m_findings.add(members.front(), "cycle_without_branch", {{"nodes", names}});
    }

    const Wiring& m_wiring;
    Findings& m_findings;
    std::vector<std::uint32_t> m_order;
    std::vector<std::uint32_t> m_low;
    std::vector<bool> m_open;
    std::vector<NodeIndex> m_component;
    std::vector<Frame> m_frames;
    std::uint32_t m_count = 0;
};

/// Where the served path from `node` gets stuck, following message nodes: kNoNode when it comes to an end, or when it
/// stops for a reason reported elsewhere (unconnected, cycle). Remembers every node it passed, so that all paths
/// together are linear.
class ServedPaths {
public:
    explicit ServedPaths(const Wiring& wiring)
        : m_wiring(wiring)
        , m_known(wiring.size(), false)
        , m_stuckAt(wiring.size(), kNoNode) {}

    NodeIndex stuckAt(NodeIndex node) {
        std::vector<NodeIndex> passed;
        NodeIndex result = kNoNode;
        while (node != kNoNode) {
            const Kind kind = m_wiring.kind(node);
            if (kind != Kind::Message) {
                result = kind == Kind::End ? kNoNode : node;
                break;
            }
            if (m_known[node]) {
                result = m_stuckAt[node];
                break;
            }
            m_known[node] = true;
            passed.push_back(node);
            node = m_wiring.slots[m_wiring.first[node]].target;
        }
        for (const NodeIndex n : passed)
            m_stuckAt[n] = result;
        return result;
    }

private:
    const Wiring& m_wiring;
    std::vector<bool> m_known;
    std::vector<NodeIndex> m_stuckAt;
};

void checkServed(const Wiring& wiring, Findings& findings) {
    ServedPaths paths(wiring);
    for (const NodeIndex transfer : ofKind(wiring, Kind::Transfer)) {
        const NodeIndex stuck = paths.stuckAt(wiring.slots[wiring.first[transfer]].target);
        if (stuck != kNoNode)
            findings.add(transfer, "served_path", {{"at", std::to_string(wiring.graph.nodes[stuck].id.value)}});
    }
}

} // namespace

void checkPaths(const Wiring& wiring, Findings& findings) {
    checkReachable(wiring, findings);
    checkEndReachable(wiring, findings);
    Cycles(wiring, findings).check();
    checkServed(wiring, findings);
}

} // namespace cb::flow
