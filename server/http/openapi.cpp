#include "server/http/openapi.h"

#include "server/http/route_table.h"

#include <nlohmann/json.hpp>

namespace cb::http {

namespace {

using Json = nlohmann::ordered_json;

Json property(const char* type) {
    return {{"type", type}};
}
Json reference(std::string_view schema) {
    return {{"$ref", "#/components/schemas/" + std::string(schema)}};
}
Json listOf(Json items) {
    return {{"type", "array"}, {"items", std::move(items)}};
}
Json object(Json properties, Json required = Json::array()) {
    Json out{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty())
        out["required"] = std::move(required);
    return out;
}

Json objects() {
    const auto text = property("string");
    const auto number = property("integer");
    const auto yes = property("boolean");
    Json all;
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

void addAccountBodies(Json& all) {
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
    all["NewToken"] = object({{"token", text}, {"expires_at", number}}, {"token"});
    all["MeAnswer"] = object(
        {{"me", reference("Agent")}, {"instance", reference("Instance")}, {"must_change_password", yes}}, {"me"});
    all["Health"] = object({{"status", {{"enum", {"ok", "unavailable"}}}}}, {"status"});
}

void addBodies(Json& all) {
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

void addFlowBodies(Json& all) {
    const auto text = property("string");
    const auto number = property("integer");
    const auto yes = property("boolean");
    const Json graph{{"type", "object"}, {"description", "docs/flows.md"}};
    const Json tests = listOf({{"type", "object"}});
    Json head{{"id", number},
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
    all["FlowVersions"] = object(
        {{"versions", listOf(object({{"version", number}, {"at", number}, {"by", text}}, {"version"}))}}, {"versions"});
}

Json parametersOf(const Route& route) {
    Json out = Json::array();
    for (auto at = route.pattern.find('{'); at != std::string_view::npos; at = route.pattern.find('{', at + 1)) {
        const auto name = route.pattern.substr(at + 1, route.pattern.find('}', at) - at - 1);
        out.push_back({{"name", std::string(name)},
                       {"in", "path"},
                       {"required", true},
                       {"schema", property(name == "id" ? "integer" : "string")}});
    }
    for (const auto& parameter : route.query)
        out.push_back({{"name", std::string(parameter.name)},
                       {"in", "query"},
                       {"required", parameter.required},
                       {"description", std::string(parameter.text)},
                       {"schema", property(std::string(parameter.type).c_str())}});
    return out;
}

Json responsesOf(const Route& route) {
    Json out;
    Json good{{"description", "done"}};
    if (!route.responseSchema.empty())
        good["content"]["application/json"]["schema"] = reference(route.responseSchema);
    const bool nothing = (route.work == Work::Json || route.work == Work::Change) && route.responseSchema.empty();
    out[nothing ? "204" : "200"] = good;
    std::string codes;
    for (const auto code : route.errors)
        codes += (codes.empty() ? "" : ", ") + std::string(code);
    out["default"] = {{"description", codes.empty() ? "an error" : "an error: " + codes},
                      {"content", {{"application/json", {{"schema", reference("Error")}}}}}};
    return out;
}

const char* accessName(Access access) {
    switch (access) {
    case Access::Anyone:
        return "anyone";
    case Access::Agent:
        return "agent";
    case Access::AgentFresh:
        return "agent_fresh";
    case Access::Admin:
        return "admin";
    case Access::Visitor:
        return "visitor";
    }
    return "";
}

Json operation(const Route& route) {
    Json out{{"summary", std::string(route.summary)}, {"x-access", accessName(route.access)}};
    if (auto parameters = parametersOf(route); !parameters.empty())
        out["parameters"] = std::move(parameters);
    if (!route.requestSchema.empty())
        out["requestBody"] = {{"required", true},
                              {"content", {{"application/json", {{"schema", reference(route.requestSchema)}}}}}};
    else if (route.work == Work::Upload)
        out["requestBody"] = {{"required", true}, {"content", {{"application/octet-stream", Json::object()}}}};
    out["responses"] = responsesOf(route);
    Json scheme;
    if (route.access == Access::Visitor)
        scheme["visitor"] = Json::array();
    else if (route.access != Access::Anyone)
        scheme["agent"] = Json::array();
    out["security"] = scheme.is_null() ? Json::array() : Json::array({scheme});
    return out;
}

} // namespace

std::string openApi() {
    Json document{{"openapi", "3.1.0"}, {"info", {{"title", "Cloudbell"}, {"version", CLOUDBELL_VERSION}}}};
    for (const Route& route : routes()) {
        std::string method(route.method);
        for (auto& c : method)
            c = static_cast<char>(c - 'A' + 'a');
        document["paths"][std::string(route.pattern)][method] = operation(route);
    }
    Json schemas = objects();
    addAccountBodies(schemas);
    addBodies(schemas);
    addFlowBodies(schemas);
    document["components"]["schemas"] = std::move(schemas);
    document["components"]["securitySchemes"] = {
        {"agent", {{"type", "http"}, {"scheme", "bearer"}}},
        {"visitor",
         {{"type", "apiKey"}, {"in", "header"}, {"name", "Authorization"}, {"description", "Visitor <token>"}}}};
    return document.dump();
}

} // namespace cb::http
