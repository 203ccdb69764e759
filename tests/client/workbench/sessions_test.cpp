#include "client/widgets/compose/composer.h"
#include "client/widgets/controls/countdown.h"
#include "client/workbench/notice_bar.h"
#include "client/workbench/offer_card.h"
#include "client/workbench/session_delegate.h"
#include "client/workbench/session_panel.h"
#include "tests/client/app/desk.h"

#include <QtGui/QClipboard>

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
    void aMissedOfferIsSaidUntilTheAgentIsBack() {
        Desk desk;
        desk.server.presence.status = model::AgentStatus::Idle;
        QVERIFY(desk.open());
        auto* bar = desk.the<workbench::NoticeBar>();
        QVERIFY(!bar->isVisible());
        desk.server.presence.status = model::AgentStatus::Break;
        desk.server.presence.reason = model::StatusReason::RingTimeout;
        desk.server.presence.since = desk.server.now();
        desk.server.event(desk.server.presence);
        QTRY_VERIFY(bar->isVisible());
        QVERIFY(desk.shows(QStringLiteral("You missed an offer at")));
        auto* back = desk.button(QStringLiteral("Back to idle"));
        QVERIFY(back);
        QTest::mouseClick(back, Qt::LeftButton);
        QTRY_VERIFY(!bar->isVisible());
        QVERIFY(desk.server.asked<wire::SetStatus>()[0].status == model::AgentStatus::Idle);
    }
    void aTransferThatFailedStaysUntilSeen() {
        Desk desk;
        QVERIFY(desk.open());
        wire::TransferFailed failed;
        failed.to = model::AgentId(4);
        failed.toName = "Bo";
        failed.customerName = "Ms Li";
        failed.group = model::GroupId(5);
        failed.groupName = "Returns";
        desk.server.event(failed, 7);
        auto* bar = desk.the<workbench::NoticeBar>();
        QTRY_VERIFY(bar->isVisible());
        QVERIFY(
            desk.shows(QStringLiteral("Bo declined the session with Ms Li. It waits for any agent of Returns now.")));
        failed.reason = model::ReturnReason::NobodyOnline;
        failed.group = {};
        desk.server.event(failed, 8);
        QTRY_VERIFY(desk.shows(QStringLiteral("It went back to its flow.")));
        for (int left = 1; left >= 0; --left) {
            for (auto* seen : bar->findChildren<widgets::IconButton*>())
                if (seen->isVisible() &&
                    desk.program.account.account()->notices().all().size() == std::size_t(left + 1))
                    QTest::mouseClick(seen, Qt::LeftButton);
            QTRY_COMPARE(desk.program.account.account()->notices().all().size(), std::size_t(left));
        }
        QVERIFY(!bar->isVisible());
    }
    void aLostWrapUpCanBeCopiedWhole() {
        Desk desk;
        desk.server.addSession(7, "Ms Li");
        desk.server.sessions[model::SessionId(7)].session.state = model::SessionState::WrapUp;
        desk.server.sessions[model::SessionId(7)].session.endedAt = desk.server.now();
        QVERIFY(desk.open());
        desk.program.account.account()->wrapUps().setTyped(model::SessionId(7), {"Order", "blue cup\nand a lid"});
        desk.server.event(wire::SessionCompleted{}, 7);
        QTRY_VERIFY(desk.button(QStringLiteral("Copy it")));
        QVERIFY(desk.shows(QStringLiteral("completed without what you had typed: “Order · blue cup and a lid”")));
        QTest::mouseClick(desk.button(QStringLiteral("Copy it")), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("Order\nblue cup\nand a lid"));
        auto notice = desk.program.account.account()->notices().all().front();
        notice.wrapUp.unsure = true;
        QVERIFY(workbench::sentenceOf(notice).contains(QStringLiteral("not known whether it arrived: “Order")));
    }
    void anOfferDeclinedBeforeSaysSo() {
        Desk desk;
        QVERIFY(desk.open());
        test::ring(desk.server, 9, 7, "Ms Li");
        QTRY_VERIFY(desk.the<OfferCard>());
        QVERIFY(!desk.shows(QStringLiteral("You declined this at")));
        desk.key(Qt::Key_F2, Qt::ShiftModifier);
        QTRY_VERIFY(!desk.the<OfferCard>());
        test::ring(desk.server, 10, 7, "Ms Li");
        QTRY_VERIFY(desk.the<OfferCard>() && desk.the<OfferCard>()->isVisible());
        QVERIFY(desk.shows(QStringLiteral("You declined this at")));
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

static const test::Add<SessionsTest> addedSessionsTest;
#include "sessions_test.moc"
