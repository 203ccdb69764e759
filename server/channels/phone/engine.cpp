#include "server/channels/phone/engine.h"

#include "server/channels/phone/agent_leg.h"
#include "server/channels/phone/caller_leg.h"
#include "server/channels/phone/loop.h"
#include "server/channels/phone/rules/admission.h"
#include "server/channels/phone/rules/numbers.h"
#include "server/channels/phone/sip_front.h"
#include "server/media/sound/hold_music.h"
#include "server/media/sound/library.h"
#include "shared/base/worker_pool.h"

#include <spdlog/spdlog.h>

#include <array>
#include <atomic>
#include <deque>
#include <unordered_map>
#include <utility>

#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace cb::phone {

namespace {

constexpr long kTickNanos = 20'000'000;
constexpr int kTicksPerSecond = 50;
constexpr std::uint64_t kMostTicks = 5; ///< of those that are late: what is older nobody wants to hear any more
constexpr std::size_t kMostUntold = 10'000;
constexpr int kBusySeconds = 5; ///< Retry-After when the desk or the disk is the reason

std::string textOf(const sa& address) {
    std::array<char, 64> text{};
    (void)sa_ntop(&address, text.data(), static_cast<int>(text.size()));
    return text.data();
}

/// The address of ours that the system would send from; nothing is sent.
bool ownAddressTowards(const sa& far, sa& own) {
    const int file = ::socket(sa_af(&far), SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (file < 0)
        return false;
    own = sa{};
    own.len = sizeof own.u;
    const bool known = ::connect(file, &far.u.sa, far.len) == 0 && ::getsockname(file, &own.u.sa, &own.len) == 0;
    ::close(file);
    sa_set_port(&own, 0);
    return known;
}

/// How a call is refused whose session could not start.
struct Refusal {
    std::uint16_t code = 500;
    const char* reason = "Server Internal Error";
    int retryAfter = 0;
};
Refusal refusalOf(const std::string& code) {
    if (code == "not_set_up" || code == "channel_unknown")
        return {480, "Temporarily Unavailable", 0};
    if (code == "blocked")
        return {603, "Decline", 0};
    if (code == "media_unknown")
        return {488, "Not Acceptable Here", 0};
    if (code == "phone_failed")
        return {};
    return {503, "Service Unavailable", kBusySeconds};
}

sound::SoundKey keyOf(const desk::FlowSound& sound) {
    return {sound.audio, sound.text, sound.voice};
}

} // namespace

struct Engine::Impl final : private SipFront::Owner, private CallerLeg::Owner, private AgentLeg::Owner {
    Impl(EngineOptions o, sound::Library& l, base::WorkerPool& lookupPool, base::WorkerPool& speakingPool,
         FindCaller find, std::function<bool(desk::Command)> desk)
        : options(std::move(o))
        , library(l)
        , lookups(lookupPool)
        , speaking(speakingPool)
        , findCaller(std::move(find))
        , toDesk(std::move(desk))
        , admission({options.mostCalls, options.callsPerSecond, 0})
        , front(*this) {}

    const EngineOptions options;
    sound::Library& library;
    base::WorkerPool& lookups;
    base::WorkerPool& speaking;
    const FindCaller findCaller;
    const std::function<bool(desk::Command)> toDesk;

    // ---- on the loop's thread ----
    std::shared_ptr<const Directory> directory;
    Admission admission;
    SipFront front;
    /// One call: the caller, and the agent while there is one.
    struct Call {
        std::unique_ptr<CallerLeg> caller;
        std::unique_ptr<AgentLeg> agent;
        MediaPorts ports;
        bool joined = false; ///< the flow lets them hear each other
    };
    DtlsIdentity identity;
    std::unordered_map<desk::CallId, Call> legs;
    std::unordered_map<const AgentLeg*, desk::CallId> byAgent;
    std::vector<std::unique_ptr<AgentLeg>> partedAgents; ///< to be let go of after the tick: libre may be in them
    std::unordered_map<std::string, CallerLeg*> byCallId;
    std::vector<desk::CallId> over; ///< to be let go of after the tick
    desk::CallId lastId = 0;
    int timer = -1;
    int ticks = 0;

    std::atomic<std::size_t> calls{0};
    std::atomic<std::uint64_t> arrived{0}, strangers{0}, unknownNumbers{0}, noCapacity{0}, late{0};
    std::atomic<bool> effectsLost{false};
    std::deque<desk::Command> untold; ///< the desk was full; told in order as soon as it is not
    std::vector<std::string> addresses;
    Loop loop; ///< last: its thread uses the others

    // ---- life ----

    base::Result<void> begin() {
        if (auto made = identity.make(); !made)
            return made;
        if (auto opened = front.open(options.listen, options.certificateFile); !opened)
            return opened;
        addresses = front.addresses();
        timer = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
        const itimerspec every{{0, kTickNanos}, {0, kTickNanos}};
        if (timer < 0 || ::timerfd_settime(timer, 0, &every, nullptr) != 0 ||
            fd_listen(timer, FD_READ, &Impl::onTimer, this) != 0)
            return base::with(base::fatal("phone_failed"), "what", "timer");
        return {};
    }

    void finish() {
        for (auto& [id, call] : legs)
            call.caller->hangUp(false);
        byCallId.clear();
        byAgent.clear();
        legs.clear();
        partedAgents.clear();
        front.close();
        if (timer >= 0) {
            fd_close(timer);
            ::close(timer);
        }
    }

    // ---- time ----

    static void onTimer(int, void* self) { static_cast<Impl*>(self)->tick(); }

    void tick() {
        std::uint64_t due = 0;
        if (::read(timer, &due, sizeof due) != static_cast<ssize_t>(sizeof due))
            return;
        if (due > 1)
            late += due - 1;
        for (std::uint64_t i = 0; i < std::min(due, kMostTicks); ++i)
            for (auto& [id, call] : legs) {
                call.caller->tick();
                if (call.agent)
                    call.agent->tick();
            }
        if (++ticks % kTicksPerSecond == 0) {
            const std::int64_t now = steadyMillis();
            for (auto& [id, call] : legs) {
                call.caller->look(now, base::Millis(options.mediaTimeout).count());
                if (call.agent)
                    call.agent->look(now);
            }
            strangers = front.counts().strangers;
            noCapacity = front.counts().refused;
        }
        if (effectsLost.exchange(false)) // nobody knows what they wait for now: no ghosts
            for (auto& [id, call] : legs)
                call.caller->hangUp(false);
        while (!untold.empty() && toDesk(untold.front()))
            untold.pop_front();
        for (const desk::CallId id : std::exchange(over, {}))
            letGo(id);
        partedAgents.clear();
        calls = legs.size();
    }

    void letGo(desk::CallId id) {
        const auto found = legs.find(id);
        if (found == legs.end())
            return;
        part(found->second);
        CallerLeg& caller = *found->second.caller;
        admission.release(caller.trunk());
        if (const auto named = byCallId.find(caller.callId()); named != byCallId.end() && named->second == &caller)
            byCallId.erase(named);
        legs.erase(found);
    }

    // ---- from SIP ----

    std::optional<model::TrunkId> trunkOf(const sa& source) override {
        return directory == nullptr ? std::nullopt : directory->trunks().callerOf(textOf(source));
    }

    int admit(model::TrunkId trunk) override {
        return admission.admit(trunk, directory->trunks().limits(trunk), steadyMillis());
    }

    MediaPorts portsFor(const sip_msg* message) const {
        MediaPorts ports;
        ports.first = options.firstPort;
        ports.last = options.lastPort;
        sa_init(&ports.bind, sa_af(&message->src));
        if (sa_af(&message->src) == AF_INET6)
            (void)sa_set_str(&ports.bind, "::", 0);
        else
            (void)sa_set_str(&ports.bind, "0.0.0.0", 0);
        const bool named = !options.mediaAddress.empty() &&
                           sa_set_str(&ports.advertise, options.mediaAddress.c_str(), 0) == 0 &&
                           sa_af(&ports.advertise) == sa_af(&message->src);
        if (!named && !ownAddressTowards(message->src, ports.advertise))
            ports.advertise = message->dst;
        return ports;
    }

    void onInvite(const sip_msg* message, model::TrunkId trunk) override {
        ++arrived;
        const auto callee = e164(view(message->uri.user), options.region);
        const model::PhoneNumber* number = callee ? directory->dialled(*callee, trunk) : nullptr;
        if (number == nullptr) {
            ++unknownNumbers;
            admission.release(trunk);
            (void)sip_treply(nullptr, front.stack(), message, 404, "Not Found");
            return;
        }
        // Its operator wants every call encrypted, which this cannot do yet: better none than a plain one.
        if (const model::Trunk* way = directory->trunks().find(trunk); way != nullptr && way->srtp) {
            admission.release(trunk);
            (void)sip_treply(nullptr, front.stack(), message, 488, "Not Acceptable Here");
            return;
        }
        const desk::CallId id = ++lastId;
        auto leg = std::make_unique<CallerLeg>(id, trunk, static_cast<CallerLeg::Owner&>(*this));
        const MediaPorts ports = portsFor(message);
        if (auto accepted = leg->accept(front.sessions(), message, ports); !accepted) {
            const Refusal refusal = refusalOf(accepted.error().code);
            admission.release(trunk);
            (void)sip_treply(nullptr, front.stack(), message, refusal.code, refusal.reason);
            return;
        }
        byCallId[leg->callId()] = leg.get();
        legs.emplace(id, Call{std::move(leg), nullptr, ports, false});
        desk::CallArrived call;
        call.call = id;
        call.instance = number->instance;
        call.channel = number->channel;
        call.trunk = trunk;
        call.callee = number->number;
        call.caller = callerOf(message);
        lookUp(std::move(call));
    }

    /// A number where it can be read as one; what trunks send otherwise (an extension, a name) as it is.
    std::string callerOf(const sip_msg* message) const {
        const std::string user(view(message->from.uri.user));
        if (user.empty() || user == "anonymous")
            return {};
        return e164(user, options.region).value_or(user.substr(0, 64));
    }

    /// The store is asked beside the loop; the caller hears ringing meanwhile.
    void lookUp(desk::CallArrived call) {
        const desk::CallId id = call.call;
        const bool taken = lookups.post([this, call = std::move(call)]() mutable {
            const desk::CallId of = call.call;
            if (!call.caller.empty()) {
                auto known = findCaller(call.channel, call.caller);
                if (!known)
                    return refuseLater(of, known.error().code);
                call.customer = std::move(known->customer);
                call.lastAgent = known->lastAgent;
            }
            if (!toDesk(std::move(call)))
                refuseLater(of, "overloaded");
        });
        if (!taken)
            refuse(id, "overloaded");
    }

    void refuseLater(desk::CallId id, const std::string& code) {
        (void)loop.post([this, id, code] { refuse(id, code); });
    }

    void refuse(desk::CallId id, const std::string& code) {
        const auto found = legs.find(id);
        if (found == legs.end())
            return;
        const Refusal refusal = refusalOf(code);
        found->second.caller->refuse(refusal.code, refusal.reason, refusal.retryAfter);
    }

    bool onUpdate(const sip_msg* message) override {
        const auto found = byCallId.find(std::string(view(message->callid)));
        return found != byCallId.end() && found->second->update(front.stack(), message);
    }

    // ---- from the legs ----

    void onKey(CallerLeg& leg, char key) override {
        if (key < 'A') // A to D are on no telephone
            tell(desk::CallKey{leg.id(), key});
    }
    void onPlayed(CallerLeg& leg, std::uint16_t play) override { tell(desk::CallPlayed{leg.id(), play}); }
    void onGone(CallerLeg& leg, const std::string& cause) override {
        over.push_back(leg.id());
        tell(desk::CallGone{leg.id(), cause, cause == "media_lost"});
    }

    void tell(desk::Command command) {
        if (untold.empty() && toDesk(command))
            return;
        if (untold.size() < kMostUntold || std::holds_alternative<desk::CallGone>(command))
            untold.push_back(std::move(command)); // of the ends of calls there are no more than calls
    }

    // ---- from the desk ----

    void perform(desk::CallEffect& effect) {
        const auto found = legs.find(effect.call);
        if (found == legs.end() || found->second.caller->gone()) {
            if (auto* offer = std::get_if<desk::CallOffer>(&effect.step))
                tell(desk::CallAnswered{offer->origin, base::conflict("session_gone")});
            return;
        }
        Call& call = found->second;
        std::visit(
            [&](auto& step) {
                if constexpr (requires { takeOfCall(call, step); })
                    takeOfCall(call, step);
                else
                    take(*call.caller, step);
            },
            effect.step);
    }

    void take(CallerLeg& leg, const desk::CallTaken&) { leg.answer(); }
    void take(CallerLeg& leg, const desk::CallRefused& step) { refuse(leg.id(), step.code); }
    void take(CallerLeg& leg, const desk::CallHangUp& step) {
        if (leg.answered())
            leg.hangUp(step.afterSounds);
        else
            leg.refuse(480, "Temporarily Unavailable");
    }
    void take(CallerLeg& leg, const desk::FlowStopPlay&) { leg.media().player().stop(); }
    void take(CallerLeg& leg, const desk::FlowStopMusic&) { leg.media().player().stopMusic(); }

    // ---- the agent's end ----

    void takeOfCall(Call& call, const desk::FlowJoin&) {
        call.joined = true;
        connect(call);
    }
    void takeOfCall(Call& call, const desk::CallPart&) { part(call); }
    void takeOfCall(Call& call, const desk::CallOffer& step) {
        if (call.agent == nullptr) {
            auto leg = std::make_unique<AgentLeg>(identity, static_cast<AgentLeg::Owner&>(*this));
            if (auto opened = leg->open(call.ports); !opened) {
                tell(desk::CallAnswered{step.origin, opened.error()});
                return;
            }
            byAgent[leg.get()] = call.caller->id();
            call.agent = std::move(leg);
        }
        tell(desk::CallAnswered{step.origin, call.agent->answer(step.sdp)});
    }

    /// The caller hears the agent, or music as long as there is nobody to hear.
    void connect(Call& call) {
        Player& player = call.caller->media().player();
        if (!call.joined)
            return;
        if (call.agent && call.agent->isUp()) {
            player.stopMusic();
            call.caller->media().bridge(&call.agent->media());
        } else {
            player.music(sound::holdMusic());
        }
    }

    void part(Call& call) {
        call.joined = false;
        call.caller->media().bridge(nullptr);
        if (call.agent == nullptr)
            return;
        byAgent.erase(call.agent.get());
        partedAgents.push_back(std::move(call.agent));
    }

    Call* callOf(const AgentLeg& leg) {
        const auto id = byAgent.find(&leg);
        const auto found = id == byAgent.end() ? legs.end() : legs.find(id->second);
        return found == legs.end() ? nullptr : &found->second;
    }
    void onUp(AgentLeg& leg) override {
        if (Call* call = callOf(leg); call != nullptr) {
            tell(desk::CallMedia{call->caller->id(), true});
            connect(*call);
        }
    }
    void onKey(AgentLeg&, char) override {} // it has gone to the caller already
    void onLost(AgentLeg& leg) override {
        Call* call = callOf(leg);
        if (call == nullptr)
            return;
        const bool joined = call->joined;
        part(*call);
        call->joined = joined; // the page may come back: the caller hears music meanwhile
        connect(*call);
        tell(desk::CallMedia{call->caller->id(), false});
    }

    void take(CallerLeg& leg, desk::FlowPlay& step) {
        const sound::SoundKey key = keyOf(step.sound);
        sound::ClipPtr clip = library.ready(key);
        const bool missing = clip == nullptr;
        if (!leg.media().player().play(step.play, std::move(clip)))
            return tell(desk::CallPlayed{leg.id(), step.play}); // more than anybody would listen to
        if (missing)
            prepare(key, [this, id = leg.id(), play = step.play](const sound::ClipPtr& made) {
                if (const auto found = legs.find(id); found != legs.end())
                    found->second.caller->media().player().supply(play, made);
            });
    }
    void take(CallerLeg& leg, const desk::FlowMusic& step) {
        const sound::SoundKey key{step.audio, {}, {}};
        sound::ClipPtr clip = step.audio == 0 ? sound::holdMusic() : library.ready(key);
        if (clip != nullptr) {
            leg.media().player().music(std::move(clip));
            return;
        }
        leg.media().player().music(sound::holdMusic()); // until it is there
        prepare(key, [this, id = leg.id()](const sound::ClipPtr& made) {
            if (const auto found = legs.find(id); found != legs.end() && made != nullptr)
                found->second.caller->media().player().music(made);
        });
    }

    /// Spoken or read beside the loop. What cannot be is as if it were over at once: the flow goes on.
    void prepare(const sound::SoundKey& key, std::function<void(const sound::ClipPtr&)> then) {
        const bool taken = speaking.post([this, key, then] {
            auto made = library.prepare(key);
            if (!made)
                spdlog::warn("event=sound_missing audio={} code={}", key.audio, made.error().code);
            (void)loop.post([then, clip = made ? *made : std::make_shared<const sound::Clip>()] { then(clip); });
        });
        if (!taken)
            then(std::make_shared<const sound::Clip>());
    }
};

Engine::Engine(EngineOptions options, sound::Library& library, base::WorkerPool& lookups, base::WorkerPool& speaking,
               FindCaller findCaller, std::function<bool(desk::Command)> toDesk)
    : m_impl(std::make_unique<Impl>(std::move(options), library, lookups, speaking, std::move(findCaller),
                                    std::move(toDesk))) {}

Engine::~Engine() {
    stop();
}

base::Result<void> Engine::start() {
    return m_impl->loop.start([this] { return m_impl->begin(); }, [this] { m_impl->finish(); });
}

void Engine::stop() {
    m_impl->loop.stop();
}

void Engine::use(std::shared_ptr<const Directory> directory) {
    (void)m_impl->loop.post(
        [impl = m_impl.get(), directory = std::move(directory)]() mutable { impl->directory = std::move(directory); });
}

void Engine::deliver(std::vector<desk::CallEffect> effects) {
    const bool taken = m_impl->loop.post([impl = m_impl.get(), effects = std::move(effects)]() mutable {
        for (desk::CallEffect& effect : effects)
            impl->perform(effect);
    });
    if (!taken) {
        m_impl->effectsLost = true;
        spdlog::error("event=call_effects_lost action=end_all");
    }
}

EngineStats Engine::stats() const {
    return {m_impl->calls,          m_impl->arrived,    m_impl->strangers,
            m_impl->unknownNumbers, m_impl->noCapacity, m_impl->late};
}

std::vector<std::string> Engine::addresses() const {
    return m_impl->addresses;
}

} // namespace cb::phone
