#pragma once

#include "server/http/handlers.h"
#include "shared/base/worker_pool.h"

#include <functional>

namespace cb::http {

/// Carries out a Sound route; `then` once, from whichever thread has the answer. Blocks on the database. What admins
/// hear of others' calls is in the audit before they hear it: by the pool of changes.
void hear(Services& services, base::WorkerPool& changes, Call call, const net::Head& head,
          const std::function<void(base::Result<net::Response>)>& then);

} // namespace cb::http
