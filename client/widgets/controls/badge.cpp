#include "client/widgets/controls/badge.h"

#include "client/widgets/controls/format.h"
#include "client/widgets/theme/paint.h"

#include <QFontMetrics>
#include <QPainter>

namespace cb::widgets {

namespace {

QFont badgeFont(const Look& look) {
    QFont font = look.font(TextSize::Secondary, true);
    font.setPixelSize(look.px(11));
    return font;
}

} // namespace

QSize badgeSize(int count, const Look& look) {
    const QFontMetrics metrics(badgeFont(look));
    const int height = qMax(look.px(16), metrics.height());
    return {qMax(height, tabularWidth(metrics, formatCount(count)) + look.grid(2)), height};
}

void paintBadgeIn(QPainter& painter, const QRectF& rect, int count, const Look& look, bool quiet) {
    const Tokens& t = look.color;
    paintRounded(painter, rect, rect.height() / 2, quiet ? t.border : t.accent);
    painter.save();
    painter.setFont(badgeFont(look));
    painter.setPen(quiet ? t.text : t.onAccent);
    painter.drawText(rect, Qt::AlignCenter, formatCount(count));
    painter.restore();
}

void paintBadge(QPainter& painter, const QPointF& corner, int count, const Look& look) {
    const QSizeF size = badgeSize(count, look);
    paintBadgeIn(painter, QRectF(corner.x() - size.width(), corner.y(), size.width(), size.height()), count, look);
}

Badge::Badge(QWidget* parent)
    : Themed<QWidget>(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Badge::setCount(int count) {
    m_count = count;
    setAccessibleName(QString::number(count));
    updateGeometry();
    update();
}

void Badge::setQuiet(bool quiet) {
    m_quiet = quiet;
    update();
}

QSize Badge::sizeHint() const {
    return badgeSize(m_count, look());
}

void Badge::paintEvent(QPaintEvent*) {
    if (m_count <= 0)
        return;
    QPainter painter(this);
    paintBadgeIn(painter, rect(), m_count, look(), m_quiet);
}

} // namespace cb::widgets
