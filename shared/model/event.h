#pragma once

#include "shared/model/agent.h"
#include "shared/model/message.h"
#include "shared/model/offer.h"
#include "shared/model/session.h"

#include <string>
#include <variant>

namespace cb::model {

/// What an event row records. Append only: the names are stored and sent.
enum class EventKind {
    Message,
    SessionStarted,
    SessionQueued,
    SessionOffered,
    OfferClosed,
    SessionAssigned,
    SessionReturned,
    SessionEnded,
    SessionCompleted,
    AgentStatus,
    ConfigChanged,
    Audit,
    TransferFailed, ///< a transfer to one agent came to nothing; about the agent who sent it
};

/// Why a session went back to a queue, or why a transfer to one agent came to nothing.
enum class ReturnReason {
    RingTimeout,
    Declined,
    AgentLost,
    Transferred,
    RemovedFromGroup,
    AgentDeleted,
    ServerRestarted,
    Withdrawn,    ///< the agent asked for a break or signed out while it rang
    WaitOver,     ///< of a transfer: the longest wait was over before they had room
    NobodyOnline, ///< of a transfer: nobody of the group was online any more
};

struct QueuedDetail {
    GroupId group;
    int ahead = 0; ///< customers ahead when it entered
    bool operator==(const QueuedDetail&) const = default;
};
struct OfferedDetail {
    OfferId offer;
    GroupId group;
    bool operator==(const OfferedDetail&) const = default;
};
struct OfferClosedDetail {
    OfferId offer;
    OfferOutcome outcome = OfferOutcome::Answered;
    bool operator==(const OfferClosedDetail&) const = default;
};
struct AssignedDetail {
    GroupId group;
    bool operator==(const AssignedDetail&) const = default;
};
struct ReturnedDetail {
    GroupId group;
    ReturnReason reason = ReturnReason::AgentLost;
    bool operator==(const ReturnedDetail&) const = default;
};
struct TransferFailedDetail {
    AgentId to;
    GroupId group; ///< where it waits for any member; 0 = it went back to its flow
    ReturnReason reason = ReturnReason::Declined;
    bool operator==(const TransferFailedDetail&) const = default;
};
struct EndedDetail {
    EndReason reason = EndReason::None;
    bool operator==(const EndedDetail&) const = default;
};
struct StatusDetail {
    AgentStatus status = AgentStatus::Offline;
    AgentStatus pending = AgentStatus::Offline;
    bool hasPending = false;
    StatusReason reason = StatusReason::Chosen;
    bool operator==(const StatusDetail&) const = default;
};
/// A change of configuration or another action of an admin; `before` and `after` are short texts, never secrets.
struct AuditDetail {
    std::string action; ///< e.g. "flow.publish"
    std::string target; ///< e.g. "flow 7"
    std::string before;
    std::string after;
    bool operator==(const AuditDetail&) const = default;
};

using EventDetail = std::variant<std::monostate, QueuedDetail, OfferedDetail, OfferClosedDetail, AssignedDetail,
                                 ReturnedDetail, EndedDetail, StatusDetail, AuditDetail, TransferFailedDetail>;

/// One row of the append-only event table (spec 7), which feeds resume, reports and audit. It is also where messages
/// are kept: a message is the event of kind Message. `message` is meaningful for that kind only, `detail` for the
/// others.
struct Event {
    InstanceId instance;
    Seq seq = 0;
    base::TimePoint at{};
    EventKind kind = EventKind::Message;
    SessionId session;
    AgentId agent; ///< whom it is about; 0 = nobody
    Message message;
    EventDetail detail;

    bool operator==(const Event&) const = default;
};

} // namespace cb::model
