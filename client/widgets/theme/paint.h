#pragma once

#include "client/widgets/theme/look.h"

#include <QRectF>
#include <QString>

class QFontMetrics;
class QPainter;
class QStyleOption;

/// The few strokes all controls share.
namespace cb::widgets {

/// A rounded rectangle with an optional one-pixel outline that lies inside \p rect. Either colour may be invalid (left
/// out).
void paintRounded(QPainter& painter, const QRectF& rect, qreal radius, const QColor& fill, const QColor& outline = {});

/// The 2 px focus ring, inside \p rect. \p ground is the colour under it: a filled control gets a thin gap so that the
/// ring is seen.
void paintFocusRing(QPainter& painter, const QRectF& rect, qreal radius, const Look& look, bool filled = false);

/// The floating shadow round \p rect; call before painting the thing itself.
void paintShadow(QPainter& painter, const QRectF& rect, qreal radius, const Look& look);

/// True when a ring is wanted: focus that came by the keyboard.
bool wantsFocusRing(const QStyleOption& option);

/// Text whose digits all take the width of the widest digit: times and counts do not jitter. Painted at the left of \p
/// rect, vertically centred, in the painter's font and pen.
void paintTabular(QPainter& painter, const QRectF& rect, const QString& text);
int tabularWidth(const QFontMetrics& metrics, const QString& text);

} // namespace cb::widgets
