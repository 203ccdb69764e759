#include "client/widgets/overlay/image_viewer.h"
#include "client/widgets/sound/player_bar.h"
#include "client/widgets/transcript/transcript_view.h"
#include "tests/client/records/archive.h"
#include "tests/client/support/sounds.h"

#include <QtCore/QBuffer>
#include <QtGui/QPainter>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLineEdit>

using namespace cb;
using model::Role;
using test::Archive;

namespace {

/// What was said in a conversation that is over.
void say(Archive& archive, std::int64_t session, const std::string& text) {
    archive.server.customerSays(session, text);
    archive.server.sessions.erase(model::SessionId(session));
}

void show(Archive& archive, std::int64_t session) {
    QImage image(300, 200, QImage::Format_RGB32);
    image.fill(QColor(20, 120, 200));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    say(archive, session, "cup.png");
    model::Attachment attachment;
    attachment.id = model::AttachmentId(1);
    attachment.session = model::SessionId(session);
    attachment.kind = model::AttachmentKind::Picture;
    attachment.name = "cup.png";
    attachment.bytes = bytes.size();
    attachment.width = 300;
    attachment.height = 200;
    archive.server.files[attachment.id] = bytes;
    auto& view = archive.server.log.back();
    view.message.kind = model::MessageKind::Picture;
    view.message.attachment = attachment.id;
    view.attachment = attachment;
}

widgets::TranscriptView* transcript(const Archive& archive) {
    return archive.records()->findChild<widgets::TranscriptView*>();
}

/// By the button at the replay's head.
void goBack(const Archive& archive) {
    for (auto* button : archive.window->frame()->flow().page()->findChildren<widgets::IconButton*>())
        if (button->accessibleName() == QStringLiteral("Back"))
            return QTest::mouseClick(button, Qt::LeftButton);
    QFAIL("no way back");
}

/// Two calls of this agent, the newer one with a recording of two seconds.
void addCalls(Archive& archive) {
    archive.server.groups.clear();
    test::addGroup(archive.server, 7, model::Mode::Phone, "Hotline");
    auto& records = archive.server.records;
    records.records = {test::callOf(archive.server, 5, 3, std::chrono::seconds(10)),
                       test::callOf(archive.server, 4, 3, std::chrono::seconds(20))};
    records.records[0].call->recorded = true;
    records.recordings[model::SessionId(5)] = widgets::writeWav(test::toneOf(440, 2'000, 8'000, 2)).toStdString();
}

widgets::PlayerBar* recording(const Archive& archive) {
    return archive.records()->detail()->findChild<widgets::PlayerBar*>();
}

widgets::IconButton* iconOf(const QWidget& bar, const QString& name) {
    for (auto* one : bar.findChildren<widgets::IconButton*>())
        if (one->isVisible() && one->accessibleName() == name)
            return one;
    return nullptr;
}

/// Clicks over the picture's row until something opens.
bool openPicture(const Archive& archive) {
    auto* view = transcript(archive);
    const auto last = view->model()->index(view->model()->rowCount() - 1, 0);
    const QRect row = view->visualRect(last);
    for (int x = row.left() + 20; x < row.right(); x += 40) {
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, QPoint(x, row.center().y()));
        if (archive.the<widgets::ImageViewer>() != nullptr)
            return true;
    }
    return false;
}

} // namespace

/// The record that is open.
class RecordDetailTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aClickOpensWhatWasSaid() {
        Archive archive(Role::Agent);
        say(archive, 5, "is it blue?");
        say(archive, 5, "thank you");
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(3));
        QVERIFY(!archive.records()->detail()->isVisible()); // nothing opens by itself
        archive.clickRow(0);
        QVERIFY(archive.records()->detail()->isVisible());
        QCOMPARE(archive.records()->detail()->session(), model::SessionId(5));
        QTRY_COMPARE(transcript(archive)->model()->rowCount(), 2);
        QCOMPARE(transcript(archive)->model()->index(0, 0).data(state::TranscriptModel::TextRole).toString(),
                 QStringLiteral("is it blue?"));
        QTest::keyClick(&archive.grid(), Qt::Key_Down); // the next one, without the mouse
        QTRY_COMPARE(archive.records()->detail()->session(), model::SessionId(3));
        QTRY_VERIFY(archive.shows(QStringLiteral("Nothing was said in this conversation.")));
        transcript(archive)->setFocus();
        QTest::keyClick(transcript(archive), Qt::Key_Escape);
        QTRY_VERIFY(!archive.records()->detail()->isVisible());
        QVERIFY(archive.grid().hasFocus());
        archive.clickRow(1); // the row that is chosen already
        QVERIFY(archive.records()->detail()->isVisible());
        QCOMPARE(archive.records()->detail()->session(), model::SessionId(3));
        QTest::keyClick(&archive.grid(), Qt::Key_Escape);
        QTRY_VERIFY(!archive.records()->detail()->isVisible());
    }
    void theFactsAreTold() {
        Archive archive(Role::Agent);
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(3));
        archive.clickRow(0);
        auto* tabs = archive.records()->detail()->findChild<widgets::Segmented*>();
        tabs->setFocus();
        QTest::keyClick(tabs, Qt::Key_Right);
        for (const char* fact : {"0:20", "1:05", "0:05", "1:35", "Ali (00003)", "Main, version 4", "Welcome › Sales",
                                 "The agent ended the session.", "wants it blue", "Order"})
            QTRY_VERIFY2(archive.shows(QString::fromUtf8(fact)), fact);
        QTRY_VERIFY(archive.shows(QStringLiteral("2×"))); // only the record itself tells how often it rang
    }
    void aPictureIsShownLarge() {
        Archive archive(Role::Agent);
        show(archive, 5);
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(3));
        archive.clickRow(0);
        QTRY_COMPARE(transcript(archive)->model()->rowCount(), 1);
        QTRY_VERIFY(!transcript(archive)
                         ->model()
                         ->index(0, 0)
                         .data(state::TranscriptModel::PictureRole)
                         .value<QImage>()
                         .isNull());
        QVERIFY(openPicture(archive));
        QTest::keyClick(archive.the<widgets::ImageViewer>(), Qt::Key_Escape);
        QTRY_VERIFY(archive.the<widgets::ImageViewer>() == nullptr);
        QVERIFY(archive.records()->detail()->isVisible());
    }
    void aRecordingIsFetchedWhenItIsWanted() {
        Archive archive(Role::Agent, 0);
        addCalls(archive);
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(2));
        archive.clickRow(0);
        auto* bar = recording(archive);
        QVERIFY(bar->isVisible());
        QVERIFY(archive.shows(QStringLiteral("1:01"))); // how long the talk was
        QVERIFY(archive.server.records.heard.empty());
        QTest::mouseClick(iconOf(*bar, QStringLiteral("Play")), Qt::LeftButton);
        QTRY_COMPARE(bar->player().duration(), qint64(2'000));
        QCOMPARE(bar->player().sound().channels, 2);
        QCOMPARE(archive.server.records.heard, std::vector{model::SessionId(5)});
        archive.clickRow(1);
        QVERIFY(!bar->isVisible()); // there is none of that call
        QCOMPARE(bar->player().duration(), qint64(0));
        archive.clickRow(0);
        QVERIFY(bar->isVisible());
        QCOMPARE(archive.server.records.heard.size(), std::size_t(1)); // nobody wants it yet
    }
    void aRecordingIsSaved() {
        Archive archive(Role::Agent, 0);
        addCalls(archive);
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(2));
        archive.clickRow(0);
        QTest::mouseClick(iconOf(*recording(archive), QStringLiteral("Save as a file")), Qt::LeftButton);
        QTRY_VERIFY(archive.records()->findChild<QFileDialog*>() != nullptr);
        auto* dialog = archive.records()->findChild<QFileDialog*>();
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("talk.wav"));
        dialog->findChild<QLineEdit*>()->setText(path); // selectFile() leaves the text alone while it has the focus
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_VERIFY(archive.shows(QStringLiteral("Saved as talk.wav")));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().toStdString(), archive.server.records.recordings.at(model::SessionId(5)));
    }
    void aRecordingThatCannotBeHadSaysWhy() {
        Archive archive(Role::Agent, 0);
        addCalls(archive);
        archive.server.records.recordings.clear();
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(2));
        archive.clickRow(0);
        QTest::mouseClick(iconOf(*recording(archive), QStringLiteral("Play")), Qt::LeftButton);
        QTRY_VERIFY(archive.shows(QStringLiteral("There is no recording of this call, or not any more.")));
        archive.server.records.recordings[model::SessionId(5)] = "RIFF, but no sound";
        QTest::mouseClick(iconOf(*recording(archive), QStringLiteral("Play")), Qt::LeftButton);
        QTRY_VERIFY(archive.shows(QStringLiteral("This sound cannot be played on this computer.")));
    }
    void theFactsOfACall() {
        Archive archive(Role::Agent, 0);
        addCalls(archive);
        archive.server.records.records[1].call->direction = model::CallDirection::Out;
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(2));
        archive.clickRow(1);
        auto* tabs = archive.records()->detail()->findChild<widgets::Segmented*>();
        tabs->setFocus();
        QTest::keyClick(tabs, Qt::Key_Right);
        for (const char* fact :
             {"Outgoing", "+8613800000000", "+864001234567", "1:01", "The person who was called hung up."})
            QTRY_VERIFY2(archive.shows(QString::fromUtf8(fact)), fact);
    }
    void onlyAdminsReplayAndErase() {
        for (const auto role : {Role::Agent, Role::Admin}) {
            Archive archive(role);
            QVERIFY(archive.openRecords());
            QVERIFY(archive.awaitRecords(role == Role::Admin ? 6 : 3));
            archive.clickRow(0);
            QCOMPARE(archive.button(QStringLiteral("Replay on the flow")) != nullptr, role == Role::Admin);
            QCOMPARE(archive.button(QStringLiteral("Erase this customer…")) != nullptr, role == Role::Admin);
        }
    }
    void aReplayOpensAndLeadsBack() {
        Archive archive(Role::Admin);
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(6));
        archive.clickRow(1);
        archive.press(QStringLiteral("Replay on the flow"));
        auto* frame = archive.window->frame();
        QTRY_VERIFY(frame->flow().page() != nullptr && frame->flow().page()->isVisible());
        QVERIFY(!archive.records()->isVisible());
        goBack(archive);
        QTRY_VERIFY(archive.records()->isVisible());
        QCOMPARE(archive.records()->detail()->session(), model::SessionId(5)); // where one was
        QVERIFY(frame->flow().page() == nullptr);
        archive.go("Manage");
        QVERIFY(frame->manage()->isVisible());
        archive.go("Records");
        QVERIFY(archive.records()->isVisible());
    }
    /// It belongs to the records: managing is never in its way, and the records are a click away.
    void aReplayIsNoPageOfManaging() {
        Archive archive(Role::Admin);
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(6));
        archive.clickRow(1);
        archive.press(QStringLiteral("Replay on the flow"));
        auto* frame = archive.window->frame();
        const auto replays = [&] { return frame->flow().isReplay() && frame->flow().page()->isVisible(); };
        QTRY_VERIFY(replays());
        QCOMPARE(archive.the<widgets::NavigationRail>()->current(), QStringLiteral("records"));
        archive.go("Manage");
        QVERIFY(frame->manage()->isVisible());
        archive.go("Work");
        archive.go("Records"); // nothing is lost by going to and fro
        QVERIFY(replays());
        archive.go("Records"); // asked for in front of it: back to the list
        QVERIFY(archive.records()->isVisible());
        QVERIFY(frame->flow().page() == nullptr);
        archive.go("Manage");
        QVERIFY(frame->manage()->isVisible());
    }
    void aCustomerIsErased() {
        Archive archive(Role::Admin);
        say(archive, 6, "my address is …");
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(6));
        archive.clickRow(0);
        QTRY_COMPARE(transcript(archive)->model()->rowCount(), 1);
        auto& store = archive.program.account.account()->store();
        QTRY_COMPARE(store.transcript(model::SessionId(6)).messages.size(), std::size_t(1));
        archive.server.records.refuse("POST /api/v1/customers/1006/erase", base::conflict("customer_busy"));
        archive.press(QStringLiteral("Erase this customer…"));
        QTRY_VERIFY(archive.shows(QStringLiteral("The operator has to delete those.")));
        archive.answer(false);
        QVERIFY(archive.server.records.erased.empty());
        archive.press(QStringLiteral("Erase this customer…"));
        archive.answer(true);
        QTRY_VERIFY(archive.shows(QStringLiteral(
            "A conversation with this customer is not completed yet. Complete it first. (customer_busy)")));
        QVERIFY(archive.records()->detail()->isVisible());
        archive.press(QStringLiteral("Erase this customer…"));
        archive.answer(true);
        QTRY_COMPARE(archive.server.records.erased, std::vector{model::CustomerId(1006)});
        QTRY_VERIFY(!archive.records()->detail()->isVisible());
        QTRY_COMPARE(archive.text(0, 3), QStringLiteral("–"));
        QVERIFY(archive.shows(QStringLiteral("Backups and snapshots made before are the operator's to delete.")));
        QVERIFY(store.transcript(model::SessionId(6)).messages.empty()); // nor on this computer
    }
    void whatTheServerDoesNotTellIsSaid() {
        Archive archive(Role::Agent);
        archive.server.records.refuse("GET /api/v1/records/5", base::rejected("not_found"));
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(3));
        archive.clickRow(0);
        auto* tabs = archive.records()->detail()->findChild<widgets::Segmented*>();
        tabs->setFocus();
        QTest::keyClick(tabs, Qt::Key_Right);
        QTRY_VERIFY(
            archive.shows(QStringLiteral("The server did not tell more: The server does not have this any more.")));
        QVERIFY(archive.shows(QStringLiteral("1:05"))); // what the list told
    }
};

static const test::Add<RecordDetailTest> addedRecordDetailTest;
#include "detail_test.moc"
