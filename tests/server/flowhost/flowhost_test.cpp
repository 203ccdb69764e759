#ifndef Q_MOC_RUN // moc cannot read <concepts>
#include "server/flowhost/flow_host.h"
#include "shared/model/names.h"
#include "tests/server/desk/floor_harness.h"
#endif
#include "tests/support/suite.h"

#include <algorithm>
#include <thread>

using namespace cb;
using namespace cb::test;
using desk::FlowEvent;
using desk::FlowSignal;

namespace {

const model::SessionId kSession{1};

/// The actions in short: "say:…", "in:…", "transfer:group/wait", "timer:ms", "end:reason".
std::string script(const desk::FlowActions& actions) {
    std::string text;
    for (const desk::FlowAction& action : actions) {
        text += text.empty() ? "" : " ";
        if (const auto* say = std::get_if<desk::FlowSay>(&action))
            text += "say:" + say->text;
        else if (const auto* entered = std::get_if<desk::FlowEntered>(&action))
            text += "in:" + entered->label;
        else if (const auto* transfer = std::get_if<desk::FlowTransfer>(&action))
            text += "transfer:" + std::to_string(transfer->group.value) + "/" +
                    std::to_string(transfer->longestWait.count());
        else if (const auto* timer = std::get_if<desk::FlowTimer>(&action))
            text += "timer:" + std::to_string(timer->after.count());
        else if (std::holds_alternative<desk::FlowJoin>(action))
            text += "join";
        else if (const auto* end = std::get_if<desk::FlowEnd>(&action))
            text += "end:" + std::string(model::name(end->reason));
    }
    return text;
}

std::string told(flowhost::FlowHost& host, FlowSignal signal, const std::string& text = {}, int number = 0,
                 model::SessionId session = kSession) {
    desk::FlowActions actions;
    const bool changed = host.apply(session, FlowEvent{signal, text, number}, actions);
    return (changed ? "* " : "- ") + script(actions);
}

const desk::FlowPlay* playIn(const desk::FlowActions& actions) {
    for (const desk::FlowAction& action : actions)
        if (const auto* play = std::get_if<desk::FlowPlay>(&action))
            return play;
    return nullptr;
}

} // namespace

/// The interpreter as the desk sees it.
class FlowHostTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aWholeConversation() {
        flowhost::FlowHost host;
        QVERIFY(host.prepare(flowRow(kMenu, 1, menuGraph())).ok());
        desk::FlowActions actions;
        QVERIFY(host.start(kSession, kMenu, 1, actions));
        QCOMPARE(script(actions),
                 std::string("in: in:Welcome say:Welcome in:Menu say:1 sales, 2 support timer:120000"));
        QCOMPARE(told(host, FlowSignal::Text, "sales"), std::string("* timer:0 in:Sales transfer:1/300000"));
        QCOMPARE(told(host, FlowSignal::TransferQueued, "", 3), std::string("* say:3 before you"));
        QCOMPARE(told(host, FlowSignal::TransferQueued, "", 2), std::string("- ")); // said once
        QCOMPARE(told(host, FlowSignal::AgentConnected, "000010"), std::string("* say:000010 is here join"));
        QCOMPARE(told(host, FlowSignal::AgentMessage), std::string("* timer:60000"));
        QCOMPARE(told(host, FlowSignal::AgentMessage), std::string("- timer:60000")); // nothing new to store
        QCOMPARE(told(host, FlowSignal::CustomerMessage), std::string("* timer:0"));
        QCOMPARE(told(host, FlowSignal::AgentEnded),
                 std::string("* say:Goodbye in:Thanks say:Thank you in:End end:agent_ended"));
        host.forget(kSession);
        QCOMPARE(host.running(), std::size_t{0});
        QCOMPARE(told(host, FlowSignal::Text, "1"), std::string("- "));
    }

    void resumeSetsTimersAnew() {
        flowhost::FlowHost host({.visitorGone = std::chrono::seconds(7)});
        QVERIFY(host.prepare(flowRow(kMenu, 1, menuGraph())).ok());
        desk::FlowActions actions;
        QVERIFY(host.start(kSession, kMenu, 1, actions));
        const std::string waiting = host.save(kSession);
        told(host, FlowSignal::Text, "2");
        const std::string queued = host.save(kSession);

        flowhost::FlowHost other({.visitorGone = std::chrono::seconds(7)});
        QVERIFY(!other.resume(kSession, kMenu, 1, waiting)); // the version is not there
        QVERIFY(other.prepare(flowRow(kMenu, 1, menuGraph())).ok());
        QCOMPARE(other.resume(kSession, kMenu, 1, waiting)->timer, std::optional(base::Millis{7'000}));
        QCOMPARE(other.save(kSession), waiting);
        const auto resumed = other.resume(kSession, kMenu, 1, queued);
        QVERIFY(!resumed->timer);
        QCOMPARE(resumed->longestWait, base::Millis{300'000});
        QCOMPARE(told(other, FlowSignal::TransferFailed).substr(0, 24), std::string("* say:Nobody is there in"));
        QVERIFY(!other.resume(model::SessionId{2}, kMenu, 1, "{broken"));
        QCOMPARE(other.running(), std::size_t{1});
    }

    void aNumberGivenAgainMeansItsNewText() {
        flowhost::FlowHost host;
        QVERIFY(host.prepare(flowRow(kToSales, 2, salesGraph("first"))).ok()); // and then its commit failed
        desk::FlowActions actions;
        QVERIFY(host.start(kSession, kToSales, 2, actions));
        QVERIFY(host.prepare(flowRow(kToSales, 2, salesGraph("second"))).ok());
        const model::SessionId later{2};
        QVERIFY(host.start(later, kToSales, 2, actions));
        QCOMPARE(told(host, FlowSignal::AgentConnected), std::string("* say:first join"));
        QCOMPARE(told(host, FlowSignal::AgentConnected, {}, 0, later), std::string("* say:second join"));
        QCOMPARE(host.compiled(), std::size_t{1});
    }

    void timeoutIsOfTheRunningTimer() {
        flowhost::FlowHost host;
        QVERIFY(host.prepare(flowRow(kMenu, 1, menuGraph())).ok());
        desk::FlowActions actions;
        host.start(kSession, kMenu, 1, actions);
        QCOMPARE(told(host, FlowSignal::Timeout), std::string("* end:abandoned"));
    }

    void badVersionsAreRefused() {
        flowhost::FlowHost host;
        store::FlowRow row = flowRow(kMenu, 1, menuGraph());
        row.json.assign("[]");
        QVERIFY(!host.prepare(row).ok());
        desk::FlowActions actions;
        QVERIFY(!host.start(kSession, kMenu, 1, actions));
        QCOMPARE(host.running(), std::size_t{0});
    }

    /// Sounds go to whoever plays them; a key and the end of a sound come back.
    void aPhoneFlowPlaysAndListens() {
        using flow::NodeId;
        const auto speech = [](const std::string& text) {
            return flow::Sound{flow::Sound::Source::Speech, {}, text, {}};
        };
        flow::Graph phone;
        phone.mode = flow::Mode::Phone;
        flow::KeyBranch branch;
        branch.prompt = flow::Sound{flow::Sound::Source::Audio, flow::AudioId{7}, {}, {}};
        branch.options = {{"again", "1"}, {"out", "2"}};
        phone.nodes = {{NodeId{1}, "", {}, flow::Start{}},
                       {NodeId{2}, "Hello", {}, flow::Play{speech("Hello")}},
                       {NodeId{3}, "Menu", {}, branch},
                       {NodeId{4}, "End", {}, flow::CallEnd{}}};
        phone.edges = {{NodeId{1}, "next", NodeId{2}},
                       {NodeId{2}, "next", NodeId{3}},
                       {NodeId{3}, "again", NodeId{2}},
                       {NodeId{3}, "out", NodeId{4}}};
        flowhost::FlowHost host;
        QVERIFY(host.prepare(flowRow(kMenu, 2, phone)).ok());
        desk::FlowActions actions;
        QVERIFY(host.start(kSession, kMenu, 2, actions));
        const auto* hello = playIn(actions);
        QVERIFY(hello != nullptr);
        QCOMPARE(hello->sound, (desk::FlowSound{0, "Hello", ""}));
        const int first = hello->play;
        actions.clear();
        QVERIFY(host.apply(kSession, {FlowSignal::Played, {}, first}, actions));
        const auto* menu = playIn(actions);
        QVERIFY(menu != nullptr);
        QCOMPARE(menu->sound, (desk::FlowSound{7, "", ""}));
        actions.clear();
        QVERIFY(host.apply(kSession, {FlowSignal::Key, "1", 0}, actions)); // cuts the prompt
        QVERIFY(std::any_of(actions.begin(), actions.end(), [](const desk::FlowAction& action) {
            return std::holds_alternative<desk::FlowStopPlay>(action);
        }));
        const auto* again = playIn(actions);
        QVERIFY(again != nullptr);
        QCOMPARE(again->sound.text, std::string("Hello"));
        const int third = again->play;
        actions.clear();
        host.apply(kSession, {FlowSignal::Played, {}, third}, actions);
        actions.clear();
        host.apply(kSession, {FlowSignal::Key, "2", 0}, actions);
        QVERIFY(!actions.empty());
        QVERIFY(std::holds_alternative<desk::FlowEnd>(actions.back()));
    }

    void oldVersionsGoWhenNobodyRunsThem() {
        flowhost::FlowHost host;
        desk::FlowActions actions;
        for (int version = 1; version <= 4; ++version) {
            QVERIFY(host.prepare(flowRow(kMenu, version, menuGraph())).ok());
            if (version == 2)
                host.start(kSession, kMenu, 2, actions);
        }
        QCOMPARE(host.compiled(), std::size_t{3}); // 2 runs; 3 and 4 are newer than anything started
        const model::SessionId second{2};
        QVERIFY(host.start(second, kMenu, 4, actions));
        QCOMPARE(host.compiled(), std::size_t{2});
        host.forget(kSession);
        QVERIFY(host.start(model::SessionId{3}, kMenu, 4, actions));
        QCOMPARE(host.compiled(), std::size_t{1});
    }

    void publishingWhileSessionsRun() {
        flowhost::FlowHost host;
        QVERIFY(host.prepare(flowRow(kMenu, 1, menuGraph())).ok());
        std::thread publisher([&] {
            for (int version = 2; version < 60; ++version)
                (void)host.prepare(flowRow(kToSales, version, salesGraph()));
        });
        for (std::int64_t id = 1; id < 2'000; ++id) {
            desk::FlowActions actions;
            const model::SessionId session{id};
            if (host.start(session, kMenu, 1, actions))
                told(host, FlowSignal::Text, "1", 0, session);
            host.forget(session);
        }
        publisher.join();
        QCOMPARE(host.running(), std::size_t{0});
    }
};

static const cb::test::Add<FlowHostTest> addedFlowHostTest;
#include "flowhost_test.moc"

CB_TEST_MAIN()
