#include "shared/flowtest/history.h"

#include <algorithm>

namespace cb::flowtest {

namespace {

using What = Happening::What;

bool wrote(const Happening& happening) {
    return happening.what == What::CustomerWrote || happening.what == What::AgentWrote;
}

class Player {
public:
    Player(flowrun::FlowPtr flow, const flow::Graph& graph, const History& history)
        : m_graph(graph)
        , m_history(history)
        , m_began(agentsOfNextTransfer(0))
        , m_agents(m_began)
        , m_rehearsal(std::move(flow), m_began) {}

    base::Result<FlowTest> play(std::string name) {
        while (m_rehearsal.stage() != Stage::Ended) {
            if (m_inputs.size() >= kMaxInputs)
                return base::rejected("history_too_long");
            if (!step())
                break;
        }
        FlowTest test = recorded(m_rehearsal, std::move(name), m_began, std::move(m_inputs));
        if (const auto place = firstDifference(test.path); place < std::max(test.path.size(), m_history.path.size()))
            return base::with(base::rejected("history_differs"), "place", std::to_string(place));
        if (test.end != m_history.end)
            return base::with(base::rejected("history_differs"), "end", m_history.end);
        return test;
    }

private:
    /// How many nodes were entered so far.
    std::size_t place() const {
        const auto& lines = m_rehearsal.lines();
        return static_cast<std::size_t>(
            std::count_if(lines.begin(), lines.end(), [](const Line& line) { return line.who == Line::Who::Entered; }));
    }

    std::size_t firstDifference(const std::vector<flow::NodeId>& path) const {
        std::size_t at = 0;
        while (at < path.size() && at < m_history.path.size() && path[at] == m_history.path[at].node)
            ++at;
        return at;
    }

    /// Of the first transfer from `from` on: somebody was online when the session entered a queue there.
    Agents agentsOfNextTransfer(std::size_t from) const {
        for (std::size_t i = from; i < m_history.path.size(); ++i) {
            const auto* node = flow::find(m_graph, m_history.path[i].node);
            if (node == nullptr || flow::kindOf(node->data) != flow::Kind::Transfer)
                continue;
            const auto left = i + 1 < m_history.path.size() ? m_history.path[i + 1].at : base::Millis::max();
            const bool queued =
                std::any_of(m_history.happenings.begin(), m_history.happenings.end(), [&](const Happening& happening) {
                    return happening.what == What::Queued && happening.at >= m_history.path[i].at &&
                           happening.at <= left;
                });
            return queued ? Agents::Busy : Agents::Nobody;
        }
        return Agents::Busy;
    }

    bool give(Input input) {
        if (!m_rehearsal.apply(input))
            return false;
        m_inputs.push_back(std::move(input));
        return true;
    }

    void setAgents(Agents agents) {
        if (m_agents != agents && give(SetAgents{agents}))
            m_agents = agents;
    }

    /// The next thing that anybody wrote, or nullptr.
    const Happening* nextWritten() {
        while (m_next < m_history.happenings.size() && !wrote(m_history.happenings[m_next]))
            ++m_next;
        return m_next < m_history.happenings.size() ? &m_history.happenings[m_next] : nullptr;
    }

    bool step() {
        switch (m_rehearsal.stage()) {
        case Stage::Reply:
        case Stage::Key:
            return stepInFlow();
        case Stage::Queued:
            return stepInQueue();
        case Stage::Served:
            return stepServed();
        case Stage::Ended:
            break;
        }
        return false;
    }

    bool stepInFlow() {
        setAgents(agentsOfNextTransfer(place()));
        if (const Happening* happening = nextWritten()) {
            ++m_next;
            return give(Write{happening->text});
        }
        if (m_history.path.size() > place())
            return give(Wait{});
        return !m_history.end.empty() && give(Leave{});
    }

    bool stepInQueue() {
        const auto answered =
            std::find_if(m_history.happenings.begin() + static_cast<std::ptrdiff_t>(m_next), m_history.happenings.end(),
                         [](const Happening& one) { return one.what == What::Answered; });
        const std::size_t here = place();
        const auto left = here < m_history.path.size() ? m_history.path[here].at : base::Millis::max();
        if (answered != m_history.happenings.end() && answered->at <= left) {
            const auto number = static_cast<std::size_t>(answered - m_history.happenings.begin());
            const Happening* before = nextWritten();
            if (before != nullptr && m_next < number) { // written while waiting
                ++m_next;
                return give(Write{before->text});
            }
            m_next = number + 1;
            return give(Answer{});
        }
        if (here < m_history.path.size()) {
            if (!m_rehearsal.deadline())
                setAgents(Agents::Nobody);
            return give(Wait{});
        }
        return !m_history.end.empty() && give(Leave{});
    }

    bool stepServed() {
        if (const Happening* happening = nextWritten()) {
            ++m_next;
            return happening->what == What::AgentWrote ? give(AgentWrites{happening->text})
                                                       : give(Write{happening->text});
        }
        if (m_history.end.empty())
            return false;
        if (m_history.end == flowrun::name(flowrun::EndReason::AgentEnded))
            return give(AgentEnds{});
        if (m_history.end == flowrun::name(flowrun::EndReason::CustomerSilent))
            return give(Wait{});
        return give(Leave{});
    }

    const flow::Graph& m_graph;
    const History& m_history;
    Agents m_began;
    Agents m_agents;
    Rehearsal m_rehearsal;
    std::vector<Input> m_inputs;
    std::size_t m_next = 0; ///< of the happenings
};

} // namespace

base::Result<FlowTest> testOf(const flow::Graph& graph, const History& history, std::string name) {
    auto flow = flowrun::compile(graph);
    if (!flow)
        return base::rejected("flow_no_start");
    return Player(*flow, graph, history).play(std::move(name));
}

} // namespace cb::flowtest
