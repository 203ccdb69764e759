#include "client/admin/brand.h"

#include "client/widgets/theme/tokens.h"

#include <cmath>

namespace cb::admin {

namespace {

constexpr double kTextContrast = 4.5;
constexpr double kNearWhiteContrast = 2.8; ///< from here on darkening a little beats giving up white letters
constexpr double kStep = 0.04;

QColor darkened(const QColor& colour, double part) {
    const auto less = [part](int value) { return int(std::lround(value * (1 - part))); };
    return {less(colour.red()), less(colour.green()), less(colour.blue())};
}

} // namespace

Brand brandOf(const QColor& colour) {
    const QColor wanted = colour.isValid() ? colour : kOwnBrand;
    const QColor white(Qt::white);
    const QColor ink(12, 21, 23);
    const double onWhite = widgets::contrast(wanted, white);
    if (onWhite >= kTextContrast)
        return {wanted, white, false};
    if (onWhite < kNearWhiteContrast && widgets::contrast(wanted, ink) >= kTextContrast)
        return {wanted, ink, false};
    for (int step = 1; step * kStep < 1; ++step)
        if (const QColor tried = darkened(wanted, step * kStep); widgets::contrast(tried, white) >= kTextContrast)
            return {tried, white, true};
    return {QColor(Qt::black), white, true};
}

} // namespace cb::admin
