#ifndef Q_MOC_RUN // moc 6.4 stumbles over <tuple> in a nested namespace
#include "tests/shared/routing/steps.h"
#endif
#include "tests/support/suite.h"

#include <QtCore/QElapsedTimer>

using namespace cb::test::routing;

class RoutingProperties : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The invariants of the specification after every one of very many random events, against an independent slow
    /// model.
    void theInvariantsHoldAfterEveryRandomEvent();
    void theSameEventsGiveTheSameDecisions();
};

namespace {

constexpr int kEventsPerWorld = 1000;

std::vector<Step> randomRun(std::uint64_t seed, Run& run) {
    Generator generator(seed);
    std::vector<Step> steps = generator.world();
    bool fine = true;
    for (std::size_t i = 0; fine && i < steps.size(); ++i)
        fine = run.take(steps[i]);
    for (int i = 0; fine && i < kEventsPerWorld; ++i) {
        steps.push_back(generator.next(run.mirror()));
        fine = run.take(steps.back());
    }
    return steps;
}

} // namespace

void RoutingProperties::theInvariantsHoldAfterEveryRandomEvent() {
    const int worlds = (cb::test::isFull() ? 10'000'000 : 1'000'000) / kEventsPerWorld;
    const std::uint64_t first = qEnvironmentVariableIntValue("CLOUDBELL_SEED") > 0
                                    ? static_cast<std::uint64_t>(qEnvironmentVariableIntValue("CLOUDBELL_SEED"))
                                    : 1;
    std::uint64_t decided = 0;
    QElapsedTimer clock;
    clock.start();
    for (std::uint64_t seed = first; seed < first + static_cast<std::uint64_t>(worlds); ++seed) {
        Run run;
        const std::vector<Step> steps = randomRun(seed, run);
        decided += run.decided();
        if (run.problem().empty())
            continue;
        const std::vector<Step> shortest = shrink(steps);
        const std::string text = "seed " + std::to_string(seed) + ": " + run.problem() + "\nshortest list, " +
                                 std::to_string(shortest.size()) + " events: " + firstProblem(shortest) + "\n" +
                                 describe(shortest);
        QFAIL(text.c_str());
    }
    qInfo("%d events, %llu decisions, %lld ms", worlds * kEventsPerWorld, static_cast<unsigned long long>(decided),
          static_cast<long long>(clock.elapsed()));
}

void RoutingProperties::theSameEventsGiveTheSameDecisions() {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Run first;
        first.keepLog();
        const std::vector<Step> steps = randomRun(seed, first);
        Run second;
        second.keepLog();
        for (const Step& step : steps)
            second.take(step);
        QVERIFY(!first.log().empty());
        QCOMPARE(second.log(), first.log());
    }
}

static const cb::test::Add<RoutingProperties> addedRoutingProperties;
CB_TEST_MAIN()
#include "property_test.moc"
