#include "tests/support/suite.h" // first: moc cannot read <compare> before Qt

#include "tests/support/sample_flows.h"

using namespace cb;
using namespace cb::flow;

class GraphTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKindExistsInBothColumns() {
        for (const Mode mode : {Mode::Chat, Mode::AllMedia, Mode::Phone}) {
            for (const Kind kind : {Kind::Start, Kind::Message, Kind::Branch, Kind::Transfer, Kind::End}) {
                const NodeData data = makeNode(kind, mode);
                QCOMPARE(static_cast<int>(kindOf(data)), static_cast<int>(kind));
                QVERIFY(fits(mode, data));
            }
            QVERIFY(parseMode(name(mode)) == mode);
        }
        QVERIFY(!fits(Mode::Phone, Message{}));
        QVERIFY(!fits(Mode::AllMedia, CallTransfer{}));
        QVERIFY(!parseMode("fax"));
    }
    void outputsAreNamed() {
        const Graph graph = sampleGraph();
        QVERIFY((outputs(find(graph, NodeId{3})->data) == std::vector<Output>{{"产品", true}, {"人工", true}}));
        QVERIFY((outputs(find(graph, NodeId{5})->data) == std::vector<Output>{{"served", true}, {"failed", false}}));
        QVERIFY(outputs(find(graph, NodeId{7})->data).empty());
        QVERIFY(find(graph, NodeId{99}) == nullptr);
        QVERIFY(freeId(graph) == NodeId{10});
        QVERIFY(freeId(Graph{}) == NodeId{1});
    }
    void usedGroupsAndAudioAreListedOnce() {
        Graph graph = test::samplePhone();
        graph.nodes.push_back({NodeId{20}, "again", {}, CallTransfer{GroupId{2}, {}, AudioId{0}, test::audio(1), {}}});
        QVERIFY((groupsUsed(graph) == std::vector<GroupId>{GroupId{2}, GroupId{3}}));
        QVERIFY((audioUsed(graph) == std::vector<AudioId>{AudioId{1}, AudioId{2}, AudioId{3}}));
    }

private:
    static Graph sampleGraph() { return test::sampleChat(); }
};

static const cb::test::Add<GraphTest> addedGraphTest;
#include "graph_test.moc"
