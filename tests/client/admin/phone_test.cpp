#include "client/admin/audio_source.h"
#include "client/widgets/sound/player_bar.h"
#include "tests/client/admin/furniture.h"
#include "tests/client/support/sounds.h"

#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>

using namespace cb;
using admin::Place;
using test::Office;

namespace {

/// Three sounds, one of them in use, and their files.
void furnishAudio(Office& office) {
    auto& admin = office.server.admin;
    const auto add = [&](std::int64_t id, const char* name, model::AudioState state) {
        wire::AudioRow row;
        row.id = model::AudioId(id);
        row.name = name;
        row.state = state;
        row.format = "wav";
        row.bytes = 160'044;
        row.millis = 10'000;
        row.createdAt = office.server.now() - std::chrono::hours(id);
        admin.audio.audio.push_back(row);
        admin.sounds[row.id] = widgets::writeWav(test::toneOf(440, 10'000)).toStdString();
    };
    add(9, "Welcome", model::AudioState::Approved);
    add(8, "Music", model::AudioState::Unreviewed);
    add(7, "Bad words", model::AudioState::Rejected);
    admin.audio.audio.front().flows = {"Calls"};
}

/// The one that is seen.
widgets::PlayerBar* player(const Office& office) {
    for (auto* one : office.list()->drawer()->findChildren<widgets::PlayerBar*>())
        if (one->isVisible())
            return one;
    return nullptr;
}

QComboBox* selectOf(const Office& office, const QString& name) {
    for (auto* one : office.window->findChildren<QComboBox*>())
        if (one->isVisible() && one->accessibleName() == name)
            return one;
    return nullptr;
}

bool canBePressed(const Office& office, const QString& text) {
    const auto* button = office.button(text);
    return button != nullptr && button->isEnabled();
}

/// A file on this computer, chosen in the open form.
void chooseFile(const Office& office, const QString& path, const QByteArray& bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    auto* source = office.the<admin::AudioSource>();
    QVERIFY(source);
    source->choose(path);
}

} // namespace

/// The telephone's pages: audio, numbers, and what groups say of recording.
class PhonePagesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void audioSaysWhatMayBeDoneWithIt() {
        Office office;
        furnishAudio(office);
        QVERIFY(office.openAt(Place::PhoneAudio));
        QVERIFY(office.awaitRows(3));
        const int row = office.rowOf(QStringLiteral("Welcome"));
        QCOMPARE(office.cell(row, 1), QStringLiteral("can be used"));
        QCOMPARE(office.cell(row, 2), QStringLiteral("0:10"));
        QCOMPARE(office.cell(row, 5), QStringLiteral("Calls"));
        QCOMPARE(office.cell(office.rowOf(QStringLiteral("Music")), 1), QStringLiteral("waits for review"));
        QCOMPARE(office.cell(office.rowOf(QStringLiteral("Bad words")), 1), QStringLiteral("rejected"));
        QTest::keyClicks(office.list()->search(), QStringLiteral("calls")); // by who uses it
        QCOMPARE(office.list()->table()->shown(), 1);
    }
    void anEmptyListSaysWhatItIsFor() {
        Office office;
        QVERIFY(office.openAt(Place::PhoneAudio));
        QTRY_VERIFY(office.shows(QStringLiteral("IVRs can speak texts by themselves.")));
        QVERIFY(!office.shows(QStringLiteral("The operator listens to each file")));
        office.server.admin.audio.review = true;
        office.manage()->open(Place::Agents);
        office.manage()->open(Place::PhoneAudio);
        QTRY_VERIFY(office.shows(QStringLiteral("The operator listens to each file")));
    }
    void aFileIsUploaded() {
        Office office;
        QVERIFY(office.openAt(Place::PhoneAudio));
        QTRY_VERIFY(office.shows(QStringLiteral("IVRs can speak texts by themselves."))); // the list is there
        office.press(QStringLiteral("Add audio"));
        QVERIFY(office.drawerOpen());
        const QTemporaryDir folder;
        const auto bytes = widgets::writeWav(test::toneOf(440, 1'000));
        chooseFile(office, folder.filePath(QStringLiteral("您好 100%.wav")), bytes);
        QTRY_COMPARE(office.field(QStringLiteral("Name"))->text(), QStringLiteral("您好 100%"));
        QTRY_VERIFY(player(office) != nullptr); // to be heard before
        QCOMPARE(player(office)->player().duration(), qint64(1'000));
        office.press(QStringLiteral("Upload"));
        QVERIFY(office.awaitRows(1));
        QTRY_VERIFY(!office.drawerOpen());
        const auto& row = office.server.admin.audio.audio.at(0);
        QCOMPARE(row.name, std::string("您好 100%"));
        QCOMPARE(QByteArray::fromStdString(office.server.admin.sounds.at(row.id)), bytes);
        QVERIFY(!office.list()->strip()->isVisible());
    }
    void whatTheServerRefusesStandsInTheDrawer() {
        Office office;
        office.server.admin.refuse("POST /api/v1/audio", base::rejected("audio_unreadable"));
        QVERIFY(office.openAt(Place::PhoneAudio));
        QTRY_VERIFY(office.shows(QStringLiteral("IVRs can speak texts by themselves."))); // the list is there
        office.press(QStringLiteral("Add audio"));
        const QTemporaryDir folder;
        chooseFile(office, folder.filePath(QStringLiteral("x.wav")), "RIFF");
        QTRY_VERIFY(canBePressed(office, QStringLiteral("Upload")));
        office.press(QStringLiteral("Upload"));
        QTRY_VERIFY(office.shows(QStringLiteral("The file cannot be played: it is broken")));
        QVERIFY(office.drawerOpen());
    }
    void anUploadIsStopped() {
        Office office;
        QVERIFY(office.openAt(Place::PhoneAudio));
        QTRY_VERIFY(office.shows(QStringLiteral("IVRs can speak texts by themselves."))); // the list is there
        office.press(QStringLiteral("Add audio"));
        const QTemporaryDir folder;
        chooseFile(office, folder.filePath(QStringLiteral("slow.wav")), widgets::writeWav(test::toneOf(440, 1'000)));
        QTRY_VERIFY(canBePressed(office, QStringLiteral("Upload")));
        office.server.mute = true;
        office.press(QStringLiteral("Upload"));
        QTRY_VERIFY(office.list()->strip()->isVisible());
        auto* cancel = office.list()->strip()->findChild<widgets::Button*>();
        QVERIFY(cancel && cancel->isVisible());
        QTest::mouseClick(cancel, Qt::LeftButton);
        QTRY_VERIFY(!office.list()->strip()->isVisible());
        QVERIFY(office.drawerOpen() && office.list()->drawer()->isEdited()); // what was chosen stays
        QVERIFY(!office.shows(QStringLiteral("Cancelled")));
        office.server.unmute();
    }
    void whatCannotBeSentIsSaidBefore() {
        Office office;
        QVERIFY(office.openAt(Place::PhoneAudio));
        QTRY_VERIFY(office.shows(QStringLiteral("IVRs can speak texts by themselves."))); // the list is there
        office.press(QStringLiteral("Add audio"));
        const QTemporaryDir folder;
        chooseFile(office, folder.filePath(QStringLiteral("large.wav")), QByteArray(5 * 1024 * 1024 + 1, 'x'));
        QTRY_VERIFY(office.shows(QStringLiteral("The file is too large.")));
        chooseFile(office, folder.filePath(QStringLiteral("empty.wav")), {});
        QTRY_VERIFY(office.shows(QStringLiteral("The file is empty.")));
        office.write(QStringLiteral("Name"), QStringLiteral("Nothing"));
        office.press(QStringLiteral("Upload"));
        QTRY_VERIFY(office.shows(QStringLiteral("Choose a file or record something first.")));
        QCOMPARE(office.server.admin.count("POST /api/v1/audio"), 0);
    }
    void itIsHeardAsCallersHearIt() {
        Office office;
        furnishAudio(office);
        QVERIFY(office.openAt(Place::PhoneAudio));
        QVERIFY(office.awaitRows(3));
        office.choose(QStringLiteral("Music"));
        QTest::keyClick(&office.view(), Qt::Key_Return);
        QVERIFY(office.drawerOpen());
        QVERIFY(player(office)->player().state() == widgets::SoundPlayer::State::Empty); // only when it is wanted
        player(office)->want();
        QTRY_COMPARE(player(office)->player().duration(), qint64(10'000));
        office.server.admin.sounds.clear();
        office.press(QStringLiteral("Cancel"));
        office.choose(QStringLiteral("Welcome"));
        QTest::keyClick(&office.view(), Qt::Key_Return);
        player(office)->want();
        QTRY_VERIFY(office.shows(QStringLiteral("The server does not have this any more.")));
    }
    void itIsRenamedAndSaved() {
        Office office;
        furnishAudio(office);
        QVERIFY(office.openAt(Place::PhoneAudio));
        QVERIFY(office.awaitRows(3));
        office.choose(QStringLiteral("Music"));
        QTest::keyClick(&office.view(), Qt::Key_Return);
        office.write(QStringLiteral("Name"), QStringLiteral("Hold music"));
        office.press(QStringLiteral("Save"));
        QTRY_VERIFY(office.rowOf(QStringLiteral("Hold music")) >= 0);
        QCOMPARE(office.server.admin.last<wire::AudioDraft>("PUT /api/v1/audio/8").name, std::string("Hold music"));
        const QTemporaryDir folder;
        office.choose(QStringLiteral("Hold music"));
        QTest::keyClick(&office.view(), Qt::Key_Return);
        office.press(QStringLiteral("Save as a file…"));
        QTRY_VERIFY(office.list()->findChild<QFileDialog*>() != nullptr);
        auto* dialog = office.list()->findChild<QFileDialog*>();
        const QString path = folder.filePath(QStringLiteral("music.wav"));
        dialog->selectFile(path);
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_VERIFY(QFile::exists(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray::fromStdString(office.server.admin.sounds.at(model::AudioId(8))));
    }
    void whatIsUsedIsNotDeleted() {
        Office office;
        furnishAudio(office);
        office.server.admin.refuse("DELETE /api/v1/audio/9",
                                   base::with(base::conflict("audio_in_use"), "flows", "Calls"));
        QVERIFY(office.openAt(Place::PhoneAudio));
        QVERIFY(office.awaitRows(3));
        office.choose(QStringLiteral("Welcome"));
        QTest::keyClick(&office.view(), Qt::Key_Delete);
        office.answer(false);
        QCOMPARE(office.server.admin.count("DELETE /api/v1/audio/9"), 0);
        QTest::keyClick(&office.view(), Qt::Key_Delete);
        office.answer(true);
        QTRY_VERIFY(office.shows(QStringLiteral("Published IVRs use this audio: Calls.")));
        office.choose(QStringLiteral("Music"));
        QTest::keyClick(&office.view(), Qt::Key_Delete);
        office.answer(true);
        QVERIFY(office.awaitRows(2));
    }

    void aNumberGetsAnotherIvr() {
        Office office;
        auto& admin = office.server.admin;
        admin.numbers.numbers = {{model::ChannelId(5), "+8675512345678", model::CallType::Both, {}, {}, {}},
                                 {model::ChannelId(6), "+8675587654321", model::CallType::Out, {}, {}, {}}};
        QVERIFY(office.openAt(Place::PhoneNumbers));
        QVERIFY(office.awaitRows(2));
        QCOMPARE(office.cell(0, 1), QStringLiteral("calls in and out"));
        QCOMPARE(office.cell(0, 3), QStringLiteral("no IVR linked"));
        QCOMPARE(office.cell(1, 3), QStringLiteral("for calls out only"));
        office.choose(QStringLiteral("+8675512345678"));
        QTest::keyClick(&office.view(), Qt::Key_Return);
        auto* ivrs = selectOf(office, QStringLiteral("IVR"));
        QVERIFY(ivrs);
        QCOMPARE(ivrs->count(), 2); // none, and the one IVR that is published: no session flows
        ivrs->setFocus();
        QTest::keyClick(ivrs, Qt::Key_Down);
        office.press(QStringLiteral("Save"));
        QTRY_COMPARE(office.cell(0, 2), QStringLiteral("Calls"));
        QCOMPARE(office.cell(0, 3), QStringLiteral("in service"));
        QCOMPARE(admin.last<wire::ChannelLink>("PUT /api/v1/numbers/5/flow").flow, model::FlowId(3));
        office.choose(QStringLiteral("+8675587654321"));
        QTest::keyClick(&office.view(), Qt::Key_Return);
        QTRY_VERIFY(office.shows(QStringLiteral("It takes no calls, so no IVR is needed.")));
    }
    void numbersAreCopied() {
        Office office;
        office.server.admin.numbers.numbers = {
            {model::ChannelId(5), "+8675512345678", model::CallType::In, {}, {}, {}}};
        QVERIFY(office.openAt(Place::PhoneNumbers));
        QVERIFY(office.awaitRows(1));
        office.choose(QStringLiteral("+8675512345678"));
        QTest::keyClick(&office.view(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("+8675512345678"));
    }
    void whoHasNoNumberIsToldWhereTheyComeFrom() {
        Office office;
        QVERIFY(office.openAt(Place::PhoneNumbers));
        QTRY_VERIFY(office.shows(QStringLiteral("Numbers come from the operator of the server")));
        QVERIFY(office.shows(QStringLiteral("1400000001")));
        office.press(QStringLiteral("Copy the SDKAppID"));
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("1400000001"));
    }

    void aPhoneGroupRecords() {
        Office office;
        QVERIFY(office.openAt(Place::PhoneGroups));
        QVERIFY(office.awaitRows(1));
        office.choose(QStringLiteral("Hotline"));
        QTest::keyClick(&office.view(), Qt::Key_Return);
        QCheckBox* record = nullptr;
        for (auto* one : office.window->findChildren<QCheckBox*>())
            if (one->isVisible() && one->text() == QLatin1String("Record the calls"))
                record = one;
        QVERIFY(record && !record->isChecked());
        QTest::mouseClick(record, Qt::LeftButton, {}, QPoint(8, record->height() / 2));
        office.press(QStringLiteral("Save"));
        QTRY_VERIFY(office.server.admin.last<wire::GroupDraft>("PUT /api/v1/groups/7").record);
    }
};

static const test::Add<PhonePagesTest> addedPhonePagesTest;
#include "phone_test.moc"
