#include "tests/support/suite.h"

#include "client/floweditor/document/document.h"
#include "client/floweditor/document/layout.h"
#include "shared/flow/json.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <random>
#include <set>

namespace cb::floweditor {

using flow::Edge;
using flow::Graph;
using flow::Kind;
using flow::Mode;
using flow::NodeId;

namespace {

template <class Rng>
std::size_t upTo(Rng& rng, std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(rng);
}

flow::NodeData someNode(Mode mode, std::mt19937& rng) {
    constexpr Kind kinds[] = {Kind::Start, Kind::Message, Kind::Branch, Kind::Transfer, Kind::End};
    auto data = flow::makeNode(kinds[upTo(rng, 5)], mode);
    if (auto* branch = std::get_if<flow::Branch>(&data))
        for (std::size_t i = 0, n = upTo(rng, 4) + 1; i < n; ++i)
            branch->options.push_back({"way " + std::to_string(i), {"k" + std::to_string(i)}});
    if (auto* branch = std::get_if<flow::KeyBranch>(&data))
        for (std::size_t i = 0, n = upTo(rng, 4) + 1; i < n; ++i)
            branch->options.push_back({"way " + std::to_string(i), std::to_string(i)});
    return data;
}

flow::Point somePlace(std::mt19937& rng) {
    std::uniform_real_distribution<double> along(-2000, 2000);
    return {std::round(along(rng)), std::round(along(rng))};
}

/// A random edit through the document's own functions, the impossible ones included.
void edit(Document& document, std::mt19937& rng) {
    const Graph& graph = document.graph();
    const auto node = [&] {
        return graph.nodes.empty() || upTo(rng, 20) == 0 ? NodeId{999} : graph.nodes[upTo(rng, graph.nodes.size())].id;
    };
    const auto port = [&](NodeId id) -> std::string {
        const auto* one = flow::find(graph, id);
        const auto outputs = one != nullptr ? flow::outputs(one->data) : std::vector<flow::Output>{};
        return outputs.empty() ? "nowhere" : outputs[upTo(rng, outputs.size())].name;
    };
    const auto edge = [&] {
        return graph.edges.empty() ? Edge{node(), "next", node()} : graph.edges[upTo(rng, graph.edges.size())];
    };
    const auto part = [&] {
        Part chosen;
        for (std::size_t i = 0, n = upTo(rng, 4); i < n; ++i)
            chosen.nodes.push_back(node());
        if (upTo(rng, 2) == 0)
            chosen.edges.push_back(edge());
        return chosen;
    };
    switch (upTo(rng, 11)) {
    case 0:
        document.addNode(someNode(graph.mode, rng), QStringLiteral("节点"), somePlace(rng));
        break;
    case 1: {
        const NodeId from = node();
        document.addBehind(from, port(from), someNode(graph.mode, rng), {}, somePlace(rng));
        break;
    }
    case 2:
        document.addInto(edge(), someNode(graph.mode, rng), {}, somePlace(rng));
        break;
    case 3:
        document.putInto(edge(), node(), somePlace(rng));
        break;
    case 4:
        document.remove(part());
        break;
    case 5: {
        std::vector<Place> places;
        for (std::size_t i = 0, n = upTo(rng, 5); i < n; ++i)
            places.push_back({node(), somePlace(rng)});
        document.move(places, upTo(rng, 2) == 0 ? QStringLiteral("nudge") : QString());
        break;
    }
    case 6:
    case 7: {
        const auto* one = flow::find(graph, node());
        if (one == nullptr)
            break;
        auto data = one->data;
        if (auto* branch = std::get_if<flow::Branch>(&data)) {
            if (!branch->options.empty() && upTo(rng, 3) == 0)
                branch->options.erase(branch->options.begin() +
                                      static_cast<std::ptrdiff_t>(upTo(rng, branch->options.size())));
            else if (!branch->options.empty() && upTo(rng, 2) == 0)
                branch->options[upTo(rng, branch->options.size())].name += "x";
            else
                branch->options.push_back({"new " + std::to_string(rng() % 7), {"n"}});
            std::shuffle(branch->options.begin(), branch->options.end(), rng);
        }
        document.change(one->id, QString::number(rng() % 9), std::move(data),
                        upTo(rng, 2) == 0 ? QStringLiteral("label") : QString());
        break;
    }
    case 8: {
        const NodeId from = node();
        document.connectNodes({from, port(from), node()});
        break;
    }
    case 9:
        document.paste(copy(graph, part()), somePlace(rng));
        break;
    default:
        if (upTo(rng, 4) == 0)
            document.arrange();
        else
            document.endStep();
    }
}

Graph chain(std::size_t length) {
    Graph graph;
    graph.nodes.push_back({NodeId{1}, "", {}, flow::Start{}});
    for (std::size_t i = 2; i <= length; ++i) {
        graph.nodes.push_back({NodeId{std::int64_t(i)}, "", {}, flow::Message{"m"}});
        graph.edges.push_back({NodeId{std::int64_t(i - 1)}, "next", NodeId{std::int64_t(i)}});
    }
    return graph;
}

Graph fork() {
    Graph graph;
    graph.nodes.push_back({NodeId{1}, "start", {40, 60}, flow::Start{}});
    graph.nodes.push_back(
        {NodeId{2}, "which", {}, flow::Branch{"?", "again", {{"one", {"1"}}, {"two", {"2"}}, {"three", {"3"}}}}});
    for (std::int64_t i = 3; i <= 5; ++i)
        graph.nodes.push_back({NodeId{i}, "say", {}, flow::Message{"m"}});
    graph.nodes.push_back({NodeId{6}, "end", {}, flow::End{}});
    graph.edges = {{NodeId{1}, "next", NodeId{2}},  {NodeId{2}, "one", NodeId{3}},  {NodeId{2}, "two", NodeId{4}},
                   {NodeId{2}, "three", NodeId{5}}, {NodeId{3}, "next", NodeId{6}}, {NodeId{4}, "next", NodeId{6}},
                   {NodeId{5}, "next", NodeId{2}}};
    return graph;
}

flow::Point at(const std::vector<Place>& places, std::int64_t node) {
    for (const auto& place : places)
        if (place.node == NodeId{node})
            return place.at;
    return {-1e9, -1e9};
}

} // namespace

class DocumentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyEditIsUndoneAndDoneAgain_data() {
        QTest::addColumn<int>("mode");
        QTest::newRow("chat") << int(Mode::Chat);
        QTest::newRow("all-media") << int(Mode::AllMedia);
        QTest::newRow("phone") << int(Mode::Phone);
    }

    void everyEditIsUndoneAndDoneAgain() {
        QFETCH(int, mode);
        for (unsigned seed = 0; seed < 60; ++seed) {
            std::mt19937 rng(seed);
            Graph empty;
            empty.mode = Mode(mode);
            Document document(empty);
            std::vector<Graph> states{document.graph()};
            for (int i = 0; i < 150; ++i) {
                const int before = document.history().index();
                edit(document, rng);
                if (document.history().index() == before)
                    states.back() = document.graph(); // nothing, or one step with the last
                else
                    states.push_back(document.graph());
            }
            QCOMPARE(std::size_t(document.history().count()), states.size() - 1);
            for (std::size_t i = states.size(); i-- > 0;) {
                QVERIFY2(document.graph() == states[i], qPrintable(QStringLiteral("undo, seed %1").arg(seed)));
                document.history().undo();
            }
            for (const auto& state : states) {
                QVERIFY2(document.graph() == state, qPrintable(QStringLiteral("redo, seed %1").arg(seed)));
                document.history().redo();
            }
            const auto read = flow::parseJson(flow::toJson(document.graph()));
            QVERIFY(read);
            QVERIFY(*read == document.graph());
        }
    }

    /// Whoever draws along hears every change, forwards and backwards, and ends with the same graph.
    void aListenerCanFollow() {
        Document document(Graph{});
        Graph mirror;
        connect(&document, &Document::changed, this, [&](const Change& change, bool undone) {
            if (undone)
                revert(mirror, change);
            else
                apply(mirror, change);
        });
        std::mt19937 rng(7);
        for (int i = 0; i < 2000; ++i) {
            if (i % 5 == 4)
                document.history().undo();
            else if (i % 7 == 6)
                document.history().redo();
            else
                edit(document, rng);
            QVERIFY(mirror == document.graph());
        }
    }

    void whatIsTypedIsOneStep() {
        Document document(chain(2));
        const auto type = [&](const char* text, const QString& key) {
            QVERIFY(document.change(NodeId{2}, QString::fromUtf8(text), flow::Message{"m"}, key));
        };
        type("H", "label");
        type("Hi", "label");
        type("Hi!", "label");
        QCOMPARE(document.history().count(), 1);
        document.endStep();
        type("Hi!?", "label");
        QCOMPARE(document.history().count(), 2);
        document.history().undo();
        QCOMPARE(document.graph().nodes[1].label, std::string("Hi!"));
        document.history().undo();
        QCOMPARE(document.graph(), chain(2));
        document.history().redo();
        type("Ho", "label"); // what was undone is not written into
        QCOMPARE(document.history().count(), 2);
    }

    void edgesFollowTheirBranch() {
        Document document(fork());
        auto branch = std::get<flow::Branch>(document.graph().nodes[1].data);
        const auto leadsTo = [&](const std::string& port) {
            for (const auto& edge : document.graph().edges)
                if (edge.from == NodeId{2} && edge.port == port)
                    return int(edge.to.value);
            return 0;
        };
        branch.options[0].name = "uno";
        QVERIFY(document.change(NodeId{2}, {}, branch));
        QCOMPARE(leadsTo("uno"), 3);
        std::swap(branch.options[0], branch.options[2]);
        QVERIFY(document.change(NodeId{2}, {}, branch));
        QCOMPARE(leadsTo("uno"), 3);
        QCOMPARE(leadsTo("three"), 5);
        branch.options.erase(branch.options.begin() + 1);
        QVERIFY(document.change(NodeId{2}, {}, branch));
        QCOMPARE(leadsTo("two"), 0);
        QCOMPARE(leadsTo("uno"), 3);
        branch.options[0].name = branch.options[1].name;
        QVERIFY(!document.change(NodeId{2}, {}, branch));
        branch.options[0].name.clear();
        QVERIFY(!document.change(NodeId{2}, {}, branch));
        QVERIFY(!document.change(NodeId{2}, {}, flow::Message{}));
    }

    void connections() {
        Document document(fork());
        QVERIFY(!document.connectNodes({NodeId{3}, "next", NodeId{1}})); // into the start
        QVERIFY(!document.connectNodes({NodeId{3}, "no", NodeId{4}}));
        QVERIFY(!document.connectNodes({NodeId{3}, "next", NodeId{6}})); // as it is
        QVERIFY(document.connectNodes({NodeId{3}, "next", NodeId{4}}));
        QCOMPARE(document.graph().edges.size(), std::size_t(7)); // the other was cut
        const NodeId into = document.addInto({NodeId{1}, "next", NodeId{2}}, flow::Message{}, {}, {});
        QVERIFY(into);
        const auto has = [&](const Edge& edge) {
            return std::count(document.graph().edges.begin(), document.graph().edges.end(), edge) == 1;
        };
        QVERIFY(has({NodeId{1}, "next", into}));
        QVERIFY(has({into, "next", NodeId{2}}));
        QVERIFY(!document.putInto({NodeId{4}, "next", NodeId{6}}, into, {})); // it has edges of its own
        QVERIFY(!document.addNode(flow::Start{}, {}, {}));
        QVERIFY(!document.addNode(flow::Play{}, {}, {}));
    }

    void readOnlyChangesNothing() {
        Document document(fork());
        document.setReadOnly(true);
        std::mt19937 rng(3);
        for (int i = 0; i < 300; ++i)
            edit(document, rng);
        QVERIFY(document.graph() == fork());
    }

    void problemsFollow() {
        Document document(fork());
        QVERIFY(document.problems().empty());
        QSignalSpy told(&document, &Document::problemsChanged);
        document.remove({{}, {{NodeId{3}, "next", NodeId{6}}}});
        QVERIFY(told.wait());
        QCOMPARE(document.problems().size(), std::size_t(1));
        QCOMPARE(document.problems()[0].code, std::string("output_unconnected"));
        document.history().undo();
        QVERIFY(told.wait());
        QVERIFY(document.problems().empty());
    }

    void arrangedKeepsOrderAndCoversNothing() {
        for (unsigned seed = 0; seed < 80; ++seed) {
            std::mt19937 rng(seed);
            Document document(Graph{});
            for (int i = 0; i < 120; ++i)
                edit(document, rng);
            const Graph before = document.graph();
            const auto places = arranged(before);
            QCOMPARE(places.size(), before.nodes.size());
            Graph after = before;
            move(after, places);
            for (std::size_t a = 0; a < after.nodes.size(); ++a)
                for (std::size_t b = a + 1; b < after.nodes.size(); ++b) {
                    const Rect left = rectOf(after.nodes[a]);
                    const Rect right = rectOf(after.nodes[b]);
                    QVERIFY2(!left.meets(right), qPrintable(QString::number(seed)));
                    if (left.x == right.x && before.nodes[a].position.y < before.nodes[b].position.y)
                        QVERIFY(left.y < right.y);
                }
            Graph twice = after;
            move(twice, arranged(after));
            QVERIFY2(std::equal(twice.nodes.begin(), twice.nodes.end(), after.nodes.begin(),
                                [](const auto& x, const auto& y) {
                                    return std::abs(x.position.x - y.position.x) < 1 &&
                                           std::abs(x.position.y - y.position.y) < 1;
                                }),
                     qPrintable(QString::number(seed))); // arranged again it stays
        }
    }

    void arrangedReadsFromLeftToRight() {
        const auto places = arranged(fork());
        QCOMPARE(at(places, 1).x, 40.0);
        QCOMPARE(at(places, 1).y, 60.0);
        QVERIFY(at(places, 1).x < at(places, 2).x);
        for (const int node : {3, 4, 5})
            QCOMPARE(at(places, node).x, at(places, 2).x + kNodeWidth + 100);
        QVERIFY(at(places, 3).y < at(places, 4).y);
        QVERIFY(at(places, 4).y < at(places, 5).y); // its way back to the branch closes a loop and counts for nothing
        QVERIFY(at(places, 6).x > at(places, 5).x);
    }

    void theKeyboardGoesAlongTheFlow() {
        std::vector<int> order;
        for (const NodeId node : walk(fork()))
            order.push_back(int(node.value));
        QCOMPARE(order, (std::vector<int>{1, 2, 3, 6, 4, 5}));
        QCOMPARE(walk(chain(5000)).size(), std::size_t(5000));
    }

    void aFreePlaceCoversNobody() {
        Graph graph = fork(); // five of them at one place
        const Size size = sizeOf(flow::Message{});
        const auto place = freePlace(graph, size, {10, 10});
        for (const auto& node : graph.nodes)
            QVERIFY(!rectOf(node).meets({place.x, place.y, size.width, size.height}));
    }
};

static const cb::test::Add<DocumentTest> addedDocumentTest;

} // namespace cb::floweditor

#include "document_test.moc"
