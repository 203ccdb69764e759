#include "client/workbench/history_delegate.h"

#include "client/state/customer_history.h"
#include "client/widgets/theme/paint.h"

#include <QtCore/QDateTime>
#include <QtCore/QLocale>
#include <QtGui/QPainter>

namespace cb::workbench {

using state::CustomerHistory;
using widgets::Look;
using widgets::TextSize;

QSize HistoryDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    const Look& look = widgets::lookOf(option.widget);
    const int line = QFontMetrics(look.font(TextSize::Secondary)).height();
    return {look.px(200), QFontMetrics(look.font(TextSize::Body)).height() + 2 * line + look.grid(5)};
}

void HistoryDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Look& look = widgets::lookOf(option.widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(option.rect).adjusted(look.grid(1), 1, -look.grid(1), -1);
    if (option.state & (QStyle::State_MouseOver | QStyle::State_Selected))
        widgets::paintRounded(*painter, box, look.cardRadius(), look.color.sunken);
    const QRect inner = option.rect.adjusted(look.grid(4), look.grid(2), -look.grid(4), -look.grid(2));
    const QFont bodyFont = look.font(TextSize::Body);
    const QFont lineFont = look.font(TextSize::Secondary);
    const QFontMetrics body(bodyFont);
    const QFontMetrics line(lineFont);
    const auto draw = [&](int top, const QFontMetrics& metrics, const QFont& font, const QColor& color,
                          const QString& text) {
        painter->setFont(font);
        painter->setPen(color);
        painter->drawText(QRect(inner.left(), top, inner.width(), metrics.height()), Qt::AlignVCenter,
                          metrics.elidedText(text, Qt::ElideRight, inner.width()));
    };
    const QString when =
        QLocale().toString(index.data(CustomerHistory::StartedAtRole).toDateTime().toLocalTime(), QLocale::ShortFormat);
    QStringList head{when, index.data(CustomerHistory::AgentNameRole).toString()};
    head.removeAll({});
    QStringList tail{index.data(CustomerHistory::CategoryRole).toString(),
                     index.data(CustomerHistory::NoteRole).toString(),
                     index.data(CustomerHistory::EndReasonRole).toString()};
    tail.removeAll({});
    draw(inner.top(), body, bodyFont, look.color.text, head.join(QStringLiteral(" · ")));
    draw(inner.top() + body.height(), line, lineFont, look.color.muted,
         index.data(CustomerHistory::PreviewRole).toString());
    draw(inner.top() + body.height() + line.height(), line, lineFont, look.color.muted,
         tail.join(QStringLiteral(" · ")));
    painter->restore();
}

} // namespace cb::workbench
