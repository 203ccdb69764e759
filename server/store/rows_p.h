#pragma once

#include "server/store/cells_p.h"
#include "server/store/records.h"
#include "shared/model/attachment.h"
#include "shared/model/channel.h"
#include "shared/model/customer.h"
#include "shared/model/instance.h"
#include "shared/model/session.h"

/// The columns of every row type, once: for writing (`R` const) and reading. A table's name and key stand in its Table.
namespace cb::store {

template <class Row>
struct Table;

template <>
struct Table<model::Instance> {
    static constexpr const char* kName = "instance";
    static constexpr const char* kKey = "id";
};
template <class V, class R>
void instanceFields(V& v, R& r) {
    v("id", r.id);
    v("name", r.name);
    v("time_zone", r.timeZone);
    v("chat_answer_timeout", r.settings.chatAnswerTimeout);
    v("chat_answer_seconds", r.settings.chatAnswerSeconds);
    v("all_media_answer_timeout", r.settings.allMediaAnswerTimeout);
    v("all_media_answer_seconds", r.settings.allMediaAnswerSeconds);
    v("phone_answer_timeout", r.settings.phoneAnswerTimeout);
    v("phone_answer_seconds", r.settings.phoneAnswerSeconds);
    v("phone_recovery", r.settings.phoneRecovery);
    v("phone_recovery_seconds", r.settings.phoneRecoverySeconds);
    v("phone_fewest_calls", r.settings.phoneFewestCalls);
    v("phone_last_agent_first", r.settings.phoneLastAgentFirst);
    v("blending", r.settings.blending);
    v("wrap_up_seconds", r.settings.wrapUpSeconds);
    v("service_level_seconds", r.settings.serviceLevelSeconds);
    v("retention_days", r.settings.retentionDays);
    v("picture_bytes", r.settings.pictureBytes);
    v("file_bytes", r.settings.fileBytes);
    v("created_at", r.createdAt);
    v("modified_at", r.modifiedAt);
}
template <class V>
void fields(V& v, const model::Instance& r) {
    instanceFields(v, r);
}
template <class V>
void fields(V& v, model::Instance& r) {
    instanceFields(v, r);
}

template <>
struct Table<model::Group> {
    static constexpr const char* kName = "skill_group";
    static constexpr const char* kKey = "id";
};
template <class V, class R>
void groupFields(V& v, R& r) {
    v("id", r.id);
    v("instance", r.instance);
    v("mode", r.mode);
    v("name", r.name);
    v("max_sessions", r.limit);
    v("recorded", r.record);
}
template <class V>
void fields(V& v, const model::Group& r) {
    groupFields(v, r);
}
template <class V>
void fields(V& v, model::Group& r) {
    groupFields(v, r);
}

template <>
struct Table<model::Channel> {
    static constexpr const char* kName = "channel";
    static constexpr const char* kKey = "id";
};
template <class V, class R>
void channelFields(V& v, R& r) {
    v("id", r.id);
    v("instance", r.instance);
    v("kind", r.kind);
    v("name", r.name);
    v("public_key", r.key);
    v("domain", r.domain);
    v("colour", r.colour);
    v("flow", r.flow);
    v("deleted", r.deleted);
}
template <class V>
void fields(V& v, const model::Channel& r) {
    channelFields(v, r);
}
template <class V>
void fields(V& v, model::Channel& r) {
    channelFields(v, r);
}

template <>
struct Table<model::Customer> {
    static constexpr const char* kName = "customer";
    static constexpr const char* kKey = "id";
};
template <class V, class R>
void customerFields(V& v, R& r) {
    v("id", r.id);
    v("instance", r.instance);
    v("channel", r.channel);
    v("external_id", r.externalId);
    v("name", r.name);
    v("notes", r.notes);
    v("locale", r.locale);
    v("blocked", r.blocked);
    v("created_at", r.createdAt);
}
template <class V>
void fields(V& v, const model::Customer& r) {
    customerFields(v, r);
}
template <class V>
void fields(V& v, model::Customer& r) {
    customerFields(v, r);
}

template <>
struct Table<model::QuickReply> {
    static constexpr const char* kName = "quick_reply";
    static constexpr const char* kKey = "id";
};
template <class V, class R>
void quickReplyFields(V& v, R& r) {
    v("id", r.id);
    v("instance", r.instance);
    v("title", r.title);
    v("body", r.text);
}
template <class V>
void fields(V& v, const model::QuickReply& r) {
    quickReplyFields(v, r);
}
template <class V>
void fields(V& v, model::QuickReply& r) {
    quickReplyFields(v, r);
}

template <>
struct Table<model::Attachment> {
    static constexpr const char* kName = "attachment";
    static constexpr const char* kKey = "id";
};
template <class V, class R>
void attachmentFields(V& v, R& r) {
    v("id", r.id);
    v("instance", r.instance);
    v("session", r.session);
    v("kind", r.kind);
    v("name", r.name);
    v("content_type", r.contentType);
    v("bytes", r.bytes);
    v("sha256", r.sha256);
    v("width", r.width);
    v("height", r.height);
    v("created_at", r.createdAt);
}
template <class V>
void fields(V& v, const model::Attachment& r) {
    attachmentFields(v, r);
}
template <class V>
void fields(V& v, model::Attachment& r) {
    attachmentFields(v, r);
}

template <>
struct Table<model::Presence> {
    static constexpr const char* kName = "presence";
    static constexpr const char* kKey = "agent";
};
template <class V, class R>
void presenceFields(V& v, R& r) {
    v("agent", r.agent);
    v("instance", r.instance);
    v("status", r.status);
    v("pending", r.pending);
    v("has_pending", r.hasPending);
    v("reason", r.reason);
    v("since", r.since);
    v("idle_since", r.idleSince);
    v("calls_today", r.callsToday);
}
template <class V>
void fields(V& v, const model::Presence& r) {
    presenceFields(v, r);
}
template <class V>
void fields(V& v, model::Presence& r) {
    presenceFields(v, r);
}

template <>
struct Table<model::Offer> {
    static constexpr const char* kName = "offer";
    static constexpr const char* kKey = "id";
};
template <class V, class R>
void offerFields(V& v, R& r) {
    v("id", r.id);
    v("instance", r.instance);
    v("session", r.session);
    v("skill_group", r.group);
    v("agent", r.agent);
    v("offered_at", r.at);
    v("expires_at", r.expiresAt);
    v("outcome", r.outcome);
    v("decided_at", r.decidedAt);
    v("rule", r.rule);
    v("candidates", r.candidates);
    v("candidates_total", r.candidatesTotal);
}
template <class V>
void fields(V& v, const model::Offer& r) {
    offerFields(v, r);
}
template <class V>
void fields(V& v, model::Offer& r) {
    offerFields(v, r);
}

template <>
struct Table<model::Session> {
    static constexpr const char* kName = "session";
    static constexpr const char* kKey = "id";
};
template <class V, class R>
void sessionFields(V& v, R& r) {
    v("id", r.id);
    v("instance", r.instance);
    v("mode", r.mode);
    v("channel", r.channel);
    v("customer", r.customer);
    v("flow", r.flow);
    v("flow_version", r.flowVersion);
    v("state", r.state);
    v("skill_group", r.group);
    v("agent", r.agent);
    v("last_agent", r.lastAgent);
    v("transfer_to", r.transferTo);
    v("end_reason", r.endReason);
    v("started_at", r.startedAt);
    v("queued_at", r.queuedAt);
    v("waiting_from", r.waitingFrom);
    v("answered_at", r.answeredAt);
    v("ended_at", r.endedAt);
    v("completed_at", r.completedAt);
    v("last_seq", r.lastSeq);
    v("customer_delivered", r.customerDelivered);
    v("customer_read", r.customerRead);
    v("agent_delivered", r.agentDelivered);
    v("agent_read", r.agentRead);
    v("wrap_up_category", r.wrapUp.category);
    v("wrap_up_note", r.wrapUp.note);
    v("flow_state", r.flowState);
    v("flow_path", r.flowPath);
    v("flow_trace", r.flowTrace);
}
template <class V>
void fields(V& v, const model::Session& r) {
    sessionFields(v, r);
}
template <class V>
void fields(V& v, model::Session& r) {
    sessionFields(v, r);
}

template <>
struct Table<Credential> {
    static constexpr const char* kName = "credential";
    static constexpr const char* kKey = "agent";
};
template <class V, class R>
void credentialFields(V& v, R& r) {
    v("agent", r.agent);
    v("instance", r.instance);
    v("password_hash", r.passwordHash);
    v("must_change", r.mustChange);
    v("changed_at", r.changedAt);
}
template <class V>
void fields(V& v, const Credential& r) {
    credentialFields(v, r);
}
template <class V>
void fields(V& v, Credential& r) {
    credentialFields(v, r);
}

template <>
struct Table<Token> {
    static constexpr const char* kName = "token";
    static constexpr const char* kKey = "hash";
};
template <class V, class R>
void tokenFields(V& v, R& r) {
    v("hash", r.hash);
    v("kind", r.kind);
    v("instance", r.instance);
    v("agent", r.agent);
    v("device", r.device);
    v("created_at", r.createdAt);
    v("expires_at", r.expiresAt);
    v("revoked", r.revoked);
}
template <class V>
void fields(V& v, const Token& r) {
    tokenFields(v, r);
}
template <class V>
void fields(V& v, Token& r) {
    tokenFields(v, r);
}

template <>
struct Table<Mail> {
    static constexpr const char* kName = "mail";
    static constexpr const char* kKey = "id";
};
template <class V, class R>
void mailFields(V& v, R& r) {
    v("id", r.id);
    v("instance", r.instance);
    v("recipient", r.to);
    v("subject", r.subject);
    v("body", r.body);
    v("created_at", r.createdAt);
    v("due_at", r.dueAt);
    v("attempts", r.attempts);
    v("sent_at", r.sentAt);
    v("error", r.error);
}
template <class V>
void fields(V& v, const Mail& r) {
    mailFields(v, r);
}
template <class V>
void fields(V& v, Mail& r) {
    mailFields(v, r);
}

template <>
struct Table<TrunkRow> {
    static constexpr const char* kName = "trunk";
    static constexpr const char* kKey = "id";
};
template <class V, class R>
void trunkFields(V& v, R& r) {
    v("id", r.trunk.id);
    v("name", r.trunk.name);
    v("transport", r.trunk.transport);
    v("host", r.trunk.host);
    v("port", r.trunk.port);
    v("allow", r.trunk.allow);
    v("registers", r.trunk.registers);
    v("user_name", r.trunk.user);
    v("sealed_password", r.sealedPassword);
    v("realm", r.trunk.realm);
    v("max_calls", r.trunk.maxCalls);
    v("calls_per_second", r.trunk.callsPerSecond);
    v("srtp", r.trunk.srtp);
    v("enabled", r.trunk.enabled);
    v("position", r.trunk.order);
    v("deleted", r.trunk.deleted);
}
template <class V>
void fields(V& v, const TrunkRow& r) {
    trunkFields(v, r);
}
template <class V>
void fields(V& v, TrunkRow& r) {
    trunkFields(v, r);
}

template <>
struct Table<model::PhoneNumber> {
    static constexpr const char* kName = "phone_number";
    static constexpr const char* kKey = "channel";
};
template <class V, class R>
void phoneNumberFields(V& v, R& r) {
    v("channel", r.channel);
    v("instance", r.instance);
    v("number", r.number);
    v("call_type", r.type);
    v("trunk", r.trunk);
    v("released", r.released);
}
template <class V>
void fields(V& v, const model::PhoneNumber& r) {
    phoneNumberFields(v, r);
}
template <class V>
void fields(V& v, model::PhoneNumber& r) {
    phoneNumberFields(v, r);
}

template <>
struct Table<model::Audio> {
    static constexpr const char* kName = "audio";
    static constexpr const char* kKey = "id";
};
template <class V, class R>
void audioFields(V& v, R& r) {
    v("id", r.id);
    v("instance", r.instance);
    v("name", r.name);
    v("state", r.state);
    v("format", r.format);
    v("bytes", r.bytes);
    v("sha256", r.sha256);
    v("millis", r.millis);
    v("created_at", r.createdAt);
    v("deleted", r.deleted);
}
template <class V>
void fields(V& v, const model::Audio& r) {
    audioFields(v, r);
}
template <class V>
void fields(V& v, model::Audio& r) {
    audioFields(v, r);
}

template <>
struct Table<model::Call> {
    static constexpr const char* kName = "phone_call";
    static constexpr const char* kKey = "session";
};
template <class V, class R>
void callFields(V& v, R& r) {
    v("session", r.session);
    v("instance", r.instance);
    v("direction", r.direction);
    v("caller", r.caller);
    v("callee", r.callee);
    v("trunk", r.trunk);
    v("started_at", r.startedAt);
    v("connected_at", r.connectedAt);
    v("talk_from", r.talkFrom);
    v("ended_at", r.endedAt);
    v("talk_millis", r.talkMillis);
    v("cause", r.cause);
    v("recording", r.recording);
}
template <class V>
void fields(V& v, const model::Call& r) {
    callFields(v, r);
}
template <class V>
void fields(V& v, model::Call& r) {
    callFields(v, r);
}

/// Memberships are rows of their own; the e-mail is also kept in the form it is looked up by.
struct AgentRow {
    model::Agent agent;
    std::string emailKey;
};
template <>
struct Table<AgentRow> {
    static constexpr const char* kName = "agent";
    static constexpr const char* kKey = "id";
};
template <class V, class R>
void agentFields(V& v, R& r) {
    v("id", r.agent.id);
    v("instance", r.agent.instance);
    v("name", r.agent.name);
    v("nickname", r.agent.nickname);
    v("email", r.agent.email);
    v("email_key", r.emailKey);
    v("staff_no", r.agent.staffNo);
    v("mobile", r.agent.mobile);
    v("role", r.agent.role);
    v("deleted", r.agent.deleted);
    v("created_at", r.agent.createdAt);
}
template <class V>
void fields(V& v, const AgentRow& r) {
    agentFields(v, r);
}
template <class V>
void fields(V& v, AgentRow& r) {
    agentFields(v, r);
}

/// A message's instance, session, seq and time are those of its event.
template <>
struct Table<model::Event> {
    static constexpr const char* kName = "event";
    static constexpr const char* kKey = "instance, seq";
};
template <class V, class R>
void eventFields(V& v, R& r) {
    v("instance", r.instance);
    v("seq", r.seq);
    v("at", r.at);
    v("kind", r.kind);
    v("session", r.session);
    v("agent", r.agent);
    const bool isMessage = r.kind == model::EventKind::Message;
    v.onlyIf(isMessage, "uuid", r.message.uuid);
    v.onlyIf(isMessage, "side", r.message.side);
    v.onlyIf(isMessage, "author", r.message.agent);
    v.onlyIf(isMessage, "message_kind", r.message.kind);
    v.onlyIf(isMessage, "body", r.message.text);
    v.onlyIf(isMessage, "attachment", r.message.attachment);
    v.onlyIf(!isMessage, "detail", r.detail);
}
template <class V>
void fields(V& v, const model::Event& r) {
    eventFields(v, r);
}
template <class V>
void fields(V& v, model::Event& r) {
    eventFields(v, r);
    if constexpr (std::is_same_v<V, Decode>) {
        if (r.kind != model::EventKind::Message)
            return;
        r.message.instance = r.instance;
        r.message.session = r.session;
        r.message.seq = r.seq;
        r.message.at = r.at;
    }
}

/// Parameters of one statement; more ids than this are asked for in several.
constexpr std::size_t kMaxPlaceholders = 500;
std::string placeholders(std::size_t count);

/// What an address is looked up by: ASCII letters of either case are the same.
std::string emailKey(std::string_view email);

/// SELECT of whole rows: `tail` is everything after the table's name. The columns are named with the table in front, so
/// a join may follow.
template <class Row>
class Select {
public:
    Select(Connection& connection, const std::string& tail)
        : m_cells(described().cells())
        , m_query(connection, "SELECT " + columns() + " FROM " + Table<Row>::kName + " " + tail) {
        for (Cell& cell : m_cells)
            cell.isText ? m_query.into(cell.text) : m_query.into(cell.number);
    }
    template <class T>
    Select& bind(T value) {
        m_query.bind(value);
        return *this;
    }
    template <class Tag>
    Select& bind(base::Id<Tag> id) {
        m_query.bind(id.value);
        return *this;
    }
    bool next(Row& row) {
        if (!m_query.next())
            return false;
        row = Row{};
        Decode decode(m_cells);
        fields(decode, row);
        return true;
    }
    std::vector<Row> all() {
        std::vector<Row> rows;
        for (Row row; next(row);)
            rows.push_back(std::move(row));
        return rows;
    }
    std::optional<Row> first() {
        Row row;
        return next(row) ? std::optional<Row>(std::move(row)) : std::nullopt;
    }

private:
    static Describe described() {
        Describe describe;
        fields(describe, Row{});
        return describe;
    }
    static std::string columns() {
        std::string list;
        const Describe all = described();
        for (const std::string& column : all.names())
            list += (list.empty() ? "" : ", ") + (std::string(Table<Row>::kName) + "." + column);
        return list;
    }

    std::vector<Cell> m_cells;
    Query m_query;
};

} // namespace cb::store
