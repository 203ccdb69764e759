#pragma once

#include "server/net/http_types.h"
#include "shared/base/clock.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace cb::net {

/// The net thread, for those who must run something on it.
class Loop {
public:
    virtual ~Loop() = default;
    virtual void post(std::function<void()> work) = 0; ///< from any thread
};

/// Answers one request; once, from any thread.
using Respond = std::function<void(Response)>;

/// Takes an upload piece by piece. All calls on the net thread, one after the other; each waits for the callback of the
/// one before, so that a slow disk slows the sender. Callbacks may come from any thread.
class BodySink {
public:
    virtual ~BodySink() = default;
    /// False: enough; `finish` is called next and says why.
    virtual void write(std::string piece, std::function<void(bool goOn)> done) = 0;
    virtual void finish(Respond respond) = 0;
    /// The sender went away or was too slow. Nothing else is called.
    virtual void abort() = 0;
};

/// Read the whole body, at most `limit` bytes (else `tooLarge` is answered), then call `handle` on the net thread.
struct ReadAll {
    std::size_t limit = 0;
    Response tooLarge;
    std::function<void(std::string body, Respond respond)> handle;
};

/// Give the body to the sink, at most `limit` bytes.
struct StreamTo {
    std::int64_t limit = 0;
    Response tooLarge;
    std::shared_ptr<BodySink> sink; ///< shared with its pending disk work
};

/// What to do with a request, told after its head.
using Plan = std::variant<Response, ReadAll, StreamTo>;

/// One WebSocket connection. Net thread only. Valid until SocketEvents::onClosed.
class Socket {
public:
    /// Queues a text frame. When the queue is over its bounds the connection is closed with 4008 instead.
    virtual void send(std::shared_ptr<const std::string> frame) = 0;
    /// Sends what waits, then the close frame. Nothing is delivered afterwards.
    virtual void close(std::uint16_t code, std::string_view reason) = 0;
    /// SocketEvents::onDeadline after that many seconds; 0 = never. Replaces the one before.
    virtual void setDeadline(int seconds) = 0;

protected:
    ~Socket() = default;
};

/// The other side of a Socket. Net thread.
class SocketEvents {
public:
    virtual ~SocketEvents() = default;
    virtual void onOpen(Socket& socket) = 0;
    virtual void onText(std::string_view text) = 0;
    virtual void onBinary() = 0;
    virtual void onDeadline() = 0;
    virtual void onClosed() = 0; ///< exactly once if onOpen was called; the Socket is gone
};

/// A response to refuse, or who takes the connection (shared with the pending network operations).
using Upgrade = std::variant<Response, std::shared_ptr<SocketEvents>>;

/// What is wrong before there is a request for the application.
enum class Fault {
    NotHttp,
    HeadTooLarge,
    RateLimited,        ///< this address asks too often
    TooManyConnections, ///< of this address
    BadUpgrade,         ///< no WebSocket handshake of version 13
};

/// Net thread, must not block.
class Application {
public:
    virtual ~Application() = default;
    /// `then` once, from any thread.
    virtual void begin(const Head& head, const Peer& peer, std::function<void(Plan)> then) = 0;
    virtual Upgrade upgrade(const Head& head, const Peer& peer) = 0;
    /// `wait`: when it may be tried again; 0 = not known.
    virtual Response fault(Fault fault, base::Millis wait) = 0;
};

} // namespace cb::net
