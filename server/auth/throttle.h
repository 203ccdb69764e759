#pragma once

#include "shared/base/clock.h"

#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

namespace cb::auth {

/// After `freeTries` failures each further one doubles the wait, from `first` to `most`. Forgotten after `memory`
/// without a failure.
struct ThrottleRule {
    int freeTries = 5;
    base::Millis first{1'000};
    base::Millis most{15 * 60'000};
    base::Millis memory{60 * 60'000};
};

/// Failed tries by key. Remembers at most `capacity` keys, dropping the one that failed longest ago. Any thread.
class FailureLedger {
public:
    explicit FailureLedger(ThrottleRule rule, std::size_t capacity = 100'000);

    /// 0, or how long this key must wait. Counts as a failure until `succeeded`: tries at the same time cannot slip
    /// through together.
    base::Millis begin(const std::string& key, base::TimePoint now);
    /// The try was good: everything is forgotten.
    void succeeded(const std::string& key);
    /// The try was neither good nor bad (the storage failed): it does not count.
    void undecided(const std::string& key);
    std::size_t size() const;

private:
    struct Entry {
        int failures = 0;
        base::TimePoint last{};
        base::TimePoint blockedUntil{};
        std::list<std::string>::iterator order;
    };

    ThrottleRule m_rule;
    std::size_t m_capacity;
    mutable std::mutex m_mutex;
    std::unordered_map<std::string, Entry> m_entries;
    std::list<std::string> m_order; ///< newest failure first
};

} // namespace cb::auth
