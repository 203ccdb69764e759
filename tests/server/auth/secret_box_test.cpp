#include "tests/support/suite.h" // first: moc 6.4 stumbles over <compare> unless Qt went before

#include "server/auth/secret_box.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

#include <optional>
#include <thread>
#include <vector>

#include <sys/stat.h>

using namespace cb;
using auth::SecretBox;

class SecretBoxTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsSealedIsOpenedWithTheSameKey() {
        QTemporaryDir folder;
        const auto file = folder.filePath("key").toStdString();
        QCOMPARE(SecretBox::open(file).error().code, std::string("secret_key_missing"));
        const auto made = SecretBox::openOrMake(file);
        QVERIFY(made.ok());
        for (const auto& secret : {std::string(), std::string("pass word"), std::string("a\0b", 3), std::string("密码"),
                                   std::string(1'000, 'x')}) {
            const auto sealed = made->sealed(secret);
            QVERIFY(sealed != made->sealed(secret));
            QVERIFY(secret.empty() || sealed.find(secret) == std::string::npos);
            QCOMPARE(*SecretBox::open(file)->opened(sealed), secret);
        }
        struct stat info {};
        QCOMPARE(::stat(file.c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0600u);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{"key"});
    }

    void anotherKeyOrAChangedTextOpensNothing() {
        QTemporaryDir folder;
        const auto box = *SecretBox::openOrMake(folder.filePath("a").toStdString());
        const auto other = *SecretBox::openOrMake(folder.filePath("b").toStdString());
        const auto sealed = box.sealed("secret");
        QCOMPARE(other.opened(sealed).error().code, std::string("secret_unreadable"));
        for (std::size_t i = 0; i < sealed.size(); ++i) {
            auto changed = sealed;
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            // The bits of the last character that stand for nothing may differ; base64 that has them is refused.
            QVERIFY(!box.opened(changed).ok());
            QVERIFY(!box.opened(sealed.substr(0, i)).ok());
        }
        for (const char* text : {"", "!", "secret"})
            QVERIFY(!box.opened(text).ok());
    }

    void whatIsNoKeyIsNotReplaced() {
        QTemporaryDir folder;
        const auto path = folder.filePath("key");
        for (const int size : {0, 31, 33}) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(size, 'k')) == size);
            file.close();
            QCOMPARE(SecretBox::openOrMake(path.toStdString()).error().code, std::string("secret_key_unreadable"));
            QCOMPARE(QFile(path).size(), qint64(size));
        }
        QCOMPARE(SecretBox::openOrMake(folder.filePath("no/key").toStdString()).error().code,
                 std::string("storage_unavailable"));
    }

    void manyAtOnceGetOneKey() {
        QTemporaryDir folder;
        const auto file = folder.filePath("key").toStdString();
        std::vector<std::optional<SecretBox>> boxes(8);
        std::vector<std::thread> threads;
        for (auto& box : boxes)
            threads.emplace_back([&box, &file] {
                if (auto made = SecretBox::openOrMake(file))
                    box = *made;
            });
        for (auto& thread : threads)
            thread.join();
        for (const auto& box : boxes)
            QVERIFY(box && boxes[0]->opened(box->sealed("x")).ok());
    }
};

static const cb::test::Add<SecretBoxTest> addedSecretBoxTest;
#include "secret_box_test.moc"
