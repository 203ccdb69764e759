#pragma once

#include "shared/flowrun/state.h"

#include <cstdint>
#include <string>
#include <variant>

/// What happened, told to step(). An event that means nothing where the session is (a key in the queue, text in a
/// message node) has no effect; storing the customer's message is the host's business.
namespace cb::flowrun {

/// The session begins. Once.
struct StartFlow {};

/// The customer wrote while the flow or the queue had the session.
struct Text {
    std::string text;
};

/// The caller pressed a key, one of 0123456789*#.
struct Digit {
    char key = '0';
};

/// The sound of the Play effect with this number has ended by itself. Not sent for sounds cut by StopPlay; a late one
/// is ignored.
struct PlayDone {
    std::uint16_t play = 0;
};

/// The deadline set by StartTimer has passed. Never sent after StopTimer, or for a deadline that was replaced.
struct Timeout {
    Timer timer = Timer::None;
};

/// The session stands in the queue of its transfer's group with `waitNo` customers before it. The queue text is said at
/// the first of these after entering the transfer, or after AgentLeft: a host that returns a session silently does not
/// send it.
struct TransferQueued {
    int waitNo = 0;
};

/// Nobody online, nobody online for 60 s, or the longest wait over (the host counts).
struct TransferFailed {};

/// An agent answered.
struct AgentConnected {
    std::string staffNo;
};

/// The agent's part ended the session: end session, or hang-up.
struct AgentEnded {};

/// The agent was lost, or passed the session on: it waits again.
struct AgentLeft {};

/// A message of the agent went out: the customer's silence time runs from here.
struct AgentMessage {};

/// The customer wrote while served: the silence time stops.
struct CustomerMessage {};

/// The customer left, hung up, or a web visitor has been gone for Env::visitorGone.
struct CustomerLeft {};

using Event = std::variant<StartFlow, Text, Digit, PlayDone, Timeout, TransferQueued, TransferFailed, AgentConnected,
                           AgentEnded, AgentLeft, AgentMessage, CustomerMessage, CustomerLeft>;

} // namespace cb::flowrun
