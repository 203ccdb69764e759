#include "server/ops/backup.h"

#include "server/ops/data_directory.h"
#include "server/store/search_index.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cb::ops {

namespace {

namespace fs = std::filesystem;

base::Error diskError(const std::string& what) {
    return base::retry("storage_unavailable", what);
}

base::Result<void> sync(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return diskError(path.string() + ": " + std::strerror(errno));
    const bool ok = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return ok ? base::Result<void>{} : base::Result<void>{diskError("fsync " + path.string())};
}

/// False: it went away before.
base::Result<bool> copySynced(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::copy_file(from, to, error);
    if (error == std::errc::no_such_file_or_directory)
        return false;
    if (error)
        return diskError(to.string() + ": " + error.message());
    auto done = sync(to);
    return done ? base::Result<bool>(true) : done.error();
}

/// Nobody else's to read, whatever the source was.
base::Result<bool> copyKey(const fs::path& from, const fs::path& to) {
    auto copied = copySynced(from, to);
    std::error_code error;
    if (copied && *copied)
        fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, error);
    return error ? base::Result<bool>(diskError(to.string() + ": " + error.message())) : copied;
}

/// Every attachment's file, without uploads under way. Returns how many.
base::Result<std::int64_t> copyAttachments(const fs::path& from, const fs::path& to) {
    std::int64_t files = 0;
    std::error_code error;
    fs::create_directories(to, error);
    if (error)
        return diskError(error.message());
    if (!fs::exists(from))
        return files;
    for (const auto& folder : fs::directory_iterator(from, error)) {
        if (!folder.is_directory(error) || folder.path().filename() == "tmp")
            continue;
        const auto target = to / folder.path().filename();
        bool made = false;
        for (const auto& file : fs::directory_iterator(folder.path(), error)) {
            if (!made && !fs::exists(target))
                fs::create_directory(target, error);
            made = true;
            auto copied = copySynced(file.path(), target / file.path().filename());
            if (!copied)
                return copied.error();
            files += *copied ? 1 : 0;
        }
        if (made)
            if (auto done = sync(target); !done)
                return done.error();
    }
    if (error)
        return diskError(error.message());
    if (auto done = sync(to); !done)
        return done.error();
    return files;
}

/// Uploaded audio, each with what was made of it for the telephone, without files under way. Returns how many were
/// uploaded.
base::Result<std::int64_t> copyAudio(const fs::path& from, const fs::path& to) {
    std::int64_t sounds = 0;
    std::error_code error;
    if (!fs::exists(from, error))
        return sounds;
    fs::create_directories(to, error);
    for (fs::directory_iterator it(from, error), end; !error && it != end; it.increment(error)) {
        const auto ending = it->path().extension();
        const bool uploaded = ending == ".wav" || ending == ".mp3";
        if (!uploaded && ending != ".g711")
            continue;
        auto copied = copySynced(it->path(), to / it->path().filename());
        if (!copied)
            return copied.error();
        sounds += *copied && uploaded ? 1 : 0;
    }
    if (error)
        return diskError(error.message());
    auto done = sync(to);
    return done ? base::Result<std::int64_t>(sounds) : done.error();
}

/// Recordings of calls, those under way as far as they are. Returns how many.
base::Result<std::int64_t> copyRecordings(const fs::path& from, const fs::path& to) {
    std::int64_t recordings = 0;
    std::error_code error;
    if (!fs::exists(from, error))
        return recordings;
    fs::create_directories(to, error);
    for (fs::directory_iterator it(from, error), end; !error && it != end; it.increment(error)) {
        if (it->path().extension() != ".wav")
            continue;
        auto copied = copySynced(it->path(), to / it->path().filename());
        if (!copied)
            return copied.error();
        recordings += *copied ? 1 : 0;
    }
    if (error)
        return diskError(error.message());
    auto done = sync(to);
    return done ? base::Result<std::int64_t>(recordings) : done.error();
}

/// Everything but the database.
base::Result<BackupReport> copyFiles(const std::string& from, const std::string& to) {
    auto files = copyAttachments(DataDirectory::attachmentsOf(from), DataDirectory::attachmentsOf(to));
    if (!files)
        return files.error();
    auto sounds = copyAudio(DataDirectory::audioOf(from), DataDirectory::audioOf(to));
    if (!sounds)
        return sounds.error();
    auto recordings = copyRecordings(DataDirectory::recordingsOf(from), DataDirectory::recordingsOf(to));
    if (!recordings)
        return recordings.error();
    if (auto key = copyKey(DataDirectory::keyOf(from), DataDirectory::keyOf(to)); !key)
        return key.error();
    return BackupReport{*files, *sounds, *recordings};
}

} // namespace

base::Result<BackupReport> backup(store::Database& database, const std::string& dataPath, const std::string& target) {
    std::error_code error;
    if (fs::exists(target, error))
        return base::rejected("target_exists", target);
    const fs::path part = target + ".part";
    fs::remove_all(part, error);
    fs::create_directories(part, error);
    if (error)
        return diskError(part.string() + ": " + error.message());
    ::chmod(part.c_str(), 0700);
    if (auto copied = database.backup(DataDirectory::databaseOf(part.string())); !copied)
        return copied.error();
    auto report = copyFiles(dataPath, part.string());
    if (!report)
        return report;
    if (auto done = sync(part); !done)
        return done.error();
    fs::rename(part, target, error);
    if (error)
        return diskError(error.message());
    auto parent = fs::absolute(target).parent_path();
    if (auto done = sync(parent); !done)
        return done.error();
    return report;
}

base::Result<BackupReport> restore(const std::string& backupPath, const std::string& dataPath, base::TimePoint now) {
    std::error_code error;
    const fs::path from = DataDirectory::databaseOf(backupPath);
    const fs::path to = DataDirectory::databaseOf(dataPath);
    if (!fs::exists(from, error))
        return base::rejected("not_a_backup", from.string());
    // A log left behind by another database would be played into this one.
    for (const auto& path :
         {to, fs::path(to.string() + "-wal"), fs::path(to.string() + "-shm"),
          fs::path(DataDirectory::attachmentsOf(dataPath)), fs::path(DataDirectory::audioOf(dataPath)),
          fs::path(DataDirectory::recordingsOf(dataPath)), fs::path(DataDirectory::keyOf(dataPath))})
        if (fs::exists(path, error))
            return base::rejected("data_not_empty", path.string());
    store::SearchIndex::discard(to.string()); // of another database
    // The files first and the database last under its name: a restore cut off leaves no database.
    auto report = copyFiles(backupPath, dataPath);
    if (!report)
        return report;
    const fs::path part = to.string() + ".part";
    fs::copy_file(from, part, fs::copy_options::overwrite_existing, error);
    if (error)
        return diskError(error.message());
    if (auto done = store::Database::skipAhead(part.string(), now); !done)
        return done.error();
    for (const auto* rest : {"-wal", "-shm"})
        fs::remove(part.string() + rest, error);
    if (auto done = sync(part); !done)
        return done.error();
    fs::rename(part, to, error);
    if (error)
        return diskError(error.message());
    if (auto done = sync(dataPath); !done)
        return done.error();
    return report;
}

} // namespace cb::ops
