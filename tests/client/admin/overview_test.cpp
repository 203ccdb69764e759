#include "client/admin/charts/curve_chart.h"
#include "client/admin/overview_page.h"
#include "client/widgets/controls/rail.h"
#include "tests/client/admin/furniture.h"

#include <QtCharts/QCategoryAxis>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>
#include <QtWidgets/QScrollBar>

using namespace cb;
using admin::Place;
using test::Office;

namespace {

/// The 10th of March 2026 in New York, whose clocks were changed on the 8th.
model::Overview sample() {
    model::Overview now;
    now.timeZone = "America/New_York";
    now.dayFrom = base::fromUnixMillis(1'773'115'200'000);
    now.dayTo = now.dayFrom + std::chrono::hours(24);
    now.threshold = 20;
    now.agents = {3, 2, 1, 4, 990};
    model::DayTally today;
    today.offered = 12;
    today.answered = 8;
    today.abandoned = 3;
    today.abandonedSoon = 2;
    today.within = 5;
    today.waitMs = 8 * 14'000;
    today.handled = 4;
    today.handleMs = 4 * 252'000;
    now.modes = {{model::Mode::Chat, today}};
    now.channels = {{model::ChannelId(1), "Shop", today}};
    now.groups = {{model::GroupId(1), "Sales", model::Mode::Chat, 1, now.dayFrom, 3, 5, 2, today},
                  {model::GroupId(2), "After-sales", model::Mode::Chat, 0, {}, 0, 0, 0, {}}};
    now.offered.assign(40, 0);
    now.answered.assign(40, 0);
    now.abandoned.assign(40, 0);
    now.offered[36] = 9;
    now.offered[39] = 3;
    now.answered[36] = 8;
    now.abandoned[39] = 3;
    return now;
}

struct Figures : Office {
    Figures() { server.overview = sample(); }
    bool openThere() {
        return openAt(Place::Overview) && QTest::qWaitFor([this] { return page()->curve() != nullptr; });
    }
    admin::OverviewPage* page() const { return qobject_cast<admin::OverviewPage*>(manage()->page(Place::Overview)); }
    QString figure(int tile) const { return page()->tiles()->tile(tile)->figure(); }
    QString groupCell(int row, int column) const {
        return page()->groups()->model()->index(row, column).data().toString();
    }
    int watches(bool on) const {
        int count = 0;
        for (const auto& one : server.asked<wire::WatchOverview>())
            count += one.on == on;
        return count;
    }
    void tell(const model::Overview& overview) { server.say(wire::encodeOverview(overview)); }
};

} // namespace

class OverviewPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itIsWhatAnAdminSeesFirst() {
        Figures office;
        QVERIFY(office.open());
        for (auto* one : office.the<widgets::NavigationRail>()->findChildren<QAbstractButton*>())
            if (one->accessibleName() == QLatin1String("Manage"))
                QTest::mouseClick(one, Qt::LeftButton);
        QCOMPARE(office.manage()->place(), Place::Overview);
        QTRY_VERIFY(office.page()->curve() != nullptr);
        QVERIFY(office.page()->curve()->isVisible());
    }
    void theFigures() {
        Figures office;
        QVERIFY(office.openThere());
        QCOMPARE(office.figure(0), QStringLiteral("12"));
        QCOMPARE(office.figure(1), QStringLiteral("8"));
        QCOMPARE(office.figure(2), QStringLiteral("3"));
        QCOMPARE(office.figure(3), QStringLiteral("0:14"));
        QCOMPARE(office.figure(4), QStringLiteral("4:12"));
        QCOMPARE(office.figure(5), QStringLiteral("50%")); // 5 of 12 − 2
        QVERIFY(office.shows(QStringLiteral("1 waiting now")));
        QVERIFY(office.shows(QStringLiteral("answered within 20 s")));
        QCOMPARE(office.page()->statuses()->count(0), 3);
        QCOMPARE(office.page()->statuses()->count(4), 990);
        QCOMPARE(office.page()->groups()->model()->rowCount(), 2);
        QCOMPARE(office.groupCell(0, 0), QStringLiteral("Sales"));
        QCOMPARE(office.groupCell(0, 2), QStringLiteral("1"));
        QVERIFY(office.groupCell(0, 3).contains(u':'));
        QCOMPARE(office.groupCell(0, 5), QStringLiteral("2 / 5"));
        QCOMPARE(office.groupCell(1, 3), QStringLiteral("–"));
        QCOMPARE(office.groupCell(1, 7), QStringLiteral("–"));
        QCOMPARE(office.page()->channels()->model()->rowCount(), 2); // the mode and the channel
        QCOMPARE(office.page()->channels()->model()->index(1, 0).data().toString(), QStringLiteral("Shop"));
        QVERIFY(office.shows(QStringLiteral("America/New_York")));
    }
    void timesAreTheInstances() {
        Figures office;
        auto now = sample();
        now.dayFrom = base::fromUnixMillis(1'772'946'000'000); // the 8th: 2:00 does not exist
        now.dayTo = now.dayFrom + std::chrono::hours(23);
        office.server.overview = now;
        QVERIFY(office.openThere());
        auto* axis = qobject_cast<QCategoryAxis*>(office.page()->curve()->chart()->axes(Qt::Horizontal).first());
        QCOMPARE(axis->categoriesLabels().first(), QStringLiteral("00:00"));
        QCOMPARE(axis->endValue(QStringLiteral("03:00")), 8.0); // two hours on
        QCOMPARE(axis->endValue(QStringLiteral("12:00")), 44.0);
        QCOMPARE(axis->max(), 92.0);
        QVERIFY(office.shows(QStringLiteral("2026 in America/New_York")));
    }
    void theCurves() {
        Figures office;
        QVERIFY(office.openThere());
        const auto curves = office.page()->curve()->chart()->series();
        QCOMPARE(curves.size(), 3);
        auto* offered = qobject_cast<QLineSeries*>(curves[0]);
        QCOMPARE(offered->count(), 40);
        QCOMPARE(offered->at(36).y(), 9.0);
        QCOMPARE(curves[2]->name(), QStringLiteral("Abandoned"));
        auto now = sample();
        now.offered.push_back(77);
        now.answered.push_back(0);
        now.abandoned.push_back(0);
        office.tell(now);
        QTRY_COMPARE(offered->count(), 41);
        QCOMPARE(office.page()->curve()->chart()->axes(Qt::Vertical).first()->property("max").toInt(), 80);
    }
    void axesEndAtRoundNumbers() {
        for (const auto& [most, end] : std::vector<std::pair<int, int>>{
                 {0, 4}, {4, 4}, {5, 8}, {9, 20}, {20, 20}, {21, 40}, {77, 80}, {81, 200}, {1'000, 2'000}})
            QCOMPARE(admin::axisEnd(most), end);
    }
    void aDayWithoutSessions() {
        Figures office;
        auto now = sample();
        now.modes.clear();
        now.channels.clear();
        now.offered.clear();
        now.answered.clear();
        now.abandoned.clear();
        for (auto& group : now.groups)
            group.today = {};
        office.server.overview = now;
        QVERIFY(office.openThere());
        QVERIFY(!office.page()->curve()->isVisible());
        QVERIFY(office.shows(QStringLiteral("No session has been offered to anybody today.")));
        QCOMPARE(office.figure(0), QStringLiteral("0"));
        QCOMPARE(office.figure(3), QStringLiteral("–"));
        QCOMPARE(office.figure(5), QStringLiteral("–"));
        QVERIFY(!office.page()->channels()->isVisible());
        office.tell(sample());
        QTRY_VERIFY(office.page()->curve()->isVisible());
    }
    void watchedWhileSeenOnly() {
        Figures office;
        QVERIFY(office.openThere());
        QCOMPARE(office.watches(true), 1);
        QCOMPARE(office.watches(false), 0);
        office.manage()->open(Place::Agents);
        QTRY_COMPARE(office.watches(false), 1);
        auto other = sample();
        other.agents.idle = 77;
        office.tell(other); // was on its way: nobody looks
        office.server.overview = sample();
        office.manage()->open(Place::Overview);
        QTRY_COMPARE(office.watches(true), 2);
        QTest::qWait(50);
        QCOMPARE(office.page()->statuses()->count(0), 3);
    }
    void aNewConnectionAsksAgain() {
        Figures office;
        QVERIFY(office.openThere());
        auto later = sample();
        later.agents.idle = 8;
        office.server.goAway();
        QTRY_VERIFY(office.shows(QStringLiteral("These are the figures of before.")));
        QCOMPARE(office.page()->statuses()->count(0), 3); // they stay
        office.server.overview = later;
        office.server.comeBack();
        QTRY_COMPARE_WITH_TIMEOUT(office.page()->statuses()->count(0), 8, 10'000);
        QVERIFY(!office.shows(QStringLiteral("These are the figures of before.")));
    }
    void newsKeepThePlace() {
        Figures office;
        office.window->resize(1024, 640);
        QVERIFY(office.openThere());
        auto* bar = office.page()->findChild<widgets::ScrollColumn*>()->verticalScrollBar();
        QTRY_VERIFY(bar->maximum() > 0);
        bar->setValue(bar->maximum());
        const int place = bar->value();
        office.page()->groups()->selectKey(qint64(2));
        auto now = sample();
        now.groups[0].waiting = 9;
        office.tell(now);
        QTRY_COMPARE(office.groupCell(0, 2), QStringLiteral("9"));
        QCOMPARE(bar->value(), place);
        QCOMPARE(office.page()->groups()->currentRow(), 1);
    }
    void everythingSpeaksTheOtherLanguage() {
        Figures office;
        QVERIFY(office.openThere());
        office.preferences.setLanguage(QStringLiteral("zh_CN"));
        QTRY_VERIFY(office.shows(QStringLiteral("数据概览")));
        QVERIFY(office.shows(QStringLiteral("小休中")));
        QCOMPARE(office.page()->curve()->chart()->series().first()->name(), QStringLiteral("进线"));
    }
};

static const test::Add<OverviewPageTest> addedOverviewPageTest;
#include "overview_test.moc"
