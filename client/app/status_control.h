#pragma once

#include "client/state/agent_account.h"
#include "client/widgets/controls/status.h"

#include <QtGui/QAction>

class QMenu;

namespace cb::app {

/// The pill at the upper right: the agent's status, how long, what is pending; its menu changes it. Ctrl+1…4.
class StatusControl : public widgets::StatusPill {
    Q_OBJECT
public:
    explicit StatusControl(QWidget* parent = nullptr);
    ~StatusControl() override;

    /// nullptr: nobody is signed in.
    void setAccount(state::AgentAccount* account);
    QList<QAction*> actions() const { return m_actions; }

Q_SIGNALS:
    void signOutWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    QAction* add(const QKeySequence& keys);
    void retranslateActions();
    void tell();

    QPointer<state::AgentAccount> m_account;
    QMenu* m_menu;
    QList<QAction*> m_actions;
    QAction* m_online;
    QAction* m_break;
    QAction* m_offline;
    QAction* m_cancel;
    QAction* m_signOut;
};

} // namespace cb::app
