#ifndef Q_MOC_RUN // moc cannot read <concepts>
#include "shared/model/names.h"
#include "tests/server/desk/floor_harness.h"
#endif
#include "tests/support/suite.h"

using namespace cb;
using namespace cb::test;
using namespace std::chrono_literals;
using model::AgentStatus;
using model::EndReason;
using model::EventKind;
using model::OfferOutcome;
using model::SessionState;

namespace {
const model::SessionId kFirst{1};
const model::CustomerId kVisitor{1};

model::AgentStatus statusOf(FloorHarness& floor, model::AgentId agent) {
    return floor.attach(agent).answer<desk::AgentWelcome>()->presence.status;
}

/// As the visitor was told with the first event of this kind.
std::optional<model::VisitorView> viewOf(const Outcome& outcome, EventKind kind) {
    for (const auto& told : outcome.all<desk::VisitorEvent>())
        if (told.event->kind == kind)
            return told.view;
    return std::nullopt;
}
} // namespace

/// What agents do and what happens to them.
class AgentsTest : public QObject {
    Q_OBJECT

    /// Ann serves visitor 1.
    static void serve(FloorHarness& floor) {
        floor.online(kAnn);
        floor.visit(1);
        floor.answer(kAnn);
    }

private Q_SLOTS:
    void ringTimeoutSendsOnBreak() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        floor.online(kBen);
        const Outcome out = floor.pass(30s);
        QCOMPARE(out.batch.offers[0].outcome, OfferOutcome::TimedOut);
        QCOMPARE(statusOf(floor, kAnn), AgentStatus::Break);
        QCOMPARE(floor.session(kFirst)->agent, kBen);
        const auto events = out.eventsTo(kAnn);
        QVERIFY(std::find(events.begin(), events.end(), EventKind::OfferClosed) != events.end());
        QVERIFY(std::find(events.begin(), events.end(), EventKind::AgentStatus) != events.end());
        QVERIFY(std::find(events.begin(), events.end(), EventKind::SessionReturned) == events.end()); // never theirs
        QVERIFY(out.eventsTo(kVisitor).empty() || out.eventsTo(kVisitor)[0] == EventKind::Message);
        QCOMPARE(floor.problems(), std::string{});
    }

    void declineKeepsIdleAndPlace() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        QVERIFY(floor.decline(kAnn).answer<desk::OkNothing>());
        QCOMPARE(floor.session(kFirst)->state, SessionState::Queued);
        QCOMPARE(statusOf(floor, kAnn), AgentStatus::Idle);
        QCOMPARE(floor.answer(kAnn).errorCode(), std::string("offer_gone"));
        floor.pass(16s); // declines clear
        QCOMPARE(floor.session(kFirst)->state, SessionState::Offered);
        QVERIFY(floor.answer(kAnn).answer<desk::OkSession>());
        QCOMPARE(floor.problems(), std::string{});
    }

    void callsTodayStartAnewAtTheInstancesMidnight() {
        desk::Recovered sample = sampleInstance();
        const auto zone = base::TimeZone::load("Asia/Shanghai");
        QVERIFY(zone.ok());
        sample.zone = *zone;
        const base::TimePoint start = base::fromUnixMillis(1'700'000'000'000); // 06:13:20 in Shanghai
        const auto calls = [&](model::AgentId agent, base::TimePoint since) {
            model::Presence row;
            row.agent = agent;
            row.instance = kInstance;
            row.since = since;
            row.callsToday = 5;
            sample.presences.push_back(row);
        };
        calls(kAnn, start - 1h);
        calls(kBen, start - 7h); // yesterday: nobody was there at midnight
        FloorHarness floor(sample);
        const auto callsOf = [&](std::size_t agent) { return floor.centre().image().presences[agent].callsToday; };
        QCOMPARE(callsOf(0), 5);
        QCOMPARE(callsOf(1), 0);
        QVERIFY(floor.pass(17h).batch.presences.empty());
        const Outcome midnight = floor.pass(1h);
        QCOMPARE(midnight.batch.presences.size(), std::size_t{1});
        QCOMPARE(midnight.batch.presences[0].agent, kAnn);
        QCOMPARE(callsOf(0), 0);
        QCOMPARE(floor.problems(), std::string{});
    }

    void whatNobodyCouldBeHeardDoesNotCount() {
        FloorHarness floor;
        serve(floor);
        floor.online(kBen);
        floor.disconnect(kBen);
        floor.visit(2); // rings at Ann
        floor.visit(3, kHelp);
        floor.close(3);
        const auto away = [&](base::Millis time) { // no deadline is looked at
            floor.now += time;
            desk::Turn turn;
            turn.now = floor.now;
            floor.floor().postpone(time, turn);
            floor.floor().finish(turn);
            QCOMPARE(turn.batch.offers.size(), std::size_t{1});
            QCOMPARE(turn.batch.offers[0].expiresAt, floor.now + 30s);
        };
        away(200s);
        QVERIFY(floor.pass(29s).batch.offers.empty());
        QCOMPARE(statusOf(floor, kAnn), AgentStatus::Idle);
        QVERIFY(floor.session(model::SessionId{3}));
        QCOMPARE(floor.problems(), std::string{});
        const Outcome over = floor.pass(2s);
        QCOMPARE(over.batch.offers[0].outcome, OfferOutcome::TimedOut);
        QCOMPARE(floor.centre().agentsOnline(), std::size_t{0}); // Ann on break, Ben's grace over
        floor.pass(90s);
        QVERIFY(!floor.session(model::SessionId{3}));
    }

    void controlCharactersAreNoText() {
        FloorHarness floor;
        serve(floor);
        const auto origin = FloorHarness::agentAt(kAnn);
        const std::string bad("a\0b", 3);
        const auto codeOf = [&](desk::Command command) { return floor.run(std::move(command)).errorCode(); };
        QCOMPARE(codeOf(desk::UpdateCustomer{origin, kVisitor, bad, "", std::nullopt}), std::string("bad_field"));
        QCOMPARE(codeOf(desk::UpdateCustomer{origin, kVisitor, "", bad, std::nullopt}), std::string("bad_field"));
        QCOMPARE(codeOf(desk::UpdateCustomer{origin, kVisitor, "", "two\nlines", std::nullopt}), std::string{});
        QCOMPARE(codeOf(desk::TransferSession{origin, kFirst, kSales, {}, bad}), std::string("bad_field"));
        floor.end(kAnn, kFirst);
        QCOMPARE(codeOf(desk::CompleteSession{origin, kFirst, {"", bad}}), std::string("bad_field"));
    }

    void aGoneOfferSaysWhy() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        const model::OfferId rang = floor.ringing(kAnn);
        const auto outcome = [&](desk::Command command) {
            const auto error = floor.run(std::move(command)).answer<base::Error>();
            return error && error->code == "offer_gone" && error->params.count("outcome") != 0
                       ? error->params.at("outcome")
                       : std::string("none");
        };
        floor.leave(1);
        QCOMPARE(outcome(desk::AnswerOffer{FloorHarness::agentAt(kAnn), rang}), std::string("customer_left"));
        QCOMPARE(outcome(desk::DeclineOffer{FloorHarness::agentAt(kAnn), rang}), std::string("customer_left"));
        floor.visit(2);
        const model::OfferId answered = floor.ringing(kAnn);
        floor.answer(kAnn);
        QCOMPARE(outcome(desk::AnswerOffer{FloorHarness::agentAt(kAnn), answered}), std::string("answered"));
        QCOMPARE(outcome(desk::AnswerOffer{FloorHarness::agentAt(kAnn), model::OfferId{77}}), std::string("none"));
    }

    void offerOfSomebodyElseIsGone() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.online(kCid);
        floor.visit(1);
        QCOMPARE(floor.run(desk::AnswerOffer{FloorHarness::agentAt(kCid), floor.ringing(kAnn)}).errorCode(),
                 std::string("offer_gone"));
    }

    void pendingBreakWaitsForTheWork() {
        FloorHarness floor;
        serve(floor);
        const auto presence = floor.status(kAnn, AgentStatus::Break).answer<desk::OkPresence>()->presence;
        QVERIFY(presence.hasPending);
        QCOMPARE(presence.pending, AgentStatus::Break);
        floor.visit(2);
        QCOMPARE(floor.ringing(kAnn), model::OfferId{});
        const auto back = floor.run(desk::CancelPending{FloorHarness::agentAt(kAnn)}).answer<desk::OkPresence>();
        QVERIFY(!back->presence.hasPending);
        floor.status(kAnn, AgentStatus::Offline);
        floor.end(kAnn, kFirst);
        floor.complete(kAnn, kFirst);
        floor.leave(2);
        QCOMPARE(statusOf(floor, kAnn), AgentStatus::Offline);
    }

    void cancelWithoutPendingEndsNoBreak() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.status(kAnn, AgentStatus::Break);
        const auto presence = floor.run(desk::CancelPending{FloorHarness::agentAt(kAnn)}).answer<desk::OkPresence>();
        QCOMPARE(presence->presence.status, AgentStatus::Break);
    }

    void busyWhenNothingMoreCanBeOffered() {
        FloorHarness floor;
        floor.online(kCid); // support, limit 1
        floor.visit(1, kHelp);
        floor.say(1, "2");
        const Outcome answer = floor.answer(kCid);
        QCOMPARE(statusOf(floor, kCid), AgentStatus::Busy);
        QCOMPARE(floor.centre().image().presences[2].status, AgentStatus::Idle); // stored as idle
        Q_UNUSED(answer);
    }

    void wrapUpCompletesItself() {
        FloorHarness floor;
        serve(floor);
        floor.end(kAnn, kFirst);
        floor.pass(119s);
        QVERIFY(floor.session(kFirst).has_value());
        const Outcome over = floor.pass(2s);
        QCOMPARE(over.eventsTo(kAnn)[0], EventKind::SessionCompleted);
        QCOMPARE(floor.stored(kFirst)->state, SessionState::Completed);
        QCOMPARE(floor.complete(kAnn, kFirst).errorCode(), std::string("session_gone"));
    }

    void endedSessionTakesNoMessage() {
        FloorHarness floor;
        serve(floor);
        const auto sent = floor.write(kAnn, kFirst, "hi", 5).answer<desk::OkSent>();
        QCOMPARE(floor.write(kAnn, kFirst, "hi", 5).answer<desk::OkSent>()->seq, sent->seq);
        QVERIFY(floor.end(kAnn, kFirst).answer<desk::OkNothing>());
        QVERIFY(floor.end(kAnn, kFirst).answer<desk::OkNothing>()); // a repeat
        QCOMPARE(floor.write(kAnn, kFirst, "late").errorCode(), std::string("session_ended"));
        floor.complete(kAnn, kFirst);
        QCOMPARE(floor.write(kAnn, kFirst, "later").errorCode(), std::string("session_gone"));
        QCOMPARE(floor.write(kAnn, kFirst, "hi", 5).answer<desk::OkSent>()->seq, sent->seq); // still known
    }

    void completeBeforeEndIsRefused() {
        FloorHarness floor;
        serve(floor);
        QCOMPARE(floor.complete(kAnn, kFirst).errorCode(), std::string("session_gone"));
        QCOMPARE(floor.session(kFirst)->state, SessionState::Open);
    }

    void othersSessionsAreNotTheirs() {
        FloorHarness floor;
        serve(floor);
        floor.online(kBen);
        QCOMPARE(floor.write(kBen, kFirst, "hi").errorCode(), std::string("session_gone"));
        QCOMPARE(floor.end(kBen, kFirst).errorCode(), std::string("session_gone"));
        QCOMPARE(
            floor.run(desk::UpdateCustomer{FloorHarness::agentAt(kBen), kVisitor, "x", "y", std::nullopt}).errorCode(),
            std::string("forbidden"));
    }

    void graceKeepsChatsThenTheyReturn() {
        FloorHarness floor;
        serve(floor);
        floor.disconnect(kAnn);
        floor.pass(20s);
        const auto welcome = floor.attach(kAnn).answer<desk::AgentWelcome>();
        QCOMPARE(welcome->sessions.size(), std::size_t{1});
        QCOMPARE(welcome->presence.status, AgentStatus::Idle);
        floor.pass(60s);
        QCOMPARE(floor.session(kFirst)->state, SessionState::Open);
        floor.online(kBen);
        floor.disconnect(kAnn);
        const Outcome lost = floor.pass(31s);
        QCOMPARE(floor.session(kFirst)->agent, kBen);
        QCOMPARE(floor.session(kFirst)->lastAgent, kAnn);
        const auto events = lost.eventsTo(kVisitor);
        QVERIFY(std::find(events.begin(), events.end(), EventKind::SessionReturned) != events.end());
        QVERIFY(lost.textsTo(kVisitor).empty()); // no queue text: it goes on silently
        floor.answer(kBen);
        QCOMPARE(floor.session(kFirst)->state, SessionState::Open);
        QCOMPARE(floor.problems(), std::string{});
    }

    void offerIsLostWithTheConnection() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        const Outcome lost = floor.disconnect(kAnn);
        QCOMPARE(lost.batch.offers[0].outcome, OfferOutcome::AgentLost);
        QCOMPARE(floor.session(kFirst)->state, SessionState::Queued);
    }

    void theSameSignInIsNotAsked() {
        FloorHarness floor;
        desk::AgentAttach attach;
        attach.origin = FloorHarness::agentAt(kAnn);
        attach.instance = kInstance;
        attach.agent = kAnn;
        attach.device = "desk";
        attach.token = "hash";
        QCOMPARE(floor.run(attach).errorCode(), std::string{});
        attach.origin.connection = 9'001; // after a cut that nobody has noticed yet
        const Outcome again = floor.run(attach);
        QVERIFY(again.answer<desk::AgentWelcome>());
        QCOMPARE(again.all<desk::Bye>().size(), std::size_t{1});
        attach.origin.connection = 9'002;
        attach.device = "another desk";
        QCOMPARE(floor.run(attach).errorCode(), std::string("already_signed_in"));
        attach.device = "desk";
        attach.token = "another sign-in";
        QCOMPARE(floor.run(attach).errorCode(), std::string("already_signed_in"));
    }

    void takeover() {
        FloorHarness floor;
        serve(floor);
        const auto refused = floor.attach(kAnn, false, 9'001).answer<base::Error>();
        QCOMPARE(refused->code, std::string("already_signed_in"));
        QCOMPARE(refused->params.at("device"), std::string("desk"));
        const Outcome taken = floor.attach(kAnn, true, 9'001);
        const auto byes = taken.all<desk::Bye>();
        QCOMPARE(byes.size(), std::size_t{1});
        QCOMPARE(byes[0].connection, FloorHarness::agentAt(kAnn).connection);
        QCOMPARE(byes[0].code, desk::ByeCode::TakenOver);
        QCOMPARE(taken.answer<desk::AgentWelcome>()->sessions.size(), std::size_t{1});
        floor.disconnect(kAnn); // the old connection closes: nothing to do with the new one
        floor.pass(60s);
        QCOMPARE(floor.session(kFirst)->state, SessionState::Open);
        QCOMPARE(floor.write(kAnn, kFirst, "from the old one").errorCode(), std::string("storage_unavailable"));
        // The bind comes before the welcome, so that nothing newer is missed.
        std::size_t bind = 0;
        std::size_t welcome = 0;
        for (std::size_t i = 0; i < taken.durable.size(); ++i) {
            bind = std::holds_alternative<desk::BindAgent>(taken.durable[i]) ? i : bind;
            welcome = std::holds_alternative<desk::Reply>(taken.durable[i]) ? i : welcome;
        }
        QVERIFY(bind < welcome);
    }

    void transferToGroupWithNote() {
        FloorHarness floor;
        serve(floor);
        floor.online(kCid);
        desk::TransferSession transfer{FloorHarness::agentAt(kAnn), kFirst, kSupport, {}, "wants a refund"};
        const Outcome moved = floor.run(transfer);
        QVERIFY(moved.answer<desk::OkNothing>());
        QCOMPARE(floor.session(kFirst)->agent, kCid);
        QCOMPARE(floor.session(kFirst)->group, kSupport);
        QVERIFY(moved.textsTo(kVisitor).empty()); // notes are for agents
        QVERIFY(std::any_of(floor.events.begin(), floor.events.end(), [](const model::Event& event) {
            return event.message.kind == model::MessageKind::Note && event.message.text == "wants a refund";
        }));
        for (const auto& effect : moved.all<desk::AgentEvent>())
            if (effect.offer) { // who is asked reads it before answering
                QCOMPARE(effect.offer->session.transferNote, std::string("wants a refund"));
                QCOMPARE(effect.offer->session.waitingSince, effect.offer->at); // what they were served is no waiting
            }
        const auto told = moved.eventsTo(kAnn);
        QVERIFY(std::find(told.begin(), told.end(), EventKind::SessionReturned) != told.end());
        QCOMPARE(floor.answer(kCid).textsTo(kVisitor), (std::vector<std::string>{"0003 is here"}));
        QCOMPARE(floor.session(kFirst)->lastAgent, kAnn);
        QCOMPARE(floor.problems(), std::string{});
    }

    void aTransferredSessionWaitsAsLongAsTheFlowSays() {
        FloorHarness floor;
        serve(floor);
        floor.online(kCid);
        floor.visit(2, kHelp);
        floor.say(2, "2");
        floor.answer(kCid); // who has no room for another
        floor.run(desk::TransferSession{FloorHarness::agentAt(kAnn), kFirst, kSupport, {}, {}});
        QCOMPARE(floor.session(kFirst)->state, SessionState::Queued);
        floor.pass(299s);
        QCOMPARE(floor.session(kFirst)->state, SessionState::Queued);
        QCOMPARE(floor.pass(2s).textsTo(kVisitor), (std::vector<std::string>{"Nobody is there"}));
        QVERIFY(!floor.session(kFirst));
        QCOMPARE(floor.problems(), std::string{});
    }

    void transferToAgent() {
        FloorHarness floor;
        serve(floor);
        const auto to = [&](model::AgentId agent) {
            return floor.run(desk::TransferSession{FloorHarness::agentAt(kAnn), kFirst, {}, agent, {}});
        };
        QCOMPARE(to(kBen).errorCode(), std::string("agent_offline"));
        QCOMPARE(to(kAnn).errorCode(), std::string("same_place"));
        QCOMPARE(to(model::AgentId{99}).errorCode(), std::string("agent_unknown"));
        QCOMPARE(floor.run(desk::TransferSession{FloorHarness::agentAt(kAnn), kFirst, kSupport, {}, {}}).errorCode(),
                 std::string("nobody_online"));
        QCOMPARE(floor.run(desk::TransferSession{FloorHarness::agentAt(kAnn), kFirst, model::GroupId{9}, {}, {}})
                     .errorCode(),
                 std::string("group_unknown"));
        QCOMPARE(floor.session(kFirst)->state, SessionState::Open);
        floor.online(kBen);
        QVERIFY(to(kBen).answer<desk::OkNothing>());
        QCOMPARE(floor.session(kFirst)->transferTo, kBen);
        QCOMPARE(floor.session(kFirst)->state, SessionState::Offered);
        QCOMPARE(floor.problems(), std::string{});
        floor.decline(kBen);
        QCOMPARE(floor.problems(), std::string{});
        QVERIFY(floor.session(kFirst)->agent != kBen);
    }

    /// Both sides of a session that an agent had and that waits again.
    void theCustomerIsToldWhyTheyWaitAgain() {
        FloorHarness floor;
        serve(floor);
        floor.online(kBen);
        const auto direct = floor.run(desk::TransferSession{FloorHarness::agentAt(kAnn), kFirst, {}, kBen, {}});
        const auto moved = viewOf(direct, EventKind::SessionReturned);
        QCOMPARE(moved->state, SessionState::Queued);
        QCOMPARE(moved->returned, std::optional(model::ReturnReason::Transferred));
        QVERIFY(moved->direct);
        // The page is loaded anew meanwhile.
        QCOMPARE(floor.visit(1, kShop, false).answer<desk::VisitorWelcome>()->session->returned,
                 std::optional(model::ReturnReason::Transferred));
        const auto offer = direct.all<desk::AgentEvent>();
        const auto rang = std::find_if(offer.begin(), offer.end(), [](const auto& e) { return e.offer.has_value(); });
        QCOMPARE(rang->offer->session.lastAgentStaffNo, std::string("0001"));
        const auto answered = viewOf(floor.answer(kBen), EventKind::SessionAssigned);
        QVERIFY(!answered->returned && !answered->direct);
        floor.disconnect(kBen);
        QCOMPARE(viewOf(floor.pass(31s), EventKind::SessionReturned)->returned,
                 std::optional(model::ReturnReason::AgentLost));
    }

    void whoSentItHearsThatAColleagueDeclined_data() {
        QTest::addColumn<int>("how");
        QTest::addColumn<QString>("reason");
        QTest::newRow("declined") << 0 << "declined";
        QTest::newRow("not answered") << 1 << "ring_timeout";
        QTest::newRow("signed out") << 2 << "withdrawn";
        QTest::newRow("connection lost") << 3 << "agent_lost";
    }
    void whoSentItHearsThatAColleagueDeclined() {
        QFETCH(int, how);
        QFETCH(QString, reason);
        FloorHarness floor;
        serve(floor);
        floor.online(kBen);
        floor.run(desk::TransferSession{FloorHarness::agentAt(kAnn), kFirst, {}, kBen, {}});
        const Outcome over = how == 0   ? floor.decline(kBen)
                             : how == 1 ? floor.pass(31s)
                             : how == 2 ? floor.status(kBen, AgentStatus::Offline)
                                        : floor.disconnect(kBen);
        const auto told = over.all<desk::AgentEvent>();
        const auto failed = std::find_if(told.begin(), told.end(), [](const auto& e) { return e.failed.has_value(); });
        QVERIFY(failed != told.end());
        QCOMPARE(failed->agent, kAnn);
        const auto detail = std::get<model::TransferFailedDetail>(failed->event->detail);
        QCOMPARE(detail.to, kBen);
        QCOMPARE(detail.group, kSales);
        QCOMPARE(QString::fromStdString(std::string(model::name(detail.reason))), reason);
        QCOMPARE(failed->failed->toStaffNo, std::string("0002"));
        const auto view = viewOf(over, EventKind::TransferFailed);
        QVERIFY(view && view->returned && !view->direct);
        QCOMPARE(floor.problems(), std::string{});
    }

    void whoSentItHearsThatTheWaitWasOver() {
        desk::Recovered sample = sampleInstance();
        sample.groups[0].limit = 1;
        FloorHarness floor(sample);
        serve(floor);
        floor.online(kBen);
        floor.visit(2);
        floor.answer(kBen); // who has no room for another
        floor.run(desk::TransferSession{FloorHarness::agentAt(kAnn), kFirst, {}, kBen, {}});
        QCOMPARE(floor.session(kFirst)->state, SessionState::Queued);
        const auto told = floor.pass(301s).all<desk::AgentEvent>();
        const auto failed = std::find_if(told.begin(), told.end(), [](const auto& e) { return e.failed.has_value(); });
        QVERIFY(failed != told.end());
        QCOMPARE(std::get<model::TransferFailedDetail>(failed->event->detail).reason, model::ReturnReason::WaitOver);
    }

    void blockedCustomerIsShutOut() {
        FloorHarness floor;
        serve(floor);
        const Outcome blocked =
            floor.run(desk::BlockCustomer{FloorHarness::agentAt(kAnn), kVisitor, true, std::nullopt});
        QVERIFY(blocked.answer<desk::OkNothing>());
        QCOMPARE(blocked.all<desk::Bye>()[0].code, desk::ByeCode::Blocked);
        QCOMPARE(floor.session(kFirst)->state, SessionState::WrapUp);
        QCOMPARE(floor.visit(1, kShop, false).errorCode(), std::string("blocked"));
        floor.run(desk::BlockCustomer{FloorHarness::agentAt(kAnn), kVisitor, false, std::nullopt});
        QVERIFY(floor.visit(1).answer<desk::OkVisitorSession>());
        QCOMPARE(floor.problems(), std::string{});
    }

    void customerIsEdited() {
        FloorHarness floor;
        serve(floor);
        const Outcome edit = floor.run(
            desk::UpdateCustomer{FloorHarness::agentAt(kAnn), kVisitor, "Mrs Wang", "prefers mail", std::nullopt});
        QCOMPARE(edit.batch.customers[0].name, std::string("Mrs Wang"));
        QCOMPARE(floor.attach(kAnn).answer<desk::AgentWelcome>()->sessions[0].customerNotes,
                 std::string("prefers mail"));
        QCOMPARE(floor
                     .run(desk::UpdateCustomer{FloorHarness::agentAt(kAnn), kVisitor, std::string(101, 'x'), "",
                                               std::nullopt})
                     .errorCode(),
                 std::string("bad_field"));
        // An admin edits one who is not live, by the row the hub found.
        model::Customer row;
        row.id = model::CustomerId{700};
        row.instance = kInstance;
        row.channel = kShop;
        row.externalId = "someone";
        floor.online(kCid);
        QVERIFY(floor.run(desk::UpdateCustomer{FloorHarness::agentAt(kCid), row.id, "Old friend", "", row})
                    .answer<desk::OkNothing>());
        QCOMPARE(floor.problems(), std::string{});
    }

    void someChannelsTellWhoTheCustomerIs() {
        using Kind = model::ChannelKind;
        for (const auto kind : {Kind::Website, Kind::Kiosk, Kind::WeChatAccount, Kind::MiniProgram}) {
            auto sample = test::sampleInstance();
            sample.channels[0].kind = kind;
            FloorHarness floor(sample);
            floor.online(kAnn);
            std::optional<std::string> told;
            for (const auto& event : floor.visit(1).all<desk::AgentEvent>())
                if (event.offer)
                    told = event.offer->session.externalId;
            QVERIFY(told);
            const bool open = kind != Kind::Website && kind != Kind::Kiosk; // there it is the hash of a secret
            QCOMPARE(*told, std::string(open ? "token of visitor 1" : ""));
        }
    }

    void previewAndWaitingCustomer() {
        FloorHarness floor;
        serve(floor);
        const base::TimePoint asked = floor.now;
        floor.say(1, std::string(200, 'x'));
        floor.pass(5s);
        floor.say(1, "second");
        auto view = floor.attach(kAnn).answer<desk::AgentWelcome>()->sessions[0];
        QCOMPARE(view.preview, std::string("second"));
        QCOMPARE(view.customerWaitsSince, asked);
        QCOMPARE(view.unread, 2);
        QVERIFY(view.previewKind == model::MessageKind::Text);
        desk::VisitorSend picture;
        picture.origin = FloorHarness::visitorAt(1);
        picture.uuid = uuidOf(905);
        picture.kind = model::MessageKind::Picture;
        picture.text = "cup.png";
        picture.attachment = model::AttachmentId{4};
        QVERIFY(floor.run(picture).answer<desk::OkSent>());
        view = floor.attach(kAnn).answer<desk::AgentWelcome>()->sessions[0];
        QVERIFY(view.previewKind == model::MessageKind::Picture);
        floor.write(kAnn, kFirst, std::string(100, 'y'));
        view = floor.attach(kAnn).answer<desk::AgentWelcome>()->sessions[0];
        QCOMPARE(view.preview, std::string(80, 'y'));
        QVERIFY(view.previewKind == model::MessageKind::Text);
        QCOMPARE(view.customerWaitsSince, base::TimePoint{});
    }

    void unknownAgentsAreRefused() {
        FloorHarness floor;
        QCOMPARE(floor.attach(model::AgentId{77}).errorCode(), std::string("bad_token"));
    }

    void breakWhenOfflineIsRefused() {
        FloorHarness floor;
        floor.attach(kAnn);
        QCOMPARE(floor.status(kAnn, AgentStatus::Break).errorCode(), std::string("not_online"));
        QCOMPARE(floor.status(kAnn, AgentStatus::Busy).errorCode(), std::string("bad_field"));
    }
};

static const cb::test::Add<AgentsTest> addedAgentsTest;
#include "agents_test.moc"
