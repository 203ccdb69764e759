#pragma once

#include "client/state/agent_account.h"
#include "client/widgets/controls/panels.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>

namespace cb::workbench {

class KeyPad;
class QualityMark;

/// How a connection sounds.
enum class CallGrade { Unknown, Good, Fair, Poor };
CallGrade gradeOf(const std::optional<call::Quality>& quality);

/// Over the conversation while a call is with the agent, whichever session is looked at: who, how long, and what can be
/// done. GUI thread.
class CallBar : public widgets::Ground {
    Q_OBJECT
public:
    explicit CallBar(state::AgentAccount& account, QWidget* parent = nullptr);

    void toggleMute();
    void toggleHold();
    void toggleKeys();
    void transfer();

Q_SIGNALS:
    void told(cb::widgets::Strip::Grade grade, const QString& sentence);

protected:
    void retranslate() override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void layOut();
    void tell();
    void tellTime();
    void tellQuality();
    void tellSwitched(call::DeviceKind kind, const QString& name);
    QString phaseText() const;

    state::AgentAccount& m_account;
    widgets::ElidedLabel* m_phase;
    widgets::Label* m_time;
    widgets::ElidedLabel* m_who;
    QualityMark* m_quality;
    widgets::IconButton* m_mute;
    widgets::IconButton* m_hold;
    widgets::IconButton* m_keys;
    widgets::IconButton* m_transfer;
    widgets::IconButton* m_hangUp;
    widgets::Strip* m_trouble;
    QPointer<KeyPad> m_pad; ///< a child of the window, made when first wanted
    QTimer m_tick;
};

} // namespace cb::workbench
