#pragma once

#include "client/floweditor/scene/flow_scene.h"
#include "client/widgets/theme/themed.h"

#include <QtWidgets/QGraphicsView>

namespace cb::floweditor {

/// The whole flow, small, with what the canvas shows of it. Press or drag to go there.
class Minimap : public widgets::Themed<QWidget> {
    Q_OBJECT
public:
    Minimap(FlowScene& scene, QGraphicsView& view);

    QSize sizeHint() const override { return {look().px(180), look().px(120)}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void restyle() override { m_picture = {}; }

private:
    QTransform toScene() const; ///< from this widget to the scene
    QRectF shown() const;       ///< of the scene, what is drawn here
    void draw();
    void go(const QPointF& at);

    FlowScene& m_scene;
    QGraphicsView& m_view;
    QPixmap m_picture; ///< of the nodes; null = to be drawn
};

} // namespace cb::floweditor
