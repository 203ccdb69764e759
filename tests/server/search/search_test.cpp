#include "tests/server/store/forwarding_index.h"
#include "tests/server/store/sample.h"

#include "server/search/finder.h"
#include "server/search/indexer.h"
#include "shared/base/text.h"

#include <filesystem>
#include <map>

using namespace cb;
using test::kInstance;
using test::moment;

namespace {

constexpr model::InstanceId kOther{kInstance.value + 1};

std::string anyText(base::Random& random) {
    static const std::vector<std::string> parts{"退",    "款", "订",  "单", "发", "票", "你", "好", "refund ", "Order ",
                                                "late ", "12", "34 ", "😀",  "👍",  "，", "。", " ",  "é",       "Ａ"};
    std::string text;
    for (std::uint64_t i = 1 + random.below(12); i > 0; --i)
        text += parts[random.below(parts.size())];
    return text;
}

/// What is stored, beside it.
struct Shadow {
    std::map<std::int64_t, model::Session> sessions;
    std::map<std::int64_t, std::vector<std::string>> texts;
    std::map<std::int64_t, model::Customer> customers;

    std::vector<std::int64_t> find(const search::RecordQuery& query) const {
        std::vector<std::int64_t> found;
        for (auto row = sessions.rbegin(); row != sessions.rend(); ++row) {
            const auto& [id, session] = *row;
            if (session.instance != query.filter.instance ||
                (query.filter.agent && session.agent != query.filter.agent && session.lastAgent != query.filter.agent))
                continue;
            const auto& name = customers.at(session.customer.value).name;
            search::Matcher text(query.text);
            search::Matcher customer(query.customer);
            customer.read(name);
            text.read(name);
            if (const auto lines = texts.find(id); lines != texts.end())
                for (const auto& line : lines->second)
                    text.read(line);
            if (text.matched() && customer.matched())
                found.push_back(id);
        }
        return found;
    }
};

/// Lets every n-th call that writes fail.
class FailingIndex final : public test::ForwardingIndex {
public:
    using ForwardingIndex::ForwardingIndex;
    int failEvery = 0;
    base::Result<void> add(const store::SearchBatch& batch) override {
        if (failEvery != 0 && ++m_calls % failEvery != 0)
            return base::retry("storage_unavailable");
        return ForwardingIndex::add(batch);
    }

private:
    int m_calls = 0;
};

} // namespace

/// The index against a look at everything, on every engine.
class SearchTest : public QObject {
    Q_OBJECT

    std::unique_ptr<test::Place> m_place;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<store::Writer> m_writer;
    std::unique_ptr<store::SearchIndex> m_index;
    Shadow m_shadow;
    std::map<std::int64_t, model::Seq> m_seqs;

    void openIndex() {
        m_index.reset();
        auto opened = store::SearchIndex::open(m_place->options);
        if (opened)
            m_index = std::move(*opened);
    }
    bool write(store::Batch batch) {
        test::Told told;
        (void)m_writer->submit(1, std::move(batch), told.done());
        m_writer->flush();
        return told.ok(0);
    }
    /// Until nothing is left; false when a step fails.
    bool fill(std::size_t events = 50) {
        search::Indexer indexer(*m_database, *m_writer, *m_index, {base::Millis(1), events});
        for (int i = 0; i < 10'000; ++i) {
            const auto more = indexer.step();
            if (!more)
                return false;
            if (!*more)
                return indexer.behind() == 0;
        }
        return false;
    }
    std::vector<std::int64_t> found(const search::RecordQuery& query, std::size_t limit = 7) {
        std::vector<std::int64_t> ids;
        auto reader = m_database->reader();
        for (model::SessionId before;;) {
            const auto page = search::findRecords(*reader, *m_index, query, before, limit);
            if (!page)
                return {-1};
            for (const auto& row : page->rows)
                ids.push_back(row.id.value);
            if (!page->next)
                return ids;
            before = page->next;
        }
    }
    std::vector<std::int64_t> found(const std::string& text, model::InstanceId instance = kInstance) {
        search::RecordQuery query;
        query.filter.instance = instance;
        query.text = *search::parseQuery(text, "text");
        return found(query);
    }
    model::Event line(model::InstanceId instance, std::int64_t session, const std::string& text) {
        auto event = test::message(++m_seqs[instance.value], session, text);
        event.instance = instance;
        event.message.instance = instance;
        event.message.uuid = test::uuid(instance.value * 1'000'000 + event.seq);
        return event;
    }
    bool say(std::int64_t session, const std::string& text) {
        store::Batch batch;
        batch.events.push_back(line(kInstance, session, text));
        return write(batch);
    }
    /// Random sessions say random things; some are removed, customers get other names.
    void live(base::Random& random, int turns);

private Q_SLOTS:
    void initTestCase_data() { test::engineRows(); }
    void init() {
        QFETCH_GLOBAL(int, engine);
        m_place = std::make_unique<test::Place>(static_cast<store::Engine>(engine));
        CB_NEED(*m_place);
        m_database = m_place->open();
        QVERIFY(m_database);
        m_writer = std::make_unique<store::Writer>(*m_database, 64);
        openIndex();
        QVERIFY(m_index);
        m_shadow = {};
        m_seqs.clear();
        auto batch = test::people();
        auto other = batch.instances[0];
        other.id = kOther;
        batch.instances.push_back(other);
        auto second = batch.customers[0];
        second.id = model::CustomerId(2);
        second.instance = kOther;
        second.externalId = "visitor-2";
        batch.customers.push_back(second);
        for (const auto& row : batch.customers)
            m_shadow.customers[row.id.value] = row;
        QVERIFY(write(batch));
    }
    void cleanup() {
        m_index.reset();
        m_writer.reset();
        m_database.reset();
        m_place.reset();
    }

    void itFindsWhatALookAtEverythingFinds();
    void aFailureLosesNothing();
    void itIsFilledAgainWhenItIsGone();
    void anOlderDatabaseIsNoticed();
    void newNamesAreFoundAndOldOnesAreNot();
    void erasedAndRemovedIsNotFound();
    void partsOfTheOldestSessionsGo();
    void aDamagedFileIsMadeAnew();
    void aPageReadsSoManyMessages();
};

void SearchTest::live(base::Random& random, int turns) {
    for (int i = 0; i < turns; ++i) {
        store::Batch batch;
        if (random.oneIn(4) || m_shadow.sessions.empty()) {
            const std::int64_t customer = 1 + static_cast<std::int64_t>(random.below(2));
            const std::int64_t id = m_shadow.sessions.empty()
                                        ? 1
                                        : m_shadow.sessions.rbegin()->first + 1 +
                                              static_cast<std::int64_t>(random.oneIn(9) ? 200'000 : random.below(3));
            auto row = test::session(id, customer);
            row.instance = customer == 1 ? kInstance : kOther;
            row.agent = model::AgentId(static_cast<std::int64_t>(random.below(3)));
            row.state = model::SessionState::Completed;
            m_shadow.sessions[id] = row;
            batch.sessions.push_back(row);
            model::Event started;
            started.instance = row.instance;
            started.seq = ++m_seqs[row.instance.value];
            started.kind = model::EventKind::SessionStarted;
            started.session = row.id;
            batch.events.push_back(started);
        }
        auto place = m_shadow.sessions.begin();
        std::advance(place, static_cast<std::ptrdiff_t>(random.below(m_shadow.sessions.size())));
        const std::string text = anyText(random);
        batch.events.push_back(line(place->second.instance, place->first, text));
        m_shadow.texts[place->first].push_back(text);
        if (random.oneIn(15)) {
            auto& customer = m_shadow.customers[1 + static_cast<std::int64_t>(random.below(2))];
            customer.name = anyText(random);
            batch.customers.push_back(customer);
        }
        QVERIFY(write(std::move(batch)));
        if (random.oneIn(40) && m_shadow.sessions.size() > 3) {
            const auto gone = m_shadow.sessions.begin()->first;
            store::LostFiles files;
            QVERIFY(m_writer->submit(
                [gone, &files](store::Tables& tables) -> base::Result<void> {
                    auto removed = tables.removeSome(model::SessionId(gone), 10'000, files);
                    return removed ? base::Result<void>() : base::Result<void>(removed.error());
                },
                {}));
            m_writer->flush();
            m_shadow.sessions.erase(gone);
            m_shadow.texts.erase(gone);
        }
    }
}

void SearchTest::itFindsWhatALookAtEverythingFinds() {
    base::Random random(11);
    int hits = 0;
    for (int round = 0; round < (test::isFull() ? 60 : 8); ++round) {
        live(random, 40);
        QVERIFY(fill(1 + random.below(60)));
        for (int i = 0; i < 40; ++i) {
            search::RecordQuery query;
            query.filter.instance = random.oneIn(3) ? kOther : kInstance;
            if (random.oneIn(4))
                query.filter.agent = model::AgentId(static_cast<std::int64_t>(random.below(3)));
            std::string text = anyText(random);
            text = std::string(base::prefix(text, 1 + random.below(4)));
            auto pieces = search::parseQuery(text, "text");
            if (!pieces || pieces->empty())
                continue;
            (random.oneIn(5) ? query.customer : query.text) = *pieces;
            const auto wanted = m_shadow.find(query);
            hits += wanted.empty() ? 0 : 1;
            const auto got = found(query, 1 + random.below(9));
            if (got != wanted)
                qWarning("\"%s\": %zu found, %zu wanted", text.c_str(), got.size(), wanted.size());
            QVERIFY(got == wanted);
        }
    }
    QVERIFY(hits > 20);
}

void SearchTest::aFailureLosesNothing() {
    base::Random random(12);
    live(random, 60);
    FailingIndex failing(*m_index);
    failing.failEvery = 3;
    int failures = 0;
    for (int i = 0; i < 1'000; ++i) { // each time another process, which may die between any two steps
        search::Indexer indexer(*m_database, *m_writer, failing, {base::Millis(1), 5});
        const auto more = indexer.step();
        failures += more ? 0 : 1;
        if (more && !*more)
            break;
        if (i == 7) {
            openIndex();
            QVERIFY(m_index);
            // the old one went with what it had written; go on over the new one
            FailingIndex again(*m_index);
            search::Indexer next(*m_database, *m_writer, again, {base::Millis(1), 5});
            QVERIFY(next.step().ok());
            QVERIFY(fill(5));
            break;
        }
    }
    QVERIFY(failures > 0);
    for (const char* text : {"退款", "refund", "好", "😀"}) {
        search::RecordQuery query;
        query.filter.instance = kInstance;
        query.text = *search::parseQuery(text, "text");
        QVERIFY(found(query) == m_shadow.find(query));
    }
}

void SearchTest::itIsFilledAgainWhenItIsGone() {
    store::Batch batch;
    batch.sessions = {test::session(1)};
    QVERIFY(write(batch));
    QVERIFY(say(1, "我要退款"));
    QVERIFY(fill());
    QVERIFY(found("退款") == std::vector<std::int64_t>{1});
    QVERIFY(found("退款", kOther).empty());
    QVERIFY(m_index->clear().ok());
    QVERIFY(found("退款").empty());
    QVERIFY(fill());
    QVERIFY(found("退款") == std::vector<std::int64_t>{1});
}

void SearchTest::anOlderDatabaseIsNoticed() {
    store::Batch batch;
    batch.sessions = {test::session(1)};
    QVERIFY(write(batch));
    QVERIFY(say(1, "before"));
    QVERIFY(fill());
    store::SearchBatch ahead;
    ahead.positions[kInstance] = 1'000; // what was written after a copy that was put back since
    QVERIFY(m_index->add(ahead).ok());
    QVERIFY(say(1, "after"));
    QVERIFY(fill());
    QVERIFY(found("after before") == std::vector<std::int64_t>{1});
}

void SearchTest::newNamesAreFoundAndOldOnesAreNot() {
    store::Batch batch;
    batch.sessions = {test::session(1), test::session(2)};
    QVERIFY(write(batch));
    QVERIFY(say(1, "one") && say(2, "two"));
    QVERIFY(fill());
    const auto named = [&](const std::string& name) {
        store::Batch change;
        change.customers = {m_shadow.customers[1]};
        change.customers[0].name = name;
        return write(change);
    };
    QVERIFY(named("王小明"));
    QVERIFY(fill());
    QVERIFY((found("小明") == std::vector<std::int64_t>{2, 1}));
    search::RecordQuery query;
    query.filter.instance = kInstance;
    query.customer = *search::parseQuery("王小", "customer");
    QVERIFY((found(query) == std::vector<std::int64_t>{2, 1}));
    query.text = *search::parseQuery("two", "text");
    QVERIFY((found(query) == std::vector<std::int64_t>{2}));
    QVERIFY(named("Anna"));
    QVERIFY(found("小明").empty()); // also before it is indexed
    QVERIFY(fill());
    QVERIFY(found("小明").empty());
    QVERIFY((found("anna") == std::vector<std::int64_t>{2, 1}));
    QVERIFY(m_database->reader()->customers().renamed(10)->empty());
}

void SearchTest::erasedAndRemovedIsNotFound() {
    store::Batch batch;
    batch.sessions = {test::session(1), test::session(2)};
    QVERIFY(write(batch));
    QVERIFY(say(1, "the secret word") && say(2, "no word"));
    QVERIFY(fill());
    search::Indexer indexer(*m_database, *m_writer, *m_index);
    const auto documents = indexer.documentsOf(model::CustomerId(1));
    QVERIFY(documents.ok() && documents->size() == 2);
    QVERIFY((found("word") == std::vector<std::int64_t>{2, 1}));
    QVERIFY(m_index->remove(*documents).ok());
    QVERIFY(found("word").empty()); // the rows still say it: the index does not
    QVERIFY(say(1, "a new word"));
    QVERIFY(fill());
    QVERIFY((found("new word") == std::vector<std::int64_t>{1}));
}

void SearchTest::partsOfTheOldestSessionsGo() {
    store::Batch batch;
    const std::int64_t far = 1 << 20;
    batch.sessions = {test::session(1), test::session(far)};
    QVERIFY(write(batch));
    QVERIFY(say(1, "word") && say(far, "word"));
    QVERIFY(fill());
    const search::Terms make(m_index->key(), kInstance);
    std::vector<store::SearchTerm> terms;
    make.addQuery(search::Terms::Field::Text, search::piecesOf("word"), terms);
    const auto named = [&] { return m_index->find(terms, model::SessionId(0), model::SessionId(1 << 30), 10)->size(); };
    QCOMPARE(named(), std::size_t(2));
    QVERIFY(m_index->dropBefore(model::SessionId(far)).ok());
    QCOMPARE(named(), std::size_t(1));
    openIndex();
    QVERIFY(m_index);
    QCOMPARE(named(), std::size_t(1));
    QVERIFY(fill()); // and nothing is filled twice
    QCOMPARE(named(), std::size_t(1));
}

void SearchTest::aDamagedFileIsMadeAnew() {
    if (m_database->engine() != store::Engine::Sqlite)
        QSKIP("the index is in the database");
    store::Batch batch;
    batch.sessions = {test::session(1)};
    QVERIFY(write(batch));
    QVERIFY(say(1, "word"));
    QVERIFY(fill());
    m_index.reset();
    const std::string path = m_place->options.where + ".search";
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.write(QByteArray(8'192, 'x'));
    file.close();
    std::filesystem::remove(path + "-wal");
    openIndex();
    QVERIFY(m_index);
    QVERIFY(found("word").empty());
    QVERIFY(fill());
    QVERIFY(found("word") == std::vector<std::int64_t>{1});
}

void SearchTest::aPageReadsSoManyMessages() {
    std::vector<std::int64_t> wanted;
    for (std::int64_t id = 10; id >= 1; --id)
        wanted.push_back(id);
    store::Batch batch;
    for (std::int64_t id = 1; id <= 10; ++id)
        batch.sessions.push_back(test::session(id));
    QVERIFY(write(batch));
    for (std::int64_t id = 1; id <= 10; ++id) {
        store::Batch talk;
        for (int i = 0; i < 4'000; ++i)
            talk.events.push_back(line(kInstance, id, i == 0 ? "needle" : "hay"));
        QVERIFY(write(std::move(talk)));
    }
    QVERIFY(fill(10'000));
    search::RecordQuery query;
    query.filter.instance = kInstance;
    query.text = *search::parseQuery("needle", "text");
    auto reader = m_database->reader();
    const auto page = search::findRecords(*reader, *m_index, query, {}, 50);
    QVERIFY(page.ok());
    QCOMPARE(page->rows.size(), std::size_t(8)); // 32,000
    QVERIFY(page->next);
    QVERIFY(found(query) == wanted);
}

static const cb::test::Add<SearchTest> addedSearchTest;
#include "search_test.moc"
