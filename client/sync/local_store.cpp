#include "client/sync/local_store.h"

#include "client/bridge/convert.h"
#include "client/sync/schema_p.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QUrl>
#include <QtCore/QUuid>
#include <QtSql/QSqlError>

namespace cb::sync {

namespace {

base::Error unavailable(const QString& reason) {
    return base::with(base::retry("cache_unavailable"), "reason", bridge::toStd(reason));
}

constexpr int kNotADatabase = 26; // SQLITE_NOTADB
constexpr int kCorrupt = 11;      // SQLITE_CORRUPT

QString asideOf(const QString& path) {
    return path + QStringLiteral(".damaged");
}

/// One statement after the other, on a connection of its own.
base::Result<void> rewrite(QSqlDatabase& database, const QString& path) {
    database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=2000"));
    // It is not made when it is not there (any more).
    database.setDatabaseName(QUrl::fromLocalFile(path).toString(QUrl::FullyEncoded) + QStringLiteral("?mode=rw"));
    if (!database.open())
        return unavailable(database.lastError().text());
    const auto checkpoint = QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)");
    QSqlQuery query(database);
    // The copy that VACUUM makes is not to be on the disk.
    for (const auto& statement : {QStringLiteral("PRAGMA secure_delete=ON"), QStringLiteral("PRAGMA temp_store=MEMORY"),
                                  checkpoint, QStringLiteral("VACUUM"), checkpoint}) {
        if (!query.exec(statement))
            return unavailable(query.lastError().text());
        if (statement == checkpoint && query.next() && query.value(0).toInt() != 0)
            return unavailable(QStringLiteral("busy"));
        query.finish();
    }
    return {};
}

} // namespace

LocalStore::LocalStore(QString path, StatementGate gate)
    : m_path(std::move(path))
    , m_gate(std::move(gate))
    , m_connection(QUuid::createUuid().toString())
    , m_database(QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection)) {}

LocalStore::~LocalStore() {
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connection);
}

base::Result<std::unique_ptr<LocalStore>> LocalStore::open(const QString& path, StatementGate gate) {
    std::unique_ptr<LocalStore> store(new LocalStore(path, std::move(gate)));
    if (path != QLatin1String(":memory:"))
        QDir().mkpath(QFileInfo(path).absolutePath());
    store->m_database.setDatabaseName(path);
    store->m_database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=2000"));
    if (!store->m_database.open())
        return unavailable(store->m_database.lastError().text());
    // What customers wrote is nobody else's; the journal's files take the mode of this one.
    if (path != QLatin1String(":memory:"))
        QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (auto done = store->prepare(); !done)
        return done.error();
    return store;
}

base::Result<std::unique_ptr<LocalStore>> LocalStore::openOrReplace(const QString& path) {
    auto store = open(path);
    if (store || store.error().detail != "damaged")
        return store;
    const QString aside = asideOf(path);
    QFile::remove(aside);
    for (const auto* suffix : {"-wal", "-shm"})
        QFile::remove(path + QLatin1String(suffix));
    if (!QFile::rename(path, aside))
        return store;
    return open(path);
}

base::Result<void> LocalStore::prepare() {
    for (const auto* pragma :
         {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON", "PRAGMA secure_delete=ON"})
        if (auto done = run(QLatin1String(pragma)); !done)
            return done.error();
    return migrate();
}

base::Result<void> LocalStore::migrate() {
    auto version = run(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return version.error();
    version->next();
    const int present = version->value(0).toInt();
    version->finish();
    if (present > migrations().back().version)
        return base::rejected("cache_newer");
    for (const auto& step : migrations()) {
        if (step.version <= present)
            continue;
        auto done = transaction([&]() -> base::Result<void> {
            for (const auto& statement : step.statements)
                if (auto ran = run(statement); !ran)
                    return ran.error();
            if (auto ran = run(QStringLiteral("PRAGMA user_version = %1").arg(step.version)); !ran)
                return ran.error();
            return {};
        });
        if (!done)
            return done;
    }
    return {};
}

base::Result<QSqlQuery> LocalStore::run(const QString& sql, const QVariantList& values) {
    if (m_gate && !m_gate())
        return unavailable(QStringLiteral("gate"));
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    bool ok = query.prepare(sql);
    for (qsizetype i = 0; ok && i < values.size(); ++i)
        query.bindValue(static_cast<int>(i), values[i]);
    ok = ok && query.exec();
    if (ok)
        return query;
    const auto error = query.lastError();
    auto result = unavailable(error.text());
    const int code = error.nativeErrorCode().toInt() & 0xFF;
    if (code == kNotADatabase || code == kCorrupt)
        result.detail = "damaged";
    return result;
}

base::Result<void> LocalStore::transaction(const std::function<base::Result<void>()>& work) {
    if (m_inTransaction)
        return work();
    if (auto begun = run(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return begun.error();
    m_inTransaction = true;
    auto result = work();
    m_inTransaction = false;
    if (result) {
        if (auto committed = run(QStringLiteral("COMMIT")); !committed)
            result = committed.error();
    }
    if (!result)
        QSqlQuery(m_database).exec(QStringLiteral("ROLLBACK"));
    return result;
}

std::vector<KnownAddress> LocalStore::addresses() {
    std::vector<KnownAddress> all;
    auto rows = run(QStringLiteral(
        "SELECT address, email, instance_name, remember, last_used, agent FROM address ORDER BY last_used DESC "
        "LIMIT 20"));
    while (rows && rows->next())
        all.push_back({rows->value(0).toString(), rows->value(1).toString(), rows->value(2).toString(),
                       rows->value(3).toBool(), QDateTime::fromMSecsSinceEpoch(rows->value(4).toLongLong()),
                       model::AgentId(rows->value(5).toLongLong())});
    return all;
}

base::Result<void> LocalStore::remember(const KnownAddress& address) {
    auto done =
        run(QStringLiteral("INSERT OR REPLACE INTO address (address, email, instance_name, remember, last_used, agent) "
                           "VALUES (?, ?, ?, ?, ?, ?)"),
            {address.address, address.email, address.instanceName.isNull() ? QLatin1String("") : address.instanceName,
             address.remember, address.lastUsed.toMSecsSinceEpoch(), static_cast<qint64>(address.agent.value)});
    return done ? base::Result<void>() : done.error();
}

/// Without an agent (an address of a version that did not note it): those there that belong to no other address, and
/// none when another one does not say whose it is either.
base::Result<std::vector<qint64>> LocalStore::accountsOf(const KnownAddress& address) {
    const qint64 agent = address.agent.value;
    auto rows = run(QStringLiteral("SELECT id FROM account WHERE address = ? AND (agent = ? OR (? = 0 AND agent NOT IN "
                                   "(SELECT agent FROM address WHERE address = ? AND email <> ?) AND NOT EXISTS "
                                   "(SELECT 1 FROM address WHERE address = ? AND email <> ? AND agent = 0)))"),
                    {address.address, agent, agent, address.address, address.email, address.address, address.email});
    if (!rows)
        return rows.error();
    std::vector<qint64> ids;
    while (rows->next())
        ids.push_back(rows->value(0).toLongLong());
    return ids;
}

int LocalStore::unsent(const KnownAddress& address) {
    const auto ids = accountsOf(address);
    int count = 0;
    for (const auto id : ids ? *ids : std::vector<qint64>()) {
        auto row = run(QStringLiteral("SELECT (SELECT COUNT(*) FROM outbox WHERE account = ?) + "
                                      "(SELECT COUNT(*) FROM draft WHERE account = ?)"),
                       {id, id});
        count += row && row->next() ? row->value(0).toInt() : 0;
    }
    return count;
}

base::Result<void> LocalStore::erase(const KnownAddress& address) {
    return transaction([&]() -> base::Result<void> {
        const auto ids = accountsOf(address);
        if (!ids)
            return ids.error();
        for (const auto id : *ids) {
            for (const auto* table : {"draft", "outbox", "message", "transcript", "kept", "past"})
                if (auto ran = run(QStringLiteral("DELETE FROM %1 WHERE account = ?").arg(QLatin1String(table)), {id});
                    !ran)
                    return ran.error();
            if (auto ran = run(QStringLiteral("DELETE FROM account WHERE id = ?"), {id}); !ran)
                return ran.error();
        }
        auto ran = run(QStringLiteral("DELETE FROM address WHERE address = ? AND email = ?"),
                       {address.address, address.email});
        return ran ? base::Result<void>() : ran.error();
    });
}

base::Result<void> LocalStore::scrub(const QString& path) {
    if (path == QLatin1String(":memory:"))
        return {};
    const QString connection = QUuid::createUuid().toString();
    base::Result<void> done;
    {
        auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
        done = rewrite(database, path);
        database.close();
    }
    QSqlDatabase::removeDatabase(connection);
    if (QFile aside(asideOf(path)); aside.exists() && !aside.remove())
        return unavailable(aside.errorString());
    return done;
}

base::Result<qint64> LocalStore::account(const QString& address, model::AgentId agent) {
    auto made = run(QStringLiteral("INSERT OR IGNORE INTO account (address, agent) VALUES (?, ?)"),
                    {address, static_cast<qint64>(agent.value)});
    if (!made)
        return made.error();
    auto row = run(QStringLiteral("SELECT id FROM account WHERE address = ? AND agent = ?"),
                   {address, static_cast<qint64>(agent.value)});
    if (!row)
        return row.error();
    if (!row->next())
        return unavailable(QStringLiteral("account"));
    return row->value(0).toLongLong();
}

} // namespace cb::sync
