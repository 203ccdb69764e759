#include "server/channels/phone/rules/trunks.h"
#include "tests/support/suite.h"

#include <QtTest/QtTest>

using namespace cb;
using namespace cb::phone;

namespace {

model::Trunk trunkOf(std::int64_t id, std::string host, std::vector<std::string> allow = {}) {
    model::Trunk trunk;
    trunk.id = model::TrunkId{id};
    trunk.host = std::move(host);
    trunk.allow = std::move(allow);
    return trunk;
}

std::int64_t callerIn(const TrunkBook& book, std::string_view address) {
    const auto id = book.callerOf(address);
    return id ? id->value : 0;
}

std::vector<std::int64_t> orderIn(const TrunkBook& book, const model::PhoneNumber& number) {
    std::vector<std::int64_t> ids;
    for (const auto id : book.outboundOrder(number))
        ids.push_back(id.value);
    return ids;
}

} // namespace

class TrunksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void callersAreKnownByTheirNetwork() {
        const TrunkBook book({trunkOf(1, "sip.example", {"192.0.2.0/25", "2001:db8::/32"}),
                              trunkOf(2, "sip.example", {"198.51.100.7", "::ffff:203.0.113.0/120"})});
        QCOMPARE(callerIn(book, "192.0.2.1"), 1);
        QCOMPARE(callerIn(book, "192.0.2.127"), 1);
        QCOMPARE(callerIn(book, "192.0.2.128"), 0);
        QCOMPARE(callerIn(book, "::ffff:192.0.2.1"), 1);
        QCOMPARE(callerIn(book, "::ffff:c000:0201"), 1);
        QCOMPARE(callerIn(book, "2001:db8:1::5"), 1);
        QCOMPARE(callerIn(book, "2001:db9::5"), 0);
        QCOMPARE(callerIn(book, "2001:db8::1%eth0"), 1);
        QCOMPARE(callerIn(book, "198.51.100.7"), 2);
        QCOMPARE(callerIn(book, "198.51.100.6"), 0);
        QCOMPARE(callerIn(book, "203.0.113.200"), 2);
        for (const char* bad : {"", "sip.example", "192.0.2", "192.0.2.1:5060", "192.0.2.1 ", "%eth0"})
            QCOMPARE(callerIn(book, bad), 0);
    }
    void withoutAListItIsTheHostsOwnAddresses() {
        const TrunkBook book({trunkOf(1, "sip.example"), trunkOf(2, "203.0.113.9"), trunkOf(3, "2001:db8::9"),
                              trunkOf(4, "other.example"), trunkOf(5, "listed.example", {"198.51.100.0/24"})},
                             {{model::TrunkId{1}, {"192.0.2.7", "2001:db8::7"}}, {model::TrunkId{5}, {"192.0.2.8"}}});
        QCOMPARE(callerIn(book, "192.0.2.7"), 1);
        QCOMPARE(callerIn(book, "2001:db8::7"), 1);
        QCOMPARE(callerIn(book, "203.0.113.9"), 2);
        QCOMPARE(callerIn(book, "2001:0db8::0009"), 3);
        QCOMPARE(callerIn(book, "192.0.2.8"), 0); // it has a list: its host is not on it
        QCOMPARE(callerIn(book, "192.0.2.9"), 0);
    }
    void requestsGoToWhatTheNameStandsFor() {
        const TrunkBook book({trunkOf(1, "sip.example"), trunkOf(2, "203.0.113.9"), trunkOf(3, "gone.example")},
                             {{model::TrunkId{1}, {"192.0.2.7", "2001:db8::7"}}});
        QVERIFY(book.targets(model::TrunkId{1}) == std::vector<std::string>({"192.0.2.7", "2001:db8::7"}));
        QVERIFY(book.targets(model::TrunkId{2}) == std::vector<std::string>({"203.0.113.9"}));
        QVERIFY(book.targets(model::TrunkId{3}).empty());
        QVERIFY(book.targets(model::TrunkId{9}).empty());
    }
    void aListNobodyCanReadAllowsNobody() {
        const TrunkBook book({trunkOf(1, "203.0.113.9", {"203.0.113.0/33", "everybody", ""})});
        QCOMPARE(callerIn(book, "203.0.113.9"), 0);
    }
    void theNarrowestNetworkWinsThenTheFirst() {
        auto wide = trunkOf(1, "a", {"10.0.0.0/8"});
        auto narrow = trunkOf(2, "b", {"10.1.0.0/16"});
        auto same = trunkOf(3, "c", {"10.1.0.0/16"});
        narrow.order = 5;
        QCOMPARE(callerIn(TrunkBook({wide, narrow, same}), "10.1.2.3"), 3);
        QCOMPARE(callerIn(TrunkBook({wide, narrow, same}), "10.2.2.3"), 1);
        narrow.order = 0;
        QCOMPARE(callerIn(TrunkBook({same, wide, narrow}), "10.1.2.3"), 2);
    }
    void whatIsNotInUseIsNotThere() {
        auto off = trunkOf(1, "203.0.113.1"), gone = trunkOf(2, "203.0.113.2"), good = trunkOf(3, "203.0.113.3");
        off.enabled = false;
        gone.deleted = true;
        good.maxCalls = 30;
        good.callsPerSecond = 4;
        const TrunkBook book({off, gone, good});
        QCOMPARE(callerIn(book, "203.0.113.1"), 0);
        QCOMPARE(callerIn(book, "203.0.113.2"), 0);
        QVERIFY(book.find(model::TrunkId{1}) == nullptr && book.find(model::TrunkId{2}) == nullptr);
        QCOMPARE(book.find(model::TrunkId{3})->host, std::string("203.0.113.3"));
        QCOMPARE(book.limits(model::TrunkId{3}).calls, 30);
        QCOMPARE(book.limits(model::TrunkId{3}).perSecond, 4);
        QCOMPARE(book.limits(model::TrunkId{1}).calls, 0);
        QCOMPARE(book.all().size(), std::size_t{1});
        QCOMPARE(callerIn(TrunkBook(), "203.0.113.3"), 0);
    }
    void callsOutTryTheTrunksInOrder() {
        auto first = trunkOf(1, "a"), second = trunkOf(2, "b"), third = trunkOf(3, "c"), off = trunkOf(4, "d");
        first.order = 7;
        second.order = third.order = 3;
        off.enabled = false;
        const TrunkBook book({first, third, second, off});
        model::PhoneNumber number;
        number.type = model::CallType::Both;
        QCOMPARE(orderIn(book, number), (std::vector<std::int64_t>{2, 3, 1}));
        number.type = model::CallType::Out;
        number.trunk = model::TrunkId{3};
        QCOMPARE(orderIn(book, number), (std::vector<std::int64_t>{3}));
        number.trunk = model::TrunkId{4};
        QVERIFY(orderIn(book, number).empty());
        number.trunk = {};
        number.released = true;
        QVERIFY(orderIn(book, number).empty());
        number.released = false;
        number.type = model::CallType::In;
        QVERIFY(orderIn(book, number).empty());
    }
};

static const cb::test::Add<TrunksTest> addedTrunksTest;
#include "trunks_test.moc"
