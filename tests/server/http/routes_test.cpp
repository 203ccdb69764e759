#include "tests/server/http/phone_house.h"
#include "tests/support/suite.h"

#include <QtCore/QDebug>

#include <fstream>
#include <set>

using namespace cb::test;

namespace {

/// A good body for each that a route wants; {} where nothing says what is good.
std::string bodyOf(const Json& document, const Json& content) {
    const auto name = content["schema"].value("$ref", "");
    const auto schema = document["components"]["schemas"].value(name.substr(name.rfind('/') + 1), Json::object());
    if (schema.contains("example"))
        return schema["example"].dump();
    Json body = Json::object();
    if (schema.contains("required"))
        for (const auto& field : schema["required"]) {
            const auto& described = schema["properties"][field.get<std::string>()];
            const auto type = described.value("type", "");
            body[field.get<std::string>()] = type == "integer"            ? Json(1)
                                             : type == "array"            ? Json::array()
                                             : type == "object"           ? Json::object()
                                             : described.contains("enum") ? described["enum"][0]
                                                                          : Json("text");
        }
    return body.dump();
}

constexpr const char* kInstaller = "cloudbell.deb";

struct Operation {
    std::string method;
    std::string path;   ///< as described
    std::string target; ///< with ids that exist
    std::string access;
    std::string body;
    std::map<std::string, std::string> headers;

    bool ofSomething() const { return path.find("{id}") != std::string::npos; }
    std::string label() const { return method + ' ' + target; }
};

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const auto at = text.find(what);
    return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

std::string targetOf(const PhoneHouse& house, const std::string& path) {
    auto id = house.session;
    if (path.find("/customers/") != std::string::npos)
        id = house.customer;
    if (path.find("/flows/") != std::string::npos)
        id = house.flow;
    if (path.find("/attachments/") != std::string::npos)
        id = house.attachment;
    if (path.find("/groups/") != std::string::npos || path.find("/channels/") != std::string::npos ||
        path.find("/quick-replies/") != std::string::npos)
        id = 1;
    if (path.find("/exports/") != std::string::npos)
        id = house.exported;
    if (path.find("/agents/") != std::string::npos)
        id = 2; // agent 1
    if (path.find("/numbers/") != std::string::npos)
        id = house.line;
    if (path.find("/audio/") != std::string::npos)
        id = house.audio;
    if (path.find("/recording") != std::string::npos)
        id = house.phoned;
    if (path == "/api/v1/speech")
        return path + "?text=hello";
    return replaced(replaced(replaced(path, "{id}", std::to_string(id)), "{key}", "demo"), "{name}", kInstaller);
}

std::vector<Operation> operations(const PhoneHouse& house) {
    const auto document = ask(house.port(), "GET", "/api/openapi.json").json();
    std::vector<Operation> all;
    for (const auto& [path, methods] : document["paths"].items())
        for (const auto& [method, described] : methods.items()) {
            Operation one{method, path, targetOf(house, path), described.value("x-access", ""), {}, {}};
            for (auto& c : one.method)
                c = static_cast<char>(c - 'a' + 'A');
            if (described.contains("requestBody")) {
                const bool json = described["requestBody"]["content"].contains("application/json");
                one.body = json ? bodyOf(document, described["requestBody"]["content"]["application/json"]) : "bytes";
                one.headers["Content-Type"] = json ? "application/json" : "application/octet-stream";
            }
            if (one.method == "POST" && path.find("attachments") != std::string::npos)
                one.target += "?kind=file&name=x&session=" + std::to_string(house.session);
            all.push_back(std::move(one));
        }
    return all;
}

Reply run(const House& house, const Operation& operation, const std::map<std::string, std::string>& credentials) {
    auto headers = operation.headers;
    headers.insert(credentials.begin(), credentials.end());
    return ask(house.port(), operation.method, operation.target, operation.body, headers);
}

} // namespace

/// Who may call what: every route of the description, by everybody.
class RoutesTest : public QObject {
    Q_OBJECT

    std::unique_ptr<PhoneHouse> m_house;
    std::vector<Operation> m_all;

    /// Runs all operations of these kinds of access; `wanted` says status and code, status 0 = not looked at.
    void expect(const std::set<std::string>& access, const char* who,
                const std::map<std::string, std::string>& credentials,
                const std::function<std::pair<int, std::string>(const Operation&)>& wanted) {
        int looked = 0;
        for (const auto& operation : m_all) {
            if (access.count(operation.access) == 0)
                continue;
            const auto [status, code] = wanted(operation);
            if (status == 0)
                continue;
            ++looked;
            const auto reply = run(*m_house, operation, credentials);
            const auto told = operation.label() + " by " + who + ": " + std::to_string(reply.status) + ' ' + reply.body;
            QVERIFY2(reply.status == status && reply.code() == code, told.c_str());
            QVERIFY2(reply.header("x-content-type-options") == "nosniff", told.c_str());
        }
        QVERIFY2(looked > 0, who);
    }

private Q_SLOTS:
    void initTestCase() {
        m_house = std::make_unique<PhoneHouse>();
        QVERIFY2(m_house->trouble.empty(), m_house->trouble.c_str());
        std::ofstream(m_house->demo.data() + "/programs/" + kInstaller) << "installer";
        m_all = operations(*m_house);
        QVERIFY(m_all.size() >= 55);
        QVERIFY(std::count_if(m_all.begin(), m_all.end(), [](const auto& one) { return one.access == "admin"; }) >= 34);
    }

    void withoutAGoodTokenNothingIsTold() {
        const auto refused = [](const Operation&) { return std::pair{401, std::string("bad_token")}; };
        const std::set<std::string> closed{"agent", "agent_fresh", "admin", "visitor"};
        expect(closed, "nobody", {}, refused);
        expect(closed, "garbage", bearer("garbage"), refused);
        expect(closed, "an unknown token", bearer(visitorToken(77)), refused);
        expect(closed, "an empty token", bearer(""), refused);
        expect(closed, "another scheme", {{"Authorization", "Basic YWRtaW46YWRtaW4="}}, refused);
        expect(closed, "only the scheme", {{"Authorization", "Bearer"}}, refused);
        expect({"visitor"}, "an agent", bearer(m_house->agent1), refused);
        expect({"visitor"}, "an admin", bearer(m_house->admin), refused);
        expect({"visitor"}, "a short visitor token", visitorHeader("abc"), refused);
        const std::set<std::string> staff{"agent", "agent_fresh", "admin"};
        expect(staff, "a visitor", visitorHeader(m_house->visitorToken), refused);
        expect(staff, "a visitor's token as an agent's", bearer(m_house->visitorToken), refused);
        expect(staff, "an agent's token as a visitor's", visitorHeader(m_house->agent1), refused);
    }

    void adminsRoutesAreAdmins() {
        expect({"admin"}, "agent 1", bearer(m_house->agent1), [](const Operation&) {
            return std::pair{403, std::string("forbidden")};
        });
    }

    void aOneTimePasswordOpensNothing() {
        expect({"agent", "admin"}, "a fresh admin", bearer(m_house->fresh), [](const Operation&) {
            return std::pair{403, std::string("password_change_required")};
        });
    }

    void anotherInstancesAdminFindsNothing() {
        expect({"agent", "admin"}, "another instance's admin", bearer(m_house->otherAdmin), [](const Operation& one) {
            const bool upload = one.method == "POST" && one.path == "/api/v1/attachments";
            if (!one.ofSomething() && !upload)
                return std::pair{0, std::string()};
            const bool file = one.path.find("/attachments/") != std::string::npos;
            return std::pair{404, std::string(file ? "attachment_unknown" : "not_found")};
        });
        const auto flow = std::to_string(m_house->flow);
        const auto own = ask(m_house->port(), "GET", "/api/v1/flows/" + flow, {}, bearer(m_house->admin));
        QCOMPARE(own.status, 200);
        const auto put =
            ask(m_house->port(), "PUT", "/api/v1/flows/" + flow,
                Json{{"revision", own.json()["revision"]}, {"graph", own.json()["graph"]}, {"name", "Mine now"}}.dump(),
                bearer(m_house->otherAdmin));
        QCOMPARE(put.status, 404);
        const auto after = ask(m_house->port(), "GET", "/api/v1/flows/" + flow, {}, bearer(m_house->admin));
        QCOMPARE(after.body, own.body);
        const auto list = ask(m_house->port(), "GET", "/api/v1/flows", {}, bearer(m_house->otherAdmin));
        QCOMPARE(list.body, std::string(R"({"flows":[]})"));
    }

    void colleaguesDoNotReadEachOthersCustomers() {
        expect({"agent"}, "agent 2", bearer(m_house->agent2), [](const Operation& one) {
            if (one.path.find("/exports") != std::string::npos) // everybody has their own
                return one.ofSomething() ? std::pair{404, std::string("not_found")} : std::pair{0, std::string()};
            if (one.method == "POST")
                return std::pair{409, std::string("session_gone")};
            return one.ofSomething() ? std::pair{403, std::string("forbidden")} : std::pair{0, std::string()};
        });
    }

    void visitorsSeeTheirOwn() {
        expect({"visitor"}, "another visitor", visitorHeader(visitorToken(2)), [](const Operation& one) {
            if (one.method == "POST")
                return std::pair{409, std::string("session_gone")};
            return one.ofSomething() ? std::pair{404, std::string("attachment_unknown")} : std::pair{0, std::string()};
        });
        const auto mine =
            ask(m_house->port(), "GET", "/api/v1/widget/demo/messages", {}, visitorHeader(m_house->visitorToken));
        QCOMPARE(mine.status, 200);
        QVERIFY(mine.json()["messages"].size() >= 2);
        const auto theirs =
            ask(m_house->port(), "GET", "/api/v1/widget/demo/messages", {}, visitorHeader(visitorToken(2)));
        QCOMPARE(theirs.status, 200);
        QVERIFY(theirs.json()["messages"].empty());
        const auto unknown =
            ask(m_house->port(), "GET", "/api/v1/widget/nosuch/messages", {}, visitorHeader(m_house->visitorToken));
        QCOMPARE(unknown.status, 404);
        QCOMPARE(unknown.code(), std::string("channel_unknown"));
    }

    void theRightOnesAreLetIn() {
        int looked = 0;
        for (const auto& operation : m_all) {
            if (operation.method != "GET")
                continue;
            const bool admin = operation.access == "admin";
            const auto credentials = operation.access == "visitor" ? visitorHeader(m_house->visitorToken)
                                     : admin                       ? bearer(m_house->admin)
                                                                   : bearer(m_house->agent1);
            const auto reply = run(*m_house, operation, credentials);
            QVERIFY2(reply.status == 200, (operation.label() + ' ' + reply.body).c_str());
            ++looked;
            auto head = operation;
            head.method = "HEAD";
            const auto bare = run(*m_house, head, credentials);
            QVERIFY2(bare.status == 200 && bare.body.empty(), operation.label().c_str());
        }
        QVERIFY(looked >= 12);
        for (const auto* target : {"/api/v1/me", "/healthz"})
            QCOMPARE(ask(m_house->port(), "GET", target, {}, bearer(m_house->fresh)).status, 200);
    }

    void wrongMethods() {
        std::map<std::string, std::set<std::string>> methods;
        std::map<std::string, std::string> targets;
        for (const auto& operation : m_all) {
            methods[operation.path].insert(operation.method);
            targets[operation.path] = operation.target;
        }
        for (const auto& [path, have] : methods)
            for (const std::string method : {"GET", "POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"}) {
                if (have.count(method) != 0)
                    continue;
                const auto reply = ask(m_house->port(), method, targets[path], {}, bearer(m_house->admin));
                const auto told = method + ' ' + path + ' ' + std::to_string(reply.status);
                // What is no method of HTTP is no HTTP, either.
                QVERIFY2(reply.status == 405 || (method == "BREW" && reply.status == 400), told.c_str());
                QVERIFY2(reply.status == 400 || reply.header("allow").find(*have.begin()) != std::string::npos,
                         told.c_str());
            }
    }

    void refusedUpgradesSayWhy() {
        const auto upgrade = [&](const std::string& path, const std::string& version) {
            return exchange(m_house->port(),
                            "GET " + path +
                                " HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                "Sec-WebSocket-Version: " +
                                version + "\r\n\r\n",
                            std::chrono::milliseconds(500));
        };
        const auto has = [](const std::string& text, const std::string& what) {
            return text.find(what) != std::string::npos;
        };
        const auto nowhere = upgrade("/ws/nowhere", "13");
        QVERIFY2(nowhere.rfind("HTTP/1.1 404 not_found\r\n", 0) == 0, nowhere.c_str());
        QVERIFY(has(nowhere, "\"code\":\"not_found\""));
        const auto old = upgrade("/ws/agent", "8");
        QVERIFY2(old.rfind("HTTP/1.1 400 bad_upgrade\r\n", 0) == 0, old.c_str());
        QVERIFY(has(old, "\"code\":\"bad_upgrade\"") && has(old, "\r\nSec-WebSocket-Version: 13\r\n"));
    }
    void unknownPaths() {
        const std::vector<std::string> targets{
            "/",
            "/api",
            "/api/v1/nothing",
            "/api/v1/me/",
            "/api/v1//me",
            "/api/v1/sessions/abc/messages",
            "/api/v1/sessions/-1/messages",
            "/api/v1/sessions/9999999999999999999/messages",
            "/api/v1/sessions/999999999999999999/messages",
            "/api/v1/sessions/1%2F..%2F2/messages",
            "/api/v1/attachments/..%2f..%2fcloudbell.db",
            "/api/v1/attachments/../../cloudbell.db",
            "/widget/../cloudbell.db",
            "/widget/%2e%2e/cloudbell.db",
            "/widget/..%5c..%5ccloudbell.db",
            "/../../../../etc/passwd",
            "/etc/passwd",
            "/.git/config",
            "/ws/agent/",
            "/%00",
            "/" + std::string(8'000, 'a'),
        };
        for (const auto& target : targets) {
            const auto reply = ask(m_house->port(), "GET", target, {}, bearer(m_house->admin));
            QVERIFY2(reply.status == 404, (target.substr(0, 80) + ' ' + std::to_string(reply.status)).c_str());
            QVERIFY(reply.body.find("root:") == std::string::npos);
        }
    }
};

static const Add<RoutesTest> addedRoutesTest;
CB_TEST_MAIN()
#include "routes_test.moc"
