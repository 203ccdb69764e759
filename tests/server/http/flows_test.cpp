#include "tests/server/app/house.h"
#include "tests/support/suite.h"

#include <atomic>
#include <thread>

using namespace cb::test;

/// Flows by HTTP: the state table of the specification, versions, and two admins at once.
class FlowsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<House> m_house;

    std::string path(std::int64_t flow, const std::string& rest = {}) const {
        return "/api/v1/flows/" + std::to_string(flow) + rest;
    }
    Json head(std::int64_t flow) const { return m_house->call("GET", path(flow)).json(); }
    std::int64_t revision(std::int64_t flow) const { return head(flow).value("revision", std::int64_t(0)); }
    Json draftOf(std::int64_t flow) const {
        const auto now = head(flow);
        return {{"revision", now["revision"]}, {"graph", now["graph"]}};
    }
    Json named(std::int64_t flow) const { return {{"revision", revision(flow)}}; }

private Q_SLOTS:
    void initTestCase() {
        m_house = std::make_unique<House>();
        QVERIFY2(m_house->trouble.empty(), m_house->trouble.c_str());
    }

    void whatIsInUseStaysAsItIs() {
        const auto flow = m_house->flow;
        QCOMPARE(head(flow).value("state", ""), std::string("in_use"));
        const auto before = head(flow);
        QCOMPARE(m_house->call("PUT", path(flow), draftOf(flow)).code(), std::string("flow_published"));
        QCOMPARE(m_house->call("POST", path(flow, "/publish"), named(flow)).code(), std::string("flow_published"));
        Json restore = named(flow);
        restore["version"] = 1;
        QCOMPARE(m_house->call("POST", path(flow, "/restore"), restore).code(), std::string("flow_published"));
        const auto query = "?revision=" + std::to_string(revision(flow));
        QCOMPARE(m_house->call("DELETE", path(flow) + query).code(), std::string("flow_published"));
        const auto refused = m_house->call("POST", path(flow, "/unpublish"), named(flow));
        QCOMPARE(refused.status, 409);
        QCOMPARE(refused.code(), std::string("flow_in_use"));
        QVERIFY(!refused.json()["error"]["params"].value("channels", "").empty());
        QVERIFY(head(flow) == before);
    }

    void fromDraftToPublishedAndBack() {
        const auto flow = m_house->newFlow("Night shift", 1, false);
        QVERIFY(flow != 0);
        QCOMPARE(head(flow).value("state", ""), std::string("unpublished"));
        QCOMPARE(m_house->call("POST", path(flow, "/unpublish"), named(flow)).code(),
                 std::string("flow_not_published"));
        auto draft = draftOf(flow);
        draft["name"] = "Late shift";
        const auto saved = m_house->call("PUT", path(flow), draft);
        QCOMPARE(saved.status, 200);
        QVERIFY(!saved.json().contains("graph")); // a head
        QCOMPARE(saved.json().value("name", ""), std::string("Late shift"));
        QCOMPARE(saved.json().value("revision", 0), 2);
        QVERIFY(!saved.json().value("updated_by", "").empty());
        const auto published = m_house->call("POST", path(flow, "/publish"), named(flow));
        QCOMPARE(published.status, 200);
        QCOMPARE(published.json().value("state", ""), std::string("published"));
        QCOMPARE(published.json().value("version", 0), 1);
        QCOMPARE(m_house->call("PUT", path(flow), draftOf(flow)).code(), std::string("flow_published"));
        const auto back = m_house->call("POST", path(flow, "/unpublish"), named(flow));
        QCOMPARE(back.json().value("state", ""), std::string("unpublished"));
        QCOMPARE(m_house->call("POST", path(flow, "/publish"), named(flow)).json().value("version", 0), 2);
        QCOMPARE(m_house->call("GET", path(flow, "/versions")).json()["versions"].size(),
                 std::size_t(3)); // and the draft
    }

    void oldVersionsComeBackAsDrafts() {
        const auto flow = m_house->newFlow("History", 1, true);
        QCOMPARE(m_house->call("POST", path(flow, "/unpublish"), named(flow)).status, 200);
        auto draft = draftOf(flow);
        const auto first = draft["graph"];
        draft["graph"]["nodes"][0]["x"] = 42.0;
        QCOMPARE(m_house->call("PUT", path(flow), draft).status, 200);
        QVERIFY(head(flow)["graph"] != first);
        QCOMPARE(m_house->call("POST", path(flow, "/restore"), {{"revision", revision(flow)}, {"version", 7}}).code(),
                 std::string("bad_field"));
        QCOMPARE(m_house->call("POST", path(flow, "/restore"), {{"revision", revision(flow)}, {"version", 1}}).status,
                 200);
        QVERIFY(head(flow)["graph"] == first);
        QVERIFY(m_house->call("GET", path(flow) + "?version=1").json()["graph"] == first);
    }

    void deletedIsGone() {
        const auto flow = m_house->newFlow("Mistake", 1, false);
        QCOMPARE(m_house->call("DELETE", path(flow)).code(), std::string("flow_changed")); // names no revision
        QCOMPARE(m_house->call("DELETE", path(flow) + "?revision=1").status, 204);
        QCOMPARE(m_house->call("GET", path(flow)).status, 404);
        QCOMPARE(m_house->call("GET", path(flow, "/versions")).status, 404);
        QCOMPARE(m_house->call("POST", path(flow, "/publish"), {{"revision", 2}}).status, 404);
        const auto list = m_house->call("GET", "/api/v1/flows").json();
        for (const auto& row : list["flows"])
            QVERIFY(row["id"] != flow);
    }

    /// Of saves made from one revision exactly one is kept, and the others are told who was faster.
    void twoWhoSaveAtOnce() {
        const auto flow = m_house->newFlow("Contended", 1, false);
        const auto draft = draftOf(flow);
        std::atomic<int> saved{0};
        std::atomic<int> refused{0};
        std::vector<std::thread> savers;
        for (int i = 0; i < 4; ++i)
            savers.emplace_back([&, i] {
                auto mine = draft;
                mine["name"] = "By " + std::to_string(i);
                const auto reply = m_house->call("PUT", path(flow), mine);
                saved += reply.status == 200 ? 1 : 0;
                refused += reply.code() == "flow_changed" ? 1 : 0;
            });
        for (auto& saver : savers)
            saver.join();
        QCOMPARE(saved.load(), 1);
        QCOMPARE(refused.load(), 3);
        QCOMPARE(revision(flow), std::int64_t(2));
        const auto late = m_house->call("PUT", path(flow), draft);
        QCOMPARE(late.status, 409);
        QCOMPARE(late.json()["error"]["params"].value("revision", ""), std::string("2"));
        QVERIFY(!late.json()["error"]["params"].value("by", "").empty());
    }

    void whatIsWrongIsToldByPublishing() {
        const auto flow = m_house->newFlow("To nowhere", 999, false);
        const auto refused = m_house->call("POST", path(flow, "/publish"), named(flow));
        QCOMPARE(refused.status, 400);
        QCOMPARE(refused.code(), std::string("flow_invalid"));
        QVERIFY(refused.json()["error"]["params"].value("problems", "").find("unknown_group") != std::string::npos);
        QCOMPARE(head(flow).value("state", ""), std::string("unpublished"));
    }

    void failingTestsHoldItBack() {
        const auto flow = m_house->newFlow("Tested", 1, false);
        auto draft = draftOf(flow);
        draft["tests"] =
            Json::array({{{"name", "Goes far"}, {"agents", "free"}, {"inputs", Json::array()}, {"path", {1, 9}}}});
        QCOMPARE(m_house->call("PUT", path(flow), draft).status, 200);
        QCOMPARE(m_house->call("POST", path(flow, "/publish"), named(flow)).code(), std::string("flow_tests_failed"));
        auto forced = named(flow);
        forced["force"] = true;
        QCOMPARE(m_house->call("POST", path(flow, "/publish"), forced).status, 200);
        const auto audit = m_house->call("GET", "/api/v1/audit?limit=1").json()["entries"][0];
        QCOMPARE(audit.value("action", ""), std::string("flow.publish_forced"));
    }
};

static const Add<FlowsTest> addedFlowsTest;
#include "flows_test.moc"
