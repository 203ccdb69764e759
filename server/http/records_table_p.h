#pragma once

#include "server/http/route_table.h"

#include <vector>

namespace cb::http {

/// Routes of service records, exports and erasure: the third part of the table.
std::vector<Route> recordRoutes();

} // namespace cb::http
