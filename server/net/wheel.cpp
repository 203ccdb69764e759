#include "server/net/wheel.h"

namespace cb::net {

void Wheel::Entry::unlink() {
    if (m_next == nullptr)
        return;
    m_previous->m_next = m_next;
    m_next->m_previous = m_previous;
    m_previous = m_next = nullptr;
}

Wheel::Wheel() {
    for (auto& slot : m_slots)
        slot.m_previous = slot.m_next = &slot;
}

Wheel::~Wheel() {
    for (auto& slot : m_slots)
        while (slot.m_next != &slot)
            slot.m_next->unlink();
}

void Wheel::insertBefore(Entry& anchor, Entry& entry) {
    entry.m_previous = anchor.m_previous;
    entry.m_next = &anchor;
    anchor.m_previous->m_next = &entry;
    anchor.m_previous = &entry;
}

void Wheel::set(Entry& entry, Ticks in) {
    entry.unlink();
    entry.m_due = m_now + (in < 1 ? 1 : in) + 1; // a tick may be about to pass: never early
    insertBefore(m_slots[static_cast<std::size_t>(entry.m_due) % kSlots], entry);
}

void Wheel::advance() {
    ++m_now;
    Anchor& slot = m_slots[static_cast<std::size_t>(m_now) % kSlots];
    // The slot's list moves to a private one first: an entry that sets itself again, or destroys another, changes only
    // links that are looked at anew each turn.
    Anchor due;
    due.m_previous = due.m_next = &due;
    for (Entry* entry = slot.m_next; entry != &slot;) {
        Entry* next = entry->m_next;
        if (entry->m_due <= m_now) {
            entry->unlink();
            insertBefore(due, *entry);
        }
        entry = next;
    }
    while (due.m_next != &due) {
        Entry* entry = due.m_next;
        entry->unlink();
        entry->onDue();
    }
    due.m_next = due.m_previous = nullptr;
}

} // namespace cb::net
