#pragma once

#include "shared/base/result.h"

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cb::test {

/// A real cloudbell-server as a child process. Ends it, by process id, when destroyed.
class ServerProcess {
public:
    struct Options {
        std::string program;                ///< path of cloudbell-server
        std::string data;                   ///< data directory
        std::uint16_t port = 0;             ///< 0: any; restart() keeps the one it got
        std::vector<std::string> arguments; ///< more of them
        std::map<std::string, std::string> environment;
        std::string log; ///< file for its stderr; empty: /dev/null
    };

    explicit ServerProcess(Options options);
    ~ServerProcess();
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    /// Starts and waits for its line "listening on …" (20 s at most).
    base::Result<void> start();
    void kill();     ///< SIGKILL, waits for its end
    int terminate(); ///< SIGTERM, waits; exit code, or -signal
    bool isRunning();
    std::uint16_t port() const { return m_options.port; }
    pid_t pid() const { return m_pid; }
    std::int64_t residentBytes() const;                        ///< RSS from /proc
    std::int64_t readyMillis() const { return m_readyMillis; } ///< start → listening

private:
    int wait();
    Options m_options;
    pid_t m_pid = 0;
    int m_out = -1;
    std::int64_t m_readyMillis = 0;
};

/// A fresh directory, removed at the end.
class TempDir {
public:
    TempDir();
    ~TempDir();
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;
    const std::string& path() const { return m_path; }

private:
    std::string m_path;
};

struct HttpAnswer {
    int status = 0; ///< 0: no connection
    std::string body;
};

/// A plain blocking request to 127.0.0.1:port, for tests only.
HttpAnswer http(std::uint16_t port, const std::string& method, const std::string& target, const std::string& body = {},
                const std::map<std::string, std::string>& headers = {});

} // namespace cb::test
