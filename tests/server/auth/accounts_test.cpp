#include "server/auth/accounts.h"
#include "server/auth/token.h"
#include "server/store/database.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"
#include "tests/support/suite.h"

#include <QtCore/QTemporaryDir>

#include <mutex>
#include <thread>

using namespace cb;
using namespace cb::auth;

namespace {

struct Fixture {
    QTemporaryDir dir;
    base::ManualClock clock;
    std::unique_ptr<store::Database> database;
    std::unique_ptr<store::Writer> writer;
    std::unique_ptr<Accounts> accounts;
    std::mutex mutex;
    std::vector<std::string> revoked;
    model::InstanceId instance;
    model::AgentId agent;

    Fixture() {
        store::DatabaseOptions where;
        where.where = dir.filePath("c.db").toStdString();
        auto opened = store::Database::open(where);
        if (!opened)
            qFatal("%s", opened.error().detail.c_str());
        database = std::move(*opened);
        writer = std::make_unique<store::Writer>(*database, 100);
        AccountRules rules;
        rules.cost = Cost::Least;
        rules.perAccount = {3, base::Millis{1'000}, base::Millis{60'000}, base::Millis{600'000}};
        rules.perAddress = {10, base::Millis{1'000}, base::Millis{60'000}, base::Millis{600'000}};
        accounts = std::make_unique<Accounts>(*database, *writer, clock, rules);
        accounts->onRevoked([this](const auto& hashes) { // on whichever thread revokes
            const std::lock_guard lock(mutex);
            revoked.insert(revoked.end(), hashes.begin(), hashes.end());
        });
        instance = model::InstanceId{*database->reserveIds(store::IdKind::Instance, 1)};
        agent = model::AgentId{*database->reserveIds(store::IdKind::Agent, 1)};
        put(false, false);
    }
    void put(bool mustChange, bool deleted) {
        store::Batch rows;
        rows.instances.push_back({instance, "I", "Asia/Shanghai", {}, clock.now(), clock.now()});
        model::Agent row;
        row.id = agent;
        row.instance = instance;
        row.name = "A";
        row.email = "a@x.test";
        row.staffNo = "1";
        row.deleted = deleted;
        rows.agents.push_back(row);
        const store::Credential credential{agent, instance, *hashPassword("password1", Cost::Least), mustChange,
                                           clock.now()};
        const auto done = store::runJob(*writer, [&](store::Tables& tables) -> base::Result<void> {
            if (auto applied = tables.apply(rows); !applied)
                return applied;
            return tables.put(credential);
        });
        if (!done)
            qFatal("%s", done.error().detail.c_str());
    }
    base::Result<SignedIn> signIn(const std::string& password, const std::string& email = "a@x.test",
                                  bool remember = false) {
        return accounts->signIn({instance, email, password, remember, "pc", "192.0.2.1"});
    }
};

} // namespace

class AccountsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void signInAndOut() {
        Fixture f;
        const auto in = f.signIn("password1", "A@X.test");
        QVERIFY(in.ok());
        QCOMPARE(in->agent.id, f.agent);
        const auto who = f.accounts->check(in->token);
        QVERIFY(who.ok() && who->agent == f.agent && who->instance == f.instance);
        QVERIFY(f.accounts->signOut(*who).ok());
        QCOMPARE(f.revoked.size(), std::size_t(1));
        QCOMPARE(f.accounts->check(in->token).error().code, std::string("bad_token"));
    }
    void oneAnswerForEveryMistake() {
        Fixture f;
        for (const auto& [email, password] :
             {std::pair{"a@x.test", "wrong"}, {"nobody@x.test", "password1"}, {"", ""}, {"a@x.test", ""}}) {
            const auto in = f.signIn(password, email);
            QVERIFY(!in.ok());
            QVERIFY(in.error() == base::rejected("bad_credentials"));
        }
        f.put(false, true); // deleted
        QVERIFY(f.signIn("password1").error() == base::rejected("bad_credentials"));
    }
    void tokensExpire() {
        Fixture f;
        const auto brief = f.signIn("password1");
        const auto lasting = f.signIn("password1", "a@x.test", true);
        f.clock.advance(std::chrono::hours(12) - base::Millis{1});
        QVERIFY(f.accounts->check(brief->token).ok());
        f.clock.advance(base::Millis{1});
        QVERIFY(!f.accounts->check(brief->token).ok());
        QVERIFY(f.accounts->check(lasting->token).ok());
        f.clock.advance(std::chrono::hours(24 * 30));
        QVERIFY(!f.accounts->check(lasting->token).ok());
    }
    void failuresSlowDownTheAccountAndSuccessForgets() {
        Fixture f;
        for (int i = 0; i < 3; ++i)
            QCOMPARE(f.signIn("wrong").error().code, std::string("bad_credentials"));
        const auto throttled = f.signIn("password1");
        QCOMPARE(throttled.error().code, std::string("throttled"));
        QCOMPARE(throttled.error().params.at("retry_ms"), std::string("1000"));
        f.clock.advance(base::Millis{1'000});
        QVERIFY(f.signIn("password1").ok());
        QCOMPARE(f.signIn("wrong").error().code, std::string("bad_credentials"));
    }
    void failuresSlowDownTheAddress() {
        Fixture f;
        for (int i = 0; i < 10; ++i)
            QCOMPARE(f.signIn("wrong", "no" + std::to_string(i) + "@x.test").error().code,
                     std::string("bad_credentials"));
        QCOMPARE(f.signIn("password1").error().code, std::string("throttled"));
    }
    void aLockedAccountDoesNotLockItsOffice() {
        Fixture f;
        for (int i = 0; i < 3; ++i)
            QCOMPARE(f.signIn("wrong").error().code, std::string("bad_credentials"));
        for (int i = 0; i < 30; ++i)
            QCOMPARE(f.signIn("password1").error().code, std::string("throttled"));
        QCOMPARE(f.signIn("wrong", "no@x.test").error().code, std::string("bad_credentials"));
    }
    void passwordChangeRevokesTheOthers() {
        Fixture f;
        f.put(true, false);
        const auto one = f.signIn("password1");
        const auto two = f.signIn("password1");
        QVERIFY(one->mustChangePassword);
        const auto who = *f.accounts->check(one->token);
        QVERIFY(who.mustChangePassword);
        QCOMPARE(f.accounts->changePassword(who, "wrong", "another one").error().code, std::string("bad_credentials"));
        QCOMPARE(f.accounts->changePassword(who, "password1", "short").error().code, std::string("password_weak"));
        QCOMPARE(f.accounts->changePassword(who, "password1", "password1").error().code, std::string("password_same"));
        const auto fresh = f.accounts->changePassword(who, "password1", "another one");
        QVERIFY(fresh.ok());
        QCOMPARE(f.revoked.size(), std::size_t(2));
        QVERIFY(!f.accounts->check(one->token).ok() && !f.accounts->check(two->token).ok());
        QVERIFY(f.accounts->check(fresh->token).ok());
        QVERIFY(!f.accounts->check(fresh->token)->mustChangePassword);
        QVERIFY(f.signIn("another one").ok());
    }
    void resetMakesAOneTimePassword() {
        Fixture f;
        const auto in = f.signIn("password1");
        const auto password = f.accounts->resetPassword(f.instance, f.agent);
        QVERIFY(password.ok());
        QVERIFY(!f.accounts->check(in->token).ok());
        QVERIFY(f.signIn(*password)->mustChangePassword);
    }
    void aResetOutlivesWhatIsUnderWay() {
        Fixture f;
        for (int i = 0; i < 20; ++i) {
            f.clock.advance(std::chrono::hours(1)); // nobody is slowed down
            f.put(false, false);
            const auto before = f.signIn("password1");
            QVERIFY(before.ok());
            const auto who = *f.accounts->check(before->token);
            base::Result<SignedIn> in = base::rejected("");
            base::Result<FreshToken> changed = base::rejected("");
            std::thread signsIn([&] { in = f.signIn("password1"); });
            std::thread changes([&] { changed = f.accounts->changePassword(who, "password1", "another one"); });
            const auto password = f.accounts->resetPassword(f.instance, f.agent);
            signsIn.join();
            changes.join();
            QVERIFY(password.ok());
            QVERIFY(!in.ok() || !f.accounts->check(in->token).ok());
            QVERIFY(!changed.ok() || !f.accounts->check(changed->token).ok());
            f.clock.advance(std::chrono::hours(1));
            const auto after = f.signIn(*password);
            QVERIFY(after.ok() && after->mustChangePassword);
        }
    }
    void nothingReadableIsStored() {
        Fixture f;
        const auto in = f.signIn("password1");
        f.writer->flush();
        QByteArray all;
        for (const auto& name : {"c.db", "c.db-wal"}) {
            QFile file(f.dir.filePath(name));
            if (file.open(QIODevice::ReadOnly))
                all += file.readAll();
        }
        QVERIFY(all.contains(tokenHash(in->token).c_str())); // the search would find it
        QVERIFY(!all.contains(in->token.c_str()));
        QVERIFY(!all.contains("password1"));
    }
};

static const cb::test::Add<AccountsTest> addedAccountsTest;
#include "accounts_test.moc"
