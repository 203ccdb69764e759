#include "shared/flowtest/flow_test.h"

#include <cstdlib>

/// Any bytes: a Result, never a crash; what was read is written and read back equal, and can be played.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cb;
    const auto tests = flowtest::parseTests({reinterpret_cast<const char*>(data), size});
    if (!tests)
        return 0;
    const auto again = flowtest::parseTests(flowtest::toJson(*tests));
    if (again ? !(*again == *tests) : again.error().code != "flow_tests_too_many")
        std::abort();
    flow::Graph graph;
    graph.nodes = {{flow::NodeId{1}, "start", {}, flow::Start{}},
                   {flow::NodeId{2}, "menu", {}, flow::Branch{"?", "again", {{"one", {"1"}}, {"two", {"2"}}}}},
                   {flow::NodeId{3}, "human", {}, flow::Transfer{flow::GroupId{1}, "q", "f", "s", {}}},
                   {flow::NodeId{4}, "end", {}, flow::End{base::Seconds{60}, "silent", "bye"}}};
    graph.edges = {{flow::NodeId{1}, "next", flow::NodeId{2}},
                   {flow::NodeId{2}, "one", flow::NodeId{2}},
                   {flow::NodeId{2}, "two", flow::NodeId{3}},
                   {flow::NodeId{3}, "served", flow::NodeId{4}}};
    for (const auto& test : *tests) {
        const auto verdict = flowtest::run(graph, test);
        if (verdict.passed != verdict.code.empty())
            std::abort();
    }
    return 0;
}
