#pragma once

#include "shared/base/clock.h"
#include "shared/flowrun/compiled_flow.h"
#include "shared/flowrun/state.h"

#include <string>
#include <variant>
#include <vector>

/// What the host is to do, in the order given. Effects own their data: they may outlive the flow.
namespace cb::flowrun {

/// The session came to a node: the path the agent sees, the light in the simulator. `port` is the output it left `from`
/// by; both empty at the start.
struct EnteredNode {
    NodeId id;
    std::string label;
    NodeId from;
    std::string port;

    bool operator==(const EnteredNode&) const = default;
};

/// A text to the customer, variables expanded; never empty.
struct Say {
    std::string text;

    bool operator==(const Say&) const = default;
};

/// A sound to the caller; never Source::None. Sounds queue up behind each other. `bargeIn`: a key may cut it.
struct Play {
    std::uint16_t play = 0; ///< returned in PlayDone
    flow::Sound sound;
    bool bargeIn = false;

    bool operator==(const Play&) const = default;
};

/// Cut what plays and forget what is queued. No PlayDone follows for these.
struct StopPlay {
    bool operator==(const StopPlay&) const = default;
};

/// Music, looped, once the queued sounds are over and until StopMusic. 0 = the server's own.
struct Music {
    AudioId audio;

    bool operator==(const Music&) const = default;
};

struct StopMusic {
    bool operator==(const StopMusic&) const = default;
};

/// Find a human. Answered by TransferQueued, TransferFailed or AgentConnected. Not repeated after AgentLeft: then the
/// host knows.
struct Transfer {
    GroupId group;
    base::Seconds longestWait{0}; ///< 0 = none

    bool operator==(const Transfer&) const = default;
};

/// Let the customer and the agent talk: at once for chat, after the announcement on the phone.
struct Join {
    bool operator==(const Join&) const = default;
};

/// Set the deadline of this kind, replacing an earlier one.
struct StartTimer {
    Timer timer = Timer::None;
    base::Millis duration{0};

    bool operator==(const StartTimer&) const = default;
};

struct StopTimer {
    Timer timer = Timer::None;

    bool operator==(const StopTimer&) const = default;
};

/// The session is over, last of all effects.
struct End {
    EndReason reason = EndReason::FlowEnded;

    bool operator==(const End&) const = default;
};

using Effect =
    std::variant<EnteredNode, Say, Play, StopPlay, Music, StopMusic, Transfer, Join, StartTimer, StopTimer, End>;
using Effects = std::vector<Effect>;

} // namespace cb::flowrun
