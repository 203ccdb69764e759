#pragma once

#include "shared/model/view.h"

namespace cb::state {

/// Where the agent's telephone is.
enum class CallPhase {
    None,
    Ringing,    ///< a call is offered
    Dialling,   ///< called out; nobody has answered there yet
    Connecting, ///< with the agent; the sound is being set up
    Talking,
    Held,
    Rejoining, ///< the sound was lost and is set up again; the caller hears music
    AfterCall, ///< over; busy until they go on, finish notes, or the time is over
    WrapUp     ///< finishing notes（话后整理）
};

/// What it follows from.
struct CallFacts {
    model::Presence presence;
    bool rings = false;   ///< an offer of a call
    bool open = false;    ///< a call is with the agent
    model::CallView call; ///< that one
    bool sound = false;   ///< it flows
    bool hadSound = false;
    bool ended = false; ///< a call of theirs is over and not completed
};

/// A call that is with the agent counts more than how the last one ended, and that more than what rings.
CallPhase phaseOf(const CallFacts& facts);

/// With the agent, whatever its sound does.
constexpr bool isOn(CallPhase phase) {
    return phase >= CallPhase::Dialling && phase <= CallPhase::Rejoining;
}
/// Over, and nothing else is offered yet.
constexpr bool isAfter(CallPhase phase) {
    return phase == CallPhase::AfterCall || phase == CallPhase::WrapUp;
}

} // namespace cb::state
