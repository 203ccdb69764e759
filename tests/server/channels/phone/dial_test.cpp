#ifndef Q_MOC_RUN // moc cannot read <concepts>
#include "tests/server/channels/phone/rig.h"
#endif
#include "tests/server/channels/phone/sipp.h"
#include "tests/support/suite.h"

using namespace cb;
using namespace cb::test;

namespace {

const std::string kCallee = "+8613900139000";
const desk::Origin kAgent{5, 9};

model::Trunk trunkAt(std::int64_t id, quint16 port) {
    model::Trunk trunk;
    trunk.id = model::TrunkId{id};
    trunk.host = "127.0.0.1";
    trunk.port = port;
    trunk.order = static_cast<int>(id);
    return trunk;
}

desk::CallLookUp wanted(const std::string& number = "139 0013 9000") {
    return {kAgent, model::InstanceId{1'400'000'001}, model::AgentId{3}, model::ChannelId{4}, model::SessionId{},
            number};
}

/// As the desk does: asked, then dialled.
desk::CallId dial(Rig& rig) {
    rig.tell(0, wanted());
    const auto planned = rig.next<desk::CallPlanned>();
    if (!planned || !planned->number)
        return 0;
    rig.tell(planned->call, desk::CallDial{});
    return planned->call;
}

Scenario ringing(const QString& header = {}) {
    return Scenario().called(header).reply(100, "Trying").reply(180, "Ringing");
}

} // namespace

/// Calls out, with a real far end, SIPp, behind each trunk.
class DialTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCallIsAnsweredAndTheOtherOneHangsUp() {
        const quint16 port = freePort();
        Sipp callee(ringing("INVITE sip:[+]8613900139000@127.0.0.1")
                        .reply(200, "OK", {}, Scenario::sdp())
                        .awaitAck()
                        .pause(300)
                        .ask("BYE"),
                    port);
        Rig rig;
        rig.use({trunkAt(1, port)});
        rig.tell(0, wanted());
        const auto planned = rig.next<desk::CallPlanned>();
        QVERIFY(planned && planned->number && planned->call != 0);
        QCOMPARE(*planned->number, kCallee);
        QCOMPARE(planned->origin.connection, kAgent.connection);
        QCOMPARE(planned->agent, model::AgentId{3});
        rig.tell(planned->call, desk::CallDial{});
        const auto connected = rig.next<desk::CallConnected>();
        QVERIFY(connected.has_value());
        QCOMPARE(connected->trunk, model::TrunkId{1});
        const auto gone = rig.next<desk::CallGone>();
        QVERIFY(gone.has_value());
        QCOMPARE(gone->cause, std::string("hung_up"));
        QCOMPARE(callee.finish(), QString{});
        QTRY_COMPARE(rig.engine->stats().calls, std::size_t{0});
    }

    void earlySoundIsTold() {
        const quint16 port = freePort();
        Sipp callee(Scenario()
                        .called("From: <sip:[+]8675512345678@127.0.0.1>")
                        .reply(183, "Session Progress", {}, Scenario::sdp())
                        .pause(200)
                        .reply(200, "OK", {}, Scenario::sdp())
                        .awaitAck()
                        .expect("BYE"),
                    port);
        Rig rig;
        rig.use({trunkAt(1, port)});
        const auto call = dial(rig);
        QVERIFY(rig.next<desk::CallEarly>().has_value());
        QVERIFY(rig.next<desk::CallConnected>().has_value());
        rig.tell(call, desk::CallHangUp{});
        QCOMPARE(callee.finish(), QString{});
    }

    void causesAreToldApart_data() {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("cause");
        QTest::newRow("busy") << 486 << "busy";
        QTest::newRow("nobody picks up") << 480 << "no_answer";
        QTest::newRow("declined") << 603 << "rejected";
        QTest::newRow("no such number") << 404 << "unreachable";
        QTest::newRow("full") << 503 << "unreachable";
    }
    void causesAreToldApart() {
        QFETCH(int, code);
        QFETCH(QString, cause);
        const quint16 port = freePort();
        Sipp callee(ringing().reply(code, "No").awaitAck(), port);
        Rig rig;
        rig.use({trunkAt(1, port)});
        QVERIFY(dial(rig) != 0);
        const auto gone = rig.next<desk::CallGone>();
        QVERIFY(gone.has_value());
        QCOMPARE(gone->cause, cause.toStdString());
        QCOMPARE(callee.finish(), QString{});
        QCOMPARE(rig.count<desk::CallConnected>(), 0);
        QTRY_COMPARE(rig.engine->stats().calls, std::size_t{0});
    }

    void theNextTrunkIsTried() {
        const quint16 full = freePort(), good = freePort();
        Sipp first(Scenario().called().reply(503, "Service Unavailable").awaitAck(), full);
        Sipp second(ringing().reply(200, "OK", {}, Scenario::sdp()).awaitAck().expect("BYE"), good);
        Rig rig;
        rig.use({trunkAt(1, full), trunkAt(2, good)});
        const auto call = dial(rig);
        const auto connected = rig.next<desk::CallConnected>();
        QVERIFY(connected.has_value());
        QCOMPARE(connected->call, call);
        QCOMPARE(connected->trunk, model::TrunkId{2});
        QCOMPARE(rig.count<desk::CallGone>(), 0);
        rig.tell(call, desk::CallHangUp{});
        QCOMPARE(first.finish(), QString{});
        QCOMPARE(second.finish(), QString{});
        QTRY_COMPARE(rig.engine->stats().calls, std::size_t{0});
    }

    void aTrunkThatIsFullIsPassedOver() {
        const quint16 full = freePort(), good = freePort();
        Sipp callee(ringing().reply(200, "OK", {}, Scenario::sdp()).awaitAck().expect("BYE"), good, {"-m", "1"});
        Rig rig;
        auto narrow = trunkAt(1, full);
        narrow.maxCalls = 1;
        auto other = trunkAt(2, good);
        other.maxCalls = 1;
        rig.use({narrow, other});
        rig.tell(0, wanted());
        const auto held = rig.next<desk::CallPlanned>(); // has the first one's only place
        const auto call = dial(rig);
        QVERIFY(held && call != 0);
        QCOMPARE(rig.next<desk::CallConnected>()->trunk, model::TrunkId{2});
        rig.tell(0, wanted());
        const auto third = rig.next<desk::CallPlanned>();
        QCOMPARE(third->number.error().code, std::string("overloaded"));
        rig.tell(held->call, desk::CallHangUp{}); // never dialled: its place is free again
        rig.tell(0, wanted());
        QVERIFY(rig.next<desk::CallPlanned>()->number.ok());
        rig.tell(call, desk::CallHangUp{});
        QCOMPARE(callee.finish(), QString{});
    }

    void weTakeItBack() {
        const quint16 port = freePort();
        Sipp callee(ringing().expect("CANCEL"), port);
        Rig rig;
        rig.use({trunkAt(1, port)});
        const auto call = dial(rig);
        QTest::qWait(500); // it rings
        rig.tell(call, desk::CallHangUp{});
        QVERIFY(rig.next<desk::CallGone>().has_value());
        QCOMPARE(callee.finish(), QString{});
        QTRY_COMPARE(rig.engine->stats().calls, std::size_t{0});
    }

    void aTrunkThatWantsAPassword() {
        const quint16 port = freePort();
        Sipp callee(Scenario()
                        .called()
                        .reply(407, "Proxy Authentication Required",
                               "Proxy-Authenticate: Digest realm=\"here\", nonce=\"abcdef\", algorithm=MD5\r\n")
                        .awaitAck()
                        .called("Proxy-Authorization: Digest username=.ours")
                        .reply(200, "OK", {}, Scenario::sdp())
                        .awaitAck()
                        .expect("BYE"),
                    port);
        Rig rig;
        auto trunk = trunkAt(1, port);
        trunk.user = "ours";
        trunk.password = "secret";
        rig.use({trunk});
        const auto call = dial(rig);
        QVERIFY(rig.next<desk::CallConnected>().has_value());
        rig.tell(call, desk::CallHangUp{});
        QCOMPARE(callee.finish(), QString{});
    }

    void aTrunkThatIsNotThere() {
        Rig rig;
        rig.use({trunkAt(1, freePort())});
        QVERIFY(dial(rig) != 0);
        std::optional<desk::CallGone> gone; // it takes longer than others: nothing answers
        for (int i = 0; i < 3 && !gone; ++i)
            gone = rig.next<desk::CallGone>();
        QVERIFY(gone.has_value());
        QCOMPARE(gone->cause, std::string("unreachable"));
    }

    void whatCannotBeDialled() {
        Rig rig;
        rig.use({trunkAt(1, 5'060)});
        rig.tell(0, wanted("hello"));
        auto planned = rig.next<desk::CallPlanned>();
        QVERIFY(planned && planned->call == 0);
        QCOMPARE(planned->number.error().code, std::string("bad_number"));
        rig.use({});
        rig.tell(0, wanted());
        planned = rig.next<desk::CallPlanned>();
        QCOMPARE(planned->number.error().code, std::string("no_trunk"));
        QCOMPARE(planned->origin.request, kAgent.request);
    }

    /// The caller goes on with an outside number; when that one hangs up, both are gone.
    void aCallIsForwarded() {
        const quint16 port = freePort();
        Sipp callee(ringing().reply(200, "OK", {}, Scenario::sdp()).awaitAck().pause(500).ask("BYE"), port);
        Rig rig;
        auto trunk = trunkAt(1, port);
        trunk.allow = {"127.0.0.0/8"};
        rig.use({trunk});
        Sipp caller(rig.port(), kNumber, Scenario().invite().ringingThenOk().expect("BYE"));
        const auto call = rig.answered();
        QVERIFY(call != 0);
        rig.tell(0, wanted());
        const auto planned = rig.next<desk::CallPlanned>();
        QVERIFY(planned && planned->number);
        rig.tell(call, desk::CallForward{planned->call});
        QCOMPARE(callee.finish(), QString{});
        QCOMPARE(caller.finish(), QString{});
        QTRY_COMPARE(rig.engine->stats().calls, std::size_t{0});
    }

    void aForwardThatNobodyAnswersEndsTheCall() {
        const quint16 port = freePort();
        Sipp callee(ringing().reply(486, "Busy Here").awaitAck(), port);
        Rig rig;
        auto trunk = trunkAt(1, port);
        trunk.allow = {"127.0.0.0/8"};
        rig.use({trunk});
        Sipp caller(rig.port(), kNumber, Scenario().invite().ringingThenOk().expect("BYE"));
        const auto call = rig.answered();
        rig.tell(0, wanted());
        const auto planned = rig.next<desk::CallPlanned>();
        QVERIFY(planned && planned->number);
        rig.tell(call, desk::CallForward{planned->call});
        QCOMPARE(callee.finish(), QString{});
        QCOMPARE(caller.finish(), QString{});
    }

    /// A trunk that wants encryption: keys are offered, and what comes without them is refused.
    void encryptionIsAllOrNothing() {
        const quint16 port = freePort();
        Sipp callee(Scenario()
                        .called("m=audio [0-9]+ RTP/SAVP[^F].*a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:")
                        .reply(488, "Not Acceptable Here")
                        .awaitAck(),
                    port);
        Rig rig;
        auto trunk = trunkAt(1, port);
        trunk.srtp = true;
        trunk.allow = {"127.0.0.0/8"};
        rig.use({trunk});
        QVERIFY(dial(rig) != 0);
        QVERIFY(rig.next<desk::CallGone>().has_value());
        QCOMPARE(callee.finish(), QString{});
        QCOMPARE(Sipp(rig.port(), kNumber, Scenario().invite().answer(488).ack()).finish(), QString{});
        const QString secured = "v=0\r\no=u 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                                "m=audio 6000 RTP/SAVP 0\r\na=rtpmap:0 PCMU/8000\r\n"
                                "a=crypto:7 AES_CM_128_HMAC_SHA1_80 "
                                "inline:PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR\r\n";
        Sipp caller(rig.port(), kNumber,
                    Scenario()
                        .request("INVITE", 1, Scenario::kSdpType, secured, true)
                        .answer(180, {}, true)
                        .answer(200, "a=crypto:7 AES_CM_128_HMAC_SHA1_80 inline:")
                        .ack()
                        .request("BYE", 2)
                        .answer(200));
        QVERIFY(rig.answered() != 0);
        QCOMPARE(caller.finish(), QString{});
    }

    void aTrunkIsAskedWhetherItIsThere() {
        const quint16 port = freePort();
        Sipp far(Scenario().expect("OPTIONS"), port);
        Rig rig((phone::EngineOptions()));
        rig.use({trunkAt(1, port), trunkAt(2, freePort())});
        QTRY_VERIFY_WITH_TIMEOUT(!rig.engine->stats().trunks.empty() &&
                                     rig.engine->stats().trunks[0].state == phone::TrunkFigure::State::Up,
                                 5'000);
        QCOMPARE(far.finish(), QString{});
    }

    void weSignOn() {
        const quint16 port = freePort();
        Sipp registrar(
            Scenario()
                .expect("REGISTER", 401, "WWW-Authenticate: Digest realm=\"here\", nonce=\"abcdef\", algorithm=MD5\r\n")
                .expect("REGISTER", 200, "Expires: 120\r\n", "Authorization: Digest username=.ours"),
            port);
        Rig rig;
        auto trunk = trunkAt(1, port);
        trunk.registers = true;
        trunk.user = "ours";
        trunk.password = "secret";
        rig.use({trunk});
        QTRY_VERIFY_WITH_TIMEOUT(!rig.engine->stats().trunks.empty() &&
                                     rig.engine->stats().trunks[0].state == phone::TrunkFigure::State::Up,
                                 5'000);
        QCOMPARE(registrar.finish(), QString{});
    }
};

static const cb::test::Add<DialTest> addedDialTest;
#include "dial_test.moc"
