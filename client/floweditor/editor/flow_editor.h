#pragma once

#include "client/floweditor/panels/fold.h"
#include "client/floweditor/panels/palette.h"
#include "client/floweditor/panels/problem_strip.h"
#include "client/floweditor/panels/properties.h"
#include "client/floweditor/scene/canvas.h"
#include "client/floweditor/simulator/simulator.h"
#include "client/floweditor/simulator/tests_panel.h"
#include "client/widgets/overlay/popup_list.h"

#include <array>

namespace cb::floweditor {

/// The whole editor of one flow. It knows no server: what is to be saved or published is asked for by signals, and who
/// answers tells how it went.
class FlowEditor : public widgets::Ground {
    Q_OBJECT
public:
    enum class State {
        Saved,
        Edited, ///< not on the server yet
        Saving,
        Locked ///< read only: published or in use
    };
    enum Tab { PropertiesTab, SimulatorTab, TestsTab };

    FlowEditor(Document& document, const QString& name, QWidget* parent = nullptr);

    Document& document() const { return m_document; }
    Canvas& canvas() const { return *m_canvas; }
    FlowScene& scene() const { return *m_scene; }
    void setName(const QString& name);
    void setState(State state);
    void showTab(Tab tab); ///< also out of its fold
    /// Of whoever put the editor up: a button beside “Save”, an entry of the menu behind it.
    void addButton(widgets::Button* button);
    void addMenuAction(QAction* action) { m_extra << action; }
    void showProblems() { m_problems->setUnfolded(true); }

Q_SIGNALS:
    void closeWanted();
    void saveWanted();
    void publishWanted();
    void told(cb::widgets::Strip::Grade grade, const QString& sentence);

protected:
    void retranslate() override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildBar();
    void build();
    QWidget* buildSide();
    void buildFolds(QWidget& side);
    void buildActions();
    QAction* add(const QKeySequence& keys, const std::function<void()>& does, QWidget* where = nullptr);
    void connectParts();
    std::vector<const flow::Node*> hits() const;
    void search();
    void stepSearch(int by);
    void tellHits();
    void writeFile();
    void readFile();
    void writePicture(bool svg);
    void updateBar();

    Document& m_document;
    QString m_flowName;
    State m_state = State::Saved;
    FlowScene* m_scene;
    widgets::IconButton* m_back;
    widgets::ElidedLabel* m_title;
    widgets::Label* m_stateWords;
    widgets::IconButton* m_undo;
    widgets::IconButton* m_redo;
    widgets::IconButton* m_arrange;
    widgets::SearchField* m_search;
    widgets::PopupList* m_found;
    widgets::Label* m_hits;
    flow::NodeId m_hit; ///< of the hits, the one that was gone to last
    widgets::IconButton* m_more;
    QHBoxLayout* m_buttons;
    QList<QAction*> m_extra; ///< not ours
    widgets::Button* m_save;
    widgets::Button* m_publish;
    Palette* m_palette;
    Canvas* m_canvas;
    widgets::Segmented* m_tabs;
    widgets::IconButton* m_foldSide;
    QStackedWidget* m_pages;
    Properties* m_properties;
    Simulator* m_simulator;
    TestsPanel* m_tests;
    ProblemStrip* m_problems;
    FoldedColumn* m_paletteColumn;
    FoldedColumn* m_sideColumn;
    std::array<widgets::IconButton*, 3> m_sideTabs; ///< on that column
    Fold* m_paletteFold = nullptr;
    Fold* m_sideFold = nullptr;
    bool m_fitted = false;
};

} // namespace cb::floweditor
