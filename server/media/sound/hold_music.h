#pragma once

#include "server/media/sound/clip.h"

namespace cb::sound {

/// The server's own music for those who wait: a calm loop of 16 s, whose end runs into its beginning. Made by code on
/// the first call, which takes about 0.1 s: not on the thread that paces calls. Ever after the same one. Any thread.
ClipPtr holdMusic();

} // namespace cb::sound
