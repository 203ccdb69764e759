#include "tests/server/app/house.h"
#include "tests/support/suite.h"

using namespace cb::test;

namespace {

std::string id(const Json& value) {
    return std::to_string(value.get<std::int64_t>());
}

} // namespace

/// Channels, settings, quick replies, screen pops, the block list and the audit, on a server that is at work.
class SettingsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<House> m_house;

    Json audited() const { return m_house->call("GET", "/api/v1/audit?limit=1").json()["entries"][0]; }
    Json demoChannel() const { return m_house->call("GET", "/api/v1/channels").json()["channels"][0]; }
    Json told(const std::string& what) const {
        return m_house->agent->until([&](const Json& frame) {
            return frame["d"].value("kind", "") == "config_changed" && frame["d"].contains(what);
        });
    }

private Q_SLOTS:
    void init() {
        m_house = std::make_unique<House>();
        QVERIFY2(m_house->trouble.empty(), m_house->trouble.c_str());
    }
    void cleanup() { m_house.reset(); }

    void channelsComeAndGo() {
        const Json shop{
            {"kind", "website"}, {"name", "Second shop"}, {"domain", "Second.Example"}, {"colour", "#112233"}};
        const auto made = m_house->call("POST", "/api/v1/channels", shop);
        QCOMPARE(made.status, 200);
        const auto key = made.json().value("key", "");
        QVERIFY(key.size() >= 22);
        QVERIFY(m_house->call("POST", "/api/v1/channels", shop).json().value("key", "") != key);
        QCOMPARE(made.json().value("domain", ""), std::string("second.example"));
        const auto face = [&](const std::string& origin) {
            return ask(m_house->port(), "GET", "/api/v1/widget/" + key, {}, {{"Origin", origin}});
        };
        QVERIFY(face("https://www.second.example").json()["set_up"] == false);
        QCOMPARE(face("https://shop.example").code(), std::string("origin_not_allowed"));
        const auto path = "/api/v1/channels/" + id(made.json()["id"]);
        Json other = shop;
        other["domain"] = "third.example";
        QCOMPARE(m_house->call("PUT", path, other).status, 200);
        QCOMPARE(face("https://third.example").status, 200);
        other["domain"] = "*.third.example";
        QCOMPARE(m_house->call("PUT", path, other).code(), std::string("bad_field"));
        QCOMPARE(m_house->call("POST", "/api/v1/channels", {{"kind", "wechat_account"}, {"name", "x"}}).code(),
                 std::string("channel_kind_unavailable"));

        QCOMPARE(m_house->call("PUT", path + "/flow", {{"flow", m_house->flow}}).status, 200);
        QVERIFY(face("https://third.example").json()["set_up"] == true);
        QCOMPARE(m_house->call("PUT", path + "/flow", {{"flow", 999}}).code(), std::string("flow_unknown"));
        const auto draft = m_house->newFlow("Not yet", 1, false);
        QCOMPARE(m_house->call("PUT", path + "/flow", {{"flow", draft}}).code(), std::string("flow_not_published"));
        QCOMPARE(m_house->call("DELETE", path).status, 204);
        QCOMPARE(face("https://third.example").code(), std::string("channel_unknown"));
        QCOMPARE(m_house->call("DELETE", path).status, 404);
        QCOMPARE(audited().value("action", ""), std::string("channel.delete"));
    }

    /// What runs goes on; what comes after is refused.
    void runningSessionsOutliveTheirChannel() {
        const auto channel = demoChannel();
        const auto path = "/api/v1/channels/" + id(channel["id"]);
        QCOMPARE(m_house->call("PUT", path + "/flow", {{"flow", 0}}).status, 200);
        const auto say = [&](const std::string& name, const std::string& text) {
            return m_house->visitor
                ->request("message.send",
                          {{"uuid", "00000000-0000-4000-8000-0000000000" + name}, {"kind", "text"}, {"text", text}})
                .value("t", "");
        };
        QCOMPARE(say("d1", "unlinked"), std::string("ok"));
        {
            auto late = m_house->demo.visitor(visitorToken(50));
            const auto refused = late->request("session.start", Json::object());
            QCOMPARE(refused["d"].value("code", ""), std::string("not_set_up"));
        }
        QCOMPARE(m_house->call("DELETE", path).status, 204);
        QCOMPARE(say("d2", "deleted"), std::string("ok"));
        Talker late(m_house->port(), "/ws/visitor");
        late.send("hello", {{"protocol", 1}, {"channel", "demo"}, {"token", visitorToken(51)}}, 1);
        QCOMPARE(late.answer(1)["d"].value("code", ""), std::string("channel_unknown"));
        // The flow is not in use any more.
        const auto flow = m_house->call("GET", "/api/v1/flows/" + std::to_string(m_house->flow)).json();
        QCOMPARE(flow.value("state", ""), std::string("published"));
    }

    void aLinkIsForNewSessions() {
        const auto flow = m_house->newFlow("Straight to support", 2, true);
        const auto path = "/api/v1/channels/" + id(demoChannel()["id"]) + "/flow";
        QCOMPARE(m_house->call("PUT", path, {{"flow", flow}}).status, 200);
        QCOMPARE(m_house->agent->request("session.end", {{"session", m_house->session}}).value("t", ""),
                 std::string("ok"));
        m_house->agent->request("session.complete", {{"session", m_house->session}});
        auto next = m_house->demo.visitor(visitorToken(60));
        next->request("session.start", Json::object());
        const auto offered = m_house->agent->untilEvent("session_offered"); // no menu before it
        QVERIFY(offered["d"]["offer"]["session"]["group"] == 2);
    }

    void settingsTakeEffect() {
        auto form = m_house->call("GET", "/api/v1/settings").json();
        QVERIFY(form["settings"]["chat_answer_seconds"] == 30);
        form["settings"]["wrap_up_seconds"] = 77;
        form["settings"]["file_bytes"] = 2048;
        QCOMPARE(m_house->call("PUT", "/api/v1/settings", form).status, 200);
        QVERIFY(told("settings")["d"]["settings"]["wrap_up_seconds"] == 77);
        QCOMPARE(m_house->upload("large.bin", std::string(4096, 'x')).code(), std::string("file_too_large"));
        QCOMPARE(audited().value("before", ""), std::string("wrap_up_seconds 120, file_bytes 20971520"));
        QCOMPARE(audited().value("after", ""), std::string("wrap_up_seconds 77, file_bytes 2048"));
        form["settings"]["chat_answer_seconds"] = 91;
        const auto refused = m_house->call("PUT", "/api/v1/settings", form);
        QCOMPARE(refused.code(), std::string("bad_field"));
        QVERIFY(
            refused.json()["error"]["params"] ==
            (Json{{"field", "settings.chat_answer_seconds"}, {"why", "out_of_range"}, {"min", "1"}, {"max", "90"}}));
        QVERIFY(m_house->call("GET", "/api/v1/settings").json()["settings"]["wrap_up_seconds"] == 77);
    }

    void quickRepliesComeAndGo() {
        const auto list = [&] {
            return m_house->callAs(m_house->agent1, "GET", "/api/v1/quick-replies").json()["quick_replies"];
        };
        const auto before = list().size();
        const auto made =
            m_house->call("POST", "/api/v1/quick-replies", {{"title", "refund"}, {"text", "七天内可退。"}});
        QCOMPARE(made.status, 200);
        QVERIFY(told("quick_replies")["d"]["quick_replies"] == true);
        QCOMPARE(list().size(), before + 1);
        const auto path = "/api/v1/quick-replies/" + id(made.json()["id"]);
        QCOMPARE(m_house->call("PUT", path, {{"title", "refund"}, {"text", "十四天内可退。"}}).status, 204);
        QVERIFY(list().back()["text"] == "十四天内可退。");
        QCOMPARE(m_house->call("PUT", path, {{"title", ""}, {"text", "x"}}).code(), std::string("bad_field"));
        QCOMPARE(m_house->call("DELETE", path).status, 204);
        QCOMPARE(list().size(), before);
        QCOMPARE(m_house->call("DELETE", path).status, 404);
    }

    void screenPopsAreOneList() {
        const Json pops{
            {"pops", Json::array({{{"name", "CRM"}, {"url", "https://crm.example/?n=${Nickname}"}, {"enabled", true}},
                                  {{"name", "Wiki"}, {"url", "http://wiki.example"}, {"enabled", false}}})}};
        QCOMPARE(m_house->call("PUT", "/api/v1/screen-pops", pops).status, 200);
        QVERIFY(told("screen_pops")["d"]["screen_pops"] == true);
        QVERIFY(m_house->callAs(m_house->agent1, "GET", "/api/v1/screen-pops").json() == pops);
        QVERIFY(m_house->callAs(m_house->otherAdmin, "GET", "/api/v1/screen-pops").json()["pops"].empty());
        const auto refused =
            m_house->call("PUT", "/api/v1/screen-pops",
                          {{"pops", Json::array({{{"name", "x"}, {"url", "http://a.example/${No}"}}})}});
        QCOMPARE(refused.json()["error"]["params"].value("why", ""), std::string("unknown_placeholder"));
        QVERIFY(m_house->call("GET", "/api/v1/screen-pops").json() == pops);
        QCOMPARE(m_house->call("PUT", "/api/v1/screen-pops", {{"pops", Json::array()}}).status, 200);
        QVERIFY(m_house->call("GET", "/api/v1/screen-pops").json()["pops"].empty());
    }

    void blockedCustomersAreLetInAgain() {
        const auto customer = m_house->customer;
        const auto blocked = [&] { return m_house->call("GET", "/api/v1/blocked-customers").json()["customers"]; };
        QVERIFY(blocked().empty());
        m_house->agent->request("customer.block", {{"customer", customer}, {"blocked", true}});
        QCOMPARE(m_house->visitor->untilType("bye")["d"].value("code", ""), std::string("blocked"));
        QCOMPARE(blocked().size(), std::size_t(1));
        QVERIFY(blocked()[0]["id"] == customer && !blocked()[0].value("channel", "").empty());
        QCOMPARE(ask(m_house->port(), "GET", "/api/v1/widget/demo/messages", {}, visitorHeader(m_house->visitorToken))
                     .code(),
                 std::string("blocked"));
        const auto path = "/api/v1/customers/" + std::to_string(customer) + "/unblock";
        QCOMPARE(m_house->call("POST", path).status, 204);
        QVERIFY(blocked().empty());
        QCOMPARE(audited().value("action", ""), std::string("customer.unblock"));
        auto again = m_house->demo.visitor(m_house->visitorToken); // the live state agrees
        QVERIFY(again);
        QCOMPARE(again->request("session.start", Json::object()).value("t", ""), std::string("ok"));
        QCOMPARE(m_house->call("POST", path).status, 204); // again does nothing
    }

    void theAuditIsInPages() {
        for (const char* title : {"a", "b", "c"})
            m_house->call("POST", "/api/v1/quick-replies", {{"title", title}, {"text", "x"}});
        m_house->call("POST", "/api/v1/groups", {{"mode", "chat"}, {"name", "Audited"}, {"limit", 1}});
        const auto page = [&](const std::string& query) {
            return m_house->call("GET", "/api/v1/audit" + query).json();
        };
        const auto first = page("?limit=2");
        QVERIFY(first["entries"].size() == 2 && first["more"] == true);
        QVERIFY(first["entries"][0]["action"] == "group.add" && first["entries"][0]["agent_name"] == "管理员");
        QVERIFY(first["entries"][1].value("after", "").find("c: x") == 0);
        const auto second = page("?limit=2&before=" + id(first["entries"][1]["seq"]));
        QVERIFY(second["entries"][0].value("after", "").find("b: x") == 0 && second["more"] == false);
        QCOMPARE(page("?action=quick_reply.")["entries"].size(), std::size_t(3));
        QCOMPARE(page("?action=group.add")["entries"].size(), std::size_t(1));
        QVERIFY(page("?action=quickxreply")["entries"].empty()); // an underscore is only that
        const auto me = id(first["entries"][0]["agent"]);
        QCOMPARE(page("?agent=" + me)["entries"].size(), std::size_t(4));
        QVERIFY(page("?agent=9999")["entries"].empty());
        for (const char* bad : {"?action=%25", "?limit=0", "?limit=201", "?before=x", "?agent=-1"})
            QCOMPARE(m_house->call("GET", std::string("/api/v1/audit") + bad).code(), std::string("bad_field"));
        QVERIFY(m_house->callAs(m_house->otherAdmin, "GET", "/api/v1/audit").json()["entries"].empty());
    }
};

static const Add<SettingsTest> addedSettingsTest;
#include "settings_test.moc"
