#pragma once

#include "client/widgets/theme/tokens.h"

#include <QFont>

class QWidget;

namespace cb::widgets {

/// The four sizes of text. Nothing else is used.
enum class TextSize { Body, Secondary, Title, Head };

/// Everything a control needs to paint itself: colours, sizes (device-independent pixels, already scaled), fonts.
/// A value; the current one is held by the application's style and changes with Theme.
struct Look {
    Tokens color = lightTokens();
    double scale = 1.0; // text and touch scale: 1 on the desktop, 1.6 in the kiosk
    bool reducedMotion = false;
    QFont body;
    QFont secondary;
    QFont title;
    QFont head;

    /// \p value of the design's table, scaled.
    int px(double value) const;
    int grid(int steps) const { return px(4.0 * steps); }
    int radius() const { return px(6); }
    int cardRadius() const { return px(8); }
    int bubbleRadius() const { return px(12); }
    int iconSize() const { return px(16); }
    int largeIconSize() const { return px(20); }
    QFont font(TextSize size, bool strong = false) const;
    /// The height of a one-line control: the table's, or more when the font needs it.
    int controlHeight(bool toolbar = false) const;
    /// Milliseconds for an animation that would last \p wanted; 0 when the user wants less motion.
    int motion(int wanted = 150) const { return reducedMotion ? 0 : qMin(wanted, 150); }
};

/// The look in force for \p widget (the application's when null). Cheap; never keep it across events.
const Look& lookOf(const QWidget* widget = nullptr);

} // namespace cb::widgets
