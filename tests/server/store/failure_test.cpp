#include "tests/server/store/sample.h"
#include "tests/support/store/faulty_vfs.h"

#include <set>

using namespace cb;
using test::kInstance;

/// The disk refuses: what was told is kept, what was refused did not happen, and it goes on by itself.
class FailureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyWriteMayFail_data();
    void everyWriteMayFail();
    void everyWriteOfOpeningMayFail();
    void fullDisk();
    void failedCheckpointLosesNothing();

private:
    static store::Batch turn(std::int64_t number);
    /// One attempt at each of `open`; those that were told to be kept leave `open`.
    static void attempt(store::Writer& writer, std::uint64_t epoch, std::set<std::int64_t>& open);
    static std::set<std::int64_t> kept(store::Database& database);
    static store::DatabaseOptions small(const test::Place& place);
};

constexpr std::int64_t kTurns = 6;

namespace {

QString describe(std::int64_t operation, const std::set<std::int64_t>& kept, const std::set<std::int64_t>& told) {
    QString text = QString("operation %1, kept:").arg(operation);
    for (const std::int64_t number : kept)
        text += QString(" %1").arg(number);
    text += ", told:";
    for (const std::int64_t number : told)
        text += QString(" %1").arg(number);
    return text;
}

} // namespace

/// A turn's message and its session's row go together.
store::Batch FailureTest::turn(std::int64_t number) {
    store::Batch batch;
    batch.sessions.push_back(test::session(number));
    batch.sessions[0].lastSeq = number;
    batch.sessions[0].flowState = std::string(6'000, 's'); // several pages
    batch.events.push_back(test::message(number, number, std::string(3'000, 'm')));
    return batch;
}

void FailureTest::attempt(store::Writer& writer, std::uint64_t epoch, std::set<std::int64_t>& open) {
    for (const std::int64_t number : std::set(open)) {
        const bool taken = writer.submit(epoch, turn(number), [&open, number](const base::Result<void>& result) {
            if (result)
                open.erase(number);
        });
        QVERIFY(taken);
        writer.flush();
    }
}

std::set<std::int64_t> FailureTest::kept(store::Database& database) {
    std::set<std::int64_t> numbers;
    const auto events = database.reader()->events().since(kInstance, 0, 1000);
    if (!events)
        qWarning("%s", events.error().detail.c_str());
    else
        for (const auto& event : *events)
            numbers.insert(event.seq);
    return numbers;
}

store::DatabaseOptions FailureTest::small(const test::Place& place) {
    store::DatabaseOptions options = place.options;
    options.checkpointPages = 8; // carries the log over several times
    return options;
}

void FailureTest::everyWriteMayFail_data() {
    QTest::addColumn<int>("count"); // operations that fail in a row
    QTest::newRow("once") << 1;
    QTest::newRow("for a while") << 40;
}

void FailureTest::everyWriteMayFail() {
    QFETCH(int, count);
    test::FaultyVfs vfs;
    for (std::int64_t i = 1;; ++i) {
        test::Place place(store::Engine::Sqlite);
        auto database = store::Database::open(small(place));
        QVERIFY(database.ok());
        QVERIFY(test::commit(**database, test::people()));
        std::set<std::int64_t> open;
        for (std::int64_t number = 1; number <= kTurns; ++number)
            open.insert(number);
        const std::int64_t faults = vfs.faults();
        store::Writer writer(**database, 100);
        vfs.failAt(i, count);
        attempt(writer, 1, open);
        const bool ids = (*database)->reserveIds(store::IdKind::Session, 10).ok();
        const bool failed = vfs.faults() > faults;
        vfs.heal();

        std::set<std::int64_t> told;
        for (std::int64_t number = 1; number <= kTurns; ++number)
            if (open.count(number) == 0)
                told.insert(number);
        QVERIFY2(kept(**database) == told, qPrintable(describe(i, kept(**database), told)));
        attempt(writer, 2, open); // the disk is well: nobody opens anything anew
        QVERIFY2(open.empty(), qPrintable(QString("operation %1").arg(i)));
        QCOMPARE(kept(**database).size(), std::size_t(kTurns));
        const auto next = (*database)->reserveIds(store::IdKind::Session, 10);
        QVERIFY(next.ok() && *next >= (ids ? 11 : 1));
        QVERIFY((*database)->check()->problems.size() <= 1); // session ids were chosen by hand here
        if (!failed) {
            QVERIFY(i > 20);
            return;
        }
    }
}

void FailureTest::everyWriteOfOpeningMayFail() {
    test::FaultyVfs vfs;
    for (std::int64_t i = 1;; ++i) {
        test::Place place(store::Engine::Sqlite);
        const std::int64_t faults = vfs.faults();
        vfs.failAt(i);
        const bool opened = store::Database::open(place.options).ok();
        const bool failed = vfs.faults() > faults;
        vfs.heal();
        auto database = place.open();
        QVERIFY2(database, qPrintable(QString("operation %1").arg(i)));
        QVERIFY(test::commit(*database, test::people()));
        QVERIFY(database->check()->ok());
        if (!failed) {
            QVERIFY(opened && i > 20);
            return;
        }
    }
}

void FailureTest::fullDisk() {
    test::FaultyVfs vfs;
    test::Place place(store::Engine::Sqlite);
    auto database = store::Database::open(small(place));
    QVERIFY(database.ok());
    QVERIFY(test::commit(**database, test::people()));
    std::set<std::int64_t> told;
    std::set<std::int64_t> refused;
    store::Writer writer(**database, 100);
    vfs.setRoom(300'000);
    for (std::int64_t number = 1; refused.size() < 20; ++number) {
        (void)writer.submit(static_cast<std::uint64_t>(number), turn(number), [&, number](base::Result<void> result) {
            result ? told.insert(number) : refused.insert(number);
        });
        writer.flush();
        QVERIFY(number < 1000);
    }
    QVERIFY(told.size() > 5);
    QVERIFY(kept(**database) == told);
    vfs.heal();
    attempt(writer, 100'000, refused);
    QVERIFY(refused.empty());
    QVERIFY((*database)->check()->ok());
}

void FailureTest::failedCheckpointLosesNothing() {
    test::FaultyVfs vfs;
    test::Place place(store::Engine::Sqlite);
    auto database = place.open();
    QVERIFY(database && test::commit(*database, test::people()));
    {
        store::Writer writer(*database, 100);
        std::set<std::int64_t> open = {1, 2, 3};
        attempt(writer, 1, open);
        QVERIFY(open.empty());
        vfs.failAt(1, 1'000'000); // closing carries the log over; it cannot
    }
    database.reset();
    vfs.heal();
    database = place.open();
    QVERIFY(database);
    QCOMPARE(kept(*database).size(), std::size_t(3));
}

static const cb::test::Add<FailureTest> addedFailureTest;
#include "failure_test.moc"
