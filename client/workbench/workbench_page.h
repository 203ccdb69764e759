#pragma once

#include "client/state/agent_account.h"
#include "client/widgets/controls/panels.h"

#include <QtGui/QAction>
#include <QtWidgets/QWidget>

#include <memory>

namespace cb::workbench {

/// The agent's workbench: session list, conversation, context (docs: ui-design "Agent workbench"). Reads the account's
/// models and calls its commands; owns no state but what is selected and how wide things are. GUI thread.
class WorkbenchPage : public QWidget {
    Q_OBJECT
public:
    explicit WorkbenchPage(state::AgentAccount& account, QWidget* parent = nullptr);
    ~WorkbenchPage() override;

    /// What can be done here, in reading order, each with its text and shortcut: for the command palette and the
    /// shortcut list. Their enabled state is kept current; texts follow the language.
    QList<QAction*> commands() const;

    /// Selects it and gives the composer the focus (the card, when it rings).
    void showSession(model::SessionId session);
    void showOffer(model::OfferId offer);
    model::SessionId currentSession() const;
    void openDial(const QString& number); ///< as somebody wrote it; empty: to be typed
    void openDeviceCheck();

Q_SIGNALS:
    /// Something happened that deserves a word: a toast of the window.
    void told(cb::widgets::Strip::Grade grade, const QString& sentence);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void connectCalls();

    struct Parts;
    std::unique_ptr<Parts> m_parts;
    bool m_roomy = true; ///< wide enough for the customer column
};

} // namespace cb::workbench
