#include "shared/wire/http.h"

#include "shared/wire/answers.h"
#include "shared/wire/body_p.h"
#include "shared/wire/fields_p.h"

namespace cb::wire {

template <class A, Of<SignIn> V>
void fields(A& a, V& v) {
    a.field("instance", v.instance);
    a.field("email", v.email);
    a.field("password", v.password);
    a.plain("remember", v.remember);
    a.maybe("device", v.device);
}
template <class A, Of<InstanceFace> V>
void fields(A& a, V& v) {
    a.field("id", v.id);
    a.maybe("name", v.name);
    a.maybe("time_zone", v.timeZone);
}
template <class A, Of<SignedIn> V>
void fields(A& a, V& v) {
    a.field("token", v.token);
    a.plain("expires_at", v.expiresAt);
    a.plain("must_change_password", v.mustChangePassword);
    a.field("me", v.me);
    a.field("instance", v.instance);
}
template <class A, Of<PasswordChange> V>
void fields(A& a, V& v) {
    a.field("old", v.old);
    a.field("new", v.fresh);
}
template <class A, Of<PasswordForgot> V>
void fields(A& a, V& v) {
    a.field("instance", v.instance);
    a.field("email", v.email);
}
template <class A, Of<PasswordReset> V>
void fields(A& a, V& v) {
    a.field("instance", v.instance);
    a.field("token", v.token);
    a.field("new", v.fresh);
}
template <class A, Of<NewToken> V>
void fields(A& a, V& v) {
    a.field("token", v.token);
    a.plain("expires_at", v.expiresAt);
}
template <class A, Of<MeAnswer> V>
void fields(A& a, V& v) {
    a.field("me", v.me);
    a.field("instance", v.instance);
    a.plain("must_change_password", v.mustChangePassword);
}
template <class A, Of<MessagePage> V>
void fields(A& a, V& v) {
    a.field("messages", v.messages);
    a.plain("more", v.more);
}
template <class A, Of<SessionSummary> V>
void fields(A& a, V& v) {
    a.field("id", v.id);
    a.field("mode", v.mode);
    a.plain("started_at", v.startedAt);
    a.maybe("ended_at", v.endedAt);
    a.maybe("agent_name", v.agentName);
    a.maybe("group_name", v.groupName);
    a.soft("end_reason", v.endReason);
    a.maybe("preview", v.preview);
    a.maybe("wrap_up", v.wrapUp);
}
template <class A, Of<SessionPage> V>
void fields(A& a, V& v) {
    a.field("sessions", v.sessions);
    a.plain("more", v.more);
}
template <class A, Of<model::OfferCandidate> V>
void fields(A& a, V& v) {
    a.field("agent", v.agent);
    a.plain("load", v.load);
    a.plain("idle_ms", v.idleMillis);
    a.plain("calls_today", v.callsToday);
    a.soft("skipped", v.skipped);
    a.plain("last_agent", v.lastAgent);
}
template <class A, Of<model::Offer> V>
void fields(A& a, V& v) {
    a.field("id", v.id);
    a.field("session", v.session);
    a.maybe("group", v.group);
    a.field("agent", v.agent);
    a.plain("at", v.at);
    a.maybe("expires_at", v.expiresAt);
    a.soft("outcome", v.outcome);
    a.maybe("decided_at", v.decidedAt);
    a.soft("rule", v.rule);
    a.plain("candidates_total", v.candidatesTotal);
    a.plain("candidates", v.candidates);
}
template <class A, Of<OfferList> V>
void fields(A& a, V& v) {
    a.field("offers", v.offers);
}
template <class A, Of<model::QuickReply> V>
void fields(A& a, V& v) {
    a.field("id", v.id);
    a.field("title", v.title);
    a.field("text", v.text);
}
template <class A, Of<QuickReplyList> V>
void fields(A& a, V& v) {
    a.field("quick_replies", v.quickReplies);
}
template <class A, Of<AttachmentAnswer> V>
void fields(A& a, V& v) {
    a.field("attachment", v.attachment);
}
template <class A, Of<WidgetFace> V>
void fields(A& a, V& v) {
    a.maybe("name", v.name);
    a.maybe("colour", v.colour);
    a.soft("mode", v.mode);
    a.plain("set_up", v.setUp);
}

CLOUDBELL_BODY(SignIn)
CLOUDBELL_BODY(SignedIn)
CLOUDBELL_BODY(PasswordChange)
CLOUDBELL_BODY(PasswordForgot)
CLOUDBELL_BODY(PasswordReset)
CLOUDBELL_BODY(NewToken)
CLOUDBELL_BODY(MeAnswer)
CLOUDBELL_BODY(MessagePage)
CLOUDBELL_BODY(SessionPage)
CLOUDBELL_BODY(OfferList)
CLOUDBELL_BODY(QuickReplyList)
CLOUDBELL_BODY(AttachmentAnswer)
CLOUDBELL_BODY(WidgetFace)

std::string encodeMessages(const MessagePage& page, Audience audience) {
    std::string out;
    out.reserve(64 + 320 * page.messages.size());
    Writer(out, audience).objectOf([&](Writer& w) {
        if (audience == Audience::Agent) {
            w.field("messages", page.messages);
        } else {
            std::vector<MessageView> shown;
            for (const auto& view : page.messages)
                if (view.message.kind != model::MessageKind::Note)
                    shown.push_back(view);
            w.field("messages", shown);
        }
        w.field("more", page.more);
    });
    return out;
}

std::string encodeErrorBody(const base::Error& error) {
    std::string out;
    Writer(out).objectOf([&](Writer& w) {
        w.key("error");
        w.objectOf([&](Writer& inner) { writeError(inner, error); });
    });
    return out;
}

base::Error decodeErrorBody(std::string_view text) {
    const auto json = parseJson(text);
    if (!json || !json->is_object() || !json->contains("error"))
        return base::rejected("bad_json", "the body has no error");
    return decodeError(json->at("error"));
}

} // namespace cb::wire
