#include "server/auth/accounts.h"
#include "server/auth/password_reset.h"
#include "server/auth/token.h"
#include "server/store/database.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"
#include "tests/support/suite.h"

#include <QtCore/QTemporaryDir>

#include <deque>
#include <thread>

using namespace cb;
using namespace cb::auth;

namespace {

const auto kPlenty = ThrottleRule{1'000, base::Millis{1'000}, base::Millis{60'000}, base::Millis{600'000}};

struct House {
    QTemporaryDir dir;
    base::ManualClock clock;
    std::unique_ptr<store::Database> database;
    std::unique_ptr<store::Writer> writer;
    std::unique_ptr<Accounts> accounts;
    std::unique_ptr<PasswordReset> resets;
    std::vector<std::string> revoked;
    std::deque<std::function<void()>> later;
    std::size_t room = 100; ///< in the queue
    model::InstanceId instance;
    model::InstanceId other;
    model::AgentId agent;

    explicit House(ResetRules rules = {}) {
        rules.cost = Cost::Least;
        store::DatabaseOptions where;
        where.where = dir.filePath(QStringLiteral("c.db")).toStdString();
        auto opened = store::Database::open(where);
        if (!opened)
            qFatal("%s", opened.error().detail.c_str());
        database = std::move(*opened);
        writer = std::make_unique<store::Writer>(*database, 100);
        AccountRules accountRules;
        accountRules.cost = Cost::Least;
        accountRules.perAccount = {3, base::Millis{60'000}, base::Millis{60'000}, base::Millis{600'000}};
        accounts = std::make_unique<Accounts>(*database, *writer, clock, accountRules);
        accounts->onRevoked(
            [this](const auto& hashes) { revoked.insert(revoked.end(), hashes.begin(), hashes.end()); });
        resets = std::make_unique<PasswordReset>(
            *database, *writer, clock, *accounts,
            [this](std::function<void()> work) {
                if (later.size() >= room)
                    return false;
                later.push_back(std::move(work));
                return true;
            },
            [] { return std::string("https://calls.example.com"); }, rules);
        instance = model::InstanceId{*database->reserveIds(store::IdKind::Instance, 2)};
        other = model::InstanceId{instance.value + 1};
        agent = model::AgentId{*database->reserveIds(store::IdKind::Agent, 3)};
        store::Batch rows;
        for (const auto id : {instance, other})
            rows.instances.push_back({id, "客服中心", "Asia/Shanghai", {}, clock.now(), clock.now()});
        add(rows, agent.value, instance, "a@x.test", false);
        add(rows, agent.value + 1, other, "b@x.test", false);
        add(rows, agent.value + 2, instance, "gone@x.test", true);
        run([&](store::Tables& tables) { return tables.apply(rows); });
    }
    static void add(store::Batch& rows, std::int64_t id, model::InstanceId instance, const std::string& email,
                    bool deleted) {
        model::Agent row;
        row.id = model::AgentId(id);
        row.instance = instance;
        row.name = "李雷";
        row.email = email;
        row.staffNo = std::to_string(id);
        row.deleted = deleted;
        rows.agents.push_back(row);
        rows.credentials.push_back({row.id, instance, *hashPassword("password1", Cost::Least), true, {}});
    }
    void run(const store::Writer::Job& job) const {
        if (const auto done = store::runJob(*writer, job); !done)
            qFatal("%s %s", done.error().code.c_str(), done.error().detail.c_str());
    }
    void work() {
        for (; !later.empty(); later.pop_front())
            later.front()();
    }
    std::vector<store::Mail> mails() const {
        auto reader = database->reader();
        return *reader->mails().due(clock.now(), 100);
    }
    /// The token of a letter that was asked for now; empty when none was written.
    std::string token(const std::string& email = "a@x.test") {
        const auto before = mails().size();
        if (!resets->ask(instance, email, "192.0.2.1"))
            return {};
        work();
        const auto all = mails();
        if (all.size() != before + 1)
            return {};
        const auto& body = all.back().body;
        return body.substr(body.find('#') + 1, kTokenLength);
    }
    std::string reset(const std::string& token, const std::string& password = "quite new",
                      model::InstanceId where = {}) {
        const auto done = resets->reset(where ? where : instance, token, password, "192.0.2.1");
        return done ? "" : done.error().code;
    }
    std::string signIn(const std::string& password, std::string* token = nullptr) {
        const auto in = accounts->signIn({instance, "a@x.test", password, false, "pc", "192.0.2.1"});
        if (in && token != nullptr)
            *token = in->token;
        return in ? "" : in.error().code;
    }
};

const std::string kInvalid = "reset_link_invalid";

} // namespace

/// A forgotten password, as a rule over the store.
class PasswordResetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLinkSetsThePasswordOnce() {
        House house;
        std::string before;
        QCOMPARE(house.signIn("password1", &before), std::string());
        const auto token = house.token("A@X.test"); // as the user types it
        QVERIFY(isToken(token));
        const auto mail = house.mails().back();
        QCOMPARE(mail.to, std::string("a@x.test"));
        QVERIFY(mail.instance == house.instance);
        QVERIFY(mail.dueAt == base::TimePoint{}); // before invitations
        const auto link =
            "https://calls.example.com/reset/" + std::to_string(house.instance.value) + "#" + token + "\n";
        QVERIFY(mail.body.find(link) != std::string::npos);
        QVERIFY(mail.body.find("李雷") != std::string::npos && mail.body.find("30 minutes") != std::string::npos);
        QCOMPARE(house.reset(token), std::string());
        QVERIFY(house.accounts->check(before).error().code == "bad_token");
        QCOMPARE(house.revoked.size(), std::size_t(2)); // the sign-in, and the link itself
        QCOMPARE(house.signIn("password1"), std::string("bad_credentials"));
        std::string after;
        QCOMPARE(house.signIn("quite new", &after), std::string());
        QVERIFY(!house.accounts->check(after)->mustChangePassword);
        QCOMPARE(house.reset(token, "another one"), kInvalid);
        QCOMPARE(house.signIn("quite new"), std::string());
    }

    void otherLinksGoToo() {
        House house;
        const auto first = house.token();
        const auto second = house.token();
        QVERIFY(!first.empty() && !second.empty() && first != second);
        QCOMPARE(house.reset(first), std::string());
        QCOMPARE(house.reset(second, "yet another"), kInvalid);
    }

    void linksExpire() {
        House house;
        const auto token = house.token();
        house.clock.advance(std::chrono::minutes(30));
        QCOMPARE(house.reset(token), kInvalid);
        QCOMPARE(house.signIn("password1"), std::string());
    }

    void wrongOnes() {
        House house;
        const auto token = house.token();
        QCOMPARE(house.reset(token, "quite new", house.other), kInvalid);
        QCOMPARE(house.reset(newToken()), kInvalid);
        QCOMPARE(house.reset(""), kInvalid);
        QCOMPARE(house.reset(token + "x"), kInvalid);
        std::string signedIn;
        QCOMPARE(house.signIn("password1", &signedIn), std::string());
        QCOMPARE(house.reset(signedIn), kInvalid); // one kind of token is not the other
        QVERIFY(!house.accounts->check(token).ok());
        // A bad password does not use the link up.
        QCOMPARE(house.reset(token, "short"), std::string("password_weak"));
        QCOMPARE(house.reset(token, "password1"), std::string("password_same"));
        QCOMPARE(house.reset(token, std::string(300, 'x')), std::string("bad_field"));
        QCOMPARE(house.reset(token), std::string());
    }

    void aDeletedAgentsLinkIsDead() {
        House house;
        const auto token = house.token();
        store::Batch rows;
        House::add(rows, house.agent.value, house.instance, "a@x.test", true);
        house.run([&](store::Tables& tables) { return tables.apply(rows); });
        QCOMPARE(house.reset(token), kInvalid);
    }

    void ofTwoAtOnceOneWins() {
        ResetRules rules;
        rules.perAccount = rules.perAddress = kPlenty;
        House house(rules);
        for (int i = 0; i < 20; ++i) {
            const auto token = house.token();
            QVERIFY(!token.empty());
            std::string results[2];
            std::thread one([&] { results[0] = house.reset(token, "first " + std::to_string(i) + " pass"); });
            std::thread two([&] { results[1] = house.reset(token, "second " + std::to_string(i) + " pass"); });
            one.join();
            two.join();
            QVERIFY2(results[0].empty() != results[1].empty(), (results[0] + '/' + results[1]).c_str());
            QCOMPARE(results[0].empty() ? results[1] : results[0], kInvalid);
            QCOMPARE(house.signIn((results[0].empty() ? "first " : "second ") + std::to_string(i) + " pass"),
                     std::string());
        }
    }

    void nothingTellsWhoIsThere() {
        House house;
        for (const auto* email : {"a@x.test", "nobody@x.test", "b@x.test", "gone@x.test", "", "not an address"})
            QVERIFY(house.resets->ask(house.instance, email, "192.0.2.9").ok());
        QVERIFY(house.resets->ask(model::InstanceId(5), "a@x.test", "192.0.2.9").ok());
        QCOMPARE(house.later.size(), std::size_t(7)); // the same work for all; nothing was looked up before the answer
        QVERIFY(house.mails().empty());
        house.work();
        QCOMPARE(house.mails().size(), std::size_t(1));
    }

    void askingIsSlowedDownAlikeForAll() {
        ResetRules rules;
        rules.perAccount = {3, base::Millis{60'000}, base::Millis{60'000}, base::Millis{3'600'000}};
        rules.perAddress = kPlenty;
        House house(rules);
        for (const auto* email : {"a@x.test", "nobody@x.test"}) {
            for (int i = 0; i < 3; ++i)
                QVERIFY(house.resets->ask(house.instance, email, "192.0.2.1").ok());
            const auto refused = house.resets->ask(house.instance, email, "192.0.2.2"); // from wherever
            QCOMPARE(refused.error().code, std::string("throttled"));
            QCOMPARE(refused.error().params.at("retry_ms"), std::string("60000"));
        }
        QVERIFY(house.resets->ask(house.instance, "A@x.test", "192.0.2.1").error().code == "throttled");
        QVERIFY(house.resets->ask(house.instance, "b@x.test", "192.0.2.1").ok());
        house.clock.advance(std::chrono::minutes(1));
        QVERIFY(house.resets->ask(house.instance, "a@x.test", "192.0.2.1").ok());
    }

    void oneAddressCannotAskForEverybody() {
        ResetRules rules;
        rules.perAddress = {5, base::Millis{60'000}, base::Millis{60'000}, base::Millis{3'600'000}};
        House house(rules);
        for (int i = 0; i < 5; ++i)
            QVERIFY(house.resets->ask(house.instance, std::to_string(i) + "@x.test", "192.0.2.1").ok());
        QCOMPARE(house.resets->ask(house.instance, "a@x.test", "192.0.2.1").error().code, std::string("throttled"));
        QVERIFY(house.resets->ask(house.instance, "a@x.test", "192.0.2.2").ok());
        for (int i = 0; i < 5; ++i)
            QCOMPARE(house.reset(newToken()), kInvalid);
        QCOMPARE(house.reset(newToken()), std::string("throttled"));
    }

    void aFullQueueIsTold() {
        House house;
        house.room = 0;
        QCOMPARE(house.resets->ask(house.instance, "a@x.test", "192.0.2.1").error().code, std::string("overloaded"));
        house.room = 1;
        for (int i = 0; i < 3; ++i, house.work()) // what was refused did not count
            QVERIFY(house.resets->ask(house.instance, "a@x.test", "192.0.2.1").ok());
    }

    void whoForgotIsLetInAtOnce() {
        House house;
        for (int i = 0; i < 3; ++i)
            QCOMPARE(house.signIn("forgotten"), std::string("bad_credentials"));
        QCOMPARE(house.signIn("password1"), std::string("throttled"));
        QCOMPARE(house.reset(house.token()), std::string());
        QCOMPARE(house.signIn("quite new"), std::string());
    }
};

static const test::Add<PasswordResetTest> addedPasswordResetTest;
#include "password_reset_test.moc"
