#include "client/floweditor/compare/difference.h"

#include <algorithm>
#include <unordered_map>

namespace cb::floweditor {

namespace {

using What = NodeDifference::What;

/// Names of the members that differ; for two settings of the same kind.
class Fields {
public:
    template <class T>
    Fields& add(const char* name, const T& before, const T& after) {
        if (!(before == after))
            m_names.emplace_back(name);
        return *this;
    }
    std::vector<std::string> take() { return std::move(m_names); }

private:
    std::vector<std::string> m_names;
};

void compareData(Fields&, const flow::Start&, const flow::Start&) {}
void compareData(Fields&, const flow::CallEnd&, const flow::CallEnd&) {}
void compareData(Fields& f, const flow::Message& a, const flow::Message& b) {
    f.add("text", a.text, b.text);
}
void compareData(Fields& f, const flow::Play& a, const flow::Play& b) {
    f.add("sound", a.sound, b.sound);
}
void compareData(Fields& f, const flow::Branch& a, const flow::Branch& b) {
    f.add("prompt", a.prompt, b.prompt)
        .add("wrong_text", a.wrongText, b.wrongText)
        .add("options", a.options, b.options);
}
void compareData(Fields& f, const flow::KeyBranch& a, const flow::KeyBranch& b) {
    f.add("prompt", a.prompt, b.prompt).add("timeout_prompt", a.timeoutPrompt, b.timeoutPrompt);
    f.add("wrong_prompt", a.wrongPrompt, b.wrongPrompt).add("max_errors", a.maxErrors, b.maxErrors);
    f.add("timeout", a.timeout, b.timeout).add("options", a.options, b.options);
}
void compareData(Fields& f, const flow::Transfer& a, const flow::Transfer& b) {
    f.add("group", a.group, b.group).add("queue_text", a.queueText, b.queueText);
    f.add("failure_text", a.failureText, b.failureText).add("success_text", a.successText, b.successText);
    f.add("longest_wait", a.longestWait, b.longestWait);
}
void compareData(Fields& f, const flow::CallTransfer& a, const flow::CallTransfer& b) {
    f.add("group", a.group, b.group).add("prompt", a.prompt, b.prompt).add("music", a.music, b.music);
    f.add("announcement", a.announcement, b.announcement).add("longest_wait", a.longestWait, b.longestWait);
}
void compareData(Fields& f, const flow::End& a, const flow::End& b) {
    f.add("silence", a.silence, b.silence).add("silence_text", a.silenceText, b.silenceText);
    f.add("agent_ended_text", a.agentEndedText, b.agentEndedText);
}

std::vector<std::string> changedFields(const flow::Node& before, const flow::Node& after) {
    Fields fields;
    fields.add("label", before.label, after.label);
    if (before.data.index() != after.data.index())
        fields.add("kind", true, false); // a file taken over may give an old number to another kind
    else
        std::visit(
            [&](const auto& old) { compareData(fields, old, std::get<std::decay_t<decltype(old)>>(after.data)); },
            before.data);
    return fields.take();
}

using ById = std::unordered_map<flow::NodeId, const flow::Node*>;

ById byId(const flow::Graph& graph) {
    ById nodes;
    for (const auto& node : graph.nodes)
        nodes.emplace(node.id, &node);
    return nodes;
}

/// By where they leave; a graph that is drawn to the end has one line an output.
using Ways = std::unordered_map<flow::NodeId, std::vector<const flow::Edge*>>;

Ways waysOf(const flow::Graph& graph) {
    Ways ways;
    for (const auto& edge : graph.edges)
        ways[edge.from].push_back(&edge);
    return ways;
}

bool has(const Ways& ways, const flow::Edge& edge) {
    const auto found = ways.find(edge.from);
    return found != ways.end() && std::any_of(found->second.begin(), found->second.end(),
                                              [&](const flow::Edge* other) { return *other == edge; });
}

} // namespace

bool Difference::isOnlyMoved() const {
    return edges.empty() && tests.empty() &&
           std::all_of(nodes.begin(), nodes.end(), [](const auto& node) { return node.what == What::Moved; });
}

Difference compare(const flow::Graph& before, const flow::Graph& after) {
    Difference out;
    const auto old = byId(before);
    const auto now = byId(after);
    for (const auto& node : after.nodes) {
        const auto found = old.find(node.id);
        if (found == old.end()) {
            out.nodes.push_back({node.id, What::Added, {}});
            continue;
        }
        auto fields = changedFields(*found->second, node);
        if (!fields.empty())
            out.nodes.push_back({node.id, What::Changed, std::move(fields)});
        else if (found->second->position != node.position)
            out.nodes.push_back({node.id, What::Moved, {}});
    }
    for (const auto& node : before.nodes)
        if (!now.contains(node.id))
            out.nodes.push_back({node.id, What::Removed, {}});
    const auto staying = [&](const flow::Edge& edge) {
        return old.contains(edge.from) && old.contains(edge.to) && now.contains(edge.from) && now.contains(edge.to);
    };
    const Ways oldWays = waysOf(before);
    const Ways newWays = waysOf(after);
    for (const auto& edge : after.edges)
        if (staying(edge) && !has(oldWays, edge))
            out.edges.push_back({edge, true});
    for (const auto& edge : before.edges)
        if (staying(edge) && !has(newWays, edge))
            out.edges.push_back({edge, false});
    return out;
}

std::vector<TestDifference> compareTests(const std::vector<flowtest::FlowTest>& before,
                                         const std::vector<flowtest::FlowTest>& after) {
    std::vector<TestDifference> out;
    auto gone = before;
    for (const auto& test : after) {
        const auto old =
            std::find_if(gone.begin(), gone.end(), [&](const auto& other) { return other.name == test.name; });
        if (old == gone.end())
            out.push_back({test.name, What::Added});
        else if (*old != test)
            out.push_back({test.name, What::Changed});
        if (old != gone.end())
            gone.erase(old);
    }
    for (const auto& test : gone)
        out.push_back({test.name, What::Removed});
    return out;
}

} // namespace cb::floweditor
