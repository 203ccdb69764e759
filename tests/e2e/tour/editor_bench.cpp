#include "client/floweditor/document/document.h"
#include "client/floweditor/editor/flow_editor.h"
#include "shared/flow/validate.h"
#include "tests/e2e/tour/bench.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QtTest>

namespace cb::tour {

namespace {

constexpr std::int64_t kNodes = 1'000;

/// Questions with two answers each, every answer a message that leads to the next question: edges that cross rows.
flow::Graph largeFlow() {
    flow::Graph graph;
    const auto put = [&](std::int64_t id, const std::string& label, flow::NodeData data) {
        const auto row = double(id % 25);
        const auto column = double(id / 25);
        graph.nodes.push_back({flow::NodeId{id}, label, {column * 320, row * 200}, std::move(data)});
    };
    put(1, "start", flow::Start{});
    put(2, "end", flow::End{});
    std::int64_t id = 3;
    flow::NodeId before{1};
    std::string port = "next";
    while (id + 3 <= kNodes) {
        const flow::NodeId question{id}, yes{id + 1}, no{id + 2};
        put(id, "question",
            flow::Branch{"Which one?", "That was neither.", {{"yes", {"1", "yes"}}, {"no", {"2", "no"}}}});
        put(id + 1, "yes", flow::Message{"A text of some length, as greetings are."});
        put(id + 2, "no", flow::Message{"Another text of some length."});
        graph.edges.push_back({before, port, question});
        graph.edges.push_back({question, "yes", yes});
        graph.edges.push_back({question, "no", no});
        graph.edges.push_back({no, "next", flow::NodeId{2}});
        before = yes;
        port = "next";
        id += 3;
    }
    graph.edges.push_back({before, port, flow::NodeId{2}});
    while (static_cast<std::int64_t>(graph.nodes.size()) < kNodes)
        put(id++, "alone", flow::Message{"x"});
    return graph;
}

double milliseconds(const QElapsedTimer& timer) {
    return double(timer.nsecsElapsed()) / 1e6;
}

/// One card is pulled over the canvas with everything in sight.
void dragOne(floweditor::Canvas& canvas) {
    std::vector<double> figures;
    const auto* item = canvas.flowScene().node(flow::NodeId{300});
    const QPoint from = canvas.mapFromScene(item->pos() + QPointF(110, 18));
    QTest::mousePress(canvas.viewport(), Qt::LeftButton, {}, from);
    for (int i = 1; i <= 120; ++i) {
        const QPoint to = from + QPoint(i * 2, i);
        QElapsedTimer timer;
        timer.start();
        QMouseEvent event(QEvent::MouseMove, to, canvas.viewport()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(canvas.viewport(), &event);
        canvas.viewport()->repaint();
        figures.push_back(milliseconds(timer));
    }
    QTest::mouseRelease(canvas.viewport(), Qt::LeftButton, {}, from + QPoint(240, 120));
    printSpread("flow of 1,000 nodes: one step of a drag, slowest", figures);
}

void zoomThrough(floweditor::Canvas& canvas, const char* what, double first, double last) {
    std::vector<double> figures;
    for (int i = 0; i <= 60; ++i) {
        QElapsedTimer timer;
        timer.start();
        canvas.setZoom(first + (last - first) * i / 60, QPointF(canvas.viewport()->rect().center()));
        canvas.viewport()->repaint();
        figures.push_back(milliseconds(timer));
    }
    printSpread(what, figures);
}

} // namespace

void drawFlow() {
    const auto graph = largeFlow();
    QElapsedTimer timer;
    timer.start();
    floweditor::Document document(graph);
    floweditor::FlowEditor editor(document, QStringLiteral("large"));
    editor.resize(1600, 1000);
    editor.show();
    QCoreApplication::processEvents();
    editor.repaint();
    print("flow of 1,000 nodes: opened and painted", milliseconds(timer), "ms");
    std::vector<double> figures;
    for (int i = 0; i < 50; ++i) {
        timer.restart();
        (void)flow::validate(graph, {});
        figures.push_back(milliseconds(timer));
    }
    printSpread("flow of 1,000 nodes: validated, slowest", figures);
    auto& canvas = editor.canvas();
    canvas.fitAll();
    QTest::qWait(500); // it moves there
    zoomThrough(canvas, "flow of 1,000 nodes: one step of zooming, all in sight", canvas.zoom(), canvas.zoom() * 1.5);
    canvas.fitAll();
    QTest::qWait(500);
    dragOne(canvas);
    canvas.setZoom(1, QPointF(canvas.viewport()->rect().center()));
    zoomThrough(canvas, "flow of 1,000 nodes: one step of zooming at 100 %", 1.0, 1.4);
    timer.restart();
    canvas.arrange();
    print("flow of 1,000 nodes: arranged", milliseconds(timer), "ms");
}

} // namespace cb::tour
