#include "tests/support/suite.h"

#include "client/floweditor/compare/compare_view.h"
#include "client/floweditor/document/edits.h"
#include "tests/support/sample_flows.h"

#include <QtTest/QTest>
#include <QtWidgets/QApplication>

namespace cb::floweditor {

using flow::NodeId;
using What = NodeDifference::What;

namespace {

std::vector<NodeId> ids(const Difference& difference, What what) {
    std::vector<NodeId> out;
    for (const auto& node : difference.nodes)
        if (node.what == what)
            out.push_back(node.node);
    return out;
}

/// Some nodes of the sample, some of them reworded or moved, and whatever lines are left.
flow::Graph someOf(const flow::Graph& whole, base::Random& random) {
    auto graph = whole;
    Recorder recorder(graph);
    for (const auto& node : whole.nodes) {
        auto copy = node;
        switch (random.below(5)) {
        case 0:
            recorder.remove(node.id);
            break;
        case 1:
            copy.label += "!";
            recorder.replace(copy);
            break;
        case 2:
            copy.position.x += 20;
            recorder.replace(copy);
            break;
        default:
            break;
        }
    }
    return graph;
}

class CompareTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSameIsTheSame() {
        base::Random random(7);
        for (int round = 0; round < 50; ++round) {
            const auto graph = someOf(test::sampleChat(), random);
            QVERIFY(compare(graph, graph).isEmpty());
        }
    }

    void tellsWhatBecameOfANode() {
        const auto before = test::sampleChat();
        auto after = before;
        auto& message = std::get<flow::Message>(flow::find(after, NodeId{2})->data);
        message.text = "good morning";
        flow::find(after, NodeId{2})->label = "morning";
        flow::find(after, NodeId{3})->position.x += 40;
        Recorder recorder(after);
        recorder.remove(NodeId{8});
        recorder.insert(flow::Node{NodeId{99}, "new", {0, 0}, flow::Message{"new"}});
        const auto difference = compare(before, after);
        QCOMPARE(ids(difference, What::Added), std::vector{NodeId{99}});
        QCOMPARE(ids(difference, What::Removed), std::vector{NodeId{8}});
        QCOMPARE(ids(difference, What::Moved), std::vector{NodeId{3}});
        QCOMPARE(ids(difference, What::Changed), std::vector{NodeId{2}});
        const auto changed = std::find_if(difference.nodes.begin(), difference.nodes.end(),
                                          [](const auto& node) { return node.what == What::Changed; });
        QCOMPARE(changed->fields, (std::vector<std::string>{"label", "text"}));
        QVERIFY2(difference.edges.empty(), "lines of a node that went are not told beside it");
    }

    void tellsWhereALineLeadsNow() {
        const auto before = test::sampleChat();
        auto after = before;
        for (auto& edge : after.edges)
            if (edge.from == NodeId{2})
                edge.to = NodeId{5};
        const auto difference = compare(before, after);
        QVERIFY(difference.nodes.empty());
        QCOMPARE(difference.edges, (std::vector<EdgeDifference>{{{NodeId{2}, "next", NodeId{5}}, true},
                                                                {{NodeId{2}, "next", NodeId{3}}, false}}));
    }

    void movedOnlyIsSaidSo() {
        const auto before = test::sampleChat();
        auto after = before;
        after.nodes[1].position.y += 100;
        QVERIFY(compare(before, after).isOnlyMoved());
        after.edges.pop_back();
        QVERIFY(!compare(before, after).isOnlyMoved());
    }

    /// Backwards, what was added is what was removed.
    void isTheSameBackwards() {
        base::Random random(11);
        for (int round = 0; round < 50; ++round) {
            const auto before = someOf(test::sampleChat(), random);
            const auto after = someOf(test::sampleChat(), random);
            const auto there = compare(before, after);
            const auto back = compare(after, before);
            const auto sorted = [](std::vector<NodeId> list) {
                std::sort(list.begin(), list.end());
                return list;
            };
            QCOMPARE(sorted(ids(there, What::Added)), sorted(ids(back, What::Removed)));
            QCOMPARE(sorted(ids(there, What::Changed)), sorted(ids(back, What::Changed)));
            QCOMPARE(there.edges.size(), back.edges.size());
        }
    }

    void testsThatDifferAreTold() {
        const auto named = [](const char* name, std::int64_t last) {
            flowtest::FlowTest test;
            test.name = name;
            test.path = {NodeId{1}, NodeId{last}};
            return test;
        };
        const std::vector before{named("gone", 2), named("other", 2), named("same", 2), named("same", 3)};
        const std::vector after{named("same", 2), named("same", 3), named("other", 3), named("new", 2)};
        QCOMPARE(
            compareTests(before, after),
            (std::vector<TestDifference>{{"other", What::Changed}, {"new", What::Added}, {"gone", What::Removed}}));
        QVERIFY(compareTests(before, before).empty());
        const auto graph = test::sampleChat();
        CompareView view({graph, "Theirs", {}, before}, {graph, "Mine", {}, after}, {});
        QVERIFY(!view.difference().isEmpty());
        QVERIFY(!view.difference().isOnlyMoved());
        QCOMPARE(view.list().count(), 3);
        QVERIFY(view.list().item(2)->text().contains(QStringLiteral("gone")));
        view.list().setCurrentRow(2); // stands nowhere on the canvas
        for (const auto* label : view.findChildren<QLabel*>())
            QVERIFY(label->text() != CompareView::tr("Both are the same"));
    }

    void picturesMoveTogetherAndALineShowsThePlace() {
        const auto before = test::sampleChat();
        auto after = before;
        std::get<flow::Message>(flow::find(after, NodeId{6})->data).text = "see you";
        CompareView view({before, "Version 1", "Monday"}, {after, "Version 2", "Tuesday"}, {});
        view.resize(1200, 800);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QApplication::processEvents();
        QCOMPARE(view.list().count(), 1);
        QVERIFY(view.list().item(0)->text().contains(QString::fromStdString(flow::find(after, NodeId{6})->label)));
        view.leftCanvas().setZoom(1, QPointF(100, 100));
        QCOMPARE(view.rightCanvas().zoom(), view.leftCanvas().zoom());
        QTest::mouseClick(view.list().viewport(), Qt::LeftButton, {},
                          view.list().visualItemRect(view.list().item(0)).center());
        QCOMPARE(view.rightCanvas().flowScene().selected().nodes, std::vector{NodeId{6}});
        QCOMPARE(view.leftCanvas().flowScene().selected().nodes, std::vector{NodeId{6}});
        QTest::keyClick(&view.rightCanvas(), Qt::Key_Delete);
        QCOMPARE(view.after(), after); // nothing can be edited here
    }
};

} // namespace

static const cb::test::Add<CompareTest> addedCompareTest;

} // namespace cb::floweditor

#include "compare_test.moc"
