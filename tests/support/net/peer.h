#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

/// A WebSocket client written from docs/protocol.md alone, for tests and load: many of them run on one io_context, one
/// thread.
namespace cb::test {

using Json = nlohmann::json;

class Peer : public std::enable_shared_from_this<Peer> {
public:
    struct Handlers {
        std::function<void()> opened;
        std::function<void(std::string_view text)> frame;
        std::function<void(std::uint16_t closeCode)>
            closed; ///< once per connection, also when it could not be opened (code 0)
    };

    /// Connects to ws://127.0.0.1:port/path. `origin` empty: no Origin header.
    static std::shared_ptr<Peer> open(boost::asio::io_context& io, std::uint16_t port, std::string path,
                                      std::string origin, Handlers handlers);

    ~Peer();
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    void send(std::string text);
    void close(); ///< politely
    void reset(); ///< TCP reset: the other side sees nothing but silence ended
    bool isOpen() const;

private:
    struct Impl;
    explicit Peer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace cb::test
