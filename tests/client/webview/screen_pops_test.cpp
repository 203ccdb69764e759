#include "client/webview/engine_loader.h"
#include "client/webview/page_shelf.h"
#include "client/widgets/compose/composer.h"
#include "client/workbench/context_panel.h"
#include "tests/client/app/desk.h"
#include "tests/client/webview/site.h"
#include "tests/support/suite.h"

using namespace cb;

namespace {

constexpr int kLong = 20'000;

/// A workbench whose admin has set screen pops that lead to `site`.
struct PopDesk : test::Desk {
    PopDesk() {
        site.pages["/crm"] = "<title>CRM</title>";
        site.pages["/orders"] = "<title>Orders</title>";
        server.me.staffNo = "0007";
        server.admin.pops.pops = {
            {"Customer", site.url("/crm").toString().toStdString() + "?n=${Nickname}&s=${SessionId}&a=${StaffNo}",
             true},
            {"Orders", site.url("/orders").toString().toStdString() + "?g=${SkillGroup}&c=${CallerNumber}", true},
            {"Off", site.url("/off").toString().toStdString(), false}};
    }
    webview::PageShelf& shelf() const { return *the<webview::PageShelf>(); }
    QString title() const {
        const auto* page = shelf().current();
        return page == nullptr ? QString() : page->findChild<widgets::ElidedLabel*>()->text();
    }
    test::Site site;
};

} // namespace

/// Screen pops in the workbench.
class ScreenPopsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY2(webview::webEngine() != nullptr, qPrintable(webview::engineTrouble())); }
    void whileItRingsThePageIsThere() {
        PopDesk desk;
        QVERIFY(desk.open());
        QTRY_VERIFY(!desk.program.account.account()->screenPops().isEmpty());
        test::ring(desk.server, 5, 70, "李 & Co");
        QTRY_VERIFY_WITH_TIMEOUT(desk.title().startsWith(QStringLiteral("CRM")), kLong);
        QVERIFY(desk.shelf().isVisible());
        QCOMPARE(desk.site.asked.value(0), QStringLiteral("/crm?n=%E6%9D%8E%20%26%20Co&s=70&a=0007"));
        desk.key(Qt::Key_F2); // answered: the same page goes on
        QTRY_COMPARE(desk.page().currentSession(), model::SessionId(70));
        QVERIFY(desk.shelf().isVisible());
        QCOMPARE(desk.site.asked.filter(QStringLiteral("/crm")).size(), 1);
        auto* tabs = desk.shelf().findChild<widgets::Segmented*>();
        tabs->setFocus();
        QTest::keyClick(tabs, Qt::Key_Right);
        QTRY_VERIFY_WITH_TIMEOUT(desk.title().startsWith(QStringLiteral("Orders")), kLong);
        QVERIFY(desk.site.asked.contains(QStringLiteral("/orders?g=Sales&c=")));
        QVERIFY(desk.site.asked.filter(QStringLiteral("/off")).isEmpty());
    }
    void theCallersNumberIsInTheAddress() {
        PopDesk desk;
        QVERIFY(desk.open());
        QTRY_VERIFY(!desk.program.account.account()->screenPops().isEmpty());
        auto call = test::offerOf(desk.server, 5, 70, "Mr Wu");
        call.session.session.mode = model::Mode::Phone;
        call.session.channelKind = model::ChannelKind::Phone;
        call.session.externalId = "+86 138";
        desk.server.offers[call.offer] = call;
        desk.server.event(call);
        QTRY_VERIFY_WITH_TIMEOUT(desk.title().startsWith(QStringLiteral("CRM")), kLong);
        auto* tabs = desk.shelf().findChild<widgets::Segmented*>();
        tabs->setFocus();
        QTest::keyClick(tabs, Qt::Key_Right);
        QTRY_VERIFY_WITH_TIMEOUT(desk.site.asked.contains(QStringLiteral("/orders?g=Sales&c=%2B86%20138")), kLong);
    }
    void whatIsTypedIsNotDisturbed() {
        PopDesk desk;
        desk.site.pages["/crm"] = "<title>CRM</title><body><input id=i autofocus><script>i.focus()</script>";
        desk.server.addSession(1, "Ms Li");
        QVERIFY(desk.open());
        desk.page().showSession(model::SessionId(1));
        desk.type(QStringLiteral("hel"));
        test::ring(desk.server, 5, 70, "Mr Wu");
        QTRY_VERIFY_WITH_TIMEOUT(!desk.site.asked.filter(QStringLiteral("s=70")).isEmpty(), kLong); // loads behind
        QTest::qWait(500);
        desk.type(QStringLiteral("lo"));
        QCOMPARE(desk.the<widgets::Composer>()->text(), QStringLiteral("hello"));
        QCOMPARE(desk.shelf().shown(), 1); // the pages of the session in front
    }
    void whoHangsUpTakesThemAlong() {
        PopDesk desk;
        QVERIFY(desk.open());
        QTRY_VERIFY(!desk.program.account.account()->screenPops().isEmpty());
        test::ring(desk.server, 5, 70, "Mr Wu");
        QTRY_VERIFY_WITH_TIMEOUT(desk.title().startsWith(QStringLiteral("CRM")), kLong);
        desk.server.offers.clear();
        desk.server.event(wire::OfferClosed{model::OfferId(5), model::OfferOutcome::CustomerLeft});
        QTRY_VERIFY(!desk.shelf().isVisible());
        QTRY_VERIFY(desk.shelf().findChildren<webview::PageView*>().isEmpty());
    }
    void withoutPopsThereIsNoTab() {
        test::Desk desk;
        desk.server.addSession(1, "Ms Li");
        QVERIFY(desk.open());
        desk.page().showSession(model::SessionId(1));
        QTest::qWait(50);
        QVERIFY(!desk.the<webview::PageShelf>()->isVisible());
        desk.server.admin.pops.pops = {{"Late", "http://127.0.0.1:9/x", true}};
        wire::ConfigChanged changed;
        changed.screenPops = true;
        desk.server.event(changed);
        QTRY_VERIFY(!desk.program.account.account()->screenPops().isEmpty());
        QTRY_COMPARE(desk.the<webview::PageShelf>()->shown(), 1);
    }
};

static const test::Add<ScreenPopsTest> addedScreenPopsTest;
#include "screen_pops_test.moc"
