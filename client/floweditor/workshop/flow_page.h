#pragma once

#include "client/floweditor/document/listener.h"
#include "client/floweditor/editor/flow_editor.h"
#include "client/state/flow_work.h"

#include <QtCore/QTimer>
#include <QtWidgets/QStackedWidget>

namespace cb::floweditor {

/// A flow that is open: the editor, and what goes between it and the server. Closing loses nothing: what is not saved
/// is kept on this machine and shown again the next time.
class FlowPage : public widgets::Ground {
    Q_OBJECT
public:
    /// `work` outlives it and is not loaded yet.
    explicit FlowPage(state::FlowWork& work, QWidget* parent = nullptr);
    ~FlowPage() override;

    state::FlowWork& work() { return m_work; }
    FlowEditor* editor() const { return m_editor; } ///< nullptr until it is loaded
    /// What flows may refer to, whenever that is known anew.
    void setChoices(Choices choices);
    /// A new flow with what is drawn here, named by the user.
    void askCopy();

Q_SIGNALS:
    void closeWanted();
    /// A copy was made: it is to be opened.
    void copied(cb::model::FlowId flow);
    /// The list of flows is no longer what it was.
    void listChanged();
    void told(cb::widgets::Strip::Grade grade, const QString& sentence);

protected:
    void retranslate() override;
    void hideEvent(QHideEvent* event) override;

private:
    void open();
    void close();
    void take();
    void takeSoon();
    void tellHead();
    void tellStrip();
    void onStrip();
    void onRefused(const base::Error& error);
    void onConflict();
    void openVersions();
    void askRename();
    void askPublish();
    void publish(bool force);
    QString whenBy(base::TimePoint at, const std::string& by) const;

    state::FlowWork& m_work;
    Listener m_listener;
    Choices m_choices;
    widgets::Strip* m_strip;
    QStackedWidget* m_pages;
    widgets::EmptyState* m_waiting;
    std::unique_ptr<Document> m_document;
    FlowEditor* m_editor = nullptr;
    widgets::Button* m_unpublish = nullptr;
    widgets::Button* m_copy = nullptr;
    QAction* m_versions;
    QAction* m_rename;
    QAction* m_copyAction;
    QTimer m_takeSoon;
};

} // namespace cb::floweditor
