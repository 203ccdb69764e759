#pragma once

#include "client/floweditor/document/guides.h"
#include "client/floweditor/scene/flow_scene.h"

#include <QtCore/QVariantAnimation>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QGraphicsView>

#include <optional>

class QMenu;

namespace cb::floweditor {

class Minimap;
class ZoomBar;

/// Where a flow is drawn. The pointer: the wheel zooms at the cursor, space or the middle button pans, an empty place
/// draws a frame round what is to be chosen, a card is dragged, an output is pulled to another card, into the empty
/// (which offers the kinds), and a card without lines goes into the line it is dropped on. The keyboard can do the
/// same; shortcuts are those of the page's actions.
class Canvas : public QGraphicsView {
    Q_OBJECT
public:
    explicit Canvas(FlowScene& scene, QWidget* parent = nullptr);
    ~Canvas() override;

    /// What the palette drags: the kind's number as text.
    static QString kindMime() { return QStringLiteral("application/x-cloudbell-node-kind"); }
    static QString flowMime() { return QStringLiteral("application/x-cloudbell-flow"); }

    FlowScene& flowScene() const { return m_scene; }
    double zoom() const { return transform().m11(); }
    void setZoom(double zoom, const QPointF& anchor); ///< `anchor`, of the viewport, stays where it is
    void zoomBy(double factor);                       ///< about the middle; moves smoothly
    void fitAll();
    void showBeginning();           ///< as fitAll(), but so that texts can be read: then what the flow begins with
    void reveal(flow::NodeId node); ///< into view and chosen
    void bringIntoView(flow::NodeId node);

    void copy();
    void cut();
    void paste();
    void duplicate();
    void removeSelected();
    void selectAll();
    void arrange();
    /// A node of this kind beside what is chosen, led to from its first free output; else in the middle.
    void add(flow::Kind kind);

Q_SIGNALS:
    void zoomChanged(double zoom);
    void editWanted(cb::flow::NodeId node); ///< double click or Enter

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    enum class Gesture { None, Pan, Move, Connect };

    struct Pull { ///< a connection being drawn
        flow::NodeId from;
        std::string port;
        QPointF start;
        QPointF now;
        flow::NodeId over; ///< 0: nothing it may lead to
    };

    Document& document() const { return m_scene.document(); }
    void beginMove(const QPoint& at);
    void moveTo(const QPointF& at, bool snap);
    void endMove();
    void pullTo(const QPointF& at);
    void endPull(const QPoint& globalAt);
    void zoomAround(double zoom, const QPointF& anchor, const QPointF& point);
    void abandon(); ///< Escape, or the flow became another meanwhile: nothing has happened
    void setTarget(const EdgeItem* edge);
    void setOver(const NodeItem* node);
    void stepAlong(int key);
    void nudge(int key, bool fine);
    void addAt(flow::Kind kind, const QPointF& at);
    /// A menu of the kinds that the flow may have; `then` gets the one chosen.
    QMenu* kindMenu(const QString& title, const std::function<void(flow::Kind)>& then);
    void place(); ///< minimap and zoom bar
    QPointF middle() const;

    FlowScene& m_scene;
    Minimap* m_minimap;
    ZoomBar* m_zoomBar;
    QVariantAnimation m_zooming;
    QPointF m_zoomAnchor;
    QPointF m_zoomPoint; ///< of the scene: what stays there while it zooms
    Gesture m_gesture = Gesture::None;
    QPoint m_pressedAt;
    bool m_space = false;
    std::optional<Pull> m_pull;
    std::vector<Place> m_dragged; ///< where they stood
    QPointF m_dragBegan;
    std::vector<Guide> m_guides;
    std::optional<flow::Edge> m_target; ///< of what is dragged; items come and go
};

/// − 100 % + and “all”, at the canvas's lower left.
class ZoomBar : public QWidget {
    Q_OBJECT
public:
    explicit ZoomBar(Canvas& canvas);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    Canvas& m_canvas;
    QAbstractButton* m_out;
    QAbstractButton* m_in;
    QAbstractButton* m_all;
    QAbstractButton* m_figure;
};

} // namespace cb::floweditor
