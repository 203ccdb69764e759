#pragma once

#include "server/store/database.h"
#include "shared/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cb::ops {

struct BackupReport {
    std::int64_t files = 0;      ///< attachments
    std::int64_t sounds = 0;     ///< uploaded audio
    std::int64_t recordings = 0; ///< of calls
};

/// Copies database, attachments, audio, recordings and the key of its secrets into the new folder `target`, while a
/// server runs on it. It appears whole or not at all. The database is copied first: an attachment's file is there
/// before its row, so every row of the copy has its file. Who has the copy can read the secrets. Errors: target_exists,
/// backup_unsupported (PostgreSQL), storage_unavailable.
base::Result<BackupReport> backup(store::Database& database, const std::string& dataPath, const std::string& target);

/// Puts a backup into an empty data directory, which the caller has locked. Errors: not_a_backup, data_not_empty,
/// storage_unavailable. Numbers go on a million further (store::Database::skipAhead).
base::Result<BackupReport> restore(const std::string& backupPath, const std::string& dataPath, base::TimePoint now);

} // namespace cb::ops
