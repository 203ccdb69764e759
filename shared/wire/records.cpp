#include "shared/wire/records.h"

#include "shared/wire/body_p.h"
#include "shared/wire/fields_p.h"

namespace cb::wire {

template <class A, Of<RecordedCall> V>
void fields(A& a, V& v) {
    a.field("direction", v.direction);
    a.maybe("caller", v.caller);
    a.maybe("callee", v.callee);
    a.maybe("connected_at", v.connectedAt);
    a.plain("talk_ms", v.talkMillis);
    a.maybe("cause", v.cause);
    a.maybe("recorded", v.recorded);
}
template <class A, Of<Record> V>
void fields(A& a, V& v) {
    a.field("id", v.id);
    a.field("mode", v.mode);
    a.field("state", v.state);
    a.soft("end_reason", v.endReason);
    a.maybe("channel", v.channel);
    a.maybe("channel_name", v.channelName);
    a.soft("channel_kind", v.channelKind);
    a.maybe("customer", v.customer);
    a.maybe("customer_name", v.customerName);
    a.maybe("external_id", v.externalId);
    a.maybe("group", v.group);
    a.maybe("group_name", v.groupName);
    a.maybe("agent", v.agent);
    a.maybe("agent_name", v.agentName);
    a.maybe("agent_staff_no", v.agentStaffNo);
    a.maybe("last_agent", v.lastAgent);
    a.maybe("last_agent_name", v.lastAgentName);
    a.maybe("flow", v.flow);
    a.maybe("flow_name", v.flowName);
    a.maybe("flow_version", v.flowVersion);
    a.maybe("flow_path", v.flowPath);
    a.maybe("started_at", v.startedAt);
    a.maybe("queued_at", v.queuedAt);
    a.maybe("answered_at", v.answeredAt);
    a.maybe("ended_at", v.endedAt);
    a.maybe("completed_at", v.completedAt);
    a.maybe("wrap_up", v.wrapUp);
    a.maybe("offers", v.offers);
    a.maybe("call", v.call);
}
template <class A, Of<RecordPage> V>
void fields(A& a, V& v) {
    a.field("records", v.records);
    a.maybe("next", v.next);
    a.maybe("count", v.count);
    a.maybe("count_more", v.countMore);
}
template <class A, Of<RecordFilters> V>
void fields(A& a, V& v) {
    a.maybe("mode", v.mode);
    a.maybe("from", v.from);
    a.maybe("to", v.to);
    a.maybe("group", v.group);
    a.maybe("agent", v.agent);
    a.maybe("channel", v.channel);
    a.maybe("state", v.state);
    a.maybe("end_reason", v.endReason);
    a.maybe("answered", v.answered);
    a.maybe("customer", v.customer);
    a.maybe("text", v.text);
    a.maybe("direction", v.direction);
    a.maybe("recorded", v.recorded);
    a.maybe("number", v.number);
}
template <class A, Of<ExportWord> V>
void fields(A& a, V& v) {
    a.field("code", v.code);
    a.field("word", v.word);
}
template <class A, Of<ExportColumn> V>
void fields(A& a, V& v) {
    a.field("name", v.name);
    a.maybe("title", v.title);
    a.maybe("words", v.words);
}
template <class A, Of<NewExport> V>
void fields(A& a, V& v) {
    a.field("kind", v.kind);
    a.plain("filters", v.filters);
    a.plain("columns", v.columns);
}
template <class A, Of<ExportJob> V>
void fields(A& a, V& v) {
    a.field("id", v.id);
    a.field("state", v.state);
    a.plain("rows", v.rows);
    a.plain("percent", v.percent);
    a.plain("bytes", v.bytes);
    a.plain("created_at", v.createdAt);
    a.maybe("error", v.error);
}
template <class A, Of<ExportList> V>
void fields(A& a, V& v) {
    a.field("exports", v.exports);
}

CLOUDBELL_BODY(Record)
CLOUDBELL_BODY(RecordPage)
CLOUDBELL_BODY(NewExport)
CLOUDBELL_BODY(ExportJob)
CLOUDBELL_BODY(ExportList)

} // namespace cb::wire
