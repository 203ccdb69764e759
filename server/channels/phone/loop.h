#pragma once

#include "shared/base/result.h"

#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

struct mqueue;

namespace cb::phone {

/// libre's event loop in a thread of its own, of raised priority where the system allows it: media is paced here, so
/// nothing on it may block, read a file or speak to the database. Every libre object is made, used and let go of on
/// this thread; post() is the one way in.
class Loop {
public:
    using Task = std::function<void()>;

    ~Loop() { stop(); }

    /// `begin` runs on the thread before the loop, `end` after it. The error of `begin`, or phone_failed.
    base::Result<void> start(std::function<base::Result<void>()> begin, Task end);
    /// From any other thread. Idempotent; what was posted before runs.
    void stop();

    /// From any thread. False when kMostTasks wait: the caller has to cope.
    bool post(Task task);

    static constexpr std::size_t kMostTasks = 100'000;

private:
    void run(const std::function<base::Result<void>()>& begin, const Task& end,
             const std::function<void(base::Result<void>)>& began);
    static void wake(int id, void* data, void* self);

    std::thread m_thread;
    mqueue* m_wake = nullptr;
    std::mutex m_mutex;
    std::deque<Task> m_tasks;
    bool m_open = false;
};

} // namespace cb::phone
