#pragma once

#include "client/state/agent_account.h"
#include "client/widgets/controls/button.h"
#include "client/widgets/controls/field.h"
#include "client/widgets/controls/panels.h"

#include <QtCore/QTimer>
#include <QtWidgets/QBoxLayout>

namespace cb::workbench {

/// Stands in the composer's place once a session has ended: category, note, complete. The session completes itself
/// after the setting; the form says how long that is and what goes with it (state::WrapUps keeps and sends what is
/// typed). In a narrow column its fields stand one below the other. GUI thread.
class WrapUpForm : public widgets::Ground {
    Q_OBJECT
public:
    explicit WrapUpForm(state::AgentAccount& account, QWidget* parent = nullptr);

    void show(const state::SessionItem& item);
    void complete();
    void focusFirst();

protected:
    void retranslate() override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void layOut();
    void arrange();
    void fill();
    void noteTyped();
    void tick();

    state::AgentAccount& m_account;
    model::SessionId m_session;
    widgets::ElidedLabel* m_title;
    widgets::Label* m_countdown;
    widgets::SelectField* m_category;
    widgets::TextArea* m_note;
    widgets::Button* m_complete;
    QBoxLayout* m_head;
    QBoxLayout* m_fields;
    QVBoxLayout* m_column;
    bool m_filling = false; ///< what changes was not typed
    QTimer m_tick;
};

} // namespace cb::workbench
