#include "server/desk/uuid_table.h"

#include <algorithm>
#include <functional>

namespace cb::desk {

namespace {
constexpr std::size_t kLookedThrough = 64; ///< entries; more of them get an index
constexpr std::size_t kFirstGrowth = 4;
} // namespace

UuidTable::Entry UuidTable::Packed::entry() const {
    const auto millis = std::uint64_t{atHigh} << 32 | atLow;
    return {uuid, seq(), base::fromUnixMillis(static_cast<std::int64_t>(millis)), byCustomer()};
}

/// Where the uuid is in the index, or the free slot it would take.
std::size_t UuidTable::slotOf(const base::Uuid& uuid) const {
    const std::size_t mask = m_index.size() - 1;
    std::size_t slot = std::hash<base::Uuid>{}(uuid)&mask;
    while (m_index[slot] != 0 && m_entries[m_index[slot] - 1].uuid != uuid)
        slot = (slot + 1) & mask;
    return slot;
}

const UuidTable::Packed* UuidTable::locate(const base::Uuid& uuid) const {
    if (!m_index.empty()) {
        const std::uint32_t place = m_index[slotOf(uuid)];
        return place == 0 ? nullptr : &m_entries[place - 1];
    }
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [&](const Packed& packed) { return packed.uuid == uuid; });
    return found == m_entries.end() ? nullptr : &*found;
}

std::optional<UuidTable::Entry> UuidTable::find(const base::Uuid& uuid) const {
    const Packed* packed = locate(uuid);
    return packed == nullptr ? std::nullopt : std::optional(packed->entry());
}

void UuidTable::insert(const Entry& entry) {
    if (locate(entry.uuid) != nullptr)
        return;
    if (m_entries.size() == m_entries.capacity()) // by a quarter: most sessions stay short, and there are many
        m_entries.reserve(m_entries.size() + std::max(kFirstGrowth, m_entries.size() / 4));
    const auto seq = static_cast<std::uint64_t>(entry.seq);
    const auto millis = static_cast<std::uint64_t>(base::toUnixMillis(entry.at));
    Packed packed;
    packed.uuid = entry.uuid;
    packed.seqLow = static_cast<std::uint32_t>(seq);
    packed.seqHigh = static_cast<std::uint16_t>(seq >> 32 << 1 | (entry.byCustomer ? 1 : 0));
    packed.atLow = static_cast<std::uint32_t>(millis);
    packed.atHigh = static_cast<std::uint16_t>(millis >> 32);
    m_entries.push_back(packed);
    if (m_entries.size() > kLookedThrough && m_entries.size() * 2 > m_index.size())
        reindex();
    else if (!m_index.empty())
        m_index[slotOf(entry.uuid)] = static_cast<std::uint32_t>(m_entries.size());
}

void UuidTable::reindex() {
    m_index.assign(std::max(m_index.size() * 2, kLookedThrough * 4), 0);
    for (std::size_t i = 0; i < m_entries.size(); ++i)
        m_index[slotOf(m_entries[i].uuid)] = static_cast<std::uint32_t>(i + 1);
}

std::size_t UuidTable::bytes() const {
    return m_entries.capacity() * sizeof(Packed) + m_index.capacity() * sizeof(std::uint32_t);
}

std::vector<UuidTable::Entry> UuidTable::newest(std::size_t count) const {
    std::vector<Entry> entries;
    const std::size_t wanted = std::min(count, m_entries.size());
    entries.reserve(wanted);
    for (std::size_t i = m_entries.size() - wanted; i < m_entries.size(); ++i)
        entries.push_back(m_entries[i].entry());
    return entries;
}

int UuidTable::byCustomerAfter(model::Seq seq) const {
    int count = 0;
    for (auto packed = m_entries.rbegin(); packed != m_entries.rend() && packed->seq() > seq; ++packed)
        count += packed->byCustomer() ? 1 : 0;
    return count;
}

} // namespace cb::desk
