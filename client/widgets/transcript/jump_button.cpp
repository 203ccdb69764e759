#include "client/widgets/transcript/jump_button.h"

#include "client/widgets/controls/badge.h"
#include "client/widgets/theme/icon.h"
#include "client/widgets/theme/paint.h"

#include <QPainter>

namespace cb::widgets {

JumpButton::JumpButton(QWidget* parent)
    : Themed<QAbstractButton>(parent) {
    setFocusPolicy(Qt::NoFocus); // End does the same
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::ArrowCursor);
    JumpButton::retranslate();
    hide();
}

void JumpButton::retranslate() {
    const QString text =
        m_count > 0 ? tr("Go to the newest message, %n not seen", nullptr, m_count) : tr("Go to the newest message");
    setAccessibleName(text);
    setToolTip(text);
}

void JumpButton::setCount(int count) {
    if (m_count == count)
        return;
    m_count = count;
    retranslate();
    update();
}

QSize JumpButton::sizeHint() const {
    return {look().px(52), look().px(52)};
}

void JumpButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Look& l = look();
    const qreal side = l.px(36);
    const QRectF disc((width() - side) / 2, (height() - side) / 2, side, side);
    paintShadow(painter, disc, side / 2, l);
    paintRounded(painter, disc, side / 2, l.color.surface, l.color.border);
    if (underMouse())
        paintRounded(painter, disc, side / 2, isDown() ? l.color.pressed : l.color.hover);
    paintGlyph(painter, disc, Glyph::ChevronDown, l.color.text, l.largeIconSize());
    if (m_count > 0)
        paintBadge(painter, QPointF(width() - l.px(2), l.px(2)), m_count, l);
}

} // namespace cb::widgets
