#include "tests/support/store/faulty_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <limits>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace cb::test {

namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

/// How to take one change of a file back.
struct Undo {
    std::int64_t at = 0;
    std::vector<char> before; ///< what stood there
    std::int64_t size = 0;    ///< of the file
};

struct File;

} // namespace

struct FaultyVfs::Impl {
    sqlite3_vfs vfs{};
    sqlite3_io_methods methods{};
    sqlite3_vfs* real = nullptr;

    mutable std::mutex mutex;
    std::int64_t operations = 0;
    std::int64_t faults = 0;
    std::int64_t failFrom = kNever;
    std::int64_t failUntil = 0;
    std::int64_t powerCut = kNever;
    std::int64_t room = -1;
    bool off = false;
    std::map<std::string, std::vector<Undo>> unsynced; ///< by path

    /// Counts an operation; the error it is to fail with, or SQLITE_OK.
    int count(int error);
    bool take(std::int64_t bytes);
};

namespace {

struct File {
    sqlite3_file base; ///< first: SQLite sees this
    FaultyVfs::Impl* owner;
    std::string* path; ///< nullptr: a temporary file, which nobody expects back
    sqlite3_file* real;
};

File* fileOf(sqlite3_file* file) {
    return reinterpret_cast<File*>(file);
}

FaultyVfs::Impl* implOf(sqlite3_vfs* vfs) {
    return static_cast<FaultyVfs::Impl*>(vfs->pAppData);
}

/// Of the file's state before a change of `bytes` at `at`. The mutex is held.
void remember(File* f, std::int64_t at, std::int64_t bytes) {
    Undo undo;
    undo.at = at;
    sqlite3_int64 size = 0;
    f->real->pMethods->xFileSize(f->real, &size);
    undo.size = size;
    const std::int64_t there = std::clamp<std::int64_t>(size - at, 0, bytes);
    undo.before.resize(static_cast<std::size_t>(there));
    if (there > 0)
        f->real->pMethods->xRead(f->real, undo.before.data(), static_cast<int>(there), at);
    f->owner->unsynced[*f->path].push_back(std::move(undo));
}

int closeFile(sqlite3_file* file) {
    File* f = fileOf(file);
    const int code = f->real->pMethods->xClose(f->real);
    delete f->path;
    return code;
}

int readFile(sqlite3_file* file, void* to, int bytes, sqlite3_int64 at) {
    return fileOf(file)->real->pMethods->xRead(fileOf(file)->real, to, bytes, at);
}

int writeFile(sqlite3_file* file, const void* from, int bytes, sqlite3_int64 at) {
    File* f = fileOf(file);
    if (f->path == nullptr)
        return f->real->pMethods->xWrite(f->real, from, bytes, at);
    const std::lock_guard lock(f->owner->mutex);
    if (const int code = f->owner->count(SQLITE_IOERR_WRITE); code != SQLITE_OK)
        return code;
    sqlite3_int64 size = 0;
    f->real->pMethods->xFileSize(f->real, &size);
    if (!f->owner->take(at + bytes - size))
        return SQLITE_FULL;
    remember(f, at, bytes);
    return f->real->pMethods->xWrite(f->real, from, bytes, at);
}

int truncateFile(sqlite3_file* file, sqlite3_int64 size) {
    File* f = fileOf(file);
    if (f->path == nullptr)
        return f->real->pMethods->xTruncate(f->real, size);
    const std::lock_guard lock(f->owner->mutex);
    if (const int code = f->owner->count(SQLITE_IOERR_TRUNCATE); code != SQLITE_OK)
        return code;
    remember(f, size, std::numeric_limits<int>::max());
    return f->real->pMethods->xTruncate(f->real, size);
}

int syncFile(sqlite3_file* file, int flags) {
    File* f = fileOf(file);
    if (f->path == nullptr)
        return SQLITE_OK;
    const std::lock_guard lock(f->owner->mutex);
    if (const int code = f->owner->count(SQLITE_IOERR_FSYNC); code != SQLITE_OK)
        return code;
    (void)flags; // what "synced" means is kept here: the real disk need not be asked
    f->owner->unsynced.erase(*f->path);
    return SQLITE_OK;
}

int fileSize(sqlite3_file* file, sqlite3_int64* size) {
    return fileOf(file)->real->pMethods->xFileSize(fileOf(file)->real, size);
}
int lockFile(sqlite3_file* file, int level) {
    return fileOf(file)->real->pMethods->xLock(fileOf(file)->real, level);
}
int unlockFile(sqlite3_file* file, int level) {
    return fileOf(file)->real->pMethods->xUnlock(fileOf(file)->real, level);
}
int checkReservedLock(sqlite3_file* file, int* out) {
    return fileOf(file)->real->pMethods->xCheckReservedLock(fileOf(file)->real, out);
}
int fileControl(sqlite3_file* file, int op, void* argument) {
    return fileOf(file)->real->pMethods->xFileControl(fileOf(file)->real, op, argument);
}
int sectorSize(sqlite3_file* file) {
    return fileOf(file)->real->pMethods->xSectorSize(fileOf(file)->real);
}
int deviceCharacteristics(sqlite3_file* file) {
    return fileOf(file)->real->pMethods->xDeviceCharacteristics(fileOf(file)->real);
}
int shmMap(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
    return fileOf(file)->real->pMethods->xShmMap(fileOf(file)->real, page, size, extend, out);
}
int shmLock(sqlite3_file* file, int offset, int n, int flags) {
    return fileOf(file)->real->pMethods->xShmLock(fileOf(file)->real, offset, n, flags);
}
void shmBarrier(sqlite3_file* file) {
    fileOf(file)->real->pMethods->xShmBarrier(fileOf(file)->real);
}
int shmUnmap(sqlite3_file* file, int remove) {
    return fileOf(file)->real->pMethods->xShmUnmap(fileOf(file)->real, remove);
}

int openFile(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* outFlags) {
    FaultyVfs::Impl* impl = implOf(vfs);
    File* f = fileOf(file);
    f->base.pMethods = nullptr;
    f->owner = impl;
    f->path = nullptr;
    f->real = reinterpret_cast<sqlite3_file*>(f + 1);
    const int code = impl->real->xOpen(impl->real, name, f->real, flags, outFlags);
    if (code != SQLITE_OK)
        return code;
    constexpr int kKept = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL;
    if (name != nullptr && (flags & kKept) != 0)
        f->path = new std::string(name);
    f->base.pMethods = &impl->methods;
    return SQLITE_OK;
}

int deleteFile(sqlite3_vfs* vfs, const char* name, int syncFolder) {
    FaultyVfs::Impl* impl = implOf(vfs);
    const std::lock_guard lock(impl->mutex);
    if (const int code = impl->count(SQLITE_IOERR_DELETE); code != SQLITE_OK)
        return code;
    impl->unsynced.erase(name);
    return impl->real->xDelete(impl->real, name, syncFolder);
}

int accessFile(sqlite3_vfs* vfs, const char* name, int flags, int* out) {
    return implOf(vfs)->real->xAccess(implOf(vfs)->real, name, flags, out);
}
int fullPathname(sqlite3_vfs* vfs, const char* name, int size, char* out) {
    return implOf(vfs)->real->xFullPathname(implOf(vfs)->real, name, size, out);
}
int randomness(sqlite3_vfs* vfs, int size, char* out) {
    return implOf(vfs)->real->xRandomness(implOf(vfs)->real, size, out);
}
int sleepFor(sqlite3_vfs* vfs, int micros) {
    return implOf(vfs)->real->xSleep(implOf(vfs)->real, micros);
}
int currentTime(sqlite3_vfs* vfs, double* out) {
    return implOf(vfs)->real->xCurrentTime(implOf(vfs)->real, out);
}
int lastError(sqlite3_vfs* vfs, int size, char* out) {
    return implOf(vfs)->real->xGetLastError(implOf(vfs)->real, size, out);
}

void fillMethods(sqlite3_io_methods& m) {
    m.iVersion = 2; // without memory-mapped reading, which would pass us by
    m.xClose = closeFile;
    m.xRead = readFile;
    m.xWrite = writeFile;
    m.xTruncate = truncateFile;
    m.xSync = syncFile;
    m.xFileSize = fileSize;
    m.xLock = lockFile;
    m.xUnlock = unlockFile;
    m.xCheckReservedLock = checkReservedLock;
    m.xFileControl = fileControl;
    m.xSectorSize = sectorSize;
    m.xDeviceCharacteristics = deviceCharacteristics;
    m.xShmMap = shmMap;
    m.xShmLock = shmLock;
    m.xShmBarrier = shmBarrier;
    m.xShmUnmap = shmUnmap;
}

void takeBack(const std::string& path, const std::vector<Undo>& changes) {
    const int handle = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (handle < 0)
        return;
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
        const auto written = ::pwrite(handle, change->before.data(), change->before.size(), change->at);
        const int cut = ::ftruncate(handle, change->size);
        if (written < 0 || cut < 0)
            break;
    }
    ::close(handle);
}

} // namespace

int FaultyVfs::Impl::count(int error) {
    ++operations;
    off = off || operations >= powerCut;
    if (off || (operations >= failFrom && operations < failUntil)) {
        ++faults;
        return error;
    }
    return SQLITE_OK;
}

bool FaultyVfs::Impl::take(std::int64_t bytes) {
    if (room < 0 || bytes <= 0)
        return true;
    if (bytes > room) {
        ++faults;
        return false;
    }
    room -= bytes;
    return true;
}

FaultyVfs::FaultyVfs()
    : m_impl(std::make_unique<Impl>()) {
    Impl& impl = *m_impl;
    impl.real = sqlite3_vfs_find(nullptr);
    fillMethods(impl.methods);
    sqlite3_vfs& vfs = impl.vfs;
    vfs.iVersion = 1;
    vfs.szOsFile = static_cast<int>(sizeof(File)) + impl.real->szOsFile;
    vfs.mxPathname = impl.real->mxPathname;
    vfs.zName = "faulty";
    vfs.pAppData = &impl;
    vfs.xOpen = openFile;
    vfs.xDelete = deleteFile;
    vfs.xAccess = accessFile;
    vfs.xFullPathname = fullPathname;
    vfs.xRandomness = randomness;
    vfs.xSleep = sleepFor;
    vfs.xCurrentTime = currentTime;
    vfs.xGetLastError = lastError;
    sqlite3_vfs_register(&vfs, 1);
}

FaultyVfs::~FaultyVfs() {
    sqlite3_vfs_unregister(&m_impl->vfs);
    sqlite3_vfs_register(m_impl->real, 1);
}

void FaultyVfs::failAt(std::int64_t nth, std::int64_t count) {
    const std::lock_guard lock(m_impl->mutex);
    m_impl->failFrom = m_impl->operations + nth;
    m_impl->failUntil = m_impl->failFrom + count;
}

void FaultyVfs::setRoom(std::int64_t bytes) {
    const std::lock_guard lock(m_impl->mutex);
    m_impl->room = bytes;
}

void FaultyVfs::cutPowerAt(std::int64_t nth) {
    const std::lock_guard lock(m_impl->mutex);
    m_impl->powerCut = m_impl->operations + nth;
    m_impl->off = nth == 0;
}

bool FaultyVfs::powerIsOff() const {
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->off;
}

void FaultyVfs::restorePower() {
    const std::lock_guard lock(m_impl->mutex);
    for (const auto& [path, changes] : m_impl->unsynced)
        takeBack(path, changes);
    for (const auto& [path, changes] : m_impl->unsynced) {
        std::error_code ignored;
        const auto folder = std::filesystem::path(path).parent_path();
        for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
            if (entry.path().string().ends_with("-shm"))
                std::filesystem::remove(entry.path(), ignored);
    }
    m_impl->unsynced.clear();
    m_impl->powerCut = kNever;
    m_impl->off = false;
}

void FaultyVfs::heal() {
    const std::lock_guard lock(m_impl->mutex);
    m_impl->failFrom = kNever;
    m_impl->failUntil = 0;
    m_impl->room = -1;
}

std::int64_t FaultyVfs::operations() const {
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->operations;
}

std::int64_t FaultyVfs::faults() const {
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->faults;
}

} // namespace cb::test
