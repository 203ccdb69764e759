#include "client/app/forgot_dialog.h"
#include "client/app/past_sessions.h"
#include "client/app/preferences_dialog.h"
#include "client/app/status_control.h"
#include "client/bridge/words.h"
#include "client/widgets/overlay/command_palette.h"
#include "client/widgets/overlay/shortcut_overlay.h"
#include "client/widgets/transcript/transcript_view.h"
#include "client/workbench/conversation.h"
#include "tests/client/app/desk.h"
#include "tests/client/support/outside.h"

#include <QtCore/QProcess>
#include <QtGui/QContextMenuEvent>
#include <QtWidgets/QListView>
#include <QtWidgets/QMenu>

using namespace cb;
using test::Desk;
using test::Outside;
using Step = state::AccountState::Step;

namespace {

widgets::TranscriptView* transcriptOf(const Desk& desk) {
    return desk.the<workbench::Conversation>()->findChild<widgets::TranscriptView*>();
}

} // namespace

/// The window around the workbench: steps of signing in, status, connection, language.
class AppTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void signInByKeys() {
        Desk desk;
        desk.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(desk.window.get()));
        const auto fields = desk.window->signInPage().findChildren<QLineEdit*>();
        const auto fieldOf = [&](const QString& name) {
            for (auto* field : fields)
                if (field->accessibleName() == name)
                    return field;
            return static_cast<QLineEdit*>(nullptr);
        };
        fieldOf(QStringLiteral("Address of the call centre"))->setText(desk.server.address());
        fieldOf(QStringLiteral("E-mail"))->setText(QStringLiteral("a@b.c"));
        auto* password = fieldOf(QStringLiteral("Password"));
        password->setFocus();
        desk.type(QStringLiteral("wrong"));
        desk.key(Qt::Key_Return);
        QTRY_VERIFY(desk.shows(QStringLiteral("bad_credentials")));
        QCOMPARE(desk.window->currentWidget(), &desk.window->signInPage());
        QTRY_COMPARE(QApplication::focusWidget(), password);
        desk.type(QStringLiteral("secret-1")); // the wrong one is selected and goes
        desk.key(Qt::Key_Return);
        QTRY_VERIFY(desk.window->frame());
    }
    void aForgottenPasswordAsksForALetter() {
        Desk desk;
        desk.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(desk.window.get()));
        auto& page = desk.window->signInPage();
        const QString link = QStringLiteral("Forgotten password?");
        QVERIFY(desk.button(link));
        QTest::mouseClick(desk.button(link), Qt::LeftButton); // which call centre's?
        QVERIFY(!desk.the<app::ForgotDialog>());
        QTRY_VERIFY(desk.shows(QStringLiteral("This is not a sign-in address.")));

        page.setAddress(desk.server.address());
        page.setEmail(QStringLiteral(" a@b.c "));
        QTest::mouseClick(desk.button(link), Qt::LeftButton);
        auto* dialog = desk.the<app::ForgotDialog>();
        QVERIFY(dialog);
        auto* email = dialog->findChild<QLineEdit*>();
        QCOMPARE(email->text(), QStringLiteral("a@b.c"));
        email->setText(QStringLiteral("nobody"));
        QTest::mouseClick(desk.button(QStringLiteral("Send the link")), Qt::LeftButton);
        QVERIFY(desk.shows(QStringLiteral("Enter your e-mail address.")));
        desk.server.forgetThrottled = true;
        email->setText(QStringLiteral("x@y.z"));
        QTest::mouseClick(desk.button(QStringLiteral("Send the link")), Qt::LeftButton);
        QTRY_VERIFY(desk.shows(QStringLiteral("Too many attempts.")));
        QVERIFY(desk.server.forgotten.empty());
        desk.server.forgetThrottled = false;
        QTest::keyClick(email, Qt::Key_Return);
        QTRY_VERIFY(desk.shows(QStringLiteral("If this address belongs to an account, a letter is on its way.")));
        QVERIFY(desk.shows(QStringLiteral("Where no mail server is set up")));
        QCOMPARE(desk.server.forgotten.size(), std::size_t(1));
        QCOMPARE(desk.server.forgotten[0].email, std::string("x@y.z"));
        QVERIFY(desk.server.forgotten[0].instance == model::InstanceId(model::kFirstInstance));
        QVERIFY(!email->isVisible());
        QTest::mouseClick(desk.button(QStringLiteral("Close")), Qt::LeftButton);
        QTRY_VERIFY(!desk.the<app::ForgotDialog>());
        QCOMPARE(desk.server.forgotten.size(), std::size_t(1));
        QCOMPARE(desk.window->currentWidget(), &page);
    }
    void firstPasswordAndTakeover() {
        Desk desk;
        desk.server.mustChangePassword = true;
        desk.server.otherDevice = "office-pc";
        desk.program.account.signIn(desk.server.address(), QStringLiteral("a@b.c"), QStringLiteral("secret-1"), false);
        QTRY_VERIFY(desk.the<app::PasswordPage>()->isVisible());
        const auto fields = desk.the<app::PasswordPage>()->findChildren<QLineEdit*>();
        QCOMPARE(fields.size(), 2);
        fields[0]->setText(QStringLiteral("fresh-secret"));
        fields[1]->setText(QStringLiteral("fresh-secreT"));
        QTest::keyClick(fields[1], Qt::Key_Return);
        QCOMPARE(desk.server.password, std::string("secret-1"));
        fields[1]->setText(QStringLiteral("fresh-secret"));
        QTest::keyClick(fields[1], Qt::Key_Return);
        QTRY_VERIFY(desk.the<app::TakeoverPage>()->isVisible());
        QVERIFY(desk.shows(QStringLiteral("office-pc")));
        QTest::mouseClick(desk.button(QStringLiteral("Take over here")), Qt::LeftButton);
        QTRY_VERIFY(desk.window->frame());
        QCOMPARE(desk.server.password, std::string("fresh-secret"));
    }
    void statusByKeys() {
        Desk desk;
        desk.server.addSession(7, "A");
        desk.server.presence.status = model::AgentStatus::Offline;
        QVERIFY(desk.open());
        auto* status = desk.the<app::StatusControl>();
        const auto enabled = [&] {
            QString flags;
            for (const auto* action : status->actions())
                flags += action->isEnabled() ? u'1' : u'0';
            return flags;
        };
        QCOMPARE(enabled(), QStringLiteral("1000"));
        desk.key(Qt::Key_1, Qt::ControlModifier);
        QTRY_COMPARE(enabled(), QStringLiteral("0110"));
        desk.key(Qt::Key_2, Qt::ControlModifier); // with a session open it waits
        QTRY_VERIFY(desk.program.workbench().presence().hasPending);
        QCOMPARE(enabled(), QStringLiteral("0011"));
        QVERIFY(status->accessibleName().contains(QStringLiteral("Break when the sessions end")));
        desk.key(Qt::Key_4, Qt::ControlModifier);
        QTRY_VERIFY(!desk.program.workbench().presence().hasPending);
        QVERIFY(!status->accessibleName().contains(QStringLiteral("Break")));
        desk.key(Qt::Key_3, Qt::ControlModifier);
        QTRY_VERIFY(desk.program.workbench().presence().hasPending);
        QVERIFY(status->accessibleName().contains(QStringLiteral("Offline when the sessions end")));
    }
    void theStripShowsTroubleAndGoes() {
        Desk desk;
        desk.server.addSession(7, "A");
        QVERIFY(desk.open());
        auto* strip = desk.the<widgets::Strip>();
        QVERIFY(!strip->isVisible());
        desk.server.mute = true;
        desk.server.drop();
        QTRY_VERIFY(strip->isVisible());
        auto* status = desk.the<app::StatusControl>();
        for (const auto* action : status->actions())
            QVERIFY(!action->isEnabled());
        QVERIFY(status->accessibleName().contains(QStringLiteral("Reconnecting")));
        QVERIFY(!status->accessibleName().contains(bridge::word(desk.server.presence.status)));
        desk.page().showSession(model::SessionId(7));
        desk.type(QStringLiteral("kept"));
        desk.key(Qt::Key_Return);
        desk.server.presence.status = model::AgentStatus::Break; // meanwhile
        desk.server.unmute();
        QTRY_VERIFY(!strip->isVisible());
        QTRY_COMPARE(desk.server.textsOf(7), std::vector<std::string>{"kept"});
        QVERIFY(status->accessibleName().contains(bridge::word(model::AgentStatus::Break)));
    }
    void theLanguageChangesAtOnce() {
        Desk desk;
        desk.server.addSession(7, "A");
        QVERIFY(desk.open());
        desk.page().showSession(model::SessionId(7));
        QVERIFY(desk.button(QStringLiteral("End session")));
        const auto texts = [&] {
            QStringList all;
            for (const auto* action : desk.page().commands() + desk.the<app::StatusControl>()->actions())
                all << action->text();
            for (const auto* label : desk.window->frame()->findChildren<QLabel*>())
                all << label->text();
            return all;
        };
        const auto english = texts();
        desk.preferences.setLanguage(QStringLiteral("zh_CN"));
        QTRY_VERIFY(texts() != english);
        desk.preferences.setLanguage(QStringLiteral("en"));
        QTRY_COMPARE(texts(), english);
    }
    void paletteShortcutsAndPreferences() {
        Desk desk;
        desk.server.addSession(7, "Ms Li");
        desk.server.addSession(8, "Mr Wu");
        QVERIFY(desk.open());
        desk.page().showSession(model::SessionId(7));
        desk.key(Qt::Key_K, Qt::ControlModifier);
        auto* palette = desk.the<widgets::CommandPalette>();
        QVERIFY(palette->isVisible());
        desk.type(QStringLiteral("wu"));
        desk.key(Qt::Key_Return);
        QTRY_COMPARE(desk.page().currentSession(), model::SessionId(8));
        QVERIFY(!palette->isVisible());
        desk.key(Qt::Key_F1);
        QVERIFY(desk.the<widgets::ShortcutOverlay>()->isVisible());
        desk.key(Qt::Key_Escape);
        QVERIFY(!desk.the<widgets::ShortcutOverlay>()->isVisible());
        desk.key(Qt::Key_K, Qt::ControlModifier);
        desk.type(QStringLiteral("prefer"));
        desk.key(Qt::Key_Return);
        QTRY_VERIFY(desk.the<app::PreferencesDialog>());
    }
    void closingWithSessionsAsks() {
        Desk desk;
        desk.server.addSession(7, "A");
        QVERIFY(desk.open());
        QVERIFY(!desk.window->close());
        QPointer<widgets::ConfirmDialog> ask = desk.the<widgets::ConfirmDialog>();
        QVERIFY(ask && ask->isVisible());
        ask->reject();
        QVERIFY(desk.window->isVisible());
        QTRY_VERIFY(!ask);
        QVERIFY(!desk.window->close());
        desk.the<widgets::ConfirmDialog>()->accept();
        QTRY_VERIFY(!desk.window->isVisible());
    }
    void signingOutClosesTheFrame() {
        Desk desk;
        QVERIFY(desk.open());
        Q_EMIT desk.the<app::StatusControl>()->signOutWanted();
        QTRY_VERIFY(!desk.window->frame());
        QCOMPARE(desk.window->currentWidget(), &desk.window->signInPage());
        QVERIFY(desk.open());
    }
    /// What was asked is answered while those who asked are there, also when the account closes first.
    void anAnswerNeverComesAfterTheFrame() {
        Desk desk;
        desk.server.addSession(7, "A");
        QVERIFY(desk.open());
        bool answered = false;
        bool frameThere = false;
        desk.program.commands().updateCustomer(model::CustomerId(7), QStringLiteral("B"), {},
                                               [&](const base::Result<void>&) {
                                                   answered = true;
                                                   frameThere = desk.window->frame() != nullptr;
                                               });
        desk.program.account.signOut();
        QVERIFY(answered);
        QVERIFY(frameThere);
        QVERIFY(!desk.window->frame());
    }
    void theFrameGoesWithAMenuOpen() {
        Desk desk;
        desk.server.addSession(7, "A");
        QVERIFY(desk.open());
        desk.page().showSession(model::SessionId(7));
        auto* transcript = transcriptOf(desk)->viewport();
        const QPoint at = transcript->rect().center();
        QContextMenuEvent ask(QContextMenuEvent::Mouse, at, transcript->mapToGlobal(at));
        QCoreApplication::sendEvent(transcript, &ask);
        QTRY_VERIFY(QApplication::activePopupWidget());
        desk.server.say(wire::encodeBye({"taken_over"}));
        desk.server.drop(4001);
        QTRY_VERIFY(!desk.window->frame());
        QCOMPARE(desk.window->currentWidget(), &desk.window->signInPage());
    }
    void aRefusedMessageIsSaidAndCanBeDiscarded() {
        Desk desk;
        desk.server.addSession(7, "A");
        desk.server.refusedText = "no";
        QVERIFY(desk.open());
        desk.page().showSession(model::SessionId(7));
        desk.type(QStringLiteral("no"));
        desk.key(Qt::Key_Return);
        QTRY_VERIFY(desk.shows(QStringLiteral("“no” was not sent.")));
        auto* transcript = transcriptOf(desk);
        QMenu menu;
        Q_EMIT transcript->menuAboutToShow(&menu, transcript->model()->index(0, 0));
        QCOMPARE(menu.actions().size(), 1);
        menu.actions().front()->trigger();
        QCOMPARE(transcript->model()->rowCount(), 0);
        QCOMPARE(desk.program.account.account()->outbox().size(), std::size_t(0));
    }
    void anAddressWithoutTlsIsWarnedOf() {
        Desk desk;
        const auto warns = [&desk](const char* address) {
            desk.window->signInPage().setAddress(QLatin1String(address));
            return desk.shows(QStringLiteral("Not encrypted"));
        };
        QVERIFY(warns("http://cc.example/online/1400000001"));
        QVERIFY(!warns("https://cc.example/online/1400000001"));
        QVERIFY(!warns("http://127.0.0.1:8080/online/1400000001"));
        QVERIFY(!warns("http://localhost/online/1400000001"));
    }
    void messagesDoNotMoveTheSignInPage() {
        Desk desk;
        auto& page = desk.window->signInPage();
        const auto fields = page.findChildren<QLineEdit*>();
        const auto places = [&] {
            std::vector<QPoint> all{desk.button(QStringLiteral("Sign in"))->mapToGlobal(QPoint())};
            for (const auto* field : fields)
                all.push_back(field->mapToGlobal(QPoint()));
            return all;
        };
        for (const QSize size : {QSize(1280, 800), QSize(1024, 640)}) {
            desk.window->resize(size);
            QCoreApplication::processEvents();
            const auto before = places();
            desk.program.account.signIn(desk.server.address(), QStringLiteral("a@b.c"), QStringLiteral("wrong"), false);
            QTRY_VERIFY(desk.shows(QStringLiteral("bad_credentials")));
            QCoreApplication::processEvents();
            QCOMPARE(places(), before);
            page.setAddress(QStringLiteral("http://cc.example/online/1400000001"));
            QCoreApplication::processEvents();
            QCOMPARE(places(), before);
            page.setAddress({});
        }
    }
    void anOutdatedProgramIsToldWhereTheNewOneIs() {
        Outside outside;
        Desk desk;
        desk.server.wantsNewer = true;
        desk.window->signInPage().setAddress(desk.server.address());
        desk.program.account.signIn(desk.server.address(), QStringLiteral("a@b.c"), QStringLiteral("secret-1"), false);
        QTRY_VERIFY(desk.shows(QStringLiteral("This program is too old for the server. Please update it.")));
        auto* get = desk.button(QStringLiteral("Get the current program"));
        QVERIFY(get->isVisible());
        get->click();
        QCOMPARE(outside.opened.size(), 1);
        QCOMPARE(outside.opened.first().path(), QStringLiteral("/download"));
        QCOMPARE(outside.opened.first().port(), int(desk.server.port()));
        desk.server.wantsNewer = false;
        desk.program.account.signIn(desk.server.address(), QStringLiteral("a@b.c"), QStringLiteral("wrong"), false);
        QTRY_VERIFY(desk.shows(QStringLiteral("bad_credentials")));
        QVERIFY(!get->isVisible());
    }
    void anAccountCanBeForgotten() {
        Desk desk;
        QVERIFY(desk.open());
        desk.program.account.signOut();
        auto& page = desk.window->signInPage();
        const QString forget = QStringLiteral("Forget this account…");
        page.setAddress(desk.server.address());
        page.setEmail(QStringLiteral("somebody@else"));
        QVERIFY(!desk.button(forget));
        page.setEmail(QStringLiteral("a@b.c"));
        QVERIFY(desk.button(forget));
        QTest::mouseClick(desk.button(forget), Qt::LeftButton);
        QPointer<widgets::ConfirmDialog> ask = desk.the<widgets::ConfirmDialog>();
        QVERIFY(ask);
        ask->reject();
        QTRY_VERIFY(!ask);
        QCOMPARE(desk.program.account.knownAddresses().size(), std::size_t(1));
        QTest::mouseClick(desk.button(forget), Qt::LeftButton);
        desk.the<widgets::ConfirmDialog>()->accept();
        QVERIFY(desk.program.account.knownAddresses().empty());
        QVERIFY(!desk.button(forget));
    }
    void aSecondStartBringsItsAddress() {
        Desk desk;
        const QString other = QStringLiteral("https://cc.example/online/1400000002");
        const auto typed = [&] {
            QStringList all;
            for (const auto* field : desk.window->signInPage().findChildren<QLineEdit*>())
                all << field->text();
            return all;
        };
        QVERIFY(desk.open());
        desk.window->showMinimized();
        desk.window->wanted({}, {});
        QVERIFY(!desk.window->isMinimized());
        desk.window->wanted(desk.server.address(), {});
        QVERIFY(!desk.shows(QStringLiteral("signed in already")));
        desk.window->wanted(other, QStringLiteral("b@b.c"));
        QTRY_VERIFY(desk.shows(QStringLiteral("signed in already")));
        QVERIFY(desk.window->frame());
        desk.program.account.signOut();
        QVERIFY(typed().contains(other));
        QVERIFY(typed().contains(QStringLiteral("b@b.c")));
    }
    /// The program itself, twice over one folder.
    void theProgramRunsOncePerFolder() {
        const QString path = qEnvironmentVariable("CLOUDBELL_PROGRAM");
        if (path.isEmpty())
            QSKIP("CLOUDBELL_PROGRAM names no program");
        const QTemporaryDir home;
        auto environment = QProcessEnvironment::systemEnvironment();
        for (const auto* name : {"HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME"})
            environment.insert(QLatin1String(name), home.path());
        environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("unix:path=/nowhere"));
        const auto start = [&](QProcess& process) {
            process.setProcessEnvironment(environment);
            process.start(path, {QStringLiteral("--folder"), home.filePath(QStringLiteral("data"))});
        };
        QProcess first;
        start(first);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(home.filePath(QStringLiteral("data/cloudbell.lock"))), 15000);
        // It answers once its window stands; on a machine with much to do that is later than a second start waits.
        const auto isTaken = [&] {
            QProcess second;
            start(second);
            return second.waitForFinished(30000) && second.exitCode() == 0;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isTaken(), 90000);
        QVERIFY(first.state() == QProcess::Running);
        first.kill();
        QVERIFY(first.waitForFinished());
    }
    void aKeyStoreThatRefusesIsSaid() {
        Desk desk;
        desk.machine.secrets.refuses = true;
        QVERIFY(desk.program.signIn(desk.server.address(), QStringLiteral("a@b.c"), QStringLiteral("secret-1"), true));
        QTRY_VERIFY(desk.shows(QStringLiteral("did not keep your sign-in")));
    }
    void pastConversationsAreFoundByName() {
        Desk desk;
        desk.server.addSession(7, "Ms Li");
        desk.server.addSession(8, "Mr Wu");
        QVERIFY(desk.open());
        desk.server.customerSays(7, "about last week");
        desk.page().showSession(model::SessionId(7));
        QTRY_COMPARE(transcriptOf(desk)->model()->rowCount(), 1);
        const auto search = [&desk](const char* name) {
            desk.key(Qt::Key_K, Qt::ControlModifier);
            desk.type(QLatin1String(name));
            const auto* list = desk.the<widgets::CommandPalette>()->findChild<QListView*>();
            QStringList found;
            for (int row = 0; row < list->model()->rowCount(); ++row)
                found << list->model()->index(row, 0).data(widgets::SubtitleRole).toString();
            return found.filter(QStringLiteral("past conversation")).size();
        };
        QCOMPARE(search("Ms Li"), 0); // she is here
        desk.key(Qt::Key_Escape);
        desk.server.sessions.erase(model::SessionId(7));
        desk.server.event(wire::SessionReturned{model::ReturnReason::Transferred}, 7);
        QTRY_COMPARE(desk.program.workbench().sessions()->rowCount(), 1);
        desk.page().showSession(model::SessionId(8));
        QCOMPARE(search("Ms Li"), 1);
        desk.key(Qt::Key_Return);
        auto* dialog = desk.the<app::PastDialog>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(dialog->windowTitle().startsWith(QStringLiteral("Ms Li · ")));
        auto* view = dialog->findChild<widgets::TranscriptView*>();
        QTRY_COMPARE(view->model()->rowCount(), 1);
        QCOMPARE(desk.page().currentSession(), model::SessionId(8));
    }
    void aLongSentenceIsReadToItsEnd() {
        Desk desk;
        QVERIFY(desk.open());
        auto* strip = desk.the<widgets::Strip>();
        const QString sentence = QString(QStringLiteral("Something that takes many words. ")).repeated(10).trimmed();
        desk.window->resize(1024, 640);
        strip->tell(widgets::Strip::Grade::Error, sentence, QStringLiteral("Try now"));
        auto* label = strip->findChild<QLabel*>();
        const auto wanted = [label] { return label->heightForWidth(label->width()); };
        QTRY_VERIFY(label->width() > 500 && label->height() >= wanted());
        QVERIFY(wanted() > 2 * label->fontMetrics().height());
        QCOMPARE(desk.window->size(), QSize(1024, 640));
    }
    void startedWithoutTheServer() {
        Desk desk;
        desk.server.addSession(7, "Ms Li");
        {
            test::Program before(desk.machine);
            QVERIFY(before.signIn(desk.server.address(), QStringLiteral("a@b.c"), QStringLiteral("secret-1"), true));
            desk.server.customerSays(7, "hello?");
            QTRY_COMPARE(before.texts(7).size(), std::size_t(1));
        }
        desk.server.goAway();
        desk.program.account.signInRemembered();
        QTRY_VERIFY(desk.window->frame());
        auto* strip = desk.the<widgets::Strip>();
        QTRY_VERIFY(strip->isVisible());
        QTRY_VERIFY(desk.shows(QStringLiteral("The server cannot be reached.")));
        desk.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(desk.window.get()));
        desk.page().showSession(model::SessionId(7));
        QCOMPARE(transcriptOf(desk)->model()->rowCount(), 1);
        desk.type(QStringLiteral("yes"));
        desk.key(Qt::Key_Return);
        QCOMPARE(transcriptOf(desk)->model()->rowCount(), 2);
        desk.type(QStringLiteral("a draft"));
        desk.server.comeBack();
        QTRY_VERIFY(!strip->isVisible());
        QTRY_COMPARE(desk.server.textsOf(7), (std::vector<std::string>{"hello?", "yes"}));
        QCOMPARE(desk.page().currentSession(), model::SessionId(7));
        QCOMPARE(desk.program.workbench().draft(model::SessionId(7)), QStringLiteral("a draft"));
    }
    void aNarrowWindowFoldsTheCustomerColumn() {
        Desk desk;
        QVERIFY(desk.open());
        auto* context = desk.page().findChild<QWidget*>(QStringLiteral("contextPanel"));
        QVERIFY(context && context->isVisible());
        desk.window->resize(1024, 640);
        QTRY_VERIFY(!context->isVisible());
        QCOMPARE(desk.window->size(), QSize(1024, 640)); // nothing needs more
        desk.key(Qt::Key_B, Qt::ControlModifier);
        QVERIFY(context->isVisible());
        QCoreApplication::processEvents();
        QCOMPARE(desk.window->size(), QSize(1024, 640));
        desk.key(Qt::Key_B, Qt::ControlModifier);
        desk.window->resize(1280, 800);
        QTRY_VERIFY(context->isVisible());
    }
};

static const test::Add<AppTest> addedAppTest;
#include "app_test.moc"
