#include "tests/bench/load/figures.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <vector>

namespace cb::bench {

using namespace test;
using namespace std::chrono_literals;

void row(const std::string& name, const std::string& value) {
    fmt::print("| {} | {} |\n", name, value);
    std::fflush(stdout);
}

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

} // namespace cb::bench
