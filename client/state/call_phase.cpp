#include "client/state/call_phase.h"

namespace cb::state {

namespace {

CallPhase ofOpen(const CallFacts& facts) {
    const bool out = facts.call.direction == model::CallDirection::Out;
    if (out && facts.call.connectedAt == base::TimePoint{})
        return CallPhase::Dialling;
    if (!facts.sound)
        return facts.hadSound ? CallPhase::Rejoining : CallPhase::Connecting;
    return facts.call.held ? CallPhase::Held : CallPhase::Talking;
}

} // namespace

CallPhase phaseOf(const CallFacts& facts) {
    using model::AgentStatus;
    if (facts.open)
        return ofOpen(facts);
    const auto& presence = facts.presence;
    const bool after = presence.status == AgentStatus::Busy && presence.reason == model::StatusReason::CallEnded;
    if (presence.status == AgentStatus::WrapUp)
        return CallPhase::WrapUp;
    if (after || facts.ended)
        return CallPhase::AfterCall;
    return facts.rings ? CallPhase::Ringing : CallPhase::None;
}

} // namespace cb::state
