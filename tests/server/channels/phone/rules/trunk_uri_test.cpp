#include "server/channels/phone/rules/trunk_uri.h"
#include "tests/support/suite.h"

#include <QtTest/QtTest>

using namespace cb;
using namespace cb::phone;

class TrunkUriTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anAddress() {
        model::Trunk trunk;
        trunk.host = "192.0.2.7";
        trunk.port = 5070;
        QCOMPARE(uriOf(trunk, "+8613800138000"), std::string("sip:+8613800138000@192.0.2.7:5070;transport=udp"));
        QCOMPARE(nameOf(trunk, "+8675512345678"), std::string("sip:+8675512345678@192.0.2.7"));
        QCOMPARE(routeOf(trunk, "192.0.2.7"), std::string());
        trunk.host = "2001:db8::7";
        trunk.transport = model::TrunkTransport::Tcp;
        QCOMPARE(uriOf(trunk, ""), std::string("sip:[2001:db8::7]:5070;transport=tcp"));
    }
    void aNameIsLookedUpByUs() {
        model::Trunk trunk;
        trunk.host = "sip.example";
        QCOMPARE(uriOf(trunk, "a"), std::string("sip:a@sip.example:5060;transport=udp"));
        QCOMPARE(routeOf(trunk, "192.0.2.7"), std::string("sip:192.0.2.7:5060;transport=udp"));
        QCOMPARE(routeOf(trunk, "2001:db8::7"), std::string("sip:[2001:db8::7]:5060;transport=udp"));
    }
    void aRealmIsTheDomain() {
        model::Trunk trunk;
        trunk.host = "192.0.2.7";
        trunk.realm = "ims.example";
        QCOMPARE(uriOf(trunk, "a"), std::string("sip:a@ims.example;transport=udp"));
        QCOMPARE(nameOf(trunk, "a b"), std::string("sip:a%20b@ims.example"));
        QCOMPARE(routeOf(trunk, "192.0.2.7"), std::string("sip:192.0.2.7:5060;transport=udp"));
    }
};

static const cb::test::Add<TrunkUriTest> addedTrunkUriTest;
#include "trunk_uri_test.moc"
