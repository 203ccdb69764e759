#include "tests/support/suite.h" // first: moc cannot read <compare> before Qt

#include "shared/flow/exchange.h"

#include "shared/flow/json.h"
#include "tests/support/sample_flows.h"

using namespace cb;
using namespace cb::flow;

class ExchangeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFileSaysWhatItsNumbersMean() {
        const auto graph = test::sampleChat();
        const Names names{{{GroupId{1}, "售前"}, {GroupId{2}, "not used"}}, {}};
        const auto file = toFile(graph, names);
        QVERIFY(*parseJson(file) == graph); // names are no part of the flow
        QVERIFY((namesIn(file).groups == std::map<GroupId, std::string>{{GroupId{1}, "售前"}}));
        QVERIFY(namesIn(toJson(graph)) == Names{});
        for (const char* bad : {"", "[]", "{\"names\":5}", "{\"names\":{\"groups\":[1]}}",
                                "{\"names\":{\"groups\":{\"x\":\"y\"}}}", "{\"names\":{\"groups\":{\"1\":2}}}"})
            QVERIFY2(namesIn(bad) == Names{}, bad);
    }
    void numbersBecomeThoseOfTheSameName() {
        auto graph = test::sampleChat();
        const auto taken =
            takeOver(graph, {{{GroupId{1}, "Sales"}}, {}}, {{{GroupId{1}, "Repairs"}, {GroupId{7}, "Sales"}}, {}});
        QCOMPARE(taken.lost + taken.unsure, 0);
        QVERIFY(groupsUsed(graph) == std::vector{GroupId{7}});
    }
    void whatIsNotHerePointsNowhere() {
        auto graph = test::samplePhone();
        const auto groups = groupsUsed(graph).size();
        const auto audio = audioUsed(graph).size();
        QVERIFY(groups > 0 && audio > 0);
        Names there;
        for (const auto group : groupsUsed(graph))
            there.groups[group] = "gone";
        for (const auto each : audioUsed(graph))
            there.audio[each] = "gone, too";
        const auto taken = takeOver(graph, there, {{{GroupId{3}, "Another"}}, {{AudioId{7}, "Another"}}});
        QVERIFY(taken.lost >= int(groups + audio));
        QVERIFY(groupsUsed(graph).empty() && audioUsed(graph).empty());
    }
    void aFileWithoutNamesIsNotTrusted() {
        auto graph = test::sampleChat();
        auto taken = takeOver(graph, {}, {{{GroupId{1}, "Sales"}}, {}});
        QCOMPARE(taken.lost, 0);
        QVERIFY(taken.unsure > 0);
        QVERIFY(groupsUsed(graph) == std::vector{GroupId{1}});
        taken = takeOver(graph, {}, {});
        QVERIFY(taken.lost > 0);
        QVERIFY(groupsUsed(graph).empty());
    }
};

static const cb::test::Add<ExchangeTest> addedExchangeTest;
#include "exchange_test.moc"
