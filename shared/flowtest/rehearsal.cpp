#include "shared/flowtest/rehearsal.h"

#include <algorithm>
#include <utility>

namespace cb::flowtest {

namespace {

using Who = Line::Who;

constexpr base::Millis kPerByte{60}; ///< of speech, about
constexpr base::Millis kFileLength{5'000};

base::Millis length(const flow::Sound& sound) {
    return sound.source == flow::Sound::Source::Speech
               ? kPerByte * static_cast<base::Millis::rep>(sound.text.size() + 1)
               : kFileLength;
}

Line said(Who who, std::string text) {
    Line line;
    line.who = who;
    line.text = std::move(text);
    return line;
}

} // namespace

Rehearsal::Rehearsal(flowrun::FlowPtr flow, Agents agents)
    : m_flow(std::move(flow))
    , m_state(flowrun::begin(*m_flow))
    , m_agents(agents) {
    feed(flowrun::StartFlow{});
}

void Rehearsal::add(Line line) {
    if (m_lines.size() >= kMostLines)
        return;
    line.at = m_now;
    m_lines.push_back(std::move(line));
}

/// What an effect brings about at once is fed when all effects of the step are taken.
void Rehearsal::feed(const flowrun::Event& event) {
    std::vector<flowrun::Event> events{event};
    for (std::size_t i = 0; i < events.size(); ++i) {
        const flowrun::Event one = events[i]; // what follows may move the list
        for (const auto& effect : flowrun::step(*m_flow, m_state, one, m_env))
            take(effect, events);
    }
}

void Rehearsal::take(const flowrun::Effect& effect, std::vector<flowrun::Event>& next) {
    if (const auto* entered = std::get_if<flowrun::EnteredNode>(&effect)) {
        Line line = said(Who::Entered, entered->label);
        line.node = entered->id;
        line.from = entered->from;
        line.port = entered->port;
        add(std::move(line));
    } else if (const auto* say = std::get_if<flowrun::Say>(&effect)) {
        add(said(Who::Flow, say->text));
    } else if (const auto* play = std::get_if<flowrun::Play>(&effect)) {
        Line line = said(Who::Flow, play->sound.text);
        line.sound = play->sound;
        add(std::move(line));
        m_now += length(play->sound);
        next.emplace_back(flowrun::PlayDone{play->play});
    } else if (std::holds_alternative<flowrun::Music>(effect)) {
        add(said(Who::Music, {}));
    } else if (const auto* transfer = std::get_if<flowrun::Transfer>(&effect)) {
        enterQueue(*transfer, next);
    } else if (const auto* start = std::get_if<flowrun::StartTimer>(&effect)) {
        m_timer = start->timer;
        m_timerDue = m_now + start->duration;
    } else if (const auto* stop = std::get_if<flowrun::StopTimer>(&effect)) {
        if (stop->timer == m_timer)
            m_timer = flowrun::Timer::None;
    } else if (const auto* end = std::get_if<flowrun::End>(&effect)) {
        m_ended = end->reason;
        m_timer = flowrun::Timer::None;
        m_queued = false;
        m_queueDue.reset();
        add(said(Who::Ended, std::string(flowrun::name(end->reason))));
    }
}

void Rehearsal::enterQueue(const flowrun::Transfer& transfer, std::vector<flowrun::Event>& next) {
    if (m_agents == Agents::Nobody) {
        add(said(Who::Failed, {}));
        next.emplace_back(flowrun::TransferFailed{});
        return;
    }
    if (m_agents == Agents::Free) {
        add(said(Who::Served, kStaffNo));
        next.emplace_back(flowrun::AgentConnected{kStaffNo});
        return;
    }
    m_queued = true;
    m_queueDue.reset();
    if (transfer.longestWait.count() > 0)
        m_queueDue = m_now + transfer.longestWait;
    add(said(Who::Queued, std::to_string(kAhead)));
    next.emplace_back(flowrun::TransferQueued{kAhead});
}

Stage Rehearsal::stage() const {
    if (m_ended != flowrun::EndReason::None)
        return Stage::Ended;
    if (m_queued)
        return Stage::Queued;
    switch (m_state.phase) {
    case flowrun::Phase::Served:
    case flowrun::Phase::Announcing:
        return Stage::Served;
    default:
        return m_flow->isPhone() ? Stage::Key : Stage::Reply;
    }
}

flow::NodeId Rehearsal::node() const {
    return flowrun::currentNode(*m_flow, m_state).id;
}

std::optional<base::Millis> Rehearsal::deadline() const {
    std::optional<base::Millis> due = m_queued ? m_queueDue : std::nullopt;
    if (m_timer != flowrun::Timer::None)
        due = std::min(due.value_or(m_timerDue), m_timerDue);
    return due;
}

bool Rehearsal::wait() {
    const auto due = deadline();
    if (!due)
        return false;
    m_now = std::max(m_now, *due);
    if (m_queued && m_queueDue && *m_queueDue == *due) {
        m_queued = false;
        m_queueDue.reset();
        add(said(Who::Waited, m_agents == Agents::Nobody ? "nobody_online" : "longest_wait"));
        add(said(Who::Failed, {}));
        feed(flowrun::TransferFailed{});
        return true;
    }
    const auto timer = std::exchange(m_timer, flowrun::Timer::None);
    add(said(Who::Waited, std::string(flowrun::name(timer))));
    feed(flowrun::Timeout{timer});
    return true;
}

bool Rehearsal::apply(const Input& input) {
    const Stage stage = this->stage();
    if (stage == Stage::Ended)
        return false;
    if (const auto* set = std::get_if<SetAgents>(&input)) {
        if (set->agents == m_agents)
            return false;
        m_agents = set->agents;
        if (stage == Stage::Queued && m_agents == Agents::Nobody)
            m_queueDue = std::min(m_queueDue.value_or(m_now + kNobodyOnline), m_now + kNobodyOnline);
        else if (stage == Stage::Queued && m_agents == Agents::Free)
            return apply(Answer{});
        return true;
    }
    if (const auto* write = std::get_if<Write>(&input)) {
        if (m_flow->isPhone())
            return false;
        add(said(Who::Customer, write->text));
        if (stage == Stage::Served)
            feed(flowrun::CustomerMessage{});
        else if (stage == Stage::Reply)
            feed(flowrun::Text{write->text});
        return true;
    }
    if (const auto* press = std::get_if<Press>(&input)) {
        if (!m_flow->isPhone() || flowrun::CompiledFlow::kKeys.find(press->key) == std::string_view::npos)
            return false;
        add(said(Who::Customer, std::string(1, press->key)));
        feed(flowrun::Digit{press->key});
        return true;
    }
    if (std::holds_alternative<Wait>(input))
        return wait();
    if (std::holds_alternative<Answer>(input)) {
        if (stage != Stage::Queued || m_agents == Agents::Nobody)
            return false;
        m_queued = false;
        m_queueDue.reset();
        add(said(Who::Served, kStaffNo));
        feed(flowrun::AgentConnected{kStaffNo});
        return true;
    }
    if (const auto* writes = std::get_if<AgentWrites>(&input)) {
        if (stage != Stage::Served || m_flow->isPhone())
            return false;
        add(said(Who::Agent, writes->text));
        feed(flowrun::AgentMessage{});
        return true;
    }
    if (std::holds_alternative<AgentEnds>(input)) {
        if (stage != Stage::Served)
            return false;
        feed(flowrun::AgentEnded{});
        return true;
    }
    feed(flowrun::CustomerLeft{});
    return true;
}

} // namespace cb::flowtest
