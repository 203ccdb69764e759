#ifndef Q_MOC_RUN // moc cannot read <concepts>
#include "server/store/database.h"
#include "server/store/tables.h"
#include "server/store/writer.h"
#include "tests/server/desk/floor_harness.h"
#endif
#include "tests/support/suite.h"

#include <QtCore/QTemporaryDir>

#include <algorithm>
#include <map>

using namespace cb;
using namespace cb::test;
using namespace std::chrono_literals;

namespace {

/// A real database with the sample instance in it.
struct Disk {
    QTemporaryDir folder;
    std::unique_ptr<store::Database> database;
    std::unique_ptr<store::Writer> writer;
    bool failed = false;

    Disk() {
        auto opened = store::Database::open(
            {.where = folder.filePath("desk.db").toStdString(), .durability = store::Durability::Unsafe});
        if (!opened)
            qFatal("%s", opened.error().detail.c_str());
        database = std::move(*opened);
        writer = std::make_unique<store::Writer>(*database, 10'000);
        store::Batch batch;
        desk::Recovered sample = sampleInstance();
        batch.instances = {sample.instance};
        batch.groups = sample.groups;
        batch.agents = sample.agents;
        batch.channels = sample.channels;
        batch.flows = sample.versions;
        put(batch);
    }
    void put(const store::Batch& batch) {
        (void)writer->submit(1, batch, [this](base::Result<void> result) {
            if (!result) {
                failed = true;
                qWarning("%s: %s", result.error().code.c_str(), result.error().detail.c_str());
            }
        });
    }
    desk::Recovered load() {
        writer->flush();
        auto loaded = desk::StoreStorage(*database, *writer).load(kInstance);
        if (!loaded)
            qFatal("%s", loaded.error().detail.c_str());
        return std::move(*loaded);
    }
};

/// As the hub does when a visitor says hello.
void lookUp(Disk& disk, desk::VisitorAttach& attach) {
    disk.writer->flush();
    auto reader = disk.database->reader();
    auto customer = reader->customers().byExternalId(attach.channel, attach.tokenHash);
    if (!customer || !*customer)
        return;
    attach.customer = **customer;
    store::Events::Page page;
    page.limit = 100;
    auto messages = reader->events().messagesOfCustomer(attach.customer->id, page);
    for (const model::Message& message : messages->messages)
        attach.recent.push_back({message.session, message.uuid, message.seq, message.at, false});
}

/// The first difference between what is on disk and what the live state says is there.
std::string difference(desk::Recovered disk, desk::Recovered live) {
    if (disk.newestSeq != live.newestSeq)
        return "newest seq";
    if (disk.sessions != live.sessions) {
        if (disk.sessions.size() != live.sessions.size())
            return "how many sessions";
        for (std::size_t i = 0; i < disk.sessions.size(); ++i)
            if (!(disk.sessions[i] == live.sessions[i]))
                return "session " + std::to_string(disk.sessions[i].id.value) + " flow state " +
                       disk.sessions[i].flowState + " / " + live.sessions[i].flowState;
    }
    std::map<model::AgentId, model::Presence> presences;
    for (const model::Presence& row : disk.presences)
        presences[row.agent] = row;
    for (const model::Presence& row : live.presences) {
        model::Presence never;
        never.agent = row.agent;
        never.instance = row.instance;
        if (!(row == (presences.count(row.agent) != 0 ? presences.at(row.agent) : never)))
            return "presence of " + std::to_string(row.agent.value);
    }
    const auto byId = [](const auto& a, const auto& b) { return a.id < b.id; };
    std::sort(disk.ringing.begin(), disk.ringing.end(), byId);
    if (disk.ringing != live.ringing)
        return "ringing offers";
    std::sort(disk.customers.begin(), disk.customers.end(), byId);
    if (disk.customers != live.customers)
        return "customers";
    if (disk.uuids != live.uuids)
        return "uuids";
    for (std::size_t i = 0; i < disk.digests.size() && i < live.digests.size(); ++i) {
        const store::Digest& a = disk.digests[i];
        const store::Digest& b = live.digests[i];
        if (a.session != b.session || a.lastSeq != b.lastSeq || a.text != b.text || a.side != b.side || a.at != b.at ||
            a.unread != b.unread || a.customerWaitsSince != b.customerWaitsSince)
            return "digest of session " + std::to_string(a.session.value);
    }
    return disk.digests.size() == live.digests.size() ? "" : "how many digests";
}

/// Who waits in a group, in order.
std::vector<model::SessionId> queueOf(const FloorHarness& floor, model::GroupId group) {
    std::vector<model::Session> rows;
    for (const model::Session& row : floor.centre().image().sessions)
        if (row.group == group && row.state == model::SessionState::Queued)
            rows.push_back(row);
    std::sort(rows.begin(), rows.end(), [](const model::Session& a, const model::Session& b) {
        return std::pair(a.waitingFrom, a.id) < std::pair(b.waitingFrom, b.id);
    });
    std::vector<model::SessionId> ids;
    for (const model::Session& row : rows)
        ids.push_back(row.id);
    return ids;
}

/// One thing somebody might do.
class Chaos {
public:
    Chaos(FloorHarness& floor, Disk& disk, std::uint64_t seed)
        : m_floor(floor)
        , m_disk(disk)
        , m_random(seed) {}

    void step() {
        const auto agent = model::AgentId{1 + static_cast<std::int64_t>(m_random.below(3))};
        const int visitor = 1 + static_cast<int>(m_random.below(14));
        switch (m_random.below(22)) {
        case 0:
        case 1:
            visit(visitor);
            break;
        case 2:
        case 3:
        case 4:
            m_floor.say(visitor, text(), m_random.oneIn(4) ? 1 + m_random.below(50) : 0);
            break;
        case 5:
            m_floor.close(visitor);
            break;
        case 6:
            m_floor.leave(visitor);
            break;
        case 7:
            m_floor.online(agent);
            break;
        case 8:
            m_floor.disconnect(agent);
            break;
        case 9:
            m_floor.status(agent, static_cast<model::AgentStatus>(m_random.below(5)));
            break;
        case 10:
        case 11:
        case 12:
            m_floor.answer(agent);
            break;
        case 13:
            m_floor.decline(agent);
            break;
        case 14:
        case 15:
            m_floor.write(agent, mine(agent), text(), m_random.oneIn(4) ? 51 + m_random.below(50) : 0);
            break;
        case 16:
            m_floor.end(agent, mine(agent));
            break;
        case 17:
            m_floor.complete(agent, mine(agent));
            break;
        case 18:
            transfer(agent);
            break;
        case 19:
            marks(visitor, agent);
            break;
        case 20:
            m_floor.pass(base::Millis{m_random.below(m_random.oneIn(5) ? 200'000 : 5'000)});
            break;
        default:
            rare(agent, visitor);
        }
    }

private:
    void visit(int visitor) {
        desk::VisitorAttach attach;
        attach.origin = FloorHarness::visitorAt(visitor);
        attach.instance = kInstance;
        attach.channel = visitor % 2 == 0 ? kShop : kHelp;
        attach.tokenHash = "token of visitor " + std::to_string(visitor);
        lookUp(m_disk, attach);
        m_floor.run(attach);
        if (m_random.oneIn(2))
            m_floor.start(visitor);
    }
    std::string text() {
        static const char* const kTexts[] = {"1", "2", "hello", "您好", "a longer line that says more than the others"};
        return kTexts[m_random.below(5)];
    }
    model::SessionId mine(model::AgentId agent) {
        std::vector<model::SessionId> ids;
        for (const model::Session& row : m_floor.centre().image().sessions)
            if (row.agent == agent)
                ids.push_back(row.id);
        return ids.empty() ? model::SessionId{1} : ids[m_random.below(ids.size())];
    }
    void transfer(model::AgentId agent) {
        desk::TransferSession command;
        command.origin = FloorHarness::agentAt(agent);
        command.session = mine(agent);
        if (m_random.oneIn(2))
            command.group = m_random.oneIn(2) ? kSales : kSupport;
        else
            command.agent = model::AgentId{1 + static_cast<std::int64_t>(m_random.below(3))};
        command.note = m_random.oneIn(2) ? "please take over" : "";
        m_floor.run(command);
    }
    void marks(int visitor, model::AgentId agent) {
        const auto seq = static_cast<model::Seq>(m_random.below(m_floor.events.size() + 1));
        m_floor.run(desk::VisitorMark{FloorHarness::visitorAt(visitor).connection, seq, seq / 2});
        m_floor.run(desk::AgentMark{FloorHarness::agentAt(agent).connection, mine(agent), seq, seq / 2});
    }
    void rare(model::AgentId agent, int visitor) {
        store::Batch rows;
        switch (m_random.below(5)) {
        case 0:
            m_floor.attach(agent, true, 9'000 + m_random.below(5));
            break;
        case 1:
            m_floor.run(desk::BlockCustomer{FloorHarness::agentAt(kCid), model::CustomerId{visitor}, m_random.oneIn(3),
                                            std::nullopt});
            break;
        case 2:
            rows.groups = {sampleInstance().groups[m_random.below(2)]};
            rows.groups[0].limit = 1 + static_cast<int>(m_random.below(4));
            m_floor.change(rows);
            break;
        case 3:
            rows.agents = {sampleInstance().agents[m_random.below(3)]};
            rows.agents[0].groups = m_random.oneIn(3) ? std::vector{kSupport} : std::vector{kSales, kSupport};
            m_floor.change(rows);
            break;
        default:
            rows.flows = {flowRow(m_random.oneIn(2) ? kToSales : kMenu, ++m_version, menuGraph())};
            m_floor.change(rows);
        }
    }

    FloorHarness& m_floor;
    Disk& m_disk;
    base::Random m_random;
    int m_version = 1;
};

} // namespace

/// Random days: whatever people do, the state stays sound, the disk holds all of it, and a restart finds it again.
class RecoveryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void diskEqualsLiveState() {
        const int days = isFull() ? 40 : 3;
        const int steps = isFull() ? 3'000 : 600;
        for (int day = 0; day < days; ++day)
            oneDay(static_cast<std::uint64_t>(day) + 1, steps);
        QVERIFY(m_offered > 0); // there were figures to compare
    }

    void aRepeatFromBeforeTheRestartMakesNoSecondMessageInALaterSession() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1, kShop, false);
        const auto first = floor.say(1, "hello", 77).answer<desk::OkSent>();
        floor.leave(1); // nobody had answered: completed at once
        floor.say(1, "something new", 78);
        desk::Recovered onDisk = floor.centre().image();
        onDisk.versions = sampleInstance().versions;
        floor.restart(std::move(onDisk));
        desk::VisitorAttach attach;
        attach.origin = FloorHarness::visitorAt(1);
        attach.instance = kInstance;
        attach.channel = kShop;
        attach.tokenHash = "token of visitor 1";
        attach.recent = {{first->session, uuidOf(77), first->seq, first->at}};
        floor.run(attach);
        QVERIFY(floor.openOf(1) && *floor.openOf(1) != first->session);
        const Outcome repeat = floor.say(1, "hello", 77);
        QVERIFY(repeat.answer<desk::OkSent>());
        QCOMPARE(repeat.answer<desk::OkSent>()->seq, first->seq);
        QCOMPARE(repeat.answer<desk::OkSent>()->session, first->session);
        QVERIFY(repeat.batch.empty());
    }

private:
    void oneDay(std::uint64_t seed, int steps) {
        Disk disk;
        FloorHarness floor(disk.load(), [&](const store::Batch& batch) { disk.put(batch); });
        Chaos chaos(floor, disk, seed);
        for (int step = 1; step <= steps; ++step) {
            chaos.step();
            const std::string where = " (seed " + std::to_string(seed) + ", step " + std::to_string(step) + ")";
            const std::string problems = floor.problems();
            QVERIFY2(problems.empty(), (problems + where).c_str());
            if (step % 150 != 0)
                continue;
            desk::Recovered loaded = disk.load();
            QVERIFY2(!disk.failed, where.c_str());
            const std::string different = difference(loaded, floor.centre().image());
            QVERIFY2(different.empty(), (different + where).c_str());
            checkRows(floor, where);
            restart(floor, std::move(loaded), where);
        }
        disk.writer->flush();
        const auto report = disk.database->check();
        QVERIFY(report.ok());
        for (const auto& problem : report->problems)
            if (problem.code != "ids") // the test numbers its rows itself
                QVERIFY2(false, (problem.code + " " + problem.detail).c_str());
    }

    /// Rows that no longer change: an ended session keeps what it ended with.
    void checkRows(FloorHarness& floor, const std::string& where) {
        std::map<std::pair<model::SessionId, base::Uuid>, int> uuids;
        model::Seq last = 0;
        for (const model::Event& event : floor.events) {
            QVERIFY2(event.seq > last, where.c_str());
            last = event.seq;
            if (event.kind == model::EventKind::Message)
                QVERIFY2((++uuids[std::pair(event.session, event.message.uuid)] == 1), where.c_str());
        }
    }

    /// The day's figures are built again as they were.
    void checkFigures(const model::Overview& before, const model::Overview& after, const std::string& where) {
        QVERIFY2(before.modes == after.modes && before.channels == after.channels, ("figures" + where).c_str());
        QVERIFY2(before.offered == after.offered && before.answered == after.answered &&
                     before.abandoned == after.abandoned,
                 ("series" + where).c_str());
        for (std::size_t i = 0; i < before.groups.size(); ++i)
            QVERIFY2(before.groups[i].today == after.groups[i].today, ("figures of a group" + where).c_str());
        int offered = 0;
        for (const model::ModeOverview& mode : after.modes)
            offered += mode.today.offered;
        m_offered += offered;
    }

    void restart(FloorHarness& floor, desk::Recovered loaded, const std::string& where) {
        const auto sales = queueOf(floor, kSales);
        std::map<model::SessionId, model::Session> before;
        for (const model::Session& row : floor.centre().image().sessions)
            before[row.id] = row;
        const model::Overview figures = floor.centre().overview();
        floor.restart(std::move(loaded));
        QVERIFY2(floor.problems().empty(), (floor.problems() + where).c_str());
        checkFigures(figures, floor.centre().overview(), where);
        const desk::Recovered after = floor.centre().image();
        QVERIFY2(after.sessions.size() == before.size(), where.c_str());
        for (const model::Session& row : after.sessions) {
            model::Session expected = before.at(row.id);
            if (expected.state == model::SessionState::Offered) {
                QVERIFY2(row.state == model::SessionState::Queued, where.c_str());
                continue;
            }
            if (expected.state == model::SessionState::Queued)
                expected.transferTo = row.transferTo; // whoever was meant may not be there
            QVERIFY2(row == expected, ("session " + std::to_string(row.id.value) + where).c_str());
        }
        QVERIFY2(after.ringing.empty(), where.c_str());
        auto now = queueOf(floor, kSales);
        now.erase(
            std::remove_if(now.begin(), now.end(),
                           [&](model::SessionId id) { return before.at(id).state != model::SessionState::Queued; }),
            now.end());
        QVERIFY2(now == sales, ("order of the queue" + where).c_str());
    }

    int m_offered = 0;
};

static const cb::test::Add<RecoveryTest> addedRecoveryTest;
#include "recovery_test.moc"
