#include "server/channels/phone/rules/outcomes.h"
#include "tests/support/suite.h"

#include <QtTest/QtTest>

using namespace cb;
using namespace cb::phone;

class OutcomesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void causesAreToldApart_data() {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("cause");
        QTest::addColumn<bool>("next");
        QTest::newRow("busy") << 486 << "busy" << false;
        QTest::newRow("busy everywhere") << 600 << "busy" << false;
        QTest::newRow("nobody picks up") << 480 << "no_answer" << false;
        QTest::newRow("timed out there") << 408 << "no_answer" << false;
        QTest::newRow("declined") << 603 << "rejected" << false;
        QTest::newRow("forbidden") << 403 << "rejected" << false;
        QTest::newRow("no such number") << 404 << "unreachable" << false;
        QTest::newRow("incomplete") << 484 << "unreachable" << false;
        QTest::newRow("gone") << 410 << "unreachable" << false;
        QTest::newRow("full") << 503 << "unreachable" << true;
        QTest::newRow("bad gateway") << 502 << "unreachable" << true;
        QTest::newRow("our password") << 407 << "unreachable" << true;
        QTest::newRow("nothing heard") << 0 << "unreachable" << true;
        QTest::newRow("we took it back") << 487 << "cancelled" << false;
    }
    void causesAreToldApart() {
        QFETCH(int, code);
        QFETCH(QString, cause);
        QFETCH(bool, next);
        const DialOutcome outcome = outcomeOf(code);
        QCOMPARE(std::string(outcome.cause), cause.toStdString());
        QCOMPARE(outcome.tryNext, next);
    }
};

static const cb::test::Add<OutcomesTest> addedOutcomesTest;
#include "outcomes_test.moc"
