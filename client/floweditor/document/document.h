#pragma once

#include "client/floweditor/document/choices.h"
#include "client/floweditor/document/edits.h"
#include "shared/flowtest/flow_test.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>
#include <QtGui/QUndoStack>

namespace cb::floweditor {

/// A flow while it is edited: the graph, every edit since it was opened (undone and done again without limit), and what
/// keeps it from being published. GUI thread. The graph is changed by the functions here only; who shows it listens to
/// changed(). While read-only every edit of the graph does nothing.
class Document : public QObject {
    Q_OBJECT
public:
    explicit Document(flow::Graph graph, QObject* parent = nullptr);

    const flow::Graph& graph() const { return m_graph; }
    QUndoStack& history() { return m_history; }
    bool isReadOnly() const { return m_readOnly; }
    void setReadOnly(bool on);

    /// Every problem, in the order of the nodes; follows the edits after a short pause.
    const std::vector<flow::Problem>& problems() const { return m_problems; }
    /// What the flow may refer to; checked anew.
    const Choices& choices() const { return m_choices; }
    void setChoices(Choices choices);

    /// What was saved of the simulator's runs; kept with the flow, not among the steps that are undone.
    const std::vector<flowtest::FlowTest>& tests() const { return m_tests; }
    void setTests(std::vector<flowtest::FlowTest> tests);
    /// By themselves: tests change also while nobody may edit the flow.
    bool areTestsReadOnly() const { return m_testsReadOnly; }
    void setTestsReadOnly(bool on);

    /// The id of the new node, 0 when none came.
    flow::NodeId addNode(flow::NodeData data, const QString& label, flow::Point at);
    flow::NodeId addBehind(flow::NodeId from, const std::string& port, flow::NodeData data, const QString& label,
                           flow::Point at);
    flow::NodeId addInto(const flow::Edge& edge, flow::NodeData data, const QString& label, flow::Point at);
    bool putInto(const flow::Edge& edge, flow::NodeId node, flow::Point at);
    void remove(const Part& part);
    /// Moves that follow each other with the same `key` are one step; an empty key never joins.
    void move(const std::vector<Place>& places, const QString& key = {});
    /// The same for settings: the letters of one field are one step. False: refused, see edits.h.
    bool change(flow::NodeId node, const QString& label, flow::NodeData data, const QString& key = {});
    bool connectNodes(const flow::Edge& edge);
    std::vector<flow::NodeId> paste(const flow::Graph& fragment, flow::Point at);
    void arrange();
    /// `what`: the name of the step, for the history.
    void replaceAll(const flow::Graph& with, const QString& what);

    /// The next edit starts a step of its own, whatever its key.
    void endStep() { ++m_step; }

Q_SIGNALS:
    /// The graph is as `change` says; `undone`: backwards.
    void changed(const cb::floweditor::Change& change, bool undone);
    void problemsChanged();
    void choicesChanged();
    void testsChanged();
    void readOnlyChanged(bool readOnly);
    void testsReadOnlyChanged();

private:
    class Command;

    bool push(Change change, const QString& what, const QString& key = {});
    void tell(const Change& change, bool undone);
    void check();

    flow::Graph m_graph;
    Choices m_choices;
    std::vector<flow::Problem> m_problems;
    std::vector<flowtest::FlowTest> m_tests;
    QUndoStack m_history;
    QTimer m_checkSoon;
    int m_step = 0;
    bool m_readOnly = false;
    bool m_testsReadOnly = false;
};

} // namespace cb::floweditor
