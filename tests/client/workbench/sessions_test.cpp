#include "client/widgets/compose/composer.h"
#include "client/widgets/controls/countdown.h"
#include "client/workbench/offer_card.h"
#include "client/workbench/session_delegate.h"
#include "client/workbench/session_panel.h"
#include "tests/client/app/desk.h"

using namespace cb;
using test::Desk;
using workbench::OfferCard;

/// The left column: offers, the list, what the keys do.
class SessionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anOfferRingsAndF2AnswersIt() {
        Desk desk;
        QVERIFY(desk.open());
        QVERIFY(!desk.the<OfferCard>());
        test::ring(desk.server, 9, 7, "Ms Li");
        QTRY_VERIFY(desk.the<OfferCard>());
        auto* card = desk.the<OfferCard>();
        QTRY_VERIFY(card->isVisible());
        QVERIFY(card->accessibleName().contains(QStringLiteral("Ms Li")));
        QVERIFY(card->findChild<widgets::Countdown*>()->isVisible());
        QVERIFY(desk.shows(QStringLiteral("Welcome › Sales")));
        desk.key(Qt::Key_F2);
        QTRY_COMPARE(desk.page().currentSession(), model::SessionId(7));
        QCOMPARE(desk.server.asked<wire::AnswerOffer>().size(), std::size_t(1));
        QTRY_COMPARE(QApplication::focusWidget(), desk.the<widgets::Composer>()->edit());
        QTRY_VERIFY(!desk.the<OfferCard>());
    }
    void anOfferWithoutAnEndHasNoCountdown() {
        Desk desk;
        QVERIFY(desk.open());
        auto offer = test::offerOf(desk.server, 9, 7, "Ms Li");
        offer.expiresAt = {};
        desk.server.event(offer);
        QTRY_VERIFY(desk.the<OfferCard>() && desk.the<OfferCard>()->isVisible());
        QVERIFY(!desk.the<OfferCard>()->findChild<widgets::Countdown*>()->isVisible());
    }
    void theOfferThatRingsLongestIsAnsweredFirst() {
        Desk desk;
        QVERIFY(desk.open());
        test::ring(desk.server, 12, 7, "First");
        QTRY_VERIFY(desk.the<OfferCard>());
        auto late = test::offerOf(desk.server, 11, 8, "Second"); // a smaller number, but later
        late.at += std::chrono::seconds(5);
        desk.server.offers[late.offer] = late;
        desk.server.event(late);
        QTRY_COMPARE(desk.window->findChildren<OfferCard*>().size(), 2);
        desk.key(Qt::Key_F2);
        QTRY_COMPARE(desk.server.asked<wire::AnswerOffer>().size(), std::size_t(1));
        QCOMPARE(desk.server.asked<wire::AnswerOffer>()[0].offer, model::OfferId(12));
    }
    void declineAndAnOfferThatWentAway() {
        Desk desk;
        QVERIFY(desk.open());
        test::ring(desk.server, 9, 7, "Ms Li");
        QTRY_VERIFY(desk.the<OfferCard>());
        desk.key(Qt::Key_F2, Qt::ShiftModifier);
        QTRY_COMPARE(desk.server.asked<wire::DeclineOffer>().size(), std::size_t(1));
        QTRY_VERIFY(!desk.the<OfferCard>());
        test::ring(desk.server, 10, 8, "Mr Wu");
        QTRY_VERIFY(desk.the<OfferCard>());
        desk.server.offers.clear(); // the customer left in this moment
        desk.key(Qt::Key_F2);
        QTRY_VERIFY(!desk.the<OfferCard>());
        QTRY_VERIFY(desk.shows(QStringLiteral("no longer")) || desk.shows(QStringLiteral("offer")));
    }
    void enterOnACardAnswersItAndEscapeDeclines() {
        Desk desk;
        QVERIFY(desk.open());
        test::ring(desk.server, 9, 7, "Ms Li");
        QTRY_VERIFY(desk.the<OfferCard>() && desk.the<OfferCard>()->isVisible());
        desk.page().showOffer(model::OfferId(9));
        QCOMPARE(QApplication::focusWidget(), desk.the<OfferCard>());
        desk.key(Qt::Key_Escape);
        QTRY_COMPARE(desk.server.asked<wire::DeclineOffer>().size(), std::size_t(1));
        QTRY_VERIFY(!desk.the<OfferCard>());
        test::ring(desk.server, 10, 8, "Mr Wu");
        QTRY_VERIFY(desk.the<OfferCard>() && desk.the<OfferCard>()->isVisible());
        desk.page().showOffer(model::OfferId(10));
        desk.key(Qt::Key_Return);
        QTRY_COMPARE(desk.page().currentSession(), model::SessionId(8));
    }
    /// Two presses in a row are one answer.
    void answeringTwiceAsksOnce() {
        Desk desk;
        QVERIFY(desk.open());
        test::ring(desk.server, 9, 7, "Ms Li");
        QTRY_VERIFY(desk.the<OfferCard>());
        QSignalSpy failed(&desk.program.commands(), &state::Commands::failed);
        desk.key(Qt::Key_F2);
        desk.key(Qt::Key_F2);
        QTRY_COMPARE(desk.page().currentSession(), model::SessionId(7));
        desk.program.commands().goOnline();
        QTRY_VERIFY(!desk.server.asked<wire::SetStatus>().empty()); // later than any second answer
        QCOMPARE(desk.server.asked<wire::AnswerOffer>().size(), std::size_t(1));
        QCOMPARE(failed.count(), 0);
    }
    void unreadUntilLookedAt() {
        Desk desk;
        desk.server.addSession(7, "A");
        desk.server.addSession(8, "B");
        QVERIFY(desk.open());
        desk.page().showSession(model::SessionId(7));
        const auto* sessions = desk.program.workbench().sessions();
        desk.server.customerSays(8, "hello?");
        QTRY_COMPARE(sessions->find(model::SessionId(8))->view.unread, 1);
        desk.server.customerSays(7, "read at once");
        QTRY_COMPARE(sessions->find(model::SessionId(7))->view.preview, std::string("read at once"));
        QTRY_COMPARE(sessions->find(model::SessionId(7))->view.unread, 0);
        QCOMPARE(sessions->unread(), 1);
        desk.key(Qt::Key_Tab, Qt::ControlModifier);
        QTRY_COMPARE(desk.page().currentSession(), model::SessionId(8));
        QTRY_COMPARE(sessions->unread(), 0);
    }
    void aWarmRowCanBeRead_data() {
        QTest::addColumn<bool>("dark");
        QTest::addRow("light") << false;
        QTest::addRow("dark") << true;
    }
    void aWarmRowCanBeRead() {
        QFETCH(bool, dark);
        const auto tokens = dark ? widgets::darkTokens() : widgets::lightTokens();
        for (const QColor& ground : {tokens.bg, tokens.surface})
            for (const qint64 seconds : {0, 30, 60, 120, 9000}) {
                const QColor warm = workbench::warmGround(ground, seconds, tokens);
                QVERIFY(widgets::contrast(tokens.text, warm) >= 4.5);
                QVERIFY(widgets::contrast(workbench::lineInk(true, tokens), warm) >= 4.5);
            }
        QVERIFY(workbench::warmth(200) == 1.0 && workbench::warmth(0) == 0.0);
        QVERIFY(workbench::warmGround(tokens.bg, 120, tokens) != workbench::warmGround(tokens.bg, 10, tokens));
    }
};

static const test::Add<SessionsTest> added;
#include "sessions_test.moc"
