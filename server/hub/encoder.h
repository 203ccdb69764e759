#pragma once

#include "server/desk/effects.h"
#include "server/hub/attachment_cache.h"
#include "shared/wire/objects.h"

#include <memory>
#include <string>

namespace cb::hub {

/// A frame as it goes to a socket; shared between the recipients of one event.
using FramePtr = std::shared_ptr<const std::string>;

FramePtr frame(std::string text);

wire::Settings settingsOf(const model::InstanceSettings& settings);

/// Effects into frames. A message's event is encoded once for all agents and once for all visitors who get it. One
/// thread.
class Encoder {
public:
    explicit Encoder(AttachmentCache& attachments)
        : m_attachments(attachments) {}

    /// nullptr: this audience is not told of it (a note to a visitor, a kind that has no form on the wire).
    FramePtr event(const desk::AgentEvent& effect);
    FramePtr event(const desk::VisitorEvent& effect);
    FramePtr message(const model::Message& message, wire::Audience audience);
    /// Of one read from the store.
    static FramePtr replayed(const wire::MessageView& view, wire::Audience audience);

private:
    FramePtr shared(const std::shared_ptr<const model::Event>& event, wire::Audience audience);

    AttachmentCache& m_attachments;
    std::shared_ptr<const model::Event> m_last; ///< the event of the frames below
    FramePtr m_forAgents;
    FramePtr m_forVisitors;
};

} // namespace cb::hub
