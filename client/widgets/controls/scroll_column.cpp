#include "client/widgets/controls/scroll_column.h"

namespace cb::widgets {

ScrollColumn::ScrollColumn(QWidget* parent)
    : Themed<QScrollArea>(parent) {
    auto* inside = new QWidget;
    m_body = new QVBoxLayout(inside);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    viewport()->setAutoFillBackground(false);
    setWidget(inside);
    inside->setAutoFillBackground(false); // the area switches it on
    ScrollColumn::restyle();
}

void ScrollColumn::setSpace(int sides, int ends, int between) {
    m_sides = sides;
    m_ends = ends;
    m_between = between;
    restyle();
}

void ScrollColumn::restyle() {
    const Look& l = look();
    m_body->setContentsMargins(l.grid(m_sides), l.grid(m_ends), l.grid(m_sides), l.grid(m_ends));
    m_body->setSpacing(l.grid(m_between));
}

void ScrollColumn::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    widget()->setMaximumWidth(viewport()->width()); // what is wide wraps or is cut, it does not push the rest out
}

} // namespace cb::widgets
