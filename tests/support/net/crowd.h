#pragma once

#include "shared/base/random.h"
#include "tests/support/net/peer.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace cb::test {

using SteadyTime = std::chrono::steady_clock::time_point;

/// What was sent and what was seen, kept by the senders and receivers themselves: the truth the server is held against.
struct Ledger {
    struct Sent {
        std::string text;
        std::int64_t session = 0; ///< 0 until acknowledged
        std::int64_t seq = 0;     ///< 0 until acknowledged
        bool byAgent = false;
        std::uint64_t sender = 0; ///< actor
        std::uint64_t order = 0;  ///< per sender, rising
        bool unsure = false;      ///< given up unacknowledged: may be kept or not, nobody was told
    };
    std::unordered_map<std::string, Sent> sent; ///< by uuid
    std::map<std::int64_t, std::map<std::int64_t, std::string>>
        seenByVisitor; ///< session → seq → uuid, other side's messages
    std::map<std::int64_t, std::map<std::int64_t, std::string>> seenByAgent;
    std::set<std::int64_t> sessions;
    struct Page {
        std::string channel, token;
    };
    std::map<std::int64_t, Page> endedAway; ///< sessions that ended while their visitor was cut off, and how to read on
    /// Sessions that were completed while their agent was cut off, before what had been missed was replayed: it is in
    /// the history, not in the live state.
    std::set<std::int64_t> completedAway;
    std::set<std::int64_t> moved;    ///< sessions that went back to a queue: one agent saw only a part
    std::vector<std::string> faults; ///< sentences; empty = all went well
    std::uint64_t acknowledged = 0;
    std::vector<std::uint32_t> micros;           ///< send → other side's event
    std::vector<std::uint32_t> ackMicros;        ///< send → ok
    std::map<std::string, std::uint64_t> errors; ///< by code

    void fault(std::string sentence);
};

struct CrowdOptions {
    std::uint16_t port = 0;
    std::string channel; ///< key
    std::string origin = "http://shop.test";
    std::vector<std::string> agentTokens;
    int visitors = 10;          ///< who talk
    int idleVisitors = 0;       ///< connected, silent
    double visitorRate = 100;   ///< messages per second, all visitors together
    int messagesPerSession = 0; ///< after this many the agent ends and completes; 0 = goes on for ever
    std::size_t payload = 120;  ///< bytes of text
    bool agentsReply = true;
    bool marks = true;
    std::chrono::milliseconds reconnectMin{50};
    std::chrono::milliseconds reconnectMax{250};
    std::uint64_t seed = 1;
};

/// Visitors and agents who behave by docs/protocol.md: they reconnect with their cursor, keep unsent messages and send
/// them again under the same uuid. One io_context, one thread.
class Crowd {
public:
    Crowd(boost::asio::io_context& io, CrowdOptions options);
    ~Crowd();
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;

    void start();
    void setPort(std::uint16_t port); ///< for the next connections
    void setRate(double visitorRate);
    void stopSending();
    void resetConnections(); ///< RST on all of them
    /// Agents end and complete whatever they have, and go on doing so.
    void finishSessions();

    bool allConnected() const;
    bool allInService() const; ///< every talking visitor has an agent
    int inService() const;
    bool drained() const; ///< nothing sent is unacknowledged
    /// Who is where and what was refused, in one line, for a test that failed.
    std::string state() const;
    bool agentsFree() const; ///< no agent holds a session or an offer
    std::uint64_t sentCount() const;
    Ledger& ledger();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Compares the ledger with what the server kept, read over HTTP as an admin: every acknowledged message exactly once
/// and in its sender's order, nothing the senders never sent, receivers saw exactly the other side's messages. Adds
/// faults.
void verifyLedger(Ledger& ledger, std::uint16_t port, const std::string& adminToken);

/// Percentile in microseconds; sorts.
std::uint32_t percentile(std::vector<std::uint32_t>& values, double share);

} // namespace cb::test
