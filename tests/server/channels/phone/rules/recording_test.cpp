#include "server/channels/phone/rules/recording.h"
#include "tests/support/suite.h"

#include <QtTest/QtTest>

#include <array>

using namespace cb;
using namespace cb::phone;

namespace {

std::array<std::int16_t, 160> frameOf(std::int16_t value) {
    std::array<std::int16_t, 160> frame{};
    frame.fill(value);
    return frame;
}

} // namespace

class RecordingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void packetsStandWhereTheirSenderPutThem() {
        RecordingTrack track;
        QCOMPARE(track.place(1, 5'000, 800), std::int64_t{800});
        QCOMPARE(track.place(1, 5'160, 1'010), std::int64_t{960}); // 6 ms late, and yet in its place
        QCOMPARE(track.place(1, 5'480, 1'250), std::int64_t{1'280});
        QCOMPARE(track.place(1, 5'320, 1'300), std::int64_t{1'120}); // overtaken on its way
    }
    void gapsStayInStep() {
        RecordingTrack track;
        QCOMPARE(track.place(1, 0, 0), std::int64_t{0});
        QCOMPARE(track.place(1, 16'000, 16'000), std::int64_t{16'000}); // silence was not sent
        QCOMPARE(track.place(1, 16'160, 40'000), std::int64_t{40'000}); // its clock stood still
        QCOMPARE(track.place(2, 7, 40'160), std::int64_t{40'160});      // another sender
        QCOMPARE(track.place(2, 0xFFFF'FFFF, 40'200), std::int64_t{40'152});
    }
    void sidesAreTwoChannels() {
        StereoBlocks blocks;
        blocks.put(StereoBlocks::Side::Left, 0, frameOf(100));
        blocks.put(StereoBlocks::Side::Right, 80, frameOf(-7));
        QVERIFY(!blocks.take(8'000)); // something may still come for it
        const auto block = blocks.take(8'000 + StereoBlocks::kLate);
        QVERIFY(block.has_value());
        QCOMPARE(block->position, std::int64_t{0});
        QCOMPARE(block->samples.size(), std::size_t{16'000});
        QCOMPARE(int(block->samples[0]), 100);
        QCOMPARE(int(block->samples[1]), 0);
        QCOMPARE(int(block->samples[2 * 159]), 100);
        QCOMPARE(int(block->samples[2 * 160]), 0);
        QCOMPARE(int(block->samples[2 * 80 + 1]), -7);
        QCOMPARE(int(block->samples[2 * 239 + 1]), -7);
        QCOMPARE(int(block->samples[2 * 240 + 1]), 0);
    }
    void whatCrossesAnEdgeIsInBoth() {
        StereoBlocks blocks;
        blocks.put(StereoBlocks::Side::Left, 7'920, frameOf(5));
        blocks.put(StereoBlocks::Side::Left, -80, frameOf(9));    // half of it was before the beginning
        blocks.put(StereoBlocks::Side::Left, 20'000, frameOf(9)); // nobody's
        const auto first = blocks.take(20'000);
        const auto second = blocks.rest(8'200);
        QCOMPARE(int(first->samples[2 * 79]), 9);
        QCOMPARE(int(first->samples[2 * 7'999]), 5);
        QCOMPARE(second.position, std::int64_t{8'000});
        QCOMPARE(second.samples.size(), std::size_t{400});
        QCOMPARE(int(second.samples[2 * 79]), 5);
        QCOMPARE(int(second.samples[2 * 80]), 0);
        QVERIFY(blocks.rest(8'200).samples.empty());
    }
};

static const cb::test::Add<RecordingTest> addedRecordingTest;
#include "recording_test.moc"
