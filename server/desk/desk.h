#pragma once

#include "server/desk/commands.h"
#include "server/desk/effects.h"

#include <memory>
#include <vector>

namespace cb::base {
class Clock;
}
namespace cb::store {
class Database;
class Writer;
} // namespace cb::store

namespace cb::desk {

class FlowPort;
class Storage;

struct DeskOptions {
    std::size_t queueCapacity = 65'536; ///< commands waiting; further ones are refused
    std::size_t turnCapacity = 512;     ///< batches handed to the writer and not yet committed; then the desk pauses
    base::Seconds visitorGone{120};     ///< a visitor without a connection in the flow or queue is abandoned (spec 5)
    std::size_t maxOpenSessions = 100'000; ///< per process; further ones are refused with `overloaded`
    std::uint64_t seed =
        0; ///< for uuids of the flow's messages; 0 = from the system; never the same twice over one database
};

/// The live state of all instances and the use cases on it. One thread owns it; commands come in through a bounded
/// queue, durable effects leave after their commit, transient ones at once (architecture.md, "How data flows").
class Desk {
public:
    Desk(store::Database& database, store::Writer& writer, EffectSink& sink, FlowPort& flows, const base::Clock& clock,
         DeskOptions options);
    /// Over another storage, for tests and benchmarks; it must outlive the desk.
    Desk(Storage& storage, EffectSink& sink, FlowPort& flows, const base::Clock& clock, DeskOptions options);
    ~Desk();

    /// Loads every instance from the store, then starts the thread. Not ready before it returns.
    base::Result<void> start();
    /// Finishes the commands that wait, tells nobody, joins the thread. Idempotent.
    void stop();

    /// From any thread. False when the queue is full: answer `overloaded`. A ChangeConfig with published flows is
    /// compiled here, on the caller's thread.
    bool post(Command command);

    /// Below the free-space floor no new session starts (`storage_unavailable`); open ones go on. From any thread.
    void setStorageLow(bool low);

    struct Stats { ///< for /metrics; values of a moment
        std::uint64_t commands = 0;
        std::uint64_t refused = 0;
        std::size_t queued = 0;
        std::size_t openSessions = 0;
        std::size_t waiting = 0;
        std::size_t agentsOnline = 0;
        std::uint64_t reloads = 0;    ///< instances read from disk again after a failed commit
        std::size_t turnsPending = 0; ///< handed to the writer, not yet committed
        std::size_t unavailable = 0;  ///< instances waiting for the storage to come back
    };
    Stats stats() const;

    struct GroupFigure {
        model::InstanceId instance;
        model::GroupId group;
        int waiting = 0; ///< customers
        int online = 0;  ///< members
    };
    struct GroupFigures {              ///< for /metrics; values of a moment
        std::vector<GroupFigure> rows; ///< by instance and group, at most kMaxGroupFigures
        std::size_t total = 0;
    };
    static constexpr std::size_t kMaxGroupFigures = 1'000;
    GroupFigures groups() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace cb::desk
