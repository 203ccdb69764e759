#pragma once

#include "server/admin/change.h"
#include "shared/base/result.h"
#include "shared/wire/admin.h"

namespace cb::admin {

/// The settings of an instance (spec 2.2 to 2.4), all of them; its name and time zone stay as they are. What changes is
/// in the audit, field by field. Errors: bad_field (settings.…, why out_of_range; params min, max).
base::Result<Change> saveSettings(const model::Instance& stored, const wire::InstanceForm& wanted, const Maker& maker);

} // namespace cb::admin
