#include "server/channels/phone/source_gate.h"
#include "tests/support/suite.h"

using cb::phone::SourceGate;
using Verdict = cb::phone::SourceGate::Verdict;

namespace {
constexpr std::uint64_t kTheirs = 1, kStranger = 2;
constexpr std::uint32_t kStream = 100, kForged = 200;
} // namespace

class SourceGateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void packetsInOrderAreTaken() {
        SourceGate gate;
        for (std::uint16_t i = 0; i < 5; ++i)
            QCOMPARE(gate.look(kTheirs, kStream, static_cast<std::uint16_t>(65'533 + i), i * 20), Verdict::Take);
    }
    void doubledAndLateOnesAreToldApart() {
        SourceGate gate;
        gate.look(kTheirs, kStream, 10, 0);
        gate.look(kTheirs, kStream, 12, 40);
        QCOMPARE(gate.look(kTheirs, kStream, 11, 41), Verdict::Late);
        QCOMPARE(gate.look(kTheirs, kStream, 12, 42), Verdict::Late);
        QCOMPARE(gate.look(kTheirs, kStream, 13, 60), Verdict::Take);
    }
    void anotherAddressIsHeardOnlyWhenTheirsIsSilent() {
        SourceGate gate;
        gate.look(kTheirs, kStream, 1, 0);
        QCOMPARE(gate.look(kStranger, kStream, 2, 20), Verdict::Drop);
        QCOMPARE(gate.look(kTheirs, kStream, 2, 20), Verdict::Take);
        QCOMPARE(gate.look(kStranger, kForged, 900, 3'019), Verdict::Drop);
        QCOMPARE(gate.look(kStranger, kForged, 901, 3'021), Verdict::Take); // a phone that changed its port
        QCOMPARE(gate.source(), kStranger);
    }
    void forgedStreamsChangeNothing() {
        SourceGate gate;
        gate.look(kTheirs, kStream, 1, 0);
        for (std::uint32_t i = 0; i < 1'000; ++i)
            QCOMPARE(gate.look(kTheirs, kForged + i, static_cast<std::uint16_t>(i * 7), 10), Verdict::Drop);
        QCOMPARE(gate.look(kTheirs, kStream, 2, 20), Verdict::Take);
    }
    void anotherStreamIsTakenOnceItGoesOn() {
        SourceGate gate;
        gate.look(kTheirs, kStream, 1, 0);
        QCOMPARE(gate.look(kTheirs, kForged, 50, 20), Verdict::Drop);
        QCOMPARE(gate.look(kTheirs, kForged, 51, 40), Verdict::Drop);
        QCOMPARE(gate.look(kTheirs, kForged, 52, 60), Verdict::Take);
        QCOMPARE(gate.look(kTheirs, kStream, 5, 70), Verdict::Drop);
    }
    void oneForgedSequenceNumberDoesNotStopTheRest() {
        SourceGate gate;
        gate.look(kTheirs, kStream, 100, 0);
        QCOMPARE(gate.look(kTheirs, kStream, 40'000, 10), Verdict::Drop);
        QCOMPARE(gate.look(kTheirs, kStream, 101, 20), Verdict::Take);
    }
    void aSenderThatBeginsAnewIsFollowed() {
        SourceGate gate;
        gate.look(kTheirs, kStream, 100, 0);
        QCOMPARE(gate.look(kTheirs, kStream, 40'000, 20), Verdict::Drop);
        QCOMPARE(gate.look(kTheirs, kStream, 40'001, 40), Verdict::Take);
        QCOMPARE(gate.look(kTheirs, kStream, 40'002, 60), Verdict::Take);
    }
    void namedAnew() {
        SourceGate gate;
        gate.look(kTheirs, kStream, 1, 0);
        gate.unlock();
        QCOMPARE(gate.look(kStranger, kStream, 2, 20), Verdict::Take);
    }
};

static const cb::test::Add<SourceGateTest> addedSourceGateTest;
#include "source_gate_test.moc"
