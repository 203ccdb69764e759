#include "server/channels/phone/engine_impl_p.h"
#include "server/media/sound/hold_music.h"

#include <spdlog/spdlog.h>

#include <utility>

namespace cb::phone {

namespace {

sound::SoundKey keyOf(const desk::FlowSound& sound) {
    return {sound.audio, sound.text, sound.voice};
}

} // namespace

void Engine::Impl::perform(desk::CallEffect& effect) {
    if (const auto* wanted = std::get_if<desk::CallLookUp>(&effect.step))
        return lookUp(*wanted);
    if (plans.count(effect.call) != 0)
        return std::holds_alternative<desk::CallDial>(effect.step) ? dial(effect.call) : unplan(effect.call);
    const auto found = legs.find(effect.call);
    if (found == legs.end() || found->second.far->gone())
        return missed(effect);
    std::visit([&](const auto& step) { take(found->second, step); }, effect.step);
}

/// Of a call that is gone, or goes just now.
void Engine::Impl::missed(const desk::CallEffect& effect) {
    if (const auto* offer = std::get_if<desk::CallOffer>(&effect.step))
        tell(desk::CallAnswered{offer->origin, base::conflict("session_gone")});
    else if (const auto* record = std::get_if<desk::CallRecord>(&effect.step); record != nullptr && record->on)
        tell(desk::CallRecorded{record->instance, record->session, {}});
    else if (const auto* onward = std::get_if<desk::CallForward>(&effect.step))
        unplan(onward->onward);
    else if (std::holds_alternative<desk::CallHangUp>(effect.step))
        if (const auto found = legs.find(effect.call); found != legs.end())
            found->second.dial.reset(); // no other trunk is tried
}

void Engine::Impl::take(Call& call, const desk::CallTaken&) {
    if (auto* caller = dynamic_cast<CallerLeg*>(call.far.get()); caller != nullptr)
        caller->answer();
}

void Engine::Impl::take(Call& call, const desk::CallRefused& step) {
    refuse(call.far->id(), step.code);
}

void Engine::Impl::take(Call& call, const desk::CallHangUp& step) {
    auto* caller = dynamic_cast<CallerLeg*>(call.far.get());
    if (caller != nullptr && !caller->answered())
        caller->refuse(480, "Temporarily Unavailable");
    else
        call.far->hangUp(step.afterSounds);
}

void Engine::Impl::take(Call& call, const desk::FlowStopPlay&) {
    call.far->media().player().stop();
}

void Engine::Impl::take(Call& call, const desk::FlowStopMusic&) {
    call.far->media().player().stopMusic();
}

// ---- the agent's end
// ---------------------------------------------------------------------------------------------------------------

void Engine::Impl::take(Call& call, const desk::FlowJoin&) {
    call.joined = true;
    connect(call);
}

/// A page that was made anew has another certificate: its leg takes the old one's place at once.
void Engine::Impl::take(Call& call, const desk::CallOffer& step) {
    if (call.agent != nullptr && call.agent->isOf(step.sdp)) {
        tell(desk::CallAnswered{step.origin, call.agent->answer(step.sdp)});
        return;
    }
    auto leg = std::make_unique<AgentLeg>(identity, static_cast<AgentLeg::Owner&>(*this));
    if (auto opened = leg->open(call.ports); !opened) {
        tell(desk::CallAnswered{step.origin, opened.error()});
        return;
    }
    auto answer = leg->answer(step.sdp);
    const bool good = answer.ok();
    tell(desk::CallAnswered{step.origin, std::move(answer)});
    if (good)
        seat(call, std::move(leg));
}

void Engine::Impl::take(Call& call, const desk::CallHold& step) {
    call.held = step.on;
    if (call.joined)
        connect(call);
}

void Engine::Impl::take(Call& call, const desk::CallRecord& step) {
    call.record = step.on;
    if (step.on && call.recording == nullptr && recorder == nullptr)
        tell(desk::CallRecorded{step.instance, step.session, {}});
    if (!step.on || call.recording != nullptr || recorder == nullptr)
        return;
    const auto told = [this, id = call.far->id(), instance = step.instance,
                       session = step.session](sound::Recorder::What what) { // on the recorder's thread
        const bool opened = what == sound::Recorder::What::Opened;
        const bool kept = what == sound::Recorder::What::Closed;
        desk::Command command = desk::CallRecording{id, opened};
        if (!opened)
            command = desk::CallRecorded{instance, session, kept ? sound::Recorder::fileOf(session.value) : ""};
        if (!toDesk(command))
            (void)loop.post([this, command] { tell(command); });
        if (what == sound::Recorder::What::Failed)
            spdlog::warn("event=recording_failed session={}", session.value);
    };
    call.recording = std::make_unique<CallRecording>(*recorder, step.session, told);
}

void Engine::Impl::stopRecording(Call& call) {
    if (call.recording == nullptr)
        return;
    call.far->media().tap(nullptr);
    if (call.agent != nullptr)
        call.agent->media().tap(nullptr);
    call.recording.reset();
}

/// The two ends hear each other; the far one hears music as long as there is nobody to hear, or it is held.
void Engine::Impl::connect(Call& call) {
    if (!call.joined || call.far->gone())
        return;
    RtpPort& far = call.far->media();
    const bool talks = !call.held && call.agent != nullptr && call.agent->isUp();
    if (talks) {
        far.player().stopMusic();
        far.bridge(&call.agent->media());
    } else {
        far.bridge(nullptr);
        if (call.far->answered())
            far.player().music(sound::holdMusic());
    }
    if (call.recording == nullptr)
        return;
    far.tap(&call.recording->far());
    if (call.agent != nullptr)
        call.agent->media().tap(&call.recording->agent());
    call.recording->listen(talks && call.record && call.far->answered());
}

void Engine::Impl::seat(Call& call, std::unique_ptr<AgentLeg> leg) {
    if (unseat(call))
        tell(desk::CallMedia{call.far->id(), false});
    byAgent[leg.get()] = call.far->id();
    call.agent = std::move(leg);
    connect(call);
}

/// True when there was one that was heard. It is let go of later: libre may be in it.
bool Engine::Impl::unseat(Call& call) {
    call.far->media().bridge(nullptr);
    if (call.agent == nullptr)
        return false;
    const bool up = call.agent->isUp();
    call.agent->media().tap(nullptr);
    byAgent.erase(call.agent.get());
    partedAgents.push_back(std::move(call.agent));
    return up;
}

/// The agent's part is over.
void Engine::Impl::part(Call& call) {
    call.joined = call.held = false;
    if (call.recording != nullptr)
        call.recording->listen(false);
    (void)unseat(call);
}

Engine::Impl::Call* Engine::Impl::callOf(const AgentLeg& leg) {
    const auto id = byAgent.find(&leg);
    const auto found = id == byAgent.end() ? legs.end() : legs.find(id->second);
    return found == legs.end() ? nullptr : &found->second;
}

void Engine::Impl::onUp(AgentLeg& leg) {
    Call* call = callOf(leg);
    if (call == nullptr)
        return;
    tell(desk::CallMedia{call->far->id(), true});
    connect(*call);
}

/// The page may come back: the far end hears music meanwhile.
void Engine::Impl::onLost(AgentLeg& leg) {
    Call* call = callOf(leg);
    if (call == nullptr)
        return;
    (void)unseat(*call);
    connect(*call);
    tell(desk::CallMedia{call->far->id(), false});
}

// ---- what flows let a caller hear
// ---------------------------------------------------------------------------------------------------------------

void Engine::Impl::take(Call& call, const desk::FlowPlay& step) {
    const desk::CallId id = call.far->id();
    const sound::SoundKey key = keyOf(step.sound);
    sound::ClipPtr clip = library.ready(key);
    const bool missing = clip == nullptr;
    if (!call.far->media().player().play(step.play, std::move(clip)))
        return tell(desk::CallPlayed{id, step.play}); // more than anybody would listen to
    if (missing)
        prepare(key, [this, id, play = step.play](const sound::ClipPtr& made) {
            if (const auto found = legs.find(id); found != legs.end())
                found->second.far->media().player().supply(play, made);
        });
}

void Engine::Impl::take(Call& call, const desk::FlowMusic& step) {
    const sound::SoundKey key{step.audio, {}, {}};
    Player& player = call.far->media().player();
    sound::ClipPtr clip = step.audio == 0 ? sound::holdMusic() : library.ready(key);
    if (clip != nullptr) {
        player.music(std::move(clip));
        return;
    }
    player.music(sound::holdMusic()); // until it is there
    prepare(key, [this, id = call.far->id()](const sound::ClipPtr& made) {
        if (const auto found = legs.find(id); found != legs.end() && made != nullptr && !found->second.joined)
            found->second.far->media().player().music(made);
    });
}

/// Spoken or read beside the loop. What cannot be is as if it were over at once: the flow goes on.
void Engine::Impl::prepare(const sound::SoundKey& key, std::function<void(const sound::ClipPtr&)> then) {
    const bool taken = speaking.post([this, key, then] {
        auto made = library.prepare(key);
        if (!made)
            spdlog::warn("event=sound_missing audio={} code={}", key.audio, made.error().code);
        (void)loop.post([then, clip = made ? *made : std::make_shared<const sound::Clip>()] { then(clip); });
    });
    if (!taken)
        then(std::make_shared<const sound::Clip>());
}

} // namespace cb::phone
