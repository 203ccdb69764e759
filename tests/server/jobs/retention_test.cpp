#include "tests/server/store/sample.h"

#include "server/jobs/retention.h"
#include "server/store/connection_p.h"

#include <filesystem>
#include <fstream>

using namespace cb;
using test::kInstance;
using test::moment;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kDay = 86'400'000;
constexpr model::InstanceId kOther{kInstance.value + 1};

} // namespace

/// What is older than its instance keeps goes, and nothing else.
class RetentionTest : public QObject {
    Q_OBJECT

    std::unique_ptr<test::Place> m_place;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<store::Writer> m_writer;
    std::unique_ptr<store::SearchIndex> m_index;
    std::unique_ptr<media::AttachmentStore> m_attachments;
    std::unique_ptr<search::Indexer> m_indexer;
    std::unique_ptr<jobs::Erasure> m_erasure;
    base::ManualClock m_clock{moment(100 * kDay)};
    std::vector<std::string> m_recordings;

    bool write(store::Batch batch) {
        test::Told told;
        (void)m_writer->submit(1, std::move(batch), told.done());
        m_writer->flush();
        return told.ok(0);
    }
    /// A desk that has nobody in memory.
    bool desk(desk::Command command) {
        auto* remove = std::get_if<desk::RemoveCustomers>(&command);
        if (remove == nullptr)
            return false;
        store::Batch batch;
        batch.removedCustomers = remove->customers;
        return m_writer->submit(1, std::move(batch), remove->done);
    }
    jobs::Retention retention() {
        return {*m_database,
                *m_writer,
                *m_index,
                *m_attachments,
                *m_erasure,
                m_clock,
                [this](desk::Command command) { return desk(std::move(command)); },
                {base::Millis(0), base::Millis(10), base::Millis(0), 7}};
    }

private Q_SLOTS:
    void initTestCase_data() { test::engineRows(); }
    void init() {
        QFETCH_GLOBAL(int, engine);
        m_place = std::make_unique<test::Place>(static_cast<store::Engine>(engine));
        CB_NEED(*m_place);
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = m_place->open();
        QVERIFY(m_database);
        m_writer = std::make_unique<store::Writer>(*m_database, 64);
        auto index = store::SearchIndex::open(m_place->options);
        QVERIFY(index.ok());
        m_index = std::move(*index);
        m_indexer = std::make_unique<search::Indexer>(*m_database, *m_writer, *m_index);
        m_attachments = std::make_unique<media::AttachmentStore>(m_folder->filePath("files").toStdString(), *m_database,
                                                                 *m_writer, m_clock);
        QVERIFY(m_attachments->prepare().ok());
        m_recordings.clear();
        m_erasure = std::make_unique<jobs::Erasure>(
            *m_database, *m_writer, *m_attachments, *m_index, *m_indexer, jobs::Erasure::FilesGone{},
            jobs::Erasure::Erased{},
            [this](const auto& files) { m_recordings.insert(m_recordings.end(), files.begin(), files.end()); });
    }
    void cleanup() {
        m_erasure.reset();
        m_attachments.reset();
        m_indexer.reset();
        m_index.reset();
        m_writer.reset();
        m_database.reset();
        m_place.reset();
    }

    void everyInstanceKeepsItsOwnTime() {
        auto batch = test::people();
        batch.instances[0].settings.retentionDays = 30;
        auto other = batch.instances[0];
        other.id = kOther;
        other.settings.retentionDays = 90;
        batch.instances.push_back(other);
        model::Seq seq = 0;
        for (std::int64_t day = 1; day <= 100; ++day) {
            for (const auto instance : {kInstance, kOther}) {
                const std::int64_t id = day * 2 - (instance == kInstance ? 1 : 0);
                auto customer = batch.customers[0];
                customer.id = model::CustomerId(id + 10);
                customer.instance = instance;
                customer.externalId = "v" + std::to_string(id);
                customer.createdAt = moment((day - 1) * kDay);
                batch.customers.push_back(customer);
                auto row = test::session(id, customer.id.value);
                row.instance = instance;
                row.startedAt = moment((day - 1) * kDay);
                row.completedAt = row.startedAt + base::Millis(1'000);
                row.state = day == 3 ? model::SessionState::Open : model::SessionState::Completed;
                batch.sessions.push_back(row);
                for (int i = 0; i < 10; ++i) {
                    auto event = test::message(++seq, id, "word");
                    event.instance = instance;
                    event.at = row.startedAt;
                    if (i == 5) {
                        event.kind = model::EventKind::AgentStatus;
                        event.session = {};
                        event.detail = model::StatusDetail{};
                    }
                    batch.events.push_back(event);
                }
            }
        }
        QVERIFY(write(batch));
        while (*m_indexer->step()) {
        }
        auto round = retention().round();
        QVERIFY2(round.ok(), round ? "" : round.error().detail.c_str());
        QCOMPARE(round->sessions, std::int64_t(70 - 1 + 10 - 1)); // without the open ones
        QCOMPARE(round->events, std::int64_t(70 + 10));
        QCOMPARE(round->customers, std::int64_t(1 + 70 - 1 + 10 - 1)); // customer 1 never had a session
        auto reader = m_database->reader();
        for (std::int64_t id = 1; id <= 200; ++id) {
            const std::int64_t day = (id + 1) / 2;
            const bool kept = day == 3 || day > (id % 2 == 1 ? 70 : 10);
            QCOMPARE(reader->sessions().byId(model::SessionId(id))->has_value(), kept);
            QCOMPARE(reader->customers().byId(model::CustomerId(id + 10))->has_value(), kept);
        }
        // A cursor up to there has a gap before it, whatever older events (audit, open sessions) are still there.
        QCOMPARE(*reader->events().removedUpTo(kInstance), model::Seq(69 * 20 + 10));
        QCOMPARE(*reader->events().removedUpTo(kOther), model::Seq(9 * 20 + 20));
        QVERIFY(m_database->check()->ok());
        round = retention().round();
        QVERIFY(round.ok());
        QCOMPARE(round->sessions + round->events + round->customers, std::int64_t(0));
    }

    void filesGoWithTheirSession() {
        auto batch = test::people();
        auto row = test::session(1);
        row.state = model::SessionState::Open;
        batch.sessions = {row};
        batch.sessions.push_back(test::session(2));
        batch.events = {test::message(1, 1, "old"), test::message(2, 2, "newest")};
        batch.calls.resize(1);
        batch.calls[0].session = row.id;
        batch.calls[0].instance = kInstance;
        batch.calls[0].recording = "1.wav";
        QVERIFY(write(batch));
        auto upload = m_attachments->begin({kInstance, model::SessionId(1), model::AttachmentKind::File, "a", 100});
        QVERIFY(upload.ok() && (*upload)->write("bytes").ok());
        const auto file = (*upload)->finish();
        QVERIFY(file.ok() && fs::exists(m_attachments->pathOf(file->id)));
        row.state = model::SessionState::Completed;
        row.startedAt = row.completedAt = moment(0);
        store::Batch end;
        end.sessions = {row};
        QVERIFY(write(end));
        m_clock.set(moment(400 * kDay));
        const auto round = retention().round();
        QVERIFY(round.ok());
        QCOMPARE(round->sessions, std::int64_t(1));
        QCOMPARE(round->files, std::int64_t(2));
        QVERIFY(!fs::exists(m_attachments->pathOf(file->id)));
        QVERIFY(m_recordings == std::vector<std::string>{"1.wav"});
    }

    void oneThatFailsDoesNotStopTheOthers() {
        if (m_database->engine() != store::Engine::Sqlite)
            QSKIP("its triggers are written in another way");
        auto batch = test::people();
        batch.instances.push_back(batch.instances[0]);
        batch.instances[1].id = kOther;
        for (const std::int64_t id : {1, 2}) {
            auto row = test::session(id);
            row.instance = id == 1 ? kInstance : kOther;
            row.startedAt = row.completedAt = moment(0);
            row.state = model::SessionState::Completed;
            batch.sessions.push_back(row);
        }
        QVERIFY(write(batch));
        store::Connection(m_place->options, store::Connection::Use::Write)
            .run("CREATE TRIGGER stuck BEFORE DELETE ON session WHEN OLD.id = 1 BEGIN SELECT RAISE(ABORT, 'stuck'); "
                 "END");
        m_clock.set(moment(400 * kDay));
        const auto round = retention().round();
        QVERIFY2(round.ok(), round ? "" : round.error().detail.c_str());
        QCOMPARE(round->sessions, std::int64_t(1));
        QVERIFY(m_database->reader()->sessions().byId(model::SessionId(1))->has_value());
        QVERIFY(!m_database->reader()->sessions().byId(model::SessionId(2))->has_value());
    }

    void itEndsWhenToldTo() {
        auto batch = test::people();
        for (std::int64_t id = 1; id <= 300; ++id) {
            auto row = test::session(id);
            row.startedAt = row.completedAt = moment(0);
            row.state = model::SessionState::Completed;
            batch.sessions.push_back(row);
        }
        QVERIFY(write(batch));
        m_clock.set(moment(400 * kDay));
        {
            jobs::Retention slow(*m_database, *m_writer, *m_index, *m_attachments, *m_erasure, m_clock,
                                 [this](desk::Command command) { return desk(std::move(command)); },
                                 {base::Millis(0), base::Millis(0), std::chrono::hours(1), 100});
            slow.start();
            for (int i = 0; i < 100'000 && m_database->reader()->sessions().byId(model::SessionId(1))->has_value(); ++i)
                QThread::yieldCurrentThread();
            slow.stop(); // in its pause of an hour
        }
        QVERIFY(!m_database->reader()->sessions().byId(model::SessionId(1))->has_value());
        QVERIFY(m_database->reader()->sessions().byId(model::SessionId(300))->has_value());
    }
};

static const cb::test::Add<RetentionTest> addedRetentionTest;
#include "retention_test.moc"
