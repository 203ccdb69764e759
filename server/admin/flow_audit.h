#pragma once

#include "server/store/batch.h"

#include <string>

namespace cb::admin {

/// What the audit says of a change of a flow's draft: its name, the nodes and connections that differ (as JSON, a node
/// that only moved is left out) and the tests that differ, each as they were and as they are.
struct FlowChangeText {
    std::string before;
    std::string after;
};
FlowChangeText describeChange(const store::FlowRow& before, const store::FlowRow& after);

} // namespace cb::admin
