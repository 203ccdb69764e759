#pragma once

#include "client/state/agent_account.h"
#include "client/widgets/controls/button.h"
#include "client/widgets/controls/field.h"
#include "client/widgets/controls/panels.h"

#include <QtCore/QTimer>

namespace cb::workbench {

/// Stands in the composer's place once a session has ended: category, note, complete. It completes itself after the
/// setting; the form counts down and sends what was typed in time. GUI thread.
class WrapUpForm : public widgets::Ground {
    Q_OBJECT
public:
    explicit WrapUpForm(state::AgentAccount& account, QWidget* parent = nullptr);

    /// What was typed for this session before is kept until it is completed.
    void show(const state::SessionItem& item);
    void complete();
    void focusFirst();

protected:
    void retranslate() override;
    void hideEvent(QHideEvent* event) override;

private:
    struct Typed {
        QString category;
        QString note;
    };
    void keep();
    void tick();

    state::AgentAccount& m_account;
    model::SessionId m_session;
    QDateTime m_endedAt;
    std::map<model::SessionId, Typed> m_typed;
    widgets::Label* m_title;
    widgets::Label* m_countdown;
    widgets::SelectField* m_category;
    widgets::TextArea* m_note;
    widgets::Button* m_complete;
    QTimer m_tick;
};

} // namespace cb::workbench
