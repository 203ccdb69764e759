#include "client/floweditor/scene/picture.h"

#include "client/floweditor/document/geometry.h"
#include "client/floweditor/scene/flow_scene.h"
#include "client/widgets/theme/look.h"

#include <QtCore/QFileInfo>
#include <QtGui/QImage>
#include <QtGui/QPainter>
#include <QtSvg/QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace cb::floweditor {

namespace {

constexpr double kMargin = 40;
constexpr double kScale = 2;        ///< pixels per scene unit, when that is not too large
constexpr double kMostPixels = 8e7; ///< of a picture

QRectF areaOf(const FlowScene& scene) {
    const Rect all = boundsOf(scene.document().graph());
    return QRectF(all.x, all.y, all.width, all.height).adjusted(-kMargin, -kMargin, kMargin, kMargin);
}

void draw(FlowScene& scene, QPainter& painter, const QRectF& area, const QSizeF& size) {
    const Part chosen = scene.selected();
    const QSignalBlocker quiet(&scene);
    scene.clearSelection();
    painter.fillRect(QRectF(QPointF(), size), widgets::lookOf().color.sunken);
    scene.render(&painter, QRectF(QPointF(), size), area);
    for (const auto node : chosen.nodes)
        if (auto* item = scene.node(node))
            item->setSelected(true);
    for (const auto& edge : chosen.edges)
        if (auto* item = scene.edge(edge))
            item->setSelected(true);
}

base::Error notWritten(const QString& path) {
    return base::rejected("picture_not_written", path.toStdString());
}

} // namespace

base::Result<void> writePng(FlowScene& scene, const QString& path) {
    const QRectF area = areaOf(scene);
    const double scale = std::min(kScale, std::sqrt(kMostPixels / (area.width() * area.height())));
    QImage image((area.size() * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&image);
    draw(scene, painter, area, image.size());
    painter.end();
    if (!image.save(path, "PNG"))
        return notWritten(path);
    return {};
}

base::Result<void> writeSvg(FlowScene& scene, const QString& path, const QString& title) {
    const QRectF area = areaOf(scene);
    QSvgGenerator generator;
    generator.setFileName(path);
    generator.setTitle(title);
    generator.setSize(area.size().toSize());
    generator.setViewBox(QRectF(QPointF(), area.size()));
    QPainter painter;
    if (!painter.begin(&generator))
        return notWritten(path);
    draw(scene, painter, area, area.size());
    if (!painter.end() || QFileInfo(path).size() == 0)
        return notWritten(path);
    return {};
}

} // namespace cb::floweditor
