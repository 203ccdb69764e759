#include "tests/support/suite.h" // first: moc cannot read <compare> before Qt

#include "shared/base/text.h"
#include "tests/shared/flowrun/transcript.h"
#include "tests/support/sample_flows.h"

using namespace cb;
using namespace cb::flowrun;

namespace {

struct Run {
    FlowPtr flow;
    State state;
    Env env;

    explicit Run(const flow::Graph& graph)
        : flow(*compile(graph))
        , state(begin(*flow)) {}

    Effects operator()(const Event& event) { return step(*flow, state, event, env); }
};

std::string where(const CompiledFlow& flow, std::string_view json) {
    const auto state = decode(flow, json);
    return state ? "ok" : state.error().code + " " + state.error().params.at("at");
}

} // namespace

class StateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesTheNodeById() {
        Run run(test::sampleChat());
        run(StartFlow{});
        QCOMPARE(encode(*run.flow, run.state),
                 std::string("{\"node\":3,\"phase\":\"waiting\",\"steps\":3,\"timer\":\"reply\"}"));

        flow::Graph shuffled = test::sampleChat();
        std::reverse(shuffled.nodes.begin(), shuffled.nodes.end());
        const auto other = *compile(shuffled);
        const auto recovered = decode(*other, encode(*run.flow, run.state));
        QVERIFY(recovered.ok());
        QVERIFY(currentNode(*other, *recovered).id == flow::NodeId{3});
        QVERIFY(recovered->node != run.state.node);
    }
    void malformedStatesAreRefused() {
        const auto flow = *compile(test::sampleChat());
        const std::string good = "{\"node\":3,\"phase\":\"waiting\",\"timer\":\"reply\"}";
        QCOMPARE(where(*flow, good), std::string("ok"));
        const std::vector<std::pair<std::string, std::string>> cases{
            {"", "json"},
            {"[]", "json"},
            {"{", "json"},
            {std::string(2'000, ' ') + good, "size"},
            {"{\"phase\":\"new\"}", "node"},
            {"{\"node\":99,\"phase\":\"new\"}", "node"},
            {"{\"node\":-3,\"phase\":\"waiting\"}", "node"},
            {"{\"node\":3}", "phase"},
            {"{\"node\":3,\"phase\":\"asleep\"}", "phase"},
            {"{\"node\":3,\"phase\":\"waiting\",\"timer\":7}", "timer"},
            {"{\"node\":3,\"phase\":\"waiting\",\"timer\":\"reply\",\"steps\":2000}", "steps"},
            {"{\"node\":3,\"phase\":\"waiting\",\"timer\":\"reply\",\"errors\":256}", "errors"},
            {"{\"node\":3,\"phase\":\"waiting\",\"timer\":\"reply\",\"play\":65536}", "play"},
            {"{\"node\":3,\"phase\":\"waiting\",\"timer\":\"reply\",\"outcome\":\"bored\"}", "outcome"},
            {"{\"node\":3,\"phase\":\"waiting\",\"timer\":\"key\"}", "flow"},
            {"{\"node\":3,\"phase\":\"waiting\"}", "flow"},
            {"{\"node\":2,\"phase\":\"waiting\",\"timer\":\"reply\"}", "flow"},
            {"{\"node\":3,\"phase\":\"queued\"}", "flow"},
            {"{\"node\":5,\"phase\":\"announcing\"}", "flow"},
            {"{\"node\":5,\"phase\":\"queued\",\"timer\":\"silence\"}", "flow"},
            {"{\"node\":9,\"phase\":\"ended\"}", "flow"},
            {"{\"node\":2,\"phase\":\"new\"}", "flow"},
        };
        for (const auto& [json, at] : cases)
            QCOMPARE(where(*flow, json), "flow_bad_state " + at);
    }
    void aStateThatDoesNotFitEndsTheSession() {
        Run run(test::sampleChat());
        run.state.node = 77;
        QVERIFY(test::describe(run(StartFlow{})) == std::vector<std::string>{"end failed"});
        QVERIFY(run.state.phase == Phase::Ended);
        QVERIFY(run(StartFlow{}).empty());
    }
    void recoveredTimersStartAnew() {
        Run chat(test::sampleChat());
        QVERIFY(!runningTimer(*chat.flow, chat.state, chat.env));
        chat(StartFlow{});
        chat.env.visitorGone = std::chrono::seconds(90);
        QVERIFY((runningTimer(*chat.flow, chat.state, chat.env) == StartTimer{Timer::Reply, std::chrono::seconds(90)}));
        QVERIFY(!currentTransfer(*chat.flow, chat.state));
        chat(Text{"人工"});
        QVERIFY((currentTransfer(*chat.flow, chat.state) == Transfer{GroupId{1}, base::Seconds{300}}));
        chat(AgentConnected{"1"});
        QVERIFY(!runningTimer(*chat.flow, chat.state, chat.env));
        chat(AgentMessage{});
        QVERIFY(
            (runningTimer(*chat.flow, chat.state, chat.env) == StartTimer{Timer::Silence, std::chrono::seconds(60)}));

        Run phone(test::samplePhone());
        phone(StartFlow{});
        phone(PlayDone{1});
        phone(PlayDone{2});
        QVERIFY((runningTimer(*phone.flow, phone.state, phone.env) == StartTimer{Timer::Key, std::chrono::seconds(8)}));
        phone(Digit{'0'});
        QVERIFY((currentTransfer(*phone.flow, phone.state) == Transfer{GroupId{3}, base::Seconds{600}}));
    }
    void aFlowWithoutStartIsRefused() {
        flow::Graph graph = test::sampleChat();
        graph.nodes.erase(graph.nodes.begin());
        QCOMPARE(compile(graph).error().code, std::string("flow_no_start"));
    }
    void theLoopEndsAfterAThousandSteps() {
        flow::Graph graph;
        graph.nodes = {{flow::NodeId{1}, "s", {}, flow::Start{}}, {flow::NodeId{2}, "m", {}, flow::Message{"again"}}};
        graph.edges = {{flow::NodeId{1}, "next", flow::NodeId{2}}, {flow::NodeId{2}, "next", flow::NodeId{2}}};
        Run run(graph);
        const auto lines = test::describe(run(StartFlow{}));
        QCOMPARE(std::count(lines.begin(), lines.end(), "say again"), 999);
        QCOMPARE(lines.back(), std::string("end flow_loop"));
    }
    void inputStartsTheStepsAnew() {
        Run run(test::sampleChat());
        run(StartFlow{});
        for (int i = 0; i < 2'000; ++i) {
            run(Text{"1"});
            QVERIFY(run.state.phase == Phase::Waiting);
        }
        for (int i = 0; i < 2'000; ++i)
            run(Text{"?"});
        QVERIFY(run.state.phase == Phase::Waiting);
    }
    /// A loop through the queue without the customer's doing counts on, event after event.
    void stepsCountAcrossEvents() {
        flow::Graph graph = test::sampleChat();
        graph.edges.push_back({flow::NodeId{8}, "next", flow::NodeId{5}});
        std::erase_if(graph.edges, [](const flow::Edge& e) { return e.from.value == 8 && e.to.value == 9; });
        Run run(graph);
        run(StartFlow{});
        run(Text{"2"});
        int failures = 0;
        for (; run.state.phase != Phase::Ended && failures < 2'000; ++failures)
            run(TransferFailed{});
        QCOMPARE(failures, 500);
        QVERIFY(run.state.outcome == EndReason::FlowLoop);
    }
    void theShortWayOfFoldingIsTheLongOne() {
        flow::Graph graph = test::sampleChat();
        base::Random random(3);
        for (int i = 0; i < 2'000; ++i) {
            std::string text;
            for (std::uint64_t n = random.below(6); n > 0; --n)
                text += static_cast<char>(1 + random.below(127));
            const std::string folded = base::keywordForm(text);
            std::get<flow::Branch>(graph.nodes[2].data).options = {{"产品", {folded}}, {"人工", {}}};
            const auto flow = *compile(graph);
            QCOMPARE(CompiledFlow::match(flow->at(2), text), folded.empty() ? -1 : 0);
        }
    }
};

static const cb::test::Add<StateTest> addedStateTest;
#include "state_test.moc"
