#include "client/floweditor/panels/properties.h"

#include "client/floweditor/document/words.h"
#include "client/floweditor/panels/node_form.h"
#include "client/widgets/controls/scroll_column.h"
#include "shared/flow/limits.h"

#include <QtCore/QScopedValueRollback>

#include <algorithm>

namespace cb::floweditor {

Properties::Properties(Document& document, QWidget* parent)
    : Ground(Kind::Surface, parent)
    , m_document(document)
    , m_pages(new QStackedWidget)
    , m_nothing(new widgets::EmptyState(widgets::Glyph::Workflow, {}))
    , m_kindName(new widgets::Label({}, widgets::TextSize::Title))
    , m_problems(new widgets::Label)
    , m_label(new widgets::TextField({}))
    , m_formPlace(new QWidget)
    , m_outputsTitle(new widgets::SectionHeader({}))
    , m_outputs(new QFormLayout) {
    build();
    connect(m_label, &widgets::TextField::textEdited, this, [this] { store(QStringLiteral("label")); });
    connect(&document, &Document::changed, this, [this] { fill(); });
    connect(&document, &Document::choicesChanged, this, [this] {
        if (const auto* node = flow::find(m_document.graph(), m_node); node != nullptr && m_form != nullptr)
            m_form->show(m_document.choices(), node->data);
    });
    connect(&document, &Document::problemsChanged, this, &Properties::tellProblems);
    m_ordering.setSingleShot(true);
    connect(&m_ordering, &QTimer::timeout, this, &Properties::orderTabs);
    connect(&document, &Document::readOnlyChanged, this, [this] { fill(); });
    Properties::retranslate();
    show({});
}

void Properties::build() {
    m_kindName->setStrong(true);
    m_problems->setTone(widgets::Tone::Danger);
    m_problems->setWordWrap(true);
    m_label->edit()->setMaxLength(int(flow::kMaxLabel));
    m_label->setLineKept(false);
    m_outputsTitle->setFlush();
    auto* place = new QVBoxLayout(m_formPlace);
    place->setContentsMargins(0, 0, 0, 0);
    m_outputs->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_outputs->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto* scroll = new widgets::ScrollColumn;
    auto* column = scroll->body();
    for (QWidget* part : std::initializer_list<QWidget*>{m_kindName, m_label, m_formPlace, m_problems, m_outputsTitle})
        column->addWidget(part);
    column->addLayout(m_outputs);
    column->addStretch();
    m_pages->addWidget(m_nothing);
    m_pages->addWidget(scroll);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_pages);
}

void Properties::retranslate() {
    m_label->setLabel(tr("Label"));
    m_outputsTitle->setTitle(tr("LEADS TO"));
    tellNothing();
    if (m_form != nullptr) { // the entries of its lists; what is typed stays
        const QScopedValueRollback filling(m_filling, true);
        m_form->show(m_document.choices(), m_form->data());
    }
    fill();
}

void Properties::tellNothing() {
    m_nothing->setSentence(m_chosen > 1 ? tr("Nodes chosen: %1").arg(m_chosen)
                                        : tr("Choose a node to see its settings."));
}

void Properties::show(const Part& part) {
    m_document.endStep();
    m_chosen = part.nodes.size();
    m_node = m_chosen == 1 ? part.nodes.front() : flow::NodeId{};
    tellNothing();
    fill();
}

void Properties::edit() {
    m_label->edit()->setFocus(Qt::ShortcutFocusReason);
    m_label->edit()->selectAll();
}

void Properties::fill() {
    const auto* node = flow::find(m_document.graph(), m_node);
    m_pages->setCurrentIndex(node != nullptr ? 1 : 0);
    if (node == nullptr || m_filling)
        return;
    const QScopedValueRollback filling(m_filling, true);
    const bool fresh = m_form == nullptr || m_kind != node->data.index();
    if (fresh) {
        delete m_form;
        m_kind = node->data.index();
        m_form = NodeForm::make(node->data, m_document.graph().mode, m_formPlace);
        m_formPlace->layout()->addWidget(m_form);
        connect(m_form, &NodeForm::edited, this, &Properties::store);
    }
    m_kindName->setText(kindName(node->data));
    const QString label = QString::fromStdString(node->label);
    if (!m_storing && m_label->text() != label)
        m_label->setText(label);
    // A fresh form may happen to say what the node says; its lists are still empty.
    if (fresh || (!m_storing && (!m_form->isClear() || m_form->data() != node->data)))
        m_form->show(m_document.choices(), node->data);
    m_label->setEnabled(!m_document.isReadOnly());
    m_formPlace->setEnabled(!m_document.isReadOnly());
    fillOutputs();
    tellProblems();
    m_ordering.start(); // when the new fields are shown and have their places
}

/// Tab goes down the fields as they stand, also to those that came later.
void Properties::orderTabs() {
    auto* page = m_pages->widget(1);
    std::vector<std::pair<QPoint, QWidget*>> stops;
    for (auto* widget : page->findChildren<QWidget*>())
        if (widget->isVisibleTo(page) && (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->focusProxy() == nullptr)
            stops.emplace_back(widget->mapTo(page, widget->rect().center()), widget);
    std::stable_sort(stops.begin(), stops.end(), [](const auto& a, const auto& b) {
        return std::pair(a.first.y() / 4, a.first.x()) < std::pair(b.first.y() / 4, b.first.x()); // one row, nearly
    });
    for (std::size_t i = 1; i < stops.size(); ++i)
        if (stops[i - 1].second->nextInFocusChain() != stops[i].second)
            QWidget::setTabOrder(stops[i - 1].second, stops[i].second);
}

void Properties::fillOutputs() {
    const auto& graph = m_document.graph();
    const auto* node = flow::find(graph, m_node);
    const auto outputs = flow::outputs(node->data);
    std::vector<std::string> ports;
    ports.reserve(outputs.size());
    for (const auto& output : outputs)
        ports.push_back(output.name);
    if (ports != m_ports) {
        while (m_outputs->rowCount() > 0)
            m_outputs->removeRow(0);
        m_ports = ports;
        for (std::size_t i = 0; i < ports.size(); ++i) {
            auto* box = new QComboBox;
            box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
            box->setMinimumContentsLength(10);
            m_outputs->addRow(new QLabel, box);
            connect(box, &QComboBox::activated, this,
                    [this, box, port = ports[i]] { leadTo(port, flow::NodeId{box->currentData().toLongLong()}); });
        }
    }
    m_outputsTitle->setVisible(!ports.empty());
    for (int row = 0; row < m_outputs->rowCount(); ++row) {
        const auto& port = ports[std::size_t(row)];
        auto* box = qobject_cast<QComboBox*>(m_outputs->itemAt(row, QFormLayout::FieldRole)->widget());
        auto* words = qobject_cast<QLabel*>(m_outputs->labelForField(box));
        const QString name = portName(node->data, port);
        if (words != nullptr)
            words->setText(name);
        box->setAccessibleName(tr("%1 leads to").arg(name));
        box->setEnabled(!m_document.isReadOnly());
        const QSignalBlocker quiet(box);
        box->clear();
        box->addItem(tr("nowhere"), 0);
        for (const auto& target : graph.nodes) // in an order that no choice changes
            if (!std::holds_alternative<flow::Start>(target.data))
                box->addItem(titleOf(target), qint64(target.id.value));
        const auto edge = std::find_if(graph.edges.begin(), graph.edges.end(),
                                       [&](const flow::Edge& one) { return one.from == m_node && one.port == port; });
        box->setCurrentIndex(edge == graph.edges.end() ? 0 : std::max(0, box->findData(qint64(edge->to.value))));
    }
}

void Properties::tellProblems() {
    QStringList sentences;
    for (const auto& problem : m_document.problems())
        if (problem.node == m_node)
            sentences << sentenceOf(problem, m_document.graph());
    m_problems->setText(sentences.join(QLatin1Char('\n')));
    m_problems->setVisible(!sentences.isEmpty());
}

void Properties::store(const QString& key) {
    const auto* node = flow::find(m_document.graph(), m_node);
    if (m_filling || node == nullptr)
        return;
    // What is not clear yet waits in the form; the label does not wait with it.
    auto settings = m_form->isClear() ? m_form->data() : node->data;
    const QString step = key.isEmpty() ? QString() : QStringLiteral("%1 %2").arg(m_node.value).arg(key);
    const QScopedValueRollback storing(m_storing, true);
    m_document.change(m_node, m_label->text(), std::move(settings), step);
}

void Properties::leadTo(const std::string& port, flow::NodeId to) {
    if (to) {
        m_document.connectNodes({m_node, port, to});
        return;
    }
    Part part;
    for (const auto& edge : m_document.graph().edges)
        if (edge.from == m_node && edge.port == port)
            part.edges.push_back(edge);
    m_document.remove(part);
}

} // namespace cb::floweditor
