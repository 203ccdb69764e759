#include "server/desk/desk.h"
#include "server/desk/floor.h"
#include "server/desk/storage.h"
#include "server/flowhost/flow_host.h"
#include "shared/flow/json.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>

#include <unistd.h>

/// What one desk thread can do when the storage costs nothing: 10,000 open sessions with 300 agents.
namespace {

using namespace cb;

constexpr model::InstanceId kInstance{1'400'000'001};
constexpr model::GroupId kGroup{1};
constexpr int kAgents = 300;

constexpr model::ChannelId kMenuChannel{2};

/// A greeting and a question that is asked again for ever.
store::FlowRow menu() {
    flow::Graph graph;
    flow::Message greeting;
    greeting.text = "Welcome to the shop. Somebody will be with you in a moment.";
    flow::Branch branch;
    branch.prompt = "What is it about? 1 for orders, 2 for everything else.";
    branch.wrongText = "Please answer with 1 or 2.";
    branch.options = {{"orders", {"1"}}, {"other", {"2"}}};
    graph.nodes = {{flow::NodeId{1}, "", {}, flow::Start{}},
                   {flow::NodeId{2}, "Welcome", {}, greeting},
                   {flow::NodeId{3}, "Menu", {}, branch},
                   {flow::NodeId{4}, "End", {}, flow::End{}}};
    graph.edges = {{flow::NodeId{1}, "next", flow::NodeId{2}},
                   {flow::NodeId{2}, "next", flow::NodeId{3}},
                   {flow::NodeId{3}, "orders", flow::NodeId{4}},
                   {flow::NodeId{3}, "other", flow::NodeId{4}}};
    store::FlowRow row;
    row.flow = model::FlowId{2};
    row.instance = kInstance;
    row.version = 1;
    row.published = true;
    row.json = flow::toJson(graph);
    return row;
}

desk::Recovered instance(int agents = kAgents) {
    desk::Recovered all;
    all.instance.id = kInstance;
    all.groups = {{kGroup, kInstance, model::Mode::Chat, "Sales", 100}};
    for (int i = 1; i <= agents; ++i) {
        model::Agent agent;
        agent.id = model::AgentId{i};
        agent.instance = kInstance;
        agent.name = "Agent " + std::to_string(i);
        agent.staffNo = std::to_string(i);
        agent.groups = {kGroup};
        agent.role = i == 1 ? model::Role::Admin : model::Role::Agent;
        all.agents.push_back(agent);
    }
    flow::Graph graph;
    flow::Transfer transfer;
    transfer.group = flow::GroupId{kGroup.value};
    transfer.queueText = "${WaitNo}";
    transfer.successText = "${StaffNo}";
    flow::End end;
    end.silence = base::Seconds{300};
    graph.nodes = {{flow::NodeId{1}, "", {}, flow::Start{}},
                   {flow::NodeId{2}, "Sales", {}, transfer},
                   {flow::NodeId{3}, "End", {}, end}};
    graph.edges = {{flow::NodeId{1}, "next", flow::NodeId{2}}, {flow::NodeId{2}, "served", flow::NodeId{3}}};
    store::FlowRow row;
    row.flow = model::FlowId{1};
    row.instance = kInstance;
    row.version = 1;
    row.published = true;
    row.json = flow::toJson(graph);
    all.versions = {row, menu()};
    all.flows = all.versions;
    model::Channel channel;
    channel.id = model::ChannelId{1};
    channel.instance = kInstance;
    channel.flow = row.flow;
    all.channels = {channel, channel};
    all.channels[1].id = kMenuChannel;
    all.channels[1].flow = model::FlowId{2};
    return all;
}

class Ids final : public desk::IdSource {
public:
    model::SessionId nextSession() override { return model::SessionId{++m_next}; }
    model::CustomerId nextCustomer() override { return model::CustomerId{++m_next}; }
    model::OfferId nextOffer() override { return model::OfferId{++m_next}; }

private:
    std::int64_t m_next = 0;
};

base::Uuid nextUuid() {
    static std::uint64_t number = 0;
    ++number;
    return base::uuidFrom(number * 0x9E3779B97F4A7C15ull, ~number);
}

desk::ConnectionId visitorConnection(int visitor) {
    return 1'000 + static_cast<desk::ConnectionId>(visitor);
}

desk::VisitorAttach arrival(int visitor, model::ChannelId channel = model::ChannelId{1}) {
    desk::VisitorAttach attach;
    attach.origin = {visitorConnection(visitor), 1};
    attach.instance = kInstance;
    attach.channel = channel;
    attach.tokenHash = std::string(56, 'a') + std::to_string(10'000'000 + visitor);
    attach.pageUrl = "https://shop.example/products/" + std::to_string(visitor);
    return attach;
}

desk::VisitorSend line(int visitor) {
    desk::VisitorSend send;
    send.origin = {visitorConnection(visitor), 2};
    send.uuid = nextUuid();
    send.text = "Is this one available in blue, and when could it be here?";
    return send;
}

/// `sessions` open ones, shared by all agents.
struct Shop {
    flowhost::FlowHost flows;
    Ids ids;
    desk::Floor floor{flows, ids, {}};
    base::TimePoint now = base::fromUnixMillis(1'700'000'000'000);

    explicit Shop(int sessions, desk::Recovered recovered = instance()) {
        desk::Turn turn;
        turn.now = now;
        const auto agents = static_cast<int>(recovered.agents.size());
        floor.open(std::move(recovered), turn);
        floor.finish(turn);
        for (int agent = 1; agent <= agents; ++agent) {
            const auto connection = static_cast<desk::ConnectionId>(agent);
            run(desk::AgentAttach{{connection, 1}, kInstance, model::AgentId{agent}, 0, false, ""});
            run(desk::SetStatus{{connection, 1}, model::AgentStatus::Idle});
        }
        for (int visitor = 0; visitor < sessions; ++visitor) {
            run(arrival(visitor));
            const desk::Turn started = run(desk::VisitorStart{{visitorConnection(visitor), 1}});
            for (const desk::Effect& effect : started.durable)
                if (const auto* told = std::get_if<desk::AgentEvent>(&effect); told != nullptr && told->offer)
                    run(desk::AnswerOffer{{static_cast<desk::ConnectionId>(told->agent.value), 1}, told->offer->offer});
        }
    }
    desk::Turn run(desk::Command command) {
        desk::Turn turn;
        turn.now = now;
        floor.advance(turn);
        floor.handle(std::move(command), turn);
        floor.finish(turn);
        return turn;
    }
};

void messages(benchmark::State& state) {
    const int sessions = static_cast<int>(state.range(0));
    Shop shop(sessions);
    int visitor = 0;
    for (auto _ : state) {
        desk::Turn turn;
        turn.now = shop.now += base::Millis{1};
        shop.floor.advance(turn);
        for (int i = 0; i < 100; ++i)
            shop.floor.handle(line(visitor = (visitor + 7) % sessions), turn);
        shop.floor.finish(turn);
        benchmark::DoNotOptimize(turn.durable.data());
    }
    state.SetItemsProcessed(state.iterations() * 100);
}
BENCHMARK(messages)->Arg(1'000)->Arg(10'000);

void memoryPerSession(benchmark::State& state) {
    constexpr int kSessions = 10'000;
    Shop shop(kSessions);
    for (int visitor = 0; visitor < kSessions; ++visitor)
        for (int i = 0; i < 20; ++i)
            shop.run(line(visitor));
    for (auto _ : state)
        benchmark::DoNotOptimize(shop.floor.figures());
    state.counters["bytes_per_session_with_20_messages"] =
        static_cast<double>(shop.floor.centre(kInstance)->memory()) / kSessions;
}
BENCHMARK(memoryPerSession)->Iterations(1);

/// Of the whole process, in bytes.
double residentMemory() {
    std::ifstream statm("/proc/self/statm");
    double pages = 0, resident = 0;
    statm >> pages >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

/// 100,000 visitors at a menu: greeted, asked, a wrong answer, asked again. Everything counts that the process needs
/// more than before.
void memoryOfFlowSessions(benchmark::State& state) {
    constexpr int kSessions = 100'000;
    Shop shop(0);
    const double before = residentMemory();
    for (int visitor = 0; visitor < kSessions; ++visitor) {
        shop.run(arrival(visitor, kMenuChannel));
        shop.run(line(visitor));
        shop.run(line(visitor));
    }
    const double after = residentMemory();
    for (auto _ : state)
        benchmark::DoNotOptimize(shop.floor.figures());
    if (shop.floor.figures().openSessions != kSessions)
        state.SkipWithError("not all of them are there");
    state.counters["process_megabytes"] = (after - before) / 1e6;
    state.counters["desk_megabytes"] = static_cast<double>(shop.floor.centre(kInstance)->memory()) / 1e6;
}
BENCHMARK(memoryOfFlowSessions)->Iterations(1);

/// Whole lives: arrive, start, be answered, two messages, end, complete, go.
void sessions(benchmark::State& state) {
    Shop shop(0);
    int visitor = 0;
    for (auto _ : state) {
        ++visitor;
        shop.now += base::Millis{1};
        shop.run(arrival(visitor));
        const desk::Turn started = shop.run(desk::VisitorStart{{visitorConnection(visitor), 1}});
        desk::ConnectionId agent = 0;
        model::SessionId session;
        for (const desk::Effect& effect : started.durable) {
            const auto* told = std::get_if<desk::AgentEvent>(&effect);
            if (told == nullptr || !told->offer)
                continue;
            agent = static_cast<desk::ConnectionId>(told->agent.value);
            session = told->offer->session.session.id;
            shop.run(desk::AnswerOffer{{agent, 1}, told->offer->offer});
        }
        shop.run(line(visitor));
        shop.run(line(visitor));
        shop.run(desk::EndSession{{agent, 1}, session});
        shop.run(desk::CompleteSession{{agent, 1}, session, {}});
        shop.run(desk::VisitorDetach{visitorConnection(visitor)});
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(sessions);

/// A queue of 10,000 that moves: everybody's position changes, once a second.
void positions(benchmark::State& state) {
    Shop shop(0);
    shop.run(desk::Tick{});
    constexpr int kQueue = 10'000;
    for (int agent = 1; agent < kAgents; ++agent)
        shop.run(desk::SetStatus{{static_cast<desk::ConnectionId>(agent), 1}, model::AgentStatus::Offline});
    for (int visitor = 0; visitor < kQueue; ++visitor) {
        shop.run(arrival(visitor));
        shop.run(desk::VisitorStart{{visitorConnection(visitor), 1}});
    }
    int visitor = 0;
    for (auto _ : state) {
        shop.run(desk::VisitorLeave{{visitorConnection(visitor++ % kQueue), 1}});
        shop.now += base::Millis{1'000};
        desk::Turn turn;
        turn.now = shop.now;
        shop.floor.advance(turn);
        benchmark::DoNotOptimize(turn.durable.data());
    }
}
BENCHMARK(positions)->Iterations(20)->Unit(benchmark::kMillisecond);

/// A shop of 1,000 agents with 60,000 sessions of today in 20 groups behind it.
desk::Recovered largeShop() {
    constexpr int kSessions = 60'000;
    constexpr int kGroups = 20;
    desk::Recovered all = instance(1'000);
    for (int i = 2; i <= kGroups; ++i)
        all.groups.push_back({model::GroupId{i}, kInstance, model::Mode::Chat, "Group " + std::to_string(i), 3});
    const base::TimePoint now = base::fromUnixMillis(1'700'000'000'000);
    const base::TimePoint midnight = base::TimeZone().startOfDay(now);
    for (int i = 0; i < kSessions; ++i) {
        store::SessionTimes one;
        one.channel = model::ChannelId{1 + i % 2};
        one.group = model::GroupId{1 + i % kGroups};
        one.queuedAt = midnight + (now - midnight) * i / kSessions;
        one.answeredAt = one.queuedAt + base::Seconds(i % 60);
        one.endedAt = one.completedAt = one.answeredAt + base::Seconds(200);
        all.completed.push_back(one);
    }
    return all;
}

/// Putting the overview together, as once a second while an admin watches.
void overview(benchmark::State& state) {
    Shop shop(0, largeShop());
    for (auto _ : state)
        benchmark::DoNotOptimize(shop.floor.centre(kInstance)->overview());
}
BENCHMARK(overview)->Unit(benchmark::kMicrosecond);

/// One second in which 1,000 agents change their status, with nobody or an admin watching.
void statusChanges(benchmark::State& state) {
    Shop shop(0, largeShop());
    if (state.range(0) != 0)
        shop.run(desk::WatchOverview{{1, 1}, true});
    int round = 0;
    std::int64_t frames = 0;
    for (auto _ : state) {
        const auto status = ++round % 2 == 0 ? model::AgentStatus::Idle : model::AgentStatus::Break;
        for (int agent = 1; agent <= 1'000; ++agent) {
            shop.now += base::Millis{1};
            const desk::Turn turn = shop.run(desk::SetStatus{{static_cast<desk::ConnectionId>(agent), 2}, status});
            frames += std::count_if(turn.transient.begin(), turn.transient.end(), [](const desk::Effect& effect) {
                return std::holds_alternative<desk::OverviewEffect>(effect);
            });
        }
    }
    state.SetItemsProcessed(state.iterations() * 1'000);
    state.counters["overview_frames_per_second"] =
        static_cast<double>(frames) / static_cast<double>(state.iterations());
}
BENCHMARK(statusChanges)->Arg(0)->Arg(1)->ArgName("watched")->Unit(benchmark::kMillisecond);

/// Through the thread and its queue, with a writer that is always done.
class NoStorage final : public desk::Storage {
public:
    bool submit(std::uint64_t, store::Batch, store::Writer::Done done) override {
        done({});
        return true;
    }
    base::Result<std::vector<model::InstanceId>> instances() override { return std::vector{kInstance}; }
    base::Result<desk::Recovered> load(model::InstanceId) override { return instance(); }
    base::Result<std::int64_t> reserveIds(store::IdKind, std::int64_t count) override {
        return m_next.fetch_add(count);
    }

private:
    std::atomic<std::int64_t> m_next{1};
};

class CountingSink final : public desk::EffectSink {
public:
    void deliver(desk::Effects effects) override {
        const auto replies = std::count_if(effects.begin(), effects.end(), [](const desk::Effect& effect) {
            return std::holds_alternative<desk::Reply>(effect);
        });
        const std::lock_guard lock(m_mutex);
        m_replies += replies;
        m_changed.notify_all();
    }
    void wait(std::int64_t replies) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_replies >= replies; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::int64_t m_replies = 0;
};

void throughTheThread(benchmark::State& state) {
    NoStorage storage;
    CountingSink sink;
    flowhost::FlowHost flows;
    base::SystemClock clock;
    desk::Desk desk(storage, sink, flows, clock, {});
    if (!desk.start())
        state.SkipWithError("did not start");
    constexpr int kVisitors = 1'000;
    std::int64_t asked = 0;
    for (int agent = 1; agent <= kAgents; ++agent) {
        const auto connection = static_cast<desk::ConnectionId>(agent);
        desk.post(desk::AgentAttach{{connection, 1}, kInstance, model::AgentId{agent}, 0, false, ""});
        desk.post(desk::SetStatus{{connection, 1}, model::AgentStatus::Idle});
        asked += 2;
    }
    for (int visitor = 0; visitor < kVisitors; ++visitor) {
        desk.post(arrival(visitor));
        desk.post(desk::VisitorStart{{visitorConnection(visitor), 1}});
        asked += 2;
    }
    sink.wait(asked);
    for (auto _ : state) {
        for (int i = 0; i < 1'000; ++i)
            desk.post(line(i));
        sink.wait(asked += 1'000);
    }
    state.SetItemsProcessed(state.iterations() * 1'000);
    desk.stop();
}
BENCHMARK(throughTheThread)->UseRealTime();

} // namespace

BENCHMARK_MAIN();
