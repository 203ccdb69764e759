#include "server/http/handlers.h"

#include "shared/base/text.h"
#include "shared/flow/json.h"
#include "shared/flow/validate.h"
#include "shared/model/names.h"
#include "shared/wire/frame.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <future>

namespace cb::http {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxName = 40; ///< characters of a flow's name

std::string text(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<std::int64_t> linkedChannels(store::Reader& reader, model::InstanceId instance, model::FlowId flow) {
    std::vector<std::int64_t> out;
    if (auto channels = reader.directory().channels(instance))
        for (const auto& channel : *channels)
            if (channel.flow == flow && !channel.deleted)
                out.push_back(channel.id.value);
    return out;
}

Json head(const store::FlowRow& row, const std::vector<std::int64_t>& channels, int newest) {
    const char* state = !row.published ? "unpublished" : channels.empty() ? "published" : "in_use";
    return {{"id", row.flow.value}, {"name", row.name},  {"mode", model::name(row.mode)},
            {"state", state},       {"version", newest}, {"updated_at", base::toUnixMillis(row.at)},
            {"channels", channels}};
}

struct Known {
    store::FlowRow row; ///< the draft, or the newest version when there is none
    int newest = 0;     ///< highest version; 0 = never published
    std::vector<std::int64_t> channels;
};

base::Result<Known> find(store::Reader& reader, model::InstanceId instance, model::FlowId id, std::int64_t version) {
    auto versions = reader.directory().flowVersions(id);
    if (!versions)
        return versions.error();
    if (versions->empty() || versions->front().instance != instance)
        return base::rejected("not_found");
    Known known;
    bool draft = false;
    for (const auto& row : *versions) {
        known.newest = std::max(known.newest, row.version);
        draft = draft || row.version == 0;
    }
    const int wanted = version > 0 ? static_cast<int>(std::min<std::int64_t>(version, 1 << 30))
                       : draft     ? 0
                                   : known.newest;
    auto row = reader.directory().flow(id, wanted);
    if (!row)
        return row.error();
    if (!*row)
        return base::rejected("not_found");
    known.row = std::move(**row);
    known.channels = linkedChannels(reader, instance, id);
    return known;
}

Answer document(const Known& known) {
    Json out = head(known.row, known.channels, known.newest);
    out["graph"] = Json::parse(known.row.json, nullptr, false);
    if (out["graph"].is_discarded())
        return base::fatal("internal", "a stored flow is not JSON");
    return text(out);
}

constexpr std::chrono::seconds kPatience{30};

base::Error late() {
    return base::retry("storage_unavailable", "the desk did not answer");
}

/// Hands the change to the desk and waits for its commit. `turn` ends with it, also when nobody waits any more: what
/// was read before this change is committed or has failed must not be written after it.
base::Result<void> change(Services& services, const Call& call, store::FlowRow row, const char* action,
                          std::shared_ptr<void> turn) {
    desk::ChangeConfig command;
    command.instance = call.who.instance;
    command.by = call.who.agent;
    command.action = action;
    command.target = "flow " + std::to_string(row.flow.value);
    command.after = row.name + ", version " + std::to_string(row.version);
    command.rows.flows.push_back(std::move(row));
    auto promise = std::make_shared<std::promise<base::Result<void>>>(); // shared with the desk's callback
    auto answer = promise->get_future();
    command.done = [promise, turn = std::move(turn)](base::Result<void> result) {
        promise->set_value(std::move(result));
    };
    if (!services.toDesk(desk::LoadInstance{call.who.instance}) || !services.toDesk(std::move(command)))
        return base::retry("overloaded");
    if (answer.wait_for(kPatience) != std::future_status::ready)
        return late();
    return answer.get();
}

flow::ValidationContext contextOf(const std::vector<model::Group>& groups) {
    flow::ValidationContext context;
    for (const auto& group : groups)
        if (const auto mode = flow::parseMode(model::name(group.mode)))
            context.groups.emplace(flow::GroupId{group.id.value}, *mode);
    return context;
}

base::Error invalid(const std::vector<flow::Problem>& problems) {
    Json list = Json::array();
    for (const auto& problem : problems)
        list.push_back({{"node", problem.node.value}, {"code", problem.code}, {"params", problem.params}});
    return base::with(base::rejected("flow_invalid"), "problems", text(list));
}

} // namespace

Answer flowList(Services& services, const Call& call) {
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto rows = reader->directory().flows(call.who.instance);
    if (!rows)
        return rows.error();
    Json list = Json::array();
    for (const auto& row : *rows)
        list.push_back(head(row, linkedChannels(*reader, call.who.instance, row.flow), row.version));
    return text({{"flows", list}});
}

Answer flowGet(Services& services, const Call& call) {
    auto version = queryNumber(call.query, "version", 0);
    if (!version)
        return version.error();
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto known = find(*reader, call.who.instance, model::FlowId{call.id(0)}, *version);
    if (!known)
        return known.error();
    return document(*known);
}

Answer flowPut(Services& services, const Call& call) {
    auto body = wire::parseJson(call.body, {wire::kMaxBody, 20});
    if (!body)
        return body.error();
    if (!body->is_object() || !body->contains("graph") || !(*body)["graph"].is_object())
        return base::with(base::rejected("bad_field"), "field", "graph");
    auto graph = flow::parseJson(text((*body)["graph"]));
    if (!graph)
        return graph.error();
    auto turn = services.flowChanges.take(kPatience);
    if (turn == nullptr)
        return late();
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto known = find(*reader, call.who.instance, model::FlowId{call.id(0)}, 0);
    if (!known)
        return known.error();
    store::FlowRow& row = known->row;
    if (body->contains("name")) {
        const auto& name = (*body)["name"];
        row.name = name.is_string() ? base::trimmed(name.get<std::string>()) : std::string();
        if (row.name.empty() || base::length(row.name) > kMaxName || base::hasControl(row.name))
            return base::with(base::rejected("bad_field"), "field", "name");
    }
    if (flow::name(graph->mode) != model::name(row.mode))
        return base::with(base::rejected("bad_field", "a flow's mode is fixed"), "field", "graph.mode");
    row.version = 0;
    row.json = flow::toJson(*graph);
    row.at = services.clock.now();
    if (auto done = change(services, call, row, "flow.save", std::move(turn)); !done)
        return done.error();
    return document(*known);
}

Answer flowPublish(Services& services, const Call& call) {
    auto turn = services.flowChanges.take(kPatience);
    if (turn == nullptr)
        return late();
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto known = find(*reader, call.who.instance, model::FlowId{call.id(0)}, 0);
    if (!known)
        return known.error();
    auto newest = reader->directory().flow(known->row.flow, known->newest);
    if (!newest)
        return newest.error();
    if (*newest && (*newest)->published && (*newest)->json == known->row.json) {
        known->row = std::move(**newest); // nothing was changed since: perhaps a repeat whose answer was lost
        return document(*known);
    }
    auto graph = flow::parseJson(known->row.json);
    if (!graph)
        return graph.error();
    auto groups = reader->directory().groups(call.who.instance);
    if (!groups)
        return groups.error();
    if (const auto problems = flow::validate(*graph, contextOf(*groups)); !problems.empty())
        return invalid(problems);
    store::FlowRow& row = known->row;
    row.version = known->newest + 1;
    row.published = true;
    row.at = services.clock.now();
    if (auto done = change(services, call, row, "flow.publish", std::move(turn)); !done)
        return done.error();
    known->newest = row.version;
    return document(*known);
}

} // namespace cb::http
