#include "tests/server/app/house.h"

namespace cb::test {

namespace {

/// Makes an instance beside the running server and signs its admin in; with a new password when `settled`.
std::string anotherAdmin(DemoServer& demo, const std::string& name, bool settled) {
    const auto email = name + "@other.test";
    const auto added = runServer({"--data", demo.data(), "instance", "add", "--name", name, "--admin-email", email});
    const auto instance = std::atoll(added.value("instance").c_str());
    const auto password = added.value("password");
    const auto token = demo.signIn(email, password, instance);
    if (!settled || token.empty())
        return token;
    const Json change{{"old", password}, {"new", "a better password"}};
    return ask(demo.port(), "POST", "/api/v1/password", change.dump(), bearer(token)).json().value("token", "");
}

} // namespace

std::string smallPng() {
    static constexpr unsigned char kBytes[] = {
        0x89, 'P',  'N',  'G',  0x0D, 0x0A, 0x1A, 0x0A, 0,    0,    0,    13,   'I',  'H',  'D',  'R', 0, 0,
        0,    1,    0,    0,    0,    1,    8,    6,    0,    0,    0,    0x1F, 0x15, 0xC4, 0x89, 0,   0, 0,
        13,   'I',  'D',  'A',  'T',  0x78, 0x9C, 0x63, 0xF8, 0xCF, 0xC0, 0xF0, 0x1F, 0,    5,    0,   1, 0xFF,
        0x89, 0x99, 0x3D, 0x1D, 0,    0,    0,    0,    'I',  'E',  'N',  'D',  0xAE, 0x42, 0x60, 0x82};
    return {reinterpret_cast<const char*>(kBytes), sizeof kBytes};
}

House::House()
    : trouble(demo.trouble())
    , visitorToken(test::visitorToken(1)) {
    if (trouble.empty())
        trouble = build();
}

std::string House::build() {
    admin = demo.signIn("admin@demo.test");
    agent1 = demo.signIn("agent1@demo.test");
    agent2 = demo.signIn("agent2@demo.test");
    otherAdmin = anotherAdmin(demo, "second", true);
    fresh = anotherAdmin(demo, "third", false);
    if (admin.empty() || agent1.empty() || agent2.empty() || otherAdmin.empty() || fresh.empty())
        return "somebody cannot sign in";
    const auto flows = ask(port(), "GET", "/api/v1/flows", {}, bearer(admin)).json();
    if (!flows.is_object() || flows["flows"].empty())
        return "no flows";
    flow = flows["flows"][0].value("id", std::int64_t(0));
    if (auto wrong = serve(); !wrong.empty())
        return wrong;
    const auto uploaded = upload("pixel.png", smallPng(), "picture");
    if (uploaded.status != 200)
        return "upload: " + uploaded.body;
    attachment = uploaded.json()["attachment"].value("id", std::int64_t(0));
    exported = finishedExport(agent1, {{"kind", "records"}});
    return exported != 0 ? "" : "no export";
}

std::string House::serve() {
    agent = demo.agent(agent1);
    visitor = demo.visitor(visitorToken);
    if (!agent || !visitor)
        return "no welcome";
    agent->request("status.set", {{"status", "idle"}});
    visitor->request("session.start", Json::object());
    visitor->request("message.send",
                     {{"uuid", "00000000-0000-4000-8000-000000000001"}, {"kind", "text"}, {"text", "1"}});
    const auto offered = agent->untilEvent("session_offered");
    if (offered.is_null())
        return "no offer";
    const auto answer = agent->request("offer.answer", {{"offer", offered["d"]["offer"]["offer"]}});
    if (answer.value("t", "") != "ok")
        return "offer: " + answer.dump();
    const auto& view = offered["d"]["offer"]["session"];
    session = view.value("id", std::int64_t(0));
    customer = view.value("customer", std::int64_t(0));
    return visitor->untilEvent("session_assigned").is_null() ? "not in service" : std::string();
}

std::int64_t House::finishedExport(const std::string& token, const Json& order) const {
    const auto begun = callAs(token, "POST", "/api/v1/exports", order);
    const auto id = begun.status == 200 ? begun.json().value("id", std::int64_t(0)) : 0;
    for (int i = 0; id != 0 && i < 2'000; ++i) {
        const auto state = callAs(token, "GET", "/api/v1/exports/" + std::to_string(id)).json().value("state", "");
        if (state != "waiting" && state != "running")
            return state == "done" ? id : 0;
    }
    return 0;
}

Reply House::call(const std::string& method, const std::string& target, const Json& body) const {
    return callAs(admin, method, target, body);
}

Reply House::callAs(const std::string& token, const std::string& method, const std::string& target,
                    const Json& body) const {
    auto headers = bearer(token);
    if (!body.is_null())
        headers["Content-Type"] = "application/json";
    return ask(port(), method, target, body.is_null() ? std::string() : body.dump(), headers);
}

std::int64_t House::newFlow(const std::string& name, std::int64_t group, bool published) const {
    const Json graph{{"schema", 1},
                     {"mode", "chat"},
                     {"nodes",
                      {{{"id", 1}, {"type", "start"}},
                       {{"id", 2},
                        {"type", "transfer"},
                        {"label", "To a person"},
                        {"group", group},
                        {"queue_text", "${WaitNo} ahead"},
                        {"failure_text", "Nobody is there."},
                        {"success_text", "${StaffNo} is here"}},
                       {{"id", 3}, {"type", "end"}}}},
                     {"edges",
                      {{{"from", 1}, {"port", "next"}, {"to", 2}},
                       {{"from", 2}, {"port", "served"}, {"to", 3}},
                       {{"from", 2}, {"port", "failed"}, {"to", 3}}}}};
    const auto added = call("POST", "/api/v1/flows", {{"name", name}, {"mode", "chat"}, {"graph", graph}});
    if (added.status != 200)
        return 0;
    const auto id = added.json().value("id", std::int64_t(0));
    if (!published)
        return id;
    const auto done = call("POST", "/api/v1/flows/" + std::to_string(id) + "/publish", {{"revision", 1}});
    return done.status == 200 ? id : 0;
}

Reply House::upload(const std::string& name, const std::string& bytes, const std::string& kind) const {
    auto headers = visitorHeader(visitorToken);
    headers["Content-Type"] = "application/octet-stream";
    return ask(port(), "POST", "/api/v1/widget/demo/attachments?kind=" + kind + "&name=" + name, bytes, headers);
}

} // namespace cb::test
