#include "server/http/admin_handlers.h"
#include "server/http/agent_names.h"

#include "shared/model/flow_trace.h"
#include "shared/model/names.h"
#include "shared/wire/admin.h"

namespace cb::http {

namespace {

constexpr std::size_t kMostEvents = 2'000;

const char* nameOf(model::Side side) {
    switch (side) {
    case model::Side::Customer:
        return "customer";
    case model::Side::Agent:
        return "agent";
    case model::Side::Flow:
    case model::Side::System:
        break;
    }
    return "flow";
}

/// Empty `what`: of no interest to somebody who looks at the flow.
wire::ReplayEvent told(const model::Event& event, AgentNames& names) {
    wire::ReplayEvent out;
    switch (event.kind) {
    case model::EventKind::Message:
        if (event.message.kind == model::MessageKind::Note)
            return {};
        out.what = nameOf(event.message.side);
        out.text = event.message.text;
        break;
    case model::EventKind::SessionQueued:
        out.what = "queued";
        break;
    case model::EventKind::SessionOffered:
        out.what = "offered";
        out.text = names.of(event.agent);
        break;
    case model::EventKind::SessionAssigned:
        out.what = "answered";
        out.text = names.of(event.agent);
        break;
    case model::EventKind::SessionReturned:
        out.what = "returned";
        if (const auto* detail = std::get_if<model::ReturnedDetail>(&event.detail))
            out.text = model::name(detail->reason);
        break;
    case model::EventKind::SessionEnded:
        out.what = "ended";
        if (const auto* detail = std::get_if<model::EndedDetail>(&event.detail))
            out.text = model::name(detail->reason);
        break;
    default:
        break;
    }
    return out;
}

} // namespace

Answer sessionReplay(Services& services, const Call& call) {
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto session = visibleSession(*reader, call.who, model::SessionId{call.id(0)});
    if (!session)
        return session.error();
    auto flow = reader->directory().flow(session->flow, session->flowVersion);
    if (!flow)
        return flow.error();
    if (!*flow)
        return base::rejected("not_found", "it went through no flow");
    auto events = reader->events().ofSession(session->id, kMostEvents + 1);
    if (!events)
        return events.error();
    wire::Replay out;
    out.session = session->id;
    out.flow = session->flow;
    out.flowName = (*flow)->name;
    out.flowGone = (*flow)->deleted;
    out.version = session->flowVersion;
    out.startedAt = session->startedAt;
    if (session->endReason != model::EndReason::None)
        out.end = model::name(session->endReason);
    out.graph.text = std::move((*flow)->json);
    for (auto& step : model::parseTrace(session->flowTrace))
        out.steps.push_back({step.node, std::move(step.port), step.atMillis});
    out.cut = events->size() > kMostEvents;
    if (out.cut)
        events->resize(kMostEvents);
    AgentNames names(*reader);
    for (const auto& event : *events) {
        auto one = told(event, names);
        if (one.what.empty())
            continue;
        one.atMillis = (event.at - session->startedAt) / base::Millis(1);
        out.events.push_back(std::move(one));
    }
    return wire::encodeBody(out);
}

} // namespace cb::http
