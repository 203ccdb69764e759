#include "tests/support/suite.h" // first: moc cannot read <compare> before Qt

#include "shared/flow/validate.h"

#include "shared/flow/limits.h"
#include "tests/support/sample_flows.h"

#include <algorithm>

using namespace cb;
using namespace cb::flow;

namespace {

std::string describe(const std::vector<Problem>& problems) {
    std::string result;
    for (const Problem& problem : problems) {
        result += (result.empty() ? "" : "; ") + std::to_string(problem.node.value) + " " + problem.code;
        for (const auto& [key, value] : problem.params)
            result += " " + key + "=" + value;
    }
    return result;
}

template <class T>
T& data(Graph& graph, std::int64_t id) {
    return std::get<T>(find(graph, NodeId{id})->data);
}

void cut(Graph& graph, std::int64_t from, std::string_view port) {
    std::erase_if(graph.edges, [&](const Edge& edge) { return edge.from == NodeId{from} && edge.port == port; });
}

void lead(Graph& graph, std::int64_t from, const char* port, std::int64_t to) {
    cut(graph, from, port);
    graph.edges.push_back({NodeId{from}, port, NodeId{to}});
}

using Change = std::function<void(Graph&)>;

std::string after(Graph graph, const Change& change) {
    change(graph);
    return describe(validate(graph, test::sampleContext()));
}
std::string chat(const Change& change) {
    return after(test::sampleChat(), change);
}
std::string phone(const Change& change) {
    return after(test::samplePhone(), change);
}

#define EXPECT(actual, expected) QCOMPARE(QString::fromStdString(actual), QString::fromUtf8(expected))

} // namespace

class ValidateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void completeFlowsHaveNoProblems() {
        EXPECT(chat([](Graph&) {}), "");
        EXPECT(phone([](Graph&) {}), "");
        EXPECT(after(test::longChat(1'000), [](Graph&) {}), "");
        EXPECT(chat([](Graph& g) { cut(g, 5, "failed"); }), "8 unreachable; 9 unreachable");
        EXPECT(chat([](Graph& g) {
                   g.mode = Mode::AllMedia;
                   data<Transfer>(g, 5).group = GroupId{2};
               }),
               "");
    }
    void startsAndEnds() {
        EXPECT(after(Graph{}, [](Graph&) {}), "0 no_start; 0 no_end");
        EXPECT(chat([](Graph& g) { g.nodes.erase(g.nodes.begin()); }), "0 no_start; 0 edge_from_unknown_node from=1");
        EXPECT(chat([](Graph& g) {
                   g.nodes.push_back({NodeId{20}, "", {}, Start{}});
                   lead(g, 20, "next", 2);
               }),
               "20 several_starts");
        EXPECT(chat([](Graph& g) {
                   g.nodes.resize(8);
                   g.nodes.erase(g.nodes.begin() + 6);
                   lead(g, 6, "next", 3);
                   lead(g, 8, "next", 3);
               }),
               "0 no_end; 5 served_path at=3");
        EXPECT(chat([](Graph& g) { lead(g, 4, "next", 1); }), "1 edge_into_start from=4");
    }
    void edges() {
        EXPECT(chat([](Graph& g) { cut(g, 2, "next"); }),
               "2 output_unconnected port=next; 3 unreachable; 4 unreachable; 5 unreachable; 6 unreachable; 7 "
               "unreachable; "
               "8 unreachable; 9 unreachable");
        EXPECT(chat([](Graph& g) { cut(g, 3, "产品"); }), "3 output_unconnected port=产品; 4 unreachable");
        EXPECT(chat([](Graph& g) { cut(g, 5, "served"); }),
               "5 output_unconnected port=served; 6 unreachable; 7 unreachable");
        EXPECT(chat([](Graph& g) { g.edges.push_back({NodeId{3}, "产品", NodeId{5}}); }), "3 several_edges port=产品");
        EXPECT(chat([](Graph& g) {
                   g.edges.push_back({NodeId{3}, "价格", NodeId{5}});
               }),
               "3 edge_unknown_port port=价格");
        EXPECT(chat([](Graph& g) {
                   g.edges.push_back({NodeId{7}, "next", NodeId{1}});
               }),
               "7 edge_unknown_port port=next");
        EXPECT(chat([](Graph& g) { lead(g, 4, "next", 99); }), "4 edge_to_unknown_node port=next to=99");
        EXPECT(chat([](Graph& g) { lead(g, 99, "next", 4); }), "0 edge_from_unknown_node from=99");
        EXPECT(chat([](Graph& g) { g.nodes.push_back(g.nodes[8]); }), "9 duplicate_id; 9 unreachable");
    }
    void cyclesNeedABranch() {
        EXPECT(chat([](Graph& g) { lead(g, 8, "next", 5); }), "5 cycle_without_branch nodes=5,8; 9 unreachable");
        EXPECT(chat([](Graph& g) { lead(g, 8, "next", 8); }),
               "8 end_unreachable; 8 cycle_without_branch nodes=8; 9 unreachable");
        EXPECT(chat([](Graph& g) { lead(g, 8, "next", 3); }), "9 unreachable");
        EXPECT(chat([](Graph& g) {
                   g.nodes.push_back({NodeId{10}, "a", {}, Message{"a"}});
                   g.nodes.push_back({NodeId{11}, "b", {}, Message{"b"}});
                   lead(g, 6, "next", 11);
                   lead(g, 11, "next", 10);
                   lead(g, 10, "next", 6);
               }),
               "6 end_unreachable; 6 cycle_without_branch nodes=6,10,11; 7 unreachable; 10 end_unreachable; 11 "
               "end_unreachable");
    }
    void servedLeadsThroughMessagesToAnEnd() {
        EXPECT(chat([](Graph& g) { lead(g, 6, "next", 3); }), "5 served_path at=3; 7 unreachable");
        EXPECT(chat([](Graph& g) { lead(g, 5, "served", 7); }), "6 unreachable");
        EXPECT(phone([](Graph& g) { lead(g, 6, "next", 3); }), "5 served_path at=3");
    }
    void longServedPathsAreLinear() {
        Graph graph = test::sampleChat();
        const NodeData transfer = find(graph, NodeId{5})->data;
        for (std::int64_t id = 100; id < 2'400; ++id) {
            graph.nodes.push_back({NodeId{id}, "m", {}, Message{"m"}});
            lead(graph, id, "next", id == 2'399 ? 3 : id + 1);
        }
        for (std::int64_t id = 3'000; id < 5'000; ++id) {
            graph.nodes.push_back({NodeId{id}, "t", {}, transfer});
            graph.edges.push_back({NodeId{id}, "served", NodeId{100}});
        }
        const auto problems = validate(graph, test::sampleContext());
        QCOMPARE(
            std::count_if(problems.begin(), problems.end(), [](const Problem& p) { return p.code == "served_path"; }),
            2'000);
    }
    void keywords() {
        EXPECT(chat([](Graph& g) { data<Branch>(g, 3).options[1].keywords.push_back(" PRODUCT　"); }),
               "3 duplicate_keyword keyword= PRODUCT　");
        EXPECT(chat([](Graph& g) { data<Branch>(g, 3).options[1].keywords.push_back("agent"); }),
               "3 duplicate_keyword keyword=agent");
        EXPECT(chat([](Graph& g) { data<Branch>(g, 3).options[1].keywords[0] = " "; }),
               "3 required field=options[1].keywords[0]");
        EXPECT(chat([](Graph& g) { data<Branch>(g, 3).options[1].keywords[0] = "\u00AD"; }),
               "3 required field=options[1].keywords[0]");
        EXPECT(chat([](Graph& g) { data<Branch>(g, 3).options[0].keywords.clear(); }),
               "3 branch_without_keywords port=产品");
        EXPECT(chat([](Graph& g) {
                   data<Branch>(g, 3).options[1].name = "产品";
                   cut(g, 3, "人工");
                   cut(g, 3, "产品");
                   lead(g, 3, "产品", 5);
               }),
               "3 duplicate_branch port=产品; 4 unreachable");
        EXPECT(chat([](Graph& g) {
                   data<Branch>(g, 3).options.clear();
                   cut(g, 3, "人工");
                   cut(g, 3, "产品");
                   lead(g, 2, "next", 5);
                   lead(g, 8, "next", 3);
                   lead(g, 3, "", 9);
               }),
               "3 no_branches; 3 edge_unknown_port port=; 4 unreachable; 9 unreachable");
    }
    void keys() {
        EXPECT(phone([](Graph& g) { data<KeyBranch>(g, 3).options[1].keys = "01"; }), "3 duplicate_key key=1");
        EXPECT(phone([](Graph& g) { data<KeyBranch>(g, 3).options[1].keys = "0A"; }), "3 bad_key key=0A");
        EXPECT(phone([](Graph& g) { data<KeyBranch>(g, 3).options[1].keys = ""; }),
               "3 branch_without_keywords port=agent");
    }
    void texts() {
        EXPECT(chat([](Graph& g) { data<Message>(g, 2).text = " \n"; }), "2 required field=text");
        EXPECT(chat([](Graph& g) { data<Message>(g, 2).text = "a\x01"; }), "2 bad_text field=text");
        EXPECT(chat([](Graph& g) { data<Message>(g, 2).text = "\xFF"; }), "2 bad_text field=text");
        EXPECT(chat([](Graph& g) {
                   data<Message>(g, 2).text.clear();
                   for (std::size_t i = 0; i < kMaxText; ++i)
                       data<Message>(g, 2).text += "字";
               }),
               "");
        EXPECT(chat([](Graph& g) { data<Message>(g, 2).text = std::string(kMaxText + 1, 'x'); }),
               "2 too_long field=text max=1000");
        EXPECT(chat([](Graph& g) { find(g, NodeId{2})->label.clear(); }), "2 required field=label");
        EXPECT(chat([](Graph& g) {
                   data<Branch>(g, 3) = {"", "", data<Branch>(g, 3).options};
               }),
               "3 required field=prompt; 3 required field=wrong_text");
        EXPECT(chat([](Graph& g) {
                   data<Transfer>(g, 5) = {GroupId{1}, "", "", "", {}};
               }),
               "5 required field=queue_text; 5 required field=failure_text; 5 required field=success_text");
        EXPECT(chat([](Graph& g) { data<End>(g, 7).silenceText.clear(); }), "7 required field=silence_text");
    }
    void ranges() {
        EXPECT(chat([](Graph& g) { data<Transfer>(g, 5).longestWait = base::Seconds{-1}; }),
               "5 out_of_range field=longest_wait max=86400 min=0");
        EXPECT(chat([](Graph& g) { data<End>(g, 7).silence = base::Seconds{86'401}; }),
               "7 out_of_range field=silence max=86400 min=0");
        EXPECT(phone([](Graph& g) {
                   data<KeyBranch>(g, 3).timeout = base::Seconds{0};
                   data<KeyBranch>(g, 3).maxErrors = 21;
               }),
               "3 out_of_range field=max_errors max=20 min=0; 3 out_of_range field=timeout max=120 min=1");
    }
    void groupsAndAudio() {
        EXPECT(chat([](Graph& g) { data<Transfer>(g, 5).group = GroupId{}; }), "5 required field=group");
        EXPECT(chat([](Graph& g) { data<Transfer>(g, 5).group = GroupId{9}; }), "5 unknown_group group=9");
        EXPECT(chat([](Graph& g) { data<Transfer>(g, 5).group = GroupId{3}; }), "5 group_wrong_mode group=3");
        EXPECT(phone([](Graph& g) { data<Play>(g, 2).sound = test::audio(9); }),
               "2 audio_not_approved audio=9 field=sound");
        EXPECT(phone([](Graph& g) { data<Play>(g, 2).sound = test::audio(0); }), "2 required field=sound.audio");
        EXPECT(phone([](Graph& g) { data<Play>(g, 2).sound = {}; }), "2 required field=sound");
        EXPECT(phone([](Graph& g) { data<Play>(g, 2).sound = test::speech(""); }), "2 required field=sound.text");
        EXPECT(phone([](Graph& g) { data<CallTransfer>(g, 5).music = AudioId{9}; }),
               "5 audio_not_approved audio=9 field=music");
        EXPECT(phone([](Graph& g) { data<CallTransfer>(g, 5) = {GroupId{3}, {}, {}, {}, {}}; }), "");
        EXPECT(phone([](Graph& g) { find(g, NodeId{2})->data = Message{"hi"}; }), "2 wrong_mode_node type=message");
    }
    void anyGraphIsSurvived() {
        const int runs = cb::test::isFull() ? 200'000 : 3'000;
        for (int seed = 0; seed < runs; ++seed) {
            const Graph graph = test::WildFlow(static_cast<std::uint64_t>(seed)).make(seed % 50 + 1);
            for (const Problem& problem : validate(graph, test::sampleContext()))
                QVERIFY(!problem.node || find(graph, problem.node));
        }
    }
    /// The two rules that guard sessions against looping, checked by brute force on small graphs.
    void loopRulesAgreeWithBruteForce() {
        const int runs = cb::test::isFull() ? 100'000 : 3'000;
        for (int seed = 0; seed < runs; ++seed) {
            const Graph graph = test::WildFlow(static_cast<std::uint64_t>(seed) + 1'000'000).make(9);
            const auto problems = validate(graph, {});
            const auto isReported = [&](NodeId node) {
                return std::any_of(problems.begin(), problems.end(), [&](const Problem& p) {
                    return p.node == node && p.code == "cycle_without_branch";
                });
            };
            bool reported = false;
            bool expected = false;
            for (const Node& node : graph.nodes) {
                reported |= isReported(node.id);
                expected |= kindOf(node.data) != Kind::Branch && returnsWithoutBranch(graph, node.id);
            }
            QCOMPARE(reported, expected);
        }
    }

private:
    static bool returnsWithoutBranch(const Graph& graph, NodeId origin) {
        std::vector<NodeId> open{origin};
        std::vector<NodeId> seen;
        while (!open.empty()) {
            const NodeId at = open.back();
            open.pop_back();
            for (const NodeId next : targets(graph, at)) {
                if (next == origin)
                    return true;
                if (kindOf(find(graph, next)->data) == Kind::Branch || std::count(seen.begin(), seen.end(), next) > 0)
                    continue;
                seen.push_back(next);
                open.push_back(next);
            }
        }
        return false;
    }

    /// The first edge of each output that leads to a node.
    static std::vector<NodeId> targets(const Graph& graph, NodeId from) {
        std::vector<NodeId> result;
        for (const Output& output : outputs(find(graph, from)->data)) {
            const auto edge = std::find_if(graph.edges.begin(), graph.edges.end(), [&](const Edge& e) {
                return e.from == from && e.port == output.name && find(graph, e.to);
            });
            if (edge != graph.edges.end())
                result.push_back(edge->to);
        }
        return result;
    }
};

static const cb::test::Add<ValidateTest> addedValidateTest;
#include "validate_test.moc"
