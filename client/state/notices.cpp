#include "client/state/notices.h"

#include "client/bridge/convert.h"

#include <algorithm>

namespace cb::state {

Notices::Notices(WorkbenchState& workbench, WrapUps& wrapUps, QObject* parent)
    : QObject(parent)
    , m_workbench(workbench) {
    connect(&m_workbench, &WorkbenchState::presenceChanged, this, &Notices::changed);
    connect(&m_workbench, &WorkbenchState::transferFailed, this, [this](const wire::TransferFailed& failed) {
        Notice notice;
        notice.kind = Notice::Kind::TransferFailed;
        notice.transfer = failed;
        add(std::move(notice));
    });
    connect(&wrapUps, &WrapUps::lost, this, [this](const QString& customer, const model::WrapUpForm& form) {
        Notice notice;
        notice.kind = Notice::Kind::WrapUpLost;
        notice.customer = customer;
        notice.form = form;
        add(std::move(notice));
    });
}

void Notices::add(Notice notice) {
    notice.id = ++m_lastId;
    notice.at = m_workbench.serverNow();
    m_standing.push_back(std::move(notice));
    if (m_standing.size() > kMost)
        m_standing.pop_front();
    Q_EMIT changed();
}

std::vector<Notice> Notices::all() const {
    std::vector<Notice> notices;
    const auto& presence = m_workbench.presence();
    if (presence.status == model::AgentStatus::Break && presence.reason == model::StatusReason::RingTimeout) {
        Notice missed;
        missed.at = bridge::toQt(presence.since);
        notices.push_back(std::move(missed));
    }
    notices.insert(notices.end(), m_standing.begin(), m_standing.end());
    return notices;
}

void Notices::dismiss(int id) {
    if (std::erase_if(m_standing, [id](const Notice& notice) { return notice.id == id; }) > 0)
        Q_EMIT changed();
}

} // namespace cb::state
