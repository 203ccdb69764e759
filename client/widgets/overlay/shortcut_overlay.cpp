#include "client/widgets/overlay/shortcut_overlay.h"

#include "client/widgets/theme/paint.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>

namespace cb::widgets {

ShortcutOverlay::ShortcutOverlay(QWidget* anywhereInWindow)
    : Themed<QWidget>(anywhereInWindow->window()) {
    setFocusPolicy(Qt::StrongFocus);
    hide();
    parentWidget()->installEventFilter(this);
}

void ShortcutOverlay::open(std::vector<Group> groups, const QString& title) {
    m_groups = std::move(groups);
    m_title = title;
    QStringList spoken{title};
    for (const Group& group : m_groups)
        for (const auto& [keys, what] : group.rows)
            spoken << what + QStringLiteral(": ") + keys;
    setAccessibleName(title);
    setAccessibleDescription(spoken.join(QLatin1Char('\n')));
    m_focusBefore = QApplication::focusWidget();
    setGeometry(parentWidget()->rect());
    raise();
    show();
    setFocus(Qt::PopupFocusReason);
}

int ShortcutOverlay::rowHeight() const {
    return QFontMetrics(look().body).height() + look().grid(2);
}

int ShortcutOverlay::groupHeight(const Group& group) const {
    return QFontMetrics(look().secondary).height() + look().grid(3) + int(group.rows.size()) * rowHeight() +
           look().grid(4);
}

int ShortcutOverlay::paintGroup(QPainter& painter, const Group& group, const QRect& column) const {
    const Look& l = look();
    const Tokens& t = l.color;
    int y = column.top();
    painter.setFont(l.font(TextSize::Secondary, true));
    painter.setPen(t.muted);
    const int heading = painter.fontMetrics().height() + l.grid(2);
    painter.drawText(QRect(column.left(), y, column.width(), heading), Qt::AlignVCenter, group.title);
    y += heading + l.grid(1);
    for (const auto& [keys, what] : group.rows) {
        const QRect row(column.left(), y, column.width(), rowHeight());
        painter.setFont(l.secondary);
        const int width = painter.fontMetrics().horizontalAdvance(keys) + l.grid(3);
        const QRectF cap(row.right() - width, row.top() + 2, width, row.height() - 4);
        paintRounded(painter, cap, l.px(4), t.bg, t.border);
        painter.setPen(t.text);
        painter.drawText(cap, Qt::AlignCenter, keys);
        painter.setFont(l.body);
        const int room = row.width() - width - l.grid(3);
        painter.drawText(QRect(row.left(), row.top(), room, row.height()), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(what, Qt::ElideRight, room));
        y += rowHeight();
    }
    return y + l.grid(4);
}

void ShortcutOverlay::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Look& l = look();
    const Tokens& t = l.color;
    painter.fillRect(rect(), QColor(0, 0, 0, t.dark ? 150 : 90));

    // Two columns of about the same height.
    int all = 0;
    for (const Group& group : m_groups)
        all += groupHeight(group);
    std::size_t split = 0;
    int left = 0;
    while (split < m_groups.size() && left < (all + 1) / 2)
        left += groupHeight(m_groups[split++]);
    const int heading = QFontMetrics(l.title).height() + l.grid(6);
    const QSize size(qMin(l.px(720), width() - l.grid(8)),
                     qMin(heading + qMax(left, all - left) + l.grid(4), height() - l.grid(8)));
    const QRect panel((width() - size.width()) / 2, (height() - size.height()) / 2, size.width(), size.height());
    paintShadow(painter, panel, l.cardRadius(), l);
    paintRounded(painter, panel, l.cardRadius(), t.surface, t.border);
    painter.setClipRect(panel);
    painter.setFont(l.font(TextSize::Title, true));
    painter.setPen(t.text);
    painter.drawText(panel.adjusted(l.grid(6), 0, 0, 0).adjusted(0, 0, 0, heading - panel.height()), Qt::AlignVCenter,
                     m_title);

    const int width = (panel.width() - l.grid(6) * 2 - l.grid(10)) / 2;
    int y = panel.top() + heading;
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        if (i == split)
            y = panel.top() + heading;
        const int x = panel.left() + l.grid(6) + (i < split ? 0 : width + l.grid(10));
        y = paintGroup(painter, m_groups[i], QRect(x, y, width, panel.bottom() - y));
    }
}

void ShortcutOverlay::close() {
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::PopupFocusReason);
}

void ShortcutOverlay::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if (key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt || key == Qt::Key_Meta)
        return;
    close();
}

void ShortcutOverlay::mousePressEvent(QMouseEvent*) {
    close();
}

bool ShortcutOverlay::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        setGeometry(parentWidget()->rect());
    return false;
}

} // namespace cb::widgets
