#include "client/widgets/overlay/emoji_picker.h"

#include "client/widgets/theme/paint.h"

#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace cb::widgets {

EmojiGrid::EmojiGrid(QWidget* parent)
    : Themed<QAbstractScrollArea>(parent) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
}

void EmojiGrid::setSections(std::vector<Section> sections) {
    m_sections = std::move(sections);
    std::erase_if(m_sections, [](const Section& s) { return s.emoji.isEmpty(); });
    m_current = m_sections.empty() ? -1 : 0;
    verticalScrollBar()->setValue(0);
    layOut();
}

int EmojiGrid::columns() const {
    return qMax(1, (viewport()->width() - look().grid(1)) / cell());
}

int EmojiGrid::headingHeight() const {
    return QFontMetrics(look().secondary).height() + look().grid(3);
}

int EmojiGrid::sectionTop(int section) const {
    int y = 0;
    for (int i = 0; i < section; ++i) {
        const int rows = int((m_sections[std::size_t(i)].emoji.size() + columns() - 1) / columns());
        y += headingHeight() + rows * cell();
    }
    return y;
}

int EmojiGrid::total() const {
    int sum = 0;
    for (const Section& section : m_sections)
        sum += int(section.emoji.size());
    return sum;
}

EmojiGrid::Place EmojiGrid::placeOf(int flat) const {
    for (int s = 0; s < int(m_sections.size()); ++s) {
        const int size = int(m_sections[std::size_t(s)].emoji.size());
        if (flat < size)
            return {s, flat};
        flat -= size;
    }
    return {-1, -1};
}

QRect EmojiGrid::rectOf(int flat) const {
    const Place place = placeOf(flat);
    const int y = sectionTop(place.section) + headingHeight() + place.index / columns() * cell();
    return {look().grid(1) + place.index % columns() * cell(), y, cell(), cell()};
}

int EmojiGrid::at(const QPoint& content) const {
    const int column = (content.x() - look().grid(1)) / cell();
    if (content.x() < look().grid(1) || column >= columns())
        return -1;
    int before = 0;
    for (int s = 0; s < int(m_sections.size()); ++s) {
        const int size = int(m_sections[std::size_t(s)].emoji.size());
        const int top = sectionTop(s) + headingHeight();
        if (content.y() >= top && content.y() < sectionTop(s + 1)) {
            const int index = (content.y() - top) / cell() * columns() + column;
            return index < size ? before + index : -1;
        }
        before += size;
    }
    return -1;
}

void EmojiGrid::layOut() {
    verticalScrollBar()->setRange(0, qMax(0, sectionTop(int(m_sections.size())) - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(cell());
    viewport()->update();
}

QString EmojiGrid::currentEmoji() const {
    if (m_current < 0)
        return {};
    const Place place = placeOf(m_current);
    return m_sections[std::size_t(place.section)].emoji[place.index];
}

void EmojiGrid::scrollToSection(int index) {
    if (index >= 0 && index < int(m_sections.size()))
        verticalScrollBar()->setValue(sectionTop(index));
}

void EmojiGrid::setCurrent(int flat) {
    m_current = flat;
    viewport()->update();
}

void EmojiGrid::move(int dx, int dy) {
    if (total() == 0)
        return;
    int next = qBound(0, m_current + dx, total() - 1);
    if (dy != 0) {
        // The next row may belong to the next section: aim at its middle.
        const QRect rect = rectOf(m_current);
        QPoint aim = rect.center() + QPoint(0, dy * cell());
        int hit = at(aim);
        if (hit < 0)
            hit = at(aim + QPoint(0, dy * headingHeight()));
        next = hit >= 0 ? hit : qBound(0, m_current + dy, total() - 1);
    }
    setCurrent(next);
    const QRect rect = rectOf(next);
    const int top = verticalScrollBar()->value();
    if (rect.top() - headingHeight() < top)
        verticalScrollBar()->setValue(rect.top() - headingHeight());
    else if (rect.bottom() > top + viewport()->height())
        verticalScrollBar()->setValue(rect.bottom() - viewport()->height() + 1);
}

void EmojiGrid::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    const Look& l = look();
    painter.fillRect(viewport()->rect(), l.color.surface);
    const int top = verticalScrollBar()->value();
    const QRect visible(0, top, viewport()->width(), viewport()->height());
    painter.translate(0, -top);
    QFont font = l.body;
    font.setPixelSize(l.px(22));
    int flat = 0;
    int y = 0;
    for (const Section& section : m_sections) {
        const int rows = int((section.emoji.size() + columns() - 1) / columns());
        if (y + headingHeight() + rows * cell() >= visible.top() && y <= visible.bottom()) {
            painter.setFont(l.font(TextSize::Secondary, true));
            painter.setPen(l.color.muted);
            painter.drawText(QRect(l.grid(2), y, visible.width(), headingHeight()), Qt::AlignVCenter, section.title);
            painter.setFont(font);
            painter.setPen(l.color.text);
            for (int i = 0; i < section.emoji.size(); ++i) {
                const QRect rect(l.grid(1) + i % columns() * cell(), y + headingHeight() + i / columns() * cell(),
                                 cell(), cell());
                if (!rect.intersects(visible))
                    continue;
                if (flat + i == m_current)
                    paintRounded(painter, rect.adjusted(1, 1, -1, -1), l.radius(), l.color.selection);
                painter.drawText(rect, Qt::AlignCenter, section.emoji[i]);
            }
        }
        y += headingHeight() + rows * cell();
        flat += int(section.emoji.size());
    }
}

void EmojiGrid::resizeEvent(QResizeEvent*) {
    layOut();
}

void EmojiGrid::mouseMoveEvent(QMouseEvent* event) {
    const int hit = at(event->position().toPoint() + QPoint(0, verticalScrollBar()->value()));
    if (hit >= 0 && hit != m_current)
        setCurrent(hit);
}

void EmojiGrid::mouseReleaseEvent(QMouseEvent* event) {
    const int hit = at(event->position().toPoint() + QPoint(0, verticalScrollBar()->value()));
    if (event->button() != Qt::LeftButton || hit < 0)
        return;
    setCurrent(hit);
    Q_EMIT chosen(currentEmoji(), event->modifiers().testFlag(Qt::ShiftModifier));
}

} // namespace cb::widgets
