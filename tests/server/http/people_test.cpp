#include "server/store/connection_p.h"
#include "tests/server/app/house.h"
#include "tests/support/suite.h"

#include <QtCore/QDebug>
#include <QtCore/QFile>

#include <chrono>

using namespace cb;
using namespace cb::test;

namespace {

Json draft(const std::string& number) {
    return {{"name", "New " + number},
            {"email", "new" + number + "@shop.example"},
            {"staff_no", "7" + number},
            {"groups", {1}}};
}

std::string id(std::int64_t value) {
    return std::to_string(value);
}

} // namespace

/// Groups and agents, on a server that is at work.
class PeopleTest : public QObject {
    Q_OBJECT

    std::unique_ptr<House> m_house;

    Json group(std::int64_t wanted) const {
        const auto list = m_house->call("GET", "/api/v1/groups").json();
        for (const auto& row : list["groups"])
            if (row["id"] == wanted)
                return row;
        return {};
    }
    Json agent(const std::string& email) const {
        const auto list = m_house->call("GET", "/api/v1/agents").json();
        for (const auto& row : list["agents"])
            if (row.value("email", "") == email)
                return row;
        return {};
    }
    std::int64_t newGroup(const std::string& name) const {
        const auto made = m_house->call("POST", "/api/v1/groups", {{"mode", "chat"}, {"name", name}, {"limit", 2}});
        return made.status == 200 ? made.json().value("id", std::int64_t(0)) : 0;
    }
    /// The newest audit entry.
    Json audited() const { return m_house->call("GET", "/api/v1/audit?limit=1").json()["entries"][0]; }

    /// Letters to this address, from the disk of the running server: those that wait, and those written out.
    std::vector<std::string> letters(const std::string& to) const;
    std::string delivered(std::int64_t number) const;
    /// The one-time password in a letter.
    static std::string passwordIn(const std::string& letter) {
        const std::string word = "assword: ";
        const auto at = letter.find(word) + word.size();
        return letter.substr(at, letter.find('\n', at) - at);
    }

private Q_SLOTS:
    void init() {
        m_house = std::make_unique<House>();
        QVERIFY2(m_house->trouble.empty(), m_house->trouble.c_str());
    }
    void cleanup() { m_house.reset(); }

    void groupsComeAndGo();
    void groupsInUseStay();
    void removedMembersLoseTheirChats();
    void agentsComeAndGo();
    void deletedAgentsAreThrownOut();
    void resetPasswordsEndEverything();
    void whoMayNotBeDeleted();
    void manyAtOnce();
    void fiveThousand();
};

std::vector<std::string> PeopleTest::letters(const std::string& to) const {
    store::DatabaseOptions options;
    options.where = m_house->demo.data() + "/cloudbell.db";
    store::Connection connection(options, store::Connection::Use::Read);
    std::int64_t number = 0;
    std::string body;
    store::Query query(connection, "SELECT id, body FROM mail WHERE recipient = :r ORDER BY id");
    query.into(number).into(body).bind(std::string_view(to));
    std::vector<std::string> out;
    while (query.next())
        out.push_back(body.empty() ? delivered(number) : body);
    return out;
}

std::string PeopleTest::delivered(std::int64_t number) const {
    QFile file(QString::fromStdString(m_house->demo.data() + "/mail/" + id(number) + ".eml"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray mail = file.readAll();
    return QByteArray::fromBase64(mail.mid(mail.indexOf("\r\n\r\n") + 4)).replace('\r', QByteArray()).toStdString();
}

void PeopleTest::groupsComeAndGo() {
    const auto made = m_house->call("POST", "/api/v1/groups", {{"mode", "chat"}, {"name", " 夜班 "}, {"limit", 4}});
    QCOMPARE(made.status, 200);
    const auto number = made.json().value("id", std::int64_t(0));
    QCOMPARE(made.json().value("name", ""), std::string("夜班"));
    QCOMPARE(audited().value("action", ""), std::string("group.add"));
    QCOMPARE(m_house->call("POST", "/api/v1/groups", {{"mode", "chat"}, {"name", "夜班"}, {"limit", 4}}).code(),
             std::string("group_name_taken"));
    QCOMPARE(m_house->call("POST", "/api/v1/groups", {{"mode", "chat"}, {"name", "x"}, {"limit", 0}}).status, 400);
    const auto path = "/api/v1/groups/" + id(number);
    const auto saved = m_house->call("PUT", path, {{"name", "白班"}, {"limit", 6}});
    QCOMPARE(saved.status, 200);
    QVERIFY(group(number)["name"] == "白班" && group(number)["limit"] == 6);
    // The workbench of who becomes a member is told.
    const auto joined = m_house->call("POST", path + "/members", {{"add", {2, 3}}});
    QCOMPARE(joined.json()["members"].size(), std::size_t(2));
    const auto told = m_house->agent->until([&](const Json& frame) {
        if (frame["d"].value("kind", "") != "config_changed" || !frame["d"].contains("me"))
            return false;
        const auto& mine = frame["d"]["me"]["groups"];
        return std::find(mine.begin(), mine.end(), Json(number)) != mine.end();
    });
    QVERIFY(!told.is_null());
    QVERIFY(audited()["agent_name"] == "管理员" && audited().value("after", "").find("added: ") == 0);
    QCOMPARE(m_house->call("POST", path + "/members", {{"add", {9999}}}).code(), std::string("agent_unknown"));
    QCOMPARE(m_house->call("DELETE", path).status, 204);
    QVERIFY(group(number).is_null());
    QVERIFY(!agent("agent1@demo.test").is_null()); // its agents stay
    QCOMPARE(m_house->call("DELETE", path).status, 404);
    QCOMPARE(m_house->call("POST", "/api/v1/groups", {{"mode", "chat"}, {"name", "白班"}, {"limit", 1}}).status, 200);
}

void PeopleTest::groupsInUseStay() {
    const auto number = newGroup("Named");
    const auto flow = m_house->newFlow("Names it", number, false);
    const auto path = "/api/v1/groups/" + id(number);
    QVERIFY(group(number)["flows"].empty()); // a draft holds nothing
    const auto flowPath = "/api/v1/flows/" + id(flow);
    QCOMPARE(m_house->call("POST", flowPath + "/publish", {{"revision", 1}}).status, 200);
    QVERIFY(group(number)["flows"] == Json::array({"Names it"}));
    const auto refused = m_house->call("DELETE", path);
    QCOMPARE(refused.status, 409);
    QCOMPARE(refused.code(), std::string("group_in_use"));
    QCOMPARE(refused.json()["error"]["params"].value("flows", ""), std::string("Names it"));
    QCOMPARE(m_house->call("POST", flowPath + "/unpublish", {{"revision", 2}}).status, 200);
    QCOMPARE(m_house->call("DELETE", path).status, 204);

    // The visitor of the house is served by the first group. With its flow out of the way the session still holds it.
    const auto channel = m_house->call("GET", "/api/v1/channels").json()["channels"][0]["id"].get<std::int64_t>();
    QCOMPARE(m_house->call("PUT", "/api/v1/channels/" + id(channel) + "/flow", {{"flow", 0}}).status, 200);
    const auto demoFlow = "/api/v1/flows/" + id(m_house->flow);
    const auto revision = m_house->call("GET", demoFlow).json()["revision"];
    QCOMPARE(m_house->call("POST", demoFlow + "/unpublish", {{"revision", revision}}).status, 200);
    const auto busy = m_house->call("DELETE", "/api/v1/groups/1");
    QCOMPARE(busy.code(), std::string("group_in_use"));
    QCOMPARE(busy.json()["error"]["params"].value("count", ""), std::string("1"));
    QCOMPARE(busy.json()["error"]["params"].value("sessions", ""), id(m_house->session));
    QCOMPARE(m_house->agent->request("session.end", {{"session", m_house->session}}).value("t", ""), std::string("ok"));
    QCOMPARE(m_house->agent->request("session.complete", {{"session", m_house->session}}).value("t", ""),
             std::string("ok"));
    QCOMPARE(m_house->call("DELETE", "/api/v1/groups/1").status, 204);
}

void PeopleTest::removedMembersLoseTheirChats() {
    auto second = m_house->demo.agent(m_house->agent2);
    QVERIFY(second);
    second->request("status.set", {{"status", "idle"}});
    const auto me = agent("agent1@demo.test")["id"];
    QCOMPARE(m_house->call("POST", "/api/v1/groups/1/members", {{"remove", {me}}}).status, 200);
    const auto lost = m_house->agent->untilEvent("session_returned");
    QCOMPARE(lost["d"].value("reason", ""), std::string("removed_from_group"));
    const auto offered = second->untilEvent("session_offered");
    QVERIFY(offered["d"]["offer"]["session"]["id"] == m_house->session);
    // What rings at somebody who is removed rings elsewhere.
    QCOMPARE(m_house->call("POST", "/api/v1/groups/1/members", {{"add", {me}}}).status, 200);
    const auto other = agent("agent2@demo.test")["id"];
    QCOMPARE(m_house->call("POST", "/api/v1/groups/1/members", {{"remove", {other}}}).status, 200);
    QVERIFY(!second->untilEvent("offer_closed").is_null());
    const auto again = m_house->agent->untilEvent("session_offered");
    QVERIFY(again["d"]["offer"]["session"]["id"] == m_house->session);
}

void PeopleTest::agentsComeAndGo() {
    const auto added = m_house->call("POST", "/api/v1/agents", draft("1"));
    QCOMPARE(added.status, 200);
    QVERIFY(added.json()["invited"] == true && added.body.find("assword") == std::string::npos);
    const auto number = added.json()["id"].get<std::int64_t>();
    QVERIFY(m_house->call("GET", "/api/v1/agents").json()["mailed"] == false); // there is no mail server here
    QVERIFY(agent("new1@shop.example")["invited"] == true &&
            agent("agent1@demo.test").value("invited", false) == false);
    const auto mail = letters("new1@shop.example");
    QCOMPARE(mail.size(), std::size_t(1));
    const auto password = passwordIn(mail[0]);
    QVERIFY(audited().dump().find(password) == std::string::npos);
    const auto token = m_house->demo.signIn("new1@shop.example", password);
    QVERIFY2(!token.empty(), password.c_str());
    QCOMPARE(m_house->callAs(token, "GET", "/api/v1/quick-replies").code(), std::string("password_change_required"));
    auto boss = m_house->demo.agent(m_house->admin);
    const auto changed =
        m_house->callAs(token, "POST", "/api/v1/password", {{"old", password}, {"new", "my own password"}});
    QCOMPARE(changed.status, 200);
    const auto hint = boss->until([](const Json& frame) { return frame["d"].value("kind", "") == "config_changed"; });
    QVERIFY(!hint.is_null() && hint["d"].value("lists", false)); // who sees "not signed in yet" asks again
    QVERIFY(!agent("new1@shop.example").value("invited", false));
    QVERIFY(!m_house->demo.signIn("new1@shop.example", "my own password").empty());
    QVERIFY(m_house->demo.signIn("new1@shop.example", password).empty());

    const auto path = "/api/v1/agents/" + id(number);
    const auto saved = m_house->call("PUT", path, {{"name", "Renamed"}, {"nickname", "Ren"}, {"groups", {1, 2}}});
    QCOMPARE(saved.status, 200);
    QVERIFY(saved.json()["name"] == "Renamed" && saved.json()["groups"].size() == 2);
    QCOMPARE(m_house->call("PUT", path, {{"name", "x"}, {"email", "other@shop.example"}}).status, 400);
    QCOMPARE(m_house->call("POST", "/api/v1/agents", draft("1")).code(), std::string("email_taken"));
    QCOMPARE(m_house->call("DELETE", path).status, 204);
    QVERIFY(agent("new1@shop.example").is_null());
    QVERIFY(m_house->demo.signIn("new1@shop.example", "my own password").empty());
    QCOMPARE(m_house->call("DELETE", path).status, 404);
    auto again = draft("1");
    QCOMPARE(m_house->call("POST", "/api/v1/agents", again).code(), std::string("email_taken")); // stays reserved
    again["email"] = "other@shop.example";
    QCOMPARE(m_house->call("POST", "/api/v1/agents", again).code(), std::string("staff_no_taken"));
}

void PeopleTest::deletedAgentsAreThrownOut() {
    auto second = m_house->demo.agent(m_house->agent2);
    second->request("status.set", {{"status", "idle"}});
    const auto number = agent("agent1@demo.test")["id"].get<std::int64_t>();
    QCOMPARE(m_house->call("DELETE", "/api/v1/agents/" + id(number)).status, 204);
    QCOMPARE(m_house->agent->untilType("bye")["d"].value("code", ""), std::string("deleted"));
    QCOMPARE(*m_house->agent->closed(), std::uint16_t(4002));
    QCOMPARE(m_house->callAs(m_house->agent1, "GET", "/api/v1/me").status, 401);
    const auto offered = second->untilEvent("session_offered");
    QVERIFY(offered["d"]["offer"]["session"]["id"] == m_house->session);
    QVERIFY(m_house->demo.signIn("agent1@demo.test").empty());
}

void PeopleTest::resetPasswordsEndEverything() {
    const auto number = agent("agent1@demo.test")["id"].get<std::int64_t>();
    const auto reset = m_house->call("POST", "/api/v1/agents/" + id(number) + "/reset-password");
    QCOMPARE(reset.status, 204);
    QCOMPARE(m_house->agent->untilType("bye")["d"].value("code", ""), std::string("token_revoked"));
    QCOMPARE(*m_house->agent->closed(), std::uint16_t(4002));
    QCOMPARE(m_house->callAs(m_house->agent1, "GET", "/api/v1/me").status, 401);
    QVERIFY(m_house->demo.signIn("agent1@demo.test").empty()); // the old one is void
    const auto mail = letters("agent1@demo.test");
    QCOMPARE(mail.size(), std::size_t(1));
    const auto first = passwordIn(mail[0]);
    QVERIFY(!m_house->demo.signIn("agent1@demo.test", first).empty());
    QCOMPARE(m_house->call("POST", "/api/v1/agents/" + id(number) + "/reset-password").status, 204);
    QVERIFY(m_house->demo.signIn("agent1@demo.test", first).empty());
    const auto entry = audited();
    QCOMPARE(entry.value("action", ""), std::string("agent.reset_password"));
    QVERIFY(entry.dump().find(passwordIn(letters("agent1@demo.test").back())) == std::string::npos);
}

void PeopleTest::whoMayNotBeDeleted() {
    const auto me = agent("admin@demo.test")["id"].get<std::int64_t>();
    QCOMPARE(m_house->call("DELETE", "/api/v1/agents/" + id(me)).code(), std::string("agent_is_self"));
    QCOMPARE(m_house->call("POST", "/api/v1/agents/" + id(me) + "/reset-password").code(),
             std::string("agent_is_self"));
    auto second = draft("9");
    second["role"] = "admin";
    second.erase("staff_no"); // gets the next one
    const auto added = m_house->call("POST", "/api/v1/agents", second);
    QCOMPARE(added.status, 200);
    QCOMPARE(added.json().value("staff_no", ""), std::string("000014"));
    QCOMPARE(m_house->call("DELETE", "/api/v1/agents/" + id(added.json()["id"].get<std::int64_t>())).status, 204);
}

void PeopleTest::manyAtOnce() {
    Json rows = Json::array({draft("1"), draft("2"), draft("3")});
    rows[1]["email"] = "agent1@demo.test";
    const auto looked = m_house->call("POST", "/api/v1/agents/bulk", {{"rows", rows}, {"check", true}});
    QCOMPARE(looked.status, 200);
    QCOMPARE(looked.json()["bad"].dump(), std::string(R"([{"code":"email_taken","field":"email","row":1}])"));
    QCOMPARE(looked.json().value("added", -1), 0);
    QCOMPARE(m_house->call("POST", "/api/v1/agents/bulk", {{"rows", rows}}).json().value("added", -1), 0);
    QVERIFY(agent("new1@shop.example").is_null()); // all or none
    const auto good = m_house->call("POST", "/api/v1/agents/bulk", {{"rows", rows}, {"add_good", true}});
    QCOMPARE(good.json().value("added", -1), 2);
    QVERIFY(!agent("new3@shop.example").is_null());
    QCOMPARE(letters("new3@shop.example").size(), std::size_t(1));
    QVERIFY(letters("agent1@demo.test").empty());
    // The same file once more, with one line mended and one new: who is there already is skipped.
    rows[1] = draft("2");
    rows.push_back(draft("4"));
    const auto again = m_house->call("POST", "/api/v1/agents/bulk", {{"rows", rows}});
    QCOMPARE(again.json().dump(), std::string(R"({"added":2,"bad":[],"there":[0,2]})"));
    QCOMPARE(letters("new1@shop.example").size(), std::size_t(1)); // no second one
    const auto whole = m_house->call("POST", "/api/v1/agents/bulk", {{"rows", rows}});
    QCOMPARE(whole.json().dump(), std::string(R"({"added":0,"bad":[],"there":[0,1,2,3]})"));
    rows[0]["name"] = "Somebody else"; // shares only some of it
    const auto clash = m_house->call("POST", "/api/v1/agents/bulk", {{"rows", rows}, {"check", true}}).json();
    QVERIFY(clash["bad"][0]["row"] == 0 && clash["there"] == Json::array({1, 2, 3}));
    rows[0]["role"] = "robot"; // must not vanish and shift the numbers of the others
    QCOMPARE(m_house->call("POST", "/api/v1/agents/bulk", {{"rows", rows}, {"check", true}}).code(),
             std::string("bad_field"));
    QCOMPARE(m_house->call("POST", "/api/v1/agents/bulk", {{"rows", Json::array()}}).code(), std::string("bad_field"));
}

void PeopleTest::fiveThousand() {
    Json rows = Json::array();
    for (int i = 0; i < 5'000; ++i)
        rows.push_back(draft(std::to_string(10'000 + i)));
    const auto begin = std::chrono::steady_clock::now();
    const auto reply = m_house->call("POST", "/api/v1/agents/bulk", {{"rows", rows}});
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    qInfo() << "5,000 agents added in" << took.count() << "ms";
    QVERIFY2(reply.status == 200, reply.body.substr(0, 300).c_str());
    QCOMPARE(reply.json().value("added", 0), 5'000);
    QVERIFY(took.count() <= 5'000);
    QCOMPARE(m_house->call("GET", "/api/v1/agents").json()["agents"].size(), std::size_t(5'004));
    const auto mail = letters("new14999@shop.example");
    QCOMPARE(mail.size(), std::size_t(1));
    QVERIFY(!m_house->demo.signIn("new14999@shop.example", passwordIn(mail[0])).empty());
    rows.push_back(draft("x"));
    QCOMPARE(m_house->call("POST", "/api/v1/agents/bulk", {{"rows", rows}}).code(), std::string("bad_field"));
}

static const Add<PeopleTest> addedPeopleTest;
#include "people_test.moc"
