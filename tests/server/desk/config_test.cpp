#ifndef Q_MOC_RUN // moc cannot read <concepts>
#include "tests/server/desk/floor_harness.h"
#endif
#include "tests/support/suite.h"

using namespace cb;
using namespace cb::test;
using namespace std::chrono_literals;
using model::SessionState;

namespace {
const model::SessionId kFirst{1};
const model::SessionId kSecond{2};
const model::CustomerId kVisitor{1};
} // namespace

/// Changes of configuration on live state, and what a restart finds.
class ConfigTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void publishAndRelinkKeepRunningSessionsOnTheirVersion() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        store::Batch rows;
        rows.flows = {flowRow(kToSales, 2, salesGraph("Version two"))};
        base::Result<void> result = base::fatal("internal");
        const Outcome changed = floor.change(rows, &result);
        QVERIFY(result.ok());
        QCOMPARE(changed.batch.flows.size(), std::size_t{1});
        QCOMPARE(changed.batch.events[0].kind, model::EventKind::Audit);
        floor.visit(2);
        QCOMPARE(floor.session(kFirst)->flowVersion, 1);
        QCOMPARE(floor.session(kSecond)->flowVersion, 2);
        QCOMPARE(floor.answer(kAnn).textsTo(kVisitor), (std::vector<std::string>{"0001 is here"}));
        QCOMPARE(floor.answer(kAnn).textsTo(model::CustomerId{2}), (std::vector<std::string>{"Version two"}));
        // Unlink: new ones are refused, the open ones go on.
        store::Batch relink;
        relink.channels = sampleInstance().channels;
        relink.channels[0].flow = {};
        floor.change(relink);
        QCOMPARE(floor.visit(3).errorCode(), std::string("not_set_up"));
        QVERIFY(floor.say(1, "still here").answer<desk::OkSent>());
    }

    void versionThatCannotBeReadEndsPolitely() {
        FloorHarness floor;
        store::Batch rows;
        rows.flows = {flowRow(kToSales, 2, salesGraph())};
        rows.flows[0].json.assign(1, '{');
        floor.change(rows);
        floor.visit(1);
        QCOMPARE(floor.stored(kFirst)->endReason, model::EndReason::Failed);
        QCOMPARE(floor.problems(), std::string{});
    }

    void limitRaisedOffersAtOnce() {
        FloorHarness floor;
        floor.online(kCid);
        floor.visit(1, kHelp);
        floor.say(1, "2");
        floor.answer(kCid);
        floor.visit(2, kHelp);
        floor.say(2, "2");
        QCOMPARE(floor.session(kSecond)->state, SessionState::Queued);
        store::Batch rows;
        rows.groups = {sampleInstance().groups[1]};
        rows.groups[0].limit = 3;
        const Outcome changed = floor.change(rows);
        QCOMPARE(changed.all<desk::ConfigEffect>().size(), std::size_t{1});
        QCOMPARE(floor.session(kSecond)->state, SessionState::Offered);
        QCOMPARE(floor.problems(), std::string{});
    }

    void removedFromTheGroupChatsReturn() {
        FloorHarness floor;
        floor.online(kBen);
        floor.online(kAnn);
        floor.visit(1);
        const model::AgentId first = floor.session(kFirst)->agent;
        floor.answer(first);
        const std::size_t index = first == kAnn ? 0 : 1;
        const model::AgentId other = first == kAnn ? kBen : kAnn;
        store::Batch rows;
        rows.agents = {sampleInstance().agents[index]};
        rows.agents[0].groups.clear();
        floor.change(rows);
        QCOMPARE(floor.session(kFirst)->agent, other);
        QCOMPARE(floor.session(kFirst)->lastAgent, first);
        QCOMPARE(floor.problems(), std::string{});
    }

    void deletedAgentIsThrownOut() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        floor.answer(kAnn);
        store::Batch rows;
        rows.agents = {sampleInstance().agents[0]};
        rows.agents[0].deleted = true;
        const Outcome changed = floor.change(rows);
        QCOMPARE(changed.all<desk::Bye>()[0].code, desk::ByeCode::Deleted);
        QVERIFY(floor.session(kFirst)->state == SessionState::Queued);
        QCOMPARE(floor.attach(kAnn).errorCode(), std::string("bad_token"));
        QCOMPARE(floor.problems(), std::string{});
        floor.pass(61s);
        QCOMPARE(floor.stored(kFirst)->state, SessionState::Completed); // nobody online for a minute
    }

    void removedFromTheGroupOffersReturnToTheHead() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        floor.visit(2); // behind it
        QCOMPARE(floor.session(kFirst)->state, SessionState::Offered);
        store::Batch rows;
        rows.agents = {sampleInstance().agents[0]};
        rows.agents[0].groups.clear();
        const Outcome changed = floor.change(rows);
        QCOMPARE(floor.session(kFirst)->state, SessionState::Queued);
        QVERIFY((changed.eventsTo(kAnn) == std::vector{model::EventKind::OfferClosed}));
        floor.online(kBen);
        QCOMPARE(floor.session(kFirst)->agent, kBen); // still the first
        QCOMPARE(floor.session(kSecond)->state, SessionState::Queued);
        QCOMPARE(floor.problems(), std::string{});
    }

    void deletedAgentsOfferReturns() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        store::Batch rows;
        rows.agents = {sampleInstance().agents[0]};
        rows.agents[0].deleted = true;
        rows.agents[0].groups.clear();
        rows.revokedTokens = {kAnn};
        const Outcome changed = floor.change(rows);
        QCOMPARE(changed.all<desk::Bye>().size(), std::size_t{1}); // told once, and why
        QCOMPARE(changed.all<desk::Bye>()[0].code, desk::ByeCode::Deleted);
        QVERIFY((changed.batch.revokedTokens == std::vector{kAnn}));
        floor.online(kBen);
        QCOMPARE(floor.session(kFirst)->agent, kBen);
        QCOMPARE(floor.problems(), std::string{});
    }

    void revokedAgentsSignInAgain() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        floor.answer(kAnn);
        store::Batch rows;
        rows.credentials = {{kAnn, kInstance, "$new", true, floor.now}};
        rows.revokedTokens = {kAnn};
        const Outcome changed = floor.change(rows);
        QCOMPARE(changed.all<desk::Bye>().at(0).code, desk::ByeCode::TokenRevoked);
        QVERIFY(changed.batch.credentials == rows.credentials);
        QCOMPARE(floor.session(kFirst)->state, SessionState::Open); // within the grace
        QCOMPARE(floor.write(kAnn, kFirst, "hello").errorCode(), std::string("storage_unavailable")); // not attached
        QVERIFY(floor.attach(kAnn).answer<desk::AgentWelcome>());
        QVERIFY(floor.write(kAnn, kFirst, "hello").answer<desk::OkSent>());
        QCOMPARE(floor.problems(), std::string{});
        floor.change(rows);
        floor.pass(31s);
        QCOMPARE(floor.session(kFirst)->state, SessionState::Queued); // nobody came back
        QCOMPARE(floor.problems(), std::string{});
    }

    void unblockedByAnAdmin() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        floor.answer(kAnn); // whose wrap-up keeps the customer in memory
        floor.attach(kCid);
        const auto customer = floor.session(kFirst)->customer;
        floor.run(desk::BlockCustomer{FloorHarness::agentAt(kCid), customer, true, std::nullopt});
        QCOMPARE(floor.visit(1, kShop, false).errorCode(), std::string("blocked"));
        store::Batch rows;
        rows.customers.emplace_back();
        rows.customers[0].id = customer;
        rows.customers[0].instance = kInstance;
        rows.customers[0].channel = kShop;
        rows.customers[0].name = "as it was read from the disk";
        const Outcome changed = floor.change(rows);
        QCOMPARE(changed.batch.customers.size(), std::size_t{1});
        QVERIFY(!changed.batch.customers[0].blocked);
        QVERIFY(floor.visit(1).answer<desk::OkVisitorSession>());
        QCOMPARE(floor.problems(), std::string{});
        rows.customers[0].instance = model::InstanceId{5};
        base::Result<void> result;
        floor.change(rows, &result);
        QCOMPARE(result.error().code, std::string("bad_field"));
    }

    void whatAgentsFetchIsSaidToHaveChanged() {
        FloorHarness floor;
        store::Batch rows;
        rows.quickReplies = {{model::QuickReplyId{1}, kInstance, "hi", "hello"}};
        const auto replies = floor.change(rows).all<desk::ConfigEffect>().at(0);
        QVERIFY(replies.quickReplies && !replies.screenPops && !replies.groups && !replies.agents);
        rows = {};
        rows.removedQuickReplies = {model::QuickReplyId{1}};
        QVERIFY(floor.change(rows).all<desk::ConfigEffect>().at(0).quickReplies);
        rows = {};
        rows.screenPops = {{kInstance, {}}};
        QVERIFY(floor.change(rows).all<desk::ConfigEffect>().at(0).screenPops);
    }

    void adminsHearOfWhatChangedBesideTheDesk() {
        FloorHarness floor;
        const Outcome told = floor.run(desk::ListsChanged{kInstance});
        QVERIFY(told.batch.empty() && told.durable.empty());
        desk::ConfigEffect effect;
        effect.instance = kInstance;
        effect.lists = true;
        QVERIFY(told.all<desk::ConfigEffect>() == std::vector{effect}); // whoever did it: to all
        QVERIFY(floor.run(desk::ListsChanged{model::InstanceId{5}}).all<desk::ConfigEffect>().empty());
    }

    void groupInUseIsNotRemoved() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        store::Batch rows;
        rows.removedGroups = {kSales};
        base::Result<void> result;
        QVERIFY(floor.change(rows, &result).batch.empty());
        QCOMPARE(result.error().code, std::string("group_in_use"));
        QCOMPARE(result.error().params.at("session"), std::string("1"));
        QCOMPARE(result.error().params.at("sessions"), std::string("1"));
        QCOMPARE(result.error().params.at("count"), std::string("1"));
        QCOMPARE(result.error().params.count("more"), std::size_t(0));
        floor.leave(1);
        floor.pass(5s);
        floor.change(rows, &result);
        QVERIFY(result.ok());
        floor.visit(2); // its flow names a group that is gone: as if nobody were there
        QCOMPARE(floor.stored(kSecond)->endReason, model::EndReason::FlowEnded);
        QCOMPARE(floor.problems(), std::string{});
    }

    void onlySomeOfManySessionsAreNamed() {
        FloorHarness floor;
        floor.online(kAnn);
        for (int visitor = 1; visitor <= 7; ++visitor)
            floor.visit(visitor);
        store::Batch rows;
        rows.removedGroups = {kSales};
        base::Result<void> result;
        floor.change(rows, &result);
        QCOMPARE(result.error().params.at("count"), std::string("7"));
        QCOMPARE(result.error().params.at("sessions"), std::string("1, 2, 3, 4, 5"));
        QCOMPARE(result.error().params.at("more"), std::string("2"));
    }

    void rowsOfAnotherInstanceAreRefused() {
        FloorHarness floor;
        store::Batch rows;
        rows.groups = {model::Group{model::GroupId{9}, model::InstanceId{5}, model::Mode::Chat, "Theirs", 1}};
        base::Result<void> result;
        QVERIFY(floor.change(rows, &result).batch.empty());
        QCOMPARE(result.error().code, std::string("bad_field"));
    }

    void settingsApplyToNewOffers() {
        FloorHarness floor;
        floor.online(kAnn);
        store::Batch rows;
        rows.instances = {sampleInstance().instance};
        rows.instances[0].settings.chatAnswerSeconds = 5;
        rows.instances[0].settings.wrapUpSeconds = 10;
        const Outcome changed = floor.change(rows);
        QVERIFY(changed.all<desk::ConfigEffect>()[0].settings.has_value());
        const Outcome visit = floor.visit(1);
        QCOMPARE(visit.batch.offers[0].expiresAt, floor.now + 5s);
        floor.answer(kAnn);
        floor.end(kAnn, kFirst);
        floor.pass(11s);
        QVERIFY(!floor.session(kFirst));
    }

    void newAgentAndGroupTakePart() {
        FloorHarness floor;
        store::Batch rows;
        rows.groups = {model::Group{model::GroupId{7}, kInstance, model::Mode::Chat, "VIP", 5}};
        model::Agent dan = sampleInstance().agents[0];
        dan.id = model::AgentId{4};
        dan.staffNo = "0004";
        dan.groups = {model::GroupId{7}, kSales};
        rows.agents = {dan};
        floor.change(rows);
        floor.online(dan.id);
        floor.visit(1);
        QCOMPARE(floor.session(kFirst)->agent, dan.id);
    }

    void restartKeepsEverythingAndStartsTimersAnew() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        floor.answer(kAnn);
        floor.visit(2);
        QCOMPARE(floor.session(kSecond)->state, SessionState::Offered);
        const auto sent = floor.say(1, "before the restart", 42).answer<desk::OkSent>();
        desk::Recovered disk = floor.centre().image();
        disk.versions = sampleInstance().versions;
        disk.flows = disk.versions;
        floor.now += 1h;
        floor.restart(std::move(disk));
        QCOMPARE(floor.problems(), std::string{});
        QCOMPARE(floor.session(kFirst)->state, SessionState::Open);
        QCOMPARE(floor.session(kSecond)->state, SessionState::Queued);
        floor.visit(1, kShop, false);
        QCOMPARE(floor.say(1, "before the restart", 42).answer<desk::OkSent>()->seq, sent->seq);
        const auto welcome = floor.attach(kAnn).answer<desk::AgentWelcome>();
        QCOMPARE(welcome->presence.status, model::AgentStatus::Idle);
        QCOMPARE(welcome->sessions[0].preview, std::string("before the restart"));
        QCOMPARE(welcome->sessions[0].unread, 1);
        // Back on the same connection the offer comes again, and the silence time still works.
        QVERIFY(floor.session(kSecond)->state == SessionState::Offered);
        floor.write(kAnn, kFirst, "hello again");
        floor.pass(61s);
        QCOMPARE(floor.session(kFirst)->endReason, model::EndReason::CustomerSilent);
    }

    void restartWithoutTheVersion() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        floor.answer(kAnn);
        floor.visit(2, kHelp);
        desk::Recovered disk = floor.centre().image();
        disk.flows = sampleInstance().flows;
        FloorHarness other; // its flows know version 1; the sessions ran on version 9
        for (model::Session& row : disk.sessions)
            row.flowVersion = 9;
        other.restart(std::move(disk));
        QCOMPARE(other.session(kFirst)->state, SessionState::Open); // the agent goes on without the flow
        QCOMPARE(other.stored(kSecond)->endReason, model::EndReason::Failed);
        other.attach(kAnn);
        other.end(kAnn, kFirst);
        QCOMPARE(other.session(kFirst)->state, SessionState::WrapUp);
        QCOMPARE(other.problems(), std::string{});
    }
};

static const cb::test::Add<ConfigTest> addedConfigTest;
#include "config_test.moc"
