#include "tests/shared/flow/json_cases.h"

#include "shared/flow/limits.h"

namespace cb::test {

using namespace cb::flow;

std::string documentOf(const std::string& nodes, const std::string& edges) {
    return R"({"schema":1,"mode":"chat","nodes":)" + nodes + R"(,"edges":)" + edges + "}";
}

std::vector<JsonCase> brokenDocuments() {
    return {
        {"{", "flow_bad_json byte 2"},
        {"[]", "flow_bad_json byte 0"},
        {"{\"schema\":1,\"mode\":\"\xFF\"}", "flow_bad_json byte 21"},
        {"{}", "flow_bad_schema schema"},
        {R"({"schema":0})", "flow_bad_schema schema"},
        {R"({"schema":"1"})", "flow_bad_schema schema"},
        {R"({"schema":2})", "flow_newer_schema schema"},
        {R"({"schema":18446744073709551615})", "flow_newer_schema schema"},
        {R"({"schema":1})", "flow_bad_mode mode"},
        {R"({"schema":1,"mode":"fax"})", "flow_bad_mode mode"},
        {documentOf("{}"), "flow_bad_json nodes"},
        {documentOf("[1]"), "flow_bad_json nodes[0]"},
        {documentOf(R"([{"type":"end"}])"), "flow_bad_node nodes[0]"},
        {documentOf(R"([{"id":1,"type":"fax"}])"), "flow_bad_node nodes[0]"},
        {documentOf(R"([{"id":1,"type":"end"},{"id":1,"type":"end"}])"), "flow_bad_node nodes[1]"},
        {documentOf("[]", R"([{"from":1,"port":2,"to":3}])"), "flow_bad_json edges[0].port"},
    };
}

std::vector<JsonCase> brokenFields() {
    const auto node = [](const std::string& fields) { return documentOf("[{\"id\":1," + fields + "}]"); };
    return {
        {node(R"("type":"message","text":5)"), "flow_bad_json nodes[0].text"},
        {node(R"("type":"message","x":"left")"), "flow_bad_json nodes[0].x"},
        {node(R"("type":"message","x":1e9)"), "flow_bad_value nodes[0].x"},
        {node(R"("type":"message","x":1e999)"), "flow_bad_json "},
        {node(R"("type":"branch","options":[{"name":"a","keywords":["b",1]}])"),
         "flow_bad_json nodes[0].options[0].keywords[1]"},
        {node(R"("type":"key_branch","timeout":1.5)"), "flow_bad_json nodes[0].timeout"},
        {node(R"("type":"key_branch","max_errors":3000000000)"), "flow_bad_value nodes[0].max_errors"},
        {node(R"("type":"key_branch","max_errors":18446744073709551615)"), "flow_bad_value nodes[0].max_errors"},
        {node(R"("type":"play","sound":{"source":"radio"})"), "flow_bad_value nodes[0].sound"},
        {node(R"("type":"transfer","group":-1)"), "flow_bad_value nodes[0].group"},
        {node(R"("type":"end")"), "ok"},
    };
}

std::vector<JsonCase> oversized() {
    std::string nodes = "[{}";
    for (std::size_t i = 0; i < kMaxNodes; ++i)
        nodes += ",{}";
    const auto message = [](const std::string& text) {
        return documentOf(R"([{"id":1,"type":"message","text":")" + text + "\"}]");
    };
    return {
        {std::string(kMaxBytes + 1, ' '), "flow_too_large "},
        {documentOf(std::string(100'000, '[')), "flow_too_large byte 49"},
        {message(std::string(kMaxTextBytes, 'x')), "ok"},
        {message(std::string(kMaxTextBytes + 1, 'x')), "flow_too_large nodes[0].text"},
        {documentOf(nodes + "]"), "flow_too_large nodes"},
        {message("[[[[[[[[[[[[[[[[[[[[[\\\"[["), "ok"},
    };
}

std::string documentFromTheFuture() {
    return documentOf(R"([{"id":7,"type":"key_branch","colour":"red","timeout_prompt":null,
                           "prompt":{"source":"speech","text":"hi","x":1}}])",
                      R"([],"future":[{}])");
}

} // namespace cb::test
