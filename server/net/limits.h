#pragma once

#include "shared/base/clock.h"

#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <unordered_map>

namespace cb::net {

/// How often something may happen: `perSecond` on average, `burst` at once.
struct Rate {
    double perSecond = 10;
    double burst = 30;
};

/// Token bucket. Not synchronised.
class TokenBucket {
public:
    /// Takes one token. Returns 0, or the time until there is one.
    base::Millis take(const Rate& rate, base::TimePoint now);

private:
    double m_tokens = -1; ///< -1 = full, not used yet
    base::TimePoint m_at{};
};

/// What each address may do. Remembers at most `capacity` addresses without connections, forgetting the one longest
/// unused. Not synchronised.
class AddressLimits {
public:
    AddressLimits(std::size_t connections, Rate requests, std::size_t capacity = 10'000);
    /// False: this address has too many connections. Each true is matched by a release.
    bool admit(const std::string& address);
    void release(const std::string& address);
    /// 0, or how long to wait.
    base::Millis request(const std::string& address, base::TimePoint now);
    std::size_t size() const { return m_entries.size(); }

private:
    struct Entry {
        std::size_t connections = 0;
        TokenBucket bucket;
        std::list<std::string>::iterator used;
    };
    Entry& touch(const std::string& address);

    std::size_t m_connections;
    Rate m_rate;
    std::size_t m_capacity;
    std::unordered_map<std::string, Entry> m_entries;
    std::list<std::string> m_order; ///< most recently used first
};

} // namespace cb::net
