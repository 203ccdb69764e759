#include "tests/server/store/sample.h"

#include <future>

using namespace cb;
using test::kInstance;

/// The promises of writer.h, on both engines.
class WriterTest : public QObject {
    Q_OBJECT

    std::unique_ptr<test::Place> m_place;
    std::unique_ptr<store::Database> m_database;

private Q_SLOTS:
    void initTestCase_data() { test::engineRows(); }
    void init() {
        QFETCH_GLOBAL(int, engine);
        m_place = std::make_unique<test::Place>(static_cast<store::Engine>(engine));
        CB_NEED(*m_place);
        m_database = m_place->open();
        QVERIFY(m_database);
        QVERIFY(test::commit(*m_database, test::people()));
    }
    void cleanup() {
        m_database.reset();
        m_place.reset();
    }

    void oneGroupOneCommitInOrder();
    void lastRowOfASessionWins();
    void failedBatchFailsItsEpoch();
    void jobFailsAlone();
    void refusesMoreThanItsCapacity();
    void commitsWhatWaitsWhenItEnds();
    void lostConnectionIsMadeAgain();

private:
    /// Holds the writer's thread in a job, so that what follows becomes one group.
    static std::promise<void> hold(store::Writer& writer);
};

std::promise<void> WriterTest::hold(store::Writer& writer) {
    std::promise<void> release;
    std::promise<void> holding;
    auto held = holding.get_future();
    auto released = std::make_shared<std::future<void>>(release.get_future());
    auto holds = std::make_shared<std::promise<void>>(std::move(holding));
    (void)writer.submit(
        [released, holds](store::Tables&) -> base::Result<void> {
            holds->set_value();
            released->wait();
            return {};
        },
        {});
    held.wait();
    return release;
}

void WriterTest::oneGroupOneCommitInOrder() {
    store::Writer writer(*m_database, 1000);
    std::vector<int> order;
    auto release = hold(writer);
    for (int i = 1; i <= 100; ++i) {
        store::Batch batch;
        batch.events.push_back(test::message(i, 1, "m"));
        QVERIFY(writer.submit(1, batch, [&order, i](const base::Result<void>& r) { order.push_back(r ? i : -i); }));
    }
    release.set_value();
    writer.flush();
    QCOMPARE(order.size(), std::size_t(100));
    QVERIFY(std::is_sorted(order.begin(), order.end()) && order.front() == 1);
    QCOMPARE(writer.stats().commits, std::uint64_t(2));
    QVERIFY(writer.stats().rows >= 100);
    QCOMPARE(*m_database->reader()->events().newestSeq(kInstance), model::Seq(100));
}

void WriterTest::lastRowOfASessionWins() {
    store::Writer writer(*m_database, 100);
    test::Told told;
    auto release = hold(writer);
    const auto submit = [&](std::optional<int> row, std::optional<int> marks) {
        store::Batch batch;
        if (row) {
            batch.sessions.push_back(test::session(1));
            batch.sessions[0].agentRead = *row;
        }
        if (marks)
            batch.marks.push_back({.session = model::SessionId(1), .agentRead = *marks});
        return writer.submit(1, batch, told.done());
    };
    QVERIFY(submit(1, {}) && submit({}, 2) && submit({}, 3) && submit(4, {}));
    release.set_value();
    writer.flush();
    QCOMPARE((*m_database->reader()->sessions().byId(model::SessionId(1)))->agentRead, model::Seq(4));
    release = hold(writer);
    QVERIFY(submit(5, {}) && submit({}, 6));
    release.set_value();
    writer.flush();
    QCOMPARE((*m_database->reader()->sessions().byId(model::SessionId(1)))->agentRead, model::Seq(6));
    QCOMPARE(told.all().size(), std::size_t(6));

    store::Batch one, two; // the same by hand
    one.sessions.push_back(test::session(1));
    one.marks.push_back({.session = model::SessionId(1), .agentRead = 2});
    two.sessions.push_back(test::session(1));
    two.sessions[0].agentRead = 4;
    one.append(std::move(two));
    QCOMPARE(one.sessions.size(), std::size_t(1));
    QCOMPARE(one.sessions[0].agentRead, model::Seq(4));
    QCOMPARE(one.marks[0].agentRead, model::Seq(4));
    QVERIFY(!one.empty() && store::Batch().empty());
}

void WriterTest::failedBatchFailsItsEpoch() {
    store::Writer writer(*m_database, 100);
    test::Told told;
    const auto submit = [&](std::uint64_t epoch, std::int64_t seq) {
        store::Batch batch;
        batch.events.push_back(test::message(seq, 1, "m"));
        batch.events[0].message.uuid = test::uuid(seq + static_cast<std::int64_t>(epoch) * 100);
        (void)writer.submit(epoch, batch, told.done());
        writer.flush();
    };
    submit(1, 1); // kept
    submit(1, 1); // its place is taken: fails
    submit(1, 2); // of the same epoch: not tried
    submit(2, 2); // after the reload
    (void)writer.submit([](store::Tables&) { return base::Result<void>(); }, told.done());
    submit(1, 3); // a straggler
    submit(2, 3);
    QVERIFY(told.ok(0));
    QCOMPARE(told.code(1), std::string("storage_unavailable"));
    QVERIFY(told.all()[1].error().grade == base::Grade::Retry);
    QCOMPARE(told.code(2), std::string("storage_unavailable"));
    QVERIFY(told.ok(3) && told.ok(4));
    QCOMPARE(told.code(5), std::string("storage_unavailable"));
    QVERIFY(told.ok(6));
    QCOMPARE(writer.stats().failedCommits, std::uint64_t(1));
    QCOMPARE(m_database->reader()->events().since(kInstance, 0, 10)->size(), std::size_t(3));
}

void WriterTest::jobFailsAlone() {
    store::Writer writer(*m_database, 100);
    test::Told told;
    auto release = hold(writer);
    store::Batch batch;
    batch.events.push_back(test::message(1, 1, "m"));
    model::QuickReply row{model::QuickReplyId(901), kInstance, "k", "text"};
    QVERIFY(writer.submit(1, batch, told.done()));
    QVERIFY(writer.submit(
        [row](store::Tables& t) mutable -> base::Result<void> {
            (void)t.put(row);
            return base::rejected("no");
        },
        told.done()));
    QVERIFY(writer.submit(
        [row](store::Tables& t) mutable -> base::Result<void> {
            row.title = "thrown";
            (void)t.put(row);
            throw std::runtime_error("x");
        },
        told.done()));
    QVERIFY(writer.submit(
        [](store::Tables& t) -> base::Result<void> {
            return t.insert(store::Token{"h", {}, kInstance, model::AgentId(99), "", {}, {}, false});
        },
        told.done()));
    QVERIFY(writer.submit(
        [row](store::Tables& t) mutable {
            row.title = "kept";
            return t.put(row);
        },
        told.done()));
    release.set_value();
    writer.flush();
    QVERIFY(told.ok(0));
    QCOMPARE(told.code(1), std::string("no"));
    QCOMPARE(told.code(2), std::string("internal"));
    QCOMPARE(told.code(3), std::string("reference_missing"));
    QVERIFY(told.ok(4));
    QCOMPARE(writer.stats().failedCommits, std::uint64_t(0));
    auto rows = *m_database->reader()->directory().quickReplies(kInstance);
    std::erase_if(rows, [&](const auto& one) { return one.id != row.id; });
    QCOMPARE(rows.size(), std::size_t(1));
    QCOMPARE(rows[0].title, std::string("kept"));
    QCOMPARE(*m_database->reader()->events().newestSeq(kInstance), model::Seq(1));
}

void WriterTest::refusesMoreThanItsCapacity() {
    test::Told told;
    store::Writer writer(*m_database, 2);
    auto release = hold(writer);
    QVERIFY(writer.submit(1, {}, told.done()));
    QVERIFY(writer.submit(1, {}, told.done()));
    QVERIFY(!writer.submit(1, {}, told.done()));
    release.set_value();
    writer.flush();
    QCOMPARE(told.all().size(), std::size_t(2));
    QVERIFY(writer.submit(1, {}, told.done()));
}

void WriterTest::commitsWhatWaitsWhenItEnds() {
    test::Told told;
    {
        store::Writer writer(*m_database, 100);
        for (int i = 1; i <= 50; ++i) {
            store::Batch batch;
            batch.events.push_back(test::message(i, 1, "m"));
            QVERIFY(writer.submit(1, batch, told.done()));
        }
    }
    QCOMPARE(told.all().size(), std::size_t(50));
    QCOMPARE(*m_database->reader()->events().newestSeq(kInstance), model::Seq(50));
}

void WriterTest::lostConnectionIsMadeAgain() {
    if (m_database->engine() != store::Engine::Postgres)
        QSKIP("a file has no connection to lose");
    store::Writer writer(*m_database, 100);
    test::Told told;
    const auto submit = [&](std::uint64_t epoch, std::int64_t seq) {
        store::Batch batch;
        batch.events.push_back(test::message(seq, 1, "m"));
        (void)writer.submit(epoch, batch, told.done());
        writer.flush();
    };
    submit(1, 1);
    QVERIFY(m_database->reader()->events().newestSeq(kInstance).ok());
    QVERIFY(test::postgres().dropConnections());
    submit(1, 2);
    submit(2, 2);
    QVERIFY(told.ok(0));
    QCOMPARE(told.code(1), std::string("storage_unavailable"));
    QVERIFY(told.ok(2));
    (void)m_database->reader()->events().newestSeq(kInstance); // finds its connection gone
    QCOMPARE(*m_database->reader()->events().newestSeq(kInstance), model::Seq(2));
    (void)m_database->reserveIds(store::IdKind::Session, 1);
    QVERIFY(m_database->reserveIds(store::IdKind::Session, 1).ok());
}

static const cb::test::Add<WriterTest> addedWriterTest;
#include "writer_test.moc"
