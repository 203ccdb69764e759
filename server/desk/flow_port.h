#pragma once

#include "server/store/batch.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"
#include "shared/model/ids.h"
#include "shared/model/session.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What the desk needs of whoever runs flows (server/flowhost). The desk owns places, queues and the clock; the port
/// owns where each session is in its flow.
namespace cb::desk {

// ---- what a flow wants done, in the order given
// ------------------------------------------------------------------------------

struct FlowEntered { ///< came to a node: the path the agent sees
    std::string label;
    std::int64_t node = 0;
    std::string port; ///< of the node before
};
struct FlowSay { ///< a text to the customer, variables expanded
    std::string text;
};
struct FlowTransfer { ///< find a human
    model::GroupId group;
    base::Millis longestWait{0}; ///< 0 = none
};
struct FlowTimer { ///< the session's one deadline, replacing an earlier one; 0 = none any more
    base::Millis after{0};
};
/// What a caller hears: an uploaded audio file, or text to speech when `audio` is 0.
struct FlowSound {
    std::int64_t audio = 0;
    std::string text;
    std::string voice; ///< empty = the server's default

    bool operator==(const FlowSound&) const = default;
};
struct FlowPlay {           ///< phone: behind what plays already
    std::uint16_t play = 0; ///< comes back with FlowSignal::Played
    FlowSound sound;
};
struct FlowStopPlay {};     ///< phone: cut what plays and what is queued
struct FlowMusic {          ///< phone: looped once the sounds are over, until FlowStopMusic
    std::int64_t audio = 0; ///< 0 = the server's own
};
struct FlowStopMusic {};
struct FlowJoin {}; ///< phone: let the caller and the agent hear each other
struct FlowEnd {    ///< last of all
    model::EndReason reason = model::EndReason::FlowEnded;
};
using FlowAction = std::variant<FlowEntered, FlowSay, FlowTransfer, FlowTimer, FlowEnd, FlowPlay, FlowStopPlay,
                                FlowMusic, FlowStopMusic, FlowJoin>;
using FlowActions = std::vector<FlowAction>;

// ---- what happened to a session
// ------------------------------------------------------------------------------------------------

enum class FlowSignal {
    Text,            ///< the customer wrote while the flow had the session
    Key,             ///< the caller pressed `text`
    Played,          ///< the sound of FlowPlay `number` has ended
    Timeout,         ///< the deadline of FlowTimer passed
    TransferQueued,  ///< stands in the queue with `number` customers before it
    TransferFailed,  ///< nobody came
    AgentConnected,  ///< `text` = staff number
    AgentLeft,       ///< lost or passed on: waits again
    AgentEnded,      ///< the agent's part is over
    AgentMessage,    ///< an agent's message went out
    CustomerMessage, ///< the customer wrote while served
    CustomerLeft,
};
struct FlowEvent {
    FlowSignal signal = FlowSignal::Text;
    std::string text;
    int number = 0;
};

/// What a recovered session waits on; set anew after a restart.
struct FlowResumed {
    std::optional<base::Millis> timer;
    base::Millis longestWait{0}; ///< of the transfer it waits at; 0 = none
};

class FlowPort {
public:
    virtual ~FlowPort() = default;

    /// Makes a published version ready to run. From any thread: the parsing is heavy and stays off the desk's. Errors:
    /// those of flow::parseJson and flowrun::compile.
    virtual base::Result<void> prepare(const store::FlowRow& row) = 0;

    // ---- the desk's thread only ----

    /// False: this version cannot be run; nothing is kept.
    virtual bool start(model::SessionId session, model::FlowId flow, int version, FlowActions& out) = 0;
    /// After a restart; `flowState` as save() gave it. nullopt: version or state cannot be read; nothing is kept.
    virtual std::optional<FlowResumed> resume(model::SessionId session, model::FlowId flow, int version,
                                              std::string_view flowState) = 0;
    /// True when the session's flow state changed and is to be stored. Unknown sessions: false.
    virtual bool apply(model::SessionId session, const FlowEvent& event, FlowActions& out) = 0;
    /// For model::Session::flowState.
    virtual std::string save(model::SessionId session) const = 0;
    virtual void forget(model::SessionId session) = 0;
};

} // namespace cb::desk
