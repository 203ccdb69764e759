#include "shared/base/worker_pool.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#if defined(__linux__)
#include <pthread.h>
#endif

namespace cb::base {

struct WorkerPool::Impl {
    std::size_t capacity = 0;
    mutable std::mutex mutex;
    std::condition_variable wake;
    std::deque<std::function<void()>> queue;
    bool stopping = false;
    std::vector<std::thread> threads;

    void run() {
        std::unique_lock lock(mutex);
        while (true) {
            wake.wait(lock, [this] { return stopping || !queue.empty(); });
            if (queue.empty())
                return;
            auto work = std::move(queue.front());
            queue.pop_front();
            lock.unlock();
            work();
            work = nullptr; // what it captured is released outside the lock
            lock.lock();
        }
    }
};

WorkerPool::WorkerPool(const std::string& name, std::size_t threads, std::size_t capacity)
    : m_impl(std::make_unique<Impl>()) {
    m_impl->capacity = capacity;
    for (std::size_t i = 0; i < threads; ++i) {
        m_impl->threads.emplace_back([impl = m_impl.get()] { impl->run(); });
#if defined(__linux__)
        pthread_setname_np(m_impl->threads.back().native_handle(), name.substr(0, 15).c_str());
#endif
    }
}

WorkerPool::~WorkerPool() {
    stop();
}

bool WorkerPool::post(std::function<void()> work) {
    {
        const std::lock_guard lock(m_impl->mutex);
        if (m_impl->stopping || m_impl->queue.size() >= m_impl->capacity)
            return false;
        m_impl->queue.push_back(std::move(work));
    }
    m_impl->wake.notify_one();
    return true;
}

void WorkerPool::stop() {
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->stopping = true;
    }
    m_impl->wake.notify_all();
    for (auto& thread : m_impl->threads)
        if (thread.joinable())
            thread.join();
}

void WorkerPool::cancel() {
    std::deque<std::function<void()>> forgotten; // goes outside the lock
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->stopping = true;
        forgotten.swap(m_impl->queue);
    }
    stop();
}

std::size_t WorkerPool::waiting() const {
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->queue.size();
}

} // namespace cb::base
