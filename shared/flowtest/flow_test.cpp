#include "shared/flowtest/flow_test.h"

#include "shared/flow/limits.h"

#include <nlohmann/json.hpp>

#include <array>
#include <optional>

namespace cb::flowtest {

namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 3> kAgents{"free", "busy", "nobody"};

std::vector<flow::NodeId> pathOf(const Rehearsal& rehearsal) {
    std::vector<flow::NodeId> path;
    for (const Line& line : rehearsal.lines())
        if (line.who == Line::Who::Entered)
            path.push_back(line.node);
    return path;
}

std::string endOf(const Rehearsal& rehearsal) {
    return rehearsal.stage() == Stage::Ended ? std::string(flowrun::name(rehearsal.ended())) : std::string();
}

Json written(const Input& input) {
    struct Writer {
        Json operator()(const SetAgents& set) const {
            return {{"agents", kAgents[static_cast<std::size_t>(set.agents)]}};
        }
        Json operator()(const Write& write) const { return {{"write", write.text}}; }
        Json operator()(const Press& press) const { return {{"press", std::string(1, press.key)}}; }
        Json operator()(const Wait&) const { return {{"wait", true}}; }
        Json operator()(const Answer&) const { return {{"answer", true}}; }
        Json operator()(const AgentWrites& write) const { return {{"agent_writes", write.text}}; }
        Json operator()(const AgentEnds&) const { return {{"agent_ends", true}}; }
        Json operator()(const Leave&) const { return {{"leave", true}}; }
    };
    return std::visit(Writer{}, input);
}

/// Reads with the first error kept; after it every read gives nothing.
class Reader {
public:
    base::Result<std::vector<FlowTest>> read(const Json& root) {
        std::vector<FlowTest> tests;
        if (!root.is_array())
            return base::rejected("flow_tests_bad_json");
        if (root.size() > kMaxTests)
            return base::with(base::rejected("flow_tests_too_many"), "max", std::to_string(kMaxTests));
        for (std::size_t i = 0; i < root.size() && !m_error; ++i) {
            m_test = i;
            tests.push_back(test(root[i]));
        }
        if (m_error)
            return base::with(base::rejected("flow_tests_bad_value"), "at",
                              "[" + std::to_string(m_test) + "]." + *m_error);
        return tests;
    }

private:
    void fail(std::string at) {
        if (!m_error)
            m_error = std::move(at);
    }

    std::string text(const Json& object, const char* field, bool needed) {
        const auto found = object.find(field);
        if (found == object.end() || !found->is_string()) {
            if (needed || found != object.end())
                fail(field);
            return {};
        }
        auto value = found->get<std::string>();
        if (value.size() > flow::kMaxTextBytes)
            fail(field);
        return value;
    }

    Agents agents(const Json& object) {
        const std::string name = text(object, "agents", true);
        for (std::size_t i = 0; i < kAgents.size(); ++i)
            if (name == kAgents[i])
                return static_cast<Agents>(i);
        fail("agents");
        return Agents::Free;
    }

    Input input(const Json& one) {
        if (!one.is_object() || one.size() != 1) {
            fail("inputs");
            return Wait{};
        }
        const std::string key = one.begin().key();
        if (key == "agents")
            return SetAgents{agents(one)};
        if (key == "write")
            return Write{text(one, "write", true)};
        if (key == "agent_writes")
            return AgentWrites{text(one, "agent_writes", true)};
        if (key == "press") {
            const std::string pressed = text(one, "press", true);
            if (pressed.size() == 1)
                return Press{pressed.front()};
        } else if (one.begin()->is_boolean()) {
            if (key == "wait")
                return Wait{};
            if (key == "answer")
                return Answer{};
            if (key == "agent_ends")
                return AgentEnds{};
            if (key == "leave")
                return Leave{};
        }
        fail("inputs");
        return Wait{};
    }

    const Json& list(const Json& object, const char* field, std::size_t most) {
        static const Json none = Json::array();
        const auto found = object.find(field);
        if (found != object.end() && found->is_array() && found->size() <= most)
            return *found;
        fail(field);
        return none;
    }

    FlowTest test(const Json& object) {
        FlowTest result;
        if (!object.is_object()) {
            fail("");
            return result;
        }
        result.name = text(object, "name", true);
        result.agents = agents(object);
        for (const Json& one : list(object, "inputs", kMaxInputs))
            result.inputs.push_back(input(one));
        for (const Json& node : list(object, "path", kMaxPath)) {
            if (!node.is_number_integer() || node.get<std::int64_t>() < 1)
                fail("path");
            else
                result.path.emplace_back(node.get<std::int64_t>());
        }
        result.end = text(object, "end", false);
        return result;
    }

    std::size_t m_test = 0;
    std::optional<std::string> m_error;
};

} // namespace

FlowTest recorded(const Rehearsal& rehearsal, std::string name, Agents agents, std::vector<Input> inputs) {
    return {std::move(name), agents, std::move(inputs), pathOf(rehearsal), endOf(rehearsal)};
}

Verdict run(const flow::Graph& graph, const FlowTest& test) {
    Verdict verdict;
    const auto flow = flowrun::compile(graph);
    if (!flow) {
        verdict.code = flow.error().code;
        return verdict;
    }
    Rehearsal rehearsal(*flow, test.agents);
    std::size_t refused = test.inputs.size();
    for (std::size_t i = 0; i < test.inputs.size() && refused == test.inputs.size(); ++i)
        if (!rehearsal.apply(test.inputs[i]))
            refused = i;
    const auto path = pathOf(rehearsal);
    for (std::size_t i = 0; i < std::max(path.size(), test.path.size()); ++i) {
        const auto expected = i < test.path.size() ? test.path[i] : flow::NodeId{};
        const auto came = i < path.size() ? path[i] : flow::NodeId{};
        if (expected == came)
            continue;
        verdict.code = "other_way";
        verdict.place = i;
        verdict.expected = expected;
        verdict.came = came;
        return verdict;
    }
    if (refused < test.inputs.size()) {
        verdict.code = "input_refused";
        verdict.input = refused;
        return verdict;
    }
    verdict.end = endOf(rehearsal);
    verdict.passed = verdict.end == test.end;
    if (!verdict.passed)
        verdict.code = "other_end";
    return verdict;
}

std::string toJson(const std::vector<FlowTest>& tests) {
    Json root = Json::array();
    for (const FlowTest& test : tests) {
        Json inputs = Json::array();
        for (const Input& input : test.inputs)
            inputs.push_back(written(input));
        Json path = Json::array();
        for (const auto node : test.path)
            path.push_back(node.value);
        Json one{{"name", test.name},
                 {"agents", kAgents[static_cast<std::size_t>(test.agents)]},
                 {"inputs", std::move(inputs)},
                 {"path", std::move(path)}};
        if (!test.end.empty())
            one["end"] = test.end;
        root.push_back(std::move(one));
    }
    return root.dump(-1, ' ', false, Json::error_handler_t::replace);
}

base::Result<std::vector<FlowTest>> parseTests(std::string_view json) {
    if (json.size() > flow::kMaxBytes)
        return base::rejected("flow_tests_too_many");
    const Json root = Json::parse(json, nullptr, false);
    if (root.is_discarded())
        return base::rejected("flow_tests_bad_json");
    return Reader().read(root);
}

} // namespace cb::flowtest
