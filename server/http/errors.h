#pragma once

#include "server/net/http_types.h"
#include "shared/base/error.h"

namespace cb::http {

/// The status of docs/protocol.md 1.
int statusOf(const base::Error& error);

/// Body {"error": …}, Retry-After where it belongs.
net::Response errorResponse(const base::Error& error);

/// Headers every answer of the API has.
net::Headers apiHeaders();

net::Response jsonResponse(std::string body, int status = 200);

} // namespace cb::http
