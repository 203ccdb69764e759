#include "client/bridge/convert.h"
#include "client/sync/account_store.h"
#include "client/sync/schema_p.h"
#include "tests/support/suite.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

using namespace cb;
using sync::AccountStore;
using sync::LocalStore;

namespace {

wire::MessageView message(std::int64_t session, model::Seq seq, const std::string& text) {
    wire::MessageView view;
    view.message.session = model::SessionId(session);
    view.message.seq = seq;
    view.message.uuid = base::uuidFrom(static_cast<std::uint64_t>(seq), 1);
    view.message.text = text;
    view.message.at = base::fromUnixMillis(1'790'000'000'000 + seq);
    return view;
}

sync::OutboxItem item(std::int64_t session, const QString& text) {
    sync::OutboxItem out;
    out.session = model::SessionId(session);
    out.uuid = bridge::newUuid();
    out.text = text;
    return out;
}

} // namespace

class StoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everythingSurvivesReopening() {
        const QTemporaryDir dir;
        const auto path = dir.filePath(QStringLiteral("x/cloudbell.sqlite"));
        {
            auto store = *LocalStore::open(path);
            QVERIFY(store
                        ->remember({QStringLiteral("https://h/online/1400000001"), QStringLiteral("a@b.c"),
                                    QStringLiteral("Shop"), true, QDateTime::currentDateTime()})
                        .ok());
            AccountStore account(*store, *store->account(QStringLiteral("x"), model::AgentId(3)));
            QVERIFY(account.setDraft(model::SessionId(7), QStringLiteral("半句话")).ok());
            auto waiting = item(7, QStringLiteral("hello"));
            waiting.error = base::with(base::conflict("session_gone"), "k", "v");
            QVERIFY(account.addOutbox(waiting).ok());
            QVERIFY(account.setTranscript(model::SessionId(7), {message(7, 1, "a"), message(7, 2, "b")}, true).ok());
            QVERIFY(account.addMessages({message(7, 5, "c")}, 5).ok());
            QVERIFY(account.keep(QStringLiteral("floor"), "{}").ok());
            QVERIFY(account.keep(QStringLiteral("floor"), "{\"名\":1}").ok());
        }
        // Conversations are for nobody else on this machine.
        for (const auto* suffix : {"", "-wal"})
            if (const QFile file(path + QLatin1String(suffix)); file.exists())
                QVERIFY(!(file.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
        auto store = *LocalStore::open(path);
        QCOMPARE(store->addresses().size(), std::size_t(1));
        AccountStore account(*store, *store->account(QStringLiteral("x"), model::AgentId(3)));
        QCOMPARE(account.draft(model::SessionId(7)), QStringLiteral("半句话"));
        QCOMPARE(account.kept(QStringLiteral("floor")), std::string("{\"名\":1}"));
        QCOMPARE(account.kept(QStringLiteral("none")), std::string());
        QCOMPARE(account.outbox().size(), std::size_t(1));
        QVERIFY(account.outbox()[0].error->params.at("k") == "v");
        const auto cached = account.transcript(model::SessionId(7));
        QCOMPARE(cached.messages.size(), std::size_t(3));
        QVERIFY(cached.messages[2] == message(7, 5, "c"));
        QVERIFY(cached.whole && cached.atStart);
        QCOMPARE(account.cursor(), model::Seq(5));
        AccountStore other(*store, *store->account(QStringLiteral("x"), model::AgentId(4)));
        QVERIFY(other.outbox().empty() && other.draft(model::SessionId(7)).isEmpty());
    }
    /// One account goes, nothing of it stays in the file, and the others have what they had.
    void erasingLeavesNothing() {
        const QTemporaryDir dir;
        const auto path = dir.filePath(QStringLiteral("a.sqlite"));
        const QString address = QStringLiteral("https://h/online/1400000001");
        auto store = *LocalStore::open(path);
        const auto fill = [&](const QString& email, std::int64_t agent, const QString& secret) {
            const sync::KnownAddress known{
                address, email, {}, true, QDateTime::currentDateTime(), model::AgentId(agent)};
            AccountStore account(*store, *store->account(address, known.agent));
            return store->remember(known).ok() && account.setDraft(model::SessionId(7), secret).ok() &&
                   account.addOutbox(item(7, secret)).ok() && account.keep(QStringLiteral("floor"), "{}").ok() &&
                   account.notePast({{model::SessionId(7), model::CustomerId(2), secret, {}, {}}}).ok() &&
                   account.setTranscript(model::SessionId(7), {message(7, 1, secret.toStdString())}, true).ok();
        };
        QVERIFY(fill(QStringLiteral("a@b.c"), 3, QStringLiteral("secret-of-a")));
        QVERIFY(fill(QStringLiteral("b@b.c"), 4, QStringLiteral("secret-of-b")));
        auto known = store->addresses();
        QCOMPARE(known.size(), std::size_t(2));
        const auto a = known[known[0].email == QLatin1String("a@b.c") ? 0 : 1];
        QCOMPARE(store->unsent(a), 2); // a message and a draft
        const auto number = *store->account(address, a.agent);
        QCOMPARE(*store->accountsOf(a), std::vector<qint64>{number});
        QVERIFY(store->erase(a).ok());
        QVERIFY(store->accountsOf(a)->empty());
        QCOMPARE(store->addresses().size(), std::size_t(1));
        QCOMPARE(store->unsent(a), 0);
        AccountStore other(*store, *store->account(address, model::AgentId(4)));
        QCOMPARE(other.outbox().size(), std::size_t(1));
        QCOMPARE(other.past().size(), std::size_t(1));
        QCOMPARE(other.transcript(model::SessionId(7)).messages.size(), std::size_t(1));
        store.reset();
        QByteArray bytes;
        for (const auto* suffix : {"", "-wal"})
            if (QFile file(path + QLatin1String(suffix)); file.open(QIODevice::ReadOnly))
                bytes += file.readAll();
        QVERIFY(bytes.contains("secret-of-b"));
        QVERIFY(!bytes.contains("secret-of-a"));
    }
    /// Whatever fails, all of it is still there, and the next try succeeds.
    void anErasureThatFailsCanBeRepeated() {
        const QString address = QStringLiteral("https://h/online/1400000001");
        const sync::KnownAddress known{address, QStringLiteral("a@b.c"), {}, true, {}, model::AgentId(3)};
        for (int failAt = 1;; ++failAt) {
            int count = 0;
            bool armed = false;
            auto store = *LocalStore::open(QStringLiteral(":memory:"), [&] { return !armed || ++count != failAt; });
            QVERIFY(store->remember(known).ok());
            AccountStore account(*store, *store->account(address, known.agent));
            QVERIFY(account.setDraft(model::SessionId(7), QStringLiteral("x")).ok());
            QVERIFY(account.addOutbox(item(7, QStringLiteral("x"))).ok());
            armed = true;
            const bool erased = store->erase(known).ok();
            armed = false;
            if (!erased) {
                QCOMPARE(store->addresses().size(), std::size_t(1));
                QCOMPARE(store->unsent(known), 2);
                QVERIFY(store->erase(known).ok());
            }
            QVERIFY(store->addresses().empty());
            QCOMPARE(store->unsent(known), 0);
            if (count < failAt)
                break;
        }
    }
    void anAccountsNumberIsNotGivenAgain() {
        auto store = *LocalStore::open(QStringLiteral(":memory:"));
        const QString address = QStringLiteral("https://h/online/1400000001");
        const auto number = *store->account(address, model::AgentId(3));
        QVERIFY(store->erase({address, {}, {}, false, {}, model::AgentId(3)}).ok());
        QVERIFY(*store->account(address, model::AgentId(4)) > number);
    }
    /// Two addresses that do not say whose they are: neither takes what may be the other's.
    void anAddressWithoutAnAgentTakesOnlyItsOwn() {
        auto store = *LocalStore::open(QStringLiteral(":memory:"));
        const QString address = QStringLiteral("https://h/online/1400000001");
        const sync::KnownAddress a{address, QStringLiteral("a@b.c"), {}, false, {}, {}};
        sync::KnownAddress b{address, QStringLiteral("b@b.c"), {}, false, {}, {}};
        QVERIFY(store->remember(a).ok() && store->remember(b).ok());
        AccountStore ofA(*store, *store->account(address, model::AgentId(3)));
        AccountStore ofB(*store, *store->account(address, model::AgentId(4)));
        QVERIFY(ofA.setDraft(model::SessionId(7), QStringLiteral("a")).ok());
        QVERIFY(ofB.setDraft(model::SessionId(7), QStringLiteral("b")).ok());
        QVERIFY(store->accountsOf(a)->empty());
        b.agent = model::AgentId(4);
        QVERIFY(store->remember(b).ok());
        QVERIFY(store->erase(a).ok()); // now it is known which one is not b's
        QCOMPARE(ofA.draft(model::SessionId(7)), QString());
        QCOMPARE(ofB.draft(model::SessionId(7)), QStringLiteral("b"));
        QCOMPARE(store->addresses().size(), std::size_t(1));
        QCOMPARE(store->addresses()[0].email, b.email);
    }
    /// What was deleted when nothing was overwritten yet, and what was put aside, is gone as well.
    void scrubbingLeavesNoOldCopies() {
        const QTemporaryDir dir;
        const auto path = dir.filePath(QStringLiteral("a b%.sqlite"));
        auto store = *LocalStore::open(path);
        AccountStore account(*store, *store->account(QStringLiteral("x"), model::AgentId(3)));
        QVERIFY(store->run(QStringLiteral("PRAGMA secure_delete=OFF")).ok());
        for (int id = 1; id < 50; ++id)
            QVERIFY(account.setDraft(model::SessionId(id), QStringLiteral("old-secret").repeated(50)).ok());
        QVERIFY(store->run(QStringLiteral("DELETE FROM draft")).ok());
        QVERIFY(account.setDraft(model::SessionId(7), QStringLiteral("kept")).ok());
        QFile aside(path + QStringLiteral(".damaged"));
        QVERIFY(aside.open(QIODevice::WriteOnly));
        aside.close();
        const auto bytes = [&path] {
            QByteArray all;
            for (const auto* suffix : {"", "-wal"})
                if (QFile file(path + QLatin1String(suffix)); file.open(QIODevice::ReadOnly))
                    all += file.readAll();
            return all;
        };
        QVERIFY(bytes().contains("old-secret"));
        QVERIFY(LocalStore::scrub(path).ok());
        QVERIFY(!bytes().contains("old-secret"));
        QVERIFY(!aside.exists());
        QCOMPARE(account.draft(model::SessionId(7)), QStringLiteral("kept"));
        QVERIFY(!LocalStore::scrub(dir.filePath(QStringLiteral("none"))).ok());
        QVERIFY(!QFile::exists(dir.filePath(QStringLiteral("none"))));
    }
    void pastConversationsAreNotedTogether() {
        int count = 100;
        auto store = *LocalStore::open(QStringLiteral(":memory:"), [&] { return ++count != 4; });
        AccountStore account(*store, *store->account(QStringLiteral("x"), model::AgentId(3)));
        const std::vector<sync::PastSession> three{{model::SessionId(7), model::CustomerId(2), {}, {}, {}},
                                                   {model::SessionId(8), model::CustomerId(2), {}, {}, {}},
                                                   {model::SessionId(9), model::CustomerId(2), {}, {}, {}}};
        count = 0;
        QVERIFY(!account.notePast(three).ok()); // begin, 7, 8, and 9 fails
        QVERIFY(account.past().empty());
        QVERIFY(account.notePast(three).ok());
        QCOMPARE(account.past().size(), std::size_t(3));
        count = 100;
        QVERIFY(account.notePast({}).ok());
        QCOMPARE(count, 100);
    }
    void pastConversationsAreKeptByName() {
        auto store = *LocalStore::open(QStringLiteral(":memory:"));
        AccountStore account(*store, *store->account(QStringLiteral("x"), model::AgentId(3)));
        const auto past = [](std::int64_t id, const char* name) {
            return sync::PastSession{model::SessionId(id), model::CustomerId(2), QString::fromUtf8(name),
                                     QStringLiteral("售前"), base::fromUnixMillis(1'790'000'000'000 + id)};
        };
        QVERIFY(account.notePast({past(7, "访客 7")}).ok());
        QVERIFY(account.notePast({past(8, "Mr Wu")}).ok());
        QVERIFY(account.notePast({past(7, "李女士")}).ok()); // she has a name now
        QCOMPARE(account.past(), (std::vector{past(8, "Mr Wu"), past(7, "李女士")}));
        std::vector<sync::PastSession> more;
        for (int id = 9; id < 9 + AccountStore::kKeepPast; ++id)
            more.push_back(past(id, "x"));
        QVERIFY(account.notePast(more).ok());
        QVERIFY(account.prune().ok());
        const auto kept = account.past(5000);
        QCOMPARE(int(kept.size()), AccountStore::kKeepPast);
        QCOMPARE(kept.back().session, model::SessionId(9));
        AccountStore other(*store, *store->account(QStringLiteral("x"), model::AgentId(4)));
        QVERIFY(other.past().empty());
    }
    void leavingMakesAHole() {
        auto store = *LocalStore::open(QStringLiteral(":memory:"));
        AccountStore account(*store, *store->account(QStringLiteral("x"), model::AgentId(3)));
        for (const std::int64_t id : {7, 8, 9})
            QVERIFY(account.setTranscript(model::SessionId(id), {message(id, id, "a")}, false).ok());
        QVERIFY(account.leaveOthers({model::SessionId(8)}).ok());
        QVERIFY(!account.transcript(model::SessionId(7)).whole);
        QVERIFY(account.transcript(model::SessionId(8)).whole);
        QVERIFY(account.addMessages({message(10, 10, "never opened")}, 10).ok());
        QCOMPARE(account.transcript(model::SessionId(10)).messages.size(), std::size_t(1));
        QVERIFY(!account.transcript(model::SessionId(10)).whole);
        QVERIFY(account.prune(1).ok());
        int left = 0;
        for (const std::int64_t id : {7, 8, 9, 10})
            left += static_cast<int>(account.transcript(model::SessionId(id)).messages.size());
        QCOMPARE(left, 1);
    }
    void newerSchemaIsRefused() {
        const QTemporaryDir dir;
        const auto path = dir.filePath(QStringLiteral("a.sqlite"));
        {
            auto store = *LocalStore::open(path);
            QVERIFY(store->run(QStringLiteral("PRAGMA user_version = 999")).ok());
        }
        QCOMPARE(LocalStore::open(path).error().code, std::string("cache_newer"));
        QCOMPARE(LocalStore::openOrReplace(path).error().code, std::string("cache_newer"));
    }
    void aDamagedFileIsPutAside() {
        const QTemporaryDir dir;
        const auto path = dir.filePath(QStringLiteral("a.sqlite"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        QCOMPARE(LocalStore::open(path).error().code, std::string("cache_unavailable"));
        QVERIFY(LocalStore::openOrReplace(path).ok());
        QVERIFY(QFile::exists(path + QStringLiteral(".damaged")));
    }
    /// A file of every earlier version comes up to date with what was in it.
    void earlierVersionsAreMigrated() {
        const QTemporaryDir dir;
        const auto path = dir.filePath(QStringLiteral("a.sqlite"));
        const auto name = QStringLiteral("earlier");
        {
            auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
            database.setDatabaseName(path);
            QVERIFY(database.open());
            QSqlQuery query(database);
            for (const auto& statement : sync::migrations().front().statements)
                QVERIFY(query.exec(statement));
            QVERIFY(query.exec(QStringLiteral("PRAGMA user_version = 1")));
            QVERIFY(query.exec(
                QStringLiteral("INSERT INTO address VALUES ('https://h/online/1400000001', 'a@b.c', 'Shop', 1, 5)")));
            query.finish();
            database.close();
        }
        QSqlDatabase::removeDatabase(name);
        auto store = *LocalStore::open(path);
        const auto addresses = store->addresses();
        QCOMPARE(addresses.size(), std::size_t(1));
        QVERIFY(addresses[0].remember && addresses[0].agent == model::AgentId());
        auto known = addresses[0];
        known.agent = model::AgentId(3);
        QVERIFY(store->remember(known).ok());
        QVERIFY(store->addresses()[0] == known);
    }
    void migrationsAreNumberedWithoutGaps() {
        int version = 0;
        for (const auto& step : sync::migrations())
            QCOMPARE(step.version, ++version);
    }
    /// Every statement fails once: what is written is all there or not at all, and the next try succeeds.
    void failureLadder() {
        for (int failAt = 1;; ++failAt) {
            const QTemporaryDir dir;
            int count = 0;
            bool armed = true;
            const auto gate = [&] { return !armed || ++count != failAt; };
            auto opened = LocalStore::open(dir.filePath(QStringLiteral("a.sqlite")), gate);
            if (!opened) {
                armed = false;
                opened = LocalStore::open(dir.filePath(QStringLiteral("a.sqlite")), gate);
                QVERIFY(opened.ok());
            }
            auto store = std::move(*opened);
            const auto account = [&] {
                auto id = store->account(QStringLiteral("x"), model::AgentId(3));
                return id ? *id : *store->account(QStringLiteral("x"), model::AgentId(3));
            }();
            AccountStore mine(*store, account);
            const bool set =
                mine.setTranscript(model::SessionId(7), {message(7, 1, "a"), message(7, 2, "b")}, true).ok();
            const bool added = mine.addMessages({message(7, 3, "c"), message(7, 4, "d")}, 4).ok();
            const bool reached = count >= failAt;
            armed = false;
            QCOMPARE(mine.transcript(model::SessionId(7)).messages.size(),
                     std::size_t((set ? 2 : 0) + (added ? 2 : 0)));
            QVERIFY(set || !mine.transcript(model::SessionId(7)).whole);
            QCOMPARE(mine.cursor(), model::Seq(added ? 4 : 0));
            QVERIFY(mine.setTranscript(model::SessionId(7), {message(7, 1, "a"), message(7, 2, "b")}, true).ok());
            QVERIFY(mine.addMessages({message(7, 3, "c"), message(7, 4, "d")}, 4).ok());
            QCOMPARE(mine.transcript(model::SessionId(7)).messages.size(), std::size_t(4));
            QCOMPARE(mine.cursor(), model::Seq(4));
            if (!reached)
                break;
        }
    }
};

static const test::Add<StoreTest> addedStoreTest;
CB_TEST_MAIN()
#include "store_test.moc"
