#pragma once

#include <QtCore/QRectF>
#include <QtGui/QPainterPath>

#include <vector>

namespace cb::floweditor {

/// The line from an output (leaving to the right) to an input (entering from the left): a smooth curve, in a lane
/// above or below when cards stand between, round both ends when the input lies behind. `cards`: what to keep clear of;
/// those of the two ends may be among them.
QPainterPath routed(const QPointF& from, const QPointF& to, const std::vector<QRectF>& cards);

} // namespace cb::floweditor
