#include "tests/support/suite.h"
#ifndef Q_MOC_RUN
#include "tests/shared/routing/desk.h"
#endif

using namespace cb::test::routing;

/// Spec 6: answer timeout, decline, disconnect, nobody online, longest wait: what sends a session back, and where it
/// then is.
class RoutingMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ringTimeoutSendsTheAgentToBreakAndTheSessionToTheNext();
    void ringTimeoutLeavesOpenChatsWithTheAgent();
    void theSessionKeepsItsPlaceAtTheHead();
    void notToTheSameAgentWhileAnotherOnlineMemberHasNotHadIt();
    void toTheSameAgentAgainWhenNobodyElseIsLeft();
    void declineSkipsTheAgentForThisSessionOnly();
    void declinesClearFifteenSecondsAfterEveryOnlineMemberDeclined();
    void theLastUndecidedMemberLeavingStartsTheFifteenSeconds();
    void aDisconnectLosesTheOfferAtOnce();
    void openChatsReturnToTheHeadAfterTheGrace();
    void aConnectionWithinTheGraceKeepsEverything();
    void aCallsCustomerReturnsToTheQueueAfterTheGrace();
    void liveMediaCountsAsPresence();
    void theGraceCountsAsOnline();
    void nobodyOnlineFailsAtOnceOnEntry();
    void nobodyOnlineForSixtySecondsFailsTheQueue();
    void somebodyOnlineAgainInTimeSavesTheQueue();
    void longestWaitFails();
    void longestWaitOverWhileRingingIsDecidedOnReturn();
    void lateTicksDecideTheSame();
    void answersAtTheDeadlineComeTooLate();
};

void RoutingMemory::ringTimeoutSendsTheAgentToBreakAndTheSessionToTheNext() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.onlineAgent(2, {1});
    d.enqueue(100, 1);
    QCOMPARE(d.ringsAt(100), 1);
    d.wait(Seconds{29});
    QCOMPARE(d.ringsAt(100), 1);
    d.wait(Seconds{1});
    QVERIFY(d.found<decision::OfferClosed>()->outcome == OfferOutcome::TimedOut);
    QVERIFY(d.found<decision::Returned>()->reason == ReturnReason::TimedOut);
    const auto* status = d.found<decision::StatusChanged>();
    QVERIFY(status->status == AgentStatus::Break && status->reason == StatusReason::RingTimeout);
    QCOMPARE(d.ringsAt(100), 2);
}

void RoutingMemory::ringTimeoutLeavesOpenChatsWithTheAgent() {
    Desk d;
    d.group(1, 3);
    d.onlineAgent(1, {1});
    d.serve(100, 1, 1);
    d.enqueue(101, 1);
    d.wait(Seconds{30});
    QVERIFY(d.statusOf(1) == AgentStatus::Break);
    QCOMPARE(d.servedBy(100), 1);
}

void RoutingMemory::theSessionKeepsItsPlaceAtTheHead() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.enqueue(100, 1);
    d.enqueue(101, 1);
    d.enqueue(102, 1);
    d.wait(Seconds{30});
    QCOMPARE(d.found<decision::Returned>()->waitNo, 0);
    QCOMPARE(d.position(100), 0);
    QCOMPARE(d.position(102), 2);
}

void RoutingMemory::notToTheSameAgentWhileAnotherOnlineMemberHasNotHadIt() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.onlineAgent(2, {1});
    d.serve(99, 1, 2); // online, but cannot take it now
    d.enqueue(100, 1);
    d.wait(Seconds{30});
    d.status(1, AgentStatus::Idle);
    QVERIFY(d.queued(100));
    QVERIFY(d.router().skipReason(SessionId{100}, AgentId{1}) == SkipReason::HadIt);
    d.end(2, 99);
    d.complete(2, 99);
    QCOMPARE(d.ringsAt(100), 2);
}

void RoutingMemory::toTheSameAgentAgainWhenNobodyElseIsLeft() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.onlineAgent(2, {1});
    d.serve(99, 1, 2);
    d.enqueue(100, 1);
    d.wait(Seconds{30});
    d.status(1, AgentStatus::Idle);
    QVERIFY(d.queued(100));
    d.send(event::AgentDisconnected{AgentId{2}});
    d.wait(Seconds{29});
    QVERIFY(d.queued(100));
    d.wait(Seconds{1}); // the other is offline now; their chat waits too, behind in time but older
    QCOMPARE(d.ringsAt(99), 1);
    d.answer(1);
    d.end(1, 99);
    d.complete(1, 99);
    QCOMPARE(d.ringsAt(100), 1);
}

void RoutingMemory::declineSkipsTheAgentForThisSessionOnly() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.onlineAgent(2, {1});
    d.serve(99, 1, 2);
    d.enqueue(100, 1);
    d.enqueue(101, 1);
    d.decline(1);
    QVERIFY(d.found<decision::OfferClosed>()->outcome == OfferOutcome::Declined);
    QVERIFY(d.queued(100));
    QCOMPARE(d.position(100), 0);
    QCOMPARE(d.ringsAt(101), 1);
    QVERIFY(d.statusOf(1) == AgentStatus::Idle);
    QCOMPARE(d.count<decision::StatusChanged>(), 0);
    QVERIFY(d.router().skipReason(SessionId{100}, AgentId{1}) != SkipReason::None);
}

void RoutingMemory::declinesClearFifteenSecondsAfterEveryOnlineMemberDeclined() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.onlineAgent(2, {1});
    d.enqueue(100, 1);
    d.decline(1);
    QCOMPARE(d.ringsAt(100), 2);
    d.wait(Seconds{5});
    d.decline(2);
    QVERIFY(d.queued(100));
    d.wait(Seconds{14});
    QVERIFY(d.queued(100));
    d.wait(Seconds{1});
    QCOMPARE(d.ringsAt(100), 1);
}

void RoutingMemory::theLastUndecidedMemberLeavingStartsTheFifteenSeconds() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.onlineAgent(2, {1});
    d.serve(99, 1, 2);
    d.enqueue(100, 1);
    d.decline(1);
    d.wait(Seconds{20});
    QVERIFY(d.queued(100));
    d.send(event::AgentRemoved{AgentId{2}});
    QCOMPARE(d.ringsAt(99), 1);
    d.wait(Seconds{14});
    d.answer(1);
    d.end(1, 99);
    d.complete(1, 99);
    QVERIFY(d.queued(100));
    d.wait(Seconds{1});
    QCOMPARE(d.ringsAt(100), 1);
}

void RoutingMemory::aDisconnectLosesTheOfferAtOnce() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.onlineAgent(2, {1});
    d.enqueue(100, 1);
    d.send(event::AgentDisconnected{AgentId{1}});
    QVERIFY(d.found<decision::OfferClosed>()->outcome == OfferOutcome::AgentLost);
    QVERIFY(d.found<decision::Returned>()->reason == ReturnReason::AgentLost);
    QCOMPARE(d.ringsAt(100), 2);
}

void RoutingMemory::openChatsReturnToTheHeadAfterTheGrace() {
    Desk d;
    d.group(1, 2);
    d.onlineAgent(1, {1});
    d.onlineAgent(2, {1});
    d.serve(100, 1, 1);
    d.serve(101, 1, 2);
    d.serve(102, 1, 2);
    d.wait(Seconds{5});
    d.serve(103, 1, 1);
    d.enqueue(104, 1); // waits behind everybody who was served
    d.send(event::AgentDisconnected{AgentId{1}});
    d.wait(Seconds{29});
    QCOMPARE(d.servedBy(100), 1);
    d.wait(Seconds{1});
    QCOMPARE(d.count<decision::Returned>(), 2);
    QVERIFY(d.found<decision::Returned>()->wasOpen);
    QVERIFY(d.statusOf(1) == AgentStatus::Offline);
    QVERIFY(d.found<decision::StatusChanged>()->reason == StatusReason::Disconnected);
    QCOMPARE(d.position(100), 0);
    QCOMPARE(d.position(103), 1);
    QCOMPARE(d.position(104), 2);
}

void RoutingMemory::aConnectionWithinTheGraceKeepsEverything() {
    Desk d;
    d.group(1, 2);
    d.onlineAgent(1, {1});
    d.serve(100, 1, 1);
    d.send(event::AgentDisconnected{AgentId{1}});
    d.enqueue(101, 1);
    QVERIFY(d.queued(101));
    d.wait(Seconds{29});
    d.send(event::AgentConnected{AgentId{1}});
    QCOMPARE(d.servedBy(100), 1);
    QCOMPARE(d.ringsAt(101), 1);
    d.answer(1);
    d.wait(Seconds{100});
    QCOMPARE(d.servedBy(100), 1);
}

void RoutingMemory::aCallsCustomerReturnsToTheQueueAfterTheGrace() {
    Desk d;
    d.group(11);
    d.onlineAgent(1, {11});
    d.onlineAgent(2, {11});
    d.serve(100, 11, 1);
    d.send(event::AgentDisconnected{AgentId{1}});
    d.wait(Seconds{30});
    QCOMPARE(d.ringsAt(100), 2);
}

void RoutingMemory::liveMediaCountsAsPresence() {
    Desk d;
    d.group(11);
    d.onlineAgent(1, {11});
    d.serve(100, 11, 1);
    d.send(event::MediaLive{AgentId{1}, true});
    d.send(event::AgentDisconnected{AgentId{1}});
    d.wait(Seconds{1000});
    QCOMPARE(d.servedBy(100), 1);
    d.send(event::MediaLive{AgentId{1}, false});
    d.wait(Seconds{29});
    QCOMPARE(d.servedBy(100), 1);
    d.wait(Seconds{1});
    QVERIFY(d.queued(100));
}

void RoutingMemory::theGraceCountsAsOnline() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.send(event::AgentDisconnected{AgentId{1}});
    QCOMPARE(d.router().online(GroupId{1}), 1);
    d.enqueue(100, 1);
    QVERIFY(d.queued(100));
    d.wait(Seconds{30});
    QCOMPARE(d.router().online(GroupId{1}), 0);
    d.wait(Seconds{59});
    QVERIFY(d.queued(100));
    d.wait(Seconds{1});
    QVERIFY(!d.known(100));
}

void RoutingMemory::nobodyOnlineFailsAtOnceOnEntry() {
    Desk d;
    d.group(1);
    d.agent(1, {1});
    d.enqueue(100, 1);
    QVERIFY(d.found<decision::SessionFailed>()->reason == FailReason::NobodyOnline);
    d.online(1);
    d.status(1, AgentStatus::Break); // break is not online
    d.enqueue(101, 1);
    QCOMPARE(d.count<decision::SessionFailed>(), 1);
    QVERIFY(!d.known(101));
}

void RoutingMemory::nobodyOnlineForSixtySecondsFailsTheQueue() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.enqueue(100, 1);
    d.enqueue(101, 1);
    d.status(1, AgentStatus::Break);
    d.wait(Seconds{59});
    QVERIFY(d.queued(100) && d.queued(101));
    d.wait(Seconds{1});
    QCOMPARE(d.count<decision::SessionFailed>(), 2);
    QCOMPARE(d.router().waiting(GroupId{1}), 0);
}

void RoutingMemory::somebodyOnlineAgainInTimeSavesTheQueue() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.enqueue(100, 1);
    d.enqueue(101, 1);
    d.status(1, AgentStatus::Break);
    d.wait(Seconds{59});
    d.status(1, AgentStatus::Idle);
    d.answer(1);
    d.wait(Seconds{500});
    QVERIFY(d.queued(101));
}

void RoutingMemory::longestWaitFails() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.serve(99, 1, 1);
    d.enqueue(100, 1, 20);
    d.enqueue(101, 1, 0);
    d.wait(Seconds{19});
    QVERIFY(d.queued(100));
    d.wait(Seconds{1});
    QVERIFY(d.found<decision::SessionFailed>()->reason == FailReason::LongestWait);
    d.wait(Seconds{5000});
    QVERIFY(d.queued(101));
}

void RoutingMemory::longestWaitOverWhileRingingIsDecidedOnReturn() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.onlineAgent(2, {1});
    d.enqueue(100, 1, 10);
    d.wait(Seconds{29});
    QCOMPARE(d.ringsAt(100), 1);
    d.decline(1);
    QVERIFY(d.found<decision::SessionFailed>()->reason == FailReason::LongestWait);
    QVERIFY(!d.known(100));
}

void RoutingMemory::lateTicksDecideTheSame() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.onlineAgent(2, {1});
    d.onlineAgent(3, {1});
    d.enqueue(100, 1);
    const TimePoint late = d.now() + Seconds{45};
    Decisions out;
    d.router().apply(event::Tick{}, late, out);
    QCOMPARE(d.ringsAt(100), 2); // 1 rang out; 2's time counts from now
    QVERIFY(d.router().nextDeadline() == late + Seconds{30});
}

void RoutingMemory::answersAtTheDeadlineComeTooLate() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.enqueue(100, 1);
    const OfferId offer = d.router().ringing(AgentId{1});
    Decisions out;
    d.router().apply(event::Answer{AgentId{1}, offer}, d.now() + Seconds{30}, out);
    QVERIFY(std::get<decision::Refused>(out.back()).code == code::kOfferGone);
    QVERIFY(d.queued(100));
}

static const cb::test::Add<RoutingMemory> addedRoutingMemory;
#include "memory_test.moc"
