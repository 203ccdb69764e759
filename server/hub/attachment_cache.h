#pragma once

#include "shared/model/attachment.h"

#include <cstddef>
#include <list>
#include <unordered_map>

namespace cb::hub {

/// The attachments named lately, so that a message's event can say what its attachment is without a look-up. Forgets
/// the one longest unused. One thread.
class AttachmentCache {
public:
    explicit AttachmentCache(std::size_t capacity = 4'096)
        : m_capacity(capacity) {}

    void put(const model::Attachment& attachment);
    void remove(model::AttachmentId id);
    /// Valid until the next put; nullptr when not known.
    const model::Attachment* find(model::AttachmentId id);

private:
    std::size_t m_capacity;
    std::list<model::Attachment> m_order; ///< most recently used first
    std::unordered_map<model::AttachmentId, std::list<model::Attachment>::iterator> m_index;
};

} // namespace cb::hub
