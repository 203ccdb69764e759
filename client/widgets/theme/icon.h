#pragma once

#include "client/widgets/theme/glyph_names.h"

#include <QIcon>
#include <QPixmap>

class QPainter;
class QRectF;

namespace cb::widgets {

/// \p glyph in \p color at \p size device-independent pixels; cached in QPixmapCache.
QPixmap glyphPixmap(Glyph glyph, const QColor& color, int size, qreal devicePixelRatio);

/// Centres the glyph in \p rect, at whole device pixels.
void paintGlyph(QPainter& painter, const QRectF& rect, Glyph glyph, const QColor& color, int size);

/// For actions and standard buttons: follows the palette's text colour, also after the theme has changed.
QIcon glyphIcon(Glyph glyph);

} // namespace cb::widgets
