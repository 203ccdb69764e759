#ifndef Q_MOC_RUN // moc cannot read <concepts>
#include "server/channels/phone/srtp_box.h"
#endif
#include "tests/support/suite.h"

#include <array>
#include <vector>

using namespace cb;
using phone::SrtpBox;

namespace {

using Key = std::array<std::uint8_t, 30>;
constexpr std::size_t kPlain = 12 + 160;

Key keyOf(std::uint8_t seed) {
    Key key{};
    for (std::size_t i = 0; i < key.size(); ++i)
        key[i] = static_cast<std::uint8_t>(seed + i);
    return key;
}

std::vector<std::uint8_t> packet(std::uint16_t sequence, std::uint8_t source = 1) {
    std::vector<std::uint8_t> bytes(kPlain + SrtpBox::kTail, 0x55);
    bytes[0] = 0x80;
    bytes[1] = 8;
    bytes[2] = static_cast<std::uint8_t>(sequence >> 8);
    bytes[3] = static_cast<std::uint8_t>(sequence);
    for (std::size_t i = 4; i < 12; ++i)
        bytes[i] = source;
    return bytes;
}

} // namespace

class SrtpBoxTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatOneEncryptsTheOtherReads() {
        SrtpBox here, there;
        QVERIFY(here.open(SrtpBox::Suite::AesCm128Sha80, keyOf(1), keyOf(2)));
        QVERIFY(there.open(SrtpBox::Suite::AesCm128Sha80, keyOf(2), keyOf(1)));
        auto sent = packet(7);
        const std::size_t size = here.protect(sent.data(), kPlain, false);
        QCOMPARE(size, kPlain + 10);
        QVERIFY(sent[12] != 0x55);
        QCOMPARE(there.unprotect(sent.data(), size, false), kPlain);
        QCOMPARE(int(sent[12]), 0x55);
        auto again = packet(7);
        QCOMPARE(here.protect(again.data(), kPlain, false), std::size_t{0}); // no number twice
    }
    /// Hundreds of packets from whoever guesses, and the next real one is read as ever.
    void forgedPacketsChangeNothing() {
        SrtpBox here, there;
        QVERIFY(here.open(SrtpBox::Suite::AesCm128Sha80, keyOf(1), keyOf(2)));
        QVERIFY(there.open(SrtpBox::Suite::AesCm128Sha80, keyOf(2), keyOf(1)));
        for (std::uint16_t i = 0; i < 500; ++i) {
            auto forged = packet(static_cast<std::uint16_t>(i * 131), static_cast<std::uint8_t>(i));
            QCOMPARE(there.unprotect(forged.data(), kPlain + 10, false), std::size_t{0});
        }
        auto sent = packet(9);
        const std::size_t size = here.protect(sent.data(), kPlain, false);
        QCOMPARE(there.unprotect(sent.data(), size, false), kPlain);
    }
    void keysOfAnotherLengthAreRefused() {
        SrtpBox box;
        const std::array<std::uint8_t, 20> shortKey{};
        QVERIFY(!box.open(SrtpBox::Suite::AesCm128Sha80, shortKey, keyOf(1)));
        QVERIFY(!box.isOpen());
    }
};

static const cb::test::Add<SrtpBoxTest> addedSrtpBoxTest;
#include "srtp_box_test.moc"
