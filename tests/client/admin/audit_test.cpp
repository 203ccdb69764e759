#include "client/admin/audit_words.h"
#include "tests/client/admin/furniture.h"

#include <QtCore/QDirIterator>
#include <QtCore/QRegularExpression>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtWidgets/QComboBox>

#include <set>

using namespace cb;
using admin::Place;
using test::Office;

namespace {

QString sourceOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Every name that the server's sources give to an entry of the audit log.
std::set<QString> actionsOfTheServer() {
    const QRegularExpression places[] = {
        QRegularExpression(QStringLiteral("\\baction = ([^;]*);")),
        QRegularExpression(QStringLiteral("\\bAuditDetail\\{([^,]*),")),
        QRegularExpression(QStringLiteral("\\bchange\\(([^;]*?\"[a-z_]+\\.[a-z_]+\")")),
        QRegularExpression(QStringLiteral("\\bcommit\\(\\s*\\{\\{\\}, (\"[^\"]*\")"))};
    static const QRegularExpression kName(QStringLiteral("\"([a-z_]+(\\.[a-z_]+)?)\""));
    std::set<QString> names;
    QDirIterator sources(QStringLiteral(CLOUDBELL_TEST_DATA "/../../server"), {QStringLiteral("*.cpp")}, QDir::Files,
                         QDirIterator::Subdirectories);
    while (sources.hasNext()) {
        const QString source = sourceOf(sources.next());
        for (const auto& place : places)
            for (auto at = place.globalMatch(source); at.hasNext();)
                for (auto name = kName.globalMatch(at.next().captured(1)); name.hasNext();)
                    names.insert(name.next().captured(1));
    }
    return names;
}

void record(Office& office, int count, const char* action = "flow.publish") {
    for (int i = count; i > 0; --i)
        office.server.admin.audit.push_back({i, office.server.now(), model::AgentId(3), "Ali", action, "flow 1",
                                             "before " + std::to_string(i), "after " + std::to_string(i)});
}

QString told(const char* action, const char* text) {
    return admin::auditText(action, text);
}

} // namespace

/// The audit log in words, searched, and as a file.
class AuditTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        QSettings().clear();
        QLocale::setDefault(QLocale(QLocale::English));
    }

    void whateverTheServerWritesHasAWordAndAFilter() {
        const auto actions = actionsOfTheServer();
        for (const char* known : {"agent.add_many", "channel.unlink", "customer.block", "customer.erase", "flow.tests",
                                  "records.export", "restore", "storage.recovered"})
            QVERIFY2(actions.count(QLatin1String(known)) == 1, known); // else the search has become blind
        const auto kinds = admin::auditKinds();
        for (const auto& action : actions) {
            QVERIFY2(admin::auditAction(action.toStdString()) != action, qPrintable(action));
            QVERIFY2(std::any_of(kinds.begin(), kinds.end(),
                                 [&action](const auto& kind) { return action.startsWith(kind.first); }),
                     qPrintable(action));
        }
    }
    void everySettingHasAWord() {
        static const QRegularExpression kField(QStringLiteral("\\{\"([a-z_]+)\", &Settings::"));
        const QString rules = sourceOf(QStringLiteral(CLOUDBELL_TEST_DATA "/../../server/admin/settings_rules.cpp"));
        int count = 0;
        for (auto field = kField.globalMatch(rules); field.hasNext(); ++count) {
            const QString name = field.next().captured(1);
            const QString said = admin::auditText("settings.save", name.toStdString() + " 1");
            QVERIFY2(!said.contains(name), qPrintable(said));
        }
        QVERIFY(count >= 14);
    }
    void whatTheServerWritesIsPutIntoWords() {
        QCOMPARE(told("settings.save", "blending off, wrap_up_seconds 77"),
                 QStringLiteral("agents with open chats are offered calls: off; a chat completes itself after 77 s"));
        QCOMPARE(told("settings.save", "something_new 5"), QStringLiteral("something_new 5"));
        QCOMPARE(told("group.save", "A, B, all_media, limit 3"),
                 QStringLiteral("A, B, All-media, sessions per agent: 3"));
        QCOMPARE(told("group.delete", "A, chat, limit 3, members "),
                 QStringLiteral("A, Chat, sessions per agent: 3, members: –"));
        QCOMPARE(told("group.members", "removed: Ali (9)"), QStringLiteral("removed: Ali (9)"));
        QCOMPARE(told("agent.add_many", "Ali (9, a@b.c, agent), Bo (10, b@b.c, admin)"),
                 QStringLiteral("Ali (9, a@b.c, Agent), Bo (10, b@b.c, Admin)"));
        QCOMPARE(told("agent.save", "Ali, nickname \"\", mobile \"138\", groups 1 7"),
                 QStringLiteral("Ali, nickname: –, mobile: 138, numbers of skill groups: 1 7"));
        QCOMPARE(told("channel.save", "kiosk, Shop, website, shop.cn, #0B6E6E"),
                 QStringLiteral("kiosk, Shop, Website, shop.cn, #0B6E6E"));
        QCOMPARE(told("channel.link", "flow 7"), QStringLiteral("flow 7"));
        QCOMPARE(told("flow.publish_forced", "Main, version 3, although failed: \"night\""),
                 QStringLiteral("Main, version 3, although failed: \"night\""));
        QCOMPARE(told("flow.save", "Main\n12 nodes, 9 connections"), QStringLiteral("Main\nnodes: 12, connections: 9"));
        QCOMPARE(told("customer.block", "not blocked"), QStringLiteral("not blocked"));
        QCOMPARE(told("records.export", "by mode, text"), QStringLiteral("limited by: kind of conversation and text"));
        QCOMPARE(told("quick_reply.save", "hours: limit 3, chat"), QStringLiteral("hours: limit 3, chat"));
        QCOMPARE(admin::auditTarget("export 4"), QStringLiteral("export 4"));
        QCOMPARE(admin::auditTarget("12 agents"), QStringLiteral("12 agents"));
    }
    void thingsAreCalledByTheirNames() {
        QCOMPARE(admin::auditTarget("flow 7"), QStringLiteral("flow 7")); // of an older server
        QCOMPARE(admin::auditTarget("flow 7 Night shift"), QStringLiteral("flow “Night shift”"));
        QCOMPARE(admin::auditTarget("group 2 secret agents"), QStringLiteral("skill group “secret agents”"));
        QCOMPARE(admin::auditTarget("agent 12 Ali (000010)"), QStringLiteral("agent “Ali (000010)”"));
        QCOMPARE(admin::auditTarget("quick_reply 4 a 100 % sure"), QStringLiteral("quick reply “a 100 % sure”"));
        QCOMPARE(admin::auditTarget("customer 9"), QStringLiteral("visitor 9"));
        QCOMPARE(admin::auditTarget("planet 9 Mars"), QStringLiteral("planet 9 Mars"));
        Office office;
        office.server.admin.audit.push_back(
            {1, office.server.now(), model::AgentId(3), "Ali", "flow.publish", "flow 1 Main", "", "Main, version 1"});
        QVERIFY(office.openAt(Place::Audit));
        QVERIFY(office.awaitRows(1));
        QCOMPARE(office.cell(0, 3), QStringLiteral("flow “Main”"));
        office.list()->search()->setText(QStringLiteral("“main”")); // found by it, too
        QVERIFY(office.awaitRows(1));
    }
    void alsoInTheOtherLanguage() {
        Office office;
        office.language.set(QStringLiteral("zh_CN"));
        QVERIFY(told("group.save", "A, chat, limit 3").contains(QStringLiteral("在线客服")));
        QVERIFY(!told("agent.add", "Ali (9, a@b.c, admin)").contains(QStringLiteral("admin")));
    }
    void nobodyOfTheCallCentreIsTheOperatorOrTheServer() {
        wire::AuditEntry entry;
        entry.action = "restore";
        QCOMPARE(admin::auditWho(entry), QStringLiteral("Operator"));
        entry.action = "storage.recovered";
        QCOMPARE(admin::auditWho(entry), QStringLiteral("Server"));
    }
    void aSearchSaysHowFarItReaches() {
        Office office;
        record(office, 250);
        QVERIFY(office.openAt(Place::Audit));
        QVERIFY(office.awaitRows(100));
        QTest::keyClicks(office.list()->search(), QStringLiteral("before 42"));
        QCOMPARE(office.list()->table()->shown(), 0);
        QVERIFY(office.shows(QStringLiteral("Searched in the newest 100 entries.")));
        QVERIFY(office.shows(QStringLiteral("0 of the newest 100")));
        const int reads = office.server.admin.reads;
        QTest::qWait(50);
        QCOMPARE(office.server.admin.reads, reads); // older ones come when somebody says so
        office.press(QStringLiteral("Search further back"));
        QTRY_VERIFY(office.shows(QStringLiteral("Searched in the newest 200 entries.")));
        office.press(QStringLiteral("Search further back"));
        QVERIFY(office.awaitRows(1));
        QCOMPARE(office.cell(0, 4), QStringLiteral("before 42"));
        QVERIFY(!office.shows(QStringLiteral("Searched in"))); // in all there are
        QVERIFY(office.shows(QStringLiteral("1 of 250")));
        office.list()->search()->clear();
        QVERIFY(office.awaitRows(250));
    }
    void theFileHasEveryEntryOfTheFilter() {
        Office office;
        record(office, 250);
        record(office, 3, "records.export");
        QVERIFY(office.openAt(Place::Audit));
        QVERIFY(office.awaitRows(100));
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("audit.csv"));
        office.exportTo(path);
        const auto lines = Office::linesOf(path);
        QCOMPARE(lines.size(), 254);
        QCOMPARE(lines.front(), QStringLiteral("Time,Who,What,Of,Before,Afterwards"));
        static const QRegularExpression kLine(
            QStringLiteral("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d),Ali,"
                           "Published a flow,flow 1,before 1,after 1$"));
        QVERIFY2(kLine.match(lines[250]).hasMatch(), qPrintable(lines[250]));
        QTRY_VERIFY(office.shows(QStringLiteral("Written to")));
        QVERIFY(!office.shows(QStringLiteral("Collecting entries")));
    }
    void collectingForAFileIsGivenUp() {
        Office office;
        record(office, 250);
        QVERIFY(office.openAt(Place::Audit));
        QVERIFY(office.awaitRows(100));
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("audit.csv"));
        office.exportTo(path);
        QVERIFY(office.shows(QStringLiteral("Collecting entries for the file: 100 so far.")));
        office.press(QStringLiteral("Cancel"));
        QTRY_VERIFY(office.shows(QStringLiteral("No file was written.")));
        QTest::qWait(50);
        QVERIFY(!QFile::exists(path));
        QVERIFY(office.list()->table()->total() <= 200); // the page that was under way is the last one
    }
    void aQuestionThatFailsLeavesNothingOfTheOneBefore() {
        Office office;
        record(office, 20);
        QVERIFY(office.openAt(Place::Audit));
        QVERIFY(office.awaitRows(20));
        office.server.admin.refuse("GET /api/v1/audit", base::retry("storage_unavailable"));
        for (auto* box : office.list()->findChildren<QComboBox*>())
            if (box->accessibleName() == QLatin1String("What"))
                box->setCurrentIndex(box->findText(QStringLiteral("Flows")));
        QTRY_VERIFY(office.shows(QStringLiteral("(storage_unavailable)")));
        QCOMPARE(office.list()->table()->total(), 0);
        QTest::keyClicks(office.list()->search(), QStringLiteral("after 1"));
        office.press(QStringLiteral("Try again"));
        QVERIFY(office.awaitRows(11)); // 1 and 10 to 19
    }
    void exportsHaveAFilterAndNothingHasASentence() {
        Office office;
        QVERIFY(office.openAt(Place::Audit));
        QTRY_VERIFY(office.shows(QStringLiteral("No change is recorded yet.")));
        QVERIFY(!office.exportButton()->isEnabled());
        for (auto* box : office.list()->findChildren<QComboBox*>())
            if (box->accessibleName() == QLatin1String("What"))
                box->setCurrentIndex(box->findText(QStringLiteral("Exports")));
        QTRY_VERIFY(office.shows(QStringLiteral("No change fits what is chosen above.")));
    }
};

static const test::Add<AuditTest> addedAuditTest;
#include "audit_test.moc"
