#include "client/floweditor/scene/route.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cb::floweditor {

namespace {

constexpr double kStub = 28;     ///< straight out of a port before a turn
constexpr double kClear = 18;    ///< between a lane and a card
constexpr double kCorner = 14;   ///< radius
constexpr int kSamples = 24;     ///< of a curve, when looking for cards under it
constexpr int kMostShifts = 200; ///< of a lane

double reach(const QPointF& from, const QPointF& to) {
    return std::max(40.0, std::abs(to.x() - from.x()) / 2);
}

QPainterPath curve(const QPointF& from, const QPointF& to) {
    const QPointF out(reach(from, to), 0);
    QPainterPath path(from);
    path.cubicTo(from + out, to - out, to);
    return path;
}

/// Points of curve(), evaluated here: QPainterPath measures the whole path for each.
std::array<QPointF, kSamples - 1> sampled(const QPointF& from, const QPointF& to) {
    const QPointF out(reach(from, to), 0);
    std::array<QPointF, kSamples - 1> points;
    for (int i = 1; i < kSamples; ++i) {
        const double t = double(i) / kSamples;
        const double u = 1 - t;
        points[std::size_t(i - 1)] =
            u * u * u * from + 3 * u * u * t * (from + out) + 3 * u * t * t * (to - out) + t * t * t * to;
    }
    return points;
}

/// Corners cut round.
QPainterPath bent(const std::vector<QPointF>& points) {
    QPainterPath path(points.front());
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
        const QPointF in = points[i] - points[i - 1];
        const QPointF out = points[i + 1] - points[i];
        const double inLength = std::hypot(in.x(), in.y());
        const double outLength = std::hypot(out.x(), out.y());
        const double radius = std::min({kCorner, inLength / 2, outLength / 2});
        if (radius < 0.5)
            continue;
        path.lineTo(points[i] - in * (radius / inLength));
        path.quadTo(points[i], points[i] + out * (radius / outLength));
    }
    path.lineTo(points.back());
    return path;
}

/// The height nearest to `wanted` at which a level line from `left` to `right` meets no card.
double lane(double left, double right, double wanted, const std::vector<QRectF>& cards) {
    const auto shifted = [&](bool down) {
        double y = wanted;
        for (int i = 0; i < kMostShifts; ++i) {
            const auto hit = std::find_if(cards.begin(), cards.end(), [&](const QRectF& card) {
                return card.left() - kClear < right && left < card.right() + kClear && card.top() - kClear < y &&
                       y < card.bottom() + kClear;
            });
            if (hit == cards.end())
                break;
            y = down ? hit->bottom() + kClear : hit->top() - kClear;
        }
        return y;
    };
    const double up = shifted(false);
    const double down = shifted(true);
    return wanted - up < down - wanted ? up : down;
}

} // namespace

QPainterPath routed(const QPointF& from, const QPointF& to, const std::vector<QRectF>& cards) {
    if (to.x() < from.x() + kStub) { // behind: out, along a lane, and in again
        const double out = from.x() + kStub;
        const double in = to.x() - kStub;
        const double y = lane(std::min(in, out), std::max(in, out), (from.y() + to.y()) / 2, cards);
        return bent({from, {out, from.y()}, {out, y}, {in, y}, {in, to.y()}, to});
    }
    const auto points = sampled(from, to);
    double left = to.x();
    double right = from.x();
    for (const QRectF& card : cards)
        if (const QRectF core = card.adjusted(4, 4, -4, -4);
            std::any_of(points.begin(), points.end(), [&](const QPointF& point) { return core.contains(point); })) {
            left = std::min(left, card.left());
            right = std::max(right, card.right());
        }
    if (left > right)
        return curve(from, to);
    const double begin = std::max(left - kClear, from.x() + kStub / 2);
    const double end = std::min(right + kClear, to.x() - kStub / 2);
    if (begin >= end)
        return curve(from, to);
    const double y = lane(begin, end, (from.y() + to.y()) / 2, cards);
    return bent({from, {begin, from.y()}, {begin, y}, {end, y}, {end, to.y()}, to});
}

} // namespace cb::floweditor
