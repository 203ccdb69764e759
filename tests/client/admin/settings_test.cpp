#include "client/admin/audit_words.h"
#include "client/admin/brand.h"
#include "client/admin/settings_page.h"
#include "client/widgets/theme/tokens.h"
#include "tests/client/admin/furniture.h"

#include <QtWidgets/QTreeWidget>

using namespace cb;
using admin::Place;
using test::Office;

namespace {

QCheckBox* check(const Office& office, const QString& text) {
    for (auto* one : office.window->findChildren<QCheckBox*>())
        if (one->isVisible() && one->text() == text)
            return one;
    return nullptr;
}

QSpinBox* number(const Office& office, const QString& name) {
    for (auto* one : office.window->findChildren<QSpinBox*>())
        if (one->isVisible() && one->accessibleName() == name)
            return one;
    return nullptr;
}

} // namespace

class SettingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void chatSettingsAreSavedAndTheOthersKept() {
        Office office;
        office.server.admin.settings.settings.retentionDays = 77;
        QVERIFY(office.openAt(Place::ChatSettings));
        QTRY_VERIFY(number(office, QStringLiteral("It rings for")));
        QVERIFY(!office.button(QStringLiteral("Save"))->isEnabled());
        auto* seconds = number(office, QStringLiteral("It rings for"));
        QCOMPARE(seconds->value(), 30);
        seconds->setFocus();
        seconds->selectAll();
        QTest::keyClicks(seconds, QStringLiteral("45"));
        QTest::keyClick(seconds, Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE(office.server.admin.settings.settings.chatAnswerSeconds, 45);
        QCOMPARE(office.server.admin.settings.settings.retentionDays, 77);
        QTRY_VERIFY(!office.button(QStringLiteral("Save"))->isEnabled());
        auto* on = check(office, QStringLiteral("Offer it to another agent when nobody answers"));
        QTest::mouseClick(on, Qt::LeftButton, {}, QPoint(8, on->height() / 2));
        QVERIFY(!number(office, QStringLiteral("It rings for"))->isEnabled());
        office.press(QStringLiteral("Save"));
        QTRY_VERIFY(!office.server.admin.settings.settings.chatAnswerTimeout);
    }
    void allMediaHasATimeOfItsOwn() {
        Office office;
        QVERIFY(office.openAt(Place::AllMediaSettings));
        QTRY_VERIFY(number(office, QStringLiteral("It rings for")));
        number(office, QStringLiteral("It rings for"))->setValue(12);
        office.press(QStringLiteral("Save"));
        QTRY_COMPARE(office.server.admin.settings.settings.allMediaAnswerSeconds, 12);
        QCOMPARE(office.server.admin.settings.settings.chatAnswerSeconds, 30);
    }
    void aRefusalStandsAtTheNumber() {
        Office office;
        auto error = base::with(base::with(base::rejected("bad_field"), "field", "settings.retention_days"), "why",
                                "out_of_range");
        office.server.admin.refuse("PUT /api/v1/settings", base::with(base::with(error, "min", "30"), "max", "90"));
        QVERIFY(office.openAt(Place::Routing));
        QTRY_VERIFY(number(office, QStringLiteral("Conversations, files and records are kept for")));
        number(office, QStringLiteral("Conversations, files and records are kept for"))->setValue(2000);
        office.press(QStringLiteral("Save"));
        QTRY_VERIFY(office.shows(QStringLiteral("It must be from 30 to 90.")));
        QVERIFY(office.button(QStringLiteral("Save"))->isEnabled());
    }
    void editsAreAskedForAndKept() {
        Office office;
        QVERIFY(office.openAt(Place::PhoneSettings));
        QTRY_VERIFY(number(office, QStringLiteral("After hanging up")));
        number(office, QStringLiteral("After hanging up"))->setValue(61);
        wire::ConfigChanged changed;
        changed.settings = wire::Settings{};
        const int reads = office.server.admin.reads;
        office.server.event(changed); // somebody else's change does not overwrite what is typed
        QTRY_VERIFY(office.server.admin.reads > reads);
        QTest::qWait(20);
        QCOMPARE(number(office, QStringLiteral("After hanging up"))->value(), 61);
        auto* tree = office.manage()->findChild<QTreeWidget*>();
        auto* before = tree->currentItem();
        for (QTreeWidgetItemIterator it(tree); *it != nullptr; ++it)
            if ((*it)->text(0) == QStringLiteral("Audit log"))
                tree->setCurrentItem(*it);
        office.answer(false);
        QCOMPARE(office.manage()->place(), Place::PhoneSettings);
        QTRY_COMPARE(tree->currentItem(), before); // marks where we are, not where we did not go
        office.press(QStringLiteral("Discard"));
        QTRY_VERIFY(number(office, QStringLiteral("After hanging up")));
        QCOMPARE(number(office, QStringLiteral("After hanging up"))->value(), 30);
        office.manage()->open(Place::Audit);
        QCOMPARE(office.manage()->place(), Place::Audit);
    }
    void coloursAreReadable() {
        for (const char* colour : {"#0B6E6E", "#F4D000", "#FFFFFF", "#000000", "#FF8A00", "#7F7F7F", "#E5397A"}) {
            const auto brand = admin::brandOf(QColor(QLatin1String(colour)));
            QVERIFY2(widgets::contrast(brand.ground, brand.letters) >= 4.5, colour);
        }
        QVERIFY(!admin::brandOf(QColor(0x0B, 0x6E, 0x6E)).darkened);
        QCOMPARE(admin::brandOf(QColor(0xF4, 0xD0, 0x00)).letters, QColor(12, 21, 23)); // ink on yellow
        QVERIFY(admin::brandOf(QColor(0xF0, 0x60, 0x30)).darkened);                     // 3.3 : 1 against white
        QCOMPARE(admin::brandOf({}).ground, admin::kOwnBrand);
    }
    void actionsHaveWords() {
        QCOMPARE(admin::auditAction("flow.publish_forced"), QStringLiteral("Published a flow although tests failed"));
        QCOMPARE(admin::auditAction("something.new"), QStringLiteral("something.new"));
        QCOMPARE(admin::auditTarget("group 7"), QStringLiteral("skill group 7"));
        QCOMPARE(admin::auditTarget("screen_pops"), QStringLiteral("the screen pops"));
    }
};

static const test::Add<SettingsTest> addedSettingsTest;
#include "settings_test.moc"
