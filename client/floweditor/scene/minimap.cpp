#include "client/floweditor/scene/minimap.h"

#include "client/floweditor/document/geometry.h"
#include "client/widgets/theme/paint.h"

#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QScrollBar>

namespace cb::floweditor {

Minimap::Minimap(FlowScene& scene, QGraphicsView& view)
    : Themed<QWidget>(&view)
    , m_scene(scene)
    , m_view(view) {
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Map of the flow"));
    connect(&scene, &FlowScene::contentsMoved, this, [this] {
        m_picture = {};
        update();
    });
    for (QScrollBar* bar : {view.horizontalScrollBar(), view.verticalScrollBar()}) {
        connect(bar, &QScrollBar::valueChanged, this, qOverload<>(&QWidget::update));
        connect(bar, &QScrollBar::rangeChanged, this, qOverload<>(&QWidget::update));
    }
}

QRectF Minimap::shown() const {
    const Rect all = boundsOf(m_scene.document().graph());
    return QRectF(all.x, all.y, all.width, all.height).adjusted(-100, -100, 100, 100);
}

QTransform Minimap::toScene() const {
    const QRectF from = QRectF(rect()).adjusted(4, 4, -4, -4);
    const QRectF to = shown();
    const double scale = std::max(to.width() / from.width(), to.height() / from.height());
    QTransform transform;
    transform.translate(to.center().x(), to.center().y());
    transform.scale(scale, scale);
    transform.translate(-from.center().x(), -from.center().y());
    return transform;
}

void Minimap::draw() {
    const double ratio = devicePixelRatioF();
    m_picture = QPixmap(size() * ratio);
    m_picture.setDevicePixelRatio(ratio);
    m_picture.fill(Qt::transparent);
    QPainter painter(&m_picture);
    const QTransform fromScene = toScene().inverted();
    for (const auto& node : m_scene.document().graph().nodes) {
        const auto* item = m_scene.node(node.id);
        if (item == nullptr)
            continue;
        const QRectF card = fromScene.mapRect(item->card().translated(item->pos()));
        painter.fillRect(card.adjusted(0, 0, std::max(0.0, 2 - card.width()), std::max(0.0, 2 - card.height())),
                         colourOf(flow::kindOf(node.data), look().color));
    }
}

void Minimap::paintEvent(QPaintEvent*) {
    if (m_picture.isNull())
        draw();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    widgets::paintRounded(painter, rect(), look().radius(), look().color.surface, look().color.border);
    painter.drawPixmap(0, 0, m_picture);
    const QRectF seen = m_view.mapToScene(m_view.viewport()->rect()).boundingRect();
    const QRectF frame = toScene().inverted().mapRect(seen).intersected(QRectF(rect()).adjusted(1, 1, -1, -1));
    painter.setPen(QPen(look().color.accent, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(frame);
}

void Minimap::resizeEvent(QResizeEvent*) {
    m_picture = {};
}

void Minimap::go(const QPointF& at) {
    m_view.centerOn(toScene().map(at));
}

void Minimap::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        go(event->position());
}

void Minimap::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons().testFlag(Qt::LeftButton))
        go(event->position());
}

} // namespace cb::floweditor
