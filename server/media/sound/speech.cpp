#include "server/media/sound/speech_p.h"

#include "shared/base/text.h"

#include <algorithm>

namespace cb::sound {

base::Error speechFailed(std::string_view detail) {
    return base::retry("speech_failed", detail);
}

base::Result<std::string> spokenText(const std::string& text, const std::string& voice,
                                     const std::vector<std::string>& voices) {
    if (!voice.empty() && std::find(voices.begin(), voices.end(), voice) == voices.end())
        return base::with(base::rejected("bad_field"), "field", "voice");
    std::string line = text;
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    line = base::trimmed(line);
    if (line.empty() || !base::isUtf8(line) || base::hasControl(line) || base::length(line) > kMostSpoken)
        return base::with(base::rejected("bad_field"), "field", "text");
    return line;
}

base::Result<Pcm> spokenFile(const std::string& bytes) {
    auto pcm = decoded(bytes, kLongestSpoken);
    return pcm ? std::move(pcm) : speechFailed(pcm.error().code + ' ' + pcm.error().detail);
}

std::string withVoice(std::string text, const std::string& voice) {
    constexpr std::string_view kPlace = "{voice}";
    for (std::size_t at = 0; (at = text.find(kPlace, at)) != std::string::npos; at += voice.size())
        text.replace(at, kPlace.size(), voice);
    return text;
}

base::Result<std::unique_ptr<Speech>> makeSpeech(const SpeechOptions& options) {
    switch (options.kind) {
    case SpeechKind::Command:
        return commandSpeech(options);
    case SpeechKind::Http:
        return httpSpeech(options);
    case SpeechKind::Espeak:
        break;
    }
    return espeakSpeech(options.defaultVoice);
}

} // namespace cb::sound
