#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace cb::http {

/// One after the other, where the end of one may come from another thread and after whoever began it has given up
/// waiting for it. Any thread.
class Turns {
public:
    /// Mine from now on until the last copy is gone; nullptr when it was not free within `patience`.
    std::shared_ptr<void> take(std::chrono::milliseconds patience) {
        std::unique_lock lock(m_state->mutex);
        if (!m_state->freed.wait_for(lock, patience, [this] { return !m_state->taken; }))
            return nullptr;
        m_state->taken = true;
        return std::shared_ptr<void>(m_state.get(), [state = m_state](void*) {
            const std::lock_guard guard(state->mutex);
            state->taken = false;
            state->freed.notify_one();
        });
    }

private:
    struct State {
        std::mutex mutex;
        std::condition_variable freed;
        bool taken = false;
    };
    std::shared_ptr<State> m_state =
        std::make_shared<State>(); ///< shared with the turn that runs, which may outlive us
};

} // namespace cb::http
