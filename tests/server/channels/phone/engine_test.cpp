#ifndef Q_MOC_RUN // moc cannot read <concepts>
#include "tests/server/channels/phone/rig.h"
#endif
#include "tests/server/channels/phone/sipp.h"
#include "tests/support/suite.h"

#include <QElapsedTimer>

using namespace cb;
using namespace cb::test;

/// The engine with a real caller, SIPp, at the other end.
class EngineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCallIsAnsweredHearsASoundAndHangsUp() {
        Rig rig;
        QVERIFY2(rig.started.ok(), rig.started ? "" : rig.started.error().detail.c_str());
        Sipp caller(rig.port(), kNumber,
                    Scenario().invite().ringingThenOk().pause(1'500).request("BYE", 2).answer(200));
        const auto call = rig.next<desk::CallArrived>();
        QVERIFY(call.has_value());
        QCOMPARE(call->caller, std::string("+8613800138000"));
        QCOMPARE(call->callee, kNumber.toStdString());
        QCOMPARE(call->channel, model::ChannelId{4});
        rig.tell(call->call, desk::CallTaken{model::SessionId{1}});
        QElapsedTimer clock;
        clock.start();
        rig.tell(call->call, desk::FlowPlay{3, {kShort, {}, {}}});
        const auto played = rig.next<desk::CallPlayed>();
        QVERIFY(played.has_value());
        QCOMPARE(played->play, std::uint16_t{3});
        QVERIFY2(clock.elapsed() > 350 && clock.elapsed() < 900, qPrintable(QString::number(clock.elapsed())));
        const auto gone = rig.next<desk::CallGone>();
        QVERIFY(gone.has_value());
        QCOMPARE(gone->cause, std::string{});
        QCOMPARE(caller.finish(), QString{});
        QTRY_COMPARE(rig.engine->stats().calls, std::size_t{0});
    }

    void keysAreHeardOnce() {
        Rig rig;
        const QString relay = "Content-Type: application/dtmf-relay\r\n";
        Sipp caller(rig.port(), kNumber,
                    Scenario()
                        .invite()
                        .ringingThenOk()
                        .key("5")
                        .pause(700)
                        .key("pound")
                        .pause(700)
                        .request("INFO", 2, relay, "Signal=9\r\nDuration=160\r\n")
                        .answer(200)
                        .request("BYE", 3)
                        .answer(200));
        QVERIFY(rig.answered() != 0);
        for (const char wanted : {'5', '#', '9'}) {
            const auto key = rig.next<desk::CallKey>();
            QVERIFY(key.has_value());
            QCOMPARE(key->key, wanted);
        }
        QVERIFY(rig.next<desk::CallGone>().has_value());
        QCOMPARE(rig.count<desk::CallKey>(), 3);
        QCOMPARE(caller.finish(), QString{});
    }

    void strangersCostNothing() {
        Rig rig(quiet(), "192.0.2.0/24");
        QCOMPARE(Sipp(rig.port(), kNumber, Scenario().invite().answer(403).ack(), {"-m", "200", "-r", "200"}).finish(),
                 QString{});
        QCOMPARE(rig.count<desk::CallArrived>(), 0);
        QTRY_VERIFY(rig.engine->stats().refusedStrangers >= 200);
        QCOMPARE(rig.engine->stats().calls, std::size_t{0});
    }

    void refusals() {
        Rig rig;
        const auto told = [&](const QString& number, const Scenario& scenario) {
            return Sipp(rig.port(), number, scenario).finish();
        };
        QCOMPARE(told("+8675599999999", Scenario().invite().answer(404).ack()), QString{});
        QCOMPARE(told(kNumber, Scenario().invite("Require: teleport\r\n").answer(420, "Unsupported: teleport").ack()),
                 QString{});
        QCOMPARE(told(kNumber,
                      Scenario().invite("Supported: timer\r\nSession-Expires: 30\r\n").answer(422, "Min-SE: 90").ack()),
                 QString{});
        QCOMPARE(told(kNumber, Scenario().request("OPTIONS", 1, {}, {}, true).answer(200, "Allow: INVITE")), QString{});
        QCOMPARE(rig.count<desk::CallArrived>(), 0);
        Sipp video(rig.port(), kNumber,
                   Scenario()
                       .request("INVITE", 1, Scenario::kSdpType,
                                "v=0\r\no=u 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                                "m=audio 6000 RTP/AVP 9\r\na=rtpmap:9 G722/8000\r\n",
                                true)
                       .answer(488)
                       .ack());
        QCOMPARE(video.finish(), QString{});
        QTRY_COMPARE(rig.engine->stats().calls, std::size_t{0});
    }

    void whatTheDeskRefuses_data() {
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("answer");
        QTest::newRow("not set up") << "not_set_up" << 480;
        QTest::newRow("blocked") << "blocked" << 603;
        QTest::newRow("full") << "overloaded" << 503;
    }
    void whatTheDeskRefuses() {
        QFETCH(QString, code);
        QFETCH(int, answer);
        Rig rig;
        Sipp caller(
            rig.port(), kNumber,
            Scenario().invite().answer(180, {}, true).answer(answer, answer == 503 ? "Retry-After: " : "").ack());
        const auto call = rig.next<desk::CallArrived>();
        QVERIFY(call.has_value());
        rig.tell(call->call, desk::CallRefused{code.toStdString()});
        QCOMPARE(caller.finish(), QString{});
        QVERIFY(rig.next<desk::CallGone>().has_value());
    }

    void noMoreCallsThanAllowed() {
        phone::EngineOptions options = quiet();
        options.mostCalls = 1;
        Rig rig(options);
        Sipp first(rig.port(), kNumber, Scenario().invite().ringingThenOk().expect("BYE"));
        const auto call = rig.answered();
        QVERIFY(call != 0);
        QCOMPARE(Sipp(rig.port(), kNumber, Scenario().invite().answer(503, "Retry-After: ").ack()).finish(), QString{});
        rig.tell(call, desk::CallHangUp{});
        QCOMPARE(first.finish(), QString{});
        QTRY_COMPARE(rig.engine->stats().calls, std::size_t{0});
        Sipp again(rig.port(), kNumber, Scenario().invite().ringingThenOk().expect("BYE"));
        const auto second = rig.answered();
        QVERIFY(second != 0);
        rig.tell(second, desk::CallHangUp{});
        QCOMPARE(again.finish(), QString{});
    }

    void weHangUpOnceWhatIsQueuedWasHeard() {
        Rig rig;
        Sipp caller(rig.port(), kNumber, Scenario().invite().ringingThenOk().expect("BYE"));
        const auto call = rig.answered();
        QElapsedTimer clock;
        clock.start();
        rig.tell(call, desk::FlowMusic{});
        rig.tell(call, desk::FlowPlay{1, {kShort, {}, {}}});
        rig.tell(call, desk::CallHangUp{true});
        QVERIFY(rig.next<desk::CallGone>().has_value());
        QVERIFY2(clock.elapsed() > 350, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(caller.finish(), QString{});
    }

    void aStoppedSoundIsNeverDone() {
        Rig rig;
        Sipp caller(rig.port(), kNumber, Scenario().invite().ringingThenOk().expect("BYE"));
        const auto call = rig.answered();
        rig.tell(call, desk::FlowPlay{1, {kLong, {}, {}}});
        QTest::qWait(300);
        rig.tell(call, desk::FlowStopPlay{});
        rig.tell(call, desk::FlowPlay{2, {kShort, {}, {}}});
        const auto played = rig.next<desk::CallPlayed>();
        QVERIFY(played.has_value());
        QCOMPARE(played->play, std::uint16_t{2});
        rig.tell(call, desk::CallHangUp{});
        QCOMPARE(caller.finish(), QString{});
        QCOMPARE(rig.count<desk::CallPlayed>(), 1);
    }

    void anOfferThatComesLate() {
        Rig rig;
        Sipp caller(rig.port(), kNumber,
                    Scenario()
                        .request("INVITE", 1, {}, {}, true)
                        .answer(180, {}, true)
                        .answer(200, "m=audio [0-9]+ RTP/AVP")
                        .ack(1, Scenario::kSdpType, Scenario::sdp())
                        .key("3")
                        .pause(600)
                        .request("BYE", 2)
                        .answer(200));
        QVERIFY(rig.answered() != 0);
        const auto key = rig.next<desk::CallKey>();
        QVERIFY(key.has_value());
        QCOMPARE(key->key, '3');
        QCOMPARE(caller.finish(), QString{});
    }

    void holdAndBack() {
        Rig rig;
        Sipp caller(rig.port(), kNumber,
                    Scenario()
                        .invite()
                        .ringingThenOk()
                        .request("INVITE", 2, Scenario::kSdpType, Scenario::sdp("sendonly"))
                        .answer(100, {}, true)
                        .answer(200, "a=recvonly")
                        .ack(2)
                        .request("INVITE", 3, Scenario::kSdpType, Scenario::sdp())
                        .answer(100, {}, true)
                        .answer(200, "a=sendrecv")
                        .ack(3)
                        .request("BYE", 4)
                        .answer(200));
        QVERIFY(rig.answered() != 0);
        QCOMPARE(caller.finish(), QString{});
    }

    void timersAreKept() {
        Rig rig;
        const QString timer = "Supported: timer\r\nSession-Expires: 120;refresher=uac\r\n";
        Sipp caller(rig.port(), kNumber,
                    Scenario()
                        .invite(timer)
                        .answer(180, {}, true)
                        .answer(200, "Session-Expires: 120;refresher=uac")
                        .ack()
                        .request("UPDATE", 2, timer)
                        .answer(200, "Session-Expires: 120;refresher=uac")
                        .request("UPDATE", 3, timer + Scenario::kSdpType, Scenario::sdp())
                        .answer(200, "m=audio ")
                        .request("BYE", 4)
                        .answer(200));
        QVERIFY(rig.answered() != 0);
        QCOMPARE(caller.finish(), QString{});
        QCOMPARE(Sipp(rig.port(), kNumber, Scenario().request("UPDATE", 1, timer, {}, true).answer(481)).finish(),
                 QString{});
    }

    void aReliableProvisionalAnswer() {
        Rig rig;
        Sipp caller(rig.port(), kNumber,
                    Scenario()
                        .invite("Require: 100rel\r\n")
                        .answer(180, "RSeq: 1")
                        .request("PRACK", 2, "RAck: 1 1 INVITE\r\n")
                        .answer(200, "CSeq: 2 PRACK")
                        .answer(200, "CSeq: 1 INVITE")
                        .ack()
                        .request("BYE", 3)
                        .answer(200));
        const auto call = rig.next<desk::CallArrived>();
        QVERIFY(call.has_value());
        QTest::qWait(300);
        rig.tell(call->call, desk::CallTaken{model::SessionId{1}});
        QCOMPARE(caller.finish(), QString{});
    }

    void whoIsNotHeardAnyMore() {
        phone::EngineOptions options = quiet();
        options.mediaTimeout = base::Seconds{2};
        Rig rig(options);
        Sipp caller(rig.port(), kNumber, Scenario().invite().ringingThenOk().expect("BYE")); // sends no sound
        QVERIFY(rig.answered() != 0);
        const auto gone = rig.next<desk::CallGone>();
        QVERIFY(gone.has_value());
        QVERIFY(gone->mediaLost);
        QCOMPARE(caller.finish(), QString{});
    }

    void aStopEndsEveryCall() {
        Rig rig;
        Sipp caller(rig.port(), kNumber, Scenario().invite().ringingThenOk().expect("BYE"));
        QVERIFY(rig.answered() != 0);
        QTest::qWait(200);
        rig.engine->stop();
        QVERIFY(rig.count<desk::CallGone>() == 1);
        QCOMPARE(caller.finish(), QString{});
    }

    /// Fifty at a time, two hundred in all: nothing is left of them.
    void manyCallsLeaveNothing() {
        Rig rig;
        Sipp callers(rig.port(), kNumber, Scenario().invite().ringingThenOk().pause(500).request("BYE", 2).answer(200),
                     {"-m", "200", "-r", "100", "-l", "50"});
        for (int i = 0; i < 200; ++i) {
            const auto call = rig.next<desk::CallArrived>();
            QVERIFY2(call.has_value(), qPrintable(QString::number(i)));
            rig.tell(call->call, desk::CallTaken{model::SessionId{1}});
            rig.tell(call->call, desk::FlowMusic{});
        }
        QCOMPARE(callers.finish(), QString{});
        QTRY_COMPARE(rig.engine->stats().calls, std::size_t{0});
        QCOMPARE(rig.count<desk::CallGone>(), 200);
    }
};

static const cb::test::Add<EngineTest> addedEngineTest;
#include "engine_test.moc"
