#include "tests/support/suite.h"
#ifndef Q_MOC_RUN
#include "tests/shared/routing/desk.h"
#endif

using namespace cb::test::routing;

/// Transfers, admin changes and restart.
class RoutingChanges : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void transferToAGroupJoinsTheTail();
    void transferNeedsSomebodyElseOnline();
    void transferToAnAgentRingsAtThemOnly();
    void transferToABusyAgentWaitsForThem();
    void aFailedTransferFallsBackToTheGroup_data();
    void aFailedTransferFallsBackToTheGroup();
    void aTransferredPhoneCallLeavesTheAgentAsAfterACall();
    void impossibleTransfersLeaveTheSessionWhereItIs();
    void aDirectEntryFallsBackWhenTheAgentIsAway();
    void aRemovedMembersOfferAndChatsReturnToTheHead();
    void aRemovedMembersCallFinishes();
    void aRemovedAgentsWorkReturnsAndTheCallFinishes();
    void anAddedMemberTakesWhatWaits();
    void aGroupInUseIsNotRemoved();
    void afterARestartOffersReturnAndAgentsAreInGrace();
    void afterARestartTheWrapUpsRunAnew();
    void afterARestartTheOrderOfTheListsDoesNotMatter();
};

void RoutingChanges::transferToAGroupJoinsTheTail() {
    Desk d;
    d.group(1);
    d.group(2);
    d.onlineAgent(1, {1});
    d.onlineAgent(2, {2});
    d.serve(99, 2, 2);
    d.enqueue(98, 2);
    d.serve(100, 1, 1);
    d.enqueue(97, 1);
    d.send(event::TransferToGroup{AgentId{1}, SessionId{100}, GroupId{2}, Seconds{25}});
    QVERIFY(d.found<decision::Transferred>()->from == AgentId{1});
    QVERIFY(d.found<decision::Queued>()->session == SessionId{100});
    QCOMPARE(d.position(100), 1);
    QCOMPARE(d.ringsAt(97), 1); // the slot is free at once
    d.wait(Seconds{25});
    QVERIFY(!d.known(100));
    QVERIFY(d.queued(98));
}

void RoutingChanges::transferNeedsSomebodyElseOnline() {
    Desk d;
    d.group(1);
    d.group(2);
    d.onlineAgent(1, {1, 2});
    d.serve(100, 1, 1);
    for (const int to : {1, 2}) {
        d.send(event::TransferToGroup{AgentId{1}, SessionId{100}, GroupId{to}, {}});
        QVERIFY(d.refusal() == code::kNobodyOnline);
        QCOMPARE(d.servedBy(100), 1);
    }
    d.onlineAgent(2, {1});
    d.send(event::TransferToGroup{AgentId{1}, SessionId{100}, GroupId{1}, {}});
    QCOMPARE(d.ringsAt(100), 2); // not back to the one who gave it away
}

void RoutingChanges::transferToAnAgentRingsAtThemOnly() {
    Desk d;
    d.group(1);
    for (int a = 1; a <= 3; ++a)
        d.onlineAgent(a, {1});
    d.serve(100, 1, 1);
    d.send(event::TransferToAgent{AgentId{1}, SessionId{100}, AgentId{3}, {}, {}});
    QCOMPARE(d.ringsAt(100), 3);
    const auto* offered = d.found<decision::Offered>();
    QVERIFY(offered->offer.rule == OfferRule::Direct && offered->transferTo == AgentId{3});
    d.answer(3);
    QCOMPARE(d.servedBy(100), 3);
}

void RoutingChanges::transferToABusyAgentWaitsForThem() {
    Desk d;
    d.group(1);
    for (int a = 1; a <= 3; ++a)
        d.onlineAgent(a, {1});
    d.serve(99, 1, 3);
    d.serve(100, 1, 1);
    d.send(event::TransferToAgent{AgentId{1}, SessionId{100}, AgentId{3}, {}, {}});
    QVERIFY(d.queued(100)); // 2 is free and does not get it
    QVERIFY(d.found<decision::Queued>()->transferTo == AgentId{3});
    QCOMPARE(d.router().waiting(GroupId{1}), 1);
    QCOMPARE(d.position(100), 0);
    d.end(3, 99);
    d.complete(3, 99);
    QCOMPARE(d.ringsAt(100), 3);
}

void RoutingChanges::aFailedTransferFallsBackToTheGroup_data() {
    QTest::addColumn<int>("how");
    QTest::newRow("declined") << 0;
    QTest::newRow("rang out") << 1;
    QTest::newRow("connection lost") << 2;
    QTest::newRow("break") << 3;
    QTest::newRow("offline while waited for") << 4;
    QTest::newRow("left the group") << 5;
}

void RoutingChanges::aFailedTransferFallsBackToTheGroup() {
    QFETCH(int, how);
    Desk d;
    d.group(1, how == 4 ? 1 : 2);
    for (int a = 1; a <= 3; ++a)
        d.onlineAgent(a, {1});
    d.serve(100, 1, 1);
    if (how == 4)
        d.serve(99, 1, 3);
    d.send(event::TransferToAgent{AgentId{1}, SessionId{100}, AgentId{3}, {}, {}});
    if (how == 0)
        d.decline(3);
    else if (how == 1)
        d.wait(Seconds{30});
    else if (how == 2)
        d.send(event::AgentDisconnected{AgentId{3}});
    else if (how == 3)
        d.status(3, AgentStatus::Break);
    else if (how == 4)
        d.status(3, AgentStatus::Offline);
    else
        d.send(event::MembershipChanged{AgentId{3}, {}});
    QVERIFY(d.found<decision::TransferFailed>()->to == AgentId{3});
    constexpr ReturnReason kReasons[] = {ReturnReason::Declined,  ReturnReason::TimedOut,  ReturnReason::AgentLost,
                                         ReturnReason::Withdrawn, ReturnReason::Withdrawn, ReturnReason::MemberRemoved};
    QVERIFY(d.found<decision::TransferFailed>()->reason == kReasons[how]);
    QCOMPARE(d.ringsAt(100), 2);
}

void RoutingChanges::aTransferredPhoneCallLeavesTheAgentAsAfterACall() {
    Desk d;
    d.group(11);
    d.onlineAgent(1, {11});
    d.onlineAgent(2, {11});
    d.serve(100, 11, 1);
    d.send(event::TransferToGroup{AgentId{1}, SessionId{100}, GroupId{11}, {}});
    QCOMPARE(d.ringsAt(100), 2);
    QVERIFY(d.statusOf(1) == AgentStatus::Busy);
    QCOMPARE(d.router().load(AgentId{1}), 0);
    d.wait(Seconds{30});
    QVERIFY(d.statusOf(1) == AgentStatus::Idle);
}

void RoutingChanges::impossibleTransfersLeaveTheSessionWhereItIs() {
    Desk d;
    d.group(1);
    d.group(11);
    d.onlineAgent(1, {1});
    d.onlineAgent(2, {11});
    d.agent(3, {1});
    d.serve(100, 1, 1);
    const auto to = [&](int agent) {
        d.send(event::TransferToAgent{AgentId{1}, SessionId{100}, AgentId{agent}, {}, {}});
        return d.refusal();
    };
    QVERIFY(to(1) == code::kSameAgent);
    QVERIFY(to(2) == code::kNotMember);
    QVERIFY(to(3) == code::kAgentOffline);
    QVERIFY(to(9) == code::kAgentUnknown);
    d.send(event::TransferToGroup{AgentId{1}, SessionId{100}, GroupId{11}, {}});
    QVERIFY(d.refusal() == code::kWrongMode);
    d.send(event::TransferToGroup{AgentId{2}, SessionId{100}, GroupId{1}, {}});
    QVERIFY(d.refusal() == code::kNotYours);
    QCOMPARE(d.servedBy(100), 1);
}

void RoutingChanges::aDirectEntryFallsBackWhenTheAgentIsAway() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.agent(2, {1});
    d.enqueue(100, 1, 0, 0, 2);
    QVERIFY(d.found<decision::TransferFailed>() != nullptr);
    QCOMPARE(d.ringsAt(100), 1);
}

void RoutingChanges::aRemovedMembersOfferAndChatsReturnToTheHead() {
    Desk d;
    d.group(1, 3);
    d.group(2, 3);
    d.onlineAgent(1, {1, 2});
    d.serve(100, 1, 1);
    d.serve(101, 2, 1);
    d.enqueue(102, 1);
    d.onlineAgent(2, {1});
    d.status(2, AgentStatus::Break);
    d.send(event::MembershipChanged{AgentId{1}, Desk::ids({2})});
    QVERIFY(d.found<decision::Returned>()->reason == ReturnReason::MemberRemoved);
    QVERIFY(d.queued(100) && d.queued(102));
    QCOMPARE(d.position(100), 0);
    QCOMPARE(d.servedBy(101), 1);
}

void RoutingChanges::aRemovedMembersCallFinishes() {
    Desk d;
    d.group(11);
    d.onlineAgent(1, {11});
    d.serve(100, 11, 1);
    d.send(event::MembershipChanged{AgentId{1}, {}});
    QCOMPARE(d.servedBy(100), 1);
    d.end(1, 100);
    d.send(event::Continue{AgentId{1}});
    QVERIFY(d.statusOf(1) == AgentStatus::Idle);
}

void RoutingChanges::aRemovedAgentsWorkReturnsAndTheCallFinishes() {
    Desk d;
    d.group(1, 3);
    d.group(11);
    d.onlineAgent(1, {1, 11});
    d.onlineAgent(2, {1});
    d.serve(100, 1, 1);
    d.serve(101, 1, 1);
    d.end(1, 101);
    d.serve(102, 11, 1);
    d.send(event::AgentRemoved{AgentId{1}});
    QCOMPARE(d.ringsAt(100), 2);
    QVERIFY(!d.known(101));
    QCOMPARE(d.servedBy(102), 1);
    QVERIFY(d.found<decision::StatusChanged>()->reason == StatusReason::Deleted);
    d.online(1);
    QVERIFY(d.refusal() == code::kAgentUnknown);
    d.send(event::CallEnded{SessionId{102}});
    QVERIFY(d.found<decision::Completed>()->automatic);
    QVERIFY(d.found<decision::AgentForgotten>()->agent == AgentId{1});
    QVERIFY(!d.router().status(AgentId{1}));
}

void RoutingChanges::anAddedMemberTakesWhatWaits() {
    Desk d;
    d.group(1);
    d.group(2);
    d.onlineAgent(1, {1});
    d.onlineAgent(2, {2});
    d.serve(99, 1, 1);
    d.enqueue(100, 1);
    d.send(event::MembershipChanged{AgentId{2}, Desk::ids({1, 2})});
    QCOMPARE(d.ringsAt(100), 2);
}

void RoutingChanges::aGroupInUseIsNotRemoved() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.enqueue(100, 1);
    d.send(event::GroupRemoved{GroupId{1}});
    QVERIFY(d.refusal() == code::kGroupInUse);
    d.answer(1);
    d.send(event::GroupRemoved{GroupId{1}});
    QVERIFY(d.refusal() == code::kGroupInUse);
    d.end(1, 100);
    d.send(event::GroupRemoved{GroupId{1}});
    QVERIFY(d.refusal().empty());
    d.complete(1, 100);
    QVERIFY(d.found<decision::Completed>() != nullptr);
    d.enqueue(101, 1);
    QVERIFY(d.refusal() == code::kGroupUnknown);
}

namespace {

const TimePoint kRestart = base::fromUnixMillis(1'700'000'100'000);

RecoveredSession saved(int id, int group, SessionState state, int agent, int waitedFor) {
    RecoveredSession r;
    r.session.id = SessionId{id};
    r.session.group = GroupId{group};
    r.session.mode = Desk::modeOf(group);
    r.session.state = state;
    r.session.agent = AgentId{agent};
    r.session.waitingFrom = kRestart - Seconds{waitedFor};
    return r;
}

Snapshot savedDesk() {
    Snapshot s;
    s.groups = {Desk::makeGroup(1, 2), Desk::makeGroup(11, 1)};
    for (const int id : {1, 2, 3}) {
        model::Agent agent;
        agent.id = AgentId{id};
        agent.groups = Desk::ids({1, 11});
        s.agents.push_back(agent);
        model::Presence presence;
        presence.agent = AgentId{id};
        presence.status = id == 3 ? AgentStatus::Break : AgentStatus::Idle;
        presence.idleSince = kRestart - Seconds{100 * id};
        presence.callsToday = id;
        s.presences.push_back(presence);
    }
    s.sessions = {saved(100, 1, SessionState::Queued, 0, 10), saved(101, 1, SessionState::Offered, 1, 50),
                  saved(102, 1, SessionState::Open, 1, 70),   saved(103, 11, SessionState::WrapUp, 2, 90),
                  saved(104, 1, SessionState::WrapUp, 1, 90), saved(105, 1, SessionState::Flow, 0, 1)};
    s.nextOffer = OfferId{77};
    return s;
}

} // namespace

void RoutingChanges::afterARestartOffersReturnAndAgentsAreInGrace() {
    Decisions out;
    Router r(savedDesk(), kRestart, out);
    QCOMPARE(out.size(), std::size_t{1});
    const auto& returned = std::get<decision::Returned>(out.front());
    QVERIFY(returned.session == SessionId{101} && returned.reason == ReturnReason::Restarted);
    QCOMPARE(r.position(SessionId{101}), 0);
    QCOMPARE(r.position(SessionId{100}), 1);
    QVERIFY(!r.session(SessionId{105}));
    QCOMPARE(r.online(GroupId{1}), 2);
    QCOMPARE(r.load(AgentId{1}), 2);
    out.clear();
    r.apply(event::AgentConnected{AgentId{2}}, kRestart + Seconds{1}, out); // after a call: busy
    QVERIFY(out.empty());
    r.apply(event::Continue{AgentId{2}}, kRestart + Seconds{2}, out);
    const auto* offered = std::get_if<decision::Offered>(&out.back());
    QVERIFY(offered != nullptr && offered->offer.session == SessionId{101} && offered->offer.id == OfferId{77});
    out.clear();
    r.apply(event::Tick{}, kRestart + kGrace, out); // agent 1 did not come back, nor 3 from the break
    QVERIFY(r.status(AgentId{1}) == AgentStatus::Offline && r.status(AgentId{3}) == AgentStatus::Offline);
    QVERIFY(r.session(SessionId{102})->state == SessionState::Queued);
    QVERIFY(!r.session(SessionId{104}));
}

void RoutingChanges::afterARestartTheWrapUpsRunAnew() {
    Decisions out;
    Router r(savedDesk(), kRestart, out);
    for (const int id : {1, 2, 3})
        r.apply(event::AgentConnected{AgentId{id}}, kRestart + Seconds{1}, out);
    QVERIFY(r.status(AgentId{2}) == AgentStatus::Busy);
    r.apply(event::Tick{}, kRestart + Seconds{30}, out);
    QVERIFY(r.status(AgentId{2}) == AgentStatus::Idle); // recovery time
    r.apply(event::Tick{}, kRestart + Seconds{119}, out);
    QVERIFY(r.session(SessionId{104}).has_value());
    r.apply(event::Tick{}, kRestart + Seconds{120}, out);
    QVERIFY(!r.session(SessionId{104}));
}

void RoutingChanges::afterARestartTheOrderOfTheListsDoesNotMatter() {
    Snapshot other = savedDesk();
    std::reverse(other.groups.begin(), other.groups.end());
    std::reverse(other.agents.begin(), other.agents.end());
    std::reverse(other.presences.begin(), other.presences.end());
    std::reverse(other.sessions.begin(), other.sessions.end());
    Decisions a;
    Decisions b;
    Router first(savedDesk(), kRestart, a);
    Router second(other, kRestart, b);
    for (const int id : {1, 2, 3}) {
        first.apply(event::AgentConnected{AgentId{id}}, kRestart + Seconds{id}, a);
        second.apply(event::AgentConnected{AgentId{id}}, kRestart + Seconds{id}, b);
    }
    first.apply(event::Continue{AgentId{2}}, kRestart + Seconds{9}, a);
    second.apply(event::Continue{AgentId{2}}, kRestart + Seconds{9}, b);
    QCOMPARE(a.size(), b.size());
    QVERIFY(std::get<decision::Offered>(a.back()).offer == std::get<decision::Offered>(b.back()).offer);
}

static const cb::test::Add<RoutingChanges> addedRoutingChanges;
#include "changes_test.moc"
