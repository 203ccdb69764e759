#include "tests/support/suite.h"

#include "shared/base/random.h"
#include "shared/flowtest/history.h"
#include "tests/support/sample_flows.h"

namespace cb::flowtest {

namespace {

using What = Happening::What;

/// What the server would have recorded of this play.
History historyOf(const Rehearsal& rehearsal) {
    History history;
    for (const Line& line : rehearsal.lines()) {
        if (line.who == Line::Who::Entered)
            history.path.push_back({line.node, line.at});
        else if (line.who == Line::Who::Customer)
            history.happenings.push_back({What::CustomerWrote, line.text, line.at});
        else if (line.who == Line::Who::Agent)
            history.happenings.push_back({What::AgentWrote, line.text, line.at});
        else if (line.who == Line::Who::Queued)
            history.happenings.push_back({What::Queued, {}, line.at});
        else if (line.who == Line::Who::Served)
            history.happenings.push_back({What::Answered, {}, line.at});
        else if (line.who == Line::Who::Ended)
            history.end = line.text;
    }
    return history;
}

} // namespace

class HistoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void servedAndEndedByTheAgent() {
        const auto graph = test::sampleChat();
        Rehearsal play(*flowrun::compile(graph), Agents::Busy);
        for (const Input& input : std::vector<Input>{Write{"what?"}, Write{"agent"}, Write{"hurry"}, Answer{},
                                                     AgentWrites{"hello"}, Write{"hi"}, AgentEnds{}})
            QVERIFY(play.apply(input));
        const auto test = testOf(graph, historyOf(play), "as it was");
        QVERIFY2(test.ok(), test ? "" : test.error().code.c_str());
        QCOMPARE(test->name, std::string("as it was"));
        QVERIFY(run(graph, *test).passed);
        QCOMPARE(test->end, std::string("agent_ended"));
    }

    void nobodyWasThere() {
        const auto graph = test::sampleChat();
        Rehearsal play(*flowrun::compile(graph), Agents::Nobody);
        QVERIFY(play.apply(Write{"agent"}));
        QCOMPARE(play.stage(), Stage::Ended);
        const auto test = testOf(graph, historyOf(play), "nobody");
        QVERIFY2(test.ok(), test ? "" : test.error().code.c_str());
        QVERIFY(test->agents == Agents::Nobody);
        QVERIFY(run(graph, *test).passed);
    }

    void aNewerFlowGoesAnotherWay() {
        auto graph = test::sampleChat();
        Rehearsal play(*flowrun::compile(graph), Agents::Busy);
        QVERIFY(play.apply(Write{"agent"}));
        const auto history = historyOf(play);
        std::get<flow::Branch>(flow::find(graph, flow::NodeId{3})->data).options.pop_back();
        const auto test = testOf(graph, history, "x");
        QVERIFY(!test.ok());
        QCOMPARE(test.error().code, std::string("history_differs"));
    }

    /// Whatever is played on whatever flow, its record plays the same way again.
    void everyPlayCanBeToldAgain() {
        base::Random random(20);
        int told = 0;
        for (int round = 0; round < 400; ++round) {
            const auto graph = test::sampleChat();
            const auto began = static_cast<Agents>(random.below(3));
            Rehearsal play(*flowrun::compile(graph), began == Agents::Free ? Agents::Busy : began);
            static const std::array<std::string, 5> kWords{"1", "2", "agent", "nonsense", "人工"};
            for (int input = 0; input < 12 && play.stage() != Stage::Ended; ++input) {
                switch (random.below(8)) {
                case 0:
                    play.apply(Wait{});
                    break;
                case 1:
                    play.apply(Answer{});
                    break;
                case 2:
                    play.apply(AgentWrites{"hello"});
                    break;
                case 3:
                    if (random.oneIn(3))
                        play.apply(AgentEnds{});
                    break;
                case 4:
                    if (random.oneIn(6))
                        play.apply(Leave{});
                    break;
                default:
                    play.apply(Write{kWords[random.below(kWords.size())]});
                }
            }
            const auto test = testOf(graph, historyOf(play), "again");
            QVERIFY2(test.ok(),
                     test ? "" : (test.error().code + " " + toJson({recorded(play, "x", began, {})})).c_str());
            QVERIFY(run(graph, *test).passed);
            told += test->end.empty() ? 0 : 1;
        }
        QVERIFY(told > 50); // not only plays that never came to anything
    }
};

static const cb::test::Add<HistoryTest> addedHistoryTest;

} // namespace cb::flowtest

#include "history_test.moc"
