#pragma once

#include "client/api/agent_session.h"

#include <QtCore/QDateTime>
#include <QtCore/QTimeZone>

#include <optional>

namespace cb::state {

/// The live figures of the call centre（数据概览）. The server tells them while they are watched: at once, and then
/// what changes, at most once a second; nothing is asked for again and again. A new connection asks anew. GUI thread.
class Overview : public QObject {
    Q_OBJECT
public:
    explicit Overview(api::AgentSession& session, QObject* parent = nullptr);

    /// Somebody looks at them now, or nobody does any more.
    void setWatched(bool watched);
    bool isWatched() const { return m_watched; }

    bool isThere() const { return m_value.has_value(); } ///< once told they stay, though perhaps old
    const model::Overview& value() const { return *m_value; }
    /// They are told as they change; false: this is how they were last.
    bool isLive() const { return m_live; }
    const std::optional<base::Error>& refusal() const { return m_refusal; } ///< why the server tells nothing

    /// Of the instance; the server's offset from UTC counts nowhere. Invalid names are UTC.
    const QTimeZone& zone() const { return m_zone; }

Q_SIGNALS:
    void changed();      ///< the figures
    void stateChanged(); ///< isLive() or refusal()

private:
    void ask();
    void take(const model::Overview& overview);
    void setLive(bool live);

    api::AgentSession& m_session;
    std::optional<model::Overview> m_value;
    std::optional<base::Error> m_refusal;
    QTimeZone m_zone = QTimeZone::utc();
    bool m_watched = false;
    bool m_live = false;
};

} // namespace cb::state
