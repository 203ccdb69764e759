#include "server/http/openapi_p.h"

namespace cb::http {

namespace {

Document objects() {
    const auto text = property("string");
    const auto number = property("integer");
    const auto yes = property("boolean");
    Document all;
    all["Error"] = object({{"error", object({{"code", text},
                                             {"grade", {{"enum", {"retry", "rejected", "conflict", "fatal"}}}},
                                             {"params", {{"type", "object"}, {"additionalProperties", text}}},
                                             {"detail", text}},
                                            {"code", "grade"})}},
                          {"error"});
    all["Agent"] = object({{"id", number},
                           {"name", text},
                           {"nickname", text},
                           {"email", text},
                           {"staff_no", text},
                           {"mobile", text},
                           {"role", {{"enum", {"agent", "admin"}}}},
                           {"groups", listOf(number)}},
                          {"id", "name", "role"});
    all["Instance"] = object({{"id", number}, {"name", text}, {"time_zone", text}}, {"id"});
    all["Attachment"] = object({{"id", number},
                                {"kind", {{"enum", {"picture", "file"}}}},
                                {"name", text},
                                {"type", text},
                                {"bytes", number},
                                {"width", number},
                                {"height", number}},
                               {"id", "kind"});
    all["Message"] = object({{"seq", number},
                             {"at", number},
                             {"uuid", text},
                             {"session", number},
                             {"side", {{"enum", {"customer", "agent", "flow", "system"}}}},
                             {"agent", number},
                             {"agent_name", text},
                             {"agent_staff_no", text},
                             {"kind", {{"enum", {"text", "picture", "file", "note"}}}},
                             {"text", text},
                             {"attachment", reference("Attachment")}},
                            {"seq", "at", "session", "side", "kind"});
    all["WrapUp"] = object({{"category", text}, {"note", text}});
    all["SessionSummary"] = object({{"id", number},
                                    {"mode", text},
                                    {"started_at", number},
                                    {"ended_at", number},
                                    {"agent_name", text},
                                    {"group_name", text},
                                    {"end_reason", text},
                                    {"preview", text},
                                    {"wrap_up", reference("WrapUp")}},
                                   {"id"});
    all["Candidate"] = object({{"agent", number},
                               {"load", number},
                               {"idle_ms", number},
                               {"calls_today", number},
                               {"skipped", text},
                               {"last_agent", yes}});
    all["Offer"] = object({{"id", number},
                           {"session", number},
                           {"group", number},
                           {"agent", number},
                           {"at", number},
                           {"expires_at", number},
                           {"outcome", text},
                           {"decided_at", number},
                           {"rule", text},
                           {"candidates_total", number},
                           {"candidates", listOf(reference("Candidate"))}},
                          {"id"});
    all["QuickReply"] = object({{"id", number}, {"title", text}, {"text", text}}, {"id"});
    return all;
}

void addAccountBodies(Document& all) {
    const auto text = property("string");
    const auto number = property("integer");
    const auto yes = property("boolean");
    all["SignIn"] =
        object({{"instance", number}, {"email", text}, {"password", text}, {"remember", yes}, {"device", text}},
               {"instance", "email", "password"});
    all["SignIn"]["example"] = {{"instance", 1400000001},
                                {"email", "agent1@demo.test"},
                                {"password", "cloudbell"},
                                {"remember", false},
                                {"device", "office-pc"}};
    all["SignedIn"] = object({{"token", text},
                              {"expires_at", number},
                              {"must_change_password", yes},
                              {"me", reference("Agent")},
                              {"instance", reference("Instance")}},
                             {"token", "expires_at", "me", "instance"});
    all["PasswordChange"] = object({{"old", text}, {"new", text}}, {"old", "new"});
    all["PasswordChange"]["example"] = {{"old", "x7Kp2mQ9tRw4"}, {"new", "a better one"}};
    all["PasswordForgot"] = object({{"instance", number}, {"email", text}}, {"instance", "email"});
    all["PasswordForgot"]["example"] = {{"instance", 1400000001}, {"email", "agent1@demo.test"}};
    all["PasswordReset"] = object({{"instance", number}, {"token", text}, {"new", text}}, {"instance", "token", "new"});
    all["NewToken"] = object({{"token", text}, {"expires_at", number}}, {"token"});
    all["MeAnswer"] = object(
        {{"me", reference("Agent")}, {"instance", reference("Instance")}, {"must_change_password", yes}}, {"me"});
    all["Health"] = object({{"status", {{"enum", {"ok", "unavailable"}}}}}, {"status"});
}

void addBodies(Document& all) {
    const auto text = property("string");
    const auto number = property("integer");
    const auto yes = property("boolean");
    all["MessagePage"] = object({{"messages", listOf(reference("Message"))}, {"more", yes}}, {"messages"});
    all["SessionPage"] = object({{"sessions", listOf(reference("SessionSummary"))}, {"more", yes}}, {"sessions"});
    all["OfferList"] = object({{"offers", listOf(reference("Offer"))}}, {"offers"});
    all["QuickReplyList"] = object({{"quick_replies", listOf(reference("QuickReply"))}}, {"quick_replies"});
    all["AttachmentAnswer"] = object({{"attachment", reference("Attachment")}}, {"attachment"});
    all["WidgetFace"] = object({{"name", text}, {"colour", text}, {"mode", text}, {"set_up", yes}}, {"name"});
}

void addFlowBodies(Document& all) {
    const auto text = property("string");
    const auto number = property("integer");
    const auto yes = property("boolean");
    const Document graph{{"type", "object"}, {"description", "docs/flows.md"}};
    const Document tests = listOf({{"type", "object"}});
    Document head{{"id", number},
                  {"name", text},
                  {"mode", {{"enum", {"chat", "all_media", "phone"}}}},
                  {"state", {{"enum", {"unpublished", "published", "in_use"}}}},
                  {"version", number},
                  {"revision", number},
                  {"updated_at", number},
                  {"updated_by", text},
                  {"channels", listOf(number)}};
    all["FlowHead"] = object(head, {"id", "name", "mode", "state", "revision"});
    all["FlowList"] = object({{"flows", listOf(reference("FlowHead"))}}, {"flows"});
    head["shown"] = number;
    head["graph"] = graph;
    head["tests"] = tests;
    all["Flow"] = object(head, {"id", "name", "mode", "state", "revision", "graph"});
    all["NewFlow"] =
        object({{"name", text}, {"mode", head["mode"]}, {"graph", graph}, {"tests", tests}}, {"name", "mode"});
    all["NewFlow"]["example"] = {{"name", "Out of hours"}, {"mode", "chat"}};
    all["FlowDraft"] =
        object({{"revision", number}, {"name", text}, {"graph", graph}, {"tests", tests}}, {"revision", "graph"});
    all["FlowPublish"] = object({{"revision", number}, {"force", yes}}, {"revision"});
    all["FlowChange"] = object({{"revision", number}, {"version", number}}, {"revision"});
    all["FlowTests"] = object({{"revision", number}, {"tests", tests}}, {"revision", "tests"});
    all["FlowTests"]["example"] = {{"revision", 1}, {"tests", Document::array()}};
    all["Replay"] = object({{"session", number},
                            {"flow", number},
                            {"flow_name", text},
                            {"flow_gone", yes},
                            {"version", number},
                            {"started_at", number},
                            {"end", text},
                            {"graph", graph},
                            {"steps", listOf(object({{"node", number}, {"port", text}, {"at", number}}, {"node"}))},
                            {"events", listOf(object({{"what", text}, {"text", text}, {"at", number}}, {"what"}))},
                            {"cut", yes}},
                           {"session", "flow", "graph", "steps", "events"});
    all["FlowVersions"] = object(
        {{"versions", listOf(object({{"version", number}, {"at", number}, {"by", text}}, {"version"}))}}, {"versions"});
}

} // namespace

Document schemas() {
    Document all = objects();
    addAccountBodies(all);
    addBodies(all);
    addFlowBodies(all);
    addAdminBodies(all);
    addRecordBodies(all);
    return all;
}

} // namespace cb::http
