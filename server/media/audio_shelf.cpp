#include "server/media/audio_shelf.h"

#include "server/media/sound/pcm.h"
#include "server/store/database.h"
#include "shared/base/text.h"

#include <sodium.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cb::media {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kClipEnding = ".g711";
constexpr std::string_view kPartEnding = ".part";

base::Error shelfError(const std::string& what) {
    return base::retry("storage_unavailable", what + ": " + std::strerror(errno));
}

base::Error nameError(const char* why) {
    return base::with(base::with(base::rejected("bad_field"), "field", "name"), "why", why);
}

base::Result<std::string> checkedAudioName(const std::string& name) {
    auto line = base::trimmed(name);
    if (line.empty())
        return nameError("required");
    if (!base::isUtf8(line) || base::hasControl(line) || line.find_first_of("\t\n") != std::string::npos)
        return nameError("bad_text");
    if (base::length(line) > AudioShelf::kMostName)
        return nameError("too_long");
    return line;
}

std::string sha256Of(std::string_view bytes) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    std::string text(2 * sizeof digest + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), digest, sizeof digest);
    text.pop_back();
    return text;
}

base::Result<void> writeSynced(const std::string& path, std::string_view bytes) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return shelfError(path);
    bool good = true;
    while (good && !bytes.empty()) {
        const auto n = ::write(file, bytes.data(), bytes.size());
        good = n > 0 || (n < 0 && errno == EINTR);
        bytes.remove_prefix(n > 0 ? static_cast<std::size_t>(n) : 0);
    }
    good = good && ::fsync(file) == 0;
    const auto error = shelfError(path);
    ::close(file);
    return good ? base::Result<void>() : error;
}

base::Result<void> syncShelf(const std::string& folder) {
    const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool good = opened >= 0 && ::fsync(opened) == 0;
    const auto error = shelfError(folder);
    if (opened >= 0)
        ::close(opened);
    return good ? base::Result<void>() : error;
}

/// "12.wav" is of audio 12, and so is what was cut off: "12.wav.part". Other files are somebody else's.
std::optional<model::AudioId> audioOf(const fs::path& path) {
    const auto name = path.filename().string();
    std::int64_t number = 0;
    const auto [stop, bad] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (bad != std::errc{} || stop == name.data() + name.size() || *stop != '.' || number < 1)
        return std::nullopt;
    return model::AudioId{number};
}

bool isWhole(const fs::path& path) {
    const auto ending = path.extension().string();
    return ending == ".wav" || ending == ".mp3" || ending == kClipEnding;
}

std::optional<struct stat> statusOf(const std::string& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) ? std::optional(info) : std::nullopt;
}

std::string clipPathIn(const std::string& folder, model::AudioId id) {
    return folder + '/' + std::to_string(id.value) + std::string(kClipEnding);
}

std::string audioPathIn(const std::string& folder, const model::Audio& row) {
    return folder + '/' + std::to_string(row.id.value) + '.' + row.format;
}

/// The sounds that have files last written before `before`.
std::set<model::AudioId> olderSounds(const std::string& folder, base::TimePoint before) {
    std::set<model::AudioId> found;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const auto id = audioOf(it->path());
        const auto info = id ? statusOf(it->path().string()) : std::nullopt;
        if (info && base::fromUnixMillis(info->st_mtime * std::int64_t{1000}) < before)
            found.insert(*id);
    }
    return found;
}

base::Result<std::optional<model::Audio>> liveRow(store::Database& database, model::AudioId id) {
    auto reader = database.reader();
    if (!reader)
        return reader.error();
    auto row = reader->telephone().audio(id);
    if (row && *row && (*row)->deleted)
        row->reset();
    return row;
}

std::string_view audioTrouble(const std::string& folder, const model::Audio& row) {
    const auto file = statusOf(audioPathIn(folder, row));
    if (!file)
        return "file_missing";
    if (file->st_size != row.bytes)
        return "file_size";
    return statusOf(clipPathIn(folder, row.id)) ? std::string_view() : "clip_missing";
}

} // namespace

AudioShelf::AudioShelf(std::string folder, store::Database& database, const base::Clock& clock, std::int64_t freeFloor)
    : m_folder(std::move(folder))
    , m_database(database)
    , m_clock(clock)
    , m_freeFloor(freeFloor) {}

std::string AudioShelf::pathOf(const model::Audio& row) const {
    return audioPathIn(m_folder, row);
}

std::string AudioShelf::clipPathOf(model::AudioId id) const {
    return clipPathIn(m_folder, id);
}

base::Result<void> AudioShelf::prepare() const {
    std::error_code error;
    fs::create_directories(m_folder, error);
    std::vector<fs::path> cutOff;
    for (fs::directory_iterator it(m_folder, error), end; !error && it != end; it.increment(error))
        if (audioOf(it->path()) && !isWhole(it->path()))
            cutOff.push_back(it->path());
    if (error)
        return base::retry("storage_unavailable", m_folder + ": " + error.message());
    for (const auto& path : cutOff)
        ::unlink(path.c_str());
    return syncShelf(m_folder);
}

base::Result<model::Audio> AudioShelf::take(model::InstanceId instance, const std::string& name,
                                            std::string_view bytes) const {
    auto line = checkedAudioName(name);
    if (!line)
        return line.error();
    if (bytes.size() > static_cast<std::size_t>(kMostBytes))
        return base::with(base::rejected("file_too_large"), "limit", std::to_string(kMostBytes));
    std::error_code unknown;
    const auto space = fs::space(m_folder, unknown);
    if (!unknown && space.available < static_cast<std::uintmax_t>(m_freeFloor))
        return base::retry("storage_unavailable", "free space is below the floor");
    const auto pcm = sound::decoded(bytes, kLongest);
    if (!pcm)
        return pcm.error();
    model::Audio row;
    {
        auto reader = m_database.reader();
        if (!reader)
            return reader.error();
        auto review = reader->directory().operatorSetting(store::kAudioReview);
        if (!review)
            return review.error();
        row.state = *review == "on" ? model::AudioState::Unreviewed : model::AudioState::Approved;
    }
    const auto id = m_database.reserveIds(store::IdKind::Audio, 1);
    if (!id)
        return id.error();
    row.id = model::AudioId{*id};
    row.instance = instance;
    row.name = *line;
    row.format = sound::formatOf(bytes) == sound::Format::Mp3 ? "mp3" : "wav";
    row.bytes = static_cast<std::int64_t>(bytes.size());
    row.sha256 = sha256Of(bytes);
    row.millis = pcm->length().count();
    row.createdAt = m_clock.now();
    if (auto kept = keep(row, bytes, *sound::clipOf(*pcm)); !kept)
        return kept.error();
    return row;
}

base::Result<void> AudioShelf::keep(const model::Audio& row, std::string_view bytes, const sound::Clip& clip) const {
    const auto path = pathOf(row);
    const auto part = path + std::string(kPartEnding);
    auto done = writeSynced(part, bytes);
    if (done && std::rename(part.c_str(), path.c_str()) != 0)
        done = shelfError(path);
    if (!done)
        ::unlink(part.c_str());
    if (done)
        done = sound::saveClip(clipPathOf(row.id), clip);
    if (done)
        done = syncShelf(m_folder);
    if (!done)
        removeFiles(row.id);
    return done;
}

base::Result<int> AudioShelf::open(const model::Audio& row) const {
    const int descriptor = ::open(pathOf(row).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0)
        return base::rejected("not_found", std::strerror(errno));
    return descriptor;
}

base::Result<std::string> AudioShelf::original(model::AudioId id) const {
    auto row = liveRow(m_database, id);
    if (!row)
        return row.error();
    if (!*row)
        return base::rejected("not_found");
    std::ifstream file(pathOf(**row), std::ios::binary);
    if (!file)
        return base::rejected("not_found", "its file is gone");
    return std::string(std::istreambuf_iterator<char>(file), {});
}

void AudioShelf::removeFiles(model::AudioId id) const {
    const auto name = m_folder + '/' + std::to_string(id.value);
    for (const char* ending : {".wav", ".mp3", ".g711"})
        ::unlink((name + ending).c_str());
}

base::Result<std::int64_t> AudioShelf::removeStrays(base::TimePoint before) const {
    const auto sounds = olderSounds(m_folder, before);
    if (sounds.empty())
        return 0;
    std::set<model::AudioId> wanted;
    {
        auto reader = m_database.reader();
        if (!reader)
            return reader.error();
        auto rows = reader->telephone().audio();
        if (!rows)
            return rows.error();
        for (const auto& row : *rows)
            if (!row.deleted)
                wanted.insert(row.id);
    }
    std::vector<model::AudioId> strays;
    std::set_difference(sounds.begin(), sounds.end(), wanted.begin(), wanted.end(), std::back_inserter(strays));
    if (strays.empty())
        return 0;
    // Numbers this database has not given out yet: it is older than they are (a snapshot was put back).
    const auto next = m_database.reserveIds(store::IdKind::Audio, 1);
    if (!next)
        return next.error();
    std::int64_t removed = 0;
    for (const auto id : strays) {
        if (id.value >= *next)
            continue;
        removeFiles(id);
        ++removed;
    }
    return removed;
}

base::Result<AudioReport> checkAudio(const std::string& folder, store::Database& database) {
    std::vector<model::Audio> rows;
    {
        auto reader = database.reader();
        if (!reader)
            return reader.error();
        auto all = reader->telephone().audio();
        if (!all)
            return all.error();
        rows = std::move(*all);
    }
    AudioReport report;
    for (const auto& row : rows) {
        if (row.deleted)
            continue;
        ++report.rows;
        const auto trouble = audioTrouble(folder, row);
        if (trouble.empty())
            continue;
        auto now = liveRow(database, row.id); // its files go after the row
        if (!now)
            return now.error();
        if (*now)
            report.problems.push_back({std::string(trouble), row.id});
    }
    return report;
}

} // namespace cb::media
