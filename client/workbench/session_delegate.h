#pragma once

#include "client/widgets/theme/look.h"

#include <QtCore/QDateTime>
#include <QtWidgets/QStyledItemDelegate>

#include <functional>

namespace cb::workbench {

/// Paints a row of the session list: avatar, name, last line, how long the customer waits or a call goes on, unread
/// count. The row grows warmer the longer the customer waits for us.
class SessionDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using Now = std::function<QDateTime()>; ///< by the server's clock
    SessionDelegate(Now now, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintGround(QPainter& painter, const QStyleOptionViewItem& option, qint64 waits,
                     const widgets::Look& look) const;

    Now m_now;
};

/// 0 … 1: how warm a row is after this many seconds of waiting; full warmth at two minutes.
double warmth(qint64 seconds);
/// `ground` after that time; lineInk is the colour of the row's last line on it. Both hold 4.5 : 1 (a test computes
/// it).
QColor warmGround(const QColor& ground, qint64 seconds, const widgets::Tokens& tokens);
QColor lineInk(bool warm, const widgets::Tokens& tokens);

} // namespace cb::workbench
