#pragma once

#include "server/store/database.h"
#include "shared/base/result.h"

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <deque>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cb::store {

/// A failure on its way to the boundary of the room, where guarded() makes a Result of it. Inside, SOCI's exceptions
/// and this one are let through.
class Failure : public std::exception {
public:
    explicit Failure(base::Error error)
        : m_error(std::move(error)) {}
    const char* what() const noexcept override { return m_error.code.c_str(); }
    const base::Error& error() const { return m_error; }

private:
    base::Error m_error;
};

/// One connection of either engine. Not synchronised.
class Connection {
public:
    enum class Use { Read, Write };

    /// Throws soci_error. Makes the SQLite file when it is missing and `use` is Write.
    Connection(const DatabaseOptions& options, Use use);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Engine engine() const { return m_engine; }
    soci::session& sql() { return m_session; }
    /// SQLite only.
    sqlite_api::sqlite3* raw();

    /// Text without parameters.
    void run(const std::string& sql);
    /// The one number a query gives.
    std::int64_t number(const std::string& sql);

    /// Takes the write lock at once, so that nothing fails half-way for want of it.
    void beginWrite();
    void commit();
    /// False when the connection is of no use any more.
    bool rollback() noexcept;

    /// Begins the read transaction when none is open: what is read from here on is one snapshot.
    void needSnapshot();
    bool inTransaction() const { return m_inTransaction; }
    /// The storage failed once: what this connection still can do is not worth finding out.
    bool failed() const { return m_failed; }

    /// What went wrong, of the exception being handled. Never names values that were bound.
    base::Error currentError() noexcept;

    static constexpr std::string_view kUnavailable = "storage_unavailable";

private:
    void prepareSqlite(const DatabaseOptions& options, Use use);
    void preparePostgres(const DatabaseOptions& options, Use use);
    base::Error classify() noexcept;
    base::Error sqliteError(const soci::soci_error& error);
    base::Error postgresError(const soci::soci_error& error) const;

    Engine m_engine;
    Use m_use;
    bool m_inTransaction = false;
    bool m_failed = false;
    soci::session m_session;
};

/// "sqlite file" or "PostgreSQL" by the form of DatabaseOptions::where.
Engine engineOf(std::string_view where);
/// The libpq connection string within DatabaseOptions::where.
std::string postgresTarget(std::string_view where);

/// Runs `work`; its value, or the exception it ended with as an Error.
template <class Work>
auto guarded(Connection& connection, Work&& work) -> base::Result<std::invoke_result_t<Work>> {
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (...) {
        return connection.currentError();
    }
}

/// The same for reading: within the connection's snapshot.
template <class Work>
auto reading(Connection& connection, Work&& work) {
    return guarded(connection, [&] {
        connection.needSnapshot();
        return work();
    });
}

/// A statement that is used once: bind the parameters in their order (each stands once in the text), name the
/// variables, then step.
class Query {
public:
    Query(Connection& connection, const std::string& sql);

    Query& bind(std::int64_t value);
    Query& bind(std::string_view value);
    Query& into(std::int64_t& value);
    Query& into(std::string& value);

    bool next();
    void run();

private:
    std::deque<std::int64_t> m_numbers; ///< deques: what is bound must not move
    std::deque<std::string> m_texts;
    bool m_started = false;
    soci::statement m_statement; ///< last: dies before what it points to
};

} // namespace cb::store
