#include "server/auth/password.h"
#include "server/auth/throttle.h"
#include "server/auth/token.h"
#include "tests/support/suite.h"

#include <set>

using namespace cb;
using namespace cb::auth;

class AuthTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hashesVerifyAndDiffer() {
        const auto one = hashPassword("correct horse", Cost::Least);
        const auto two = hashPassword("correct horse", Cost::Least);
        QVERIFY(one && two && *one != *two);
        QVERIFY(one->rfind("$argon2id$", 0) == 0);
        QVERIFY(verifyPassword(*one, "correct horse", Cost::Least));
        QVERIFY(!verifyPassword(*one, "correct horsf", Cost::Least));
        QVERIFY(!verifyPassword(*one, "", Cost::Least));
        QVERIFY(!verifyPassword("", "correct horse", Cost::Least));
        QVERIFY(!verifyPassword("", "", Cost::Least));
        QVERIFY(!verifyPassword("rubbish", "rubbish", Cost::Least));
    }
    void randomPasswordsHaveAFastForm() {
        const auto password = randomPassword();
        const auto one = hashRandomPassword(password);
        const auto two = hashRandomPassword(password);
        QVERIFY(one && two && *one != *two); // salted
        QVERIFY(one->rfind("$cbrandom$", 0) == 0 && one->find(password) == std::string::npos);
        QVERIFY(verifyPassword(*one, password, Cost::Least) && verifyPassword(*two, password, Cost::Least));
        QVERIFY(!verifyPassword(*one, password + "x", Cost::Least));
        QVERIFY(!verifyPassword(*one, "", Cost::Least));
        for (const std::size_t cut : {std::size_t(5), std::size_t(12), one->size() - 1})
            QVERIFY(!verifyPassword(one->substr(0, cut), password, Cost::Least));
        for (const char* broken : {"$cbrandom$", "$cbrandom$$", "$cbrandom$zz$zz"})
            QVERIFY(!verifyPassword(broken, password, Cost::Least) && !verifyPassword(broken, "", Cost::Least));
        auto other = *one;
        other.back() = other.back() == '0' ? '1' : '0';
        QVERIFY(!verifyPassword(other, password, Cost::Least));
    }
    void passwordRules() {
        QVERIFY(checkNewPassword("12345678").ok());
        QVERIFY(checkNewPassword("密码密码密码密码").ok());
        QCOMPARE(checkNewPassword("1234567").error().code, std::string("password_weak"));
        QCOMPARE(checkNewPassword("密码密码密码密").error().code, std::string("password_weak"));
        QCOMPARE(checkNewPassword(std::string(300, 'a')).error().code, std::string("bad_field"));
        QCOMPARE(checkNewPassword("\xC0\x80 12345678").error().code, std::string("bad_field"));
        std::set<std::string> seen;
        for (int i = 0; i < 200; ++i) {
            const auto password = randomPassword();
            QVERIFY(checkNewPassword(password).ok());
            QVERIFY(password.find_first_of("0O1lI") == std::string::npos);
            QVERIFY(seen.insert(password).second);
        }
    }
    void tokens() {
        const auto token = newToken();
        QVERIFY(isToken(token));
        QVERIFY(!isToken(token.substr(1)) && !isToken(token + "a") && !isToken(std::string(43, '=')));
        QCOMPARE(tokenHash("abc"),
                 std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")); // FIPS 180-2 B.1
        QVERIFY(sameSecret("a", "a") && !sameSecret("a", "b"));
    }
    void delaysGrowAndAreForgotten() {
        FailureLedger ledger({3, base::Millis{1'000}, base::Millis{8'000}, base::Millis{60'000}});
        base::ManualClock clock;
        QCOMPARE(ledger.begin("a", clock.now()).count(), 0);
        QCOMPARE(ledger.begin("a", clock.now()).count(), 0);
        QCOMPARE(ledger.begin("a", clock.now()).count(), 0);
        for (const int wait : {1'000, 2'000, 4'000, 8'000, 8'000}) {
            QCOMPARE(ledger.begin("a", clock.now()).count(), wait);
            clock.advance(base::Millis{wait - 1});
            QCOMPARE(ledger.begin("a", clock.now()).count(), 1);
            clock.advance(base::Millis{1});
            QCOMPARE(ledger.begin("a", clock.now()).count(), 0);
        }
        QCOMPARE(ledger.begin("b", clock.now()).count(), 0);
        clock.advance(base::Millis{61'000});
        QCOMPARE(ledger.begin("a", clock.now()).count(), 0);
        QCOMPARE(ledger.begin("a", clock.now()).count(), 0);
        ledger.succeeded("a");
        QCOMPARE(ledger.size(), std::size_t(1));
    }
    void theLedgerIsBounded() {
        FailureLedger ledger({}, 100);
        for (int i = 0; i < 1'000; ++i)
            ledger.begin(std::to_string(i), base::fromUnixMillis(i));
        QCOMPARE(ledger.size(), std::size_t(100));
    }
};

static const cb::test::Add<AuthTest> addedAuthTest;
CB_TEST_MAIN()
#include "auth_test.moc"
