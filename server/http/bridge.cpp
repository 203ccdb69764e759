#include "server/http/bridge.h"

#include "server/http/errors.h"

#include <httplib.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <initializer_list>

namespace cb::http {

namespace {

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names) {
    std::string lower(name);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
    return std::find(names.begin(), names.end(), lower) != names.end();
}

/// Headers the router must not see: the body comes whole and plain; ranges, forms and compression are not its business.
/// It would take any body for a form, or inflate it without bound.
bool isOurs(std::string_view name) {
    return isOneOf(name, {"content-length", "content-type", "content-encoding", "transfer-encoding", "connection",
                          "expect", "accept-encoding", "range", "keep-alive", "upgrade", "te"});
}

class MemoryStream final : public httplib::Stream {
public:
    MemoryStream(std::string in, std::string address)
        : m_in(std::move(in))
        , m_address(std::move(address)) {}

    bool is_readable() const override { return true; }
    bool is_writable() const override { return true; }
    ssize_t read(char* to, std::size_t size) override {
        const auto n = std::min(size, m_in.size() - m_at);
        std::memcpy(to, m_in.data() + m_at, n);
        m_at += n;
        return static_cast<ssize_t>(n);
    }
    ssize_t write(const char* from, std::size_t size) override {
        m_out.append(from, size);
        return static_cast<ssize_t>(size);
    }
    void get_remote_ip_and_port(std::string& ip, int& port) const override {
        ip = m_address;
        port = 0;
    }
    void get_local_ip_and_port(std::string& ip, int& port) const override {
        ip.clear();
        port = 0;
    }
    socket_t socket() const override { return INVALID_SOCKET; }
    std::string& out() { return m_out; }

private:
    std::string m_in;
    std::string m_address;
    std::string m_out;
    std::size_t m_at = 0;
};

std::string serialized(const net::Head& head, const std::string& body) {
    std::string text = head.method + ' ' + head.target + " HTTP/1.1\r\n";
    for (const auto& [name, value] : head.headers)
        if (!isOurs(name))
            text.append(name).append(": ").append(value).append("\r\n");
    text += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    return text + body;
}

/// The router's answer; it wrote it itself, so only its form is taken apart.
net::Response parsed(const std::string& text) {
    net::Response response;
    const auto end = text.find("\r\n\r\n");
    if (end == std::string::npos || text.size() < 12)
        return errorResponse(base::fatal("internal", "no answer"));
    response.status = std::atoi(text.c_str() + 9);
    for (auto at = text.find("\r\n") + 2; at < end;) {
        const auto stop = text.find("\r\n", at);
        const auto colon = text.find(": ", at);
        const auto name = std::string_view(text).substr(at, colon - at);
        if (colon < stop && !isOneOf(name, {"content-length", "connection", "keep-alive"}))
            response.headers.emplace_back(std::string(name), text.substr(colon + 2, stop - colon - 2));
        at = stop + 2;
    }
    response.body = text.substr(end + 4);
    return response;
}

/// "/api/v1/sessions/{id}/messages" as the router's regular expression.
std::string expression(std::string_view pattern) {
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '{') {
            i = pattern.find('}', i);
            out += "([^/]+)";
        } else {
            if (pattern[i] == '.')
                out += '\\';
            out += pattern[i];
        }
    }
    return out;
}

void put(httplib::Response& out, const net::Response& response) {
    out.status = response.status;
    std::string type = "application/json; charset=utf-8";
    for (const auto& [name, value] : response.headers)
        if (name == "Content-Type")
            type = value;
        else
            out.set_header(name.c_str(), value);
    const auto* body = std::get_if<std::string>(&response.body);
    if (body != nullptr && !body->empty())
        out.set_content(*body, type.c_str());
}

/// The request that runs on this thread, for the handlers registered once.
struct Current {
    const net::Head* head = nullptr;
    const net::Peer* peer = nullptr;
};
thread_local Current current;

} // namespace

struct Bridge::Router final : httplib::Server {
    explicit Router(Services& s)
        : services(s) {
        for (const Route& route : routes())
            if (answersJson(route.work))
                add(route);
        set_exception_handler([](const httplib::Request&, httplib::Response& res, std::exception_ptr fault) {
            std::string what = "unknown";
            try {
                std::rethrow_exception(std::move(fault));
            } catch (const std::exception& error) {
                what = error.what();
            } catch (...) {
            }
            put(res, errorResponse(base::fatal("internal", what)));
        });
        set_error_handler([](const httplib::Request&, httplib::Response& res) {
            if (res.body.empty())
                put(res, errorResponse(base::rejected(res.status == 404 ? "not_found" : "bad_field", "router")));
        });
    }

    void add(const Route& route) {
        const auto handler = [this, &route](const httplib::Request& req, httplib::Response& res) {
            put(res, carryOut(route, req));
        };
        const auto pattern = expression(route.pattern);
        if (route.method == "GET")
            Get(pattern, handler);
        else if (route.method == "POST")
            Post(pattern, handler);
        else if (route.method == "PUT")
            Put(pattern, handler);
        else if (route.method == "DELETE")
            Delete(pattern, handler);
    }

    net::Response carryOut(const Route& route, const httplib::Request& req) {
        std::vector<std::string> values;
        for (std::size_t i = 1; i < req.matches.size(); ++i)
            values.push_back(req.matches[i].str());
        auto call = admit(services, route, std::move(values), *current.head, *current.peer);
        if (!call)
            return errorResponse(call.error());
        call->body = req.body;
        auto answer = handle(services, *call);
        if (!answer)
            return errorResponse(answer.error());
        return answer->empty() ? jsonResponse({}, 204) : jsonResponse(std::move(*answer));
    }

    std::string process(const net::Head& head, const net::Peer& peer, const std::string& body) {
        MemoryStream stream(serialized(head, body), peer.address);
        bool closed = false;
        current = {&head, &peer};
        process_request(stream, false, closed, nullptr);
        current = {};
        return std::move(stream.out());
    }

    Services& services;
};

Bridge::Bridge(Services& services)
    : m_router(std::make_unique<Router>(services)) {}

Bridge::~Bridge() = default;

net::Response Bridge::run(const net::Head& head, const net::Peer& peer, const std::string& body) const {
    net::Head get = head;
    if (head.method == "HEAD")
        get.method = "GET"; // the transport leaves the body away
    return parsed(m_router->process(get, peer, body));
}

} // namespace cb::http
