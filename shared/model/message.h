#pragma once

#include "shared/base/clock.h"
#include "shared/base/uuid.h"
#include "shared/model/ids.h"

#include <string>

namespace cb::model {

enum class Side { Customer, Agent, Flow, System };

enum class MessageKind {
    Text,
    Picture,
    File,
    Note, ///< system line for agents only (transfer note, "took over")
};

/// One line of a conversation. `seq` is its place in the instance's event table.
struct Message {
    InstanceId instance;
    SessionId session;
    Seq seq = 0;
    base::Uuid uuid; ///< the sender's name for it: unique per session for ever
    Side side = Side::Customer;
    AgentId agent; ///< who wrote it, when side is Agent
    MessageKind kind = MessageKind::Text;
    std::string text;        ///< UTF-8, ≤ kMaxText characters; a picture's or file's name
    AttachmentId attachment; ///< Picture and File
    base::TimePoint at{};

    bool operator==(const Message&) const = default;
};

constexpr std::size_t kMaxText = 4000; ///< characters

} // namespace cb::model
