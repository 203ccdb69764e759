#include "tests/client/admin/furniture.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtWidgets/QSpinBox>

using namespace cb;
using admin::Place;
using test::Office;

namespace {

void addSite(Office& office, const char* name) {
    auto& channels = office.server.admin.channels.channels;
    model::Channel site;
    site.id = model::ChannelId(std::int64_t(channels.size()) + 1);
    site.name = name;
    channels.push_back(site);
}

} // namespace

/// What all list pages have in common: files, what stands where there is nothing, what others change.
class PagesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QSettings().clear(); }

    void aFileSaysMoreThanTheScreen() {
        Office office;
        auto& agents = office.server.admin.agents.agents;
        agents[1].invited = true;
        agents[2].agent.name = "=1+1";
        QVERIFY(office.openAt(Place::Agents));
        QVERIFY(office.awaitRows(3));
        QVERIFY(office.rowOf(QStringLiteral("not signed in yet")) >= 0);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("agents.csv"));
        office.exportTo(path);
        const auto lines = Office::linesOf(path);
        QCOMPARE(lines.size(), 4);
        const auto line = [&lines](const QString& start) { return lines.filter(start).value(0); };
        const QString ali = line(QStringLiteral("Ali,000010,Ali@shop.cn,,,Admin,Sales,"));
        const QString added = ali.section(u',', -1);
        static const QRegularExpression kExact(
            QStringLiteral("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d)$"));
        QVERIFY2(kExact.match(added).hasMatch(), qPrintable(ali));
        QCOMPARE(QDateTime::fromString(added, Qt::ISODate).toSecsSinceEpoch(),
                 bridge::toQt(agents[0].createdAt).toSecsSinceEpoch());
        QVERIFY(
            kExact.match(line(QStringLiteral("Bo,9,")).section(u',', -1)).hasMatch()); // also of who was not here yet
        QVERIFY(!line(QStringLiteral("'=1+1,10,")).isEmpty());
    }
    void screenPopsAreAFileToo() {
        Office office;
        office.server.admin.pops.pops = {{"CRM", "https://crm.example.com/?c=${CallerNumber}", true},
                                         {"Old", "https://old.example.com/", false}};
        QVERIFY(office.openAt(Place::ScreenPops));
        QVERIFY(office.awaitRows(2));
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("pops.csv"));
        office.exportTo(path);
        QCOMPARE(Office::linesOf(path),
                 (QStringList{QStringLiteral("No.,Name,State,Address"),
                              QStringLiteral("1,CRM,on,https://crm.example.com/?c=${CallerNumber}"),
                              QStringLiteral("2,Old,off,https://old.example.com/")}));
    }
    void aBlockListThatIsCutSaysSo() {
        Office office;
        auto& blocked = office.server.admin.blocked.customers;
        for (int i = 0; i < 999; ++i)
            blocked.push_back(
                {model::CustomerId(i + 1), "Visitor " + std::to_string(i), {}, "Shop", office.server.now()});
        QVERIFY(office.openAt(Place::Blocked));
        QVERIFY(office.awaitRows(999));
        QVERIFY(office.shows(QStringLiteral("999 in all")));
        QVERIFY(!office.shows(QStringLiteral("are shown")));
        blocked.push_back({model::CustomerId(1000), "Visitor 999", {}, "Shop", office.server.now()});
        office.manage()->open(Place::Agents);
        office.manage()->open(Place::Blocked);
        QVERIFY(office.awaitRows(1'000));
        QVERIFY(office.shows(QStringLiteral("The newest 1,000 are shown.")));
        QVERIFY(office.shows(QStringLiteral("the newest 1,000")));
        QTest::keyClicks(office.list()->search(), QStringLiteral("Visitor 998"));
        QVERIFY(office.shows(QStringLiteral("1 of the newest 1,000")));
    }
    void changesOfOthersAreSeen() {
        Office office;
        QVERIFY(office.openAt(Place::Websites));
        QVERIFY(office.awaitRows(1));
        addSite(office, "Told");
        wire::ConfigChanged changed;
        changed.lists = true;
        office.server.event(changed);
        QVERIFY(office.awaitRows(2));
        addSite(office, "Seen when one comes back to the page");
        office.manage()->open(Place::Agents);
        office.manage()->open(Place::Websites);
        QVERIFY(office.awaitRows(3));
    }
    /// Nobody told of what was changed meanwhile.
    void aListIsReadAgainWhenTheConnectionIsBack() {
        for (const auto place : {Place::Websites, Place::Agents}) {
            Office office;
            QVERIFY(office.openAt(place));
            const int before = place == Place::Websites ? 1 : 3;
            QVERIFY(office.awaitRows(before));
            office.server.goAway();
            QTRY_VERIFY(!office.server.isConnected());
            addSite(office, "Not told");
            office.server.admin.agents.agents.push_back(office.server.admin.agents.agents.back());
            office.server.admin.agents.agents.back().agent.id = model::AgentId(77);
            office.server.comeBack();
            QTRY_COMPARE_WITH_TIMEOUT(office.list()->table()->shown(), before + 1, 10'000);
        }
    }
    void allMediaHasItsGroups() {
        Office office;
        QVERIFY(office.openAt(Place::AllMediaGroups));
        QTRY_VERIFY(office.shows(QStringLiteral("A skill group is a team that answers")));
        QVERIFY(office.shows(QStringLiteral("Who takes audio and video calls")));
        office.press(QStringLiteral("Add skill group"));
        office.write(QStringLiteral("Name"), QStringLiteral("Video"));
        office.press(QStringLiteral("Add"));
        QVERIFY(office.awaitRows(1));
        QCOMPARE(office.server.admin.last<wire::GroupDraft>("POST /api/v1/groups"),
                 (wire::GroupDraft{model::Mode::AllMedia, "Video", 1})); // one at a time, always
    }
    void allMediaHasItsSettings() {
        Office office;
        QVERIFY(office.openAt(Place::AllMediaSettings));
        QTRY_VERIFY(office.button(QStringLiteral("Save")) != nullptr);
        QVERIFY(office.shows(QStringLiteral("How long an all-media session rings at an agent")));
        const auto numbers = office.window->findChildren<QSpinBox*>();
        QVERIFY(std::any_of(numbers.begin(), numbers.end(), [](const QSpinBox* one) {
            return one->isVisible() && one->accessibleName() == QLatin1String("It rings for");
        }));
    }
    void whatStandsWhereThereIsNothing_data() {
        QTest::addColumn<int>("place");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("button");
        QTest::newRow("replies") << int(Place::QuickReplies) << QStringLiteral("What is answered again and again")
                                 << QStringLiteral("Add quick reply");
        QTest::newRow("pops") << int(Place::ScreenPops) << QStringLiteral("Show agents the customer's record")
                              << QStringLiteral("Add screen pop");
        QTest::newRow("blocked") << int(Place::Blocked) << QStringLiteral("Nobody is blocked.") << QString();
        QTest::newRow("audit") << int(Place::Audit) << QStringLiteral("No change is recorded yet.") << QString();
    }
    void whatStandsWhereThereIsNothing() {
        QFETCH(int, place);
        QFETCH(QString, sentence);
        QFETCH(QString, button);
        Office office;
        QVERIFY(office.openAt(Place(place)));
        QTRY_VERIFY(office.shows(sentence));
        QVERIFY(!office.exportButton()->isEnabled());
        if (button.isEmpty())
            return;
        widgets::Button* makes = nullptr; // not the one in the page's head
        for (auto* one : office.list()->table()->findChildren<widgets::Button*>())
            if (one->isVisible() && one->text() == button)
                makes = one;
        QVERIFY(makes);
        QTest::mouseClick(makes, Qt::LeftButton);
        QVERIFY(office.drawerOpen());
    }
};

static const test::Add<PagesTest> addedPagesTest;
#include "pages_test.moc"
