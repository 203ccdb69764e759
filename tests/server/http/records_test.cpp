#include "tests/server/app/house.h"
#include "tests/support/suite.h"

#include <set>

using namespace cb::test;

/// Service records, exports and erasing, from outside.
class RecordsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<House> m_house;

    Reply get(const std::string& token, const std::string& target) const {
        return m_house->callAs(token, "GET", target);
    }
    std::vector<std::int64_t> ids(const std::string& token, const std::string& query) const {
        std::vector<std::int64_t> found;
        const auto json = get(token, "/api/v1/records" + query).json();
        for (const auto& record : json.value("records", Json::array()))
            found.push_back(record.value("id", std::int64_t(0)));
        return found;
    }
    /// The index is filled some time after the message.
    bool becomes(const std::string& token, const std::string& query, const std::vector<std::int64_t>& wanted) const {
        for (int i = 0; i < 5'000; ++i)
            if (ids(token, query) == wanted)
                return true;
        return false;
    }
    /// A visitor of this number comes, says it and goes.
    std::int64_t visit(int number, const std::string& text) const {
        auto visitor = m_house->demo.visitor(visitorToken(number));
        if (!visitor)
            return 0;
        visitor->request("session.start", Json::object());
        const auto sent = visitor->request(
            "message.send", {{"uuid", "00000000-0000-4000-8000-0000000000" + std::to_string(10 + number)},
                             {"kind", "text"},
                             {"text", text}});
        visitor->request("session.leave", Json::object());
        return sent["d"].value("session", std::int64_t(0));
    }
    std::string ownQuery() const { return "?agent=" + std::to_string(agentId()); }
    std::int64_t agentId() const {
        return get(m_house->agent1, "/api/v1/me").json()["me"].value("id", std::int64_t(0));
    }
    std::string audited(const std::string& action) const {
        return get(m_house->admin, "/api/v1/audit?action=" + action).body;
    }

private Q_SLOTS:
    void initTestCase() {
        m_house = std::make_unique<House>();
        QVERIFY2(m_house->trouble.empty(), m_house->trouble.c_str());
    }

    void agentsSeeTheirOwnAndAdminsAll();
    void filtersAreChecked();
    void pagesHaveNoGapsAndNoDoubles();
    void wordsAreFound();
    void anExportIsItsMakers();
    void whatIsErasedIsGone();
};

void RecordsTest::agentsSeeTheirOwnAndAdminsAll() {
    const std::vector<std::int64_t> served{m_house->session};
    QCOMPARE(ids(m_house->agent1, ""), served);
    QCOMPARE(ids(m_house->agent1, ownQuery()), served);
    QVERIFY(ids(m_house->agent2, "").empty());
    QCOMPARE(get(m_house->agent2, "/api/v1/records" + ownQuery()).code(), std::string("forbidden"));
    const auto all = ids(m_house->admin, "");
    QVERIFY(std::find(all.begin(), all.end(), m_house->session) != all.end());
    QCOMPARE(ids(m_house->admin, ownQuery()), served);
    QVERIFY(ids(m_house->otherAdmin, "").empty());
    QVERIFY(ids(m_house->otherAdmin, ownQuery()).empty());

    const auto one = get(m_house->agent1, "/api/v1/records/" + std::to_string(m_house->session)).json();
    QCOMPARE(one.value("state", ""), std::string("open"));
    QCOMPARE(one.value("agent", std::int64_t(0)), agentId());
    QVERIFY(!one.value("agent_name", "").empty() && !one.value("group_name", "").empty());
    QVERIFY(one.value("answered_at", std::int64_t(0)) >= one.value("queued_at", std::int64_t(0)));
    QVERIFY(one.value("flow_version", 0) > 0 && !one.value("flow_name", "").empty());
    QCOMPARE(one.value("offers", 0), 1);
    QCOMPARE(one.value("customer", std::int64_t(0)), m_house->customer);
    QVERIFY(!one.contains("external_id")); // of a website it is the hash of a secret
}

void RecordsTest::filtersAreChecked() {
    QVERIFY(ids(m_house->admin, "?mode=phone").empty());
    QCOMPARE(ids(m_house->admin, "?answered=true&state=open").size(), std::size_t(1));
    QVERIFY(ids(m_house->admin, "?state=open&to=1").empty());
    const std::string last = "9223372036854775807";
    QVERIFY(ids(m_house->admin, "?from=1&to=" + last) == ids(m_house->admin, ""));
    QVERIFY(ids(m_house->admin, "?from=" + last).empty());
    for (const std::string bad : {"state=gone", "mode=fax", "end_reason=x", "answered=maybe", "limit=0", "limit=201",
                                  "before=x", "from=-1", "text=%3F%21", "customer=%FF", "group=x"}) {
        const auto reply = get(m_house->admin, "/api/v1/records?" + bad);
        QVERIFY2(reply.status == 400 && reply.code() == "bad_field", (bad + reply.body).c_str());
        QCOMPARE(reply.json()["error"]["params"].value("field", ""), bad.substr(0, bad.find('=')));
    }
    const auto counted = get(m_house->admin, "/api/v1/records?count=true").json();
    QCOMPARE(counted.value("count", std::int64_t(-1)), std::int64_t(counted["records"].size()));
    QVERIFY(!get(m_house->admin, "/api/v1/records").json().contains("count"));
    QVERIFY(!get(m_house->admin, "/api/v1/records?count=true&text=x").json().contains("count"));
}

void RecordsTest::pagesHaveNoGapsAndNoDoubles() {
    for (int i = 0; i < 7; ++i)
        QVERIFY(visit(10 + i, "hello") > 0);
    const auto wanted = ids(m_house->admin, "");
    std::vector<std::int64_t> seen;
    int number = 20;
    for (std::int64_t before = 0;;) {
        const auto page = get(m_house->admin, "/api/v1/records?limit=2&before=" + std::to_string(before)).json();
        for (const auto& record : page["records"])
            seen.push_back(record.value("id", std::int64_t(0)));
        before = page.value("next", std::int64_t(0));
        if (before == 0)
            break;
        QVERIFY(visit(number++, "a new one") > 0);
    }
    QVERIFY(seen == wanted);
    QVERIFY(ids(m_house->admin, "").size() > seen.size());
}

void RecordsTest::wordsAreFound() {
    const auto refund = visit(40, "我要退款 order 4711");
    const auto other = visit(41, "退 货款");
    QVERIFY(refund > 0 && other > 0);
    QVERIFY(becomes(m_house->admin, "?text=%E9%80%80%E6%AC%BE", {refund}));
    QVERIFY(becomes(m_house->admin, "?text=%E9%80%80", {other, refund}));
    QVERIFY(becomes(m_house->admin, "?text=ORDER%20%E9%80%80%E6%AC%BE", {refund}));
    QVERIFY(ids(m_house->agent1, "?text=%E9%80%80").empty()); // nobody's, so not theirs
    QVERIFY(ids(m_house->otherAdmin, "?text=%E9%80%80").empty());
    m_house->agent->request("message.send", {{"session", m_house->session},
                                             {"uuid", "00000000-0000-4000-8000-0000000000ff"},
                                             {"kind", "text"},
                                             {"text", "zanzibar"}});
    QVERIFY(becomes(m_house->agent1, "?text=zanzibar", {m_house->session}));
    QVERIFY(ids(m_house->agent2, "?text=zanzibar").empty());
    m_house->agent->request("customer.update", {{"customer", m_house->customer}, {"name", "=1+1 王芳"}, {"notes", ""}});
    QVERIFY(becomes(m_house->agent1, "?customer=%E7%8E%8B%E8%8A%B3", {m_house->session}));
}

void RecordsTest::anExportIsItsMakers() {
    const auto target = [](std::int64_t id, const char* more = "") {
        return "/api/v1/exports/" + std::to_string(id) + more;
    };
    const auto id = m_house->finishedExport(
        m_house->admin, {{"kind", "records"},
                         {"filters", {{"state", "open"}}},
                         {"columns", {{{"name", "id"}, {"title", "编号"}}, {{"name", "customer"}, {"title", "=x"}}}}});
    QVERIFY(id > 0);
    const auto file = get(m_house->admin, target(id, "/file"));
    QCOMPARE(file.status, 200);
    QCOMPARE(file.header("content-type"), std::string("text/csv; charset=utf-8"));
    QVERIFY(file.header("content-disposition").find("attachment; filename=") == 0);
    QCOMPARE(file.body, "\xEF\xBB\xBF编号,\"'=x\"\r\n" + std::to_string(m_house->session) + ",\"'=1+1 王芳\"\r\n");
    for (const auto& token : {m_house->agent1, m_house->otherAdmin})
        for (const char* more : {"", "/file"})
            QCOMPARE(get(token, target(id, more)).status, 404);
    QVERIFY(audited("records.").find("\"target\":\"export " + std::to_string(id) + "\"") != std::string::npos);
    QVERIFY(audited("records.").find("by state") != std::string::npos);
    QVERIFY(audited("records.").find("export " + std::to_string(m_house->exported)) == std::string::npos); // one's own

    const auto order = [&](const std::string& token, const Json& body) {
        return m_house->callAs(token, "POST", "/api/v1/exports", body).code();
    };
    QCOMPARE(order(m_house->admin, {{"kind", "secrets"}}), std::string("bad_field"));
    QCOMPARE(order(m_house->admin, {{"kind", "records"}, {"columns", {{{"name", "password"}}}}}),
             std::string("bad_field"));
    QCOMPARE(order(m_house->admin, {{"kind", "records"}, {"filters", {{"state", "gone"}}}}), std::string("bad_field"));
    QCOMPARE(order(m_house->agent2, {{"kind", "records"}, {"filters", {{"agent", agentId()}}}}),
             std::string("forbidden"));
    QCOMPARE(m_house->callAs(m_house->agent1, "DELETE", target(id)).status, 404);
    QCOMPARE(m_house->callAs(m_house->admin, "DELETE", target(id)).status, 204);
    QCOMPARE(get(m_house->admin, target(id, "/file")).status, 404);
}

void RecordsTest::whatIsErasedIsGone() {
    const auto target = "/api/v1/customers/" + std::to_string(m_house->customer) + "/erase";
    auto refused = m_house->call("POST", target);
    QVERIFY2(refused.status == 409 && refused.code() == "customer_busy", refused.body.c_str());
    m_house->agent->request("session.end", {{"session", m_house->session}});
    QCOMPARE(m_house->call("POST", target).code(), std::string("customer_busy")); // wrap-up
    m_house->agent->request("session.complete",
                            {{"session", m_house->session}, {"category", "sale"}, {"note", "zanzibar"}});
    QCOMPARE(m_house->callAs(m_house->agent1, "POST", target).status, 403);
    const auto file = "/api/v1/exports/" + std::to_string(m_house->exported) + "/file";
    QCOMPARE(get(m_house->agent1, file).status, 200);
    std::int64_t theirs = 0;
    QTRY_VERIFY((theirs = m_house->finishedExport(m_house->otherAdmin, {{"kind", "records"}})) >
                0); // once it is loaded
    const auto erased = m_house->call("POST", target);
    QVERIFY2(erased.status == 204, erased.body.c_str());
    QCOMPARE(get(m_house->agent1, file).status, 404); // it may hold them
    QCOMPARE(get(m_house->otherAdmin, "/api/v1/exports/" + std::to_string(theirs) + "/file").status, 200);
    QCOMPARE(m_house->visitor->closed().value_or(0), std::uint16_t(1013)); // comes back as somebody new
    QVERIFY(ids(m_house->admin, "?text=zanzibar").empty());
    QVERIFY(ids(m_house->admin, "?customer=%E7%8E%8B%E8%8A%B3").empty());
    const auto session = std::to_string(m_house->session);
    const auto messages = get(m_house->admin, "/api/v1/sessions/" + session + "/messages").json();
    QVERIFY(messages["messages"].size() >= 2);
    for (const auto& message : messages["messages"])
        QVERIFY(message.value("text", "").empty() && !message.contains("attachment"));
    const auto record = get(m_house->admin, "/api/v1/records/" + session).json();
    QCOMPARE(record["wrap_up"].value("category", ""), std::string("sale"));
    QVERIFY(!record["wrap_up"].contains("note") && !record.contains("customer_name"));
    QCOMPARE(get(m_house->admin, "/api/v1/attachments/" + std::to_string(m_house->attachment)).status, 404);
    const auto words = audited("customer.erase");
    QVERIFY(words.find("\"customer " + std::to_string(m_house->customer) + "\"") != std::string::npos);
    QVERIFY(words.find("王芳") == std::string::npos);
    auto again = m_house->demo.visitor(m_house->visitorToken);
    QVERIFY(again);
    QVERIFY(again->request("session.start", Json::object()).value("t", "") == "ok");
    const auto mine =
        ask(m_house->port(), "GET", "/api/v1/widget/demo/messages", {}, visitorHeader(m_house->visitorToken));
    const auto said = mine.json();
    for (const auto& message : said["messages"])
        QVERIFY(message.value("session", std::int64_t(0)) != m_house->session);
}

static const cb::test::Add<RecordsTest> addedRecordsTest;
#include "records_test.moc"
