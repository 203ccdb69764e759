#include "server/store/connection_p.h"

#include <new>

namespace cb::store {

namespace {

namespace sq = sqlite_api;

constexpr std::string_view kPostgresPrefix = "postgresql:";

base::Error unavailable(std::string_view detail) {
    return base::retry(Connection::kUnavailable, detail);
}

bool startsWith(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

std::string connectString(const DatabaseOptions& options, Connection::Use use) {
    if (engineOf(options.where) == Engine::Postgres)
        return postgresTarget(options.where);
    // SOCI reads "key=value" pairs; a value in double quotes may hold blanks.
    std::string text = "dbname=\"" + options.where + "\"";
    if (use == Connection::Use::Read)
        text += " readonly=1";
    return text;
}

} // namespace

Engine engineOf(std::string_view where) {
    return startsWith(where, kPostgresPrefix) || startsWith(where, "postgres://") ? Engine::Postgres : Engine::Sqlite;
}

std::string postgresTarget(std::string_view where) {
    if (startsWith(where, kPostgresPrefix) && !startsWith(where, "postgresql://"))
        where.remove_prefix(kPostgresPrefix.size());
    return std::string(where);
}

Connection::Connection(const DatabaseOptions& options, Use use)
    : m_engine(engineOf(options.where))
    , m_use(use) {
    if (m_engine == Engine::Sqlite) {
        m_session.open(soci::sqlite3, connectString(options, use));
        prepareSqlite(options, use);
    } else {
        // By name: libpq and what it brings are loaded only by those who use it.
        m_session.open("postgresql", connectString(options, use));
        preparePostgres(options, use);
    }
}

Connection::~Connection() {
    if (m_inTransaction)
        rollback();
}

void Connection::prepareSqlite(const DatabaseOptions& options, Use use) {
    sq::sqlite3_extended_result_codes(raw(), 1);
    sq::sqlite3_busy_timeout(raw(), static_cast<int>(options.busyTimeout.count()));
    run("PRAGMA temp_store=MEMORY");
    if (use == Use::Read) {
        run("PRAGMA cache_size=-1000"); // KiB; the system's page cache is behind it
        return;
    }
    // Room for the last pages of a thousand busy sessions in two indexes: with 4 MiB each message of a large file cost
    // 19 KiB of writing. The Writer gives it back when nothing has happened for a while.
    run("PRAGMA cache_size=-16000");
    run("PRAGMA foreign_keys=ON");
    run(options.durability == Durability::Full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF");
    // What is deleted or replaced within a page is overwritten there; what frees whole pages asks for more
    // (removal.cpp).
    run("PRAGMA secure_delete=FAST");
    // The Writer checkpoints when callbacks are done; nobody waits for it inside a commit.
    run("PRAGMA wal_autocheckpoint=0");
    run("PRAGMA journal_size_limit=67108864");
}

void Connection::preparePostgres(const DatabaseOptions& options, Use use) {
    run("SET client_min_messages = warning");
    run("SET lock_timeout = " + std::to_string(options.busyTimeout.count()));
    if (use == Use::Write && options.durability == Durability::Unsafe)
        run("SET synchronous_commit = off");
}

sq::sqlite3* Connection::raw() {
    return static_cast<soci::sqlite3_session_backend*>(m_session.get_backend())->conn_;
}

void Connection::run(const std::string& sql) {
    m_session << sql;
}

std::int64_t Connection::number(const std::string& sql) {
    std::int64_t value = 0;
    Query query(*this, sql);
    query.into(value).next();
    return value;
}

void Connection::beginWrite() {
    run(m_engine == Engine::Sqlite ? "BEGIN IMMEDIATE" : "BEGIN");
    m_inTransaction = true;
}

void Connection::commit() {
    run("COMMIT");
    m_inTransaction = false;
}

bool Connection::rollback() noexcept {
    m_inTransaction = false;
    try {
        // A full disk or a failed write may have rolled back already.
        if (m_engine == Engine::Sqlite && sq::sqlite3_get_autocommit(raw()) != 0)
            return true;
        run("ROLLBACK");
        return true;
    } catch (...) {
        return false;
    }
}

void Connection::needSnapshot() {
    if (m_inTransaction)
        return;
    run(m_engine == Engine::Sqlite ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    m_inTransaction = true;
}

base::Error Connection::currentError() noexcept {
    base::Error error = classify();
    m_failed = m_failed || error.code == kUnavailable;
    return error;
}

base::Error Connection::classify() noexcept {
    try {
        throw;
    } catch (const Failure& failure) {
        return failure.error();
    } catch (const soci::soci_error& error) {
        return m_engine == Engine::Sqlite ? sqliteError(error) : postgresError(error);
    } catch (const std::exception& error) {
        return base::fatal("internal", error.what());
    } catch (...) {
        return base::fatal("internal", "unknown exception");
    }
}

base::Error Connection::sqliteError(const soci::soci_error& error) {
    const auto* typed = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
    int code = typed != nullptr ? typed->result() : 0;
    if (m_session.get_backend() != nullptr && (code == 0 || (code & 0xFF) == SQLITE_CONSTRAINT))
        code = sq::sqlite3_extended_errcode(raw());
    const std::string detail = error.get_error_message();
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return base::conflict("already_exists", detail);
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return base::conflict("reference_missing", detail);
    default:
        return unavailable(detail + " (" + std::to_string(code) + ")");
    }
}

base::Error Connection::postgresError(const soci::soci_error& error) const {
    const std::string detail = error.get_error_message();
    if (error.get_error_category() != soci::soci_error::constraint_violation)
        return unavailable(detail);
    // The message may be in any language, the name of the constraint in it is ours: foreign keys end in _fkey.
    const bool reference = detail.find("_fkey") != std::string::npos;
    return base::conflict(reference ? "reference_missing" : "already_exists", detail);
}

Query::Query(Connection& connection, const std::string& sql)
    : m_statement(connection.sql()) {
    m_statement.alloc();
    m_statement.prepare(sql, soci::details::st_one_time_query);
}

Query& Query::bind(std::int64_t value) {
    m_statement.exchange(soci::use(m_numbers.emplace_back(value)));
    return *this;
}

Query& Query::bind(std::string_view value) {
    m_statement.exchange(soci::use(m_texts.emplace_back(value)));
    return *this;
}

Query& Query::into(std::int64_t& value) {
    m_statement.exchange(soci::into(value));
    return *this;
}

Query& Query::into(std::string& value) {
    m_statement.exchange(soci::into(value));
    return *this;
}

bool Query::next() {
    if (!m_started) {
        m_started = true;
        m_statement.define_and_bind();
        m_statement.execute();
    }
    return m_statement.fetch();
}

void Query::run() {
    m_started = true;
    m_statement.define_and_bind();
    m_statement.execute(true);
}

} // namespace cb::store
