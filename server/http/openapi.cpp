#include "server/http/openapi.h"

#include "server/http/openapi_p.h"
#include "server/http/route_table.h"

namespace cb::http {

namespace {

Document parametersOf(const Route& route) {
    Document out = Document::array();
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

Document responsesOf(const Route& route) {
    Document out;
    Document good{{"description", "done"}};
    if (!route.responseSchema.empty())
        good["content"]["application/json"]["schema"] = reference(route.responseSchema);
    const bool nothing = answersJson(route.work) && route.responseSchema.empty();
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

Document operation(const Route& route) {
    Document out{{"summary", std::string(route.summary)}, {"x-access", accessName(route.access)}};
    if (auto parameters = parametersOf(route); !parameters.empty())
        out["parameters"] = std::move(parameters);
    if (!route.requestSchema.empty())
        out["requestBody"] = {{"required", true},
                              {"content", {{"application/json", {{"schema", reference(route.requestSchema)}}}}}};
    else if (route.work == Work::Upload)
        out["requestBody"] = {{"required", true}, {"content", {{"application/octet-stream", Document::object()}}}};
    out["responses"] = responsesOf(route);
    Document scheme;
    if (route.access == Access::Visitor)
        scheme["visitor"] = Document::array();
    else if (route.access != Access::Anyone)
        scheme["agent"] = Document::array();
    out["security"] = scheme.is_null() ? Document::array() : Document::array({scheme});
    return out;
}

} // namespace

std::string openApi() {
    Document document{{"openapi", "3.1.0"}, {"info", {{"title", "Cloudbell"}, {"version", CLOUDBELL_VERSION}}}};
    for (const Route& route : routes()) {
        std::string method(route.method);
        for (auto& c : method)
            c = static_cast<char>(c - 'A' + 'a');
        document["paths"][std::string(route.pattern)][method] = operation(route);
    }
    document["components"]["schemas"] = schemas();
    document["components"]["securitySchemes"] = {
        {"agent", {{"type", "http"}, {"scheme", "bearer"}}},
        {"visitor",
         {{"type", "apiKey"}, {"in", "header"}, {"name", "Authorization"}, {"description", "Visitor <token>"}}}};
    return document.dump();
}

} // namespace cb::http
