#pragma once

#include "client/widgets/theme/themed.h"

#include <QWidget>

class QPainter;

namespace cb::widgets {

/// A count in a filled pill: unread messages. Nothing is shown for 0.
class Badge : public Themed<QWidget> {
    Q_OBJECT
public:
    explicit Badge(QWidget* parent = nullptr);

    void setCount(int count);
    int count() const { return m_count; }
    /// Grey instead of the accent colour: counts that ask for nothing.
    void setQuiet(bool quiet);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int m_count = 0;
    bool m_quiet = false;
};

/// The size a badge of \p count takes.
QSize badgeSize(int count, const Look& look);
/// The same pill painted inside \p rect: for item delegates.
void paintBadgeIn(QPainter& painter, const QRectF& rect, int count, const Look& look, bool quiet = false);
/// With its upper right corner at \p corner: on glyphs.
void paintBadge(QPainter& painter, const QPointF& corner, int count, const Look& look);

} // namespace cb::widgets
