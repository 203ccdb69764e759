#include "tests/server/app/demo_server.h"

#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <cstdio>

#include <sys/wait.h>

namespace cb::test {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::seconds kPatience{10};

std::string lower(std::string text) {
    for (auto& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

Reply parseReply(const std::string& text) {
    Reply reply;
    const auto end = text.find("\r\n\r\n");
    if (end == std::string::npos || text.compare(0, 5, "HTTP/") != 0)
        return reply;
    reply.status = std::atoi(text.c_str() + text.find(' '));
    reply.body = text.substr(end + 4);
    for (auto at = text.find("\r\n") + 2; at < end;) {
        const auto stop = text.find("\r\n", at);
        const auto colon = text.find(':', at);
        if (colon < stop)
            reply.headers.emplace(
                lower(text.substr(at, colon - at)),
                text.substr(text.find_first_not_of(' ', colon + 1), stop - text.find_first_not_of(' ', colon + 1)));
        at = stop + 2;
    }
    return reply;
}

std::string quoted(const std::string& word) {
    std::string out = "'";
    for (const char c : word)
        out.append(c == '\'' ? "'\\''" : std::string(1, c));
    return out + "'";
}

} // namespace

std::string Reply::code() const {
    const auto document = json();
    if (!document.is_object() || !document.contains("error"))
        return {};
    return document["error"].value("code", "");
}

std::string Reply::header(const std::string& lowerName) const {
    const auto found = headers.find(lowerName);
    return found == headers.end() ? std::string() : found->second;
}

std::string exchange(std::uint16_t port, std::string_view bytes, std::chrono::milliseconds patience) {
    asio::io_context io;
    asio::ip::tcp::socket socket(io);
    boost::system::error_code error;
    socket.connect({asio::ip::address_v4::loopback(), port}, error);
    if (error)
        return {};
    std::string out;
    asio::async_write(socket, asio::buffer(bytes), [](boost::system::error_code, std::size_t) {});
    asio::async_read(socket, asio::dynamic_buffer(out), [&](boost::system::error_code, std::size_t) {
        socket.close(error); // a server that answers early leaves the rest unread
    });
    io.run_for(patience);
    return out;
}

Reply ask(std::uint16_t port, const std::string& method, const std::string& target, const std::string& body,
          const std::map<std::string, std::string>& headers) {
    std::string text = method + ' ' + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
    for (const auto& [name, value] : headers)
        text.append(name).append(": ").append(value).append("\r\n");
    if (!body.empty() && headers.count("Content-Type") == 0)
        text += "Content-Type: application/json\r\n";
    if (!body.empty() || method == "POST" || method == "PUT")
        text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
    text.append("\r\n").append(body);
    return parseReply(exchange(port, text, kPatience));
}

std::map<std::string, std::string> bearer(const std::string& token) {
    return {{"Authorization", "Bearer " + token}};
}

std::map<std::string, std::string> visitorHeader(const std::string& token) {
    return {{"Authorization", "Visitor " + token}};
}

std::string visitorToken(int number) {
    std::string token = std::to_string(number);
    token.insert(0, 42 - token.size(), 'v');
    return token + 'A';
}

struct Talker::State {
    std::deque<Json> frames;
    bool opened = false;
    std::optional<std::uint16_t> closed;
};

Talker::Talker(std::uint16_t port, const std::string& path, const std::string& origin)
    : m_state(std::make_shared<State>()) {
    Peer::Handlers handlers;
    handlers.opened = [state = m_state] { state->opened = true; };
    handlers.frame = [state = m_state](std::string_view text) {
        state->frames.push_back(Json::parse(text, nullptr, false));
    };
    handlers.closed = [state = m_state](std::uint16_t code) { state->closed = code; };
    m_peer = Peer::open(m_io, port, path, origin, std::move(handlers));
    pump([this] { return m_state->opened || m_state->closed.has_value(); });
    m_opened = m_state->opened;
}

Talker::~Talker() {
    m_peer->reset();
    m_io.restart();
    m_io.poll();
}

bool Talker::pump(const std::function<bool()>& done) {
    const auto end = Clock::now() + kPatience;
    m_io.restart();
    while (!done() && Clock::now() < end)
        if (m_io.run_one_until(end) == 0 && m_io.stopped())
            break;
    return done();
}

void Talker::text(std::string frame) {
    m_peer->send(std::move(frame));
    m_io.restart();
    m_io.poll();
}

void Talker::send(const std::string& type, Json d, int id) {
    Json frame{{"t", type}, {"d", std::move(d)}};
    if (id != 0)
        frame["id"] = id;
    text(frame.dump());
}

Json Talker::until(const std::function<bool(const Json&)>& wanted) {
    Json found;
    pump([&] {
        while (found.is_null() && !m_state->frames.empty()) {
            if (wanted(m_state->frames.front()))
                found = std::move(m_state->frames.front());
            m_state->frames.pop_front();
        }
        return !found.is_null() || m_state->closed.has_value();
    });
    return found;
}

Json Talker::untilType(const std::string& type) {
    return until([&](const Json& frame) { return frame.is_object() && frame.value("t", "") == type; });
}

Json Talker::untilEvent(const std::string& kind) {
    return until([&](const Json& frame) {
        return frame.is_object() && frame.value("t", "") == "event" && frame["d"].value("kind", "") == kind;
    });
}

Json Talker::answer(int id) {
    return until([&](const Json& frame) { return frame.is_object() && frame.value("re", 0) == id; });
}

Json Talker::request(const std::string& type, Json d) {
    const int id = ++m_lastId;
    send(type, std::move(d), id);
    return answer(id);
}

int Talker::listen(std::chrono::milliseconds time, const std::string& kind) {
    m_io.restart();
    m_io.run_for(time);
    int count = 0;
    for (const auto& frame : m_state->frames)
        count += frame.is_object() && frame.value("t", "") == "event" && frame["d"].value("kind", "") == kind ? 1 : 0;
    m_state->frames.clear();
    return count;
}

std::optional<std::uint16_t> Talker::closed() {
    pump([this] { return m_state->closed.has_value(); });
    return m_state->closed;
}

void Talker::reset() {
    m_peer->reset();
}

std::string Ran::value(const std::string& word) const {
    const auto at = output.find(word + ' ');
    if (at == std::string::npos)
        return {};
    const auto start = at + word.size() + 1;
    return output.substr(start, output.find('\n', start) - start);
}

Ran runServer(const std::vector<std::string>& words) {
    std::string command = quoted(CLOUDBELL_SERVER_PROGRAM);
    for (const auto& word : words)
        command.append(" ").append(quoted(word));
    Ran ran;
    FILE* out = ::popen((command + " 2>&1").c_str(), "re");
    if (out == nullptr)
        return ran;
    std::array<char, 4096> buffer{};
    for (auto n = std::fread(buffer.data(), 1, buffer.size(), out); n > 0;
         n = std::fread(buffer.data(), 1, buffer.size(), out))
        ran.output.append(buffer.data(), n);
    const int status = ::pclose(out);
    ran.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    return ran;
}

DemoServer::DemoServer(std::vector<std::string> arguments)
    : m_data(m_dir.path() + "/data") {
    ServerProcess::Options options;
    options.program = CLOUDBELL_SERVER_PROGRAM;
    options.data = m_data;
    options.arguments = std::move(arguments);
    options.arguments.insert(options.arguments.begin(), "--demo");
    if (const char* log = std::getenv("CLOUDBELL_TEST_SERVER_LOG"))
        options.log = log;
    m_process = std::make_unique<ServerProcess>(options);
    if (auto started = m_process->start(); !started)
        m_trouble = started.error().code + " " + started.error().detail;
}

Reply DemoServer::trySignIn(const std::string& email, const std::string& password, std::int64_t instance) const {
    const Json body{{"instance", instance}, {"email", email}, {"password", password}, {"device", "test"}};
    return ask(port(), "POST", "/api/v1/sign-in", body.dump());
}

std::string DemoServer::signIn(const std::string& email, const std::string& password, std::int64_t instance) const {
    const auto reply = trySignIn(email, password, instance);
    return reply.status == 200 ? reply.json().value("token", "") : std::string();
}

std::unique_ptr<Talker> DemoServer::agent(const std::string& token) const {
    auto talker = std::make_unique<Talker>(port(), "/ws/agent");
    talker->send("hello", {{"protocol", 1}, {"token", token}, {"client", "test"}, {"device", "test"}}, 1);
    if (talker->answer(1).value("t", "") != "welcome")
        return nullptr;
    return talker;
}

std::unique_ptr<Talker> DemoServer::visitor(const std::string& token) const {
    auto talker = std::make_unique<Talker>(port(), "/ws/visitor", "http://shop.test");
    talker->send("hello", {{"protocol", 1}, {"channel", "demo"}, {"token", token}}, 1);
    if (talker->answer(1).value("t", "") != "welcome")
        return nullptr;
    return talker;
}

} // namespace cb::test
