#include "shared/wire/admin.h"

#include "shared/wire/body_p.h"
#include "shared/wire/fields_p.h"

namespace cb::wire {

template <class A, Of<Made> V>
void fields(A& a, V& v) {
    a.field("id", v.id);
}

// ---- flows
template <class A, Of<FlowHead> V>
void fields(A& a, V& v) {
    a.field("id", v.id);
    a.field("name", v.name);
    a.field("mode", v.mode);
    a.field("state", v.state);
    a.plain("version", v.version);
    a.plain("revision", v.revision);
    a.plain("updated_at", v.updatedAt);
    a.maybe("updated_by", v.updatedBy);
    a.plain("channels", v.channels);
}
template <class A, Of<FlowList> V>
void fields(A& a, V& v) {
    a.field("flows", v.flows);
}
template <class A, Of<FlowDocument> V>
void fields(A& a, V& v) {
    fields(a, v.head);
    a.plain("shown", v.shown);
    a.field("graph", v.graph);
    a.maybe("tests", v.tests);
}
template <class A, Of<NewFlow> V>
void fields(A& a, V& v) {
    a.field("name", v.name);
    a.field("mode", v.mode);
    a.maybe("graph", v.graph);
    a.maybe("tests", v.tests);
}
template <class A, Of<FlowDraft> V>
void fields(A& a, V& v) {
    a.field("revision", v.revision);
    a.maybe("name", v.name);
    a.field("graph", v.graph);
    a.maybe("tests", v.tests);
}
template <class A, Of<FlowPublish> V>
void fields(A& a, V& v) {
    a.field("revision", v.revision);
    a.maybe("force", v.force);
}
template <class A, Of<FlowChange> V>
void fields(A& a, V& v) {
    a.field("revision", v.revision);
    a.maybe("version", v.version);
}
template <class A, Of<FlowVersion> V>
void fields(A& a, V& v) {
    a.field("version", v.version);
    a.plain("at", v.at);
    a.maybe("by", v.by);
}
template <class A, Of<FlowVersions> V>
void fields(A& a, V& v) {
    a.field("versions", v.versions);
}

template <class A, Of<FlowTestsDraft> V>
void fields(A& a, V& v) {
    a.field("revision", v.revision);
    a.field("tests", v.tests);
}
template <class A, Of<ReplayStep> V>
void fields(A& a, V& v) {
    a.field("node", v.node);
    a.maybe("port", v.port);
    a.plain("at", v.atMillis);
}
template <class A, Of<ReplayEvent> V>
void fields(A& a, V& v) {
    a.field("what", v.what);
    a.maybe("text", v.text);
    a.plain("at", v.atMillis);
}
template <class A, Of<Replay> V>
void fields(A& a, V& v) {
    a.field("session", v.session);
    a.field("flow", v.flow);
    a.maybe("flow_name", v.flowName);
    a.maybe("flow_gone", v.flowGone);
    a.plain("version", v.version);
    a.plain("started_at", v.startedAt);
    a.maybe("end", v.end);
    a.field("graph", v.graph);
    a.plain("steps", v.steps);
    a.plain("events", v.events);
    a.maybe("cut", v.cut);
}

// ---- groups, agents
template <class A, Of<GroupRow> V>
void fields(A& a, V& v) {
    a.field("id", v.id);
    a.field("mode", v.mode);
    a.field("name", v.name);
    a.plain("limit", v.limit);
    a.plain("members", v.members);
    a.plain("flows", v.flows);
    a.maybe("record", v.record);
}
template <class A, Of<GroupList> V>
void fields(A& a, V& v) {
    a.field("groups", v.groups);
}
template <class A, Of<GroupDraft> V>
void fields(A& a, V& v) {
    a.plain("mode", v.mode);
    a.field("name", v.name);
    a.plain("limit", v.limit);
    a.maybe("record", v.record);
}
template <class A, Of<MembersChange> V>
void fields(A& a, V& v) {
    a.plain("add", v.add);
    a.plain("remove", v.remove);
}
template <class A, Of<AgentRow> V>
void fields(A& a, V& v) {
    fields(a, v.agent);
    a.plain("created_at", v.createdAt);
    a.maybe("invited", v.invited);
}
template <class A, Of<AgentList> V>
void fields(A& a, V& v) {
    a.field("agents", v.agents);
    a.plain("mailed", v.mailed);
}
template <class A, Of<AgentDraft> V>
void fields(A& a, V& v) {
    a.field("name", v.name);
    a.maybe("nickname", v.nickname);
    a.maybe("email", v.email);
    a.maybe("staff_no", v.staffNo);
    a.maybe("mobile", v.mobile);
    a.plain("role", v.role);
    a.plain("groups", v.groups);
}
template <class A, Of<BulkAgents> V>
void fields(A& a, V& v) {
    a.field("rows", v.rows);
    a.maybe("add_good", v.addGood);
    a.maybe("check", v.check);
}
template <class A, Of<BadRow> V>
void fields(A& a, V& v) {
    a.field("row", v.row);
    a.maybe("field", v.field);
    a.field("code", v.code);
}
template <class A, Of<BulkResult> V>
void fields(A& a, V& v) {
    a.field("added", v.added);
    a.plain("bad", v.bad);
    a.maybe("there", v.there);
}

// ---- channels, settings and the rest
template <class A, Of<model::Channel> V>
void fields(A& a, V& v) {
    a.field("id", v.id);
    a.field("kind", v.kind);
    a.field("name", v.name);
    a.maybe("key", v.key);
    a.maybe("domain", v.domain);
    a.maybe("colour", v.colour);
    a.maybe("flow", v.flow);
}
template <class A, Of<ChannelList> V>
void fields(A& a, V& v) {
    a.field("channels", v.channels);
}
template <class A, Of<ChannelDraft> V>
void fields(A& a, V& v) {
    a.plain("kind", v.kind);
    a.field("name", v.name);
    a.maybe("domain", v.domain);
    a.maybe("colour", v.colour);
}
template <class A, Of<ChannelLink> V>
void fields(A& a, V& v) {
    a.plain("flow", v.flow);
}
template <class A, Of<NumberRow> V>
void fields(A& a, V& v) {
    a.field("channel", v.channel);
    a.field("number", v.number);
    a.field("type", v.type);
    a.maybe("flow", v.flow);
    a.maybe("flow_name", v.flowName);
    a.maybe("flow_state", v.flowState);
}
template <class A, Of<NumberList> V>
void fields(A& a, V& v) {
    a.field("numbers", v.numbers);
}
template <class A, Of<AudioRow> V>
void fields(A& a, V& v) {
    a.field("id", v.id);
    a.field("name", v.name);
    a.field("state", v.state);
    a.field("format", v.format);
    a.plain("bytes", v.bytes);
    a.plain("millis", v.millis);
    a.plain("created_at", v.createdAt);
    a.plain("flows", v.flows);
}
template <class A, Of<AudioList> V>
void fields(A& a, V& v) {
    a.field("audio", v.audio);
    a.maybe("review", v.review);
    a.maybe("speaks", v.speaks);
    a.maybe("voices", v.voices);
}
template <class A, Of<AudioDraft> V>
void fields(A& a, V& v) {
    a.field("name", v.name);
}
template <class A, Of<BlockedCustomer> V>
void fields(A& a, V& v) {
    a.field("id", v.id);
    a.maybe("name", v.name);
    a.maybe("notes", v.notes);
    a.maybe("channel", v.channel);
    a.plain("created_at", v.createdAt);
}
template <class A, Of<BlockList> V>
void fields(A& a, V& v) {
    a.field("customers", v.customers);
}
template <class A, Of<model::InstanceSettings> V>
void fields(A& a, V& v) {
    a.plain("chat_answer_timeout", v.chatAnswerTimeout);
    a.plain("chat_answer_seconds", v.chatAnswerSeconds);
    a.plain("all_media_answer_timeout", v.allMediaAnswerTimeout);
    a.plain("all_media_answer_seconds", v.allMediaAnswerSeconds);
    a.plain("phone_answer_timeout", v.phoneAnswerTimeout);
    a.plain("phone_answer_seconds", v.phoneAnswerSeconds);
    a.plain("phone_recovery", v.phoneRecovery);
    a.plain("phone_recovery_seconds", v.phoneRecoverySeconds);
    a.plain("phone_fewest_calls", v.phoneFewestCalls);
    a.plain("phone_last_agent_first", v.phoneLastAgentFirst);
    a.plain("blending", v.blending);
    a.plain("wrap_up_seconds", v.wrapUpSeconds);
    a.plain("service_level_seconds", v.serviceLevelSeconds);
    a.plain("retention_days", v.retentionDays);
    a.plain("picture_bytes", v.pictureBytes);
    a.plain("file_bytes", v.fileBytes);
}
template <class A, Of<InstanceForm> V>
void fields(A& a, V& v) {
    a.maybe("name", v.name);
    a.maybe("time_zone", v.timeZone);
    a.field("settings", v.settings);
}
template <class A, Of<QuickReplyDraft> V>
void fields(A& a, V& v) {
    a.field("title", v.title);
    a.field("text", v.text);
}
template <class A, Of<model::ScreenPop> V>
void fields(A& a, V& v) {
    a.field("name", v.name);
    a.field("url", v.url);
    a.plain("enabled", v.enabled);
}
template <class A, Of<ScreenPopForm> V>
void fields(A& a, V& v) {
    a.field("pops", v.pops);
}
template <class A, Of<AuditEntry> V>
void fields(A& a, V& v) {
    a.field("seq", v.seq);
    a.plain("at", v.at);
    a.maybe("agent", v.agent);
    a.maybe("agent_name", v.agentName);
    a.field("action", v.action);
    a.maybe("target", v.target);
    a.maybe("before", v.before);
    a.maybe("after", v.after);
}
template <class A, Of<AuditPage> V>
void fields(A& a, V& v) {
    a.field("entries", v.entries);
    a.plain("more", v.more);
}

/// A row that is left out would make the numbers of the bad ones wrong.
template <>
inline constexpr bool kStrictBody<BulkAgents> = true;

CLOUDBELL_BODY(Made)
CLOUDBELL_BODY(FlowList)
CLOUDBELL_BODY(FlowHead)
CLOUDBELL_BODY(FlowDocument)
CLOUDBELL_BODY(NewFlow)
CLOUDBELL_BODY(FlowDraft)
CLOUDBELL_BODY(FlowPublish)
CLOUDBELL_BODY(FlowChange)
CLOUDBELL_BODY(FlowVersions)
CLOUDBELL_BODY(FlowTestsDraft)
CLOUDBELL_BODY(Replay)
CLOUDBELL_BODY(GroupList)
CLOUDBELL_BODY(GroupRow)
CLOUDBELL_BODY(GroupDraft)
CLOUDBELL_BODY(MembersChange)
CLOUDBELL_BODY(AgentList)
CLOUDBELL_BODY(AgentRow)
CLOUDBELL_BODY(AgentDraft)
CLOUDBELL_BODY(BulkAgents)
CLOUDBELL_BODY(BulkResult)
CLOUDBELL_BODY(ChannelList)
CLOUDBELL_BODY(model::Channel)
CLOUDBELL_BODY(ChannelDraft)
CLOUDBELL_BODY(ChannelLink)
CLOUDBELL_BODY(NumberList)
CLOUDBELL_BODY(NumberRow)
CLOUDBELL_BODY(AudioList)
CLOUDBELL_BODY(AudioRow)
CLOUDBELL_BODY(AudioDraft)
CLOUDBELL_BODY(BlockList)
CLOUDBELL_BODY(InstanceForm)
CLOUDBELL_BODY(QuickReplyDraft)
CLOUDBELL_BODY(ScreenPopForm)
CLOUDBELL_BODY(AuditPage)

} // namespace cb::wire
