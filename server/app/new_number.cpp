#include "server/app/new_number.h"

#include "server/admin/channel_rules.h"
#include "server/admin/fields.h"
#include "server/app/new_instance.h"
#include "server/channels/phone/rules/numbers.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"
#include "shared/flow/json.h"
#include "shared/flow/validate.h"
#include "shared/model/names.h"

#include <algorithm>
#include <memory>
#include <optional>

namespace cb::app {

namespace {

constexpr const char* kHomeRegion = "CN"; // as the time zone of a new instance

/// What the default IVR is made of, in one language.
struct Wording {
    std::string_view language;
    const char* group;
    const char* flow; ///< before the number
    const char* voice;
    const char* labels[5]; ///< start, welcome, transfer, nobody, end
    const char* welcome;
    const char* transferring;
    const char* nobody;
};
constexpr Wording kWordings[] = {
    {"zh",
     "电话客服",
     "默认语音导航 ",
     "",
     {"开始", "欢迎", "转人工", "无人接听", "结束"},
     "您好，欢迎您的来电。",
     "正在为您转接人工客服，请稍候。",
     "很抱歉，现在没有客服能接听您的电话，请您稍后再拨。再见。"},
    {"en",
     "Phone",
     "Default IVR ",
     "en-us", // the default voice speaks Chinese
     {"Start", "Welcome", "To a person", "Nobody there", "End"},
     "Hello and welcome.",
     "Please hold, we are connecting you.",
     "We are sorry, nobody can take your call at the moment. Please call again later. Goodbye."},
};

const Wording* wordingOf(const std::string& language) {
    const auto* found =
        std::find_if(std::begin(kWordings), std::end(kWordings), [&](const auto& w) { return w.language == language; });
    return found == std::end(kWordings) ? nullptr : found;
}

flow::Graph defaultIvr(const Wording& words, model::GroupId group) {
    using namespace flow;
    const auto spoken = [&words](const char* text) {
        Sound sound;
        sound.source = Sound::Source::Speech;
        sound.text = text;
        sound.voice = words.voice;
        return sound;
    };
    CallTransfer transfer;
    transfer.group = flow::GroupId{group.value};
    transfer.prompt = spoken(words.transferring);
    Graph graph;
    graph.mode = flow::Mode::Phone;
    graph.nodes = {{NodeId{1}, words.labels[0], {0, 120}, Start{}},
                   {NodeId{2}, words.labels[1], {300, 120}, Play{spoken(words.welcome)}},
                   {NodeId{3}, words.labels[2], {600, 120}, transfer},
                   {NodeId{4}, words.labels[3], {900, 240}, Play{spoken(words.nobody)}},
                   {NodeId{5}, words.labels[4], {1'200, 120}, CallEnd{}}};
    graph.edges = {{NodeId{1}, std::string(kNext), NodeId{2}},
                   {NodeId{2}, std::string(kNext), NodeId{3}},
                   {NodeId{3}, std::string(kServed), NodeId{5}},
                   {NodeId{3}, std::string(kFailed), NodeId{4}},
                   {NodeId{4}, std::string(kNext), NodeId{5}}};
    return graph;
}

/// Reserved before the transaction: taking them inside would wait for it.
struct NewIds {
    model::ChannelId channel;
    model::GroupId group;
    model::FlowId flow;
};

/// May this instance have this number?
base::Result<void> mayHave(store::Tables& tables, const model::PhoneNumber& number) {
    const auto instance = tables.directory().instance(number.instance);
    if (!instance)
        return instance.error();
    if (!*instance)
        return base::rejected("instance_unknown");
    const auto taken = tables.telephone().number(number.number);
    if (!taken)
        return taken.error();
    if (*taken)
        return base::with(base::conflict("number_taken"), "instance", std::to_string((*taken)->instance.value));
    if (number.trunk) {
        const auto trunk = tables.telephone().trunk(number.trunk);
        if (!trunk)
            return trunk.error();
        if (!*trunk || (*trunk)->trunk.deleted)
            return base::rejected("trunk_unknown");
    }
    const auto channels = tables.directory().channels(number.instance);
    if (!channels)
        return channels.error();
    const auto have = std::count_if(channels->begin(), channels->end(), [](const auto& row) { return !row.deleted; });
    if (static_cast<std::size_t>(have) >= admin::kMaxChannels)
        return base::with(base::rejected("too_many_channels"), "limit", std::to_string(admin::kMaxChannels));
    return {};
}

/// The instance's default group in whichever language, or nothing.
std::optional<model::Group> defaultGroup(const std::vector<model::Group>& groups) {
    for (const auto& group : groups)
        for (const auto& words : kWordings)
            if (group.mode == model::Mode::Phone && group.name == words.group)
                return group;
    return std::nullopt;
}

base::Result<model::Group> groupFor(store::Tables& tables, const model::PhoneNumber& number, const Wording& words,
                                    model::GroupId newId, store::Batch& rows) {
    const auto groups = tables.directory().groups(number.instance);
    if (!groups)
        return groups.error();
    if (const auto found = defaultGroup(*groups))
        return *found;
    const model::Group group{newId, number.instance, model::Mode::Phone, words.group, 1};
    rows.groups.push_back(group);
    auto agents = tables.directory().agents(number.instance);
    if (!agents)
        return agents.error();
    for (auto& agent : *agents) {
        if (agent.deleted || agent.role != model::Role::Admin)
            continue;
        agent.groups.push_back(newId);
        rows.agents.push_back(std::move(agent));
    }
    return group;
}

/// Both the version that runs and the draft, as publishing leaves them.
base::Result<void> addIvr(const Wording& words, const model::Group& group, model::FlowId id, const std::string& name,
                          base::TimePoint now, store::Batch& rows) {
    const auto graph = defaultIvr(words, group.id);
    flow::ValidationContext context;
    context.groups.emplace(flow::GroupId{group.id.value}, flow::Mode::Phone);
    if (const auto problems = flow::validate(graph, context); !problems.empty())
        return base::fatal("flow_invalid", problems.front().code);
    for (const int version : {0, 1}) {
        store::FlowRow row;
        row.flow = id;
        row.instance = group.instance;
        row.mode = model::Mode::Phone;
        row.name = name;
        row.version = version;
        row.published = true;
        row.json = flow::toJson(graph);
        row.at = now;
        rows.flows.push_back(std::move(row));
    }
    return {};
}

model::Channel channelOf(const model::PhoneNumber& number, model::FlowId flow) {
    model::Channel channel;
    channel.id = number.channel;
    channel.instance = number.instance;
    channel.kind = model::ChannelKind::Phone;
    channel.name = number.number;
    channel.flow = flow;
    return channel;
}

base::Result<NewNumber> storeNumber(store::Tables& tables, const model::PhoneNumber& number, const Wording& words,
                                    const NewIds& ids, base::TimePoint now) {
    if (auto may = mayHave(tables, number); !may)
        return may.error();
    store::Batch rows;
    const auto group = groupFor(tables, number, words, ids.group, rows);
    if (!group)
        return group.error();
    NewNumber made{number, group->name, !rows.groups.empty(), words.flow + number.number};
    if (auto added = addIvr(words, *group, ids.flow, made.flow, now, rows); !added)
        return added.error();
    rows.channels.push_back(channelOf(number, ids.flow));
    rows.phoneNumbers.push_back(number);
    if (auto applied = tables.apply(rows); !applied)
        return applied.error();
    return made;
}

} // namespace

base::Result<std::string> numberOf(const std::string& text) {
    auto number = phone::e164(text, kHomeRegion);
    if (!number)
        return admin::badField("number", "not_a_number");
    return *number;
}

base::Result<NewNumber> addNumber(store::Database& database, store::Writer& writer, const base::Clock& clock,
                                  const NumberOrder& order) {
    const auto digits = numberOf(order.number);
    if (!digits)
        return digits.error();
    const auto type = model::parse<model::CallType>(order.type);
    if (!type)
        return admin::badField("type", "unknown");
    const Wording* words = wordingOf(order.language);
    if (words == nullptr)
        return admin::badField("language", "unknown");
    IdSource source(database);
    const NewIds ids{model::ChannelId{source.take(store::IdKind::Channel)},
                     model::GroupId{source.take(store::IdKind::Group)},
                     model::FlowId{source.take(store::IdKind::Flow)}};
    if (!source.state())
        return source.state().error();
    const model::PhoneNumber number{ids.channel, model::InstanceId{order.instance}, *digits,
                                    *type,       model::TrunkId{order.trunk},       false};
    auto made = std::make_shared<NewNumber>(); // filled on the writer's thread
    const auto done = store::runJob(
        writer, [number, words, ids, now = clock.now(), made](store::Tables& tables) -> base::Result<void> {
            auto stored = storeNumber(tables, number, *words, ids, now);
            if (!stored)
                return stored.error();
            *made = std::move(*stored);
            return {};
        });
    if (!done)
        return done.error();
    return *made;
}

base::Result<model::PhoneNumber> releaseNumber(store::Writer& writer, const std::string& text) {
    const auto digits = numberOf(text);
    if (!digits)
        return digits.error();
    auto released = std::make_shared<model::PhoneNumber>(); // filled on the writer's thread
    const auto done = store::runJob(writer, [digits = *digits, released](store::Tables& tables) -> base::Result<void> {
        auto number = tables.telephone().number(digits);
        if (!number)
            return number.error();
        if (!*number)
            return base::rejected("number_unknown");
        auto channel = tables.directory().channel((*number)->channel);
        if (!channel)
            return channel.error();
        store::Batch rows;
        if (*channel)
            rows = admin::deleteChannel(**channel).rows;
        *released = std::move(**number);
        released->released = true;
        rows.phoneNumbers.push_back(*released);
        return tables.apply(rows);
    });
    if (!done)
        return done.error();
    return *released;
}

} // namespace cb::app
