#include "server/admin/reply_rules.h"
#include "server/admin/screen_pop_rules.h"
#include "server/admin/settings_rules.h"
#include "server/http/admin_handlers.h"
#include "server/http/config_turn.h"

#include <algorithm>

namespace cb::http {

namespace {

base::Result<model::Instance> instanceOf(store::Reader& reader, const Call& call) {
    auto row = reader.directory().instance(call.who.instance);
    if (!row)
        return row.error();
    if (!*row)
        return base::rejected("not_found");
    return **row;
}

std::string formOf(const model::Instance& row) {
    return wire::encodeBody(wire::InstanceForm{row.name, row.timeZone, row.settings});
}

/// A change of one quick reply, without an answer.
template <class Decide>
Answer changeReply(Services& services, const Call& call, const Decide& decide) {
    auto turn = ConfigTurn::begin(services, call);
    if (!turn)
        return turn.error();
    auto rows = turn->directory().quickReplies(call.who.instance);
    if (!rows)
        return rows.error();
    const auto stored =
        std::find_if(rows->begin(), rows->end(), [&](const auto& row) { return row.id.value == call.id(0); });
    if (stored == rows->end())
        return base::rejected("not_found");
    base::Result<admin::Change> change = decide(*stored);
    if (!change)
        return change.error();
    if (auto done = turn->commit(std::move(*change)); !done)
        return done.error();
    return std::string();
}

} // namespace

Answer settingsGet(Services& services, const Call& call) {
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto row = instanceOf(*reader, call);
    if (!row)
        return row.error();
    return formOf(*row);
}

Answer settingsPut(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::InstanceForm>(call.body);
    if (!wanted)
        return wanted.error();
    auto turn = ConfigTurn::begin(services, call);
    if (!turn)
        return turn.error();
    auto stored = instanceOf(turn->reader(), call);
    if (!stored)
        return stored.error();
    auto change = admin::saveSettings(*stored, *wanted, makerOf(services, call));
    if (!change)
        return change.error();
    const auto answer = formOf(change->rows.instances.front());
    if (auto done = turn->commit(std::move(*change)); !done)
        return done.error();
    return answer;
}

Answer quickReplyAdd(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::QuickReplyDraft>(call.body);
    if (!wanted)
        return wanted.error();
    auto turn = ConfigTurn::begin(services, call);
    if (!turn)
        return turn.error();
    auto rows = turn->directory().quickReplies(call.who.instance);
    if (!rows)
        return rows.error();
    auto id = services.database.reserveIds(store::IdKind::QuickReply, 1);
    if (!id)
        return id.error();
    auto change = admin::newReply(*wanted, model::QuickReplyId{*id}, rows->size(), makerOf(services, call));
    if (!change)
        return change.error();
    if (auto done = turn->commit(std::move(*change)); !done)
        return done.error();
    return wire::encodeBody(wire::Made{*id});
}

Answer quickReplyPut(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::QuickReplyDraft>(call.body);
    if (!wanted)
        return wanted.error();
    return changeReply(services, call,
                       [&](const model::QuickReply& stored) { return admin::saveReply(stored, *wanted); });
}

Answer quickReplyDelete(Services& services, const Call& call) {
    return changeReply(services, call, [](const model::QuickReply& stored) { return admin::deleteReply(stored); });
}

Answer screenPopList(Services& services, const Call& call) {
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto pops = reader->directory().screenPops(call.who.instance);
    if (!pops)
        return pops.error();
    return wire::encodeBody(wire::ScreenPopForm{std::move(*pops)});
}

Answer screenPopsPut(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::ScreenPopForm>(call.body);
    if (!wanted)
        return wanted.error();
    auto turn = ConfigTurn::begin(services, call);
    if (!turn)
        return turn.error();
    auto instance = instanceOf(turn->reader(), call);
    if (!instance)
        return instance.error();
    auto stored = turn->directory().screenPops(call.who.instance);
    if (!stored)
        return stored.error();
    auto change = admin::saveScreenPops(*stored, *wanted, *instance);
    if (!change)
        return change.error();
    const auto answer = wire::encodeBody(wire::ScreenPopForm{change->rows.screenPops.front().pops});
    if (auto done = turn->commit(std::move(*change)); !done)
        return done.error();
    return answer;
}

} // namespace cb::http
