#include "client/webview/engine_loader.h"
#include "client/webview/page_shelf.h"
#include "tests/client/support/outside.h"
#include "tests/client/webview/site.h"
#include "tests/support/net/certificate.h"
#include "tests/support/suite.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>
#include <QtNetwork/QSslKey>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>

using namespace cb;
using test::Outside;
using namespace cb::webview;

namespace {

QByteArray html(const QByteArray& inside) {
    return "<!doctype html><html><head>" + inside + "</head><body>x</body></html>";
}

/// A page whose thread does nothing but this, once it is loaded; it asks for /busy right before.
QByteArray busyAfterLoading(const QByteArray& work) {
    return "<script>addEventListener('load', () => setTimeout(() => { const last = new XMLHttpRequest();"
           "last.open('GET', '/busy', false); last.send(); " +
           work + " }, 100))</script>";
}

/// What the page did, told by its title.
struct Shown {
    explicit Shown(const QUrl& url)
        : view(webEngine(), folder.path(), url) {
        view.resize(360, 500);
        view.show();
    }
    QString title() const { return view.findChild<widgets::ElidedLabel*>()->text(); }
    bool says(const QString& text) const {
        const auto all = view.findChildren<QLabel*>();
        return std::any_of(all.begin(), all.end(), [&](const QLabel* label) {
            return label->isVisibleTo(&view) && label->text().contains(text);
        });
    }
    void press(const QString& text) const {
        for (auto* button : view.findChildren<widgets::Button*>())
            if (button->isVisible() && button->text() == text)
                return QTest::mouseClick(button, Qt::LeftButton);
        QFAIL(qPrintable(text));
    }
    void click(const QPoint& where) const {
        auto* inner = view.findChild<QStackedWidget*>()->currentWidget()->focusProxy();
        QVERIFY(inner != nullptr);
        QTest::mouseClick(inner, Qt::LeftButton, {}, where);
    }

    QTemporaryDir folder;
    PageView view;
};

/// Does something as soon as something is so: also while a page's question keeps the loop that the test waits in.
struct When {
    When(std::function<bool()> isSo, std::function<void()> act) {
        QObject::connect(&timer, &QTimer::timeout, &timer, [this, isSo = std::move(isSo), act = std::move(act)] {
            if (!isSo())
                return;
            timer.stop();
            act();
        });
        timer.start(20);
    }
    QTimer timer;
};

constexpr int kLong = 20'000; ///< a page of the engine, on a busy machine

} // namespace

/// One page of somebody else's, in the real engine.
class PageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY2(webEngine() != nullptr, qPrintable(engineTrouble())); }
    void aPageIsShownWithItsTitle() {
        test::Site site;
        site.pages["/a"] = html("<title>Customer 7</title>");
        const Shown shown(site.url("/a?name=%E6%9D%8E"));
        QTRY_COMPARE_WITH_TIMEOUT(shown.title(), QStringLiteral("Customer 7 – 127.0.0.1"), kLong);
        QCOMPARE(site.asked.value(0), QStringLiteral("/a?name=%E6%9D%8E"));
        QVERIFY(!shown.view.trouble());
    }
    void nothingOfTheProgramIsInReach() {
        test::Site site;
        site.pages["/a"] =
            html("<script>document.title = [typeof qt, typeof require, typeof external.AddSearchProvider,"
                 "location.protocol].join(' ');"
                 "fetch('file:///etc/passwd').then(() => document.title = 'read')"
                 ".catch(() => document.title += ' refused')</script>");
        const Shown shown(site.url("/a"));
        QTRY_VERIFY_WITH_TIMEOUT(shown.title().startsWith(QStringLiteral("undefined undefined")), kLong);
        QTRY_VERIFY_WITH_TIMEOUT(shown.title().contains(QStringLiteral("refused")), kLong);
    }
    void otherSchemesAreRefused() {
        test::Site site;
        site.pages["/a"] = html("<title>a</title><script>location = 'file:///etc/passwd'</script>");
        const Shown shown(site.url("/a"));
        QTRY_VERIFY_WITH_TIMEOUT(shown.title().startsWith(u'a'), kLong);
        QTest::qWait(500);
        QVERIFY(shown.title().contains(QStringLiteral("127.0.0.1")));
    }
    void windowsOpenOutsideWhenTheUserClicks() {
        Outside outside;
        test::Site site;
        site.pages["/a"] =
            "<!doctype html><title>t</title><body style='margin:0'><a style='display:block;height:500px' "
            "target=_blank href='/other'>x</a><script>window.open('/by-itself')</script>";
        const Shown shown(site.url("/a"));
        QTRY_VERIFY_WITH_TIMEOUT(shown.says(QStringLiteral("wanted to open a window")), kLong);
        QVERIFY(outside.opened.isEmpty());
        shown.click({100, 200});
        QTRY_COMPARE_WITH_TIMEOUT(outside.opened, QList<QUrl>{site.url("/other")}, kLong);
    }
    void aCertificateNobodyTrusts() {
        const QTemporaryDir keys;
        const auto cert = keys.filePath("c.pem").toStdString();
        const auto key = keys.filePath("k.pem").toStdString();
        QVERIFY(test::makeCertificate("127.0.0.1", cert, key));
        QSslConfiguration tls;
        QFile certFile(QString::fromStdString(cert));
        QFile keyFile(QString::fromStdString(key));
        QVERIFY(certFile.open(QIODevice::ReadOnly) && keyFile.open(QIODevice::ReadOnly));
        const QByteArray pem = keyFile.readAll();
        QSslKey secret(pem, QSsl::Rsa);
        if (secret.isNull())
            secret = QSslKey(pem, QSsl::Ec);
        tls.setLocalCertificate(QSslCertificate(certFile.readAll()));
        tls.setPrivateKey(secret);
        test::Site site(&tls);
        site.pages["/a"] = html("<title>secret</title>");
        const Shown shown(site.url("/a"));
        QTRY_VERIFY_WITH_TIMEOUT(shown.says(QStringLiteral("its certificate is not trusted")), kLong);
        QVERIFY(shown.view.trouble() == Trouble::Certificate);
        QVERIFY(site.asked.isEmpty()); // nothing was said to it
    }
    void nobodyThereAndThereAgain() {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        const QUrl nowhere(QStringLiteral("http://127.0.0.1:%1/").arg(silent.serverPort()));
        silent.close();
        const Shown shown(nowhere);
        QTRY_VERIFY_WITH_TIMEOUT(shown.says(QStringLiteral("cannot be reached")), kLong);
        shown.press(QStringLiteral("Load again"));
        QTRY_VERIFY_WITH_TIMEOUT(!shown.says(QStringLiteral("cannot be reached")), kLong);
        QTRY_VERIFY_WITH_TIMEOUT(shown.says(QStringLiteral("cannot be reached")), kLong);
    }
    void aQuestionWaitsAndTheProgramGoesOn() {
        test::Site site;
        site.pages["/a"] = html("<script>setTimeout(() => { const said = prompt('How many?', '3');"
                                "document.title = confirm('Sure?') ? 'yes ' + said : 'no' }, 1)</script>");
        const Shown shown(site.url("/a"));
        QLineEdit composer; // somewhere else in the program
        composer.show();
        const When first([&] { return shown.says(QStringLiteral("How many?")); },
                         [&] {
                             QTest::keyClicks(&composer, QStringLiteral("hello"));
                             for (auto* line : shown.view.findChildren<QLineEdit*>())
                                 if (line->isVisible())
                                     line->setText(QStringLiteral("4"));
                             shown.press(QStringLiteral("OK"));
                         });
        const When second([&] { return shown.says(QStringLiteral("Sure?")); },
                          [&] { shown.press(QStringLiteral("OK")); });
        QTRY_VERIFY_WITH_TIMEOUT(shown.title().startsWith(QStringLiteral("yes 4")), kLong);
        QCOMPARE(composer.text(), QStringLiteral("hello"));
    }
    void closedWhileItAsks() {
        test::Site site;
        site.pages["/a"] = html("<script>setTimeout(() => confirm('Really?'), 1)</script>");
        auto shown = std::make_unique<Shown>(site.url("/a"));
        const When asked([&] { return shown->says(QStringLiteral("Really?")); }, [&] { shown.reset(); });
        QTRY_VERIFY_WITH_TIMEOUT(!shown, kLong);
        QTest::qWait(300); // its stack is unwound
    }
    void anAlertDoesNotStopIt() {
        test::Site site;
        site.pages["/a"] = html("<script>alert('Overdue!'); document.title = 'went on'</script>");
        const Shown shown(site.url("/a"));
        QTRY_VERIFY_WITH_TIMEOUT(shown.title().startsWith(QStringLiteral("went on")), kLong);
        QVERIFY(shown.says(QStringLiteral("127.0.0.1 says: Overdue!")));
    }
    void aPageThatHangsIsToldAndLoadedAgain() {
        test::Site site;
        site.pages["/a"] = html("<title>fine</title>");
        Shown shown(site.url("/a"));
        QTRY_VERIFY_WITH_TIMEOUT(shown.title().startsWith(QStringLiteral("fine")), kLong);
        site.pages["/a"] = html("<title>hangs</title>" + busyAfterLoading("for (;;);"));
        auto* again = shown.view.findChildren<widgets::IconButton*>().at(2);
        QTRY_COMPARE_WITH_TIMEOUT(again->accessibleName(), QStringLiteral("Load again"), kLong); // no longer "Stop"
        again->click();
        QTRY_VERIFY_WITH_TIMEOUT(shown.title().startsWith(QStringLiteral("hangs")), kLong);
        QTRY_VERIFY_WITH_TIMEOUT(site.asked.contains(QStringLiteral("/busy")), kLong);
        QTRY_COMPARE_WITH_TIMEOUT(again->accessibleName(), QStringLiteral("Load again"), kLong);
        QElapsedTimer time;
        time.start();
        shown.view.hide();
        shown.view.show(); // somebody looks at it: it is asked for a sign of life
        QVERIFY2(time.elapsed() < 500, "the program waited for the page");
        QTRY_VERIFY_WITH_TIMEOUT(shown.says(QStringLiteral("does not respond")), kLong);
        site.pages["/a"] = html("<title>fine again</title>");
        shown.press(QStringLiteral("Load again"));
        QTRY_VERIFY_WITH_TIMEOUT(shown.title().startsWith(QStringLiteral("fine again")), kLong);
    }
    void aPageThatWasOnlyBusyIsShownAgain() {
        test::Site site;
        site.pages["/a"] =
            html("<title>busy</title>" + busyAfterLoading("const end = Date.now() + 7000; while (Date.now() < end);"));
        Shown shown(site.url("/a"));
        QTRY_VERIFY_WITH_TIMEOUT(shown.title().startsWith(QStringLiteral("busy")), kLong);
        QTRY_VERIFY_WITH_TIMEOUT(site.asked.contains(QStringLiteral("/busy")), kLong);
        const auto* again = shown.view.findChildren<widgets::IconButton*>().at(2);
        QTRY_COMPARE_WITH_TIMEOUT(again->accessibleName(), QStringLiteral("Load again"), kLong);
        shown.view.hide();
        shown.view.show();
        QTRY_VERIFY_WITH_TIMEOUT(shown.says(QStringLiteral("does not respond")), kLong);
        QTRY_VERIFY_WITH_TIMEOUT(!shown.says(QStringLiteral("does not respond")), kLong); // by itself
        QCOMPARE(site.asked.filter(QStringLiteral("/a")).size(), 1);                      // and not loaded again
    }
    void nobodyIsAskedUnseen() {
        test::Site site;
        site.pages["/a"] = "HTTP/1.1 401 Unauthorized\nContent-Type: text/html\n"
                           "WWW-Authenticate: Basic realm=\"Customer records\"\n\n<title>strangers</title>";
        const QTemporaryDir folder;
        PageView view(webEngine(), folder.path(), site.url("/a"));
        view.resize(360, 500);
        view.load();
        QTRY_VERIFY_WITH_TIMEOUT(
            view.findChild<widgets::ElidedLabel*>()->text().startsWith(QStringLiteral("strangers")), kLong);
        auto* prompt = view.findChild<PagePrompt*>();
        QVERIFY(!prompt->isVisibleTo(&view));
        bool asked = false;
        const When seen([&] { return prompt->isVisible(); },
                        [&] {
                            asked = true;
                            view.hide(); // another session
                        });
        view.show();
        QTRY_VERIFY_WITH_TIMEOUT(asked, kLong);
        QTRY_VERIFY_WITH_TIMEOUT(!prompt->isVisibleTo(&view), kLong);
    }
    void aFileFieldOpensNoDialog() {
        test::Site site;
        site.pages["/a"] =
            "<!doctype html><title>t</title><body style='margin:0'><label style='display:block;height:500px'>"
            "<input type=file>x</label>";
        const Shown shown(site.url("/a"));
        QTRY_VERIFY_WITH_TIMEOUT(shown.title().startsWith(u't'), kLong);
        const auto isRefused = [&] {
            shown.click({100, 300}); // goes nowhere before the page is painted
            return QTest::qWaitFor([&] { return shown.says(QStringLiteral("cannot take files")); }, 500);
        };
        QTRY_VERIFY_WITH_TIMEOUT(isRefused(), kLong);
        QVERIFY(QApplication::activeModalWidget() == nullptr);
    }
    void aDownloadGoesToTheFolderUnderAFreeName() {
        Outside outside;
        const QDir downloads(QStandardPaths::writableLocation(QStandardPaths::DownloadLocation));
        QVERIFY(downloads.mkpath(QStringLiteral(".")));
        test::Site site;
        site.pages["/a"] = html("<title>t</title><meta http-equiv=refresh content='0;url=/file'>");
        site.pages["/file"] = "HTTP/1.1 200 OK\nContent-Type: application/zip\n"
                              "Content-Disposition: attachment; filename=\"../../bill.zip\"\n\nPK bytes";
        for (const auto* name : {"bill.zip", "bill (1).zip"}) {
            const Shown shown(site.url("/a"));
            QTRY_VERIFY_WITH_TIMEOUT(shown.says(QStringLiteral("is saved.")), kLong);
            const auto files = downloads.entryList(QDir::Files);
            QVERIFY2(std::any_of(files.begin(), files.end(),
                                 [&](const QString& file) { return file.endsWith(QLatin1String(name)); }),
                     qPrintable(files.join(u' ')));
            shown.press(QStringLiteral("Show folder"));
            QCOMPARE(outside.opened.takeLast(), QUrl::fromLocalFile(downloads.path()));
        }
    }
    void signInsLast() {
        test::Site site;
        site.pages["/a"] = "HTTP/1.1 200 OK\nContent-Type: text/html\nSet-Cookie: who=ann; Max-Age=9999\n\n" +
                           html("<script>document.title = 'c:' + document.cookie</script>");
        const QTemporaryDir folder;
        PageShelf shelf(folder.path());
        shelf.resize(300, 300);
        shelf.show();
        shelf.add(1, {{QStringLiteral("CRM"), site.url("/a")}});
        shelf.showKey(1);
        const auto title = [&] { return shelf.current()->findChild<widgets::ElidedLabel*>()->text(); };
        QTRY_VERIFY_WITH_TIMEOUT(title().contains(QStringLiteral("who=ann")), kLong);
        site.pages["/a"] = html("<script>document.title = 'c:' + document.cookie</script>");
        shelf.add(2, {{QStringLiteral("CRM"), site.url("/a")}});
        shelf.keep({2});
        shelf.showKey(2);
        QTRY_VERIFY_WITH_TIMEOUT(title().contains(QStringLiteral("who=ann")), kLong);
    }
    void manyPagesGiveTheirMemoryBack() {
        test::Site site;
        site.pages["/a"] = html("<script>document.title = 't' + Math.random()</script>");
        const QTemporaryDir folder;
        PageShelf shelf(folder.path());
        shelf.resize(300, 300);
        shelf.show();
        constexpr int kMany = PageShelf::kLive + 3;
        const auto title = [&] {
            const QString text = shelf.current()->findChild<widgets::ElidedLabel*>()->text();
            return text.startsWith(u't') ? text : QString();
        };
        QMap<int, QString> titles;
        for (int key = 1; key <= kMany; ++key) {
            shelf.add(key, {{QStringLiteral("CRM"), site.url(QStringLiteral("/a?%1").arg(key))}});
            shelf.showKey(key);
            QTRY_VERIFY_WITH_TIMEOUT(!title().isEmpty(), kLong);
            titles[key] = title();
        }
        shelf.showKey(kMany - 1); // still what it was
        QTest::qWait(500);
        QCOMPARE(title(), titles[kMany - 1]);
        shelf.showKey(1); // was discarded
        QTRY_VERIFY_WITH_TIMEOUT(!title().isEmpty() && title() != titles[1], kLong);
    }
    void withoutTheEngineTheBrowserIsUsed() {
        Outside outside;
        const QTemporaryDir folder;
        PageView view(nullptr, folder.path(), QUrl(QStringLiteral("https://crm.example/7")));
        view.resize(360, 400);
        view.show();
        for (auto* button : view.findChildren<widgets::Button*>())
            if (button->text() == QLatin1String("Open in the browser"))
                QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(outside.opened, QList<QUrl>{QUrl(QStringLiteral("https://crm.example/7"))});
    }
};

static const test::Add<PageTest> addedPageTest;
#include "page_test.moc"
