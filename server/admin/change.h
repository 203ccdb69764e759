#pragma once

#include "server/store/batch.h"

#include <string>

namespace cb::admin {

/// A change of the configuration: rows as they are to be, and what the audit says of it. Never a secret in the texts.
struct Change {
    store::Batch rows;
    std::string action; ///< e.g. "flow.publish"
    std::string target; ///< e.g. "flow 7"
    std::string before;
    std::string after;
};

} // namespace cb::admin
