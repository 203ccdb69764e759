#pragma once

#include "client/state/agent_account.h"
#include "client/widgets/theme/themed.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QWidget>

namespace cb::workbench {

class NoticeRow;

/// Above the columns: what the agent must not miss, line by line, until it is seen (state::Notices). Takes no room
/// while there is nothing. GUI thread.
class NoticeBar : public widgets::Themed<QWidget> {
    Q_OBJECT
public:
    explicit NoticeBar(state::AgentAccount& account, QWidget* parent = nullptr);

    static constexpr int kMost = 3; ///< lines at once; the next comes when one is closed

protected:
    void retranslate() override;

private:
    void fill();
    NoticeRow* makeRow(const state::Notice& notice);

    state::AgentAccount& m_account;
    QVBoxLayout* m_column;
    std::vector<std::pair<state::Notice, NoticeRow*>> m_rows;
};

/// What a notice says, in the program's present language.
QString sentenceOf(const state::Notice& notice);

} // namespace cb::workbench
