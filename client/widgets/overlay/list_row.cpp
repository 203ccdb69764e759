#include "client/widgets/overlay/list_row.h"

#include "client/widgets/theme/paint.h"

#include <QPainter>

namespace cb::widgets {

QSize ListRowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {0, lookOf(option.widget).controlHeight()};
}

void ListRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Look& l = lookOf(option.widget);
    const Tokens& t = l.color;
    const QRect rect = option.rect.adjusted(l.grid(1), 0, -l.grid(1), 0);
    if (option.state & QStyle::State_Selected)
        paintRounded(*painter, rect, l.px(4), t.selection);
    else if (option.state & QStyle::State_MouseOver)
        paintRounded(*painter, rect, l.px(4), t.hover);
    int left = rect.left() + l.grid(2);
    int right = rect.right() - l.grid(2);
    const QVariant glyph = index.data(GlyphRole);
    if (glyph.isValid()) {
        paintGlyph(*painter, QRectF(left, rect.top(), l.iconSize(), rect.height()), Glyph(glyph.toInt()), t.muted,
                   l.iconSize());
        left += l.iconSize() + l.grid(2);
    }
    painter->save();
    constexpr int kFlags = Qt::AlignVCenter | Qt::TextSingleLine;
    const QString detail = index.data(DetailRole).toString();
    if (!detail.isEmpty()) {
        painter->setFont(l.secondary);
        painter->setPen(t.muted);
        const int width = qMin(painter->fontMetrics().horizontalAdvance(detail), (right - left) / 2);
        painter->drawText(QRect(right - width, rect.top(), width + 1, rect.height()), kFlags | Qt::AlignRight,
                          painter->fontMetrics().elidedText(detail, Qt::ElideRight, width + 1));
        right -= width + l.grid(3);
    }
    painter->setFont(l.body);
    painter->setPen(t.text);
    const QString title = index.data(Qt::DisplayRole).toString();
    const QString subtitle = index.data(SubtitleRole).toString();
    const int titleRoom = subtitle.isEmpty() ? right - left : qMax((right - left) * 2 / 5, l.px(120));
    const QString shown = painter->fontMetrics().elidedText(title, Qt::ElideRight, titleRoom);
    painter->drawText(QRect(left, rect.top(), right - left, rect.height()), kFlags | Qt::AlignLeft, shown);
    if (!subtitle.isEmpty()) {
        left += painter->fontMetrics().horizontalAdvance(shown) + l.grid(3);
        painter->setPen(t.muted);
        painter->drawText(QRect(left, rect.top(), right - left, rect.height()), kFlags | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(subtitle.simplified(), Qt::ElideRight, right - left));
    }
    painter->restore();
}

} // namespace cb::widgets
