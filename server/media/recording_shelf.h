#pragma once

#include "shared/base/result.h"
#include "shared/model/phone.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cb::store {
class Database;
class Writer;
} // namespace cb::store

namespace cb::media {

/// The folder of recordings of calls: "<session>.wav", written by sound::Recorder and named by model::Call::recording.
/// Safe from any thread; every call blocks on disk or database.
class RecordingShelf {
public:
    RecordingShelf(std::string folder, store::Database& database, store::Writer& writer);

    struct Found {
        std::int64_t named = 0;   ///< recordings whose calls did not name them yet
        std::int64_t removed = 0; ///< whose calls are gone
    };
    /// Makes the folder, and puts right what a crash left. Before anything is recorded, and before the desk reads the
    /// calls. Errors: storage_unavailable.
    base::Result<Found> prepare() const;

    /// Of calls whose rows are gone or name them no more. What is no name of a recording is left alone.
    void remove(const std::vector<std::string>& files) const;

    const std::string& folder() const { return m_folder; }

private:
    base::Result<void> putRight(const std::vector<model::SessionId>& sessions, Found& found) const;

    const std::string m_folder;
    store::Database& m_database;
    store::Writer& m_writer;
};

} // namespace cb::media
