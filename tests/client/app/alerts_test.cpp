#include "client/workbench/offer_card.h"
#include "tests/client/app/desk.h"
#include "tests/client/platform/notification_service.h"

#include <QtCore/QSettings>
#include <QtDBus/QDBusConnection>

using namespace cb;
using platform::Sound;
using platform::Sounds;
using state::Section;

extern bool g_hasBus;

namespace {

const model::SessionId kSession{7};
const model::OfferId kOffer{9};

/// A desk with somebody who listens, and who may look at another window.
struct Listener : test::Desk {
    Listener() {
        QObject::connect(&sounds(), &Sounds::began, &sounds(), [this](Sound sound) {
            if (sound != Sound::Ring) // that one lasts: isRinging()
                heard.push_back(sound);
        });
    }
    ~Listener() { window.reset(); }

    /// Signed in, with another window in front.
    bool openBehind() {
        if (!open())
            return false;
        elsewhere.show();
        elsewhere.activateWindow();
        return QTest::qWaitForWindowActive(&elsewhere) && !window->isActiveWindow();
    }
    Sounds& sounds() const { return *window->findChild<app::Alerts*>()->findChild<Sounds*>(); }
    bool rings() const { return sounds().isRinging(); }
    void offerEnds(model::OfferId offer, model::OfferOutcome outcome) {
        server.offers.erase(offer);
        server.event(wire::OfferClosed{offer, outcome});
    }

    std::vector<Sound> heard; ///< beside the ring
    QWidget elsewhere;
};

} // namespace

/// Sounds and notices of the program's own window, for somebody who looks elsewhere.
class AlertsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        if (!g_hasBus)
            QSKIP("dbus-daemon cannot be started");
        QDBusConnection bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("desktop"));
        QVERIFY(bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &m_service,
                                   QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        QVERIFY(bus.registerService(QStringLiteral("org.freedesktop.Notifications")));
    }
    void init() {
        m_service.shown.clear();
        m_service.closed.clear();
    }
    void cleanup() { QSettings().clear(); } // what is muted and what is noticed

    void anOfferRingsAndIsNoticedUntilItIsGone() {
        Listener desk;
        QVERIFY(desk.openBehind());
        QVERIFY(!desk.rings());
        test::ring(desk.server, 9, 7, "Ms Li");
        QTRY_VERIFY(desk.rings());
        QTRY_COMPARE(m_service.shown.size(), 1);
        const auto notice = m_service.shown.front();
        QCOMPARE(notice.summary, QStringLiteral("Ms Li is waiting"));
        QCOMPARE(notice.body, QStringLiteral("Sales"));
        QCOMPARE(notice.urgency, 2);
        desk.offerEnds(kOffer, model::OfferOutcome::CustomerLeft);
        QTRY_VERIFY(!desk.rings());
        QTRY_VERIFY(m_service.closed.contains(notice.id));
        QVERIFY(desk.heard.empty());
    }
    void itRingsAsLongAsOneIsLeft() {
        Listener desk;
        QVERIFY(desk.openBehind());
        test::ring(desk.server, 9, 7, "Ms Li");
        test::ring(desk.server, 10, 8, "Mr Wu");
        QTRY_COMPARE(desk.program.workbench().sessions()->count(Section::Ringing), 2);
        QTRY_COMPARE(m_service.shown.size(), 2);
        desk.offerEnds(kOffer, model::OfferOutcome::TimedOut);
        QTRY_COMPARE(desk.program.workbench().sessions()->count(Section::Ringing), 1);
        QVERIFY(desk.rings());
        QTRY_COMPARE(m_service.closed.size(), 1); // the notice of the other stays
        desk.offerEnds(model::OfferId(10), model::OfferOutcome::Withdrawn);
        QTRY_VERIFY(!desk.rings());
        QTRY_COMPARE(m_service.closed.size(), 2);
    }
    void whoAnswersIsRungNoMore() {
        Listener desk;
        QVERIFY(desk.openBehind());
        test::ring(desk.server, 9, 7, "Ms Li");
        QTRY_VERIFY(desk.rings());
        QTRY_COMPARE(m_service.shown.size(), 1);
        desk.program.commands().answer(kOffer);
        QTRY_VERIFY(!desk.rings());
        QCOMPARE(desk.program.workbench().sessions()->count(Section::Open), 1);
        desk.offerEnds(kOffer, model::OfferOutcome::Answered);
        QTRY_VERIFY(m_service.closed.contains(m_service.shown.front().id));
        QCOMPARE(desk.program.workbench().sessions()->count(Section::Open), 1);
    }
    void whatRangBeforeTheWindowCameRings() {
        Listener desk;
        desk.server.offers[kOffer] = test::offerOf(desk.server, 9, 7, "Ms Li");
        QVERIFY(desk.open());
        QTRY_VERIFY(desk.rings());
    }
    void aClickOnItsNoticeLeadsToTheOffer() {
        Listener desk;
        QVERIFY(desk.openBehind());
        desk.window->frame()->showRecords();
        QVERIFY(!desk.page().isVisible());
        test::ring(desk.server, 9, 7, "Ms Li");
        QTRY_COMPARE(m_service.shown.size(), 1);
        Q_EMIT m_service.ActionInvoked(m_service.shown.front().id, QStringLiteral("default"));
        QTRY_VERIFY(desk.window->isActiveWindow());
        QVERIFY(desk.page().isVisible());
        QTRY_VERIFY(desk.the<workbench::OfferCard>());
        QTRY_COMPARE(QApplication::focusWidget(), desk.the<workbench::OfferCard>());
        QVERIFY(desk.rings()); // nobody has answered yet
    }
    void aMutedRingIsSilentAndComesBack() {
        Listener desk;
        desk.preferences.setRingMuted(true);
        QVERIFY(desk.openBehind());
        test::ring(desk.server, 9, 7, "Ms Li");
        QTRY_COMPARE(m_service.shown.size(), 1);
        QVERIFY(!desk.rings());
        desk.preferences.setRingMuted(false); // it is still waiting
        QVERIFY(desk.rings());
        desk.preferences.setRingMuted(true);
        QVERIFY(!desk.rings());
        desk.offerEnds(kOffer, model::OfferOutcome::Withdrawn);
        QTRY_COMPARE(desk.program.workbench().sessions()->count(Section::Ringing), 0);
        desk.preferences.setRingMuted(false);
        QVERIFY(!desk.rings());
    }
    void aMessageSoundsAndIsNoticedUntilItIsRead() {
        Listener desk;
        desk.server.addSession(7, "Ms Li");
        QVERIFY(desk.openBehind());
        desk.server.customerSays(7, "hello?");
        QTRY_COMPARE(m_service.shown.size(), 1);
        QCOMPARE(m_service.shown.front().summary, QStringLiteral("Ms Li"));
        QCOMPARE(m_service.shown.front().body, QStringLiteral("hello?"));
        QCOMPARE(m_service.shown.front().urgency, 1);
        QCOMPARE(desk.heard, std::vector{Sound::Message});
        desk.server.customerSays(7, "are you there?");
        QTRY_COMPARE(m_service.shown.size(), 2);
        QCOMPARE(m_service.shown.back().body, QStringLiteral("are you there?"));
        QCOMPARE(desk.heard, std::vector{Sound::Message}); // once in two seconds
        Q_EMIT m_service.ActionInvoked(m_service.shown.back().id, QStringLiteral("default"));
        QTRY_VERIFY(desk.window->isActiveWindow());
        QTRY_COMPARE(desk.page().currentSession(), kSession);
        QTRY_COMPARE(desk.program.workbench().sessions()->unread(), 0);
        QTRY_VERIFY(m_service.closed.contains(m_service.shown.back().id));
        QVERIFY(!desk.rings());
    }
    void whoLooksAtTheWindowOnlyHears() {
        Listener desk;
        desk.server.addSession(7, "Ms Li");
        QVERIFY(desk.open());
        QVERIFY(desk.window->isActiveWindow());
        desk.server.customerSays(7, "hello?");
        QTRY_COMPARE(desk.heard, std::vector{Sound::Message});
        test::ring(desk.server, 9, 8, "Mr Wu");
        QTRY_VERIFY(desk.rings());
        QTest::qWait(100);
        QCOMPARE(m_service.shown.size(), 0);
    }
    void mutedMessagesAreNoticedAllTheSame() {
        Listener desk;
        desk.preferences.setMessageMuted(true);
        desk.server.addSession(7, "Ms Li");
        QVERIFY(desk.openBehind());
        desk.server.customerSays(7, "hello?");
        QTRY_COMPARE(m_service.shown.size(), 1);
        QVERIFY(desk.heard.empty());
        test::ring(desk.server, 9, 8, "Mr Wu");
        QTRY_VERIFY(desk.rings()); // another sound
        QTRY_COMPARE(m_service.shown.size(), 2);
    }
    void withoutNoticesThereAreOnlySounds() {
        Listener desk;
        desk.preferences.setNotifications(false);
        desk.server.addSession(7, "Ms Li");
        QVERIFY(desk.openBehind());
        desk.server.customerSays(7, "hello?");
        QTRY_COMPARE(desk.heard, std::vector{Sound::Message});
        test::ring(desk.server, 9, 8, "Mr Wu");
        QTRY_VERIFY(desk.rings());
        QTest::qWait(100);
        QCOMPARE(m_service.shown.size(), 0);
    }
    void aStatusThatWasForcedWarns() {
        Listener desk;
        desk.server.presence.status = model::AgentStatus::Idle;
        QVERIFY(desk.openBehind());
        QVERIFY(desk.heard.empty());
        desk.server.presence.status = model::AgentStatus::Break;
        desk.server.presence.reason = model::StatusReason::RingTimeout;
        desk.server.event(desk.server.presence);
        QTRY_COMPARE(desk.heard, std::vector{Sound::Warning});
    }
    void signingOutIsQuiet() {
        Listener desk;
        desk.server.addSession(7, "Ms Li");
        QVERIFY(desk.openBehind());
        desk.server.customerSays(7, "hello?");
        QTRY_COMPARE(m_service.shown.size(), 1);
        test::ring(desk.server, 9, 8, "Mr Wu");
        QTRY_VERIFY(desk.rings());
        QTRY_COMPARE(m_service.shown.size(), 2);
        desk.program.account.signOut();
        QVERIFY(!desk.rings());
        QTRY_VERIFY(m_service.closed.contains(m_service.shown.front().id));
        QVERIFY(isClosedSoon(m_service.shown.back().id));
    }
    /// It ends with the connection, and no event tells of that: the next welcome does not know it.
    void anOfferThatEndedUnseenIsQuiet() {
        Listener desk;
        QVERIFY(desk.openBehind());
        test::ring(desk.server, 9, 7, "Ms Li");
        QTRY_VERIFY(desk.rings());
        QTRY_COMPARE(m_service.shown.size(), 1);
        desk.server.offers.clear();
        desk.server.drop();
        QTRY_VERIFY(!desk.rings());
        QVERIFY(isClosedSoon(m_service.shown.front().id));
    }

private:
    bool isClosedSoon(uint notice) const {
        return QTest::qWaitFor([&] { return m_service.closed.contains(notice); }, 500);
    }

    test::NotificationService m_service;
};

static const test::Add<AlertsTest> addedAlertsTest;
#include "alerts_test.moc"
