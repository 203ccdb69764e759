#include "shared/flow/json.h"
#include "shared/flowrun/interpreter.h"
#include "tests/support/sample_flows.h"

#include <benchmark/benchmark.h>

#include <malloc.h>

using namespace cb;
using namespace cb::flowrun;

namespace {

/// One whole chat session: greeting, two wrong replies, a question, a human, some messages, the end.
const std::vector<Event>& chatSession() {
    static const std::vector<Event> events{StartFlow{},
                                           Text{"你好"},
                                           Text{"hello"},
                                           Text{"产品"},
                                           Text{"2"},
                                           TransferQueued{3},
                                           AgentConnected{"000010"},
                                           AgentMessage{},
                                           CustomerMessage{},
                                           AgentMessage{},
                                           CustomerMessage{},
                                           AgentEnded{}};
    return events;
}

const std::vector<Event>& phoneSession() {
    static const std::vector<Event> events{StartFlow{},         PlayDone{1}, PlayDone{2},  Digit{'9'},
                                           Digit{'1'},          PlayDone{5}, Digit{'0'},   TransferQueued{1},
                                           AgentConnected{"7"}, PlayDone{8}, AgentEnded{}, PlayDone{9}};
    return events;
}

void steps(benchmark::State& bench, const flow::Graph& graph, const std::vector<Event>& events) {
    const auto flow = *compile(graph);
    const Env env;
    std::size_t effects = 0;
    for (auto _ : bench) {
        State state = begin(*flow);
        for (const Event& event : events)
            effects += step(*flow, state, event, env).size();
        if (state.phase != Phase::Ended)
            bench.SkipWithError("the session did not end");
    }
    const auto count = static_cast<double>(bench.iterations()) * static_cast<double>(events.size());
    bench.counters["steps/s"] = benchmark::Counter(count, benchmark::Counter::kIsRate);
    bench.counters["effects/s"] = benchmark::Counter(static_cast<double>(effects), benchmark::Counter::kIsRate);
}

void chatSteps(benchmark::State& bench) {
    steps(bench, test::sampleChat(), chatSession());
}
void phoneSteps(benchmark::State& bench) {
    steps(bench, test::samplePhone(), phoneSession());
}
BENCHMARK(chatSteps);
BENCHMARK(phoneSteps);

void replyInALongFlow(benchmark::State& bench) {
    const auto flow = *compile(test::longChat(1'000));
    State state = begin(*flow);
    step(*flow, state, StartFlow{}, {});
    const Event reply = Text{"２"};
    for (auto _ : bench)
        benchmark::DoNotOptimize(step(*flow, state, reply, {}));
}
BENCHMARK(replyInALongFlow);

void stateToTextAndBack(benchmark::State& bench) {
    const auto flow = *compile(test::sampleChat());
    State state = begin(*flow);
    step(*flow, state, StartFlow{}, {});
    for (auto _ : bench)
        benchmark::DoNotOptimize(decode(*flow, encode(*flow, state)));
}
BENCHMARK(stateToTextAndBack);

void validateNodes(benchmark::State& bench) {
    const auto graph = test::longChat(static_cast<int>(bench.range(0)));
    const auto context = test::sampleContext();
    for (auto _ : bench)
        benchmark::DoNotOptimize(flow::validate(graph, context));
    bench.counters["nodes"] = static_cast<double>(graph.nodes.size());
    if (!flow::validate(graph, context).empty())
        bench.SkipWithError("the flow is not valid");
}
BENCHMARK(validateNodes)->Arg(1'000)->Arg(5'000)->Unit(benchmark::kMillisecond);

void writeAndParseNodes(benchmark::State& bench) {
    const auto graph = test::longChat(static_cast<int>(bench.range(0)));
    for (auto _ : bench)
        benchmark::DoNotOptimize(flow::parseJson(flow::toJson(graph)));
}
BENCHMARK(writeAndParseNodes)->Arg(1'000)->Unit(benchmark::kMillisecond);

void compileNodes(benchmark::State& bench) {
    const auto graph = test::longChat(static_cast<int>(bench.range(0)));
    for (auto _ : bench)
        benchmark::DoNotOptimize(compile(graph));
}
BENCHMARK(compileNodes)->Arg(1'000)->Unit(benchmark::kMillisecond);

/// 100,000 sessions as a host holds them: the shared flow and the state of each, every one at work in its flow.
void liveSessions(benchmark::State& bench) {
    struct Session {
        FlowPtr flow;
        State state;
    };
    const auto flow = *compile(test::sampleChat());
    const auto heap = [] { return static_cast<double>(mallinfo2().uordblks + mallinfo2().hblkhd); };
    const double before = heap();
    for (auto _ : bench) {
        std::vector<Session> sessions(100'000, Session{flow, begin(*flow)});
        for (std::size_t i = 0; i < sessions.size(); ++i)
            for (std::size_t n = 0; n <= i % 11; ++n)
                step(*flow, sessions[i].state, chatSession()[n], {});
        bench.counters["bytes/session"] = (heap() - before) / static_cast<double>(sessions.size());
    }
}
BENCHMARK(liveSessions)->Unit(benchmark::kMillisecond)->Iterations(3);

} // namespace

BENCHMARK_MAIN();
