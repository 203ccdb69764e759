#include "server/store/database.h"
#include "server/store/writer.h"
#include "shared/base/random.h"

#include <benchmark/benchmark.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

/// The store on SQLite, on the disk of the temporary folder (TMPDIR): messages through the Writer, opening a large
/// file. CLOUDBELL_BENCH_MESSAGES (default 200,000) is how many messages that file has.
namespace {

using namespace cb;
namespace fs = std::filesystem;

constexpr model::InstanceId kInstance{model::kFirstInstance};
constexpr int kSessions = 1'000;

class Folder {
public:
    Folder() {
        std::string pattern = (fs::temp_directory_path() / "cloudbell-bench-XXXXXX").string();
        m_path = mkdtemp(pattern.data());
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    store::DatabaseOptions options() const {
        store::DatabaseOptions options;
        options.where = (m_path / "data.db").string();
        return options;
    }

private:
    fs::path m_path;
};

std::unique_ptr<store::Database> opened(const store::DatabaseOptions& options) {
    auto database = store::Database::open(options);
    return database ? std::move(*database) : nullptr;
}

store::Batch callCentre() {
    store::Batch batch;
    model::Instance instance;
    instance.id = kInstance;
    batch.instances.push_back(instance);
    model::Channel channel;
    channel.id = model::ChannelId(1);
    channel.instance = kInstance;
    batch.channels.push_back(channel);
    model::Customer customer;
    customer.id = model::CustomerId(1);
    customer.instance = kInstance;
    customer.channel = channel.id;
    batch.customers.push_back(customer);
    for (std::int64_t id = 1; id <= kSessions; ++id) {
        model::Session session;
        session.id = model::SessionId(id);
        session.instance = kInstance;
        session.channel = channel.id;
        session.customer = customer.id;
        session.state = id <= kSessions / 2 ? model::SessionState::Completed : model::SessionState::Open;
        session.flowState = std::string(300, 's');
        batch.sessions.push_back(session);
    }
    return batch;
}

/// One message and the marks it moves: what a turn of the desk mostly is.
store::Batch turn(model::Seq seq, base::Random& random) {
    static const std::string text(60, 'x');
    store::Batch batch;
    model::Event event;
    event.instance = kInstance;
    event.seq = seq;
    event.at = base::fromUnixMillis(1'700'000'000'000 + seq);
    event.session = model::SessionId(1 + static_cast<std::int64_t>(random.below(kSessions)));
    const std::uint64_t high = random.next();
    event.message.uuid = base::uuidFrom(high, random.next());
    event.message.text = text;
    batch.events.push_back(event);
    batch.marks.push_back({event.session, seq, 0, 0, seq, 0});
    return batch;
}

/// Submits `count` turns as fast as they are taken.
void writeTurns(store::Writer& writer, model::Seq& seq, std::int64_t count, base::Random& random) {
    for (std::int64_t i = 0; i < count; ++i) {
        ++seq;
        while (!writer.submit(1, turn(seq, random), {}))
            writer.flush();
    }
    writer.flush();
}

void messagesThroughTheWriter(benchmark::State& state) {
    const Folder folder;
    auto database = opened(folder.options());
    base::Random random(1);
    model::Seq seq = 0;
    store::Writer writer(*database, static_cast<std::size_t>(state.range(0)));
    (void)writer.submit(1, callCentre(), {});
    writer.flush();
    const std::clock_t began = std::clock();
    for (auto _ : state)
        writeTurns(writer, seq, 10'000, random);
    const double micros = static_cast<double>(std::clock() - began) * 1e6 / CLOCKS_PER_SEC;
    const auto stats = writer.stats();
    state.SetItemsProcessed(seq);
    state.counters["cpu_us_each"] = micros / static_cast<double>(seq); // of both threads: what a busy machine hides
    state.counters["commits"] = static_cast<double>(stats.commits);
    state.counters["failed"] = static_cast<double>(stats.failedCommits);
    state.counters["per_commit"] = static_cast<double>(seq) / static_cast<double>(stats.commits);
}

/// One turn after another, each told before the next: how long a commit of one message takes.
void latencyOfOneMessage(benchmark::State& state) {
    const Folder folder;
    auto database = opened(folder.options());
    base::Random random(1);
    model::Seq seq = 0;
    store::Writer writer(*database, 16);
    (void)writer.submit(1, callCentre(), {});
    for (auto _ : state)
        writeTurns(writer, seq, 1, random);
}

std::int64_t residentKib() {
    std::ifstream file("/proc/self/statm");
    std::int64_t total = 0;
    std::int64_t resident = 0;
    file >> total >> resident;
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

/// Opening, and what recovery of an instance reads (500 open sessions).
void openLargeFile(benchmark::State& state) {
    const char* wanted = std::getenv("CLOUDBELL_BENCH_MESSAGES");
    const std::int64_t messages = wanted != nullptr ? std::atoll(wanted) : 200'000;
    const Folder folder;
    {
        auto options = folder.options();
        options.durability = store::Durability::Unsafe; // only to make the file
        auto database = opened(options);
        base::Random random(1);
        model::Seq seq = 0;
        store::Writer writer(*database, 4'096);
        (void)writer.submit(1, callCentre(), {});
        writeTurns(writer, seq, messages, random);
    }
    double recoverMillis = 0;
    double grownKib = 0;
    for (auto _ : state) {
        const std::int64_t before = residentKib();
        auto database = opened(folder.options());
        auto reader = database->reader();
        benchmark::DoNotOptimize(reader->events().newestSeq(kInstance));
        state.PauseTiming();
        grownKib = static_cast<double>(residentKib() - before);
        const auto begin = std::chrono::steady_clock::now();
        benchmark::DoNotOptimize(reader->sessions().open(kInstance));
        benchmark::DoNotOptimize(reader->events().digestsOfOpen(kInstance));
        recoverMillis = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
        state.ResumeTiming();
    }
    state.counters["messages"] = static_cast<double>(messages);
    state.counters["recover_ms"] = recoverMillis;
    state.counters["rss_grown_kib"] = grownKib;
}

BENCHMARK(messagesThroughTheWriter)->Arg(512)->Arg(4'096)->Unit(benchmark::kMillisecond)->UseRealTime()->MinTime(4);
BENCHMARK(latencyOfOneMessage)->Unit(benchmark::kMicrosecond)->UseRealTime();
BENCHMARK(openLargeFile)->Unit(benchmark::kMillisecond)->UseRealTime();

} // namespace

BENCHMARK_MAIN();
