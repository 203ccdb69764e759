#pragma once

#include "client/floweditor/document/document.h"
#include "client/floweditor/document/words.h"
#include "client/floweditor/scene/edge_item.h"
#include "client/floweditor/scene/node_item.h"

#include <QtWidgets/QGraphicsScene>

#include <unordered_map>

namespace cb::floweditor {

/// The items of a document. Follows its changes; keeps what is selected across them.
class FlowScene : public QGraphicsScene {
    Q_OBJECT
public:
    explicit FlowScene(Document& document, QObject* parent = nullptr);

    Document& document() const { return m_document; }
    NodeItem* node(flow::NodeId id) const; ///< nullptr when it is not there
    EdgeItem* edge(const flow::Edge& edge) const;
    /// The line nearest to the pointer, nullptr when none is near. Scene coordinates.
    EdgeItem* edgeAt(const QPointF& at) const;
    NodeItem* nodeAt(const QPointF& at) const;

    Part selected() const;
    void select(const std::vector<flow::NodeId>& nodes);

    /// While nodes are dragged: their lines follow, without looking for ways round others.
    void dragTo(const std::vector<Place>& places);
    /// All lines anew.
    void route();
    void reread(); ///< every word anew: names or the language have changed

    /// The simulator or a replay: where it stands and by which line it came; 0 = nowhere.
    void light(flow::NodeId node, const std::optional<flow::Edge>& edge);

Q_SIGNALS:
    void contentsMoved(); ///< something is elsewhere, came or went: for the minimap

private:
    void rebuild();
    void follow(const Change& change, bool undone);
    void tellProblems();
    QPainterPath pathOf(const flow::Edge& edge, const std::vector<QRectF>& cards) const;
    void fitRect();

    Document& m_document;
    std::unordered_map<flow::NodeId, NodeItem*> m_nodes;
    std::vector<EdgeItem*> m_edges;
    flow::NodeId m_litNode;
    std::optional<flow::Edge> m_litEdge;
};

} // namespace cb::floweditor
