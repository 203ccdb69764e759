#include "shared/wire/requests.h"

#include "shared/wire/fields_p.h"
#include "shared/wire/reader_p.h"

namespace cb::wire {

namespace {

/// Lines end with LF here, whatever they ended with where they were written.
void unixLines(std::string& text) {
    std::size_t kept = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n')
            continue;
        text[kept++] = text[at] == '\r' ? '\n' : text[at];
    }
    text.resize(kept);
}

} // namespace

template <class A, Of<Ping> V>
void fields(A&, V&) {}
template <class A, Of<CancelStatus> V>
void fields(A&, V&) {}
template <class A, Of<StartSession> V>
void fields(A&, V&) {}
template <class A, Of<LeaveSession> V>
void fields(A&, V&) {}

template <class A, Of<AgentHello> V>
void fields(A& a, V& v) {
    a.field("protocol", v.protocol);
    a.field("token", v.token);
    a.maybe("client", v.client);
    a.maybe("device", v.device);
    a.plain("cursor", v.cursor);
    a.plain("takeover", v.takeover);
}

template <class A, Of<Page> V>
void fields(A& a, V& v) {
    a.maybe("url", v.url);
    a.maybe("title", v.title);
}

template <class A, Of<VisitorHello> V>
void fields(A& a, V& v) {
    a.field("protocol", v.protocol);
    a.field("channel", v.channel);
    a.field("token", v.token);
    a.plain("cursor", v.cursor);
    a.maybe("locale", v.locale);
    a.maybe("page", v.page);
}

template <class A, Of<SetStatus> V>
void fields(A& a, V& v) {
    a.field("status", v.status);
    if constexpr (A::kReads) {
        if (v.status == model::AgentStatus::Busy || v.status == model::AgentStatus::WrapUp)
            a.fail("status");
    }
}

template <class A, Of<AnswerOffer> V>
void fields(A& a, V& v) {
    a.field("offer", v.offer);
}
template <class A, Of<DeclineOffer> V>
void fields(A& a, V& v) {
    a.field("offer", v.offer);
}

template <class A, Of<SendMessage> V>
void fields(A& a, V& v) {
    a.maybe("session", v.session);
    a.field("uuid", v.uuid);
    a.plain("kind", v.kind);
    a.maybe("text", v.text);
    a.maybe("attachment", v.attachment);
    if constexpr (A::kReads) {
        unixLines(v.text);
        if (v.kind == model::MessageKind::Note)
            a.fail("kind");
        if (v.kind == model::MessageKind::Text && v.attachment)
            a.fail("attachment"); // nobody would look whose it is
    }
}

template <class A, Of<EndSession> V>
void fields(A& a, V& v) {
    a.field("session", v.session);
}
template <class A, Of<CompleteSession> V>
void fields(A& a, V& v) {
    a.field("session", v.session);
    a.maybe("category", v.form.category);
    a.maybe("note", v.form.note);
    if constexpr (A::kReads)
        unixLines(v.form.note);
}
template <class A, Of<TransferSession> V>
void fields(A& a, V& v) {
    a.field("session", v.session);
    a.maybe("group", v.group);
    a.maybe("agent", v.agent);
    a.maybe("note", v.note);
    if constexpr (A::kReads) {
        unixLines(v.note);
        if (static_cast<bool>(v.group) == static_cast<bool>(v.agent))
            a.fail("group");
    }
}
template <class A, Of<CallOffer> V>
void fields(A& a, V& v) {
    a.field("session", v.session);
    a.field("sdp", v.sdp);
    if constexpr (A::kReads) {
        if (v.sdp.empty() || v.sdp.size() > kMaxSdp)
            a.fail("sdp");
    }
}
template <class A, Of<HoldCall> V>
void fields(A& a, V& v) {
    a.field("session", v.session);
    a.field("on", v.on);
}
template <class A, Of<AfterCall> V>
void fields(A& a, V& v) {
    a.field("next", v.next);
}
template <class A, Of<DialCall> V>
void fields(A& a, V& v) {
    a.field("number", v.number);
    a.maybe("line", v.line);
    if constexpr (A::kReads) {
        if (v.number.size() > kMaxDialled)
            a.fail("number");
    }
}
template <class A, Of<ForwardCall> V>
void fields(A& a, V& v) {
    a.field("session", v.session);
    a.field("number", v.number);
    if constexpr (A::kReads) {
        if (v.number.size() > kMaxDialled)
            a.fail("number");
    }
}
template <class A, Of<UpdateCustomer> V>
void fields(A& a, V& v) {
    a.field("customer", v.customer);
    a.plain("name", v.name);
    a.plain("notes", v.notes);
    if constexpr (A::kReads)
        unixLines(v.notes);
}
template <class A, Of<BlockCustomer> V>
void fields(A& a, V& v) {
    a.field("customer", v.customer);
    a.field("blocked", v.blocked);
}
template <class A, Of<WatchOverview> V>
void fields(A& a, V& v) {
    a.field("on", v.on);
}

namespace {

template <class Request>
constexpr FrameType kTypeOf = FrameType::Unknown;
template <>
constexpr FrameType kTypeOf<Ping> = FrameType::Ping;
template <>
constexpr FrameType kTypeOf<AgentHello> = FrameType::Hello;
template <>
constexpr FrameType kTypeOf<VisitorHello> = FrameType::Hello;
template <>
constexpr FrameType kTypeOf<SetStatus> = FrameType::StatusSet;
template <>
constexpr FrameType kTypeOf<CancelStatus> = FrameType::StatusCancel;
template <>
constexpr FrameType kTypeOf<AnswerOffer> = FrameType::OfferAnswer;
template <>
constexpr FrameType kTypeOf<DeclineOffer> = FrameType::OfferDecline;
template <>
constexpr FrameType kTypeOf<SendMessage> = FrameType::MessageSend;
template <>
constexpr FrameType kTypeOf<EndSession> = FrameType::SessionEnd;
template <>
constexpr FrameType kTypeOf<CompleteSession> = FrameType::SessionComplete;
template <>
constexpr FrameType kTypeOf<TransferSession> = FrameType::SessionTransfer;
template <>
constexpr FrameType kTypeOf<CallOffer> = FrameType::CallOffer;
template <>
constexpr FrameType kTypeOf<HoldCall> = FrameType::CallHold;
template <>
constexpr FrameType kTypeOf<AfterCall> = FrameType::CallAfter;
template <>
constexpr FrameType kTypeOf<DialCall> = FrameType::CallDial;
template <>
constexpr FrameType kTypeOf<ForwardCall> = FrameType::CallForward;
template <>
constexpr FrameType kTypeOf<UpdateCustomer> = FrameType::CustomerUpdate;
template <>
constexpr FrameType kTypeOf<BlockCustomer> = FrameType::CustomerBlock;
template <>
constexpr FrameType kTypeOf<WatchOverview> = FrameType::OverviewWatch;
template <>
constexpr FrameType kTypeOf<Mark> = FrameType::Mark;
template <>
constexpr FrameType kTypeOf<Typing> = FrameType::Typing;
template <>
constexpr FrameType kTypeOf<StartSession> = FrameType::SessionStart;
template <>
constexpr FrameType kTypeOf<LeaveSession> = FrameType::SessionLeave;
template <>
constexpr FrameType kTypeOf<Page> = FrameType::Page;

/// Requests that speak of a session must name it when they come from an agent.
bool lacksSession(const AgentRequest& request) {
    if (const auto* send = std::get_if<SendMessage>(&request))
        return !send->session;
    if (const auto* mark = std::get_if<Mark>(&request))
        return !mark->session;
    if (const auto* typing = std::get_if<Typing>(&request))
        return !typing->session;
    return false;
}

/// The name of a position that is below zero; empty when all are good.
template <class Variant>
std::string_view negative(const Variant& request) {
    return std::visit(
        [](const auto& r) -> std::string_view {
            if constexpr (requires { r.cursor; })
                return r.cursor < 0 ? "cursor" : "";
            if constexpr (requires { r.delivered; })
                return r.delivered < 0 ? "delivered" : r.read < 0 ? "read" : "";
            return {};
        },
        request);
}

/// Tries the alternatives of the variant until one has the frame's type.
template <class Variant, std::size_t I = 0>
base::Result<Variant> decodeAs(const Frame& frame) {
    if constexpr (I == std::variant_size_v<Variant>) {
        return base::rejected("unknown_type");
    } else {
        using Request = std::variant_alternative_t<I, Variant>;
        if (kTypeOf<Request> != frame.type)
            return decodeAs<Variant, I + 1>(frame);
        auto request = read<Request>(frame.d, true);
        if (!request)
            return request.error();
        Variant result(std::in_place_index<I>, std::move(*request));
        if (const auto name = negative(result); !name.empty())
            return badField(name);
        return result;
    }
}

template <class Variant>
std::string encodeAny(std::uint64_t id, const Variant& request) {
    return std::visit(
        [id](const auto& r) {
            using Request = std::decay_t<decltype(r)>;
            if constexpr (std::is_empty_v<Request>)
                return writeEmptyFrame(kTypeOf<Request>, id, 0);
            else
                return writeFrame(kTypeOf<Request>, id, 0, [&](Writer& w) { fields(w, r); });
        },
        request);
}

} // namespace

base::Result<AgentRequest> decodeAgentRequest(const Frame& frame) {
    auto request = decodeAs<AgentRequest>(frame);
    if (request && lacksSession(*request))
        return badField("session");
    return request;
}

base::Result<VisitorRequest> decodeVisitorRequest(const Frame& frame) {
    return decodeAs<VisitorRequest>(frame);
}

std::string encodeAgentRequest(std::uint64_t id, const AgentRequest& request) {
    return encodeAny(id, request);
}

std::string encodeVisitorRequest(std::uint64_t id, const VisitorRequest& request) {
    return encodeAny(id, request);
}

} // namespace cb::wire
