#pragma once

#include "server/store/database.h"
#include "server/store/writer.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"

namespace cb::app {

inline constexpr const char* kDemoPassword = "cloudbell";
inline constexpr const char* kDemoChannelKey = "demo";

/// Fills an empty database: an instance with admin@demo.test and agent1..3@demo.test, two skill groups, a published
/// flow linked to a website channel for any page, quick replies. Leaves a database that has an instance alone; true
/// when it filled it.
base::Result<bool> fillDemo(store::Database& database, store::Writer& writer, const base::Clock& clock);

} // namespace cb::app
