#pragma once

#include "server/desk/commands.h"
#include "server/desk/effects.h"

#include <memory>

namespace cb::base {
class Clock;
}
namespace cb::store {
class Database;
class Writer;
} // namespace cb::store

namespace cb::desk {

class FlowPort;

struct DeskOptions {
    std::size_t queueCapacity = 65'536; ///< commands waiting; further ones are refused
    std::size_t turnCapacity = 512;     ///< batches handed to the writer and not yet committed; then the desk pauses
    base::Seconds grace{30};            ///< agent disconnect grace (spec 6)
    base::Seconds visitorGone{120};     ///< a visitor without a connection in the flow or queue is abandoned (spec 5)
    std::uint64_t seed = 0;             ///< for uuids of the flow's messages; 0 = from the system
};

/// The live state of all instances and the use cases on it. One thread owns it; commands come in through a bounded
/// queue, durable effects leave after their commit, transient ones at once (architecture.md, "How data flows").
class Desk {
public:
    Desk(store::Database& database, store::Writer& writer, EffectSink& sink, FlowPort& flows, const base::Clock& clock,
         DeskOptions options);
    ~Desk();

    /// Loads every instance from the store, then starts the thread. Not ready before it returns.
    base::Result<void> start();
    /// Finishes the commands that wait, tells nobody, joins the thread. Idempotent.
    void stop();

    /// From any thread. False when the queue is full: answer `overloaded`.
    bool post(Command command);

    struct Stats { ///< for /metrics; values of a moment
        std::uint64_t commands = 0;
        std::uint64_t refused = 0;
        std::size_t queued = 0;
        std::size_t openSessions = 0;
        std::size_t waiting = 0;
        std::size_t agentsOnline = 0;
        std::uint64_t reloads = 0;
    };
    Stats stats() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace cb::desk
