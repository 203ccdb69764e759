#pragma once

#include "client/state/agent_account.h"
#include "client/widgets/controls/countdown.h"
#include "client/widgets/controls/panels.h"

#include <QtCore/QTimer>

namespace cb::workbench {

/// Where the call bar was, once the call is over and until the agent takes the next one: go on, or finish notes first
/// （话后整理）; how long until it goes on by itself. GUI thread.
class AfterCallBar : public widgets::Ground {
    Q_OBJECT
public:
    explicit AfterCallBar(state::AgentAccount& account, QWidget* parent = nullptr);

    void goOn();
    void finishNotes();

protected:
    void retranslate() override;

private:
    void tell();
    void tellTime();
    void setBusy(widgets::Button* button, bool busy);

    state::AgentAccount& m_account;
    widgets::Countdown* m_ring;
    widgets::Label* m_text;
    widgets::Label* m_time;
    widgets::Button* m_notes;
    widgets::Button* m_goOn;
    QTimer m_tick;
};

} // namespace cb::workbench
