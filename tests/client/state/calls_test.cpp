#include "tests/client/state/rig.h"
#include "tests/client/support/fake_media.h"

using namespace cb;
using call::DeviceKind;
using state::CallPhase;
using test::FakeServer;
using test::FakeSound;
using test::Machine;
using test::Program;

namespace {

const model::SessionId kCall(7);
const QString kTheirs = QStringLiteral("+8613800138000");

/// An agent at their telephone.
struct Phone {
    explicit Phone(const api::SessionOptions& session = test::quickSession())
        : program(machine, QStringLiteral("here"), session, std::chrono::minutes(1), sound.maker()) {
        server.presence.status = model::AgentStatus::Idle;
        server.lines = {{model::ChannelId(3), "+8675512345678"}, {model::ChannelId(4), "+8675587654321"}};
    }
    bool signIn() { return program.signIn(server.address()); }
    /// A call is with the agent and its sound flows.
    bool talks() {
        server.addCall(7, kTheirs.toStdString());
        if (!signIn() || !QTest::qWaitFor([this] { return sound.count(QStringLiteral("start |")) == 1; }))
            return false;
        return comesUp();
    }
    bool comesUp() {
        const int before = sound.count(QStringLiteral("answer v=0 theirs"));
        sound.host->mediaOffers(QStringLiteral("v=0 ours"));
        if (!QTest::qWaitFor([&] { return sound.count(QStringLiteral("answer v=0 theirs")) == before + 1; }))
            return false;
        sound.host->mediaUp();
        return calls().phase() == CallPhase::Talking;
    }
    state::Calls& calls() { return program.account.account()->calls(); }

    FakeServer server;
    FakeSound sound;
    Machine machine;
    Program program;
};

} // namespace

/// The agent's telephone against a server that speaks the protocol, with a sound that only notes what it is asked.
class CallsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thePhaseFollowsFromTheFacts() {
        state::CallFacts facts;
        QVERIFY(phaseOf(facts) == CallPhase::None);
        facts.rings = true;
        QVERIFY(phaseOf(facts) == CallPhase::Ringing);
        facts.presence.status = model::AgentStatus::Busy; // with chats
        QVERIFY(phaseOf(facts) == CallPhase::Ringing);
        facts.presence.reason = model::StatusReason::CallEnded;
        QVERIFY(phaseOf(facts) == CallPhase::AfterCall);
        facts.presence.status = model::AgentStatus::WrapUp;
        QVERIFY(phaseOf(facts) == CallPhase::WrapUp);
        facts.open = true; // the next call is there already
        QVERIFY(phaseOf(facts) == CallPhase::Connecting);
        facts.sound = facts.hadSound = true;
        QVERIFY(phaseOf(facts) == CallPhase::Talking);
        facts.call.held = true;
        QVERIFY(phaseOf(facts) == CallPhase::Held);
        facts.sound = false;
        QVERIFY(phaseOf(facts) == CallPhase::Rejoining);
        facts.call.direction = model::CallDirection::Out;
        QVERIFY(phaseOf(facts) == CallPhase::Dialling);
        facts.call.connectedAt = base::fromUnixMillis(1);
        QVERIFY(phaseOf(facts) == CallPhase::Rejoining);
        facts = {};
        facts.ended = true; // the status is on its way
        QVERIFY(phaseOf(facts) == CallPhase::AfterCall);
        QVERIFY(isOn(CallPhase::Dialling) && isOn(CallPhase::Rejoining) && !isOn(CallPhase::Ringing));
        QVERIFY(isAfter(CallPhase::WrapUp) && !isAfter(CallPhase::Talking));
    }
    void anAnsweredCallGetsItsSound() {
        Phone phone;
        QVERIFY(phone.signIn());
        QVERIFY(phone.calls().phase() == CallPhase::None);
        QCOMPARE(phone.sound.count(QStringLiteral("start |")), 0);
        phone.server.addCall(7, "+8613800138000");
        model::OfferView offer;
        offer.offer = model::OfferId(9);
        offer.at = phone.server.now();
        offer.session = phone.server.sessions[kCall];
        offer.session.session.state = model::SessionState::Offered;
        phone.server.sessions.clear();
        phone.server.offers[offer.offer] = offer;
        phone.server.event(offer);
        QTRY_VERIFY(phone.calls().phase() == CallPhase::Ringing);
        phone.program.commands().answer(offer.offer);
        QTRY_COMPARE(phone.sound.count(QStringLiteral("start |")), 1);
        QVERIFY(phone.calls().phase() == CallPhase::Connecting);
        QVERIFY(phone.calls().session() == kCall);
        QVERIFY(phone.comesUp());
        const auto offers = phone.server.asked<wire::CallOffer>();
        QCOMPARE(offers.size(), std::size_t(1));
        const wire::CallOffer expected{kCall, "v=0 ours"};
        QCOMPARE(offers[0], expected);
        QCOMPARE(phone.calls().view().number, std::string("+8613800138000"));
    }
    void muteHoldAndKeys() {
        Phone phone;
        QVERIFY(phone.talks());
        auto& calls = phone.calls();
        calls.setMuted(true);
        QVERIFY(calls.isMuted());
        QCOMPARE(phone.sound.asked.last(), QStringLiteral("mute"));
        calls.pressKey(u'5');
        calls.pressKey(u'#');
        QCOMPARE(phone.sound.asked.mid(phone.sound.asked.size() - 2),
                 (QStringList{QStringLiteral("key 5"), QStringLiteral("key #")}));
        calls.hold(true);
        QTRY_VERIFY(calls.phase() == CallPhase::Held);
        calls.hold(false);
        QTRY_VERIFY(calls.phase() == CallPhase::Talking);
        QVERIFY(calls.isMuted());
        phone.server.end(kCall);
        QTRY_VERIFY(calls.phase() == CallPhase::AfterCall);
        QVERIFY(!calls.isMuted()); // the next call begins with a voice
        QCOMPARE(phone.sound.count(QStringLiteral("stop")), 1);
    }
    void aLostSoundIsMadeAnew_data() {
        QTest::addColumn<bool>("crash");
        QTest::addRow("lost") << false;
        QTest::addRow("crashed") << true;
    }
    void aLostSoundIsMadeAnew() {
        QFETCH(bool, crash);
        Phone phone;
        QVERIFY(phone.talks());
        phone.calls().setMuted(true);
        if (crash)
            phone.sound.host->mediaCrashed();
        else
            phone.sound.host->mediaLost();
        QVERIFY(phone.calls().phase() == CallPhase::Rejoining);
        QTRY_COMPARE(phone.sound.count(QStringLiteral("start |")), 2);
        QVERIFY(phone.calls().isMuted());
        QVERIFY(phone.comesUp());
    }
    void anAnswerToAnOldOfferCountsForNothing() {
        Phone phone;
        phone.server.addCall(7, kTheirs.toStdString());
        QVERIFY(phone.signIn());
        QTRY_COMPARE(phone.sound.count(QStringLiteral("start |")), 1);
        phone.sound.host->mediaOffers(QStringLiteral("v=0 first"));
        phone.sound.host->mediaOffers(QStringLiteral("v=0 second"));
        QTRY_COMPARE(phone.server.asked<wire::CallOffer>().size(), std::size_t(2));
        QTRY_COMPARE(phone.sound.count(QStringLiteral("answer v=0 theirs")), 1);
    }
    void whatTheConnectionTookAlongIsOfferedAgain() {
        Phone phone;
        phone.server.addCall(7, kTheirs.toStdString());
        QVERIFY(phone.signIn());
        QTRY_COMPARE(phone.sound.count(QStringLiteral("start |")), 1);
        phone.server.faultAt = phone.server.requests + 1;
        phone.server.fault = FakeServer::Fault::CloseBefore;
        phone.sound.host->mediaOffers(QStringLiteral("v=0 ours"));
        QTRY_COMPARE(phone.sound.count(QStringLiteral("start |")), 2); // with the new connection
        QVERIFY(phone.comesUp());
        phone.server.drop();
        QTRY_COMPARE(phone.sound.count(QStringLiteral("renew")), 1); // perhaps another network
        QVERIFY(phone.calls().phase() == CallPhase::Talking);
    }
    void afterACallTheTimeRuns() {
        Phone phone;
        phone.server.settings.phoneRecoverySeconds = 30;
        QVERIFY(phone.talks());
        phone.server.end(kCall);
        auto& calls = phone.calls();
        QTRY_VERIFY(calls.phase() == CallPhase::AfterCall);
        QVERIFY(calls.recoveryLeft() && *calls.recoveryLeft() <= std::chrono::seconds(30) &&
                *calls.recoveryLeft() > std::chrono::seconds(20));
        calls.finishNotes();
        QTRY_VERIFY(calls.phase() == CallPhase::WrapUp);
        QVERIFY(!calls.recoveryLeft());
        calls.goOn();
        QTRY_VERIFY(calls.phase() == CallPhase::None);
        QVERIFY(phone.program.workbench().presence().status == model::AgentStatus::Idle);
        QCOMPARE(phone.server.asked<wire::AfterCall>().size(), std::size_t(2));
        QTRY_COMPARE(phone.program.workbench().sessions()->rowCount(), 0);
    }
    void withoutRecoveryItWaitsForAClick() {
        Phone phone;
        phone.server.settings.phoneRecovery = false;
        QVERIFY(phone.talks());
        phone.server.end(kCall);
        QTRY_VERIFY(phone.calls().phase() == CallPhase::AfterCall);
        QVERIFY(!phone.calls().recoveryLeft());
        QVERIFY(!phone.program.account.account()->wrapUps().left(kCall));
    }
    void whatWasTypedAboutTheCallGoesFirst() {
        Phone phone;
        QVERIFY(phone.talks());
        phone.server.end(kCall);
        QTRY_VERIFY(phone.calls().phase() == CallPhase::AfterCall);
        auto& wrapUps = phone.program.account.account()->wrapUps();
        QVERIFY(wrapUps.left(kCall) && *wrapUps.left(kCall) <= std::chrono::seconds(30));
        const model::WrapUpForm form{"Order", "calls again"};
        wrapUps.setTyped(kCall, form);
        phone.calls().goOn();
        QTRY_VERIFY(phone.calls().phase() == CallPhase::None);
        const auto completed = phone.server.asked<wire::CompleteSession>();
        QCOMPARE(completed.size(), std::size_t(1));
        QCOMPARE(completed[0].form, form);
        QVERIFY(phone.server.asked<wire::AfterCall>().empty()); // completing it has made them ready
    }
    void aNumberIsCalledAndRemembered() {
        Phone phone;
        QVERIFY(phone.signIn());
        QVERIFY(!phone.calls().dialRefusal());
        phone.calls().dial(kTheirs, model::ChannelId(4));
        QTRY_VERIFY(phone.calls().phase() == CallPhase::Dialling);
        const wire::DialCall expected{kTheirs.toStdString(), model::ChannelId(4)};
        QCOMPARE(phone.server.asked<wire::DialCall>()[0], expected);
        QCOMPARE(phone.sound.count(QStringLiteral("start |")), 1); // early sound is heard
        QCOMPARE(phone.calls().dialRefusal()->code, std::string("busy"));
        const auto session = phone.calls().session();
        phone.sound.host->mediaOffers(QStringLiteral("v=0 ours"));
        phone.sound.host->mediaUp();
        QVERIFY(phone.calls().phase() == CallPhase::Dialling);
        phone.server.changeCall(session.value, [&](model::CallView& view) { view.connectedAt = phone.server.now(); });
        QTRY_VERIFY(phone.calls().phase() == CallPhase::Talking);
        phone.server.changeCall(session.value, [](model::CallView& view) { view.cause = "hung_up"; });
        QTRY_COMPARE(phone.calls().view().cause, std::string("hung_up"));
        QCOMPARE(phone.calls().dialled().all().size(), std::size_t(1));
        QCOMPARE(phone.calls().dialled().all()[0].number, kTheirs);
        sync::AccountStore store(*phone.program.store,
                                 *phone.program.store->account(phone.server.address(), model::AgentId(3)));
        QCOMPARE(state::Dialled(store).all(), phone.calls().dialled().all());
    }
    void aRefusedNumberIsNotRemembered() {
        Phone phone;
        QVERIFY(phone.signIn());
        phone.server.refusedCall = "bad_number";
        std::string code;
        phone.calls().dial(QStringLiteral("12"), {},
                           [&code](const base::Result<void>& done) { code = done ? "ok" : done.error().code; });
        QTRY_COMPARE(code, std::string("bad_number"));
        QVERIFY(phone.calls().dialled().all().empty());
        QVERIFY(phone.calls().phase() == CallPhase::None);
    }
    void theHistoryIsBounded() {
        Machine machine;
        const auto local = std::move(*sync::LocalStore::open(machine.folder.filePath(QStringLiteral("x.sqlite"))));
        sync::AccountStore store(*local, *local->account(QStringLiteral("a"), model::AgentId(1)));
        state::Dialled dialled(store);
        for (std::size_t i = 0; i < state::Dialled::kMost + 5; ++i)
            dialled.note(QString::number(1000 + i));
        dialled.note(QStringLiteral("1010")); // again: comes first, once
        QCOMPARE(dialled.all().size(), state::Dialled::kMost);
        QCOMPARE(dialled.all()[0].number, QStringLiteral("1010"));
        QCOMPARE(dialled.all()[1].number, QStringLiteral("1054"));
        QCOMPARE(state::Dialled(store).all(), dialled.all());
        dialled.clear();
        QVERIFY(state::Dialled(store).all().empty());
    }
    void whyNobodyCanBeCalled() {
        Phone phone;
        phone.server.presence.status = model::AgentStatus::Offline;
        QVERIFY(phone.signIn());
        QCOMPARE(phone.calls().dialRefusal()->code, std::string("not_online"));
        phone.program.commands().goOnline();
        QTRY_VERIFY(!phone.calls().dialRefusal());
        phone.server.lines.clear();
        phone.server.drop();
        QTRY_VERIFY(phone.calls().dialRefusal() && phone.calls().dialRefusal()->code == "no_line");
        phone.server.mute = true;
        phone.server.drop();
        QTRY_VERIFY(phone.calls().dialRefusal()->code == "disconnected");
    }
    void aProgramWithoutSoundSaysSo() {
        Phone phone;
        phone.sound.missing = true;
        phone.server.addCall(7, kTheirs.toStdString());
        QVERIFY(phone.signIn());
        QTRY_COMPARE(phone.calls().trouble().code, std::string("call_engine_missing"));
        QVERIFY(phone.calls().phase() == CallPhase::Connecting);
        QVERIFY(!phone.calls().check(true));
        phone.calls().hangUp(); // what the server does needs no sound
        QTRY_VERIFY(phone.calls().phase() == CallPhase::AfterCall);
    }
    void theEngineIsLoadedBeforeTheFirstCall() {
        Phone phone;
        phone.server.lines.clear();
        phone.server.presence.status = model::AgentStatus::Offline;
        model::GroupView group;
        group.group.id = model::GroupId(5);
        group.group.name = "Telephone";
        group.group.mode = model::Mode::Phone;
        group.member = true;
        phone.server.groups = {group};
        QVERIFY(phone.signIn());
        QCOMPARE(phone.sound.made, 0);
        phone.program.commands().goOnline();
        QTRY_COMPARE(phone.sound.made, 1);
    }
    void aMicrophoneIsUnplugged() {
        Phone phone;
        QVERIFY(phone.talks());
        auto& calls = phone.calls();
        QSignalSpy switched(&calls, &state::Calls::switched);
        phone.sound.host->mediaFailed(QStringLiteral("microphone_missing"));
        phone.sound.host->mediaSwitched(DeviceKind::Microphone, {});
        QCOMPARE(calls.trouble().code, std::string("microphone_missing"));
        QVERIFY(calls.phase() == CallPhase::Talking); // they are still heard
        phone.sound.host->mediaUp();
        QCOMPARE(calls.trouble().code, std::string("microphone_missing"));
        phone.sound.host->mediaSwitched(DeviceKind::Microphone, QStringLiteral("Built-in"));
        QCOMPARE(calls.trouble().code, std::string());
        QCOMPARE(switched.count(), 2);
        QCOMPARE(switched[1][1].toString(), QStringLiteral("Built-in"));
    }
    void theChoiceOfDevicesIsUsed() {
        Phone phone;
        QVERIFY(phone.talks());
        QSignalSpy chosen(&phone.calls(), &state::Calls::choiceChanged);
        phone.calls().choose({QStringLiteral("Headset"), QStringLiteral("Speakers")});
        phone.calls().choose({QStringLiteral("Headset"), QStringLiteral("Speakers")});
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(phone.sound.asked.last(), QStringLiteral("choose Headset|Speakers"));
        phone.sound.host->mediaLost();
        QTRY_COMPARE(phone.sound.count(QStringLiteral("start Headset|Speakers")), 1);
    }
    /// Nothing of a call is kept for a start without the server: by then it is over.
    void aCallIsNotOnTheCachedFloor() {
        Phone phone;
        phone.server.addSession(8, "Ms Li");
        QVERIFY(phone.talks());
        phone.program.workbench().flush();
        sync::AccountStore store(*phone.program.store,
                                 *phone.program.store->account(phone.server.address(), model::AgentId(3)));
        const auto frame =
            wire::parseFrame(store.kept(QStringLiteral("floor")), {wire::kMaxServerFrame, wire::kMaxDepth});
        QVERIFY(frame.ok());
        const auto floor = wire::decodeAgentWelcome(frame->d);
        QVERIFY(floor.ok());
        QCOMPARE(floor->sessions.size(), std::size_t(1));
        QVERIFY(floor->sessions[0].session.id == model::SessionId(8));
    }
};

static const test::Add<CallsTest> addedCallsTest;
#include "calls_test.moc"
