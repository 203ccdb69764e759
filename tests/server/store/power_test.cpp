#include "tests/server/store/sample.h"
#include "tests/support/store/faulty_vfs.h"

#include <atomic>

using namespace cb;
using test::kInstance;

/// The power goes at a random moment: everything not synced is gone. What was told must be there.
class PowerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatWasToldSurvives();
    void withoutSyncingTheLossIsNoticed();

private:
    struct Outcome {
        std::int64_t told = 0;       ///< the highest turn that was told to be kept
        std::int64_t found = 0;      ///< the highest turn that is there
        std::int64_t operations = 0; ///< the run made
        bool sound = false;          ///< whole turns only, and the database's own check
    };
    /// Runs turns until the power goes at the `cut`th operation (0 = never), then looks.
    static Outcome run(store::Durability durability, std::int64_t cut, std::uint64_t seed);
    static void look(const store::DatabaseOptions& options, Outcome& outcome);
};

constexpr std::int64_t kTurns = 60;
constexpr int kEventsPerTurn = 3;

PowerTest::Outcome PowerTest::run(store::Durability durability, std::int64_t cut, std::uint64_t seed) {
    test::FaultyVfs vfs;
    test::Place place(store::Engine::Sqlite);
    store::DatabaseOptions options = place.options;
    options.durability = durability;
    options.checkpointPages = 24;
    Outcome outcome;
    {
        auto database = store::Database::open(options);
        if (!database || !test::commit(**database, test::people()))
            return outcome;
        std::atomic<std::int64_t> told = 0;
        test::Rows rows(seed);
        const std::int64_t before = vfs.operations();
        store::Writer writer(**database, 1000);
        if (cut > 0)
            vfs.cutPowerAt(cut);
        for (std::int64_t turn = 1; turn <= kTurns; ++turn) {
            store::Batch batch;
            batch.sessions.push_back(test::session(1 + turn % 5));
            batch.sessions[0].lastSeq = turn * kEventsPerTurn;
            for (int i = 1; i <= kEventsPerTurn; ++i)
                batch.events.push_back(test::message((turn - 1) * kEventsPerTurn + i, 1 + turn % 5, rows.text(1'500)));
            (void)writer.submit(1, std::move(batch), [&told, turn](const base::Result<void>& result) {
                if (result)
                    told = turn;
            });
            if (rows.random().oneIn(3))
                writer.flush();
        }
        writer.flush();
        if (cut == 0)
            outcome.operations = vfs.operations() - before;
        vfs.cutPower(); // at the latest now: closing must not tidy up
        outcome.told = told;
    }
    vfs.restorePower();
    look(options, outcome);
    return outcome;
}

void PowerTest::look(const store::DatabaseOptions& options, Outcome& outcome) {
    auto database = store::Database::open(options);
    if (!database)
        return;
    const auto events = (*database)->reader()->events().since(kInstance, 0, 10'000);
    const auto report = (*database)->check();
    if (!events || !report)
        return;
    outcome.found = static_cast<std::int64_t>(events->size()) / kEventsPerTurn;
    outcome.sound = report->ok() && events->size() % kEventsPerTurn == 0;
    for (std::size_t i = 0; i < events->size(); ++i)
        outcome.sound = outcome.sound && (*events)[i].seq == static_cast<model::Seq>(i) + 1;
}

void PowerTest::whatWasToldSurvives() {
    const Outcome whole = run(store::Durability::Full, 0, 1);
    QVERIFY(whole.sound);
    QCOMPARE(whole.told, kTurns);
    QCOMPARE(whole.found, kTurns);
    QVERIFY(whole.operations > 100);
    base::Random random(2026);
    const int points = test::isFull() ? 1'000 : 60;
    std::int64_t interrupted = 0;
    for (int i = 0; i < points; ++i) {
        const auto cut = 1 + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(whole.operations)));
        const Outcome outcome = run(store::Durability::Full, cut, random.next());
        const QString where = QString("operation %1: told %2, found %3").arg(cut).arg(outcome.told).arg(outcome.found);
        QVERIFY2(outcome.sound, qPrintable(where));
        QVERIFY2(outcome.found >= outcome.told, qPrintable(where));
        interrupted += outcome.told < kTurns ? 1 : 0;
    }
    QVERIFY(interrupted > points / 2);
}

void PowerTest::withoutSyncingTheLossIsNoticed() {
    base::Random random(7);
    int lost = 0;
    for (int i = 0; i < 10; ++i) {
        const Outcome outcome = run(store::Durability::Unsafe, 50 + static_cast<std::int64_t>(random.below(100)), 7);
        lost += outcome.found < outcome.told || !outcome.sound ? 1 : 0;
    }
    QVERIFY(lost > 0);
}

static const cb::test::Add<PowerTest> addedPowerTest;
#include "power_test.moc"
