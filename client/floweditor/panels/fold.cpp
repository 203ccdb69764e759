#include "client/floweditor/panels/fold.h"

#include <QtCore/QSettings>
#include <QtWidgets/QApplication>

#include <utility>

namespace cb::floweditor {

using widgets::Glyph;
using widgets::IconButton;

FoldedColumn::FoldedColumn(Qt::Edge edge, QWidget* parent)
    : Ground(Kind::Surface, parent)
    , m_buttons(new QVBoxLayout) {
    const bool left = edge == Qt::LeftEdge;
    m_unfold = add(left ? Glyph::ChevronRight : Glyph::ChevronLeft);
    m_buttons->setContentsMargins(look().grid(1), look().grid(2), look().grid(1), look().grid(2));
    m_buttons->setSpacing(look().grid(1));
    auto* room = new QVBoxLayout;
    room->addLayout(m_buttons);
    room->addStretch();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->setDirection(left ? QBoxLayout::LeftToRight : QBoxLayout::RightToLeft);
    row->addLayout(room);
    row->addWidget(new widgets::Separator(Qt::Vertical));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
}

IconButton* FoldedColumn::add(Glyph glyph) {
    auto* button = new IconButton(glyph, {});
    m_buttons->addWidget(button);
    return button;
}

Fold::Fold(const QString& key, QWidget& panel, FoldedColumn& column, QAbstractButton& button)
    : QObject(&panel)
    , m_key(QStringLiteral("folds/") + key)
    , m_panel(panel)
    , m_column(column)
    , m_button(button)
    , m_folded(QSettings().value(memory(), false).toBool()) {
    connect(&button, &QAbstractButton::clicked, this, &Fold::toggle);
    connect(column.unfoldButton(), &QAbstractButton::clicked, this, &Fold::toggle);
    tell();
}

QString Fold::memory() const {
    return m_roomy ? m_key : m_key + QStringLiteral("-narrow");
}

void Fold::toggle() {
    if (!m_shown)
        return;
    QSettings().setValue(memory(), !m_folded);
    set(!m_folded);
}

void Fold::unfold() {
    set(false);
}

void Fold::setRoomy(bool roomy) {
    if (std::exchange(m_roomy, roomy) != roomy)
        set(QSettings().value(memory(), !roomy).toBool());
}

void Fold::setShown(bool shown) {
    m_shown = shown;
    tell();
}

void Fold::set(bool folded) {
    if (std::exchange(m_folded, folded) == folded)
        return;
    const QWidget* goes = folded ? &m_panel : &m_column;
    const bool focused = goes->isAncestorOf(QApplication::focusWidget());
    tell();
    if (focused && m_shown)
        (folded ? m_column.unfoldButton() : &m_button)->setFocus(Qt::OtherFocusReason);
    if (!folded)
        Q_EMIT unfolded();
}

void Fold::tell() {
    m_panel.setVisible(m_shown && !m_folded);
    m_column.setVisible(m_shown && m_folded);
}

} // namespace cb::floweditor
