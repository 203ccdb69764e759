#include "server/flowhost/flow_host.h"

#include "shared/flow/json.h"

#include <functional>
#include <iterator>
#include <string>

namespace cb::flowhost {

namespace {

model::EndReason reasonOf(flowrun::EndReason reason) {
    switch (reason) {
    case flowrun::EndReason::FlowEnded:
        return model::EndReason::FlowEnded;
    case flowrun::EndReason::Abandoned:
        return model::EndReason::Abandoned;
    case flowrun::EndReason::FlowLoop:
        return model::EndReason::FlowLoop;
    case flowrun::EndReason::CustomerSilent:
        return model::EndReason::CustomerSilent;
    case flowrun::EndReason::CustomerLeft:
        return model::EndReason::CustomerLeft;
    case flowrun::EndReason::AgentEnded:
        return model::EndReason::AgentEnded;
    case flowrun::EndReason::HungUp:
        return model::EndReason::HungUp;
    case flowrun::EndReason::None:
    case flowrun::EndReason::Failed:
        break;
    }
    return model::EndReason::Failed;
}

flowrun::Event eventOf(const desk::FlowEvent& event, flowrun::Timer timer) {
    using desk::FlowSignal;
    switch (event.signal) {
    case FlowSignal::Text:
        return flowrun::Text{event.text};
    case FlowSignal::Key:
        return flowrun::Digit{event.text.empty() ? '\0' : event.text.front()};
    case FlowSignal::Played:
        return flowrun::PlayDone{static_cast<std::uint16_t>(event.number)};
    case FlowSignal::Timeout:
        return flowrun::Timeout{timer};
    case FlowSignal::TransferQueued:
        return flowrun::TransferQueued{event.number};
    case FlowSignal::TransferFailed:
        return flowrun::TransferFailed{};
    case FlowSignal::AgentConnected:
        return flowrun::AgentConnected{event.text};
    case FlowSignal::AgentLeft:
        return flowrun::AgentLeft{};
    case FlowSignal::AgentEnded:
        return flowrun::AgentEnded{};
    case FlowSignal::AgentMessage:
        return flowrun::AgentMessage{};
    case FlowSignal::CustomerMessage:
        return flowrun::CustomerMessage{};
    case FlowSignal::CustomerLeft:
        break;
    }
    return flowrun::CustomerLeft{};
}

desk::FlowSound soundOf(flow::Sound& sound) {
    if (sound.source == flow::Sound::Source::Audio)
        return {sound.audio.value, {}, {}};
    return {0, std::move(sound.text), std::move(sound.voice)};
}

/// A flow only has the effects of its mode; Join means nothing to a chat, which is joined as soon as it is assigned.
void translate(flowrun::Effect& effect, desk::FlowActions& out) {
    if (auto* entered = std::get_if<flowrun::EnteredNode>(&effect))
        out.emplace_back(desk::FlowEntered{std::move(entered->label), entered->id.value, std::move(entered->port)});
    else if (auto* say = std::get_if<flowrun::Say>(&effect))
        out.emplace_back(desk::FlowSay{std::move(say->text)});
    else if (const auto* transfer = std::get_if<flowrun::Transfer>(&effect))
        out.emplace_back(desk::FlowTransfer{model::GroupId{transfer->group.value}, transfer->longestWait});
    else if (const auto* timer = std::get_if<flowrun::StartTimer>(&effect))
        out.emplace_back(desk::FlowTimer{timer->duration});
    else if (std::holds_alternative<flowrun::StopTimer>(effect))
        out.emplace_back(desk::FlowTimer{});
    else if (auto* play = std::get_if<flowrun::Play>(&effect))
        out.emplace_back(desk::FlowPlay{play->play, soundOf(play->sound)});
    else if (std::holds_alternative<flowrun::StopPlay>(effect))
        out.emplace_back(desk::FlowStopPlay{});
    else if (const auto* music = std::get_if<flowrun::Music>(&effect))
        out.emplace_back(desk::FlowMusic{music->audio.value});
    else if (std::holds_alternative<flowrun::StopMusic>(effect))
        out.emplace_back(desk::FlowStopMusic{});
    else if (std::holds_alternative<flowrun::Join>(effect))
        out.emplace_back(desk::FlowJoin{});
    else if (const auto* end = std::get_if<flowrun::End>(&effect))
        out.emplace_back(desk::FlowEnd{reasonOf(end->reason)});
}

} // namespace

FlowHost::FlowHost(FlowHostOptions options)
    : m_env{options.visitorGone} {}

base::Result<void> FlowHost::prepare(const store::FlowRow& row) {
    const Version key{row.flow, row.version};
    const std::size_t textHash = std::hash<std::string>{}(row.json);
    {
        const std::lock_guard lock(m_mutex);
        if (const auto known = m_versions.find(key); known != m_versions.end() && known->second.textHash == textHash)
            return {};
    }
    auto graph = flow::parseJson(row.json);
    if (!graph)
        return graph.error();
    auto compiled = flowrun::compile(*graph);
    if (!compiled)
        return compiled.error();
    const std::lock_guard lock(m_mutex);
    m_versions.insert_or_assign(key, Compiled{std::move(*compiled), textHash});
    return {};
}

flowrun::FlowPtr FlowHost::version(model::FlowId flow, int version) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_versions.find(Version{flow, version});
    return found == m_versions.end() ? nullptr : found->second.flow;
}

std::size_t FlowHost::compiled() const {
    const std::lock_guard lock(m_mutex);
    return m_versions.size();
}

void FlowHost::step(Run& run, const flowrun::Event& event, desk::FlowActions& out) const {
    for (flowrun::Effect& effect : flowrun::step(*run.flow, run.state, event, m_env))
        translate(effect, out);
}

/// New sessions start on newer versions now: the older ones go when nobody runs on them any more.
void FlowHost::dropOlder(model::FlowId flow, int number) {
    const std::lock_guard lock(m_mutex);
    auto it = m_versions.lower_bound(Version{flow, 0});
    while (it != m_versions.end() && it->first < Version{flow, number})
        it = it->second.flow.use_count() == 1 ? m_versions.erase(it) : std::next(it);
}

bool FlowHost::start(model::SessionId session, model::FlowId flow, int number, desk::FlowActions& out) {
    flowrun::FlowPtr compiled = version(flow, number);
    if (compiled == nullptr)
        return false;
    dropOlder(flow, number);
    Run& run = m_runs[session];
    run.state = flowrun::begin(*compiled);
    run.flow = std::move(compiled);
    step(run, flowrun::StartFlow{}, out);
    return true;
}

std::optional<desk::FlowResumed> FlowHost::resume(model::SessionId session, model::FlowId flow, int number,
                                                  std::string_view flowState) {
    flowrun::FlowPtr compiled = version(flow, number);
    if (compiled == nullptr)
        return std::nullopt;
    auto state = flowrun::decode(*compiled, flowState);
    if (!state)
        return std::nullopt;
    desk::FlowResumed resumed;
    if (const auto timer = flowrun::runningTimer(*compiled, *state, m_env))
        resumed.timer = timer->duration;
    if (const auto transfer = flowrun::currentTransfer(*compiled, *state))
        resumed.longestWait = transfer->longestWait;
    m_runs[session] = Run{std::move(compiled), *state};
    return resumed;
}

bool FlowHost::apply(model::SessionId session, const desk::FlowEvent& event, desk::FlowActions& out) {
    const auto found = m_runs.find(session);
    if (found == m_runs.end())
        return false;
    const flowrun::State before = found->second.state;
    step(found->second, eventOf(event, before.timer), out);
    return found->second.state != before;
}

std::string FlowHost::save(model::SessionId session) const {
    const auto found = m_runs.find(session);
    return found == m_runs.end() ? std::string{} : flowrun::encode(*found->second.flow, found->second.state);
}

void FlowHost::forget(model::SessionId session) {
    m_runs.erase(session);
}

} // namespace cb::flowhost
