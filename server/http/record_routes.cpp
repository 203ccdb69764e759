#include "server/http/config_turn.h"
#include "server/http/handlers.h"

#include "server/desk/ask.h"
#include "server/search/finder.h"
#include "server/store/database.h"
#include "shared/model/names.h"
#include "shared/wire/records.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <unordered_map>

namespace cb::http {

namespace {

constexpr std::int64_t kMostCounted = 10'000;

base::Error badField(std::string_view field) {
    return base::with(base::rejected("bad_field"), "field", std::string(field));
}

/// An enumerator of the query. Errors: bad_field.
template <class E>
base::Result<void> take(const std::string& query, std::string_view name, std::optional<E>& value) {
    const auto text = net::queryValue(query, name);
    if (text.empty())
        return {};
    value = model::parse<E>(text);
    return value ? base::Result<void>() : base::Result<void>(badField(name));
}

template <class Tag>
base::Result<void> take(const std::string& query, std::string_view name, base::Id<Tag>& value) {
    auto number = queryNumber(query, name, 0);
    if (!number)
        return number.error();
    value.value = *number;
    return {};
}

base::Result<void> take(const std::string& query, std::string_view name, base::TimePoint& value) {
    auto number = queryNumber(query, name, 0);
    if (!number)
        return number.error();
    value = base::fromUnixMillis(*number);
    return {};
}

base::Result<void> take(const std::string& query, std::string_view name, std::optional<bool>& value) {
    const auto text = net::queryValue(query, name);
    if (!text.empty() && text != "true" && text != "false")
        return badField(name);
    if (!text.empty())
        value = text == "true";
    return {};
}

base::Result<wire::RecordFilters> filtersOf(const std::string& query) {
    wire::RecordFilters filters;
    for (const auto& taken :
         {take(query, "mode", filters.mode), take(query, "from", filters.from), take(query, "to", filters.to),
          take(query, "group", filters.group), take(query, "agent", filters.agent),
          take(query, "channel", filters.channel), take(query, "state", filters.state),
          take(query, "end_reason", filters.endReason), take(query, "answered", filters.answered),
          take(query, "direction", filters.direction), take(query, "recorded", filters.recorded)})
        if (!taken)
            return taken.error();
    filters.customer = net::queryValue(query, "customer");
    filters.text = net::queryValue(query, "text");
    filters.number = net::queryValue(query, "number");
    return filters;
}

/// The digits of a number as somebody writes it, without the zeros before them, which no E.164 number has. Errors:
/// bad_field.
base::Result<std::string> digitsOf(const std::string& text) {
    constexpr std::size_t kMost = 30; // characters
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (std::string_view(" +-()").find(c) == std::string_view::npos)
            return badField("number");
    }
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    if (text.size() > kMost || (!text.empty() && digits.empty()))
        return badField("number");
    return digits;
}

/// Within the years 1970 to 9999, so that nobody who counts with it overflows; epoch 0 stays, it filters nothing.
base::TimePoint reasonable(base::TimePoint time) {
    constexpr auto kLast = base::fromUnixMillis(253'402'300'799'999);
    return time == base::TimePoint{} ? time : std::clamp(time, base::fromUnixMillis(1), kLast);
}

/// Names by id, of the rows that a page names.
struct Names {
    std::vector<model::Channel> channels;
    std::vector<model::Group> groups;
    std::vector<model::Agent> agents;
    std::vector<store::FlowRow> flows;
    std::vector<model::Customer> customers;
    std::vector<model::Call> calls;
};

template <class Rows, class Key>
auto find(const Rows& rows, Key id) -> const typename Rows::value_type* {
    const auto found = std::find_if(rows.begin(), rows.end(), [id](const auto& row) {
        if constexpr (requires {
                          row.flow;
                          row.version;
                      })
            return row.flow == id;
        else
            return row.id == id;
    });
    return found == rows.end() ? nullptr : &*found;
}

base::Result<Names> namesFor(store::Reader& reader, model::InstanceId instance,
                             const std::vector<model::Session>& rows) {
    std::vector<model::CustomerId> ids;
    std::vector<model::AgentId> staff;
    std::vector<model::SessionId> phoned;
    for (const auto& row : rows) {
        if (row.mode == model::Mode::Phone)
            phoned.push_back(row.id);
        ids.push_back(row.customer);
        staff.push_back(row.agent);
        staff.push_back(row.lastAgent);
    }
    auto channels = reader.directory().channels(instance);
    auto groups = reader.directory().groups(instance);
    auto agents = reader.directory().agentsNamed(staff);
    auto flows = reader.directory().flows(instance);
    auto customers = reader.customers().byIds(ids);
    auto calls = reader.calls().bySessions(phoned);
    for (const base::Error* error : {channels ? nullptr : &channels.error(), groups ? nullptr : &groups.error(),
                                     agents ? nullptr : &agents.error(), flows ? nullptr : &flows.error(),
                                     customers ? nullptr : &customers.error(), calls ? nullptr : &calls.error()})
        if (error != nullptr)
            return *error;
    return Names{std::move(*channels), std::move(*groups),    std::move(*agents),
                 std::move(*flows),    std::move(*customers), std::move(*calls)};
}

wire::RecordedCall callOf(const model::Call& row) {
    wire::RecordedCall call;
    call.direction = row.direction;
    call.caller = row.caller;
    call.callee = row.callee;
    call.connectedAt = row.connectedAt;
    call.talkMillis = row.talkMillis;
    call.cause = row.cause;
    call.recorded = !row.recording.empty() && row.endedAt != base::TimePoint{};
    return call;
}

wire::Record recordOf(const model::Session& row, const Names& names) {
    wire::Record record;
    record.id = row.id;
    record.mode = row.mode;
    record.state = row.state;
    record.endReason = row.endReason;
    record.channel = row.channel;
    record.customer = row.customer;
    record.group = row.group;
    record.agent = row.agent ? row.agent : row.lastAgent;
    record.lastAgent = row.lastAgent;
    record.flow = row.flow;
    record.flowVersion = row.flowVersion;
    record.flowPath = row.flowPath;
    record.startedAt = row.startedAt;
    record.queuedAt = row.queuedAt;
    record.answeredAt = row.answeredAt;
    record.endedAt = row.endedAt;
    record.completedAt = row.completedAt;
    record.wrapUp = row.wrapUp;
    if (const auto* channel = find(names.channels, row.channel)) {
        record.channelName = channel->name;
        record.channelKind = channel->kind;
    }
    if (const auto* customer = find(names.customers, row.customer)) {
        record.customerName = customer->name;
        if (model::tellsWho(record.channelKind))
            record.externalId = customer->externalId;
    }
    if (const auto* group = find(names.groups, row.group))
        record.groupName = group->name;
    if (const auto* agent = find(names.agents, record.agent)) {
        record.agentName = agent->name;
        record.agentStaffNo = agent->staffNo;
    }
    if (const auto* agent = find(names.agents, row.lastAgent))
        record.lastAgentName = agent->name;
    if (const auto* flow = find(names.flows, row.flow))
        record.flowName = flow->name;
    const auto call =
        std::find_if(names.calls.begin(), names.calls.end(), [&row](const auto& one) { return one.session == row.id; });
    if (call != names.calls.end())
        record.call = callOf(*call);
    return record;
}

} // namespace

base::Result<search::RecordQuery> recordQuery(const auth::Principal& who, const wire::RecordFilters& filters) {
    search::RecordQuery query;
    auto& f = query.filter;
    f.instance = who.instance;
    f.mode = filters.mode;
    f.from = reasonable(filters.from);
    f.to = reasonable(filters.to);
    f.group = filters.group;
    f.agent = filters.agent;
    f.channel = filters.channel;
    f.state = filters.state;
    f.endReason = filters.endReason;
    f.answered = filters.answered;
    f.direction = filters.direction;
    f.recorded = filters.recorded;
    auto number = digitsOf(filters.number);
    if (!number)
        return number.error();
    f.number = std::move(*number);
    if (who.role != model::Role::Admin) { // their own only
        if (f.agent && f.agent != who.agent)
            return base::rejected("forbidden");
        f.agent = who.agent;
    }
    auto text = search::parseQuery(filters.text, "text");
    if (!text)
        return text.error();
    auto customer = search::parseQuery(filters.customer, "customer");
    if (!customer)
        return customer.error();
    query.text = std::move(*text);
    query.customer = std::move(*customer);
    return query;
}

Answer recordList(Services& services, const Call& call) {
    auto filters = filtersOf(call.query);
    if (!filters)
        return filters.error();
    auto query = recordQuery(call.who, *filters);
    if (!query)
        return query.error();
    auto before = queryNumber(call.query, "before", 0);
    auto limit = limitOf(call.query);
    if (!before || !limit)
        return before ? limit.error() : before.error();
    const bool counted = net::queryValue(call.query, "count") == "true" && !query->searches();
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto page = search::findRecords(*reader, services.search, *query, model::SessionId{*before}, *limit);
    if (!page)
        return page.error();
    auto names = namesFor(*reader, call.who.instance, page->rows);
    if (!names)
        return names.error();
    wire::RecordPage out;
    out.next = page->next;
    for (const auto& row : page->rows)
        out.records.push_back(recordOf(row, *names));
    if (counted) {
        auto count = reader->records().count(query->filter, kMostCounted);
        if (!count)
            return count.error();
        out.count = count->count;
        out.countMore = count->more;
    }
    return wire::encodeBody(out);
}

Answer recordGet(Services& services, const Call& call) {
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto session = visibleSession(*reader, call.who, model::SessionId{call.id(0)});
    if (!session)
        return session.error();
    auto names = namesFor(*reader, call.who.instance, {*session});
    if (!names)
        return names.error();
    auto offers = reader->sessions().offersOf(session->id);
    if (!offers)
        return offers.error();
    auto record = recordOf(*session, *names);
    record.offers = static_cast<int>(offers->size());
    return wire::encodeBody(record);
}

Answer customerErase(Services& services, const Call& call) {
    const model::CustomerId id{call.id(0)};
    desk::EraseCustomer command;
    {
        auto reader = services.database.reader();
        if (!reader)
            return reader.error();
        auto row = reader->customers().byId(id);
        if (!row)
            return row.error();
        if (!*row || (*row)->instance != call.who.instance)
            return base::rejected("not_found");
        command.row = std::move(**row);
    }
    auto documents = services.erasure.remember(id);
    if (!documents)
        return documents.error();
    command.instance = call.who.instance;
    command.by = call.who.agent;
    if (!services.toDesk(desk::LoadInstance{command.instance}))
        return base::retry("overloaded");
    if (auto erased = desk::ask(services.toDesk, std::move(command)); !erased)
        return erased.error();
    if (auto finished = services.erasure.finish(id, *documents); !finished)
        return finished.error();
    spdlog::info("event=customer_erased instance={} customer={} by={}", call.who.instance.value, id.value,
                 call.who.agent.value);
    // No erasure reaches these, nor any backup: whoever runs the server has to know.
    for (const auto& copy : store::Database::oldCopies(services.database.options().where))
        spdlog::warn(
            "event=copy_keeps_erased customer={} file=\"{}\" detail=\"delete it when nobody needs to go back\"",
            id.value, copy);
    return std::string();
}

} // namespace cb::http
