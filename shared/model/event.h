#pragma once

#include "shared/model/message.h"
#include "shared/model/session.h"

#include <string>

namespace cb::model {

/// What an event row records. Append only: the names are stored and sent.
enum class EventKind {
    Message,
    SessionStarted,
    SessionQueued,
    SessionOffered,
    OfferClosed,
    SessionAssigned,
    SessionReturned, ///< back to a queue: agent lost, transferred, removed from the group
    SessionEnded,
    SessionCompleted,
    AgentStatus,
    ConfigChanged, ///< groups, members, settings, flows, channels
    Audit,
};

/// One row of the append-only event table (spec 7). Messages use `message`; every kind may carry `detail`, a small JSON object
/// of facts (written by server/store from typed writes; documented in docs/protocol.md).
struct Event {
    InstanceId instance;
    Seq seq = 0;
    base::TimePoint at{};
    EventKind kind = EventKind::Message;
    SessionId session;
    AgentId agent;
    Message message;    ///< kind Message only
    std::string detail; ///< JSON object or empty

    bool operator==(const Event&) const = default;
};

} // namespace cb::model
