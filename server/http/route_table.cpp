#include "server/http/route_table.h"

#include "server/http/admin_table_p.h"
#include "server/http/records_table_p.h"
#include "server/net/http_types.h"

#include <algorithm>
#include <array>

namespace cb::http {

namespace {

const std::vector<Parameter> kMessagePage{{"before", "integer", "messages with a lower seq"},
                                          {"after", "integer", "messages with a higher seq"},
                                          {"limit", "integer", "at most 200; 50 when left out"}};
const std::vector<Parameter> kUpload{{"session", "integer", "the session it belongs to", true},
                                     {"kind", "string", "picture or file", true},
                                     {"name", "string", "what the sender calls it"}};
const std::vector<Parameter> kVisitorUpload{{"kind", "string", "picture or file", true},
                                            {"name", "string", "what the sender calls it"}};

std::vector<Route> withAdmins(std::vector<Route> routes) {
    const auto more = adminRoutes();
    routes.insert(routes.end(), more.begin(), more.end());
    const auto records = recordRoutes();
    routes.insert(routes.end(), records.begin(), records.end());
    return routes;
}

const std::vector<Route>& table() {
    using enum RouteId;
    static const std::vector<Route> all = withAdmins({
        {SignIn,
         "POST",
         "/api/v1/sign-in",
         Access::Anyone,
         Work::Hash,
         false,
         "Sign in",
         {},
         "SignIn",
         "SignedIn",
         {"bad_credentials", "throttled"}},
        {Password,
         "POST",
         "/api/v1/password",
         Access::AgentFresh,
         Work::Hash,
         false,
         "Set a new password; all other tokens of this agent are revoked",
         {},
         "PasswordChange",
         "NewToken",
         {"bad_credentials", "password_weak", "password_same", "throttled"}},
        {PasswordForgot,
         "POST",
         "/api/v1/password/forgot",
         Access::Anyone,
         Work::Json,
         false,
         "Mail a one-time link to a new password; the answer is the same whether there is such an account or not",
         {},
         "PasswordForgot",
         "",
         {"throttled"}},
        {PasswordReset,
         "POST",
         "/api/v1/password/reset",
         Access::Anyone,
         Work::Hash,
         false,
         "Set a new password with the token of such a link; all tokens of this agent are revoked",
         {},
         "PasswordReset",
         "",
         {"reset_link_invalid", "password_weak", "password_same", "throttled"}},
        {SignOut,
         "POST",
         "/api/v1/sign-out",
         Access::AgentFresh,
         Work::Json,
         false,
         "Revoke the token",
         {},
         "",
         "",
         {}},
        {Me,
         "GET",
         "/api/v1/me",
         Access::AgentFresh,
         Work::Json,
         false,
         "Who the token belongs to",
         {},
         "",
         "MeAnswer",
         {}},
        {SessionMessages,
         "GET",
         "/api/v1/sessions/{id}/messages",
         Access::Agent,
         Work::Json,
         false,
         "Messages of a session, oldest first; the newest ones without before and after",
         kMessagePage,
         "",
         "MessagePage",
         {"not_found", "forbidden"}},
        {CustomerSessions,
         "GET",
         "/api/v1/customers/{id}/sessions",
         Access::Agent,
         Work::Json,
         false,
         "Earlier conversations of a customer, newest first",
         {{"before", "integer", "sessions with a lower id"}, {"limit", "integer", "at most 200; 50 when left out"}},
         "",
         "SessionPage",
         {"not_found", "forbidden"}},
        {SessionOffers,
         "GET",
         "/api/v1/sessions/{id}/offers",
         Access::Agent,
         Work::Json,
         false,
         "Why this agent, every time",
         {},
         "",
         "OfferList",
         {"not_found", "forbidden"}},
        {QuickReplies,
         "GET",
         "/api/v1/quick-replies",
         Access::Agent,
         Work::Json,
         false,
         "Canned texts",
         {},
         "",
         "QuickReplyList",
         {}},
        {FlowList,
         "GET",
         "/api/v1/flows",
         Access::Admin,
         Work::Json,
         false,
         "Flows of the instance",
         {},
         "",
         "FlowList",
         {}},
        {FlowGet,
         "GET",
         "/api/v1/flows/{id}",
         Access::Admin,
         Work::Json,
         false,
         "A flow with its draft, or its newest version when there is no draft",
         {{"version", "integer", "a numbered version instead"}},
         "",
         "Flow",
         {"not_found"}},
        {FlowAdd,
         "POST",
         "/api/v1/flows",
         Access::Admin,
         Work::Change,
         false,
         "A new flow, unpublished",
         {},
         "NewFlow",
         "FlowHead",
         {"bad_field", "too_many_flows"}},
        {FlowPut,
         "PUT",
         "/api/v1/flows/{id}",
         Access::Admin,
         Work::Change,
         false,
         "Save the draft of an unpublished flow",
         {},
         "FlowDraft",
         "FlowHead",
         {"not_found", "flow_published", "flow_changed"}},
        {FlowPublish,
         "POST",
         "/api/v1/flows/{id}/publish",
         Access::Admin,
         Work::Change,
         false,
         "Publish the draft as a new version",
         {},
         "FlowPublish",
         "FlowHead",
         {"not_found", "flow_published", "flow_changed", "flow_invalid", "flow_tests_failed"}},
        {FlowUnpublish,
         "POST",
         "/api/v1/flows/{id}/unpublish",
         Access::Admin,
         Work::Change,
         false,
         "Take a published flow that no channel uses back to be edited",
         {},
         "FlowChange",
         "FlowHead",
         {"not_found", "flow_not_published", "flow_in_use", "flow_changed"}},
        {FlowRestore,
         "POST",
         "/api/v1/flows/{id}/restore",
         Access::Admin,
         Work::Change,
         false,
         "Make a version the draft of an unpublished flow",
         {},
         "FlowChange",
         "FlowHead",
         {"not_found", "flow_published", "flow_changed", "bad_field"}},
        {FlowDelete,
         "DELETE",
         "/api/v1/flows/{id}",
         Access::Admin,
         Work::Change,
         false,
         "Delete an unpublished flow for good",
         {{"revision", "integer", "the one that is known", true}},
         "",
         "",
         {"not_found", "flow_published", "flow_changed"}},
        {FlowVersions,
         "GET",
         "/api/v1/flows/{id}/versions",
         Access::Admin,
         Work::Json,
         false,
         "Versions of a flow, newest first; 0 is the draft",
         {},
         "",
         "FlowVersions",
         {"not_found"}},
        {AttachmentPost,
         "POST",
         "/api/v1/attachments",
         Access::Agent,
         Work::Upload,
         false,
         "Upload; the body is the bytes",
         kUpload,
         "",
         "AttachmentAnswer",
         {"session_gone", "not_a_picture", "file_too_large"}},
        {AttachmentGet,
         "GET",
         "/api/v1/attachments/{id}",
         Access::Agent,
         Work::Download,
         false,
         "The bytes; Range works",
         {},
         "",
         "",
         {"attachment_unknown", "forbidden"}},
        {WidgetFace,
         "GET",
         "/api/v1/widget/{key}",
         Access::Anyone,
         Work::Json,
         true,
         "What the widget shows first",
         {},
         "",
         "WidgetFace",
         {"channel_unknown", "origin_not_allowed"}},
        {WidgetMessages,
         "GET",
         "/api/v1/widget/{key}/messages",
         Access::Visitor,
         Work::Json,
         true,
         "Messages of all sessions of this visitor, oldest first",
         kMessagePage,
         "",
         "MessagePage",
         {"channel_unknown", "origin_not_allowed"}},
        {WidgetAttachmentPost,
         "POST",
         "/api/v1/widget/{key}/attachments",
         Access::Visitor,
         Work::Upload,
         true,
         "Upload into the open session; the body is the bytes",
         kVisitorUpload,
         "",
         "AttachmentAnswer",
         {"session_gone", "not_a_picture", "file_too_large"}},
        {WidgetAttachmentGet,
         "GET",
         "/api/v1/widget/{key}/attachments/{id}",
         Access::Visitor,
         Work::Download,
         true,
         "The bytes; Range works",
         {},
         "",
         "",
         {"attachment_unknown"}},
        {WidgetScript,
         "GET",
         "/widget/cloudbell.js",
         Access::Anyone,
         Work::Inline,
         false,
         "The widget",
         {},
         "",
         "",
         {}},
        {OpenApi, "GET", "/api/openapi.json", Access::Anyone, Work::Inline, false, "This description", {}, "", "", {}},
        {Health,
         "GET",
         "/healthz",
         Access::Anyone,
         Work::Inline,
         false,
         "200, or 503 while not ready",
         {},
         "",
         "Health",
         {}},
        {Metrics,
         "GET",
         "/metrics",
         Access::Anyone,
         Work::Figures,
         false,
         "Prometheus text; loopback, or with the configured bearer token",
         {},
         "",
         "",
         {"forbidden"}},
        {Demo,
         "GET",
         "/demo",
         Access::Anyone,
         Work::Inline,
         false,
         "A shop page with the widget; only with --demo",
         {},
         "",
         "",
         {"not_found"}},
        {Online,
         "GET",
         "/online/{id}",
         Access::Anyone,
         Work::Inline,
         false,
         "What a sign-in address shows in a browser: that it belongs into the desktop program",
         {},
         "",
         "",
         {"not_found"}},
        {ResetPage,
         "GET",
         "/reset/{id}",
         Access::Anyone,
         Work::Inline,
         false,
         "The page behind the link to a new password; the token stands in the fragment and never comes here by itself",
         {},
         "",
         "",
         {"not_found"}},
    });
    return all;
}

bool isDigits(std::string_view text) {
    return !text.empty() && text.size() <= 18 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The next path segment, taken off the front.
std::string_view segment(std::string_view& path) {
    std::size_t end = 0;
    while (end < path.size() && path[end] != '/')
        ++end;
    const auto out = path.substr(0, end);
    path.remove_prefix(std::min(path.size(), end + 1));
    return out;
}

bool matches(std::string_view pattern, std::string_view path, std::vector<std::string>& values) {
    values.clear();
    while (!pattern.empty() && !path.empty()) {
        const auto want = segment(pattern);
        const auto have = segment(path);
        if (want.empty() || want.front() != '{') {
            if (want != have)
                return false;
            continue;
        }
        if (have.empty() || (want == "{id}" && !isDigits(have)))
            return false;
        values.push_back(net::percentDecoded(have, false));
    }
    return pattern.empty() && path.empty();
}

} // namespace

std::span<const Route> routes() {
    return table();
}

Match match(std::string_view method, std::string_view path) {
    Match found;
    const auto wanted = method == "HEAD" ? std::string_view("GET") : method;
    for (const Route& route : table()) {
        std::vector<std::string> values;
        if (!matches(route.pattern, path, values))
            continue;
        if (route.method == wanted)
            return {&route, std::move(values), {}};
        found.allow += (found.allow.empty() ? "" : ", ") + std::string(route.method);
        if (route.method == "GET")
            found.allow += ", HEAD";
        found.values = std::move(values);
    }
    if (!found.allow.empty())
        found.allow += ", OPTIONS";
    return found;
}

} // namespace cb::http
