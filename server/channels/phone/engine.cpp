#include "server/channels/phone/engine_impl_p.h"

#include "server/channels/phone/rules/numbers.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
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
constexpr int kBusySeconds = 5;              ///< Retry-After when the desk or the disk is the reason
constexpr std::int64_t kPlanStands = 60'000; ///< ms: the desk answers sooner, or is not there any more

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

} // namespace

Engine::Impl::Impl(EngineOptions o, sound::Library& l, base::WorkerPool& lookupPool, base::WorkerPool& speakingPool,
                   FindCaller find, std::function<bool(desk::Command)> desk, sound::Recorder* r)
    : options(std::move(o))
    , library(l)
    , lookups(lookupPool)
    , speaking(speakingPool)
    , findCaller(std::move(find))
    , toDesk(std::move(desk))
    , recorder(r)
    , admission({options.mostCalls, options.callsPerSecond, 0})
    , front(*this) {}

// ---- life
// ---------------------------------------------------------------------------------------------------------------

base::Result<void> Engine::Impl::begin() {
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

void Engine::Impl::finish() {
    for (auto& [id, call] : legs)
        call.far->hangUp(false);
    byCallId.clear();
    byAgent.clear();
    legs.clear();
    plans.clear();
    partedAgents.clear();
    links.clear();
    front.close();
    if (timer >= 0) {
        fd_close(timer);
        ::close(timer);
    }
}

/// Links to trunks that are as they were go on.
void Engine::Impl::use(std::shared_ptr<const Directory> now) {
    directory = std::move(now);
    std::map<model::TrunkId, std::unique_ptr<TrunkLink>> wanted;
    for (const model::Trunk& trunk : directory->trunks().all()) {
        const auto targets = directory->trunks().targets(trunk.id);
        const auto known = links.find(trunk.id);
        const auto still = [&](const TrunkLink& link) {
            return link.trunk() == trunk && std::count(targets.begin(), targets.end(), link.address()) > 0;
        };
        if (known != links.end() && still(*known->second))
            wanted[trunk.id] = std::move(known->second);
        else if (!targets.empty() && (trunk.registers || options.askTrunks))
            wanted[trunk.id] = std::make_unique<TrunkLink>(front.stack(), trunk, targets.front());
    }
    links = std::move(wanted);
}

// ---- time
// ---------------------------------------------------------------------------------------------------------------

void Engine::Impl::tick() {
    std::uint64_t due = 0;
    if (::read(timer, &due, sizeof due) != static_cast<ssize_t>(sizeof due))
        return;
    if (due > 1)
        late += due - 1;
    for (std::uint64_t i = 0; i < std::min(due, kMostTicks); ++i)
        for (auto& [id, call] : legs) {
            call.far->tick();
            if (call.agent)
                call.agent->tick();
        }
    if (++ticks % kTicksPerSecond == 0)
        everySecond();
    if (effectsLost.exchange(false)) // nobody knows what they wait for now: no ghosts
        for (auto& [id, call] : legs)
            call.far->hangUp(false);
    while (!untold.empty() && toDesk(untold.front()))
        untold.pop_front();
    for (const desk::CallId id : std::exchange(redials, {}))
        redial(id);
    for (const desk::CallId id : std::exchange(over, {}))
        letGo(id);
    partedAgents.clear();
    calls = legs.size();
}

void Engine::Impl::everySecond() {
    const std::int64_t now = steadyMillis();
    for (auto& [id, call] : legs) {
        call.far->look(now, base::Millis(options.mediaTimeout).count());
        if (call.agent)
            call.agent->look(now);
        if (call.recording)
            call.recording->look();
    }
    for (auto& [trunk, link] : links)
        link->look(now);
    std::vector<desk::CallId> old;
    for (const auto& [id, planned] : plans)
        if (now - planned.plannedAt > kPlanStands)
            old.push_back(id);
    for (const desk::CallId id : old)
        unplan(id);
    strangers = front.counts().strangers;
    noCapacity = front.counts().refused;
    publish();
}

void Engine::Impl::publish() {
    std::vector<TrunkFigure> now;
    for (const auto& [trunk, link] : links) {
        const auto state = link->state() == TrunkLink::State::Up     ? TrunkFigure::State::Up
                           : link->state() == TrunkLink::State::Down ? TrunkFigure::State::Down
                                                                     : TrunkFigure::State::Unknown;
        now.push_back({trunk, state, link->since()});
    }
    const std::lock_guard lock(figuresMutex);
    figures = std::move(now);
}

/// Its trunk has room for another call.
void Engine::Impl::forget(SipLeg& leg) {
    admission.release(leg.trunk());
    if (const auto named = byCallId.find(leg.callId()); named != byCallId.end() && named->second == &leg)
        byCallId.erase(named);
}

void Engine::Impl::letGo(desk::CallId id) {
    const auto found = legs.find(id);
    if (found == legs.end())
        return;
    part(found->second);
    forget(*found->second.far);
    legs.erase(found);
}

// ---- from SIP
// ---------------------------------------------------------------------------------------------------------------

std::optional<model::TrunkId> Engine::Impl::trunkOf(const sa& source) {
    return directory == nullptr ? std::nullopt : directory->trunks().callerOf(textOf(source));
}

int Engine::Impl::admit(model::TrunkId trunk) {
    return admission.admit(trunk, directory->trunks().limits(trunk), steadyMillis());
}

/// `known`: an address of ours that the far end has reached.
MediaPorts Engine::Impl::portsTowards(const sa& far, const sa* known) const {
    MediaPorts ports;
    ports.first = options.firstPort;
    ports.last = options.lastPort;
    const bool six = sa_af(&far) == AF_INET6;
    sa_init(&ports.bind, sa_af(&far));
    (void)sa_set_str(&ports.bind, six ? "::" : "0.0.0.0", 0);
    const bool named = !options.mediaAddress.empty() &&
                       sa_set_str(&ports.advertise, options.mediaAddress.c_str(), 0) == 0 &&
                       sa_af(&ports.advertise) == sa_af(&far);
    if (!named && !ownAddressTowards(far, ports.advertise) && known != nullptr)
        ports.advertise = *known;
    return ports;
}

void Engine::Impl::onInvite(const sip_msg* message, model::TrunkId trunk) {
    ++arrived;
    const auto callee = e164(view(message->uri.user), options.region);
    const model::PhoneNumber* number = callee ? directory->dialled(*callee, trunk) : nullptr;
    if (number == nullptr) {
        ++unknownNumbers;
        admission.release(trunk);
        (void)sip_treply(nullptr, front.stack(), message, 404, "Not Found");
        return;
    }
    const model::Trunk* way = directory->trunks().find(trunk);
    const desk::CallId id = ++lastId;
    auto leg = std::make_unique<CallerLeg>(id, trunk, static_cast<SipLeg::Owner&>(*this));
    Call call;
    call.ports = portsTowards(message->src, &message->dst);
    // Its operator may want every call encrypted: better none than a plain one.
    if (auto accepted = leg->accept(front.sessions(), message, call.ports, way != nullptr && way->srtp); !accepted) {
        const Refusal refusal = refusalOf(accepted.error().code);
        admission.release(trunk);
        (void)sip_treply(nullptr, front.stack(), message, refusal.code, refusal.reason);
        return;
    }
    byCallId[leg->callId()] = leg.get();
    call.far = std::move(leg);
    legs.emplace(id, std::move(call));
    desk::CallArrived command;
    command.call = id;
    command.instance = number->instance;
    command.channel = number->channel;
    command.trunk = trunk;
    command.callee = number->number;
    command.caller = callerOf(message);
    lookUp(std::move(command));
}

/// A number where it can be read as one; what trunks send otherwise (an extension, a name) as it is.
std::string Engine::Impl::callerOf(const sip_msg* message) const {
    const std::string user(view(message->from.uri.user));
    if (user.empty() || user == "anonymous")
        return {};
    return e164(user, options.region).value_or(user.substr(0, 64));
}

/// The store is asked beside the loop; the caller hears ringing meanwhile.
void Engine::Impl::lookUp(desk::CallArrived call) {
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

void Engine::Impl::refuseLater(desk::CallId id, const std::string& code) {
    (void)loop.post([this, id, code] { refuse(id, code); });
}

/// Of a caller who was not answered yet.
void Engine::Impl::refuse(desk::CallId id, const std::string& code) {
    const auto found = legs.find(id);
    auto* caller = found == legs.end() ? nullptr : dynamic_cast<CallerLeg*>(found->second.far.get());
    if (caller == nullptr)
        return;
    const Refusal refusal = refusalOf(code);
    caller->refuse(refusal.code, refusal.reason, refusal.retryAfter);
}

bool Engine::Impl::onUpdate(const sip_msg* message) {
    const auto found = byCallId.find(std::string(view(message->callid)));
    return found != byCallId.end() && found->second->update(front.stack(), message);
}

// ---- from the legs
// ---------------------------------------------------------------------------------------------------------------

void Engine::Impl::onKey(SipLeg& leg, char key) {
    if (key < 'A') // A to D are on no telephone
        tell(desk::CallKey{leg.id(), key});
}

void Engine::Impl::onPlayed(SipLeg& leg, std::uint16_t play) {
    tell(desk::CallPlayed{leg.id(), play});
}

void Engine::Impl::onGone(SipLeg& leg, const std::string& cause) {
    const auto found = legs.find(leg.id());
    if (found != legs.end() && found->second.dial && leg.mayTryNext() &&
        found->second.dial->next < found->second.dial->order.size()) {
        redials.push_back(leg.id());
        return;
    }
    over.push_back(leg.id());
    if (found != legs.end())
        if (const auto other = legs.find(found->second.peer); other != legs.end())
            other->second.far->hangUp(false);
    tell(desk::CallGone{leg.id(), cause, cause == "media_lost"});
}

void Engine::Impl::tell(desk::Command command) {
    if (untold.empty() && toDesk(command))
        return;
    if (untold.size() < kMostUntold || std::holds_alternative<desk::CallGone>(command))
        untold.push_back(std::move(command)); // of the ends of calls there are no more than calls
}

// ---- the outside
// ---------------------------------------------------------------------------------------------------------------

Engine::Engine(EngineOptions options, sound::Library& library, base::WorkerPool& lookups, base::WorkerPool& speaking,
               FindCaller findCaller, std::function<bool(desk::Command)> toDesk, sound::Recorder* recorder)
    : m_impl(std::make_unique<Impl>(std::move(options), library, lookups, speaking, std::move(findCaller),
                                    std::move(toDesk), recorder)) {}

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
        [impl = m_impl.get(), directory = std::move(directory)]() mutable { impl->use(std::move(directory)); });
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
    EngineStats stats;
    stats.calls = m_impl->calls;
    stats.arrived = m_impl->arrived;
    stats.dialled = m_impl->dialled;
    stats.refusedStrangers = m_impl->strangers;
    stats.refusedNumbers = m_impl->unknownNumbers;
    stats.refusedCapacity = m_impl->noCapacity;
    stats.lateTicks = m_impl->late;
    const std::lock_guard lock(m_impl->figuresMutex);
    stats.trunks = m_impl->figures;
    return stats;
}

std::vector<std::string> Engine::addresses() const {
    return m_impl->addresses;
}

} // namespace cb::phone
