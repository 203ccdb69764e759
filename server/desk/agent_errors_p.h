#pragma once

#include "shared/base/error.h"
#include "shared/routing/decisions.h"

namespace cb::desk {

/// The router's refusal of something an agent wanted for themselves, as docs/protocol.md names it.
base::Error errorOfAgent(const routing::decision::Refused& refused);
/// Of a transfer: an agent who is not online is the target.
base::Error errorOfTransfer(const routing::decision::Refused& refused);

} // namespace cb::desk
