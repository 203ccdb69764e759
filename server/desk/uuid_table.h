#pragma once

#include "shared/base/clock.h"
#include "shared/base/uuid.h"
#include "shared/model/ids.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace cb::desk {

/// The messages of one session by their senders' names, so that a repeat is answered with the original place; and, as
/// they are all here, which of them the agent has not read. 28 bytes an entry, found by looking through them as long as
/// they are few, then by a hash index over them.
class UuidTable {
public:
    struct Entry {
        base::Uuid uuid;
        model::Seq seq = 0;
        base::TimePoint at{};
        bool byCustomer = false;
    };

    std::optional<Entry> find(const base::Uuid& uuid) const;
    /// In ascending order of `seq`, which is below 2^47. Nothing happens when the uuid is there already.
    void insert(const Entry& entry);
    std::size_t size() const { return m_entries.size(); }
    /// Of memory behind this object.
    std::size_t bytes() const;
    /// The newest `count`, oldest first.
    std::vector<Entry> newest(std::size_t count) const;
    /// How many messages of the customer come after `seq`.
    int byCustomerAfter(model::Seq seq) const;

private:
    struct Packed {
        base::Uuid uuid;
        std::uint32_t seqLow = 0;
        std::uint32_t atLow = 0;
        std::uint16_t seqHigh = 0; ///< its lowest bit: by the customer
        std::uint16_t atHigh = 0;

        model::Seq seq() const { return static_cast<model::Seq>(std::uint64_t{seqHigh} >> 1 << 32 | seqLow); }
        bool byCustomer() const { return (seqHigh & 1) != 0; }
        Entry entry() const;
    };
    static_assert(sizeof(Packed) == 28);

    const Packed* locate(const base::Uuid& uuid) const;
    std::size_t slotOf(const base::Uuid& uuid) const;
    void reindex();

    std::vector<Packed> m_entries;      ///< by seq
    std::vector<std::uint32_t> m_index; ///< place in m_entries + 1, 0 = free; a power of two, or none yet
};

} // namespace cb::desk
