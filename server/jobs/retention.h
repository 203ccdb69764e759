#pragma once

#include "server/desk/commands.h"
#include "server/jobs/erasure.h"
#include "shared/base/clock.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace cb::jobs {

/// Removes what is older than its instance keeps (InstanceSettings::retentionDays): completed sessions with messages,
/// offers, attachments and calls with their recordings, events of no session, customers without sessions, parts of the
/// search index. A thread of its own, one small transaction at a time with pauses, so that nobody who writes waits for
/// it.
class Retention {
public:
    struct Options {
        base::Millis first{std::chrono::minutes(10)}; ///< not while everybody comes back after a start
        base::Millis every{std::chrono::hours(1)};
        base::Millis pause{50}; ///< after each transaction, at least; four times as long as it took, at least
        std::size_t rows = 100; ///< in one transaction
    };
    struct Removed {
        std::int64_t sessions = 0;
        std::int64_t events = 0; ///< of no session
        std::int64_t customers = 0;
        std::int64_t files = 0;
    };
    using ToDesk = std::function<bool(desk::Command)>;

    Retention(store::Database& database, store::Writer& writer, store::SearchIndex& index,
              media::AttachmentStore& attachments, Erasure& erasure, const base::Clock& clock, ToDesk toDesk,
              Options options);
    ~Retention(); ///< as stop()

    void start();
    void stop();

    /// One whole round. On the thread, or instead of it. `cancelled` (rejected) after stop().
    base::Result<Removed> round();

private:
    void run();
    bool sleep(base::Millis time); ///< false: stop
    base::Result<void> removeSessions(const model::Instance& instance, Removed& removed);
    base::Result<void> removeSession(model::SessionId session, Removed& removed);
    base::Result<void> removeEvents(const model::Instance& instance, Removed& removed);
    base::Result<void> removeCustomers(const std::vector<model::Instance>& instances, Removed& removed);
    /// Runs it on the writer's thread, then pauses.
    base::Result<void> step(const store::Writer::Job& job);
    base::TimePoint cutOff(const model::Instance& instance) const;

    store::Database& m_database;
    store::Writer& m_writer;
    store::SearchIndex& m_index;
    media::AttachmentStore& m_attachments;
    Erasure& m_erasure;
    const base::Clock& m_clock;
    const ToDesk m_toDesk;
    const Options m_options;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace cb::jobs
