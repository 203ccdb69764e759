#include "server/admin/customer_rules.h"
#include "server/http/admin_handlers.h"
#include "server/http/config_turn.h"
#include "shared/wire/admin.h"

#include <unordered_map>

namespace cb::http {

namespace {

constexpr std::size_t kMostBlocked = 1'000;

} // namespace

Answer blockedCustomers(Services& services, const Call& call) {
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto rows = reader->customers().blocked(call.who.instance, kMostBlocked);
    if (!rows)
        return rows.error();
    auto channels = reader->directory().channels(call.who.instance);
    if (!channels)
        return channels.error();
    std::unordered_map<model::ChannelId, std::string> names;
    for (const auto& channel : *channels)
        names.emplace(channel.id, channel.name);
    wire::BlockList list;
    for (auto& row : *rows)
        list.customers.push_back(
            {row.id, std::move(row.name), std::move(row.notes), names[row.channel], row.createdAt});
    return wire::encodeBody(list);
}

Answer customerUnblock(Services& services, const Call& call) {
    auto turn = ConfigTurn::begin(services, call);
    if (!turn)
        return turn.error();
    auto row = turn->reader().customers().byId(model::CustomerId{call.id(0)});
    if (!row)
        return row.error();
    if (!*row || (*row)->instance != call.who.instance)
        return base::rejected("not_found");
    auto change = admin::unblockCustomer(**row);
    if (change.rows.empty())
        return std::string();
    if (auto done = turn->commit(std::move(change)); !done)
        return done.error();
    return std::string();
}

} // namespace cb::http
