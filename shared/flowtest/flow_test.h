#pragma once

#include "shared/flowtest/rehearsal.h"

#include <string_view>

namespace cb::flowtest {

/// A rehearsal with what it must come to. Texts may be reworded freely: only the nodes it comes by, and how it ends,
/// are compared.
struct FlowTest {
    std::string name;
    Agents agents = Agents::Free; ///< at the start
    std::vector<Input> inputs;
    std::vector<flow::NodeId> path; ///< every node entered, in order
    std::string end;                ///< flowrun::name(EndReason); empty: it has not ended

    bool operator==(const FlowTest&) const = default;
};

// Bounds; parseTests() refuses more.
inline constexpr std::size_t kMaxTests = 100; ///< of one flow
inline constexpr std::size_t kMaxInputs = 200;
inline constexpr std::size_t kMaxPath = 2'000;

/// What a play with these inputs is as a test: it passes as long as the flow goes the same way.
FlowTest recorded(const Rehearsal& rehearsal, std::string name, Agents agents, std::vector<Input> inputs);

struct Verdict {
    bool passed = false;
    std::string code;      ///< when not: "other_way", "other_end", "input_refused", "flow_no_start"
    std::size_t input = 0; ///< input_refused: its number
    std::size_t place = 0; ///< other_way: the first place of the path that differs
    flow::NodeId expected; ///< other_way: 0 = it should have stopped
    flow::NodeId came;     ///< other_way: 0 = it came no further
    std::string end;       ///< other_end: how it ended
};

/// Plays the test on a flow.
Verdict run(const flow::Graph& graph, const FlowTest& test);

/// [{"name":"…","agents":"free","inputs":[{"write":"1"},{"wait":true},{"press":"1"},{"answer":true},
/// {"agent_writes":"…"},{"agent_ends":true},{"leave":true},{"agents":"busy"}],"path":[1,2,3],"end":"flow_ended"}]
std::string toJson(const std::vector<FlowTest>& tests);

/// Errors, all Rejected, param "at": flow_tests_bad_json, flow_tests_too_many, flow_tests_bad_value.
base::Result<std::vector<FlowTest>> parseTests(std::string_view json);

} // namespace cb::flowtest
