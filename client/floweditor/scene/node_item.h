#pragma once

#include "client/floweditor/document/words.h"
#include "client/widgets/theme/tokens.h"

#include <QtWidgets/QGraphicsItem>

namespace cb::floweditor {

/// A node's card. Paints what it is told; the canvas moves it and draws from its ports.
class NodeItem final : public QGraphicsItem {
public:
    enum { Type = UserType + 1 };

    NodeItem(const flow::Node& node, const Choices& choices);

    int type() const override { return Type; }
    const flow::Node& node() const { return m_node; }
    flow::NodeId id() const { return m_node.id; }
    void setNode(const flow::Node& node);
    void setProblems(const QString& sentences); ///< shown at the badge; empty = none
    void setLit(bool lit);                      ///< the simulator stands here
    bool isLit() const { return m_lit; }
    void setTarget(bool target);   ///< a connection would end here
    void setLocked(bool locked);   ///< no handles
    void setChange(QColor colour); ///< of a comparison; invalid = none

    QRectF card() const; ///< its own coordinates
    /// Of the outputs, the one under `at`; -1 for none. Own coordinates.
    int outputAt(const QPointF& at) const;
    bool isInputAt(const QPointF& at) const;
    QPointF output(std::size_t at) const; ///< scene coordinates
    QPointF input() const;                ///< scene coordinates
    const std::vector<flow::Output>& outputs() const { return m_outputs; }

    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

protected:
    void hoverMoveEvent(QGraphicsSceneHoverEvent* event) override;
    void hoverLeaveEvent(QGraphicsSceneHoverEvent* event) override;

private:
    void paintText(QPainter& painter) const;
    void paintPorts(QPainter& painter) const;
    void setHovered(int port);

    flow::Node m_node;
    const Choices& m_choices;
    std::vector<flow::Output> m_outputs;
    std::vector<QString> m_portNames;
    QString m_title;
    QString m_excerpt;
    QString m_problems;
    QColor m_change;
    int m_hovered = -2; ///< output, -1 = the input, -2 = none
    bool m_lit = false;
    bool m_target = false;
    bool m_locked = false;
};

/// The colour of a kind's upper edge.
QColor colourOf(flow::Kind kind, const widgets::Tokens& tokens);

} // namespace cb::floweditor
