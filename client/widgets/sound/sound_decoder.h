#pragma once

#include "client/widgets/sound/pcm.h"

#include <QObject>

#include <functional>
#include <optional>

namespace cb::widgets {

/// A file's sound: WAVE at once, other kinds (mp3, Ogg) as far as Qt Multimedia can on this computer. `then` once;
/// nothing: it cannot be played. Not any more when `context` is gone. GUI thread.
void decodeSound(const QByteArray& file, QObject* context, std::function<void(std::optional<Pcm>)> then);

} // namespace cb::widgets
