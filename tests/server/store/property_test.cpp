#include "tests/server/store/sample.h"

#include <map>

using namespace cb;
using test::kInstance;

/// Random batches, a model of maps beside the database: both must say the same.
class StorePropertyTest : public QObject {
    Q_OBJECT

    struct Expected {
        std::map<std::int64_t, model::Group> groups;
        std::map<std::int64_t, model::Agent> agents;
        std::map<std::int64_t, model::Channel> channels;
        std::map<std::int64_t, model::Customer> customers;
        std::map<std::int64_t, model::Session> sessions;
        std::map<std::int64_t, model::Presence> presences;
        std::map<std::int64_t, model::Offer> offers;
        std::vector<model::Event> events;
    };

private Q_SLOTS:
    void initTestCase_data() { test::engineRows(); }
    void randomBatchesReadBackEqual();

private:
    static store::Batch next(test::Rows& rows, Expected& expected);
    static void addEvents(test::Rows& rows, Expected& expected, store::Batch& batch);
    static void compare(store::Database& database, const Expected& expected);
};

store::Batch StorePropertyTest::next(test::Rows& rows, Expected& e) {
    store::Batch b;
    const auto pick = [&](std::int64_t count) { return 1 + static_cast<std::int64_t>(rows.random().below(count)); };
    const auto put = [](auto& list, auto& map, std::int64_t id, auto row) {
        list.push_back(row);
        map[id] = row;
    };
    const std::int64_t agent = pick(6), customer = pick(8), session = pick(12), offer = pick(20);
    if (rows.random().oneIn(4))
        put(b.agents, e.agents, agent, rows.agent(agent, 3));
    if (rows.random().oneIn(4))
        put(b.channels, e.channels, 2, rows.channel(2));
    put(b.customers, e.customers, customer, rows.customer(customer, 1));
    put(b.sessions, e.sessions, session, rows.session(session, customer));
    if (e.agents.count(agent) != 0)
        put(b.presences, e.presences, agent, rows.presence(agent));
    if (rows.coin())
        put(b.offers, e.offers, offer, rows.offer(offer, session));
    if (rows.coin()) {
        const std::int64_t seq = rows.number();
        b.marks.push_back({model::SessionId(session), seq, 1, 2, 3, 4});
        model::Session& row = e.sessions[session];
        row.lastSeq = seq;
        row.customerDelivered = 1;
        row.customerRead = 2;
        row.agentDelivered = 3;
        row.agentRead = 4;
    }
    addEvents(rows, e, b);
    return b;
}

void StorePropertyTest::addEvents(test::Rows& rows, Expected& expected, store::Batch& batch) {
    for (std::uint64_t n = rows.random().below(4); n > 0; --n) {
        expected.events.push_back(rows.event(static_cast<std::int64_t>(expected.events.size()) + 1,
                                             1 + static_cast<std::int64_t>(rows.random().below(12))));
        batch.events.push_back(expected.events.back());
    }
}

template <class Row>
std::vector<Row> valuesOf(const std::map<std::int64_t, Row>& map) {
    std::vector<Row> rows;
    for (const auto& [id, row] : map)
        rows.push_back(row);
    return rows;
}

void StorePropertyTest::compare(store::Database& database, const Expected& expected) {
    auto reader = database.reader();
    QVERIFY(reader.ok());
    QVERIFY(*reader->directory().groups(kInstance) == valuesOf(expected.groups));
    QVERIFY(*reader->directory().agents(kInstance) == valuesOf(expected.agents));
    QVERIFY(*reader->directory().channels(kInstance) == valuesOf(expected.channels));
    QVERIFY(*reader->sessions().presences(kInstance) == valuesOf(expected.presences));
    for (const auto& [id, row] : expected.customers)
        QVERIFY(*reader->customers().byId(row.id) == row);
    for (const auto& [id, row] : expected.sessions)
        QVERIFY(*reader->sessions().byId(row.id) == row);
    std::size_t offers = 0;
    for (const auto& [id, row] : expected.sessions) {
        const auto found = *reader->sessions().offersOf(row.id);
        for (const auto& offer : found)
            QVERIFY(offer == expected.offers.at(offer.id.value));
        offers += found.size();
    }
    QCOMPARE(offers, expected.offers.size());
    const auto events = *reader->events().since(kInstance, 0, expected.events.size() + 10);
    QCOMPARE(events.size(), expected.events.size());
    for (std::size_t i = 0; i < events.size(); ++i)
        QVERIFY2(events[i] == expected.events[i], qPrintable(QString("event %1").arg(i + 1)));
}

void StorePropertyTest::randomBatchesReadBackEqual() {
    QFETCH_GLOBAL(int, engine);
    const int rounds = test::isFull() ? 40 : 4;
    for (int round = 0; round < rounds; ++round) {
        test::Place place(static_cast<store::Engine>(engine));
        CB_NEED(place);
        auto database = place.open();
        QVERIFY(database);
        test::Rows rows(1000 + static_cast<std::uint64_t>(round));
        Expected expected;
        store::Batch first;
        first.instances.push_back(rows.instance(kInstance));
        for (std::int64_t id = 1; id <= 3; ++id)
            first.groups.push_back(expected.groups[id] = rows.group(id));
        first.channels.push_back(expected.channels[1] = rows.channel(1));
        test::Told told;
        {
            store::Writer writer(*database, 1000);
            QVERIFY(writer.submit(1, first, told.done()));
            for (int i = 0; i < 150; ++i)
                QVERIFY(writer.submit(1, next(rows, expected), told.done()));
        }
        for (const auto& result : told.all())
            QVERIFY2(result.ok(), result.ok() ? "" : result.error().detail.c_str());
        compare(*database, expected);
        database.reset();
        database = place.open();
        compare(*database, expected);
    }
}

static const cb::test::Add<StorePropertyTest> addedStorePropertyTest;
#include "property_test.moc"
