#pragma once

#include "server/media/sound/clip.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"
#include "shared/model/phone.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cb::store {
class Database;
}

namespace cb::media {

/// The folder of uploaded audio（音频）: "<id>.wav" or "<id>.mp3" as it came, for download, and "<id>.g711" ready for
/// the wire. Safe from any thread; every call blocks on disk or database, take() computes as well (about a second for
/// the longest).
class AudioShelf {
public:
    static constexpr std::int64_t kMostBytes = std::int64_t{5} * 1024 * 1024; ///< spec 2.3
    static constexpr base::Seconds kLongest{600};
    static constexpr std::size_t kMostName = 60; ///< characters

    /// With less than `freeFloor` bytes left on the disk nothing is taken.
    AudioShelf(std::string folder, store::Database& database, const base::Clock& clock, std::int64_t freeFloor = 0);

    /// Makes the folder and removes what was cut off. Before the first take().
    base::Result<void> prepare() const;

    /// Checks a wav or mp3 file by decoding it and keeps it: both files survive power loss when this returns. The row
    /// is the caller's to store (store::Batch::audio); when that fails, removeFiles(). Unreviewed while the operator
    /// looks at audio first, else approved. Errors: bad_field (name), file_too_large (params.limit), those of
    /// sound::decoded, storage_unavailable.
    base::Result<model::Audio> take(model::InstanceId instance, const std::string& name, std::string_view bytes) const;

    /// The file as it came: a descriptor to read, owned by the caller. Errors: not_found when it is gone.
    base::Result<int> open(const model::Audio& row) const;
    /// The same in memory, for sound::LibraryOptions::original. Errors: not_found (deleted, or its file is gone).
    base::Result<std::string> original(model::AudioId id) const;

    /// Of one whose row is deleted, or was never stored.
    void removeFiles(model::AudioId id) const;
    /// Files last written before `before` that no row wants, which must leave take()'s caller the time to store it.
    /// Returns how many sounds went.
    base::Result<std::int64_t> removeStrays(base::TimePoint before) const;

    std::string pathOf(const model::Audio& row) const;
    std::string clipPathOf(model::AudioId id) const;

private:
    /// Both files, or neither.
    base::Result<void> keep(const model::Audio& row, std::string_view bytes, const sound::Clip& clip) const;

    const std::string m_folder;
    store::Database& m_database;
    const base::Clock& m_clock;
    const std::int64_t m_freeFloor;
};

struct AudioReport {
    struct Problem {
        std::string code; ///< "file_missing", "file_size", "clip_missing"
        model::AudioId audio;
    };
    std::vector<Problem> problems;
    std::int64_t rows = 0;
};

/// Every row that is not deleted has its files. A server may run meanwhile.
base::Result<AudioReport> checkAudio(const std::string& folder, store::Database& database);

} // namespace cb::media
