#include "server/net/addresses.h"
#include "server/net/http_types.h"
#include "server/net/limits.h"
#include "server/net/range.h"
#include "server/net/wheel.h"
#include "tests/support/suite.h"

#include <optional>

using namespace cb;
using namespace cb::net;

namespace {

struct Entry final : Wheel::Entry {
    std::function<void()> due;
    void onDue() override { due(); }
};

std::optional<Part> part(std::string_view header, std::int64_t size) {
    const auto range = parseRange(header, size);
    const auto* found = std::get_if<Part>(&range);
    return found == nullptr ? std::nullopt : std::optional(*found);
}

} // namespace

class RulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wheelIsNeverEarlyAndFiresOnce() {
        for (const int in : {1, 2, 63, 64, 65, 200}) {
            Wheel wheel;
            Entry entry;
            int fired = 0;
            entry.due = [&] { ++fired; };
            wheel.set(entry, in);
            for (int i = 0; i < in; ++i)
                wheel.advance();
            QCOMPARE(fired, 0);
            wheel.advance();
            QCOMPARE(fired, 1);
            for (int i = 0; i < 300; ++i)
                wheel.advance();
            QCOMPARE(fired, 1);
        }
    }
    void wheelEntriesMaySetAndDestroyEachOther() {
        Wheel wheel;
        Entry again;
        int count = 0;
        again.due = [&] {
            ++count;
            wheel.set(again, 1);
        };
        auto victim = std::make_unique<Entry>();
        victim->due = [] {};
        Entry killer;
        killer.due = [&] { victim.reset(); };
        wheel.set(killer, 1);
        wheel.set(*victim, 1);
        wheel.set(again, 1);
        for (int i = 0; i < 20; ++i)
            wheel.advance();
        QVERIFY(!victim);
        QCOMPARE(count, 10);
    }
    void ranges() {
        QVERIFY(part("bytes=0-0", 10) == (Part{0, 0}));
        QVERIFY(part("bytes=2-", 10) == (Part{2, 9}));
        QVERIFY(part("bytes=2-100", 10) == (Part{2, 9}));
        QVERIFY(part("bytes=-3", 10) == (Part{7, 9}));
        QVERIFY(part("bytes=-30", 10) == (Part{0, 9}));
        QVERIFY(std::holds_alternative<Unsatisfiable>(parseRange("bytes=10-", 10)));
        QVERIFY(std::holds_alternative<Unsatisfiable>(parseRange("bytes=-0", 10)));
        QVERIFY(std::holds_alternative<Unsatisfiable>(parseRange("bytes=0-", 0)));
        for (const auto* odd : {"", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=1-2,4-5", "items=1-2",
                                "bytes=+1-2", "bytes=1-2x", "bytes=99999999999999999999-", "bytes=--1"})
            QVERIFY2(std::holds_alternative<WholeFile>(parseRange(odd, 10)), odd);
    }
    void forwardedAddressesAreBelievedFromProxiesOnly() {
        const std::vector<Network> trusted{*parseNetwork("10.0.0.0/8"), *parseNetwork("::1")};
        QCOMPARE(clientAddress("192.0.2.1", "203.0.113.9", trusted), std::string("192.0.2.1"));
        QCOMPARE(clientAddress("10.1.2.3", "203.0.113.9", trusted), std::string("203.0.113.9"));
        QCOMPARE(clientAddress("10.1.2.3", "127.0.0.1, 203.0.113.9, 10.0.0.7", trusted), std::string("203.0.113.9"));
        QCOMPARE(clientAddress("10.1.2.3", "rubbish", trusted), std::string("10.1.2.3"));
        QCOMPARE(clientAddress("10.1.2.3", "", trusted), std::string("10.1.2.3"));
        QCOMPARE(clientAddress("::1", "2001:db8::5", trusted), std::string("2001:db8::5"));
    }
    void forwardedAddressesMayHavePorts() {
        const std::vector<Network> trusted{*parseNetwork("10.0.0.0/8"), *parseNetwork("::1")};
        const auto behind = [&](std::string_view forwarded) { return clientAddress("10.1.2.3", forwarded, trusted); };
        QCOMPARE(behind("203.0.113.9:4711"), std::string("203.0.113.9"));
        QCOMPARE(behind("[2001:db8::5]:99"), std::string("2001:db8::5"));
        QCOMPARE(behind("[2001:db8::5]"), std::string("2001:db8::5"));
        QCOMPARE(behind("203.0.113.9:4711, 10.0.0.7:80, [::1]:80"), std::string("203.0.113.9"));
        QCOMPARE(clientAddress("192.0.2.1", "203.0.113.9:4711", trusted), std::string("192.0.2.1")); // not a proxy
        for (const char* rubbish : {"203.0.113.9:", "203.0.113.9:x", "203.0.113.9:70000", "[203.0.113.9]:80", "[::1",
                                    "[2001:db8::5]80", "[]:80", "[2001:db8::5]:", ":80", "203.0.113.9:80:80"})
            QCOMPARE(behind(rubbish), std::string("10.1.2.3"));
    }
    void networks() {
        QVERIFY(!parseNetwork("10.0.0.0/33"));
        QVERIFY(!parseNetwork("10.0.0.0/x"));
        QVERIFY(!parseNetwork("nonsense"));
        QVERIFY(parseNetwork("10.0.0.0/8")->contains(*parseAddress("10.255.0.1")));
        QVERIFY(!parseNetwork("10.0.0.0/8")->contains(*parseAddress("11.0.0.1")));
        QVERIFY(parseNetwork("172.16.0.0/12")->contains(*parseAddress("172.31.255.255")));
        QVERIFY(!parseNetwork("172.16.0.0/12")->contains(*parseAddress("172.32.0.0")));
        QVERIFY(isLoopback("127.8.8.8") && isLoopback("::1") && !isLoopback("10.0.0.1") && !isLoopback("?"));
    }
    void oneHostOfIpv6CountsAsOne() {
        QCOMPARE(limitKey("2001:db8:1:2::1"), limitKey("2001:db8:1:2:ffff::9"));
        QVERIFY(limitKey("2001:db8:1:2::1") != limitKey("2001:db8:1:3::1"));
        QVERIFY(limitKey("192.0.2.1") != limitKey("192.0.2.2"));
    }
    void tokenBucketRefills() {
        TokenBucket bucket;
        const Rate rate{10, 3};
        base::ManualClock clock;
        for (int i = 0; i < 3; ++i)
            QCOMPARE(bucket.take(rate, clock.now()).count(), 0);
        QCOMPARE(bucket.take(rate, clock.now()).count(), 100);
        clock.advance(base::Millis{100});
        QCOMPARE(bucket.take(rate, clock.now()).count(), 0);
        QVERIFY(bucket.take(rate, clock.now()).count() > 0);
        clock.advance(base::Millis{60'000});
        for (int i = 0; i < 3; ++i)
            QCOMPARE(bucket.take(rate, clock.now()).count(), 0);
        QVERIFY(bucket.take(rate, clock.now()).count() > 0);
    }
    void addressLimitsForgetOnlyTheIdle() {
        AddressLimits limits(2, {1, 1}, 10);
        QVERIFY(limits.admit("a"));
        QVERIFY(limits.admit("a"));
        QVERIFY(!limits.admit("a"));
        for (int i = 0; i < 1000; ++i)
            limits.request(std::to_string(i), {});
        QVERIFY(limits.size() <= 20);
        QVERIFY(!limits.admit("a"));
        limits.release("a");
        QVERIFY(limits.admit("a"));
    }
    void quietConnectionsKeepNobodyElseInMemory() {
        AddressLimits limits(2, {1, 1}, 10);
        for (int i = 0; i < 9; ++i)
            QVERIFY(limits.admit("agent " + std::to_string(i)));
        for (int i = 0; i < 1000; ++i)
            limits.request(std::to_string(i), {});
        QVERIFY2(limits.size() <= 20, std::to_string(limits.size()).c_str());
        for (int i = 0; i < 9; ++i) {
            QVERIFY(limits.admit("agent " + std::to_string(i)));
            QVERIFY(!limits.admit("agent " + std::to_string(i)));
        }
    }
    void aProxysOwnLineCounts() {
        Head head;
        head.headers = {{"X-Forwarded-For", "127.0.0.1"}, {"Host", "x"}, {"x-forwarded-for", "203.0.113.9"}};
        QCOMPARE(head.joined("X-Forwarded-For"), std::string("127.0.0.1, 203.0.113.9"));
        const std::vector<Network> trusted{*parseNetwork("10.0.0.0/8")};
        QCOMPARE(clientAddress("10.1.2.3", head.joined("X-Forwarded-For"), trusted), std::string("203.0.113.9"));
    }
    void queriesAreDecoded() {
        QCOMPARE(queryValue("a=1&name=%E4%BA%91+x%2F&b", "name"), std::string("云 x/"));
        QCOMPARE(queryValue("a=1&b", "b"), std::string());
        QCOMPARE(queryValue("a=%zz", "a"), std::string("%zz"));
        QCOMPARE(queryValue("aa=1", "a"), std::string());
    }
    void headersCannotBeSplit() {
        Response response;
        response.headers = {{"X-A", "b\r\nSet-Cookie: c"}};
        const auto text = serializeHead(response, true, "now");
        QVERIFY(text.find("\r\nSet-Cookie") == std::string::npos);
        QVERIFY(text.find("X-A: bSet-Cookie: c\r\n") != std::string::npos);
    }
};

static const cb::test::Add<RulesTest> addedRulesTest;
#include "rules_test.moc"
