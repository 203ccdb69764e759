#pragma once

#include "server/store/batch.h"
#include "shared/base/clock.h"

#include <string>

namespace cb::admin {

/// Who wants something, when.
struct Maker {
    model::InstanceId instance;
    model::AgentId agent; ///< 0 = the operator
    base::TimePoint now{};
};

/// A change of the configuration: rows as they are to be, and what the audit says of it. Never a secret in the texts.
struct Change {
    store::Batch rows;
    std::string action; ///< e.g. "flow.publish"
    /// Kind and number of what is changed, and what it is called at that time: "flow 7 Night". A customer has no name
    /// here: the log would keep it when they are erased.
    std::string target;
    std::string before;
    std::string after;
};

} // namespace cb::admin
