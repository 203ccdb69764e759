#include "tests/client/state/rig.h"

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
        again.account.signOut();
        QVERIFY(again.account.step() == Step::SignedOut);
        again.account.signInRemembered();
        QVERIFY(again.account.step() == Step::SignedOut);                // nothing to sign in with
        QCOMPARE(again.account.knownAddresses().size(), std::size_t(1)); // the address stays
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

static const test::Add<AccountTest> added;
#include "account_test.moc"
