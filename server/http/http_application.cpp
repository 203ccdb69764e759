#include "server/http/http_application.h"

#include "server/auth/token.h"
#include "server/http/audio_upload.h"
#include "server/http/errors.h"
#include "server/http/openapi.h"
#include "server/http/route_table.h"
#include "server/http/sound_routes.h"
#include "shared/base/worker_pool.h"
#include "shared/wire/frame.h"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace cb::http {

namespace {

/// An upload's pieces, written by the pool of files.
class UploadSink final : public net::BodySink, public std::enable_shared_from_this<UploadSink> {
public:
    using Finish = std::function<net::Response(base::Result<model::Attachment>)>;

    UploadSink(std::unique_ptr<media::Upload> upload, base::WorkerPool& pool, Finish finish)
        : m_upload(std::move(upload))
        , m_pool(pool)
        , m_finish(std::move(finish)) {}

    void write(std::string piece, std::function<void(bool)> done) override {
        auto work = [self = shared_from_this(), piece = std::move(piece), done] {
            self->m_written = self->m_upload->write(piece);
            done(self->m_written.ok());
        };
        if (m_pool.post(std::move(work)))
            return;
        m_written = base::retry("overloaded", "uploads");
        done(false);
    }

    void finish(net::Respond respond) override {
        auto work = [self = shared_from_this(), respond] {
            if (!self->m_written.ok())
                return respond(self->m_finish(self->m_written.error()));
            auto result = self->m_upload->finish();
            self->m_upload.reset();
            respond(self->m_finish(std::move(result)));
        };
        if (!m_pool.post(work))
            respond(m_finish(base::retry("overloaded", "uploads")));
    }

    void abort() override {} // the temporary file goes with the object

private:
    std::unique_ptr<media::Upload> m_upload;
    base::WorkerPool& m_pool;
    Finish m_finish;
    base::Result<void> m_written;
};

bool isJson(std::string_view type) {
    return type.substr(0, type.find(';')) == "application/json";
}

/// Everything else than admins' changes, which are read only from admins, is small: a crowd of strangers must not fill
/// the memory with bodies.
std::size_t bodyLimit(const Route& route) {
    constexpr std::size_t kSmall = 16 * 1024;
    constexpr std::size_t kChange = 256 * 1024;
    switch (route.id) {
    case RouteId::FlowPut:
    case RouteId::FlowTests:
    case RouteId::FlowAdd:
        return wire::kMaxBody;
    case RouteId::AgentBulk:
        return kMaxBulkBody;
    default:
        return route.work == Work::Change ? kChange : kSmall;
    }
}

/// An answer that tells nothing of anybody: any page may read it, so that a widget sees why.
void allowAnyOrigin(net::Response& response) {
    response.headers.emplace_back("Access-Control-Allow-Origin", "*");
    response.headers.emplace_back("Access-Control-Expose-Headers", "Retry-After");
}

} // namespace

/// Copied into the work of a pool.
struct HttpApplication::Request {
    const Route* route;
    std::vector<std::string> values;
    net::Head head;
    net::Peer peer;
};

HttpApplication::HttpApplication(Services& services, Pools pools, Upgrades upgrades, net::ErrorCounts& errors)
    : m_services(services)
    , m_pools(pools)
    , m_upgrades(std::move(upgrades))
    , m_errors(errors)
    , m_bridge(services)
    , m_openApi(openApi()) {}

net::Response HttpApplication::refused(const base::Error& error) {
    m_errors.add(error.code);
    return errorResponse(error);
}

net::Response HttpApplication::busy() {
    auto response = refused(base::retry("overloaded"));
    allowAnyOrigin(response);
    return response;
}

/// Most programs see no more of a refused upgrade than its status line: the code stands there too.
net::Response HttpApplication::refusedUpgrade(const base::Error& error) {
    auto response = refused(error);
    response.phrase = error.code;
    return response;
}

net::Response HttpApplication::fault(net::Fault fault, base::Millis wait) {
    switch (fault) {
    case net::Fault::RateLimited: {
        auto response = refusedUpgrade(base::with(base::retry("rate_limited"), "retry_ms",
                                                  std::to_string(std::max(wait.count(), std::int64_t{1}))));
        allowAnyOrigin(response); // the request was not read; there is nothing to hide in "later"
        return response;
    }
    case net::Fault::TooManyConnections:
        return refusedUpgrade(base::retry("too_many_connections"));
    case net::Fault::BadUpgrade: {
        auto response = refusedUpgrade(base::rejected("bad_upgrade"));
        response.headers.emplace_back("Sec-WebSocket-Version", "13");
        return response;
    }
    case net::Fault::HeadTooLarge: {
        auto response = refused(base::rejected("bad_field", "request head"));
        response.status = 431;
        return response;
    }
    case net::Fault::NotHttp:
        break;
    }
    return refused(base::rejected("bad_frame", "not HTTP"));
}

net::Upgrade HttpApplication::upgrade(const net::Head& head, const net::Peer& peer) {
    if (head.path() == "/ws/agent")
        return m_upgrades.agents();
    if (head.path() == "/ws/visitor")
        return m_upgrades.visitors(std::string(head.header("Origin")), peer.address);
    return refusedUpgrade(base::rejected("not_found"));
}

void HttpApplication::begin(const net::Head& head, const net::Peer& peer, std::function<void(net::Plan)> then) {
    auto found = match(head.method, head.path());
    if (found.route == nullptr) {
        if (head.method == "OPTIONS" && !found.allow.empty())
            return preflight(head, found.values, found.allow, std::move(then));
        auto response = refused(base::rejected(found.allow.empty() ? "not_found" : "method_not_allowed"));
        if (!found.allow.empty())
            response.headers.emplace_back("Allow", found.allow);
        return then(std::move(response));
    }
    Request request{found.route, std::move(found.values), head, peer};
    switch (found.route->work) {
    case Work::Inline:
        return then(inlineAnswer(*request.route, head));
    case Work::Json:
    case Work::Hash:
        return then(json(request));
    case Work::Change:
    case Work::Erase:
        return admittedJson(request, std::move(then));
    case Work::Upload:
        return request.route->id == RouteId::AudioPost ? uploadAudio(request, std::move(then))
                                                       : upload(request, std::move(then));
    case Work::Download:
        return download(request, std::move(then));
    case Work::Sound:
        return sound(request, std::move(then));
    case Work::Figures:
        return figures(head, peer, std::move(then));
    }
}

net::Plan HttpApplication::json(const Request& request) {
    if (!request.route->requestSchema.empty() && !isJson(request.head.header("Content-Type")))
        return refused(base::rejected("unsupported_media_type", "application/json is wanted"));
    if (!request.head.header("Content-Encoding").empty())
        return refused(base::rejected("unsupported_media_type", "bodies are not compressed"));
    net::ReadAll plan;
    plan.limit = bodyLimit(*request.route);
    plan.tooLarge = errorResponse(base::rejected("body_too_large"));
    plan.handle = [this, request](std::string body, net::Respond respond) {
        const bool taken = poolOf(request.route->work).post([this, request, body = std::move(body), respond]() mutable {
            auto response = m_bridge.run(request.head, request.peer, body);
            addCors(*request.route, request.values, request.head, response);
            if (response.status >= 400)
                m_errors.add("http_" + std::to_string(response.status));
            respond(std::move(response));
        });
        if (!taken)
            respond(busy());
    };
    return plan;
}

base::WorkerPool& HttpApplication::poolOf(Work work) {
    switch (work) {
    case Work::Hash:
        return m_pools.hash;
    case Work::Change:
        return m_pools.changes;
    case Work::Erase:
        return m_pools.erasing;
    default:
        return m_pools.json;
    }
}

/// Read, and given a place in the short queue of changes, only from those who may send it.
void HttpApplication::admittedJson(const Request& request, std::function<void(net::Plan)> then) {
    const bool taken = m_pools.json.post([this, request, then] {
        auto call = admit(m_services, *request.route, request.values, request.head, request.peer);
        then(call ? json(request) : net::Plan(refused(call.error())));
    });
    if (!taken)
        then(busy());
}

void HttpApplication::upload(const Request& request, std::function<void(net::Plan)> then) {
    const bool taken = m_pools.json.post([this, request, then] {
        auto refuse = [&](const base::Error& error) {
            auto response = refused(error);
            addCors(*request.route, request.values, request.head, response);
            then(std::move(response));
        };
        auto call = admit(m_services, *request.route, request.values, request.head, request.peer);
        if (!call)
            return refuse(call.error());
        auto plan = planUpload(m_services, *call);
        if (!plan)
            return refuse(plan.error());
        const auto limit = plan->limit;
        auto tooLarge = errorResponse(base::with(base::rejected("file_too_large"), "limit", std::to_string(limit)));
        addCors(*request.route, request.values, request.head, tooLarge);
        auto upload = m_services.attachments.begin(std::move(*plan));
        if (!upload)
            return refuse(upload.error());
        auto finish = [this, request](base::Result<model::Attachment> result) {
            auto response = result ? jsonResponse(encodeAttachment(*result)) : refused(result.error());
            if (result)
                m_services.uploaded(*result);
            addCors(*request.route, request.values, request.head, response);
            return response;
        };
        then(net::StreamTo{limit, std::move(tooLarge),
                           std::make_shared<UploadSink>(std::move(*upload), m_pools.files, std::move(finish))});
    });
    if (!taken)
        then(busy());
}

void HttpApplication::uploadAudio(const Request& request, std::function<void(net::Plan)> then) {
    const bool taken = m_pools.json.post([this, request, then] {
        auto call = admit(m_services, *request.route, request.values, request.head, request.peer);
        if (!call)
            return then(refused(call.error()));
        auto sink =
            AudioSink::begin(m_services, {m_pools.files, m_pools.changes}, std::move(*call), [this](Answer answer) {
                return answer ? jsonResponse(std::move(*answer)) : refused(answer.error());
            });
        if (!sink)
            return then(refused(sink.error()));
        const auto limit = media::AudioShelf::kMostBytes;
        auto tooLarge = errorResponse(base::with(base::rejected("file_too_large"), "limit", std::to_string(limit)));
        then(net::StreamTo{limit, std::move(tooLarge), std::move(*sink)});
    });
    if (!taken)
        then(busy());
}

void HttpApplication::sound(const Request& request, std::function<void(net::Plan)> then) {
    const bool taken = m_pools.json.post([this, request, then] {
        auto call = admit(m_services, *request.route, request.values, request.head, request.peer);
        if (!call)
            return then(refused(call.error()));
        hear(m_services, m_pools.changes, std::move(*call), request.head,
             [this, then](base::Result<net::Response> answer) {
                 then(answer ? std::move(*answer) : refused(answer.error()));
             });
    });
    if (!taken)
        then(busy());
}

void HttpApplication::download(const Request& request, std::function<void(net::Plan)> then) {
    const bool taken = m_pools.json.post([this, request, then] {
        auto call = admit(m_services, *request.route, request.values, request.head, request.peer);
        auto result = call ? fileAnswer(*call, request.head) : base::Result<net::Response>(call.error());
        auto response = result ? std::move(*result) : refused(result.error());
        addCors(*request.route, request.values, request.head, response);
        then(std::move(response));
    });
    if (!taken)
        then(busy());
}

base::Result<net::Response> HttpApplication::fileAnswer(const Call& call, const net::Head& head) {
    switch (call.route.id) {
    case RouteId::ExportFile:
        return exportFile(m_services, call);
    case RouteId::AudioFile:
        return audioFile(m_services, call, head);
    case RouteId::Programs:
        return programList(m_services);
    case RouteId::ProgramFile:
        return programFile(m_services, call);
    default:
        return http::download(m_services, call, head);
    }
}

net::Response HttpApplication::inlineAnswer(const Route& route, const net::Head& head) {
    switch (route.id) {
    case RouteId::WidgetScript: {
        auto response = embedded(m_services.widget, head);
        response.headers.emplace_back("Access-Control-Allow-Origin", "*");
        response.headers.emplace_back("Cross-Origin-Resource-Policy", "cross-origin");
        return response;
    }
    case RouteId::Demo:
        if (m_services.demo.bytes.empty())
            return refused(base::rejected("not_found"));
        return embedded(m_services.demo, head);
    case RouteId::Online:
        return embedded(m_services.online, head);
    case RouteId::ResetPage: {
        // Its own policy stands in the page; what a policy cannot say there stands here.
        auto response = embedded(m_services.reset, head);
        response.headers.emplace_back("Content-Security-Policy", "frame-ancestors 'none'");
        response.headers.emplace_back("X-Frame-Options", "DENY");
        response.headers.emplace_back("Referrer-Policy", "no-referrer");
        return response;
    }
    case RouteId::OpenApi:
        return jsonResponse(m_openApi);
    case RouteId::Health:
        return m_services.healthy() ? jsonResponse(R"({"status":"ok"})")
                                    : jsonResponse(R"({"status":"unavailable"})", 503);
    default:
        return refused(base::fatal("internal", "not an inline route"));
    }
}

void HttpApplication::figures(const net::Head& head, const net::Peer& peer, std::function<void(net::Plan)> then) {
    const auto given = head.header("Authorization");
    const bool token = !m_services.metricsToken.empty() && given.substr(0, 7) == "Bearer " &&
                       auth::sameSecret(given.substr(7), m_services.metricsToken);
    // Behind a proxy on this host everybody comes from loopback, also when nobody told us of the proxy.
    const bool direct = peer.loopback && head.header("X-Forwarded-For").empty() && head.header("Forwarded").empty();
    if (!token && !direct)
        return then(refused(base::rejected("forbidden")));
    const bool taken = m_pools.files.post([this, then] {
        auto response = jsonResponse(m_services.metrics());
        response.headers.back().second = "text/plain; version=0.0.4; charset=utf-8";
        then(std::move(response));
    });
    if (!taken)
        then(busy());
}

net::Response HttpApplication::embedded(const EmbeddedFile& file, const net::Head& head) {
    net::Response response;
    response.headers = {{"Cache-Control", "no-cache"},
                        {"ETag", std::string(file.etag)},
                        {"Vary", "Accept-Encoding"},
                        {"X-Content-Type-Options", "nosniff"},
                        {"Content-Type", std::string(file.contentType)}};
    if (!file.etag.empty() && head.header("If-None-Match") == file.etag) {
        response.status = 304;
        return response;
    }
    const bool gzip = !file.gzip.empty() && head.header("Accept-Encoding").find("gzip") != std::string_view::npos;
    if (gzip)
        response.headers.emplace_back("Content-Encoding", "gzip");
    response.body = net::StaticBody(gzip ? file.gzip : file.bytes);
    return response;
}

// ---- CORS (https://fetch.spec.whatwg.org/#http-cors-protocol): only for the channel's pages

void HttpApplication::addCors(const Route& route, const std::vector<std::string>& values, const net::Head& head,
                              net::Response& response) {
    const auto origin = head.header("Origin");
    if (!route.cors || values.empty() || origin.empty())
        return;
    response.headers.emplace_back("Vary", "Origin");
    auto reader = m_services.database.reader();
    if (!reader)
        return;
    auto channel = reader->directory().channelByKey(values.front());
    if (!channel)
        return;
    if (!*channel)
        return allowAnyOrigin(response);
    if (!m_services.originAllowed(origin, (*channel)->domain))
        return;
    response.headers.emplace_back("Access-Control-Allow-Origin", std::string(origin));
    response.headers.emplace_back("Access-Control-Expose-Headers", "Content-Disposition, Retry-After");
}

void HttpApplication::preflight(const net::Head& head, const std::vector<std::string>& values, const std::string& allow,
                                std::function<void(net::Plan)> then) {
    const auto wanted = match(head.header("Access-Control-Request-Method"), head.path());
    if (wanted.route == nullptr || !wanted.route->cors) {
        auto response = jsonResponse({}, 204);
        response.headers.emplace_back("Allow", allow);
        return then(std::move(response));
    }
    const bool taken = m_pools.json.post([this, head, values, route = wanted.route, allow, then] {
        auto response = jsonResponse({}, 204);
        response.headers.emplace_back("Allow", allow);
        addCors(*route, values, head, response);
        if (response.headers.back().first == "Access-Control-Expose-Headers") {
            response.headers.emplace_back("Access-Control-Allow-Methods", allow);
            response.headers.emplace_back("Access-Control-Allow-Headers", "Authorization, Content-Type");
            response.headers.emplace_back("Access-Control-Max-Age", "600");
        }
        then(std::move(response));
    });
    if (!taken)
        then(busy());
}

} // namespace cb::http
