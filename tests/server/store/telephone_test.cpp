#include "tests/server/store/sample.h"

using namespace cb;
using test::kInstance;
using test::moment;

namespace {

constexpr model::InstanceId kOther{kInstance.value + 1};

model::Channel phoneChannel(std::int64_t id, model::InstanceId instance = kInstance) {
    model::Channel row;
    row.id = model::ChannelId(id);
    row.instance = instance;
    row.kind = model::ChannelKind::Phone;
    row.name = "+86755000000" + std::to_string(id);
    return row;
}

/// With the channels 2 and 3 of one instance and 4 of another.
store::Batch callCentre() {
    store::Batch batch = test::people();
    model::Instance other = batch.instances[0];
    other.id = kOther;
    batch.instances.push_back(other);
    for (const std::int64_t id : {2, 3})
        batch.channels.push_back(phoneChannel(id));
    batch.channels.push_back(phoneChannel(4, kOther));
    return batch;
}

store::TrunkRow trunk(std::int64_t id, int order) {
    store::TrunkRow row;
    row.trunk.id = model::TrunkId(id);
    row.trunk.name = "中继 " + std::to_string(id);
    row.trunk.transport = model::TrunkTransport::Tls;
    row.trunk.host = "sip.example";
    row.trunk.port = 5061;
    row.trunk.allow = {"192.0.2.0/24", "2001:db8::/32"};
    row.trunk.registers = true;
    row.trunk.user = "acme";
    row.trunk.realm = "example";
    row.trunk.maxCalls = 30;
    row.trunk.callsPerSecond = 5;
    row.trunk.srtp = true;
    row.trunk.enabled = false;
    row.trunk.order = order;
    row.sealedPassword = "b64=";
    return row;
}

model::PhoneNumber number(std::int64_t channel, const std::string& digits, model::InstanceId instance = kInstance) {
    return {model::ChannelId(channel), instance, digits, model::CallType::Both, model::TrunkId(7), false};
}

model::Audio audio(std::int64_t id, model::InstanceId instance = kInstance) {
    return {model::AudioId(id), instance, "欢迎", model::AudioState::Rejected, "mp3", 1'234, "ab12", 5'678,
            moment(id),         id == 2};
}

model::Call call(std::int64_t session, model::CallDirection direction) {
    return {model::SessionId(session),
            kInstance,
            direction,
            "+8613800000001",
            "+867550000002",
            model::TrunkId(7),
            moment(1),
            moment(2),
            moment(3),
            moment(4),
            5'000,
            "no_answer",
            "call-" + std::to_string(session) + ".wav"};
}

model::Session completedCall(std::int64_t id, std::int64_t customer = 1) {
    model::Session row = test::session(id, customer);
    row.mode = model::Mode::Phone;
    row.state = model::SessionState::Completed;
    return row;
}

} // namespace

/// Trunks, numbers, sounds and calls: the same on both engines.
class StoreTelephoneTest : public QObject {
    Q_OBJECT

    std::unique_ptr<test::Place> m_place;
    std::unique_ptr<store::Database> m_database;

    template <class Work>
    base::Result<void> job(Work work) {
        test::Told told;
        {
            store::Writer writer(*m_database, 4);
            (void)writer.submit(store::Writer::Job(work), told.done());
        }
        return told.all().at(0);
    }

private Q_SLOTS:
    void initTestCase_data() { test::engineRows(); }
    void init() {
        QFETCH_GLOBAL(int, engine);
        m_place = std::make_unique<test::Place>(static_cast<store::Engine>(engine));
        CB_NEED(*m_place);
        m_database = m_place->open();
        QVERIFY(m_database && test::commit(*m_database, callCentre()));
    }
    void cleanup() {
        m_database.reset();
        m_place.reset();
    }

    void trunksComeInTheOrderOfFailOver() {
        const auto first = trunk(1, 5);
        auto second = trunk(2, -1);
        for (const auto& row : {first, second})
            QVERIFY(job([&](store::Tables& tables) { return tables.put(row); }).ok());
        QVERIFY((*m_database->reader()->telephone().trunks() == std::vector{second, first}));
        QVERIFY(**m_database->reader()->telephone().trunk(model::TrunkId(1)) == first);
        QVERIFY(!m_database->reader()->telephone().trunk(model::TrunkId(9))->has_value());
        auto taken = trunk(3, 0);
        taken.trunk.name = first.trunk.name;
        QCOMPARE(job([&](store::Tables& tables) { return tables.put(taken); }).error().code,
                 std::string("already_exists"));
        second = first;
        second.trunk.deleted = true;
        second.trunk.allow.clear();
        second.sealedPassword.clear();
        QVERIFY(job([&](store::Tables& tables) { return tables.put(second); }).ok());
        QVERIFY(**m_database->reader()->telephone().trunk(model::TrunkId(1)) == second);
        QVERIFY(job([&](store::Tables& tables) { return tables.put(taken); }).ok()); // the name is free again
    }

    void numbersAreUniqueWhileInUse() {
        store::Batch batch;
        batch.phoneNumbers = {number(2, "+867550000002"), number(4, "+867550000004", kOther)};
        QVERIFY(!batch.empty());
        QVERIFY(test::commit(*m_database, batch));
        auto reader = m_database->reader();
        QVERIFY(*reader->telephone().numbers() == batch.phoneNumbers);
        QVERIFY(*reader->telephone().numbers(kOther) == std::vector{batch.phoneNumbers[1]});
        QVERIFY(**reader->telephone().number("+867550000002") == batch.phoneNumbers[0]);
        QVERIFY(!reader->telephone().number("+8675500000029")->has_value());
        QVERIFY(**reader->telephone().numberOf(model::ChannelId(4)) == batch.phoneNumbers[1]);
        QVERIFY(m_database->check()->ok());

        const auto again = number(3, "+867550000002");
        QCOMPARE(job([&](store::Tables& tables) { return tables.put(again); }).error().code,
                 std::string("already_exists"));
        QCOMPARE(job([&](store::Tables& tables) { return tables.put(number(99, "+1")); }).error().code,
                 std::string("reference_missing"));
        auto released = batch.phoneNumbers[0];
        released.released = true;
        bool seen = true;
        QVERIFY(job([&](store::Tables& tables) -> base::Result<void> {
                    if (auto put = tables.put(released); !put)
                        return put;
                    seen = tables.telephone().number("+867550000002")->has_value();
                    return tables.put(again);
                }).ok());
        QVERIFY(!seen);
        QVERIFY(**m_database->reader()->telephone().number("+867550000002") == again);
        QCOMPARE(m_database->reader()->telephone().numbers(kInstance)->size(), std::size_t(2));
    }

    void numbersOfOtherChannelsAreFound() {
        store::Batch batch;
        batch.phoneNumbers = {number(1, "+1")}; // a website's
        QVERIFY(test::commit(*m_database, batch));
        const auto report = *m_database->check();
        QCOMPARE(report.problems.size(), std::size_t(1));
        QCOMPARE(report.problems[0].code, std::string("phone_number"));
    }

    void soundsAndSettings() {
        store::Batch batch;
        batch.audio = {audio(1), audio(2), audio(3, kOther)};
        QVERIFY(test::commit(*m_database, batch));
        auto reader = m_database->reader();
        QVERIFY(*reader->telephone().audio() == batch.audio);
        QVERIFY((*reader->telephone().audio(kInstance) == std::vector{batch.audio[0], batch.audio[1]}));
        QVERIFY(**reader->telephone().audio(model::AudioId(2)) == batch.audio[1]);
        QVERIFY(!reader->telephone().audio(model::AudioId(4))->has_value());
        QVERIFY(!reader->directory().operatorSetting(store::kAudioReview)->has_value());
        for (const char* value : {"on", "off"}) {
            QVERIFY(
                job([&](store::Tables& tables) { return tables.putOperatorSetting(store::kAudioReview, value); }).ok());
            QCOMPARE(**m_database->reader()->directory().operatorSetting(store::kAudioReview), std::string(value));
        }
    }

    void callsBelongToTheirSessions() {
        store::Batch batch;
        batch.calls = {call(1, model::CallDirection::In), call(2, model::CallDirection::Out)};
        QVERIFY(!test::commit(*m_database, batch)); // there is no such session
        for (const std::int64_t id : {1, 2, 3})
            batch.sessions.push_back(completedCall(id));
        batch.sessions[0].state = model::SessionState::WrapUp;
        store::Batch later;
        later.calls = {batch.calls[1]};
        later.calls[0].cause.clear();
        batch.append(std::move(later));
        QVERIFY(test::commit(*m_database, batch));
        auto reader = m_database->reader();
        QVERIFY(**reader->calls().bySession(model::SessionId(1)) == batch.calls[0]);
        QVERIFY(!reader->calls().bySession(model::SessionId(3))->has_value());
        const model::SessionId asked[] = {model::SessionId(3), model::SessionId(2), model::SessionId(1),
                                          model::SessionId(2)};
        QVERIFY((*reader->calls().bySessions(asked) == std::vector{batch.calls[0], batch.calls[2]}));
        QVERIFY(reader->calls().bySessions({})->empty());
        QVERIFY(*reader->calls().ofOpen(kInstance) == std::vector{batch.calls[0]});
        QVERIFY(reader->calls().ofOpen(kOther)->empty());
        QVERIFY(m_database->check()->ok());
        store::Batch wrong;
        wrong.sessions = {completedCall(1)};
        wrong.sessions[0].mode = model::Mode::Chat;
        QVERIFY(test::commit(*m_database, wrong));
        QCOMPARE(m_database->check()->problems.at(0).code, std::string("call"));
    }

    void recordsAreFoundByTheirCalls() {
        store::Batch batch;
        batch.sessions = {completedCall(1), completedCall(2), test::session(3)};
        batch.calls = {call(1, model::CallDirection::In), call(2, model::CallDirection::Out)};
        batch.calls[1].caller = "+867550000002";
        batch.calls[1].callee = "+8613900000009";
        batch.calls[1].recording.clear();
        QVERIFY(test::commit(*m_database, batch));
        auto reader = m_database->reader();
        using Ids = std::vector<std::int64_t>;
        const auto found = [&](const std::function<void(store::RecordFilter&)>& limit) {
            store::RecordFilter filter;
            filter.instance = kInstance;
            limit(filter);
            Ids ids;
            const auto page = *reader->records().page(filter, {}, 10);
            for (const auto& row : page.rows)
                ids.push_back(row.id.value);
            const auto count = reader->records().count(filter, 10)->count;
            return count == std::int64_t(ids.size()) ? ids : Ids{-1};
        };
        QCOMPARE(found([](auto&) {}), (Ids{3, 2, 1}));
        QCOMPARE(found([](auto& f) { f.direction = model::CallDirection::In; }), (Ids{1}));
        QCOMPARE(found([](auto& f) { f.direction = model::CallDirection::Out; }), (Ids{2}));
        QCOMPARE(found([](auto& f) { f.recorded = true; }), (Ids{1}));
        QCOMPARE(found([](auto& f) { f.recorded = false; }), (Ids{2})); // what is no call has none to lack
        QCOMPARE(found([](auto& f) { f.number = "7550000002"; }), (Ids{2, 1}));
        QCOMPARE(found([](auto& f) { f.number = "139"; }), (Ids{2}));
        QCOMPARE(found([](auto& f) { f.number = "4711"; }), Ids{});
        QCOMPARE(found([](auto& f) {
                     f.number = "138";
                     f.mode = model::Mode::Phone;
                     f.direction = model::CallDirection::In;
                 }),
                 (Ids{1}));
        const model::SessionId all[] = {model::SessionId(1), model::SessionId(2), model::SessionId(3)};
        store::RecordFilter filter;
        filter.instance = kInstance;
        filter.number = "139";
        QCOMPARE(reader->records().among(filter, all)->at(0).id, model::SessionId(2));
    }

    void callsGoWithTheirSessions() {
        store::Batch batch;
        batch.sessions = {completedCall(1), completedCall(2)};
        batch.calls = {call(1, model::CallDirection::In)};
        QVERIFY(test::commit(*m_database, batch));
        store::LostFiles files;
        for (const std::int64_t id : {1, 2})
            QVERIFY(job([&](store::Tables& tables) {
                        return *tables.removeSome(model::SessionId(id), 100, files) ? base::Result<void>()
                                                                                    : base::rejected("left");
                    }).ok());
        QVERIFY((files == store::LostFiles{{}, {"call-1.wav"}}));
        QVERIFY(!m_database->reader()->calls().bySession(model::SessionId(1))->has_value());
    }

    void erasingTakesTheCustomersNumberAndTheRecording() {
        store::Batch batch;
        batch.customers = {test::people().customers[0]};
        batch.customers[0].id = model::CustomerId(2);
        batch.customers[0].externalId = "another";
        batch.sessions = {completedCall(1), completedCall(2), completedCall(3, 2)};
        batch.calls = {call(1, model::CallDirection::In), call(2, model::CallDirection::Out),
                       call(3, model::CallDirection::In)};
        QVERIFY(test::commit(*m_database, batch));
        store::LostFiles files;
        QVERIFY(job([&](store::Tables& tables) {
                    model::SessionId after;
                    return *tables.eraseSome(model::CustomerId(1), after, 100, files) ? base::Result<void>()
                                                                                      : base::rejected("left");
                }).ok());
        QVERIFY((files == store::LostFiles{{}, {"call-1.wav", "call-2.wav"}}));
        auto expected = batch.calls;
        expected[0].caller.clear();
        expected[1].callee.clear();
        expected[0].recording.clear();
        expected[1].recording.clear();
        const model::SessionId asked[] = {model::SessionId(1), model::SessionId(2), model::SessionId(3)};
        QVERIFY(*m_database->reader()->calls().bySessions(asked) == expected);
    }
};

static const cb::test::Add<StoreTelephoneTest> addedStoreTelephoneTest;
#include "telephone_test.moc"
