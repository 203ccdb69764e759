#include "server/admin/flow_rules.h"
#include "server/http/admin_handlers.h"
#include "server/http/agent_names.h"
#include "server/http/config_turn.h"

#include "shared/model/names.h"
#include "shared/wire/admin.h"

#include <algorithm>

namespace cb::http {

namespace {

constexpr wire::Limits kFlowLimits{wire::kMaxBody, 20};

std::vector<model::Channel> linkedTo(const std::vector<model::Channel>& channels, model::FlowId flow) {
    std::vector<model::Channel> out;
    for (const auto& channel : channels)
        if (channel.flow == flow && !channel.deleted)
            out.push_back(channel);
    return out;
}

wire::FlowHead headOf(const admin::StoredFlow& stored, AgentNames& names) {
    const auto& row = stored.draft;
    wire::FlowHead head;
    head.id = row.flow;
    head.name = row.name;
    head.mode = row.mode;
    head.state = stored.state();
    head.version = stored.newest;
    head.revision = row.revision;
    head.updatedAt = row.at;
    head.updatedBy = names.of(row.by);
    for (const auto& channel : stored.channels)
        head.channels.push_back(channel.id);
    return head;
}

/// With json and tests. Errors: not_found.
base::Result<admin::StoredFlow> find(store::Reader& reader, model::InstanceId instance, model::FlowId id) {
    auto versions = reader.directory().flowVersions(id);
    if (!versions)
        return versions.error();
    if (versions->empty() || versions->front().instance != instance || versions->front().deleted)
        return base::rejected("not_found");
    admin::StoredFlow stored;
    stored.newest = versions->front().version;
    auto row = reader.directory().flow(id, versions->back().version); // the draft, where there is one
    if (!row)
        return row.error();
    if (!*row)
        return base::rejected("not_found");
    stored.draft = std::move(**row);
    const auto latest =
        std::max_element(versions->begin(), versions->end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    stored.draft.at = latest->at;
    stored.draft.by = latest->by;
    auto channels = reader.directory().channels(instance);
    if (!channels)
        return channels.error();
    stored.channels = linkedTo(*channels, id);
    return stored;
}

std::string document(const admin::StoredFlow& stored, int shown, const std::string& json, AgentNames& names) {
    return wire::encodeBody(wire::FlowDocument{headOf(stored, names), shown, {json}, {stored.draft.tests}});
}

/// Who changed it meanwhile, in the words of the error.
base::Error named(base::Error error, const admin::StoredFlow& stored, store::Reader& reader) {
    if (error.code == "flow_changed")
        error.params["by"] = AgentNames(reader).of(stored.draft.by);
    return error;
}

/// A change of one flow: decides on what is stored, commits, and answers with the head as it is then.
template <class Decide>
Answer changeFlow(Services& services, const Call& call, const Decide& decide) {
    auto turn = ConfigTurn::begin(services, call);
    if (!turn)
        return turn.error();
    auto stored = find(turn->reader(), turn->instance(), model::FlowId{call.id(0)});
    if (!stored)
        return stored.error();
    base::Result<admin::Change> change = decide(*stored, *turn);
    if (!change)
        return named(change.error(), *stored, turn->reader());
    AgentNames names(turn->reader());
    admin::StoredFlow then = *stored;
    then.draft = change->rows.flows.front();
    then.newest = std::max(stored->newest, then.draft.version);
    const auto answer = wire::encodeBody(headOf(then, names));
    if (auto done = turn->commit(std::move(*change)); !done)
        return done.error();
    return answer;
}

} // namespace

Answer flowList(Services& services, const Call& call) {
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto rows = reader->directory().flows(call.who.instance);
    if (!rows)
        return rows.error();
    auto channels = reader->directory().channels(call.who.instance);
    if (!channels)
        return channels.error();
    AgentNames names(*reader);
    wire::FlowList list;
    for (const auto& row : *rows)
        if (!row.deleted)
            list.flows.push_back(headOf({row, row.version, linkedTo(*channels, row.flow)}, names));
    return wire::encodeBody(list);
}

Answer flowAdd(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::NewFlow>(call.body, kFlowLimits);
    if (!wanted)
        return wanted.error();
    auto turn = ConfigTurn::begin(services, call);
    if (!turn)
        return turn.error();
    auto flows = turn->directory().flows(call.who.instance);
    if (!flows)
        return flows.error();
    const auto have = std::count_if(flows->begin(), flows->end(), [](const auto& row) { return !row.deleted; });
    auto id = services.database.reserveIds(store::IdKind::Flow, 1);
    if (!id)
        return id.error();
    auto change = admin::newFlow(*wanted, model::FlowId{*id}, static_cast<std::size_t>(have), makerOf(services, call));
    if (!change)
        return change.error();
    AgentNames names(turn->reader());
    const auto answer = wire::encodeBody(headOf({change->rows.flows.front(), 0, {}}, names));
    if (auto done = turn->commit(std::move(*change)); !done)
        return done.error();
    return answer;
}

Answer flowGet(Services& services, const Call& call) {
    auto version = queryNumber(call.query, "version", 0);
    if (!version)
        return version.error();
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto stored = find(*reader, call.who.instance, model::FlowId{call.id(0)});
    if (!stored)
        return stored.error();
    AgentNames names(*reader);
    if (*version == 0)
        return document(*stored, 0, stored->draft.json, names);
    const int wanted = static_cast<int>(std::min<std::int64_t>(*version, 1 << 30));
    auto row = reader->directory().flow(stored->draft.flow, wanted);
    if (!row)
        return row.error();
    if (!*row)
        return base::rejected("not_found");
    return document(*stored, wanted, (*row)->json, names);
}

Answer flowPut(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::FlowDraft>(call.body, kFlowLimits);
    if (!wanted)
        return wanted.error();
    return changeFlow(services, call, [&](const admin::StoredFlow& stored, ConfigTurn&) {
        return admin::saveFlow(stored, *wanted, makerOf(services, call));
    });
}

Answer flowTests(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::FlowTestsDraft>(call.body, kFlowLimits);
    if (!wanted)
        return wanted.error();
    return changeFlow(services, call, [&](const admin::StoredFlow& stored, ConfigTurn&) {
        return admin::changeTests(stored, *wanted, makerOf(services, call));
    });
}

Answer flowPublish(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::FlowPublish>(call.body);
    if (!wanted)
        return wanted.error();
    return changeFlow(services, call,
                      [&](const admin::StoredFlow& stored, ConfigTurn& turn) -> base::Result<admin::Change> {
                          auto groups = turn.directory().groups(call.who.instance);
                          if (!groups)
                              return groups.error();
                          auto audio = turn.reader().telephone().audio(call.who.instance);
                          if (!audio)
                              return audio.error();
                          return admin::publishFlow(stored, *wanted, *groups, makerOf(services, call), *audio);
                      });
}

Answer flowUnpublish(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::FlowChange>(call.body);
    if (!wanted)
        return wanted.error();
    return changeFlow(services, call, [&](const admin::StoredFlow& stored, ConfigTurn&) {
        return admin::unpublishFlow(stored, *wanted, makerOf(services, call));
    });
}

Answer flowRestore(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::FlowChange>(call.body);
    if (!wanted)
        return wanted.error();
    return changeFlow(services, call,
                      [&](const admin::StoredFlow& stored, ConfigTurn& turn) -> base::Result<admin::Change> {
                          auto version = turn.directory().flow(stored.draft.flow, wanted->version);
                          if (!version)
                              return version.error();
                          if (wanted->version < 1 || !*version)
                              return base::with(base::rejected("bad_field"), "field", "version");
                          return admin::restoreFlow(stored, **version, *wanted, makerOf(services, call));
                      });
}

Answer flowDelete(Services& services, const Call& call) {
    auto revision = queryNumber(call.query, "revision", 0);
    if (!revision)
        return revision.error();
    auto answer = changeFlow(services, call, [&](const admin::StoredFlow& stored, ConfigTurn&) {
        return admin::deleteFlow(stored, {*revision, 0}, makerOf(services, call));
    });
    return answer ? Answer(std::string()) : answer;
}

Answer flowVersions(Services& services, const Call& call) {
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto rows = reader->directory().flowVersions(model::FlowId{call.id(0)});
    if (!rows)
        return rows.error();
    if (rows->empty() || rows->front().instance != call.who.instance || rows->front().deleted)
        return base::rejected("not_found");
    AgentNames names(*reader);
    wire::FlowVersions list;
    for (const auto& row : *rows)
        list.versions.push_back({row.version, row.at, names.of(row.by)});
    return wire::encodeBody(list);
}

} // namespace cb::http
