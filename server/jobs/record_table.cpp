#include "server/jobs/record_table.h"

#include "server/jobs/csv.h"
#include "shared/model/names.h"

namespace cb::jobs {

namespace {

/// An empty one when there is none.
template <class Map, class Key>
auto found(const Map& map, Key key) -> const typename Map::mapped_type& {
    static const typename Map::mapped_type kNone{};
    const auto place = map.find(key);
    return place == map.end() ? kNone : place->second;
}

std::string seconds(base::TimePoint from, base::TimePoint to) {
    if (from == base::TimePoint{} || to < from)
        return {};
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(to - from).count());
}

/// Until the answer, or until the customer gave up.
std::string waited(const model::Session& row) {
    return seconds(row.queuedAt, row.answeredAt != base::TimePoint{} ? row.answeredAt : row.endedAt);
}

std::string worded(const Column& column, const std::string& code) {
    const auto word = column.words.find(code);
    return word == column.words.end() ? code : word->second;
}

} // namespace

const std::vector<std::string_view>& recordColumns() {
    static const std::vector<std::string_view> kColumns{
        "id",           "mode",         "channel",       "channel_kind",     "customer",     "external_id",
        "group",        "agent",        "staff_no",      "last_agent",       "answered",     "state",
        "end_reason",   "started_at",   "queued_at",     "answered_at",      "ended_at",     "completed_at",
        "wait_seconds", "talk_seconds", "total_seconds", "wrap_up_category", "wrap_up_note", "flow",
        "flow_version", "flow_path",    "direction",     "caller",           "callee",       "call_cause",
        "recorded"};
    return kColumns;
}

base::Result<RecordTable> RecordTable::make(store::Reader& reader, model::InstanceId instance,
                                            std::vector<Column> columns) {
    auto directory = reader.directory();
    auto row = directory.instance(instance);
    auto channels = directory.channels(instance);
    auto groups = directory.groups(instance);
    auto agents = directory.agents(instance);
    auto flows = directory.flows(instance);
    for (const base::Error* error :
         {row ? nullptr : &row.error(), channels ? nullptr : &channels.error(), groups ? nullptr : &groups.error(),
          agents ? nullptr : &agents.error(), flows ? nullptr : &flows.error()})
        if (error != nullptr)
            return *error;
    RecordTable table;
    table.m_columns = std::move(columns);
    if (*row)
        if (auto zone = base::TimeZone::load((*row)->timeZone))
            table.m_zone = std::move(*zone);
    for (auto& channel : *channels)
        table.m_channels.emplace(channel.id, channel);
    for (auto& group : *groups)
        table.m_groups.emplace(group.id, group.name);
    for (auto& agent : *agents)
        table.m_agents.emplace(agent.id, agent);
    for (auto& flow : *flows)
        table.m_flows.emplace(flow.flow, flow.name);
    return table;
}

std::vector<std::string> RecordTable::head() const {
    std::vector<std::string> cells;
    for (const auto& column : m_columns)
        cells.push_back(column.title);
    return cells;
}

base::Result<std::vector<std::vector<std::string>>>
RecordTable::rows(store::Reader& reader, const std::vector<model::Session>& sessions) const {
    std::vector<model::CustomerId> ids;
    ids.reserve(sessions.size());
    std::vector<model::SessionId> phoned;
    for (const auto& session : sessions) {
        ids.push_back(session.customer);
        if (session.mode == model::Mode::Phone)
            phoned.push_back(session.id);
    }
    auto calls = reader.calls().bySessions(phoned);
    if (!calls)
        return calls.error();
    std::unordered_map<model::SessionId, model::Call> called;
    for (auto& call : *calls)
        called.emplace(call.session, std::move(call));
    auto customers = reader.customers().byIds(ids);
    if (!customers)
        return customers.error();
    std::unordered_map<model::CustomerId, model::Customer> known;
    for (auto& customer : *customers)
        known.emplace(customer.id, std::move(customer));
    std::vector<std::vector<std::string>> rows;
    for (const auto& session : sessions) {
        auto& cells = rows.emplace_back();
        const Named named{found(known, session.customer), found(m_channels, session.channel),
                          found(m_agents, session.agent ? session.agent : session.lastAgent),
                          found(m_agents, session.lastAgent), found(called, session.id)};
        for (const auto& column : m_columns)
            cells.push_back(worded(column, cell(column.name, session, named)));
    }
    return rows;
}

std::string RecordTable::cell(std::string_view column, const model::Session& row, const Named& named) const {
    const auto is = [&](std::string_view name) { return column == name; };
    const auto nameOr = [](auto id, const std::string& name) {
        return name.empty() && id ? std::to_string(id.value) : name;
    };
    if (is("id"))
        return std::to_string(row.id.value);
    if (is("mode"))
        return std::string(model::name(row.mode));
    if (is("channel"))
        return nameOr(row.channel, named.channel.name);
    if (is("channel_kind"))
        return std::string(model::name(named.channel.kind));
    if (is("customer"))
        return named.customer.name;
    if (is("external_id"))
        return model::tellsWho(named.channel.kind) ? named.customer.externalId : std::string();
    if (is("group"))
        return nameOr(row.group, found(m_groups, row.group));
    if (is("agent"))
        return named.agent.name;
    if (is("staff_no"))
        return named.agent.staffNo;
    if (is("last_agent"))
        return named.lastAgent.name;
    if (is("answered"))
        return row.answeredAt == base::TimePoint{} ? "no" : "yes";
    if (is("state"))
        return std::string(model::name(row.state));
    if (is("end_reason"))
        return std::string(model::name(row.endReason));
    if (is("started_at"))
        return isoTime(row.startedAt, m_zone);
    if (is("queued_at"))
        return isoTime(row.queuedAt, m_zone);
    if (is("answered_at"))
        return isoTime(row.answeredAt, m_zone);
    if (is("ended_at"))
        return isoTime(row.endedAt, m_zone);
    if (is("completed_at"))
        return isoTime(row.completedAt, m_zone);
    if (is("wait_seconds"))
        return waited(row);
    if (is("talk_seconds"))
        return named.call.session ? std::to_string(named.call.talkMillis / 1'000)
                                  : seconds(row.answeredAt, row.endedAt);
    if (is("total_seconds"))
        return seconds(row.startedAt, row.endedAt);
    if (is("wrap_up_category"))
        return row.wrapUp.category;
    if (is("wrap_up_note"))
        return row.wrapUp.note;
    if (is("flow"))
        return nameOr(row.flow, found(m_flows, row.flow));
    if (is("flow_version"))
        return row.flowVersion > 0 ? std::to_string(row.flowVersion) : std::string();
    if (is("flow_path"))
        return row.flowPath;
    return callCell(column, named.call);
}

/// Of other sessions than calls there is nothing to say.
std::string RecordTable::callCell(std::string_view column, const model::Call& call) {
    if (!call.session)
        return {};
    if (column == "direction")
        return std::string(model::name(call.direction));
    if (column == "caller")
        return call.caller;
    if (column == "callee")
        return call.callee;
    if (column == "call_cause")
        return call.cause;
    if (column == "recorded")
        return call.recording.empty() ? "no" : "yes";
    return {};
}

} // namespace cb::jobs
