#include "tests/e2e/tour/furniture.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace cb::tour {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

void addAgents(test::FakeServer& server, bool many) {
    auto& rows = server.admin.agents.agents;
    const auto add = [&](std::int64_t id, const std::string& name, const std::string& nickname, model::Role role) {
        wire::AgentRow row;
        row.agent.id = model::AgentId(id);
        row.agent.name = name;
        row.agent.nickname = nickname;
        row.agent.staffNo = std::string(6 - std::to_string(id * 10).size(), '0') + std::to_string(id * 10);
        row.agent.email = "agent" + std::to_string(id) + "@shop.example.com";
        row.agent.mobile = id % 3 ? "138 0013 80" + std::to_string(10 + id % 90) : "";
        row.agent.role = role;
        row.agent.groups = {model::GroupId(1 + id % 2)};
        row.createdAt = server.now() - hours(id * 13);
        row.invited = id % 4 == 1;
        rows.push_back(row);
    };
    add(3, "阿狸", "小狸", model::Role::Admin);
    add(4, "Bo Andersson", "", model::Role::Agent);
    add(6, "Dorothea Schmidt-Rottluff von und zu Hohenstaufen", "Doro", model::Role::Agent);
    for (std::int64_t id = 7; many && id < 48; ++id)
        add(id, "坐席 " + std::to_string(id), "", id % 9 ? model::Role::Agent : model::Role::Admin);
}

void addAudit(test::FakeServer& server) {
    constexpr std::array kActions{"flow.publish", "group.members", "agent.add",       "settings.save",
                                  "channel.link", "agent.delete",  "screen_pops.save"};
    constexpr std::array kTargets{"flow 1 产品咨询流程",
                                  "group 2 产品咨询客服2组",
                                  "agent 12 坐席 12 (000120)",
                                  "instance 1400000001 Shop",
                                  "channel 1 官网",
                                  "agent 9", // of an older server
                                  "instance 1400000001 Shop"};
    for (int i = 400; i > 0; --i) {
        const auto kind = static_cast<std::size_t>(i) % kActions.size();
        server.admin.audit.push_back({i, server.now() - minutes((400 - i) * 97), model::AgentId(i % 5 ? 3 : 9),
                                      i % 5 ? "阿狸" : "坐席 9", kActions[kind], kTargets[kind],
                                      kind == 3 ? "chat_answer_seconds 30, retention_days 365" : "",
                                      kind == 3   ? "chat_answer_seconds 45, retention_days 730"
                                      : kind == 1 ? "added: Bo Andersson (000040), 坐席 7 (000070)"
                                                  : ""});
    }
}

void addTelephone(test::FakeServer& server) {
    const auto audio = [&](std::int64_t id, const char* name, model::AudioState state, std::int64_t millis) {
        wire::AudioRow row;
        row.id = model::AudioId(id);
        row.name = name;
        row.state = state;
        row.format = id % 2 ? "wav" : "mp3";
        row.bytes = millis * (id % 2 ? 32 : 4);
        row.millis = millis;
        row.createdAt = server.now() - hours((6 - id) * 31);
        server.admin.audio.audio.push_back(row);
    };
    audio(5, "国庆节放假通知", model::AudioState::Unreviewed, 18'400);
    audio(4, "Music while waiting, summer", model::AudioState::Approved, 92'000);
    audio(3, "菜单：产品按 1，售后按 2，其他问题请按 0 转人工", model::AudioState::Approved, 11'700);
    audio(2, "欢迎语", model::AudioState::Approved, 6'200);
    audio(1, "Advert of a partner", model::AudioState::Rejected, 31'000);
    server.admin.audio.audio[2].flows = {"Main IVR"};
    server.admin.audio.audio[3].flows = {"Main IVR", "Night and weekend calls"};
    server.admin.audio.review = true;
    server.admin.audio.speaks = true;
    server.admin.audio.voices = {"cmn", "en"};
    wire::FlowHead ivr;
    ivr.id = model::FlowId(5);
    ivr.name = "Main IVR";
    ivr.mode = model::Mode::Phone;
    ivr.state = model::FlowState::InUse;
    ivr.version = 2;
    server.admin.flows.flows.push_back(ivr);
    server.admin.numbers.numbers = {
        {model::ChannelId(11), "+8675512345678", model::CallType::Both, ivr.id, ivr.name, ivr.state},
        {model::ChannelId(12), "+8675512345679", model::CallType::In, {}, {}, model::FlowState::Unpublished},
        {model::ChannelId(13), "+8675512345680", model::CallType::Out, {}, {}, model::FlowState::Unpublished}};
}

model::Overview quietDay(const test::FakeServer& server) {
    model::Overview now;
    now.timeZone = "Asia/Shanghai";
    now.dayFrom = std::chrono::floor<std::chrono::days>(server.now() + hours(8)) - hours(8);
    now.dayTo = now.dayFrom + hours(24);
    now.threshold = 20;
    now.agents = {1, 0, 0, 0, 2};
    now.groups = {{model::GroupId(1), "产品咨询客服1组", model::Mode::Chat, 0, {}, 0, 1, 1, {}}};
    return now;
}

/// Half past four in the afternoon.
model::Overview busyDay(const test::FakeServer& server) {
    model::Overview now = quietDay(server);
    now.agents = {31, 214, 12, 9, 734};
    const auto tally = [](int offered) {
        model::DayTally today;
        today.offered = offered;
        today.abandoned = offered / 14;
        today.abandonedSoon = offered / 40;
        today.answered = offered - today.abandoned - offered / 200;
        today.within = today.answered * 17 / 20;
        today.waitMs = std::int64_t(today.answered) * 13'600;
        today.handled = today.answered * 19 / 20;
        today.handleMs = std::int64_t(today.handled) * 372'000;
        return today;
    };
    now.modes = {{model::Mode::Chat, tally(4'127)}, {model::Mode::AllMedia, tally(186)}};
    now.channels = {{model::ChannelId(1), "官网", tally(3'902)},
                    {model::ChannelId(2), "Wholesale customers", tally(411)}};
    now.groups = {
        {model::GroupId(1), "产品咨询客服1组", model::Mode::Chat, 7, server.now() - minutes(2), 388, 211, 24,
         tally(3'015)},
        {model::GroupId(2), "After-sales", model::Mode::Chat, 1, server.now() - std::chrono::seconds(12), 41, 48, 7,
         tally(1'112)},
        {model::GroupId(3), "海外客户服务与技术支持组二十个字符整的名", model::Mode::Chat, 0, {}, 0, 0, 0, {}},
        {model::GroupId(4), "视频客服", model::Mode::AllMedia, 0, {}, 3, 5, 2, tally(186)},
        {model::GroupId(5), "热线一组", model::Mode::Phone, 0, {}, 0, 12, 12, {}}};
    for (int quarter = 0; quarter < 66; ++quarter) {
        const int rush = quarter < 28 ? 1 + quarter % 4 : 60 + (quarter * 37) % 23 - std::abs(quarter - 44);
        now.offered.push_back(rush);
        now.abandoned.push_back(rush / (5 + quarter % 9));
        now.answered.push_back(rush - now.abandoned.back());
    }
    return now;
}

} // namespace

void addAdmin(test::FakeServer& server, bool many) {
    furnish(server);
    auto& admin = server.admin;
    admin.on = true;
    server.me.role = model::Role::Admin;
    admin.settings.name = "示例商店";
    admin.settings.timeZone = "Asia/Shanghai";
    addAgents(server, many);
    server.overview = many ? busyDay(server) : quietDay(server);
    if (!many)
        return;
    std::vector<model::AgentId> some;
    for (std::int64_t id = 7; id < 19; ++id)
        some.push_back(model::AgentId(id));
    admin.groups.groups = {
        {model::GroupId(1), model::Mode::Chat, "产品咨询客服1组", 5, some, {"官网欢迎流程", "Night and weekend"}},
        {model::GroupId(2),
         model::Mode::Chat,
         "After-sales",
         3,
         {model::AgentId(3), model::AgentId(4)},
         {"官网欢迎流程"}},
        {model::GroupId(3), model::Mode::Chat, "海外客户服务与技术支持组二十个字符整的名", 1, {}, {}},
        {model::GroupId(4), model::Mode::AllMedia, "视频客服", 1, {model::AgentId(3)}, {}},
        {model::GroupId(5), model::Mode::Phone, "热线一组", 1, some, {"Main IVR"}}};
    wire::FlowHead flow;
    flow.id = model::FlowId(1);
    flow.name = "官网欢迎流程";
    flow.state = model::FlowState::InUse;
    flow.version = 4;
    admin.flows.flows = {flow};
    model::Channel site;
    site.id = model::ChannelId(1);
    site.name = "官网";
    site.key = "wQ3vT8mZk0aYc5uPfR2s";
    site.domain = "shop.example.com";
    site.colour = "#F08A24";
    site.flow = flow.id;
    admin.channels.channels = {site};
    site.id = model::ChannelId(2);
    site.name = "Wholesale customers";
    site.domain = "wholesale.shop.example.com";
    site.flow = {};
    admin.channels.channels.push_back(site);
    admin.blocked.customers = {
        {model::CustomerId(42), "Visitor 42", "adverts, three times in a row", "官网", server.now() - hours(30)},
        {model::CustomerId(57), "访客 57", "", "官网", server.now() - hours(300)}};
    admin.replies.quickReplies = {
        {model::QuickReplyId(1), {}, "你好", "您好，这里是示例商店，请问有什么可以帮您？"},
        {model::QuickReplyId(2), {}, "hours", "We answer on workdays from 9 to 18 o'clock, on Saturdays until 13."},
        {model::QuickReplyId(3), {}, "退货", "七天无理由退货：请保持包装完整，在订单页面选择“申请退货”。"}};
    admin.pops.pops = {{"CRM", "https://crm.shop.example.com/find?caller=${CallerNumber}&who=${Nickname}", true},
                       {"订单系统", "https://erp.shop.example.com/orders?openid=${OpenId}", true},
                       {"Wiki", "https://wiki.shop.example.com/", false}};
    addTelephone(server);
    addAudit(server);
}

} // namespace cb::tour
