#pragma once

#include "client/admin/manage_page.h"
#include "client/app/open_flow.h"
#include "client/app/past_sessions.h"
#include "client/app/status_control.h"
#include "client/records/records_page.h"
#include "client/widgets/controls/panels.h"
#include "client/widgets/controls/rail.h"
#include "client/widgets/overlay/command_palette.h"
#include "client/widgets/overlay/shortcut_overlay.h"
#include "client/widgets/overlay/toast.h"
#include "client/workbench/workbench_page.h"

#include <QtCore/QTimer>
#include <QtCore/QUrl>
#include <QtWidgets/QStackedWidget>

namespace cb::app {

/// What stands around the pages once somebody is signed in: rail, top bar with the status pill, connection strip,
/// palette, shortcut list, toasts. Lives as long as the account.
class Frame : public widgets::Ground {
    Q_OBJECT
public:
    explicit Frame(state::AgentAccount& account, QWidget* parent = nullptr);

    workbench::WorkbenchPage& workbench() { return *m_workbench; }
    void showOffer(model::OfferId offer);
    void showSession(model::SessionId session);
    /// Somebody clicked on a number: it waits in the dial pad to be called.
    Q_INVOKABLE void dialLink(const QUrl& link);
    /// Only for admins; the page is made when it is first shown.
    void showManage(admin::Place place);
    admin::ManagePage* manage() { return m_manage; } ///< nullptr: not opened yet
    /// The page is made when it is first shown.
    void showRecords();
    records::RecordsPage* records() { return m_records; } ///< nullptr: not opened yet
    void openFlow(model::FlowId flow);
    /// Where a session came by its flow: in place of the records, to which it leads back.
    void openReplay(model::SessionId session);
    OpenFlow& flow() { return m_flow; }
    /// Does `go` when no edit of a page would be lost, or the user says so.
    void leave(std::function<void()> go);
    bool isEdited() const { return m_manage != nullptr && m_manage->isEdited(); }
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
    void showWork();
    bool makeManage();
    void makeRecords();
    void goTo(const QString& page);
    void leaveFlow();
    void answerFromManage();
    bool isAdmin() const { return m_account.workbench().me().role == model::Role::Admin; }
    void tellRole();
    void tellLines();
    void tellRinging();
    void onRingingAction();
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
    widgets::Strip* m_ringing; ///< what rings, or the call, while the workbench is not in sight
    QStackedWidget* m_pages;   ///< all stay alive: nothing is lost by going to and fro
    workbench::WorkbenchPage* m_workbench;
    admin::ManagePage* m_manage = nullptr;
    records::RecordsPage* m_records = nullptr;
    bool m_recordsOfAdmin = false;
    OpenFlow m_flow; ///< in place of m_manage while one is open, of m_records while a session is
    widgets::CommandPalette* m_palette;
    widgets::ShortcutOverlay* m_shortcuts;
    PastSessions m_past;
    widgets::Toaster m_toaster;
    QAction* m_openPalette;
    QAction* m_openShortcuts;
    QAction* m_answer;  ///< the workbench's own key does nothing while it is not in sight
    QTimer m_retryTick; ///< runs only while the strip counts down to the next attempt
};

} // namespace cb::app
