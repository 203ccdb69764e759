#include "tests/support/net/peer.h"

#include "server/net/corked.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>

#include <deque>

namespace cb::test {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using tcp = asio::ip::tcp;
using Socket = asio::basic_stream_socket<tcp, asio::io_context::executor_type>;

struct Peer::Impl {
    Impl(asio::io_context& io, std::string pathIn, std::string originIn, Handlers handlersIn)
        : stream(io)
        , path(std::move(pathIn))
        , origin(std::move(originIn))
        , handlers(std::move(handlersIn)) {}

    websocket::stream<net::Corked<Socket>, false> stream;
    std::string path;
    std::string origin;
    Handlers handlers;
    beast::flat_buffer inbox;
    std::deque<std::string> outbox;
    std::size_t underWay = 0; ///< of the outbox
    bool willFlush = false;
    bool open = false;
    bool writing = false;
    bool over = false;

    void finish() {
        if (over)
            return;
        over = true;
        open = false;
        const auto code = static_cast<std::uint16_t>(stream.reason().code);
        beast::error_code ignored;
        socket().close(ignored);
        auto closed = std::move(handlers.closed);
        handlers = {};
        if (closed)
            closed(code);
    }

    void read(const std::shared_ptr<Peer>& self) {
        stream.async_read(inbox, [this, self](beast::error_code error, std::size_t) {
            if (error)
                return finish();
            const auto bytes = inbox.cdata();
            if (handlers.frame)
                handlers.frame({static_cast<const char*>(bytes.data()), bytes.size()});
            inbox.consume(inbox.size());
            if (!over)
                read(self);
        });
    }

    /// What is sent in one turn leaves together, as a client on a busy machine would have it.
    void write(const std::shared_ptr<Peer>& self) {
        if (writing || willFlush || outbox.empty() || !open)
            return;
        willFlush = true;
        asio::post(stream.get_executor(), [this, self] {
            willFlush = false;
            if (open)
                flush(self);
        });
    }

    void flush(const std::shared_ptr<Peer>& self) {
        beast::error_code failed;
        for (underWay = 0; underWay < outbox.size() && !failed; ++underWay)
            stream.write(asio::buffer(outbox[underWay]), failed);
        if (failed)
            return finish();
        writing = true;
        stream.next_layer().flush([this, self](beast::error_code error, std::size_t) {
            writing = false;
            if (error)
                return finish();
            outbox.erase(outbox.begin(), outbox.begin() + static_cast<std::ptrdiff_t>(underWay));
            write(self);
        });
    }

    Socket& socket() { return stream.next_layer().next_layer(); }
};

Peer::Peer(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl)) {}

Peer::~Peer() = default;

std::shared_ptr<Peer> Peer::open(asio::io_context& io, std::uint16_t port, std::string path, std::string origin,
                                 Handlers handlers) {
    auto self = std::shared_ptr<Peer>(
        new Peer(std::make_unique<Impl>(io, std::move(path), std::move(origin), std::move(handlers))));
    Impl& impl = *self->m_impl;
    impl.stream.read_message_max(8 * 1024 * 1024);
    impl.socket().async_connect({asio::ip::address_v4::loopback(), port}, [self, &impl](beast::error_code error) {
        if (error || impl.over)
            return impl.finish();
        impl.socket().set_option(tcp::no_delay(true));
        impl.stream.set_option(websocket::stream_base::decorator([&impl](websocket::request_type& request) {
            if (!impl.origin.empty())
                request.set(beast::http::field::origin, impl.origin);
        }));
        impl.stream.async_handshake("127.0.0.1", impl.path, [self, &impl](beast::error_code handshake) {
            if (handshake || impl.over)
                return impl.finish();
            impl.open = true;
            if (impl.handlers.opened)
                impl.handlers.opened();
            if (impl.over)
                return;
            impl.read(self);
            impl.write(self);
        });
    });
    return self;
}

void Peer::send(std::string text) {
    if (m_impl->over)
        return;
    m_impl->outbox.push_back(std::move(text));
    m_impl->write(shared_from_this());
}

void Peer::close() {
    if (!m_impl->open)
        return reset();
    m_impl->open = false;
    m_impl->stream.async_close(websocket::close_code::normal,
                               [self = shared_from_this()](beast::error_code) { self->m_impl->finish(); });
}

void Peer::reset() {
    if (m_impl->over)
        return;
    beast::error_code ignored;
    m_impl->socket().set_option(asio::socket_base::linger(true, 0), ignored);
    m_impl->finish();
}

bool Peer::isOpen() const {
    return m_impl->open;
}

} // namespace cb::test
