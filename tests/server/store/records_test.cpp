#include "tests/server/store/sample.h"

#include <algorithm>
#include <set>

using namespace cb;
using test::kInstance;
using test::moment;

namespace {

constexpr model::InstanceId kOther{kInstance.value + 1};
constexpr std::int64_t kDay = 86'400'000;

bool passes(const store::RecordFilter& f, const model::Session& s) {
    return s.instance == f.instance && (!f.mode || s.mode == *f.mode) &&
           (f.from == base::TimePoint{} || s.startedAt >= f.from) &&
           (f.to == base::TimePoint{} || s.startedAt < f.to) && (!f.group || s.group == f.group) &&
           (!f.agent || s.agent == f.agent || s.lastAgent == f.agent) && (!f.channel || s.channel == f.channel) &&
           (!f.state || s.state == *f.state) && (!f.endReason || s.endReason == *f.endReason) &&
           (!f.answered || (s.answeredAt != base::TimePoint{}) == *f.answered);
}

store::Batch callCentre() {
    store::Batch batch = test::people();
    model::Instance other = batch.instances[0];
    other.id = kOther;
    batch.instances.push_back(other);
    return batch;
}

/// Sessions of two instances a minute apart, in every state.
std::vector<model::Session> randomSessions(base::Random& random, std::int64_t first, int count) {
    std::vector<model::Session> rows;
    for (std::int64_t id = first; id < first + count; ++id) {
        model::Session row = test::session(id);
        row.instance = random.oneIn(5) ? kOther : kInstance;
        row.startedAt = moment(id * 60'000);
        row.mode = static_cast<model::Mode>(random.below(3));
        row.state = static_cast<model::SessionState>(random.below(6));
        row.channel = model::ChannelId(static_cast<std::int64_t>(1 + random.below(2)));
        row.group = model::GroupId(static_cast<std::int64_t>(random.below(3)));
        row.agent = model::AgentId(static_cast<std::int64_t>(random.below(4)));
        row.lastAgent = model::AgentId(random.oneIn(3) ? static_cast<std::int64_t>(random.below(4)) : 0);
        row.endReason = static_cast<model::EndReason>(random.below(4));
        if (random.oneIn(2))
            row.answeredAt = row.startedAt + base::Millis(5'000);
        rows.push_back(row);
    }
    return rows;
}

store::RecordFilter randomFilter(base::Random& random, int count) {
    store::RecordFilter f;
    f.instance = random.oneIn(5) ? kOther : kInstance;
    if (random.oneIn(3))
        f.mode = static_cast<model::Mode>(random.below(3));
    if (random.oneIn(3))
        f.from = moment(static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(count))) * 60'000);
    if (random.oneIn(3))
        f.to = moment(static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(count))) * 60'000);
    f.group = model::GroupId(random.oneIn(3) ? static_cast<std::int64_t>(random.below(3)) : 0);
    f.agent = model::AgentId(random.oneIn(2) ? static_cast<std::int64_t>(random.below(4)) : 0);
    f.channel = model::ChannelId(random.oneIn(4) ? static_cast<std::int64_t>(random.below(3)) : 0);
    if (random.oneIn(4))
        f.state = static_cast<model::SessionState>(random.below(6));
    if (random.oneIn(4))
        f.endReason = static_cast<model::EndReason>(random.below(4));
    if (random.oneIn(4))
        f.answered = random.oneIn(2);
    return f;
}

} // namespace

/// Service records, and what removes them, on every engine.
class StoreRecordsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<test::Place> m_place;
    std::unique_ptr<store::Database> m_database;

    template <class Job>
    base::Result<void> job(Job work) {
        test::Told told;
        {
            store::Writer writer(*m_database, 4);
            (void)writer.submit(store::Writer::Job(work), told.done());
        }
        return told.all().at(0);
    }
    bool put(std::vector<model::Session> rows) {
        store::Batch batch;
        batch.sessions = std::move(rows);
        return test::commit(*m_database, std::move(batch));
    }

private Q_SLOTS:
    void initTestCase_data() { test::engineRows(); }
    void init() {
        QFETCH_GLOBAL(int, engine);
        m_place = std::make_unique<test::Place>(static_cast<store::Engine>(engine));
        CB_NEED(*m_place);
        m_database = m_place->open();
        QVERIFY(m_database);
        QVERIFY(test::commit(*m_database, callCentre()));
    }
    void cleanup() {
        m_database.reset();
        m_place.reset();
    }

    void pagesAreWhatALookAtEveryRowGives() {
        base::Random random(7);
        const int count = test::isFull() ? 3'000 : 400;
        const auto all = randomSessions(random, 1, count);
        QVERIFY(put(all));
        for (int i = 0; i < (test::isFull() ? 400 : 60); ++i) {
            const auto filter = randomFilter(random, count);
            const std::size_t limit = 1 + random.below(60);
            std::vector<model::Session> wanted;
            for (auto row = all.rbegin(); row != all.rend(); ++row)
                if (passes(filter, *row))
                    wanted.push_back(*row);
            std::vector<model::Session> found;
            auto reader = m_database->reader();
            for (model::SessionId before;;) {
                const auto page = *reader->records().page(filter, before, limit);
                QVERIFY(page.rows.size() <= limit);
                found.insert(found.end(), page.rows.begin(), page.rows.end());
                if (!page.next)
                    break;
                QVERIFY(!before || page.next < before);
                before = page.next;
            }
            QVERIFY(found == wanted);
            const auto total = *reader->records().count(filter, 1'000'000);
            QCOMPARE(total.count, std::int64_t(wanted.size()));
            QVERIFY(!total.more);
            const auto capped = *reader->records().count(filter, 10);
            QCOMPARE(capped.count, std::min<std::int64_t>(10, std::int64_t(wanted.size())));
            QCOMPARE(capped.more, wanted.size() > 10);
            std::vector<model::SessionId> some;
            for (std::size_t at = 0; at < all.size(); at += 3)
                some.push_back(all[at].id);
            const auto among = *reader->records().among(filter, some);
            for (const auto& row : among)
                QVERIFY(passes(filter, row) && (row.id.value - 1) % 3 == 0);
        }
    }

    void newSessionsMoveNoPage() {
        base::Random random(8);
        QVERIFY(put(randomSessions(random, 1, 100)));
        store::RecordFilter filter;
        filter.instance = kInstance;
        std::set<std::int64_t> seen;
        std::int64_t next = 101;
        std::size_t wanted = 0;
        for (model::SessionId before;;) {
            auto page = *m_database->reader()->records().page(filter, before, 10);
            for (const auto& row : page.rows)
                QVERIFY(seen.insert(row.id.value).second && row.id.value <= 100);
            wanted += page.rows.size();
            if (!page.next)
                break;
            before = page.next;
            QVERIFY(put(randomSessions(random, next, 7)));
            next += 7;
        }
        QCOMPARE(seen.size(), wanted);
        filter.to = moment(101 * 60'000);
        QCOMPARE(m_database->reader()->records().page(filter, {}, 1'000)->rows.size(), wanted);
    }

    void aPageOfWhatIsRareIsShortAndGoesOn() {
        std::vector<model::Session> rows;
        for (std::int64_t id = 1; id <= 45'000; ++id) {
            rows.push_back(test::session(id));
            rows.back().state = model::SessionState::Completed;
        }
        rows[2].mode = model::Mode::Phone;
        QVERIFY(put(rows));
        store::RecordFilter filter;
        filter.instance = kInstance;
        filter.mode = model::Mode::Phone;
        auto reader = m_database->reader();
        std::vector<model::Session> found;
        int pages = 0;
        for (model::SessionId before;; ++pages) {
            const auto page = *reader->records().page(filter, before, 50);
            found.insert(found.end(), page.rows.begin(), page.rows.end());
            if (!page.next)
                break;
            before = page.next;
        }
        QCOMPARE(found.size(), std::size_t(1));
        QVERIFY(pages >= 2 && pages <= 4);
        const auto count = *reader->records().count(filter, 10'000);
        QVERIFY(count.more && count.count <= 1);
    }

    void expiredSessionsGoWithAllThatIsTheirs() {
        store::Batch batch;
        for (std::int64_t id = 1; id <= 4; ++id) {
            auto row = test::session(id);
            row.startedAt = moment((id - 1) * kDay);
            row.completedAt = row.startedAt + base::Millis(1'000);
            row.state = id == 2 ? model::SessionState::Open : model::SessionState::Completed;
            batch.sessions.push_back(row);
            for (int i = 0; i < 5; ++i) {
                auto event = test::message((id - 1) * 5 + i + 1, id, "text " + std::to_string(id));
                event.at = row.startedAt;
                batch.events.push_back(event);
            }
        }
        model::Offer offer;
        offer.id = model::OfferId(9);
        offer.instance = kInstance;
        offer.session = model::SessionId(1);
        offer.outcome = model::OfferOutcome::Answered;
        batch.offers.push_back(offer);
        QVERIFY(test::commit(*m_database, batch));
        QVERIFY(*m_database->reserveIds(store::IdKind::Session, 5) == 1);
        QVERIFY(*m_database->reserveIds(store::IdKind::Offer, 10) == 1);
        model::Attachment file;
        file.id = model::AttachmentId(4);
        file.instance = kInstance;
        file.session = model::SessionId(1);
        QVERIFY(job([&](store::Tables& tables) { return tables.insert(file); }).ok());

        const auto expired = *m_database->reader()->records().expired(kInstance, moment(10 * kDay), {}, 100);
        QVERIFY((expired.sessions == std::vector{model::SessionId(1), model::SessionId(3)})); // 4 has the newest event
        QVERIFY(!expired.end);
        QVERIFY(m_database->reader()->records().expired(kInstance, moment(1), {}, 100)->sessions.empty());
        QVERIFY(m_database->reader()->records().expired(kOther, moment(10 * kDay), {}, 100)->sessions.empty());
        store::LostFiles files;
        int steps = 0;
        for (bool gone = false; !gone; ++steps)
            QVERIFY(job([&](store::Tables& tables) -> base::Result<void> {
                        gone = *tables.removeSome(model::SessionId(1), 2, files);
                        return {};
                    }).ok());
        QCOMPARE(steps, 3); // 2 + 2 + 1 events
        QVERIFY((files == store::LostFiles{{file.id}, {}}));
        {
            auto reader = m_database->reader();
            QVERIFY(!reader->sessions().byId(model::SessionId(1))->has_value());
            QVERIFY(reader->sessions().offersOf(model::SessionId(1))->empty());
            QVERIFY(!reader->attachments().byId(file.id)->has_value());
            QCOMPARE(*reader->events().removedUpTo(kInstance), model::Seq(5));
            QCOMPARE(*reader->events().removedUpTo(kOther), model::Seq(0));
        }
        bool gone = false; // open ones stay
        QVERIFY(job([&](store::Tables& tables) -> base::Result<void> {
                    gone = *tables.removeSome(model::SessionId(2), 100, files);
                    return {};
                }).ok());
        QVERIFY(gone && m_database->reader()->sessions().byId(model::SessionId(2))->has_value());
        for (const auto id : {3, 4})
            QVERIFY(job([&](store::Tables& tables) -> base::Result<void> {
                        return *tables.removeSome(model::SessionId(id), 100, files) ? base::Result<void>()
                                                                                    : base::rejected("left");
                    }).ok());
        QVERIFY(m_database->takeBackIds().ok()); // no number comes again
        QCOMPARE(*m_database->reserveIds(store::IdKind::Session, 1), std::int64_t(5));
        QCOMPARE(*m_database->reserveIds(store::IdKind::Offer, 1), std::int64_t(10));
        QVERIFY(m_database->check()->ok());
    }

    void oldEventsOfNoSessionGoButTheAudit() {
        store::Batch batch;
        for (std::int64_t seq = 1; seq <= 10; ++seq) {
            model::Event event;
            event.instance = kInstance;
            event.seq = seq;
            event.at = moment(seq * 1'000);
            event.kind = seq == 3 ? model::EventKind::Audit : model::EventKind::AgentStatus;
            if (seq == 3)
                event.detail = model::AuditDetail{"flow.publish", "flow 1", {}, {}};
            else
                event.detail = model::StatusDetail{};
            batch.events.push_back(event);
        }
        QVERIFY(test::commit(*m_database, batch));
        QCOMPARE(*m_database->reader()->events().seqAt(kInstance, moment(6'000)), model::Seq(6));
        QCOMPARE(*m_database->reader()->events().seqAt(kInstance, moment(0)), model::Seq(0));
        QCOMPARE(*m_database->reader()->events().seqAt(kInstance, moment(99'000)), model::Seq(11));
        const auto remove = [&](model::Seq before) {
            std::int64_t gone = 0;
            (void)job([&](store::Tables& tables) -> base::Result<void> {
                gone = *tables.removeOldEvents(kInstance, before, 100);
                return {};
            });
            return gone;
        };
        QCOMPARE(remove(6), std::int64_t(4));
        QCOMPARE(remove(6), std::int64_t(0));
        QCOMPARE(remove(11), std::int64_t(4)); // the newest stays
        QCOMPARE(m_database->reader()->events().audit(kInstance, {})->size(), std::size_t(1));
        QCOMPARE(*m_database->reader()->events().newestSeq(kInstance), model::Seq(10));
    }

    void customersWithoutSessionsCanGo() {
        store::Batch batch;
        for (std::int64_t id = 2; id <= 6; ++id) {
            auto row = test::people().customers[0];
            row.id = model::CustomerId(id);
            row.externalId = "visitor-" + std::to_string(id);
            row.blocked = id == 4;
            batch.customers.push_back(row);
        }
        batch.sessions.push_back(test::session(1, 3));
        QVERIFY(test::commit(*m_database, batch));
        const auto ids = [&](model::CustomerId after, std::size_t limit) {
            std::vector<std::int64_t> found;
            const auto lonely = *m_database->reader()->customers().lonely(after, limit);
            for (const auto& row : lonely.customers)
                found.push_back(row.id.value);
            return std::pair(found, lonely.end.value);
        };
        QVERIFY((ids({}, 100) == std::pair(std::vector<std::int64_t>{1, 2, 5, 6}, std::int64_t(0))));
        QVERIFY((ids({}, 2) == std::pair(std::vector<std::int64_t>{1, 2}, std::int64_t(2))));
        store::Batch removal;
        removal.removedCustomers = {model::CustomerId(2), model::CustomerId(3), model::CustomerId(6)};
        QVERIFY(test::commit(*m_database, removal));
        auto reader = m_database->reader();
        QVERIFY(!reader->customers().byId(model::CustomerId(2))->has_value());
        QVERIFY(reader->customers().byId(model::CustomerId(3))->has_value()); // has a session
        QVERIFY(!reader->customers().byId(model::CustomerId(6))->has_value());
    }

    void aNewNameIsKnownToBeNew() {
        const auto renamed = [&] { return m_database->reader()->customers().renamed(10)->size(); };
        QCOMPARE(renamed(), std::size_t(0));
        store::Batch batch;
        batch.customers = {test::people().customers[0]};
        batch.customers[0].notes = "only a note";
        QVERIFY(test::commit(*m_database, batch));
        QCOMPARE(renamed(), std::size_t(0));
        batch.customers[0].name = "王芳";
        QVERIFY(test::commit(*m_database, batch));
        QCOMPARE(renamed(), std::size_t(1));
        const auto indexed = [&](const char* name) {
            return job([&](store::Tables& tables) { return tables.nameIndexed(model::CustomerId(1), name); }).ok();
        };
        QVERIFY(indexed("an older one"));
        QCOMPARE(renamed(), std::size_t(1));
        QVERIFY(indexed("王芳"));
        QCOMPARE(renamed(), std::size_t(0));
    }
};

static const cb::test::Add<StoreRecordsTest> addedStoreRecordsTest;
#include "records_test.moc"
