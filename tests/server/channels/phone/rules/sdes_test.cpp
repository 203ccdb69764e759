#include "server/channels/phone/rules/sdes.h"
#include "tests/support/suite.h"

#include <QtTest/QtTest>

using namespace cb;
using namespace cb::phone;

class SdesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIsRead() {
        SdesOffer offer;
        offer.tag = 7;
        for (std::size_t i = 0; i < offer.key.size(); ++i)
            offer.key[i] = static_cast<std::uint8_t>(i * 9);
        const auto again = readSdes(writeSdes(offer));
        QVERIFY(again.has_value());
        QCOMPARE(again->tag, 7);
        QVERIFY(again->key == offer.key);
    }
    /// The example of RFC 4568, 6.1.
    void theStandardsOwn() {
        const auto offer = readSdes("1 AES_CM_128_HMAC_SHA1_80 "
                                    "inline:PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR|2^20 WSH=64 -NEW=1");
        QVERIFY(offer.has_value());
        QCOMPARE(offer->tag, 1);
        QCOMPARE(int(offer->key[0]), 0x3D);
        QCOMPARE(int(offer->key[29]), 0x51);
    }
    void whatWeCannotDo() {
        const std::string key = "inline:PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR";
        for (const std::string& bad : std::initializer_list<std::string>{
                 "", "1", "x AES_CM_128_HMAC_SHA1_80 " + key, "1 AES_CM_128_HMAC_SHA1_32 " + key,
                 "1 F8_128_HMAC_SHA1_80 " + key, "1 AES_CM_128_HMAC_SHA1_80 " + key + "|2^20|1:4",
                 "1 AES_CM_128_HMAC_SHA1_80 " + key + ";" + key, "1 AES_CM_128_HMAC_SHA1_80 inline:abc",
                 "1 AES_CM_128_HMAC_SHA1_80 " + key + " UNENCRYPTED_SRTP",
                 "1 AES_CM_128_HMAC_SHA1_80 inline:PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVB!"})
            QVERIFY2(!readSdes(bad), bad.c_str());
    }
};

static const cb::test::Add<SdesTest> addedSdesTest;
#include "sdes_test.moc"
