// A backup of a grown file while messages run: how long it takes and what the talkers feel of it.
#include "tests/bench/load/figures.h"

#include <fmt/format.h>

#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

namespace cb::bench {

using namespace test;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

pid_t startBackup(const std::string& data, const std::string& target) {
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::execl(CLOUDBELL_SERVER_PROGRAM, "cloudbell-server", "--data", data.c_str(), "backup", target.c_str(),
                nullptr);
        ::_exit(127);
    }
    return pid;
}

} // namespace

int backupRun(int history) {
    Seed seed;
    seed.agents = 50;
    seed.groups = 4;
    seed.limit = 5;
    seed.messages = history;
    Bed bed(seed);
    if (!bed.trouble().empty()) {
        fmt::print(stderr, "{}\n", bed.trouble());
        return 1;
    }
    Crowd crowd(bed.io(), bed.crowdOptions(250, 0));
    crowd.start();
    if (!bed.runUntil([&] { return crowd.allConnected() && crowd.allInService(); }, 60s))
        return 1;
    row("messages in the file", std::to_string(history));
    row("1,000 messages/s, no backup", text(measure(bed, crowd, 1000, 10s)));
    auto& ledger = crowd.ledger();
    crowd.setRate(500);
    bed.runFor(1s);
    ledger.micros.clear();
    TempDir target;
    const auto from = Clock::now();
    const pid_t backup = startBackup(bed.data(), target.path() + "/copy");
    int status = 0;
    const bool ended = bed.runUntil([&] { return ::waitpid(backup, &status, WNOHANG) == backup; }, 300s);
    const double took = std::chrono::duration<double>(Clock::now() - from).count();
    if (!ended || status != 0) {
        row("FAULT", "the backup did not succeed");
        return 1;
    }
    row("backup while 1,000 messages/s run",
        fmt::format("{:.1f} s for {:.0f} MB; event p50 {:.1f} ms, p99 {:.1f} ms meanwhile", took,
                    static_cast<double>(fs::file_size(target.path() + "/copy/cloudbell.db")) / 1e6,
                    percentile(ledger.micros, 0.5) / 1000.0, percentile(ledger.micros, 0.99) / 1000.0));
    crowd.setRate(0);
    const bool drained = bed.runUntil([&] { return crowd.drained(); }, 10s);
    for (const auto& fault : ledger.faults)
        row("FAULT", fault);
    return drained && ledger.faults.empty() ? 0 : 1;
}

} // namespace cb::bench
