#include "server/desk/uuid_table.h"

#include <algorithm>
#include <functional>

namespace cb::desk {

namespace {
constexpr std::size_t kFirstSlots = 8;
}

/// Where the uuid is, or the free slot it would take. Needs a free slot.
std::size_t UuidTable::slotOf(const base::Uuid& uuid) const {
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = std::hash<base::Uuid>{}(uuid)&mask;
    while (m_slots[slot].seq != 0 && m_slots[slot].uuid != uuid)
        slot = (slot + 1) & mask;
    return slot;
}

const UuidTable::Entry* UuidTable::find(const base::Uuid& uuid) const {
    if (m_slots.empty())
        return nullptr;
    const Entry& entry = m_slots[slotOf(uuid)];
    return entry.seq != 0 ? &entry : nullptr;
}

void UuidTable::insert(const base::Uuid& uuid, model::Seq seq, base::TimePoint at) {
    if ((m_size + 1) * 4 > m_slots.size() * 3)
        grow();
    Entry& entry = m_slots[slotOf(uuid)];
    if (entry.seq != 0)
        return;
    entry = Entry{uuid, seq, at};
    ++m_size;
}

void UuidTable::grow() {
    std::vector<Entry> old = std::move(m_slots);
    m_slots.assign(old.empty() ? kFirstSlots : old.size() * 2, Entry{});
    for (const Entry& entry : old)
        if (entry.seq != 0)
            m_slots[slotOf(entry.uuid)] = entry;
}

std::vector<UuidTable::Entry> UuidTable::newest(std::size_t count) const {
    std::vector<Entry> all;
    all.reserve(m_size);
    for (const Entry& entry : m_slots)
        if (entry.seq != 0)
            all.push_back(entry);
    std::sort(all.begin(), all.end(), [](const Entry& a, const Entry& b) { return a.seq < b.seq; });
    if (all.size() > count)
        all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(count));
    return all;
}

} // namespace cb::desk
