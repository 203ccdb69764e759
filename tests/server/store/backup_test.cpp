#include "tests/server/store/sample.h"

#include <atomic>
#include <thread>

using namespace cb;
using test::kInstance;

class BackupTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void copiesAConsistentStateWhileWritingGoesOn();
    void canBeCancelled();
    void refusesWhatItCannotDo();
    void checkFindsADamagedFile();

private:
    static bool fill(store::Database& database, int messages);
};

bool BackupTest::fill(store::Database& database, int messages) {
    store::Batch batch = test::people();
    batch.sessions.push_back(test::session(1));
    for (int seq = 1; seq <= messages; ++seq)
        batch.events.push_back(test::message(seq, 1, std::string(200, 'x')));
    return test::commit(database, std::move(batch));
}

void BackupTest::copiesAConsistentStateWhileWritingGoesOn() {
    test::Place place(store::Engine::Sqlite);
    auto database = place.open();
    QVERIFY(database && fill(*database, 20'000));
    const std::string target = place.options.where + ".copy";
    std::int64_t seq = 20'000;
    std::vector<std::pair<std::int64_t, std::int64_t>> seen;
    {
        store::Writer writer(*database, 100);
        const auto done = database->backup(target, [&](std::int64_t copied, std::int64_t total) {
            seen.emplace_back(copied, total);
            store::Batch batch;
            batch.events.push_back(test::message(++seq, 1, "while copying"));
            batch.marks.push_back({.session = model::SessionId(1), .lastSeq = seq});
            const bool taken = writer.submit(1, batch, {});
            writer.flush(); // committed between two steps of the copy
            return taken;
        });
        QVERIFY2(done.ok(), done.ok() ? "" : done.error().detail.c_str());
    }
    QVERIFY(seen.size() > 3);
    QVERIFY(seen.back().first == seen.back().second);
    QCOMPARE(*database->reader()->events().newestSeq(kInstance), seq);

    store::DatabaseOptions options;
    options.where = target;
    auto copy = store::Database::open(options);
    QVERIFY(copy.ok());
    QCOMPARE(*(*copy)->reader()->events().newestSeq(kInstance), model::Seq(20'000));
    QVERIFY((*copy)->check()->ok());
}

void BackupTest::canBeCancelled() {
    test::Place place(store::Engine::Sqlite);
    auto database = place.open();
    QVERIFY(database && fill(*database, 5'000));
    const std::string target = place.options.where + ".copy";
    QCOMPARE(database->backup(target, [](auto, auto) { return false; }).error().code, std::string("cancelled"));
    QVERIFY(!QFile::exists(QString::fromStdString(target)));
    QVERIFY(!QFile::exists(QString::fromStdString(target) + ".part"));
    QVERIFY(database->backup(target).ok());
    QCOMPARE(database->backup(target).error().code, std::string("target_exists"));
    QVERIFY(*database->freeBytes() > 0);
}

void BackupTest::refusesWhatItCannotDo() {
    test::Place place(store::Engine::Postgres);
    CB_NEED(place);
    auto database = place.open();
    QVERIFY(database);
    QCOMPARE(database->backup("x").error().code, std::string("backup_unsupported"));
    QVERIFY(!database->freeBytes());
}

void BackupTest::checkFindsADamagedFile() {
    test::Place place(store::Engine::Sqlite);
    auto database = place.open();
    QVERIFY(database && fill(*database, 5'000));
    QVERIFY(database->check()->ok());
    database.reset(); // the log goes into the file
    QFile file(QString::fromStdString(place.options.where));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(file.size() / 2 / 4096 * 4096));
    QCOMPARE(file.write(QByteArray(4096, '\x5a')), qint64(4096));
    file.close();
    database = place.open();
    QVERIFY(database);
    const auto report = database->check();
    QVERIFY(report.ok());
    QVERIFY(!report->ok());
    QCOMPARE(report->problems[0].code, std::string("integrity"));
}

static const cb::test::Add<BackupTest> addedBackupTest;
#include "backup_test.moc"
