#include "tests/server/app/house.h"
#include "tests/support/suite.h"

using namespace cb::test;

namespace {

struct Target {
    std::string method;
    std::string path;
    std::string token; ///< empty: none needed
};

} // namespace

/// Requests whose head is right and whose inside is not.
class BodiesTest : public QObject {
    Q_OBJECT

    std::unique_ptr<House> m_house;
    std::vector<Target> m_targets;

    Reply send(const Target& target, const std::string& body, const std::string& type = "application/json") {
        auto headers = target.token.empty() ? std::map<std::string, std::string>{} : bearer(target.token);
        headers["Content-Type"] = type;
        return ask(m_house->port(), target.method, target.path, body, headers);
    }

private Q_SLOTS:
    void initTestCase() {
        m_house = std::make_unique<House>();
        QVERIFY2(m_house->trouble.empty(), m_house->trouble.c_str());
        m_targets = {{"POST", "/api/v1/sign-in", {}},
                     {"POST", "/api/v1/password", m_house->agent2},
                     {"PUT", "/api/v1/flows/" + std::to_string(m_house->newFlow("Draft", 1, false)), m_house->admin},
                     {"POST", "/api/v1/groups", m_house->admin},
                     {"POST", "/api/v1/agents", m_house->admin},
                     {"POST", "/api/v1/channels", m_house->admin},
                     {"PUT", "/api/v1/settings", m_house->admin},
                     {"POST", "/api/v1/quick-replies", m_house->admin},
                     {"PUT", "/api/v1/screen-pops", m_house->admin}};
    }

    void brokenBodies() {
        const std::vector<std::string> bodies{
            "{",
            "nonsense",
            "\"text\"",
            "[]",
            "null",
            "0",
            "{}",
            R"({"instance":"one","email":1,"password":[]})",
            R"({"instance":-1,"email":"a","password":"b"})",
            R"({"instance":1e99,"email":"a","password":"b"})",
            R"({"instance":1.5,"email":"a","password":"b"})",
            R"({"old":1,"new":2})",
            R"({"old":null,"new":{}})",
            R"({"revision":1,"graph":[]})",
            R"({"revision":1,"graph":"x"})",
            R"({"revision":1,"graph":{}})",
            R"({"revision":1,"graph":{"nodes":[1,2],"edges":{}}})",
            R"({"revision":1,"graph":{"schema":1,"mode":"chat","nodes":[{"id":"x"}],"edges":[]}})",
            "{\"email\":\"\xff\xfe\"}",
            std::string("{\"email\":\"\0\"}", 13),
            std::string(5'000, '['),
        };
        for (const auto& target : m_targets)
            for (const auto& body : bodies) {
                const auto reply = send(target, body);
                const auto told = target.path + ' ' + body.substr(0, 60) + ": " + std::to_string(reply.status) + ' ' +
                                  reply.body.substr(0, 200);
                QVERIFY2(reply.status == 400 || (target.token.empty() && (reply.status == 401 || reply.status == 429)),
                         told.c_str());
                QVERIFY2(!reply.code().empty(), told.c_str());
            }
    }

    void otherMediaTypes() {
        for (const auto& target : m_targets)
            for (const auto* type : {"text/plain", "application/x-www-form-urlencoded", "application/jsonx"}) {
                const auto reply = send(target, "{}", type);
                QCOMPARE(reply.status, 415);
                QCOMPARE(reply.code(), std::string("unsupported_media_type"));
            }
    }

    void bodiesAreBounded() {
        for (const auto& target : m_targets) {
            const auto reply = send(target, "{\"email\":\"" + std::string(1024 * 1024, 'x') + "\"}");
            QCOMPARE(reply.status, 413);
            QCOMPARE(reply.code(), std::string("body_too_large"));
            // Told by its head alone: nothing of it is read.
            const auto who = target.token.empty() ? std::string() : "Authorization: Bearer " + target.token + "\r\n";
            const auto early = exchange(m_house->port(), target.method + ' ' + target.path +
                                                             " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json"
                                                             "\r\n" +
                                                             who + "Content-Length: 99999999999\r\n\r\n");
            QVERIFY2(early.compare(0, 12, "HTTP/1.1 413") == 0, early.substr(0, 60).c_str());
        }
    }

    /// A few bytes that become very many must not become them before anybody knows who sent them.
    void compressedBodiesAreNotInflated() {
        static constexpr unsigned char kGzip[] = {0x1F, 0x8B, 8, 0,    0,    0,    0,    0, 0, 3, 0xAB,
                                                  0xAE, 5,    0, 0x43, 0xBF, 0xA6, 0xA3, 2, 0, 0, 0}; // {}
        const std::string body(reinterpret_cast<const char*>(kGzip), sizeof kGzip);
        for (const auto& target : m_targets)
            for (const auto* encoding : {"gzip", "deflate", "br", "identity"}) {
                auto headers = target.token.empty() ? std::map<std::string, std::string>{} : bearer(target.token);
                headers["Content-Type"] = "application/json";
                headers["Content-Encoding"] = encoding;
                const auto reply = ask(m_house->port(), target.method, target.path, body, headers);
                QCOMPARE(reply.status, 415);
                QCOMPARE(reply.code(), std::string("unsupported_media_type"));
            }
    }

    /// Large bodies are read from admins only.
    void strangersBodiesAreSmall() {
        const std::string body = "{\"email\":\"" + std::string(64 * 1024, 'x') + "\"}";
        QCOMPARE(send(m_targets[0], body).status, 413);
        for (const auto& token : {std::string(43, 'x'), m_house->agent1}) {
            const auto early = exchange(m_house->port(), "PUT " + m_targets[2].path +
                                                             " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json"
                                                             "\r\nAuthorization: Bearer " +
                                                             token + "\r\nContent-Length: 1000000\r\n\r\n");
            QVERIFY2(early.compare(0, 11, "HTTP/1.1 40") == 0, early.substr(0, 60).c_str()); // 401, 403
        }
        QCOMPARE(send(m_targets[2], body).code(), std::string("bad_field"));
    }

    void contradictingLengths() {
        const std::string start = "POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
        for (const auto* rest : {"Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}{}{}", "Content-Length: -1\r\n\r\n",
                                 "Content-Length: 2x\r\n\r\n{}", "Transfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
            const auto answer = exchange(m_house->port(), start + rest);
            QVERIFY2(answer.empty() || answer.compare(0, 10, "HTTP/1.1 4") == 0, answer.substr(0, 80).c_str());
        }
    }

    void queriesAreNumbers() {
        const auto path = "/api/v1/sessions/" + std::to_string(m_house->session) + "/messages?";
        for (const auto* query : {"before=x", "before=-1", "after=1x", "limit=99999999999999999999", "limit=1e3",
                                  "limit=%3Cscript%3E", "before='%20OR%201=1--"}) {
            const auto reply = ask(m_house->port(), "GET", path + query, {}, bearer(m_house->agent1));
            QVERIFY2(reply.status == 400 && reply.code() == "bad_field", (query + reply.body).c_str());
        }
        const auto reply = ask(m_house->port(), "GET", path + "limit=100000", {}, bearer(m_house->agent1));
        QVERIFY(reply.status == 200 || reply.code() == "bad_field");
    }

    /// Markup is text: it goes through unchanged, labelled as JSON, and nobody may guess otherwise.
    void markupGoesThroughAsText() {
        const std::string markup = "<script>alert(1)</script><img src=x onerror=alert(2)>";
        const auto sent = m_house->visitor->request(
            "message.send", {{"uuid", "00000000-0000-4000-8000-0000000000aa"}, {"kind", "text"}, {"text", markup}});
        QCOMPARE(sent.value("t", ""), std::string("ok"));
        const auto named = m_house->agent->request(
            "customer.update", {{"customer", m_house->customer}, {"name", "<b>Eve</b>"}, {"notes", markup}});
        QCOMPARE(named.value("t", ""), std::string("ok"));
        const auto path = "/api/v1/sessions/" + std::to_string(m_house->session) + "/messages";
        const auto reply = ask(m_house->port(), "GET", path, {}, bearer(m_house->agent1));
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.json()["messages"].back().value("text", ""), markup);
        QCOMPARE(reply.header("content-type"), std::string("application/json; charset=utf-8"));
        QCOMPARE(reply.header("x-content-type-options"), std::string("nosniff"));
        QVERIFY(reply.header("content-security-policy").find("default-src 'none'") != std::string::npos);
        m_house->agent->reset();
        Talker again(m_house->port(), "/ws/agent");
        again.send("hello", {{"protocol", 1}, {"token", m_house->agent1}, {"device", "x"}, {"takeover", true}}, 1);
        const auto welcome = again.answer(1);
        QCOMPARE(welcome.value("t", ""), std::string("welcome"));
        QCOMPARE(welcome["d"]["sessions"][0].value("customer_name", ""), std::string("<b>Eve</b>"));
        QCOMPARE(welcome["d"]["sessions"][0].value("customer_notes", ""), markup);
    }
};

static const Add<BodiesTest> addedBodiesTest;
#include "bodies_test.moc"
