#include "tests/support/net/server_process.h"

#include <httplib.h>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace cb::test {

ServerProcess::ServerProcess(Options options)
    : m_options(std::move(options)) {}

ServerProcess::~ServerProcess() {
    kill();
}

base::Result<void> ServerProcess::start() {
    int pipeEnds[2] = {-1, -1};
    if (::pipe2(pipeEnds, O_CLOEXEC) != 0)
        return base::fatal("pipe_failed");
    std::vector<std::string> words{m_options.program, "--data", m_options.data, "--listen",
                                   "127.0.0.1:" + std::to_string(m_options.port)};
    words.insert(words.end(), m_options.arguments.begin(), m_options.arguments.end());
    const auto began = std::chrono::steady_clock::now();
    m_pid = ::fork();
    if (m_pid == 0) {
        ::dup2(pipeEnds[1], STDOUT_FILENO);
        const int log =
            ::open(m_options.log.empty() ? "/dev/null" : m_options.log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        ::dup2(log, STDERR_FILENO);
        for (const auto& [key, value] : m_options.environment)
            ::setenv(key.c_str(), value.c_str(), 1);
        std::vector<char*> argv;
        for (auto& word : words)
            argv.push_back(word.data());
        argv.push_back(nullptr);
        ::execv(argv[0], argv.data());
        ::_exit(127);
    }
    ::close(pipeEnds[1]);
    m_out = pipeEnds[0];
    std::string text;
    while (text.find("listening on") == std::string::npos || text.back() != '\n') {
        pollfd waitFor{m_out, POLLIN, 0};
        char buffer[512];
        const bool late = std::chrono::steady_clock::now() - began > std::chrono::seconds(20);
        if (late || ::poll(&waitFor, 1, 20'000) <= 0)
            return base::fatal("server_start", "no line within 20 s: " + text);
        const auto n = ::read(m_out, buffer, sizeof buffer);
        if (n <= 0)
            return base::fatal("server_start", "ended: " + text);
        text.append(buffer, static_cast<std::size_t>(n));
    }
    m_readyMillis =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began).count();
    const auto line = text.substr(text.find("listening on"));
    m_options.port = static_cast<std::uint16_t>(std::strtoul(line.c_str() + line.rfind(':') + 1, nullptr, 10));
    return {};
}

int ServerProcess::wait() {
    int status = 0;
    if (m_pid > 0)
        ::waitpid(m_pid, &status, 0);
    m_pid = 0;
    if (m_out >= 0)
        ::close(m_out);
    m_out = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

void ServerProcess::kill() {
    if (m_pid <= 0)
        return;
    ::kill(m_pid, SIGKILL);
    wait();
}

int ServerProcess::terminate() {
    if (m_pid <= 0)
        return 0;
    ::kill(m_pid, SIGTERM);
    return wait();
}

bool ServerProcess::isRunning() {
    return m_pid > 0 && ::waitpid(m_pid, nullptr, WNOHANG) == 0;
}

std::int64_t ServerProcess::residentBytes() const {
    std::ifstream statm("/proc/" + std::to_string(m_pid) + "/statm");
    std::int64_t size = 0;
    std::int64_t resident = 0;
    statm >> size >> resident;
    return resident * ::sysconf(_SC_PAGESIZE);
}

TempDir::TempDir() {
    std::string pattern = (std::filesystem::temp_directory_path() / "cloudbell-test-XXXXXX").string();
    m_path = ::mkdtemp(pattern.data()) ? pattern : std::string();
}

TempDir::~TempDir() {
    std::error_code ignored;
    if (!m_path.empty())
        std::filesystem::remove_all(m_path, ignored);
}

HttpAnswer http(std::uint16_t port, const std::string& method, const std::string& target, const std::string& body,
                const std::map<std::string, std::string>& headers) {
    httplib::Client client("127.0.0.1", port);
    client.set_read_timeout(30);
    httplib::Request request;
    request.method = method;
    request.path = target;
    request.body = body;
    for (const auto& [key, value] : headers)
        request.set_header(key.c_str(), value);
    if (!body.empty() && !request.has_header("Content-Type"))
        request.set_header("Content-Type", "application/json");
    const auto result = client.send(request);
    return result ? HttpAnswer{result->status, result->body} : HttpAnswer{};
}

} // namespace cb::test
