// The whole server under load: one process, real sockets, the crowd on the same machine. Prints a Markdown table; tests
// nothing.
//   load_bench [--seconds N] [--history N] [--slow-sync MICROS] [--quick]
//   load_bench --backup MESSAGES | --soak MINUTES | --tls
#include "tests/bench/load/figures.h"

#include <fmt/format.h>

#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>

using namespace cb::bench;
using namespace cb::test;
using namespace std::chrono_literals;

namespace {

struct Options {
    int seconds = 60;
    int history = 0;
    long slowSync = 0;
    int talking = 1000;
    int idle = 4000;
    int agents = 200;
};

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
    fmt::print("| figure | value |\n|---|---|\n");
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
        else if (word == "--backup")
            return backupRun(static_cast<int>(number()));
        else if (word == "--soak")
            return soakRun(static_cast<int>(number()));
        else if (word == "--tls")
            return tlsRun();
    }
    return run(options);
}
