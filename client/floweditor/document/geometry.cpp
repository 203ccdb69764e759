#include "client/floweditor/document/geometry.h"

#include <algorithm>

namespace cb::floweditor {

bool hasExcerpt(const flow::NodeData& data) {
    return !std::holds_alternative<flow::Start>(data) && !std::holds_alternative<flow::CallEnd>(data);
}

Size sizeOf(const flow::NodeData& data) {
    const double rows = static_cast<double>(flow::outputs(data).size());
    return {kNodeWidth, kHeadHeight + (hasExcerpt(data) ? kExcerptHeight : 0) + rows * kPortHeight + kFootHeight};
}

Rect rectOf(const flow::Node& node) {
    const Size size = sizeOf(node.data);
    return {node.position.x, node.position.y, size.width, size.height};
}

flow::Point inputOf(const flow::Node& node) {
    return {node.position.x, node.position.y + kHeadHeight / 2};
}

double outputTop(const flow::NodeData& data, std::size_t at) {
    return kHeadHeight + (hasExcerpt(data) ? kExcerptHeight : 0) + (static_cast<double>(at) + 0.5) * kPortHeight;
}

flow::Point outputOf(const flow::Node& node, std::string_view port) {
    const auto outputs = flow::outputs(node.data);
    const auto found =
        std::find_if(outputs.begin(), outputs.end(), [port](const auto& output) { return output.name == port; });
    const double y = found == outputs.end() ? sizeOf(node.data).height / 2
                                            : outputTop(node.data, static_cast<std::size_t>(found - outputs.begin()));
    return {node.position.x + kNodeWidth, node.position.y + y};
}

Rect boundsOf(const flow::Graph& graph) {
    if (graph.nodes.empty())
        return {};
    Rect all = rectOf(graph.nodes.front());
    for (const auto& node : graph.nodes) {
        const Rect one = rectOf(node);
        const double right = std::max(all.right(), one.right());
        const double bottom = std::max(all.bottom(), one.bottom());
        all.x = std::min(all.x, one.x);
        all.y = std::min(all.y, one.y);
        all.width = right - all.x;
        all.height = bottom - all.y;
    }
    return all;
}

} // namespace cb::floweditor
