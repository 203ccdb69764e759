#pragma once

#include "shared/flow/graph.h"

#include <string_view>

/// Where a node's card and its ports are. The scene draws by it, the layout and the routes plan by it. Scene units.
namespace cb::floweditor {

inline constexpr double kNodeWidth = 220;
inline constexpr double kHeadHeight = 36;    ///< icon and label
inline constexpr double kExcerptHeight = 44; ///< two lines
inline constexpr double kPortHeight = 26;    ///< one row for each output
inline constexpr double kFootHeight = 8;
inline constexpr double kGrid = 20;

struct Size {
    double width = 0;
    double height = 0;
};

struct Rect {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;

    double right() const { return x + width; }
    double bottom() const { return y + height; }
    bool meets(const Rect& other) const {
        return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
    }
    Rect grown(double by) const { return {x - by, y - by, width + 2 * by, height + 2 * by}; }
};

/// Start and phone end have no excerpt.
bool hasExcerpt(const flow::NodeData& data);

Size sizeOf(const flow::NodeData& data);
Rect rectOf(const flow::Node& node);

/// On the left edge, at the middle of the head.
flow::Point inputOf(const flow::Node& node);
/// On the right edge, in the row of that output; the middle of the right edge when the node has no such output.
flow::Point outputOf(const flow::Node& node, std::string_view port);
/// The height of output number `at` below the node's top.
double outputTop(const flow::NodeData& data, std::size_t at);

/// Holds all nodes; nothing for an empty graph.
Rect boundsOf(const flow::Graph& graph);

} // namespace cb::floweditor
