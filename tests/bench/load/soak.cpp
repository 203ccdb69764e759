// Hours of ordinary work: sessions begin and end all the time. Does the server's memory settle?
#include "tests/bench/load/figures.h"

#include <fmt/format.h>

#include <vector>

namespace cb::bench {

using namespace test;
using namespace std::chrono_literals;

namespace {

/// Least squares over (minute, MB).
double slope(const std::vector<std::pair<double, double>>& points) {
    double x = 0;
    double y = 0;
    double xy = 0;
    double xx = 0;
    for (const auto& [minute, mb] : points) {
        x += minute;
        y += mb;
        xy += minute * mb;
        xx += minute * minute;
    }
    const auto n = static_cast<double>(points.size());
    const double below = n * xx - x * x;
    return below == 0 ? 0 : (n * xy - x * y) / below;
}

} // namespace

int soakRun(int minutes) {
    Seed seed;
    seed.agents = 50;
    seed.groups = 4;
    seed.limit = 5;
    Bed bed(seed);
    if (!bed.trouble().empty()) {
        fmt::print(stderr, "{}\n", bed.trouble());
        return 1;
    }
    auto options = bed.crowdOptions(250, 500);
    options.messagesPerSession = 20;
    Crowd crowd(bed.io(), options);
    crowd.start();
    if (!bed.runUntil([&] { return crowd.allConnected(); }, 60s))
        return 1;
    auto& ledger = crowd.ledger();
    std::vector<std::pair<double, double>> points;
    for (int half = 1; half <= 2 * minutes; ++half) {
        ledger.micros.clear();
        bed.runFor(30s);
        const double mb = static_cast<double>(bed.server().residentBytes()) / 1e6;
        if (half > minutes) // the first half of the time warms up
            points.emplace_back(half / 2.0, mb);
        if (half % 2 == 0)
            row(fmt::format("minute {}", half / 2),
                fmt::format("RSS {:.1f} MB; {} messages, {} sessions so far; event p50 {:.1f} ms, p99 {:.1f} ms", mb,
                            ledger.acknowledged, ledger.sessions.size(), percentile(ledger.micros, 0.5) / 1000.0,
                            percentile(ledger.micros, 0.99) / 1000.0));
        ledger.ackMicros.clear();
    }
    row("**RSS slope, second half**", fmt::format("{:+.2f} MB a minute", slope(points)));
    for (const auto& fault : ledger.faults)
        row("FAULT", fault);
    return ledger.faults.empty() ? 0 : 1;
}

} // namespace cb::bench
