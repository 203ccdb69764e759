#pragma once

#include <QtWidgets/QStyledItemDelegate>

namespace cb::workbench {

/// A row of the customer's earlier conversations: when, with whom, how it ended, its last line.
class HistoryDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace cb::workbench
