#pragma once

#include "shared/base/result.h"
#include "shared/model/ids.h"

#include <QtCore/QDateTime>
#include <QtCore/QString>
#include <QtCore/QVariant>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>

#include <functional>
#include <memory>
#include <vector>

namespace cb::sync {

/// An address that was used before.
struct KnownAddress {
    QString address; ///< https://host/online/1400000001
    QString email;
    QString instanceName;
    bool remember = false; ///< stay signed in; the token is in the system's keychain, never here
    QDateTime lastUsed;
    model::AgentId agent{}; ///< who that was; 0: not known

    bool operator==(const KnownAddress&) const = default;
};

/// Asked before every statement; false makes it fail. For tests of what happens then.
using StatementGate = std::function<bool()>;

/// The local file. One connection, one thread (the GUI's). A committed write survives power loss. Errors:
/// cache_unavailable (retry, params.reason), cache_newer (rejected).
class LocalStore {
public:
    /// Opens or makes it and brings its schema up to date. ":memory:" keeps nothing.
    static base::Result<std::unique_ptr<LocalStore>> open(const QString& path, StatementGate gate = {});
    /// The same, but a file that is no database any more is put aside as "<path>.damaged" and a new one made: a broken
    /// cache must not keep anybody from working.
    static base::Result<std::unique_ptr<LocalStore>> openOrReplace(const QString& path);
    ~LocalStore();
    LocalStore(const LocalStore&) = delete;
    LocalStore& operator=(const LocalStore&) = delete;

    std::vector<KnownAddress> addresses(); ///< newest first
    base::Result<void> remember(const KnownAddress& address);
    /// The row numbers of what this address has here, for folders named by them. A number is given once: what is left
    /// in a folder never comes to another account.
    base::Result<std::vector<qint64>> accountsOf(const KnownAddress& address);
    /// Messages and drafts of this account that never left this machine.
    int unsent(const KnownAddress& address);
    /// Takes the address and everything of its account out of the file, overwritten: all of it or nothing. Older copies
    /// of what it had may be left until scrub().
    base::Result<void> erase(const KnownAddress& address);
    /// Removes what erased rows left behind in the file at `path`: copies in its journal and in pages nobody uses, and
    /// a damaged file that was put aside. In any thread, beside an open store, whose writing waits meanwhile.
    static base::Result<void> scrub(const QString& path);

    /// The row number of an account's data, made on first use.
    base::Result<qint64> account(const QString& address, model::AgentId agent);

    // For the classes of this room.
    base::Result<QSqlQuery> run(const QString& sql, const QVariantList& values = {});
    /// All of it or nothing. Nested calls join the outer one.
    base::Result<void> transaction(const std::function<base::Result<void>()>& work);
    const QString& path() const { return m_path; }

private:
    LocalStore(QString path, StatementGate gate);
    base::Result<void> prepare();
    base::Result<void> migrate();

    QString m_path;
    StatementGate m_gate;
    QString m_connection;
    QSqlDatabase m_database;
    bool m_inTransaction = false;
};

} // namespace cb::sync
