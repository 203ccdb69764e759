#pragma once

#include "server/http/route_table.h"

namespace cb::http {

/// The routes of administration but flows'. For route_table.cpp.
std::vector<Route> adminRoutes();

} // namespace cb::http
