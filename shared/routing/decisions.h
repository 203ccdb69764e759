#pragma once

#include "shared/model/agent.h"
#include "shared/model/offer.h"
#include "shared/model/session.h"

#include <optional>
#include <string_view>
#include <variant>
#include <vector>

/// What the router decided, in order. Whoever persists them in this order has, after each one, a state in which every
/// session is in exactly one place.
namespace cb::routing::decision {

using base::TimePoint;
using model::AgentId;
using model::GroupId;
using model::OfferId;
using model::SessionId;

/// Waits in the queue of a group: the session entered it and nobody could take it at once.
struct Queued {
    SessionId session;
    GroupId group;
    AgentId transferTo;      ///< waits for this agent only; 0 = any
    TimePoint waitingFrom{}; ///< FIFO key to persist
    int waitNo = 0;          ///< customers ahead
};

/// Rings. `offer.expiresAt` is the deadline, epoch = rings until the customer leaves.
struct Offered {
    model::Offer offer; ///< `instance` is left 0
    model::Mode mode = model::Mode::Chat;
    TimePoint waitingFrom{};
    AgentId transferTo; ///< set when this is the direct offer of a transfer
};

struct OfferClosed {
    OfferId offer;
    SessionId session;
    AgentId agent;
    GroupId group;
    model::OfferOutcome outcome = model::OfferOutcome::Answered;
};

/// The session is with the agent now.
struct Assigned {
    SessionId session;
    AgentId agent;
    GroupId group;
    OfferId offer;
};

enum class ReturnReason {
    Declined,
    TimedOut,
    AgentLost,     ///< offer: connection gone; session: grace over
    MemberRemoved, ///< from the group
    AgentRemoved,
    Withdrawn, ///< the agent asked for break or sign-out while it rang
    Restarted, ///< it rang when the server stopped
};

/// Back in its queue, place kept. Follows OfferClosed when it rang; an Offered may follow at once.
struct Returned {
    SessionId session;
    GroupId group;
    AgentId agent; ///< whom it came from
    ReturnReason reason = ReturnReason::Declined;
    bool wasOpen = false; ///< was being served: tell the customer
    TimePoint waitingFrom{};
    int waitNo = 0; ///< customers ahead at this moment
};

/// Left `from`; follows: Queued or Offered.
struct Transferred {
    SessionId session;
    AgentId from;
    GroupId group; ///< now
    AgentId to;    ///< 0 = to the group
    TimePoint waitingFrom{};
};

/// The agent meant did not take it; it waits on in `group` for any member.
struct TransferFailed {
    SessionId session;
    GroupId group;
    AgentId to;
    ReturnReason reason = ReturnReason::Declined;
};

/// Service is over for the customer; the agent keeps the slot.
struct WrapUpStarted {
    SessionId session;
    AgentId agent;
    TimePoint completesAt{}; ///< epoch = only by the agent
};

struct Completed {
    SessionId session;
    AgentId agent;
    bool automatic = false; ///< by time, by the agent's loss or removal
};

/// Gone from queue or offer because the customer left.
struct Cancelled {
    SessionId session;
    GroupId group;
};

enum class FailReason { NobodyOnline, LongestWait };

/// Out of the queue: the flow goes on at *failed*.
struct SessionFailed {
    SessionId session;
    GroupId group;
    FailReason reason = FailReason::NobodyOnline;
};

/// What the workbench shows has changed (status, or what is pending); or a call is over and Busy has another reason.
struct StatusChanged {
    AgentId agent;
    model::AgentStatus status = model::AgentStatus::Offline; ///< Busy is derived
    model::StatusReason reason = model::StatusReason::Chosen;
    std::optional<model::AgentStatus> pending; ///< Break or Offline
    TimePoint since{};
};

/// The removed agent's last call is over; the router knows them no more.
struct AgentForgotten {
    AgentId agent;
};

/// The event had no effect. `code` is one of cb::routing::code.
struct Refused {
    std::string_view code;
    SessionId session;
    AgentId agent;
    GroupId group;
};

} // namespace cb::routing::decision

namespace cb::routing {

using Decision =
    std::variant<decision::Queued, decision::Offered, decision::OfferClosed, decision::Assigned, decision::Returned,
                 decision::Transferred, decision::TransferFailed, decision::WrapUpStarted, decision::Completed,
                 decision::Cancelled, decision::SessionFailed, decision::StatusChanged, decision::AgentForgotten,
                 decision::Refused>;
using Decisions = std::vector<Decision>;

/// Stable codes of Refused.
namespace code {
inline constexpr std::string_view kNotOffered = "not_offered";     ///< rings at somebody else
inline constexpr std::string_view kOfferGone = "offer_gone";       ///< answered, lost, over
inline constexpr std::string_view kAgentUnknown = "agent_unknown"; ///< never added, or removed
inline constexpr std::string_view kAgentExists = "agent_exists";
inline constexpr std::string_view kAgentOffline = "agent_offline"; ///< or on break, where one must be online
inline constexpr std::string_view kAgentBusy = "agent_busy";       ///< cannot dial now
inline constexpr std::string_view kBadStatus = "bad_status";
inline constexpr std::string_view kNotAfterCall = "not_after_call";
inline constexpr std::string_view kNotDialing = "not_dialing";
inline constexpr std::string_view kNotMember = "not_member";
inline constexpr std::string_view kGroupUnknown = "group_unknown";
inline constexpr std::string_view kGroupExists = "group_exists";
inline constexpr std::string_view kGroupInUse = "group_in_use";
inline constexpr std::string_view kWrongMode = "wrong_mode";
inline constexpr std::string_view kSessionExists = "session_exists";
inline constexpr std::string_view kSessionGone = "session_gone";   ///< unknown, failed, cancelled or completed
inline constexpr std::string_view kSessionEnded = "session_ended"; ///< in wrap-up already
inline constexpr std::string_view kNotYours = "not_yours";         ///< the session is not with this agent
inline constexpr std::string_view kNotEnded = "not_ended";         ///< complete before end
inline constexpr std::string_view kSameAgent = "same_agent";
inline constexpr std::string_view kNobodyOnline = "nobody_online";
} // namespace code

} // namespace cb::routing
