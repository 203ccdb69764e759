#pragma once

#include "server/desk/desk.h"
#include "server/desk/floor.h"
#include "server/desk/id_pool.h"
#include "server/desk/storage.h"
#include "shared/base/clock.h"
#include "shared/base/worker_pool.h"

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

namespace cb::desk {

/// The thread around the Floor: queue, turns, deadlines, commits, and what happens when one fails.
struct Desk::Impl {
    Impl(std::unique_ptr<Storage> owned, Storage* storage, EffectSink& sink, FlowPort& flows, const base::Clock& clock,
         DeskOptions options);
    ~Impl();

    base::Result<void> start();
    void stop();
    bool post(Command command);
    void setStorageLow(bool low) { m_storageLow = low; }
    Stats stats() const;
    GroupFigures groups() const;

private:
    /// A turn that the writer has.
    struct Pending {
        std::vector<model::InstanceId> touched;
        model::InstanceId probe; ///< not 0: a trial write of an instance that waits to be opened again
    };
    /// An instance that waits for the storage to come back.
    struct Waiting {
        base::TimePoint retryAt{};
        base::Seconds delay{0};
        bool loading = false;              ///< m_loader reads it
        std::unique_ptr<Recovered> loaded; ///< while its probe is with the writer
        bool resting() const { return !loading && loaded == nullptr; }
    };
    /// What m_loader read.
    struct Load {
        model::InstanceId instance;
        base::Result<Recovered> result;
    };

    void run();
    /// Waits until there is something to do. False: stop, and everything is done.
    bool wait(std::vector<Committed>& commits, std::vector<Load>& loads);
    bool mayTurn() const { return !m_failing && m_pending.size() < m_options.turnCapacity; }
    std::optional<base::TimePoint> wakeAt() const;
    base::TimePoint now();

    void turn();
    void retryDue();
    void settle();
    void finishTurn(Turn& turn);
    void submit(Turn& turn);
    void committed(const Committed& commit);
    void postCommitted(std::uint64_t turn, bool ok);

    void load(const LoadInstance& command);
    void reload();
    void retry(model::InstanceId instance);
    void loaded(Load load);
    void putOff(Waiting& waiting);
    void opened(model::InstanceId instance);
    void publish();

    std::unique_ptr<Storage> m_owned;
    Storage& m_storage;
    EffectSink& m_sink;
    FlowPort& m_flows;
    const base::Clock& m_clock;
    const DeskOptions m_options;

    // ---- shared with whoever posts ----
    mutable std::mutex m_mutex; ///< never held while anything is done
    std::condition_variable m_wake;
    std::vector<Command> m_queue;
    std::vector<Committed> m_commits; ///< at most as many as turns are pending
    std::vector<Load> m_loads;        ///< at most one per instance
    std::size_t m_takenLeft = 0;      ///< of m_taken: they count as waiting
    bool m_stopping = false;
    std::uint64_t m_refused = 0;
    std::atomic<bool> m_storageLow{false};
    Stats m_published; ///< by the thread, under the mutex
    GroupFigures m_publishedGroups;

    // ---- the thread's own ----
    std::vector<Command> m_taken; ///< out of the queue, worked off in slices
    std::size_t m_next = 0;       ///< first of m_taken that waits
    base::TimePoint m_publishedAt{};
    bool m_figuresStale = false; ///< something happened since they were counted
    IdPool m_ids;
    Floor m_floor;
    base::TimePoint m_now{}; ///< never goes back
    std::uint64_t m_epoch = 1;
    std::uint64_t m_turn = 0;
    std::map<std::uint64_t, Pending> m_pending; ///< by turn
    bool m_failing = false;                     ///< a commit failed: no turn until the writer has told of all of them
    std::set<model::InstanceId> m_toReload;
    std::map<model::InstanceId, Waiting> m_waiting;
    std::map<model::InstanceId, base::TimePoint> m_reopened;
    std::uint64_t m_handled = 0;
    std::uint64_t m_reloads = 0;
    base::WorkerPool m_loader; ///< reads instances: the disk, and the flows' documents
    std::thread m_thread;
};

} // namespace cb::desk
