#pragma once

#include "shared/model/attachment.h"
#include "shared/model/message.h"
#include "shared/model/view.h"

#include <optional>
#include <string>
#include <vector>

namespace cb::wire {

/// Who will read it: a visitor never gets agents' ids, nor notes.
enum class Audience { Agent, Visitor };

/// A part of a body that is JSON of its own, such as a flow's graph. Written as it is, so it must be JSON.
struct Json {
    std::string text;
    bool operator==(const Json&) const = default;
};

/// A message with what its attachment is, so that nobody needs to ask.
struct MessageView {
    model::Message message;
    std::optional<model::Attachment> attachment;
    std::string agentName{}; ///< of message.agent, in what is read from the store; for agents only
    std::string agentStaffNo{};

    bool operator==(const MessageView&) const = default;
};

/// The part of an instance's settings that programs follow; visitors are told the limits of files only.
struct Settings {
    int wrapUpSeconds = 120;
    std::int64_t pictureBytes = 10 * 1024 * 1024;
    std::int64_t fileBytes = 20 * 1024 * 1024;
    bool phoneRecovery = true; ///< after a call: ready again by itself, in so many seconds
    int phoneRecoverySeconds = 30;

    bool operator==(const Settings&) const = default;
};

/// The `queue` frame's figures of a group; without the configuration a GroupView has.
struct GroupFigures {
    model::GroupId id;
    int waiting = 0;
    int online = 0;
    int free = 0;

    bool operator==(const GroupFigures&) const = default;
};

} // namespace cb::wire
