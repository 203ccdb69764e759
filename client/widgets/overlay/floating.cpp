#include "client/widgets/overlay/floating.h"

#include "client/widgets/theme/paint.h"

#include <QPainter>

namespace cb::widgets {

Floating::Floating(QWidget* anywhereInWindow)
    : Themed<QWidget>(anywhereInWindow->window()) {
    hide();
}

void Floating::placeAt(const QWidget* anchor, const QSize& size) {
    QWidget* window = parentWidget();
    const int margin = shadowMargin();
    const QPoint topLeft = anchor->mapTo(window, QPoint(0, 0));
    const int gap = look().grid(1);
    const int width = qMin(size.width(), window->width() - 2 * gap);
    int height = size.height();
    int y = topLeft.y() - gap - height;
    const int below = topLeft.y() + anchor->height() + gap;
    if (y < 0) {
        const bool moreBelow = window->height() - below > topLeft.y();
        height = qMin(height, moreBelow ? window->height() - below - gap : topLeft.y() - 2 * gap);
        y = moreBelow ? below : topLeft.y() - gap - height;
    }
    const int x = qBound(gap, topLeft.x(), qMax(gap, window->width() - width - gap));
    setGeometry(x - margin, y - margin, width + 2 * margin, height + 2 * margin);
}

void Floating::placeTopCentre(const QSize& size, int top) {
    const QWidget* window = parentWidget();
    const int margin = shadowMargin();
    const int width = qMin(size.width(), window->width() - 2 * look().grid(2));
    const int height = qMin(size.height(), window->height() - top - look().grid(2));
    setGeometry((window->width() - width) / 2 - margin, top - margin, width + 2 * margin, height + 2 * margin);
}

void Floating::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Look& l = look();
    const int m = shadowMargin();
    const QRectF panel = QRectF(rect()).adjusted(m, m, -m, -m);
    paintShadow(painter, panel, l.cardRadius(), l);
    paintRounded(painter, panel, l.cardRadius(), l.color.surface, l.color.border);
}

} // namespace cb::widgets
