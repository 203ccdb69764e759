#pragma once

#include "shared/base/clock.h"
#include "shared/base/result.h"
#include "shared/model/attachment.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace cb::store {
class Database;
class Writer;
} // namespace cb::store

namespace cb::media {

struct UploadPlan {
    model::InstanceId instance;
    model::SessionId session;
    model::AttachmentKind kind = model::AttachmentKind::File;
    std::string name; ///< as the sender called it
    std::int64_t limit = 0;
    std::string from = {}; ///< whom it is counted for; empty: nobody
};

class AttachmentStore;

/// One upload under way: a temporary file, removed with the object unless finish() succeeded. One thread at a time;
/// every call blocks on the disk.
class Upload {
public:
    ~Upload();
    Upload(const Upload&) = delete;
    Upload& operator=(const Upload&) = delete;

    /// Errors: file_too_large (limit), storage_unavailable (disk full).
    base::Result<void> write(const std::string& piece);
    /// Checks the content, syncs, renames, stores the row; all of it survives power loss when this returns.
    /// Errors: not_a_picture, storage_unavailable, overloaded, bad_field (empty).
    base::Result<model::Attachment> finish();

private:
    friend class AttachmentStore;
    struct Digest;
    Upload(AttachmentStore& store, UploadPlan plan, std::string path, int descriptor);
    base::Result<model::Attachment> publish(model::Attachment row);

    AttachmentStore& m_store;
    UploadPlan m_plan;
    std::string m_path; ///< empty once renamed
    int m_descriptor;
    std::int64_t m_bytes = 0;
    std::unique_ptr<Digest> m_digest;
};

/// The attachments' folder: "<folder>/<two hex digits>/<id>" and "<folder>/tmp". Safe from any thread.
class AttachmentStore {
public:
    /// `uploads`: how many may run at once, a quarter of them from one place. With less than `freeFloor` bytes left on
    /// the disk none begins.
    AttachmentStore(std::string folder, store::Database& database, store::Writer& writer, const base::Clock& clock,
                    std::size_t uploads = 64, std::int64_t freeFloor = 0);

    /// Makes the folders and removes what uploads left that were cut off. Before the first upload.
    base::Result<void> prepare();

    /// Errors: overloaded, storage_unavailable.
    base::Result<std::unique_ptr<Upload>> begin(UploadPlan plan);

    /// A descriptor to read it from, owned by the caller. Errors: attachment_unknown when the file is gone.
    base::Result<int> open(model::AttachmentId id) const;

    std::string pathOf(model::AttachmentId id) const;

    /// Of attachments whose rows are gone. A crash before leaves strays.
    void removeFiles(const std::vector<model::AttachmentId>& ids) const;

    /// Removes uploads made before `before` that no message names, once their session is completed. Each is looked at
    /// once; those of sessions still open again after the next start. One call at a time; blocks. Returns how many
    /// went.
    base::Result<std::int64_t> removeOrphans(base::TimePoint before);

    /// Removes the strayFiles of before `before`, which must leave any upload the time to get its row. Files with
    /// numbers this database has not given out yet stay: it is older than they are (a snapshot was put back). Blocks.
    /// Returns how many went.
    base::Result<std::int64_t> removeStrays(base::TimePoint before);

private:
    friend class Upload;
    bool enter(const std::string& from);
    void leave(const std::string& from);
    base::Result<model::AttachmentId> nextId();
    /// One walk over the attachments.
    struct Sweep {
        model::AttachmentId at{};
        bool more = true;
        bool settled = true; ///< the sessions of all so far are over: the next walk may begin behind them
    };
    base::Result<std::vector<model::AttachmentId>> nextOrphans(base::TimePoint before, Sweep& sweep);

    std::string m_folder;
    store::Database& m_database;
    store::Writer& m_writer;
    const base::Clock& m_clock;
    std::size_t m_capacity;
    std::int64_t m_freeFloor;
    std::mutex m_runningMutex; ///< of the two below; never held while something blocks
    std::size_t m_running = 0;
    std::map<std::string, std::size_t> m_runningFrom;
    std::mutex m_mutex; ///< of the block of ids
    std::int64_t m_nextId = 0;
    std::int64_t m_endId = 0;
    model::AttachmentId m_swept{}; ///< up to this one all were looked at, and nothing of them changes any more
};

} // namespace cb::media
