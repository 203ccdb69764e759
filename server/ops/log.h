#pragma once

#include "shared/base/result.h"

#include <string>

namespace cb::ops {

/// One line per event on stderr: "2026-01-31T12:00:00.000Z level=info event=… key=value". Never secrets, tokens or
/// texts of messages. `level`: trace, debug, info, warn, error, off. Errors: bad_field.
base::Result<void> setUpLog(const std::string& level);

} // namespace cb::ops
