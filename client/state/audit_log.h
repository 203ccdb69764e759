#pragma once

#include "client/api/admin_client.h"

#include <QtCore/QObject>

#include <optional>
#include <vector>

namespace cb::state {

/// The log of what admins did, newest first, page by page. GUI thread.
class AuditLog : public QObject {
    Q_OBJECT
public:
    explicit AuditLog(api::AdminClient& client, QObject* parent = nullptr);

    const std::vector<wire::AuditEntry>& entries() const { return m_entries; }
    bool hasMore() const { return m_more; }
    bool isLoading() const { return m_loading; }
    bool isThere() const { return m_there; }
    const std::optional<base::Error>& error() const { return m_error; }

    /// The newest page anew, of one admin or one kind of action (0 and empty: of all).
    void show(model::AgentId agent, const std::string& action);
    void loadOlder(); ///< nothing while a page is under way or there is none
    void reload() { show(m_range.agent, m_range.action); }

Q_SIGNALS:
    void reset();                              ///< the first page is here, or could not be had
    void appended(int count);                  ///< a further one is
    void failed(const cb::base::Error& error); ///< a further one could not be had; loadOlder() tries again

private:
    void ask(bool first);

    api::AdminClient& m_client;
    api::AdminClient::AuditRange m_range;
    std::vector<wire::AuditEntry> m_entries;
    bool m_more = false;
    bool m_loading = false;
    bool m_there = false;
    std::optional<base::Error> m_error;
    std::uint64_t m_generation = 0; ///< answers to other questions are dropped
};

} // namespace cb::state
