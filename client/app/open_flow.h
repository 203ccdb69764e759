#pragma once

#include "client/floweditor/workshop/flow_page.h"
#include "client/floweditor/workshop/replay_page.h"
#include "client/state/agent_account.h"

#include <QtCore/QPointer>
#include <QtWidgets/QStackedWidget>

namespace cb::app {

/// The flow, or the session on its flow, that stands open among the frame's pages: one at a time. Opening another
/// closes it; nothing is lost by that, see FlowPage.
class OpenFlow : public QObject {
    Q_OBJECT
public:
    /// Both outlive it.
    OpenFlow(state::AgentAccount& account, QStackedWidget& pages, QObject* parent = nullptr);
    ~OpenFlow() override;

    void open(model::FlowId flow);
    void replay(model::SessionId session);
    void close();
    QWidget* page() const { return m_page; } ///< nullptr: none is open
    bool isReplay() const { return qobject_cast<floweditor::ReplayPage*>(m_page) != nullptr; }

Q_SIGNALS:
    void closed(); ///< by its back button
    void told(cb::widgets::Strip::Grade grade, const QString& sentence);

private:
    void show(QWidget* page);
    void tellChoices();

    state::AgentAccount& m_account;
    QStackedWidget& m_pages;
    std::unique_ptr<state::FlowWork> m_work;
    QPointer<QWidget> m_page;
};

} // namespace cb::app
