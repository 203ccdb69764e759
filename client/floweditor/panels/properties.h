#pragma once

#include "client/floweditor/document/document.h"
#include "client/widgets/controls/field.h"
#include "client/widgets/controls/panels.h"

#include <QtCore/QTimer>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QStackedWidget>

namespace cb::floweditor {

class NodeForm;

/// The settings of the one node that is chosen, what is wrong with it, and where each of its outputs leads: with the
/// keyboard alone a flow can be drawn here.
class Properties : public widgets::Ground {
    Q_OBJECT
public:
    explicit Properties(Document& document, QWidget* parent = nullptr);

    /// What is chosen on the canvas.
    void show(const Part& part);
    flow::NodeId node() const { return m_node; }
    /// The first field gets the focus.
    void edit();

protected:
    void retranslate() override;

private:
    void build();
    void fill();
    void tellNothing();
    void fillOutputs();
    void tellProblems();
    void orderTabs();
    void store(const QString& key);
    void leadTo(const std::string& port, flow::NodeId to);

    Document& m_document;
    flow::NodeId m_node;
    std::size_t m_chosen = 0; ///< nodes
    std::size_t m_kind = 0;   ///< of the form that stands, as index of NodeData
    QStackedWidget* m_pages;
    widgets::EmptyState* m_nothing;
    widgets::Label* m_kindName;
    widgets::Label* m_problems;
    widgets::TextField* m_label;
    QWidget* m_formPlace;
    NodeForm* m_form = nullptr;
    widgets::SectionHeader* m_outputsTitle;
    QFormLayout* m_outputs;
    std::vector<std::string> m_ports; ///< of the rows that stand
    QTimer m_ordering;                ///< orderTabs(), at once but after what is posted
    bool m_filling = false;
    bool m_storing = false; ///< what the fields hold is on its way into the document
};

} // namespace cb::floweditor
