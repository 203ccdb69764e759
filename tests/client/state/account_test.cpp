#include "tests/client/state/rig.h"

#include <QtCore/QDir>

using namespace cb;
using state::AccountState;
using test::FakeServer;
using test::Machine;
using test::Program;
using Step = AccountState::Step;

class AccountTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void badAddressAndPassword() {
        FakeServer server;
        Machine machine;
        Program program(machine);
        program.account.signIn(QStringLiteral("nowhere"), QStringLiteral("a@b.c"), QStringLiteral("x"), false);
        QCOMPARE(program.account.error().code, std::string("bad_address"));
        program.account.signIn(server.address(), QStringLiteral("a@b.c"), QStringLiteral("wrong"), false);
        QVERIFY(program.account.isBusy());
        QTRY_VERIFY(program.account.step() == Step::SignedOut);
        QCOMPARE(program.account.error().code, std::string("bad_credentials"));
        QVERIFY(program.signIn(server.address()));
        QVERIFY(program.account.error().code.empty());
    }
    void rememberedAndForgotten() {
        FakeServer server;
        Machine machine;
        {
            Program program(machine);
            QVERIFY(program.signIn(server.address(), QStringLiteral("a@b.c"), QStringLiteral("secret-1"), true));
        }
        Program again(machine);
        QCOMPARE(again.account.knownAddresses().size(), std::size_t(1));
        again.account.signInRemembered();
        QTRY_VERIFY(again.account.step() == Step::SignedIn);
        again.account.leave();
        QVERIFY(again.account.step() == Step::SignedOut);
        again.account.signInRemembered(); // one who left comes back without a password
        QTRY_VERIFY(again.account.step() == Step::SignedIn);
        again.account.signOut();
        QVERIFY(again.account.step() == Step::SignedOut);
        again.account.signInRemembered();
        QVERIFY(again.account.step() == Step::SignedOut);                // nothing to sign in with
        QCOMPARE(again.account.knownAddresses().size(), std::size_t(1)); // the address stays
    }
    void quickRepliesFollowTheAdmins() {
        FakeServer server;
        Machine machine;
        Program program(machine);
        QVERIFY(program.signIn(server.address(), QStringLiteral("a@b.c"), QStringLiteral("secret-1"), true));
        QTRY_COMPARE(program.account.account()->quickReplies().rowCount(), 1);
        QTRY_VERIFY(program.workbench().isLive());
        server.quickReplies.push_back({model::QuickReplyId(2), {}, "new", "an admin wrote this"});
        wire::ConfigChanged changed;
        changed.quickReplies = true;
        server.event(changed);
        QTRY_COMPARE(program.account.account()->quickReplies().rowCount(), 2);
    }
    /// The cache opens the workbench; what is written waits and is sent when the server is back.
    void rememberedWithoutTheServer() {
        FakeServer server;
        server.addSession(7, "Ms Li");
        server.quickReplies = {{model::QuickReplyId(1), {}, "hours", "9 to 5"}};
        Machine machine;
        {
            Program program(machine);
            QVERIFY(program.signIn(server.address(), QStringLiteral("a@b.c"), QStringLiteral("secret-1"), true));
            server.customerSays(7, "are you there?");
            QTRY_COMPARE(program.texts(7), std::vector<std::string>{"are you there?"});
            QTRY_COMPARE(program.account.account()->quickReplies().rowCount(), 1);
        }
        server.goAway();
        Program again(machine);
        again.account.signInRemembered();
        QTRY_VERIFY(again.account.step() == Step::SignedIn);
        QVERIFY(again.account.error().code.empty());
        auto& bench = again.workbench();
        QVERIFY(!bench.isLive() && bench.connection() != state::WorkbenchState::Connection::Connected);
        QCOMPARE(bench.me().name, std::string("Ali"));
        QCOMPARE(bench.instance().name, std::string("Shop"));
        QCOMPARE(bench.sessions()->count(state::Section::Open), 1);
        QCOMPARE(again.texts(7), std::vector<std::string>{"are you there?"});
        QCOMPARE(again.account.account()->quickReplies().rowCount(), 1);
        bench.setDraft(model::SessionId(7), QStringLiteral("half"));
        QCOMPARE(bench.draft(model::SessionId(7)), QStringLiteral("half"));
        QVERIFY(again.commands().send(model::SessionId(7), QStringLiteral("here I am")).ok());
        QTRY_VERIFY(bench.connection() == state::WorkbenchState::Connection::Waiting);
        server.comeBack();
        QTRY_VERIFY(bench.isLive());
        QTRY_COMPARE(server.textsOf(7), (std::vector<std::string>{"are you there?", "here I am"}));
        QTRY_COMPARE(again.texts(7), (std::vector<std::string>{"are you there?", "here I am"}));
        QTRY_COMPARE(again.account.account()->outbox().size(), std::size_t(0));
    }
    void aSilentServerDoesNotHoldTheCacheBack() {
        FakeServer server;
        server.addSession(7, "Ms Li");
        Machine machine;
        {
            Program program(machine);
            QVERIFY(program.signIn(server.address(), QStringLiteral("a@b.c"), QStringLiteral("secret-1"), true));
        }
        server.mute = true;
        Program again(machine, QStringLiteral("here"), test::quickSession(), base::Millis(10));
        again.account.signInRemembered();
        QTRY_VERIFY(again.account.step() == Step::SignedIn);
        QVERIFY(!again.account.isBusy());
        server.unmute();
        QTRY_VERIFY(again.workbench().isLive());
    }
    void aTokenRevokedMeanwhileEndsTheCachedWorkbench() {
        FakeServer server;
        Machine machine;
        {
            Program program(machine);
            QVERIFY(program.signIn(server.address(), QStringLiteral("a@b.c"), QStringLiteral("secret-1"), true));
        }
        server.goAway();
        Program again(machine);
        again.account.signInRemembered();
        QTRY_VERIFY(again.account.step() == Step::SignedIn);
        server.token = "another";
        server.comeBack();
        QTRY_VERIFY(again.account.step() == Step::SignedOut);
        QCOMPARE(again.account.error().code, std::string("bad_token"));
        again.account.signInRemembered();
        QVERIFY(again.account.step() == Step::SignedOut);
    }
    void withoutACacheTheErrorIsTold() {
        FakeServer server;
        Machine machine;
        {
            Program program(machine);
            QVERIFY(program.signIn(server.address(), QStringLiteral("a@b.c"), QStringLiteral("secret-1"), true));
            auto known = program.account.knownAddresses().front();
            known.agent = {}; // as an older program kept it
            QVERIFY(program.store->remember(known).ok());
        }
        server.goAway();
        Program again(machine);
        again.account.signInRemembered();
        QTRY_COMPARE(again.account.error().code, std::string("refused"));
        QVERIFY(again.account.step() == Step::SignedOut);
    }
    /// A key store that answers late must not bring the token of one server to another.
    void aLateSecretStaysWithItsServer() {
        struct Late final : state::SecretStore {
            void read(const QString&, std::function<void(const QString&, bool)> then) override {
                waiting = std::move(then);
            }
            void write(const QString&, const QString&, std::function<void(bool)>) override {}
            void remove(const QString&) override {}
            std::function<void(const QString&, bool)> waiting;
        } late;
        FakeServer server;
        FakeServer other;
        other.token = "tok"; // it would be taken there
        Machine machine;
        {
            Program program(machine);
            QVERIFY(program.signIn(server.address(), QStringLiteral("a@b.c"), QStringLiteral("secret-1"), true));
        }
        QNetworkAccessManager network;
        auto store = std::move(*sync::LocalStore::open(machine.folder.filePath(QStringLiteral("cloudbell.sqlite"))));
        AccountState account({network, *store, machine.folder.path(), QStringLiteral("here"), test::quickSession()},
                             late);
        account.signInRemembered();
        QVERIFY(late.waiting);
        account.signIn(other.address(), QStringLiteral("a@b.c"), QStringLiteral("wrong"), false);
        QTRY_COMPARE(account.error().code, std::string("bad_credentials"));
        late.waiting(QStringLiteral("tok"), false);
        QVERIFY(account.step() == Step::SignedOut);
        QVERIFY(!account.isBusy());
    }
    void forcedPasswordChange() {
        FakeServer server;
        server.mustChangePassword = true;
        Machine machine;
        Program program(machine);
        program.account.signIn(server.address(), QStringLiteral("a@b.c"), QStringLiteral("secret-1"), true);
        QTRY_VERIFY(program.account.step() == Step::ChangePassword);
        program.account.changePassword({}, QStringLiteral("short"));
        QCOMPARE(program.account.error().code, std::string("password_weak"));
        program.account.changePassword({}, QStringLiteral("long enough"));
        QTRY_VERIFY(program.account.step() == Step::SignedIn);
        QCOMPARE(server.password, std::string("long enough"));
        Program later(machine);
        later.account.signInRemembered(); // with the new token
        QTRY_VERIFY(later.account.step() == Step::SignedIn);
    }
    void takeover() {
        FakeServer server;
        server.otherDevice = "office-pc";
        Machine machine;
        Program program(machine);
        program.account.signIn(server.address(), QStringLiteral("a@b.c"), QStringLiteral("secret-1"), false);
        QTRY_VERIFY(program.account.step() == Step::Takeover);
        QCOMPARE(program.account.takeoverDevice(), QStringLiteral("office-pc"));
        program.account.confirmTakeover();
        QTRY_VERIFY(program.account.step() == Step::SignedIn);
        server.say(wire::encodeBye({"taken_over"}));
        server.drop(4001);
        QTRY_VERIFY(program.account.step() == Step::SignedOut);
        QCOMPARE(program.account.error().code, std::string("taken_over"));
        QVERIFY(program.account.account() == nullptr);
    }
    void aKeyStoreThatRefusesIsSaidOnce() {
        FakeServer server;
        Machine machine;
        machine.secrets.refuses = true;
        {
            Program program(machine);
            QSignalSpy told(&program.account, &AccountState::notRemembered);
            QVERIFY(program.signIn(server.address(), QStringLiteral("a@b.c"), QStringLiteral("secret-1"), true));
            QCOMPARE(told.count(), 1);
            QCOMPARE(machine.secrets.asked, 1);
            QVERIFY(!program.account.knownAddresses().front().remember);
        }
        {
            Program again(machine); // does not ask for what it knows is not there
            again.account.signInRemembered();
            QVERIFY(again.account.step() == Step::SignedOut);
            QCOMPARE(machine.secrets.asked, 1);
            machine.secrets.refuses = false;
            QVERIFY(again.signIn(server.address(), QStringLiteral("a@b.c"), QStringLiteral("secret-1"), true));
        }
        machine.secrets.refuses = true; // locked, and the user does not open it
        Program later(machine);
        const int asked = machine.secrets.asked;
        later.account.signInRemembered();
        QVERIFY(later.account.step() == Step::SignedOut);
        QCOMPARE(later.account.error().code, std::string("key_store_refused"));
        QCOMPARE(machine.secrets.asked, asked + 1);
        QVERIFY(later.account.knownAddresses().front().remember); // it may be open next time
    }
    void forgettingTakesEverythingOffTheMachine() {
        FakeServer server;
        server.addSession(7, "A");
        Machine machine;
        Program program(machine);
        const auto folders = [&machine] {
            return QDir(machine.folder.path()).entryList({QStringLiteral("account-*")}, QDir::Dirs).size();
        };
        QVERIFY(program.signIn(server.address(), QStringLiteral("a@b.c"), QStringLiteral("secret-1"), true));
        server.mute = true;
        server.drop();
        QTRY_VERIFY(program.workbench().connection() != state::WorkbenchState::Connection::Connected);
        QVERIFY(program.account.account()->outbox().addText(model::SessionId(7), QStringLiteral("late")).ok());
        const auto known = program.account.knownAddresses().front();
        program.account.forget(known); // not while it is in use
        QCOMPARE(program.account.knownAddresses().size(), std::size_t(1));
        program.account.signOut();
        const auto signedOut = program.account.knownAddresses().front();
        QCOMPARE(program.account.unsent(signedOut), 1);
        QCOMPARE(folders(), 1);
        QFile aside(program.store->path() + QStringLiteral(".damaged"));
        QVERIFY(aside.open(QIODevice::WriteOnly));
        aside.close();
        program.account.forget(signedOut);
        QCOMPARE(program.account.unsent(signedOut), 0);
        QVERIFY(program.account.knownAddresses().empty());
        QCOMPARE(folders(), 0);
        QTRY_VERIFY(!aside.exists());
        QVERIFY(program.account.error().code.empty());
    }
    /// Nothing that was under way brings back what was forgotten, and its token is of no use any more.
    void whatIsForgottenStaysForgotten() {
        struct Late final : state::SecretStore {
            void read(const QString&, std::function<void(const QString&, bool)> then) override {
                reading.push_back(std::move(then));
            }
            void write(const QString&, const QString&, std::function<void(bool)> then) override {
                writing = std::move(then);
            }
            void remove(const QString&) override { ++removed; }
            std::vector<std::function<void(const QString&, bool)>> reading;
            std::function<void(bool)> writing;
            int removed = 0;
        } late;
        FakeServer server;
        Machine machine;
        QNetworkAccessManager network;
        auto store = std::move(*sync::LocalStore::open(machine.folder.filePath(QStringLiteral("cloudbell.sqlite"))));
        AccountState account({network, *store, machine.folder.path(), QStringLiteral("here"), test::quickSession()},
                             late);
        account.signIn(server.address(), QStringLiteral("a@b.c"), QStringLiteral("secret-1"), true);
        QTRY_VERIFY(account.step() == Step::SignedIn);
        account.leave();
        account.signInRemembered();
        QCOMPARE(late.reading.size(), std::size_t(1));
        account.forget(account.knownAddresses().front());
        QCOMPARE(late.removed, 1);
        late.reading[0](QStringLiteral("tok"), false);
        QVERIFY(account.step() == Step::SignedOut && !account.isBusy());
        late.writing(false);
        QVERIFY(account.knownAddresses().empty());
        QCOMPARE(server.signOuts, 0);
        QCOMPARE(late.reading.size(), std::size_t(2));
        late.reading[1](QStringLiteral("tok"), false);
        QTRY_COMPARE(server.signOuts, 1);
        QVERIFY(account.knownAddresses().empty());
        QVERIFY(account.step() == Step::SignedOut);
    }
    /// A folder that cannot be removed is told, and can be tried again.
    void aForgettingThatFailedCanBeRepeated() {
        FakeServer server;
        Machine machine;
        Program program(machine);
        QVERIFY(program.signIn(server.address()));
        program.account.signOut();
        const auto known = program.account.knownAddresses().front();
        const auto number = program.store->accountsOf(known)->front();
        const QDir folder(machine.folder.filePath(QStringLiteral("account-%1").arg(number)));
        QVERIFY(folder.exists());
        auto held = program.store->run(QStringLiteral("CREATE TRIGGER held BEFORE DELETE ON account BEGIN "
                                                      "SELECT RAISE(ABORT, 'held'); END"));
        QVERIFY(held.ok());
        program.account.forget(known);
        QCOMPARE(program.account.error().code, std::string("cache_unavailable"));
        QVERIFY(!folder.exists()); // first the folder
        QCOMPARE(program.account.knownAddresses().size(), std::size_t(1));
        QCOMPARE(*program.store->accountsOf(known), std::vector<qint64>{number});
        QVERIFY(program.store->run(QStringLiteral("DROP TRIGGER held")).ok());
        program.account.forget(known);
        QVERIFY(program.account.error().code.empty());
        QVERIFY(program.account.knownAddresses().empty());
    }
    void aDeletedAccountLeavesThisMachine() {
        enum class Left { Nothing, Message, Draft, WrapUp };
        for (const auto left : {Left::Nothing, Left::Message, Left::Draft, Left::WrapUp}) {
            const bool unsent = left != Left::Nothing;
            FakeServer server;
            server.addSession(7, "A");
            server.refusedText = "no";
            Machine machine;
            Program program(machine);
            QVERIFY(program.signIn(server.address(), QStringLiteral("a@b.c"), QStringLiteral("secret-1"), true));
            auto& outbox = program.account.account()->outbox();
            if (left == Left::Message)
                QVERIFY(outbox.addText(model::SessionId(7), QStringLiteral("no")).ok());
            else if (left == Left::Draft)
                program.workbench().setDraft(model::SessionId(7), QStringLiteral("half a sen"));
            else if (left == Left::WrapUp)
                program.account.account()->wrapUps().setTyped(model::SessionId(7), {"", "a note"});
            QTRY_VERIFY(left != Left::Message || outbox.of(model::SessionId(7)).front().error);
            server.say(wire::encodeBye({"deleted"}));
            server.drop(4002);
            QTRY_VERIFY(program.account.step() == Step::SignedOut);
            QCOMPARE(program.account.error().code, std::string(unsent ? "deleted_unsent" : "deleted"));
            QCOMPARE(program.account.knownAddresses().size(), std::size_t(unsent ? 1 : 0));
            QCOMPARE(QDir(machine.folder.path()).entryList({QStringLiteral("account-*")}, QDir::Dirs).size(),
                     unsent ? 1 : 0);
            program.account.signInRemembered();
            QVERIFY(program.account.step() == Step::SignedOut);
        }
    }
    void revokedTokenEndsTheSignIn() {
        FakeServer server;
        Machine machine;
        Program program(machine);
        QVERIFY(program.signIn(server.address(), QStringLiteral("a@b.c"), QStringLiteral("secret-1"), true));
        server.token = "another";
        server.drop(1001);
        QTRY_VERIFY(program.account.step() == Step::SignedOut);
        QCOMPARE(program.account.error().code, std::string("bad_token"));
        program.account.signInRemembered();
        QVERIFY(program.account.step() == Step::SignedOut);
    }
};

static const test::Add<AccountTest> addedAccountTest;
#include "account_test.moc"
