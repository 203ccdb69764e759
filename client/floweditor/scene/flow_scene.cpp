#include "client/floweditor/scene/flow_scene.h"

#include "client/floweditor/document/geometry.h"
#include "client/floweditor/scene/route.h"

#include <QtCore/QSet>

#include <algorithm>

namespace cb::floweditor {

namespace {

constexpr double kEdgeReach = 10;
constexpr double kRoom = 2000; ///< round the nodes, to pan and to drag into

} // namespace

FlowScene::FlowScene(Document& document, QObject* parent)
    : QGraphicsScene(parent)
    , m_document(document) {
    setItemIndexMethod(BspTreeIndex);
    connect(&document, &Document::changed, this, &FlowScene::follow);
    connect(&document, &Document::problemsChanged, this, &FlowScene::tellProblems);
    connect(&document, &Document::choicesChanged, this, &FlowScene::reread);
    connect(&document, &Document::readOnlyChanged, this, [this](bool locked) {
        for (const auto& [id, item] : m_nodes)
            item->setLocked(locked);
    });
    rebuild();
}

NodeItem* FlowScene::node(flow::NodeId id) const {
    const auto found = m_nodes.find(id);
    return found == m_nodes.end() ? nullptr : found->second;
}

EdgeItem* FlowScene::edge(const flow::Edge& edge) const {
    const auto found =
        std::find_if(m_edges.begin(), m_edges.end(), [&](const EdgeItem* item) { return item->edge() == edge; });
    return found == m_edges.end() ? nullptr : *found;
}

EdgeItem* FlowScene::edgeAt(const QPointF& at) const {
    const QRectF near(at.x() - kEdgeReach, at.y() - kEdgeReach, 2 * kEdgeReach, 2 * kEdgeReach);
    for (QGraphicsItem* item : items(near))
        if (auto* edge = qgraphicsitem_cast<EdgeItem*>(item))
            return edge;
    return nullptr;
}

NodeItem* FlowScene::nodeAt(const QPointF& at) const {
    for (QGraphicsItem* item : items(at))
        if (auto* node = qgraphicsitem_cast<NodeItem*>(item))
            return node;
    return nullptr;
}

Part FlowScene::selected() const {
    Part part;
    for (QGraphicsItem* item : selectedItems()) {
        if (const auto* node = qgraphicsitem_cast<NodeItem*>(item))
            part.nodes.push_back(node->id());
        else if (const auto* edge = qgraphicsitem_cast<EdgeItem*>(item))
            part.edges.push_back(edge->edge());
    }
    std::sort(part.nodes.begin(), part.nodes.end());
    return part;
}

void FlowScene::select(const std::vector<flow::NodeId>& nodes) {
    {
        const QSignalBlocker quiet(this);
        clearSelection();
        for (const auto id : nodes)
            if (auto* item = node(id))
                item->setSelected(true);
    }
    Q_EMIT selectionChanged();
}

QPainterPath FlowScene::pathOf(const flow::Edge& edge, const std::vector<QRectF>& cards) const {
    const auto* from = node(edge.from);
    const auto* to = node(edge.to);
    if (from == nullptr || to == nullptr)
        return {};
    const auto& outputs = from->outputs();
    const auto port =
        std::find_if(outputs.begin(), outputs.end(), [&](const auto& output) { return output.name == edge.port; });
    if (port == outputs.end())
        return {};
    return routed(from->output(std::size_t(port - outputs.begin())), to->input(), cards);
}

void FlowScene::route() {
    std::vector<QRectF> cards;
    cards.reserve(m_nodes.size());
    for (const auto& [id, item] : m_nodes)
        cards.push_back(item->card().translated(item->pos()));
    std::vector<QRectF> near;
    for (EdgeItem* item : m_edges) {
        const auto* from = node(item->edge().from);
        const auto* to = node(item->edge().to);
        if (from == nullptr || to == nullptr)
            continue;
        // Only what may stand in the way: a band round both ends.
        const QRectF band = from->card().translated(from->pos()).united(to->card().translated(to->pos()));
        const QRectF wide = band.adjusted(-60, -400, 60, 400);
        near.clear();
        std::copy_if(cards.begin(), cards.end(), std::back_inserter(near),
                     [&](const QRectF& card) { return card.intersects(wide); });
        item->setPath(pathOf(item->edge(), near));
    }
    fitRect();
    Q_EMIT contentsMoved();
}

void FlowScene::dragTo(const std::vector<Place>& places) {
    QSet<qint64> moved;
    for (const Place& place : places)
        if (auto* item = node(place.node)) {
            item->setPos(place.at.x, place.at.y);
            moved.insert(place.node.value);
        }
    for (EdgeItem* item : m_edges)
        if (moved.contains(item->edge().from.value) || moved.contains(item->edge().to.value))
            item->setPath(pathOf(item->edge(), {}));
    Q_EMIT contentsMoved();
}

void FlowScene::rebuild() {
    for (const auto& [id, item] : m_nodes)
        delete item;
    for (EdgeItem* item : m_edges)
        delete item;
    m_nodes.clear();
    m_edges.clear();
    for (const auto& node : m_document.graph().nodes) {
        auto* item = new NodeItem(node, m_document.choices());
        item->setLocked(m_document.isReadOnly());
        addItem(item);
        m_nodes[node.id] = item;
    }
    for (const auto& edge : m_document.graph().edges) {
        auto* item = new EdgeItem(edge);
        addItem(item);
        m_edges.push_back(item);
    }
    tellProblems();
    route();
}

void FlowScene::follow(const Change& change, bool undone) {
    std::vector<flow::NodeId> come;
    bool selectionMayChange = false;
    bool elsewhere = false;
    {
        const QSignalBlocker quiet(this);
        const auto nodeStep = [&](const std::optional<flow::Node>& gone, const std::optional<flow::Node>& now) {
            if (gone && !now) {
                delete m_nodes[gone->id];
                m_nodes.erase(gone->id);
                selectionMayChange = true;
            } else if (now) {
                auto*& item = m_nodes[now->id];
                if (item == nullptr) {
                    item = new NodeItem(*now, m_document.choices());
                    addItem(item);
                    come.push_back(now->id);
                } else {
                    elsewhere = elsewhere || item->node().position != now->position ||
                                item->outputs() != flow::outputs(now->data) ||
                                item->pos() != QPointF(now->position.x, now->position.y);
                    item->setNode(*now);
                }
            }
            elsewhere = elsewhere || !gone || !now;
        };
        const auto edgeStep = [&](const std::optional<flow::Edge>& gone, const std::optional<flow::Edge>& now) {
            bool selected = false;
            elsewhere = true;
            if (gone) {
                const auto old = std::find_if(m_edges.begin(), m_edges.end(),
                                              [&](const EdgeItem* item) { return item->edge() == *gone; });
                if (old != m_edges.end()) {
                    selected = (*old)->isSelected();
                    selectionMayChange = selectionMayChange || selected;
                    delete *old;
                    m_edges.erase(old);
                }
            }
            if (now) {
                auto* item = new EdgeItem(*now);
                addItem(item);
                item->setSelected(selected && gone.has_value());
                m_edges.push_back(item);
            }
        };
        const auto step = [&](const auto& one) {
            const auto& gone = undone ? one.after : one.before;
            const auto& now = undone ? one.before : one.after;
            if constexpr (std::is_same_v<std::decay_t<decltype(one)>, NodeStep>)
                nodeStep(gone, now);
            else
                edgeStep(gone, now);
        };
        if (undone)
            for (auto any = change.steps.rbegin(); any != change.steps.rend(); ++any)
                std::visit(step, *any);
        else
            for (const auto& any : change.steps)
                std::visit(step, any);
    }
    if (elsewhere)
        route();
    if (!come.empty())
        select(come); // what came (also back) is what one goes on with
    else if (selectionMayChange)
        Q_EMIT selectionChanged();
}

void FlowScene::tellProblems() {
    std::unordered_map<flow::NodeId, QStringList> sentences;
    for (const auto& problem : m_document.problems())
        sentences[problem.node] << sentenceOf(problem, m_document.graph());
    for (const auto& [id, item] : m_nodes) {
        const auto found = sentences.find(id);
        item->setProblems(found == sentences.end() ? QString() : found->second.join(QLatin1Char('\n')));
    }
}

void FlowScene::reread() {
    for (const auto& node : m_document.graph().nodes)
        if (auto* item = this->node(node.id))
            item->setNode(node);
    tellProblems();
}

void FlowScene::light(flow::NodeId node, const std::optional<flow::Edge>& edge) {
    if (auto* old = this->node(m_litNode))
        old->setLit(false);
    if (m_litEdge)
        if (auto* old = this->edge(*m_litEdge))
            old->setLit(false);
    m_litNode = node;
    m_litEdge = edge;
    if (auto* item = this->node(node))
        item->setLit(true);
    if (edge)
        if (auto* item = this->edge(*edge))
            item->setLit(true);
}

void FlowScene::fitRect() {
    const Rect all = boundsOf(m_document.graph());
    setSceneRect(QRectF(all.x, all.y, all.width, all.height).adjusted(-kRoom, -kRoom, kRoom, kRoom));
}

} // namespace cb::floweditor
