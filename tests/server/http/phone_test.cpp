#include "tests/server/http/phone_house.h"

using namespace cb::test;

/// Uploaded audio and numbers, from outside.
class PhoneTest : public QObject {
    Q_OBJECT

    std::unique_ptr<PhoneHouse> m_house;

    Json row(std::int64_t id) const {
        const auto list = m_house->call("GET", "/api/v1/audio").json();
        for (const auto& one : list["audio"])
            if (one["id"] == id)
                return one;
        return nullptr;
    }
    static std::string path(std::int64_t id, const std::string& below = {}) {
        return "/api/v1/audio/" + std::to_string(id) + below;
    }
    Reply get(const std::string& target, std::map<std::string, std::string> headers = {}) const {
        headers.merge(bearer(m_house->admin));
        return ask(m_house->port(), "GET", target, {}, headers);
    }
    int soundFiles() const {
        int count = 0;
        for (const auto& entry : std::filesystem::directory_iterator(m_house->demo.data() + "/audio"))
            count += entry.is_regular_file() ? 1 : 0;
        return count;
    }
    std::string audited(const std::string& action) const {
        return m_house->call("GET", "/api/v1/audit?action=" + action).body;
    }

private Q_SLOTS:
    void initTestCase() {
        m_house = std::make_unique<PhoneHouse>();
        QVERIFY2(m_house->trouble.empty(), m_house->trouble.c_str());
    }

    void whatIsUploadedIsListed() {
        const auto reply = m_house->uploadAudio("%E6%AC%A2%E8%BF%8E", toneFile(1'500));
        QVERIFY2(reply.status == 200, reply.body.c_str());
        const auto made = reply.json();
        QCOMPARE(made.value("name", ""), std::string("欢迎"));
        QCOMPARE(made.value("state", ""), std::string("approved"));
        QCOMPARE(made.value("format", ""), std::string("wav"));
        QCOMPARE(made.value("millis", 0), 1'500);
        QVERIFY(row(made["id"].get<std::int64_t>()) == made);
        const auto list = m_house->call("GET", "/api/v1/audio").json();
        QVERIFY(list["audio"][0]["id"] == made["id"]); // newest first
        QVERIFY(list.value("speaks", false) && !list["voices"].empty() && !list.contains("review"));
        QVERIFY(audited("audio.add").find("欢迎, wav") != std::string::npos);
        QVERIFY(m_house->callAs(m_house->otherAdmin, "GET", "/api/v1/audio").json()["audio"].empty());
    }

    void whatIsNoSoundLeavesNothing() {
        const int before = soundFiles();
        QCOMPARE(m_house->uploadAudio("x", "GIF89a and so on").code(), std::string("audio_format"));
        QCOMPARE(m_house->uploadAudio("x", toneFile().substr(0, 20)).status, 400);
        QCOMPARE(m_house->uploadAudio("", toneFile()).code(), std::string("bad_field"));
        QCOMPARE(m_house->uploadAudio(std::string(61, 'x'), toneFile()).code(), std::string("bad_field"));
        const auto large = m_house->uploadAudio("x", std::string(5 * 1024 * 1024 + 1, 'x'));
        QCOMPARE(large.status, 413);
        QCOMPARE(large.json()["error"]["params"].value("limit", ""), std::string("5242880"));
        QCOMPARE(m_house->uploadAudio("x", toneFile(), m_house->agent1).status, 403);
        QCOMPARE(soundFiles(), before);
    }

    void whoReviewsIsAskedFirst() {
        const auto review = [&](const char* state) {
            return runServer({"--data", m_house->demo.data(), "audio", "review", state}).exitCode;
        };
        QCOMPARE(review("on"), 0);
        const auto made = m_house->uploadAudio("Later", toneFile()).json();
        QCOMPARE(made.value("state", ""), std::string("unreviewed"));
        QVERIFY(m_house->call("GET", "/api/v1/audio").json().value("review", false));
        const auto id = made["id"].get<std::int64_t>();
        const auto ivr = m_house->newIvr("Waits", {{"source", "audio"}, {"audio", id}}, false);
        const auto publish = [&] {
            return m_house->call("POST", "/api/v1/flows/" + std::to_string(ivr) + "/publish", {{"revision", 1}});
        };
        const auto refused = publish();
        QCOMPARE(refused.code(), std::string("flow_invalid"));
        QVERIFY(refused.body.find("audio_not_approved") != std::string::npos);
        QCOMPARE(runServer({"--data", m_house->demo.data(), "audio", "approve", std::to_string(id)}).exitCode, 0);
        QCOMPARE(publish().status, 200);
        QCOMPARE(row(id).value("state", ""), std::string("approved"));
        QCOMPARE(review("off"), 0);
    }

    void itIsHeardAsItCameAndAsCallersHearIt() {
        const auto file = get(path(m_house->audio, "/file"));
        QVERIFY(file.body == toneFile());
        QCOMPARE(file.header("content-type"), std::string("audio/wav"));
        QVERIFY(file.header("content-disposition").find("attachment; filename=\"Welcome.wav\"") == 0);
        QCOMPARE(file.header("content-security-policy"), std::string("default-src 'none'; sandbox"));
        const auto heard = get(path(m_house->audio, "/preview"));
        QCOMPARE(heard.status, 200);
        QCOMPARE(heard.header("content-type"), std::string("audio/wav"));
        QCOMPARE(heard.body.size(), toneFile().size()); // 8 kHz and 16 bits, both
        QVERIFY(heard.body != toneFile());              // it went through the telephone's law
        for (const auto* below : {"/file", "/preview"}) {
            const auto part = get(path(m_house->audio, below), {{"Range", "bytes=4-7"}});
            QCOMPARE(part.status, 206);
            QCOMPARE(part.header("content-range"), "bytes 4-7/" + std::to_string(toneFile().size()));
            QCOMPARE(part.body, (below == std::string("/file") ? file : heard).body.substr(4, 4));
            QCOMPARE(get(path(m_house->audio, below), {{"Range", "bytes=99999999-"}}).status, 416);
        }
    }

    void renamingChangesTheNameOnly() {
        QCOMPARE(m_house->call("PUT", path(m_house->audio), {{"name", ""}}).code(), std::string("bad_field"));
        const auto renamed = m_house->call("PUT", path(m_house->audio), {{"name", " Hello "}});
        QCOMPARE(renamed.json().value("name", ""), std::string("Hello"));
        QVERIFY(get(path(m_house->audio, "/file")).body == toneFile());
        QVERIFY(audited("audio.save").find("\"before\":\"Welcome\",\"after\":\"Hello\"") != std::string::npos);
        QCOMPARE(m_house->call("PUT", path(m_house->audio), {{"name", "Welcome"}}).status, 200);
    }

    void whatAnIvrUsesIsNotDeleted() {
        const auto id = m_house->uploadAudio("Used", toneFile()).json()["id"].get<std::int64_t>();
        const auto ivr = m_house->newIvr("Night", {{"source", "audio"}, {"audio", id}}, true);
        QVERIFY(ivr != 0);
        QVERIFY(row(id)["flows"] == Json::array({"Night"}));
        const auto refused = m_house->call("DELETE", path(id));
        QCOMPARE(refused.status, 409);
        QCOMPARE(refused.code(), std::string("audio_in_use"));
        QCOMPARE(refused.json()["error"]["params"].value("flows", ""), std::string("Night"));
        QCOMPARE(m_house->call("POST", "/api/v1/flows/" + std::to_string(ivr) + "/unpublish", {{"revision", 2}}).status,
                 200);
        const int before = soundFiles();
        QCOMPARE(m_house->call("DELETE", path(id)).status, 204);
        QCOMPARE(soundFiles(), before - 2);
        QVERIFY(row(id).is_null());
        for (const auto* below : {"/file", "/preview"})
            QCOMPARE(get(path(id, below)).status, 404);
        QCOMPARE(m_house->call("DELETE", path(id)).status, 404);
        QVERIFY(audited("audio.delete").find("Used") != std::string::npos);
    }

    void textsAreSpoken() {
        const auto spoken = get("/api/v1/speech?text=Hello%20there&voice=en-gb");
        QVERIFY2(spoken.status == 200, spoken.body.c_str());
        QCOMPARE(spoken.body.substr(0, 4), std::string("RIFF"));
        QVERIFY(spoken.body.size() > 4'000);
        QVERIFY(get("/api/v1/speech?text=Hello%20there&voice=en-gb").body == spoken.body);
        QCOMPARE(get("/api/v1/speech?text=Hello&voice=nobody").code(), std::string("bad_field"));
        QCOMPARE(get("/api/v1/speech?text=%20").code(), std::string("bad_field"));
        QCOMPARE(get("/api/v1/speech?text=" + std::string(1'001, 'x')).code(), std::string("bad_field"));
    }

    void whoHasTooMuchSpokenWaits() {
        Reply last;
        for (int i = 0; i < 60 && last.status != 429; ++i)
            last = get("/api/v1/speech?text=Hello");
        QCOMPARE(last.code(), std::string("rate_limited"));
        QVERIFY(!last.header("retry-after").empty());
        const auto other = ask(m_house->port(), "GET", "/api/v1/speech?text=Hello", {}, bearer(m_house->otherAdmin));
        QCOMPARE(other.status, 200); // each has their own
    }

    void aNumberHasAnIvr() {
        const auto target = "/api/v1/numbers/" + std::to_string(m_house->line) + "/flow";
        const auto ivr = m_house->newIvr("Day", {{"source", "speech"}, {"text", "hello"}}, false);
        const auto link = [&](std::int64_t flow) { return m_house->call("PUT", target, {{"flow", flow}}); };
        QCOMPARE(link(ivr).code(), std::string("flow_not_published"));
        QCOMPARE(link(m_house->flow).code(), std::string("mode_not_carried"));
        QCOMPARE(link(77'777).code(), std::string("flow_unknown"));
        QCOMPARE(m_house->call("POST", "/api/v1/flows/" + std::to_string(ivr) + "/publish", {{"revision", 1}}).status,
                 200);
        const auto linked = link(ivr);
        QVERIFY2(linked.status == 200, linked.body.c_str());
        const Json wanted{{"channel", m_house->line}, {"number", PhoneHouse::kNumber}, {"type", "both"}, {"flow", ivr},
                          {"flow_name", "Day"},       {"flow_state", "in_use"}};
        QVERIFY2(linked.json() == wanted, linked.body.c_str());
        const auto list = m_house->call("GET", "/api/v1/numbers");
        QVERIFY2(list.json()["numbers"] == Json::array({wanted}), list.body.c_str());
        QCOMPARE(m_house->call("POST", "/api/v1/flows/" + std::to_string(ivr) + "/unpublish", {{"revision", 2}}).code(),
                 std::string("flow_in_use"));
        QVERIFY(audited("channel.link").find(PhoneHouse::kNumber) != std::string::npos);
        const auto none = link(0).json();
        QVERIFY(!none.contains("flow") && !none.contains("flow_state"));
        QVERIFY(m_house->callAs(m_house->otherAdmin, "GET", "/api/v1/numbers").json()["numbers"].empty());
    }

    void aNumberIsNotTheAdminsToGiveBack() {
        const auto target = "/api/v1/channels/" + std::to_string(m_house->line);
        QCOMPARE(m_house->call("DELETE", target).code(), std::string("channel_kind_unavailable"));
        QCOMPARE(m_house->call("PUT", target, {{"kind", "phone"}, {"name", "Mine"}}).code(),
                 std::string("channel_kind_unavailable"));
    }

    void aGroupSaysThatItRecords() {
        const auto made = m_house->call("POST", "/api/v1/groups",
                                        {{"mode", "phone"}, {"name", "Hotline"}, {"limit", 1}, {"record", true}});
        QVERIFY2(made.status == 200, made.body.c_str());
        QVERIFY(made.json().value("record", false));
        const auto target = "/api/v1/groups/" + std::to_string(made.json()["id"].get<std::int64_t>());
        QVERIFY(!m_house->call("PUT", target, {{"name", "Hotline"}, {"limit", 1}}).json().contains("record"));
        QVERIFY(audited("group.save").find("limit 1, recorded") != std::string::npos);
    }
};

static const Add<PhoneTest> addedPhoneTest;
#include "phone_test.moc"
