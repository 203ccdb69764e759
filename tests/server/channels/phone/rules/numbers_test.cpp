#include "server/channels/phone/rules/numbers.h"
#include "tests/support/suite.h"

#include <QtTest/QtTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace cb::phone;

namespace {

std::string readAs(std::string_view text, std::string_view region) {
    return e164(text, region).value_or("nothing");
}

} // namespace

class NumbersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whateverIsPastedIsRead() {
        const std::string mobile = "+8613800138000", office = "+8675512345678";
        for (const char* text : {"13800138000",
                                 "138 0013 8000",
                                 "138-0013-8000",
                                 " 13800138000\n",
                                 "+8613800138000",
                                 "+86 138 0013 8000",
                                 "86 13800138000",
                                 "0086 138 0013 8000",
                                 "tel:+86-138-0013-8000",
                                 "tel:13800138000;phone-context=+86",
                                 "sip:+8613800138000@192.0.2.7:5060;transport=tcp",
                                 "SIPS:13800138000@host",
                                 "callto:+8613800138000",
                                 "１３８００１３８０００",
                                 "＋８６　１３８００１３８０００",
                                 "电话：138 0013 8000",
                                 "(138)0013-8000",
                                 "\u202A+86 138\u200B0013\u00A08000\u202C",
                                 "\uFEFF13800138000",
                                 "17951 13800138000"})
            QVERIFY2(readAs(text, "CN") == mobile, (text + (" " + readAs(text, "CN"))).c_str());
        for (const char* text : {"0755-12345678", "(0755) 1234 5678", "075512345678", "+86(0)755 12345678",
                                 "+86 755 12345678 ext 5", "0755 1234 5678转8001", "深圳 0755-12345678（张先生）"})
            QVERIFY2(readAs(text, "CN") == office, (text + (" " + readAs(text, "CN"))).c_str());
        QCOMPARE(readAs("400 800 1234", "CN"), std::string("+864008001234"));
        QCOMPARE(readAs("020 7946 0958", "GB"), std::string("+442079460958"));
        QCOMPARE(readAs("(650) 253-0000", "US"), std::string("+16502530000"));
        QCOMPARE(readAs("+1 (650) 253-0000", "CN"), std::string("+16502530000"));
        QCOMPARE(readAs("+39 02 3661 8300", "CN"), std::string("+390236618300")); // its 0 belongs to it
    }
    void abroadIsDialledInManyWays() {
        QCOMPARE(readAs("011 86 755 1234 5678", "US"), std::string("+8675512345678"));
        QCOMPARE(readAs("0086 755 1234 5678", "US"), std::string("+8675512345678")); // not how one dials there
        QCOMPARE(readAs("0086 755 1234 5678", ""), std::string("+8675512345678"));
        QCOMPARE(readAs("+86 755 1234 5678", ""), std::string("+8675512345678"));
        QCOMPARE(readAs("+86 755 1234 5678", "??"), std::string("+8675512345678"));
    }
    void chinasServiceNumbersAreNumbers() {
        QCOMPARE(readAs("95588", "CN"), std::string("+8695588"));
        QCOMPARE(readAs("+86 950 618", "CN"), std::string("+86950618"));
        QCOMPARE(readAs("95 1234 56", "CN"), std::string("+8695123456"));
        QCOMPARE(readAs("+8695588", ""), std::string("+8695588"));
        QCOMPARE(shown("+8695588", "CN"), std::string("95588"));
    }
    void whatIsNoNumberIsNot() {
        for (const char* text : {"", " ", "+", "anonymous", "call me", "110", "10086", "12345", "sip:alice@host", "00",
                                 "13800138000/13900139000", "138001380001380013800", "+999123456", "\xFF\xFE", "1\xFF"})
            QVERIFY2(readAs(text, "CN") == "nothing", (text + (" " + readAs(text, "CN"))).c_str());
        QCOMPARE(readAs("13800138000", ""), std::string("nothing"));
        QCOMPARE(readAs("13800138000", "??"), std::string("nothing"));
        std::string far(250, ' ');
        far.append("13800138000");
        QCOMPARE(readAs(far, "CN"), std::string("nothing"));
    }
    void numbersNotGivenOutYetAreTaken() { QCOMPARE(readAs("+8619012345678", "CN"), std::string("+8619012345678")); }
    void theyAreShownAsOneReadsThem() {
        QCOMPARE(shown("+8675512345678", "CN"), std::string("0755 1234 5678"));
        QCOMPARE(shown("+8613800138000", "CN"), std::string("138 0013 8000"));
        QCOMPARE(shown("+8675512345678", "US"), std::string("+86 755 1234 5678"));
        QCOMPARE(shown("+8675512345678", ""), std::string("+86 755 1234 5678"));
        QCOMPARE(shown("+16502530000", "US"), std::string("(650) 253-0000"));
        QCOMPARE(shown("+16502530000", "CN"), std::string("+1 650-253-0000"));
        for (const char* text : {"", "1001", "anonymous", "+", "+12", "13800138000"})
            QCOMPARE(shown(text, "CN"), std::string(text));
    }
    void whatIsShownIsReadAgain() {
        for (const char* number : {"+8675512345678", "+8613800138000", "+864008001234", "+16502530000", "+442079460958",
                                   "+85221234567", "+390236618300", "+8695588", "+4930123456"})
            for (const char* region : {"CN", "US", "GB", "HK", "IT", "DE"})
                QVERIFY2(readAs(shown(number, region), region) == number,
                         (shown(number, region) + ' ' + region).c_str());
    }
    void placesAreNamedInOnesLanguage() {
        QCOMPARE(regionOf("+8675512345678", "zh_CN"), std::string("广东省深圳市"));
        QCOMPARE(regionOf("+8675512345678", "en"), std::string("Shenzhen, Guangdong"));
        QCOMPARE(regionOf("+8613800138000", "zh_CN"), std::string("北京市"));
        QCOMPARE(regionOf("+442079460958", "zh_CN"), std::string("英国"));
        QCOMPARE(regionOf("+442079460958", "en"), std::string("London"));
        for (const char* nowhere : {"", "1001", "anonymous", "+80012345678"})
            QCOMPARE(regionOf(nowhere, "zh_CN"), std::string());
        QVERIFY(!regionOf("+8675512345678", "").empty());
    }
    void aZoneIsInARegion() {
        QCOMPARE(regionOfZone("Asia/Shanghai"), std::string("CN"));
        QCOMPARE(regionOfZone("Asia/Urumqi"), std::string("CN"));
        QCOMPARE(regionOfZone("Asia/Hong_Kong"), std::string("HK"));
        QCOMPARE(regionOfZone("America/New_York"), std::string("US"));
        for (const char* none : {"", "UTC", "Etc/GMT+5", "Nope/Nope"})
            QCOMPARE(regionOfZone(none), std::string());
    }
    void anyThreadMayAsk() {
        std::atomic<int> good{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (int n = 0; n < 200; ++n)
                    good += readAs("0755 1234 5678", "CN") == "+8675512345678" &&
                                    shown("+16502530000", "CN") == "+1 650-253-0000" &&
                                    regionOf("+8675512345678", "en") == "Shenzhen, Guangdong"
                                ? 1
                                : 0;
            });
        for (auto& thread : threads)
            thread.join();
        QCOMPARE(good.load(), 800);
    }
};

static const cb::test::Add<NumbersTest> addedNumbersTest;
#include "numbers_test.moc"
