#include "client/app/status_control.h"

#include "client/bridge/convert.h"
#include "client/bridge/words.h"

#include <QtWidgets/QMenu>

namespace cb::app {

using model::AgentStatus;
using widgets::StatusTone;

namespace {

StatusTone toneOf(AgentStatus status) {
    switch (status) {
    case AgentStatus::Idle:
        return StatusTone::Idle;
    case AgentStatus::Busy:
        return StatusTone::Busy;
    case AgentStatus::WrapUp:
        return StatusTone::WrapUp;
    case AgentStatus::Break:
        return StatusTone::Break;
    case AgentStatus::Offline:
        return StatusTone::Offline;
    }
    return StatusTone::Offline;
}

} // namespace

StatusControl::StatusControl(QWidget* parent)
    : StatusPill(parent)
    , m_menu(new QMenu(this))
    , m_online(add(QKeySequence(Qt::CTRL | Qt::Key_1)))
    , m_break(add(QKeySequence(Qt::CTRL | Qt::Key_2)))
    , m_offline(add(QKeySequence(Qt::CTRL | Qt::Key_3)))
    , m_cancel(add(QKeySequence(Qt::CTRL | Qt::Key_4)))
    , m_signOut(new QAction(this)) {
    m_menu->addActions({m_online, m_break, m_offline});
    m_menu->addSeparator();
    m_menu->addAction(m_cancel);
    m_menu->addSeparator();
    m_menu->addAction(m_signOut);
    setMenu(m_menu);
    connect(m_online, &QAction::triggered, this, [this] { m_account->commands().goOnline(); });
    connect(m_break, &QAction::triggered, this, [this] { m_account->commands().takeBreak(); });
    connect(m_offline, &QAction::triggered, this, [this] { m_account->commands().goOffline(); });
    connect(m_cancel, &QAction::triggered, this, [this] { m_account->commands().cancelPending(); });
    connect(m_signOut, &QAction::triggered, this, &StatusControl::signOutWanted);
    retranslateActions();
    hide();
}

StatusControl::~StatusControl() = default;

QAction* StatusControl::add(const QKeySequence& keys) {
    auto* action = new QAction(this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WindowShortcut);
    addAction(action);
    m_actions.append(action);
    return action;
}

void StatusControl::setAccount(state::AgentAccount* account) {
    m_account = account;
    setVisible(account != nullptr);
    if (!account)
        return;
    auto& workbench = account->workbench();
    connect(&workbench, &state::WorkbenchState::presenceChanged, this, &StatusControl::tell);
    connect(&workbench, &state::WorkbenchState::connectionChanged, this, &StatusControl::tell);
    connect(&workbench, &state::WorkbenchState::meChanged, this, &StatusControl::tell);
    tell();
}

void StatusControl::tell() {
    if (!m_account)
        return;
    const auto& workbench = m_account->workbench();
    const auto& presence = workbench.presence();
    const auto& me = workbench.me();
    // The pill counts by this machine's clock; the server's may differ.
    const auto since = bridge::toQt(presence.since).addMSecs(-workbench.clockOffset().count());
    const auto connection = workbench.connection();
    const bool live = connection == state::WorkbenchState::Connection::Connected;
    if (live)
        setStatus(toneOf(presence.status), bridge::word(presence.status),
                  presence.status == AgentStatus::Offline ? QDateTime() : since);
    else // what the server takes us for now nobody here knows
        setStatus(StatusTone::Offline, connection == state::WorkbenchState::Connection::Stopped ? tr("Not connected")
                                       : workbench.isLive()                                     ? tr("Reconnecting…")
                                                                                                : tr("Connecting…"));
    setPerson(bridge::toQt(me.nickname.empty() ? me.name : me.nickname));
    QString pending;
    if (live && presence.hasPending)
        pending = presence.pending == AgentStatus::Break ? tr("Break when the sessions end")
                                                         : tr("Offline when the sessions end");
    setPending(pending);
    const auto status = presence.status;
    m_online->setText(status == AgentStatus::Break ? tr("End break") : tr("Go online"));
    m_online->setEnabled(live && (status == AgentStatus::Offline || status == AgentStatus::Break));
    m_break->setEnabled(live && status != AgentStatus::Offline && status != AgentStatus::Break &&
                        !(presence.hasPending && presence.pending == AgentStatus::Break));
    m_offline->setEnabled(live && status != AgentStatus::Offline &&
                          !(presence.hasPending && presence.pending == AgentStatus::Offline));
    m_cancel->setEnabled(live && presence.hasPending);
}

void StatusControl::retranslateActions() {
    m_online->setText(tr("Go online"));
    m_break->setText(tr("Take a break"));
    m_offline->setText(tr("Go offline"));
    m_cancel->setText(tr("Stay available"));
    m_signOut->setText(tr("Sign out"));
}

void StatusControl::changeEvent(QEvent* event) {
    StatusPill::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslateActions();
        tell();
    }
}

} // namespace cb::app
