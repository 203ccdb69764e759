#pragma once

#include "client/admin/sheet/read.h"
#include "shared/base/text.h"

namespace cb::admin::sheet {

/// The text of a cell as it is kept: at most kMaxCell bytes of whole characters, without control characters, trimmed;
/// what is no character becomes U+FFFD.
std::string cellText(std::string_view text);

/// Without what is empty at the ends.
base::Result<Rows> finished(Rows rows);

base::Error tooManyRows();

} // namespace cb::admin::sheet
