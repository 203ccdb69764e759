#pragma once

#include "server/store/connection_p.h"

#include <span>
#include <string>

namespace cb::store {

/// One step of the schema. Steps are numbered from 1 without gaps; a released one never changes.
struct Migration {
    int version;
    const char* name;
    void (*apply)(Connection&); ///< within a transaction; throws to undo it
};

std::span<const Migration> migrations();

/// Brings the schema to the newest of `steps` and returns its version; see Database::open for snapshots and errors.
base::Result<int> migrate(Connection& connection, const DatabaseOptions& options, std::span<const Migration> steps);

/// Runs statements separated by ";" with $id, $int, $strict and $clustered replaced by what the engine calls them.
void runScript(Connection& connection, std::string_view script);

/// Copies a consistent state of an SQLite database to a new file: whole and synced, or not there.
base::Result<void> copyTo(Connection& source, const std::string& target, const Database::Progress& progress);

std::string snapshotPath(const std::string& path, int version);

} // namespace cb::store
