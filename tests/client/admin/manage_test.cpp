#include "client/widgets/controls/rail.h"
#include "client/widgets/overlay/command_palette.h"
#include "client/widgets/transcript/transcript_view.h"
#include "tests/client/admin/furniture.h"

#include <QtCore/QSettings>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QTreeWidget>

#include <algorithm>

using namespace cb;
using admin::Place;
using test::Office;

namespace {

QAbstractButton* railButton(const Office& office, const QString& name) {
    for (auto* one : office.the<widgets::NavigationRail>()->findChildren<QAbstractButton*>())
        if (one->accessibleName() == name)
            return one;
    return nullptr;
}

/// A page of another room, as the program puts one in.
class OtherPage : public QLabel, public admin::Page {
public:
    OtherPage()
        : QLabel(QStringLiteral("flows")) {}
    bool isEdited() const override { return edited; }
    void leave(std::function<void()> go) override {
        ++asked;
        if (!edited)
            go();
    }
    bool edited = false;
    int asked = 0;
};

} // namespace

/// The place of the admin pages in the window, beside the work.
class ManageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyAdminsSeeIt() {
        for (const auto role : {model::Role::Agent, model::Role::Admin}) {
            Office office;
            office.server.me.role = role;
            QVERIFY(office.open());
            const bool admin = role == model::Role::Admin;
            QCOMPARE(railButton(office, QStringLiteral("Manage"))->isVisible(), admin);
            office.window->frame()->showManage(Place::Agents);
            QCOMPARE(office.manage() != nullptr, admin);
        }
    }
    void theWorkStaysAliveBehindIt() {
        Office office;
        office.server.addSession(7, "Ms Li");
        QVERIFY(office.open());
        office.page().showSession(model::SessionId(7));
        QTest::mouseClick(railButton(office, QStringLiteral("Manage")), Qt::LeftButton);
        QVERIFY(office.manage()->isVisible());
        QVERIFY(!office.page().isVisible());
        office.server.customerSays(7, "hello?");
        QTRY_COMPARE(office.program.workbench().sessions()->unread(), 1);
        QTest::mouseClick(railButton(office, QStringLiteral("Work")), Qt::LeftButton);
        QVERIFY(office.page().isVisible());
        QCOMPARE(office.page().currentSession(), model::SessionId(7));
    }
    void anOfferIsSeenAndAnsweredFromThere() {
        Office office;
        QVERIFY(office.openAt(Place::ChatGroups));
        QVERIFY(office.awaitRows(2));
        office.press(QStringLiteral("Add skill group"));
        office.write(QStringLiteral("Name"), QStringLiteral("Night"));
        test::ring(office.server, 30, 8, "Mr Wu");
        QTRY_VERIFY(office.shows(QStringLiteral("Mr Wu is ringing (Sales).")));
        office.key(Qt::Key_F2);
        QTRY_COMPARE(office.server.asked<wire::AnswerOffer>().size(), std::size_t(1));
        QTRY_COMPARE(office.page().currentSession(), model::SessionId(8));
        QVERIFY(office.page().isVisible());
        office.window->frame()->showManage(Place::ChatGroups);
        QCOMPARE(office.field(QStringLiteral("Name"))->text(), QStringLiteral("Night")); // nothing is lost by it
        QVERIFY(!office.shows(QStringLiteral("is ringing")));
    }
    void thePaletteFindsThePages() {
        Office office;
        QVERIFY(office.open());
        office.key(Qt::Key_K, Qt::ControlModifier);
        auto* palette = office.the<widgets::CommandPalette>();
        QTRY_VERIFY(palette->isVisible());
        office.type(QStringLiteral("audit"));
        office.key(Qt::Key_Return);
        QTRY_VERIFY(office.manage() != nullptr && office.manage()->isVisible());
        QCOMPARE(office.manage()->place(), Place::Audit);
    }
    void theTreeGoesByKeys() {
        Office office;
        QVERIFY(office.openAt(Place::Websites));
        auto* tree = office.manage()->findChild<QTreeWidget*>();
        tree->setFocus();
        QTest::keyClick(tree, Qt::Key_Down);
        QCOMPARE(office.manage()->place(), Place::Blocked);
        QTest::keyClick(tree, Qt::Key_Down); // over the heading
        QCOMPARE(office.manage()->place(), Place::ChatGroups);
        QTest::keyClick(tree, Qt::Key_End);
        QCOMPARE(office.manage()->place(), Place::Audit);
        QCOMPARE(office.manage()->entries().size(), std::size_t(19)); // places without a page do not appear
    }
    void aPageOfAnotherRoomIsAskedBeforeItIsLeft() {
        Office office;
        QVERIFY(office.openAt(Place::Agents));
        OtherPage* other = nullptr;
        office.manage()->fill(Place::ChatSettings, [&other](const admin::Context&) { return other = new OtherPage; });
        QCOMPARE(office.manage()->entries().size(), std::size_t(19));
        office.manage()->open(Place::ChatSettings);
        QVERIFY(other != nullptr && other->isVisible());
        other->edited = true;
        office.manage()->open(Place::Agents);
        QCOMPARE(other->asked, 1);
        QCOMPARE(office.manage()->place(), Place::ChatSettings);
        other->edited = false;
        office.manage()->open(Place::Agents);
        QCOMPARE(office.manage()->place(), Place::Agents);
    }
    void columnsAreRemembered() {
        {
            Office office;
            QVERIFY(office.openAt(Place::Agents));
            QVERIFY(office.awaitRows(3));
            office.view().setColumnWidth(0, 222);
            office.view().horizontalHeader()->moveSection(0, 2);
            const auto isWritten = [&office] {
                const QSettings settings;
                const QByteArray now = office.view().horizontalHeader()->saveState();
                const auto keys = settings.allKeys();
                return std::any_of(keys.begin(), keys.end(), [&](const QString& key) {
                    return key.startsWith(QLatin1String("table/")) && settings.value(key).toByteArray() == now;
                });
            };
            QTRY_VERIFY(isWritten()); // when the hand rests
        }
        Office office;
        QVERIFY(office.openAt(Place::Agents));
        QVERIFY(office.awaitRows(3));
        QCOMPARE(office.view().columnWidth(0), 222);
        QCOMPARE(office.view().titles().mid(0, 3),
                 (QStringList{QStringLiteral("Staff number"), QStringLiteral("E-mail"), QStringLiteral("Name")}));
    }
    void everythingSpeaksTheOtherLanguage() {
        Office office;
        QVERIFY(office.openAt(Place::Agents));
        QVERIFY(office.awaitRows(3));
        office.preferences.setLanguage(QStringLiteral("zh_CN"));
        QTRY_VERIFY(office.button(QStringLiteral("添加坐席")) != nullptr);
        QCOMPARE(office.view().table().columns()[0].title, QStringLiteral("姓名"));
        QVERIFY(office.manage()->entries().back().title != QLatin1String("Audit log"));
    }
};

static const test::Add<ManageTest> addedManageTest;
#include "manage_test.moc"
