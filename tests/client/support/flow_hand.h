#pragma once

#include "client/floweditor/scene/canvas.h"

#include <QtCore/QMimeData>
#include <QtGui/QDragEnterEvent>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>

namespace cb::test {

/// The pointer on the canvas of a flow. Places are those of the viewport.
class FlowHand {
public:
    explicit FlowHand(floweditor::Canvas& canvas)
        : m_canvas(canvas) {}

    QPoint at(const QPointF& scenePoint) const { return m_canvas.mapFromScene(scenePoint); }
    /// The card's head, where it is taken hold of; of a node that is there.
    QPoint head(std::int64_t id) const { return at(node(id).pos() + QPointF(110, 18)); }
    QPoint output(std::int64_t id, std::size_t port = 0) const { return at(node(id).output(port)); }

    void press(const QPoint& at, Qt::MouseButton button = Qt::LeftButton, Qt::KeyboardModifiers keys = {}) const {
        QTest::mousePress(m_canvas.viewport(), button, keys, at);
    }
    /// QTest::mouseMove() does not tell of the pressed button.
    void drag(const QPoint& to, Qt::MouseButton button = Qt::LeftButton, Qt::KeyboardModifiers keys = {}) const {
        auto* view = m_canvas.viewport();
        QMouseEvent event(QEvent::MouseMove, to, view->mapToGlobal(to), Qt::NoButton, button, keys);
        QApplication::sendEvent(view, &event);
    }
    void release(const QPoint& at, Qt::MouseButton button = Qt::LeftButton, Qt::KeyboardModifiers keys = {}) const {
        QTest::mouseRelease(m_canvas.viewport(), button, keys, at);
    }
    void click(const QPoint& at) const { QTest::mouseClick(m_canvas.viewport(), Qt::LeftButton, {}, at); }
    void doubleClick(const QPoint& at) const { QTest::mouseDClick(m_canvas.viewport(), Qt::LeftButton, {}, at); }
    /// The output is pulled there and let go.
    void pull(std::int64_t id, std::size_t port, const QPoint& to) const {
        const QPoint from = output(id, port);
        press(from);
        drag(from + (to - from) / 2);
        drag(to);
        release(to);
    }

    /// What was dragged out of the palette. (Off screen no drag leaves its widget.)
    void drop(const QMimeData& what, const QPoint& to) const {
        auto* view = m_canvas.viewport();
        QDragEnterEvent enter(to, Qt::CopyAction, &what, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(view, &enter);
        QDragMoveEvent move(to, Qt::CopyAction, &what, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(view, &move);
        QDropEvent let(to, Qt::CopyAction, &what, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(view, &let);
    }
    void drop(flow::Kind kind, const QPoint& to) const {
        QMimeData mime;
        mime.setData(floweditor::Canvas::kindMime(), QByteArray::number(int(kind)));
        drop(mime, to);
    }

private:
    const floweditor::NodeItem& node(std::int64_t id) const { return *m_canvas.flowScene().node(flow::NodeId{id}); }

    floweditor::Canvas& m_canvas;
};

} // namespace cb::test
