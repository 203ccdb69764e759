#pragma once

#include "server/jobs/record_table.h"
#include "server/search/finder.h"
#include "shared/base/clock.h"
#include "shared/base/worker_pool.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace cb::jobs {

struct ExportOrder {
    model::InstanceId instance;
    model::AgentId by;
    search::RecordQuery query;
    std::vector<Column> columns;
};

enum class ExportStage { Waiting, Running, Done, Failed, Cancelled };
/// "waiting", "running", "done", "failed", "cancelled".
std::string_view name(ExportStage stage);

struct ExportState {
    std::int64_t id = 0;
    ExportStage stage = ExportStage::Waiting;
    std::int64_t rows = 0; ///< written so far
    int percent = 0;       ///< of the records looked through
    std::int64_t bytes = 0;
    base::TimePoint createdAt{};
    std::string error; ///< code; of a failed one
};

/// Service records as CSV files. One thread writes one after the other; a person has one that waits or runs, and
/// kPerPerson in all. Only its maker sees a job. Jobs live as long as the server, files kKeep at most.
///
/// Threads: every member is safe from any thread. Errors: `not_found` for a job that is gone or another's.
class Exports {
public:
    static constexpr std::size_t kWaiting = 32;
    static constexpr std::size_t kPerPerson = 5;    ///< older ones go when another is begun
    static constexpr std::size_t kMostJobs = 1'000; ///< of all; the oldest that is over goes
    static constexpr base::Millis kKeep = std::chrono::hours(24);

    struct Options {
        std::int64_t mostRows = 1'000'000; ///< a file ends there, `export_too_large`
        std::int64_t freeBytes = 0;        ///< with less left on the disk it ends, `storage_unavailable`
    };
    Exports(std::string folder, store::Database& database, store::SearchIndex& index, const base::Clock& clock,
            Options options);
    ~Exports(); ///< as stop()

    /// Makes the folder and removes what the last run left. Before anything else.
    base::Result<void> prepare();
    /// A place in the list for one that waits until begin() or cancel(). Errors: `export_running` (conflict;
    /// params.id), `overloaded`.
    base::Result<ExportState> reserve(ExportOrder order);
    /// Once, after reserve(). Errors: `overloaded`; then the place is gone.
    base::Result<ExportState> begin(model::AgentId by, std::int64_t id);
    /// Both.
    base::Result<ExportState> start(ExportOrder order);
    base::Result<ExportState> state(model::AgentId by, std::int64_t id) const;
    std::vector<ExportState> all(model::AgentId by) const; ///< newest first
    /// A descriptor to read the file from, owned by the caller. Errors: `export_not_ready` (conflict).
    base::Result<int> open(model::AgentId by, std::int64_t id) const;
    /// Stops it, and removes the file of one that is done.
    base::Result<void> cancel(model::AgentId by, std::int64_t id);
    /// Somebody of this instance was erased: files that may still hold them go. What is being written fails
    /// (`customer_erased`); what waits stays, for it has read nothing yet.
    void forget(model::InstanceId instance);
    /// Removes what is older than kKeep.
    void sweep();
    /// Cancels what waits and runs, then joins. Idempotent.
    void stop();

private:
    struct Job;
    using Shared = std::shared_ptr<Job>; ///< by the list and the thread that writes it

    void run(Job& job);
    base::Result<void> write(Job& job);
    void drop(std::int64_t id); ///< with the mutex held
    Shared find(model::AgentId by, std::int64_t id) const;
    std::string pathOf(std::int64_t id) const;

    const std::string m_folder;
    store::Database& m_database;
    store::SearchIndex& m_index;
    const base::Clock& m_clock;
    const Options m_options;
    mutable std::mutex m_mutex; ///< of the jobs' states; never held while something blocks
    std::map<std::int64_t, Shared> m_jobs;
    std::int64_t m_lastId = 0;
    bool m_stopping = false;
    base::WorkerPool m_pool;
};

} // namespace cb::jobs
