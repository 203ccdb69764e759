#include "client/floweditor/document/document.h"

#include "client/floweditor/document/layout.h"

#include <utility>

namespace cb::floweditor {

namespace {

constexpr int kCheckPauseMillis = 150;

} // namespace

class Document::Command final : public QUndoCommand {
public:
    Command(Document& document, Change change, const QString& what, QString key, int step)
        : QUndoCommand(what)
        , m_document(document)
        , m_change(std::move(change))
        , m_key(std::move(key))
        , m_step(step) {}

    void undo() override {
        m_document.endStep();
        revert(m_document.m_graph, m_change);
        m_document.tell(m_change, true);
    }

    /// The first time the graph is already as it shall be.
    void redo() override {
        if (std::exchange(m_fresh, false))
            return;
        m_document.endStep();
        apply(m_document.m_graph, m_change);
        m_document.tell(m_change, false);
    }

    int id() const override { return m_key.isEmpty() ? -1 : 1; }

    bool mergeWith(const QUndoCommand* other) override {
        const auto& next = static_cast<const Command&>(*other);
        if (next.m_key != m_key || next.m_step != m_step)
            return false;
        append(m_change, next.m_change);
        return true;
    }

private:
    Document& m_document;
    Change m_change;
    QString m_key;
    int m_step;
    bool m_fresh = true;
};

Document::Document(flow::Graph graph, QObject* parent)
    : QObject(parent)
    , m_graph(std::move(graph)) {
    m_checkSoon.setSingleShot(true);
    m_checkSoon.setInterval(kCheckPauseMillis);
    connect(&m_checkSoon, &QTimer::timeout, this, &Document::check);
    m_problems = flow::validate(m_graph, m_choices.context());
}

void Document::setReadOnly(bool on) {
    if (std::exchange(m_readOnly, on) != on)
        Q_EMIT readOnlyChanged(on);
}

void Document::setChoices(Choices choices) {
    m_choices = std::move(choices);
    Q_EMIT choicesChanged();
    check();
}

void Document::setTests(std::vector<flowtest::FlowTest> tests) {
    if (tests == m_tests)
        return;
    m_tests = std::move(tests);
    Q_EMIT testsChanged();
}

void Document::setTestsReadOnly(bool on) {
    if (std::exchange(m_testsReadOnly, on) != on)
        Q_EMIT testsReadOnlyChanged();
}

void Document::check() {
    m_checkSoon.stop();
    auto problems = flow::validate(m_graph, m_choices.context());
    if (problems == m_problems)
        return;
    m_problems = std::move(problems);
    Q_EMIT problemsChanged();
}

void Document::tell(const Change& change, bool undone) {
    m_checkSoon.start();
    Q_EMIT changed(change, undone);
}

bool Document::push(Change change, const QString& what, const QString& key) {
    if (change.isEmpty())
        return false;
    const Change told = change;
    m_history.push(new Command(*this, std::move(change), what, key, m_step));
    tell(told, false);
    return true;
}

flow::NodeId Document::addNode(flow::NodeData data, const QString& label, flow::Point at) {
    if (m_readOnly)
        return {};
    auto added = floweditor::addNode(m_graph, std::move(data), label.toStdString(), at);
    return push(std::move(added.change), tr("Add")) ? added.nodes.front() : flow::NodeId{};
}

flow::NodeId Document::addBehind(flow::NodeId from, const std::string& port, flow::NodeData data, const QString& label,
                                 flow::Point at) {
    if (m_readOnly)
        return {};
    auto added = floweditor::addBehind(m_graph, from, port, std::move(data), label.toStdString(), at);
    return push(std::move(added.change), tr("Add")) ? added.nodes.front() : flow::NodeId{};
}

flow::NodeId Document::addInto(const flow::Edge& edge, flow::NodeData data, const QString& label, flow::Point at) {
    if (m_readOnly)
        return {};
    auto added = floweditor::addInto(m_graph, edge, std::move(data), label.toStdString(), at);
    return push(std::move(added.change), tr("Insert")) ? added.nodes.front() : flow::NodeId{};
}

bool Document::putInto(const flow::Edge& edge, flow::NodeId node, flow::Point at) {
    return !m_readOnly && push(floweditor::putInto(m_graph, edge, node, at), tr("Insert"));
}

void Document::remove(const Part& part) {
    if (!m_readOnly)
        push(floweditor::remove(m_graph, part), tr("Delete"));
}

void Document::move(const std::vector<Place>& places, const QString& key) {
    if (!m_readOnly)
        push(floweditor::move(m_graph, places), tr("Move"), key);
}

bool Document::change(flow::NodeId node, const QString& label, flow::NodeData data, const QString& key) {
    if (m_readOnly)
        return false;
    const flow::Node* old = flow::find(m_graph, node);
    const std::string name = label.toStdString();
    if (old != nullptr && old->label == name && old->data == data)
        return true;
    return push(floweditor::change(m_graph, node, name, std::move(data)), tr("Change"), key);
}

bool Document::connectNodes(const flow::Edge& edge) {
    return !m_readOnly && push(floweditor::connect(m_graph, edge), tr("Connect"));
}

std::vector<flow::NodeId> Document::paste(const flow::Graph& fragment, flow::Point at) {
    if (m_readOnly)
        return {};
    auto added = floweditor::paste(m_graph, fragment, at);
    push(std::move(added.change), tr("Paste"));
    return added.nodes;
}

void Document::arrange() {
    if (!m_readOnly)
        push(floweditor::move(m_graph, arranged(m_graph)), tr("Arrange"));
}

void Document::replaceAll(const flow::Graph& with, const QString& what) {
    if (!m_readOnly)
        push(floweditor::replaceAll(m_graph, with), what);
}

} // namespace cb::floweditor
