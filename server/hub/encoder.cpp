#include "server/hub/encoder.h"

#include "shared/wire/events.h"

namespace cb::hub {

FramePtr frame(std::string text) {
    return text.empty() ? nullptr : std::make_shared<const std::string>(std::move(text));
}

wire::Settings settingsOf(const model::InstanceSettings& settings) {
    return {settings.wrapUpSeconds, settings.pictureBytes, settings.fileBytes, settings.phoneRecovery,
            settings.phoneRecoverySeconds};
}

FramePtr Encoder::message(const model::Message& message, wire::Audience audience) {
    const model::Attachment* attachment = nullptr;
    model::Attachment bare;
    if (message.attachment) {
        attachment = m_attachments.find(message.attachment);
        if (attachment == nullptr) { // forgotten meanwhile: what the message itself knows of it
            bare.id = message.attachment;
            bare.kind = message.kind == model::MessageKind::Picture ? model::AttachmentKind::Picture
                                                                    : model::AttachmentKind::File;
            bare.name = message.text;
            attachment = &bare;
        }
    }
    return frame(wire::encodeMessageEvent(message, attachment, audience));
}

FramePtr Encoder::replayed(const wire::MessageView& view, wire::Audience audience) {
    const model::Message& message = view.message;
    if (audience == wire::Audience::Agent)
        return frame(wire::encodeEvent(wire::AgentEvent{message.seq, message.at, message.session, view}));
    return frame(wire::encodeEvent(
        wire::VisitorEvent{message.seq, message.at, model::EventKind::Message, message.session, view, std::nullopt}));
}

FramePtr Encoder::shared(const std::shared_ptr<const model::Event>& event, wire::Audience audience) {
    if (m_last != event) {
        m_last = event;
        m_forAgents = m_forVisitors = nullptr;
    }
    FramePtr& cached = audience == wire::Audience::Agent ? m_forAgents : m_forVisitors;
    if (!cached)
        cached = message(event->message, audience);
    return cached;
}

FramePtr Encoder::event(const desk::AgentEvent& effect) {
    const model::Event& event = *effect.event;
    if (event.kind == model::EventKind::Message)
        return shared(effect.event, wire::Audience::Agent);
    wire::AgentEvent out;
    out.seq = event.seq;
    out.at = event.at;
    out.session = event.session;
    switch (event.kind) {
    case model::EventKind::SessionOffered:
        if (effect.offer)
            out.body = *effect.offer;
        break;
    case model::EventKind::OfferClosed:
        if (const auto* detail = std::get_if<model::OfferClosedDetail>(&event.detail))
            out.body = wire::OfferClosed{detail->offer, detail->outcome};
        break;
    case model::EventKind::SessionAssigned:
        if (effect.view)
            out.body = *effect.view;
        break;
    case model::EventKind::SessionReturned:
        if (const auto* detail = std::get_if<model::ReturnedDetail>(&event.detail))
            out.body = wire::SessionReturned{detail->reason};
        break;
    case model::EventKind::SessionEnded:
        if (const auto* detail = std::get_if<model::EndedDetail>(&event.detail))
            out.body = wire::SessionEnded{detail->reason};
        break;
    case model::EventKind::SessionCompleted:
        out.body = wire::SessionCompleted{};
        break;
    case model::EventKind::AgentStatus:
        if (effect.presence)
            out.body = *effect.presence;
        break;
    case model::EventKind::TransferFailed:
        if (const auto* detail = std::get_if<model::TransferFailedDetail>(&event.detail); detail && effect.failed)
            out.body = wire::TransferFailed{
                detail->to,    effect.failed->toName,    effect.failed->toStaffNo,   detail->reason,
                detail->group, effect.failed->groupName, effect.failed->customerName};
        break;
    default:
        break;
    }
    if (std::holds_alternative<wire::OpaqueEvent>(out.body))
        return nullptr;
    return frame(wire::encodeEvent(out));
}

FramePtr Encoder::event(const desk::VisitorEvent& effect) {
    const model::Event& event = *effect.event;
    if (event.kind == model::EventKind::Message)
        return shared(effect.event, wire::Audience::Visitor);
    wire::VisitorEvent out;
    out.seq = event.seq;
    out.at = event.at;
    out.kind = event.kind;
    out.session = event.session;
    out.view = effect.view;
    return effect.view ? frame(wire::encodeEvent(out)) : nullptr;
}

} // namespace cb::hub
