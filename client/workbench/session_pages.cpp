#include "client/workbench/session_pages.h"

#include <QtCore/QTimer>

namespace cb::workbench {

SessionPages::SessionPages(state::AgentAccount& account, QWidget* parent)
    : PageShelf(account.folder() + QStringLiteral("/web"), parent)
    , m_account(account) {
    auto* sessions = account.workbench().sessions();
    connect(sessions, &QAbstractItemModel::rowsInserted, this, &SessionPages::onSessions);
    connect(sessions, &QAbstractItemModel::rowsRemoved, this, &SessionPages::onSessions);
    connect(sessions, &QAbstractItemModel::modelReset, this, &SessionPages::onSessions);
    connect(sessions, &QAbstractItemModel::dataChanged, this, &SessionPages::onSessions);
    connect(&account.workbench(), &state::WorkbenchState::presenceChanged, this, &SessionPages::warmUpSoon);
    connect(&account.screenPops(), &state::ScreenPops::changed, this, &SessionPages::warmUpSoon);
    connect(&account.screenPops(), &state::ScreenPops::changed, this, &SessionPages::onSessions);
    onSessions();
}

bool SessionPages::showSession(model::SessionId session) {
    if (const auto* item = m_account.workbench().sessions()->find(session))
        addPagesOf(*item);
    showKey(session.value);
    return shown() != 0;
}

model::SessionId SessionPages::ringing() const {
    const auto* sessions = m_account.workbench().sessions();
    if (m_account.screenPops().isEmpty() || sessions->rowCount() == 0)
        return {};
    const auto& first = sessions->at(0); // ringing rows come first, the longest at the head
    return first.section == state::Section::Ringing ? first.view.session.id : model::SessionId{};
}

void SessionPages::addPagesOf(const state::SessionItem& item) {
    std::vector<Entry> entries;
    for (auto& page : m_account.screenPops().pagesOf(item.view, m_account.workbench().me()))
        entries.push_back({std::move(page.name), std::move(page.url)});
    add(item.view.session.id.value, entries);
}

void SessionPages::onSessions() {
    const auto* sessions = m_account.workbench().sessions();
    std::set<Key> here;
    for (int row = 0; row < sessions->rowCount(); ++row) {
        const auto& item = sessions->at(row);
        here.insert(item.view.session.id.value);
        if (item.section == state::Section::Ringing)
            addPagesOf(item);
    }
    keep(here);
    Q_EMIT rangOrLeft();
}

/// Before the first session rings, when nothing else is under way.
void SessionPages::warmUpSoon() {
    const bool mayRing = m_account.workbench().presence().status != model::AgentStatus::Offline;
    if (m_warm || !mayRing || m_account.screenPops().isEmpty())
        return;
    m_warm = true;
    QTimer::singleShot(0, this, [] { warmUp(); });
}

} // namespace cb::workbench
