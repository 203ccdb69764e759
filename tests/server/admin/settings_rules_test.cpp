#include "tests/server/admin/rules.h"

#include "server/admin/customer_rules.h"
#include "server/admin/reply_rules.h"
#include "server/admin/screen_pop_rules.h"
#include "server/admin/settings_rules.h"

using namespace cb;
using test::codeOf;
using test::kInstance;
using test::kMaker;
using test::paramOf;
using test::whyOf;

namespace {

using Settings = model::InstanceSettings;

const model::Instance kStored{kInstance, "Shop", "Asia/Shanghai", {}, {}, {}};

template <class Change>
auto save(Change change) {
    wire::InstanceForm form{"ignored", "ignored", {}};
    change(form.settings);
    return admin::saveSettings(kStored, form, kMaker);
}

auto pops(std::vector<model::ScreenPop> wanted) {
    return admin::saveScreenPops({}, {std::move(wanted)}, kStored);
}

} // namespace

/// Settings and the smaller lists: quick replies, screen pops, blocked customers.
class SettingsRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void numbersHaveRanges_data() {
        QTest::addColumn<QString>("field");
        QTest::addColumn<int>("least");
        QTest::addColumn<int>("most");
        QTest::newRow("chat") << "chat_answer_seconds" << 1 << 90;
        QTest::newRow("all media") << "all_media_answer_seconds" << 1 << 90;
        QTest::newRow("phone") << "phone_answer_seconds" << 1 << 90;
        QTest::newRow("recovery") << "phone_recovery_seconds" << 1 << 90;
        QTest::newRow("wrap-up") << "wrap_up_seconds" << 1 << 3600;
        QTest::newRow("service level") << "service_level_seconds" << 1 << 3600;
        QTest::newRow("retention") << "retention_days" << 1 << 3650;
        QTest::newRow("pictures") << "picture_bytes" << 1024 << 100 * 1024 * 1024;
        QTest::newRow("files") << "file_bytes" << 1024 << 500 * 1024 * 1024;
    }
    void numbersHaveRanges() {
        QFETCH(QString, field);
        QFETCH(int, least);
        QFETCH(int, most);
        const auto with = [&](int value) {
            return save([&](Settings& s) {
                const std::map<QString, int*> numbers{{"chat_answer_seconds", &s.chatAnswerSeconds},
                                                      {"all_media_answer_seconds", &s.allMediaAnswerSeconds},
                                                      {"phone_answer_seconds", &s.phoneAnswerSeconds},
                                                      {"phone_recovery_seconds", &s.phoneRecoverySeconds},
                                                      {"wrap_up_seconds", &s.wrapUpSeconds},
                                                      {"service_level_seconds", &s.serviceLevelSeconds},
                                                      {"retention_days", &s.retentionDays}};
                if (const auto found = numbers.find(field); found != numbers.end())
                    *found->second = value;
                else
                    (field == "picture_bytes" ? s.pictureBytes : s.fileBytes) = value;
            });
        };
        QVERIFY(with(least).ok());
        QVERIFY(with(most).ok());
        for (const int bad : {least - 1, most + 1, -1}) {
            const auto refused = with(bad);
            QCOMPARE(whyOf(refused), "settings." + field.toStdString() + ": out_of_range");
            QCOMPARE(paramOf(refused, "min"), std::to_string(least));
            QCOMPARE(paramOf(refused, "max"), std::to_string(most));
        }
    }
    void theAuditSaysWhatChanged() {
        const auto change = save([](Settings& s) {
            s.blending = false;
            s.chatAnswerSeconds = 45;
        });
        QVERIFY(change.ok());
        QCOMPARE(change->before, std::string("blending on, chat_answer_seconds 30"));
        QCOMPARE(change->after, std::string("blending off, chat_answer_seconds 45"));
        QCOMPARE(change->target, std::string("instance 1400000001 Shop"));
        const auto& row = change->rows.instances.at(0);
        QVERIFY(row.name == "Shop" && row.timeZone == "Asia/Shanghai" && row.modifiedAt == kMaker.now);
    }

    void quickReplies() {
        const auto made = admin::newReply({" hi ", " 您好\n有什么可以帮您？ "}, model::QuickReplyId{4}, 0, kMaker);
        QVERIFY(made.ok());
        const auto& row = made->rows.quickReplies.at(0);
        QVERIFY(row.title == "hi" && row.text == "您好\n有什么可以帮您？" && row.instance == kInstance);
        QCOMPARE(admin::saveReply(row, {"bye", "x"})->target, std::string("quick_reply 4 hi")); // as it was called
        QCOMPARE(whyOf(admin::saveReply(row, {"", "x"})), std::string("title: required"));
        QCOMPARE(whyOf(admin::saveReply(row, {"a\nb", "x"})), std::string("title: bad_text"));
        QCOMPARE(whyOf(admin::saveReply(row, {std::string(41, 'x'), "x"})), std::string("title: too_long"));
        QCOMPARE(whyOf(admin::saveReply(row, {"x", " "})), std::string("text: required"));
        QCOMPARE(whyOf(admin::saveReply(row, {"x", std::string(2001, 'x')})), std::string("text: too_long"));
        QCOMPARE(whyOf(admin::saveReply(row, {"x", "a\x01"})), std::string("text: bad_text"));
        QCOMPARE(codeOf(admin::newReply({"x", "x"}, model::QuickReplyId{4}, admin::kMaxReplies, kMaker)),
                 std::string("too_many_quick_replies"));
        QVERIFY((admin::deleteReply(row).rows.removedQuickReplies == std::vector{model::QuickReplyId{4}}));
    }

    void screenPopUrls() {
        for (const char* good :
             {"http://crm.example", "https://crm.example:8443/find?phone=${CallerNumber}&to=${CalleeNumber}",
              "HTTPS://10.0.0.1/x",
              "http://[::1]:8080/${SessionId}/${Channel}/${OpenId}/${Nickname}/${StaffNo}/${SkillGroup}",
              "https://crm.example?n=云"})
            QVERIFY2(pops({{"CRM", good, true}}).ok(), good);
        for (const char* bad :
             {"crm.example", "ftp://crm.example", "javascript:alert(1)", "http://", "https:///x", "http://a b/",
              "http://user:word@crm.example/", "http://${Nickname}/", "http://crm.example:x/", "file:///etc/passwd",
              "http://crm.example/<b>", "http", "HTTPS", "http:/"})
            QCOMPARE(whyOf(pops({{"CRM", bad, true}})), std::string("pops[0].url: bad_url"));
    }
    void screenPopPlaceholders() {
        for (const char* bad : {"${Password}", "${callernumber}", "${", "${}", "${CallerNumber"}) {
            const auto refused =
                pops({{"One", "http://a.example", true}, {"Two", std::string("http://a.example/") + bad, true}});
            QCOMPARE(whyOf(refused), std::string("pops[1].url: unknown_placeholder"));
            QCOMPARE(paramOf(refused, "placeholder"), std::string(bad));
        }
    }
    void screenPopsAreFive() {
        const std::vector<model::ScreenPop> five(5, {"CRM", "http://a.example", true});
        QVERIFY(pops(five).ok());
        auto six = five;
        six.push_back(five[0]);
        QCOMPARE(codeOf(pops(six)), std::string("too_many_screen_pops"));
        QCOMPARE(whyOf(pops({{" ", "http://a.example", true}})), std::string("pops[0].name: required"));
        QCOMPARE(whyOf(pops({{std::string(41, 'x'), "http://a.example", true}})),
                 std::string("pops[0].name: too_long"));
        const auto none = admin::saveScreenPops(five, {}, kStored);
        QCOMPARE(none->target, std::string("instance 1400000001 Shop"));
        QVERIFY(none.ok() && none->rows.screenPops.at(0).pops.empty() && none->before.find("CRM") == 0);
    }

    void unblocking() {
        model::Customer customer;
        customer.id = model::CustomerId{6};
        QVERIFY(admin::unblockCustomer(customer).rows.empty());
        customer.blocked = true;
        const auto change = admin::unblockCustomer(customer);
        QVERIFY(!change.rows.customers.at(0).blocked);
        customer.name = "Eve";
        QCOMPARE(admin::unblockCustomer(customer).target,
                 std::string("customer 6")); // never by name: it would outlive them
        QCOMPARE(change.target, std::string("customer 6"));
    }
};

static const cb::test::Add<SettingsRulesTest> addedSettingsRulesTest;
#include "settings_rules_test.moc"
