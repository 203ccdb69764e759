#pragma once

#include "server/channels/phone/directory.h"
#include "server/desk/effects.h"
#include "shared/base/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace cb::base {
class WorkerPool;
}
namespace cb::sound {
class Library;
class Recorder;
} // namespace cb::sound

namespace cb::phone {

struct EngineOptions {
    /// "udp:0.0.0.0:5060", "tcp:[::]:5060", "tls:0.0.0.0:5061"; empty: there is no telephone.
    std::vector<std::string> listen;
    std::string certificateFile; ///< for tls: PEM with certificate and key
    std::string mediaAddress;    ///< told to the far end (NAT); empty: the one it is reached from
    std::uint16_t firstPort = 20'000;
    std::uint16_t lastPort = 29'999;
    int mostCalls = 2'000;
    int callsPerSecond = 400;
    base::Seconds mediaTimeout{30}; ///< nothing heard for so long: the call is over; 0 = never
    std::string region = "CN";      ///< of numbers that trunks send without a country
    bool askTrunks = true;          ///< whether they are there (OPTIONS)
};

/// What is known of a trunk just now.
struct TrunkFigure {
    enum class State { Unknown, Up, Down };
    model::TrunkId trunk;
    State state = State::Unknown;
    base::TimePoint since{}; ///< epoch 0: never known
};

struct EngineStats { ///< for /metrics; values of a moment
    std::size_t calls = 0;
    std::uint64_t arrived = 0;
    std::uint64_t dialled = 0; ///< calls out, each way that was tried
    std::uint64_t refusedStrangers = 0;
    std::uint64_t refusedNumbers = 0;  ///< nobody has the number
    std::uint64_t refusedCapacity = 0; ///< 503
    std::uint64_t lateTicks = 0;       ///< of 20 ms each that came too late to be sent in time
    std::vector<TrunkFigure> trunks;
};

/// What the number of somebody is known by in the store, looked up beside the loop.
struct KnownCaller {
    std::optional<model::Customer> customer;
    model::AgentId lastAgent;
};
using FindCaller = std::function<base::Result<KnownCaller>(model::ChannelId channel, const std::string& number)>;

/// The telephone（电话）: SIP and RTP by libre, on one thread of its own. Calls go to the desk as commands; what the
/// desk wants done with them comes back as CallEffects. It keeps no state that outlives a call.
class Engine {
public:
    /// What is passed by reference outlives it, and so does `recorder`; nullptr: nothing is recorded. `toDesk` from any
    /// thread; false = the desk is full.
    Engine(EngineOptions options, sound::Library& library, base::WorkerPool& lookups, base::WorkerPool& speaking,
           FindCaller findCaller, std::function<bool(desk::Command)> toDesk, sound::Recorder* recorder = nullptr);
    ~Engine();

    /// Opens the ports. Errors: phone_failed (params.what: what could not be opened).
    base::Result<void> start();
    /// Every call is ended with BYE. Idempotent.
    void stop();

    /// Trunks and numbers as they are now. Any thread.
    void use(std::shared_ptr<const Directory> directory);
    /// What the desk wants done. Any thread, never blocks.
    void deliver(std::vector<desk::CallEffect> effects);

    EngineStats stats() const;
    /// Where it listens, as options name it, with the port it got. After start().
    std::vector<std::string> addresses() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace cb::phone
