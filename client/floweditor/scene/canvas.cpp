#include "client/floweditor/scene/canvas.h"

#include "client/floweditor/document/layout.h"
#include "client/floweditor/scene/minimap.h"
#include "client/floweditor/scene/route.h"
#include "client/widgets/theme/look.h"
#include "shared/flow/json.h"

#include <QtCore/QMimeData>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QMouseEvent>
#include <QtGui/QNativeGestureEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMenu>
#include <QtWidgets/QScrollBar>

#include <cmath>
#include <set>

namespace cb::floweditor {

using flow::Kind;

namespace {

constexpr double kLeastZoom = 0.05;
constexpr double kMostZoom = 2.5;
constexpr double kSnapReach = 6;  ///< of the viewport's pixels
constexpr double kLegible = 0.65; ///< the least a flow is opened with
constexpr double kDotsFrom = 0.5;
constexpr Kind kKinds[] = {Kind::Message, Kind::Branch, Kind::Transfer, Kind::End, Kind::Start};

flow::Point pointOf(const QPointF& at) {
    return {at.x(), at.y()};
}

Rect rectOf(const QRectF& rect) {
    return {rect.x(), rect.y(), rect.width(), rect.height()};
}

} // namespace

Canvas::Canvas(FlowScene& scene, QWidget* parent)
    : QGraphicsView(&scene, parent)
    , m_scene(scene)
    , m_minimap(new Minimap(scene, *this))
    , m_zoomBar(new ZoomBar(*this)) {
    setFrameShape(QFrame::NoFrame);
    setDragMode(RubberBandDrag);
    setRubberBandSelectionMode(Qt::IntersectsItemShape);
    setTransformationAnchor(NoAnchor);
    setResizeAnchor(NoAnchor);
    setViewportUpdateMode(SmartViewportUpdate);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setOptimizationFlags(DontSavePainterState | DontAdjustForAntialiasing);
    setFocusPolicy(Qt::StrongFocus);
    setAcceptDrops(true);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("Flow"));
    connect(&m_zooming, &QVariantAnimation::valueChanged, this,
            [this](const QVariant& value) { zoomAround(value.toDouble(), m_zoomAnchor, m_zoomPoint); });
    const auto stop = [this] {
        if (m_gesture == Gesture::Move || m_gesture == Gesture::Connect)
            abandon();
    };
    connect(&document(), &Document::changed, this, stop);
    connect(&document(), &Document::readOnlyChanged, this, stop);
}

Canvas::~Canvas() = default;

// ---- zoom and place ---------------------------------------------------------------------------------------------

void Canvas::setZoom(double zoom, const QPointF& anchor) {
    zoomAround(zoom, anchor, viewportTransform().inverted().map(anchor));
}

/// Scroll bars move by whole pixels: while an animation runs, the point of the scene is the one it began with, so that
/// what is rounded off does not add up.
void Canvas::zoomAround(double zoom, const QPointF& anchor, const QPointF& point) {
    const double wanted = std::clamp(zoom, kLeastZoom, kMostZoom);
    setTransform(QTransform::fromScale(wanted, wanted));
    const QPointF moved = viewportTransform().map(point) - anchor;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + qRound(moved.x()));
    verticalScrollBar()->setValue(verticalScrollBar()->value() + qRound(moved.y()));
    m_minimap->update();
    Q_EMIT zoomChanged(wanted);
}

void Canvas::zoomBy(double factor) {
    const double from = zoom();
    const double aim = m_zooming.state() == QAbstractAnimation::Running ? m_zooming.endValue().toDouble() : from;
    m_zooming.stop();
    const int millis = widgets::lookOf(this).motion();
    const double to = std::clamp(aim * factor, kLeastZoom, kMostZoom);
    if (m_zoomAnchor.isNull())
        m_zoomAnchor = QRectF(viewport()->rect()).center();
    if (millis == 0)
        return setZoom(to, m_zoomAnchor);
    m_zoomPoint = viewportTransform().inverted().map(m_zoomAnchor);
    m_zooming.setDuration(millis);
    m_zooming.setStartValue(from);
    m_zooming.setEndValue(to);
    m_zooming.setEasingCurve(QEasingCurve::OutCubic);
    m_zooming.start();
}

void Canvas::fitAll() {
    const Rect all = boundsOf(document().graph());
    if (all.width <= 0)
        return;
    const QRectF wanted = QRectF(all.x, all.y, all.width, all.height).adjusted(-40, -40, 40, 40);
    const double fitting = std::min(viewport()->width() / wanted.width(), viewport()->height() / wanted.height());
    setZoom(std::min(fitting, 1.0), QRectF(viewport()->rect()).center());
    centerOn(wanted.center());
}

void Canvas::showBeginning() {
    fitAll();
    if (zoom() >= kLegible)
        return;
    setZoom(kLegible, QRectF(viewport()->rect()).center());
    for (const auto& node : document().graph().nodes)
        if (std::holds_alternative<flow::Start>(node.data))
            return centerOn(node.position.x - 40 + viewport()->width() / zoom() / 2, node.position.y + 40);
}

void Canvas::reveal(flow::NodeId node) {
    if (m_scene.node(node) == nullptr)
        return;
    if (zoom() < kDotsFrom)
        setZoom(1, QRectF(viewport()->rect()).center());
    m_scene.select({node});
    bringIntoView(node);
}

void Canvas::bringIntoView(flow::NodeId node) {
    const auto* item = m_scene.node(node);
    if (item == nullptr)
        return;
    const QRectF card = item->card().translated(item->pos());
    if (!mapToScene(viewport()->rect()).boundingRect().adjusted(20, 20, -20, -20).contains(card))
        centerOn(card.center());
}

QPointF Canvas::middle() const {
    return mapToScene(viewport()->rect().center());
}

void Canvas::place() {
    const int margin = widgets::lookOf(this).grid(3);
    m_minimap->resize(m_minimap->sizeHint());
    m_minimap->move(width() - m_minimap->width() - margin, height() - m_minimap->height() - margin);
    m_minimap->setVisible(width() > 3 * m_minimap->width());
    m_zoomBar->adjustSize();
    m_zoomBar->move(margin, height() - m_zoomBar->height() - margin);
}

void Canvas::resizeEvent(QResizeEvent* event) {
    QGraphicsView::resizeEvent(event);
    place();
}

void Canvas::changeEvent(QEvent* event) {
    QGraphicsView::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        resetCachedContent();
        viewport()->update();
        place();
    } else if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Flow"));
        m_scene.reread();
        place();
    }
}

// ---- edits ------------------------------------------------------------------------------------------------------

void Canvas::copy() {
    const Part part = m_scene.selected();
    if (part.nodes.empty())
        return;
    const auto json = flow::toJson(floweditor::copy(document().graph(), part), flow::Layout::Pretty);
    auto* mime = new QMimeData;
    mime->setData(flowMime(), QByteArray::fromStdString(json));
    mime->setText(QString::fromStdString(json));
    QGuiApplication::clipboard()->setMimeData(mime);
}

void Canvas::cut() {
    copy();
    removeSelected();
}

void Canvas::paste() {
    const auto* mime = QGuiApplication::clipboard()->mimeData();
    if (mime == nullptr)
        return;
    const QByteArray json = mime->hasFormat(flowMime()) ? mime->data(flowMime()) : mime->text().toUtf8();
    const auto fragment = flow::parseJson(std::string_view(json.constData(), std::size_t(json.size())));
    if (!fragment || fragment->nodes.empty())
        return;
    const Rect bounds = boundsOf(*fragment);
    const QPointF cursor = viewport()->mapFromGlobal(QCursor::pos());
    const bool inside = viewport()->rect().contains(cursor.toPoint());
    const QPointF at = inside ? mapToScene(cursor.toPoint()) : middle() - QPointF(bounds.width, bounds.height) / 2;
    const auto place = freePlace(document().graph(), {bounds.width, bounds.height}, pointOf(at));
    m_scene.select(document().paste(*fragment, place));
}

void Canvas::duplicate() {
    const Part part = m_scene.selected();
    if (part.nodes.empty())
        return;
    const auto fragment = floweditor::copy(document().graph(), part);
    const Rect bounds = boundsOf(fragment);
    const auto place =
        freePlace(document().graph(), {bounds.width, bounds.height}, {bounds.x + 2 * kGrid, bounds.y + 2 * kGrid});
    m_scene.select(document().paste(fragment, place));
}

void Canvas::removeSelected() {
    const Part part = m_scene.selected();
    if (!part.isEmpty())
        document().remove(part);
}

void Canvas::selectAll() {
    std::vector<flow::NodeId> all;
    for (const auto& node : document().graph().nodes)
        all.push_back(node.id);
    m_scene.select(all);
}

void Canvas::arrange() {
    document().arrange();
    fitAll();
}

void Canvas::add(Kind kind) {
    const Part part = m_scene.selected();
    const auto& graph = document().graph();
    const auto fresh = flow::makeNode(kind, graph.mode);
    if (part.nodes.size() == 1)
        if (const auto* item = m_scene.node(part.nodes.front())) {
            const QPointF beside = item->pos() + QPointF(kNodeWidth + 100, 0);
            const auto place = freePlace(graph, sizeOf(fresh), pointOf(beside));
            for (const auto& output : item->outputs()) {
                const bool taken = std::any_of(graph.edges.begin(), graph.edges.end(), [&](const auto& edge) {
                    return edge.from == item->id() && edge.port == output.name;
                });
                if (taken)
                    continue;
                if (const auto added = document().addBehind(item->id(), output.name, fresh, {}, place))
                    reveal(added);
                return;
            }
        }
    const auto size = sizeOf(fresh);
    const QPointF centred = middle() - QPointF(size.width, size.height) / 2;
    if (const auto added = document().addNode(fresh, {}, freePlace(graph, size, pointOf(centred))))
        reveal(added);
}

void Canvas::addAt(Kind kind, const QPointF& at) {
    const auto fresh = flow::makeNode(kind, document().graph().mode);
    const QPointF corner = at - QPointF(kNodeWidth / 2, kHeadHeight / 2);
    if (auto* edge = m_scene.edgeAt(at))
        document().addInto(edge->edge(), fresh, {}, pointOf(corner));
    else
        document().addNode(fresh, {}, freePlace(document().graph(), sizeOf(fresh), pointOf(corner)));
}

QMenu* Canvas::kindMenu(const QString& title, const std::function<void(Kind)>& then) {
    auto* menu = new QMenu(title, this);
    const auto& graph = document().graph();
    const bool started = std::any_of(graph.nodes.begin(), graph.nodes.end(),
                                     [](const auto& node) { return std::holds_alternative<flow::Start>(node.data); });
    for (const Kind kind : kKinds) {
        if (kind == Kind::Start && started)
            continue;
        menu->addAction(widgets::glyphIcon(glyphOf(kind, graph.mode)), kindName(kind, graph.mode), this,
                        [then, kind] { then(kind); });
    }
    return menu;
}

// ---- the pointer ------------------------------------------------------------------------------------------------

void Canvas::mousePressEvent(QMouseEvent* event) {
    m_pressedAt = event->pos();
    if (event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && m_space)) {
        m_gesture = Gesture::Pan;
        viewport()->setCursor(Qt::ClosedHandCursor);
        return event->accept();
    }
    if (event->button() == Qt::LeftButton && !document().isReadOnly()) {
        const QPointF at = mapToScene(event->pos());
        if (auto* item = m_scene.nodeAt(at)) {
            if (const int output = item->outputAt(item->mapFromScene(at)); output >= 0) {
                m_gesture = Gesture::Connect;
                m_pull = Pull{
                    item->id(), item->outputs()[std::size_t(output)].name, item->output(std::size_t(output)), at, {}};
                return event->accept();
            }
        }
    }
    QGraphicsView::mousePressEvent(event);
}

void Canvas::beginMove(const QPoint& at) {
    const auto* item = m_scene.nodeAt(mapToScene(at));
    if (item == nullptr || !item->isSelected())
        return;
    m_dragged.clear();
    for (const auto id : m_scene.selected().nodes)
        if (const auto* node = m_scene.node(id))
            m_dragged.push_back({id, pointOf(node->pos())});
    m_dragBegan = mapToScene(at);
    m_gesture = Gesture::Move;
}

void Canvas::mouseMoveEvent(QMouseEvent* event) {
    const QPoint by = event->pos() - m_pressedAt;
    if (m_gesture == Gesture::Pan) {
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - by.x());
        verticalScrollBar()->setValue(verticalScrollBar()->value() - by.y());
        m_pressedAt = event->pos();
        return;
    }
    if (m_gesture == Gesture::Connect)
        return pullTo(mapToScene(event->pos()));
    if (m_gesture == Gesture::None && event->buttons().testFlag(Qt::LeftButton) && !document().isReadOnly() &&
        by.manhattanLength() >= QApplication::startDragDistance() && m_scene.mouseGrabberItem() != nullptr)
        beginMove(m_pressedAt);
    if (m_gesture == Gesture::Move)
        return moveTo(mapToScene(event->pos()), !event->modifiers().testFlag(Qt::AltModifier));
    QGraphicsView::mouseMoveEvent(event);
}

void Canvas::moveTo(const QPointF& at, bool snap) {
    QPointF by = at - m_dragBegan;
    std::set<flow::NodeId> moving;
    for (const Place& place : m_dragged)
        moving.insert(place.node);
    m_guides.clear();
    QRectF all;
    for (const Place& place : m_dragged)
        if (const auto* item = m_scene.node(place.node))
            all = all.united(item->card().translated(place.at.x, place.at.y));
    if (snap) {
        std::vector<Rect> others;
        const QRectF seen = mapToScene(viewport()->rect()).boundingRect();
        for (const auto& node : document().graph().nodes)
            if (const Rect card = floweditor::rectOf(node);
                !moving.contains(node.id) && seen.intersects({card.x, card.y, card.width, card.height}))
                others.push_back(card);
        const auto fit = snapped(rectOf(all.translated(by)), others, kSnapReach / zoom());
        by += QPointF(fit.dx, fit.dy);
        m_guides = fit.guides;
    }
    std::vector<Place> places;
    for (const Place& place : m_dragged)
        places.push_back({place.node, {place.at.x + by.x(), place.at.y + by.y()}});
    m_scene.dragTo(places);
    const EdgeItem* into = nullptr;
    if (m_dragged.size() == 1)
        if (const auto* edge = m_scene.edgeAt(at);
            edge != nullptr && goesInto(document().graph(), edge->edge(), m_dragged.front().node))
            into = edge;
    setTarget(into);
    viewport()->update();
}

void Canvas::endMove() {
    std::vector<Place> places;
    for (const Place& place : m_dragged)
        if (const auto* item = m_scene.node(place.node))
            places.push_back({place.node, pointOf(item->pos())});
    m_guides.clear();
    if (m_target && places.size() == 1) {
        const auto edge = *m_target;
        setTarget(nullptr);
        document().putInto(edge, places.front().node, places.front().at);
    } else {
        document().move(places);
    }
    m_scene.route();
    viewport()->update();
}

void Canvas::setTarget(const EdgeItem* edge) {
    const auto before = std::exchange(m_target, edge != nullptr ? std::optional(edge->edge()) : std::nullopt);
    if (before == m_target)
        return;
    for (const auto& [one, on] : {std::pair(before, false), std::pair(m_target, true)})
        if (auto* item = one ? m_scene.edge(*one) : nullptr)
            item->setTarget(on);
}

void Canvas::setOver(const NodeItem* node) {
    const auto before = std::exchange(m_pull->over, node != nullptr ? node->id() : flow::NodeId{});
    if (before == m_pull->over)
        return;
    for (const auto& [one, on] : {std::pair(before, false), std::pair(m_pull->over, true)})
        if (auto* item = m_scene.node(one))
            item->setTarget(on);
}

void Canvas::pullTo(const QPointF& at) {
    m_pull->now = at;
    const auto* item = m_scene.nodeAt(at);
    const bool may = item != nullptr && mayConnect(document().graph(), {m_pull->from, m_pull->port, item->id()});
    setOver(may ? item : nullptr);
    viewport()->update();
}

void Canvas::endPull(const QPoint& globalAt) {
    const Pull pull = *m_pull;
    setOver(nullptr);
    m_pull.reset();
    viewport()->update();
    if (pull.over) {
        document().connectNodes({pull.from, pull.port, pull.over});
        return;
    }
    if (QLineF(pull.start, pull.now).length() * zoom() < 2 * QApplication::startDragDistance() ||
        m_scene.nodeAt(pull.now) != nullptr)
        return;
    auto* menu = kindMenu(tr("Add here"), [this, pull](Kind kind) {
        if (kind == Kind::Start)
            return;
        const auto made = document().addBehind(pull.from, pull.port, flow::makeNode(kind, document().graph().mode), {},
                                               pointOf(pull.now - QPointF(0, kHeadHeight / 2)));
        if (made)
            reveal(made);
    });
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(globalAt);
}

void Canvas::abandon() {
    const auto gesture = std::exchange(m_gesture, Gesture::None);
    if (gesture == Gesture::Move) {
        std::vector<Place> places; // as the flow has them now
        for (const Place& place : m_dragged)
            if (const auto* node = flow::find(document().graph(), place.node))
                places.push_back({place.node, node->position});
        m_scene.dragTo(places);
        m_scene.route();
        if (auto* grabber = m_scene.mouseGrabberItem())
            grabber->ungrabMouse(); // else the next move would begin it anew
    }
    if (m_pull)
        setOver(nullptr);
    setTarget(nullptr);
    m_pull.reset();
    m_guides.clear();
    viewport()->update();
}

void Canvas::mouseReleaseEvent(QMouseEvent* event) {
    const auto gesture = std::exchange(m_gesture, Gesture::None);
    if (gesture == Gesture::Pan) {
        viewport()->setCursor(m_space ? Qt::OpenHandCursor : Qt::ArrowCursor);
        return event->accept();
    }
    if (gesture == Gesture::Connect) {
        if (m_pull)
            endPull(event->globalPosition().toPoint());
        return event->accept();
    }
    if (gesture == Gesture::Move) {
        endMove();
        if (auto* grabber = m_scene.mouseGrabberItem())
            grabber->ungrabMouse(); // the press went to the item; its release would change what is chosen
        return event->accept();
    }
    QGraphicsView::mouseReleaseEvent(event);
}

void Canvas::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const auto* item = m_scene.nodeAt(mapToScene(event->pos())); item != nullptr) {
        m_scene.select({item->id()});
        Q_EMIT editWanted(item->id());
        return event->accept();
    }
    QGraphicsView::mouseDoubleClickEvent(event);
}

/// A wheel zooms at the cursor; two fingers on a pad pan, as everywhere, and zoom with Ctrl.
void Canvas::wheelEvent(QWheelEvent* event) {
    const bool pad = !event->pixelDelta().isNull() && event->phase() != Qt::NoScrollPhase;
    if (pad && !event->modifiers().testFlag(Qt::ControlModifier)) {
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - event->pixelDelta().x());
        verticalScrollBar()->setValue(verticalScrollBar()->value() - event->pixelDelta().y());
        return event->accept();
    }
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - event->angleDelta().y() -
                                        event->angleDelta().x());
        return event->accept();
    }
    m_zoomAnchor = event->position();
    zoomBy(std::pow(1.0015, event->angleDelta().y()));
    event->accept();
}

bool Canvas::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::NativeGesture) {
        const auto& gesture = static_cast<const QNativeGestureEvent&>(*event);
        if (gesture.gestureType() == Qt::ZoomNativeGesture) {
            setZoom(zoom() * (1 + gesture.value()), gesture.position());
            return true;
        }
    }
    return QGraphicsView::viewportEvent(event);
}

void Canvas::contextMenuEvent(QContextMenuEvent* event) {
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const QPointF at = byMouse ? mapToScene(event->pos()) : middle();
    auto* node = byMouse ? m_scene.nodeAt(at) : nullptr;
    auto* edge = byMouse && node == nullptr ? m_scene.edgeAt(at) : nullptr;
    QGraphicsItem* under = node != nullptr ? static_cast<QGraphicsItem*>(node) : edge;
    if (under != nullptr && !under->isSelected()) {
        m_scene.clearSelection();
        under->setSelected(true);
    }
    const bool locked = document().isReadOnly();
    const bool chosen = !m_scene.selected().nodes.empty();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (!locked && edge != nullptr)
        menu->addMenu(kindMenu(tr("Insert"),
                               [this, into = edge->edge(), at](Kind kind) {
                                   const QPointF corner = at - QPointF(kNodeWidth / 2, kHeadHeight / 2);
                                   const auto made = document().addInto(
                                       into, flow::makeNode(kind, document().graph().mode), {}, pointOf(corner));
                                   if (made)
                                       reveal(made);
                               }))
            ->setIcon(widgets::glyphIcon(widgets::Glyph::Plus));
    else if (!locked && under == nullptr)
        menu->addMenu(kindMenu(tr("Add"), [this, at](Kind kind) { addAt(kind, at); }))
            ->setIcon(widgets::glyphIcon(widgets::Glyph::Plus));
    if (node != nullptr)
        menu->addAction(widgets::glyphIcon(widgets::Glyph::Pencil), locked ? tr("Show its settings") : tr("Edit"), this,
                        [this, id = node->id()] { Q_EMIT editWanted(id); });
    const auto act = [&](widgets::Glyph glyph, const QString& words, QKeySequence keys, bool on, auto&& does) {
        auto* action = menu->addAction(widgets::glyphIcon(glyph), words, this, does);
        action->setShortcut(keys);
        action->setEnabled(on);
    };
    if (node != nullptr || chosen) {
        if (!locked)
            act(widgets::Glyph::Copy, tr("Duplicate"), QKeySequence(QStringLiteral("Ctrl+D")), chosen,
                [this] { duplicate(); });
        act(widgets::Glyph::Copy, tr("Copy"), QKeySequence::Copy, chosen, [this] { copy(); });
    }
    if (!locked) {
        act(widgets::Glyph::File, tr("Paste"), QKeySequence::Paste, true, [this] { paste(); });
        if (under != nullptr || chosen)
            act(widgets::Glyph::Trash2, tr("Delete"), QKeySequence::Delete, true, [this] { removeSelected(); });
    }
    menu->addSeparator();
    act(widgets::Glyph::SquareCheck, tr("Select all"), QKeySequence::SelectAll, true, [this] { selectAll(); });
    if (!locked)
        act(widgets::Glyph::Layers, tr("Arrange"), QKeySequence(QStringLiteral("Ctrl+Shift+L")), true,
            [this] { arrange(); });
    act(widgets::Glyph::Maximize2, tr("Show the whole flow"), QKeySequence(QStringLiteral("Ctrl+9")), true,
        [this] { fitAll(); });
    menu->popup(event->globalPos());
}

// ---- dropped from the palette -----------------------------------------------------------------------------------

void Canvas::dragEnterEvent(QDragEnterEvent* event) {
    if (!document().isReadOnly() && event->mimeData()->hasFormat(kindMime()))
        event->acceptProposedAction();
}

void Canvas::dragMoveEvent(QDragMoveEvent* event) {
    setTarget(m_scene.edgeAt(mapToScene(event->position().toPoint())));
    event->acceptProposedAction();
}

void Canvas::dragLeaveEvent(QDragLeaveEvent*) {
    setTarget(nullptr);
}

void Canvas::dropEvent(QDropEvent* event) {
    setTarget(nullptr);
    const int kind = event->mimeData()->data(kindMime()).toInt();
    if (kind < 0 || kind > int(Kind::End))
        return;
    addAt(Kind(kind), mapToScene(event->position().toPoint()));
    event->acceptProposedAction();
    setFocus();
}

// ---- the keyboard -----------------------------------------------------------------------------------------------

void Canvas::keyPressEvent(QKeyEvent* event) {
    const bool plain = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
    switch (event->key()) {
    case Qt::Key_Escape:
        if (m_gesture != Gesture::None)
            abandon();
        else
            m_scene.select({});
        return;
    case Qt::Key_Space:
        if (!event->isAutoRepeat()) {
            m_space = true;
            viewport()->setCursor(Qt::OpenHandCursor);
        }
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2:
        if (const auto part = m_scene.selected(); part.nodes.size() == 1)
            Q_EMIT editWanted(part.nodes.front());
        return;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        return removeSelected();
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (event->modifiers().testFlag(Qt::ControlModifier))
            return stepAlong(event->key());
        if (plain)
            return nudge(event->key(), event->modifiers().testFlag(Qt::ShiftModifier));
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        m_zoomAnchor = {};
        return zoomBy(1.25);
    case Qt::Key_Minus:
        m_zoomAnchor = {};
        return zoomBy(0.8);
    case Qt::Key_Home:
        if (const auto order = walk(document().graph()); !order.empty())
            reveal(order.front());
        return;
    default:
        break;
    }
    event->ignore();
}

void Canvas::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_space = false;
        viewport()->setCursor(Qt::ArrowCursor);
        return;
    }
    QGraphicsView::keyReleaseEvent(event);
}

void Canvas::focusOutEvent(QFocusEvent* event) {
    m_space = false;
    viewport()->setCursor(Qt::ArrowCursor);
    document().endStep();
    QGraphicsView::focusOutEvent(event);
}

/// Tab goes along the flow, and out of the canvas behind its last node.
bool Canvas::focusNextPrevChild(bool next) {
    const auto order = walk(document().graph());
    const auto part = m_scene.selected();
    const auto here = part.nodes.empty() ? order.end() : std::find(order.begin(), order.end(), part.nodes.front());
    if (here == order.end()) {
        if (order.empty() || !next)
            return QGraphicsView::focusNextPrevChild(next);
        reveal(order.front());
        return true;
    }
    if (next ? std::next(here) == order.end() : here == order.begin())
        return QGraphicsView::focusNextPrevChild(next);
    reveal(next ? *std::next(here) : *std::prev(here));
    return true;
}

/// Ctrl and an arrow: right along the first line, left back along one, up and down among what the same node leads to.
void Canvas::stepAlong(int key) {
    const auto part = m_scene.selected();
    if (part.nodes.empty())
        return;
    const auto here = part.nodes.front();
    const auto& graph = document().graph();
    const auto led = [&](flow::NodeId from) {
        std::vector<flow::NodeId> targets;
        if (const auto* item = m_scene.node(from))
            for (const auto& output : item->outputs())
                for (const auto& edge : graph.edges)
                    if (edge.from == from && edge.port == output.name)
                        targets.push_back(edge.to);
        return targets;
    };
    const auto back =
        std::find_if(graph.edges.begin(), graph.edges.end(), [here](const auto& edge) { return edge.to == here; });
    if (key == Qt::Key_Right) {
        if (const auto targets = led(here); !targets.empty())
            reveal(targets.front());
    } else if (back != graph.edges.end()) {
        if (key == Qt::Key_Left)
            return reveal(back->from);
        const auto siblings = led(back->from);
        const auto at = std::find(siblings.begin(), siblings.end(), here);
        if (key == Qt::Key_Down && std::next(at) != siblings.end())
            reveal(*std::next(at));
        else if (key == Qt::Key_Up && at != siblings.begin())
            reveal(*std::prev(at));
    }
}

void Canvas::nudge(int key, bool fine) {
    const double by = fine ? 1 : kGrid;
    const double dx = key == Qt::Key_Left ? -by : key == Qt::Key_Right ? by : 0;
    const double dy = key == Qt::Key_Up ? -by : key == Qt::Key_Down ? by : 0;
    std::vector<Place> places;
    QString key1 = QStringLiteral("nudge");
    for (const auto id : m_scene.selected().nodes)
        if (const auto* node = flow::find(document().graph(), id)) {
            places.push_back({id, {node->position.x + dx, node->position.y + dy}});
            key1 += QStringLiteral(" %1").arg(id.value);
        }
    if (places.empty()) { // nothing chosen: the arrows move the view
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + int(dx));
        verticalScrollBar()->setValue(verticalScrollBar()->value() + int(dy));
        return;
    }
    document().move(places, key1);
}

// ---- paint ------------------------------------------------------------------------------------------------------

void Canvas::drawBackground(QPainter* painter, const QRectF& rect) {
    const auto& colour = widgets::lookOf(this).color;
    painter->fillRect(rect, colour.sunken);
    if (zoom() < kDotsFrom)
        return;
    painter->setRenderHint(QPainter::Antialiasing, false);
    QPen pen(widgets::mix(colour.sunken, colour.muted, 0.35), 1.5 / zoom());
    pen.setCapStyle(Qt::RoundCap);
    painter->setPen(pen);
    QList<QPointF> dots;
    const QRect lines(QPoint(int(std::floor(rect.left() / kGrid)), int(std::floor(rect.top() / kGrid))),
                      QPoint(int(std::ceil(rect.right() / kGrid)), int(std::ceil(rect.bottom() / kGrid))));
    for (int x = lines.left(); x <= lines.right(); ++x)
        for (int y = lines.top(); y <= lines.bottom(); ++y)
            dots.append({x * kGrid, y * kGrid});
    painter->drawPoints(dots.constData(), int(dots.size()));
}

void Canvas::drawForeground(QPainter* painter, const QRectF&) {
    const auto& colour = widgets::lookOf(this).color;
    painter->setPen(QPen(colour.busy, 1 / zoom()));
    for (const Guide& guide : m_guides)
        painter->drawLine(guide.vertical ? QLineF(guide.at, guide.from, guide.at, guide.to)
                                         : QLineF(guide.from, guide.at, guide.to, guide.at));
    if (!m_pull)
        return;
    painter->setRenderHint(QPainter::Antialiasing);
    const auto* over = m_scene.node(m_pull->over);
    painter->setPen(QPen(colour.accent, 2, over != nullptr ? Qt::SolidLine : Qt::DashLine));
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(routed(m_pull->start, over != nullptr ? over->input() : m_pull->now, {}));
}

} // namespace cb::floweditor
