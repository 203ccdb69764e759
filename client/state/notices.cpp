#include "client/state/notices.h"

#include "client/bridge/convert.h"

#include <algorithm>

namespace cb::state {

Notices::Notices(WorkbenchState& workbench, WrapUps& wrapUps, QObject* parent)
    : QObject(parent)
    , m_workbench(workbench)
    , m_wrapUps(wrapUps) {
    connect(&m_workbench, &WorkbenchState::presenceChanged, this, &Notices::changed);
    connect(&m_workbench, &WorkbenchState::transferFailed, this, &Notices::addTransfer);
    connect(&m_workbench, &WorkbenchState::sessionAssigned, this, &Notices::forgetTransfer);
    connect(&m_wrapUps, &WrapUps::lostChanged, this, &Notices::takeLost);
    takeLost();
}

/// Whoever has the session again needs no word of where it waits.
void Notices::forgetTransfer(model::SessionId session) {
    const auto gone = std::erase_if(m_standing, [session](const Notice& one) {
        return one.kind == Notice::Kind::TransferFailed && one.session == session;
    });
    if (gone > 0)
        Q_EMIT changed();
}

void Notices::addTransfer(model::SessionId session, const wire::TransferFailed& failed) {
    Notice notice;
    notice.kind = Notice::Kind::TransferFailed;
    notice.id = ++m_lastId;
    notice.at = m_workbench.serverNow();
    notice.session = session;
    notice.transfer = failed;
    m_standing.push_back(std::move(notice));
    const auto isTransfer = [](const Notice& one) { return one.kind == Notice::Kind::TransferFailed; };
    if (std::count_if(m_standing.begin(), m_standing.end(), isTransfer) > std::ptrdiff_t(kMost))
        m_standing.erase(std::find_if(m_standing.begin(), m_standing.end(), isTransfer));
    Q_EMIT changed();
}

/// Those of wrap-ups are what WrapUps has, no more and no fewer.
void Notices::takeLost() {
    const auto& lost = m_wrapUps.lost();
    std::erase_if(m_standing, [&lost](const Notice& notice) {
        return notice.kind == Notice::Kind::WrapUpLost &&
               std::find(lost.begin(), lost.end(), notice.wrapUp) == lost.end();
    });
    for (const auto& one : lost) {
        if (std::any_of(m_standing.begin(), m_standing.end(), [&one](const Notice& notice) {
                return notice.kind == Notice::Kind::WrapUpLost && notice.wrapUp == one;
            }))
            continue;
        Notice notice;
        notice.kind = Notice::Kind::WrapUpLost;
        notice.id = ++m_lastId;
        notice.at = one.at;
        notice.wrapUp = one;
        m_standing.push_back(std::move(notice));
    }
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
    const auto found =
        std::find_if(m_standing.begin(), m_standing.end(), [id](const Notice& notice) { return notice.id == id; });
    if (found == m_standing.end())
        return;
    if (found->kind == Notice::Kind::WrapUpLost)
        return m_wrapUps.dismiss(found->wrapUp.id);
    m_standing.erase(found);
    Q_EMIT changed();
}

} // namespace cb::state
