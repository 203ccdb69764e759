#include "tests/client/records/archive.h"

#include <QtWidgets/QFileDialog>

using namespace cb;
using model::Role;
using test::Archive;
using Stage = state::ExportRun::Stage;

namespace {

QFileDialog* fileDialog(const Archive& archive) {
    return archive.records()->findChild<QFileDialog*>();
}

} // namespace

/// An export from the button to the file.
class ExportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itRunsAndIsSaved() {
        Archive archive(Role::Admin);
        archive.server.records.file = "\xEF\xBB\xBFid,name\r\n1,李女士\r\n";
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(6));
        archive.choose(QStringLiteral("State"), QStringLiteral("Answered"));
        QVERIFY(archive.awaitRecords(6));
        archive.press(QStringLiteral("Export"));
        QTRY_VERIFY(archive.shows(QStringLiteral("Exporting: 1,000 records, 20 %")));
        QVERIFY(!archive.button(QStringLiteral("Export"))->isEnabled()); // one at a time
        QVERIFY(archive.button(QStringLiteral("Cancel")) != nullptr);
        QTRY_VERIFY(archive.shows(QStringLiteral("The file is ready: 5,000 records")));
        const auto& order = archive.server.records.ordered.back();
        QCOMPARE(order.kind, std::string("records"));
        QCOMPARE(order.filters.answered, std::optional(true)); // what is seen is what is exported
        QCOMPARE(order.filters.mode, std::optional(model::Mode::Chat));
        QCOMPARE(order.columns.size(), std::size_t(31));
        QCOMPARE(order.columns.front(), (wire::ExportColumn{"id", "Session"}));
        const auto state = std::find_if(order.columns.begin(), order.columns.end(),
                                        [](const auto& column) { return column.name == "state"; });
        QVERIFY(state != order.columns.end());
        QVERIFY(std::find(state->words.begin(), state->words.end(), wire::ExportWord{"completed", "Completed"}) !=
                state->words.end());
        archive.press(QStringLiteral("Save as…"));
        QTRY_VERIFY(fileDialog(archive) != nullptr);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("out.csv"));
        fileDialog(archive)->selectFile(path);
        QTest::keyClick(fileDialog(archive), Qt::Key_Return);
        QTRY_VERIFY(QFile::exists(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().toStdString(), archive.server.records.file);
        QTRY_VERIFY(archive.shows(QStringLiteral("Saved as out.csv")));
        QCOMPARE(archive.records()->exportRun().stage(), Stage::None);
    }
    void itIsCancelled() {
        Archive archive(Role::Agent);
        archive.server.records.stands = true;
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(3));
        archive.press(QStringLiteral("Export"));
        QTRY_VERIFY(archive.shows(QStringLiteral("Exporting:")));
        QVERIFY(archive.button(QStringLiteral("Save as…")) == nullptr);
        archive.press(QStringLiteral("Cancel"));
        QTRY_COMPARE(archive.server.records.cancelled, std::vector<std::int64_t>{1});
        QTRY_VERIFY(!archive.shows(QStringLiteral("export")));
        QVERIFY(archive.button(QStringLiteral("Export"))->isEnabled());
    }
    void oneThatRunsAlreadyIsShown() {
        Archive archive(Role::Agent);
        archive.server.records.refuse("POST /api/v1/exports", base::with(base::conflict("export_running"), "id", "7"));
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(3));
        archive.press(QStringLiteral("Export"));
        QTRY_VERIFY(archive.shows(QStringLiteral(
            "An export of yours is being written already. Wait for it, or cancel it. (export_running)")));
        archive.press(QStringLiteral("Show it"));
        QTRY_VERIFY(archive.shows(QStringLiteral("Exporting:")));
        QCOMPARE(archive.records()->exportRun().job().id, std::int64_t(7));
        QTRY_VERIFY(archive.shows(QStringLiteral("The file is ready")));
        archive.press(QStringLiteral("Discard"));
        QTRY_COMPARE(archive.server.records.cancelled, std::vector<std::int64_t>{7});
    }
    void aRefusalIsSaidAndPutAway() {
        Archive archive(Role::Agent);
        archive.server.records.refuse("POST /api/v1/exports", base::retry("overloaded"));
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(3));
        archive.press(QStringLiteral("Export"));
        QTRY_VERIFY(archive.shows(QStringLiteral("Too much is waiting. Try again in a moment. (overloaded)")));
        QVERIFY(archive.button(QStringLiteral("Export"))->isEnabled());
        archive.press(QStringLiteral("Close"));
        QTRY_VERIFY(!archive.shows(QStringLiteral("(overloaded)")));
    }
    void itGoesOnWhileOneIsElsewhere() {
        Archive archive(Role::Agent);
        QVERIFY(archive.openRecords());
        QVERIFY(archive.awaitRecords(3));
        archive.press(QStringLiteral("Export"));
        QTest::mouseClick(archive.railButton(QStringLiteral("Work")), Qt::LeftButton);
        QTRY_COMPARE(archive.records()->exportRun().stage(), Stage::Ready);
        QTest::mouseClick(archive.railButton(QStringLiteral("Records")), Qt::LeftButton);
        QVERIFY(archive.shows(QStringLiteral("The file is ready")));
    }
};

static const test::Add<ExportTest> addedExportTest;
#include "export_test.moc"
