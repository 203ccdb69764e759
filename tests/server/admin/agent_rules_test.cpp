#include "tests/server/admin/rules.h"

#include "server/admin/agent_rules.h"
#include "server/admin/fields.h"
#include "server/admin/letters.h"

using namespace cb;
using model::AgentId;
using model::GroupId;
using model::Role;
using test::codeOf;
using test::kInstance;
using test::kMaker;
using test::whyOf;

namespace {

const std::vector<model::Group> kGroups{{GroupId{1}, kInstance, model::Mode::Chat, "Sales", 3}};

model::Agent agent(std::int64_t id, Role role, bool deleted = false) {
    model::Agent row;
    row.id = AgentId{id};
    row.instance = kInstance;
    row.name = "Agent " + std::to_string(id);
    row.email = "Agent" + std::to_string(id) + "@Shop.example";
    row.staffNo = "00001" + std::to_string(id);
    row.role = role;
    row.groups = {GroupId{1}};
    row.deleted = deleted;
    return row;
}

/// 1 is who asks; 3 is deleted.
const std::vector<model::Agent> kAgents{agent(1, Role::Admin), agent(2, Role::Agent), agent(3, Role::Agent, true)};
const admin::Staff kStaff{kAgents, kGroups};
const std::vector<admin::Secret> kSecrets(3, admin::Secret{"one-time-word", "$hash"});
const admin::Supplies kSupplies{AgentId{100}, 500, kSecrets};
const admin::Door kDoor{"Shop", "https://cloud.example/online/1400000001"};

wire::AgentDraft draft(const std::string& number) {
    wire::AgentDraft row;
    row.name = "New " + number;
    row.email = "new" + number + "@shop.example";
    row.staffNo = "9" + number;
    row.groups = {GroupId{1}};
    return row;
}

template <class Change>
wire::AgentDraft with(Change change) {
    auto row = draft("1");
    change(row);
    return row;
}

std::string addedAs(const wire::AgentDraft& row) {
    return whyOf(admin::addAgent(row, kStaff, kSupplies, kDoor, kMaker));
}

QString told(const std::vector<wire::BadRow>& rows) {
    QStringList out;
    for (const auto& row : rows)
        out << QStringLiteral("%1 %2 %3").arg(row.row).arg(row.field.c_str(), row.code.c_str());
    return out.join(", ");
}

} // namespace

class AgentRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void addingWritesALetter() {
        const auto change = admin::addAgent(draft("1"), kStaff, kSupplies, kDoor, kMaker);
        QVERIFY(change.ok());
        const auto& row = change->rows.agents.at(0);
        QVERIFY(row.id == AgentId{100} && row.instance == kInstance && row.createdAt == kMaker.now);
        const auto& credential = change->rows.credentials.at(0);
        QVERIFY(credential.agent == row.id && credential.passwordHash == "$hash" && credential.mustChange);
        const auto& mail = change->rows.mails.at(0);
        QCOMPARE(mail.id, std::int64_t(500));
        QCOMPARE(mail.to, std::string("new1@shop.example"));
        QVERIFY(mail.dueAt == kMaker.now && mail.instance == kInstance);
        for (const char* part :
             {"one-time-word", "https://cloud.example/online/1400000001", "new1@shop.example", "您好", "Hello"})
            QVERIFY2(mail.body.find(part) != std::string::npos, part);
        QVERIFY(mail.subject.find('\n') == std::string::npos);
        QVERIFY(change->after.find("one-time-word") == std::string::npos &&
                change->after.find("$hash") == std::string::npos);
    }
    void lettersAreOneLineWhereTheyMustBe() {
        const auto letter =
            admin::invitation({"Eve\nBcc: all@x.example", "e@x.example", "Shop\r\nX: y", "14", ""}, "word");
        QVERIFY(letter.subject.find_first_of("\r\n") == std::string::npos);
        QVERIFY(letter.body.find("\nBcc:") == std::string::npos);
        QVERIFY(letter.body.find("14") != std::string::npos); // nobody told the server its address
        const auto reset = admin::passwordReset({"Eve", "e@x.example", "Shop", "14", "https://a/online/14"}, "word");
        QVERIFY(reset.body.find("word") != std::string::npos && reset.subject != letter.subject);
    }
    void everyFieldHasItsRule() {
        using wire::AgentDraft;
        QCOMPARE(addedAs(draft("1")), std::string());
        QCOMPARE(addedAs(with([](AgentDraft& r) { r.name = " "; })), std::string("name: required"));
        QCOMPARE(addedAs(with([](AgentDraft& r) { r.name = std::string(51, 'x'); })), std::string("name: too_long"));
        QCOMPARE(addedAs(with([](AgentDraft& r) { r.nickname = std::string(51, 'x'); })),
                 std::string("nickname: too_long"));
        QCOMPARE(addedAs(with([](AgentDraft& r) { r.mobile = "call me"; })), std::string("mobile: bad_mobile"));
        QCOMPARE(addedAs(with([](AgentDraft& r) { r.mobile = "+86 138-0000-0000"; })), std::string());
        QCOMPARE(addedAs(with([](AgentDraft& r) { r.email = ""; })), std::string("email: required"));
        QCOMPARE(addedAs(with([](AgentDraft& r) { r.email = "nobody"; })), std::string("email: bad_email"));
        QCOMPARE(addedAs(with([](AgentDraft& r) { r.email = "AGENT2@shop.example"; })), std::string("email_taken"));
        QCOMPARE(addedAs(with([](AgentDraft& r) { r.email = "agent3@shop.example"; })),
                 std::string("email_taken")); // deleted
        QCOMPARE(addedAs(with([](AgentDraft& r) { r.staffNo = ""; })), std::string("staff_no: required"));
        QCOMPARE(addedAs(with([](AgentDraft& r) { r.staffNo = "00 1"; })), std::string("staff_no: bad_staff_no"));
        QCOMPARE(addedAs(with([](AgentDraft& r) { r.staffNo = std::string(33, '1'); })),
                 std::string("staff_no: too_long"));
        QCOMPARE(addedAs(with([](AgentDraft& r) { r.staffNo = "000012"; })), std::string("staff_no_taken"));
        QCOMPARE(addedAs(with([](AgentDraft& r) { r.staffNo = "000013"; })), std::string("staff_no_taken")); // deleted
        QCOMPARE(addedAs(with([](AgentDraft& r) { r.staffNo = "12"; })),
                 std::string()); // text: another one than 000012
        QCOMPARE(addedAs(with([](AgentDraft& r) { r.groups = {GroupId{7}}; })), std::string("group_unknown"));
    }
    void addresses() {
        for (const char* good : {"a@b.cn", "first.last+tag@mail.shop.example", "x_y'z@1.2.example"})
            QVERIFY2(admin::isEmail(good), good);
        for (const char* bad : {"", "@b.cn", "a@", "a@b", "a b@c.cn", "a@b..cn", ".a@b.cn", "a@-b.cn", "a@b_c.cn",
                                "\"a\"@b.cn", "a@b.cn\n", "a@@b.cn", "名@b.cn", "-a@b.cn"})
            QVERIFY2(!admin::isEmail(bad), bad);
        std::string longest(65, 'a');
        longest.append("@b.cn");
        QVERIFY(!admin::isEmail(longest));
    }
    void everyBadRowIsTold() {
        std::vector<wire::AgentDraft> rows{draft("0"), draft("1"), draft("2"), draft("3"), draft("0"), draft("5")};
        rows[1].name.clear();
        rows[1].email = "x";
        rows[2].email = "agent2@shop.example";
        rows[2].staffNo = "000012";
        rows[3].groups = {GroupId{1}, GroupId{8}, GroupId{9}};
        rows[4].email = "NEW0@shop.example";
        QCOMPARE(told(admin::badRows(rows, kStaff)),
                 QString("1 name required, 1 email bad_email, 2 email email_taken, 2 staff_no staff_no_taken, "
                         "3 groups group_unknown, 4 email email_repeated, 4 staff_no staff_no_repeated"));
        QVERIFY(admin::badRows(std::vector{draft("1"), draft("2")}, kStaff).empty());
    }
    void whoIsThereAlreadyIsNotBad() {
        wire::AgentDraft same;
        same.name = " Agent 2 ";
        same.email = "AGENT2@shop.example";
        same.staffNo = "000012";
        same.groups = {GroupId{1}, GroupId{1}};
        auto boss = same; // an admin's number may be given by us
        boss.name = "Agent 1";
        boss.email = "agent1@shop.example";
        boss.staffNo.clear();
        boss.role = Role::Admin;
        const auto found = admin::inspect(std::vector{draft("1"), same, boss, draft("2"), same}, kStaff);
        QVERIFY2(found.bad.empty(), qPrintable(told(found.bad)));
        QVERIFY((found.there == std::vector{1, 2, 4}));
        QCOMPARE(told(admin::badRows(std::vector{same}, kStaff)), // one by one it is a repeat
                 QString("0 email email_taken, 0 staff_no staff_no_taken"));

        std::vector<wire::AgentDraft> others(8, same);
        others[0].name = "Agent Two";
        others[1].nickname = "Two";
        others[2].mobile = "13800000000";
        others[3].groups.clear();
        others[4].role = Role::Admin;
        others[5].staffNo = "000011"; // somebody else's
        others[6].staffNo = "77";
        others[7].email = "agent1@shop.example";
        for (const auto& other : others) {
            const auto clash = admin::inspect(std::vector{other}, kStaff);
            QVERIFY(clash.there.empty() && !clash.bad.empty());
        }
        auto gone = same; // a deleted one is not there
        gone.name = "Agent 3";
        gone.email = "agent3@shop.example";
        gone.staffNo = "000013";
        QCOMPARE(told(admin::inspect(std::vector{gone}, kStaff).bad),
                 QString("0 email email_taken, 0 staff_no staff_no_taken"));
    }
    void manyAreOneChange() {
        const std::vector<wire::AgentDraft> rows{draft("1"), draft("2"), draft("3")};
        const auto change = admin::addAgents(rows, kStaff, kSupplies, kDoor, kMaker);
        QVERIFY(change.ok());
        QCOMPARE(change->rows.agents.size(), std::size_t(3));
        QVERIFY(change->rows.agents[2].id == AgentId{102} && change->rows.mails[2].id == 502);
        QVERIFY(change->rows.credentials[2].agent == AgentId{102});
        QCOMPARE(change->action, std::string("agent.add_many"));
        std::vector<model::Agent> crowd(admin::kMaxAgents - 2);
        QCOMPARE(codeOf(admin::addAgents(rows, {crowd, kGroups}, kSupplies, kDoor, kMaker)),
                 std::string("too_many_agents"));
        crowd.front().deleted = true;
        QVERIFY(admin::addAgents(rows, {crowd, kGroups}, kSupplies, kDoor, kMaker).ok());
    }
    void adminsGetTheNextNumber() {
        QCOMPARE(admin::nextStaffNo({}), std::string("000001"));
        QCOMPARE(admin::nextStaffNo(kAgents), std::string("000014")); // also above a deleted one's
        auto named = kAgents;
        named[0].staffNo = "A-77";
        named[1].staffNo = "1234567";
        QCOMPARE(admin::nextStaffNo(named), std::string("1234568"));
        std::vector<wire::AgentDraft> rows{draft("1"), draft("2"), draft("3")};
        rows[0].role = rows[2].role = Role::Admin;
        rows[0].staffNo.clear();
        rows[1].staffNo = "000014";
        rows[2].staffNo.clear();
        QVERIFY(admin::badRows(rows, kStaff).empty());
        const auto change = admin::addAgents(rows, kStaff, kSupplies, kDoor, kMaker);
        QCOMPARE(change->rows.agents[0].staffNo, std::string("000015"));
        QCOMPARE(change->rows.agents[1].staffNo, std::string("000014"));
        QCOMPARE(change->rows.agents[2].staffNo, std::string("000016"));
    }
    void aGeneratedNumberIsNobodys() {
        auto named = kAgents;
        named[0].staffNo = "999999999999999"; // does not count
        named[1].staffNo = "999999999";
        named[2].staffNo = "1000000000";
        QCOMPARE(admin::nextStaffNo(named), std::string("1000000001"));
        std::vector<wire::AgentDraft> rows{draft("1"), draft("2"), draft("3")};
        rows[0].role = rows[2].role = Role::Admin;
        rows[0].staffNo.clear();
        rows[1].staffNo = "1000000001";
        rows[2].staffNo.clear();
        const admin::Staff staff{named, kGroups};
        QVERIFY(admin::badRows(rows, staff).empty());
        const auto change = admin::addAgents(rows, staff, kSupplies, kDoor, kMaker);
        QCOMPARE(change->rows.agents[0].staffNo, std::string("1000000002"));
        QCOMPARE(change->rows.agents[2].staffNo, std::string("1000000003"));
    }
    void changing() {
        wire::AgentDraft wanted;
        wanted.name = "Other";
        wanted.nickname = "Ali";
        wanted.mobile = "13800000000";
        wanted.role = Role::Admin; // counts for nothing
        const auto change = admin::saveAgent(kAgents[1], wanted, kStaff);
        QVERIFY(change.ok());
        const auto& row = change->rows.agents.at(0);
        QVERIFY(row.name == "Other" && row.nickname == "Ali" && row.groups.empty() && row.role == Role::Agent);
        QVERIFY(row.email == kAgents[1].email && row.staffNo == kAgents[1].staffNo);
        QVERIFY(change->rows.credentials.empty() && change->rows.mails.empty() && change->rows.revokedTokens.empty());
        wanted.email = kAgents[1].email;
        wanted.staffNo = kAgents[1].staffNo;
        wanted.groups = {GroupId{1}, GroupId{1}};
        const auto same = admin::saveAgent(kAgents[1], wanted, kStaff);
        QVERIFY(same.ok() && same->rows.agents[0].groups.size() == 1);
        wanted.email = "other@shop.example";
        QCOMPARE(whyOf(admin::saveAgent(kAgents[1], wanted, kStaff)), std::string("email: fixed"));
        wanted.email.clear();
        wanted.staffNo = "7";
        QCOMPARE(whyOf(admin::saveAgent(kAgents[1], wanted, kStaff)), std::string("staff_no: fixed"));
        wanted.staffNo.clear();
        wanted.name.clear();
        QCOMPARE(whyOf(admin::saveAgent(kAgents[1], wanted, kStaff)), std::string("name: required"));
        wanted.name = "Other";
        wanted.groups = {GroupId{4}};
        QCOMPARE(codeOf(admin::saveAgent(kAgents[1], wanted, kStaff)), std::string("group_unknown"));
    }
    void deleting() {
        const auto gone = admin::deleteAgent(kAgents[1], kStaff, kMaker);
        QVERIFY(gone.ok());
        const auto& row = gone->rows.agents.at(0);
        QVERIFY(row.deleted && row.groups.empty() && row.email == kAgents[1].email &&
                row.staffNo == kAgents[1].staffNo);
        QVERIFY((gone->rows.revokedTokens == std::vector{AgentId{2}}));
        QCOMPARE(gone->target, std::string("agent 2 Agent 2 (000012)"));
        QCOMPARE(codeOf(admin::deleteAgent(kAgents[0], kStaff, kMaker)), std::string("agent_is_self"));
        const admin::Maker anybody{kInstance, AgentId{}, kMaker.now};
        QCOMPARE(codeOf(admin::deleteAgent(kAgents[0], kStaff, anybody)), std::string("last_admin"));
        auto two = kAgents;
        two[1].role = Role::Admin;
        QVERIFY(admin::deleteAgent(two[1], {two, kGroups}, kMaker).ok());
        two[0].deleted = true; // a deleted one does not count
        QCOMPARE(codeOf(admin::deleteAgent(two[1], {two, kGroups}, anybody)), std::string("last_admin"));
    }
    void resetting() {
        const auto change = admin::resetPassword(kAgents[1], kSecrets[0], 501, kDoor, kMaker);
        QVERIFY(change.ok());
        QVERIFY(change->rows.credentials.at(0).mustChange && change->rows.credentials[0].agent == AgentId{2});
        QVERIFY((change->rows.revokedTokens == std::vector{AgentId{2}}));
        QVERIFY(change->rows.mails.at(0).body.find("one-time-word") != std::string::npos);
        QVERIFY(change->rows.mails.at(0).dueAt == base::TimePoint{}); // before invitations
        QVERIFY(change->rows.agents.empty());
        QVERIFY((change->before + change->after).empty());
        QCOMPARE(codeOf(admin::resetPassword(kAgents[0], kSecrets[0], 501, kDoor, kMaker)),
                 std::string("agent_is_self"));
    }
};

static const cb::test::Add<AgentRulesTest> addedAgentRulesTest;
#include "agent_rules_test.moc"
