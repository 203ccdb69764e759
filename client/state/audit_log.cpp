#include "client/state/audit_log.h"

namespace cb::state {

AuditLog::AuditLog(api::AdminClient& client, QObject* parent)
    : QObject(parent)
    , m_client(client) {}

void AuditLog::show(model::AgentId agent, const std::string& action) {
    m_range.agent = agent;
    m_range.action = action;
    m_range.before = 0;
    ++m_generation;
    ask(true);
}

void AuditLog::loadOlder() {
    if (m_loading || !m_more || m_entries.empty())
        return;
    m_range.before = m_entries.back().seq;
    ask(false);
}

void AuditLog::ask(bool first) {
    m_loading = true;
    m_client.audit(m_range, this, [this, first, generation = m_generation](base::Result<wire::AuditPage> page) {
        if (generation != m_generation)
            return;
        m_loading = false;
        m_error.reset();
        if (!page) {
            m_error = page.error();
            if (first) { // those of before belong to another question
                m_entries.clear();
                m_more = false;
                Q_EMIT reset();
            } else {
                Q_EMIT failed(page.error());
            }
            return;
        }
        m_there = true;
        m_more = page->more;
        if (first)
            m_entries.clear();
        const auto count = static_cast<int>(page->entries.size());
        std::move(page->entries.begin(), page->entries.end(), std::back_inserter(m_entries));
        if (first)
            Q_EMIT reset();
        else
            Q_EMIT appended(count);
    });
}

} // namespace cb::state
