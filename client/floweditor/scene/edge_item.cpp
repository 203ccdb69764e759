#include "client/floweditor/scene/edge_item.h"

#include "client/widgets/theme/look.h"

#include <QtGui/QPainter>
#include <QtGui/QPainterPathStroker>
#include <QtWidgets/QStyleOptionGraphicsItem>

#include <utility>

namespace cb::floweditor {

namespace {

constexpr double kReach = 12;   ///< width in which the pointer finds it
constexpr double kArrow = 7;    ///< length of the head
constexpr double kSimple = 0.3; ///< below this scale: a thin line without a head

} // namespace

EdgeItem::EdgeItem(flow::Edge edge)
    : m_edge(std::move(edge)) {
    setFlags(ItemIsSelectable | ItemUsesExtendedStyleOption);
    setAcceptHoverEvents(true);
}

void EdgeItem::setPath(const QPainterPath& path) {
    if (path == m_path)
        return;
    prepareGeometryChange();
    m_path = path;
    update();
}

void EdgeItem::setLit(bool lit) {
    if (std::exchange(m_lit, lit) != lit)
        update();
}

void EdgeItem::setTarget(bool target) {
    if (std::exchange(m_target, target) != target)
        update();
}

void EdgeItem::setChange(QColor colour) {
    if (std::exchange(m_change, colour) != colour)
        update();
}

QPainterPath EdgeItem::shape() const {
    QPainterPathStroker stroker;
    stroker.setWidth(kReach);
    return stroker.createStroke(m_path);
}

void EdgeItem::hoverEnterEvent(QGraphicsSceneHoverEvent*) {
    m_hovered = true;
    update();
}

void EdgeItem::hoverLeaveEvent(QGraphicsSceneHoverEvent*) {
    m_hovered = false;
    update();
}

void EdgeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    const auto& colour = widgets::lookOf().color;
    const bool strong = isSelected() || m_target || m_lit;
    const QColor ink = m_lit                      ? colour.idle
                       : isSelected() || m_target ? colour.accent
                       : m_change.isValid()       ? m_change
                       : m_hovered                ? colour.text
                                                  : colour.muted;
    painter->setBrush(Qt::NoBrush);
    if (option->levelOfDetailFromTransform(painter->worldTransform()) < kSimple) {
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->setPen(QPen(ink, 0));
        painter->drawPath(m_path);
        return;
    }
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(ink, strong ? 2.5 : 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPath(m_path);
    const QPointF tip = m_path.currentPosition();
    QPolygonF head;
    head << tip << tip + QPointF(-kArrow, -kArrow * 0.6) << tip + QPointF(-kArrow, kArrow * 0.6);
    painter->setPen(Qt::NoPen);
    painter->setBrush(ink);
    painter->drawPolygon(head);
}

} // namespace cb::floweditor
