#pragma once

#include "tests/support/disk/disk_control.h"
#include "tests/support/disk/small_disk.h"
#include "tests/support/net/crowd.h"
#include "tests/support/net/fault_proxy.h"
#include "tests/support/net/seed.h"
#include "tests/support/net/server_process.h"

#include <functional>
#include <memory>

namespace cb::test {

/// A seeded data directory, a real server on it and the loop the crowd lives on.
class Bed {
public:
    /// `faultyDisk`: the server runs on a disk that disk() can harm. `diskBytes` > 0: on one of that size, smallDisk().
    explicit Bed(const Seed& what, std::vector<std::string> arguments = {}, bool faultyDisk = false,
                 std::uint64_t diskBytes = 0);

    /// Empty when all is ready, else why not.
    std::string trouble() const { return m_trouble; }

    boost::asio::io_context& io() { return m_io; }
    ServerProcess& server() { return *m_server; }
    DiskControl& disk() { return m_disk; }
    SmallDisk& smallDisk() { return *m_smallDisk; }
    const Seeded& seeded() const { return m_seeded; }
    const std::string& data() const { return m_dir.path(); }
    CrowdOptions crowdOptions(int visitors, double rate) const;

    /// Runs the loop until `done` or the limit; false when the limit came first. The condition is looked at after each
    /// event.
    bool runUntil(const std::function<bool()>& done, std::chrono::milliseconds limit);
    void runFor(std::chrono::milliseconds time);

private:
    TempDir m_dir;
    std::unique_ptr<SmallDisk> m_smallDisk; ///< over m_dir, which must outlive it
    DiskControl m_disk;
    Seeded m_seeded;
    boost::asio::io_context m_io;
    std::unique_ptr<ServerProcess> m_server;
    std::string m_trouble;
};

/// Lets the crowd finish: nothing more is sent, everything acknowledged, every session ended and completed, agents
/// free. Returns what went wrong, one sentence a line; empty = nothing.
std::string settle(Bed& bed, Crowd& crowd);

/// The ledger's faults after comparing it with the server's history.
std::string verdict(Bed& bed, Crowd& crowd);

} // namespace cb::test
