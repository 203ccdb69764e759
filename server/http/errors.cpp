#include "server/http/errors.h"

#include "shared/wire/http.h"

#include <spdlog/spdlog.h>

#include <cstdlib>

namespace cb::http {

namespace {

bool endsWith(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

} // namespace

int statusOf(const base::Error& error) {
    const std::string& code = error.code;
    if (code == "bad_token" || code == "bad_credentials")
        return 401;
    if (code == "forbidden" || code == "origin_not_allowed" || code == "blocked" || code == "password_change_required")
        return 403;
    if (code == "not_found" || endsWith(code, "_unknown"))
        return 404;
    if (code == "method_not_allowed")
        return 405;
    if (endsWith(code, "_too_large"))
        return 413;
    if (code == "unsupported_media_type")
        return 415;
    if (code == "rate_limited" || code == "throttled" || code == "too_many_connections")
        return 429;
    switch (error.grade) {
    case base::Grade::Retry:
        return 503;
    case base::Grade::Conflict:
        return 409;
    case base::Grade::Fatal:
        return 500;
    case base::Grade::Rejected:
        break;
    }
    return 400;
}

net::Headers apiHeaders() {
    return {{"Cache-Control", "no-store"},
            {"X-Content-Type-Options", "nosniff"},
            {"X-Frame-Options", "DENY"},
            {"Referrer-Policy", "no-referrer"},
            {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"}};
}

net::Response jsonResponse(std::string body, int status) {
    net::Response response;
    response.status = status;
    response.headers = apiHeaders();
    if (!body.empty())
        response.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
    response.body = std::move(body);
    return response;
}

net::Response errorResponse(const base::Error& error) {
    if (error.grade == base::Grade::Fatal)
        spdlog::error("event=fault where=http code={} detail=\"{}\"", error.code, error.detail);
    auto response = jsonResponse(wire::encodeErrorBody(error), statusOf(error));
    const auto wait = error.params.find("retry_ms");
    if (wait != error.params.end() && response.status == 429)
        response.headers.emplace_back("Retry-After",
                                      std::to_string((std::strtoll(wait->second.c_str(), nullptr, 10) + 999) / 1000));
    if (response.status == 401)
        response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return response;
}

} // namespace cb::http
