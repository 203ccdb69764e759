#include "client/floweditor/workshop/replay_rows.h"

namespace cb::floweditor {

namespace {

/// The node says this when it is entered.
bool greetsWith(const flow::Node* node, const std::string& text) {
    if (node == nullptr)
        return false;
    if (const auto* message = std::get_if<flow::Message>(&node->data))
        return message->text == text;
    const auto* branch = std::get_if<flow::Branch>(&node->data);
    return branch != nullptr && branch->prompt == text;
}

class Merge {
public:
    Merge(const wire::Replay& replay, const flow::Graph& graph)
        : m_replay(replay)
        , m_graph(graph) {}

    std::vector<ReplayRow> rows() {
        for (const auto& event : m_replay.events) {
            enter(stepsBefore(event));
            m_rows.push_back({event.atMillis, nullptr, &event, m_node, m_edge});
        }
        enter(m_replay.steps.size());
        return std::move(m_rows);
    }

private:
    const flow::Node* nodeOf(std::size_t step) const {
        return flow::find(m_graph, flow::NodeId{m_replay.steps[step].node});
    }
    bool isBy(std::size_t step, std::string_view port) const {
        return step < m_replay.steps.size() && m_replay.steps[step].port == port;
    }

    void enter(std::size_t upTo) {
        for (; m_next < upTo; ++m_next) {
            const auto& step = m_replay.steps[m_next];
            const flow::NodeId to{step.node};
            m_edge = m_node && !step.port.empty() ? std::optional(flow::Edge{m_node, step.port, to}) : std::nullopt;
            m_node = to;
            m_rows.push_back({step.atMillis, &step, nullptr, m_node, m_edge});
        }
    }

    /// How many steps there are before this event.
    std::size_t stepsBefore(const wire::ReplayEvent& event) {
        const auto& steps = m_replay.steps;
        std::size_t earlier = m_next;
        while (earlier < steps.size() && steps[earlier].atMillis < event.atMillis)
            ++earlier;
        std::size_t until = earlier; // the end of this moment's
        while (until < steps.size() && steps[until].atMillis == event.atMillis)
            ++until;
        if (event.what == "ended")
            return until;
        if (event.what == "flow")
            return stepsBeforeWords(event.text, earlier, until);
        if (event.what == "queued" || event.what == "offered" || event.what == "answered")
            return stepsBeforeAgents(earlier, until);
        return earlier; // a person: what they wrote leads on
    }

    /// Words that belong to no step of this moment are said where it stands.
    std::size_t stepsBeforeWords(const std::string& text, std::size_t from, std::size_t until) {
        for (std::size_t i = from; i < until; ++i) {
            const auto* left = i == 0 ? nullptr : nodeOf(i - 1);
            const auto* transfer = left == nullptr ? nullptr : std::get_if<flow::Transfer>(&left->data);
            const bool sorry = transfer != nullptr && isBy(i, flow::kFailed) && transfer->failureText == text;
            if (sorry && m_sorryBefore != i) { // once for each way out
                m_sorryBefore = i;
                return i;
            }
            if (greetsWith(nodeOf(i), text))
                return i + 1;
        }
        return from;
    }

    /// It waits at the transfer that it did not leave again at once because nobody was there.
    std::size_t stepsBeforeAgents(std::size_t from, std::size_t until) const {
        for (std::size_t i = from; i < until; ++i) {
            const auto* node = nodeOf(i);
            const bool leaves = i + 1 < until && isBy(i + 1, flow::kFailed);
            if (node != nullptr && flow::kindOf(node->data) == flow::Kind::Transfer && !leaves)
                return i + 1;
        }
        return from;
    }

    const wire::Replay& m_replay;
    const flow::Graph& m_graph;
    std::vector<ReplayRow> m_rows;
    std::size_t m_next = 0;        ///< of the steps
    std::size_t m_sorryBefore = 0; ///< the step; 0: none, nothing comes before the first
    flow::NodeId m_node;
    std::optional<flow::Edge> m_edge;
};

} // namespace

std::vector<ReplayRow> replayRows(const wire::Replay& replay, const flow::Graph& graph) {
    return Merge(replay, graph).rows();
}

} // namespace cb::floweditor
