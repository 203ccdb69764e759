#include "shared/flowrun/compiled_flow.h"

#include "shared/base/text.h"
#include "shared/flow/limits.h"

#include <algorithm>

namespace cb::flowrun {

namespace {

/// State::errors counts to 255; what exceeds this bound would never be exceeded itself.
constexpr int kMostErrors = 254;

/// No keyword is longer than this, so a longer reply is not worth folding.
constexpr std::size_t kLongestReply = flow::kMaxTextBytes;

void indexKeywords(CompiledFlow::Node& node, const flow::Branch& branch) {
    for (std::uint32_t option = 0; option < branch.options.size(); ++option) {
        for (const std::string& keyword : branch.options[option].keywords) {
            std::string folded = base::keywordForm(keyword);
            if (!folded.empty())
                node.keywords.emplace(std::move(folded), option);
        }
    }
}

void indexKeys(CompiledFlow::Node& node, const flow::KeyBranch& branch) {
    for (std::size_t option = 0; option < branch.options.size(); ++option) {
        for (const char key : branch.options[option].keys) {
            const auto slot = CompiledFlow::kKeys.find(key);
            if (slot != std::string_view::npos && node.keys[slot] < 0)
                node.keys[slot] = static_cast<std::int16_t>(option);
        }
    }
}

/// ASCII without blanks at its edges folds by lower-casing alone, which is most replies; the rest takes the slow way.
bool foldAscii(std::string_view text, std::string& folded) {
    const auto isPlain = [](char c) { return c > ' ' && c < 0x7F; };
    if (text.empty() || !isPlain(text.front()) || !isPlain(text.back()))
        return false;
    folded.reserve(text.size());
    for (const char c : text) {
        if (c < ' ' || c >= 0x7F)
            return false;
        folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return true;
}

} // namespace

CompiledFlow::CompiledFlow(const flow::Graph& graph)
    : m_mode(graph.mode) {
    m_nodes.reserve(graph.nodes.size());
    m_index.reserve(graph.nodes.size());
    for (const flow::Node& source : graph.nodes) {
        const auto index = static_cast<Index>(m_nodes.size());
        if (!m_index.emplace(source.id, index).second)
            continue; // an id used twice: the first counts
        Node& node = m_nodes.emplace_back();
        node.source = source;
        node.keys.fill(-1);
        if (const auto* branch = std::get_if<flow::Branch>(&source.data))
            indexKeywords(node, *branch);
        if (const auto* branch = std::get_if<flow::KeyBranch>(&source.data)) {
            indexKeys(node, *branch);
            node.maxErrors = std::clamp(branch->maxErrors, 0, kMostErrors);
        }
        if (m_start == kNone && std::holds_alternative<flow::Start>(source.data))
            m_start = index;
    }
    connect(graph);
}

void CompiledFlow::connect(const flow::Graph& graph) {
    std::vector<std::unordered_map<std::string_view, Index>> targets(m_nodes.size());
    for (const flow::Edge& edge : graph.edges) {
        const Index from = indexOf(edge.from);
        const Index to = indexOf(edge.to);
        if (from != kNone && to != kNone)
            targets[from].emplace(edge.port, to);
    }
    for (Index n = 0; n < m_nodes.size(); ++n)
        connectNode(m_nodes[n], targets[n]);
    for (Node& node : m_nodes)
        if (flow::kindOf(node.source.data) == flow::Kind::Transfer)
            findService(node);
}

void CompiledFlow::connectNode(Node& node, const std::unordered_map<std::string_view, Index>& targets) const {
    const auto target = [&targets](std::string_view port) {
        const auto found = targets.find(port);
        return found == targets.end() ? kNone : found->second;
    };
    switch (flow::kindOf(node.source.data)) {
    case flow::Kind::Start:
    case flow::Kind::Message:
        node.next = target(flow::kNext);
        break;
    case flow::Kind::Transfer:
        node.next = target(flow::kServed);
        node.failed = target(flow::kFailed);
        break;
    case flow::Kind::Branch:
        for (const flow::Output& output : flow::outputs(node.source.data))
            node.options.push_back(target(output.name));
        break;
    case flow::Kind::End:
        break;
    }
}

void CompiledFlow::findService(Node& transfer) const {
    Index at = transfer.next;
    for (std::size_t steps = 0; at != kNone && steps <= m_nodes.size(); ++steps) {
        const flow::Kind kind = flow::kindOf(m_nodes[at].source.data);
        if (kind == flow::Kind::End)
            transfer.service = at;
        if (kind != flow::Kind::Message)
            return;
        at = m_nodes[at].next;
    }
}

CompiledFlow::Index CompiledFlow::indexOf(NodeId id) const {
    const auto found = m_index.find(id);
    return found == m_index.end() ? kNone : found->second;
}

int CompiledFlow::match(const Node& branch, std::string_view text) {
    if (text.size() > kLongestReply)
        return -1;
    std::string folded;
    if (!foldAscii(text, folded))
        folded = base::keywordForm(text);
    const auto found = branch.keywords.find(folded);
    return found == branch.keywords.end() ? -1 : static_cast<int>(found->second);
}

int CompiledFlow::match(const Node& branch, char key) {
    const auto slot = kKeys.find(key);
    return slot == std::string_view::npos ? -1 : branch.keys[slot];
}

base::Result<FlowPtr> compile(const flow::Graph& graph) {
    auto flow = std::make_shared<const CompiledFlow>(graph);
    if (flow->start() == CompiledFlow::kNone)
        return base::rejected("flow_no_start");
    return FlowPtr(std::move(flow));
}

} // namespace cb::flowrun
