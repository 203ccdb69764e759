#pragma once

#include "client/floweditor/document/geometry.h"

#include <vector>

namespace cb::floweditor {

/// A line that shows what is in line: vertical at x from y1 to y2, or horizontal at y.
struct Guide {
    bool vertical = false;
    double at = 0;
    double from = 0;
    double to = 0;
};

struct Snapped {
    double dx = 0; ///< to be added to the move
    double dy = 0;
    std::vector<Guide> guides;
};

/// Where `moving` falls into line with one of `others`, within `reach` on each axis by itself: left edges, right edges,
/// middles, and heads (whose ports then stand at one height). Without such the nearest grid line. O(others).
Snapped snapped(const Rect& moving, const std::vector<Rect>& others, double reach);

} // namespace cb::floweditor
