#include "server/auth/throttle.h"

#include <algorithm>

namespace cb::auth {

FailureLedger::FailureLedger(ThrottleRule rule, std::size_t capacity)
    : m_rule(rule)
    , m_capacity(capacity) {}

base::Millis FailureLedger::begin(const std::string& key, base::TimePoint now) {
    const std::lock_guard lock(m_mutex);
    const auto [it, fresh] = m_entries.try_emplace(key);
    Entry& entry = it->second;
    if (fresh) {
        m_order.push_front(key);
        entry.order = m_order.begin();
    }
    if (now - entry.last > m_rule.memory)
        entry.failures = 0;
    if (now < entry.blockedUntil)
        return entry.blockedUntil - now;
    m_order.splice(m_order.begin(), m_order, entry.order);
    entry.last = now;
    ++entry.failures;
    if (entry.failures >= m_rule.freeTries) {
        const int doublings = std::min(entry.failures - m_rule.freeTries, 20);
        entry.blockedUntil = now + std::min(m_rule.most, m_rule.first * (std::int64_t{1} << doublings));
    }
    if (m_entries.size() > m_capacity) {
        m_entries.erase(m_order.back());
        m_order.pop_back();
    }
    return base::Millis{0};
}

void FailureLedger::succeeded(const std::string& key) {
    const std::lock_guard lock(m_mutex);
    const auto it = m_entries.find(key);
    if (it == m_entries.end())
        return;
    m_order.erase(it->second.order);
    m_entries.erase(it);
}

void FailureLedger::undecided(const std::string& key) {
    const std::lock_guard lock(m_mutex);
    const auto it = m_entries.find(key);
    if (it == m_entries.end())
        return;
    it->second.failures = std::max(0, it->second.failures - 1);
    it->second.blockedUntil = {};
}

std::size_t FailureLedger::size() const {
    const std::lock_guard lock(m_mutex);
    return m_entries.size();
}

} // namespace cb::auth
