#pragma once

#include <QtGui/QColor>

namespace cb::admin {

/// What the customer widget makes of a channel's colour (resources/widget/src/core/colour.ts, the same rules): letters
/// in white or ink, the ground darkened when neither could be read on it.
struct Brand {
    QColor ground;
    QColor letters;
    bool darkened = false; ///< the ground is not the colour asked for
};

/// An invalid colour is the program's own.
Brand brandOf(const QColor& colour);

inline const QColor kOwnBrand{0x0B, 0x6E, 0x6E};

} // namespace cb::admin
