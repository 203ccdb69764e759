#pragma once

#include <string>

namespace cb::http {

/// The description of the API (OpenAPI 3.1), made from the route table.
std::string openApi();

} // namespace cb::http
