#include "server/http/config_turn.h"
#include "server/http/errors.h"
#include "server/http/handlers.h"
#include "server/http/whole_file.h"

#include "shared/base/text.h"
#include "shared/wire/records.h"

#include <algorithm>
#include <unordered_map>

namespace cb::http {

namespace {

constexpr std::size_t kMaxTitle = 100; ///< characters
constexpr std::size_t kMostWords = 40; ///< of one column

base::Error badField(std::string_view field) {
    return base::with(base::rejected("bad_field"), "field", std::string(field));
}

wire::ExportJob bodyOf(const jobs::ExportState& state) {
    return {state.id,   std::string(jobs::name(state.stage)), state.rows, state.percent, state.bytes, state.createdAt,
            state.error};
}

base::Result<std::unordered_map<std::string, std::string>> wordsOf(const std::vector<wire::ExportWord>& wanted) {
    std::unordered_map<std::string, std::string> words;
    if (wanted.size() > kMostWords)
        return badField("columns.words");
    for (const auto& word : wanted) {
        if (word.code.empty() || base::length(word.code) > kMaxTitle || base::length(word.word) > kMaxTitle ||
            base::hasControl(word.word))
            return badField("columns.words");
        words.emplace(word.code, word.word);
    }
    return words;
}

base::Result<std::vector<jobs::Column>> columnsOf(const std::vector<wire::ExportColumn>& wanted) {
    const auto& known = jobs::recordColumns();
    std::vector<jobs::Column> columns;
    for (const auto& column : wanted) {
        if (std::find(known.begin(), known.end(), column.name) == known.end() || columns.size() >= known.size())
            return badField("columns.name");
        if (base::length(column.title) > kMaxTitle || base::hasControl(column.title))
            return badField("columns.title");
        auto words = wordsOf(column.words);
        if (!words)
            return words.error();
        columns.push_back({column.name, column.title.empty() ? column.name : column.title, std::move(*words)});
    }
    if (columns.empty())
        for (const auto name : known)
            columns.push_back({std::string(name), std::string(name), {}});
    return columns;
}

/// What was filtered by, without the texts: they may name a customer.
std::string summary(const wire::RecordFilters& filters) {
    std::string words;
    const auto add = [&](bool is, std::string_view word) {
        if (is)
            words += (words.empty() ? "" : ", ") + std::string(word);
    };
    add(filters.mode.has_value(), "mode");
    add(filters.from != base::TimePoint{} || filters.to != base::TimePoint{}, "time");
    add(static_cast<bool>(filters.group), "group");
    add(static_cast<bool>(filters.agent), "agent");
    add(static_cast<bool>(filters.channel), "channel");
    add(filters.state || filters.endReason || filters.answered, "state");
    add(filters.direction || filters.recorded, "call");
    add(!filters.number.empty(), "number");
    add(!filters.customer.empty(), "customer");
    add(!filters.text.empty(), "text");
    return words.empty() ? "all" : "by " + words;
}

} // namespace

Answer exportAdd(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::NewExport>(call.body);
    if (!wanted)
        return wanted.error();
    if (wanted->kind != "records")
        return badField("kind");
    auto query = recordQuery(call.who, wanted->filters);
    if (!query)
        return query.error();
    auto columns = columnsOf(wanted->columns);
    if (!columns)
        return columns.error();
    auto state = services.exports.reserve({call.who.instance, call.who.agent, std::move(*query), std::move(*columns)});
    if (!state)
        return state.error();
    if (call.who.role ==
        model::Role::Admin) { // other people's records leave the system: that is on record, or it is not done
        auto turn = ConfigTurn::begin(services, call);
        auto audited =
            turn ? turn->commit(
                       {{}, "records.export", "export " + std::to_string(state->id), {}, summary(wanted->filters)})
                 : base::Result<void>(turn.error());
        if (!audited) {
            (void)services.exports.cancel(call.who.agent, state->id);
            return audited.error();
        }
    }
    state = services.exports.begin(call.who.agent, state->id);
    if (!state)
        return state.error();
    return wire::encodeBody(bodyOf(*state));
}

Answer exportList(Services& services, const Call& call) {
    wire::ExportList list;
    for (const auto& state : services.exports.all(call.who.agent))
        list.exports.push_back(bodyOf(state));
    return wire::encodeBody(list);
}

Answer exportGet(Services& services, const Call& call) {
    auto state = services.exports.state(call.who.agent, call.id(0));
    if (!state)
        return state.error();
    return wire::encodeBody(bodyOf(*state));
}

Answer exportCancel(Services& services, const Call& call) {
    auto cancelled = services.exports.cancel(call.who.agent, call.id(0));
    return cancelled ? Answer(std::string()) : Answer(cancelled.error());
}

base::Result<net::Response> exportFile(Services& services, const Call& call) {
    const auto id = call.id(0);
    auto descriptor = services.exports.open(call.who.agent, id);
    if (!descriptor)
        return descriptor.error();
    return wholeFile(*descriptor, "text/csv; charset=utf-8", "records-" + std::to_string(id) + ".csv", "no-store");
}

} // namespace cb::http
