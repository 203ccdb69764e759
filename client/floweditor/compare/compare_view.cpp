#include "client/floweditor/compare/compare_view.h"

#include "client/floweditor/document/words.h"
#include "client/widgets/controls/splitter.h"
#include "client/widgets/overlay/list_row.h"

#include <QtCore/QScopedValueRollback>
#include <QtWidgets/QScrollBar>

namespace cb::floweditor {

using widgets::Glyph;
using What = NodeDifference::What;

namespace {

constexpr int kRows = 6; ///< of the list, seen at once

Glyph glyphOfChange(What what) {
    return what == What::Added     ? Glyph::Plus
           : what == What::Removed ? Glyph::Trash2
           : what == What::Changed ? Glyph::Pencil
                                   : Glyph::Move;
}

QString labelIn(const flow::Graph& graph, flow::NodeId id) {
    const auto* node = flow::find(graph, id);
    return node == nullptr ? QString() : titleOf(*node);
}

} // namespace

CompareView::Pane::Pane(Side side, const Choices& choices)
    : document(std::move(side.graph))
    , tests(std::move(side.tests))
    , scene(nullptr)
    , canvas(nullptr)
    , title(std::move(side.title))
    , note(std::move(side.note))
    , head(new widgets::Label)
    , foot(new widgets::Label({}, widgets::TextSize::Secondary)) {
    document.setChoices(choices);
    document.setReadOnly(true);
    scene = new FlowScene(document, &document);
    canvas = new Canvas(*scene);
}

CompareView::CompareView(Side before, Side after, const Choices& choices, QWidget* parent)
    : Ground(Kind::Window, parent)
    , m_left(std::make_unique<Pane>(std::move(before), choices))
    , m_right(std::make_unique<Pane>(std::move(after), choices))
    , m_difference(compare(m_left->document.graph(), m_right->document.graph()))
    , m_count(new widgets::Label)
    , m_list(new QListWidget) {
    m_difference.tests = compareTests(m_left->tests, m_right->tests);
    auto* both = new widgets::Splitter(QStringLiteral("flow-compare"), Qt::Horizontal);
    both->addWidget(build(*m_left));
    both->addWidget(build(*m_right));
    both->restore({1, 1});
    m_count->setStrong(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setItemDelegate(new widgets::ListRowDelegate(m_list));
    auto* below = new Ground(Kind::Surface);
    auto* rows = new QVBoxLayout(below);
    rows->setContentsMargins(look().grid(3), look().grid(2), look().grid(3), look().grid(2));
    rows->setSpacing(look().grid(1));
    rows->addWidget(m_count);
    rows->addWidget(m_list);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(both, 1);
    whole->addWidget(new widgets::Separator);
    whole->addWidget(below);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) { go(item); });
    connect(m_list, &QListWidget::itemClicked, this, &CompareView::go);
    follow(*m_left->canvas, *m_right->canvas);
    follow(*m_right->canvas, *m_left->canvas);
    CompareView::retranslate();
    CompareView::restyle();
}

CompareView::~CompareView() {
    delete m_left->canvas; // before the scene they show, which goes with its document
    delete m_right->canvas;
}

QWidget* CompareView::build(Pane& pane) {
    pane.head->setStrong(true);
    pane.foot->setTone(widgets::Tone::Muted);
    auto* side = new Ground(Kind::Surface);
    auto* words = new QHBoxLayout;
    words->setContentsMargins(look().grid(3), look().grid(2), look().grid(3), look().grid(2));
    words->setSpacing(look().grid(2));
    words->addWidget(pane.head);
    words->addWidget(pane.foot, 1);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(words);
    column->addWidget(new widgets::Separator);
    column->addWidget(pane.canvas, 1);
    return side;
}

/// Scrolled or zoomed, the other one shows the same place.
void CompareView::follow(Canvas& leader, Canvas& other) {
    const auto move = [this, &leader, &other] {
        if (m_following)
            return;
        const QScopedValueRollback guard(m_following, true);
        const QPointF middle = leader.mapToScene(leader.viewport()->rect().center());
        other.setZoom(leader.zoom(), QRectF(other.viewport()->rect()).center());
        other.centerOn(middle);
    };
    connect(leader.horizontalScrollBar(), &QScrollBar::valueChanged, this, move);
    connect(leader.verticalScrollBar(), &QScrollBar::valueChanged, this, move);
    connect(&leader, &Canvas::zoomChanged, this, move);
}

void CompareView::retranslate() {
    for (Pane* pane : {m_left.get(), m_right.get()}) {
        pane->head->setText(pane->title);
        pane->foot->setText(pane->note);
        pane->canvas->setAccessibleName(pane->title);
        pane->scene->reread();
    }
    m_list->setAccessibleName(tr("Differences"));
    fill();
}

void CompareView::restyle() {
    m_list->setFixedHeight(look().controlHeight() * kRows);
    paint();
}

void CompareView::showEvent(QShowEvent* event) {
    Ground::showEvent(event);
    if (!std::exchange(m_fitted, true))
        QMetaObject::invokeMethod(
            this, [this] { m_right->canvas->fitAll(); }, Qt::QueuedConnection);
}

void CompareView::paint() {
    const auto& tokens = look().color;
    for (const NodeDifference& node : m_difference.nodes) {
        const QColor colour = node.what == What::Added     ? tokens.idle
                              : node.what == What::Removed ? tokens.busy
                              : node.what == What::Changed ? tokens.wrapUp
                                                           : QColor();
        for (Pane* pane : {m_left.get(), m_right.get()})
            if (auto* item = pane->scene->node(node.node))
                item->setChange(colour);
    }
    for (const EdgeDifference& edge : m_difference.edges) {
        Pane& pane = edge.added ? *m_right : *m_left;
        if (auto* item = pane.scene->edge(edge.edge))
            item->setChange(edge.added ? tokens.idle : tokens.busy);
    }
}

void CompareView::fill() {
    const QSignalBlocker quiet(m_list);
    const int kept = m_list->currentRow();
    m_list->clear();
    for (const NodeDifference& node : m_difference.nodes) {
        auto* item = new QListWidgetItem(sentenceOf(node), m_list);
        item->setData(widgets::GlyphRole, int(glyphOfChange(node.what)));
        item->setData(widgets::DataRole, qint64(node.node.value));
    }
    for (const EdgeDifference& edge : m_difference.edges) {
        auto* item = new QListWidgetItem(sentenceOf(edge), m_list);
        item->setData(widgets::GlyphRole, int(edge.added ? Glyph::Plus : Glyph::Trash2));
        item->setData(widgets::DataRole, qint64(edge.edge.from.value));
    }
    for (const TestDifference& test : m_difference.tests) {
        auto* item = new QListWidgetItem(sentenceOf(test), m_list);
        item->setData(widgets::GlyphRole, int(glyphOfChange(test.what)));
    }
    m_list->setCurrentRow(std::min(kept, m_list->count() - 1));
    m_list->setVisible(m_list->count() > 0);
    m_count->setText(m_difference.isEmpty()       ? tr("Both are the same")
                     : m_difference.isOnlyMoved() ? tr("Only places on the canvas differ: %1").arg(m_list->count())
                     : m_difference.nodes.empty() && m_difference.edges.empty()
                         ? tr("The drawing is the same, tests differ: %1").arg(m_list->count())
                         : tr("Differences: %1").arg(m_list->count()));
}

QString CompareView::sentenceOf(const NodeDifference& node) const {
    const auto& graph = node.what == What::Removed ? before() : after();
    const auto* found = flow::find(graph, node.node);
    if (found == nullptr)
        return {};
    const QString named = found->label.empty()
                              ? kindName(found->data)
                              : tr("%1 “%2”", "kind of node and its label").arg(kindName(found->data), titleOf(*found));
    switch (node.what) {
    case What::Added:
        return tr("Added: %1").arg(named);
    case What::Removed:
        return tr("Removed: %1").arg(named);
    case What::Moved:
        return tr("Moved: %1").arg(named);
    case What::Changed:
        break;
    }
    QStringList fields;
    for (const auto& field : node.fields)
        fields << (field == "kind" ? tr("Kind") : fieldName(QString::fromStdString(field)));
    return tr("Changed: %1 (%2)").arg(named, fields.join(tr(", ")));
}

QString CompareView::sentenceOf(const EdgeDifference& edge) const {
    const auto& graph = edge.added ? after() : before();
    const auto* from = flow::find(graph, edge.edge.from);
    if (from == nullptr)
        return {};
    const QString port = portName(from->data, edge.edge.port);
    const QString to = labelIn(graph, edge.edge.to);
    return edge.added ? tr("New line: %1, %2 → %3").arg(titleOf(*from), port, to)
                      : tr("Line gone: %1, %2 → %3").arg(titleOf(*from), port, to);
}

QString CompareView::sentenceOf(const TestDifference& test) const {
    const QString name = QString::fromStdString(test.name);
    return test.what == What::Added     ? tr("Test added: %1").arg(name)
           : test.what == What::Removed ? tr("Test removed: %1").arg(name)
                                        : tr("Test changed: %1").arg(name);
}

/// The place in both; where the node is not, the pictures stay together by following.
void CompareView::go(QListWidgetItem* item) {
    if (item == nullptr)
        return;
    const flow::NodeId node{item->data(widgets::DataRole).toLongLong()};
    const bool inRight = m_right->scene->node(node) != nullptr;
    (inRight ? *m_right : *m_left).canvas->reveal(node);
    const QScopedValueRollback guard(m_following, true);
    (inRight ? *m_left : *m_right).scene->select({node});
}

} // namespace cb::floweditor
