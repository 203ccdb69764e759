#include "server/store/rows_p.h"

#include <set>
#include <unordered_map>

namespace cb::store {

namespace {

/// Memberships of the agents that `where` (on agent) chooses, put into `rows`.
std::vector<model::Agent> agentsWhere(Connection& connection, const std::string& where, std::int64_t value) {
    std::vector<model::Agent> agents;
    std::unordered_map<std::int64_t, std::size_t> place;
    for (AgentRow& row : Select<AgentRow>(connection, where + " ORDER BY agent.id").bind(value).all()) {
        place.emplace(row.agent.id.value, agents.size());
        agents.push_back(std::move(row.agent));
    }
    std::int64_t agent = 0;
    std::int64_t group = 0;
    Query query(connection, "SELECT membership.agent, membership.skill_group FROM membership JOIN agent ON agent.id = "
                            "membership.agent " +
                                where + " ORDER BY membership.agent, membership.position");
    query.into(agent).into(group).bind(value);
    while (query.next())
        agents[place.at(agent)].groups.emplace_back(group);
    return agents;
}

/// Rows of flow_version joined with their flow; `document` says whether json and tests are wanted.
std::vector<FlowRow> flowRows(Connection& connection, bool document, const std::string& tail,
                              const std::vector<std::int64_t>& values, const std::string& number = "v.version") {
    FlowRow row;
    std::string mode;
    std::int64_t flow = 0, instance = 0, version = 0, published = 0, deleted = 0, at = 0, by = 0;
    Query query(connection, "SELECT f.id, f.instance, f.mode, f.name, " + number +
                                ", f.published, f.deleted, f.revision, "
                                "v.saved_at, v.saved_by, " +
                                (document ? "f.tests, v.document" : "'', ''") +
                                " FROM flow f JOIN flow_version v ON v.flow = f.id " + tail);
    query.into(flow).into(instance).into(mode).into(row.name).into(version).into(published);
    query.into(deleted).into(row.revision).into(at).into(by).into(row.tests).into(row.json);
    for (const std::int64_t value : values)
        query.bind(value);
    std::vector<FlowRow> rows;
    while (query.next()) {
        const auto parsed = model::parse<model::Mode>(mode);
        if (!parsed)
            throwBadRow("mode", mode);
        row.flow = model::FlowId(flow);
        row.instance = model::InstanceId(instance);
        row.mode = *parsed;
        row.version = static_cast<int>(version);
        row.published = published != 0;
        row.deleted = deleted != 0;
        row.at = base::fromUnixMillis(at);
        row.by = model::AgentId(by);
        rows.push_back(row);
    }
    return rows;
}

std::optional<FlowRow> firstOf(std::vector<FlowRow> rows) {
    return rows.empty() ? std::nullopt : std::optional<FlowRow>(std::move(rows.front()));
}

} // namespace

base::Result<std::vector<model::Instance>> Directory::instances() {
    return reading(*m_connection, [&] { return Select<model::Instance>(*m_connection, "ORDER BY id").all(); });
}

base::Result<std::optional<model::Instance>> Directory::instance(model::InstanceId id) {
    return reading(*m_connection,
                   [&] { return Select<model::Instance>(*m_connection, "WHERE id = :id").bind(id).first(); });
}

base::Result<std::vector<model::Group>> Directory::groups(model::InstanceId instance) {
    return reading(*m_connection, [&] {
        return Select<model::Group>(*m_connection, "WHERE instance = :i ORDER BY id").bind(instance).all();
    });
}

base::Result<std::vector<model::Agent>> Directory::agents(model::InstanceId instance) {
    return reading(*m_connection,
                   [&] { return agentsWhere(*m_connection, "WHERE agent.instance = :i", instance.value); });
}

base::Result<std::optional<model::Agent>> Directory::agent(model::AgentId id) {
    return reading(*m_connection, [&] {
        auto found = agentsWhere(*m_connection, "WHERE agent.id = :i", id.value);
        return found.empty() ? std::nullopt : std::optional<model::Agent>(std::move(found.front()));
    });
}

base::Result<std::vector<model::Agent>> Directory::authorsOf(std::span<const model::Message> messages) {
    std::vector<model::AgentId> ids;
    for (const model::Message& message : messages)
        ids.push_back(message.agent);
    return agentsNamed(ids);
}

base::Result<std::vector<model::Agent>> Directory::agentsNamed(std::span<const model::AgentId> ids) {
    std::set<model::AgentId> each(ids.begin(), ids.end());
    each.erase(model::AgentId{}); // nobody
    return reading(*m_connection, [&] {
        std::vector<model::Agent> agents;
        for (const model::AgentId id : each)
            if (auto row = Select<AgentRow>(*m_connection, "WHERE agent.id = :i").bind(id).first())
                agents.push_back(std::move(row->agent));
        return agents;
    });
}

base::Result<std::vector<model::Channel>> Directory::channels(model::InstanceId instance) {
    return reading(*m_connection, [&] {
        return Select<model::Channel>(*m_connection, "WHERE instance = :i ORDER BY id").bind(instance).all();
    });
}

base::Result<std::optional<model::Channel>> Directory::channel(model::ChannelId id) {
    return reading(*m_connection,
                   [&] { return Select<model::Channel>(*m_connection, "WHERE id = :id").bind(id).first(); });
}

base::Result<std::optional<model::Channel>> Directory::channelByKey(std::string_view key) {
    return reading(*m_connection, [&] {
        return Select<model::Channel>(*m_connection, "WHERE public_key = :k AND public_key <> ''").bind(key).first();
    });
}

base::Result<std::vector<model::QuickReply>> Directory::quickReplies(model::InstanceId instance) {
    return reading(*m_connection, [&] {
        return Select<model::QuickReply>(*m_connection, "WHERE instance = :i ORDER BY id").bind(instance).all();
    });
}

base::Result<std::vector<model::ScreenPop>> Directory::screenPops(model::InstanceId instance) {
    return reading(*m_connection, [&] {
        std::vector<model::ScreenPop> pops;
        model::ScreenPop pop;
        std::int64_t enabled = 0;
        Query query(*m_connection, "SELECT name, url, enabled FROM screen_pop WHERE instance = :i ORDER BY position");
        query.into(pop.name).into(pop.url).into(enabled).bind(instance.value);
        while (query.next()) {
            pop.enabled = enabled != 0;
            pops.push_back(pop);
        }
        return pops;
    });
}

base::Result<std::vector<FlowRow>> Directory::flows(model::InstanceId instance) {
    return reading(*m_connection, [&] {
        return flowRows(
            *m_connection, false,
            "WHERE f.instance = :i AND v.version = (SELECT w.version FROM flow_version w WHERE w.flow = f.id "
            "ORDER BY w.saved_at DESC, w.version DESC LIMIT 1) ORDER BY f.id",
            {instance.value}, "(SELECT MAX(m.version) FROM flow_version m WHERE m.flow = f.id)");
    });
}

base::Result<std::vector<FlowRow>> Directory::flowVersions(model::FlowId flow) {
    return reading(*m_connection, [&] {
        return flowRows(*m_connection, false, "WHERE f.id = :f ORDER BY v.version DESC", {flow.value});
    });
}

base::Result<std::optional<FlowRow>> Directory::flow(model::FlowId flow, int version) {
    return reading(*m_connection, [&] {
        return firstOf(
            flowRows(*m_connection, true, "WHERE f.id = :f AND v.version = :v", {flow.value, std::int64_t(version)}));
    });
}

base::Result<std::optional<FlowRow>> Directory::publishedFlow(model::FlowId flow) {
    return reading(*m_connection, [&] {
        return firstOf(flowRows(*m_connection, true,
                                "WHERE f.id = :f AND f.published = 1 AND v.version > 0 ORDER BY v.version DESC LIMIT 1",
                                {flow.value}));
    });
}

base::Result<std::optional<std::string>> Directory::operatorSetting(std::string_view name) {
    return reading(*m_connection, [&]() -> std::optional<std::string> {
        std::string value;
        Query query(*m_connection, "SELECT value FROM operator_setting WHERE name = :n");
        if (!query.into(value).bind(name).next())
            return std::nullopt;
        return value;
    });
}

} // namespace cb::store
