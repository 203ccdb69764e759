#include "tests/client/floweditor/ear.h"
#include "tests/support/sample_flows.h"
#include "tests/support/suite.h"

#include <QtTest/QTest>

namespace cb::floweditor {

using flow::Sound;
using test::Ear;
using test::toneOf;
using State = Listener::State;

/// What admins hear of a flow.
class ListenerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void promptsFollowEachOther() {
        Ear ear;
        const Sound hello = test::speech("Hello");
        const Sound menu = test::audio(2);
        ear.listener.follow(hello);
        ear.listener.follow(menu);
        ear.listener.follow({}); // nothing to hear
        QCOMPARE(ear.asked, std::vector{hello});
        QCOMPARE(ear.listener.state(hello), State::Coming);
        ear.give(toneOf(440, 100));
        QVERIFY(ear.hears(hello));
        QCOMPARE(ear.listener.state(menu), State::Silent); // it is not its turn
        ear.output->hear(150);
        QTRY_COMPARE(ear.asked, (std::vector{hello, menu}));
        ear.give(toneOf(440, 100));
        QVERIFY(ear.hears(menu));
        ear.output->hear(150);
        QTRY_COMPARE(ear.listener.state(menu), State::Silent);
        ear.listener.listen(hello);
        QVERIFY(ear.hears(hello)); // it was fetched before
        QCOMPARE(ear.asked.size(), std::size_t(2));
        ear.listener.stop();
        QCOMPARE(ear.listener.state(hello), State::Silent);
        QVERIFY(ear.output->source == nullptr);
    }
    void anotherOneTakesItsPlace() {
        Ear ear;
        ear.listener.listen(test::audio(1));
        ear.give(toneOf(440, 5'000));
        ear.listener.listen(test::audio(2));
        QVERIFY(ear.output->source == nullptr); // silent at once
        QCOMPARE(ear.listener.state(test::audio(1)), State::Silent);
        ear.give(toneOf(600, 5'000));
        QVERIFY(ear.hears(test::audio(2)));
    }
    void whatCannotBeHeardSaysWhy() {
        Ear ear;
        ear.listener.follow(test::audio(1));
        ear.listener.follow(test::audio(2));
        ear.give({}, QStringLiteral("it is gone"));
        QCOMPARE(ear.listener.trouble(test::audio(1)), QStringLiteral("it is gone"));
        QCOMPARE(ear.listener.trouble(test::audio(2)), QString());
        QCOMPARE(ear.asked.size(), std::size_t(1)); // what would have followed is not asked for
        ear.listener.listen(test::audio(1));
        QCOMPARE(ear.listener.trouble(test::audio(1)), QString());
        QCOMPARE(ear.asked.size(), std::size_t(2)); // perhaps it works now
    }
    void aComputerThatIsMuteSaysSo() {
        Ear ear;
        ear.deaf = true;
        ear.listener.listen(test::audio(1));
        ear.give(toneOf(440, 100));
        QCOMPARE(ear.listener.state(test::audio(1)), State::Silent);
        QVERIFY(!ear.listener.trouble(test::audio(1)).isEmpty());
    }
    void onlyWhatIsThereIsHeard() {
        QVERIFY(!Listener::isAudible({}));
        QVERIFY(!Listener::isAudible(test::audio(0)));
        QVERIFY(!Listener::isAudible(test::speech(" \n")));
        QVERIFY(Listener::isAudible(test::speech("x")));
        QVERIFY(Listener::isAudible(test::audio(1)));
    }
};

static const cb::test::Add<ListenerTest> addedListenerTest;

} // namespace cb::floweditor

#include "listener_test.moc"
