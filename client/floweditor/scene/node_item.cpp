#include "client/floweditor/scene/node_item.h"

#include "client/widgets/controls/format.h"

#include "client/floweditor/document/geometry.h"
#include "client/widgets/theme/look.h"
#include "client/widgets/theme/paint.h"

#include <QtGui/QPainter>
#include <QtGui/QTextLayout>
#include <QtWidgets/QGraphicsSceneHoverEvent>
#include <QtWidgets/QStyleOptionGraphicsItem>

#include <cmath>

namespace cb::floweditor {

using widgets::Look;

namespace {

constexpr double kPortRadius = 5.5;
constexpr double kPortReach = 12;  ///< of the pointer
constexpr double kReadable = 0.45; ///< below this scale no text is drawn
constexpr double kOutlines = 0.2;  ///< below this nothing but the card
constexpr double kPadding = 12;
constexpr double kIcon = 16;
constexpr double kTopEdge = 3;

/// At most two lines, the second one ends in … when there is more.
void paintTwoLines(QPainter& painter, const QRectF& room, const QString& text) {
    const QFontMetricsF metrics(painter.font());
    QTextLayout layout(text.simplified(), painter.font());
    layout.beginLayout();
    QTextLine line = layout.createLine();
    if (!line.isValid()) {
        layout.endLayout();
        return;
    }
    line.setLineWidth(room.width());
    const int firstEnd = line.textStart() + line.textLength();
    layout.endLayout();
    const QString whole = layout.text();
    const double baseline = room.top() + metrics.ascent();
    painter.drawText(QPointF(room.left(), baseline), whole.left(firstEnd).trimmed());
    const QString rest = whole.mid(firstEnd);
    if (!rest.isEmpty())
        painter.drawText(QPointF(room.left(), baseline + metrics.lineSpacing()),
                         metrics.elidedText(rest, Qt::ElideRight, room.width()));
}

} // namespace

QColor colourOf(flow::Kind kind, const widgets::Tokens& tokens) {
    switch (kind) {
    case flow::Kind::Start:
        return tokens.idle;
    case flow::Kind::Message:
        return tokens.accent;
    case flow::Kind::Branch:
        return tokens.onBreak;
    case flow::Kind::Transfer:
        return tokens.wrapUp;
    case flow::Kind::End:
        return tokens.offline;
    }
    return tokens.border;
}

NodeItem::NodeItem(const flow::Node& node, const Choices& choices)
    : m_choices(choices) {
    setFlags(ItemIsSelectable | ItemUsesExtendedStyleOption);
    setAcceptHoverEvents(true);
    setZValue(1);
    setNode(node);
}

void NodeItem::setNode(const flow::Node& node) {
    prepareGeometryChange();
    m_node = node;
    m_outputs = flow::outputs(node.data);
    m_portNames.clear();
    for (const auto& output : m_outputs)
        m_portNames.push_back(portName(node.data, output.name));
    m_title = titleOf(node);
    m_excerpt = excerptOf(node.data, m_choices);
    setPos(node.position.x, node.position.y);
    setToolTip(widgets::tipOf(m_problems));
    update();
}

void NodeItem::setProblems(const QString& sentences) {
    if (m_problems == sentences)
        return;
    m_problems = sentences;
    setToolTip(widgets::tipOf(sentences));
    update();
}

void NodeItem::setLit(bool lit) {
    if (std::exchange(m_lit, lit) != lit)
        update();
}

void NodeItem::setTarget(bool target) {
    if (std::exchange(m_target, target) != target)
        update();
}

void NodeItem::setLocked(bool locked) {
    if (std::exchange(m_locked, locked) != locked)
        update();
}

void NodeItem::setChange(QColor colour) {
    if (std::exchange(m_change, colour) != colour)
        update();
}

QRectF NodeItem::card() const {
    const Size size = sizeOf(m_node.data);
    return {0, 0, size.width, size.height};
}

QRectF NodeItem::boundingRect() const {
    return card().adjusted(-14, -14, 14, 14);
}

QPainterPath NodeItem::shape() const {
    QPainterPath path;
    path.addRect(card().adjusted(-kPortReach, 0, kPortReach, 0));
    return path;
}

int NodeItem::outputAt(const QPointF& at) const {
    for (std::size_t i = 0; i < m_outputs.size(); ++i)
        if (QLineF(at, {kNodeWidth, outputTop(m_node.data, i)}).length() <= kPortReach)
            return int(i);
    return -1;
}

bool NodeItem::isInputAt(const QPointF& at) const {
    return !std::holds_alternative<flow::Start>(m_node.data) && QLineF(at, {0, kHeadHeight / 2}).length() <= kPortReach;
}

QPointF NodeItem::output(std::size_t at) const {
    return pos() + QPointF(kNodeWidth, outputTop(m_node.data, at));
}

QPointF NodeItem::input() const {
    return pos() + QPointF(0, kHeadHeight / 2);
}

void NodeItem::setHovered(int port) {
    if (std::exchange(m_hovered, port) != port)
        update();
}

void NodeItem::hoverMoveEvent(QGraphicsSceneHoverEvent* event) {
    const int output = outputAt(event->pos());
    setHovered(output >= 0 ? output : isInputAt(event->pos()) ? -1 : -2);
    if (m_locked)
        unsetCursor();
    else
        setCursor(output >= 0 ? Qt::CrossCursor : Qt::ArrowCursor);
}

void NodeItem::hoverLeaveEvent(QGraphicsSceneHoverEvent*) {
    setHovered(-2);
}

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    const Look& look = widgets::lookOf();
    const auto& colour = look.color;
    const double scale = option->levelOfDetailFromTransform(painter->worldTransform());
    const QColor kind = colourOf(flow::kindOf(m_node.data), colour);
    const QRectF rect = card();
    if (scale < kOutlines) {
        painter->fillRect(rect, isSelected() ? colour.accent : widgets::mix(colour.surface, kind, 0.4));
        return;
    }
    const bool chosen = isSelected();
    const QColor outline = m_lit                ? colour.idle
                           : chosen || m_target ? colour.accent
                           : m_change.isValid() ? m_change
                                                : colour.control;
    painter->setRenderHint(QPainter::Antialiasing);
    widgets::paintRounded(*painter, rect, 8, m_lit ? widgets::mix(colour.surface, colour.idle, 0.12) : colour.surface,
                          outline);
    if (chosen || m_lit || m_target || m_change.isValid()) {
        painter->setPen(QPen(outline, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    }
    painter->save();
    QPainterPath inside;
    inside.addRoundedRect(rect, 8, 8);
    painter->setClipPath(inside, Qt::IntersectClip);
    painter->fillRect(QRectF(0, 0, rect.width(), kTopEdge), kind);
    painter->restore();
    if (scale >= kReadable)
        paintText(*painter);
    paintPorts(*painter);
    if (!m_problems.isEmpty()) {
        const QRectF badge(rect.right() - 14, rect.top() - 8, 20, 20);
        widgets::paintRounded(*painter, badge, 10, colour.busy);
        painter->setPen(QPen(colour.onBusy, 2, Qt::SolidLine, Qt::RoundCap));
        painter->drawLine(badge.center() - QPointF(0, 5), badge.center() + QPointF(0, 1));
        painter->drawPoint(badge.center() + QPointF(0, 5));
    }
}

void NodeItem::paintText(QPainter& painter) const {
    const Look& look = widgets::lookOf();
    const QRectF rect = card();
    const QRectF head(kPadding, kTopEdge, rect.width() - 2 * kPadding, kHeadHeight - kTopEdge);
    widgets::paintGlyph(painter, QRectF(head.left(), head.center().y() - kIcon / 2, kIcon, kIcon), glyphOf(m_node.data),
                        colourOf(flow::kindOf(m_node.data), look.color), int(kIcon));
    painter.setFont(look.font(widgets::TextSize::Body, true));
    painter.setPen(look.color.text);
    const QRectF title = head.adjusted(kIcon + 8, 0, 0, 0);
    painter.drawText(title, Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetricsF(painter.font()).elidedText(m_title.simplified(), Qt::ElideRight, title.width()));
    painter.setFont(look.font(widgets::TextSize::Secondary));
    if (hasExcerpt(m_node.data)) {
        painter.setPen(look.color.muted);
        paintTwoLines(painter, {kPadding, kHeadHeight + 2, rect.width() - 2 * kPadding, kExcerptHeight}, m_excerpt);
    }
    painter.setPen(look.color.text);
    for (std::size_t i = 0; i < m_outputs.size(); ++i) {
        const QRectF row(kPadding, outputTop(m_node.data, i) - kPortHeight / 2, rect.width() - 2 * kPadding,
                         kPortHeight);
        painter.setPen(m_outputs[i].required ? look.color.text : look.color.muted);
        painter.drawText(row, Qt::AlignVCenter | Qt::AlignRight,
                         QFontMetricsF(painter.font()).elidedText(m_portNames[i], Qt::ElideRight, row.width()));
    }
}

void NodeItem::paintPorts(QPainter& painter) const {
    const auto& colour = widgets::lookOf().color;
    const auto dot = [&](const QPointF& at, bool hovered) {
        const double radius = hovered && !m_locked ? kPortRadius + 2 : kPortRadius;
        painter.setPen(QPen(hovered && !m_locked ? colour.accent : colour.muted, 1.5));
        painter.setBrush(hovered && !m_locked ? colour.accent : colour.surface);
        painter.drawEllipse(at, radius, radius);
    };
    if (!std::holds_alternative<flow::Start>(m_node.data))
        dot({0, kHeadHeight / 2}, m_hovered == -1);
    for (std::size_t i = 0; i < m_outputs.size(); ++i)
        dot({kNodeWidth, outputTop(m_node.data, i)}, m_hovered == int(i));
}

} // namespace cb::floweditor
