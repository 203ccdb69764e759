#include "shared/flowrun/interpreter.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cb::flowrun {

namespace {

using Index = CompiledFlow::Index;

/// Bounds what a draft in the simulator may say; validate() is stricter.
constexpr base::Seconds kShortestKeyTimeout{1};
constexpr base::Seconds kLongestKeyTimeout{3'600};

/// The phase within one step() while walking from node to node: nothing sounds, nothing is waited for.
constexpr Phase kWalking = Phase::New;

std::string expand(const std::string& text, std::string_view variable, std::string_view value) {
    std::string result = text;
    for (std::size_t at = result.find(variable); at != std::string::npos; at = result.find(variable, at + value.size()))
        result.replace(at, variable.size(), value);
    return result;
}

const flow::End* serviceEnd(const CompiledFlow& flow, const CompiledFlow::Node& transfer) {
    return transfer.service == CompiledFlow::kNone ? nullptr
                                                   : std::get_if<flow::End>(&flow.at(transfer.service).source.data);
}

base::Millis keyTimeout(const flow::KeyBranch& branch) {
    return std::clamp(branch.timeout, kShortestKeyTimeout, kLongestKeyTimeout);
}

/// One call of step(): reacts to the event and collects the effects.
class Run {
public:
    Run(const CompiledFlow& flow, State& state, const Env& env, Effects& out)
        : m_flow(flow)
        , m_state(state)
        , m_env(env)
        , m_out(out) {}

    void operator()(const StartFlow&) {
        if (m_state.phase != Phase::New)
            return;
        m_isStarting = true;
        go({m_flow.start(), {}});
    }

    void operator()(const Text& event) {
        const auto* branch = data<flow::Branch>();
        if (m_state.phase != Phase::Waiting || !branch)
            return;
        m_state.steps = 0;
        const int option = CompiledFlow::match(node(), event.text);
        if (option >= 0) {
            stopTimer();
            return choose(option, branch->options);
        }
        say(branch->wrongText);
        ask(*branch);
    }

    void operator()(const Digit& event) {
        const auto* branch = data<flow::KeyBranch>();
        const bool isListening = m_state.phase == Phase::Waiting || m_state.phase == Phase::Prompting;
        if (!isListening || !branch || CompiledFlow::kKeys.find(event.key) == std::string_view::npos)
            return;
        m_state.steps = 0;
        stopTimer();
        stopSounds();
        m_state.phase = kWalking;
        const int option = CompiledFlow::match(node(), event.key);
        if (option >= 0)
            choose(option, branch->options);
        else
            countError(*branch, branch->wrongPrompt);
    }

    void operator()(const PlayDone& event) {
        if (event.play != m_state.play)
            return;
        if (m_state.phase == Phase::Playing)
            go({node().next, flow::kNext});
        else if (m_state.phase == Phase::Prompting)
            awaitKey(*data<flow::KeyBranch>());
        else if (m_state.phase == Phase::Announcing)
            join();
    }

    void operator()(const Timeout& event) {
        if (event.timer == Timer::None || event.timer != m_state.timer)
            return;
        m_state.timer = Timer::None;
        if (event.timer == Timer::Reply)
            end(EndReason::Abandoned);
        else if (event.timer == Timer::Key)
            countError(*data<flow::KeyBranch>(), data<flow::KeyBranch>()->timeoutPrompt);
        else
            endService(EndReason::CustomerSilent, &flow::End::silenceText);
    }

    void operator()(const TransferQueued& event) {
        if (m_state.phase != Phase::Transferring)
            return;
        m_state.phase = Phase::Queued;
        if (const auto* transfer = data<flow::Transfer>())
            say(expand(transfer->queueText, "${WaitNo}", std::to_string(std::max(event.waitNo, 0))));
    }

    void operator()(const TransferFailed&) {
        if (!isWaitingForAgent())
            return;
        stopSounds();
        if (const auto* transfer = data<flow::Transfer>())
            say(transfer->failureText);
        go({node().failed, flow::kFailed});
    }

    void operator()(const AgentConnected& event) {
        if (!isWaitingForAgent())
            return;
        stopSounds();
        m_state.outcome = EndReason::None;
        if (const auto* transfer = data<flow::Transfer>())
            say(expand(transfer->successText, "${StaffNo}", event.staffNo));
        const auto* call = data<flow::CallTransfer>();
        if (call && play(call->announcement, false))
            m_state.phase = Phase::Announcing;
        else
            join();
    }

    void operator()(const AgentEnded&) {
        if (isWithAgent())
            endService(EndReason::AgentEnded, &flow::End::agentEndedText);
    }

    void operator()(const AgentLeft&) {
        if (!isWithAgent())
            return;
        stopTimer();
        stopSounds();
        m_state.phase = Phase::Transferring;
        if (const auto* call = data<flow::CallTransfer>())
            m_out.push_back(Music{call->music});
    }

    void operator()(const AgentMessage&) {
        if (m_state.phase != Phase::Served)
            return;
        const flow::End* settings = serviceEnd(m_flow, node());
        if (settings && settings->silence.count() > 0)
            startTimer(Timer::Silence, settings->silence);
    }

    void operator()(const CustomerMessage&) {
        if (m_state.phase == Phase::Served)
            stopTimer();
    }

    void operator()(const CustomerLeft&) {
        if (isWithAgent())
            end(m_flow.isPhone() ? EndReason::HungUp : EndReason::CustomerLeft);
        else
            end(m_state.outcome == EndReason::None ? EndReason::Abandoned : m_state.outcome);
    }

    void end(EndReason reason) {
        stopTimer();
        stopSounds();
        m_state.phase = Phase::Ended;
        m_state.outcome = reason;
        m_out.push_back(End{reason});
    }

private:
    /// The way out of a node.
    struct Exit {
        Index to = CompiledFlow::kNone;
        std::string_view port;
    };

    const CompiledFlow::Node& node() const { return m_flow.at(m_state.node); }

    template <class T>
    const T* data() const {
        return std::get_if<T>(&node().source.data);
    }

    bool isWaitingForAgent() const { return m_state.phase == Phase::Transferring || m_state.phase == Phase::Queued; }
    bool isWithAgent() const { return m_state.phase == Phase::Served || m_state.phase == Phase::Announcing; }

    /// Enters nodes until one waits or the session ends.
    void go(Exit exit) {
        m_state.phase = kWalking;
        for (std::optional<Exit> next = exit; next;) {
            if (next->to == CompiledFlow::kNone)
                return endOfPath();
            if (++m_state.steps > kMaxSteps)
                return end(EndReason::FlowLoop);
            const NodeId from = std::exchange(m_isStarting, false) ? NodeId{} : node().source.id;
            const flow::Node& entered = m_flow.at(next->to).source;
            m_out.push_back(EnteredNode{entered.id, entered.label, from, std::string(next->port)});
            m_state.node = next->to;
            m_state.errors = 0;
            next = std::visit([this](const auto& settings) { return enter(settings); }, entered.data);
        }
    }

    void endOfPath() { end(m_state.outcome == EndReason::None ? EndReason::FlowEnded : m_state.outcome); }

    Exit onward() const { return {node().next, flow::kNext}; }

    std::optional<Exit> enter(const flow::Start&) { return onward(); }

    std::optional<Exit> enter(const flow::Message& message) {
        say(message.text);
        return onward();
    }

    std::optional<Exit> enter(const flow::Play& settings) {
        if (!play(settings.sound, false))
            return onward();
        m_state.phase = Phase::Playing;
        return std::nullopt;
    }

    std::optional<Exit> enter(const flow::Branch& branch) {
        ask(branch);
        return std::nullopt;
    }

    std::optional<Exit> enter(const flow::KeyBranch& branch) {
        prompt(branch, nullptr);
        return std::nullopt;
    }

    std::optional<Exit> enter(const flow::Transfer& transfer) {
        m_state.phase = Phase::Transferring;
        m_out.push_back(Transfer{transfer.group, transfer.longestWait});
        return std::nullopt;
    }

    std::optional<Exit> enter(const flow::CallTransfer& transfer) {
        play(transfer.prompt, false);
        m_state.phase = Phase::Transferring;
        m_out.push_back(Music{transfer.music});
        m_out.push_back(Transfer{transfer.group, transfer.longestWait});
        return std::nullopt;
    }

    std::optional<Exit> enter(const flow::End&) {
        endOfPath();
        return std::nullopt;
    }

    std::optional<Exit> enter(const flow::CallEnd&) {
        endOfPath();
        return std::nullopt;
    }

    void ask(const flow::Branch& branch) {
        say(branch.prompt);
        m_state.phase = Phase::Waiting;
        startTimer(Timer::Reply, m_env.visitorGone);
    }

    template <class Options>
    void choose(int option, const Options& options) {
        const auto index = static_cast<std::size_t>(option);
        go({node().options[index], options[index].name});
    }

    /// Plays what went wrong, if anything, and the branch's prompt; keys are heard meanwhile.
    void prompt(const flow::KeyBranch& branch, const flow::Sound* complaint) {
        const bool complains = complaint && play(*complaint, true);
        const bool prompts = play(branch.prompt, true);
        if (complains || prompts)
            m_state.phase = Phase::Prompting;
        else
            awaitKey(branch);
    }

    void awaitKey(const flow::KeyBranch& branch) {
        m_state.phase = Phase::Waiting;
        startTimer(Timer::Key, keyTimeout(branch));
    }

    void countError(const flow::KeyBranch& branch, const flow::Sound& complaint) {
        if (m_state.errors < 255)
            ++m_state.errors;
        if (m_state.errors > node().maxErrors)
            end(EndReason::HungUp);
        else
            prompt(branch, &complaint);
    }

    void join() {
        m_state.phase = Phase::Served;
        m_out.push_back(Join{});
    }

    /// The agent's part is over: says the text of the end that follows, then walks to it.
    void endService(EndReason outcome, std::string flow::End::*text) {
        stopTimer();
        stopSounds();
        m_state.outcome = outcome;
        if (const flow::End* settings = serviceEnd(m_flow, node()))
            say(settings->*text);
        go({node().next, flow::kServed});
    }

    void say(std::string text) {
        if (!text.empty())
            m_out.push_back(Say{std::move(text)});
    }

    /// False when there is nothing to hear.
    bool play(const flow::Sound& sound, bool bargeIn) {
        if (sound.source == flow::Sound::Source::None)
            return false;
        ++m_state.play;
        m_out.push_back(Play{m_state.play, sound, bargeIn});
        return true;
    }

    /// Cuts what may be sounding in this phase.
    void stopSounds() {
        const auto* call = data<flow::CallTransfer>();
        const bool isWaiting = call && isWaitingForAgent();
        if (m_state.phase == Phase::Playing || m_state.phase == Phase::Prompting ||
            m_state.phase == Phase::Announcing || (isWaiting && call->prompt.source != flow::Sound::Source::None))
            m_out.push_back(StopPlay{});
        if (isWaiting)
            m_out.push_back(StopMusic{});
    }

    void startTimer(Timer timer, base::Millis duration) {
        m_state.timer = timer;
        m_out.push_back(StartTimer{timer, duration});
    }

    void stopTimer() {
        if (m_state.timer != Timer::None)
            m_out.push_back(StopTimer{m_state.timer});
        m_state.timer = Timer::None;
    }

    const CompiledFlow& m_flow;
    State& m_state;
    const Env& m_env;
    Effects& m_out;
    bool m_isStarting = false;
};

} // namespace

State begin(const CompiledFlow& flow) {
    State state;
    state.node = flow.start();
    return state;
}

Effects step(const CompiledFlow& flow, State& state, const Event& event, const Env& env) {
    Effects effects;
    if (!fits(flow, state)) {
        state = begin(flow);
        state.phase = Phase::Ended;
        state.outcome = EndReason::Failed;
        effects.push_back(End{EndReason::Failed});
        return effects;
    }
    if (state.phase == Phase::Ended)
        return effects;
    effects.reserve(4);
    Run run(flow, state, env, effects);
    std::visit(run, event);
    return effects;
}

std::optional<StartTimer> runningTimer(const CompiledFlow& flow, const State& state, const Env& env) {
    if (!fits(flow, state))
        return std::nullopt;
    const CompiledFlow::Node& node = flow.at(state.node);
    switch (state.timer) {
    case Timer::None:
        return std::nullopt;
    case Timer::Reply:
        return StartTimer{Timer::Reply, env.visitorGone};
    case Timer::Key:
        return StartTimer{Timer::Key, keyTimeout(std::get<flow::KeyBranch>(node.source.data))};
    case Timer::Silence:
        return StartTimer{Timer::Silence, serviceEnd(flow, node)->silence};
    }
    return std::nullopt;
}

std::optional<Transfer> currentTransfer(const CompiledFlow& flow, const State& state) {
    const bool isAtTransfer = state.phase == Phase::Transferring || state.phase == Phase::Queued ||
                              state.phase == Phase::Announcing || state.phase == Phase::Served;
    if (!isAtTransfer || !fits(flow, state))
        return std::nullopt;
    const flow::NodeData& data = flow.at(state.node).source.data;
    if (const auto* chat = std::get_if<flow::Transfer>(&data))
        return Transfer{chat->group, chat->longestWait};
    const auto& call = std::get<flow::CallTransfer>(data);
    return Transfer{call.group, call.longestWait};
}

const flow::Node& currentNode(const CompiledFlow& flow, const State& state) {
    return flow.at(state.node < flow.size() ? state.node : flow.start()).source;
}

} // namespace cb::flowrun
