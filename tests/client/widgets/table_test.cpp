#include "client/widgets/controls/tick_list.h"
#include "client/widgets/overlay/dialog.h"
#include "client/widgets/overlay/progress_dialog.h"
#include "client/widgets/table/csv.h"
#include "client/widgets/table/drawer.h"
#include "client/widgets/table/table_page.h"
#include "tests/support/suite.h"

#include <QApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>

using namespace cb::widgets;

namespace {

struct Data {
    QStringList names;
    std::vector<int> counts;
};

void set(TableView& view, const Data& rows) {
    view.table().setColumns(
        {{QStringLiteral("name"), QStringLiteral("Name"), 150},
         {QStringLiteral("count"), QStringLiteral("Count"), 80, true}},
        [&rows](int row, int column) {
            return column == 0
                       ? TableCell{rows.names[row]}
                       : TableCell{QString::number(rows.counts[std::size_t(row)]), rows.counts[std::size_t(row)]};
        },
        [&rows](int row) { return rows.names[row]; });
    view.reload(int(rows.names.size()));
}

QStringList shown(TableView& view) {
    QStringList all;
    for (const auto& row : view.texts())
        all << row.first();
    return all;
}

} // namespace

class TableTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void formulasAreNoFormulas() {
        for (const char* bad : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "  =1", "＝1"})
            QCOMPARE(withoutFormula(QString::fromUtf8(bad)).front(), QChar(u'\''));
        for (const char* good : {"", "a=b", "李", "1-2"})
            QCOMPARE(withoutFormula(QString::fromUtf8(good)), QString::fromUtf8(good));
        const auto csv =
            csvOf({QStringLiteral("a"), QStringLiteral("b,c")}, {{QStringLiteral("x\"y"), QStringLiteral("=1")}});
        QCOMPARE(csv, QByteArray("\xEF\xBB\xBF"
                                 "a,\"b,c\"\r\n\"x\"\"y\",'=1\r\n"));
    }
    void sortsByValueAndKeepsTheChosenRow() {
        Data rows{{QStringLiteral("Room 10"), QStringLiteral("room 2"), QStringLiteral("Room 1")}, {5, 40, 300}};
        TableView view;
        view.resize(400, 300);
        set(view, rows);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QCOMPARE(shown(view).first(), QStringLiteral("Room 10")); // as they come
        const auto title = [&view](int column) {
            return QPoint(view.horizontalHeader()->sectionViewportPosition(column) + 10, 10);
        };
        QTest::mouseClick(view.horizontalHeader()->viewport(), Qt::LeftButton, {}, title(0));
        QCOMPARE(shown(view),
                 (QStringList{QStringLiteral("Room 1"), QStringLiteral("room 2"), QStringLiteral("Room 10")}));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(view.rows().index(1, 0)).center());
        QCOMPARE(view.currentRow(), 1);
        QTest::mouseClick(view.horizontalHeader()->viewport(), Qt::LeftButton, {}, title(1));
        QCOMPARE(shown(view),
                 (QStringList{QStringLiteral("Room 10"), QStringLiteral("room 2"), QStringLiteral("Room 1")}));
        QCOMPARE(view.currentRow(), 1);
        rows.names.prepend(QStringLiteral("Lobby"));
        rows.counts.insert(rows.counts.begin(), 1);
        view.reload(4);
        QCOMPARE(view.currentRow(), 2); // the same one, elsewhere
    }
    void aFileHasTimesAndNumbersAsTheyAre() {
        const QDateTime at(QDate(2026, 3, 9), QTime(14, 2, 5), Qt::OffsetFromUTC, 8 * 3600);
        TableView view;
        view.table().setColumns(
            {{QStringLiteral("text"), QStringLiteral("Text")},
             {QStringLiteral("at"), QStringLiteral("At")},
             {QStringLiteral("never"), QStringLiteral("Never")},
             {QStringLiteral("count"), QStringLiteral("Count"), 80, true},
             {QStringLiteral("state"), QStringLiteral("State")}},
            [&at](int, int column) {
                return column == 0   ? TableCell{QStringLiteral("000010")}
                       : column == 1 ? TableCell{QStringLiteral("today, 14:02"), at}
                       : column == 2 ? TableCell{QStringLiteral("not yet"), QDateTime()}
                       : column == 3 ? TableCell{QStringLiteral("1,234"), 1234}
                                     : TableCell{QStringLiteral("open"), 2};
            },
            [](int row) { return row; });
        view.reload(1);
        const QStringList row = view.texts().front();
        QCOMPARE(row[0], QStringLiteral("000010"));
        QCOMPARE(QDateTime::fromString(row[1], Qt::ISODate), at);
        const QDateTime local = at.toLocalTime();
        QVERIFY2(row[1].startsWith(local.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss"))) && row[1].size() > 19,
                 qPrintable(row[1])); // our time, with its offset
        QCOMPARE(row.mid(2), (QStringList{QString(), QStringLiteral("1234"), QStringLiteral("open")}));
    }
    void keysOpenAndAct() {
        const Data rows{{QStringLiteral("A"), QStringLiteral("B")}, {1, 2}};
        TableView view;
        view.resize(400, 300);
        set(view, rows);
        view.setActions({{QStringLiteral("edit"), Glyph::Pencil, QStringLiteral("Edit"), {}, {}},
                         {QStringLiteral("delete"), Glyph::Trash2, QStringLiteral("Delete"),
                          QKeySequence(Qt::Key_Delete), [](int row) { return row == 1; }}});
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QSignalSpy opened(&view, &TableView::opened);
        QSignalSpy acted(&view, &TableView::actionTriggered);
        view.setCurrentIndex(view.rows().index(0, 0));
        QTest::keyClick(&view, Qt::Key_Delete); // not for this one
        QCOMPARE(acted.count(), 0);
        QTest::keyClick(&view, Qt::Key_Down);
        QTest::keyClick(&view, Qt::Key_Delete);
        QCOMPARE(acted.count(), 1);
        QCOMPARE(acted[0][1].toInt(), 1);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        const QPoint first = view.visualRect(view.rows().index(0, 0)).center();
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, first);
        QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, first);
        QCOMPARE(opened.count(), 2);
        QCOMPARE(opened[1][0].toInt(), 0);
    }
    void aDrawerIsNotLeftWhileItIsSaved() {
        Drawer drawer;
        drawer.open(QStringLiteral("A"), new QLineEdit, QStringLiteral("Save"));
        drawer.setEdited(true);
        drawer.setBusy(true);
        bool gone = false;
        drawer.leave([&] { gone = true; });
        QTest::keyClick(&drawer, Qt::Key_Escape);
        QVERIFY(drawer.isOpen() && !gone);
        QVERIFY(drawer.findChildren<ConfirmDialog*>().isEmpty());
        drawer.setBusy(false);
        drawer.setEdited(false);
        drawer.leave([&] { gone = true; });
        QVERIFY(!drawer.isOpen() && gone);
    }
    void whatStandsInItsPlace() {
        const Data rows{{QStringLiteral("A"), QStringLiteral("B")}, {1, 2}};
        DataTable table;
        table.resize(400, 300);
        set(table.view(), rows);
        table.setEmpty(Glyph::Users, QStringLiteral("Nothing yet."), QStringLiteral("Make one"));
        table.show();
        const auto says = [&table](const QString& text) {
            for (auto* label : table.findChildren<QLabel*>())
                if (label->isVisible() && label->text().contains(text))
                    return true;
            return false;
        };
        QVERIFY(says(QStringLiteral("Loading")));
        table.showError(QStringLiteral("No."), QStringLiteral("refused"));
        QVERIFY(says(QStringLiteral("No. (refused)")));
        table.showRows(0);
        QVERIFY(says(QStringLiteral("Nothing yet.")));
        table.showRows(2);
        QVERIFY(table.view().isVisible());
        table.setPasses([](int) { return false; });
        QVERIFY(says(QStringLiteral("Nothing fits")));
        table.setPasses([](int row) { return row == 1; });
        QCOMPARE(table.shown(), 1);
        table.showError(QStringLiteral("No."), QStringLiteral("refused"));
        QVERIFY(table.view().isVisible()); // what was there stays
        QVERIFY(says(QStringLiteral("No. (refused)")));
    }
    void aHundredThousandRows() {
        int asked = 0;
        TableView view;
        view.resize(400, 300);
        view.table().setColumns(
            {{QStringLiteral("n"), QStringLiteral("N")}},
            [&asked](int row, int) {
                ++asked;
                return TableCell{QString::number(row), row};
            },
            [](int row) { return row; });
        view.reload(100'000);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.grab();
        QVERIFY2(asked < 5'000, qPrintable(QString::number(asked))); // what is seen, several roles each
    }
    void theDrawerAsksBeforeEditsAreLost() {
        QWidget window;
        auto* drawer = new Drawer(&window);
        window.resize(500, 400);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        auto* form = new QLineEdit;
        drawer->open(QStringLiteral("A"), form, QStringLiteral("Save"));
        QSignalSpy saved(drawer, &Drawer::saveWanted);
        QTest::keyClick(drawer, Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(saved.count(), 0); // nothing to save
        drawer->setEdited(true);
        QTest::keyClick(drawer, Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(saved.count(), 1);
        bool gone = false;
        for (const bool yes : {false, true}) {
            drawer->leave([&gone] { gone = true; });
            QPointer<ConfirmDialog> ask = drawer->findChild<ConfirmDialog*>();
            QVERIFY(ask);
            if (yes)
                QTest::mouseClick(ask->actionButton(), Qt::LeftButton);
            else
                ask->reject();
            QTRY_VERIFY(!ask);
            QCOMPARE(gone, yes);
            QCOMPARE(drawer->isOpen(), !yes);
        }
    }
    void ticksByMouseAndSpace() {
        TickList list(QStringLiteral("Members"));
        list.resize(300, 300);
        list.setRows(
            {{QStringLiteral("Ali"), QStringLiteral("10"), 1, true}, {QStringLiteral("Bo"), QStringLiteral("20"), 2}});
        list.show();
        QVERIFY(QTest::qWaitForWindowExposed(&list));
        QSignalSpy changed(&list, &TickList::changed);
        auto* view = list.findChild<QListView*>();
        QTest::keyClicks(list.search(), QStringLiteral("20")); // the second line is searched, too
        QCOMPARE(view->model()->rowCount(), 1);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(view->model()->index(0, 0)).center());
        QCOMPARE(list.ticked(), (std::vector<QVariant>{1, 2}));
        list.search()->clear();
        view->setFocus();
        view->setCurrentIndex(view->model()->index(0, 0));
        QTest::keyClick(view, Qt::Key_Space);
        QCOMPARE(list.ticked(), (std::vector<QVariant>{2}));
        QCOMPARE(changed.count(), 2);
        const QRect row = view->visualRect(view->model()->index(0, 0));
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, QPoint(row.left() + 16, row.center().y())); // the box
        QCOMPARE(list.ticked(), (std::vector<QVariant>{1, 2}));
    }
    void howLongItTakes() {
        QCOMPARE(timeLeft(0, 100, 60'000), QString());
        QCOMPARE(timeLeft(10, 100, 1'000), QString()); // too early to say
        QCOMPARE(timeLeft(10, 100, 5'000), QStringLiteral("about 45 s left"));
        QCOMPARE(timeLeft(10, 100, 60'000), QStringLiteral("about 9 min left"));
        QCOMPARE(timeLeft(100, 100, 60'000), QString());
    }
};

static const cb::test::Add<TableTest> addedTableTest;
#include "table_test.moc"
