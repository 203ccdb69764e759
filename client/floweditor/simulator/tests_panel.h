#pragma once

#include "client/floweditor/document/document.h"
#include "client/widgets/controls/panels.h"

#include <QtCore/QTimer>
#include <QtWidgets/QListWidget>

namespace cb::floweditor {

/// The tests kept with the flow; each says at once whether the flow that is drawn still passes it.
class TestsPanel : public widgets::Ground {
    Q_OBJECT
public:
    explicit TestsPanel(Document& document, QWidget* parent = nullptr);

    int failing() const { return m_failing; }
    void select(const QString& name); ///< and ready to be renamed

Q_SIGNALS:
    void playWanted(const cb::flowtest::FlowTest& test);
    void failingChanged(int failing);

protected:
    void retranslate() override;

private:
    void fill();
    void check();
    void removeChosen();
    void renamed(QListWidgetItem* item);

    Document& m_document;
    QListWidget* m_list;
    widgets::EmptyState* m_empty;
    widgets::Button* m_play;
    widgets::Button* m_remove;
    QTimer m_checkSoon;
    int m_failing = 0;
};

/// Why a test does not pass, in a sentence; empty when it does.
QString sentenceOf(const flowtest::Verdict& verdict, const flow::Graph& graph);

} // namespace cb::floweditor
