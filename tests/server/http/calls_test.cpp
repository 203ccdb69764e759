#include "tests/server/http/phone_house.h"

using namespace cb::test;

/// Recordings, and what service records know of calls, from outside.
class CallsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<PhoneHouse> m_house;

    std::string path() const { return "/api/v1/sessions/" + std::to_string(m_house->phoned) + "/recording"; }
    Reply hear(const std::string& token, std::map<std::string, std::string> headers = {}) const {
        headers.merge(bearer(token));
        return ask(m_house->port(), "GET", path(), {}, headers);
    }
    int audited() const {
        const auto entries = m_house->call("GET", "/api/v1/audit?action=recording.").json()["entries"];
        return static_cast<int>(entries.size());
    }
    std::size_t found(const std::string& query) const {
        return m_house->call("GET", "/api/v1/records?" + query).json()["records"].size();
    }

private Q_SLOTS:
    void initTestCase() {
        m_house = std::make_unique<PhoneHouse>();
        QVERIFY2(m_house->trouble.empty(), m_house->trouble.c_str());
    }

    void whoseCallItWasHearsIt() {
        const auto whole = hear(m_house->agent1);
        QCOMPARE(whole.status, 200);
        QVERIFY(whole.body == m_house->recording);
        QCOMPARE(whole.header("content-type"), std::string("audio/wav"));
        QCOMPARE(whole.header("cache-control"), std::string("private, no-store"));
        const auto part = hear(m_house->agent1, {{"Range", "bytes=100-199"}});
        QCOMPARE(part.status, 206);
        QVERIFY(part.body == m_house->recording.substr(100, 100));
        QCOMPARE(hear(m_house->agent2).code(), std::string("forbidden"));
        QCOMPARE(hear(m_house->otherAdmin).code(), std::string("not_found"));
        QCOMPARE(audited(), 0);
    }

    void whoManagesHearsItAndThatIsWrittenDown() {
        QVERIFY(hear(m_house->admin).body == m_house->recording);
        QCOMPARE(audited(), 1);
        for (int i = 0; i < 3; ++i) // moving in it is no other hearing
            QCOMPARE(hear(m_house->admin, {{"Range", "bytes=" + std::to_string(i) + "-"}}).status, 206);
        QCOMPARE(audited(), 1);
        const auto entry = m_house->call("GET", "/api/v1/audit?action=recording.").json()["entries"][0];
        QCOMPARE(entry.value("target", ""), "session " + std::to_string(m_house->phoned));
    }

    void whatIsNotRecordedSaysSo() {
        const auto chat = "/api/v1/sessions/" + std::to_string(m_house->session) + "/recording";
        const auto none = m_house->callAs(m_house->agent1, "GET", chat);
        QCOMPARE(none.status, 404);
        QCOMPARE(none.code(), std::string("recording_unknown"));
        const auto file = m_house->demo.data() + "/recordings/call.wav";
        std::filesystem::rename(file, file + ".away");
        QCOMPARE(hear(m_house->agent1).code(), std::string("recording_unknown"));
        std::filesystem::rename(file + ".away", file);
    }

    void recordsTellOfCalls() {
        const auto record =
            m_house->callAs(m_house->agent1, "GET", "/api/v1/records/" + std::to_string(m_house->phoned)).json();
        const auto& call = record["call"];
        QCOMPARE(call.value("direction", ""), std::string("in"));
        QCOMPARE(call.value("caller", ""), std::string("+8613800000000"));
        QCOMPARE(call.value("callee", ""), std::string(PhoneHouse::kNumber));
        QCOMPARE(call.value("talk_ms", 0), 65'400);
        QCOMPARE(call.value("cause", ""), std::string("hung_up"));
        QVERIFY(call.value("recorded", false));
        const auto chat = m_house->call("GET", "/api/v1/records/" + std::to_string(m_house->session)).json();
        QVERIFY(!chat.contains("call"));
    }

    void recordsAreFoundByTheirCalls() {
        QVERIFY(found("mode=phone") == 1 && found("direction=in") == 1 && found("direction=out") == 0);
        QVERIFY(found("recorded=true") == 1 && found("recorded=false") == 0);
        for (const char* number : {"138", "0755%2012345678", "%2B86-755-1234-5678", "(755)%2012"})
            QVERIFY2(found(std::string("number=") + number) == 1, number);
        QCOMPARE(found("number=139"), std::size_t(0));
        for (const std::string bad : {"number=x", "number=%25", "number=000", "direction=up", "recorded=maybe"}) {
            const auto reply = m_house->call("GET", "/api/v1/records?" + bad);
            QVERIFY2(reply.code() == "bad_field", bad.c_str());
            QCOMPARE(reply.json()["error"]["params"].value("field", ""), bad.substr(0, bad.find('=')));
        }
    }

    void filesTellOfCalls() {
        const auto id = m_house->finishedExport(m_house->admin, {{"kind", "records"},
                                                                 {"filters", {{"mode", "phone"}, {"number", "138"}}},
                                                                 {"columns",
                                                                  {{{"name", "direction"}},
                                                                   {{"name", "caller"}},
                                                                   {{"name", "callee"}},
                                                                   {{"name", "talk_seconds"}},
                                                                   {{"name", "call_cause"}},
                                                                   {{"name", "recorded"}}}}});
        QVERIFY(id > 0);
        QCOMPARE(m_house->call("GET", "/api/v1/exports/" + std::to_string(id) + "/file").body,
                 std::string("\xEF\xBB\xBF"
                             "direction,caller,callee,talk_seconds,call_cause,recorded\r\n"
                             "in,\"'+8613800000000\",\"'+8675512345678\",65,hung_up,yes\r\n"));
    }
};

static const Add<CallsTest> addedCallsTest;
#include "calls_test.moc"
