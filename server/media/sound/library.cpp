#include "server/media/sound/library.h"

#include "server/media/sound/speech_p.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>

namespace cb::sound {

namespace {

namespace fs = std::filesystem;

SoundKey plainKey(const SoundKey& key) {
    return key.audio != 0 ? SoundKey{key.audio, {}, {}} : key;
}

struct SpeechFile {
    fs::path path;
    fs::file_time_type used;
    std::uint64_t bytes = 0;
};

/// What is in the folder; leftovers of a crash are removed on the way.
std::vector<SpeechFile> speechFiles(const std::string& folder) {
    std::vector<SpeechFile> files;
    std::error_code error;
    const auto old = fs::file_time_type::clock::now() - std::chrono::hours(1);
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        std::error_code gone;
        const auto used = it->last_write_time(gone);
        const auto bytes = it->file_size(gone);
        if (gone)
            continue;
        if (it->path().extension() == ".part" && used < old)
            fs::remove(it->path(), gone);
        else if (it->path().extension() == ".g711")
            files.push_back({it->path(), used, bytes});
    }
    return files;
}

/// Removes the longest unused until three quarters of `most` are left. What is left.
std::uint64_t trimSpeech(const std::string& folder, std::uint64_t most) {
    auto files = speechFiles(folder);
    std::uint64_t total = 0;
    for (const auto& file : files)
        total += file.bytes;
    if (total <= most)
        return total;
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.used < b.used; });
    for (const auto& file : files) {
        if (total <= most / 4 * 3)
            break;
        std::error_code error;
        if (fs::remove(file.path, error))
            total -= file.bytes;
    }
    return total;
}

} // namespace

std::string audioClipPath(const std::string& folder, std::int64_t audio) {
    return folder + "/audio/" + std::to_string(audio) + ".g711";
}

Library::Library(LibraryOptions options, Speech* speech)
    : m_options(std::move(options))
    , m_speech(speech)
    , m_speechName(speech != nullptr ? speech->name() : std::string()) {}

ClipPtr Library::found(const SoundKey& key) const {
    const auto it = m_clips.find(key);
    if (it == m_clips.end())
        return nullptr;
    m_latest.splice(m_latest.begin(), m_latest, it->second.place);
    return it->second.clip;
}

ClipPtr Library::ready(const SoundKey& key) const {
    const std::lock_guard lock(m_mutex);
    return found(plainKey(key));
}

base::Result<ClipPtr> Library::prepare(const SoundKey& asked) {
    const auto key = plainKey(asked);
    std::promise<Made> promise;
    {
        std::unique_lock lock(m_mutex);
        if (auto clip = found(key))
            return clip;
        if (const auto running = m_running.find(key); running != m_running.end()) {
            const auto other = running->second;
            lock.unlock();
            return other.get();
        }
        m_running.emplace(key, promise.get_future().share());
    }
    Made made = make(key);
    std::vector<ClipPtr> gone; // freed without the lock
    {
        const std::lock_guard lock(m_mutex);
        if (made)
            gone = remember(key, *made);
        m_running.erase(key);
    }
    promise.set_value(made);
    return made;
}

void Library::forget(std::int64_t audio) {
    ClipPtr gone;
    const std::lock_guard lock(m_mutex);
    const auto it = m_clips.find(SoundKey{audio, {}, {}});
    if (it == m_clips.end())
        return;
    gone = it->second.clip;
    m_bytes -= gone->bytes();
    m_latest.erase(it->second.place);
    m_clips.erase(it);
}

std::size_t Library::bytes() const {
    const std::lock_guard lock(m_mutex);
    return m_bytes;
}

std::vector<ClipPtr> Library::remember(const SoundKey& key, const ClipPtr& clip) {
    m_latest.push_front(key);
    m_clips.emplace(key, Entry{clip, m_latest.begin()});
    m_bytes += clip->bytes();
    std::vector<ClipPtr> gone;
    while (m_bytes > m_options.mostBytes && m_latest.size() > 1) {
        const auto last = m_clips.find(m_latest.back());
        m_bytes -= last->second.clip->bytes();
        gone.push_back(std::move(last->second.clip));
        m_clips.erase(last);
        m_latest.pop_back();
    }
    return gone;
}

Library::Made Library::make(const SoundKey& key) {
    return key.audio != 0 ? makeAudio(key.audio) : makeSpeech(key);
}

Library::Made Library::makeAudio(std::int64_t audio) const {
    const auto path = audioClipPath(m_options.folder, audio);
    auto clip = loadClip(path);
    if (clip || clip.error().grade == base::Grade::Retry || !m_options.original)
        return clip;
    const auto bytes = m_options.original(audio);
    if (!bytes)
        return bytes.error();
    const auto pcm = decoded(*bytes, m_options.longest);
    if (!pcm)
        return pcm.error();
    auto made = clipOf(*pcm);
    (void)saveClip(path, *made); // if not, the next one makes it anew
    return made;
}

Library::Made Library::makeSpeech(const SoundKey& key) {
    if (m_speech == nullptr)
        return speechFailed("none");
    const auto path = speechPath(key);
    if (auto clip = loadClip(path)) {
        std::error_code error;
        fs::last_write_time(path, fs::file_time_type::clock::now(), error); // used: trimSpeech() goes by it
        return clip;
    }
    const auto pcm = m_speech->speak(key.text, key.voice);
    if (!pcm)
        return pcm.error();
    auto clip = clipOf(*pcm);
    keep(path, *clip);
    return clip;
}

std::string Library::speechPath(const SoundKey& key) const {
    std::string said = m_speechName;
    ((said += '\0') += key.voice) += '\0';
    said += key.text;
    std::array<unsigned char, 24> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(said.data()), said.size(),
                       nullptr, 0);
    std::array<char, hash.size() * 2 + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return m_options.folder + "/speech/" + hex.data() + ".g711";
}

void Library::keep(const std::string& path, const Clip& clip) {
    std::error_code error;
    fs::create_directories(m_options.folder + "/speech", error);
    if (error || !saveClip(path, clip))
        return;
    {
        const std::lock_guard lock(m_mutex);
        if (m_onDisk)
            *m_onDisk += clip.bytes();
        if (m_trimming || (m_onDisk && *m_onDisk <= m_options.mostDisk))
            return;
        m_trimming = true;
    }
    trim();
}

void Library::trim() {
    const auto left = trimSpeech(m_options.folder + "/speech", m_options.mostDisk);
    const std::lock_guard lock(m_mutex);
    m_onDisk = left;
    m_trimming = false;
}

} // namespace cb::sound
