#include "server/channels/phone/rules/keys.h"
#include "tests/support/suite.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <random>

using namespace cb::phone;
using Way = KeyPress::Way;

namespace {

constexpr std::string_view kAllKeys = "0123456789*#ABCD";

struct EventPacket {
    std::array<std::uint8_t, 4> payload{};
    std::uint32_t timestamp = 0;
};

EventPacket eventPacket(char key, std::uint32_t timestamp, int duration, bool end) {
    const auto code = static_cast<std::uint8_t>(kAllKeys.find(key));
    return {{code, static_cast<std::uint8_t>((end ? 0x80 : 0) | 10), static_cast<std::uint8_t>(duration >> 8),
             static_cast<std::uint8_t>(duration & 0xFF)},
            timestamp};
}

/// A press as RFC 4733 sends it: a packet every 20 ms, the end three times.
std::vector<EventPacket> pressPackets(char key, std::uint32_t timestamp, int frames) {
    std::vector<EventPacket> packets;
    for (int i = 1; i < frames; ++i)
        packets.push_back(eventPacket(key, timestamp, 160 * i, false));
    for (int i = 0; i < 3; ++i)
        packets.push_back(eventPacket(key, timestamp, 160 * frames, true));
    return packets;
}

std::string keysOf(EventKeys& keys, const std::vector<EventPacket>& packets) {
    std::string out;
    for (const auto& packet : packets)
        if (const auto key = keys.take(packet.payload, packet.timestamp))
            out += *key;
    return out;
}

std::string infoKey(std::string_view type, std::string_view body) {
    const auto key = keyOfInfo(type, body);
    return key ? std::string(1, *key) : std::string("none");
}

} // namespace

class KeysTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKeyIsToldOnce() {
        EventKeys keys;
        std::uint32_t at = 1'000;
        std::string heard;
        for (const char key : kAllKeys) {
            heard += keysOf(keys, pressPackets(key, at, 5));
            heard += keysOf(keys, pressPackets(key, at + 1'600, 5)); // the same again
            at += 3'200;
        }
        std::string wanted;
        for (const char key : kAllKeys)
            wanted += std::string(2, key);
        QCOMPARE(heard, wanted);
    }
    void onePacketOfItIsEnough() {
        for (std::size_t left = 0; left < pressPackets('5', 0, 5).size(); ++left) {
            EventKeys keys;
            std::string heard;
            for (std::uint32_t i = 0; i < 4; ++i)
                heard += keysOf(keys, {pressPackets('5', i * 1'600, 5)[left]});
            QCOMPARE(heard, std::string("5555"));
        }
    }
    void lossDoublesAndDisorderChangeNothing() {
        std::mt19937 random(3);
        for (int round = 0; round < (cb::test::isFull() ? 20'000 : 1'000); ++round) {
            EventKeys keys;
            std::string wanted, heard;
            auto at = static_cast<std::uint32_t>(random()); // and so over the end of the counter
            if (round % 4 == 0)
                at = 0xFFFFFFFFU - static_cast<std::uint32_t>(random() % 8'000);
            for (int press = 0; press < 12; ++press) {
                const char key = kAllKeys[random() % 3]; // often the same
                const int frames = static_cast<int>(random() % 30) + 2;
                std::vector<EventPacket> come;
                for (const auto& packet : pressPackets(key, at, frames))
                    for (auto copies = random() % 3; copies > 0; --copies)
                        come.push_back(packet);
                std::shuffle(come.begin(), come.end(), random);
                const auto last = heard.size() > 4 ? random() % 2 : 0;
                if (last == 1) // one of the press before, overtaken by all of this one
                    come.push_back(eventPacket(wanted.back(), at - 160 * 40, 320, true));
                if (come.size() > last)
                    wanted += key;
                if (come.size() == last)
                    come.clear();
                heard += keysOf(keys, come);
                at += static_cast<std::uint32_t>(160 * (frames + 3 + static_cast<int>(random() % 100)));
            }
            QCOMPARE(heard, wanted);
        }
    }
    void aLongPressIsOneKey() {
        EventKeys keys;
        std::string heard;
        // 20 s: longer than the 65,535 samples that one event can tell.
        std::uint32_t start = 500;
        for (int done = 0; done < 160'000; done += 65'535)
            for (int duration = 160;; duration += 160) {
                const int told = std::min(duration, 65'535);
                heard += keysOf(keys, {eventPacket('7', start + static_cast<std::uint32_t>(done), told, false)});
                if (told == 65'535 || done + told >= 160'000)
                    break;
            }
        QCOMPARE(heard, std::string("7"));
        heard += keysOf(keys, pressPackets('7', start + 200'000, 5));
        QCOMPARE(heard, std::string("77"));
    }
    void sendersThatMoveTheTimestampAreUnderstood() {
        EventKeys keys;
        std::string heard;
        for (std::uint32_t press = 0; press < 5; ++press)
            for (std::uint32_t i = 0; i < 8; ++i)
                heard +=
                    keysOf(keys, {eventPacket('4', press * 3'200 + 160 * i, 160 * static_cast<int>(i + 1), i == 7)});
        QCOMPARE(heard, std::string("44444"));
        // The shortest press and pause there are, every end lost: still two.
        EventKeys others;
        heard.clear();
        for (std::uint32_t press = 0; press < 5; ++press)
            heard +=
                keysOf(others, {eventPacket('4', press * 640, 160, false), eventPacket('4', press * 640, 320, false)});
        QCOMPARE(heard, std::string("44444"));
    }
    void anotherSourceHasAnotherClock() {
        EventKeys keys;
        QCOMPARE(keysOf(keys, pressPackets('1', 1'000'000, 5)), std::string("1"));
        QCOMPARE(keysOf(keys, pressPackets('2', 999'000, 5)), std::string()); // late
        keys.reset();
        QCOMPARE(keysOf(keys, pressPackets('2', 999'000, 5)), std::string("2"));
        QCOMPARE(keysOf(keys, pressPackets('3', 100'000, 5)), std::string("3")); // so far back it is not late but new
    }
    void whatIsNoKeyIsNone() {
        EventKeys keys;
        for (int code = 16; code < 256; ++code) { // flash, tones of modems, …
            const std::array<std::uint8_t, 4> payload{static_cast<std::uint8_t>(code), 10, 0, 160};
            QVERIFY(!keys.take(payload, 100));
        }
        const std::array<std::uint8_t, 4> five{5, 10, 0, 160};
        for (std::size_t size = 0; size < 4; ++size)
            QVERIFY(!keys.take(std::span(five).first(size), 100));
        QVERIFY(keys.take(five, 100) == '5');
        const std::array<std::uint8_t, 8> longer{6, 10, 0, 160, 5, 10, 0, 160};
        QVERIFY(keys.take(longer, 2'000) == '6');
    }

    void infoIsRead() {
        QCOMPARE(infoKey("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n"), std::string("5"));
        QCOMPARE(infoKey("application/dtmf-relay", "Signal= *\nDuration= 160"), std::string("*"));
        QCOMPARE(infoKey("Application/DTMF-Relay; charset=utf-8", "duration=160\r\nSIGNAL = d"), std::string("D"));
        QCOMPARE(infoKey("application/dtmf-relay", "Signal=10\r\n"), std::string("*"));
        QCOMPARE(infoKey("application/dtmf-relay", "Signal=11\r\n"), std::string("#"));
        QCOMPARE(infoKey("application/dtmf-relay", "Signal=15"), std::string("D"));
        QCOMPARE(infoKey("application/dtmf", "7"), std::string("7"));
        QCOMPARE(infoKey("application/dtmf", " #\r\n"), std::string("#"));
        QCOMPARE(infoKey("application/dtmf", "10"), std::string("*"));
        for (const char* body : {"", "Signal=", "Signal=16", "Signal=123", "Signal=E", "Signal=-1", "Signal=1a",
                                 "Sign=5", "5", "Signal 5", "=5", "Signal=\r\n5"})
            QCOMPARE(infoKey("application/dtmf-relay", body), std::string("none"));
        for (const char* body : {"", "Signal=5", "E", "16", "012", "09", "5 5", "!"})
            QCOMPARE(infoKey("application/dtmf", body), std::string("none"));
        for (const char* type : {"", "text/plain", "application/dtmfx", "application/sdp", ";"})
            QCOMPARE(infoKey(type, "5"), std::string("none"));
    }

    void onePressToldThreeTimesIsOne() {
        KeyPress press;
        QVERIFY(press.isNew('5', Way::Tone, 1'000));
        QVERIFY(!press.isNew('5', Way::Event, 1'040));
        QVERIFY(!press.isNew('5', Way::Info, 1'250));
        QVERIFY(press.isNew('5', Way::Info, 1'300)); // too late: another
    }
    void afterThatItIsAnother() {
        KeyPress press;
        QVERIFY(press.isNew('5', Way::Event, 1'000));
        QVERIFY(!press.isNew('5', Way::Tone, 1'250));
        KeyPress later;
        QVERIFY(later.isNew('5', Way::Event, 1'000));
        QVERIFY(later.isNew('5', Way::Tone, 1'251));
        KeyPress others;
        QVERIFY(others.isNew('5', Way::Event, 1'000));
        QVERIFY(others.isNew('6', Way::Tone, 1'010));
    }
    void quickKeysAreAllHeard() {
        // The same key every 100 ms, the tone 120 ms behind the event.
        KeyPress press;
        int heard = 0;
        for (int i = 0; i < 12; ++i) {
            heard += press.isNew('1', Way::Event, 1'000 + 100 * i) ? 1 : 0;
            if (i >= 1)
                heard += press.isNew('1', Way::Tone, 1'020 + 100 * i) ? 1 : 0;
        }
        QCOMPARE(heard, 12);
        for (int i = 0; i < 10'000; ++i) // a flood is bounded, not lost
            QVERIFY(press.isNew(kAllKeys[static_cast<std::size_t>(i) % 16], Way::Event, 10'000));
    }
};

static const cb::test::Add<KeysTest> addedKeysTest;
#include "keys_test.moc"
