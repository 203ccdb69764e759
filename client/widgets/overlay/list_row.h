#pragma once

#include "client/widgets/theme/icon.h"
#include "client/widgets/theme/look.h"

#include <QStyledItemDelegate>
#include <QVariant>

#include <optional>

namespace cb::widgets {

/// One row of a popup list or of the command palette.
struct ListRow {
    QString title;
    QString subtitle; // after the title, muted
    QString detail;   // at the right edge: a shortcut, a group
    std::optional<Glyph> glyph;
    QVariant data; // handed back when chosen
};

/// Roles of the models that ListRowDelegate paints; the title is Qt::DisplayRole.
enum ListRowRole { SubtitleRole = Qt::UserRole + 1, DetailRole, GlyphRole, DataRole };

class ListRowDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace cb::widgets
