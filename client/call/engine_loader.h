#pragma once

#include "client/call/call_media.h"

namespace cb::call {

/// The media page's engine: a plugin, loaded when it is first asked for and then kept, one for the whole program. Null
/// when this program was installed without it (`engineTrouble` says why). Takes 0.1 to 0.5 s the first time.
CallEngine* callEngine();

/// Why there is none, in the system's words.
QString engineTrouble();

} // namespace cb::call
