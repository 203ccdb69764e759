#pragma once

#include "server/media/sound/speech.h"

namespace cb::sound {

base::Error speechFailed(std::string_view detail);

/// The text as it is to be spoken: one line. Errors: bad_field (voice: neither "" nor one of `voices`; text).
base::Result<std::string> spokenText(const std::string& text, const std::string& voice,
                                     const std::vector<std::string>& voices);

/// A program's or service's answer. Error: speech_failed.
base::Result<Pcm> spokenFile(const std::string& bytes);

/// `text` with every "{voice}" in it replaced.
std::string withVoice(std::string text, const std::string& voice);

} // namespace cb::sound
