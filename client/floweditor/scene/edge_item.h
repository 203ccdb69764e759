#pragma once

#include "shared/flow/graph.h"

#include <QtWidgets/QGraphicsItem>

namespace cb::floweditor {

/// The line of an edge.
class EdgeItem final : public QGraphicsItem {
public:
    enum { Type = UserType + 2 };

    explicit EdgeItem(flow::Edge edge);

    int type() const override { return Type; }
    const flow::Edge& edge() const { return m_edge; }
    void setPath(const QPainterPath& path);
    const QPainterPath& path() const { return m_path; }
    void setLit(bool lit); ///< the simulator came along here
    bool isLit() const { return m_lit; }
    void setTarget(bool target); ///< what is dropped here goes into it
    void setChange(QColor colour);

    QRectF boundingRect() const override { return m_path.boundingRect().adjusted(-10, -10, 10, 10); }
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

protected:
    void hoverEnterEvent(QGraphicsSceneHoverEvent* event) override;
    void hoverLeaveEvent(QGraphicsSceneHoverEvent* event) override;

private:
    flow::Edge m_edge;
    QPainterPath m_path;
    QColor m_change;
    bool m_lit = false;
    bool m_target = false;
    bool m_hovered = false;
};

} // namespace cb::floweditor
