#include "shared/wire/events.h"

#include "shared/wire/fields_p.h"
#include "shared/wire/reader_p.h"

namespace cb::wire {

template <class A, Of<ConfigChanged> V>
void fields(A& a, V& v) {
    a.maybe("groups", v.groups);
    a.maybe("settings", v.settings);
    a.maybe("me", v.me);
    a.maybe("quick_replies", v.quickReplies);
    a.maybe("screen_pops", v.screenPops);
    a.maybe("lists", v.lists);
}
template <class A, Of<TransferFailed> V>
void fields(A& a, V& v) {
    a.field("to", v.to);
    a.maybe("to_name", v.toName);
    a.maybe("to_staff_no", v.toStaffNo);
    a.soft("reason", v.reason);
    a.maybe("group", v.group);
    a.maybe("group_name", v.groupName);
    a.maybe("customer_name", v.customerName);
}
template <class A, Of<Queue> V>
void fields(A& a, V& v) {
    a.field("groups", v.groups);
}
template <class A, Of<Colleagues> V>
void fields(A& a, V& v) {
    a.field("colleagues", v.colleagues);
}
template <class A, Of<CustomerOnline> V>
void fields(A& a, V& v) {
    a.field("session", v.session);
    a.field("online", v.online);
    a.maybe("page_url", v.pageUrl);
}
template <class A, Of<CallChanged> V>
void fields(A& a, V& v) {
    a.field("session", v.session);
    a.field("call", v.call);
}
template <class A, Of<Position> V>
void fields(A& a, V& v) {
    a.field("ahead", v.ahead);
}
template <class A, Of<Bye> V>
void fields(A& a, V& v) {
    a.field("code", v.code);
}

namespace {

using model::EventKind;

EventKind kindOf(const AgentEvent& event) {
    constexpr EventKind kinds[] = {EventKind::Audit,         EventKind::Message,          EventKind::SessionOffered,
                                   EventKind::OfferClosed,   EventKind::SessionAssigned,  EventKind::SessionReturned,
                                   EventKind::SessionEnded,  EventKind::SessionCompleted, EventKind::AgentStatus,
                                   EventKind::ConfigChanged, EventKind::TransferFailed};
    static_assert(std::size(kinds) == std::variant_size_v<decltype(event.body)>);
    return kinds[event.body.index()];
}

/// The fields a body adds to the event's own; the same for both directions.
template <class A>
struct Body {
    A& a;
    void operator()(Of<OpaqueEvent> auto&) {}
    void operator()(Of<SessionCompleted> auto&) {}
    void operator()(Of<MessageView> auto& v) { a.field("message", v); }
    void operator()(Of<model::OfferView> auto& v) { a.field("offer", v); }
    void operator()(Of<OfferClosed> auto& v) {
        a.field("offer", v.offer);
        a.soft("outcome", v.outcome);
    }
    void operator()(Of<model::SessionView> auto& v) { a.field("view", v); }
    void operator()(Of<SessionReturned> auto& v) { a.soft("reason", v.reason); }
    void operator()(Of<SessionEnded> auto& v) { a.soft("reason", v.reason); }
    void operator()(Of<model::Presence> auto& v) { a.field("presence", v); }
    void operator()(Of<ConfigChanged> auto& v) { fields(a, v); }
    void operator()(Of<TransferFailed> auto& v) { fields(a, v); }
};

void writeHead(Writer& w, model::Seq seq, base::TimePoint at, EventKind kind, model::SessionId session) {
    w.field("seq", seq);
    w.field("at", at);
    w.field("kind", kind);
    w.maybe("session", session);
}

/// An empty body of the kind named; OpaqueEvent for one that agents do not get.
decltype(AgentEvent::body) bodyOf(EventKind kind) {
    switch (kind) {
    case EventKind::Message:
        return MessageView{};
    case EventKind::SessionOffered:
        return model::OfferView{};
    case EventKind::OfferClosed:
        return OfferClosed{};
    case EventKind::SessionAssigned:
        return model::SessionView{};
    case EventKind::SessionReturned:
        return SessionReturned{};
    case EventKind::SessionEnded:
        return SessionEnded{};
    case EventKind::SessionCompleted:
        return SessionCompleted{};
    case EventKind::AgentStatus:
        return model::Presence{};
    case EventKind::ConfigChanged:
        return ConfigChanged{};
    case EventKind::TransferFailed:
        return TransferFailed{};
    case EventKind::SessionStarted:
    case EventKind::SessionQueued:
    case EventKind::Audit:
        break;
    }
    return OpaqueEvent{};
}

template <class Event>
void readHead(Reader& reader, Event& event) {
    reader.field("seq", event.seq);
    reader.field("at", event.at);
    reader.maybe("session", event.session);
}

template <class T>
std::string transient(FrameType type, const T& value, std::size_t size = 128) {
    return writeFrame(
        type, 0, 0, [&](Writer& w) { fields(w, value); }, Audience::Agent, size);
}

} // namespace

std::string encodeEvent(const AgentEvent& event) {
    return writeFrame(
        FrameType::Event, 0, 0,
        [&](Writer& w) {
            writeHead(w, event.seq, event.at, kindOf(event), event.session);
            std::visit(Body<Writer>{w}, event.body);
        },
        Audience::Agent, 1024);
}

std::string encodeEvent(const VisitorEvent& event) {
    if (event.message && event.message->message.kind == model::MessageKind::Note)
        return {};
    return writeFrame(
        FrameType::Event, 0, 0,
        [&](Writer& w) {
            writeHead(w, event.seq, event.at, event.kind, event.session);
            w.maybe("message", event.message);
            w.maybe("view", event.view);
        },
        Audience::Visitor, 512);
}

std::string encodeMessageEvent(const model::Message& message, const model::Attachment* attachment, Audience audience) {
    if (audience == Audience::Visitor && message.kind == model::MessageKind::Note)
        return {};
    return writeFrame(
        FrameType::Event, 0, 0,
        [&](Writer& w) {
            writeHead(w, message.seq, message.at, EventKind::Message, message.session);
            w.key("message");
            w.objectOf([&](Writer& inner) {
                messageFields(inner, message);
                if (attachment != nullptr)
                    inner.field("attachment", *attachment);
            });
        },
        audience, 320 + message.text.size());
}

std::string encodeTyping(const Typing& typing) {
    return transient(FrameType::Typing, typing);
}
std::string encodeMark(const Mark& mark) {
    return transient(FrameType::Mark, mark);
}
std::string encodeQueue(const Queue& queue) {
    return transient(FrameType::Queue, queue, 64 + 64 * queue.groups.size());
}
std::string encodeColleagues(const Colleagues& colleagues) {
    return transient(FrameType::Colleagues, colleagues, 64 + 128 * colleagues.colleagues.size());
}
std::string encodeCustomerOnline(const CustomerOnline& customer) {
    return transient(FrameType::Customer, customer, 256);
}
std::string encodeCallChanged(const CallChanged& call) {
    return transient(FrameType::Call, call, 320);
}
std::string encodePosition(const Position& position) {
    return transient(FrameType::Position, position);
}
std::string encodeBye(const Bye& bye) {
    return transient(FrameType::Bye, bye);
}

base::Result<AgentEvent> decodeAgentEvent(const nlohmann::json& d) {
    if (!d.is_object())
        return badField("");
    ReadState state;
    Reader reader(d, state);
    AgentEvent event;
    std::string kindName;
    readHead(reader, event);
    reader.field("kind", kindName);
    if (const auto kind = model::parse<EventKind>(kindName); kind && !reader.bad()) {
        event.body = bodyOf(*kind);
        std::visit(Body<Reader>{reader}, event.body);
    }
    if (reader.bad())
        return badField(state.badField);
    if (state.opaque)
        event.body = OpaqueEvent{};
    return event;
}

base::Result<VisitorEvent> decodeVisitorEvent(const nlohmann::json& d) {
    return readWith<VisitorEvent>(d, false, [](Reader& reader, VisitorEvent& event) {
        readHead(reader, event);
        reader.field("kind", event.kind);
        reader.maybe("message", event.message);
        reader.maybe("view", event.view);
    });
}

base::Result<Typing> decodeTyping(const nlohmann::json& d) {
    return read<Typing>(d);
}
base::Result<Mark> decodeMark(const nlohmann::json& d) {
    return read<Mark>(d);
}
base::Result<Queue> decodeQueue(const nlohmann::json& d) {
    return read<Queue>(d);
}
base::Result<Colleagues> decodeColleagues(const nlohmann::json& d) {
    return read<Colleagues>(d);
}
base::Result<CustomerOnline> decodeCustomerOnline(const nlohmann::json& d) {
    return read<CustomerOnline>(d);
}
base::Result<CallChanged> decodeCallChanged(const nlohmann::json& d) {
    return read<CallChanged>(d);
}
base::Result<Position> decodePosition(const nlohmann::json& d) {
    return read<Position>(d);
}
base::Result<Bye> decodeBye(const nlohmann::json& d) {
    return read<Bye>(d);
}

} // namespace cb::wire
