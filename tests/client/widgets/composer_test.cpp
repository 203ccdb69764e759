#include "client/widgets/compose/composer.h"
#include "client/widgets/controls/button.h"
#include "client/widgets/controls/label.h"
#include "client/widgets/overlay/popup_list.h"
#include "tests/support/suite.h"

#include <QApplication>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QDragMoveEvent>
#include <QDropEvent>
#include <QFile>
#include <QImage>
#include <QInputMethodEvent>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QUrl>
#include <QVBoxLayout>

using namespace cb::widgets;

class ComposerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_window = std::make_unique<QWidget>();
        auto* column = new QVBoxLayout(m_window.get());
        column->addStretch(1);
        m_composer = new Composer;
        column->addWidget(m_composer);
        m_window->resize(600, 500);
        m_window->show();
        m_window->activateWindow();
        m_composer->edit()->setFocus();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup() { m_window.reset(); }

    void enterSendsShiftEnterBreaks() {
        QSignalSpy sent(m_composer, &Composer::sendRequested);
        key(Qt::Key_Return);
        QCOMPARE(sent.count(), 0); // nothing to send
        type("hello");
        key(Qt::Key_Return, Qt::ShiftModifier);
        type("you ");
        key(Qt::Key_Return);
        QCOMPARE(sent.count(), 1);
        QCOMPARE(sent[0][0].toString(), QStringLiteral("hello\nyou"));
        QCOMPARE(m_composer->text(), QStringLiteral("hello\nyou ")); // the owner clears when it has taken the text over
        m_composer->clear();
        m_composer->setEnterSends(false);
        type("a");
        key(Qt::Key_Return);
        QCOMPARE(sent.count(), 1);
        key(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(sent.count(), 2);
    }

    void composingIsNeverSent() {
        QSignalSpy sent(m_composer, &Composer::sendRequested);
        type("ok");
        QInputMethodEvent preedit(QStringLiteral("ni hao"), {});
        QApplication::sendEvent(m_composer->edit(), &preedit);
        key(Qt::Key_Return);
        QCOMPARE(sent.count(), 0);
        QInputMethodEvent commit;
        commit.setCommitString(QStringLiteral("你好"));
        QApplication::sendEvent(m_composer->edit(), &commit);
        m_composer->setText(QStringLiteral("你好"));
        key(Qt::Key_Return);
        QCOMPARE(sent.count(), 1);
        QCOMPARE(sent[0][0].toString(), QStringLiteral("你好"));
    }

    void growsToEightLines() {
        const int one = m_composer->edit()->height();
        QString text = QStringLiteral("1\n2\n3");
        m_composer->setText(text);
        QVERIFY(m_composer->edit()->height() > 2 * one);
        m_composer->setText(QStringLiteral("line\n").repeated(8));
        const int most = m_composer->edit()->height();
        m_composer->setText(QStringLiteral("line\n").repeated(60));
        QCOMPARE(m_composer->edit()->height(), most);
        QVERIFY(most <= QFontMetrics(m_composer->edit()->font()).lineSpacing() * 8 + 8);
        m_composer->clear();
        QCOMPARE(m_composer->edit()->height(), one);
    }

    void limitIsToldAndKept() {
        QSignalSpy sent(m_composer, &Composer::sendRequested);
        m_composer->setText(QString(3599, QLatin1Char('x')));
        QVERIFY(counter().isEmpty());
        m_composer->setText(QString(4000, QLatin1Char('x')));
        QCOMPARE(counter(), QStringLiteral("4000 / 4000"));
        key(Qt::Key_Return);
        QCOMPARE(sent.count(), 1);
        m_composer->setText(QString(4001, QLatin1Char('x')));
        key(Qt::Key_Return);
        QCOMPARE(sent.count(), 1);
    }

    void pastedPicturesAndFilesAreOffered() {
        QSignalSpy images(m_composer, &Composer::imagePasted);
        QSignalSpy files(m_composer, &Composer::filesChosen);
        QImage image(4, 4, QImage::Format_RGB32);
        image.fill(Qt::red);
        QApplication::clipboard()->setImage(image);
        m_composer->edit()->paste();
        QCOMPARE(images.count(), 1);
        auto* mime = new QMimeData;
        mime->setUrls({QUrl::fromLocalFile(QStringLiteral("/a/b.pdf"))});
        QApplication::clipboard()->setMimeData(mime);
        m_composer->edit()->paste();
        QCOMPARE(files.count(), 1);
        QVERIFY(m_composer->text().isEmpty());
        mime = new QMimeData; // copied from a table program: text and a picture of it
        mime->setImageData(image);
        mime->setText(QStringLiteral("12 kg"));
        QApplication::clipboard()->setMimeData(mime);
        m_composer->edit()->paste();
        QCOMPARE(images.count(), 1);
        QCOMPARE(m_composer->text(), QStringLiteral("12 kg"));
        mime = new QMimeData;
        mime->setHtml(QStringLiteral("<b>bold</b>"));
        mime->setText(QStringLiteral("bold"));
        QApplication::clipboard()->setMimeData(mime);
        m_composer->clear();
        m_composer->edit()->paste();
        QCOMPARE(m_composer->text(), QStringLiteral("bold"));
        QVERIFY(!m_composer->edit()->toHtml().contains(QStringLiteral("font-weight:7")));
    }

    void droppedPicturesAndFilesAreOffered() {
        QSignalSpy images(m_composer, &Composer::imagePasted);
        QSignalSpy files(m_composer, &Composer::filesChosen);
        QImage image(4, 4, QImage::Format_RGB32);
        image.fill(Qt::red);
        QMimeData picture; // out of a page or a picture program
        picture.setImageData(image);
        QVERIFY(drop(picture));
        QCOMPARE(images.count(), 1);
        QCOMPARE(images[0][0].value<QImage>().size(), image.size());
        const QTemporaryDir folder;
        QFile order(folder.filePath(QStringLiteral("order.txt")));
        QVERIFY(order.open(QIODevice::WriteOnly) && order.write("two cups") == 8);
        order.close();
        const QList<QUrl> urls{QUrl::fromLocalFile(order.fileName())};
        QMimeData file; // out of a file manager, which has its address as text, too
        file.setUrls(urls);
        file.setText(urls.front().toString());
        QVERIFY(drop(file));
        QCOMPARE(files.count(), 1);
        QCOMPARE(files[0][0].value<QList<QUrl>>(), urls);
        QVERIFY(m_composer->text().isEmpty()); // neither its address nor what is in it
        QCOMPARE(images.count(), 1);
    }

    void droppedTextIsWritten() {
        QSignalSpy images(m_composer, &Composer::imagePasted);
        QSignalSpy files(m_composer, &Composer::filesChosen);
        QMimeData words;
        words.setText(QStringLiteral("12 kg"));
        QVERIFY(drop(words));
        QCOMPARE(m_composer->text(), QStringLiteral("12 kg"));
        m_composer->clear();
        QMimeData link; // to elsewhere: nothing that could be attached
        link.setUrls({QUrl(QStringLiteral("https://shop.example/cup"))});
        link.setText(QStringLiteral("https://shop.example/cup"));
        QVERIFY(drop(link));
        QCOMPARE(m_composer->text(), QStringLiteral("https://shop.example/cup"));
        QCOMPARE(images.count() + files.count(), 0);
        m_composer->setBlocked(QStringLiteral("The session is over."));
        QVERIFY(!drop(words));
        QCOMPARE(m_composer->text(), QStringLiteral("https://shop.example/cup"));
    }

    void attachmentsAloneCanBeSent() {
        QSignalSpy sent(m_composer, &Composer::sendRequested);
        m_composer->attachments()->add(QStringLiteral("k"), QStringLiteral("a.pdf"), 1000);
        QVERIFY(m_composer->attachments()->isVisible());
        key(Qt::Key_Return);
        QCOMPARE(sent.count(), 1);
        QSignalSpy removed(m_composer->attachments(), &AttachmentBar::removeRequested);
        m_composer->attachments()->findChild<IconButton*>()->click();
        QCOMPARE(removed.value(0).value(0).toString(), QStringLiteral("k"));
        m_composer->attachments()->remove(QStringLiteral("k"));
        QVERIFY(!m_composer->attachments()->isVisible());
        key(Qt::Key_Return);
        QCOMPARE(sent.count(), 1);
    }

    void quickRepliesBySlash() {
        m_composer->setQuickSource([](const QString& typed) {
            std::vector<ListRow> rows;
            for (const char* name : {"hello", "help", "bye"})
                if (QString::fromLatin1(name).startsWith(typed))
                    rows.push_back({QString::fromLatin1(name), {}, {}, {}, QString::fromLatin1(name).toUpper()});
            return rows;
        });
        QSignalSpy sent(m_composer, &Composer::sendRequested);
        type("/hel");
        auto* list = m_window->findChild<PopupList*>();
        QVERIFY(list != nullptr && list->isVisible());
        QCOMPARE(list->count(), 2);
        key(Qt::Key_Down);
        key(Qt::Key_Return);
        QCOMPARE(m_composer->text(), QStringLiteral("HELP"));
        QCOMPARE(sent.count(), 0); // Enter chose, it did not send
        QVERIFY(!list->isVisible());
        m_composer->clear();
        type("a/");
        QVERIFY(!list->isVisible());
    }

    void typingIsNotSentForEveryKey() {
        QSignalSpy typing(m_composer, &Composer::typing);
        type("hello there");
        QCOMPARE(typing.count(), 1);
        m_composer->edit()->selectAll();
        key(Qt::Key_Delete);
        QCOMPARE(typing.count(), 2);
        QCOMPARE(typing[1][0].toBool(), false);
    }

    void blockedCannotSend() {
        QSignalSpy sent(m_composer, &Composer::sendRequested);
        m_composer->setText(QStringLiteral("draft"));
        m_composer->setBlocked(QStringLiteral("The session is over."));
        key(Qt::Key_Return);
        QCOMPARE(sent.count(), 0);
        QCOMPARE(m_composer->text(), QStringLiteral("draft")); // the draft is not lost
        m_composer->setBlocked({});
        key(Qt::Key_Return);
        QCOMPARE(sent.count(), 1);
    }

private:
    void type(const char* text) { QTest::keyClicks(m_composer->edit(), QString::fromLatin1(text)); }
    void key(Qt::Key code, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(m_composer->edit(), code, modifiers);
    }
    /// Dragged over the text and let go there; false: it was not taken. (Off screen no drag leaves its widget.)
    bool drop(const QMimeData& what) {
        QWidget* text = m_composer->edit()->viewport();
        const QPoint at = text->rect().center();
        QDragEnterEvent enter(at, Qt::CopyAction, &what, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(text, &enter);
        if (!enter.isAccepted())
            return false;
        QDragMoveEvent move(at, Qt::CopyAction, &what, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(text, &move);
        QDropEvent let(at, Qt::CopyAction, &what, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(text, &let);
        return let.isAccepted();
    }
    QString counter() const {
        for (const Label* label : m_composer->findChildren<Label*>())
            if (label->isVisible() && label->text().contains(u'/'))
                return label->text();
        return {};
    }

    std::unique_ptr<QWidget> m_window;
    Composer* m_composer = nullptr;
};

static const cb::test::Add<ComposerTest> addedComposerTest;
#include "composer_test.moc"
