#include "tests/server/admin/rules.h"

#include "server/admin/group_rules.h"
#include "shared/flow/json.h"
#include "tests/support/sample_flows.h"

using namespace cb;
using model::AgentId;
using model::GroupId;
using model::Mode;
using test::codeOf;
using test::kInstance;
using test::kMaker;
using test::paramOf;
using test::whyOf;

namespace {

const std::vector<model::Group> kGroups{{GroupId{1}, kInstance, Mode::Chat, "Sales", 3},
                                        {GroupId{2}, kInstance, Mode::Phone, "Hotline", 1}};

model::Agent agent(std::int64_t id, std::vector<GroupId> groups, bool deleted = false) {
    model::Agent row;
    row.id = AgentId{id};
    row.instance = kInstance;
    row.name = "Agent " + std::to_string(id);
    row.staffNo = "00000" + std::to_string(id);
    row.groups = std::move(groups);
    row.deleted = deleted;
    return row;
}

const std::vector<model::Agent> kAgents{agent(1, {GroupId{1}}), agent(2, {GroupId{2}, GroupId{1}}), agent(3, {}),
                                        agent(4, {}, true)};

auto add(const std::string& name, int limit = 1, Mode mode = Mode::Chat) {
    return admin::newGroup({mode, name, limit}, GroupId{9}, kGroups, kMaker);
}

} // namespace

class GroupRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesAreShortAndUniqueInTheirMode() {
        const auto good = add("  售前咨询 ", 5);
        QVERIFY(good.ok());
        QCOMPARE(good->rows.groups.front().name, std::string("售前咨询"));
        QCOMPARE(good->action, std::string("group.add"));
        std::string twenty;
        for (int i = 0; i < 20; ++i)
            twenty += "组";
        QVERIFY(add(twenty).ok());
        QCOMPARE(whyOf(add(twenty + "x")), std::string("name: too_long"));
        QCOMPARE(whyOf(add("  ")), std::string("name: required"));
        QCOMPARE(whyOf(add("a\nb")), std::string("name: bad_text"));
        QCOMPARE(codeOf(add("Sales")), std::string("group_name_taken"));
        QVERIFY(add("Sales", 1, Mode::AllMedia).ok());
        QVERIFY(add("Hotline").ok());
        QCOMPARE(codeOf(add("Hotline", 1, Mode::Phone)), std::string("group_name_taken"));
    }
    void limitsAreOfChatOnly() {
        for (const int limit : {1, 5, 100})
            QVERIFY(add("New", limit).ok());
        for (const int limit : {-1, 0, 101})
            QCOMPARE(whyOf(add("New", limit)), std::string("limit: out_of_range"));
        for (const Mode mode : {Mode::AllMedia, Mode::Phone}) {
            QVERIFY(add("New", 1, mode).ok());
            QCOMPARE(whyOf(add("New", 2, mode)), std::string("limit: out_of_range"));
        }
    }
    void onlyCallsAreRecorded() {
        for (const Mode mode : {Mode::Chat, Mode::AllMedia, Mode::Phone}) {
            const auto made = admin::newGroup({mode, "New", 1, true}, GroupId{9}, kGroups, kMaker);
            QVERIFY(made.ok());
            QCOMPARE(made->rows.groups.front().record, mode == Mode::Phone);
        }
        const auto saved = admin::saveGroup(kGroups[1], {Mode::Phone, "Hotline", 1, true}, kGroups);
        QVERIFY(saved.ok() && saved->rows.groups.front().record);
        QVERIFY(saved->before.find("recorded") == std::string::npos);
        QVERIFY(saved->after.find(", recorded") != std::string::npos);
        auto recorded = kGroups[1];
        recorded.record = true;
        QVERIFY(!admin::saveGroup(recorded, {Mode::Phone, "Hotline", 1}, kGroups)->rows.groups.front().record);
    }
    void changing() {
        const auto saved = admin::saveGroup(kGroups[0], {Mode::Phone, "Sales 2", 8}, kGroups);
        QVERIFY(saved.ok());
        QVERIFY(saved->rows.groups.front().mode == Mode::Chat); // fixed
        QVERIFY(saved->before.find("Sales, chat, limit 3") == 0 && saved->after.find("limit 8") != std::string::npos);
        QVERIFY(admin::saveGroup(kGroups[0], {Mode::Chat, "Sales", 4}, kGroups).ok()); // its own name
        const std::vector<model::Group> more{kGroups[0], {GroupId{3}, kInstance, Mode::Chat, "VIP", 1}};
        QCOMPARE(codeOf(admin::saveGroup(more[0], {Mode::Chat, "VIP", 4}, more)), std::string("group_name_taken"));
    }
    void thereIsAnEnd() {
        const std::vector<model::Group> many(admin::kMaxGroups);
        const auto full = admin::newGroup({Mode::Chat, "One more", 1}, GroupId{9}, many, kMaker);
        QCOMPARE(codeOf(full), std::string("too_many_groups"));
    }
    void aFlowThatNamesItKeepsIt() {
        QVERIFY((admin::groupsNamed(flow::toJson(test::sampleChat())) == std::vector{GroupId{1}}));
        QVERIFY((admin::groupsNamed(flow::toJson(test::samplePhone())) == std::vector{GroupId{3}}));
        QVERIFY(admin::groupsNamed("").empty());
        const auto kept = admin::deleteGroup(kGroups[0], {"Chat"}, {});
        QCOMPARE(codeOf(kept), std::string("group_in_use"));
        QCOMPARE(paramOf(kept, "flows"), std::string("Chat"));
        QCOMPARE(paramOf(kept, "more"), std::string());
        const auto many = admin::deleteGroup(kGroups[0], {"A", "B", "C", "D", "E", "F", "G"}, {});
        QVERIFY(paramOf(many, "flows") == "A, B, C, D, E" && paramOf(many, "more") == "2");
        const auto gone = admin::deleteGroup(kGroups[0], {}, {"An", "Bo"});
        QCOMPARE(gone->before, std::string("Sales, chat, limit 3, members An, Bo"));
        QCOMPARE(gone->target, std::string("group 1 Sales"));
        QVERIFY((gone->rows.removedGroups == std::vector{GroupId{1}}));
        QVERIFY(gone->rows.agents.empty()); // they stay
    }
    void members() {
        const auto change = admin::changeMembers(kGroups[0], {{AgentId{3}, AgentId{1}}, {AgentId{2}}}, kAgents);
        QVERIFY(change.ok());
        QCOMPARE(change->rows.agents.size(), std::size_t(2)); // 1 is in it already
        QVERIFY((change->rows.agents[0].groups == std::vector{GroupId{2}}));
        QVERIFY((change->rows.agents[1].groups == std::vector{GroupId{1}}));
        QCOMPARE(change->before, std::string("removed: Agent 2 (000002)"));
        QCOMPARE(change->after, std::string("added: Agent 3 (000003)"));
        const auto nothing = admin::changeMembers(kGroups[0], {{AgentId{1}}, {AgentId{3}}}, kAgents);
        QVERIFY(nothing.ok() && nothing->rows.empty());
    }
    void membersWhoCannotBe() {
        for (const std::int64_t id : {4, 5}) { // deleted, never there
            const auto refused = admin::changeMembers(kGroups[0], {{AgentId{id}}, {}}, kAgents);
            QCOMPARE(codeOf(refused), std::string("agent_unknown"));
            QCOMPARE(paramOf(refused, "agent"), std::to_string(id));
            QCOMPARE(codeOf(admin::changeMembers(kGroups[0], {{}, {AgentId{id}}}, kAgents)),
                     std::string("agent_unknown"));
        }
        QCOMPARE(whyOf(admin::changeMembers(kGroups[0], {{AgentId{3}}, {AgentId{3}}}, kAgents)),
                 std::string("remove: added_too"));
    }
};

static const cb::test::Add<GroupRulesTest> addedGroupRulesTest;
#include "group_rules_test.moc"
