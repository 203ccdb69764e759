#include "server/http/admin_handlers.h"
#include "server/http/agent_names.h"
#include "shared/wire/admin.h"

#include <algorithm>

namespace cb::http {

namespace {

/// "flow.publish", or how one begins.
base::Result<std::string> actionOf(const std::string& query) {
    const auto text = net::queryValue(query, "action");
    const bool good = text.size() <= 60 && std::all_of(text.begin(), text.end(), [](char c) {
                          return (c >= 'a' && c <= 'z') || c == '_' || c == '.';
                      });
    if (!good)
        return base::with(base::rejected("bad_field"), "field", "action");
    return text;
}

} // namespace

Answer auditPage(Services& services, const Call& call) {
    auto before = queryNumber(call.query, "before", 0);
    auto agent = queryNumber(call.query, "agent", 0);
    if (!before || !agent)
        return before ? agent.error() : before.error();
    auto limit = limitOf(call.query);
    if (!limit)
        return limit.error();
    auto action = actionOf(call.query);
    if (!action)
        return action.error();
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto rows = reader->events().audit(call.who.instance, {*before, *limit + 1, model::AgentId{*agent}, *action});
    if (!rows)
        return rows.error();
    wire::AuditPage page;
    page.more = rows->size() > *limit;
    if (page.more)
        rows->resize(*limit);
    AgentNames names(*reader);
    for (auto& row : *rows)
        if (auto* detail = std::get_if<model::AuditDetail>(&row.detail))
            page.entries.push_back({row.seq, row.at, row.agent, names.of(row.agent), std::move(detail->action),
                                    std::move(detail->target), std::move(detail->before), std::move(detail->after)});
    return wire::encodeBody(page);
}

} // namespace cb::http
