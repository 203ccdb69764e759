#pragma once

#include "client/state/agent_account.h"
#include "client/widgets/controls/field.h"
#include "client/widgets/controls/panels.h"
#include "client/widgets/controls/segmented.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtWidgets/QListView>
#include <QtWidgets/QStackedWidget>

#include <map>
#include <optional>

namespace cb::widgets {
class FactList;
class TranscriptView;
} // namespace cb::widgets

namespace cb::workbench {

class SessionPages;

/// The right column: who the customer is, how they came here, their earlier conversations, and the screen pops; while
/// nothing is chosen, those of the session that rings. GUI thread.
class ContextPanel : public widgets::Ground {
    Q_OBJECT
public:
    explicit ContextPanel(state::AgentAccount& account, QWidget* parent = nullptr);

    void show(model::SessionId session); ///< 0 = nothing is chosen
    /// Saves what was typed about the customer, as pausing and leaving the fields do: nobody has to think of it, and
    /// after the session there is no way to.
    void saveTyped();

Q_SIGNALS:
    void told(cb::widgets::Strip::Grade grade, const QString& sentence);

protected:
    void retranslate() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* buildCustomer();
    QWidget* buildHistory();
    void onSessions();
    void showPages();
    void keepUnsaved();
    void fill();
    void setName(const QString& name);
    void save();
    bool isEdited() const;
    void store(bool tell);
    void askBlock();
    void openEarlier(const QModelIndex& index);

    state::AgentAccount& m_account;
    model::SessionId m_session;
    model::CustomerId m_customer;
    struct Typed {
        QString name, notes;
        bool operator==(const Typed&) const = default;
    };
    std::optional<Typed> m_underWay;              ///< of the customer in front: sent, not answered yet
    std::map<model::CustomerId, Typed> m_unsaved; ///< what was typed and not saved when another session was shown
    QTimer m_pause;                               ///< typing has paused
    QString m_savedName;
    QString m_savedNotes;
    QStackedWidget* m_whole; ///< nothing chosen, or the tabs
    widgets::EmptyState* m_nobody;
    widgets::Segmented* m_tabs;
    QStackedWidget* m_pages;
    widgets::TextField* m_name;
    widgets::TextArea* m_notes;
    widgets::Button* m_save;
    widgets::Button* m_block;
    widgets::SectionHeader* m_factsTitle;
    widgets::FactList* m_facts;
    widgets::SectionHeader* m_pathTitle;
    widgets::Label* m_path;
    QListView* m_history;
    widgets::EmptyState* m_noHistory;
    widgets::Button* m_back;
    widgets::TranscriptView* m_earlier;
    QStackedWidget* m_historyPages;
    SessionPages* m_webPages;
};

} // namespace cb::workbench
