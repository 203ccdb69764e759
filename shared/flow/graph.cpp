#include "shared/flow/graph.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace cb::flow {

namespace {

template <class... F>
struct Overload : F... {
    using F::operator()...;
};
template <class... F>
Overload(F...) -> Overload<F...>;

constexpr std::array<std::string_view, 9> kTypeNames{"start",    "message",       "play", "branch",  "key_branch",
                                                     "transfer", "call_transfer", "end",  "call_end"};
static_assert(kTypeNames.size() == std::variant_size_v<NodeData>);

constexpr std::array<std::string_view, 3> kModeNames{"chat", "all_media", "phone"};

template <class Options>
std::vector<Output> branchOutputs(const Options& options) {
    std::vector<Output> result;
    result.reserve(options.size());
    for (const auto& option : options)
        result.push_back({option.name, true});
    return result;
}

template <class T>
std::vector<T> ascending(const std::set<T>& values) {
    return {values.begin(), values.end()};
}

} // namespace

std::vector<Output> outputs(const NodeData& data) {
    const auto next = [] { return std::vector<Output>{{std::string(kNext), true}}; };
    const auto transfer = [] {
        return std::vector<Output>{{std::string(kServed), true}, {std::string(kFailed), false}};
    };
    return std::visit(Overload{
                          [&](const Start&) { return next(); },
                          [&](const Message&) { return next(); },
                          [&](const Play&) { return next(); },
                          [&](const Branch& branch) { return branchOutputs(branch.options); },
                          [&](const KeyBranch& branch) { return branchOutputs(branch.options); },
                          [&](const Transfer&) { return transfer(); },
                          [&](const CallTransfer&) { return transfer(); },
                          [&](const End&) { return std::vector<Output>(); },
                          [&](const CallEnd&) { return std::vector<Output>(); },
                      },
                      data);
}

Kind kindOf(const NodeData& data) {
    return std::visit(Overload{
                          [](const Start&) { return Kind::Start; },
                          [](const Message&) { return Kind::Message; },
                          [](const Play&) { return Kind::Message; },
                          [](const Branch&) { return Kind::Branch; },
                          [](const KeyBranch&) { return Kind::Branch; },
                          [](const Transfer&) { return Kind::Transfer; },
                          [](const CallTransfer&) { return Kind::Transfer; },
                          [](const End&) { return Kind::End; },
                          [](const CallEnd&) { return Kind::End; },
                      },
                      data);
}

bool fits(Mode mode, const NodeData& data) {
    if (std::holds_alternative<Start>(data))
        return true;
    const bool isPhoneNode = std::holds_alternative<Play>(data) || std::holds_alternative<KeyBranch>(data) ||
                             std::holds_alternative<CallTransfer>(data) || std::holds_alternative<CallEnd>(data);
    return isPhoneNode == (mode == Mode::Phone);
}

NodeData makeNode(Kind kind, Mode mode) {
    const bool phone = mode == Mode::Phone;
    switch (kind) {
    case Kind::Start:
        return Start{};
    case Kind::Message:
        return phone ? NodeData(Play{}) : NodeData(Message{});
    case Kind::Branch:
        return phone ? NodeData(KeyBranch{}) : NodeData(Branch{});
    case Kind::Transfer:
        return phone ? NodeData(CallTransfer{}) : NodeData(Transfer{});
    case Kind::End:
        return phone ? NodeData(CallEnd{}) : NodeData(End{});
    }
    return Start{};
}

std::string_view typeName(const NodeData& data) {
    return kTypeNames[data.index()];
}

std::string_view name(Mode mode) {
    return kModeNames[static_cast<std::size_t>(mode)];
}

std::optional<Mode> parseMode(std::string_view name) {
    const auto found = std::find(kModeNames.begin(), kModeNames.end(), name);
    if (found == kModeNames.end())
        return std::nullopt;
    return static_cast<Mode>(found - kModeNames.begin());
}

const Node* find(const Graph& graph, NodeId id) {
    for (const Node& node : graph.nodes)
        if (node.id == id)
            return &node;
    return nullptr;
}

Node* find(Graph& graph, NodeId id) {
    return const_cast<Node*>(find(std::as_const(graph), id));
}

NodeId freeId(const Graph& graph) {
    NodeId highest;
    for (const Node& node : graph.nodes)
        highest = std::max(highest, node.id);
    return NodeId{highest.value + 1};
}

std::vector<GroupId> groupsUsed(const Graph& graph) {
    std::set<GroupId> used;
    for (const Node& node : graph.nodes) {
        if (const auto* chat = std::get_if<Transfer>(&node.data))
            used.insert(chat->group);
        else if (const auto* phone = std::get_if<CallTransfer>(&node.data))
            used.insert(phone->group);
    }
    used.erase(GroupId{});
    return ascending(used);
}

std::vector<AudioId> audioUsed(const Graph& graph) {
    std::set<AudioId> used;
    const auto add = [&used](const Sound& sound) {
        if (sound.source == Sound::Source::Audio)
            used.insert(sound.audio);
    };
    for (const Node& node : graph.nodes) {
        if (const auto* play = std::get_if<Play>(&node.data)) {
            add(play->sound);
        } else if (const auto* branch = std::get_if<KeyBranch>(&node.data)) {
            add(branch->prompt);
            add(branch->timeoutPrompt);
            add(branch->wrongPrompt);
        } else if (const auto* transfer = std::get_if<CallTransfer>(&node.data)) {
            add(transfer->prompt);
            add(transfer->announcement);
            used.insert(transfer->music);
        }
    }
    used.erase(AudioId{});
    return ascending(used);
}

} // namespace cb::flow
