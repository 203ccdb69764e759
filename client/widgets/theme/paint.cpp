#include "client/widgets/theme/paint.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

namespace cb::widgets {

namespace {

qreal digitWidth(const QFontMetrics& metrics) {
    int widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        widest = qMax(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

} // namespace

void paintRounded(QPainter& painter, const QRectF& rect, qreal radius, const QColor& fill, const QColor& outline) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    if (outline.isValid()) {
        // Two fills instead of a stroke: a hairline stays crisp at 125 % and 150 %.
        QPainterPath ring;
        ring.addRoundedRect(rect, radius, radius);
        ring.addRoundedRect(rect.adjusted(1, 1, -1, -1), radius - 1, radius - 1);
        painter.fillPath(ring, outline);
        if (fill.isValid()) {
            painter.setBrush(fill);
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius - 1, radius - 1);
        }
    } else if (fill.isValid()) {
        painter.setBrush(fill);
        painter.drawRoundedRect(rect, radius, radius);
    }
    painter.restore();
}

void paintFocusRing(QPainter& painter, const QRectF& rect, qreal radius, const Look& look, bool filled) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath ring;
    ring.addRoundedRect(rect, radius, radius);
    ring.addRoundedRect(rect.adjusted(2, 2, -2, -2), radius - 2, radius - 2);
    painter.fillPath(ring, look.color.accent);
    if (filled) {
        QPainterPath gap;
        gap.addRoundedRect(rect.adjusted(2, 2, -2, -2), radius - 2, radius - 2);
        gap.addRoundedRect(rect.adjusted(3.5, 3.5, -3.5, -3.5), radius - 3, radius - 3);
        painter.fillPath(gap, look.color.surface);
    }
    painter.restore();
}

void paintShadow(QPainter& painter, const QRectF& rect, qreal radius, const Look& look) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    constexpr int kLayers = 8;
    QColor color = look.color.shadow;
    color.setAlpha(qMax(1, color.alpha() / kLayers));
    painter.setBrush(color);
    for (int i = kLayers; i > 0; --i)
        painter.drawRoundedRect(rect.adjusted(-i, -i + 2, i, i + 2), radius + i, radius + i);
    painter.restore();
}

bool wantsFocusRing(const QStyleOption& option) {
    return option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_KeyboardFocusChange);
}

void paintTabular(QPainter& painter, const QRectF& rect, const QString& text) {
    const QFontMetrics metrics = painter.fontMetrics();
    const qreal digit = digitWidth(metrics);
    const qreal baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2.0;
    qreal x = rect.left();
    for (qsizetype from = 0; from < text.size();) {
        if (text[from].isDigit()) {
            const qreal own = metrics.horizontalAdvance(text[from]);
            painter.drawText(QPointF(x + (digit - own) / 2, baseline), QString(text[from]));
            x += digit;
            ++from;
            continue;
        }
        qsizetype to = from;
        while (to < text.size() && !text[to].isDigit())
            ++to;
        const QString run = text.mid(from, to - from);
        painter.drawText(QPointF(x, baseline), run);
        x += metrics.horizontalAdvance(run);
        from = to;
    }
}

int tabularWidth(const QFontMetrics& metrics, const QString& text) {
    qreal width = 0;
    QString rest;
    for (const QChar c : text) {
        if (!c.isDigit()) {
            rest += c;
            continue;
        }
        width += digitWidth(metrics);
        if (!rest.isEmpty()) {
            width += metrics.horizontalAdvance(rest);
            rest.clear();
        }
    }
    if (!rest.isEmpty())
        width += metrics.horizontalAdvance(rest);
    return qCeil(width) + 1;
}

} // namespace cb::widgets
