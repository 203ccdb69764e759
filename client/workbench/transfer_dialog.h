#pragma once

#include "client/state/agent_account.h"
#include "client/widgets/controls/field.h"
#include "client/widgets/controls/segmented.h"
#include "client/widgets/overlay/dialog.h"
#include "client/widgets/overlay/list_row.h"

#include <QtWidgets/QListView>

class QStandardItemModel;

namespace cb::workbench {

/// To a group or to a colleague, with a note that only they see; a call also to a number outside. GUI thread.
class TransferDialog : public widgets::Dialog {
    Q_OBJECT
public:
    TransferDialog(state::AgentAccount& account, model::SessionId session, QWidget* parent);

protected:
    void retranslate() override;

private:
    enum Tab { Groups, Colleagues, Outside };
    void fill();
    bool isCall() const;
    bool isOutside() const { return m_tabs->current() == Outside; }
    void tellChoice();
    void addGroups(const QString& wanted);
    void addColleagues(const QString& wanted);
    void addRow(const widgets::ListRow& row, bool enabled);
    void transfer();

    state::AgentAccount& m_account;
    model::SessionId m_session;
    widgets::Segmented* m_tabs;
    widgets::SearchField* m_search;
    QListView* m_list;
    QStandardItemModel* m_rows;
    widgets::TextArea* m_note;
    widgets::TextField* m_number;
    widgets::Label* m_error;
    widgets::Button* m_transfer;
};

} // namespace cb::workbench
