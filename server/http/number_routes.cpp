#include "server/admin/channel_rules.h"
#include "server/admin/flow_rules.h"
#include "server/http/admin_handlers.h"
#include "server/http/config_turn.h"
#include "shared/wire/admin.h"

#include <algorithm>

namespace cb::http {

namespace {

/// What the numbers of an instance are linked to.
struct NumberLinks {
    std::vector<model::Channel> channels;
    std::vector<store::FlowRow> flows;

    wire::NumberRow view(const model::PhoneNumber& number, model::FlowId flow) const {
        wire::NumberRow row;
        row.channel = number.channel;
        row.number = number.number;
        row.type = number.type;
        const auto linked =
            std::find_if(flows.begin(), flows.end(), [flow](const auto& one) { return one.flow == flow; });
        if (!flow || linked == flows.end())
            return row;
        row.flow = flow;
        row.flowName = linked->name;
        row.flowState = linked->published ? model::FlowState::InUse : model::FlowState::Unpublished;
        return row;
    }
    wire::NumberRow view(const model::PhoneNumber& number) const {
        const auto channel =
            std::find_if(channels.begin(), channels.end(), [&](const auto& one) { return one.id == number.channel; });
        return view(number, channel == channels.end() ? model::FlowId{} : channel->flow);
    }
};

base::Result<NumberLinks> numberLinks(store::Reader& reader, model::InstanceId instance) {
    auto channels = reader.directory().channels(instance);
    if (!channels)
        return channels.error();
    auto flows = reader.directory().flows(instance);
    if (!flows)
        return flows.error();
    return NumberLinks{std::move(*channels), std::move(*flows)};
}

base::Result<admin::Change> linkedTo(ConfigTurn& turn, const Call& call, model::FlowId wanted) {
    const model::ChannelId id{call.id(0)};
    auto channel = turn.directory().channel(id);
    if (!channel)
        return channel.error();
    if (!*channel || (*channel)->deleted)
        return base::rejected("not_found");
    if (!wanted)
        return admin::linkChannel(**channel, nullptr);
    auto versions = turn.directory().flowVersions(wanted);
    if (!versions)
        return versions.error();
    if (versions->empty() || versions->front().instance != turn.instance() || versions->front().deleted)
        return base::rejected("flow_unknown");
    return admin::linkChannel(**channel, &versions->front());
}

} // namespace

Answer numberList(Services& services, const Call& call) {
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto numbers = reader->telephone().numbers(call.who.instance);
    if (!numbers)
        return numbers.error();
    auto links = numberLinks(*reader, call.who.instance);
    if (!links)
        return links.error();
    wire::NumberList list;
    for (const auto& number : *numbers)
        if (!number.released)
            list.numbers.push_back(links->view(number));
    std::sort(list.numbers.begin(), list.numbers.end(),
              [](const auto& a, const auto& b) { return a.number < b.number; });
    return wire::encodeBody(list);
}

Answer numberFlow(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::ChannelLink>(call.body);
    if (!wanted)
        return wanted.error();
    auto turn = ConfigTurn::begin(services, call);
    if (!turn)
        return turn.error();
    auto number = turn->reader().telephone().numberOf(model::ChannelId{call.id(0)});
    if (!number)
        return number.error();
    if (!*number || (*number)->instance != turn->instance() || (*number)->released)
        return base::rejected("not_found");
    auto links = numberLinks(turn->reader(), turn->instance());
    if (!links)
        return links.error();
    auto change = linkedTo(*turn, call, wanted->flow);
    if (!change)
        return change.error();
    const auto answer = wire::encodeBody(links->view(**number, wanted->flow));
    if (auto done = turn->commit(std::move(*change)); !done)
        return done.error();
    return answer;
}

} // namespace cb::http
