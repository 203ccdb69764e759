#pragma once

#include "tests/support/net/peer.h"
#include "tests/support/net/server_process.h"

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cb::test {

inline constexpr std::int64_t kDemoInstance = 1400000001;

struct Reply {
    int status = 0; ///< 0: no answer
    std::string body;
    std::multimap<std::string, std::string> headers; ///< names in lower case

    Json json() const { return Json::parse(body, nullptr, false); }
    std::string code() const; ///< of the error in the body; empty = none
    std::string header(const std::string& lowerName) const;
};

/// One request on a connection of its own. `target` goes out as it is, byte for byte.
Reply ask(std::uint16_t port, const std::string& method, const std::string& target, const std::string& body = {},
          const std::map<std::string, std::string>& headers = {});
std::map<std::string, std::string> bearer(const std::string& token);
std::map<std::string, std::string> visitorHeader(const std::string& token);

/// Sends bytes and reads until the other side closes or `patience` is over.
std::string exchange(std::uint16_t port, std::string_view bytes,
                     std::chrono::milliseconds patience = std::chrono::seconds(5));

/// 43 characters as a browser would make them; the same for the same number.
std::string visitorToken(int number);

/// A WebSocket client that waits for what it wants to see.
class Talker {
public:
    Talker(std::uint16_t port, const std::string& path, const std::string& origin = {});
    ~Talker();
    Talker(const Talker&) = delete;
    Talker& operator=(const Talker&) = delete;

    bool opened() const { return m_opened; }
    void text(std::string frame);
    void send(const std::string& type, Json d, int id = 0);
    /// The next frame that `wanted` likes, of those not looked at yet; null when there is none within ten seconds or
    /// the connection ends.
    Json until(const std::function<bool(const Json&)>& wanted);
    Json untilType(const std::string& type);
    Json untilEvent(const std::string& kind);
    Json answer(int id); ///< ok, welcome or error of the request
    /// Sends and waits for the answer.
    Json request(const std::string& type, Json d);
    /// Reads for so long; what came is dropped. Returns how many of this kind of event it was.
    int listen(std::chrono::milliseconds time, const std::string& kind);
    /// Waits for the end (ten seconds): its close code, 0 = without one, empty = still open.
    std::optional<std::uint16_t> closed();
    void reset();

private:
    struct State;
    bool pump(const std::function<bool()>& done);
    boost::asio::io_context m_io;
    std::shared_ptr<State> m_state;
    std::shared_ptr<Peer> m_peer;
    bool m_opened = false;
    int m_lastId = 1000;
};

struct Ran {
    int exitCode = -1;
    std::string output; ///< of both streams

    /// What follows `word` and a space, up to the end of the line.
    std::string value(const std::string& word) const;
};

/// cloudbell-server with these words, until it ends.
Ran runServer(const std::vector<std::string>& words);

/// A server on a fresh demonstration.
class DemoServer {
public:
    explicit DemoServer(std::vector<std::string> arguments = {});

    std::string trouble() const { return m_trouble; }
    ServerProcess& process() { return *m_process; }
    std::uint16_t port() const { return m_process->port(); }
    const std::string& data() const { return m_data; }
    const std::string& folder() const { return m_dir.path(); } ///< for other things; the data directory is inside

    Reply trySignIn(const std::string& email, const std::string& password, std::int64_t instance = kDemoInstance) const;
    /// The token; empty when refused.
    std::string signIn(const std::string& email, const std::string& password = "cloudbell",
                       std::int64_t instance = kDemoInstance) const;
    std::unique_ptr<Talker> agent(const std::string& token) const;   ///< welcomed
    std::unique_ptr<Talker> visitor(const std::string& token) const; ///< welcomed

private:
    TempDir m_dir;
    std::string m_data;
    std::unique_ptr<ServerProcess> m_process;
    std::string m_trouble;
};

} // namespace cb::test
