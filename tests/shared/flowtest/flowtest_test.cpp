#include "tests/support/suite.h"

#include "shared/base/random.h"
#include "shared/flowtest/flow_test.h"
#include "tests/support/sample_flows.h"

namespace cb::flowtest {

namespace {

flowrun::FlowPtr compiled(const flow::Graph& graph) {
    return *flowrun::compile(graph);
}

std::vector<int> pathOf(const Rehearsal& rehearsal) {
    std::vector<int> path;
    for (const auto node : recorded(rehearsal, {}, {}, {}).path)
        path.push_back(int(node.value));
    return path;
}

std::string lastSaid(const Rehearsal& rehearsal) {
    std::string text;
    for (const Line& line : rehearsal.lines())
        if (line.who == Line::Who::Flow)
            text = line.text;
    return text;
}

} // namespace

class FlowTestTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aChatFromGreetingToEnd() {
        Rehearsal rehearsal(compiled(test::sampleChat()), Agents::Busy);
        QCOMPARE(rehearsal.stage(), Stage::Reply);
        QVERIFY(rehearsal.apply(Write{"what?"}));
        QCOMPARE(pathOf(rehearsal), (std::vector<int>{1, 2, 3}));
        QVERIFY(rehearsal.apply(Write{" ＡＧＥＮＴ "}));
        QCOMPARE(rehearsal.stage(), Stage::Queued);
        QCOMPARE(lastSaid(rehearsal), std::string("前面还有 2 位。"));
        QCOMPARE(rehearsal.node(), flow::NodeId{5});
        QVERIFY(!rehearsal.apply(AgentEnds{}));
        QVERIFY(rehearsal.apply(Answer{}));
        QCOMPARE(rehearsal.stage(), Stage::Served);
        QCOMPARE(lastSaid(rehearsal), std::string("工号 1001 为您服务。"));
        QVERIFY(!rehearsal.deadline());
        QVERIFY(rehearsal.apply(AgentWrites{"hello"}));
        QVERIFY(rehearsal.deadline()); // the silence
        QVERIFY(rehearsal.apply(Write{"hi"}));
        QVERIFY(!rehearsal.deadline());
        QVERIFY(rehearsal.apply(AgentEnds{}));
        QCOMPARE(rehearsal.stage(), Stage::Ended);
        QCOMPARE(rehearsal.ended(), flowrun::EndReason::AgentEnded);
        QCOMPARE(pathOf(rehearsal), (std::vector<int>{1, 2, 3, 5, 6, 7}));
        QVERIFY(!rehearsal.apply(Write{"more"}));
    }

    void timeIsVirtual() {
        Rehearsal silent(compiled(test::sampleChat()));
        QVERIFY(silent.apply(Write{"2"}));
        QCOMPARE(silent.stage(), Stage::Served);
        QVERIFY(silent.apply(AgentWrites{"hello"}));
        QVERIFY(silent.apply(Wait{}));
        QCOMPARE(silent.ended(), flowrun::EndReason::CustomerSilent);
        QCOMPARE(silent.now(), base::Millis(60'000));

        Rehearsal waiting(compiled(test::sampleChat()), Agents::Busy);
        QVERIFY(waiting.apply(Write{"2"}));
        QVERIFY(waiting.apply(Wait{})); // the longest wait
        QCOMPARE(pathOf(waiting), (std::vector<int>{1, 2, 3, 5, 8, 9}));
        QCOMPARE(waiting.now(), base::Millis(300'000));

        Rehearsal gone(compiled(test::sampleChat()), Agents::Busy);
        QVERIFY(gone.apply(Write{"2"}));
        QVERIFY(gone.apply(SetAgents{Agents::Nobody}));
        QVERIFY(!gone.apply(Answer{}));
        QVERIFY(gone.apply(Wait{}));
        QCOMPARE(gone.now(), base::Millis(60'000));
        QCOMPARE(gone.ended(), flowrun::EndReason::FlowEnded);

        Rehearsal mute(compiled(test::sampleChat()));
        QVERIFY(mute.apply(Wait{}));
        QCOMPARE(mute.ended(), flowrun::EndReason::Abandoned);
    }

    void nobodyOnline() {
        Rehearsal rehearsal(compiled(test::sampleChat()), Agents::Nobody);
        QVERIFY(rehearsal.apply(Write{"2"}));
        QCOMPARE(lastSaid(rehearsal), std::string("请稍后再来。"));
        QCOMPARE(rehearsal.ended(), flowrun::EndReason::FlowEnded);
    }

    void aCall() {
        Rehearsal rehearsal(compiled(test::samplePhone()), Agents::Busy);
        QCOMPARE(rehearsal.stage(), Stage::Key);
        QVERIFY(!rehearsal.apply(Write{"1"}));
        QVERIFY(!rehearsal.apply(Press{'a'}));
        QVERIFY(rehearsal.apply(Press{'7'}));
        QVERIFY(rehearsal.apply(Wait{}));
        QVERIFY(rehearsal.apply(Press{'1'}));
        QCOMPARE(pathOf(rehearsal), (std::vector<int>{1, 2, 3, 4, 3}));
        QVERIFY(rehearsal.apply(Press{'*'}));
        QCOMPARE(rehearsal.stage(), Stage::Queued);
        QVERIFY(rehearsal.apply(SetAgents{Agents::Free})); // one becomes free: answers
        QCOMPARE(rehearsal.stage(), Stage::Served);
        QVERIFY(rehearsal.apply(AgentEnds{}));
        QCOMPARE(pathOf(rehearsal), (std::vector<int>{1, 2, 3, 4, 3, 5, 6, 7}));

        Rehearsal errors(compiled(test::samplePhone()));
        for (int i = 0; i < 3; ++i)
            QVERIFY(errors.apply(Wait{}));
        QCOMPARE(errors.ended(), flowrun::EndReason::HungUp);

        Rehearsal left(compiled(test::samplePhone()), Agents::Busy);
        QVERIFY(left.apply(Press{'0'}));
        QVERIFY(left.apply(Leave{}));
        QCOMPARE(left.ended(), flowrun::EndReason::Abandoned);
    }

    void aTestPassesUntilTheFlowGoesAnotherWay() {
        auto graph = test::sampleChat();
        const std::vector<Input> inputs{Write{"2"}, Answer{}, AgentWrites{"hello"}, AgentEnds{}};
        Rehearsal rehearsal(compiled(graph), Agents::Busy);
        for (const auto& input : inputs)
            QVERIFY(rehearsal.apply(input));
        const FlowTest test = recorded(rehearsal, "to an agent", Agents::Busy, inputs);
        QVERIFY(run(graph, test).passed);

        auto reworded = graph;
        std::get<flow::Message>(flow::find(reworded, flow::NodeId{2})->data).text = "Hello.";
        QVERIFY(run(reworded, test).passed);

        auto rerouted = graph;
        for (auto& edge : rerouted.edges)
            if (edge.port == "served")
                edge.to = flow::NodeId{7};
        const auto other = run(rerouted, test);
        QVERIFY(!other.passed);
        QCOMPARE(other.code, std::string("other_way"));
        QCOMPARE(other.place, std::size_t(4));
        QCOMPARE(other.expected, flow::NodeId{6});
        QCOMPARE(other.came, flow::NodeId{7});

        auto renamed = graph;
        std::get<flow::Branch>(flow::find(renamed, flow::NodeId{3})->data).options[1].keywords = {"agent"};
        QCOMPARE(run(renamed, test).code, std::string("other_way"));

        auto end = test;
        end.end = "customer_left";
        QCOMPARE(run(graph, end).code, std::string("other_end"));
        auto more = test;
        more.inputs.resize(more.inputs.size() + 1, Input(std::in_place_type<Leave>));
        QCOMPARE(run(graph, more).code, std::string("input_refused"));
        QCOMPARE(run(flow::Graph{}, test).code, std::string("flow_no_start"));
    }

    void jsonKeepsATest() {
        FlowTest test;
        test.name = "试一试 \"1\"";
        test.agents = Agents::Nobody;
        test.inputs.emplace_back(SetAgents{Agents::Busy});
        test.inputs.emplace_back(Write{"你好"});
        test.inputs.emplace_back(Press{'#'});
        test.inputs.emplace_back(Wait{});
        test.inputs.emplace_back(Answer{});
        test.inputs.emplace_back(AgentWrites{"x"});
        test.inputs.emplace_back(AgentEnds{});
        test.inputs.emplace_back(Leave{});
        test.path = {flow::NodeId{1}, flow::NodeId{9}};
        test.end = "abandoned";
        const auto read = parseTests(toJson({test, FlowTest{}}));
        QVERIFY(read);
        QCOMPARE(read->size(), std::size_t(2));
        QVERIFY(read->front() == test);
        QVERIFY(read->back() == FlowTest{});
    }

    void badJson_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("code");
        QTest::newRow("not JSON") << QByteArray("{") << "flow_tests_bad_json";
        QTest::newRow("no list") << QByteArray("{}") << "flow_tests_bad_json";
        QTest::newRow("no object") << QByteArray("[1]") << "flow_tests_bad_value";
        QTest::newRow("no name") << QByteArray(R"([{"agents":"free","inputs":[],"path":[]}])")
                                 << "flow_tests_bad_value";
        QTest::newRow("agents") << QByteArray(R"([{"name":"","agents":"none","inputs":[],"path":[]}])")
                                << "flow_tests_bad_value";
        QTest::newRow("input") << QByteArray(R"([{"name":"","agents":"free","inputs":[{"jump":true}],"path":[]}])")
                               << "flow_tests_bad_value";
        QTest::newRow("key") << QByteArray(R"([{"name":"","agents":"free","inputs":[{"press":"12"}],"path":[]}])")
                             << "flow_tests_bad_value";
        QTest::newRow("path") << QByteArray(R"([{"name":"","agents":"free","inputs":[],"path":["1"]}])")
                              << "flow_tests_bad_value";
        QTest::newRow("many") << "[" + QByteArray("{},").repeated(200) + "{}]"
                              << "flow_tests_too_many";
    }

    void badJson() {
        QFETCH(QByteArray, json);
        QFETCH(QString, code);
        const auto read = parseTests(json.toStdString());
        QVERIFY(!read);
        QCOMPARE(QString::fromStdString(read.error().code), code);
    }

    /// Any flow, any inputs: it ends or stands, time never runs back, and the same inputs go the same way.
    void wildFlows() {
        for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
            const auto graph = test::WildFlow(seed).make(30);
            const auto flow = flowrun::compile(graph);
            if (!flow)
                continue;
            base::Random random(seed);
            const auto agents = Agents(random.below(3));
            Rehearsal rehearsal(*flow, agents);
            std::vector<Input> taken;
            for (int i = 0; i < 40; ++i) {
                const Input inputs[] = {SetAgents{Agents(random.below(3))},
                                        Write{std::to_string(random.below(4))},
                                        Press{flowrun::CompiledFlow::kKeys[random.below(12)]},
                                        Wait{},
                                        Answer{},
                                        AgentWrites{"a"},
                                        AgentEnds{},
                                        Leave{}};
                const auto before = rehearsal.now();
                const auto& input = inputs[random.below(random.below(4) == 0 ? 8 : 4)];
                const auto lines = rehearsal.lines().size();
                if (rehearsal.apply(input))
                    taken.push_back(input);
                else
                    QCOMPARE(rehearsal.lines().size(), lines);
                QVERIFY(rehearsal.now() >= before);
            }
            const auto verdict = run(graph, recorded(rehearsal, "wild", agents, taken));
            QVERIFY2(verdict.passed, qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(verdict.code.c_str())));
        }
    }
};

} // namespace cb::flowtest

static const cb::test::Add<cb::flowtest::FlowTestTest> addedFlowTestTest;

CB_TEST_MAIN()

#include "flowtest_test.moc"
