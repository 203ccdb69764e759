#include "client/floweditor/document/layout.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <set>
#include <unordered_map>

namespace cb::floweditor {

using flow::Edge;
using flow::Graph;
using flow::Node;
using flow::NodeId;
using flow::Point;

namespace {

constexpr double kColumnGap = 100;
constexpr double kRowGap = 40;

struct Way {
    std::size_t to = 0;
    double top = 0; ///< of the output below its node's top
};

/// The graph by numbers, ways in the order of the outputs.
struct Net {
    std::vector<std::vector<Way>> ways;
    std::vector<std::size_t> roots; ///< the start first, then what nothing leads to, then all others
};

Net netOf(const Graph& graph) {
    std::unordered_map<NodeId, std::size_t> places;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        places.emplace(graph.nodes[i].id, i);
    std::unordered_map<NodeId, std::vector<const Edge*>> leaving;
    for (const Edge& edge : graph.edges)
        leaving[edge.from].push_back(&edge);
    Net net;
    net.ways.resize(graph.nodes.size());
    std::vector<bool> led(graph.nodes.size());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const auto outputs = flow::outputs(graph.nodes[i].data);
        const auto edges = leaving.find(graph.nodes[i].id);
        for (std::size_t o = 0; o < outputs.size() && edges != leaving.end(); ++o)
            for (const Edge* edge : edges->second)
                if (const auto to = places.find(edge->to); edge->port == outputs[o].name && to != places.end()) {
                    net.ways[i].push_back({to->second, outputTop(graph.nodes[i].data, o)});
                    led[to->second] = true;
                }
    }
    std::vector<std::size_t> byPlace(graph.nodes.size());
    std::iota(byPlace.begin(), byPlace.end(), std::size_t{0});
    std::stable_sort(byPlace.begin(), byPlace.end(), [&](std::size_t a, std::size_t b) {
        const Point& left = graph.nodes[a].position;
        const Point& right = graph.nodes[b].position;
        return std::pair(left.x, left.y) < std::pair(right.x, right.y);
    });
    const auto rank = [&](std::size_t node) {
        return std::holds_alternative<flow::Start>(graph.nodes[node].data) ? 0 : led[node] ? 2 : 1;
    };
    std::stable_sort(byPlace.begin(), byPlace.end(), [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
    net.roots = std::move(byPlace);
    return net;
}

/// Depth first from every root, without recursion: a flow may be 5,000 nodes deep. `enter` when a node is met first,
/// `leave` when all behind it are done; `back` for a way into a node whose own ways are being walked: it closes a loop.
template <class Enter, class Leave, class Back>
void walkDeep(const Net& net, Enter enter, Leave leave, Back back) {
    enum class Seen : char { No, Open, Done };
    std::vector<Seen> seen(net.ways.size(), Seen::No);
    std::vector<std::pair<std::size_t, std::size_t>> stack; // node, its next way
    for (const std::size_t root : net.roots) {
        if (seen[root] != Seen::No)
            continue;
        seen[root] = Seen::Open;
        enter(root);
        stack.emplace_back(root, 0);
        while (!stack.empty()) {
            auto& [node, next] = stack.back();
            if (next == net.ways[node].size()) {
                seen[node] = Seen::Done;
                leave(node);
                stack.pop_back();
                continue;
            }
            const std::size_t from = node;
            const std::size_t way = next++;
            const std::size_t to = net.ways[from][way].to;
            if (seen[to] == Seen::Open)
                back(from, way);
            if (seen[to] != Seen::No)
                continue;
            seen[to] = Seen::Open;
            enter(to);
            stack.emplace_back(to, 0);
        }
    }
}

/// Takes the ways that close loops out of `net`, gives the column of each node: the longest way to it.
std::vector<std::size_t> columnsOf(Net& net) {
    std::vector<std::size_t> order; // those behind first
    std::set<std::pair<std::size_t, std::size_t>> closing;
    walkDeep(
        net, [](std::size_t) {}, [&](std::size_t node) { order.push_back(node); },
        [&](std::size_t from, std::size_t way) { closing.emplace(from, way); });
    for (auto loop = closing.rbegin(); loop != closing.rend(); ++loop)
        net.ways[loop->first].erase(net.ways[loop->first].begin() + static_cast<std::ptrdiff_t>(loop->second));
    std::vector<std::size_t> columns(net.ways.size(), 0);
    for (auto node = order.rbegin(); node != order.rend(); ++node)
        for (const Way& way : net.ways[*node])
            columns[way.to] = std::max(columns[way.to], columns[*node] + 1);
    return columns;
}

/// The closest tops to the wanted ones that keep the order and the distances (pooled neighbours, least squares).
void settle(const std::vector<std::size_t>& column, const std::vector<double>& wanted,
            const std::vector<double>& heights, std::vector<double>& tops) {
    struct Pool {
        double sum;
        std::size_t count;
        double mean() const { return sum / static_cast<double>(count); }
    };
    std::vector<Pool> pools;
    double above = 0; // heights and gaps above a node, taken off so that equal means touching
    for (const std::size_t node : column) {
        pools.push_back({wanted[node] - above, 1});
        while (pools.size() > 1 && pools[pools.size() - 2].mean() > pools.back().mean()) {
            const Pool last = pools.back();
            pools.pop_back();
            pools.back().sum += last.sum;
            pools.back().count += last.count;
        }
        above += heights[node] + kRowGap;
    }
    above = 0;
    std::size_t pool = 0;
    std::size_t inPool = 0;
    for (const std::size_t node : column) {
        tops[node] = pools[pool].mean() + above;
        above += heights[node] + kRowGap;
        if (++inPool == pools[pool].count) {
            ++pool;
            inPool = 0;
        }
    }
}

double onGrid(double value) {
    return std::round(value / kGrid) * kGrid;
}

} // namespace

std::vector<Place> arranged(const Graph& graph) {
    if (graph.nodes.empty())
        return {};
    Net net = netOf(graph);
    const std::vector<std::size_t> columnOf = columnsOf(net);
    std::vector<std::vector<std::size_t>> columns(*std::max_element(columnOf.begin(), columnOf.end()) + 1);
    std::vector<std::vector<std::pair<std::size_t, double>>> from(graph.nodes.size());
    std::vector<double> heights;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        heights.push_back(sizeOf(graph.nodes[i].data).height);
        columns[columnOf[i]].push_back(i);
        for (const Way& way : net.ways[i])
            from[way.to].emplace_back(i, way.top);
    }

    std::vector<double> tops(graph.nodes.size(), 0);
    std::vector<double> wanted(graph.nodes.size(), 0);
    for (auto& column : columns) {
        for (const std::size_t node : column) {
            double sum = 0;
            for (const auto& [source, top] : from[node])
                sum += tops[source] + top - kHeadHeight / 2;
            wanted[node] = from[node].empty() ? 0 : sum / static_cast<double>(from[node].size());
        }
        std::stable_sort(column.begin(), column.end(), [&](std::size_t a, std::size_t b) {
            return std::pair(graph.nodes[a].position.y, wanted[a]) < std::pair(graph.nodes[b].position.y, wanted[b]);
        });
        settle(column, wanted, heights, tops);
    }
    // Back from the right, once: a source moves to the middle of what it leads to.
    for (auto column = columns.rbegin(); column != columns.rend(); ++column) {
        for (const std::size_t node : *column) {
            double sum = tops[node];
            for (const Way& way : net.ways[node])
                sum += tops[way.to] + kHeadHeight / 2 - way.top;
            wanted[node] = sum / static_cast<double>(net.ways[node].size() + 1);
        }
        settle(*column, wanted, heights, tops);
    }

    const std::size_t first = net.roots.front();
    const Point still = graph.nodes[first].position;
    std::vector<Place> places;
    places.reserve(graph.nodes.size());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        places.push_back({graph.nodes[i].id,
                          {still.x + (static_cast<double>(columnOf[i]) - static_cast<double>(columnOf[first])) *
                                         (kNodeWidth + kColumnGap),
                           still.y + tops[i] - tops[first]}});
    return places;
}

std::vector<NodeId> walk(const Graph& graph) {
    std::vector<NodeId> order;
    order.reserve(graph.nodes.size());
    walkDeep(
        netOf(graph), [&](std::size_t node) { order.push_back(graph.nodes[node].id); }, [](std::size_t) {},
        [](std::size_t, std::size_t) {});
    return order;
}

Point freePlace(const Graph& graph, Size size, Point wanted) {
    std::vector<Rect> taken;
    taken.reserve(graph.nodes.size());
    std::transform(graph.nodes.begin(), graph.nodes.end(), std::back_inserter(taken),
                   [](const Node& node) { return rectOf(node); });
    const auto isFree = [&](Point at) {
        const Rect rect = Rect{at.x, at.y, size.width, size.height}.grown(kGrid / 2);
        return std::none_of(taken.begin(), taken.end(), [&](const Rect& one) { return one.meets(rect); });
    };
    const Point start{onGrid(wanted.x), onGrid(wanted.y)};
    constexpr int kRings = 60;
    for (int ring = 0; ring < kRings; ++ring)
        for (int dy = -ring; dy <= ring; ++dy)
            for (int dx = -ring; dx <= ring; dx += std::abs(dy) == ring ? 1 : std::max(1, 2 * ring)) {
                const Point at{start.x + dx * 2 * kGrid, start.y + dy * 2 * kGrid};
                if (isFree(at))
                    return at;
            }
    return start;
}

} // namespace cb::floweditor
