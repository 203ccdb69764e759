#pragma once

#include "server/net/http_types.h"
#include "shared/base/result.h"

#include <string>

namespace cb::http {

/// An open file as an answer, or the part of it that the request's Range asks for; the descriptor is the answer's from
/// now on. Errors: storage_unavailable.
base::Result<net::Response> partOfFile(int descriptor, net::Headers headers, const net::Head& head);

/// The same of bytes in memory.
net::Response partOfBytes(std::string bytes, net::Headers headers, const net::Head& head);

} // namespace cb::http
