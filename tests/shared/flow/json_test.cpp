#include "tests/support/suite.h" // first: moc cannot read <compare> before Qt

#include "shared/flow/json.h"

#include "shared/flow/upgrade_p.h"
#include "tests/shared/flow/json_cases.h"
#include "tests/support/sample_flows.h"

#include <fstream>
#include <sstream>

using namespace cb;
using namespace cb::flow;
using Json = nlohmann::json;

namespace {

/// "code at", or "ok".
std::string outcome(std::string_view text) {
    const auto graph = parseJson(text);
    return graph ? "ok" : graph.error().code + " " + graph.error().params.at("at");
}

void compare(const std::vector<test::JsonCase>& cases) {
    for (const test::JsonCase& each : cases)
        QCOMPARE(outcome(each.document), each.expected);
}

} // namespace

class JsonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void completeFlowsComeBackEqual() {
        for (const Graph& graph : {test::sampleChat(), test::samplePhone(), test::longChat(500), Graph{}}) {
            for (const Layout layout : {Layout::Compact, Layout::Pretty}) {
                const auto back = parseJson(toJson(graph, layout));
                QVERIFY2(back.ok(), back ? "" : back.error().detail.c_str());
                QVERIFY(*back == graph);
            }
        }
    }
    /// Documents as each schema wrote them. A released one never changes: it must read as it always did.
    void releasedDocumentsRead() {
        const auto file = [](const char* name) {
            std::ifstream stream(std::string(CLOUDBELL_TEST_DATA "/flow/documents/") + name);
            std::ostringstream text;
            text << stream.rdbuf();
            return text.str();
        };
        const std::string chat = file("schema1_chat.json");
        const std::string phone = file("schema1_phone.json");
        QVERIFY(parseJson(chat).valueOr(Graph{}) == test::sampleChat());
        QVERIFY(parseJson(phone).valueOr(Graph{}) == test::samplePhone());
        QCOMPARE(toJson(test::sampleChat(), Layout::Pretty) + "\n", chat);
        QCOMPARE(toJson(test::samplePhone(), Layout::Pretty) + "\n", phone);
    }
    void wildFlowsComeBackEqual() {
        const int runs = cb::test::isFull() ? 200'000 : 3'000;
        for (int seed = 0; seed < runs; ++seed) {
            const Graph graph = test::WildFlow(static_cast<std::uint64_t>(seed)).make(20);
            const std::string json = toJson(graph);
            const auto back = parseJson(json);
            QVERIFY2(back.ok(), json.c_str());
            QVERIFY2(*back == graph, json.c_str());
            QCOMPARE(toJson(*back), json);
        }
    }
    void unknownFieldsAreIgnoredAndMissingOnesDefault() {
        const auto graph = parseJson(test::documentFromTheFuture());
        KeyBranch expected;
        expected.prompt = test::speech("hi");
        QVERIFY(graph.ok());
        QVERIFY(graph->nodes.at(0).data == NodeData(expected));
    }
    void brokenDocumentsSayWhere() { compare(test::brokenDocuments()); }
    void brokenFieldsSayWhere() { compare(test::brokenFields()); }
    void sizeIsBounded() { compare(test::oversized()); }
    void everyPrefixAndEveryDamageIsSurvived() {
        const std::string json = toJson(test::samplePhone());
        base::Random random(7);
        for (std::size_t size = 0; size < json.size(); ++size) {
            QVERIFY(!parseJson(std::string_view(json).substr(0, size)));
            std::string damaged = json;
            damaged[size] = static_cast<char>(random.next());
            if (const auto graph = parseJson(damaged))
                QVERIFY(parseJson(toJson(*graph)).ok());
        }
    }
    void oldDocumentsClimbTheTable() {
        const std::vector<Upgrade> table{
            {1, [](Json& document) { document["trail"].push_back(1); }},
            {2, [](Json& document) { document["trail"].push_back(2); }},
        };
        Json document{{"schema", 1}};
        QVERIFY(upgrade(document, table, 3).ok());
        QVERIFY(document == Json({{"schema", 3}, {"trail", {1, 2}}}));

        Json middle{{"schema", 2}};
        QVERIFY(upgrade(middle, table, 3).ok());
        QVERIFY(middle == Json({{"schema", 3}, {"trail", {2}}}));

        Json gap{{"schema", 1}};
        QCOMPARE(upgrade(gap, {table[1]}, 3).error().code, std::string("flow_bad_schema"));
        Json newer{{"schema", 4}};
        QCOMPARE(upgrade(newer, table, 3).error().code, std::string("flow_newer_schema"));
        QCOMPARE(upgrades().size(), static_cast<std::size_t>(kSchema - 1));
    }
};

static const cb::test::Add<JsonTest> addedJsonTest;
#include "json_test.moc"
