#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace cb::base {

/// A few threads and a bounded queue, for work that may block: hashing, reading, files. Work is a function that does
/// not throw.
class WorkerPool {
public:
    /// `name` is what the system shows of the threads (at most 15 bytes). `capacity`: how much may wait.
    WorkerPool(const std::string& name, std::size_t threads, std::size_t capacity);
    ~WorkerPool(); ///< as stop()

    /// From any thread. False when the queue is full or the pool stopped: nothing of it will run.
    bool post(std::function<void()> work);
    /// Finishes what waits, then joins. Idempotent.
    void stop();
    /// Forgets what waits, finishes what runs, then joins.
    void cancel();
    std::size_t waiting() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace cb::base
