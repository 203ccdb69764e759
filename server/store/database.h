#pragma once

#include "server/store/readers.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cb::store {

enum class Engine { Sqlite, Postgres };

/// "sqlite", "postgres".
std::string_view name(Engine engine);

/// Which rows an id is for. Ids are unique in the whole database and never used twice.
enum class IdKind {
    Instance, ///< from model::kFirstInstance
    Agent,
    Group,
    Flow,
    Channel,
    Customer,
    Session,
    Offer,
    Attachment,
    QuickReply,
    Mail,
    Trunk,
    Audio,
};

enum class Durability {
    Full,   ///< what was committed survives power loss
    Unsafe, ///< nothing is synced: for measuring what syncing costs, and for the test that must notice a loss
};

struct DatabaseOptions {
    /// The path of the SQLite file (made when missing, its folder must exist), or a PostgreSQL connection string:
    /// "postgresql://…" or "postgres://…" (a URI of libpq), or libpq's "key=value …" after "postgresql:".
    std::string where;
    base::Millis busyTimeout{5'000};  ///< how long a writer waits for another one's transaction
    std::size_t readers = 4;          ///< read connections, opened when first needed
    base::Millis leaseTimeout{5'000}; ///< how long reader() waits for a free one
    Durability durability = Durability::Full;
    bool migrate = true; ///< false: a database of an older version is refused (`schema_older`) and left as it is
    int checkpointPages = 4'096; ///< SQLite: log pages after which the Writer carries the log into the file (16 MiB)
};

/// What check() found. Problems are for the operator's log: stable codes with details, at most kMaxProblems of them.
struct CheckReport {
    struct Problem {
        std::string
            code; ///< "integrity", "foreign_key", "last_seq", "offer", "orphan_message", "ids", "phone_number", "call"
        std::string detail; ///< where
    };
    std::vector<Problem> problems;
    int schemaVersion = 0;
    std::int64_t events = 0; ///< rows of the event table
    bool ok() const { return problems.empty(); }

    static constexpr std::size_t kMaxProblems = 100;
};

/// The database of one server: an SQLite file (WAL) or a PostgreSQL database. Reading goes through reader(), writing
/// through the one Writer; only reserveIds() writes on its own.
///
/// Threads: every member is safe from any thread. Errors unless said otherwise: `storage_unavailable` (retry).
class Database {
public:
    using Options = DatabaseOptions;

    /// Opens, and brings the schema up to date: each migration in a transaction of its own; before each one an existing
    /// SQLite file is copied to "<path>.before-N" (N = the version migrated to). Does no full scan: 4 million messages
    /// are ready in milliseconds. Errors: `schema_newer` and, with migrate off, `schema_older` (fatal; params found,
    /// known), `not_a_database` (fatal: a file of something else), `storage_unavailable` (retry), `migration_failed`
    /// (fatal; nothing of it happened).
    static base::Result<std::unique_ptr<Database>> open(const Options& options);
    ~Database();

    Engine engine() const;
    int schemaVersion() const;
    const Options& options() const;

    /// A read connection for a while; see Reader. `overloaded` (retry) when none becomes free within leaseTimeout.
    base::Result<Reader> reader();

    /// `count` ids that nobody ever got or will get, first one returned, the others follow it; durable when this
    /// returns (one fsync: take blocks, not single ids). Ids not used are lost, which is fine.
    base::Result<std::int64_t> reserveIds(IdKind kind, std::int64_t count);

    /// Ids of sessions, customers and offers that were reserved and that no row has are free again: the numbers people
    /// see go on where they were, also after a kill. Only while nobody else has this database open and before any of
    /// them is handed out; none is known outside, because nothing is told before its commit.
    base::Result<void> takeBackIds();

    /// Of a copy that is about to take the place of what was written since it was made: ids and sequences go on a
    /// million further, so that no number which was given out meanwhile, and which clients remember, comes a second
    /// time with another meaning. SQLite only; `file` is open nowhere.
    static base::Result<void> skipAhead(const std::string& file, base::TimePoint now);

    /// Writes a consistent copy while everything goes on. `target` must not exist; it appears whole or not at all.
    /// `progress(done, total)` in pages, on the calling thread; false from it cancels (`cancelled`, rejected). SQLite
    /// only: `backup_unsupported` (rejected) on PostgreSQL, which has tools of its own. `target_exists` (rejected).
    using Progress = std::function<bool(std::int64_t done, std::int64_t total)>;
    base::Result<void> backup(const std::string& target, const Progress& progress = {});

    /// Carries the whole log into the file and empties it, so that what was overwritten is not in the log either.
    /// False: somebody was reading an older state, try again. On PostgreSQL this is the server's own business (VACUUM):
    /// true.
    base::Result<bool> scrub();

    /// Reads everything: the engine's own integrity check, foreign keys, and our invariants. Slow; writing goes on.
    base::Result<CheckReport> check();

    /// Bytes free where the database lies; nullopt where that cannot be known (PostgreSQL).
    std::optional<std::uint64_t> freeBytes() const;

    /// What lies beside an SQLite file as it was at some time: "<path>.before-N" (made before a migration) and
    /// "<path>.undone-N" (put aside by restoreSnapshot; with its log), sorted. Nothing is ever erased in them; the
    /// operator deletes them. Empty for PostgreSQL.
    static std::vector<std::string> oldCopies(const std::string& path);

    /// One step back: puts the newest "<path>.before-N" in the place of the file, which is kept as
    /// "<path>.undone-N". Only while nobody has it open. Returns N. `no_snapshot` (rejected) when there is none.
    static base::Result<int> restoreSnapshot(const std::string& path);

    struct Impl; ///< for the rest of this room
    Impl& impl() { return *m_impl; }

private:
    explicit Database(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace cb::store
