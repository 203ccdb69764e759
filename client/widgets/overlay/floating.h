#pragma once

#include "client/widgets/theme/themed.h"

#include <QWidget>

namespace cb::widgets {

/// A panel that floats over its window: rounded surface, hairline, the one shadow. It is a child of the window, not a
/// window of its own, so that the keyboard focus can stay where it is and every window system shows it the same way.
class Floating : public Themed<QWidget> {
    Q_OBJECT
public:
    explicit Floating(QWidget* anywhereInWindow);

    /// Room for the shadow on each side; contents lie inside.
    int shadowMargin() const { return look().px(12); }
    /// Puts the panel above \p anchor (below when there is no room), left edges in line, kept inside the window. \p
    /// size is the panel without its shadow.
    void placeAt(const QWidget* anchor, const QSize& size);
    void placeTopCentre(const QSize& size, int top);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace cb::widgets
