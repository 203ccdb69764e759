#include "client/floweditor/panels/problem_strip.h"

#include "client/floweditor/document/words.h"
#include "client/widgets/overlay/list_row.h"

#include <QtCore/QSignalBlocker>

namespace cb::floweditor {

using widgets::Glyph;

namespace {

constexpr int kRows = 5; ///< seen at once

} // namespace

ProblemStrip::ProblemStrip(Document& document, QWidget* parent)
    : Ground(Kind::Surface, parent)
    , m_document(document)
    , m_head(new widgets::Button({}, Glyph::CircleCheck, widgets::Button::Kind::Ghost))
    , m_list(new QListWidget) {
    m_head->setSmall(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setMouseTracking(true);
    m_list->setItemDelegate(new widgets::ListRowDelegate(m_list));
    m_list->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(look().grid(1), 2, look().grid(1), 2);
    column->setSpacing(0);
    column->addWidget(m_head, 0, Qt::AlignLeft);
    column->addWidget(m_list);
    connect(m_head, &widgets::Button::clicked, this, [this] { setUnfolded(!isUnfolded()); });
    const auto go = [this](QListWidgetItem* item) {
        m_at = m_list->row(item);
        if (const auto node = flow::NodeId{item->data(Qt::UserRole).toLongLong()})
            Q_EMIT nodeWanted(node);
    };
    connect(m_list, &QListWidget::itemClicked, this, go);
    connect(m_list, &QListWidget::itemActivated, this, go);
    connect(&document, &Document::problemsChanged, this, &ProblemStrip::fill);
    ProblemStrip::retranslate();
    ProblemStrip::restyle();
}

void ProblemStrip::retranslate() {
    m_list->setAccessibleName(tr("Problems"));
    fill();
}

void ProblemStrip::restyle() {
    m_list->setFixedHeight(look().controlHeight() * kRows);
}

void ProblemStrip::fill() {
    const QSignalBlocker quiet(m_list);
    const int kept = m_list->currentRow();
    m_list->clear();
    for (const auto& problem : m_document.problems()) {
        const auto* node = flow::find(m_document.graph(), problem.node);
        const QString sentence = sentenceOf(problem, m_document.graph());
        auto* item =
            new QListWidgetItem(node == nullptr ? sentence : tr("%1: %2").arg(titleOf(*node), sentence), m_list);
        item->setData(widgets::GlyphRole, int(Glyph::CircleAlert));
        item->setData(Qt::UserRole, qint64(problem.node.value));
    }
    m_list->setCurrentRow(std::min(kept, m_list->count() - 1));
    m_at = std::min(m_at, m_list->count() - 1);
    tell();
}

void ProblemStrip::tell() {
    const int count = m_list->count();
    m_head->setGlyph(count == 0 ? Glyph::CircleCheck : Glyph::CircleAlert);
    m_head->setText(count == 0 ? tr("No problems: this flow can be published")
                               : tr("Problems that keep this flow from being published: %1").arg(count));
    m_head->setEnabled(count > 0);
    m_head->setToolTip(count > 0 ? tr("Show or hide them; F8 goes to the next") : QString());
    if (count == 0)
        setUnfolded(false);
}

void ProblemStrip::setUnfolded(bool on) {
    m_list->setVisible(on && m_list->count() > 0);
}

void ProblemStrip::next() {
    const int count = m_list->count();
    for (int step = 1; step <= count; ++step) {
        const int row = (m_at + step) % count;
        const auto node = flow::NodeId{m_list->item(row)->data(Qt::UserRole).toLongLong()};
        if (!node)
            continue;
        m_at = row;
        m_list->setCurrentRow(row);
        return Q_EMIT nodeWanted(node);
    }
}

} // namespace cb::floweditor
