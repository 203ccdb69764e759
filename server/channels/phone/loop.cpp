#include "server/channels/phone/loop.h"

#include "server/channels/phone/libre_p.h"

#define DEBUG_MODULE "phone"
#define DEBUG_LEVEL 3
#include <re_dbg.h>

#include <spdlog/spdlog.h>

#include <future>

#include <pthread.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace cb::phone {

namespace {

constexpr int kMostFiles = 65'536; ///< two a call; libre's own limit is 1,024
/// As audio servers have it; refused without the right to it, which costs precision.
constexpr int kThreadPriority = -11;

/// libre writes to stderr for every packet it cannot read, which is a way to fill a disk.
void quiet(int level, const char* text, std::size_t size, void*) {
    if (level <= DBG_ERR)
        spdlog::debug("event=libre text={}", std::string_view(text, size));
}

void raisePriority() {
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), kThreadPriority);
    (void)::pthread_setname_np(::pthread_self(), "phone");
}

} // namespace

base::Result<void> Loop::start(std::function<base::Result<void>()> begin, Task end) {
    std::promise<base::Result<void>> began;
    auto result = began.get_future();
    m_thread = std::thread([this, begin = std::move(begin), end = std::move(end), &began] {
        run(begin, end, [&began](base::Result<void> how) { began.set_value(std::move(how)); });
    });
    auto how = result.get();
    if (!how)
        m_thread.join();
    return how;
}

void Loop::run(const std::function<base::Result<void>()>& begin, const Task& end,
               const std::function<void(base::Result<void>)>& began) {
    raisePriority();
    int error = libre_init();
    if (error == 0)
        error = re_thread_init();
    dbg_handler_set(quiet, nullptr);
    if (error == 0)
        error = fd_setsize(kMostFiles); // before the first descriptor
    if (error == 0)
        error = poll_method_set(METHOD_EPOLL);
    if (error == 0)
        error = mqueue_alloc(&m_wake, &Loop::wake, this);
    base::Result<void> how = error == 0 ? begin() : base::Result<void>(base::fatal("phone_failed", "loop"));
    if (how) {
        {
            const std::lock_guard lock(m_mutex);
            m_open = true;
        }
        began({});
        (void)re_main(nullptr);
        wake(0, nullptr, this); // what came after the end was asked for
    }
    end();
    m_wake = static_cast<mqueue*>(mem_deref(m_wake));
    re_thread_close();
    libre_close();
    if (!how)
        began(std::move(how));
}

bool Loop::post(Task task) {
    const std::lock_guard lock(m_mutex);
    if (!m_open || m_tasks.size() >= kMostTasks)
        return false;
    m_tasks.push_back(std::move(task));
    if (m_tasks.size() == 1)
        (void)mqueue_push(m_wake, 0, nullptr); // libre's queue is short: it only wakes
    return true;
}

void Loop::wake(int, void*, void* self) {
    auto& loop = *static_cast<Loop*>(self);
    std::deque<Task> tasks;
    {
        const std::lock_guard lock(loop.m_mutex);
        tasks.swap(loop.m_tasks);
    }
    for (const Task& task : tasks)
        task();
}

void Loop::stop() {
    if (!m_thread.joinable())
        return;
    (void)post([] { re_cancel(); });
    m_thread.join();
    const std::lock_guard lock(m_mutex);
    m_open = false;
    m_tasks.clear();
}

} // namespace cb::phone
