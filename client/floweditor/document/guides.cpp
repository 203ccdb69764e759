#include "client/floweditor/document/guides.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace cb::floweditor {

namespace {

struct Match {
    double by = 0;
    double at = 0;
    const Rect* with = nullptr;
};

/// Keeps the smaller move.
void offer(std::optional<Match>& best, double mine, double theirs, const Rect& with, double reach) {
    const double by = theirs - mine;
    if (std::abs(by) <= reach && (!best || std::abs(by) < std::abs(best->by)))
        best = Match{by, theirs, &with};
}

double toGrid(double value) {
    return std::round(value / kGrid) * kGrid - value;
}

} // namespace

Snapped snapped(const Rect& moving, const std::vector<Rect>& others, double reach) {
    std::optional<Match> across;
    std::optional<Match> down;
    for (const Rect& other : others) {
        offer(across, moving.x, other.x, other, reach);
        offer(across, moving.right(), other.right(), other, reach);
        offer(across, moving.x + moving.width / 2, other.x + other.width / 2, other, reach);
        offer(down, moving.y, other.y, other, reach);
        offer(down, moving.bottom(), other.bottom(), other, reach);
    }
    Snapped result;
    result.dx = across ? across->by : toGrid(moving.x);
    result.dy = down ? down->by : toGrid(moving.y);
    const Rect placed{moving.x + result.dx, moving.y + result.dy, moving.width, moving.height};
    if (across)
        result.guides.push_back(
            {true, across->at, std::min(placed.y, across->with->y), std::max(placed.bottom(), across->with->bottom())});
    if (down)
        result.guides.push_back(
            {false, down->at, std::min(placed.x, down->with->x), std::max(placed.right(), down->with->right())});
    return result;
}

} // namespace cb::floweditor
