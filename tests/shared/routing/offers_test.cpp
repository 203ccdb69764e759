#include "tests/support/suite.h"
#ifndef Q_MOC_RUN
#include "tests/shared/routing/desk.h"
#endif

using namespace cb::test::routing;

/// Spec 6: who is offered what.
class RoutingOffers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSessionRingsAtAFreeMemberAtOnce();
    void withNobodyFreeItWaitsAndIsTold();
    void positionsAreFifoPerGroup();
    void chatGoesToTheLeastLoaded();
    void equalLoadGoesToTheLongestIdle();
    void phoneGoesToTheLongestIdle();
    void phoneGoesToTheFewestCallsWhenSet();
    void callsTodayStartAgainAtMidnight();
    void lastAgentFirstWhenSetAndEligible();
    void lastAgentIsNeverWaitedFor();
    void aFreeAgentTakesPhoneThenAllMediaThenTheOldestChat();
    void chatsOfSeveralGroupsAreTakenInTheOrderOfWaiting();
    void loadCountsOverAllGroups();
    void ringingAndUncompletedCountAsLoad();
    void atMostOneOfferRingsPerAgent();
    void exclusiveSessionsKeepEverythingElseAway();
    void blendingOnACallMayComeOverChatsAndStopsNewOnes();
    void blendingOffCallsNeedAnAgentWithoutChats();
    void blendingOffAWaitingCallKeepsItsGroupsAgentsFromChats();
    void blendingSwitchedOnReleasesWhatWaits();
    void aRaisedLimitLetsWaitingChatsRing();
    void everyReasonIsRecorded();
    void candidatesAreBoundedInLargeGroups();
    void theAnswerTimeIsTheSettingOfTheMode();
    void withoutAnswerTimeItRingsUntilTheCustomerLeaves();
};

void RoutingOffers::aSessionRingsAtAFreeMemberAtOnce() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.enqueue(100, 1);
    QCOMPARE(d.ringsAt(100), 1);
    QCOMPARE(d.count<decision::Queued>(), 0);
    d.answer(1);
    QCOMPARE(d.servedBy(100), 1);
    QVERIFY(d.found<decision::OfferClosed>()->outcome == OfferOutcome::Answered);
    QVERIFY(d.found<decision::Assigned>() != nullptr);
}

void RoutingOffers::withNobodyFreeItWaitsAndIsTold() {
    Desk d;
    d.group(1);
    d.onlineAgent(1, {1});
    d.serve(100, 1, 1);
    d.enqueue(101, 1);
    d.enqueue(102, 1);
    QVERIFY(d.queued(102));
    QCOMPARE(d.found<decision::Queued>()->waitNo, 1);
    QCOMPARE(d.router().waiting(GroupId{1}), 2);
    QCOMPARE(d.router().free(GroupId{1}), 0);
}

void RoutingOffers::positionsAreFifoPerGroup() {
    Desk d;
    d.group(1);
    d.group(2);
    d.onlineAgent(1, {1, 2});
    d.serve(100, 1, 1);
    for (int s = 101; s <= 104; ++s)
        d.enqueue(s, s == 103 ? 2 : 1);
    QCOMPARE(d.position(101), 0);
    QCOMPARE(d.position(102), 1);
    QCOMPARE(d.position(103), 0);
    QCOMPARE(d.position(104), 2);
    d.send(event::SessionCancelled{SessionId{101}});
    QVERIFY(d.found<decision::Cancelled>() != nullptr);
    QCOMPARE(d.position(104), 1);
    QCOMPARE(d.position(100), -1);
}

void RoutingOffers::chatGoesToTheLeastLoaded() {
    Desk d;
    d.group(1, 3);
    d.onlineAgent(1, {1});
    d.onlineAgent(2, {1});
    d.serve(100, 1, 1);
    d.enqueue(101, 1);
    QCOMPARE(d.ringsAt(101), 2);
    QVERIFY(d.found<decision::Offered>()->offer.rule == OfferRule::LeastLoad);
}

void RoutingOffers::equalLoadGoesToTheLongestIdle() {
    Desk d;
    d.group(1, 3);
    d.onlineAgent(2, {1});
    d.onlineAgent(1, {1});
    d.enqueue(100, 1);
    QCOMPARE(d.ringsAt(100), 2);
    QVERIFY(d.found<decision::Offered>()->offer.rule == OfferRule::LongestIdle);
}

void RoutingOffers::phoneGoesToTheLongestIdle() {
    Desk d;
    d.group(11);
    d.onlineAgent(2, {11});
    d.onlineAgent(1, {11});
    d.enqueue(100, 11);
    QCOMPARE(d.ringsAt(100), 2);
    QVERIFY(d.found<decision::Offered>()->offer.rule == OfferRule::LongestIdle);
}

void RoutingOffers::phoneGoesToTheFewestCallsWhenSet() {
    Desk d({.phoneFewestCalls = true});
    d.group(11);
    d.onlineAgent(1, {11});
    d.onlineAgent(2, {11});
    d.serve(100, 11, 1);
    d.end(1, 100);
    d.send(event::Continue{AgentId{1}});
    d.status(2, AgentStatus::Break);
    d.wait(Seconds{5});
    d.status(2, AgentStatus::Idle); // idle for a shorter time, but no call yet
    d.enqueue(101, 11);
    QCOMPARE(d.ringsAt(101), 2);
    QVERIFY(d.found<decision::Offered>()->offer.rule == OfferRule::FewestCalls);
}

void RoutingOffers::callsTodayStartAgainAtMidnight() {
    Desk d({.phoneFewestCalls = true});
    d.group(11);
    d.onlineAgent(1, {11});
    d.serve(100, 11, 1);
    d.end(1, 100);
    d.send(event::Continue{AgentId{1}});
    QCOMPARE(d.router().presence(AgentId{1})->callsToday, 1);
    d.wait(Seconds{1});
    d.onlineAgent(2, {11});
    d.send(event::DayStarted{});
    QCOMPARE(d.router().presence(AgentId{1})->callsToday, 0);
    d.enqueue(101, 11);
    QCOMPARE(d.ringsAt(101), 1);
}

void RoutingOffers::lastAgentFirstWhenSetAndEligible() {
    for (const bool on : {false, true}) {
        Desk d({.phoneLastAgentFirst = on});
        d.group(11);
        d.onlineAgent(1, {11});
        d.onlineAgent(2, {11});
        d.enqueue(100, 11, 0, 2);
        QCOMPARE(d.ringsAt(100), on ? 2 : 1);
        QCOMPARE(d.found<decision::Offered>()->offer.rule == OfferRule::LastAgent, on);
    }
}

void RoutingOffers::lastAgentIsNeverWaitedFor() {
    Desk d({.phoneLastAgentFirst = true});
    d.group(11);
    d.onlineAgent(1, {11});
    d.onlineAgent(2, {11});
    d.serve(100, 11, 2);
    d.enqueue(101, 11, 0, 2);
    QCOMPARE(d.ringsAt(101), 1);
    const auto& offer = d.found<decision::Offered>()->offer;
    QVERIFY(offer.candidates.at(1).agent == AgentId{2} && offer.candidates.at(1).lastAgent);
    QVERIFY(offer.candidates.at(1).skipped == SkipReason::ExclusiveSession);
}

void RoutingOffers::aFreeAgentTakesPhoneThenAllMediaThenTheOldestChat() {
    Desk d;
    d.group(1);
    d.group(11);
    d.group(21);
    d.onlineAgent(1, {1, 11, 21});
    d.serve(99, 11, 1);
    d.enqueue(100, 1);
    d.enqueue(101, 21);
    d.enqueue(102, 11);
    d.end(1, 99);
    d.send(event::Continue{AgentId{1}});
    QCOMPARE(d.ringsAt(102), 1);
    d.send(event::SessionCancelled{SessionId{102}});
    QCOMPARE(d.ringsAt(101), 1);
    d.send(event::SessionCancelled{SessionId{101}});
    QCOMPARE(d.ringsAt(100), 1);
}

void RoutingOffers::chatsOfSeveralGroupsAreTakenInTheOrderOfWaiting() {
    Desk d;
    d.group(1);
    d.group(2);
    d.onlineAgent(1, {1, 2});
    d.serve(99, 1, 1);
    d.enqueue(100, 2);
    d.wait(Seconds{1});
    d.enqueue(101, 1);
    d.end(1, 99);
    d.complete(1, 99);
    QCOMPARE(d.ringsAt(100), 1);
}

void RoutingOffers::loadCountsOverAllGroups() {
    Desk d;
    d.group(1, 2);
    d.group(2, 3);
    d.onlineAgent(1, {1, 2});
    d.serve(100, 2, 1);
    d.serve(101, 2, 1);
    d.enqueue(102, 1); // limit 2 is reached by chats of the other group
    QVERIFY(d.queued(102));
    QVERIFY(d.statusOf(1) == AgentStatus::Idle); // group 2 may still offer
    d.enqueue(103, 2);
    QCOMPARE(d.ringsAt(103), 1);
    d.answer(1);
    QVERIFY(d.statusOf(1) == AgentStatus::Busy);
    QVERIFY(d.found<decision::StatusChanged>()->reason == StatusReason::Load);
}

void RoutingOffers::ringingAndUncompletedCountAsLoad() {
    Desk d;
    d.group(1, 1);
    d.onlineAgent(1, {1});
    d.enqueue(100, 1);
    QCOMPARE(d.router().load(AgentId{1}), 1);
    d.answer(1);
    d.end(1, 100);
    QCOMPARE(d.router().load(AgentId{1}), 1);
    d.enqueue(101, 1);
    QVERIFY(d.queued(101));
    d.complete(1, 100);
    QCOMPARE(d.ringsAt(101), 1);
}

void RoutingOffers::atMostOneOfferRingsPerAgent() {
    Desk d;
    d.group(1, 5);
    d.onlineAgent(1, {1});
    d.enqueue(100, 1);
    d.enqueue(101, 1);
    QCOMPARE(d.ringsAt(100), 1);
    QVERIFY(d.queued(101));
    d.answer(1);
    QCOMPARE(d.ringsAt(101), 1);
}

void RoutingOffers::exclusiveSessionsKeepEverythingElseAway() {
    for (const int callGroup : {11, 21}) {
        Desk d;
        d.group(1, 5);
        d.group(11);
        d.group(21);
        d.onlineAgent(1, {1, 11, 21});
        d.enqueue(100, callGroup);
        d.enqueue(101, 1);
        d.enqueue(102, 11);
        d.enqueue(103, 21);
        QVERIFY(d.queued(101) && d.queued(102) && d.queued(103));
        d.answer(1);
        QVERIFY(d.queued(101) && d.queued(102) && d.queued(103));
        QVERIFY(d.statusOf(1) == AgentStatus::Busy);
        d.end(1, 100);
        QVERIFY(d.queued(101) && d.queued(102) && d.queued(103));
    }
}

void RoutingOffers::blendingOnACallMayComeOverChatsAndStopsNewOnes() {
    Desk d;
    d.group(1, 3);
    d.group(11);
    d.onlineAgent(1, {1, 11});
    d.serve(100, 1, 1);
    d.enqueue(101, 11);
    QCOMPARE(d.ringsAt(101), 1);
    d.answer(1);
    QCOMPARE(d.servedBy(100), 1);
    d.enqueue(102, 1);
    QVERIFY(d.queued(102));
}

void RoutingOffers::blendingOffCallsNeedAnAgentWithoutChats() {
    Desk d({.blending = false});
    d.group(1, 3);
    d.group(11);
    d.onlineAgent(1, {1, 11});
    d.serve(100, 1, 1);
    d.enqueue(101, 11);
    QVERIFY(d.queued(101));
    d.end(1, 100);
    QVERIFY(d.queued(101));
    d.complete(1, 100);
    QCOMPARE(d.ringsAt(101), 1);
}

void RoutingOffers::blendingOffAWaitingCallKeepsItsGroupsAgentsFromChats() {
    Desk d({.blending = false});
    d.group(1, 3);
    d.group(11);
    d.onlineAgent(1, {1, 11});
    d.serve(100, 1, 1);
    d.enqueue(101, 11);
    d.enqueue(102, 1);
    QVERIFY(d.queued(102));
    QVERIFY(d.router().skipReason(SessionId{102}, AgentId{1}) == SkipReason::Blending);
    d.onlineAgent(2, {1}); // not in the phone group: free to take it
    QCOMPARE(d.ringsAt(102), 2);
    d.enqueue(103, 1);
    d.send(event::CallEnded{SessionId{101}});
    QCOMPARE(d.ringsAt(103), 1);
}

void RoutingOffers::blendingSwitchedOnReleasesWhatWaits() {
    Desk d({.blending = false});
    d.group(1, 3);
    d.group(11);
    d.onlineAgent(1, {1, 11});
    d.serve(100, 1, 1);
    d.enqueue(101, 11);
    d.send(event::SettingsChanged{{.blending = true}});
    QCOMPARE(d.ringsAt(101), 1);
}

void RoutingOffers::aRaisedLimitLetsWaitingChatsRing() {
    Desk d;
    d.group(1, 1);
    d.onlineAgent(1, {1});
    d.serve(100, 1, 1);
    d.enqueue(101, 1);
    QVERIFY(d.statusOf(1) == AgentStatus::Busy);
    d.send(event::GroupChanged{Desk::makeGroup(1, 2)});
    QCOMPARE(d.ringsAt(101), 1);
    QVERIFY(d.statusOf(1) == AgentStatus::Idle);
}

void RoutingOffers::everyReasonIsRecorded() {
    Desk d;
    d.group(1, 2);
    d.group(11);
    for (int a = 1; a <= 9; ++a)
        d.agent(a, {1, 11});
    for (int a = 1; a <= 8; ++a)
        d.online(a);
    d.serve(90, 11, 2);
    d.serve(91, 11, 3);
    d.end(3, 91);
    d.send(event::EnterWrapUp{AgentId{3}});
    d.status(4, AgentStatus::Break);
    d.serve(92, 1, 5);
    d.serve(93, 1, 5);
    d.send(event::AgentDisconnected{AgentId{6}});
    d.serve(94, 1, 7);
    d.status(7, AgentStatus::Offline);
    d.enqueue(95, 1, 0, 0, 8);
    d.wait(Seconds{3});
    d.enqueue(100, 1);
    const model::Offer& offer = d.found<decision::Offered>()->offer;
    QVERIFY(offer.agent == AgentId{1});
    QCOMPARE(offer.candidatesTotal, 9);
    const std::map<int, SkipReason> expected{
        {1, SkipReason::None},          {2, SkipReason::ExclusiveSession}, {3, SkipReason::WrapUp},
        {4, SkipReason::OnBreak},       {5, SkipReason::AtLimit},          {6, SkipReason::Disconnected},
        {7, SkipReason::PendingStatus}, {8, SkipReason::Ringing},          {9, SkipReason::Offline}};
    std::map<int, SkipReason> actual;
    for (const auto& c : offer.candidates)
        actual[static_cast<int>(c.agent.value)] = c.skipped;
    QVERIFY(actual == expected);
    QCOMPARE(offer.candidates.front().idleMillis, 3000);
}

void RoutingOffers::candidatesAreBoundedInLargeGroups() {
    Desk d;
    d.group(1, 2);
    for (int a = 1; a <= 50; ++a)
        d.onlineAgent(a, {1});
    d.enqueue(100, 1);
    const model::Offer& offer = d.found<decision::Offered>()->offer;
    QCOMPARE(static_cast<int>(offer.candidates.size()), model::kMaxCandidates);
    QCOMPARE(offer.candidatesTotal, 50);
    for (int i = 0; i < model::kMaxCandidates; ++i)
        QVERIFY(offer.candidates[static_cast<std::size_t>(i)].agent == AgentId{i + 1}); // by rank
}

void RoutingOffers::theAnswerTimeIsTheSettingOfTheMode() {
    for (const int group : {1, 21, 11}) {
        Desk d({.chatAnswerSeconds = 7, .allMediaAnswerSeconds = 8, .phoneAnswerSeconds = 9});
        d.group(group);
        d.onlineAgent(1, {group});
        d.enqueue(100, group);
        const Seconds expected{group == 11 ? 9 : group == 21 ? 8 : 7};
        QVERIFY(d.found<decision::Offered>()->offer.expiresAt == d.now() + expected);
        QVERIFY(d.router().nextDeadline() == d.now() + expected);
    }
}

void RoutingOffers::withoutAnswerTimeItRingsUntilTheCustomerLeaves() {
    Desk d({.chatAnswerTimeout = false});
    d.group(1);
    d.onlineAgent(1, {1});
    d.enqueue(100, 1);
    QVERIFY(d.found<decision::Offered>()->offer.expiresAt == TimePoint{});
    d.wait(Seconds{10'000});
    QCOMPARE(d.ringsAt(100), 1);
    d.send(event::SessionCancelled{SessionId{100}});
    QVERIFY(d.found<decision::OfferClosed>()->outcome == OfferOutcome::CustomerLeft);
    QVERIFY(!d.known(100));
}

static const cb::test::Add<RoutingOffers> addedRoutingOffers;
#include "offers_test.moc"
