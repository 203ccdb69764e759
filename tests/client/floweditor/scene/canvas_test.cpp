#include "tests/support/suite.h"

#include "client/floweditor/document/geometry.h"
#include "client/floweditor/scene/canvas.h"
#include "client/floweditor/scene/minimap.h"
#include "client/floweditor/scene/route.h"
#include "tests/client/support/flow_hand.h"

#include <QtGui/QClipboard>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QGuiApplication>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMenu>

#include <cmath>

namespace cb::floweditor {

using flow::Edge;
using flow::Graph;
using flow::NodeId;

namespace {

/// start → message → end, and a message that stands alone.
Graph sample() {
    Graph graph;
    graph.nodes = {{NodeId{1}, "start", {0, 0}, flow::Start{}},
                   {NodeId{2}, "hello", {400, 0}, flow::Message{"hello"}},
                   {NodeId{3}, "end", {800, 0}, flow::End{}},
                   {NodeId{4}, "alone", {400, 300}, flow::Message{"alone"}}};
    graph.edges = {{NodeId{1}, "next", NodeId{2}}, {NodeId{2}, "next", NodeId{3}}};
    return graph;
}

class Stage {
public:
    explicit Stage(Graph graph = sample())
        : document(std::move(graph))
        , scene(document)
        , canvas(scene) {
        canvas.resize(1200, 800);
        canvas.show();
        canvas.fitAll();
        canvas.setZoom(1, QPointF(canvas.viewport()->rect().center()));
        canvas.centerOn(500, 200);
        canvas.setFocus();
        QApplication::processEvents();
    }

    bool has(const Edge& edge) const {
        const auto& edges = document.graph().edges;
        return std::count(edges.begin(), edges.end(), edge) == 1;
    }
    QPointF place(std::int64_t id) const {
        const auto* node = flow::find(document.graph(), NodeId{id});
        return {node->position.x, node->position.y};
    }

    QMenu* menuAt(const QPoint& at) {
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, canvas.viewport()->mapToGlobal(at));
        QApplication::sendEvent(canvas.viewport(), &event);
        return qobject_cast<QMenu*>(QApplication::activePopupWidget());
    }
    void key(int key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&canvas, Qt::Key(key), modifiers); }

    Document document;
    FlowScene scene;
    Canvas canvas;
    test::FlowHand hand{canvas};
};

QMenu* openMenu() {
    return qobject_cast<QMenu*>(QApplication::activePopupWidget());
}

/// The entry with these words; nullptr: it is not offered.
QAction* entryOf(const QMenu* menu, const QString& words) {
    if (menu != nullptr)
        for (auto* action : menu->actions())
            if (action->text() == words)
                return action;
    return nullptr;
}

} // namespace

class CanvasTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCardIsDraggedInOneStep() {
        Stage stage;
        const QPoint from = stage.hand.head(4);
        stage.hand.press(from);
        stage.hand.drag(from + QPoint(30, 40));
        stage.hand.drag(from + QPoint(100, 60));
        stage.hand.release(from + QPoint(100, 60));
        QCOMPARE(stage.place(4), QPointF(500, 360));
        QCOMPARE(stage.document.history().count(), 1);
        stage.document.history().undo();
        QCOMPARE(stage.place(4), QPointF(400, 300));
        QCOMPARE(stage.scene.node(NodeId{4})->pos(), QPointF(400, 300));
    }

    void aDraggedCardFallsIntoLine() {
        Stage stage;
        const QPoint from = stage.hand.head(4);
        stage.hand.press(from);
        stage.hand.drag(from + QPoint(30, 30));
        stage.hand.drag(from + QPoint(403, 137)); // 803: near the end's left edge, far from anything in height
        stage.hand.release(from + QPoint(403, 137));
        QCOMPARE(stage.place(4).x(), 800.0);
        QCOMPARE(std::fmod(stage.place(4).y(), kGrid), 0.0);
    }

    void altMovesFreely() {
        Stage stage;
        const QPoint from = stage.hand.head(4);
        stage.hand.press(from);
        stage.hand.drag(from + QPoint(20, 20), Qt::LeftButton, Qt::AltModifier);
        stage.hand.drag(from + QPoint(33, 47), Qt::LeftButton, Qt::AltModifier);
        stage.hand.release(from + QPoint(33, 47));
        QCOMPARE(stage.place(4), QPointF(433, 347));
    }

    void escapeGivesTheCardBack() {
        Stage stage;
        const QPoint from = stage.hand.head(4);
        stage.hand.press(from);
        stage.hand.drag(from + QPoint(100, 100));
        QVERIFY(stage.scene.node(NodeId{4})->pos() != QPointF(400, 300));
        stage.key(Qt::Key_Escape);
        QCOMPARE(stage.scene.node(NodeId{4})->pos(), QPointF(400, 300));
        stage.hand.release(from + QPoint(100, 100));
        QCOMPARE(stage.document.history().count(), 0);
    }

    void anOutputIsPulledToACard() {
        Stage stage;
        const QPoint from = stage.hand.output(4);
        stage.hand.press(from);
        stage.hand.drag(from + QPoint(50, -40));
        stage.hand.drag(stage.hand.head(3));
        stage.hand.release(stage.hand.head(3));
        QVERIFY(stage.has({NodeId{4}, "next", NodeId{3}}));
        stage.hand.press(stage.hand.output(1)); // what it led to is cut
        stage.hand.drag(stage.hand.head(4));
        stage.hand.release(stage.hand.head(4));
        QVERIFY(stage.has({NodeId{1}, "next", NodeId{4}}));
        QVERIFY(!stage.has({NodeId{1}, "next", NodeId{2}}));
        stage.hand.press(stage.hand.output(2));
        stage.hand.drag(stage.hand.head(1)); // nothing leads into a start
        stage.hand.release(stage.hand.head(1));
        QVERIFY(stage.has({NodeId{2}, "next", NodeId{3}}));
    }

    void anOutputPulledIntoTheEmptyOffersTheKinds() {
        Stage stage;
        const QPoint from = stage.hand.output(4);
        stage.hand.press(from);
        stage.hand.drag(from + QPoint(120, 60));
        stage.hand.drag(from + QPoint(160, 80));
        stage.hand.release(from + QPoint(160, 80));
        auto* menu = openMenu();
        QVERIFY(menu);
        QCOMPARE(menu->actions().size(), 4); // there is a start already
        menu->actions()[1]->trigger();
        menu->close();
        const auto& graph = stage.document.graph();
        QCOMPARE(graph.nodes.size(), std::size_t(5));
        QVERIFY(std::holds_alternative<flow::Branch>(graph.nodes.back().data));
        QVERIFY(stage.has({NodeId{4}, "next", graph.nodes.back().id}));
        QCOMPARE(stage.scene.selected().nodes, std::vector<NodeId>{graph.nodes.back().id});
    }

    void aCardWithoutLinesGoesIntoALine() {
        Stage stage;
        const QPointF line = stage.scene.edge({NodeId{2}, "next", NodeId{3}})->path().pointAtPercent(0.5);
        const QPoint from = stage.hand.head(4);
        stage.hand.press(from);
        stage.hand.drag(from + QPoint(10, -30));
        stage.hand.drag(stage.hand.at(line));
        stage.hand.release(stage.hand.at(line));
        QVERIFY(stage.has({NodeId{2}, "next", NodeId{4}}));
        QVERIFY(stage.has({NodeId{4}, "next", NodeId{3}}));
        stage.document.history().undo();
        QVERIFY(stage.has({NodeId{2}, "next", NodeId{3}}));
        QCOMPARE(stage.scene.node(NodeId{4})->pos(), QPointF(400, 300));
    }

    /// The line that a card is held over goes while the button is down.
    void aDragEndsWhenItsLineGoes() {
        auto graph = sample();
        const Edge line{NodeId{2}, "next", NodeId{3}};
        std::erase(graph.edges, line);
        Stage stage(graph);
        QVERIFY(stage.document.connectNodes(line));
        const QPoint over = stage.hand.at(stage.scene.edge(line)->path().pointAtPercent(0.5));
        const QPoint from = stage.hand.head(4);
        stage.hand.press(from);
        stage.hand.drag(from + QPoint(10, -30));
        stage.hand.drag(over);
        stage.document.history().undo();
        QVERIFY(stage.scene.edge(line) == nullptr);
        QCOMPARE(stage.scene.node(NodeId{4})->pos(), QPointF(400, 300)); // the drag is over
        stage.hand.drag(over + QPoint(20, 20));
        stage.canvas.viewport()->repaint();
        stage.hand.release(over + QPoint(20, 20));
        QCOMPARE(stage.place(4), QPointF(400, 300));
        QVERIFY(stage.document.history().canRedo());
    }

    /// The card under a line that is being drawn, or the card that is dragged, is deleted by the key meanwhile.
    void aDragEndsWhenItsCardGoes() {
        Stage stage;
        stage.scene.select({NodeId{3}});
        stage.hand.press(stage.hand.output(4));
        stage.hand.drag(stage.hand.head(3));
        stage.key(Qt::Key_Delete);
        QVERIFY(stage.scene.node(NodeId{3}) == nullptr);
        stage.hand.drag(stage.hand.head(2));
        stage.canvas.viewport()->repaint();
        stage.hand.release(stage.hand.head(2));
        QVERIFY(!stage.has({NodeId{4}, "next", NodeId{2}}));
        const QPoint from = stage.hand.head(4);
        stage.hand.press(from);
        stage.hand.drag(from + QPoint(30, 40));
        stage.key(Qt::Key_Delete);
        QVERIFY(stage.scene.node(NodeId{4}) == nullptr);
        stage.hand.drag(from + QPoint(60, 80));
        stage.hand.release(from + QPoint(60, 80));
        QCOMPARE(stage.document.history().count(), 2);
        stage.document.history().undo();
        QCOMPARE(stage.scene.node(NodeId{4})->pos(), QPointF(400, 300));
    }

    void escapeEndsTheDragForGood() {
        Stage stage;
        const QPoint from = stage.hand.head(4);
        stage.hand.press(from);
        stage.hand.drag(from + QPoint(100, 100));
        stage.key(Qt::Key_Escape);
        stage.hand.drag(from + QPoint(140, 140));
        QCOMPARE(stage.scene.node(NodeId{4})->pos(), QPointF(400, 300));
        stage.hand.release(from + QPoint(140, 140));
        QCOMPARE(stage.document.history().count(), 0);
    }

    void aKindFromThePaletteGoesIntoALine() {
        Stage stage;
        const QPointF line = stage.scene.edge({NodeId{2}, "next", NodeId{3}})->path().pointAtPercent(0.5);
        stage.hand.drop(flow::Kind::Message, stage.hand.at(line));
        const auto made = stage.document.graph().nodes.back().id;
        QCOMPARE(made, NodeId{5});
        QVERIFY(stage.has({NodeId{2}, "next", made}));
        QVERIFY(stage.has({made, "next", NodeId{3}}));
        QCOMPARE(stage.document.history().count(), 1);
    }

    void theContextMenuOffersWhatFitsThePlace() {
        Stage stage;
        auto* menu = stage.menuAt(stage.hand.head(4));
        QVERIFY(entryOf(menu, Canvas::tr("Edit")));
        QCOMPARE(stage.scene.selected().nodes, std::vector<NodeId>{NodeId{4}}); // it is about this card
        entryOf(menu, Canvas::tr("Delete"))->trigger();
        menu->close();
        QVERIFY(!stage.scene.node(NodeId{4}));
        stage.document.history().undo();

        const QPointF line = stage.scene.edge({NodeId{2}, "next", NodeId{3}})->path().pointAtPercent(0.5);
        menu = stage.menuAt(stage.hand.at(line));
        auto* insert = entryOf(menu, Canvas::tr("Insert"));
        QVERIFY(insert && insert->menu());
        insert->menu()->actions()[0]->trigger(); // a message
        menu->close();
        const auto made = stage.document.graph().nodes.back().id;
        QVERIFY(stage.has({NodeId{2}, "next", made}));
        QVERIFY(stage.has({made, "next", NodeId{3}}));

        stage.document.setReadOnly(true);
        menu = stage.menuAt(stage.hand.head(4));
        QVERIFY(!entryOf(menu, Canvas::tr("Delete")));
        QVERIFY(entryOf(menu, Canvas::tr("Copy")));
        menu->close();
    }

    void aClickOnTheMapMovesTheView() {
        Stage stage;
        auto* map = stage.canvas.findChild<Minimap*>();
        QVERIFY(map && map->isVisible());
        const auto middle = [&] { return stage.canvas.mapToScene(stage.canvas.viewport()->rect().center()); };
        const QPointF before = middle();
        QTest::mouseClick(map, Qt::LeftButton, {}, QPoint(map->width() - 8, map->height() / 2));
        QVERIFY(middle().x() > before.x() + 200);
        QTest::mouseClick(map, Qt::LeftButton, {}, QPoint(8, map->height() / 2));
        QVERIFY(middle().x() < before.x() - 200);
    }

    void theWheelZoomsAtTheCursor() {
        Stage stage;
        const QPointF cursor(300, 250);
        const QPointF under = stage.canvas.mapToScene(cursor.toPoint());
        const double aim = stage.canvas.zoom() * std::pow(1.0015, 240);
        QSignalSpy told(&stage.canvas, &Canvas::zoomChanged);
        QWheelEvent event(cursor, stage.canvas.viewport()->mapToGlobal(cursor), {}, {0, 240}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(stage.canvas.viewport(), &event);
        QVERIFY(aim > 1.4);
        QTRY_COMPARE(stage.canvas.zoom(), aim);
        const QPointF after = stage.canvas.viewportTransform().inverted().map(cursor);
        QVERIFY(QLineF(under, after).length() < 2);
        QVERIFY(told.count() > 0);
    }

    void spaceAndTheMiddleButtonPan() {
        Stage stage;
        const QPointF before = stage.canvas.mapToScene(0, 0);
        stage.hand.press({600, 700}, Qt::MiddleButton);
        stage.hand.drag({560, 650}, Qt::MiddleButton);
        stage.hand.release({560, 650}, Qt::MiddleButton);
        QCOMPARE(stage.canvas.mapToScene(0, 0), before + QPointF(40, 50));
        QTest::keyPress(&stage.canvas, Qt::Key_Space);
        stage.hand.press(stage.hand.head(2));
        stage.hand.drag(stage.hand.head(2) + QPoint(-40, -50));
        QTest::keyRelease(&stage.canvas, Qt::Key_Space);
        QCOMPARE(stage.document.history().count(), 0);
    }

    void theKeyboardDoesItAll() {
        Stage stage;
        stage.key(Qt::Key_Tab);
        QCOMPARE(stage.scene.selected().nodes, std::vector<NodeId>{NodeId{1}});
        stage.key(Qt::Key_Tab);
        QCOMPARE(stage.scene.selected().nodes, std::vector<NodeId>{NodeId{2}});
        stage.key(Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(stage.scene.selected().nodes, std::vector<NodeId>{NodeId{3}});
        stage.key(Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(stage.scene.selected().nodes, std::vector<NodeId>{NodeId{2}});
        stage.key(Qt::Key_Right);
        stage.key(Qt::Key_Right);
        QCOMPARE(stage.place(2), QPointF(440, 0));
        QCOMPARE(stage.document.history().count(), 1); // several strokes are one step
        QSignalSpy edit(&stage.canvas, &Canvas::editWanted);
        stage.key(Qt::Key_Return);
        QCOMPARE(edit.count(), 1);
        stage.key(Qt::Key_Delete);
        QVERIFY(!stage.scene.node(NodeId{2}));
        QVERIFY(stage.document.graph().edges.empty());
        stage.document.history().undo();
        QVERIFY(stage.scene.node(NodeId{2}));
        QVERIFY(stage.scene.edge({NodeId{1}, "next", NodeId{2}}));
    }

    void copyAndPasteBetweenFlows() {
        Stage one;
        one.canvas.selectAll();
        one.canvas.copy();
        Graph other;
        other.nodes = {{NodeId{7}, "start", {0, 0}, flow::Start{}}};
        Stage two(other);
        two.canvas.paste();
        const auto& graph = two.document.graph();
        QCOMPARE(graph.nodes.size(), std::size_t(4)); // a second start does not come
        QCOMPARE(graph.edges.size(), std::size_t(1));
        QCOMPARE(two.scene.selected().nodes.size(), std::size_t(3));
        two.canvas.duplicate();
        QCOMPARE(graph.nodes.size(), std::size_t(7));
        for (std::size_t a = 0; a < graph.nodes.size(); ++a)
            for (std::size_t b = a + 1; b < graph.nodes.size(); ++b)
                QVERIFY(!rectOf(graph.nodes[a]).meets(rectOf(graph.nodes[b])));
        QGuiApplication::clipboard()->setText(QStringLiteral("nothing of ours"));
        two.canvas.paste();
        QCOMPARE(graph.nodes.size(), std::size_t(7));
    }

    void readOnlyIsOnlyRead() {
        Stage stage;
        stage.document.setReadOnly(true);
        const QPoint from = stage.hand.head(4);
        stage.hand.press(from);
        stage.hand.drag(from + QPoint(50, 50));
        stage.hand.release(from + QPoint(50, 50));
        stage.hand.press(stage.hand.output(4));
        stage.hand.drag(stage.hand.head(3));
        stage.hand.release(stage.hand.head(3));
        stage.canvas.selectAll();
        stage.key(Qt::Key_Delete);
        stage.canvas.arrange();
        stage.canvas.add(flow::Kind::Message);
        QCOMPARE(stage.document.graph(), sample());
        QCOMPARE(stage.scene.node(NodeId{4})->pos(), QPointF(400, 300));
    }

    void problemsStandAtTheirNodes() {
        Stage stage;
        QVERIFY(!stage.scene.node(NodeId{4})->toolTip().isEmpty());
        QVERIFY(stage.scene.node(NodeId{1})->toolTip().isEmpty());
    }

    /// Every line keeps clear of the cards that are not its ends.
    void linesGoRoundCards() {
        const std::vector<QRectF> cards{{200, -60, 220, 150}, {200, 120, 220, 150}};
        const auto path = routed({0, 20}, {600, 40}, cards);
        const auto loop = routed({600, 20}, {100, 40}, cards);
        for (const auto& line : {path, loop})
            for (double t = 0; t <= 1; t += 0.005)
                for (const auto& card : cards)
                    QVERIFY(!card.adjusted(1, 1, -1, -1).contains(line.pointAtPercent(t)));
        QCOMPARE(path.currentPosition(), QPointF(600, 40));
        QCOMPARE(loop.currentPosition(), QPointF(100, 40));
    }

    void aLargeFlow() {
        Graph graph;
        for (std::int64_t i = 0; i < 1000; ++i) {
            graph.nodes.push_back({NodeId{i + 1},
                                   "node " + std::to_string(i),
                                   {double(i % 40) * 320, double(i / 40) * 200},
                                   i == 0 ? flow::NodeData(flow::Start{}) : flow::Message{"text of some length"}});
            if (i > 0)
                graph.edges.push_back({NodeId{i}, "next", NodeId{i + 1}});
        }
        QElapsedTimer clock;
        clock.start();
        Stage stage(graph);
        const auto opened = clock.restart();
        stage.canvas.fitAll();
        stage.canvas.viewport()->repaint();
        const auto fitted = clock.restart();
        stage.canvas.arrange();
        const auto arrangedIn = clock.elapsed();
        qInfo("opened in %lld ms, painted whole in %lld ms, arranged in %lld ms", (long long)opened, (long long)fitted,
              (long long)arrangedIn);
        QVERIFY(opened < 3000); // the bench has the figures; this is no bench
    }
};

static const cb::test::Add<CanvasTest> addedCanvasTest;

} // namespace cb::floweditor

#include "canvas_test.moc"
