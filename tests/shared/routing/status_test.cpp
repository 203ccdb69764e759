#include "tests/support/suite.h"
#ifndef Q_MOC_RUN
#include "tests/shared/routing/desk.h"
#endif

using namespace cb::test::routing;

/// Spec 3.2–3.7: statuses, wrap-up, what a call leaves behind.
class RoutingStatus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goingOnlineIsIdle();
    void breakWithNothingOpenIsAtOnce();
    void breakWithSessionsOpenIsPendingUntilTheyEnd();
    void pendingStopsOffersAtOnce();
    void pendingCanBeTakenBack();
    void goingOfflineWaitsForSessions();
    void askingForABreakWhileItRingsGivesTheSessionBack();
    void chatWrapUpKeepsTheSlotAndCompletesItself();
    void aChatCannotBeCompletedBeforeItEnds();
    void phoneStaysBusyUntilContinue();
    void phoneWrapUpLastsUntilItIsEnded();
    void phoneRecoversByTime();
    void recoveryOffMeansUntilAClick();
    void allMediaIsWrapUpUntilCompletedOrTime();
    void customerLeavingAnOpenSessionStartsWrapUp();
    void dialOutMakesBusyAndEndsLikeACall();
    void dialOutIsRefusedWhileBusy();
    void aChangeIsToldOnceWithItsReason();
    void impossibleRequestsAreRefusedWithStableCodes();
};

void RoutingStatus::goingOnlineIsIdle() {
    Desk d;
    d.group(1);
    d.agent(1, {1});
    QVERIFY(d.statusOf(1) == AgentStatus::Offline);
    d.online(1);
    QVERIFY(d.found<decision::StatusChanged>()->status == AgentStatus::Idle);
    d.online(1);
    QVERIFY(d.last().empty());
}

void RoutingStatus::breakWithNothingOpenIsAtOnce() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.status(1, AgentStatus::Break);
    QVERIFY(d.statusOf(1) == AgentStatus::Break);
    QVERIFY(!d.found<decision::StatusChanged>()->pending);
    d.status(1, AgentStatus::Idle);
    QVERIFY(d.statusOf(1) == AgentStatus::Idle);
}

void RoutingStatus::breakWithSessionsOpenIsPendingUntilTheyEnd() {
    Desk d;
    d.group(1, 3);
    d.onlineAgent(1, {1});
    d.serve(100, 1, 1);
    d.status(1, AgentStatus::Break);
    QVERIFY(d.found<decision::StatusChanged>()->pending == AgentStatus::Break);
    QVERIFY(d.statusOf(1) == AgentStatus::Idle);
    d.end(1, 100);
    QVERIFY(d.statusOf(1) == AgentStatus::Idle);
    d.complete(1, 100);
    QVERIFY(d.statusOf(1) == AgentStatus::Break);
    QVERIFY(!d.found<decision::StatusChanged>()->pending);
}

void RoutingStatus::pendingStopsOffersAtOnce() {
    Desk d;
    d.group(1, 3);
    d.onlineAgent(1, {1});
    d.serve(100, 1, 1);
    d.status(1, AgentStatus::Break);
    d.enqueue(101, 1);
    QVERIFY(d.queued(101));
    QVERIFY(d.router().skipReason(SessionId{101}, AgentId{1}) == SkipReason::PendingStatus);
}

void RoutingStatus::pendingCanBeTakenBack() {
    Desk d;
    d.group(1, 3);
    d.onlineAgent(1, {1});
    d.serve(100, 1, 1);
    d.status(1, AgentStatus::Break);
    d.enqueue(101, 1);
    d.status(1, AgentStatus::Idle);
    QVERIFY(!d.found<decision::StatusChanged>()->pending);
    QCOMPARE(d.ringsAt(101), 1);
}

void RoutingStatus::goingOfflineWaitsForSessions() {
    Desk d;
    d.group(11);
    d.onlineAgent(1, {11});
    d.serve(100, 11, 1);
    d.status(1, AgentStatus::Offline);
    QVERIFY(d.found<decision::StatusChanged>()->pending == AgentStatus::Offline);
    QCOMPARE(d.servedBy(100), 1);
    d.end(1, 100);
    QVERIFY(d.statusOf(1) == AgentStatus::Busy);
    d.send(event::Continue{AgentId{1}});
    QVERIFY(d.statusOf(1) == AgentStatus::Offline);
}

void RoutingStatus::askingForABreakWhileItRingsGivesTheSessionBack() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.onlineAgent(2, {1});
    d.enqueue(100, 1);
    d.status(1, AgentStatus::Break);
    QVERIFY(d.found<decision::OfferClosed>()->outcome == OfferOutcome::Withdrawn);
    QVERIFY(d.statusOf(1) == AgentStatus::Break);
    QCOMPARE(d.ringsAt(100), 2);
}

void RoutingStatus::chatWrapUpKeepsTheSlotAndCompletesItself() {
    Desk d({.wrapUpSeconds = 50});
    d.group(1);
    d.onlineAgent(1, {1});
    d.serve(100, 1, 1);
    d.enqueue(101, 1);
    d.end(1, 100);
    QVERIFY(d.found<decision::WrapUpStarted>()->completesAt == d.now() + Seconds{50});
    d.wait(Seconds{49});
    QVERIFY(d.queued(101));
    d.wait(Seconds{1});
    QVERIFY(d.found<decision::Completed>()->automatic);
    QCOMPARE(d.ringsAt(101), 1);
}

void RoutingStatus::aChatCannotBeCompletedBeforeItEnds() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.serve(100, 1, 1);
    d.complete(1, 100);
    QVERIFY(d.refusal() == code::kNotEnded);
    d.end(1, 100);
    d.end(1, 100);
    QVERIFY(d.refusal() == code::kSessionEnded);
    d.complete(1, 100);
    QVERIFY(!d.found<decision::Completed>()->automatic);
}

void RoutingStatus::phoneStaysBusyUntilContinue() {
    Desk d({.phoneRecovery = false});
    d.group(11);
    d.onlineAgent(1, {11});
    d.serve(100, 11, 1);
    QVERIFY(d.statusOf(1) == AgentStatus::Busy);
    d.enqueue(101, 11);
    d.wait(Seconds{5});
    d.send(event::CallEnded{SessionId{100}});
    QVERIFY(d.statusOf(1) == AgentStatus::Busy);
    QVERIFY(d.found<decision::StatusChanged>()->reason == StatusReason::CallEnded);
    QVERIFY(d.found<decision::StatusChanged>()->since == d.now());
    QVERIFY(d.router().afterCall(AgentId{1}));
    QVERIFY(d.queued(101));
    d.send(event::Continue{AgentId{1}});
    QVERIFY(d.found<decision::Completed>() != nullptr);
    QCOMPARE(d.ringsAt(101), 1);
}

void RoutingStatus::phoneWrapUpLastsUntilItIsEnded() {
    Desk d;
    d.group(11);
    d.onlineAgent(1, {11});
    d.serve(100, 11, 1);
    d.end(1, 100);
    d.send(event::EnterWrapUp{AgentId{1}});
    QVERIFY(d.statusOf(1) == AgentStatus::WrapUp);
    d.wait(Seconds{5000}); // recovery no longer counts
    QVERIFY(d.statusOf(1) == AgentStatus::WrapUp);
    QCOMPARE(d.router().online(GroupId{11}), 1);
    d.send(event::EndWrapUp{AgentId{1}});
    QVERIFY(d.statusOf(1) == AgentStatus::Idle);
    QVERIFY(!d.known(100));
}

void RoutingStatus::phoneRecoversByTime() {
    Desk d({.phoneRecoverySeconds = 12});
    d.group(11);
    d.onlineAgent(1, {11});
    d.serve(100, 11, 1);
    d.end(1, 100);
    QVERIFY(d.found<decision::WrapUpStarted>()->completesAt == d.now() + Seconds{12});
    d.wait(Seconds{11});
    QVERIFY(d.statusOf(1) == AgentStatus::Busy);
    d.wait(Seconds{1});
    QVERIFY(d.statusOf(1) == AgentStatus::Idle);
    QVERIFY(d.found<decision::Completed>()->automatic);
    QVERIFY(d.found<decision::StatusChanged>()->reason == StatusReason::Recovered);
}

void RoutingStatus::recoveryOffMeansUntilAClick() {
    Desk d({.phoneRecovery = false});
    d.group(11);
    d.onlineAgent(1, {11});
    d.serve(100, 11, 1);
    d.end(1, 100);
    d.wait(Seconds{100'000});
    QVERIFY(d.statusOf(1) == AgentStatus::Busy);
}

void RoutingStatus::allMediaIsWrapUpUntilCompletedOrTime() {
    Desk d({.wrapUpSeconds = 40});
    d.group(21);
    d.onlineAgent(1, {21});
    d.serve(100, 21, 1);
    d.end(1, 100);
    QVERIFY(d.statusOf(1) == AgentStatus::WrapUp);
    d.complete(1, 100);
    QVERIFY(d.statusOf(1) == AgentStatus::Idle);
    d.serve(101, 21, 1);
    d.end(1, 101);
    d.wait(Seconds{40});
    QVERIFY(d.statusOf(1) == AgentStatus::Idle);
    QVERIFY(!d.known(101));
}

void RoutingStatus::customerLeavingAnOpenSessionStartsWrapUp() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.serve(100, 1, 1);
    d.send(event::SessionCancelled{SessionId{100}});
    QVERIFY(d.found<decision::WrapUpStarted>() != nullptr);
    QVERIFY(d.statusOf(1) == AgentStatus::Busy);
    d.send(event::SessionCancelled{SessionId{100}});
    QVERIFY(d.refusal() == code::kSessionEnded);
}

void RoutingStatus::dialOutMakesBusyAndEndsLikeACall() {
    Desk d;
    d.group(1, 3);
    d.onlineAgent(1, {1});
    d.send(event::DialOutStarted{AgentId{1}});
    QVERIFY(d.statusOf(1) == AgentStatus::Busy);
    d.enqueue(100, 1);
    QVERIFY(d.queued(100));
    d.send(event::DialOutEnded{AgentId{1}});
    QVERIFY(d.statusOf(1) == AgentStatus::Busy);
    QVERIFY(d.found<decision::StatusChanged>()->reason == StatusReason::CallEnded);
    d.wait(Seconds{30});
    QVERIFY(!d.router().afterCall(AgentId{1}));
    QVERIFY(d.statusOf(1) == AgentStatus::Idle);
    QCOMPARE(d.ringsAt(100), 1);
}

void RoutingStatus::dialOutIsRefusedWhileBusy() {
    Desk d;
    d.group(11);
    d.agent(1, {11});
    d.send(event::DialOutStarted{AgentId{1}});
    QVERIFY(d.refusal() == code::kAgentOffline);
    d.online(1);
    d.enqueue(100, 11);
    d.send(event::DialOutStarted{AgentId{1}});
    QVERIFY(d.refusal() == code::kAgentBusy);
    d.send(event::DialOutEnded{AgentId{1}});
    QVERIFY(d.refusal() == code::kNotDialing);
}

void RoutingStatus::aChangeIsToldOnceWithItsReason() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.enqueue(100, 1);
    QCOMPARE(d.count<decision::StatusChanged>(), 0); // ringing does not make busy
    d.answer(1);
    QCOMPARE(d.count<decision::StatusChanged>(), 1);
    d.status(1, AgentStatus::Break);
    d.status(1, AgentStatus::Break);
    QVERIFY(d.last().empty());
}

void RoutingStatus::impossibleRequestsAreRefusedWithStableCodes() {
    Desk d;
    d.group(1);
    d.group(11);
    d.onlineAgent(1, {1});
    d.onlineAgent(2, {1});
    d.enqueue(100, 1);
    const OfferId offer = d.router().ringing(AgentId{1});
    d.send(event::Answer{AgentId{2}, offer});
    QVERIFY(d.refusal() == code::kNotOffered);
    d.send(event::Decline{AgentId{9}, offer});
    QVERIFY(d.refusal() == code::kAgentUnknown);
    d.answer(1);
    d.send(event::Answer{AgentId{1}, offer});
    QVERIFY(d.refusal() == code::kOfferGone);
    d.end(2, 100);
    QVERIFY(d.refusal() == code::kNotYours);
    d.end(1, 555);
    QVERIFY(d.refusal() == code::kSessionGone);
    d.enqueue(100, 1);
    QVERIFY(d.refusal() == code::kSessionExists);
    d.enqueue(101, 7);
    QVERIFY(d.refusal() == code::kGroupUnknown);
    d.send(event::SessionEnqueue{SessionId{101}, GroupId{11}, Mode::Chat, {}, {}, {}, {}});
    QVERIFY(d.refusal() == code::kWrongMode);
    d.send(event::Continue{AgentId{1}});
    QVERIFY(d.refusal() == code::kNotAfterCall);
    d.status(1, AgentStatus::Busy);
    QVERIFY(d.refusal() == code::kBadStatus);
    d.agent(3, {1});
    d.status(3, AgentStatus::Break);
    QVERIFY(d.refusal() == code::kAgentOffline);
    d.agent(3, {1});
    QVERIFY(d.refusal() == code::kAgentExists);
    d.group(1);
    QVERIFY(d.refusal() == code::kGroupExists);
}

static const cb::test::Add<RoutingStatus> addedRoutingStatus;
#include "status_test.moc"
