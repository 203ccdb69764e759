#include "server/app/demo.h"

#include "server/app/new_instance.h"
#include "server/auth/password.h"
#include "shared/flow/json.h"

#include <array>

namespace cb::app {

namespace {

flow::Graph demoGraph(model::GroupId sales, model::GroupId support) {
    using namespace flow;
    const auto transfer = [](model::GroupId group) {
        return Transfer{flow::GroupId{group.value}, "正在为您转接，前面还有 ${WaitNo} 位。 ${WaitNo} ahead of you.",
                        "抱歉，客服暂时不在线，请稍后再来。 Nobody is online at the moment.",
                        "工号 ${StaffNo} 为您服务。 Agent ${StaffNo} is with you.", base::Seconds{600}};
    };
    Graph graph;
    graph.nodes = {
        {NodeId{1}, "开始 Start", {0, 180}, Start{}},
        {NodeId{2},
         "欢迎 Greeting",
         {300, 160},
         Message{"您好，欢迎光临云铃示例商店！ Welcome to the Cloudbell demo shop!"}},
        {NodeId{3},
         "选择服务 Menu",
         {600, 140},
         Branch{
             "请回复：1 产品咨询，2 售后服务。 Please reply: 1 product, 2 support.",
             "没有听懂您的回复。 Sorry, that was not one of the choices.",
             {{"产品咨询", {"1", "产品咨询", "产品", "product"}}, {"售后服务", {"2", "售后服务", "售后", "support"}}}}},
        {NodeId{4}, "转产品咨询 Sales", {900, 40}, transfer(sales)},
        {NodeId{5}, "转售后服务 Support", {900, 260}, transfer(support)},
        {NodeId{6},
         "结束 End",
         {1200, 180},
         End{base::Seconds{600}, "您长时间没有回复，会话已结束。 The chat was closed because of silence.",
             "感谢您的咨询，再见！ Thank you and goodbye!"}},
    };
    graph.edges = {{NodeId{1}, "next", NodeId{2}},     {NodeId{2}, "next", NodeId{3}},
                   {NodeId{3}, "产品咨询", NodeId{4}}, {NodeId{3}, "售后服务", NodeId{5}},
                   {NodeId{4}, "served", NodeId{6}},   {NodeId{4}, "failed", NodeId{6}},
                   {NodeId{5}, "served", NodeId{6}},   {NodeId{5}, "failed", NodeId{6}}};
    return graph;
}

void addPeople(store::Batch& rows, IdSource& ids, model::InstanceId instance, base::TimePoint now) {
    const auto group = ids.take(store::IdKind::Group, 2);
    rows.groups.push_back({model::GroupId{group}, instance, model::Mode::Chat, "产品咨询 Sales", 3});
    rows.groups.push_back({model::GroupId{group + 1}, instance, model::Mode::Chat, "售后服务 Support", 3});
    static constexpr std::array<std::array<const char*, 2>, 4> kNames{
        {{"管理员", "云铃"}, {"李小雨", "小雨"}, {"王大明", "大明"}, {"Anna Stein", "Anna"}}};
    const auto first = ids.take(store::IdKind::Agent, 4);
    for (int i = 0; i < 4; ++i) {
        model::Agent agent;
        agent.id = model::AgentId{first + i};
        agent.instance = instance;
        agent.name = kNames[static_cast<std::size_t>(i)][0];
        agent.nickname = kNames[static_cast<std::size_t>(i)][1];
        agent.email = i == 0 ? "admin@demo.test" : "agent" + std::to_string(i) + "@demo.test";
        agent.staffNo = "0000" + std::to_string(10 + i);
        agent.role = i == 0 ? model::Role::Admin : model::Role::Agent;
        agent.createdAt = now;
        for (const auto& each : rows.groups)
            agent.groups.push_back(each.id);
        rows.agents.push_back(std::move(agent));
    }
}

void addService(store::Batch& rows, IdSource& ids, model::InstanceId instance, base::TimePoint now) {
    const model::FlowId flow{ids.take(store::IdKind::Flow)};
    const auto json = flow::toJson(demoGraph(rows.groups[0].id, rows.groups[1].id));
    for (const int version : {0, 1})
        rows.flows.push_back({flow, instance, model::Mode::Chat, "示例服务 Demo", version, true, json, now});
    model::Channel channel;
    channel.id = model::ChannelId{ids.take(store::IdKind::Channel)};
    channel.instance = instance;
    channel.name = "示例商店 Demo shop";
    channel.key = kDemoChannelKey;
    channel.domain = "*";
    channel.colour = "#0B6E6E";
    channel.flow = flow;
    rows.channels.push_back(std::move(channel));
    static constexpr std::array<std::array<const char*, 2>, 5> kReplies{
        {{"您好", "您好，很高兴为您服务，请问有什么可以帮您？"},
         {"稍等", "请稍等，我马上为您查询。"},
         {"再见", "感谢您的咨询，祝您生活愉快！"},
         {"hello", "Hello, how can I help you?"},
         {"moment", "One moment please, I am looking into it."}}};
    const auto first = ids.take(store::IdKind::QuickReply, static_cast<std::int64_t>(kReplies.size()));
    for (std::size_t i = 0; i < kReplies.size(); ++i)
        rows.quickReplies.push_back(
            {model::QuickReplyId{first + static_cast<std::int64_t>(i)}, instance, kReplies[i][0], kReplies[i][1]});
}

} // namespace

base::Result<bool> fillDemo(store::Database& database, store::Writer& writer, const base::Clock& clock) {
    {
        auto reader = database.reader();
        if (!reader)
            return reader.error();
        auto instances = reader->directory().instances();
        if (!instances)
            return instances.error();
        if (!instances->empty())
            return false;
    }
    // One hash for all four: they share a password everybody knows.
    auto hash = auth::hashPassword(kDemoPassword);
    if (!hash)
        return hash.error();
    const auto now = clock.now();
    IdSource ids(database);
    store::Batch rows;
    const model::InstanceId instance{ids.take(store::IdKind::Instance)};
    rows.instances.push_back({instance, "云铃示例 Cloudbell demo", "Asia/Shanghai", {}, now, now});
    addPeople(rows, ids, instance, now);
    addService(rows, ids, instance, now);
    if (!ids.state())
        return ids.state().error();
    std::vector<store::Credential> credentials;
    for (const auto& agent : rows.agents)
        credentials.push_back({agent.id, instance, *hash, false, now});
    if (auto stored = storeInstance(writer, rows, credentials); !stored)
        return stored.error();
    return true;
}

} // namespace cb::app
