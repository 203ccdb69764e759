#include "server/media/attachment_store.h"

#include "server/media/attachment_files.h"
#include "server/media/file_name.h"
#include "server/media/picture.h"
#include "server/store/database.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"

#include <sodium.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

namespace cb::media {

namespace {

base::Error diskError(const char* what) {
    return base::retry("storage_unavailable", std::string(what) + ": " + std::strerror(errno));
}

bool syncFolder(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool ok = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return ok;
}

std::string hex(const unsigned char* bytes, std::size_t size) {
    std::string out(size * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), bytes, size);
    out.pop_back();
    return out;
}

} // namespace

struct Upload::Digest {
    crypto_hash_sha256_state state;
};

Upload::Upload(AttachmentStore& store, UploadPlan plan, std::string path, int descriptor)
    : m_store(store)
    , m_plan(std::move(plan))
    , m_path(std::move(path))
    , m_descriptor(descriptor)
    , m_digest(std::make_unique<Digest>()) {
    crypto_hash_sha256_init(&m_digest->state);
}

Upload::~Upload() {
    ::close(m_descriptor);
    if (!m_path.empty())
        ::unlink(m_path.c_str());
    m_store.leave(m_plan.from);
}

base::Result<void> Upload::write(const std::string& piece) {
    m_bytes += static_cast<std::int64_t>(piece.size());
    if (m_bytes > m_plan.limit)
        return base::with(base::rejected("file_too_large"), "limit", std::to_string(m_plan.limit));
    std::size_t done = 0;
    while (done < piece.size()) {
        const auto n = ::write(m_descriptor, piece.data() + done, piece.size() - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return diskError("write");
        done += static_cast<std::size_t>(n);
    }
    crypto_hash_sha256_update(&m_digest->state, reinterpret_cast<const unsigned char*>(piece.data()), piece.size());
    return {};
}

base::Result<model::Attachment> Upload::finish() {
    if (m_bytes == 0)
        return base::with(base::rejected("bad_field", "nothing in it"), "field", "body");
    model::Attachment row;
    row.instance = m_plan.instance;
    row.session = m_plan.session;
    row.kind = m_plan.kind;
    row.name = cleanFileName(m_plan.name);
    row.contentType = "application/octet-stream";
    row.bytes = m_bytes;
    row.createdAt = m_store.m_clock.now();
    if (m_plan.kind == model::AttachmentKind::Picture) {
        const auto info = inspectPicture([this](std::int64_t offset, std::size_t size) {
            std::string piece(size, '\0');
            const auto n = ::pread(m_descriptor, piece.data(), size, offset);
            piece.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
            return piece;
        });
        if (!info)
            return base::rejected("not_a_picture");
        row.contentType = info->contentType;
        row.width = info->width;
        row.height = info->height;
    }
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(&m_digest->state, digest);
    row.sha256 = hex(digest, sizeof digest);
    if (::fsync(m_descriptor) != 0)
        return diskError("fsync");
    auto id = m_store.nextId();
    if (!id)
        return id.error();
    row.id = *id;
    return publish(std::move(row));
}

base::Result<model::Attachment> Upload::publish(model::Attachment row) {
    const std::string path = m_store.pathOf(row.id);
    if (std::rename(m_path.c_str(), path.c_str()) != 0)
        return diskError("rename");
    m_path = path; // removed with the object until the row is stored
    if (!syncFolder(std::filesystem::path(path).parent_path().string()))
        return diskError("fsync of the folder");
    auto stored = store::runJob(m_store.m_writer, [row](store::Tables& tables) { return tables.insert(row); });
    if (!stored)
        return stored.error();
    m_path.clear();
    return row;
}

AttachmentStore::AttachmentStore(std::string folder, store::Database& database, store::Writer& writer,
                                 const base::Clock& clock, std::size_t uploads, std::int64_t freeFloor)
    : m_folder(std::move(folder))
    , m_database(database)
    , m_writer(writer)
    , m_clock(clock)
    , m_capacity(uploads)
    , m_freeFloor(freeFloor) {}

std::string AttachmentStore::pathOf(model::AttachmentId id) const {
    return attachmentPath(m_folder, id);
}

base::Result<void> AttachmentStore::prepare() {
    namespace fs = std::filesystem;
    std::error_code error;
    fs::remove_all(m_folder + "/tmp", error);
    fs::create_directories(m_folder + "/tmp", error);
    for (std::int64_t i = 0; i < 256 && !error; ++i)
        fs::create_directories(fs::path(pathOf(model::AttachmentId{i})).parent_path(), error);
    if (error)
        return base::fatal("storage_unavailable", error.message());
    if (!syncFolder(m_folder))
        return diskError("fsync of the folder");
    return {};
}

base::Result<std::unique_ptr<Upload>> AttachmentStore::begin(UploadPlan plan) {
    std::error_code unknown;
    const auto space = std::filesystem::space(m_folder, unknown);
    if (!unknown && space.available < static_cast<std::uintmax_t>(m_freeFloor))
        return base::retry("storage_unavailable", "free space is below the floor");
    if (!enter(plan.from))
        return base::retry("overloaded", "uploads");
    std::string path = m_folder + "/tmp/XXXXXX";
    const int descriptor = ::mkostemp(path.data(), O_CLOEXEC);
    if (descriptor < 0) {
        const auto error = diskError("temporary file");
        leave(plan.from);
        return error;
    }
    return std::unique_ptr<Upload>(new Upload(*this, std::move(plan), std::move(path), descriptor));
}

/// A slow sender holds a place for minutes: one address must not hold them all.
bool AttachmentStore::enter(const std::string& from) {
    const std::lock_guard lock(m_runningMutex);
    if (m_running >= m_capacity)
        return false;
    if (!from.empty()) {
        auto& running = m_runningFrom[from];
        if (running >= std::max<std::size_t>(1, m_capacity / 4))
            return false;
        ++running;
    }
    ++m_running;
    return true;
}

void AttachmentStore::leave(const std::string& from) {
    const std::lock_guard lock(m_runningMutex);
    --m_running;
    const auto it = m_runningFrom.find(from);
    if (it != m_runningFrom.end() && --it->second == 0)
        m_runningFrom.erase(it);
}

base::Result<int> AttachmentStore::open(model::AttachmentId id) const {
    const int descriptor = ::open(pathOf(id).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0)
        return base::rejected("attachment_unknown", std::strerror(errno));
    return descriptor;
}

void AttachmentStore::removeFiles(const std::vector<model::AttachmentId>& ids) const {
    for (const auto id : ids)
        ::unlink(pathOf(id).c_str());
}

base::Result<std::int64_t> AttachmentStore::removeOrphans(base::TimePoint before) {
    std::int64_t removed = 0;
    for (Sweep sweep{m_swept}; sweep.more;) {
        auto orphans = nextOrphans(before, sweep);
        if (!orphans)
            return orphans.error();
        if (orphans->empty())
            continue;
        // The files first: a crash in between leaves rows nobody can ask for, found again after the next start.
        for (const auto id : *orphans)
            ::unlink(pathOf(id).c_str());
        auto done = store::runJob(m_writer, [&orphans](store::Tables& tables) -> base::Result<void> {
            for (const auto id : *orphans)
                if (auto gone = tables.remove(id); !gone)
                    return gone;
            return {};
        });
        if (!done)
            return done.error();
        removed += static_cast<std::int64_t>(orphans->size());
    }
    return removed;
}

base::Result<std::int64_t> AttachmentStore::removeStrays(base::TimePoint before) {
    auto next = nextId();
    if (!next)
        return next.error();
    auto strays = strayFiles(m_folder, m_database, before);
    if (!strays)
        return strays.error();
    std::int64_t removed = 0;
    for (const auto id : *strays)
        if (id < *next && ::unlink(pathOf(id).c_str()) == 0)
            ++removed;
    return removed;
}

/// Of the next few attachments; a short snapshot each time.
base::Result<std::vector<model::AttachmentId>> AttachmentStore::nextOrphans(base::TimePoint before, Sweep& sweep) {
    constexpr std::int64_t kPage = 200;
    auto reader = m_database.reader();
    if (!reader)
        return reader.error();
    auto rows = reader->attachments().after(sweep.at, before, kPage);
    if (!rows)
        return rows.error();
    std::vector<model::AttachmentId> orphans;
    for (const auto& row : *rows) {
        auto orphan = reader->attachments().isOrphan(row);
        if (!orphan)
            return orphan.error();
        if (*orphan)
            orphans.push_back(row.id);
        if (sweep.settled) {
            auto settled = reader->attachments().isSettled(row);
            if (!settled)
                return settled.error();
            sweep.settled = *settled;
        }
        if (sweep.settled)
            m_swept = row.id;
    }
    sweep.more = static_cast<std::int64_t>(rows->size()) == kPage;
    if (!rows->empty())
        sweep.at = rows->back().id;
    return orphans;
}

base::Result<model::AttachmentId> AttachmentStore::nextId() {
    constexpr std::int64_t kBlock = 64;
    const std::lock_guard lock(m_mutex);
    if (m_nextId == m_endId) {
        auto first = m_database.reserveIds(store::IdKind::Attachment, kBlock);
        if (!first)
            return first.error();
        m_nextId = *first;
        m_endId = *first + kBlock;
    }
    return model::AttachmentId{m_nextId++};
}

} // namespace cb::media
