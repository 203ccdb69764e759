#ifndef Q_MOC_RUN // moc cannot read <concepts>
#include "tests/server/desk/floor_harness.h"
#endif
#include "tests/support/suite.h"

using namespace cb;
using namespace cb::test;
using namespace std::chrono_literals;

namespace {

Outcome watch(FloorHarness& floor, model::AgentId agent, bool on = true) {
    return floor.run(desk::WatchOverview{FloorHarness::agentAt(agent), on});
}

std::vector<desk::OverviewEffect> told(const Outcome& outcome) {
    return outcome.all<desk::OverviewEffect>();
}

const model::GroupOverview& group(const model::Overview& overview, model::GroupId id) {
    for (const auto& one : overview.groups)
        if (one.group == id)
            return one;
    static const model::GroupOverview none;
    return none;
}

} // namespace

/// What admins who watch the overview are told, and when.
class OverviewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyAdmins() {
        FloorHarness floor;
        floor.online(kAnn);
        const Outcome refused = watch(floor, kAnn);
        QCOMPARE(refused.errorCode(), std::string("forbidden"));
        QVERIFY(told(refused).empty());
        floor.online(kCid);
        const Outcome watching = watch(floor, kCid);
        QVERIFY(watching.answer<desk::OkNothing>());
        QCOMPARE(told(watching).size(), std::size_t(1));
        QCOMPARE(told(watching)[0].connections, std::vector{FloorHarness::agentAt(kCid).connection});
        floor.visit(1);
        for (const auto& effect : told(floor.pass(10s)))
            QCOMPARE(effect.connections, std::vector{FloorHarness::agentAt(kCid).connection});
    }
    void nobodyWatchesNothingIsTold() {
        FloorHarness floor;
        floor.online(kCid);
        floor.visit(1);
        QVERIFY(told(floor.pass(10s)).empty());
        watch(floor, kCid);
        watch(floor, kCid, false);
        floor.visit(2);
        QVERIFY(told(floor.pass(10s)).empty());
    }
    void atMostOnceASecond() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.online(kCid);
        watch(floor, kCid);
        base::TimePoint last = floor.now;
        std::shared_ptr<const model::Overview> before;
        int frames = 0;
        for (int i = 0; i < 250; ++i) { // ten new customers a second; Ann is rung for 30 s
            auto effects = told(floor.visit(i + 1));
            for (auto& effect : told(floor.pass(100ms)))
                effects.push_back(std::move(effect));
            QVERIFY(effects.size() <= 1);
            for (const auto& effect : effects) { // somewhere in these 100 ms
                QVERIFY(floor.now - last >= 1s);
                QVERIFY(before == nullptr || !(*effect.overview == *before));
                last = floor.now;
                before = effect.overview;
                ++frames;
            }
        }
        QVERIFY2(frames >= 24 && frames <= 25, qPrintable(QString::number(frames)));
        QCOMPARE(floor.centre().overview().modes.at(0).today.offered, 250);
    }
    void nothingHappensNothingIsTold() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.online(kCid);
        watch(floor, kCid);
        floor.status(kAnn, model::AgentStatus::Break);
        QCOMPARE(told(floor.pass(5s)).size(), std::size_t(1));
        QVERIFY(told(floor.pass(60s)).empty());
        floor.status(kAnn, model::AgentStatus::Idle);
        QCOMPARE(told(floor.pass(100ms)).size(), std::size_t(1)); // nothing was told for a while: at once
        floor.status(kAnn, model::AgentStatus::Break);
        floor.status(kAnn, model::AgentStatus::Idle); // as it was when it would have been told
        QVERIFY(told(floor.pass(5s)).empty());
    }
    void aSecondWatcherIsToldAtOnceAndTheFirstNotTwice() {
        desk::Recovered sample = sampleInstance();
        sample.agents[1].role = model::Role::Admin; // Ben, too
        FloorHarness floor(sample);
        floor.online(kBen);
        floor.online(kCid);
        floor.pass(5s);
        watch(floor, kBen);
        floor.visit(1);
        const auto first = told(floor.pass(300ms)); // the visitor is too soon after the first frame
        QVERIFY(first.empty());
        const auto second = told(watch(floor, kCid));
        QCOMPARE(second.size(), std::size_t(1));
        QCOMPARE(second[0].connections, std::vector{FloorHarness::agentAt(kCid).connection});
        const auto both = told(floor.pass(900ms));
        QCOMPARE(both.size(), std::size_t(1));
        QCOMPARE(both[0].connections, std::vector{FloorHarness::agentAt(kBen).connection});
    }
    void askingAgainTellsNothingAgain() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.online(kCid);
        floor.pass(5s);
        QCOMPARE(told(watch(floor, kCid)).size(), std::size_t(1));
        floor.visit(1);
        for (int i = 0; i < 5; ++i) {
            const Outcome again = watch(floor, kCid);
            QVERIFY(again.answer<desk::OkNothing>());
            QVERIFY(told(again).empty());
        }
        QCOMPARE(told(floor.pass(1s)).size(), std::size_t(1)); // the visitor, when the second is over
        watch(floor, kCid, false);
        floor.visit(2); // nobody watches
        QCOMPARE(told(watch(floor, kCid)).size(), std::size_t(1));
        QCOMPARE(told(floor.pass(1s)).size(), std::size_t(1)); // what the kept one did not say
    }
    void aNewConnectionAsksAgain() {
        FloorHarness floor;
        floor.online(kCid);
        watch(floor, kCid);
        floor.pass(2s);
        floor.disconnect(kCid);
        floor.visit(1);
        QVERIFY(told(floor.pass(5s)).empty());
        floor.attach(kCid, true, 9'001);
        floor.visit(2);
        QVERIFY(told(floor.pass(5s)).empty());
        QCOMPARE(told(floor.run(desk::WatchOverview{{9'001, 3}, true})).size(), std::size_t(1));
    }
    void aSessionsWay() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.pass(2s);
        const auto tally = [&] { return group(floor.centre().overview(), kSales).today; };
        floor.visit(1);
        QCOMPARE(tally().offered, 1);
        QCOMPARE(tally().answered, 0);
        floor.pass(10s);
        const auto session = *floor.openOf(1);
        floor.answer(kAnn);
        QCOMPARE(tally().answered, 1);
        QCOMPARE(tally().waitMs, std::int64_t(10'000));
        QCOMPARE(tally().within, 1);
        QCOMPARE(group(floor.centre().overview(), kSales).serving, 1);
        floor.pass(30s);
        floor.end(kAnn, session);
        QCOMPARE(tally().handled, 0);
        QCOMPARE(group(floor.centre().overview(), kSales).serving, 0);
        floor.pass(20s);
        floor.complete(kAnn, session);
        QCOMPARE(tally().handled, 1);
        QCOMPARE(tally().handleMs, std::int64_t(50'000));
        QCOMPARE(floor.centre().overview().channels.at(0).name, std::string("Channel 1"));
        QCOMPARE(floor.centre().overview().modes.at(0).today, tally());
    }
    void waitingAndGivingUp() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(9); // rings at Ann all the time: the others wait
        floor.pass(2s);
        floor.visit(1);
        const base::TimePoint began = floor.now;
        floor.pass(3s);
        floor.visit(2);
        const model::GroupOverview waiting = group(floor.centre().overview(), kSales);
        QCOMPARE(waiting.waiting, 2);
        QCOMPARE(waiting.waitsSince, began);
        QCOMPARE(waiting.free, 0);
        floor.leave(2); // at once
        floor.pass(20s);
        floor.leave(1);
        const model::GroupOverview left = group(floor.centre().overview(), kSales);
        QCOMPARE(left.waiting, 0);
        QCOMPARE(left.waitsSince, base::TimePoint{});
        QCOMPARE(left.today.abandoned, 2);
        QCOMPARE(left.today.abandonedSoon, 1);
    }
    void nobodyCame() {
        FloorHarness floor;
        floor.visit(1); // nobody is online: the flow goes on at once, nothing was offered to anybody
        floor.pass(120s);
        QVERIFY(floor.centre().overview().modes.empty());
        floor.online(kAnn);
        floor.visit(2);
        floor.status(kAnn, model::AgentStatus::Break); // after 60 s without anybody the flow goes on, to its end
        floor.pass(120s);
        const model::Overview overview = floor.centre().overview();
        QCOMPARE(overview.modes.at(0).today.offered, 1);
        QCOMPARE(overview.modes.at(0).today.unserved, 1);
        QCOMPARE(overview.modes.at(0).today.abandoned, 0);
    }
    void agentsByStatus() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.online(kBen);
        floor.status(kBen, model::AgentStatus::Break);
        const model::AgentCounts counts = floor.centre().overview().agents;
        QCOMPARE(counts.idle, 1);
        QCOMPARE(counts.onBreak, 1);
        QCOMPARE(counts.offline, 1);
    }
    void theThresholdCountsBackwards() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        floor.pass(10s);
        floor.answer(kAnn);
        QCOMPARE(floor.centre().overview().modes.at(0).today.within, 1);
        store::Batch rows;
        rows.instances = {sampleInstance().instance};
        rows.instances[0].settings.serviceLevelSeconds = 9;
        floor.change(rows);
        QCOMPARE(floor.centre().overview().threshold, 9);
        QCOMPARE(floor.centre().overview().modes.at(0).today.within, 0);
    }
    void midnight() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.online(kCid);
        floor.visit(1);
        floor.answer(kAnn);
        watch(floor, kCid);
        QCOMPARE(floor.centre().overview().modes.size(), std::size_t(1));
        const auto outcome = floor.pass(floor.centre().overview().dayTo - floor.now + 2s);
        QVERIFY(!told(outcome).empty());
        const model::Overview today = *told(outcome).back().overview;
        QVERIFY(today.dayFrom <= floor.now && floor.now < today.dayTo);
        QVERIFY(today.modes.empty());
        QVERIFY(today.offered.empty());
    }
};

static const test::Add<OverviewTest> addedOverviewTest;
#include "overview_test.moc"
