#include "tests/support/net/bed.h"

#include <algorithm>
#include <cstdio>

namespace cb::test {

using Clock = std::chrono::steady_clock;

Bed::Bed(const Seed& what, std::vector<std::string> arguments, bool faultyDisk, std::uint64_t diskBytes)
    : m_smallDisk(diskBytes > 0 ? std::make_unique<SmallDisk>(m_dir.path(), diskBytes) : nullptr)
    , m_disk(m_dir.path()) {
    if (m_smallDisk && !m_smallDisk->trouble().empty()) {
        m_trouble = m_smallDisk->trouble();
        return;
    }
    auto seeded = seed(m_dir.path(), what);
    if (!seeded) {
        m_trouble = "seed: " + seeded.error().code + " " + seeded.error().detail;
        return;
    }
    m_seeded = *seeded;
    ServerProcess::Options options;
    options.program = CLOUDBELL_SERVER_PROGRAM;
    options.data = m_dir.path();
    options.arguments = std::move(arguments);
    options.arguments.insert(options.arguments.end(), {"--session-starts-per-minute", "0"}); // a crowd at one address
    if (faultyDisk)
        options.environment = m_disk.environment();
    if (const char* log = std::getenv("CLOUDBELL_TEST_SERVER_LOG"))
        options.log = log;
    m_server = std::make_unique<ServerProcess>(options);
    if (auto started = m_server->start(); !started)
        m_trouble = started.error().code + " " + started.error().detail;
}

CrowdOptions Bed::crowdOptions(int visitors, double rate) const {
    CrowdOptions options;
    options.port = m_server->port();
    options.channel = m_seeded.channelKey;
    options.agentTokens = m_seeded.agentTokens;
    options.visitors = visitors;
    options.visitorRate = rate;
    return options;
}

bool Bed::runUntil(const std::function<bool()>& done, std::chrono::milliseconds limit) {
    const auto end = Clock::now() + limit;
    m_io.restart();
    while (!done()) {
        if (Clock::now() >= end)
            return false;
        // The condition walks over the crowd: look every few milliseconds, not after every frame.
        m_io.run_until(std::min(end, Clock::now() + std::chrono::milliseconds(2)));
        if (m_io.stopped())
            m_io.restart();
    }
    return true;
}

void Bed::runFor(std::chrono::milliseconds time) {
    runUntil([] { return false; }, time);
}

std::string settle(Bed& bed, Crowd& crowd) {
    std::string wrong;
    crowd.stopSending();
    if (!bed.runUntil([&] { return crowd.allConnected() && crowd.drained(); }, std::chrono::seconds(60)))
        wrong += "messages stay unacknowledged: " + crowd.state() + '\n';
    crowd.finishSessions();
    if (!bed.runUntil([&] { return crowd.agentsFree(); }, std::chrono::seconds(60)))
        wrong += "agents stay occupied: " + crowd.state() + '\n';
    return wrong;
}

std::string verdict(Bed& bed, Crowd& crowd) {
    Ledger& ledger = crowd.ledger();
    verifyLedger(ledger, bed.server().port(), bed.seeded().adminToken);
    std::string wrong;
    for (const auto& fault : ledger.faults) {
        wrong += fault + '\n';
        std::fprintf(stderr, "%s\n", fault.c_str()); // Qt Test cuts what is long
    }
    return wrong;
}

} // namespace cb::test
