#pragma once

#include "shared/base/clock.h"
#include "shared/model/group.h"
#include "shared/model/ids.h"

#include <string>

namespace cb::model {

/// Where a session is: exactly one place, always (spec 6).
enum class SessionState {
    Flow,      ///< the interpreter talks to the customer
    Queued,    ///< in one skill group's queue
    Offered,   ///< ringing at one agent
    Open,      ///< with one agent
    WrapUp,    ///< ended for the customer; keeps the agent's slot until completed
    Completed, ///< over
};

enum class EndReason {
    None,
    AgentEnded,
    CustomerLeft,
    CustomerSilent,  ///< the flow's silence time was over
    FlowEnded,       ///< reached an end without an agent
    Abandoned,       ///< gone or silent in the flow or the queue
    FlowLoop,        ///< 1,000 steps without input (spec 5)
    NotSetUp,        ///< no linked published flow
    Failed,          ///< the flow could not go on (its version is unreadable); the customer was told
    HungUp,          ///< phone: caller hung up
    MediaLost,       ///< phone: no RTP for the set time
    ServerRestarted, ///< phone: a call cannot survive it
};

struct WrapUpForm {
    std::string category;
    std::string note;

    bool operator==(const WrapUpForm&) const = default;
};

/// One conversation（会话）. What is needed to recover it is all here and in the event table.
struct Session {
    SessionId id;
    InstanceId instance;
    Mode mode = Mode::Chat;
    ChannelId channel;
    CustomerId customer;
    FlowId flow;
    int flowVersion = 0; ///< the version it started with and finishes on
    SessionState state = SessionState::Flow;
    GroupId group;      ///< queued in, offered for, or served in
    AgentId agent;      ///< offered to, or with
    AgentId lastAgent;  ///< who served it before a transfer or loss
    AgentId transferTo; ///< waiting for this agent only; 0 = any of the group
    EndReason endReason = EndReason::None;
    base::TimePoint startedAt{};
    base::TimePoint queuedAt{};    ///< first time it entered a queue; 0 = never
    base::TimePoint waitingFrom{}; ///< FIFO key in its present queue: kept when it returns to the head
    base::TimePoint answeredAt{};  ///< first answer
    base::TimePoint endedAt{};
    base::TimePoint completedAt{};
    Seq lastSeq = 0;           ///< its newest message
    Seq customerDelivered = 0; ///< newest agent-side message the customer's browser has
    Seq customerRead = 0;
    Seq agentDelivered = 0;
    Seq agentRead = 0;
    WrapUpForm wrapUp;
    std::string flowState; ///< opaque to everybody but shared/flowrun: its state as compact JSON
    std::string flowTrace; ///< every node it came by, see flow_trace.h
    std::string flowPath;  ///< labels visited so far, joined by " › ", for the agent

    bool operator==(const Session&) const = default;
};

constexpr bool isEnded(SessionState s) {
    return s == SessionState::WrapUp || s == SessionState::Completed;
}

} // namespace cb::model
