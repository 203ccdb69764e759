#include "server/admin/flow_rules.h"

#include "server/admin/fields.h"
#include "server/admin/flow_audit.h"
#include "shared/base/text.h"
#include "shared/flow/json.h"
#include "shared/flow/validate.h"
#include "shared/flowtest/flow_test.h"
#include "shared/model/names.h"

#include <nlohmann/json.hpp>

namespace cb::admin {

namespace {

using Json = nlohmann::json;

std::string text(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string target(const StoredFlow& stored) {
    return targetOf("flow", stored.draft.flow.value, stored.draft.name);
}

/// The row one revision on.
store::FlowRow next(const StoredFlow& stored, const Maker& maker) {
    store::FlowRow row = stored.draft;
    row.version = 0;
    row.revision = stored.draft.revision + 1;
    row.at = maker.now;
    row.by = maker.agent;
    return row;
}

Change change(store::FlowRow row, const char* action, const StoredFlow& stored, std::string before, std::string after) {
    Change out;
    out.action = action;
    out.target = target(stored);
    out.before = std::move(before);
    out.after = std::move(after);
    out.rows.flows.push_back(std::move(row));
    return out;
}

base::Result<void> isNewest(const StoredFlow& stored, std::int64_t revision) {
    if (revision == stored.draft.revision)
        return {};
    auto error = base::conflict("flow_changed");
    error = base::with(error, "revision", std::to_string(stored.draft.revision));
    return base::with(error, "at", std::to_string(base::toUnixMillis(stored.draft.at)));
}

/// The state table first: what cannot be done at all is said before what has become old.
base::Result<void> mayEdit(const StoredFlow& stored, std::int64_t revision) {
    if (stored.state() != model::FlowState::Unpublished)
        return base::conflict("flow_published");
    return isNewest(stored, revision);
}

base::Result<flow::Graph> graphOf(const std::string& json, model::Mode mode) {
    auto graph = flow::parseJson(json);
    if (graph && flow::name(graph->mode) != model::name(mode))
        return base::with(base::rejected("bad_field", "a flow's mode is fixed"), "field", "graph.mode");
    return graph;
}

flow::Graph startAndEnd(model::Mode mode) {
    flow::Graph graph;
    graph.mode = *flow::parseMode(model::name(mode));
    graph.nodes = {{flow::NodeId{1}, "", {0, 0}, flow::Start{}}, {flow::NodeId{2}, "", {320, 0}, flow::End{}}};
    graph.edges = {{flow::NodeId{1}, "next", flow::NodeId{2}}};
    return graph;
}

flow::ValidationContext contextOf(std::span<const model::Group> groups, std::span<const model::Audio> audio) {
    flow::ValidationContext context;
    for (const auto& group : groups)
        if (const auto mode = flow::parseMode(model::name(group.mode)))
            context.groups.emplace(flow::GroupId{group.id.value}, *mode);
    for (const auto& row : audio)
        if (!row.deleted && row.state == model::AudioState::Approved)
            context.approvedAudio.insert(flow::AudioId{row.id.value});
    return context;
}

base::Error invalid(const std::vector<flow::Problem>& problems) {
    Json list = Json::array();
    for (const auto& problem : problems)
        list.push_back({{"node", problem.node.value}, {"code", problem.code}, {"params", problem.params}});
    return base::with(base::rejected("flow_invalid"), "problems", text(list));
}

/// What the tests that fail came to; empty when all pass.
Json failures(const flow::Graph& graph, const std::vector<flowtest::FlowTest>& tests) {
    Json list = Json::array();
    for (const auto& test : tests) {
        const auto verdict = flowtest::run(graph, test);
        if (verdict.passed)
            continue;
        list.push_back({{"name", test.name},
                        {"code", verdict.code},
                        {"expected", verdict.expected.value},
                        {"came", verdict.came.value},
                        {"end", verdict.end}});
    }
    return list;
}

/// Canonical, so that equal ones are equal.
base::Result<std::string> testsJson(const std::string& json) {
    auto tests = flowtest::parseTests(json);
    if (!tests)
        return tests.error();
    return flowtest::toJson(*tests);
}

} // namespace

model::FlowState StoredFlow::state() const {
    if (!draft.published)
        return model::FlowState::Unpublished;
    return channels.empty() ? model::FlowState::Published : model::FlowState::InUse;
}

base::Result<std::string> checkedName(const std::string& name) {
    const auto trimmed = base::trimmed(name);
    if (trimmed.empty() || base::length(trimmed) > kMaxFlowName || base::hasControl(trimmed) ||
        trimmed.find('\n') != std::string::npos)
        return base::with(base::rejected("bad_field"), "field", "name");
    return trimmed;
}

base::Result<Change> newFlow(const wire::NewFlow& wanted, model::FlowId id, std::size_t have, const Maker& maker) {
    if (have >= kMaxFlows)
        return base::with(base::rejected("too_many_flows"), "count", std::to_string(kMaxFlows));
    auto name = checkedName(wanted.name);
    if (!name)
        return name.error();
    auto graph = wanted.graph.text.empty() ? base::Result<flow::Graph>(startAndEnd(wanted.mode))
                                           : graphOf(wanted.graph.text, wanted.mode);
    if (!graph)
        return graph.error();
    auto tests = testsJson(wanted.tests.text.empty() ? "[]" : wanted.tests.text);
    if (!tests)
        return tests.error();
    StoredFlow made;
    made.draft.flow = id;
    made.draft.instance = maker.instance;
    made.draft.mode = wanted.mode;
    made.draft.name = *name;
    made.draft.json = flow::toJson(*graph);
    made.draft.tests = *tests;
    return change(next(made, maker), "flow.add", made, "", *name);
}

base::Result<Change> saveFlow(const StoredFlow& stored, const wire::FlowDraft& wanted, const Maker& maker) {
    if (auto may = mayEdit(stored, wanted.revision); !may)
        return may.error();
    auto row = next(stored, maker);
    if (!wanted.name.empty()) {
        auto name = checkedName(wanted.name);
        if (!name)
            return name.error();
        row.name = *name;
    }
    auto graph = graphOf(wanted.graph.text, row.mode);
    if (!graph)
        return graph.error();
    row.json = flow::toJson(*graph);
    if (!wanted.tests.text.empty()) {
        auto tests = testsJson(wanted.tests.text);
        if (!tests)
            return tests.error();
        row.tests = *tests;
    }
    auto text = describeChange(stored.draft, row);
    return change(std::move(row), "flow.save", stored, std::move(text.before), std::move(text.after));
}

base::Result<Change> publishFlow(const StoredFlow& stored, const wire::FlowPublish& wanted,
                                 std::span<const model::Group> groups, const Maker& maker,
                                 std::span<const model::Audio> audio) {
    if (auto may = mayEdit(stored, wanted.revision); !may)
        return may.error();
    auto graph = flow::parseJson(stored.draft.json);
    if (!graph)
        return graph.error();
    if (const auto problems = flow::validate(*graph, contextOf(groups, audio)); !problems.empty())
        return invalid(problems);
    auto tests = flowtest::parseTests(stored.draft.tests);
    if (!tests)
        return tests.error();
    const Json failed = failures(*graph, *tests);
    if (!failed.empty() && !wanted.force)
        return base::with(base::rejected("flow_tests_failed"), "tests", text(failed));
    auto row = next(stored, maker);
    row.version = stored.newest + 1;
    row.published = true;
    const auto before = stored.newest > 0 ? "version " + std::to_string(stored.newest) : std::string();
    auto after = row.name + ", version " + std::to_string(row.version);
    if (failed.empty())
        return change(std::move(row), "flow.publish", stored, before, std::move(after));
    after += ", although failed:";
    for (const auto& each : failed)
        after += " \"" + each.at("name").get<std::string>() + "\"";
    return change(std::move(row), "flow.publish_forced", stored, before, std::move(after));
}

base::Result<Change> unpublishFlow(const StoredFlow& stored, const wire::FlowChange& wanted, const Maker& maker) {
    if (stored.state() == model::FlowState::Unpublished)
        return base::conflict("flow_not_published");
    if (stored.state() == model::FlowState::InUse) {
        std::vector<std::string> names;
        for (const auto& channel : stored.channels)
            names.push_back(channel.name);
        return naming(base::conflict("flow_in_use"), "channels", names);
    }
    if (auto newest = isNewest(stored, wanted.revision); !newest)
        return newest.error();
    auto row = next(stored, maker);
    row.published = false;
    return change(std::move(row), "flow.unpublish", stored, "version " + std::to_string(stored.newest), "");
}

base::Result<Change> restoreFlow(const StoredFlow& stored, const store::FlowRow& version,
                                 const wire::FlowChange& wanted, const Maker& maker) {
    if (auto may = mayEdit(stored, wanted.revision); !may)
        return may.error();
    auto row = next(stored, maker);
    row.json = version.json;
    auto text = describeChange(stored.draft, row);
    return change(std::move(row), "flow.restore", stored, std::move(text.before),
                  "version " + std::to_string(version.version) + text.after.substr(stored.draft.name.size()));
}

base::Result<Change> changeTests(const StoredFlow& stored, const wire::FlowTestsDraft& wanted, const Maker& maker) {
    if (auto newest = isNewest(stored, wanted.revision); !newest)
        return newest.error();
    auto tests = testsJson(wanted.tests.text);
    if (!tests)
        return tests.error();
    auto row = next(stored, maker);
    row.tests = *tests;
    auto text = describeChange(stored.draft, row);
    return change(std::move(row), "flow.tests", stored, std::move(text.before), std::move(text.after));
}

base::Result<Change> deleteFlow(const StoredFlow& stored, const wire::FlowChange& wanted, const Maker& maker) {
    if (auto may = mayEdit(stored, wanted.revision); !may)
        return may.error();
    auto row = next(stored, maker);
    row.deleted = true;
    return change(std::move(row), "flow.delete", stored, stored.draft.name, "");
}

bool carries(model::ChannelKind kind, model::Mode mode) {
    switch (kind) {
    case model::ChannelKind::WeChatAccount:
        return mode == model::Mode::Chat;
    case model::ChannelKind::Phone:
        return mode == model::Mode::Phone;
    case model::ChannelKind::Website:
    case model::ChannelKind::Kiosk:
    case model::ChannelKind::MiniProgram:
        return mode != model::Mode::Phone;
    }
    return false;
}

base::Result<void> mayLink(model::ChannelKind kind, const store::FlowRow& flow) {
    if (flow.deleted || !flow.published)
        return base::conflict("flow_not_published");
    if (carries(kind, flow.mode))
        return {};
    auto error = base::with(base::rejected("mode_not_carried"), "mode", std::string(model::name(flow.mode)));
    return base::with(error, "kind", std::string(model::name(kind)));
}

} // namespace cb::admin
