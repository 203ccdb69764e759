#pragma once

#include "shared/base/clock.h"
#include "shared/base/uuid.h"
#include "shared/model/ids.h"

#include <cstdint>
#include <vector>

namespace cb::desk {

/// The messages of one session by their senders' names, so that a repeat is answered with the original place. Open
/// addressing: 32 bytes an entry, at most three quarters full.
class UuidTable {
public:
    struct Entry {
        base::Uuid uuid;
        model::Seq seq = 0; ///< 0 = free
        base::TimePoint at{};
    };

    const Entry* find(const base::Uuid& uuid) const;
    /// Nothing happens when the uuid is there already. `seq` must not be 0.
    void insert(const base::Uuid& uuid, model::Seq seq, base::TimePoint at);
    std::size_t size() const { return m_size; }
    std::size_t capacity() const { return m_slots.size(); }
    /// The newest `count`, oldest first.
    std::vector<Entry> newest(std::size_t count) const;

private:
    std::size_t slotOf(const base::Uuid& uuid) const;
    void grow();

    std::vector<Entry> m_slots; ///< a power of two, or none
    std::size_t m_size = 0;
};

} // namespace cb::desk
