#include "shared/base/running_clock.h"
#include "shared/base/text.h"
#include "shared/base/time_zone.h"
#include "shared/base/uuid.h"
#include "shared/model/names.h"
#include "tests/support/suite.h"

#include <QtCore/QDateTime>

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
    void daysBeginAtLocalMidnight_data() {
        QTest::addColumn<QString>("zone");
        QTest::addColumn<QString>("now");
        QTest::addColumn<QString>("next");
        const auto row = [](const char* name, const char* zone, const char* now, const char* next) {
            QTest::newRow(name) << zone << now << next;
        };
        row("east of UTC", "Asia/Shanghai", "2026-11-22T15:59:59Z", "2026-11-22T16:00:00Z");
        row("midnight itself is of the new day", "Asia/Shanghai", "2026-11-22T16:00:00Z", "2026-11-23T16:00:00Z");
        row("23 hours", "America/New_York", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z");
        row("25 hours", "America/New_York", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z");
        row("no midnight", "America/Sao_Paulo", "2018-11-03T12:00:00Z", "2018-11-04T03:00:00Z");
        row("midnight twice", "America/Sao_Paulo", "2018-02-17T12:00:00Z", "2018-02-18T03:00:00Z");
        row("before all changes", "Europe/Paris", "1800-01-01T12:00:00Z", "1800-01-01T23:50:39Z");
    }
    void daysBeginAtLocalMidnight() {
        QFETCH(QString, zone);
        QFETCH(QString, now);
        QFETCH(QString, next);
        const auto time = [](const QString& text) {
            return base::fromUnixMillis(QDateTime::fromString(text, Qt::ISODate).toMSecsSinceEpoch());
        };
        const auto loaded = base::TimeZone::load(zone.toStdString());
        QVERIFY2(loaded.ok(), "needs the system's zone files");
        const base::TimePoint found = loaded->nextDay(time(now));
        QCOMPARE(QDateTime::fromMSecsSinceEpoch(base::toUnixMillis(found), Qt::UTC).toString(Qt::ISODate), next);
        QCOMPARE((loaded->dayOf(found) - loaded->dayOf(time(now))).count(), 1);
        QCOMPARE(loaded->dayOf(found - base::Millis{1}), loaded->dayOf(time(now)));
    }
    void zonesThatAreNone() {
        for (const char* name : {"", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "America", "tzdata.zi"})
            QCOMPARE(base::TimeZone::load(name).ok(), false);
        QCOMPARE(base::TimeZone().nextDay(base::fromUnixMillis(1)), base::fromUnixMillis(86'400'000));
    }
    void theRunningClockNeverStandsStill() {
        base::ManualClock wall;
        base::Millis steady{5'000};
        const base::RunningClock clock(wall, [&steady] { return steady; });
        const auto pass = [&](base::Millis time) {
            steady += time;
            wall.advance(time);
            return clock.now();
        };
        QCOMPARE(clock.now(), wall.now());
        auto now = pass(base::Millis{1'001});
        QCOMPARE(now, wall.now());
        wall.advance(base::Millis{3'600'000}); // set forward: it follows
        QCOMPARE(clock.now(), wall.now());
        const auto ahead = clock.now();
        wall.advance(base::Millis{-8'000}); // set back
        QCOMPARE(clock.now(), ahead);
        QCOMPARE(pass(base::Millis{8'000}), ahead + base::Millis{7'000});
        auto before = clock.now();
        for (int i = 0; i < 1'000; ++i) { // small steps lose nothing
            now = pass(base::Millis{i % 3});
            QVERIFY(now >= before);
            before = now;
        }
        QCOMPARE(before, ahead + base::Millis{7'000 + 999 * 7 / 8});
        QVERIFY(before > wall.now());
        now = pass(base::Millis{70'000});
        QCOMPARE(now, wall.now()); // caught up
    }
    void namesGoThereAndBack() {
        QCOMPARE(model::name(model::ChannelKind::WeChatAccount), std::string_view("wechat_account"));
        QVERIFY(model::parse<model::SessionState>("wrap_up") == model::SessionState::WrapUp);
        QVERIFY(!model::parse<model::Mode>("fax"));
    }
};

static const cb::test::Add<TextTest> addedTextTest;
CB_TEST_MAIN()
#include "base_test.moc"
