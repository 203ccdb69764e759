#include "client/widgets/controls/segmented.h"

#include "client/widgets/controls/badge.h"
#include "client/widgets/theme/paint.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleOption>

namespace cb::widgets {

Segmented::Segmented(Shape shape, QWidget* parent)
    : Themed<QWidget>(parent)
    , m_shape(shape) {
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setSizePolicy(shape == Shape::Pills ? QSizePolicy::Fixed : QSizePolicy::Preferred, QSizePolicy::Fixed);
}

int Segmented::addSegment(const QString& text) {
    m_segments.push_back({text});
    setAccessibleName(m_segments[std::size_t(m_current)].text);
    updateGeometry();
    update();
    return int(m_segments.size()) - 1;
}

void Segmented::setSegmentText(int index, const QString& text) {
    m_segments.at(std::size_t(index)).text = text;
    updateGeometry();
    update();
}

void Segmented::setSegmentCount(int index, int count) {
    m_segments.at(std::size_t(index)).count = count;
    updateGeometry();
    update();
}

void Segmented::setSegmentShown(int index, bool shown) {
    m_segments.at(std::size_t(index)).shown = shown;
    if (!shown && index == m_current)
        step(-1, 1);
    updateGeometry();
    update();
}

void Segmented::setCurrent(int index) {
    if (index == m_current || index < 0 || index >= int(m_segments.size()))
        return;
    m_current = index;
    setAccessibleName(m_segments[std::size_t(index)].text);
    update();
    Q_EMIT currentChanged(index);
}

void Segmented::step(int from, int by) {
    for (int i = from + by; i >= 0 && i < int(m_segments.size()); i += by) {
        if (m_segments[std::size_t(i)].shown) {
            setCurrent(i);
            return;
        }
    }
}

int Segmented::widthOf(const Segment& segment) const {
    if (!segment.shown)
        return 0;
    const Look& l = look();
    // Measured as if chosen: the semi-bold text must not move its neighbours.
    int width = QFontMetrics(l.font(TextSize::Body, true)).horizontalAdvance(segment.text) + l.grid(6);
    if (segment.count > 0)
        width += badgeSize(segment.count, l).width() + l.px(6);
    return width;
}

QSize Segmented::sizeHint() const {
    int width = 0;
    for (const Segment& segment : m_segments)
        width += widthOf(segment);
    return {width + (m_shape == Shape::Pills ? 4 : 0), look().controlHeight(m_shape == Shape::Pills)};
}

QRect Segmented::rectOf(int index) const {
    int x = m_shape == Shape::Pills ? 2 : 0;
    for (int i = 0; i < index; ++i)
        x += widthOf(m_segments[std::size_t(i)]);
    return {x, 0, widthOf(m_segments[std::size_t(index)]), height()};
}

int Segmented::at(const QPoint& pos) const {
    for (int i = 0; i < int(m_segments.size()); ++i)
        if (rectOf(i).contains(pos))
            return i;
    return -1;
}

void Segmented::paintSegment(QPainter& painter, int index) const {
    const Segment& segment = m_segments[std::size_t(index)];
    if (!segment.shown)
        return;
    const Look& l = look();
    const Tokens& t = l.color;
    const QRect rect = rectOf(index);
    const bool chosen = index == m_current;
    if (m_shape == Shape::Pills && chosen)
        paintRounded(painter, rect.adjusted(0, 2, 0, -2), l.radius() - 2, t.dark ? t.border : t.surface, t.control);
    else if (index == m_hovered && !chosen)
        paintRounded(painter, rect.adjusted(1, 3, -1, -3), l.radius() - 2, t.hover);
    painter.setFont(l.font(TextSize::Body, chosen));
    painter.setPen(chosen ? (m_shape == Shape::Pills ? t.text : t.accent) : t.muted);
    const int text = painter.fontMetrics().horizontalAdvance(segment.text);
    const QSize badge = segment.count > 0 ? badgeSize(segment.count, l) : QSize();
    const int whole = text + (segment.count > 0 ? badge.width() + l.px(6) : 0);
    const int x = rect.left() + (rect.width() - whole) / 2;
    painter.drawText(QRect(x, 0, text + 2, height()), Qt::AlignVCenter | Qt::AlignLeft, segment.text);
    if (segment.count > 0)
        paintBadgeIn(painter,
                     QRectF(x + text + l.px(6), (height() - badge.height()) / 2.0, badge.width(), badge.height()),
                     segment.count, l, !chosen);
    if (m_shape == Shape::Underlined && chosen)
        painter.fillRect(QRect(rect.left() + l.grid(2), height() - 2, rect.width() - l.grid(4), 2), t.accent);
}

void Segmented::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Look& l = look();
    const Tokens& t = l.color;
    if (m_shape == Shape::Pills)
        paintRounded(painter, rect(), l.radius(), t.sunken, t.border);
    else
        painter.fillRect(QRect(0, height() - 1, width(), 1), t.border);
    for (int i = 0; i < int(m_segments.size()); ++i)
        paintSegment(painter, i);
    QStyleOption option;
    option.initFrom(this);
    if (wantsFocusRing(option) && !m_segments.empty())
        paintFocusRing(painter, rectOf(m_current).adjusted(1, 1, -1, -1), l.radius(), l);
}

void Segmented::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        setCurrent(at(event->position().toPoint()));
}

void Segmented::mouseMoveEvent(QMouseEvent* event) {
    const int hovered = at(event->position().toPoint());
    if (hovered != m_hovered) {
        m_hovered = hovered;
        update();
    }
}

void Segmented::leaveEvent(QEvent*) {
    m_hovered = -1;
    update();
}

void Segmented::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left:
        step(m_current, -1);
        return;
    case Qt::Key_Right:
        step(m_current, 1);
        return;
    case Qt::Key_Home:
        step(-1, 1);
        return;
    case Qt::Key_End:
        step(int(m_segments.size()), -1);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace cb::widgets
