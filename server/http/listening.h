#pragma once

#include "server/net/limits.h"
#include "shared/model/ids.h"

#include <map>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace cb::http {

/// How often each agent may have a text spoken: it costs the processor. Any thread.
class SpokenRate {
public:
    /// 0, or how long to wait.
    base::Millis take(model::AgentId agent, base::TimePoint now) {
        const std::lock_guard lock(m_mutex);
        if (m_buckets.size() > kMost) // as if nobody had asked
            m_buckets.clear();
        return m_buckets[agent].take({1, 30}, now);
    }

private:
    static constexpr std::size_t kMost = 10'000;
    std::mutex m_mutex;
    std::unordered_map<model::AgentId, net::TokenBucket> m_buckets;
};

/// Who has listened to which recording lately: playing one and moving in it are many requests, and one entry of the
/// audit. Any thread.
class HeardLately {
public:
    bool has(model::AgentId agent, model::SessionId session, base::TimePoint now) const {
        const std::lock_guard lock(m_mutex);
        const auto known = m_heard.find({agent, session});
        return known != m_heard.end() && now - known->second < kLately;
    }
    void note(model::AgentId agent, model::SessionId session, base::TimePoint now) {
        const std::lock_guard lock(m_mutex);
        if (m_heard.size() > kMost)
            m_heard.clear();
        m_heard[{agent, session}] = now;
    }

private:
    static constexpr std::size_t kMost = 10'000;
    static constexpr base::Seconds kLately{600};
    mutable std::mutex m_mutex;
    std::map<std::pair<model::AgentId, model::SessionId>, base::TimePoint> m_heard;
};

} // namespace cb::http
