#ifndef Q_MOC_RUN // moc cannot read <concepts>
#include "tests/server/desk/phone_harness.h"
#endif
#include "tests/support/suite.h"

#include <algorithm>

using namespace cb;
using namespace cb::test;
using namespace std::chrono_literals;
using model::EndReason;
using model::SessionState;

/// Phone calls through the desk, with the real flows and routing.
class CallsTest : public QObject {
    Q_OBJECT

    /// To the menu, its prompt over.
    static void toMenu(FloorHarness& floor) {
        Outcome out = floor.run(callFrom(1));
        out = floor.run(desk::CallPlayed{1, lastPlay(out)});
        floor.run(desk::CallPlayed{1, lastPlay(out)});
    }

private Q_SLOTS:
    void aCallerHearsTheFlowAndIsAnswered() {
        FloorHarness floor(withTelephone());
        floor.online(kAnn);
        Outcome out = floor.run(callFrom(1));
        QCOMPARE(told(out), std::string("taken, play Welcome"));
        QVERIFY(out.all<desk::CallEffect>().size() == 2);
        QCOMPARE(out.batch.calls.size(), std::size_t{1});
        QCOMPARE(out.batch.calls[0].caller, kCaller);
        QCOMPARE(out.batch.customers[0].name, kCaller);
        out = floor.run(desk::CallPlayed{1, lastPlay(out)});
        QCOMPARE(told(out), std::string("play Press 1"));
        out = floor.run(desk::CallKey{1, '1'}); // cuts the prompt
        QCOMPARE(told(out).substr(0, 4), std::string("stop"));
        QVERIFY(told(out).find("music") != std::string::npos);
        QCOMPARE(floor.session(kFirstCall)->state, SessionState::Offered);
        std::string who;
        for (const auto& event : out.all<desk::AgentEvent>())
            who = event.offer ? event.offer->session.externalId : who;
        QCOMPARE(who, kCaller);
        out = floor.answer(kAnn);
        QVERIFY(told(out).find("play An agent") != std::string::npos);
        out = floor.run(desk::CallPlayed{1, lastPlay(out)});
        QCOMPARE(told(out), std::string("join"));
        floor.pass(10s);
        out = floor.end(kAnn, kFirstCall); // hangs up: the goodbye is heard, nobody waits for it
        QCOMPARE(told(out), std::string("play Goodbye, part, hang up after"));
        QCOMPARE(out.batch.calls.back().talkMillis, std::int64_t{10'000});
        QCOMPARE(floor.session(kFirstCall)->state, SessionState::WrapUp);
        QCOMPARE(floor.session(kFirstCall)->endReason, EndReason::AgentEnded);
        QCOMPARE(told(floor.run(desk::CallGone{1, "", false})), std::string{});
        QCOMPARE(floor.problems(), std::string{});
    }

    void tooManyErrorsHangUp() {
        FloorHarness floor(withTelephone());
        toMenu(floor);
        Outcome out = floor.run(desk::CallKey{1, '9'});
        QVERIFY(told(out).find("play Wrong") != std::string::npos);
        out = floor.run(desk::CallKey{1, '9'});
        QVERIFY(told(out).find("hang up") != std::string::npos);
        QCOMPARE(floor.stored(kFirstCall)->endReason, EndReason::HungUp);
        QCOMPARE(floor.problems(), std::string{});
    }

    void silenceAtTheMenuCountsFromTheEndOfItsPrompt() {
        FloorHarness floor(withTelephone());
        Outcome out = floor.run(callFrom(1));
        out = floor.run(desk::CallPlayed{1, lastPlay(out)});
        QCOMPARE(told(floor.pass(60s)), std::string{}); // the prompt still plays
        floor.run(desk::CallPlayed{1, lastPlay(out)});
        out = floor.pass(5s);
        QVERIFY(told(out).find("play Still there?") != std::string::npos);
    }

    void hangingUpAnywhereLeavesNothing_data() {
        QTest::addColumn<int>("stage");
        for (int stage = 0; stage < 5; ++stage)
            QTest::newRow(qPrintable(QString::number(stage))) << stage;
    }
    void hangingUpAnywhereLeavesNothing() {
        QFETCH(int, stage);
        FloorHarness floor(withTelephone());
        floor.online(kAnn);
        if (stage == 0)
            floor.run(callFrom(1));
        else
            toMenu(floor);
        if (stage >= 2)
            floor.run(desk::CallKey{1, '1'});
        if (stage >= 3)
            floor.answer(kAnn);
        if (stage == 4)
            floor.pass(3s);
        const Outcome out = floor.run(desk::CallGone{1, "", false});
        QCOMPARE(told(out), std::string{}); // it has hung up: nothing to say to it
        if (stage < 3) {
            QCOMPARE(floor.stored(kFirstCall)->state, SessionState::Completed);
            QCOMPARE(floor.stored(kFirstCall)->endReason, EndReason::Abandoned);
        } else {
            QCOMPARE(floor.session(kFirstCall)->state, SessionState::WrapUp);
            QCOMPARE(floor.session(kFirstCall)->endReason, EndReason::HungUp);
        }
        QVERIFY(out.batch.calls.back().endedAt != base::TimePoint{});
        QCOMPARE(floor.problems(), std::string{});
    }

    /// One number may call many times at once; a withheld one is somebody new every time.
    void manyCallsFromOneNumber() {
        FloorHarness floor(withTelephone());
        floor.run(callFrom(1));
        floor.run(callFrom(2));
        floor.run(callFrom(3, {}));
        floor.run(callFrom(4, {}));
        const auto customerOf = [&](std::int64_t session) {
            return floor.session(model::SessionId{session})->customer;
        };
        QCOMPARE(customerOf(1), customerOf(2));
        QVERIFY(customerOf(3) != customerOf(4));
        floor.run(desk::CallGone{1, "", false});
        QVERIFY(floor.session(model::SessionId{2}).has_value());
        QCOMPARE(floor.problems(), std::string{});
    }

    void refusals() {
        desk::Recovered sample = withTelephone();
        sample.channels.back().flow = kMenu; // a flow for chats
        FloorHarness floor(sample);
        QCOMPARE(told(floor.run(callFrom(1))), std::string("refused not_set_up"));
        auto elsewhere = callFrom(2);
        elsewhere.channel = kShop; // a website
        QCOMPARE(told(floor.run(elsewhere), 2), std::string("refused channel_unknown"));
        elsewhere.call = 3;
        elsewhere.instance = model::InstanceId{1'400'000'777};
        QCOMPARE(told(floor.run(elsewhere), 3), std::string("refused not_set_up"));
        QCOMPARE(floor.problems(), std::string{});
    }

    void mediaThatIsLostEndsTheCall() {
        FloorHarness floor(withTelephone());
        toMenu(floor);
        floor.run(desk::CallGone{1, "media_lost", true});
        QCOMPARE(floor.stored(kFirstCall)->endReason, EndReason::MediaLost);
    }

    /// After a restart no call is there any more: records say so, and the agent is free.
    void callsEndWithTheServer() {
        desk::Recovered disk = withTelephone();
        {
            FloorHarness floor(withTelephone());
            floor.online(kAnn);
            toMenu(floor);
            floor.run(desk::CallKey{1, '1'});
            floor.answer(kAnn);
            floor.run(callFrom(2, "+8613900139000"));
            const desk::Recovered image = floor.centre().image();
            disk.sessions = image.sessions;
            disk.customers = image.customers;
            disk.presences = image.presences;
            disk.ringing = image.ringing;
            disk.uuids = image.uuids;
            disk.digests = image.digests;
            disk.newestSeq = image.newestSeq;
        }
        FloorHarness floor(std::move(disk));
        QCOMPARE(floor.stored(kFirstCall)->endReason, EndReason::ServerRestarted);
        QCOMPARE(floor.stored(kFirstCall)->state, SessionState::Completed);
        QCOMPARE(floor.stored(kFirstCall)->agent, kAnn);
        QCOMPARE(floor.stored(model::SessionId{2})->endReason, EndReason::ServerRestarted);
        QCOMPARE(floor.attach(kAnn).answer<desk::AgentWelcome>()->presence.status, model::AgentStatus::Idle);
        QCOMPARE(floor.problems(), std::string{});
    }

    void theLastAgentIsAskedFirst() {
        desk::Recovered sample = withTelephone();
        sample.instance.settings.phoneLastAgentFirst = true;
        FloorHarness floor(sample);
        floor.online(kAnn); // idle for longer
        floor.pass(5s);
        floor.online(kBen);
        auto call = callFrom(1);
        call.lastAgent = kBen;
        Outcome out = floor.run(call);
        out = floor.run(desk::CallPlayed{1, lastPlay(out)});
        floor.run(desk::CallKey{1, '1'});
        QCOMPARE(floor.session(kFirstCall)->agent, kBen);
    }

    void aBlockedCallerIsCutOff() {
        FloorHarness floor(withTelephone());
        floor.online(kCid);
        toMenu(floor);
        floor.run(callFrom(2));
        const auto customer = floor.session(kFirstCall)->customer;
        const Outcome out = floor.run(desk::BlockCustomer{FloorHarness::agentAt(kCid), customer, true, std::nullopt});
        QVERIFY(told(out, 1).find("hang up") != std::string::npos);
        QVERIFY(told(out, 2).find("hang up") != std::string::npos);
        QCOMPARE(told(floor.run(callFrom(3)), 3), std::string("refused blocked"));
        QCOMPARE(floor.problems(), std::string{});
    }
};

static const cb::test::Add<CallsTest> addedCallsTest;
#include "calls_test.moc"
