#include "tests/server/admin/rules.h"

#include "server/admin/channel_rules.h"

using namespace cb;
using model::ChannelKind;
using model::FlowId;
using test::codeOf;
using test::kInstance;
using test::kMaker;
using test::paramOf;
using test::whyOf;

namespace {

wire::ChannelDraft website(const std::string& domain = "shop.example") {
    return {ChannelKind::Website, "Shop", domain, "#0B6E6E"};
}

auto add(const wire::ChannelDraft& wanted, std::size_t have = 0) {
    return admin::newChannel(wanted, model::ChannelId{3}, "unguessable", have, kMaker);
}

model::Channel stored(ChannelKind kind = ChannelKind::Website, const std::string& domain = "shop.example") {
    return {model::ChannelId{3}, kInstance, kind, "Shop", "unguessable", domain, "", FlowId{5}, false};
}

} // namespace

class ChannelRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void websitesHaveADomain() {
        const auto made = add(website(" Shop.Example. "));
        QVERIFY(made.ok());
        const auto& row = made->rows.channels.at(0);
        QVERIFY(row.domain == "shop.example" && row.key == "unguessable" && !row.flow && row.instance == kInstance);
        for (const char* good : {"*", "localhost", "127.0.0.1", "xn--fiq228c.cn", "a-b.example"})
            QVERIFY2(add(website(good)).ok(), good);
        QCOMPARE(whyOf(add(website(""))), std::string("domain: required"));
        for (const char* bad : {"**", "*.shop.example", "https://shop.example", "shop.example:80", "shop.example/x",
                                "shop example", "-a.example", "云.cn"})
            QCOMPARE(whyOf(add(website(bad))), std::string("domain: bad_domain"));
    }
    void kiosksHaveNone() {
        QVERIFY(add({ChannelKind::Kiosk, "Lobby", "", ""}).ok());
        QCOMPARE(whyOf(add({ChannelKind::Kiosk, "Lobby", "shop.example", ""})),
                 std::string("domain: not_of_this_kind"));
    }
    void othersDoNotExistYet() {
        for (const auto kind : {ChannelKind::WeChatAccount, ChannelKind::MiniProgram, ChannelKind::Phone})
            QCOMPARE(codeOf(add({kind, "Other", "", ""})), std::string("channel_kind_unavailable"));
    }
    void namesAndColours() {
        auto wanted = website();
        wanted.name = std::string(41, 'x');
        QCOMPARE(whyOf(add(wanted)), std::string("name: too_long"));
        wanted.name = " ";
        QCOMPARE(whyOf(add(wanted)), std::string("name: required"));
        wanted = website();
        wanted.colour.clear();
        QVERIFY(add(wanted).ok());
        for (const char* bad : {"0B6E6E", "#0B6E6", "#0B6E6G", "red", "#0B6E6E;"}) {
            wanted.colour = bad;
            QCOMPARE(whyOf(add(wanted)), std::string("colour: bad_colour"));
        }
        QCOMPARE(codeOf(add(website(), admin::kMaxChannels)), std::string("too_many_channels"));
    }
    void changing() {
        const auto saved = admin::saveChannel(stored(), website("other.example"));
        QVERIFY(saved.ok());
        const auto& row = saved->rows.channels.at(0);
        QVERIFY(row.domain == "other.example" && row.key == "unguessable" && row.flow == FlowId{5});
        QCOMPARE(whyOf(admin::saveChannel(stored(), {ChannelKind::Kiosk, "Shop", "", ""})), std::string("kind: fixed"));
        QVERIFY(admin::saveChannel(stored(), website("*")).ok());
    }
    void deleting() {
        const auto gone = admin::deleteChannel(stored());
        QVERIFY(gone.rows.channels.at(0).deleted && !gone.rows.channels[0].flow);
        QCOMPARE(gone.action, std::string("channel.delete"));
        QCOMPARE(gone.target, std::string("channel 3 Shop"));
    }
    void numbersAreTheOperators() {
        QVERIFY(admin::mayChange(stored()).ok());
        const auto refused = admin::mayChange(stored(ChannelKind::Phone, ""));
        QCOMPARE(codeOf(refused), std::string("channel_kind_unavailable"));
        QCOMPARE(paramOf(refused, "kind"), std::string("phone"));
        QCOMPARE(codeOf(admin::saveChannel(stored(ChannelKind::Phone, ""), {ChannelKind::Phone, "Mine", "", ""})),
                 std::string("channel_kind_unavailable"));
        store::FlowRow ivr;
        ivr.flow = FlowId{8};
        ivr.published = true;
        QCOMPARE(codeOf(admin::linkChannel(stored(ChannelKind::Phone, ""), &ivr)), std::string("mode_not_carried"));
        ivr.mode = model::Mode::Phone;
        QVERIFY(admin::linkChannel(stored(ChannelKind::Phone, ""), &ivr).ok());
    }
    void linking() {
        store::FlowRow flow;
        flow.flow = FlowId{8};
        flow.name = "Night";
        QCOMPARE(codeOf(admin::linkChannel(stored(), &flow)), std::string("flow_not_published"));
        flow.published = true;
        const auto linked = admin::linkChannel(stored(), &flow);
        QVERIFY(linked.ok() && linked->rows.channels.at(0).flow == FlowId{8});
        QVERIFY(linked->before == "flow 5" && linked->after == "flow 8 Night");
        flow.mode = model::Mode::Phone;
        const auto refused = admin::linkChannel(stored(), &flow);
        QCOMPARE(codeOf(refused), std::string("mode_not_carried"));
        QVERIFY(paramOf(refused, "mode") == "phone" && paramOf(refused, "kind") == "website");
        const auto unlinked = admin::linkChannel(stored(), nullptr);
        QVERIFY(unlinked.ok() && !unlinked->rows.channels.at(0).flow && unlinked->action == "channel.unlink");
    }
};

static const cb::test::Add<ChannelRulesTest> addedChannelRulesTest;
#include "channel_rules_test.moc"
