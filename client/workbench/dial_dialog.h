#pragma once

#include "client/state/agent_account.h"
#include "client/widgets/controls/field.h"
#include "client/widgets/overlay/dialog.h"
#include "client/workbench/key_grid.h"

#include <QtWidgets/QListView>

class QStandardItemModel;

namespace cb::workbench {

/// Calls somebody: a number typed, pasted in whatever form, or called before; the number of ours that they see. Enter
/// calls. Goes once the call is there. GUI thread.
class DialDialog : public widgets::Dialog {
    Q_OBJECT
public:
    /// `number`: what to begin with, as somebody wrote it.
    DialDialog(state::AgentAccount& account, const QString& number, QWidget* parent);

protected:
    void retranslate() override;

private:
    void layOut();
    void fillLines();
    void fillHistory();
    void tell();
    void clean(const QString& typed);
    void dial();
    void onAnswer(const base::Result<void>& done);

    state::AgentAccount& m_account;
    widgets::TextField* m_number;
    KeyGrid* m_keys;
    widgets::SelectField* m_line;
    widgets::Label* m_historyTitle;
    QListView* m_history;
    QStandardItemModel* m_rows;
    widgets::Label* m_error;
    widgets::Button* m_dial;
};

} // namespace cb::workbench
