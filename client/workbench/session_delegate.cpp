#include "client/workbench/session_delegate.h"

#include "client/state/session_list_model.h"
#include "client/widgets/controls/avatar.h"
#include "client/widgets/controls/badge.h"
#include "client/widgets/controls/format.h"
#include "client/widgets/theme/paint.h"

#include <QtGui/QPainter>

namespace cb::workbench {

using state::SessionListModel;
using widgets::Look;
using widgets::TextSize;

namespace {

constexpr double kFullWarmthSeconds = 120;
constexpr double kMostWarmth = 0.22; ///< share of the warm colour in the ground: text stays ≥ 4.5 : 1

QString lastLine(const QModelIndex& index) {
    if (index.data(SessionListModel::TypingRole).toBool())
        return SessionDelegate::tr("typing…");
    return index.data(SessionListModel::PreviewRole).toString();
}

} // namespace

double warmth(qint64 seconds) {
    return qBound(0.0, double(seconds) / kFullWarmthSeconds, 1.0);
}

QColor warmGround(const QColor& ground, qint64 seconds, const widgets::Tokens& tokens) {
    return widgets::mix(ground, tokens.wrapUp, kMostWarmth * warmth(seconds));
}

QColor lineInk(bool warm, const widgets::Tokens& tokens) {
    return warm ? tokens.text : tokens.muted;
}

SessionDelegate::SessionDelegate(Now now, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_now(std::move(now)) {}

QSize SessionDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    const Look& look = widgets::lookOf(option.widget);
    const int text =
        QFontMetrics(look.font(TextSize::Body, true)).height() + QFontMetrics(look.font(TextSize::Secondary)).height();
    return {look.px(200), qMax(look.px(56), text + look.grid(5))};
}

void SessionDelegate::paintGround(QPainter& painter, const QStyleOptionViewItem& option, qint64 waits,
                                  const Look& look) const {
    const QRectF box = QRectF(option.rect).adjusted(look.grid(1), 1, -look.grid(1), -1);
    const auto& color = look.color;
    const bool selected = option.state & QStyle::State_Selected;
    QColor ground = selected ? color.surface : color.bg;
    if (waits >= 0)
        ground = warmGround(ground, waits, color);
    else if (!selected && (option.state & QStyle::State_MouseOver))
        ground = widgets::mix(color.bg, color.surface, 0.6);
    widgets::paintRounded(painter, box, look.cardRadius(), ground, selected ? color.border : QColor());
    if (selected)
        widgets::paintRounded(painter,
                              QRectF(box.left(), box.top() + look.grid(3), look.px(3), box.height() - look.grid(6)),
                              look.px(2), color.accent);
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange))
        widgets::paintFocusRing(painter, box, look.cardRadius(), look);
}

void SessionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Look& look = widgets::lookOf(option.widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QDateTime since = index.data(SessionListModel::WaitsSinceRole).toDateTime();
    const qint64 waits = since.isValid() ? qMax<qint64>(0, since.secsTo(m_now())) : -1;
    const QDateTime talks = index.data(SessionListModel::CallSinceRole).toDateTime();
    paintGround(*painter, option, waits, look);

    const QRect inner = option.rect.adjusted(look.grid(4), 0, -look.grid(4), 0);
    const int diameter = look.px(32);
    const QRectF face(inner.left(), inner.center().y() - diameter / 2.0, diameter, diameter);
    const QString name = index.data(SessionListModel::NameRole).toString();
    widgets::paintAvatar(*painter, face, name,
                         QString::number(index.data(SessionListModel::CustomerIdRole).toLongLong()), look);
    const bool online = index.data(SessionListModel::OnlineRole).toBool();
    widgets::paintRounded(*painter,
                          QRectF(face.right() - look.px(9), face.bottom() - look.px(9), look.px(9), look.px(9)),
                          look.px(5), online ? look.color.idle : look.color.offline, look.color.bg);

    const QFont nameFont = look.font(TextSize::Body, true);
    const QFont lineFont = look.font(TextSize::Secondary);
    const QFontMetrics nameMetrics(nameFont);
    const QFontMetrics lineMetrics(lineFont);
    const int left = int(face.right()) + look.grid(3);
    const int textHeight = nameMetrics.height() + lineMetrics.height() + look.px(2);
    const int top = inner.center().y() - textHeight / 2;
    int right = inner.right();

    if (waits >= 0 || talks.isValid()) {
        const QString time = widgets::formatElapsed(talks.isValid() ? talks.secsTo(m_now()) : waits);
        painter->setFont(lineFont);
        const int width = widgets::tabularWidth(lineMetrics, time);
        painter->setPen(look.color.text);
        widgets::paintTabular(*painter, QRectF(right - width, top, width, nameMetrics.height()), time);
        right -= width + look.grid(2);
    }
    painter->setFont(nameFont);
    painter->setPen(look.color.text);
    painter->drawText(QRect(left, top, right - left, nameMetrics.height()), Qt::AlignVCenter,
                      nameMetrics.elidedText(name, Qt::ElideRight, right - left));

    int lineRight = inner.right();
    const int unread = index.data(SessionListModel::UnreadRole).toInt();
    const int lineTop = top + nameMetrics.height() + look.px(2);
    if (unread > 0) {
        const QSize badge = widgets::badgeSize(unread, look);
        widgets::paintBadgeIn(*painter, QRectF(lineRight - badge.width(), lineTop, badge.width(), badge.height()),
                              unread, look);
        lineRight -= badge.width() + look.grid(2);
    }
    const bool typing = index.data(SessionListModel::TypingRole).toBool();
    painter->setFont(lineFont);
    const bool warm = waits >= 0;
    painter->setPen(typing && !warm ? look.color.accent : lineInk(warm, look.color));
    painter->drawText(QRect(left, lineTop, lineRight - left, lineMetrics.height()), Qt::AlignVCenter,
                      lineMetrics.elidedText(lastLine(index), Qt::ElideRight, lineRight - left));
    painter->restore();
}

} // namespace cb::workbench
