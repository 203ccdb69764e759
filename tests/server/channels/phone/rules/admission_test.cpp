#include "server/channels/phone/rules/admission.h"
#include "tests/support/suite.h"

#include <QtTest/QtTest>

#include <deque>
#include <limits>
#include <random>

using namespace cb;
using namespace cb::phone;
using Reason = Admission::Reason;

namespace {

const model::TrunkId kOne{1}, kTwo{2};
constexpr std::int64_t kStart = 1'000'000;

} // namespace

class AdmissionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutLimitsEverybodyComes() {
        Admission admission({});
        for (int i = 0; i < 10'000; ++i)
            QCOMPARE(admission.admit(kOne, {}, kStart), 0);
        QCOMPARE(admission.calls(), 10'000);
        QCOMPARE(admission.calls(kOne), 10'000);
        QCOMPARE(admission.calls(kTwo), 0);
    }
    void callsAtOnceAreCounted() {
        Admission admission({3, 0});
        const CallLimits own{2, 0};
        QCOMPARE(admission.admit(kOne, own, kStart), 0);
        QCOMPARE(admission.admit(kOne, own, kStart), 0);
        QCOMPARE(admission.admit(kOne, own, kStart), Admission::kFullRetry);
        QVERIFY(admission.reason() == Reason::TrunkFull);
        QCOMPARE(admission.admit(kTwo, own, kStart), 0);
        QVERIFY(admission.reason() == Reason::None);
        QCOMPARE(admission.admit(kTwo, own, kStart), Admission::kFullRetry);
        QVERIFY(admission.reason() == Reason::ServerFull);
        admission.release(kTwo);
        admission.release(kTwo); // once too often
        admission.release(model::TrunkId{9});
        QCOMPARE(admission.calls(), 2);
        QCOMPARE(admission.admit(kTwo, own, kStart), 0);
        admission.setLimits({1, 0});
        admission.release(kOne);
        QCOMPARE(admission.admit(kOne, own, kStart), Admission::kFullRetry);
        QCOMPARE(admission.calls(), 2);
    }
    void setUpsAreSpreadOverTime() {
        Admission admission({0, 10, 5});
        for (int i = 0; i < 5; ++i)
            QCOMPARE(admission.admit(kOne, {}, kStart), 0);
        QCOMPARE(admission.admit(kOne, {}, kStart), 1);
        QVERIFY(admission.reason() == Reason::ServerBusy);
        QCOMPARE(admission.admit(kOne, {}, kStart + 99), 1);
        QCOMPARE(admission.admit(kOne, {}, kStart + 100), 0);
        QCOMPARE(admission.admit(kOne, {}, kStart + 100), 1);
        QCOMPARE(admission.admit(kOne, {}, kStart + 50), 1); // a clock that went back brings nothing
        for (int i = 0; i < 5; ++i)                          // nor is more saved than the burst
            QCOMPARE(admission.admit(kOne, {}, kStart + 3'600'000), 0);
        QCOMPARE(admission.admit(kOne, {}, kStart + 3'600'000), 1);
    }
    void aTrunksOwnPaceCostsTheOthersNothing() {
        Admission admission({0, 100});
        const CallLimits slow{0, 2};
        QCOMPARE(admission.admit(kOne, slow, kStart), 0);
        QCOMPARE(admission.admit(kOne, slow, kStart), 0);
        for (int i = 0; i < 1'000; ++i) {
            QCOMPARE(admission.admit(kOne, slow, kStart), 1);
            QVERIFY(admission.reason() == Reason::TrunkBusy);
        }
        for (int i = 0; i < 98; ++i)
            QCOMPARE(admission.admit(kTwo, {}, kStart), 0);
        QVERIFY(admission.admit(kTwo, {}, kStart) > 0);
        QCOMPARE(admission.admit(kOne, slow, kStart + 500), 0);
    }
    void whatWasRefusedTookNothing() {
        Admission admission({1, 0});
        const CallLimits slow{0, 1};
        QCOMPARE(admission.admit(kTwo, {}, kStart), 0);
        QVERIFY(admission.admit(kOne, slow, kStart) > 0); // full
        admission.release(kTwo);
        QCOMPARE(admission.admit(kOne, slow, kStart), 0); // its one set-up of this second is still there
    }
    void theLargestFiguresDoNotTurnOver() {
        const int most = std::numeric_limits<int>::max();
        Admission admission({most, most, most});
        QCOMPARE(admission.admit(kOne, {most, most, most}, kStart), 0);
        QCOMPARE(admission.admit(kOne, {most, 1, most}, std::numeric_limits<std::int64_t>::max() / 2), 0);
        QCOMPARE(admission.calls(), 2);
    }
    void noSecondHasMoreThanItsShare() {
        std::mt19937 random(7);
        for (int round = 0; round < 200; ++round) {
            const int perSecond = static_cast<int>(random() % 30) + 1, burst = static_cast<int>(random() % 40) + 1;
            Admission admission({0, perSecond, burst});
            std::deque<std::int64_t> taken;
            std::int64_t now = kStart;
            std::int64_t promised = -1; // nobody is admitted later than told, when nobody else comes
            for (int i = 0; i < 500; ++i) {
                now += static_cast<std::int64_t>(random() % 120);
                const int later = admission.admit(kOne, {}, now);
                if (promised >= 0 && now >= promised)
                    QCOMPARE(later, 0);
                promised = later == 0 ? -1 : promised < 0 ? now + later * 1'000 : promised;
                if (later == 0)
                    taken.push_back(now);
                while (!taken.empty() && taken.front() <= now - 1'000)
                    taken.pop_front();
                QVERIFY(taken.size() <= static_cast<std::size_t>(perSecond + burst));
            }
        }
    }
};

static const cb::test::Add<AdmissionTest> addedAdmissionTest;
CB_TEST_MAIN()
#include "admission_test.moc"
