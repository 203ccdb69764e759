#include "server/channels/phone/rules/player.h"
#include "tests/support/suite.h"

#include <QtTest/QtTest>

#include <deque>
#include <random>

using namespace cb;
using namespace cb::phone;

namespace {

/// A clip whose every octet says which clip and frame it is of: the clip in µ-law, one more in A-law, then the frame.
sound::ClipPtr markedClip(std::uint8_t mark, std::size_t frames) {
    auto clip = std::make_shared<sound::Clip>();
    for (std::size_t frame = 0; frame < frames; ++frame) {
        clip->ulaw.insert(clip->ulaw.end(), sound::kFrame, static_cast<std::uint8_t>(frame));
        clip->alaw.insert(clip->alaw.end(), sound::kFrame, static_cast<std::uint8_t>(frame));
        clip->ulaw[frame * sound::kFrame] = mark;
        clip->alaw[frame * sound::kFrame] = static_cast<std::uint8_t>(mark + 1);
    }
    return clip;
}

/// One tick in words: "20:0" = clip 20, frame 0; "-" nothing; "_" silence; "+5" play 5 is done.
std::string tick(Player& player, bool alaw = false) {
    std::optional<std::uint16_t> done;
    const auto* frame = player.next(alaw, done);
    const auto silence = alaw ? sound::kAlawSilence : sound::kUlawSilence;
    std::string out;
    if (frame == nullptr)
        out = "-";
    else if (std::all_of(frame, frame + sound::kFrame, [silence](auto octet) { return octet == silence; }))
        out = "_";
    else
        out = std::to_string(frame[0]) + ':' + std::to_string(frame[sound::kFrame - 1]);
    return done ? out + '+' + std::to_string(*done) : out;
}

std::string ticks(Player& player, int count) {
    std::string out;
    for (int i = 0; i < count; ++i)
        out += (i > 0 ? " " : "") + tick(player);
    return out;
}

} // namespace

class PlayerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsNothing() {
        Player player;
        QVERIFY(!player.sounding());
        QCOMPARE(ticks(player, 2), std::string("- -"));
    }
    void playsFollowEachOther() {
        Player player;
        QVERIFY(player.play(1, markedClip(20, 2)));
        QVERIFY(player.play(2, markedClip(30, 1)));
        QVERIFY(player.sounding());
        QCOMPARE(ticks(player, 4), std::string("20:0 20:1 30:0+1 -+2"));
        QVERIFY(!player.sounding());
    }
    void bothLawsAreAtTheSamePlace() {
        Player player;
        player.play(1, markedClip(20, 3));
        QCOMPARE(tick(player, false), std::string("20:0"));
        QCOMPARE(tick(player, true), std::string("21:1"));
        QCOMPARE(tick(player, false), std::string("20:2"));
    }
    void whatIsNotThereYetIsSilence() {
        Player player;
        player.play(1, nullptr);
        player.play(2, nullptr);
        player.music(markedClip(90, 2));
        QCOMPARE(ticks(player, 2), std::string("_ _"));
        QCOMPARE(tick(player, true), std::string("_"));
        player.supply(2, markedClip(30, 1)); // its turn is not yet
        player.supply(9, markedClip(40, 1)); // nobody's
        QCOMPARE(tick(player), std::string("_"));
        player.supply(1, markedClip(20, 1));
        player.supply(1, markedClip(50, 1)); // it has one
        QCOMPARE(ticks(player, 4), std::string("20:0 30:0+1 90:0+2 90:1"));
    }
    void whatNeverComesIsDoneAtOnce() {
        Player player;
        player.play(1, nullptr);
        player.play(2, sound::clipOf({}));
        player.play(3, markedClip(20, 1));
        player.supply(1, nullptr);
        QCOMPARE(ticks(player, 5), std::string("_+1 20:0+2 -+3 - -"));
    }
    void stopCutsAndForgets() {
        Player player;
        player.play(1, markedClip(20, 5));
        player.play(2, nullptr);
        QCOMPARE(ticks(player, 2), std::string("20:0 20:1"));
        player.stop();
        QVERIFY(!player.sounding());
        player.supply(2, markedClip(30, 1));
        QCOMPARE(ticks(player, 2), std::string("- -"));
        player.play(3, markedClip(40, 1));
        QCOMPARE(tick(player), std::string("40:0"));
        player.stop(); // it has ended, but that was not told yet
        QCOMPARE(tick(player), std::string("-"));
    }
    void musicLoopsAndWaitsForPlays() {
        Player player;
        const auto music = markedClip(90, 3);
        player.music(music);
        QVERIFY(player.sounding());
        QCOMPARE(ticks(player, 4), std::string("90:0 90:1 90:2 90:0"));
        player.play(1, markedClip(20, 2));
        QCOMPARE(ticks(player, 4), std::string("20:0 20:1 90:1+1 90:2"));
        player.music(music); // the same: goes on
        QCOMPARE(tick(player), std::string("90:0"));
        player.stop();
        QCOMPARE(tick(player), std::string("90:1"));
        player.music(markedClip(80, 2));
        QCOMPARE(ticks(player, 3), std::string("80:0 80:1 80:0"));
        player.music(sound::clipOf({}));
        QVERIFY(!player.sounding());
        player.music(music);
        QCOMPARE(tick(player), std::string("90:0"));
        player.stopMusic();
        QCOMPARE(tick(player), std::string("-"));
    }
    void aFrameLivesUntilTheNextCall() {
        Player player;
        std::weak_ptr<const sound::Clip> watched;
        {
            const auto clip = markedClip(20, 1);
            watched = clip;
            player.play(1, clip);
        }
        std::optional<std::uint16_t> done;
        const auto* frame = player.next(false, done);
        player.stop(); // nobody else has it
        QVERIFY(!watched.expired());
        QCOMPARE(static_cast<int>(frame[0]), 20);
    }
    void theQueueIsBounded() {
        Player player;
        for (std::size_t i = 0; i < Player::kMostQueued; ++i)
            QVERIFY(player.play(static_cast<std::uint16_t>(i), markedClip(20, 1)));
        QVERIFY(!player.play(999, markedClip(30, 1)));
        (void)ticks(player, 2); // one done
        QVERIFY(player.play(999, markedClip(30, 1)));
    }
    void everyFrameOfEveryPlayIsHeardOnceInOrder() {
        std::mt19937 random(11);
        for (int round = 0; round < (cb::test::isFull() ? 2'000 : 100); ++round) {
            struct Waiting {
                std::uint16_t id;
                std::uint8_t mark;
                std::size_t frames;
                bool awaited;
                std::size_t heard;
            };
            Player player;
            std::deque<Waiting> waiting;
            std::uint16_t ids = 0;
            for (int step = 0; step < 300; ++step) {
                const auto dice = random() % 20;
                if (dice == 0) {
                    player.stop();
                    waiting.clear();
                } else if (dice < 4 && waiting.size() < Player::kMostQueued) {
                    const bool later = random() % 2 == 0;
                    const Waiting play{++ids, static_cast<std::uint8_t>(20 + 2 * (ids % 50)), random() % 5, later, 0};
                    QVERIFY(player.play(play.id, later ? nullptr : markedClip(play.mark, play.frames)));
                    waiting.push_back(play);
                } else if (dice < 8 && !waiting.empty()) {
                    auto& play = waiting[random() % waiting.size()];
                    if (play.awaited)
                        player.supply(play.id, markedClip(play.mark, play.frames));
                    play.awaited = false;
                }
                const auto over = [&] {
                    return !waiting.front().awaited && waiting.front().heard == waiting.front().frames;
                };
                std::string ended;
                if (!waiting.empty() && over()) {
                    ended = '+' + std::to_string(waiting.front().id);
                    waiting.pop_front();
                }
                std::string wanted = "-";
                if (!waiting.empty()) {
                    auto& play = waiting.front();
                    wanted =
                        play.awaited || over() ? "_" : std::to_string(play.mark) + ':' + std::to_string(play.heard);
                    play.heard += wanted == "_" ? 0 : 1;
                }
                QCOMPARE(tick(player), wanted + ended);
                QCOMPARE(player.sounding(), !waiting.empty());
            }
        }
    }
};

static const cb::test::Add<PlayerTest> addedPlayerTest;
#include "player_test.moc"
