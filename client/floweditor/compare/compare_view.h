#pragma once

#include "client/floweditor/compare/difference.h"
#include "client/floweditor/scene/canvas.h"
#include "client/widgets/controls/panels.h"

#include <QtWidgets/QListWidget>

#include <memory>

namespace cb::floweditor {

/// Two versions of a flow side by side, the older at the left: what came, went or changed is coloured in both and
/// stands in a list below, with the tests that differ; a line of it shows the place in both. The pictures move
/// together. Read only.
class CompareView : public widgets::Ground {
    Q_OBJECT
public:
    struct Side {
        flow::Graph graph;
        QString title;                              ///< "Version 3", "Yours"
        QString note;                               ///< "Today 14:02, by Anna"
        std::vector<flowtest::FlowTest> tests = {}; ///< where they may differ, too
    };

    CompareView(Side before, Side after, const Choices& choices, QWidget* parent = nullptr);
    ~CompareView() override;

    const Difference& difference() const { return m_difference; }
    const flow::Graph& before() const { return m_left->document.graph(); }
    const flow::Graph& after() const { return m_right->document.graph(); }
    Canvas& leftCanvas() const { return *m_left->canvas; }
    Canvas& rightCanvas() const { return *m_right->canvas; }
    QListWidget& list() const { return *m_list; }

protected:
    void retranslate() override;
    void restyle() override;
    void showEvent(QShowEvent* event) override;

private:
    struct Pane {
        Pane(Side side, const Choices& choices);
        Document document;
        std::vector<flowtest::FlowTest> tests;
        FlowScene* scene;
        Canvas* canvas;
        QString title;
        QString note;
        widgets::Label* head;
        widgets::Label* foot;
    };

    QWidget* build(Pane& pane);
    void paint();
    void fill();
    void follow(Canvas& leader, Canvas& other);
    void go(QListWidgetItem* item);
    QString sentenceOf(const NodeDifference& node) const;
    QString sentenceOf(const EdgeDifference& edge) const;
    QString sentenceOf(const TestDifference& test) const;

    std::unique_ptr<Pane> m_left;
    std::unique_ptr<Pane> m_right;
    Difference m_difference;
    widgets::Label* m_count;
    QListWidget* m_list;
    bool m_following = false;
    bool m_fitted = false;
};

} // namespace cb::floweditor
