#pragma once

#include "tests/support/net/bed.h"

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace cb::bench {

using Clock = std::chrono::steady_clock;

/// One line of the printed table.
void row(const std::string& name, const std::string& value);

/// Median and p99 of fdatasync after a 4 KB write in `directory`.
std::string syncLatency(const std::string& directory);

/// User and system time of a process so far.
double cpuSeconds(pid_t pid);

/// What happened while a rate was offered.
struct Run {
    double perSecond = 0;  ///< acknowledged, both ways
    std::uint32_t p50 = 0; ///< send → the other side's event, µs
    std::uint32_t p99 = 0;
    std::uint32_t ackP50 = 0; ///< send → ok, µs
    std::uint32_t ackP99 = 0;
    double serverCpu = 0; ///< cores
    bool kept = false;    ///< rate was sustained and nothing is outstanding at the end
};

/// `rate` messages per second in all: half by visitors, each answered by the agent.
Run measure(test::Bed& bed, test::Crowd& crowd, double rate, std::chrono::seconds time);
std::string text(const Run& run);

/// The kinds of run beside the main one; each makes its own server. Exit codes.
int backupRun(int history);
int soakRun(int minutes);
int tlsRun();

} // namespace cb::bench
