// How long one decision takes: 10,000 agents in 100 groups, 50,000 sessions waiting (more load than any one instance
// has). Prints p50, p99, p99.9 and max per kind of event, without what the clock costs. The limit to keep: p99 ≤ 5 µs.
// The machine's own pauses show in the max.
#include "shared/base/random.h"
#include "shared/routing/router.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

namespace {

using namespace cb::routing;
namespace base = cb::base;
namespace model = cb::model;
using model::Mode;

constexpr int kAgents = 10'000;
constexpr int kGroups = 100;
constexpr int kWaiting = 50'000;

Mode modeOf(int group) {
    return group % 10 == 0 ? Mode::Phone : group % 10 == 5 ? Mode::AllMedia : Mode::Chat;
}

double cpuMicros() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_nsec) / 1e3;
}

/// Looking at the clock is a call into the kernel, half a microsecond that is not the router's.
double clockCost() {
    std::vector<double> costs(10'000);
    for (double& cost : costs) {
        const double start = cpuMicros();
        cost = cpuMicros() - start;
    }
    std::nth_element(costs.begin(), costs.begin() + 5'000, costs.end());
    return costs[5'000];
}

const double kClock = clockCost();

/// A running instance: every agent online with chats, queues full, then traffic that keeps them so.
class Load {
public:
    explicit Load(bool blending)
        : m_router({.phoneRecoverySeconds = 5, .blending = blending}) {
        m_router.reserve(kWaiting + kAgents * 5);
        for (int g = 1; g <= kGroups; ++g)
            send(event::GroupAdded{groupOf(g)});
        for (int a = 1; a <= kAgents; ++a) {
            std::vector<model::GroupId> groups;
            for (int i = 0; i < 3; ++i)
                groups.push_back(model::GroupId{pick(kGroups)});
            send(event::AgentAdded{model::AgentId{a}, groups});
            send(event::AgentOnline{model::AgentId{a}});
        }
    }

    /// Everybody works, then the queues grow.
    void fill() {
        while (waiting() < kWaiting) {
            for (int i = 0; i < 100; ++i)
                enqueue();
            answerAll();
        }
    }

    void enqueue() {
        event::SessionEnqueue e;
        e.session = model::SessionId{++m_sessions};
        const int g = static_cast<int>(pick(kGroups));
        e.group = model::GroupId{g};
        e.mode = modeOf(g);
        e.lastAgent = model::AgentId{pick(kAgents)};
        e.longestWait = base::Seconds{3600};
        timed(kEnqueue, e);
    }

    /// Ends and completes a random open session, whose agent then takes the next, and answers it.
    void serveOne() {
        if (m_open.empty())
            return;
        const std::size_t at = static_cast<std::size_t>(m_random.below(m_open.size()));
        const auto [agent, session] = m_open[at];
        m_open[at] = m_open.back();
        m_open.pop_back();
        timed(kEnd, event::AgentEndedSession{agent, session});
        timed(kComplete, event::SessionCompleted{agent, session});
        answerAll();
    }

    void answerAll() {
        while (!m_ringing.empty()) {
            const auto [agent, offer, session] = m_ringing.back();
            m_ringing.pop_back();
            if (m_random.oneIn(10)) {
                timed(kDecline, event::Decline{agent, offer});
                continue;
            }
            m_open.push_back({agent, session});
            timed(kAnswer, event::Answer{agent, offer});
        }
    }

    void cancelOne() {
        const model::SessionId session{
            1 + static_cast<std::int64_t>(m_random.below(static_cast<std::uint64_t>(m_sessions)))};
        if (m_router.position(session))
            timed(kCancel, event::SessionCancelled{session});
    }

    void tick() { timed(kTick, event::Tick{}); }

    void positionOne() {
        const model::SessionId session{
            1 + static_cast<std::int64_t>(m_random.below(static_cast<std::uint64_t>(m_sessions)))};
        const double start = cpuMicros();
        benchmark::DoNotOptimize(m_router.position(session));
        note(kPosition, start);
    }

    void traffic() {
        m_now += base::Millis{1};
        while (waiting() < kWaiting)
            enqueue();
        answerAll();
        serveOne();
        cancelOne();
        positionOne();
        tick();
    }

    int waiting() const {
        int sum = 0;
        for (int g = 1; g <= kGroups; ++g)
            sum += m_router.waiting(model::GroupId{g});
        return sum;
    }
    void forgetTimes() {
        for (auto& times : m_times)
            times.clear();
    }
    void report(benchmark::State& state) {
        for (int k = 0; k < kKinds; ++k) {
            std::vector<double>& t = m_times[k];
            if (t.empty())
                continue;
            std::sort(t.begin(), t.end());
            const auto quantile = [&](double q) {
                return t[static_cast<std::size_t>(q * static_cast<double>(t.size() - 1))];
            };
            std::printf("  %-10s %8zu times   p50 %6.2f   p99 %6.2f   p99.9 %6.2f   max %8.2f µs\n", kNames[k],
                        t.size(), quantile(0.5), quantile(0.99), quantile(0.999), t.back());
            state.counters[std::string(kNames[k]) + "_p99_us"] = quantile(0.99);
        }
    }

private:
    enum Kind { kEnqueue, kAnswer, kDecline, kEnd, kComplete, kCancel, kTick, kPosition, kKinds };
    static constexpr const char* kNames[kKinds] = {"enqueue",  "answer", "decline", "end",
                                                   "complete", "cancel", "tick",    "position"};

    struct Ring {
        model::AgentId agent;
        model::OfferId offer;
        model::SessionId session;
    };
    struct Open {
        model::AgentId agent;
        model::SessionId session;
    };

    static model::Group groupOf(int id) {
        model::Group g;
        g.id = model::GroupId{id};
        g.mode = modeOf(id);
        g.limit = 3;
        return g;
    }
    std::int64_t pick(int count) {
        return 1 + static_cast<std::int64_t>(m_random.below(static_cast<std::uint64_t>(count)));
    }

    void send(const Event& event) {
        m_out.clear();
        m_router.apply(event, m_now, m_out);
        listen();
    }
    void timed(Kind kind, const Event& event) {
        m_out.clear();
        const double start = cpuMicros();
        m_router.apply(event, m_now, m_out);
        note(kind, start);
        listen();
    }
    void note(Kind kind, double start) { m_times[kind].push_back(std::max(0.0, cpuMicros() - start - kClock)); }
    void listen() {
        for (const Decision& d : m_out)
            if (const auto* o = std::get_if<decision::Offered>(&d))
                m_ringing.push_back({o->offer.agent, o->offer.id, o->offer.session});
    }

    Router m_router;
    base::Random m_random{42};
    TimePoint m_now = base::fromUnixMillis(1'700'000'000'000);
    Decisions m_out;
    std::int64_t m_sessions = 0;
    std::vector<Ring> m_ringing;
    std::vector<Open> m_open;
    std::vector<double> m_times[kKinds];
};

void traffic(benchmark::State& state) {
    Load load(state.range(0) != 0);
    load.fill();
    load.forgetTimes();
    for (auto _ : state)
        load.traffic();
    std::printf("blending %s, %d waiting\n", state.range(0) != 0 ? "on" : "off", load.waiting());
    load.report(state);
}

} // namespace

BENCHMARK(traffic)->Arg(1)->Arg(0)->Iterations(100'000)->Unit(benchmark::kMicrosecond);
BENCHMARK_MAIN();
