#pragma once

#include "shared/model/view.h"
#include "shared/wire/objects.h"
#include "shared/wire/requests.h"

#include <concepts>
#include <type_traits>

/// The fields of the objects of docs/protocol.md 5, once for both directions: an archive is a Writer or a Reader.
namespace cb::wire {

template <class V, class T>
concept Of = std::same_as<std::remove_const_t<V>, T>;

template <class A, Of<model::WrapUpForm> V>
void fields(A& a, V& v) {
    a.maybe("category", v.category);
    a.maybe("note", v.note);
}

template <class A, Of<model::Agent> V>
void fields(A& a, V& v) {
    a.field("id", v.id);
    a.field("name", v.name);
    a.maybe("nickname", v.nickname);
    a.maybe("email", v.email);
    a.maybe("staff_no", v.staffNo);
    a.maybe("mobile", v.mobile);
    a.plain("role", v.role);
    a.plain("groups", v.groups);
}

template <class A, Of<model::Presence> V>
void fields(A& a, V& v) {
    a.field("status", v.status);
    a.flagged("pending", v.pending, v.hasPending);
    a.soft("reason", v.reason);
    a.plain("since", v.since);
}

template <class A, Of<model::Attachment> V>
void fields(A& a, V& v) {
    a.field("id", v.id);
    a.field("kind", v.kind);
    a.maybe("name", v.name);
    a.maybe("type", v.contentType);
    a.plain("bytes", v.bytes);
    a.maybe("width", v.width);
    a.maybe("height", v.height);
}

/// What every message has, but its attachment. Agents' ids are for agents.
template <class A, Of<model::Message> V>
void messageFields(A& a, V& v) {
    a.field("seq", v.seq);
    a.field("at", v.at);
    a.maybe("uuid", v.uuid);
    a.field("session", v.session);
    a.field("side", v.side);
    if constexpr (A::kReads) {
        a.maybe("agent", v.agent);
    } else {
        if (a.audience() == Audience::Agent)
            a.maybe("agent", v.agent);
    }
    a.field("kind", v.kind);
    a.maybe("text", v.text);
}

template <class A, Of<MessageView> V>
void fields(A& a, V& v) {
    messageFields(a, v.message);
    a.maybe("attachment", v.attachment);
    if constexpr (A::kReads) {
        a.maybe("agent_name", v.agentName);
        a.maybe("agent_staff_no", v.agentStaffNo);
        if (v.attachment) {
            v.message.attachment = v.attachment->id;
            v.attachment->session = v.message.session;
        }
    } else {
        if (a.audience() == Audience::Agent) {
            a.maybe("agent_name", v.agentName);
            a.maybe("agent_staff_no", v.agentStaffNo);
        }
    }
}

template <class A, Of<model::CallView> V>
void fields(A& a, V& v) {
    a.field("direction", v.direction);
    a.maybe("number", v.number);
    a.maybe("line", v.line);
    a.plain("started_at", v.startedAt);
    a.maybe("connected_at", v.connectedAt);
    a.maybe("held", v.held);
    a.maybe("recorded", v.recorded);
    a.maybe("early", v.early);
    a.maybe("cause", v.cause);
}

template <class A, Of<model::LineView> V>
void fields(A& a, V& v) {
    a.field("channel", v.channel);
    a.field("number", v.number);
}

template <class A, Of<model::SessionView> V>
void placeFields(A& a, V& v) {
    a.field("id", v.session.id);
    a.field("mode", v.session.mode);
    a.field("state", v.session.state);
    a.maybe("channel", v.session.channel);
    a.maybe("channel_name", v.channelName);
    a.soft("channel_kind", v.channelKind);
    a.maybe("customer", v.session.customer);
    a.maybe("customer_name", v.customerName);
    a.maybe("customer_notes", v.customerNotes);
    a.maybe("customer_locale", v.customerLocale);
    a.maybe("external_id", v.externalId);
    a.plain("customer_online", v.customerOnline);
    a.maybe("page_url", v.pageUrl);
    a.maybe("group", v.session.group);
    a.maybe("group_name", v.groupName);
    a.maybe("agent", v.session.agent);
    a.maybe("last_agent", v.session.lastAgent);
    a.maybe("last_agent_name", v.lastAgentName);
    a.maybe("last_agent_staff_no", v.lastAgentStaffNo);
    a.maybe("flow_path", v.session.flowPath);
}

template <class A, Of<model::SessionView> V>
void fields(A& a, V& v) {
    placeFields(a, v);
    a.maybe("started_at", v.session.startedAt);
    a.maybe("queued_at", v.session.queuedAt);
    a.maybe("waiting_since", v.waitingSince);
    a.maybe("transfer_note", v.transferNote);
    a.maybe("answered_at", v.session.answeredAt);
    a.maybe("ended_at", v.session.endedAt);
    a.soft("end_reason", v.session.endReason);
    a.plain("last_seq", v.session.lastSeq);
    a.plain("customer_delivered", v.session.customerDelivered);
    a.plain("customer_read", v.session.customerRead);
    a.plain("agent_delivered", v.session.agentDelivered);
    a.plain("agent_read", v.session.agentRead);
    a.plain("unread", v.unread);
    a.maybe("preview", v.preview);
    a.soft("preview_side", v.previewSide);
    if (A::kReads || v.previewKind != model::MessageKind::Text)
        a.soft("preview_kind", v.previewKind);
    a.maybe("preview_at", v.previewAt);
    a.maybe("customer_waits_since", v.customerWaitsSince);
    a.maybe("wrap_up", v.session.wrapUp);
    a.maybe("call", v.call);
}

template <class A, Of<model::OfferView> V>
void fields(A& a, V& v) {
    a.field("offer", v.offer);
    a.plain("at", v.at);
    a.maybe("expires_at", v.expiresAt);
    a.field("session", v.session);
}

template <class A, Of<model::VisitorView> V>
void fields(A& a, V& v) {
    a.field("session", v.session);
    a.field("state", v.state);
    a.field("mode", v.mode);
    if constexpr (A::kReads) {
        a.plain("ahead", v.ahead);
    } else {
        if (v.ahead >= 0)
            a.plain("ahead", v.ahead);
    }
    a.maybe("agent_name", v.agentName);
    a.maybe("agent_staff_no", v.agentStaffNo);
    a.maybe("returned", v.returned);
    a.maybe("direct", v.direct);
    a.soft("end_reason", v.endReason);
    a.plain("last_seq", v.lastSeq);
    a.plain("agent_delivered", v.agentDelivered);
    a.plain("agent_read", v.agentRead);
    a.plain("customer_read", v.customerRead);
}

template <class A, Of<model::GroupView> V>
void fields(A& a, V& v) {
    a.field("id", v.group.id);
    a.field("name", v.group.name);
    a.field("mode", v.group.mode);
    a.plain("limit", v.group.limit);
    a.plain("waiting", v.waiting);
    a.plain("online", v.online);
    a.plain("free", v.free);
    a.plain("member", v.member);
}

template <class A, Of<GroupFigures> V>
void fields(A& a, V& v) {
    a.field("id", v.id);
    a.plain("waiting", v.waiting);
    a.plain("online", v.online);
    a.plain("free", v.free);
}

template <class A, Of<model::ColleagueView> V>
void fields(A& a, V& v) {
    a.field("id", v.agent);
    a.field("name", v.name);
    a.maybe("staff_no", v.staffNo);
    a.field("status", v.status);
    a.plain("groups", v.groups);
}

template <class A, Of<Settings> V>
void agentFields(A& a, V& v) {
    a.plain("wrap_up_seconds", v.wrapUpSeconds);
    a.plain("phone_recovery", v.phoneRecovery);
    a.plain("phone_recovery_seconds", v.phoneRecoverySeconds);
}

template <class A, Of<Settings> V>
void fields(A& a, V& v) {
    if constexpr (A::kReads) {
        agentFields(a, v);
    } else {
        if (a.audience() == Audience::Agent)
            agentFields(a, v);
    }
    a.plain("picture_bytes", v.pictureBytes);
    a.plain("file_bytes", v.fileBytes);
}

template <class A, Of<Mark> V>
void fields(A& a, V& v) {
    a.maybe("session", v.session);
    a.plain("delivered", v.delivered);
    a.plain("read", v.read);
}

template <class A, Of<Typing> V>
void fields(A& a, V& v) {
    a.maybe("session", v.session);
    a.field("on", v.on);
}

} // namespace cb::wire
