#include "client/widgets/overlay/command_palette.h"
#include "client/widgets/overlay/dialog.h"
#include "client/widgets/overlay/emoji_picker.h"
#include "client/widgets/overlay/fuzzy.h"
#include "client/widgets/overlay/image_viewer.h"
#include "client/widgets/overlay/popup_list.h"
#include "client/widgets/overlay/shortcut_overlay.h"
#include "client/widgets/overlay/toast.h"
#include "tests/support/suite.h"

#include <QApplication>
#include <QLineEdit>
#include <QSettings>
#include <QSignalSpy>

using namespace cb::widgets;

class OverlayTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        // An offscreen window is active a few events after it was shown; shortcuts and the focus wait for that.
        m_window = std::make_unique<QWidget>();
        m_window->resize(900, 600);
        m_edit = new QLineEdit(m_window.get());
        m_edit->setGeometry(100, 500, 300, 32);
        m_window->show();
        m_window->activateWindow();
        m_edit->setFocus();
        QTRY_COMPARE(QApplication::activeWindow(), m_window.get());
    }
    void cleanup() { m_window.reset(); }

    void fuzzyOrder() {
        const auto score = [](const char* query, const char* text) {
            return fuzzyScore(QString::fromUtf8(query), QString::fromUtf8(text));
        };
        QCOMPARE(score("zz", "Records"), 0);
        QVERIFY(score("", "Records") > 0);
        QVERIFY(score("rec", "Records") > score("rec", "Go to Records"));
        QVERIFY(score("rec", "Go to Records") > score("rec", "Direct"));
        QVERIFY(score("gr", "Go to Records") > score("gr", "Anagram hints") - 1000);
        QVERIFY(score("records go", "Go to Records") > 0);
        QVERIFY(score("客服", "产品咨询客服1组") > 0);
        QVERIFY(score("ＡＢ", "abc") > 0);
        QVERIFY(score("a", "İa") > 0); // lower case of the first is two characters long
    }

    void paletteByKeyboard() {
        CommandPalette palette(m_window.get());
        QSignalSpy chosen(&palette, &CommandPalette::chosen);
        palette.open({{QStringLiteral("Go to Records"), {}, {}, {}, 1}, {QStringLiteral("Break"), {}, {}, {}, 2}},
                     QStringLiteral("Search"));
        QVERIFY(palette.isVisible());
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("bre"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(chosen.value(0).value(0).toInt(), 2);
        QVERIFY(!palette.isVisible());
        QVERIFY(m_edit->hasFocus());
        palette.open({{QStringLiteral("A"), {}, {}, {}, 1}, {QStringLiteral("B"), {}, {}, {}, 2}}, {});
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up); // wraps to the last
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(chosen.value(1).value(0).toInt(), 2);
        palette.open({{QStringLiteral("A"), {}, {}, {}, 1}}, {});
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(!palette.isVisible());
        QCOMPARE(chosen.count(), 2);
    }

    void popupListLeavesTheFocus() {
        PopupList list(m_edit);
        QSignalSpy chosen(&list, &PopupList::chosen);
        list.setRows({{QStringLiteral("one"), {}, {}, {}, 1}, {QStringLiteral("two"), {}, {}, {}, 2}});
        list.popup();
        QVERIFY(list.isVisible());
        QVERIFY(m_edit->hasFocus());
        QVERIFY(list.geometry().bottom() < m_edit->geometry().top() + list.shadowMargin());
        QVERIFY(!list.handleKey(QKeyEvent(QEvent::KeyPress, Qt::Key_A, {})));
        QVERIFY(list.handleKey(QKeyEvent(QEvent::KeyPress, Qt::Key_Down, {})));
        QVERIFY(list.handleKey(QKeyEvent(QEvent::KeyPress, Qt::Key_Tab, {})));
        QCOMPARE(chosen.value(0).value(0).toInt(), 2);
        QVERIFY(!list.isVisible());
        QVERIFY(!list.handleKey(QKeyEvent(QEvent::KeyPress, Qt::Key_Return, {})));
        list.popup();
        list.setRows({});
        QVERIFY(!list.isVisible());
    }

    void emojiTable() {
        const std::vector<Emoji> table = loadEmoji();
        QVERIFY(table.size() > 1000);
        const auto has = [&table](const char* query, const char* emoji) {
            for (const Emoji* found : findEmoji(table, QString::fromUtf8(query)))
                if (found->text.startsWith(QString::fromUtf8(emoji)))
                    return true;
            return false;
        };
        QVERIFY(has("thumbs up", "👍"));
        QVERIFY(has("大笑", "😄"));
        QVERIFY(!has("thumbs up", "😄"));
        QStringList recent;
        for (int i = 0; i < 40; ++i)
            recent = withRecent(recent, QString::number(i));
        QCOMPARE(recent.size(), 24);
        recent = withRecent(recent, QStringLiteral("30"));
        QCOMPARE(recent.size(), 24);
        QCOMPARE(recent.first(), QStringLiteral("30"));
    }

    void emojiByKeyboard() {
        EmojiPicker picker(m_edit);
        QSignalSpy chosen(&picker, &EmojiPicker::chosen);
        picker.popup();
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("thumbs"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ShiftModifier);
        QVERIFY(picker.isVisible());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(chosen.count(), 2);
        QVERIFY(chosen[0][0].toString() != chosen[1][0].toString());
        QVERIFY(!picker.isVisible());
        QVERIFY(m_edit->hasFocus());
        QCOMPARE(QSettings().value(QStringLiteral("emoji/recent")).toStringList().value(0), chosen[1][0].toString());
        picker.popup();
        for (int i = 0; i < 60; ++i) // through all sections and beyond the end
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        for (int i = 0; i < 70; ++i)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(chosen[2][0].toString(), chosen[1][0].toString()); // the first of “used last”
    }

    void confirmIsNoByDefault() {
        ConfirmDialog dialog(QStringLiteral("Delete?"), QStringLiteral("It is gone then."), QStringLiteral("Delete"),
                             m_window.get());
        QSignalSpy rejected(&dialog, &QDialog::rejected);
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        dialog.open();
        dialog.activateWindow();
        QTRY_COMPARE(QApplication::activeWindow(), &dialog);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(rejected.count(), 1);
        dialog.open();
        dialog.actionButton()->click();
        QCOMPARE(accepted.count(), 1);
    }

    void toastsAreBounded() {
        Toaster toaster(m_window.get());
        bool undone = false;
        for (int i = 0; i < 5; ++i)
            toaster.show(Strip::Grade::Info, QStringLiteral("Deleted %1").arg(i), QStringLiteral("Undo"),
                         [&undone] { undone = true; });
        QCOMPARE(toaster.count(), 3);
        const auto toasts = m_window->findChildren<Toast*>();
        QCOMPARE(toasts.size(), 3);
        QVERIFY(!toasts[0]
                     ->geometry()
                     .adjusted(12, 12, -12, -12)
                     .intersects(toasts[1]->geometry().adjusted(12, 12, -12, -12)));
        toasts.last()->findChild<Button*>()->click();
        QVERIFY(undone);
        QCOMPARE(toaster.count(), 2);
    }

    void shortcutsCloseOnAnyKey() {
        ShortcutOverlay overlay(m_window.get());
        overlay.open({{QStringLiteral("Sessions"), {{QStringLiteral("F2"), QStringLiteral("Answer")}}}},
                     QStringLiteral("Shortcuts"));
        QVERIFY(overlay.isVisible());
        QCOMPARE(overlay.geometry(), m_window->rect());
        QVERIFY(overlay.accessibleDescription().contains(QStringLiteral("Answer: F2")));
        QTest::keyClick(&overlay, Qt::Key_Shift);
        QVERIFY(overlay.isVisible());
        QTest::keyClick(&overlay, Qt::Key_F1);
        QVERIFY(!overlay.isVisible());
        QVERIFY(m_edit->hasFocus());
    }

    void viewerZoomsAboutThePointer() {
        QImage image(2000, 1000, QImage::Format_RGB32);
        image.fill(Qt::blue);
        ImageViewer viewer(image, QStringLiteral("a.png"), m_window.get());
        viewer.resize(600, 500);
        viewer.show();
        viewer.activateWindow();
        QTRY_COMPARE(QApplication::activeWindow(), &viewer);
        QVERIFY(viewer.zoom() < 0.5);
        QTest::keyClick(&viewer, Qt::Key_1);
        QCOMPARE(viewer.zoom(), 1.0);
        QTest::keyClick(&viewer, Qt::Key_Plus);
        QCOMPARE(viewer.zoom(), 1.25);
        viewer.setZoom(1000, {10, 300});
        QCOMPARE(viewer.zoom(), 16.0);
        QTest::keyClick(&viewer, Qt::Key_0);
        QVERIFY(viewer.zoom() < 0.5);
        QSignalSpy save(&viewer, &ImageViewer::saveRequested);
        QTest::keyClick(&viewer, Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE(save.count(), 1); // a button pressed by its shortcut is seen to go down first
    }

private:
    std::unique_ptr<QWidget> m_window;
    QLineEdit* m_edit = nullptr;
};

static const cb::test::Add<OverlayTest> addedOverlayTest;
#include "overlay_test.moc"
