#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace cb::net {

/// How often each error code was told, for /metrics. Any thread. Codes are ours, so there are few.
class ErrorCounts {
public:
    void add(const std::string& code) {
        const std::lock_guard lock(m_mutex);
        ++m_counts[code];
    }
    std::map<std::string, std::uint64_t> all() const {
        const std::lock_guard lock(m_mutex);
        return m_counts;
    }

private:
    mutable std::mutex m_mutex;
    std::map<std::string, std::uint64_t> m_counts;
};

} // namespace cb::net
