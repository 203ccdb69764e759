#pragma once

#include "shared/base/result.h"
#include "shared/flow/graph.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cb::flowrun {

using flow::AudioId;
using flow::GroupId;
using flow::NodeId;

/// A graph made ready to run: nodes by index, outputs resolved, keywords hashed by their folded form. Immutable, so
/// every session of one version reads the same object from any thread.
class CompiledFlow {
public:
    using Index = std::uint32_t;
    static constexpr Index kNone = 0xFFFFFFFF;

    struct Node {
        flow::Node source;
        Index next = kNone;         ///< start, message, play: "next"; transfer: "served"
        Index failed = kNone;       ///< transfer
        Index service = kNone;      ///< transfer: the end whose settings apply during service
        int maxErrors = 0;          ///< key branch: bounded to what State::errors can count
        std::vector<Index> options; ///< branches: target of each option
        std::unordered_map<std::string, std::uint32_t> keywords; ///< folded keyword → option
        std::array<std::int16_t, 12> keys{};                     ///< option per key of kKeys, -1 = none
    };

    static constexpr std::string_view kKeys = "0123456789*#";

    explicit CompiledFlow(const flow::Graph& graph); ///< use compile()

    flow::Mode mode() const { return m_mode; }
    bool isPhone() const { return m_mode == flow::Mode::Phone; }
    Index start() const { return m_start; }
    Index size() const { return static_cast<Index>(m_nodes.size()); }
    const Node& at(Index index) const { return m_nodes[index]; }
    Index indexOf(NodeId id) const; ///< kNone when the flow has no such node

    /// The option a customer's text chooses at a branch; -1 = none.
    static int match(const Node& branch, std::string_view text);
    /// The option a key chooses at a key branch; -1 = none.
    static int match(const Node& branch, char key);

private:
    void connect(const flow::Graph& graph);
    void connectNode(Node& node, const std::unordered_map<std::string_view, Index>& targets) const;
    void findService(Node& transfer) const;

    flow::Mode m_mode;
    Index m_start = kNone;
    std::vector<Node> m_nodes;
    std::unordered_map<NodeId, Index> m_index;
};

/// Shared: the host keeps one per flow version for as long as a session runs on it.
using FlowPtr = std::shared_ptr<const CompiledFlow>;

/// Runs any graph that has a start, so that the simulator can try a draft: an output that is unconnected, or leads
/// nowhere, ends the session; of several edges or equal keywords the first counts. Error: flow_no_start.
base::Result<FlowPtr> compile(const flow::Graph& graph);

} // namespace cb::flowrun
