#include "server/net/limits.h"

#include <algorithm>
#include <cmath>

namespace cb::net {

base::Millis TokenBucket::take(const Rate& rate, base::TimePoint now) {
    if (m_tokens < 0) {
        m_tokens = rate.burst;
    } else {
        const double seconds = std::max<double>(0, static_cast<double>((now - m_at).count())) / 1000.0;
        m_tokens = std::min(rate.burst, m_tokens + seconds * rate.perSecond);
    }
    m_at = now;
    if (m_tokens >= 1) {
        m_tokens -= 1;
        return base::Millis{0};
    }
    return base::Millis{static_cast<std::int64_t>(std::ceil((1 - m_tokens) / rate.perSecond * 1000))};
}

AddressLimits::AddressLimits(std::size_t connections, Rate requests, std::size_t capacity)
    : m_connections(connections)
    , m_rate(requests)
    , m_capacity(capacity) {}

AddressLimits::Entry& AddressLimits::touch(const std::string& address) {
    const auto [it, fresh] = m_entries.try_emplace(address);
    if (!fresh) {
        m_order.splice(m_order.begin(), m_order, it->second.used);
        return it->second;
    }
    m_order.push_front(address);
    it->second.used = m_order.begin();
    // Looks at a few of the oldest only. Those with connections stay, at most as many as connections, and go to the
    // front: a few quiet ones at the end must not keep all others from being forgotten.
    for (int looks = 0; m_entries.size() > m_capacity && looks < 8; ++looks) {
        const auto oldest = std::prev(m_order.end());
        const auto entry = m_entries.find(*oldest);
        if (entry == it)
            break;
        if (entry->second.connections == 0) {
            m_entries.erase(entry);
            m_order.erase(oldest);
        } else {
            m_order.splice(m_order.begin(), m_order, oldest);
        }
    }
    return it->second;
}

bool AddressLimits::admit(const std::string& address) {
    Entry& entry = touch(address);
    if (entry.connections >= m_connections)
        return false;
    ++entry.connections;
    return true;
}

void AddressLimits::release(const std::string& address) {
    const auto it = m_entries.find(address);
    if (it != m_entries.end() && it->second.connections > 0)
        --it->second.connections;
}

base::Millis AddressLimits::request(const std::string& address, base::TimePoint now) {
    return touch(address).bucket.take(m_rate, now);
}

} // namespace cb::net
