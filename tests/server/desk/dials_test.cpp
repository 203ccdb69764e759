#ifndef Q_MOC_RUN // moc cannot read <concepts>
#include "tests/server/desk/phone_harness.h"
#endif
#include "tests/support/suite.h"

using namespace cb;
using namespace cb::test;
using namespace std::chrono_literals;
using model::AgentStatus;
using model::EndReason;
using model::SessionState;
using model::StatusReason;

namespace {

const std::string kCallee = "+8613900139000";

/// As the telephone answers a CallLookUp.
desk::CallPlanned plannedFor(const Outcome& out, desk::CallId call) {
    desk::CallPlanned planned;
    planned.call = call;
    for (const desk::CallEffect& effect : out.all<desk::CallEffect>())
        if (const auto* wanted = std::get_if<desk::CallLookUp>(&effect.step)) {
            planned.origin = wanted->origin;
            planned.instance = wanted->instance;
            planned.agent = wanted->agent;
            planned.line = wanted->line;
            planned.session = wanted->session;
            planned.number = wanted->number;
        }
    return planned;
}

std::optional<model::CallView> callTold(const Outcome& out) {
    const auto all = out.all<desk::AgentCall>();
    return all.empty() ? std::nullopt : std::optional(all.back().call);
}

/// Ann is called by somebody and talks.
Outcome talking(FloorHarness& floor) {
    floor.online(kAnn);
    Outcome out = floor.run(callFrom(1));
    out = floor.run(desk::CallPlayed{1, lastPlay(out)});
    floor.run(desk::CallKey{1, '1'});
    out = floor.answer(kAnn);
    return floor.run(desk::CallPlayed{1, lastPlay(out)});
}

/// Ann calls out, as call 5.
Outcome dialling(FloorHarness& floor) {
    floor.online(kAnn);
    const Outcome out = floor.run(desk::DialCall{FloorHarness::agentAt(kAnn), kCallee, {}});
    return floor.run(plannedFor(out, 5));
}

} // namespace

/// What agents do with calls, and the calls they make.
class DialsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdAndBack() {
        FloorHarness floor(withTelephone());
        talking(floor);
        const auto hold = [&](bool on) {
            return floor.run(desk::HoldCall{FloorHarness::agentAt(kAnn), kFirstCall, on});
        };
        Outcome out = hold(true);
        QCOMPARE(told(out), std::string("hold"));
        QVERIFY(out.answer<desk::OkNothing>().has_value());
        QVERIFY(callTold(out)->held);
        QCOMPARE(callTold(out)->number, kCaller);
        QCOMPARE(told(hold(true)), std::string{}); // again is nothing new
        out = hold(false);
        QCOMPARE(told(out), std::string("back"));
        QVERIFY(!callTold(out)->held);
        floor.online(kBen);
        QCOMPARE(floor.run(desk::HoldCall{FloorHarness::agentAt(kBen), kFirstCall, true}).errorCode(),
                 std::string("session_gone"));
    }

    void afterACallTheAgentSaysWhatIsNext() {
        FloorHarness floor(withTelephone());
        talking(floor);
        const auto after = [&](model::AfterCall next) {
            return floor.run(desk::AfterCall{FloorHarness::agentAt(kAnn), next});
        };
        QCOMPARE(after(model::AfterCall::Ready).errorCode(), std::string("not_after_call"));
        floor.pass(10s);
        Outcome out = floor.end(kAnn, kFirstCall);
        std::optional<model::Presence> presence;
        for (const auto& event : out.all<desk::AgentEvent>())
            presence = event.presence ? event.presence : presence;
        QVERIFY(presence.has_value());
        QCOMPARE(presence->status, AgentStatus::Busy);
        QCOMPARE(presence->reason, StatusReason::CallEnded);
        QCOMPARE(presence->since, floor.now); // a countdown begins here
        out = after(model::AfterCall::WrapUp);
        QCOMPARE(out.answer<desk::OkPresence>()->presence.status, AgentStatus::WrapUp);
        QCOMPARE(after(model::AfterCall::WrapUp).errorCode(), std::string("not_after_call"));
        floor.pass(600s);
        QCOMPARE(floor.session(kFirstCall)->state, SessionState::WrapUp);
        out = after(model::AfterCall::Ready);
        QCOMPARE(out.answer<desk::OkPresence>()->presence.status, AgentStatus::Idle);
        QCOMPARE(floor.stored(kFirstCall)->state, SessionState::Completed);
        QCOMPARE(floor.problems(), std::string{});
    }

    void recoveryIsTold() {
        FloorHarness floor(withTelephone());
        talking(floor);
        floor.end(kAnn, kFirstCall);
        const Outcome out = floor.pass(30s);
        std::optional<model::Presence> presence;
        for (const auto& event : out.all<desk::AgentEvent>())
            presence = event.presence ? event.presence : presence;
        QVERIFY(presence.has_value());
        QCOMPARE(presence->status, AgentStatus::Idle);
        QCOMPARE(presence->reason, StatusReason::Recovered);
    }

    void aCallOut() {
        FloorHarness floor(withTelephone());
        const auto lines = floor.attach(kAnn).answer<desk::AgentWelcome>()->lines;
        QCOMPARE(lines.size(), std::size_t{1});
        QCOMPARE(lines[0].channel, kLine);
        QCOMPARE(lines[0].number, std::string("+8675512345678"));
        Outcome out = dialling(floor);
        QCOMPARE(told(out, 5), std::string("dial"));
        const auto session = out.answer<desk::OkSession>();
        QVERIFY(session.has_value());
        QCOMPARE(session->view.session.state, SessionState::Open);
        QCOMPARE(session->view.session.group, kCalls);
        QCOMPARE(session->view.externalId, kCallee);
        QCOMPARE(session->view.call->direction, model::CallDirection::Out);
        QCOMPARE(session->view.call->number, kCallee);
        QVERIFY(session->view.call->connectedAt == base::TimePoint{});
        QCOMPARE(out.batch.customers[0].externalId, kCallee);
        QCOMPARE(floor.attach(kAnn).answer<desk::AgentWelcome>()->presence.status, AgentStatus::Busy);
        QVERIFY(callTold(floor.run(desk::CallEarly{5}))->early);
        QCOMPARE(floor.problems(), std::string{});
        floor.pass(4s);
        out = floor.run(desk::CallConnected{5, model::TrunkId{7}});
        QCOMPARE(told(out, 5), std::string("join"));
        QCOMPARE(callTold(out)->connectedAt, floor.now);
        QCOMPARE(out.batch.calls.back().trunk, model::TrunkId{7});
        floor.pass(20s);
        out = floor.run(desk::CallGone{5, "hung_up", false});
        QCOMPARE(callTold(out)->cause, std::string("hung_up"));
        QCOMPARE(out.batch.calls.back().talkMillis, std::int64_t{20'000});
        QCOMPARE(floor.session(kFirstCall)->state, SessionState::WrapUp);
        QCOMPARE(floor.session(kFirstCall)->endReason, EndReason::HungUp);
        QCOMPARE(floor.problems(), std::string{});
        floor.pass(30s); // recovery
        QCOMPARE(floor.stored(kFirstCall)->state, SessionState::Completed);
        QCOMPARE(floor.stored(kFirstCall)->agent, kAnn);
        QCOMPARE(floor.attach(kAnn).answer<desk::AgentWelcome>()->presence.status, AgentStatus::Idle);
        QCOMPARE(floor.problems(), std::string{});
    }

    void aCallNobodyAnswers() {
        FloorHarness floor(withTelephone());
        dialling(floor);
        Outcome out = floor.run(desk::CallGone{5, "busy", false});
        QCOMPARE(callTold(out)->cause, std::string("busy"));
        QCOMPARE(out.batch.calls.back().cause, std::string("busy"));
        QCOMPARE(floor.complete(kAnn, kFirstCall).errorCode(), std::string{});
        QCOMPARE(floor.stored(kFirstCall)->wrapUp.category, std::string("sale"));
        QCOMPARE(floor.attach(kAnn).answer<desk::AgentWelcome>()->presence.status, AgentStatus::Idle);
        QCOMPARE(floor.problems(), std::string{});
    }

    void anAgentWhoGivesUpBeforeTheAnswer() {
        FloorHarness floor(withTelephone());
        dialling(floor);
        const Outcome out = floor.end(kAnn, kFirstCall);
        QCOMPARE(told(out, 5), std::string("part, hang up"));
        QCOMPARE(out.batch.calls.back().cause, std::string("cancelled"));
        QCOMPARE(told(floor.run(desk::CallGone{5, "cancelled", false}), 5), std::string{});
        QCOMPARE(floor.session(kFirstCall)->endReason, EndReason::AgentEnded);
        QCOMPARE(floor.problems(), std::string{});
    }

    void whyACallOutIsRefused() {
        desk::Recovered silent = withTelephone();
        silent.numbers[0].type = model::CallType::In;
        FloorHarness none(silent);
        none.online(kAnn);
        QCOMPARE(none.run(desk::DialCall{FloorHarness::agentAt(kAnn), kCallee, {}}).errorCode(),
                 std::string("no_line"));
        FloorHarness floor(withTelephone());
        floor.attach(kAnn);
        const auto dial = [&](model::ChannelId line = {}) {
            return floor.run(desk::DialCall{FloorHarness::agentAt(kAnn), kCallee, line});
        };
        QCOMPARE(dial(kShop).errorCode(), std::string("line_unknown"));
        auto planned = plannedFor(dial(kLine), 5);
        Outcome out = floor.run(planned);
        QCOMPARE(out.errorCode(), std::string("not_online"));
        QCOMPARE(told(out, 5), std::string("hang up"));
        floor.online(kAnn);
        planned.call = 0;
        planned.number = base::rejected("bad_number");
        QCOMPARE(floor.run(planned).errorCode(), std::string("bad_number"));
        floor.run(callFrom(1));
        floor.run(plannedFor(dial(), 6));
        out = floor.run(plannedFor(dial(), 7));
        QCOMPARE(out.errorCode(), std::string("busy"));
        QCOMPARE(told(out, 7), std::string("hang up"));
        QCOMPARE(floor.problems(), std::string{});
    }

    /// The agent is not there any more, and nothing is heard from them: nobody waits for ever.
    void anAgentWhoIsLost() {
        FloorHarness floor(withTelephone());
        dialling(floor);
        floor.run(desk::CallConnected{5, {}});
        floor.disconnect(kAnn);
        const Outcome out = floor.pass(30s);
        QCOMPARE(told(out, 5), std::string("part, hang up"));
        QCOMPARE(floor.stored(kFirstCall)->state, SessionState::Completed);
        QCOMPARE(floor.problems(), std::string{});
    }

    void aCallOutIsPassedOn() {
        FloorHarness floor(withTelephone());
        dialling(floor);
        const auto pass = [&] {
            return floor.run(desk::TransferSession{FloorHarness::agentAt(kAnn), kFirstCall, kCalls, {}, "please"});
        };
        QCOMPARE(pass().errorCode(), std::string("session_gone")); // nobody has answered yet
        floor.run(desk::CallConnected{5, {}});
        QCOMPARE(pass().errorCode(), std::string("nobody_online"));
        floor.online(kBen);
        Outcome out = pass();
        QCOMPARE(out.errorCode(), std::string{});
        QCOMPARE(told(out, 5), std::string("music, part"));
        QCOMPARE(floor.session(kFirstCall)->state, SessionState::Offered);
        QCOMPARE(floor.session(kFirstCall)->agent, kBen);
        QCOMPARE(floor.problems(), std::string{});
        out = floor.answer(kBen);
        QCOMPARE(told(out, 5), std::string("no music, join"));
        QCOMPARE(out.answer<desk::OkSession>()->view.lastAgentName, std::string("Ann"));
        out = floor.end(kBen, kFirstCall);
        QCOMPARE(told(out, 5), std::string("part, hang up"));
        QCOMPARE(floor.problems(), std::string{});
    }

    void aCallerGoesOnWithAnOutsideNumber() {
        FloorHarness floor(withTelephone());
        talking(floor);
        Outcome out = floor.run(desk::ForwardCall{FloorHarness::agentAt(kAnn), kFirstCall, kCallee});
        QCOMPARE(told(out, 0), "look up " + kCallee);
        auto planned = plannedFor(out, 9);
        QCOMPARE(planned.session, kFirstCall);
        out = floor.run(planned);
        QVERIFY(out.answer<desk::OkNothing>().has_value());
        QCOMPARE(told(out), std::string("forward to 9"));
        QCOMPARE(out.batch.calls.back().cause, std::string("forwarded"));
        QCOMPARE(floor.session(kFirstCall)->state, SessionState::WrapUp);
        QCOMPARE(told(floor.run(desk::CallGone{1, "", false})), std::string{});
        planned.call = 10;
        out = floor.run(planned);
        QCOMPARE(out.errorCode(), std::string("session_gone"));
        QCOMPARE(told(out, 10), std::string("hang up"));
        QCOMPARE(floor.problems(), std::string{});
    }

    void aGroupIsRecorded() {
        desk::Recovered sample = withTelephone();
        sample.groups.back().record = true;
        FloorHarness floor(sample);
        Outcome out = talking(floor);
        QCOMPARE(told(out), std::string("record, join"));
        QVERIFY(callTold(floor.run(desk::CallRecording{1, true}))->recorded);
        QVERIFY(!callTold(floor.run(desk::HoldCall{FloorHarness::agentAt(kAnn), kFirstCall, true}))->recorded);
        floor.end(kAnn, kFirstCall);
        floor.run(desk::AfterCall{FloorHarness::agentAt(kAnn), model::AfterCall::Ready});
        const auto customer = floor.stored(kFirstCall)->customer;
        model::Customer row;
        row.id = customer;
        row.instance = kInstance;
        base::Result<void> erased;
        const auto erase = [&] {
            erased = {};
            floor.run(desk::EraseCustomer{kInstance, kCid, row, [&](base::Result<void> how) { erased = how; }});
        };
        erase(); // their voice is still being written
        QVERIFY(!erased && erased.error().code == "customer_busy");
        out = floor.run(desk::CallRecorded{kInstance, kFirstCall, "1.wav"});
        QCOMPARE(out.batch.calls.back().recording, std::string("1.wav"));
        QCOMPARE(out.batch.calls.back().caller, kCaller);
        QVERIFY(floor.run(desk::CallRecorded{kInstance, kFirstCall, "1.wav"}).batch.calls.empty());
        erase();
        QVERIFY(erased.ok());
        QCOMPARE(floor.problems(), std::string{});
    }

    void aCallOutIsRecordedFromTheAnswerOn() {
        desk::Recovered sample = withTelephone();
        sample.groups.back().record = true;
        FloorHarness floor(sample);
        QCOMPARE(told(dialling(floor), 5), std::string("dial"));
        QCOMPARE(told(floor.run(desk::CallConnected{5, {}}), 5), std::string("record, join"));
    }

    /// After a restart, calls out are over as all others.
    void callsOutEndWithTheServer() {
        desk::Recovered disk = withTelephone();
        {
            FloorHarness floor(withTelephone());
            dialling(floor);
            const desk::Recovered image = floor.centre().image();
            disk.sessions = image.sessions;
            disk.customers = image.customers;
            disk.presences = image.presences;
            disk.newestSeq = image.newestSeq;
        }
        FloorHarness floor(std::move(disk));
        QCOMPARE(floor.stored(kFirstCall)->endReason, EndReason::ServerRestarted);
        QCOMPARE(floor.attach(kAnn).answer<desk::AgentWelcome>()->presence.status, AgentStatus::Idle);
        QCOMPARE(floor.problems(), std::string{});
    }
};

static const cb::test::Add<DialsTest> addedDialsTest;
#include "dials_test.moc"
