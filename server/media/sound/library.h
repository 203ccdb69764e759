#pragma once

#include "server/media/sound/clip.h"
#include "server/media/sound/speech.h"

#include <compare>
#include <functional>
#include <future>
#include <list>
#include <map>
#include <mutex>
#include <optional>

namespace cb::sound {

/// What is to be heard: an uploaded audio, or a text in a voice ("" = the default).
struct SoundKey {
    std::int64_t audio = 0; ///< 0 = speech; else text and voice do not count
    std::string text, voice;

    auto operator<=>(const SoundKey&) const = default;
};

/// Where an uploaded audio's clip is below the library's folder: written by saveClip at its upload.
std::string audioClipPath(const std::string& folder, std::int64_t audio);

struct LibraryOptions {
    std::string folder;                ///< `audio` and `speech` are below it; `speech` is made when missing
    std::size_t mostBytes = 128 << 20; ///< of clips in memory
    std::uint64_t mostDisk = std::uint64_t{1} << 30; ///< bytes of `speech`
    /// An uploaded audio's own file, for the clip that is missing or broken (an old backup); may be empty. Error:
    /// not_found.
    std::function<base::Result<std::string>(std::int64_t audio)> original;
    base::Seconds longest{600}; ///< of such a file
};

/// Clips by what they say: made once, then kept on disk and, as long as they are among the latest used, in memory. Any
/// thread.
class Library {
public:
    /// `speech` outlives it; nullptr: nothing can be spoken.
    Library(LibraryOptions options, Speech* speech);

    /// Never blocks on disk or speech. nullptr: not in memory; prepare() it.
    ClipPtr ready(const SoundKey& key) const;

    /// Blocks: for workers only. Several who want the same wait for one. At least the latest stays in memory, however
    /// long it is. A disk that takes nothing costs no more than that the text is spoken anew some day. Errors: those of
    /// speech (bad_field, speech_failed), of the audio's file (not_found, audio_unreadable, storage_unavailable).
    base::Result<ClipPtr> prepare(const SoundKey& key);

    /// The audio was deleted; its files are others' business.
    void forget(std::int64_t audio);

    std::size_t bytes() const; ///< of clips in memory

private:
    struct Entry {
        ClipPtr clip;
        std::list<SoundKey>::iterator place;
    };
    using Made = base::Result<ClipPtr>;

    Made make(const SoundKey& key);
    Made makeAudio(std::int64_t audio) const;
    Made makeSpeech(const SoundKey& key);
    std::string speechPath(const SoundKey& key) const;
    void keep(const std::string& path, const Clip& clip);
    void trim();
    ClipPtr found(const SoundKey& key) const;
    std::vector<ClipPtr> remember(const SoundKey& key, const ClipPtr& clip);

    const LibraryOptions m_options;
    Speech* const m_speech;
    const std::string m_speechName;

    mutable std::mutex m_mutex;           // never held across I/O
    mutable std::list<SoundKey> m_latest; ///< first: the latest used
    std::map<SoundKey, Entry> m_clips;
    std::map<SoundKey, std::shared_future<Made>> m_running;
    std::size_t m_bytes = 0;
    std::optional<std::uint64_t> m_onDisk; ///< bytes of `speech`, about; unknown before it was looked through
    bool m_trimming = false;
};

} // namespace cb::sound
