#include "server/http/turns.h"
#include "server/store/connection_p.h"
#include "tests/server/app/house.h"
#include "tests/support/suite.h"

#include <atomic>
#include <thread>

using namespace cb;
using namespace cb::test;

namespace {

/// The value of a line of /metrics; -1 when it is not there.
double figure(const House& house, const std::string& line) {
    const auto text = ask(house.port(), "GET", "/metrics").body;
    const auto at = text.find("\n" + line + " ");
    return at == std::string::npos ? -1 : std::atof(text.c_str() + at + line.size() + 2);
}

} // namespace

/// Changes that wait for their commit, and what the figures say of commits and groups.
class ChangesTest : public QObject {
    Q_OBJECT

    std::unique_ptr<House> m_house;

private Q_SLOTS:
    void initTestCase() {
        m_house = std::make_unique<House>();
        QVERIFY2(m_house->trouble.empty(), m_house->trouble.c_str());
    }

    void changesThatWaitHoldUpNobodyElse() {
        auto headers = bearer(m_house->admin);
        const std::string flow = "/api/v1/flows/" + std::to_string(m_house->newFlow("Draft", 1, false));
        const auto graph = ask(m_house->port(), "GET", flow, {}, headers).json()["graph"];
        headers["Content-Type"] = "application/json";
        const auto body = Json{{"revision", 1}, {"graph", graph}}.dump();
        std::atomic<int> answered{0};
        std::atomic<int> saved{0};
        std::vector<std::thread> savers;
        {
            store::DatabaseOptions options;
            options.where = m_house->demo.data() + "/cloudbell.db";
            store::Connection lock(options, store::Connection::Use::Write);
            lock.beginWrite(); // the server's writer has to wait
            for (int i = 0; i < 4; ++i)
                savers.emplace_back([&] {
                    const auto reply = ask(m_house->port(), "PUT", flow, body, headers);
                    saved += reply.status == 200 ? 1 : 0;
                    ++answered;
                });
            bool waiting = false;
            for (int i = 0; i < 10'000 && !waiting && answered == 0; ++i)
                waiting = figure(*m_house, "cloudbell_pool_waiting{pool=\"changes\"}") >= 3;
            const auto me = ask(m_house->port(), "GET", "/api/v1/me", {}, bearer(m_house->agent1));
            const int before = answered;
            lock.rollback();
            for (auto& saver : savers)
                saver.join();
            QVERIFY(waiting);
            QCOMPARE(me.status, 200);
            QCOMPARE(before, 0);
        }
        QCOMPARE(saved.load(), 1); // the others were made from what was there before
        QCOMPARE(ask(m_house->port(), "PUT", flow, body, headers).code(), std::string("flow_changed"));
    }

    void aTurnEndsWithItsLastHolder() {
        http::Turns turns;
        auto mine = turns.take(std::chrono::milliseconds(0));
        QVERIFY(mine != nullptr);
        auto callback = mine;
        mine.reset(); // who asked has given up; the change is still on its way
        QVERIFY(turns.take(std::chrono::milliseconds(0)) == nullptr);
        std::thread desk([held = std::move(callback)]() mutable { held.reset(); });
        QVERIFY(turns.take(std::chrono::seconds(20)) != nullptr);
        desk.join();
        QVERIFY(turns.take(std::chrono::milliseconds(0)) != nullptr);
    }

    void everyCommitIsMeasured() {
        const double before = figure(*m_house, "cloudbell_commits_total");
        QVERIFY(before > 0);
        bool same = false; // one may be between its two figures
        for (int i = 0; i < 1'000 && !same; ++i) {
            const auto commits = figure(*m_house, "cloudbell_commits_total");
            same = figure(*m_house, "cloudbell_commit_seconds_count") == commits &&
                   figure(*m_house, "cloudbell_commit_seconds_bucket{le=\"+Inf\"}") == commits;
        }
        QVERIFY(same);
    }

    void groupsHaveFigures() {
        int online = 0;
        for (int i = 0; i < 2'000 && online == 0; ++i) { // they are counted a few times a second
            const auto text = ask(m_house->port(), "GET", "/metrics").body;
            int rows = 0;
            const std::string name = "\ncloudbell_group_agents_online{instance=\"";
            for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
                ++rows;
                online += std::atoi(text.c_str() + text.find("} ", at) + 2);
            }
            QVERIFY(rows > 0);
            QVERIFY(text.find("\ncloudbell_groups " + std::to_string(rows) + "\n") != std::string::npos);
            QVERIFY(text.find("\ncloudbell_group_waiting{instance=\"") != std::string::npos);
        }
        QVERIFY(online > 0); // agent 1
    }
};

static const cb::test::Add<ChangesTest> addedChangesTest;
#include "changes_test.moc"
