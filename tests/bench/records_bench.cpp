#include "server/jobs/retention.h"
#include "server/search/finder.h"
#include "server/store/connection_p.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"
#include "shared/base/random.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <unistd.h>

/// Service records and search on a large file: pages, searches, filling the index, and what writers notice of the
/// indexes and of retention. On SQLite, on the disk of the temporary folder (TMPDIR). CLOUDBELL_BENCH_MESSAGES (default
/// 200,000) says how many messages, four to a session; CLOUDBELL_BENCH_FOLDER keeps the files there for the next run.
namespace {

using namespace cb;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr model::InstanceId kInstance{model::kFirstInstance};
constexpr int kAgents = 200;
constexpr int kGroups = 20;
constexpr std::int64_t kStart = 1'700'000'000'000;
constexpr std::int64_t kApart = 30'000; ///< ms between two sessions

double millisSince(Clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

template <class T>
T wanted(base::Result<T> result) {
    if (result)
        return std::move(*result);
    fmt::print("failed: {} {}\n", result.error().code, result.error().detail);
    std::exit(1);
}
void wanted(const base::Result<void>& result) {
    if (result)
        return;
    fmt::print("failed: {} {}\n", result.error().code, result.error().detail);
    std::exit(1);
}

std::string utf8(char32_t c) {
    return {static_cast<char>(0xE0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 63)),
            static_cast<char>(0x80 | (c & 63))};
}

/// The n-th word of a made-up language: the first ones are said most.
std::string word(std::uint64_t n) {
    if (n % 10 == 9)
        return " word" + std::to_string(n) + ' ';
    return utf8(0x4E00 + static_cast<char32_t>(n * 7 % 3'000)) + utf8(0x4E00 + static_cast<char32_t>(n * 13 % 2'500));
}

std::string sentence(base::Random& random) {
    constexpr double kWords = 20'000;
    std::string text;
    for (std::uint64_t i = 4 + random.below(9); i > 0; --i) { // Zipf, about
        const double u = static_cast<double>(random.below(1'000'000) + 1) / 1'000'001;
        text += word(static_cast<std::uint64_t>(std::pow(kWords, u)) - 1);
        if (random.oneIn(4))
            text += "，";
    }
    return text;
}

store::Batch directory() {
    store::Batch batch;
    model::Instance instance;
    instance.id = kInstance;
    instance.settings.retentionDays = 3'650;
    batch.instances.push_back(instance);
    for (std::int64_t id = 1; id <= kGroups; ++id) {
        model::Group group;
        group.id = model::GroupId(id);
        group.instance = kInstance;
        group.name = "group " + std::to_string(id);
        batch.groups.push_back(group);
    }
    model::Channel channel;
    channel.id = model::ChannelId(1);
    channel.instance = kInstance;
    batch.channels.push_back(channel);
    return batch;
}

model::Session session(std::int64_t id, base::Random& random) {
    model::Session row;
    row.id = model::SessionId(id);
    row.instance = kInstance;
    row.mode = random.oneIn(20) ? model::Mode::AllMedia : model::Mode::Chat;
    row.channel = model::ChannelId(1);
    row.customer = model::CustomerId(1 + (id - 1) / 3);
    row.group = model::GroupId(static_cast<std::int64_t>(1 + random.below(kGroups)));
    row.agent = model::AgentId(random.oneIn(10) ? 0 : static_cast<std::int64_t>(1 + random.below(kAgents)));
    row.lastAgent = model::AgentId(random.oneIn(20) ? static_cast<std::int64_t>(1 + random.below(kAgents)) : 0);
    row.state = model::SessionState::Completed;
    row.endReason = random.oneIn(1'000) ? model::EndReason::Failed : model::EndReason::AgentEnded;
    row.startedAt = base::fromUnixMillis(kStart + id * kApart);
    row.answeredAt = row.agent ? row.startedAt + base::Millis(20'000) : base::TimePoint{};
    row.endedAt = row.completedAt = row.startedAt + base::Millis(600'000);
    row.flowPath = "Greeting › Menu › Sales";
    return row;
}

model::Event message(model::Seq seq, std::int64_t session, std::string text, base::Random& random) {
    model::Event event;
    event.instance = kInstance;
    event.seq = seq;
    event.at = base::fromUnixMillis(kStart + session * kApart);
    event.session = model::SessionId(session);
    const std::uint64_t high = random.next();
    event.message.uuid = base::uuidFrom(high, random.next());
    event.message.text = std::move(text);
    return event;
}

void makeFile(const store::DatabaseOptions& options, std::int64_t messages) {
    auto fast = options;
    fast.durability = store::Durability::Unsafe; // only to make the file
    auto database = wanted(store::Database::open(fast));
    store::Writer writer(*database, 64);
    base::Random random(1);
    (void)writer.submit(1, directory(), {});
    model::Seq seq = 0;
    for (std::int64_t id = 1; seq < messages;) {
        store::Batch batch;
        for (int i = 0; i < 1'000; ++i, ++id) {
            if (id % 3 == 1) {
                model::Customer customer;
                customer.id = model::CustomerId(1 + (id - 1) / 3);
                customer.instance = kInstance;
                customer.channel = model::ChannelId(1);
                customer.name = random.oneIn(3) ? word(random.below(20'000)) : "Visitor " + std::to_string(id);
                batch.customers.push_back(customer);
            }
            batch.sessions.push_back(session(id, random));
            for (int m = 0; m < 4; ++m) {
                std::string text = m == 0 ? "您好，请问有什么可以帮您？" : sentence(random); // everybody is greeted
                if (m == 2 && id % 50'000 == 7)
                    text += "麒麟 zanzibar";
                batch.events.push_back(message(++seq, id, std::move(text), random));
            }
        }
        while (!writer.submit(1, std::move(batch), {}))
            writer.flush();
        if (id % 10'000 == 1)
            writer.flush();
    }
    writer.flush();
    if (writer.stats().failedCommits != 0)
        std::exit(1);
}

void percentiles(const std::string& what, std::vector<double> times, const std::string& more = {}) {
    std::sort(times.begin(), times.end());
    const auto at = [&](double part) {
        return times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))];
    };
    fmt::print("| {} | {:.1f} | {:.1f} | {:.1f} | {} |\n", what, at(0.5), at(0.99), times.back(), more);
    std::fflush(stdout);
}

class Bench {
public:
    Bench(store::DatabaseOptions options, std::int64_t sessions)
        : m_options(std::move(options))
        , m_sessions(sessions)
        , m_database(wanted(store::Database::open(m_options)))
        , m_writer(std::make_unique<store::Writer>(*m_database, 4'096))
        , m_index(wanted(store::SearchIndex::open(m_options))) {}

    void fill() {
        search::Indexer indexer(*m_database, *m_writer, *m_index);
        const auto begin = Clock::now();
        const std::clock_t cpu = std::clock();
        while (wanted(indexer.step())) {
        }
        const double seconds = millisSince(begin) / 1'000;
        const double used = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
        fmt::print("index: {:.1f} s ({:.1f} s of processor), {:.0f} messages/s, {:.1f} MB, database {:.1f} MB\n",
                   seconds, used, static_cast<double>(m_sessions * 4) / seconds,
                   static_cast<double>(m_index->bytes()) / 1e6,
                   static_cast<double>(fs::file_size(m_options.where)) / 1e6);
    }

    void pages() {
        fmt::print("\n| page of 50 | p50 ms | p99 ms | max ms | found |\n|---|---|---|---|---|\n");
        page("newest", [](auto&) {});
        page(
            "anywhere", [](auto&) {}, true);
        page(
            "one agent", [&](auto& q) { q.filter.agent = anyAgent(); }, true);
        page(
            "one group", [&](auto& q) { q.filter.group = anyGroup(); }, true);
        page("an hour", [&](auto& q) {
            q.filter.from = base::fromUnixMillis(kStart + anySession() * kApart);
            q.filter.to = q.filter.from + std::chrono::hours(1);
        });
        page("agent, all-media, answered", [&](auto& q) {
            q.filter.agent = anyAgent();
            q.filter.mode = model::Mode::AllMedia;
            q.filter.answered = true;
        });
        page(
            "end reason of 1 in 1,000", [](auto& q) { q.filter.endReason = model::EndReason::Failed; }, true);
        page("mode nobody has", [](auto& q) { q.filter.mode = model::Mode::Phone; });
        page("customer's name, rare", [&](auto& q) { q.customer = pieces(word(5'000 + m_random.below(5'000))); });
        page(
            "customer's name, common", [&](auto& q) { q.customer = pieces("visitor"); }, true);
        page("Chinese word, 20 sessions", [](auto& q) { q.text = pieces("麒麟"); });
        page("Chinese word, rare", [&](auto& q) { q.text = pieces(word(10'000 + m_random.below(900) * 10)); });
        page(
            "Chinese word, common", [&](auto& q) { q.text = pieces(word(1 + m_random.below(8))); }, true);
        page(
            "Chinese word, in every session", [](auto& q) { q.text = pieces("您好"); }, true);
        page(
            "one character, common", [&](auto& q) { q.text = pieces("一"); }, true);
        page("Latin word, rare",
             [&](auto& q) { q.text = pieces("word" + std::to_string(9 + 10 * (500 + m_random.below(400)))); });
        page(
            "Latin word, common", [&](auto& q) { q.text = pieces("word9"); }, true);
        page(
            "two common words", [&](auto& q) { q.text = pieces("您好 " + word(1) + ' ' + word(2)); }, true);
        page("common word, one agent", [&](auto& q) {
            q.text = pieces("您好");
            q.filter.agent = anyAgent();
        });
        page("common word, rare end reason", [&](auto& q) {
            q.text = pieces("您好");
            q.filter.endReason = model::EndReason::Failed;
        });
        page("common words of no session", [&](auto& q) { q.text = pieces("您好 麒麟 word19 word29 word39"); });
        counts();
    }

    /// Tells how long one message after another takes, alone and beside retention.
    void retention() {
        fmt::print("\n| one message, committed | p50 ms | p99 ms | max ms | count |\n|---|---|---|---|---|\n");
        messages("alone", 10'000);
        auto batch = directory();
        batch.instances[0].settings.retentionDays = 1;
        batch.groups.clear();
        batch.channels.clear();
        wanted(store::runJob(*m_writer, [&](store::Tables& tables) { return tables.put(batch.instances[0]); }));
        base::SystemClock clock;
        media::AttachmentStore attachments(m_options.where + ".files", *m_database, *m_writer, clock);
        search::Indexer indexer(*m_database, *m_writer, *m_index);
        jobs::Erasure erasure(*m_database, *m_writer, attachments, *m_index, indexer);
        const auto before = wanted(m_database->reader()).records().oldest();
        jobs::Retention retention(*m_database, *m_writer, *m_index, attachments, erasure, clock,
                                  [](desk::Command) { return false; }, {base::Millis(0)});
        retention.start();
        const auto begin = Clock::now();
        messages("beside retention", 10'000);
        const double seconds = millisSince(begin) / 1'000;
        retention.stop();
        const auto after = wanted(m_database->reader()).records().oldest();
        fmt::print("\nretention removed {:.0f} sessions/s\n",
                   static_cast<double>(wanted(after).value - wanted(before).value) / seconds);
    }

private:
    static search::Pieces pieces(const std::string& text) { return wanted(search::parseQuery(text, "text")); }
    model::AgentId anyAgent() { return model::AgentId(static_cast<std::int64_t>(1 + m_random.below(kAgents))); }
    model::GroupId anyGroup() { return model::GroupId(static_cast<std::int64_t>(1 + m_random.below(kGroups))); }
    std::int64_t anySession() {
        return static_cast<std::int64_t>(1 + m_random.below(static_cast<std::uint64_t>(m_sessions)));
    }

    void page(const std::string& what, const std::function<void(search::RecordQuery&)>& ask, bool anywhere = false) {
        std::vector<double> times;
        std::size_t found = 0;
        int more = 0;
        for (int i = 0; i < 200; ++i) {
            search::RecordQuery query;
            query.filter.instance = kInstance;
            ask(query);
            const model::SessionId before(anywhere ? anySession() : 0);
            const auto begin = Clock::now();
            auto reader = wanted(m_database->reader());
            const auto page = wanted(search::findRecords(reader, *m_index, query, before, 50));
            times.push_back(millisSince(begin));
            found += page.rows.size();
            more += page.next && page.rows.size() < 50 ? 1 : 0;
        }
        percentiles(what, times,
                    fmt::format("{:.1f}{}", static_cast<double>(found) / 200,
                                more > 0 ? fmt::format(", {} short with more", more) : ""));
    }

    void counts() {
        const auto count = [&](const std::string& what, const std::function<void(store::RecordFilter&)>& ask) {
            std::vector<double> times;
            store::RecordCount last;
            for (int i = 0; i < 100; ++i) {
                store::RecordFilter filter;
                filter.instance = kInstance;
                ask(filter);
                const auto begin = Clock::now();
                last = wanted(wanted(m_database->reader()).records().count(filter, 10'000));
                times.push_back(millisSince(begin));
            }
            percentiles("count: " + what, times, fmt::format("{}{}", last.count, last.more ? "+" : ""));
        };
        count("all", [](auto&) {});
        count("one agent", [&](auto& f) { f.agent = anyAgent(); });
        count("rare end reason", [](auto& f) { f.endReason = model::EndReason::Failed; });
        count("all-media", [](auto& f) { f.mode = model::Mode::AllMedia; });
    }

    void messages(const std::string& what, int count) {
        std::vector<double> times;
        auto seq = wanted(wanted(m_database->reader()).events().newestSeq(kInstance));
        for (int i = 0; i < count; ++i) {
            store::Batch batch;
            const std::int64_t id = m_sessions - 1'000 + static_cast<std::int64_t>(m_random.below(1'000));
            batch.events.push_back(message(++seq, id, sentence(m_random), m_random));
            batch.marks.push_back({model::SessionId(id), seq, 0, 0, seq, 0});
            const auto begin = Clock::now();
            (void)m_writer->submit(1, std::move(batch), {});
            m_writer->flush();
            times.push_back(millisSince(begin));
        }
        percentiles(what, times, std::to_string(count));
    }

    const store::DatabaseOptions m_options;
    const std::int64_t m_sessions;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<store::Writer> m_writer;
    std::unique_ptr<store::SearchIndex> m_index;
    base::Random m_random{7};
};

/// What the indexes cost whoever writes: messages with their marks, and whole rows of sessions.
void indexCost(const fs::path& folder) {
    fmt::print("\n| processor us each | messages | session rows |\n|---|---|---|\n");
    constexpr const char* kIndexes[] = {"session_instance", "session_agent", "session_last_agent", "session_group"};
    const auto measure = [&](const std::string& what, std::size_t dropped) {
        store::DatabaseOptions options;
        options.where = (folder / "cost.db").string();
        for (const char* suffix : {"", "-wal", "-shm"})
            fs::remove(options.where + suffix);
        auto database = wanted(store::Database::open(options));
        {
            store::Connection connection(options, store::Connection::Use::Write);
            for (std::size_t i = 0; i < dropped; ++i)
                connection.run(std::string("DROP INDEX ") + kIndexes[std::size(kIndexes) - 1 - i]);
        }
        store::Writer writer(*database, 4'096);
        base::Random random(1);
        auto batch = directory();
        for (std::int64_t id = 1; id <= 100'000; ++id) {
            if (id % 3 == 1) {
                model::Customer customer;
                customer.id = model::CustomerId(1 + (id - 1) / 3);
                customer.instance = kInstance;
                customer.channel = model::ChannelId(1);
                batch.customers.push_back(customer);
            }
            batch.sessions.push_back(session(id, random));
        }
        (void)writer.submit(1, std::move(batch), {});
        writer.flush();
        model::Seq seq = 0;
        const auto run = [&](int count, const std::function<store::Batch()>& next) {
            const std::clock_t began = std::clock();
            for (int i = 0; i < count; ++i) {
                auto turn = next();
                while (!writer.submit(1, turn, {}))
                    writer.flush();
            }
            writer.flush();
            return static_cast<double>(std::clock() - began) * 1e6 / CLOCKS_PER_SEC / count;
        };
        const auto any = [&] { return 99'000 + static_cast<std::int64_t>(random.below(1'000)); };
        const double messages = run(100'000, [&] {
            store::Batch turn;
            const auto id = any();
            turn.events.push_back(message(++seq, id, std::string(60, 'x'), random));
            turn.marks.push_back({model::SessionId(id), seq, 0, 0, seq, 0});
            return turn;
        });
        const double rows = run(100'000, [&] {
            store::Batch turn;
            turn.sessions.push_back(session(any(), random));
            return turn;
        });
        fmt::print("| {} | {:.1f} | {:.1f} |\n", what, messages, rows);
        std::fflush(stdout);
    };
    for (int round = 0; round < 2; ++round) {
        measure("without the four", 4);
        measure("with instance", 3);
        measure("and agent", 2);
        measure("and last agent", 1);
        measure("and group", 0);
    }
}

} // namespace

int main() {
    const char* count = std::getenv("CLOUDBELL_BENCH_MESSAGES");
    const std::int64_t messages = count != nullptr ? std::atoll(count) : 200'000;
    const char* kept = std::getenv("CLOUDBELL_BENCH_FOLDER");
    std::string folder = kept != nullptr ? kept : (fs::temp_directory_path() / "cloudbell-bench-XXXXXX").string();
    if (kept == nullptr)
        folder = mkdtemp(folder.data());
    store::DatabaseOptions options;
    options.where = folder + "/data.db";
    if (!fs::exists(options.where)) {
        const auto begin = Clock::now();
        makeFile(options, messages);
        fmt::print("{} messages in {} sessions, made in {:.1f} s\n", messages, messages / 4,
                   millisSince(begin) / 1'000);
        std::fflush(stdout);
    }
    {
        Bench bench(options, messages / 4);
        bench.fill();
        bench.pages();
        bench.retention();
    }
    indexCost(folder);
    if (kept == nullptr)
        fs::remove_all(folder);
    return 0;
}
