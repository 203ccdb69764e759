#include "server/media/sound_booth.h"

namespace cb::media {

namespace {

constexpr std::size_t kMostWaiting = 64; ///< sounds to be made

} // namespace

SoundBooth::SoundBooth(sound::SpeechOptions speech, sound::LibraryOptions library)
    : m_speechOptions(std::move(speech))
    , m_libraryOptions(std::move(library))
    , m_worker("booth", 1, kMostWaiting) {}

sound::Library& SoundBooth::library() {
    std::call_once(m_made, [this] {
        if (auto speech = sound::makeSpeech(m_speechOptions))
            m_speech = std::move(*speech);
        m_library = std::make_unique<sound::Library>(m_libraryOptions, m_speech.get());
    });
    return *m_library;
}

void SoundBooth::listen(const sound::SoundKey& key, const Heard& then) {
    const bool taken = m_worker.post([this, key, then] {
        const auto clip = library().prepare(key);
        then(clip ? base::Result<std::string>(sound::wavOf(sound::pcmOf(**clip)))
                  : base::Result<std::string>(clip.error()));
    });
    if (!taken)
        then(base::retry("overloaded", "sounds"));
}

std::optional<std::vector<std::string>> SoundBooth::voices() {
    (void)library();
    return m_speech ? std::optional(m_speech->voices()) : std::nullopt;
}

void SoundBooth::forget(std::int64_t audio) {
    library().forget(audio);
}

} // namespace cb::media
