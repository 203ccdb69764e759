#include "client/widgets/controls/button.h"
#include "client/widgets/controls/countdown.h"
#include "client/widgets/controls/field.h"
#include "client/widgets/controls/format.h"
#include "client/widgets/controls/panels.h"
#include "client/widgets/controls/rail.h"
#include "client/widgets/controls/segmented.h"
#include "client/widgets/controls/splitter.h"
#include "client/widgets/controls/status.h"
#include "tests/support/suite.h"

#include <QApplication>
#include <QMenu>
#include <QSignalSpy>
#include <QTranslator>

using namespace cb::widgets;

namespace {

/// Says every text in capitals: shows that a widget asks again when the language changes.
class LoudTranslator : public QTranslator {
public:
    QString translate(const char*, const char* text, const char*, int) const override {
        return QString::fromUtf8(text).toUpper();
    }
    bool isEmpty() const override { return false; }
};

} // namespace

class ControlsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void elapsedTimes() {
        QCOMPARE(formatElapsed(-5), QStringLiteral("0:00"));
        QCOMPARE(formatElapsed(7), QStringLiteral("0:07"));
        QCOMPARE(formatElapsed(3599), QStringLiteral("59:59"));
        QCOMPARE(formatElapsed(3852), QStringLiteral("1:04:12"));
        QCOMPARE(formatCount(99), QStringLiteral("99"));
        QCOMPARE(formatCount(100), QStringLiteral("99+"));
    }
    void initials() {
        QCOMPARE(initialsOf(QStringLiteral("李女士")), QStringLiteral("李"));
        QCOMPARE(initialsOf(QStringLiteral("anna maria rossi")), QStringLiteral("AR"));
        QCOMPARE(initialsOf(QStringLiteral("  bob ")), QStringLiteral("B"));
        QCOMPARE(initialsOf(QString()), QStringLiteral("?"));
        QCOMPARE(initialsOf(QStringLiteral("👍 ok")).size(), 3); // a whole character, not half of one
    }

    void busyButtonIgnoresClicks() {
        Button button(QStringLiteral("Save"), Button::Kind::Primary);
        button.resize(button.sizeHint());
        QSignalSpy clicked(&button, &QAbstractButton::clicked);
        const QSize size = button.sizeHint();
        button.setBusy(true);
        QCOMPARE(button.sizeHint(), size);
        QTest::mouseClick(&button, Qt::LeftButton);
        QTest::keyClick(&button, Qt::Key_Space);
        QTest::keyClick(&button, Qt::Key_Return);
        QCOMPARE(clicked.count(), 0);
        button.setBusy(false);
        QTest::keyClick(&button, Qt::Key_Return);
        QTest::mouseClick(&button, Qt::LeftButton);
        QCOMPARE(clicked.count(), 2);
    }
    void noTextIsClipped() {
        for (const QString& text :
             {QStringLiteral("Complete"), QStringLiteral("完成会话"), QStringLiteral("Go offline now")}) {
            Button button(text, Glyph::Check, Button::Kind::Primary);
            const int needed = button.fontMetrics().horizontalAdvance(text) + lookOf(&button).iconSize();
            QVERIFY(button.sizeHint().width() > needed);
            QVERIFY(button.sizeHint().height() >= button.fontMetrics().height());
        }
    }
    void iconButtonNamesItself() {
        IconButton button(Glyph::Search, QStringLiteral("Search"));
        button.setKeys(QKeySequence(Qt::CTRL | Qt::Key_F));
        QCOMPARE(button.accessibleName(), QStringLiteral("Search"));
        QVERIFY(button.toolTip().contains(QStringLiteral("Ctrl+F")));
    }

    void fieldKeepsItsHeight() {
        TextField field(QStringLiteral("E-mail"));
        field.show();
        const int height = field.sizeHint().height();
        field.setError(QStringLiteral("Not an address."));
        QCOMPARE(field.sizeHint().height(), height);
        QCOMPARE(field.edit()->accessibleName(), QStringLiteral("E-mail"));
        QCOMPARE(field.edit()->accessibleDescription(), QStringLiteral("Not an address."));
        QTest::keyClick(field.edit(), Qt::Key_A);
        QVERIFY(field.error().isEmpty());
    }
    void passwordCanBeShown() {
        PasswordField field(QStringLiteral("Password"));
        QCOMPARE(field.edit()->echoMode(), QLineEdit::Password);
        auto* eye = field.findChild<IconButton*>();
        QVERIFY(eye != nullptr);
        QCOMPARE(eye->accessibleName(), QStringLiteral("Show password"));
        eye->click();
        QCOMPARE(field.edit()->echoMode(), QLineEdit::Normal);
    }
    void languageChangesLivingWidgets() {
        PasswordField field(QStringLiteral("Password"));
        auto* eye = field.findChild<IconButton*>();
        LoudTranslator loud;
        QCoreApplication::installTranslator(&loud);
        QCoreApplication::sendPostedEvents();
        QEvent change(QEvent::LanguageChange); // windows get it from the application; this one is not shown
        QCoreApplication::sendEvent(&field, &change);
        QCOMPARE(eye->accessibleName(), QStringLiteral("SHOW PASSWORD"));
        QCoreApplication::removeTranslator(&loud);
    }

    void segmentsByKeyboard() {
        Segmented tabs;
        for (const char* text : {"a", "b", "c"})
            tabs.addSegment(QString::fromLatin1(text));
        tabs.setSegmentShown(1, false);
        QSignalSpy changed(&tabs, &Segmented::currentChanged);
        QTest::keyClick(&tabs, Qt::Key_Right);
        QCOMPARE(tabs.current(), 2);
        QTest::keyClick(&tabs, Qt::Key_Home);
        QCOMPARE(tabs.current(), 0);
        QCOMPARE(changed.count(), 2);
        tabs.setSegmentShown(0, false);
        QCOMPARE(tabs.current(), 2);
    }

    void railChoosesPages() {
        NavigationRail rail;
        rail.addPage(QStringLiteral("work"), Glyph::Headset, QStringLiteral("Work"));
        rail.addPage(QStringLiteral("records"), Glyph::History, QStringLiteral("Records"));
        rail.addAction(QStringLiteral("settings"), Glyph::Settings, QStringLiteral("Settings"));
        QSignalSpy pages(&rail, &NavigationRail::pageChosen);
        QSignalSpy actions(&rail, &NavigationRail::actionTriggered);
        const auto buttons = rail.findChildren<QAbstractButton*>();
        QCOMPARE(buttons.size(), 3);
        buttons[1]->click();
        QCOMPARE(pages.value(0).value(0).toString(), QStringLiteral("records"));
        QCOMPARE(rail.current(), QStringLiteral("records"));
        buttons[2]->click();
        QCOMPARE(actions.count(), 1);
        QCOMPARE(rail.current(), QStringLiteral("records"));
        QCOMPARE(buttons[2]->accessibleName(), QStringLiteral("Settings"));
    }

    void pillGrowsWithWhatItSays() {
        StatusPill pill;
        pill.setStatus(StatusTone::Idle, QStringLiteral("Idle"), QDateTime::currentDateTimeUtc());
        const int width = pill.sizeHint().width();
        pill.setPending(QStringLiteral("Break when the sessions end"));
        QVERIFY(pill.sizeHint().width() > width + 50);
        QVERIFY(pill.accessibleName().contains(QStringLiteral("Break when")));
        QMenu menu;
        menu.addAction(QStringLiteral("Break"));
        pill.setMenu(&menu);
        pill.show();
        QTest::keyClick(&pill, Qt::Key_Down);
        QVERIFY(menu.isVisible());
        menu.close();
    }

    void countdownEndsOnce() {
        Countdown ring(Countdown::Shape::Ring);
        QSignalSpy finished(&ring, &Countdown::finished);
        ring.start(1000, 40);
        ring.show();
        QVERIFY(finished.wait(5000));
        QCOMPARE(finished.count(), 1);
        QCOMPARE(ring.left(), 0);
        // Hidden too: what hangs on it must not wait until the window is shown again.
        Countdown hidden(Countdown::Shape::Bar);
        QSignalSpy hiddenFinished(&hidden, &Countdown::finished);
        hidden.start(1000, 30);
        QVERIFY(hiddenFinished.wait(5000));
    }

    void splitterRemembers() {
        const auto make = [] {
            auto splitter = std::make_unique<Splitter>(QStringLiteral("test"), Qt::Horizontal);
            splitter->addWidget(new QWidget);
            splitter->addWidget(new QWidget);
            splitter->resize(405, 100);
            splitter->restore({100, 300});
            splitter->show();
            return splitter;
        };
        auto first = make();
        const QList<int> before = first->sizes();
        QSplitterHandle* handle = first->handle(1);
        QTest::mousePress(handle, Qt::LeftButton, {}, QPoint(1, 10));
        QTest::mouseMove(handle, QPoint(81, 10));
        QTest::mouseRelease(handle, Qt::LeftButton, {}, QPoint(81, 10));
        const QList<int> moved = first->sizes();
        QVERIFY(moved != before);
        first.reset();
        QCOMPARE(make()->sizes(), moved);
    }

    void splitterRemembersWhatIsHidden() {
        const auto make = [] {
            auto splitter = std::make_unique<Splitter>(QStringLiteral("hidden"), Qt::Horizontal);
            for (int i = 0; i < 3; ++i)
                splitter->addWidget(new QWidget);
            splitter->resize(610, 100);
            splitter->setStretchFactor(1, 1);
            splitter->restore({100, 300, 200});
            splitter->show();
            return splitter;
        };
        auto first = make();
        const int before = first->sizes()[0];
        first->widget(0)->hide();
        QCoreApplication::processEvents();
        QSplitterHandle* handle = first->handle(2);
        QTest::mousePress(handle, Qt::LeftButton, {}, QPoint(1, 10));
        QTest::mouseMove(handle, QPoint(-79, 10));
        QTest::mouseRelease(handle, Qt::LeftButton, {}, QPoint(-79, 10));
        const int moved = first->sizes()[2];
        QVERIFY(moved > 250);
        first.reset();
        const auto again = make();
        QCOMPARE(again->sizes()[0], before);
        QCOMPARE(again->sizes()[2], moved);
    }

    void stripTakesNoRoomWhileHidden() {
        QWidget window;
        auto* column = new QVBoxLayout(&window);
        auto* strip = new Strip;
        column->addWidget(strip);
        QVERIFY(strip->isHidden());
        strip->tell(Strip::Grade::Warning, QStringLiteral("Lost."), QStringLiteral("Try now"));
        QVERIFY(!strip->isHidden());
        QSignalSpy triggered(strip, &Strip::actionTriggered);
        strip->findChild<Button*>()->click();
        QCOMPARE(triggered.count(), 1);
    }
};

static const cb::test::Add<ControlsTest> addedControlsTest;
#include "controls_test.moc"
