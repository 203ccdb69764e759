#include "client/state/overview.h"

#include <utility>

namespace cb::state {

using api::AgentSession;

Overview::Overview(AgentSession& session, QObject* parent)
    : QObject(parent)
    , m_session(session) {
    connect(&session, &AgentSession::overviewReceived, this, &Overview::take);
    connect(&session, &AgentSession::welcomed, this, [this] {
        if (m_watched)
            ask();
    });
    connect(&session, &AgentSession::stateChanged, this, [this](AgentSession::State state) {
        if (state != AgentSession::State::Up)
            setLive(false);
    });
}

void Overview::setWatched(bool watched) {
    if (m_watched == watched)
        return;
    m_watched = watched;
    if (m_session.state() == AgentSession::State::Up) {
        if (watched)
            ask();
        else
            m_session.request(wire::WatchOverview{false}, this, {});
    }
    if (!watched)
        setLive(false);
}

void Overview::ask() {
    m_session.request(wire::WatchOverview{true}, this, [this](const base::Result<void>& answer) {
        if (answer || answer.error().code == "disconnected")
            return;
        m_refusal = answer.error();
        Q_EMIT stateChanged();
    });
}

void Overview::take(const model::Overview& overview) {
    if (!m_watched)
        return; // was on its way
    if (!m_value || m_value->timeZone != overview.timeZone) {
        m_zone = QTimeZone(QByteArray::fromStdString(overview.timeZone));
        if (!m_zone.isValid())
            m_zone = QTimeZone::utc();
    }
    m_value = overview;
    setLive(true);
    Q_EMIT changed();
}

void Overview::setLive(bool live) {
    const bool refused = std::exchange(m_refusal, std::nullopt).has_value();
    if (std::exchange(m_live, live) != live || refused)
        Q_EMIT stateChanged();
}

} // namespace cb::state
