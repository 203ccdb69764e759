#pragma once

#include "client/state/agent_account.h"
#include "client/widgets/controls/field.h"
#include "client/widgets/overlay/dialog.h"

namespace cb::workbench {

class LevelBar;

/// 设备检测: which microphone and speaker calls use, whether they work, whether the server can be reached. What is
/// chosen takes effect at once, in the middle of a call as well. GUI thread.
class DeviceCheck : public widgets::Dialog {
    Q_OBJECT
public:
    DeviceCheck(state::AgentAccount& account, QWidget* parent);
    ~DeviceCheck() override;

protected:
    void retranslate() override;

private:
    void layOut();
    void fill();
    void choose();
    void tell();
    void onLevels(double microphone);

    state::AgentAccount& m_account;
    widgets::SelectField* m_microphone;
    LevelBar* m_level;
    widgets::Label* m_heard;
    widgets::SelectField* m_speaker;
    widgets::Button* m_tone;
    widgets::Label* m_toneHint;
    widgets::Label* m_server;
    widgets::Label* m_trouble;
    widgets::Button* m_close;
    bool m_sound = false; ///< this program has any
    bool m_spoken = false;
};

} // namespace cb::workbench
