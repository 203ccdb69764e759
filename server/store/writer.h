#pragma once

#include "server/store/batch.h"
#include "shared/base/result.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

namespace cb::store {

class Database;
class Tables;

/// The one thread that writes (group commit). Everything submitted while a commit runs goes into the next transaction
/// together; one fsync serves them all (`synchronous=FULL`, WAL).
///
/// Threads: submit* from any thread; callbacks run on the writer's thread, in order of submission, after the commit
/// that holds their work (or its failure). They must not block.
class Writer {
public:
    using Done = std::function<void(base::Result<void>)>;
    /// Work that is not the desk's (tokens, attachments, …): runs on the writer's thread inside the group's
    /// transaction, under a savepoint of its own, so that its failure takes nobody else down.
    using Job = std::function<base::Result<void>(Tables&)>;

    struct Stats {
        std::uint64_t commits = 0;
        std::uint64_t failedCommits = 0;
        std::uint64_t rows = 0;
    };
    /// Told of every commit that succeeded how long it took, on the writer's thread. Must not block.
    using Observer = std::function<void(std::chrono::microseconds)>;

    /// `capacity`: how many submissions may wait; further ones are refused (submit returns false), nothing is lost
    /// silently.
    Writer(Database& database, std::size_t capacity, Observer observer = {});
    ~Writer(); ///< commits what waits, then joins

    /// The desk's turn. `epoch` rises whenever the desk reloads after a failure: once a batch of epoch e failed, every
    /// batch of an epoch ≤ e fails with storage_unavailable without being tried, because it builds on state that was
    /// never stored.
    bool submit(std::uint64_t epoch, Batch batch, Done done);
    bool submit(Job job, Done done);

    /// Told after each commit that holds a letter which may be due, on the writer's thread. Must not block. Set before
    /// the first submission.
    void onMails(std::function<void()> told);

    /// Waits until everything submitted so far is committed or failed. For shutdown and tests.
    void flush();
    Stats stats() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace cb::store
