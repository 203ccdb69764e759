#include "server/hub/attachment_cache.h"

namespace cb::hub {

void AttachmentCache::put(const model::Attachment& attachment) {
    if (find(attachment.id) != nullptr)
        return; // attachments never change
    m_order.push_front(attachment);
    m_index[attachment.id] = m_order.begin();
    if (m_order.size() > m_capacity) {
        m_index.erase(m_order.back().id);
        m_order.pop_back();
    }
}

const model::Attachment* AttachmentCache::find(model::AttachmentId id) {
    const auto it = m_index.find(id);
    if (it == m_index.end())
        return nullptr;
    m_order.splice(m_order.begin(), m_order, it->second);
    return &*it->second;
}

void AttachmentCache::remove(model::AttachmentId id) {
    const auto found = m_index.find(id);
    if (found == m_index.end())
        return;
    m_order.erase(found->second);
    m_index.erase(found);
}

} // namespace cb::hub
