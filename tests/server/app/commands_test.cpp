#include "tests/server/app/house.h"
#include "tests/support/suite.h"

#include <boost/asio/write.hpp>

#include <QtCore/QDebug>
#include <QtCore/QElapsedTimer>

#include <filesystem>
#include <fstream>

#include <sys/stat.h>

using namespace cb::test;
namespace fs = std::filesystem;

namespace {

/// Words with the data directory in front.
Ran run(const std::string& data, std::vector<std::string> words) {
    words.insert(words.begin(), {"--data", data});
    return runServer(words);
}

std::string said(const Ran& ran) {
    return std::to_string(ran.exitCode) + ": " + ran.output;
}

std::vector<std::string> names(const std::string& folder) {
    std::vector<std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            all.push_back(fs::relative(entry.path(), folder).string());
    return all;
}

/// Writes over the second half of a file: pages that wait in the log are read from there, some of these do not.
void damage(const std::string& file) {
    std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
    const auto pages = fs::file_size(file) / 4096;
    out.seekp(static_cast<std::streamoff>(pages / 2 * 4096));
    out << std::string((pages - pages / 2) * 4096, '\x5A');
}

} // namespace

/// What an operator does.
class CommandsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void backupUnderServiceAndRestore() {
        House house;
        QVERIFY2(house.trouble.empty(), house.trouble.c_str());
        const auto session = "/api/v1/sessions/" + std::to_string(house.session) + "/messages";
        const auto picture = "/api/v1/attachments/" + std::to_string(house.attachment);
        const auto target = house.demo.folder() + "/copy";
        fs::create_directories(house.demo.data() + "/audio");
        for (const char* name : {"/audio/7.wav", "/audio/7.g711", "/audio/8.mp3.part", "/secret.key"})
            std::ofstream(house.demo.data() + name) << name;
        const auto made = run(house.demo.data(), {"backup", target});
        QVERIFY2(made.exitCode == 0, said(made).c_str());
        QVERIFY(made.output.find("1 attachments, 1 sounds") != std::string::npos);
        const auto said1 = ask(house.port(), "GET", session, {}, bearer(house.admin));
        QCOMPARE(said1.status, 200);
        // Later words are not in it.
        house.visitor->request(
            "message.send",
            {{"uuid", "00000000-0000-4000-8000-00000000000b"}, {"kind", "text"}, {"text", "after the backup"}});
        QVERIFY(run(house.demo.data(), {"backup", target}).exitCode != 0); // never over another one

        const auto fresh = house.demo.folder() + "/fresh";
        fs::create_directory(fresh);
        std::ofstream(fresh + "/cloudbell.db.search") << "what another database said";
        const auto restored = run(fresh, {"restore", target});
        QVERIFY2(restored.exitCode == 0, said(restored).c_str());
        QVERIFY(!fs::exists(fresh + "/cloudbell.db.search"));
        for (const char* name : {"/audio/7.wav", "/audio/7.g711", "/secret.key"}) {
            std::string text;
            std::getline(std::ifstream(fresh + name), text);
            QCOMPARE(text, std::string(name));
        }
        QVERIFY(!fs::exists(fresh + "/audio/8.mp3.part"));
        QCOMPARE(fs::status(fresh + "/secret.key").permissions() & fs::perms::others_all, fs::perms::none);
        QVERIFY(run(fresh, {"restore", target}).exitCode != 0);
        QVERIFY(run(house.demo.data(), {"restore", target}).exitCode != 0); // the running server holds it
        const auto checked = run(fresh, {"check"});
        QVERIFY2(checked.exitCode == 0, said(checked).c_str());

        ServerProcess second({CLOUDBELL_SERVER_PROGRAM, fresh, 0, {}, {}, {}});
        QVERIFY(second.start().ok());
        const auto said2 = ask(second.port(), "GET", session, {}, bearer(house.admin));
        QCOMPARE(said2.body, said1.body);
        // What was given out after the backup is not given out again with another meaning.
        const auto newest = said1.json()["messages"].back().value("seq", std::int64_t(0));
        Talker stranger(second.port(), "/ws/visitor");
        const auto welcome = stranger.request(
            "hello", {{"protocol", 1}, {"channel", "demo"}, {"token", visitorToken(9)}, {"cursor", 0}});
        QVERIFY(welcome["d"].value("cursor", std::int64_t(0)) >= newest + 1'000'000);
        const auto started = stranger.request("session.start", Json::object());
        QVERIFY(started["d"]["session"].value("session", std::int64_t(0)) >= house.session + 1'000'000);
        const auto bytes = ask(second.port(), "GET", picture, {}, bearer(house.agent1));
        QCOMPARE(bytes.body, smallPng());
        struct stat info {};
        QCOMPARE(::stat(target.c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0077, 0u); // customers' words are nobody else's business
        QCOMPARE(::stat((house.demo.data() + "/cloudbell.db").c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0077, 0u);
        QVERIFY(run(house.demo.folder() + "/other", {"restore", house.demo.folder() + "/nothing"}).exitCode != 0);
        const auto remains = house.demo.folder() + "/remains";
        fs::create_directory(remains);
        std::ofstream(remains + "/cloudbell.db-wal") << "the log of a database that is gone";
        QVERIFY(run(remains, {"restore", target}).exitCode != 0); // it would be played into the restored one
    }

    void checkFindsDamage() {
        House house;
        QVERIFY2(house.trouble.empty(), house.trouble.c_str());
        QCOMPARE(run(house.demo.data(), {"check"}).exitCode, 0); // beside the server, too
        const auto copy = house.demo.data() + "/cloudbell.db.before-2";
        std::ofstream(copy) << "as it was before an upgrade";
        const auto told = run(house.demo.data(), {"check"}); // what no erasure reaches
        QVERIFY2(told.exitCode == 0 && told.output.find("copy " + copy) != std::string::npos, said(told).c_str());
        QCOMPARE(house.demo.process().terminate(), 0);
        QCOMPARE(run(house.demo.data(), {"check"}).exitCode, 0);
        char part[8];
        std::snprintf(part, sizeof part, "/%02x/", static_cast<unsigned>(house.attachment & 0xFF));
        fs::remove(house.demo.data() + "/attachments" + part + std::to_string(house.attachment));
        const auto fileless = run(house.demo.data(), {"check"});
        QVERIFY2(fileless.exitCode == 3, said(fileless).c_str());
        QVERIFY2(fileless.output.find("file_missing: attachment") != std::string::npos, said(fileless).c_str());
        damage(house.demo.data() + "/cloudbell.db");
        const auto checked = run(house.demo.data(), {"check"});
        QVERIFY2(checked.exitCode != 0, said(checked).c_str());
        QVERIFY2(checked.output.find("integrity") != std::string::npos ||
                     checked.output.find("storage_") != std::string::npos,
                 said(checked).c_str());
    }

    void aFolderWithoutADatabaseIsAMistake() {
        TempDir empty;
        const auto target = empty.path() + "-copy";
        for (const auto& words : {std::vector<std::string>{"check"}, {"backup", target}}) {
            const auto ran = run(empty.path(), words);
            QVERIFY2(ran.exitCode == 1 && ran.output.find("no_database") != std::string::npos, said(ran).c_str());
        }
        QVERIFY(fs::is_empty(empty.path()) && !fs::exists(target));
    }

    void oneServerToADirectory() {
        DemoServer demo;
        QVERIFY2(demo.trouble().empty(), demo.trouble().c_str());
        const auto before = names(demo.data());
        const auto second = run(demo.data(), {"--listen", "127.0.0.1:0"});
        QCOMPARE(second.exitCode, 1);
        QVERIFY2(second.output.find("listening") == std::string::npos, second.output.c_str());
        QVERIFY(!second.output.empty());
        QCOMPARE(run(demo.data(), {"rollback"}).exitCode, 1);
        QCOMPARE(names(demo.data()), before);
        QVERIFY(!demo.signIn("agent1@demo.test").empty());
        // The port is taken: refused, and the directory is free again afterwards.
        TempDir other;
        const auto port = std::to_string(demo.port());
        for (int i = 0; i < 2; ++i)
            QCOMPARE(run(other.path(), {"--listen", "127.0.0.1:" + port}).exitCode, 1);
    }

    /// With clients in every state: in service, before hello, in the middle of a head and of a body.
    void stopsWithinFiveSeconds() {
        House house;
        QVERIFY2(house.trouble.empty(), house.trouble.c_str());
        std::vector<std::unique_ptr<Talker>> visitors;
        for (int i = 0; i < 30; ++i) {
            visitors.push_back(house.demo.visitor(visitorToken(100 + i)));
            QVERIFY(visitors.back() != nullptr);
            visitors.back()->send("session.start", Json::object(), 5);
        }
        const Talker fresh(house.port(), "/ws/agent");
        boost::asio::io_context io;
        boost::asio::ip::tcp::socket head(io);
        boost::asio::ip::tcp::socket body(io);
        for (auto* socket : {&head, &body})
            socket->connect({boost::asio::ip::address_v4::loopback(), house.port()});
        boost::asio::write(head, boost::asio::buffer(std::string_view("GET /healthz HT")));
        boost::asio::write(body, boost::asio::buffer("POST /api/v1/widget/demo/attachments?kind=file HTTP/1.1\r\n"
                                                     "Host: x\r\nAuthorization: Visitor " +
                                                     house.visitorToken + "\r\nContent-Length: 100000\r\n\r\nxxxx"));
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(house.demo.process().terminate(), 0);
        const auto took = timer.elapsed();
        qInfo() << "stopped after" << took << "ms";
        QVERIFY2(took < 5'000, std::to_string(took).c_str());
        QCOMPARE(house.agent->closed().value_or(1), std::uint16_t(1001));
        for (auto& visitor : visitors)
            QCOMPARE(visitor->closed().value_or(1), std::uint16_t(1001));
        QVERIFY(fs::is_empty(house.demo.data() + "/attachments/tmp"));
        QCOMPARE(run(house.demo.data(), {"check"}).exitCode, 0);
        QVERIFY(house.demo.process().start().ok());
        qInfo() << "ready again after" << house.demo.process().readyMillis() << "ms";
    }
};

static const Add<CommandsTest> addedCommandsTest;
CB_TEST_MAIN()
#include "commands_test.moc"
