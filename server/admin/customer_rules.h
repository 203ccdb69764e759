#pragma once

#include "server/admin/change.h"

namespace cb::admin {

/// Lets a blocked customer in again. No rows when they are not blocked.
Change unblockCustomer(const model::Customer& stored);

} // namespace cb::admin
