#include "server/store/schema_p.h"
#include "server/store/search_index.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace cb::store {

namespace {

namespace fs = std::filesystem;
namespace sq = sqlite_api;

constexpr int kPagesPerStep = 512; ///< 2 MiB between two looks at `progress`

struct CloseFile {
    void operator()(sq::sqlite3* file) const { sq::sqlite3_close(file); }
};
using File = std::unique_ptr<sq::sqlite3, CloseFile>;

base::Error failed(const std::string& detail) {
    return base::retry("storage_unavailable", detail);
}

/// A name is on disk only when its folder is synced.
base::Result<void> syncFolderOf(const fs::path& path) {
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0)
        return failed("cannot open the folder " + folder.string());
    const bool synced = ::fsync(handle) == 0;
    ::close(handle);
    return synced ? base::Result<void>() : failed("cannot sync the folder " + folder.string());
}

base::Result<void> rename(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::rename(from, to, error);
    if (error)
        return failed(error.message());
    return syncFolderOf(to);
}

void removeFiles(const std::string& path) {
    std::error_code ignored;
    for (const char* suffix : {"", "-journal", "-wal", "-shm"})
        fs::remove(path + suffix, ignored);
}

base::Result<void> steps(sq::sqlite3_backup* backup, sq::sqlite3* target, const Database::Progress& progress) {
    for (;;) {
        const int code = sq::sqlite3_backup_step(backup, kPagesPerStep);
        const auto total = sq::sqlite3_backup_pagecount(backup);
        if (code == SQLITE_OK || code == SQLITE_DONE) {
            if (progress && !progress(total - sq::sqlite3_backup_remaining(backup), total))
                return base::rejected("cancelled");
            if (code == SQLITE_DONE)
                return {};
            continue;
        }
        return failed(std::string(sq::sqlite3_errmsg(target)) + " (" + std::to_string(code) + ")");
    }
}

/// The source's read transaction is open: every step sees the same state, and no commit makes the copy start again.
base::Result<void> copyPages(Connection& source, const std::string& part, const Database::Progress& progress) {
    sq::sqlite3* opened = nullptr;
    const int code = sq::sqlite3_open_v2(part.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    const File target(opened);
    if (code != SQLITE_OK)
        return failed("cannot make " + part);
    sq::sqlite3_backup* backup = sq::sqlite3_backup_init(target.get(), "main", source.raw(), "main");
    if (backup == nullptr)
        return failed(sq::sqlite3_errmsg(target.get()));
    auto copied = steps(backup, target.get(), progress);
    const int finished = sq::sqlite3_backup_finish(backup);
    if (copied && finished != SQLITE_OK)
        return failed(sq::sqlite3_errmsg(target.get()));
    return copied;
}

int versionIn(const std::string& name, const std::string& prefix) {
    if (name.size() <= prefix.size() || name.compare(0, prefix.size(), prefix) != 0)
        return 0;
    const std::string digits = name.substr(prefix.size());
    if (digits.size() > 6 || digits.find_first_not_of("0123456789") != std::string::npos)
        return 0;
    return std::stoi(digits);
}

int newestSnapshot(const fs::path& path) {
    const std::string prefix = path.filename().string() + ".before-";
    int newest = 0;
    std::error_code error;
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    for (const auto& entry : fs::directory_iterator(folder, error))
        newest = std::max(newest, versionIn(entry.path().filename().string(), prefix));
    return newest;
}

} // namespace

base::Result<void> copyTo(Connection& source, const std::string& target, const Database::Progress& progress) {
    const std::string part = target + ".part";
    removeFiles(part);
    auto copied = guarded(source, [&] {
        source.needSnapshot();
        // BEGIN alone reads nothing yet; this takes the snapshot.
        source.number("SELECT COUNT(*) FROM sqlite_master");
    });
    if (copied)
        copied = copyPages(source, part, progress);
    source.rollback();
    if (copied)
        copied = rename(part, target);
    if (!copied)
        removeFiles(part);
    return copied;
}

std::vector<std::string> Database::oldCopies(const std::string& where) {
    const fs::path path = where;
    std::vector<std::string> found;
    std::error_code error; // of PostgreSQL it is no folder at all
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        auto name = entry.path().filename().string();
        if (constexpr std::string_view kLog = "-wal"; name.ends_with(kLog)) // of one that was put aside
            name.resize(name.size() - kLog.size());
        for (const char* kind : {".before-", ".undone-"})
            if (versionIn(name, path.filename().string() + kind) > 0)
                found.push_back(entry.path().string());
    }
    std::sort(found.begin(), found.end());
    return found;
}

base::Result<int> Database::restoreSnapshot(const std::string& path) {
    const int version = newestSnapshot(path);
    if (version == 0)
        return base::rejected("no_snapshot", path);
    const std::string undone = path + ".undone-" + std::to_string(version);
    removeFiles(undone);
    SearchIndex::discard(path); // it knows what the snapshot does not
    std::error_code ignored;
    // With its log, if it has one: together they are the state that is put aside.
    fs::rename(path + "-wal", undone + "-wal", ignored);
    fs::remove(path + "-shm", ignored);
    if (fs::exists(path, ignored)) {
        if (auto moved = rename(path, undone); !moved)
            return moved.error();
    }
    if (auto moved = rename(snapshotPath(path, version), path); !moved)
        return moved.error();
    return version;
}

} // namespace cb::store
