#include "server/channels/phone/engine_impl_p.h"

#include "server/channels/phone/rules/numbers.h"
#include "server/media/sound/hold_music.h"

#include <algorithm>
#include <utility>

/// Calls out: planned (whose number, by which trunks), then dialled for an agent or for a caller who goes on without
/// one, by one trunk after the other.
namespace cb::phone {

// ---- planned
// ---------------------------------------------------------------------------------------------------------------

void Engine::Impl::lookUp(const desk::CallLookUp& wanted) {
    desk::CallPlanned planned;
    planned.origin = wanted.origin;
    planned.instance = wanted.instance;
    planned.agent = wanted.agent;
    planned.line = wanted.line;
    planned.session = wanted.session;
    const model::PhoneNumber* line = directory == nullptr ? nullptr : directory->line(wanted.line);
    Dial dial;
    if (line != nullptr) {
        dial.caller = line->number;
        dial.order = upFirst(directory->trunks().outboundOrder(*line));
    }
    const auto number = e164(wanted.number, options.region);
    if (!number)
        planned.number = base::rejected("bad_number");
    else if (dial.order.empty())
        planned.number = base::rejected("no_trunk");
    else
        planned.number = *number;
    if (!planned.number)
        return tell(std::move(planned));
    dial.callee = *number;
    const bool taken = lookups.post([this, planned, dial]() mutable {
        auto known = findCaller(planned.line, dial.callee);
        if (known)
            planned.customer = std::move(known->customer);
        else
            planned.number = known.error();
        if (!loop.post([this, planned, dial] { plan(planned, dial); }))
            (void)toDesk(desk::CallAnswered{planned.origin, base::retry("overloaded")});
    });
    if (taken)
        return;
    planned.number = base::retry("overloaded");
    tell(std::move(planned));
}

/// A trunk that is known to be away comes last.
std::vector<model::TrunkId> Engine::Impl::upFirst(std::vector<model::TrunkId> order) const {
    std::stable_partition(order.begin(), order.end(), [this](model::TrunkId trunk) {
        const auto link = links.find(trunk);
        return link == links.end() || link->second->state() != TrunkLink::State::Down;
    });
    return order;
}

void Engine::Impl::plan(desk::CallPlanned planned, Dial dial) {
    if (planned.number && !reserve(dial))
        planned.number = base::retry("overloaded");
    if (planned.number) {
        planned.call = ++lastId;
        dial.plannedAt = steadyMillis();
        plans[planned.call] = std::move(dial);
    }
    tell(std::move(planned));
}

/// Room at the next trunk that has some.
bool Engine::Impl::reserve(Dial& dial) {
    while (!dial.admitted && dial.next < dial.order.size()) {
        dial.admitted = admit(dial.order[dial.next]) == 0;
        if (!dial.admitted)
            ++dial.next;
    }
    return dial.admitted;
}

void Engine::Impl::unplan(desk::CallId id) {
    const auto found = plans.find(id);
    if (found == plans.end())
        return;
    if (found->second.admitted)
        admission.release(found->second.order[found->second.next]);
    plans.erase(found);
}

// ---- dialled
// ---------------------------------------------------------------------------------------------------------------

void Engine::Impl::dial(desk::CallId id) {
    auto node = plans.extract(id);
    Call call;
    call.dial = std::move(node.mapped());
    call.joined = true;
    if (attempt(id, call))
        legs.emplace(id, std::move(call));
    else
        tell(desk::CallGone{id, "unreachable", false});
}

/// False: no trunk is left.
bool Engine::Impl::attempt(desk::CallId id, Call& call) {
    Dial& dial = *call.dial;
    while (reserve(dial)) {
        const model::TrunkId trunk = dial.order[dial.next++];
        dial.admitted = false; // it is the leg's now
        if (attemptBy(trunk, id, call))
            return true;
        admission.release(trunk);
    }
    return false;
}

bool Engine::Impl::attemptBy(model::TrunkId trunk, desk::CallId id, Call& call) {
    const model::Trunk* way = directory->trunks().find(trunk);
    const auto targets = directory->trunks().targets(trunk);
    sa far{};
    if (way == nullptr || targets.empty() ||
        sa_set_str(&far, targets.front().c_str(), static_cast<std::uint16_t>(way->port)) != 0)
        return false;
    ++dialled;
    call.ports = portsTowards(far, nullptr);
    auto leg = std::make_unique<CalleeLeg>(id, *way, static_cast<SipLeg::Owner&>(*this));
    if (auto begun = leg->dial(front.sessions(), call.dial->caller, call.dial->callee, targets.front(), call.ports);
        !begun)
        return false;
    byCallId[leg->callId()] = leg.get();
    call.far = std::move(leg);
    return true;
}

/// The trunk was the trouble: the next one. An agent who is there already stays.
void Engine::Impl::redial(desk::CallId id) {
    const auto found = legs.find(id);
    if (found == legs.end())
        return;
    Call& call = found->second;
    call.far->media().bridge(nullptr);
    std::unique_ptr<SipLeg> before = std::move(call.far);
    if (call.dial && attempt(id, call)) {
        forget(*before);
        connect(call);
        return;
    }
    call.far = std::move(before);
    over.push_back(id);
    if (const auto other = legs.find(call.peer); other != legs.end())
        other->second.far->hangUp(false);
    tell(desk::CallGone{id, call.dial ? "unreachable" : "cancelled", false});
}

void Engine::Impl::onEarly(SipLeg& leg) {
    const auto found = legs.find(leg.id());
    if (found == legs.end())
        return;
    if (found->second.peer != 0)
        return connectPeers(found->second);
    tell(desk::CallEarly{leg.id()});
    connect(found->second);
}

void Engine::Impl::onConnected(SipLeg& leg) {
    const auto found = legs.find(leg.id());
    if (found == legs.end())
        return;
    found->second.dial.reset();
    if (found->second.peer != 0)
        return connectPeers(found->second);
    tell(desk::CallConnected{leg.id(), leg.trunk()});
    connect(found->second);
}

// ---- two far ends
// ---------------------------------------------------------------------------------------------------------------

void Engine::Impl::take(Call& call, const desk::CallForward& step) {
    part(call);
    stopRecording(call);
    forward(call, step.onward);
}

/// The caller hears music until the other one is heard; when either hangs up, both are gone.
void Engine::Impl::forward(Call& call, desk::CallId onward) {
    auto node = plans.extract(onward);
    if (node.empty())
        return call.far->hangUp(false);
    Call other;
    other.dial = std::move(node.mapped());
    other.peer = call.far->id();
    call.far->media().player().stop();
    call.far->media().player().music(sound::holdMusic());
    if (!attempt(onward, other))
        return call.far->hangUp(false);
    call.peer = onward;
    legs.emplace(onward, std::move(other));
}

/// `call` is the one that was called.
void Engine::Impl::connectPeers(Call& call) {
    const auto other = legs.find(call.peer);
    if (other == legs.end() || !call.far->hasMedia())
        return;
    RtpPort& caller = other->second.far->media();
    caller.player().stopMusic();
    caller.bridge(&call.far->media());
}

} // namespace cb::phone
