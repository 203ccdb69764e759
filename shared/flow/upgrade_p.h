#pragma once

#include "shared/base/result.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace cb::flow {

/// Turns a document of schema `from` into one of schema `from` + 1. It sees documents as they came, so it must look
/// before it takes; what it cannot read it leaves for the reader to refuse.
struct Upgrade {
    int from;
    void (*apply)(nlohmann::json& document);
};

/// One line per schema left behind, ascending, without gaps, ending at kSchema - 1.
const std::vector<Upgrade>& upgrades();

/// Brings `document` to schema `target` with the lines of `table`. Errors: flow_bad_schema, flow_newer_schema.
base::Result<void> upgrade(nlohmann::json& document, const std::vector<Upgrade>& table, int target);

} // namespace cb::flow
