#ifndef Q_MOC_RUN // moc cannot read <concepts>
#include "tests/server/desk/floor_harness.h"
#endif
#include "tests/support/suite.h"

using namespace cb;
using namespace cb::test;
using namespace std::chrono_literals;
using model::AgentStatus;
using model::EndReason;
using model::EventKind;
using model::SessionState;

namespace {
const model::SessionId kFirst{1};
const model::SessionId kSecond{2};
const model::CustomerId kVisitor{1};
} // namespace

/// What a visitor goes through, seen from the customer's side.
class CustomersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nobodyOnlineFailsAtOnce() {
        FloorHarness floor;
        const Outcome visit = floor.visit(1);
        QCOMPARE(visit.textsTo(kVisitor), (std::vector<std::string>{"Nobody is there"}));
        QCOMPARE(floor.stored(kFirst)->state, SessionState::Completed);
        QCOMPARE(floor.stored(kFirst)->endReason, EndReason::FlowEnded);
        QCOMPARE(visit.eventsTo(kVisitor),
                 (std::vector<EventKind>{EventKind::SessionStarted, EventKind::Message, EventKind::SessionEnded}));
        QVERIFY(!floor.openOf(1));
        QCOMPARE(floor.problems(), std::string{});
    }

    void withoutLinkedFlowItIsNotSetUp() {
        FloorHarness floor;
        QCOMPARE(floor.visit(1, kNoFlow).errorCode(), std::string("not_set_up"));
        QCOMPARE(floor.say(1, "hello").errorCode(), std::string("not_set_up"));
        QVERIFY(floor.events.empty());
    }

    void servedFromQueueToEnd() {
        FloorHarness floor;
        floor.online(kAnn);
        const Outcome visit = floor.visit(1);
        // Taken at once: no queue text, and for the customer it was queued for no time.
        QVERIFY(visit.textsTo(kVisitor).empty());
        const auto offers = visit.all<desk::AgentEvent>();
        const auto offered = std::find_if(offers.begin(), offers.end(), [](const auto& told) { return told.offer; });
        QVERIFY(offered != offers.end());
        QCOMPARE(offered->offer->session.groupName, std::string("Sales"));
        QCOMPARE(offered->offer->session.session.flowPath, std::string("Sales"));
        QCOMPARE(offered->offer->expiresAt, floor.now + 30s);
        QCOMPARE(offered->offer->session.session.flowState, std::string{});
        QCOMPARE(visit.batch.offers.size(), std::size_t{1});
        QCOMPARE(visit.batch.offers[0].candidatesTotal, 2);

        const Outcome answer = floor.answer(kAnn);
        QCOMPARE(answer.textsTo(kVisitor), (std::vector<std::string>{"0001 is here"}));
        QCOMPARE(answer.answer<desk::OkSession>()->view.session.state, SessionState::Open);
        QCOMPARE(answer.eventsTo(kAnn)[0], EventKind::OfferClosed);
        const auto told = answer.all<desk::VisitorEvent>();
        QCOMPARE(told[0].event->kind, EventKind::SessionAssigned);
        QCOMPARE(told[0].view->agentName, std::string("Ann"));
        QCOMPARE(told[0].view->agentStaffNo, std::string("0001"));

        const Outcome end = floor.end(kAnn, kFirst);
        QCOMPARE(end.textsTo(kVisitor), (std::vector<std::string>{"Goodbye"}));
        QCOMPARE(end.eventsTo(kVisitor), (std::vector<EventKind>{EventKind::Message, EventKind::SessionEnded}));
        QCOMPARE(floor.session(kFirst)->state, SessionState::WrapUp);
        QCOMPARE(floor.session(kFirst)->endReason, EndReason::AgentEnded);
        QVERIFY(!floor.openOf(1));
        QVERIFY(floor.complete(kAnn, kFirst).answer<desk::OkNothing>());
        QCOMPARE(floor.stored(kFirst)->state, SessionState::Completed);
        QCOMPARE(floor.stored(kFirst)->wrapUp.category, std::string("sale"));
        QCOMPARE(floor.stored(kFirst)->agent, kAnn);
        QCOMPARE(floor.flows.running(), std::size_t{0});
        QCOMPARE(floor.problems(), std::string{});
    }

    void firstMessageIsNoReplyToTheMenu() {
        FloorHarness floor;
        floor.online(kBen);
        floor.visit(1, kHelp, false);
        const Outcome first = floor.say(1, "2");
        QCOMPARE(first.textsTo(kVisitor), (std::vector<std::string>{"2", "Welcome", "1 sales, 2 support"}));
        const Outcome wrong = floor.say(1, "what?");
        QCOMPARE(wrong.textsTo(kVisitor)[1], std::string("Please choose"));
        floor.say(1, " 2 ");
        QCOMPARE(floor.session(kFirst)->state, SessionState::Offered);
        QCOMPARE(floor.session(kFirst)->group, kSupport);
        QCOMPARE(floor.session(kFirst)->flowPath, std::string("Welcome › Menu › Support"));
    }

    void queueTextOnceThenPositions() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        floor.answer(kAnn);
        floor.visit(2);
        floor.answer(kAnn); // limit 2
        const Outcome third = floor.visit(3);
        QCOMPARE(third.textsTo(model::CustomerId{3}), (std::vector<std::string>{"0 before you"}));
        const Outcome fourth = floor.visit(4);
        QCOMPARE(fourth.textsTo(model::CustomerId{4}), (std::vector<std::string>{"1 before you"}));
        floor.pass(2s);
        const Outcome left = floor.leave(3);
        Outcome moved = floor.pass(2s);
        const auto positions = moved.all<desk::VisitorPosition>();
        QCOMPARE(positions.size() + left.all<desk::VisitorPosition>().size(), std::size_t{1});
        QCOMPARE(positions[0].customer, model::CustomerId{4});
        QCOMPARE(positions[0].ahead, 0);
        QVERIFY(floor.pass(5s).all<desk::VisitorPosition>().empty());
        QCOMPARE(floor.problems(), std::string{});
    }

    void figuresAtMostOnceASecond() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.pass(3s);
        Outcome burst;
        for (int visitor = 1; visitor <= 20; ++visitor) {
            Outcome one = floor.visit(visitor);
            std::move(one.transient.begin(), one.transient.end(), std::back_inserter(burst.transient));
        }
        QVERIFY(burst.all<desk::QueueFigures>().size() <= 1);
        const auto later = floor.pass(1s).all<desk::QueueFigures>();
        QCOMPARE(later.size(), std::size_t{1});
        QCOMPARE(later[0].groups.size(), std::size_t{1}); // only sales has changed
        QCOMPARE(later[0].groups[0].waiting, 19);
    }

    void longestWaitEndsInFailure() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.status(kAnn, AgentStatus::Idle);
        for (int visitor = 1; visitor <= 2; ++visitor) {
            floor.visit(visitor);
            floor.answer(kAnn);
        }
        floor.visit(3);
        QCOMPARE(floor.session(model::SessionId{3})->state, SessionState::Queued);
        floor.pass(299s);
        QVERIFY(floor.session(model::SessionId{3}).has_value());
        const Outcome over = floor.pass(2s);
        QCOMPARE(over.textsTo(model::CustomerId{3}), (std::vector<std::string>{"Nobody is there"}));
        QVERIFY(!floor.session(model::SessionId{3}));
    }

    void nobodyOnlineForAMinuteFails() {
        FloorHarness floor;
        floor.online(kAnn);
        for (int visitor = 1; visitor <= 2; ++visitor) {
            floor.visit(visitor);
            floor.answer(kAnn);
        }
        floor.visit(3);
        floor.disconnect(kAnn);
        const Outcome over = floor.pass(91s); // 30 s grace, then 60 s with nobody
        QCOMPARE(over.textsTo(model::CustomerId{3}), (std::vector<std::string>{"Nobody is there"}));
    }

    void unansweredBranchIsAbandoned() {
        FloorHarness floor;
        floor.visit(1, kHelp);
        floor.pass(119s);
        QVERIFY(floor.openOf(1).has_value());
        floor.pass(2s);
        QCOMPARE(floor.stored(kFirst)->endReason, EndReason::Abandoned);
        QCOMPARE(floor.problems(), std::string{});
    }

    void goneVisitorIsAbandonedInTheQueueOnly() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        floor.answer(kAnn);
        floor.visit(2);
        floor.answer(kAnn);
        floor.visit(3);
        floor.close(1);
        const Outcome closed = floor.close(3);
        Q_UNUSED(closed);
        floor.pass(60s);
        floor.visit(3, kShop, false); // back in time
        floor.pass(100s);
        QVERIFY(floor.openOf(3).has_value());
        floor.close(3);
        floor.pass(121s);
        QCOMPARE(floor.stored(model::SessionId{3})->endReason, EndReason::Abandoned);
        QCOMPARE(floor.session(kFirst)->state, SessionState::Open); // with an agent it stays
        QCOMPARE(floor.problems(), std::string{});
    }

    void agentSeesTheVisitorComeAndGo() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        floor.answer(kAnn);
        const auto gone = floor.close(1).all<desk::CustomerPresence>();
        QCOMPARE(gone.size(), std::size_t{1});
        QVERIFY(!gone[0].online);
        const auto back = floor.visit(1, kShop, false).all<desk::CustomerPresence>();
        QCOMPARE(back.size(), std::size_t{1});
        QVERIFY(back[0].online);
        // A second tab is no news.
        desk::VisitorAttach tab;
        tab.origin = {5'000, 1};
        tab.instance = kInstance;
        tab.channel = kShop;
        tab.tokenHash = "token of visitor 1";
        const Outcome second = floor.run(tab);
        QVERIFY(second.all<desk::CustomerPresence>().empty());
        QCOMPARE(second.answer<desk::VisitorWelcome>()->session->session, kFirst);
        QVERIFY(floor.close(1).all<desk::CustomerPresence>().empty());
    }

    void leavingByState() {
        FloorHarness floor;
        floor.visit(1, kHelp);
        floor.leave(1);
        QCOMPARE(floor.stored(kFirst)->endReason, EndReason::Abandoned);
        floor.online(kAnn);
        floor.visit(2);
        QCOMPARE(floor.session(kSecond)->state, SessionState::Offered);
        const Outcome leave = floor.leave(2);
        QCOMPARE(floor.stored(kSecond)->endReason, EndReason::Abandoned);
        QCOMPARE(leave.batch.offers[0].outcome, model::OfferOutcome::CustomerLeft);
        floor.visit(3);
        floor.answer(kAnn);
        floor.leave(3);
        QCOMPARE(floor.session(model::SessionId{3})->state, SessionState::WrapUp);
        QCOMPARE(floor.session(model::SessionId{3})->endReason, EndReason::CustomerLeft);
        QVERIFY(floor.leave(3).answer<desk::OkNothing>()); // again: nothing to leave
        QCOMPARE(floor.problems(), std::string{});
    }

    void silenceRunsFromTheAgentsMessage() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        floor.answer(kAnn);
        floor.pass(300s); // nobody wrote: no silence yet
        QCOMPARE(floor.session(kFirst)->state, SessionState::Open);
        floor.write(kAnn, kFirst, "How can I help?");
        floor.pass(50s);
        floor.write(kAnn, kFirst, "Hello?"); // anew
        floor.pass(50s);
        floor.say(1, "I am here");
        floor.pass(300s);
        QCOMPARE(floor.session(kFirst)->state, SessionState::Open);
        floor.write(kAnn, kFirst, "Anything else?");
        const Outcome silent = floor.pass(61s);
        QCOMPARE(silent.textsTo(kVisitor), (std::vector<std::string>{"Still there?"}));
        QCOMPARE(floor.session(kFirst)->state, SessionState::WrapUp);
        QCOMPARE(floor.session(kFirst)->endReason, EndReason::CustomerSilent);
    }

    void repeatsMakeNoSecondMessage() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1, kShop, false);
        const auto first = floor.say(1, "hello", 77).answer<desk::OkSent>();
        const Outcome again = floor.say(1, "hello", 77);
        QCOMPARE(again.answer<desk::OkSent>()->seq, first->seq);
        QCOMPARE(again.answer<desk::OkSent>()->session, kFirst);
        QVERIFY(again.batch.empty());
        floor.leave(1);
        const Outcome ended = floor.say(1, "hello", 77); // its session is over
        QCOMPARE(ended.answer<desk::OkSent>()->seq, first->seq);
        QCOMPARE(ended.answer<desk::OkSent>()->session, kFirst);
        QVERIFY(!floor.openOf(1));
        floor.say(1, "new one", 78);
        QCOMPARE(floor.openOf(1), std::optional(kSecond));
        QCOMPARE(floor.say(1, "hello", 77).answer<desk::OkSent>()->seq, first->seq); // also while another is open
    }

    void repeatAfterARestartIsKnownFromTheStore() {
        FloorHarness floor;
        desk::VisitorAttach attach;
        attach.origin = FloorHarness::visitorAt(1);
        attach.instance = kInstance;
        attach.channel = kShop;
        attach.tokenHash = "token of visitor 1";
        attach.customer = model::Customer{};
        attach.customer->id = model::CustomerId{500};
        attach.customer->instance = kInstance;
        attach.customer->channel = kShop;
        attach.customer->externalId = attach.tokenHash;
        attach.recent = {{model::SessionId{400}, uuidOf(77), 4'711, floor.now - 1h}};
        floor.run(attach);
        const Outcome repeat = floor.say(1, "hello", 77);
        QCOMPARE(repeat.answer<desk::OkSent>()->seq, model::Seq{4'711});
        QCOMPARE(repeat.answer<desk::OkSent>()->session, model::SessionId{400});
        QVERIFY(repeat.batch.empty());
    }

    void marksAndTyping() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        floor.answer(kAnn);
        const auto sent = floor.write(kAnn, kFirst, "hi").answer<desk::OkSent>();
        const Outcome marked = floor.run(desk::VisitorMark{1'001, sent->seq, sent->seq});
        QCOMPARE(marked.all<desk::AgentMarks>().size(), std::size_t{1});
        QCOMPARE(marked.batch.marks.size(), std::size_t{1});
        QVERIFY(marked.batch.sessions.empty());
        // Not beyond what there is, never back.
        floor.run(desk::VisitorMark{1'001, 1'000'000, 1'000'000});
        QCOMPARE(floor.session(kFirst)->customerRead, sent->seq);
        QVERIFY(floor.run(desk::VisitorMark{1'001, 1, 1}).batch.empty());
        const auto said = floor.say(1, "one").answer<desk::OkSent>();
        floor.say(1, "two");
        QCOMPARE(floor.centre().image().digests[0].unread, 2);
        const Outcome read = floor.run(desk::AgentMark{2'001, kFirst, said->seq, said->seq});
        QCOMPARE(read.all<desk::VisitorMarks>()[0].read, said->seq);
        QCOMPARE(floor.centre().image().digests[0].unread, 1);
        QCOMPARE(floor.run(desk::VisitorTyping{1'001, true}).all<desk::AgentTypingEffect>().size(), std::size_t{1});
        QCOMPARE(floor.run(desk::AgentTyping{2'001, kFirst, true}).all<desk::VisitorTypingEffect>().size(),
                 std::size_t{1});
    }

    void boundsAreChecked() {
        FloorHarness floor;
        floor.visit(1, kShop, false);
        QCOMPARE(floor.say(1, std::string(4'001, 'x')).errorCode(), std::string("text_too_long"));
        QCOMPARE(floor.say(1, "").errorCode(), std::string("text_empty"));
        desk::VisitorSend picture;
        picture.origin = FloorHarness::visitorAt(1);
        picture.uuid = uuidOf(5);
        picture.kind = model::MessageKind::Picture;
        QCOMPARE(floor.run(picture).errorCode(), std::string("attachment_unknown"));
        picture.kind = model::MessageKind::Note;
        QCOMPARE(floor.run(picture).errorCode(), std::string("bad_field"));
        QVERIFY(floor.events.empty());
    }

    void newSessionsAreRefusedFirst() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        floor.answer(kAnn);
        floor.floor().setStorageLow(true);
        QVERIFY(floor.say(1, "still here").answer<desk::OkSent>());
        QCOMPARE(floor.visit(2).errorCode(), std::string("storage_unavailable"));
        floor.floor().setStorageLow(false);
        floor.ids.setDry(true);
        QCOMPARE(floor.start(2).errorCode(), std::string("storage_unavailable"));
        floor.ids.setDry(false);
        QVERIFY(floor.start(2).answer<desk::OkVisitorSession>());
    }

    void connectionNobodyKnowsIsToldToTryAgain() {
        FloorHarness floor;
        const auto error = floor.say(99, "hello").answer<base::Error>();
        QCOMPARE(error->code, std::string("storage_unavailable"));
        QCOMPARE(error->grade, base::Grade::Retry);
    }

    void visitorsWithoutASessionLeaveNothing() {
        FloorHarness floor;
        const std::size_t before = floor.centre().memory();
        const Outcome visit = floor.visit(1, kShop, false);
        QVERIFY(visit.batch.empty());
        QCOMPARE(visit.answer<desk::VisitorWelcome>()->customer, model::CustomerId{});
        QVERIFY(visit.all<desk::BindVisitor>().empty());
        floor.close(1);
        QCOMPARE(floor.centre().memory(), before);
    }

    void customersAreKeptAWhileThenForgotten() {
        FloorHarness floor;
        floor.visit(1); // ends at once: nobody online
        floor.close(1);
        const std::size_t kept = floor.centre().memory();
        floor.pass(11min);
        QVERIFY(floor.centre().memory() < kept);
        QCOMPARE(floor.problems(), std::string{});
    }
};

static const cb::test::Add<CustomersTest> addedCustomersTest;
#include "customers_test.moc"
