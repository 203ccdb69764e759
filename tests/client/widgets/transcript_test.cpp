#include "client/widgets/transcript/height_index.h"
#include "client/widgets/transcript/jump_button.h"
#include "client/widgets/transcript/links.h"
#include "client/widgets/transcript/transcript_view.h"
#include "tests/client/widgets/gallery/samples.h"
#include "tests/support/suite.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QSignalSpy>

#include <numeric>
#include <random>

using namespace cb::widgets;
using namespace cb::gallery;

namespace {

const QDateTime kEnd(QDate(2026, 3, 14), QTime(18, 0), Qt::UTC);

struct Shown {
    SampleModel model;
    TranscriptView view;

    explicit Shown(int count) {
        if (count > 0)
            model.append(longConversation(count, kEnd));
        view.resize(600, 500);
        view.setModel(&model);
        view.show();
        view.activateWindow();
    }
    /// The row at the middle of the screen and where it stands.
    std::pair<QString, int> middle() {
        const QModelIndex index = view.indexAt({300, 200});
        return {index.data(TextRole).toString(), view.visualRect(index).top()};
    }
};

} // namespace

class TranscriptTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void heightsAgainstPlainSums() {
        std::mt19937 random(7);
        const auto draw = [&random](int below) { return int(random() % unsigned(below)); };
        HeightIndex index;
        std::vector<int> plain;
        const int rounds = cb::test::isFull() ? 20000 : 2000;
        for (int i = 0; i < rounds; ++i) {
            const int what = draw(10);
            if (what < 5 || plain.empty()) {
                index.append(1 + i % 40);
                plain.push_back(1 + i % 40);
            } else if (what < 7) {
                const int at = draw(int(plain.size()) + 1);
                index.insert(at, {5, 6, 7});
                plain.insert(plain.begin() + at, {5, 6, 7});
            } else if (what < 9) {
                const int at = draw(int(plain.size()));
                index.set(at, i % 90);
                plain[std::size_t(at)] = i % 90;
            } else {
                const int at = draw(int(plain.size()));
                index.remove(at, 1);
                plain.erase(plain.begin() + at);
            }
            const int row = draw(int(plain.size()) + 1);
            QCOMPARE(index.count(), int(plain.size()));
            QCOMPARE(index.top(row), std::accumulate(plain.begin(), plain.begin() + row, qint64(0)));
            if (plain.empty())
                continue;
            const int y = draw(int(index.total()) + 1);
            const int found = index.rowAt(y);
            QVERIFY(index.top(found) <= y);
            QVERIFY(found == index.count() - 1 || index.top(found + 1) > y);
        }
    }

    void links_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("urls");
        QTest::newRow("none") << QStringLiteral("3.14 is not a link, e.g. nothing") << QStringList();
        QTest::newRow("plain") << QStringLiteral("see https://a.example/b?c=1#d.")
                               << QStringList{QStringLiteral("https://a.example/b?c=1#d")};
        QTest::newRow("www") << QStringLiteral("(www.example.com)")
                             << QStringList{QStringLiteral("https://www.example.com")};
        QTest::newRow("brackets") << QStringLiteral("https://w.example/A_(b)")
                                  << QStringList{QStringLiteral("https://w.example/A_(b)")};
        QTest::newRow("chinese") << QStringLiteral("请看https://a.example/商品，谢谢")
                                 << QStringList{QStringLiteral("https://a.example/")};
        QTest::newRow("full width") << QStringLiteral("（https://a.example/x）。")
                                    << QStringList{QStringLiteral("https://a.example/x")};
        QTest::newRow("mail") << QStringLiteral("to li@example.com, please")
                              << QStringList{QStringLiteral("mailto:li@example.com")};
        QTest::newRow("programs") << QStringLiteral("file:///etc/passwd smb://evil.example/x ms-msdt://evil.example/x")
                                  << QStringList();
        QTest::newRow("two") << QStringLiteral("http://a.example http://b.example")
                             << QStringList{QStringLiteral("http://a.example"), QStringLiteral("http://b.example")};
    }
    void links() {
        QFETCH(QString, text);
        QFETCH(QStringList, urls);
        QStringList found;
        for (const Link& link : findLinks(text)) {
            found << link.url.toString();
            QVERIFY(link.from >= 0 && link.from + link.length <= text.size());
        }
        QCOMPARE(found, urls);
    }
    void onlyPlainWebLinksOpenAtOnce() {
        QVERIFY(isPlainWebLink(QUrl(QStringLiteral("https://a.example"))));
        QVERIFY(!isPlainWebLink(QUrl(QStringLiteral("https://bank.example@evil.example"))));
        QVERIFY(!isPlainWebLink(QUrl(QStringLiteral("file:///etc/passwd"))));
        QVERIFY(!isPlainWebLink(QUrl(QStringLiteral("mailto:a@b.example"))));
    }

    void opensTenThousandQuickly() {
        SampleModel model;
        model.append(longConversation(10000, kEnd));
        TranscriptView view;
        view.resize(600, 700);
        view.show();
        QElapsedTimer clock;
        clock.start();
        view.setModel(&model);
        const QPixmap picture = view.grab();
        const qint64 took = clock.elapsed();
        QVERIFY(!picture.isNull());
        qInfo("10,000 messages: %lld ms, %lld rows laid out", took, view.layoutCount());
        QVERIFY(view.layoutCount() < 100);
        QVERIFY(view.isAtEnd());
        QVERIFY2(took <= 1000, qPrintable(QString::number(took))); // the aim is 100; a loaded machine may be slower
    }

    void appendingLaysOutOnlyTheNew() {
        Shown shown(500);
        const qint64 before = shown.view.layoutCount();
        for (int i = 0; i < 50; ++i)
            shown.model.append(
                {message(TranscriptSide::Customer, {}, QStringLiteral("new %1").arg(i), kEnd.addSecs(60 + i))});
        QCOMPARE(shown.view.layoutCount() - before, 50);
        QVERIFY(shown.view.isAtEnd());
    }

    void whatIsReadStaysInItsPlace() {
        Shown shown(2000);
        shown.view.scrollToRow(1000);
        QVERIFY(!shown.view.isAtEnd());
        auto before = shown.middle();
        QVERIFY(!before.first.isEmpty());
        shown.model.prepend(longConversation(50, kEnd.addDays(-30)));
        QCOMPARE(shown.middle(), before);
        shown.model.append(longConversation(20, kEnd.addDays(1)));
        QCOMPARE(shown.middle(), before);
        QVERIFY(shown.view.unseen() > 0);
        QCOMPARE(shown.view.findChild<JumpButton*>()->isVisible(), true);
        shown.view.scrollToEnd();
        QCOMPARE(shown.view.unseen(), 0);
        QCOMPARE(shown.view.findChild<JumpButton*>()->isVisible(), false);
    }

    void scrollingUpMovesByWhatWasAsked() {
        Shown shown(2000);
        shown.view.scrollToRow(1500);
        for (int i = 0; i < 200; ++i) {
            const auto [text, top] = shown.middle();
            shown.view.verticalScrollBar()->setValue(shown.view.verticalScrollBar()->value() - 37);
            // The row that was in the middle is 37 px lower, whatever the rows above it turned out to be.
            int now = -1;
            for (int y = 0; y < 500; y += 5) {
                const QModelIndex index = shown.view.indexAt({300, y});
                if (index.data(TextRole).toString() == text)
                    now = shown.view.visualRect(index).top();
            }
            QCOMPARE(now, top + 37);
        }
    }

    void widthKeepsThePlace() {
        Shown shown(1000);
        shown.view.scrollToRow(400);
        const QString first = shown.view.indexAt({300, 2}).data(TextRole).toString();
        shown.view.resize(420, 500);
        QCOMPARE(shown.view.indexAt({200, 2}).data(TextRole).toString(), first);
        shown.view.scrollToEnd();
        shown.view.resize(700, 500);
        QVERIFY(shown.view.isAtEnd());
    }

    void olderIsAskedForOncePerPage() {
        Shown shown(300);
        QSignalSpy older(&shown.view, &TranscriptView::olderWanted);
        shown.view.setOlderAvailable(true);
        QCoreApplication::processEvents();
        QCOMPARE(older.count(), 0); // the end is shown
        shown.view.verticalScrollBar()->setValue(0);
        shown.view.verticalScrollBar()->setValue(20);
        QCoreApplication::processEvents();
        QCOMPARE(older.count(), 1);
        shown.model.prepend(longConversation(50, kEnd.addDays(-3)));
        shown.view.verticalScrollBar()->setValue(0);
        QCoreApplication::processEvents();
        QCOMPARE(older.count(), 2);
    }

    void changesTouchOneRow() {
        Shown shown(200);
        const qint64 before = shown.view.layoutCount();
        RowData row = shown.model.at(199);
        row.delivery = Delivery::Failed;
        row.error = QStringLiteral("Not sent.");
        shown.model.change(199, row);
        QCOMPARE(shown.view.layoutCount() - before, 1);
        QVERIFY(shown.view.isAtEnd());
    }

    void selectionIsCopied() {
        Shown shown(0);
        shown.model.append(
            {message(TranscriptSide::Customer, {}, QStringLiteral("first message"), kEnd),
             message(TranscriptSide::Agent, QStringLiteral("Ali"), QStringLiteral("second"), kEnd.addSecs(9))});
        QTest::mouseDClick(shown.view.viewport(), Qt::LeftButton, {}, textPoint(shown.view, 0));
        QCOMPARE(shown.view.selectedText(), QStringLiteral("first"));
        QTest::keyClick(&shown.view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("first"));
        QTest::keyClick(&shown.view, Qt::Key_A, Qt::ControlModifier);
        const QString all = shown.view.selectedText();
        QVERIFY(all.contains(QStringLiteral("] first message\n")));
        QVERIFY(all.endsWith(QStringLiteral("] Ali: second")));
        QTest::keyClick(&shown.view, Qt::Key_Escape);
        QVERIFY(shown.view.selectedText().isEmpty());
    }

    void clicksAreReported() {
        Shown shown(0);
        std::vector<RowData> rows = sampleConversation();
        shown.model.append(rows);
        QSignalSpy retry(&shown.view, &TranscriptView::retryRequested);
        QSignalSpy file(&shown.view, &TranscriptView::fileActivated);
        QSignalSpy picture(&shown.view, &TranscriptView::pictureActivated);
        QVERIFY(QTest::qWaitForWindowActive(&shown.view));
        shown.view.clearFocus();
        shown.view.setFocus(Qt::TabFocusReason);
        QTest::keyClick(&shown.view, Qt::Key_Return); // the last row failed
        QCOMPARE(retry.count(), 1);
        QTest::keyClick(&shown.view, Qt::Key_Up);
        QTest::keyClick(&shown.view, Qt::Key_Return);
        QCOMPARE(file.count(), 1);
        while (picture.isEmpty() && shown.view.verticalScrollBar()->value() > 0) {
            QTest::keyClick(&shown.view, Qt::Key_Up);
            QTest::keyClick(&shown.view, Qt::Key_Return);
        }
        QCOMPARE(picture.count(), 1);
    }

    void aFailedRowCanBeRemoved() {
        Shown shown(3);
        RowData row = message(TranscriptSide::Agent, {}, {}, kEnd.addSecs(60), Delivery::Failed);
        row.kind = TranscriptKind::File;
        row.fileName = QStringLiteral("empty.txt");
        row.error = QStringLiteral("The file is empty.");
        row.canRetry = false;
        shown.model.append({row});
        QVERIFY(QTest::qWaitForWindowActive(&shown.view));
        QSignalSpy retry(&shown.view, &TranscriptView::retryRequested);
        QSignalSpy discard(&shown.view, &TranscriptView::discardRequested);
        shown.view.clearFocus();
        shown.view.setFocus(Qt::TabFocusReason);
        QTest::keyClick(&shown.view, Qt::Key_Delete);
        QCOMPARE(discard.count(), 1);
        QTest::keyClick(&shown.view, Qt::Key_Up);
        QTest::keyClick(&shown.view, Qt::Key_Delete); // was sent
        QCOMPARE(discard.count(), 1);
        // Its words stand at the lower right, the way to remove it last.
        const QRect rect = shown.view.visualRect(shown.model.index(3));
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, QPoint(rect.right() - 30, rect.bottom() - 5));
        QCOMPARE(discard.count(), 2);
        QCOMPARE(retry.count(), 0);
    }

    /// In a narrow column the reason has lines of its own: nothing of it is cut off, nothing overlaps.
    void theReasonOfAFailureIsWhole() {
        const Look look;
        RowTexts texts;
        texts.retry = QStringLiteral("Try again");
        texts.discard = QStringLiteral("Remove");
        RowData row = message(TranscriptSide::Agent, {}, QStringLiteral("x"), kEnd, Delivery::Failed);
        row.error = QStringLiteral("The file cannot be read: permission was denied by the owner of the folder.");
        for (const int width : {280, 380, 900}) {
            const auto made = layOutRow(row, width, look, texts, 1);
            const QFontMetrics metrics(look.secondary);
            const QRect needed =
                metrics.boundingRect(QRect(0, 0, made.failure.width(), 1000), Qt::TextWordWrap, row.error);
            QVERIFY(needed.height() <= made.failure.height() && needed.width() <= made.failure.width());
            QVERIFY(!made.failure.intersects(made.retry) && !made.retry.intersects(made.discard));
            QVERIFY(made.failure.left() >= 0 && made.discard.right() < width);
            QVERIFY(made.height > made.discard.bottom());
        }
    }

    void aNoteIsNoMessage() {
        const Look look;
        RowTexts texts;
        RowData row = message(TranscriptSide::Flow, QStringLiteral("Bo"), QStringLiteral("wants a refund"), kEnd);
        const auto plain = layOutRow(row, 600, look, texts, 1);
        row.kind = TranscriptKind::Note;
        const auto note = layOutRow(row, 600, look, texts, 1);
        QVERIFY(note.bubble.width() > 2 * plain.bubble.width()); // across the column
        QVERIFY(note.bubble.contains(note.author) && note.bubble.contains(note.meta));
        QVERIFY(note.bubble.contains(note.hidden) && !note.hidden.intersects(note.author));
        QVERIFY(note.meta.left() > note.author.right());
        QVERIFY(note.text && note.textAt.y() > note.author.bottom());
    }

    void picturesAreAskedForWhenSeen() {
        Shown shown(200);
        QSignalSpy wanted(&shown.view, &TranscriptView::pictureWanted);
        RowData row = message(TranscriptSide::Customer, {}, {}, kEnd.addSecs(60));
        row.kind = TranscriptKind::Picture;
        row.pictureSize = {400, 300};
        shown.model.append({row});
        QCOMPARE(wanted.count(), 1);
        const int height = shown.view.visualRect(shown.model.index(200)).height();
        row.picture = QImage(400, 300, QImage::Format_RGB32);
        shown.model.change(200, row);
        QCOMPARE(shown.view.visualRect(shown.model.index(200)).height(), height); // its room was kept
        QCOMPARE(wanted.count(), 1);
    }

    void survivesItsModel() {
        TranscriptView view;
        view.resize(400, 300);
        view.show();
        {
            SampleModel model;
            model.append(longConversation(100, kEnd));
            view.setModel(&model);
        }
        view.grab();
        QVERIFY(view.model() == nullptr);
        QTest::keyClick(&view, Qt::Key_Up);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(50, 50));
    }

private:
    static QPoint textPoint(const TranscriptView& view, int row) {
        const QRect rect = view.visualRect(view.model()->index(row, 0));
        return {40, rect.bottom() - 14};
    }
};

static const cb::test::Add<TranscriptTest> addedTranscriptTest;
#include "transcript_test.moc"
