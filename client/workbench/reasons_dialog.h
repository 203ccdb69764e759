#pragma once

#include "client/state/agent_account.h"
#include "client/widgets/overlay/dialog.h"

#include <QtWidgets/QTreeWidget>

namespace cb::workbench {

/// Why this agent: every offer of the session, who was looked at, with what load, and why the others were passed over.
/// GUI thread.
class ReasonsDialog : public widgets::Dialog {
    Q_OBJECT
public:
    ReasonsDialog(state::AgentAccount& account, model::SessionId session, QWidget* parent);

protected:
    void retranslate() override;

private:
    void fill(const wire::OfferList& offers);

    state::AgentAccount& m_account;
    widgets::Label* m_state;
    QTreeWidget* m_tree;
    widgets::Button* m_close;
};

} // namespace cb::workbench
