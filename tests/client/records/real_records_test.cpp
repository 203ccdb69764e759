#include "client/state/export_run.h"
#include "client/state/record_list.h"
#include "tests/client/state/rig.h"
#include "tests/client/state/visitor.h"
#include "tests/support/net/server_process.h"

using namespace cb;
using state::RecordList;
using state::Section;

namespace {

/// One person's program against the server of the test.
struct Person {
    explicit Person(const QString& device)
        : program(machine, device) {}

    bool signIn(std::uint16_t port, const QString& email) {
        program.account.signIn(QStringLiteral("http://127.0.0.1:%1/online/%2").arg(port).arg(model::kFirstInstance),
                               email, QStringLiteral("cloudbell"), false);
        if (!QTest::qWaitFor([this] { return program.account.step() == state::AccountState::Step::SignedIn; }, 20'000))
            return false;
        client = std::make_unique<api::RecordsClient>(program.account.account()->rest());
        list = std::make_unique<RecordList>(*client);
        return true;
    }
    /// The ids it is given.
    std::vector<std::int64_t> see(const wire::RecordFilters& filters = {}) {
        list->show(filters);
        std::vector<std::int64_t> ids;
        if (QTest::qWaitFor([this] { return !list->isLoading(); }) && !list->error())
            for (const auto& record : list->rows())
                ids.push_back(record.id.value);
        return ids;
    }
    int ringing() { return program.workbench().sessions()->count(Section::Ringing); }

    test::Machine machine;
    test::Program program;
    std::unique_ptr<api::RecordsClient> client;
    std::unique_ptr<RecordList> list;
};

/// A visitor writes until `person` has them open; the session's id, 0 when it came to nothing.
std::int64_t serve(Person& person, test::Visitor& visitor, std::uint64_t word) {
    if (!QTest::qWaitFor([&] { return visitor.welcomed; }, 10'000))
        return 0;
    visitor.write("a blue cup, please", word);
    for (int i = 1; i < 8 && person.ringing() == 0; ++i) {
        if (!QTest::qWaitFor([&] { return person.ringing() == 1; }, 1000))
            visitor.write(std::to_string(i), word + std::uint64_t(i)); // whatever the menu asks for
    }
    auto* sessions = person.program.workbench().sessions();
    if (person.ringing() == 0)
        return 0;
    const auto session = sessions->at(0).id();
    person.program.commands().answer(sessions->at(0).offer);
    if (!QTest::qWaitFor([&] { return sessions->count(Section::Open) == 1; }))
        return 0;
    person.program.commands().end(session);
    if (!QTest::qWaitFor([&] { return sessions->count(Section::WrapUp) == 1; }))
        return 0;
    person.program.commands().complete(session, QStringLiteral("sales"), QStringLiteral("=done"));
    person.program.commands().goOffline();
    return QTest::qWaitFor([&] { return sessions->rowCount() == 0; }) ? session.value : 0;
}

bool online(Person& person) {
    person.program.commands().goOnline();
    return QTest::qWaitFor([&] { return person.program.workbench().presence().status == model::AgentStatus::Idle; });
}

} // namespace

/// Records over the real server: an agent sees their own, an admin all; a file; an erased customer.
class RealRecordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ownAndAll() {
        const auto program = qEnvironmentVariable("CLOUDBELL_SERVER_PROGRAM");
        if (program.isEmpty())
            QSKIP("no server to run");
        const test::TempDir data;
        test::ServerProcess server({program.toStdString(), data.path() + "/data", 0, {"--demo"}, {}, {}});
        const auto started = server.start();
        QVERIFY2(started.ok(), started ? "" : started.error().detail.c_str());
        Person one(QStringLiteral("one"));
        Person two(QStringLiteral("two"));
        Person admin(QStringLiteral("admin"));
        QVERIFY(one.signIn(server.port(), QStringLiteral("agent1@demo.test")));
        QVERIFY(two.signIn(server.port(), QStringLiteral("agent2@demo.test")));
        QVERIFY(admin.signIn(server.port(), QStringLiteral("admin@demo.test")));

        QVERIFY(online(one));
        test::Visitor first(server.port(), QString(43, QLatin1Char('a')));
        const auto ofOne = serve(one, first, 100);
        QVERIFY(ofOne != 0);
        QVERIFY(online(two));
        test::Visitor second(server.port(), QString(43, QLatin1Char('b')));
        const auto ofTwo = serve(two, second, 200);
        QVERIFY(ofTwo != 0);

        QCOMPARE(one.see(), std::vector{ofOne});
        QCOMPARE(two.see(), std::vector{ofTwo});
        QCOMPARE(admin.see(), (std::vector{ofTwo, ofOne}));
        QCOMPARE(admin.list->count(), std::optional<std::int64_t>(2));
        wire::RecordFilters others;
        others.agent = two.program.workbench().me().id;
        QCOMPARE(admin.see(others), std::vector{ofTwo});
        QCOMPARE(one.see(others), std::vector<std::int64_t>());
        QCOMPARE(one.list->error()->code, std::string("forbidden"));
        const auto record = admin.list->rows().front();
        QCOMPARE(record.wrapUp.note, std::string("=done"));
        QVERIFY(record.endReason == model::EndReason::AgentEnded);
        wire::RecordFilters words;
        words.text = "blue cup";
        QTRY_COMPARE_WITH_TIMEOUT(admin.see(words).size(), std::size_t(2), 15'000); // found a few seconds later

        exported(admin, one);
        erased(admin, record, words);
        QCOMPARE(server.terminate(), 0);
    }

private:
    static void exported(Person& admin, Person& one) {
        for (auto* person : {&admin, &one}) {
            const QTemporaryDir folder;
            const QString path = folder.filePath(QStringLiteral("records.csv"));
            state::ExportRun run(*person->client);
            run.start({"records", {}, {{"id", "Session"}, {"wrap_up_note", "备注"}}});
            QTRY_COMPARE_WITH_TIMEOUT(run.stage(), state::ExportRun::Stage::Ready, 20'000);
            QCOMPARE(run.job().rows, std::int64_t(person == &admin ? 2 : 1));
            run.save(path);
            QTRY_COMPARE(run.stage(), state::ExportRun::Stage::None);
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto text = file.readAll();
            QVERIFY(text.startsWith("\xEF\xBB\xBFSession,备注\r\n"));
            QCOMPARE(text.count("'=done"), qsizetype(person == &admin ? 2 : 1));
        }
    }
    static void erased(Person& admin, const wire::Record& record, const wire::RecordFilters& words) {
        bool done = false;
        admin.client->eraseCustomer(record.customer, nullptr,
                                    [&](const base::Result<void>& answer) { done = answer.ok(); });
        QTRY_VERIFY(done);
        QCOMPARE(admin.see().size(), std::size_t(2)); // times and agents stay
        QCOMPARE(admin.list->rows().front().wrapUp.note, std::string());
        QCOMPARE(admin.see(words).size(), std::size_t(1));
    }
};

static const test::Add<RealRecordsTest> addedRealRecordsTest;
#include "real_records_test.moc"
