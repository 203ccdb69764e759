// The whole server under load: one process, real sockets, the crowd on the same machine. Prints a Markdown table; tests
// nothing.
//   load_bench [--seconds N] [--history N] [--slow-sync MICROS] [--quick]
#include "tests/support/net/bed.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

using namespace cb::test;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

struct Options {
    int seconds = 60;
    int history = 0;
    long slowSync = 0;
    int talking = 1000;
    int idle = 4000;
    int agents = 200;
};

void row(const std::string& name, const std::string& value) {
    fmt::print("| {} | {} |\n", name, value);
    std::fflush(stdout);
}

/// Median and p99 of fdatasync after a 4 KB write in `directory`.
std::string syncLatency(const std::string& directory) {
    const std::string path = directory + "/sync-probe";
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT, 0600);
    std::vector<std::uint32_t> micros;
    char page[4096];
    std::memset(page, 7, sizeof page);
    for (int i = 0; i < 300; ++i) {
        const auto from = Clock::now();
        if (::pwrite(fd, page, sizeof page, (i % 16) * 4096) < 0 || ::fdatasync(fd) != 0)
            break;
        micros.push_back(static_cast<std::uint32_t>(
            std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - from).count()));
    }
    ::close(fd);
    ::unlink(path.c_str());
    return fmt::format("p50 {} µs, p99 {} µs", percentile(micros, 0.5), percentile(micros, 0.99));
}

double cpuSeconds(pid_t pid) {
    std::ifstream stat(fmt::format("/proc/{}/stat", pid));
    std::string word;
    std::getline(stat, word, ')');
    long user = 0;
    long system = 0;
    for (int i = 3; stat >> word; ++i) {
        if (i == 14)
            user = std::stol(word);
        if (i == 15) {
            system = std::stol(word);
            break;
        }
    }
    return static_cast<double>(user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

struct Run {
    double perSecond = 0; ///< acknowledged, both ways
    std::uint32_t p50 = 0;
    std::uint32_t p99 = 0;
    std::uint32_t ackP50 = 0;
    std::uint32_t ackP99 = 0;
    double serverCpu = 0; ///< cores
    bool kept = false;    ///< rate was sustained and nothing is outstanding at the end
};

/// `rate` messages per second in all: half by visitors, each answered by the agent.
Run measure(Bed& bed, Crowd& crowd, double rate, std::chrono::seconds time) {
    Ledger& ledger = crowd.ledger();
    crowd.setRate(rate / 2);
    bed.runFor(2s); // settle in
    ledger.micros.clear();
    ledger.ackMicros.clear();
    const auto before = ledger.acknowledged;
    const double cpuBefore = cpuSeconds(bed.server().pid());
    const auto from = Clock::now();
    bed.runFor(time);
    const double took = std::chrono::duration<double>(Clock::now() - from).count();
    Run run;
    run.perSecond = static_cast<double>(ledger.acknowledged - before) / took;
    run.serverCpu = (cpuSeconds(bed.server().pid()) - cpuBefore) / took;
    run.p50 = percentile(ledger.micros, 0.5);
    run.p99 = percentile(ledger.micros, 0.99);
    run.ackP50 = percentile(ledger.ackMicros, 0.5);
    run.ackP99 = percentile(ledger.ackMicros, 0.99);
    crowd.setRate(0);
    run.kept = bed.runUntil([&] { return crowd.drained(); }, 10s) && run.perSecond > rate * 0.97;
    return run;
}

std::string text(const Run& run) {
    return fmt::format(
        "{:.0f}/s; event p50 {:.1f} ms, p99 {:.1f} ms; ok p50 {:.1f} ms, p99 {:.1f} ms; server {:.2f} cores",
        run.perSecond, run.p50 / 1000.0, run.p99 / 1000.0, run.ackP50 / 1000.0, run.ackP99 / 1000.0, run.serverCpu);
}

void ceiling(Bed& bed, Crowd& crowd, std::chrono::seconds time) {
    Run best;
    for (double rate : {4000, 6000, 8000, 10000, 12000, 14000, 17000, 20000, 24000, 28000}) {
        const Run run = measure(bed, crowd, rate, time);
        if (!run.kept) {
            row(fmt::format("offered {:.0f}/s (not kept)", rate), text(run));
            break;
        }
        row(fmt::format("offered {:.0f}/s", rate), text(run));
        best = run;
    }
    row("**highest rate kept without loss**", text(best));
}

int run(const Options& options) {
    Seed seed;
    seed.agents = options.agents;
    seed.groups = 4;
    seed.limit = (options.talking + options.agents - 1) / options.agents;
    seed.messages = options.history;
    Bed bed(seed, {}, options.slowSync > 0);
    if (!bed.trouble().empty()) {
        fmt::print(stderr, "{}\n", bed.trouble());
        return 1;
    }
    row("fdatasync of 4 KB", syncLatency(bed.data()));
    row("messages in the file before", std::to_string(options.history));
    row("start → listening", fmt::format("{} ms", bed.server().readyMillis()));
    bed.runFor(2s);
    const auto idle = bed.server().residentBytes();
    row("idle RSS", fmt::format("{:.1f} MB", static_cast<double>(idle) / 1e6));
    if (options.slowSync > 0) {
        bed.disk().setSyncDelay(options.slowSync);
        row("added to each fsync", fmt::format("{} ms", static_cast<double>(options.slowSync) / 1000));
    }
    auto crowdOptions = bed.crowdOptions(options.talking, 0);
    crowdOptions.idleVisitors = options.idle;
    Crowd crowd(bed.io(), crowdOptions);
    const auto from = Clock::now();
    crowd.start();
    if (!bed.runUntil([&] { return crowd.allConnected() && crowd.allInService(); }, 120s)) {
        fmt::print(stderr, "only {} of {} in service\n", crowd.inService(), options.talking);
        return 1;
    }
    row(fmt::format("{} visitors and {} agents connected, {} in service", options.talking + options.idle,
                    options.agents, options.talking),
        fmt::format("{} ms", std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - from).count()));
    bed.runFor(2s);
    const int connections = options.talking + options.idle + options.agents;
    row("server memory per connection",
        fmt::format("{:.1f} KB", static_cast<double>(bed.server().residentBytes() - idle) / 1e3 / connections));
    row("2,000 messages/s", text(measure(bed, crowd, 2000, std::chrono::seconds(options.seconds))));
    ceiling(bed, crowd, std::chrono::seconds(std::max(5, options.seconds / 6)));
    row("RSS afterwards", fmt::format("{:.1f} MB", static_cast<double>(bed.server().residentBytes()) / 1e6));
    for (const auto& [code, count] : crowd.ledger().errors)
        row("errors " + code, std::to_string(count));
    for (const auto& fault : crowd.ledger().faults)
        row("FAULT", fault);
    return crowd.ledger().faults.empty() ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const auto number = [&] { return ++i < argc ? std::atol(argv[i]) : 0; };
        if (word == "--seconds")
            options.seconds = static_cast<int>(number());
        else if (word == "--history")
            options.history = static_cast<int>(number());
        else if (word == "--slow-sync")
            options.slowSync = number();
        else if (word == "--quick")
            options = {.seconds = 6, .talking = 200, .idle = 300, .agents = 40};
    }
    fmt::print("| figure | value |\n|---|---|\n");
    return run(options);
}
