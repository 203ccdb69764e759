#include "client/admin/widget_preview.h"

#include "client/admin/brand.h"
#include "client/widgets/theme/icon.h"
#include "client/widgets/theme/paint.h"

#include <QtGui/QPainter>

namespace cb::admin {

using widgets::paintRounded;
using widgets::TextSize;

WidgetPreview::WidgetPreview(QWidget* parent)
    : Themed<QWidget>(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    WidgetPreview::retranslate();
}

void WidgetPreview::setFace(const QString& name, const QColor& colour) {
    m_name = name;
    m_colour = colour;
    update();
}

void WidgetPreview::retranslate() {
    setAccessibleName(tr("What customers see"));
}

void WidgetPreview::paintEvent(QPaintEvent*) {
    const auto& l = look();
    const auto light = widgets::lightTokens(); // a customer's page is light
    const Brand brand = brandOf(m_colour);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintRounded(painter, rect(), l.cardRadius(), light.sunken, l.color.border);
    const int pad = l.grid(4);
    const int bubble = l.px(40);
    const QRectF panel(pad, pad, width() - 3 * pad - bubble, height() - 2 * pad);
    paintRounded(painter, panel, l.bubbleRadius(), light.surface, light.border);
    const QRectF head(panel.left(), panel.top(), panel.width(), l.px(40));
    paintRounded(painter, head, l.bubbleRadius(), brand.ground);
    painter.fillRect(QRectF(head.left(), head.bottom() - l.px(14), head.width(), l.px(14)), brand.ground);
    painter.setPen(brand.letters);
    painter.setFont(l.font(TextSize::Body, true));
    const QString name = m_name.isEmpty() ? tr("Your website") : m_name;
    const QRectF title = head.adjusted(l.grid(3), 0, -l.grid(3), 0);
    painter.drawText(title, Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(name, Qt::ElideRight, int(title.width())));

    painter.setFont(l.font(TextSize::Secondary));
    const auto line = [&](const QString& text, int y, bool ours) {
        const int room = int(panel.width()) - l.grid(10);
        const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, room - l.grid(4));
        const int wide = painter.fontMetrics().horizontalAdvance(shown) + l.grid(4);
        const int high = painter.fontMetrics().height() + l.grid(3);
        const QRectF box(ours ? panel.right() - l.grid(3) - wide : panel.left() + l.grid(3), panel.top() + y, wide,
                         high);
        paintRounded(painter, box, l.px(10), ours ? brand.ground : light.sunken);
        painter.setPen(ours ? brand.letters : light.text);
        painter.drawText(box, Qt::AlignCenter, shown);
    };
    line(tr("Hello! How can we help?"), l.px(52), false);
    line(tr("Where is my order?"), l.px(90), true);
    const QRectF field(panel.left() + l.grid(3), panel.bottom() - l.px(40), panel.width() - l.grid(6), l.px(28));
    paintRounded(painter, field, l.radius(), light.surface, light.control);
    painter.setPen(light.muted);
    painter.drawText(field.adjusted(l.grid(2), 0, -l.grid(2), 0), Qt::AlignVCenter, tr("Write a message…"));

    const QRectF round(width() - pad - bubble, height() - pad - bubble, bubble, bubble);
    paintRounded(painter, round, bubble / 2.0, brand.ground);
    widgets::paintGlyph(painter, round, widgets::Glyph::MessageCircle, brand.letters, l.largeIconSize());
}

} // namespace cb::admin
