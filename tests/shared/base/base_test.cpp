#include "shared/base/text.h"
#include "shared/base/uuid.h"
#include "shared/model/names.h"
#include "tests/support/suite.h"

using namespace cb;

class TextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keywordsFoldCaseAndWidth() {
        QCOMPARE(base::keywordForm("  ＡＢＣ　"), base::keywordForm("abc"));
        QCOMPARE(base::keywordForm("１"), std::string("1"));
        QCOMPARE(base::keywordForm("ﾊﾟｿｺﾝ"), base::keywordForm("パソコン"));
        QVERIFY(base::keywordForm("人工") != base::keywordForm("人工服务"));
        QCOMPARE(base::keywordForm(" \t\n "), std::string());
    }
    void lengthCountsCharactersNotBytes() {
        QCOMPARE(base::length("产品咨询"), std::size_t(4));
        QCOMPARE(base::length("a\xFF"
                              "b"),
                 std::size_t(3));
        QCOMPARE(base::prefix("产品咨询", 2), std::string_view("产品"));
    }
    void malformedUtf8IsSeen() {
        QVERIFY(base::isUtf8("中文 ok"));
        QVERIFY(!base::isUtf8("\xC0\x80"));
        QVERIFY(!base::isUtf8("\xED\xA0\x80"));
        QVERIFY(!base::isUtf8("abc\xE4\xB8"));
        QVERIFY(base::hasControl("a\x01"));
        QVERIFY(!base::hasControl("a\tb\n中"));
    }
    void trimsUnicodeSpace() { QCOMPARE(base::trimmed("　 你好 "), std::string("你好")); }
    void uuidRoundTrip() {
        const auto uuid = base::uuidFrom(0x0123456789ABCDEF, 0xFEDCBA9876543210);
        const auto text = base::toString(uuid);
        QCOMPARE(text, std::string("01234567-89ab-4def-bedc-ba9876543210"));
        QVERIFY(base::parseUuid(text) == uuid);
        QVERIFY(!base::parseUuid("01234567-89ab-4def-bedc-ba987654321"));
        QVERIFY(!base::parseUuid("0123456x-89ab-4def-bedc-ba9876543210"));
        QVERIFY(!base::parseUuid("00000000-0000-0000-0000-000000000000"));
    }
    void namesGoThereAndBack() {
        QCOMPARE(model::name(model::ChannelKind::WeChatAccount), std::string_view("wechat_account"));
        QVERIFY(model::parse<model::SessionState>("wrap_up") == model::SessionState::WrapUp);
        QVERIFY(!model::parse<model::Mode>("fax"));
    }
};

static const cb::test::Add<TextTest> added;
CB_TEST_MAIN()
#include "base_test.moc"
