#include "server/store/cells_p.h"
#include "server/store/database_p.h"
#include "server/store/schema_p.h"

#include <array>
#include <filesystem>

namespace cb::store {

namespace {

struct Kind {
    IdKind kind;
    std::string_view name;
    std::int64_t first;
};
constexpr std::array kKinds{
    Kind{IdKind::Instance, "instance", model::kFirstInstance},
    Kind{IdKind::Agent, "agent", 1},
    Kind{IdKind::Group, "group", 1},
    Kind{IdKind::Flow, "flow", 1},
    Kind{IdKind::Channel, "channel", 1},
    Kind{IdKind::Customer, "customer", 1},
    Kind{IdKind::Session, "session", 1},
    Kind{IdKind::Offer, "offer", 1},
    Kind{IdKind::Attachment, "attachment", 1},
    Kind{IdKind::QuickReply, "quick_reply", 1},
    Kind{IdKind::Mail, "mail", 1},
    Kind{IdKind::Trunk, "trunk", 1},
    Kind{IdKind::Audio, "audio", 1},
};

const Kind& kindOf(IdKind kind) {
    return kKinds.at(static_cast<std::size_t>(kind));
}

/// Returns the first one of the block; throws.
std::int64_t takeBlock(Connection& c, const Kind& kind, std::int64_t count) {
    c.beginWrite();
    Query update(c, "INSERT INTO id_block (kind, next_id) VALUES (:k, :n) ON CONFLICT (kind) DO UPDATE SET next_id = "
                    "id_block.next_id + :c");
    update.bind(kind.name).bind(kind.first + count).bind(count).run();
    std::int64_t next = 0;
    Query query(c, "SELECT next_id FROM id_block WHERE kind = :k");
    query.into(next).bind(kind.name).next();
    c.commit();
    return next - count;
}

/// Throws. Of sessions also what events name: a row that is gone must not give its number to another.
void takeBackUnused(Connection& c) {
    const std::string next = "UPDATE id_block SET next_id = 1 + (SELECT COALESCE(MAX(m.id), 0) FROM (";
    c.beginWrite();
    c.run(next + "SELECT MAX(id) AS id FROM session UNION ALL SELECT MAX(session) AS id FROM event) AS m"
                 ") WHERE kind = 'session'");
    c.run(next + "SELECT MAX(id) AS id FROM customer) AS m) WHERE kind = 'customer'");
    c.run(next + "SELECT MAX(id) AS id FROM offer) AS m) WHERE kind = 'offer'");
    c.run("UPDATE id_block SET next_id = least_id WHERE next_id < least_id");
    c.commit();
}

constexpr std::int64_t kSkipped = 1'000'000; ///< more than is given out between a backup and its restore

void skipAheadIn(Connection& c, base::TimePoint now) {
    std::string detail;
    encodeJson(model::EventDetail(model::AuditDetail{"restore", "database", {}, {}}), detail);
    c.beginWrite();
    Query(c, "UPDATE id_block SET next_id = next_id + :n, least_id = next_id + :m").bind(kSkipped).bind(kSkipped).run();
    Query(c, "INSERT INTO event (instance, seq, at, kind, session, agent, uuid_high, uuid_low, side, author, "
             "message_kind, body, attachment, detail) SELECT instance, MAX(seq) + :n, :t, 'audit', 0, 0, 0, 0, "
             "'system', 0, 'text', '', 0, :d FROM event GROUP BY instance")
        .bind(kSkipped)
        .bind(base::toUnixMillis(now))
        .bind(detail)
        .run();
    c.commit();
}

void useWriteAheadLog(Connection& c) {
    std::string mode;
    Query(c, "PRAGMA journal_mode = WAL").into(mode).next();
    if (mode != "wal")
        throw Failure(base::retry("storage_unavailable", "the file system cannot do write-ahead logging"));
    // Reading opens the log, which stays open with this connection. Otherwise the Writer's would be the last to close
    // after a failed commit, and the next one to open would replay what that commit had written and nobody was to see.
    c.number("SELECT COUNT(*) FROM sqlite_master");
}

} // namespace

std::string_view name(Engine engine) {
    return engine == Engine::Sqlite ? "sqlite" : "postgres";
}

Database::Database(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl)) {}

Database::~Database() = default;

base::Result<std::unique_ptr<Database>> Database::open(const Options& options) {
    auto impl = std::make_unique<Impl>(options);
    auto connection = connect(options, Connection::Use::Write);
    if (!connection)
        return connection.error();
    auto version = migrate(**connection, options, migrations());
    if (!version)
        return version.error();
    if ((*connection)->engine() == Engine::Sqlite) {
        auto logged = guarded(**connection, [&] { useWriteAheadLog(**connection); });
        if (!logged)
            return logged.error();
    }
    impl->version = *version;
    impl->side = std::move(*connection);
    return std::unique_ptr<Database>(new Database(std::move(impl)));
}

Engine Database::engine() const {
    return engineOf(m_impl->options.where);
}

int Database::schemaVersion() const {
    return m_impl->version;
}

const DatabaseOptions& Database::options() const {
    return m_impl->options;
}

base::Result<Reader> Database::reader() {
    return m_impl->pool.lease();
}

template <class Work>
auto Database::Impl::aside(Work work) -> base::Result<std::invoke_result_t<Work, Connection&>> {
    const std::lock_guard lock(sideMutex);
    if (!side) {
        auto connection = connect(options, Connection::Use::Write);
        if (!connection)
            return connection.error();
        side = std::move(*connection);
    }
    auto done = guarded(*side, [&] { return work(*side); });
    if (!done) {
        // An SQLite connection stays good, and this one must stay open: see useWriteAheadLog.
        if (!side->rollback() || side->engine() == Engine::Postgres)
            side.reset();
    }
    return done;
}

base::Result<std::int64_t> Database::reserveIds(IdKind kind, std::int64_t count) {
    return m_impl->aside([&](Connection& c) { return takeBlock(c, kindOf(kind), count); });
}

base::Result<void> Database::takeBackIds() {
    return m_impl->aside([](Connection& c) { takeBackUnused(c); });
}

base::Result<void> Database::skipAhead(const std::string& file, base::TimePoint now) {
    DatabaseOptions options;
    options.where = file;
    auto connection = connect(options, Connection::Use::Write);
    if (!connection)
        return connection.error();
    return guarded(**connection, [&] {
        skipAheadIn(**connection, now);
        (*connection)->run("PRAGMA wal_checkpoint(TRUNCATE)");
    });
}

base::Result<void> Database::backup(const std::string& target, const Progress& progress) {
    if (engine() != Engine::Sqlite)
        return base::rejected("backup_unsupported", "use pg_dump or pg_basebackup");
    std::error_code error;
    if (std::filesystem::exists(target, error))
        return base::rejected("target_exists", target);
    auto source = connect(m_impl->options, Connection::Use::Read);
    if (!source)
        return source.error();
    return copyTo(**source, target, progress);
}

base::Result<bool> Database::scrub() {
    if (engine() != Engine::Sqlite)
        return true;
    return m_impl->aside([&](Connection& c) {
        // The Writer must not be kept waiting for a reader.
        sqlite_api::sqlite3_busy_timeout(c.raw(), 0);
        const int code =
            sqlite_api::sqlite3_wal_checkpoint_v2(c.raw(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
        sqlite_api::sqlite3_busy_timeout(c.raw(), static_cast<int>(options().busyTimeout.count()));
        if (code != SQLITE_OK && code != SQLITE_BUSY && code != SQLITE_LOCKED)
            throw Failure(base::retry("storage_unavailable", "checkpoint (" + std::to_string(code) + ")"));
        return code == SQLITE_OK;
    });
}

std::optional<std::uint64_t> Database::freeBytes() const {
    if (engine() != Engine::Sqlite)
        return std::nullopt;
    const std::filesystem::path folder = std::filesystem::path(m_impl->options.where).parent_path();
    std::error_code error;
    const auto space = std::filesystem::space(folder.empty() ? "." : folder, error);
    return error ? std::nullopt : std::optional<std::uint64_t>(space.available);
}

} // namespace cb::store
