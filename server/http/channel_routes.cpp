#include "server/admin/channel_rules.h"
#include "server/auth/token.h"
#include "server/http/admin_handlers.h"
#include "server/http/config_turn.h"

#include <algorithm>

namespace cb::http {

namespace {

constexpr std::size_t kKeyLength = 22; ///< characters of base64url: 132 bits

base::Result<model::Channel> find(store::Reader& reader, const Call& call) {
    auto row = reader.directory().channel(model::ChannelId{call.id(0)});
    if (!row)
        return row.error();
    if (!*row || (*row)->instance != call.who.instance || (*row)->deleted)
        return base::rejected("not_found");
    return **row;
}

/// A change of one channel; answers with what it is then, with nothing when it is gone.
template <class Decide>
Answer changeChannel(Services& services, const Call& call, const Decide& decide) {
    auto turn = ConfigTurn::begin(services, call);
    if (!turn)
        return turn.error();
    auto stored = find(turn->reader(), call);
    if (!stored)
        return stored.error();
    base::Result<admin::Change> change = decide(*stored, *turn);
    if (!change)
        return change.error();
    const auto then = change->rows.channels.front();
    if (auto done = turn->commit(std::move(*change)); !done)
        return done.error();
    return then.deleted ? std::string() : wire::encodeBody(then);
}

} // namespace

Answer channelList(Services& services, const Call& call) {
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto rows = reader->directory().channels(call.who.instance);
    if (!rows)
        return rows.error();
    std::erase_if(*rows, [](const auto& row) { return row.deleted; });
    return wire::encodeBody(wire::ChannelList{std::move(*rows)});
}

Answer channelAdd(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::ChannelDraft>(call.body);
    if (!wanted)
        return wanted.error();
    auto turn = ConfigTurn::begin(services, call);
    if (!turn)
        return turn.error();
    auto rows = turn->directory().channels(call.who.instance);
    if (!rows)
        return rows.error();
    const auto have = std::count_if(rows->begin(), rows->end(), [](const auto& row) { return !row.deleted; });
    auto id = services.database.reserveIds(store::IdKind::Channel, 1);
    if (!id)
        return id.error();
    auto change = admin::newChannel(*wanted, model::ChannelId{*id}, auth::newToken().substr(0, kKeyLength),
                                    static_cast<std::size_t>(have), makerOf(services, call));
    if (!change)
        return change.error();
    const auto answer = wire::encodeBody(change->rows.channels.front());
    if (auto done = turn->commit(std::move(*change)); !done)
        return done.error();
    return answer;
}

Answer channelPut(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::ChannelDraft>(call.body);
    if (!wanted)
        return wanted.error();
    return changeChannel(
        services, call, [&](const model::Channel& stored, ConfigTurn&) { return admin::saveChannel(stored, *wanted); });
}

Answer channelDelete(Services& services, const Call& call) {
    return changeChannel(services, call, [](const model::Channel& stored, ConfigTurn&) -> base::Result<admin::Change> {
        if (auto may = admin::mayChange(stored); !may)
            return may.error();
        return admin::deleteChannel(stored);
    });
}

Answer channelFlow(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::ChannelLink>(call.body);
    if (!wanted)
        return wanted.error();
    return changeChannel(
        services, call, [&](const model::Channel& stored, ConfigTurn& turn) -> base::Result<admin::Change> {
            if (!wanted->flow)
                return admin::linkChannel(stored, nullptr);
            auto versions = turn.directory().flowVersions(wanted->flow);
            if (!versions)
                return versions.error();
            if (versions->empty() || versions->front().instance != turn.instance() || versions->front().deleted)
                return base::rejected("flow_unknown");
            return admin::linkChannel(stored, &versions->front());
        });
}

} // namespace cb::http
