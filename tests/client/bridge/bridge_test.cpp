#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/bridge/phone_number.h"
#include "client/bridge/words.h"
#include "tests/support/suite.h"

#include <set>

using namespace cb;

class BridgeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void textAndTime() {
        QCOMPARE(bridge::toStd(bridge::toQt("产品 ok")), std::string("产品 ok"));
        const auto at = base::fromUnixMillis(1'790'000'000'123);
        QVERIFY(bridge::toStd(bridge::toQt(at)) == at);
        QVERIFY(!bridge::toQt(base::TimePoint{}).isValid());
        QVERIFY(bridge::toStd(QDateTime()) == base::TimePoint{});
        QVERIFY(bridge::newUuid() != bridge::newUuid());
    }
    void errorsBecomeSentences() {
        const auto text = bridge::errorText(base::with(base::retry("throttled"), "retry_ms", "1500"));
        QVERIFY2(text.contains(QLatin1Char('2')), qPrintable(text));
        QVERIFY(bridge::errorText(base::conflict("session_gone")) != bridge::errorText(base::conflict("x_unknown")));
        // A parameter that is missing leaves no hole in the sentence.
        QVERIFY(!bridge::errorText(base::rejected("password_weak")).contains(QLatin1Char('%')));
        QCOMPARE(bridge::errorCode(base::rejected("bad_token")), QStringLiteral("bad_token"));
    }
    void aLongListIsCut() {
        const auto named = base::with(base::conflict("flow_in_use"), "channels", "A, B, C, D, E");
        QVERIFY(bridge::errorText(named).contains(QStringLiteral("of A, B, C, D, E go")));
        QVERIFY(
            bridge::errorText(base::with(named, "more", "15")).contains(QStringLiteral("A, B, C, D, E and 15 more")));
        const auto busy =
            base::with(base::with(base::conflict("group_in_use"), "sessions", "1, 2, 3, 4, 5"), "more", "2");
        QVERIFY(bridge::errorText(busy).contains(QStringLiteral(": 1, 2, 3, 4, 5 and 2 more.")));
    }
    void aNumberIsReadAsItWasPasted_data() {
        QTest::addColumn<QString>("pasted");
        QTest::addColumn<QString>("dialled");
        const auto row = [](const char* pasted, const char* dialled) {
            QTest::addRow("%s", pasted) << QString::fromUtf8(pasted) << QString::fromUtf8(dialled);
        };
        row("13800138000", "13800138000");
        row(" +86 138-0013-8000\n", "+8613800138000");
        row("(0755) 8888 6666", "075588886666");
        row("+49 (0)30 901820", "+4930901820");
        row("＋８６ １３８ ００１３ ８０００", "+8613800138000");
        row("电话：0755-88886666", "075588886666");
        row("tel:+86-10-6552-9988;ext=12", "+861065529988");
        row("TEL:%2B861065529988", "+861065529988");
        row("021-5555 1234 / 021-5555 1235", "02155551234");
        row("*100#", "*100#");
        row("12", "12");
        row("+", "");
        row("nobody", "");
        row(std::string(65, '1').c_str(), "");
        row("1+1", "11"); // a plus stands in front or nowhere
    }
    void aNumberIsReadAsItWasPasted() {
        QFETCH(QString, pasted);
        QFETCH(QString, dialled);
        QCOMPARE(bridge::cleanNumber(pasted), dialled);
        QCOMPARE(bridge::cleanNumber(dialled), dialled);
    }
    void everyCauseOfACallIsSaid() {
        for (const auto* cause : {"busy", "no_answer", "rejected", "unreachable", "cancelled", "media_lost"})
            QVERIFY(!bridge::callCause(cause).isEmpty());
        for (const auto* cause : {"", "hung_up", "of_a_newer_server"})
            QVERIFY(bridge::callCause(cause).isEmpty());
    }
    void everyWordIsThere() {
        std::set<QString> seen;
        for (int i = 0; i <= static_cast<int>(model::AgentStatus::Break); ++i)
            QVERIFY(seen.insert(bridge::word(static_cast<model::AgentStatus>(i))).second);
        for (int i = 1; i <= static_cast<int>(model::EndReason::ServerRestarted); ++i)
            QVERIFY(!bridge::sentence(static_cast<model::EndReason>(i)).isEmpty());
    }
};

static const test::Add<BridgeTest> addedBridgeTest;
CB_TEST_MAIN()
#include "bridge_test.moc"
