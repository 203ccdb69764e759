#include "tests/server/store/forwarding_index.h"
#include "tests/server/store/sample.h"

#include "server/jobs/erasure.h"

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace cb;
using test::kInstance;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kSecrets[] = {"Zaphod", "betelgeuse", "银河系漫游指南", "towel42"};

/// An index that cannot forget.
class StuckIndex final : public test::ForwardingIndex {
public:
    using ForwardingIndex::ForwardingIndex;
    base::Result<void> remove(std::span<const store::SearchDocument> /*documents*/) override {
        return base::retry("storage_unavailable");
    }
};

std::string bytesOf(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

/// What one customer said is gone, whatever the engine; on SQLite from the bytes of the files, too.
class ErasureTest : public QObject {
    Q_OBJECT

    std::unique_ptr<test::Place> m_place;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<store::Writer> m_writer;
    std::unique_ptr<store::SearchIndex> m_index;
    std::unique_ptr<media::AttachmentStore> m_attachments;
    std::unique_ptr<search::Indexer> m_indexer;
    base::ManualClock m_clock;
    model::Seq m_seq = 0;

    bool write(store::Batch batch) {
        test::Told told;
        (void)m_writer->submit(1, std::move(batch), told.done());
        m_writer->flush();
        return told.ok(0);
    }
    /// Two customers talk at once; the second one tells nothing. As the desk writes it: turn by turn.
    bool talk(int turns);
    int filesWith(std::string_view text) const {
        int count = 0;
        for (const auto& entry : fs::directory_iterator(fs::path(m_place->options.where).parent_path()))
            count += bytesOf(entry.path()).find(text) != std::string::npos ? 1 : 0;
        return count;
    }
    std::string upload(model::SessionId session) {
        auto upload = m_attachments->begin({kInstance, session, model::AttachmentKind::File, "towel42.txt", 1'000});
        if (!upload || !(*upload)->write("Zaphod's own file"))
            return {};
        const auto file = (*upload)->finish();
        return file ? m_attachments->pathOf(file->id) : std::string();
    }
    store::Batch cleared() const {
        auto row = *m_database->reader()->customers().byId(model::CustomerId(1));
        row->name.clear();
        row->notes.clear();
        row->locale.clear();
        row->externalId.clear();
        store::Batch batch;
        batch.erasedCustomers.push_back(*row);
        return batch;
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
        m_seq = 0;
    }
    void cleanup() {
        m_attachments.reset();
        m_indexer.reset();
        m_index.reset();
        m_writer.reset();
        m_database.reset();
        m_place.reset();
    }

    void nothingIsLeftOfWhatWasSaid();
    void aKilledServerGoesOn();
    void anIndexThatFailsKeepsNoText();
    void manySessionsAreFewCommits();
};

bool ErasureTest::talk(int turns) {
    store::Batch batch = test::people();
    batch.customers[0].name = "Zaphod";
    batch.customers[0].notes = "from betelgeuse";
    batch.customers[0].externalId = "openid-towel42";
    auto other = batch.customers[0];
    other.id = model::CustomerId(2);
    other.name = "Arthur";
    other.notes.clear();
    other.externalId = "visitor-2";
    batch.customers.push_back(other);
    for (std::int64_t id = 1; id <= 4; ++id)
        batch.sessions.push_back(test::session(id, id <= 2 ? 1 : 2));
    if (!write(batch))
        return false;
    base::Random random(3);
    for (int i = 0; i < turns; ++i) {
        store::Batch turn;
        const std::int64_t session = 1 + static_cast<std::int64_t>(random.below(4));
        std::string text = "ordinary words " + std::to_string(i);
        if (session <= 2)
            text = std::string(kSecrets[random.below(4)]) + ' ' + std::to_string(i);
        if (random.oneIn(20)) // over many pages
            text += std::string(6'000, 'x') + (session <= 2 ? std::string(kSecrets[random.below(4)]) : "");
        ++m_seq;
        turn.events.push_back(test::message(m_seq, session, text));
        auto row = test::session(session, session <= 2 ? 1 : 2);
        row.lastSeq = m_seq;
        row.flowState = session <= 2 ? "{\"said\":\"towel42\"}" : "{}";
        if (random.oneIn(5))
            turn.sessions.push_back(row);
        else
            turn.marks.push_back({row.id, m_seq, 0, 0, m_seq, 0});
        if (!write(turn))
            return false;
    }
    store::Batch end;
    for (std::int64_t id = 1; id <= 4; ++id) {
        auto row = test::session(id, id <= 2 ? 1 : 2);
        row.state = model::SessionState::Completed;
        row.lastSeq = m_seq;
        if (id <= 2)
            row.wrapUp = {"travel", "lost his towel42"};
        end.sessions.push_back(row);
    }
    return write(end);
}

void ErasureTest::nothingIsLeftOfWhatWasSaid() {
    QVERIFY(talk(test::isFull() ? 5'000 : 800));
    const std::string file = upload(model::SessionId(1));
    QVERIFY(!file.empty() && fs::exists(file));
    store::Batch calls;
    calls.calls.resize(1);
    calls.calls[0].session = model::SessionId(2);
    calls.calls[0].instance = kInstance;
    calls.calls[0].caller = "towel42";
    calls.calls[0].recording = "Zaphod.wav";
    QVERIFY(write(calls));
    while (*m_indexer->step()) {
    }
    int gone = 0;
    std::vector<model::InstanceId> told;
    std::vector<std::string> recordings;
    jobs::Erasure erasure(
        *m_database, *m_writer, *m_attachments, *m_index, *m_indexer,
        [&](const auto& files) { gone += static_cast<int>(files.size()); },
        [&](model::InstanceId instance) {
            told.push_back(instance);
            // Whatever is written from now on has nothing of them.
            QVERIFY(m_database->reader()->events().texts(model::SessionId(1), 1'000)->empty());
            QVERIFY(m_database->reader()->sessions().byId(model::SessionId(1))->value().wrapUp.note.empty());
        },
        [&](const auto& files) { recordings.insert(recordings.end(), files.begin(), files.end()); });
    const bool sqlite = m_database->engine() == store::Engine::Sqlite;
    if (sqlite)
        for (const auto secret : kSecrets)
            QVERIFY(filesWith(secret) > 0);
    const auto documents = erasure.remember(model::CustomerId(1));
    QVERIFY(documents.ok() && documents->size() == 2);
    QVERIFY(write(cleared()));
    const auto finished = erasure.finish(model::CustomerId(1), *documents);
    QVERIFY2(finished.ok(), finished ? "" : finished.error().detail.c_str());
    QVERIFY(!fs::exists(file));
    QCOMPARE(gone, 1);
    QVERIFY(told == std::vector{kInstance});
    QVERIFY(recordings == std::vector<std::string>{"Zaphod.wav"});
    if (sqlite)
        for (const auto secret : kSecrets)
            QVERIFY2(filesWith(secret) == 0, secret.data());
    auto reader = m_database->reader();
    QVERIFY(reader->events().texts(model::SessionId(1), 1'000)->empty());
    QVERIFY(reader->customers().erased(10)->empty());
    const auto row = *reader->sessions().byId(model::SessionId(1));
    QVERIFY(row && row->wrapUp.category == "travel" && row->wrapUp.note.empty()); // what statistics need stays
    QVERIFY(!reader->events().texts(model::SessionId(3), 10)->empty());           // others keep theirs
    QVERIFY(reader->customers().byId(model::CustomerId(2))->value().name == "Arthur");
}

void ErasureTest::aKilledServerGoesOn() {
    QVERIFY(talk(100));
    QVERIFY(write(cleared())); // and then nothing: the note was committed with it
    QCOMPARE(m_database->reader()->customers().erased(10)->size(), std::size_t(1));
    jobs::Erasure erasure(*m_database, *m_writer, *m_attachments, *m_index, *m_indexer);
    const auto count = erasure.finishAll();
    QVERIFY(count.ok());
    QCOMPARE(*count, std::int64_t(1));
    QVERIFY(m_database->reader()->events().texts(model::SessionId(1), 1'000)->empty());
    QCOMPARE(*erasure.finishAll(), std::int64_t(0));
}

void ErasureTest::anIndexThatFailsKeepsNoText() {
    QVERIFY(talk(50));
    StuckIndex stuck(*m_index);
    jobs::Erasure erasure(*m_database, *m_writer, *m_attachments, stuck, *m_indexer);
    const auto documents = erasure.remember(model::CustomerId(1));
    QVERIFY(documents.ok() && write(cleared()));
    QCOMPARE(erasure.finish(model::CustomerId(1), *documents).error().code, std::string("storage_unavailable"));
    auto reader = m_database->reader();
    QVERIFY(reader->events().texts(model::SessionId(1), 1'000)->empty());
    QVERIFY(reader->customers().erased(10)->empty());
}

void ErasureTest::manySessionsAreFewCommits() {
    QVERIFY(talk(50));
    store::Batch batch;
    for (std::int64_t id = 5; id <= 500; ++id) {
        auto row = test::session(id, 1);
        row.flowState = "{\"said\":\"towel42\"}";
        batch.sessions.push_back(row);
    }
    QVERIFY(write(batch) && write(cleared()));
    const auto before = m_writer->stats().commits;
    jobs::Erasure erasure(*m_database, *m_writer, *m_attachments, *m_index, *m_indexer);
    QVERIFY(erasure.finish(model::CustomerId(1), {}).ok());
    QVERIFY(m_writer->stats().commits - before <= 5);
    auto reader = m_database->reader();
    QVERIFY(reader->events().texts(model::SessionId(1), 1'000)->empty());
    for (const std::int64_t id : {1, 2, 5, 204, 205, 500})
        QVERIFY(reader->sessions().byId(model::SessionId(id))->value().flowState.empty());
    QVERIFY(reader->customers().erased(10)->empty());
}

static const cb::test::Add<ErasureTest> addedErasureTest;
#include "erasure_test.moc"
