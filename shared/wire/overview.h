#pragma once

#include "shared/model/overview.h"
#include "shared/wire/frame.h"

namespace cb::wire {

/// The transient frame `overview` (docs/protocol.md 3): to admins who asked by `overview.watch`.
std::string encodeOverview(const model::Overview& overview);
/// Error: bad_field, also when the three series differ in length or are longer than a day can be.
base::Result<model::Overview> decodeOverview(const nlohmann::json& d);

} // namespace cb::wire
