#pragma once

#include "client/app/past_sessions.h"
#include "client/app/status_control.h"
#include "client/widgets/controls/panels.h"
#include "client/widgets/controls/rail.h"
#include "client/widgets/overlay/command_palette.h"
#include "client/widgets/overlay/shortcut_overlay.h"
#include "client/widgets/overlay/toast.h"
#include "client/workbench/workbench_page.h"

#include <QtCore/QTimer>

namespace cb::app {

/// What stands around the pages once somebody is signed in: rail, top bar with the status pill, connection strip,
/// palette, shortcut list, toasts. Lives as long as the account.
class Frame : public widgets::Ground {
    Q_OBJECT
public:
    explicit Frame(state::AgentAccount& account, QWidget* parent = nullptr);

    workbench::WorkbenchPage& workbench() { return *m_workbench; }
    void openPalette();
    void openShortcuts();
    void tell(widgets::Strip::Grade grade, const QString& sentence) { m_toaster.show(grade, sentence); }

Q_SIGNALS:
    void signOutWanted();
    void preferencesWanted();

protected:
    void retranslate() override;

private:
    void layOut();
    QAction* addCommand(const QKeySequence& keys, void (Frame::*run)());
    void tellConnection();
    void tellCounts();
    void onForced(model::StatusReason reason);
    void openPast(model::SessionId session);
    void onRefused(const sync::OutboxItem& item);
    void onChosen(const QVariant& choice);
    QList<QAction*> allCommands() const;

    state::AgentAccount& m_account;
    widgets::NavigationRail* m_rail;
    widgets::Strip* m_strip;
    widgets::ElidedLabel* m_place;
    StatusControl* m_status;
    workbench::WorkbenchPage* m_workbench;
    widgets::CommandPalette* m_palette;
    widgets::ShortcutOverlay* m_shortcuts;
    PastSessions m_past;
    widgets::Toaster m_toaster;
    QAction* m_openPalette;
    QAction* m_openShortcuts;
    QTimer m_retryTick; ///< runs only while the strip counts down to the next attempt
};

} // namespace cb::app
