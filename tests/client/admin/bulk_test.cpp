#include "client/admin/bulk_dialog.h"
#include "client/admin/sheet/read.h"
#include "client/widgets/overlay/progress_dialog.h"
#include "tests/client/admin/furniture.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtWidgets/QCheckBox>

using namespace cb;
using admin::BulkDialog;
using admin::Place;
using test::Office;

namespace {

/// The dialog, opened by its button.
BulkDialog* openBulk(Office& office) {
    if (!office.openAt(Place::Agents) || !office.awaitRows(3))
        return nullptr;
    QTest::mouseClick(office.button(QStringLiteral("Add many…")), Qt::LeftButton);
    return office.the<BulkDialog>();
}

QString cell(const BulkDialog& dialog, int row, int column) {
    return dialog.preview()->view().rows().index(row, column).data().toString();
}

widgets::Button* beginning(const QWidget& root, const QString& text) {
    for (auto* button : root.findChildren<widgets::Button*>())
        if (button->isVisible() && button->text().startsWith(text))
            return button;
    return nullptr;
}

struct File {
    explicit File(const QByteArray& bytes)
        : path(folder.filePath(QStringLiteral("agents.csv"))) {
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
    }
    QTemporaryDir folder;
    QString path;
};

constexpr auto kTitles = "姓名,工号,邮箱,昵称,手机,角色,技能组\n";

} // namespace

/// Many agents from a file: nothing is added before the admin has seen what is wrong.
class BulkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void badRowsAreToldAndTheGoodOnesAdded() {
        Office office;
        office.server.admin.badRows["taken@shop.cn"] = "email_taken";
        auto* dialog = openBulk(office);
        QVERIFY(dialog);
        const File file(QByteArray(kTitles) + "李娜,000021,li@shop.cn,,,,Hotline\n"
                                              "王五,000022,taken@shop.cn,,,,\n"
                                              "赵六,,zhao@shop.cn,,,,Nobody\n"
                                              "Root,,root@shop.cn,,,管理员,\n");
        dialog->readFile(file.path);
        QTRY_COMPARE(dialog->preview()->shown(), 4);
        QCOMPARE(office.server.admin.agents.agents.size(), std::size_t(3)); // nothing yet
        QCOMPARE(cell(*dialog, 0, 1), QStringLiteral("Good"));
        QVERIFY(cell(*dialog, 1, 1).startsWith(QStringLiteral("Somebody has this e-mail address already.")));
        QVERIFY(cell(*dialog, 2, 1).contains(QStringLiteral("Please fill this in.")));
        QVERIFY(cell(*dialog, 2, 1).contains(QStringLiteral("Nobody: There is no skill group of this name.")));
        QCOMPARE(cell(*dialog, 2, 0), QStringLiteral("4")); // the line of the file
        auto* only = dialog->findChild<QCheckBox*>();
        QTest::mouseClick(only, Qt::LeftButton, {}, QPoint(8, only->height() / 2));
        QCOMPARE(dialog->preview()->shown(), 2);
        auto* add = beginning(*dialog, QStringLiteral("Add the good ones (2)"));
        QVERIFY(add);
        QTest::mouseClick(add, Qt::LeftButton);
        QTRY_COMPARE(office.server.admin.agents.agents.size(), std::size_t(5));
        QCOMPARE(office.server.admin.agents.agents[3].agent.groups, std::vector{model::GroupId(7)});
        QTRY_COMPARE(dialog->preview()->total(), 2); // the bad ones stay to be looked at
        QVERIFY(!beginning(*dialog, QStringLiteral("Add the good ones"))->isEnabled());
        QVERIFY(office.shows(QStringLiteral("2 agents are added.")));
    }
    void whoIsThereAlreadyIsSkipped() {
        Office office;
        office.server.admin.there = {"li@shop.cn"};
        office.server.admin.badRows["taken@shop.cn"] = "email_taken";
        auto* dialog = openBulk(office);
        QVERIFY(dialog);
        const File file(QByteArray(kTitles) + "李娜,000021,li@shop.cn,,,,\n"
                                              "王五,000022,taken@shop.cn,,,,\n"
                                              "赵六,000023,zhao@shop.cn,,,,\n");
        dialog->readFile(file.path);
        QTRY_COMPARE(dialog->preview()->shown(), 3);
        QCOMPARE(cell(*dialog, 0, 1), QStringLiteral("There already, skipped"));
        QVERIFY(office.shows(QStringLiteral("Lines: 3, good ones: 1, with something wrong: 1.")));
        QVERIFY(office.shows(QStringLiteral("There already, and skipped: 1.")));
        dialog->findChild<QCheckBox*>()->setChecked(true);
        QCOMPARE(dialog->preview()->shown(), 1); // nothing is wrong with who is there
        QTest::mouseClick(beginning(*dialog, QStringLiteral("Add the good ones (1)")), Qt::LeftButton);
        QTRY_COMPARE(office.server.admin.agents.agents.size(), std::size_t(4));
        QCOMPARE(office.server.admin.last<wire::BulkAgents>("POST /api/v1/agents/bulk").rows.size(), std::size_t(1));
        QTRY_COMPARE(dialog->preview()->total(), 2);
    }
    void aFileThatIsThereAlready() {
        Office office;
        office.server.admin.agents.mailed = false;
        office.server.admin.there = {"li@shop.cn", "zhao@shop.cn"};
        auto* dialog = openBulk(office);
        QVERIFY(dialog);
        const File file(QByteArray(kTitles) + "李娜,000021,li@shop.cn,,,,\n赵六,000023,zhao@shop.cn,,,,\n");
        dialog->readFile(file.path);
        QTRY_COMPARE(dialog->preview()->shown(), 2);
        QVERIFY(office.shows(QStringLiteral("Lines: 2. There is nothing left to add.")));
        QVERIFY(!beginning(*dialog, QStringLiteral("Add"))->isEnabled());
        QVERIFY(beginning(*dialog, QStringLiteral("Close")));
        const File more(QByteArray(kTitles) + "李娜,000021,li@shop.cn,,,,\n王五,000022,wang@shop.cn,,,,\n");
        dialog->readFile(more.path);
        QTRY_VERIFY(office.shows(QStringLiteral("Lines: 2, new ones: 1. Nothing is added yet.")));
        QPointer<BulkDialog> open = dialog;
        QTest::mouseClick(beginning(*dialog, QStringLiteral("Add the good ones (1)")), Qt::LeftButton);
        QTRY_VERIFY(!open); // nothing is left to be looked at
        QVERIFY(office.shows(QStringLiteral("1 agents are added. No mail server is set up.")));
        QVERIFY(office.shows(QStringLiteral("There already, and skipped: 1.")));
    }
    /// An answer that never came: the lines are sent once more, and what the server did counts.
    void whatWasAddedUnansweredIsNotAddedTwice() {
        Office office;
        auto* dialog = openBulk(office);
        QVERIFY(dialog);
        const File file(QByteArray(kTitles) + "李娜,000021,li@shop.cn,,,,\n赵六,,zhao@shop.cn,,,,\n");
        dialog->readFile(file.path);
        QTRY_COMPARE(dialog->preview()->shown(), 2);
        office.server.admin.refuse("POST /api/v1/agents/bulk", base::retry("storage_unavailable"));
        QTest::mouseClick(beginning(*dialog, QStringLiteral("Add the good ones (1)")), Qt::LeftButton);
        QTRY_VERIFY(office.shows(QStringLiteral("The server cannot store anything at the moment.")));
        office.server.admin.there = {"li@shop.cn"}; // it had done so after all
        QTest::mouseClick(beginning(*dialog, QStringLiteral("Add the good ones (1)")), Qt::LeftButton);
        QTRY_COMPARE(cell(*dialog, 0, 1), QStringLiteral("There already, skipped"));
        QCOMPARE(office.server.admin.agents.agents.size(), std::size_t(3));
    }
    void aFileOfGoodOnesIsAddedInParts() {
        Office office;
        QPointer<BulkDialog> dialog = openBulk(office);
        QVERIFY(dialog);
        QByteArray rows = kTitles;
        for (int i = 0; i < 1'200; ++i)
            rows += QByteArray("A,") + QByteArray::number(5000 + i) + ",a" + QByteArray::number(i) + "@shop.cn\n";
        const File file(rows);
        dialog->readFile(file.path);
        QTRY_COMPARE(dialog->preview()->shown(), 1'200);
        QTest::mouseClick(beginning(*dialog, QStringLiteral("Add all (1,200)")), Qt::LeftButton);
        QTRY_VERIFY(!dialog); // closed by itself
        QCOMPARE(office.server.admin.agents.agents.size(), std::size_t(1'203));
        QCOMPARE(office.server.admin.count("POST /api/v1/agents/bulk"), 6); // 500 at most, looked at and added
        QVERIFY(office.awaitRows(1'203));
    }
    void aShorterFileAfterALongerOne() {
        Office office;
        auto* dialog = openBulk(office);
        QVERIFY(dialog);
        const auto rows = [](int count) {
            QByteArray text = kTitles;
            for (int i = 0; i < count; ++i)
                text += QByteArray("A,") + QByteArray::number(5000 + i) + ",a" + QByteArray::number(i) + "@shop\n";
            return text;
        };
        const File longer(rows(30));
        dialog->readFile(longer.path);
        QTRY_COMPARE(dialog->preview()->shown(), 30);
        dialog->findChild<QCheckBox*>()->setChecked(true); // what passes is looked at row by row
        const File shorter(rows(2));
        dialog->readFile(shorter.path);
        QTRY_COMPARE(dialog->preview()->shown(), 2);
    }
    void whatTheServerHasNotLookedAtIsNotCalledGood() {
        Office office;
        auto* dialog = openBulk(office);
        QVERIFY(dialog);
        office.server.admin.refuse("POST /api/v1/agents/bulk", base::retry("storage_unavailable"));
        const File file(QByteArray(kTitles) + "A,5000,a@shop.cn\n");
        dialog->readFile(file.path);
        QTRY_COMPARE(dialog->preview()->shown(), 1);
        QVERIFY(office.shows(QStringLiteral("The server has not looked at all lines yet")));
    }
    void addingIsStoppedBetweenParts() {
        Office office;
        auto* dialog = openBulk(office);
        QVERIFY(dialog);
        QByteArray rows = kTitles;
        for (int i = 0; i < 1'200; ++i)
            rows += QByteArray("A,") + QByteArray::number(5000 + i) + ",a" + QByteArray::number(i) + "@shop.cn\n";
        const File file(rows);
        dialog->readFile(file.path);
        QTRY_COMPARE(dialog->preview()->shown(), 1'200);
        QTest::mouseClick(beginning(*dialog, QStringLiteral("Add all")), Qt::LeftButton);
        auto* progress = dialog->findChild<widgets::ProgressDialog*>();
        QVERIFY(progress);
        QTest::keyClick(progress, Qt::Key_Escape);
        QTRY_VERIFY(dialog->findChild<widgets::ProgressDialog*>() == nullptr);
        QCOMPARE(office.server.admin.agents.agents.size(), std::size_t(503)); // what was on its way is done
        QCOMPARE(dialog->preview()->total(), 700);
    }
    void theLongestLinesFitIntoARequest() {
        wire::AgentDraft longest; // as long as cells may be, of what takes two bytes in JSON
        longest.name = longest.nickname = longest.staffNo = std::string(admin::sheet::kMaxCell, '"');
        longest.email = std::string(admin::sheet::kMaxCell, 'a');
        longest.mobile = std::string(30, '1');
        longest.groups.assign(50, model::GroupId(1'234'567'890));
        wire::BulkAgents bulk;
        bulk.rows.assign(BulkDialog::kBatch, longest);
        QVERIFY(wire::encodeBody(bulk).size() < 4u * 1024 * 1024); // docs/protocol.md 6
    }
    void aFileThatIsNoneSaysWhy() {
        Office office;
        auto* dialog = openBulk(office);
        QVERIFY(dialog);
        const File old("\xD0\xCF\x11\xE0 something");
        dialog->readFile(old.path);
        QTRY_VERIFY(office.shows(QStringLiteral("This is an Excel file of the old kind")));
        dialog->readFile(old.path + QStringLiteral(".gone"));
        QTRY_VERIFY(office.shows(QStringLiteral("The file cannot be read")));
        const File without("name,mail\nA,a@b.c\n");
        dialog->readFile(without.path);
        QTRY_VERIFY(office.shows(QStringLiteral("There is no column “Staff number”")));
    }
};

static const test::Add<BulkTest> addedBulkTest;
#include "bulk_test.moc"
