#include "tests/server/store/sample.h"

#include "server/store/schema_p.h"

#include <QtCore/QDir>

using namespace cb;
using test::kInstance;

namespace {

void good(store::Connection& c) {
    store::runScript(c, "ALTER TABLE quick_reply ADD COLUMN hint TEXT NOT NULL DEFAULT ''; CREATE TABLE extra (id $id, "
                        "instance $int NOT NULL) $strict");
}
void bad(store::Connection& c) {
    good(c);
    throw store::Failure(base::fatal("half_way"));
}

std::vector<store::Migration> withStep(void (*apply)(store::Connection&)) {
    std::vector<store::Migration> steps(store::migrations().begin(), store::migrations().end());
    steps.push_back({steps.back().version + 1, "a test's", apply});
    return steps;
}

base::Result<int> migrateWith(const store::DatabaseOptions& options, const std::vector<store::Migration>& steps) {
    store::Connection connection(options, store::Connection::Use::Write);
    return store::migrate(connection, options, steps);
}

/// Everything the engine says about the tables.
QStringList schemaOf(const store::DatabaseOptions& options) {
    store::Connection connection(options, store::Connection::Use::Write);
    std::string text;
    store::Query query(
        connection, connection.engine() == store::Engine::Sqlite
                        ? "SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_master ORDER BY 1"
                        : "SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' "
                          "|| COALESCE(column_default, '') FROM information_schema.columns WHERE table_schema = "
                          "'public' UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1");
    query.into(text);
    QStringList lines;
    while (query.next())
        lines << QString::fromStdString(text);
    return lines;
}

} // namespace

class MigrationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data() { test::engineRows(); }
    void versionsHaveNoGaps();
    void migratedIsAsFresh();
    void schemaOneIsCarriedOver();
    void failedStepLeavesNothing();
    void newerSchemaIsRefused();
    void olderSchemaIsLeftAloneOnDemand();
    void snapshotTakesOneStepBack();
    void otherFilesAreRefused();

private:
    test::Place place() {
        QFETCH_GLOBAL(int, engine);
        return test::Place(static_cast<store::Engine>(engine));
    }
};

void MigrationTest::versionsHaveNoGaps() {
    int version = 0;
    for (const auto& step : store::migrations())
        QCOMPARE(step.version, ++version);
}

void MigrationTest::migratedIsAsFresh() {
    const test::Place old = place();
    CB_NEED(old);
    const test::Place fresh = place();
    CB_NEED(fresh);
    auto database = old.open();
    QVERIFY(database && test::commit(*database, test::people()));
    database.reset();
    const auto steps = withStep(&good);
    QCOMPARE(*migrateWith(old.options, steps), steps.back().version);
    QCOMPARE(*migrateWith(old.options, steps), steps.back().version); // again does nothing
    QCOMPARE(*migrateWith(fresh.options, steps), steps.back().version);
    const QStringList schema = schemaOf(old.options);
    QVERIFY(schema.size() > 20);
    QCOMPARE(schema, schemaOf(fresh.options));
}

/// A database as the first release made it, with a flow that has a version and a draft.
void MigrationTest::schemaOneIsCarriedOver() {
    const test::Place where = place();
    CB_NEED(where);
    const auto all = store::migrations();
    QCOMPARE(*migrateWith(where.options, {all.begin(), all.begin() + 1}), 1);
    {
        store::Connection c(where.options, store::Connection::Use::Write);
        store::runScript(
            c,
            "INSERT INTO instance VALUES (1400000001, 'Acme', 'Asia/Shanghai', 1, 30, 1, 20, 1, 30, 0, 0, 1, 120, 20, "
            "365, 10485760, 20971520, 1, 2);"
            "INSERT INTO agent VALUES (1, 1400000001, 'Ann', '', 'ann@x.example', 'ann@x.example', '000001', '', "
            "'admin', 0, 1);"
            "INSERT INTO flow VALUES (1, 1400000001, 'chat', 'Greeting', 1);"
            "INSERT INTO flow_version VALUES (1, 1, 1400000001, '{\"v\":1}', 5);"
            "INSERT INTO flow_version VALUES (1, 0, 1400000001, '{\"v\":0}', 6);"
            "INSERT INTO channel VALUES (1, 1400000001, 'website', 'Shop', 'key-1', 'x.example', '', 1, 0);"
            "INSERT INTO customer VALUES (1, 1400000001, 1, 'v', 'Eve', '', 'en', 1, 3);"
            "INSERT INTO credential VALUES (1, 1400000001, '$hash', 1, 4)");
    }
    auto database = where.open();
    QVERIFY(database);
    QCOMPARE(database->schemaVersion(), all.back().version);
    if (database->engine() == store::Engine::Sqlite)
        QVERIFY(QFile::exists(QString::fromStdString(store::snapshotPath(where.options.where, 2))));
    auto reader = database->reader();
    const auto draft = **reader->directory().flow(model::FlowId(1), 0);
    QVERIFY(draft.published && !draft.deleted && draft.revision == 1 && draft.tests == "[]" && !draft.by);
    QCOMPARE(draft.json, std::string("{\"v\":0}"));
    QCOMPARE((*reader->directory().publishedFlow(model::FlowId(1)))->json, std::string("{\"v\":1}"));
    QVERIFY(reader->directory().screenPops(kInstance)->empty());
    QCOMPARE(reader->customers().blocked(kInstance, 9)->size(), std::size_t(1));
    QCOMPARE(reader->credentials().invited(kInstance)->size(), std::size_t(1));
    QVERIFY(reader->telephone().trunks()->empty() && reader->telephone().numbers()->empty());
    QVERIFY(database->check()->ok());
}

void MigrationTest::failedStepLeavesNothing() {
    const test::Place where = place();
    CB_NEED(where);
    auto database = where.open();
    QVERIFY(database && test::commit(*database, test::people()));
    database.reset();
    const QStringList before = schemaOf(where.options);
    const auto refused = migrateWith(where.options, withStep(&bad));
    QCOMPARE(refused.error().code, std::string("migration_failed"));
    QCOMPARE(schemaOf(where.options), before);
    database = where.open();
    QVERIFY(database);
    QCOMPARE(database->reader()->directory().agents(kInstance)->size(), std::size_t(2));
}

void MigrationTest::newerSchemaIsRefused() {
    const test::Place where = place();
    CB_NEED(where);
    QVERIFY(migrateWith(where.options, withStep(&good)).ok());
    const auto refused = store::Database::open(where.options);
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, std::string("schema_newer"));
    QCOMPARE(refused.error().params.at("known"), std::to_string(store::migrations().back().version));
}

void MigrationTest::olderSchemaIsLeftAloneOnDemand() {
    const test::Place where = place();
    CB_NEED(where);
    QVERIFY(store::Database::open(where.options).ok());
    const QStringList before = schemaOf(where.options);
    auto options = where.options;
    options.migrate = false;
    const auto refused = migrateWith(options, withStep(&good));
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, std::string("schema_older"));
    QCOMPARE(schemaOf(where.options), before);
    QVERIFY(store::Database::open(options).ok()); // of this version
}

void MigrationTest::snapshotTakesOneStepBack() {
    const test::Place where = place();
    CB_NEED(where);
    auto database = where.open();
    QVERIFY(database && test::commit(*database, test::people()));
    if (database->engine() != store::Engine::Sqlite)
        QSKIP("PostgreSQL has tools of its own");
    const int version = database->schemaVersion();
    database.reset();
    QVERIFY(!store::Database::restoreSnapshot(where.options.where).ok());
    QVERIFY(migrateWith(where.options, withStep(&good)).ok());
    const auto snapshot = store::snapshotPath(where.options.where, version + 1);
    QVERIFY(QFile::exists(QString::fromStdString(snapshot)));
    QVERIFY(store::Database::oldCopies(where.options.where) == std::vector{snapshot});
    QVERIFY(!store::Database::open(where.options).ok());
    const QString index = QString::fromStdString(where.options.where) + ".search";
    for (const char* suffix : {"", "-wal", "-shm"}) {
        QFile file(index + suffix);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("x") == 1);
    }
    QCOMPARE(*store::Database::restoreSnapshot(where.options.where), version + 1);
    const auto left = store::Database::oldCopies(where.options.where);
    QVERIFY(!left.empty() && left[0] == where.options.where + ".undone-" + std::to_string(version + 1));
    QVERIFY(store::Database::oldCopies("postgresql://nobody@nowhere/x").empty());
    for (const char* suffix : {"", "-wal", "-shm"}) // it knows what the snapshot does not
        QVERIFY(!QFile::exists(index + suffix));
    database = where.open();
    QVERIFY(database);
    QCOMPARE(database->schemaVersion(), version);
    QVERIFY(*database->reader()->directory().agents(kInstance) == test::people().agents);
    QVERIFY(database->check()->ok());
    const QString undone = QString::fromStdString(where.options.where) + ".undone-" + QString::number(version + 1);
    QVERIFY(QFile::exists(undone));
}

void MigrationTest::otherFilesAreRefused() {
    QTemporaryDir folder;
    store::DatabaseOptions options;
    options.where = folder.filePath("text.db").toStdString();
    QFile text(folder.filePath("text.db"));
    QVERIFY(text.open(QIODevice::WriteOnly) && text.write(QByteArray(5000, 'x')) == 5000);
    text.close();
    QCOMPARE(store::Database::open(options).error().code, std::string("not_a_database"));
    options.where = folder.filePath("other.db").toStdString();
    {
        store::Connection other(options, store::Connection::Use::Write);
        other.run("CREATE TABLE theirs (a INTEGER)");
    }
    QCOMPARE(store::Database::open(options).error().code, std::string("not_a_database"));
    options.where = folder.filePath("no/such/folder/data.db").toStdString();
    QCOMPARE(store::Database::open(options).error().code, std::string("storage_unavailable"));
    options.where = "postgresql:host=" + folder.path().toStdString() + " dbname=none";
    QCOMPARE(store::Database::open(options).error().code, std::string("storage_unavailable"));
}

static const cb::test::Add<MigrationTest> addedMigrationTest;
#include "migration_test.moc"
