#include "tests/server/app/demo_server.h"
#include "tests/support/suite.h"

#include "server/app/trunks.h"
#include "server/app/words.h"
#include "server/ops/data_directory.h"
#include "server/store/database.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"
#include "shared/flow/json.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <sys/stat.h>

using namespace cb;
using namespace cb::test;
namespace fs = std::filesystem;

namespace {

constexpr const char* kPassword = "correct horse battery";

/// A call centre with one admin that no server has ever run on.
struct Centre {
    TempDir dir;
    std::string data = dir.path() + "/data";
    model::InstanceId instance;

    Centre() {
        const auto added = run({"instance", "add", "--name", "Acme", "--admin-email", "boss@acme.test"});
        instance = model::InstanceId{std::atoll(added.value("instance").c_str())};
    }
    Ran run(std::vector<std::string> words) const {
        words.insert(words.begin(), {"--data", data});
        return runServer(words);
    }
    std::string id() const { return std::to_string(instance.value); }
    /// A file whose first line is the password.
    std::string secretFile() const {
        const auto path = dir.path() + "/secret";
        std::ofstream(path) << kPassword << "\r\nnot this\n";
        return path;
    }
    std::unique_ptr<store::Database> open() const {
        store::DatabaseOptions where;
        where.where = ops::DataDirectory::databaseOf(data);
        auto opened = store::Database::open(where);
        return opened ? std::move(*opened) : nullptr;
    }
    app::Words words() const { return app::takeWords(data); }
};

std::string told(const Ran& ran) {
    return std::to_string(ran.exitCode) + ": " + ran.output;
}

bool has(const Ran& ran, const std::string& text) {
    return ran.output.find(text) != std::string::npos;
}

/// In any file of the data directory.
bool isWritten(const std::string& folder, const std::string& text) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        if (bytes.find(text) != std::string::npos)
            return true;
    }
    return false;
}

app::Words wordOf(bool trunks, bool numbers, std::set<model::InstanceId> instances) {
    app::Words words;
    words.trunks = trunks;
    words.numbers = numbers;
    words.instances = std::move(instances);
    return words;
}

} // namespace

/// What an operator does about trunks, numbers and audio.
class PhoneCommandsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTrunksPasswordIsNeverToldAgain() {
        const Centre centre;
        const auto added = centre.run({"trunk",
                                       "add",
                                       "--name",
                                       "上海 A",
                                       "--host",
                                       "[2001:db8::5]",
                                       "--transport",
                                       "tls",
                                       "--allow",
                                       "192.0.2.0/24",
                                       "2001:db8::/32",
                                       "--register",
                                       "--user",
                                       "acme",
                                       "--password-file",
                                       centre.secretFile(),
                                       "--realm",
                                       "sip.example",
                                       "--max-calls",
                                       "30",
                                       "--calls-per-second",
                                       "5",
                                       "--srtp",
                                       "--order",
                                       "2"});
        QVERIFY2(added.exitCode == 0, told(added).c_str());
        QCOMPARE(added.value("trunk"), std::string("1"));
        QVERIFY(centre.words() == wordOf(true, false, {}));
        QVERIFY(centre.words().empty());
        const auto listed = centre.run({"trunk", "list"});
        for (const char* part :
             {"1 上海 A  tls [2001:db8::5]:5061 order=2", "allow=192.0.2.0/24", "allow=2001:db8::/32", "user=acme",
              "realm=sip.example", "register", "max-calls=30", "calls-per-second=5", "srtp"})
            QVERIFY2(has(listed, part), (part + told(listed)).c_str());
        QVERIFY(!has(added, kPassword) && !has(listed, kPassword));
        QVERIFY(!isWritten(centre.data, kPassword));
        const auto key = ops::DataDirectory::keyOf(centre.data);
        struct stat info {};
        QCOMPARE(::stat(key.c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0600u);

        const auto database = centre.open();
        QVERIFY(database);
        auto reader = database->reader();
        const auto trunks = app::trunksInUse(*reader, key);
        QCOMPARE(trunks->size(), std::size_t(1));
        QCOMPARE(trunks->front().password, std::string(kPassword));
        QVERIFY(trunks->front().allow == (std::vector<std::string>{"192.0.2.0/24", "2001:db8::/32"}));
        // Without its key a trunk with a password is of no use; the others are.
        QVERIFY(centre.run({"trunk", "add", "--name", "B", "--host", "sip.example", "--port", "5080"}).exitCode == 0);
        auto later = database->reader();
        const auto rest = app::trunksInUse(*later, centre.dir.path() + "/none");
        QCOMPARE(rest->size(), std::size_t(1));
        QVERIFY(rest->front().name == "B" && rest->front().port == 5'080 && rest->front().password.empty());
    }

    void trunksThatCannotBe() {
        const Centre centre;
        const std::vector<std::string> good{"trunk", "add", "--name", "A", "--host", "sip.example"};
        QCOMPARE(centre.run(good).exitCode, 0);
        QVERIFY(has(centre.run(good), "trunk_name_taken"));
        const auto refused = [&](std::vector<std::string> more) {
            std::vector<std::string> words{"trunk", "add", "--name", "C", "--host", "sip.example"};
            words.insert(words.end(), more.begin(), more.end());
            return centre.run(words).exitCode != 0;
        };
        QVERIFY(refused({"--port", "0"}) && refused({"--port", "65536"}));
        QVERIFY(refused({"--transport", "sctp"}));
        QVERIFY(refused({"--allow", "192.0.2.0/33"}) && refused({"--allow", "somewhere"}));
        QVERIFY(refused({"--user", "x"}) && refused({"--password-file", centre.secretFile()}));
        QVERIFY(refused({"--user", "x", "--password-file", "/nothing/there"}));
        QVERIFY(refused({"--user", "a\"b", "--password-file", centre.secretFile()}));
        QVERIFY(refused({"--register"}));
        QVERIFY(refused({"--realm", "not a host"}));
        QVERIFY(refused({"--max-calls", "-1"}) && refused({"--calls-per-second", "-1"}));
        QVERIFY(centre.run({"trunk", "add", "--name", "C", "--host", "a b"}).exitCode != 0);
        QVERIFY(centre.run({"trunk", "add", "--name", " ", "--host", "a.b"}).exitCode != 0);
        QVERIFY(centre.run({"trunk", "add", "--host", "a.b"}).exitCode != 0);
        QVERIFY(centre.run({"trunk"}).exitCode != 0);
        QVERIFY(has(centre.run({"trunk", "remove", "9"}), "trunk_unknown"));
        const auto database = centre.open();
        QCOMPARE(database->reader()->telephone().trunks()->size(), std::size_t(1));
        const TempDir empty;
        QVERIFY(has(runServer({"--data", empty.path(), "trunk", "list"}), "no_database"));
    }

    void aNumberComesWithAllItNeeds() {
        const Centre centre;
        const auto added = centre.run({"number", "add", "--instance", centre.id(), "--number", "(0755) 1234-5678"});
        QVERIFY2(added.exitCode == 0, told(added).c_str());
        QCOMPARE(added.value("number"), std::string("+8675512345678"));
        QVERIFY(centre.words() == wordOf(false, true, {centre.instance}));
        const auto database = centre.open();
        QVERIFY(database);
        auto reader = database->reader();
        const auto number = **reader->telephone().number("+8675512345678");
        QVERIFY(number.instance == centre.instance && number.type == model::CallType::In && !number.trunk);
        const auto channel = **reader->directory().channel(number.channel);
        QVERIFY(channel.kind == model::ChannelKind::Phone && channel.instance == centre.instance && !channel.deleted);
        QCOMPARE(channel.name, number.number);
        const auto groups = *reader->directory().groups(centre.instance);
        QCOMPARE(groups.size(), std::size_t(1));
        QVERIFY(groups[0].mode == model::Mode::Phone && groups[0].limit == 1);
        QCOMPARE(groups[0].name, std::string("电话客服"));
        const auto agents = *reader->directory().agents(centre.instance);
        QVERIFY(agents.size() == 1 && agents[0].groups == std::vector{groups[0].id});
        const auto flow = *reader->directory().publishedFlow(channel.flow);
        QVERIFY(flow && flow->published && flow->version == 1 && flow->mode == model::Mode::Phone);
        const auto graph = flow::parseJson(flow->json);
        QVERIFY(graph.ok());
        QVERIFY(flow::groupsUsed(*graph) == std::vector{flow::GroupId{groups[0].id.value}});
        QCOMPARE((*reader->directory().flow(channel.flow, 0))->json, flow->json);
        QVERIFY(database->check()->ok());
    }

    void laterNumbersShareTheGroup() {
        const Centre centre;
        QCOMPARE(centre.run({"trunk", "add", "--name", "A", "--host", "sip.example"}).exitCode, 0);
        const auto add = [&](const std::string& number, const std::string& language) {
            return centre.run({"number", "add", "--instance", centre.id(), "--number", number, "--type", "both",
                               "--trunk", "1", "--language", language});
        };
        const auto first = add("+44 20 7946 0018", "en");
        QVERIFY2(first.exitCode == 0 && has(first, "group Phone (new"), told(first).c_str());
        const auto second = add("+862012345678", "zh");
        QVERIFY2(second.exitCode == 0 && has(second, "group Phone\n"), told(second).c_str());
        QVERIFY(has(add("0086 20 1234 5678", "zh"), "number_taken"));
        (void)centre.words();
        const auto listed = centre.run({"number", "list"});
        for (const char* part : {"+442079460018 both instance=", "trunk=1", "ivr=Default IVR +442079460018",
                                 "ivr=默认语音导航 +862012345678"})
            QVERIFY2(has(listed, part), (part + told(listed)).c_str());
        QCOMPARE(centre.run({"number", "list", "--instance", "7"}).output, std::string());
        QVERIFY(has(centre.run({"trunk", "remove", "1"}), "trunk_in_use"));

        for (const char* number : {"+442079460018", "+862012345678"}) {
            const auto removed = centre.run({"number", "remove", number});
            QVERIFY2(removed.exitCode == 0, told(removed).c_str());
        }
        QVERIFY(centre.words() == wordOf(false, true, {centre.instance}));
        QCOMPARE(centre.run({"number", "list"}).output, std::string());
        QVERIFY(has(centre.run({"number", "remove", "+442079460018"}), "number_unknown"));
        const auto database = centre.open();
        const auto channels = database->reader()->directory().channels(centre.instance);
        for (const auto& channel : *channels)
            QVERIFY(channel.deleted && !channel.flow);
        QCOMPARE(centre.run({"trunk", "remove", "1"}).exitCode, 0);
        QVERIFY(centre.words() == wordOf(true, false, {}));
        QVERIFY(has(add("+442079460018", "en"), "trunk_unknown"));
        QCOMPARE(centre.run({"trunk", "list"}).output, std::string());
        const auto again =
            centre.run({"number", "add", "--instance", centre.id(), "--number", "+442079460018", "--language", "zh"});
        QVERIFY2(again.exitCode == 0 && has(again, "group Phone\n"), told(again).c_str());
        QVERIFY(database->check()->ok());
    }

    void numbersThatCannotBe() {
        const Centre centre;
        const auto add = [&](const std::string& instance, const std::string& number) {
            return centre.run({"number", "add", "--instance", instance, "--number", number});
        };
        QVERIFY(has(add(centre.id(), "hello"), "bad_field"));
        QVERIFY(has(add("7", "+862012345678"), "instance_unknown"));
        QVERIFY(centre.run({"number", "add", "--instance", centre.id(), "--number", "+862012345678", "--type", "x"})
                    .exitCode != 0);
        QVERIFY(centre.run({"number", "add", "--number", "+862012345678"}).exitCode != 0);
        QVERIFY(centre.run({"number"}).exitCode != 0);
        const auto database = centre.open();
        QVERIFY(database->reader()->directory().channels(centre.instance)->empty());
        QVERIFY(database->reader()->directory().groups(centre.instance)->empty());
        QVERIFY(centre.words().empty());
    }

    void audioIsLookedAt() {
        const Centre centre;
        const auto database = centre.open();
        QVERIFY(database);
        {
            store::Writer writer(*database, 8);
            store::Batch rows;
            rows.audio.push_back({model::AudioId(3), centre.instance, "欢\x1B[31m迎", model::AudioState::Unreviewed,
                                  "mp3", 4'000, "ab", 12'340, base::TimePoint{}, false});
            rows.audio.push_back(rows.audio[0]);
            rows.audio[1].id = model::AudioId(4);
            rows.audio[1].deleted = true;
            QVERIFY(store::runJob(writer, [&](store::Tables& tables) { return tables.apply(rows); }).ok());
        }
        const auto listed = centre.run({"audio", "list"});
        QVERIFY2(has(listed, "3 unreviewed instance=" + centre.id() + " mp3 12.3s 4000 bytes  欢 [31m迎\n"),
                 told(listed).c_str());
        QVERIFY(!has(listed, "4 unreviewed"));
        QCOMPARE(centre.run({"audio", "list", "--instance", "7"}).output, std::string());
        for (const auto& [word, state] : {std::pair{"approve", "approved"}, {"reject", "rejected"}}) {
            const auto done = centre.run({"audio", word, "3"});
            QVERIFY2(done.exitCode == 0, told(done).c_str());
            QVERIFY(has(centre.run({"audio", "list", "--instance", centre.id()}), std::string("3 ") + state));
            app::Words expected;
            expected.audio = {centre.instance};
            QVERIFY(centre.words() == expected);
        }
        QVERIFY(has(centre.run({"audio", "approve", "4"}), "audio_unknown"));
        QVERIFY(has(centre.run({"audio", "approve", "9"}), "audio_unknown"));
        for (const char* state : {"on", "off"}) {
            QCOMPARE(centre.run({"audio", "review", state}).exitCode, 0);
            QCOMPARE(**database->reader()->directory().operatorSetting(store::kAudioReview), std::string(state));
        }
        QVERIFY(centre.run({"audio", "review", "perhaps"}).exitCode != 0);
        const auto checked = centre.run({"check"});
        QVERIFY2(checked.exitCode == 3 && has(checked, "file_missing: audio 3") && has(checked, " 1 sounds"),
                 told(checked).c_str());
    }

    void wordsAreTakenOnce() {
        const TempDir dir;
        app::Words words;
        words.mails = true;
        words.trunks = true;
        words.numbers = true;
        words.instances = {model::InstanceId{1'400'000'001}, model::InstanceId{1'400'000'002}};
        words.audio = {model::InstanceId{1'400'000'003}};
        QVERIFY(app::leaveWords(dir.path(), words));
        QVERIFY(app::leaveWords(dir.path(), words)); // said twice, heard once
        std::ofstream(dir.path() + "/word-of-a-newer-command");
        std::ofstream(dir.path() + "/word-instance-x");
        std::ofstream(dir.path() + "/cloudbell.db");
        QVERIFY(app::takeWords(dir.path()) == words);
        QVERIFY(app::takeWords(dir.path()).empty());
        QVERIFY(fs::exists(dir.path() + "/cloudbell.db"));
        QCOMPARE(std::distance(fs::directory_iterator(dir.path()), {}), std::ptrdiff_t(1));
        QVERIFY(!app::leaveWords(dir.path() + "/none", words));
        QVERIFY(app::takeWords(dir.path() + "/none").empty());
    }
};

static const Add<PhoneCommandsTest> addedPhoneCommandsTest;
CB_TEST_MAIN()
#include "phone_commands_test.moc"
