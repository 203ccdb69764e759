#include "tests/support/net/fault_proxy.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <set>

namespace cb::test {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

namespace {

class Link;

struct Shared {
    FaultProxy::Faults faults;
    bool silent = false;
    std::uint64_t resets = 0;
    base::Random random{1};
    std::set<std::shared_ptr<Link>> links;
};

/// One proxied connection: two pumps.
class Link : public std::enable_shared_from_this<Link> {
public:
    Link(tcp::socket client, std::shared_ptr<Shared> shared)
        : m_client(std::move(client))
        , m_server(m_client.get_executor())
        , m_timers{asio::steady_timer(m_client.get_executor()), asio::steady_timer(m_client.get_executor())}
        , m_shared(std::move(shared)) {
        if (const auto mean = m_shared->faults.resetOncePerBytes)
            m_bytesLeft = static_cast<std::int64_t>(1 + m_shared->random.below(2 * mean));
    }

    void start(std::uint16_t target) {
        m_server.async_connect({asio::ip::address_v4::loopback(), target},
                               [self = shared_from_this()](error_code error) {
                                   if (error)
                                       return self->reset();
                                   self->pump(0);
                                   self->pump(1);
                               });
    }

    void reset() {
        if (m_over)
            return;
        m_over = true;
        for (tcp::socket* socket : {&m_client, &m_server}) {
            error_code ignored;
            socket->set_option(asio::socket_base::linger(true, 0), ignored);
            socket->close(ignored);
        }
        for (auto& timer : m_timers)
            timer.cancel();
        m_shared->links.erase(shared_from_this());
    }

    void wake() {
        for (std::size_t way : {0u, 1u})
            if (m_held[way])
                forward(way);
    }

private:
    tcp::socket& from(std::size_t way) { return way == 0 ? m_client : m_server; }
    tcp::socket& to(std::size_t way) { return way == 0 ? m_server : m_client; }

    void pump(std::size_t way) {
        from(way).async_read_some(asio::buffer(m_buffers[way]),
                                  [self = shared_from_this(), way](error_code error, std::size_t n) {
                                      if (error)
                                          return self->reset();
                                      self->m_sizes[way] = n;
                                      self->m_timers[way].expires_after(self->m_shared->faults.delay);
                                      self->m_timers[way].async_wait([self, way](error_code cancelled) {
                                          if (!cancelled)
                                              self->forward(way);
                                      });
                                  });
    }

    void forward(std::size_t way) {
        if (m_over)
            return;
        m_held[way] = m_shared->silent;
        if (m_held[way])
            return;
        std::size_t n = m_sizes[way];
        const bool cut = m_bytesLeft > 0 && static_cast<std::int64_t>(n) >= m_bytesLeft;
        if (cut)
            n = static_cast<std::size_t>(m_bytesLeft) - 1;
        if (m_bytesLeft > 0)
            m_bytesLeft -= static_cast<std::int64_t>(n);
        asio::async_write(to(way), asio::buffer(m_buffers[way].data(), n),
                          [self = shared_from_this(), way, cut](error_code error, std::size_t) {
                              if (cut)
                                  ++self->m_shared->resets;
                              if (error || cut)
                                  return self->reset();
                              self->pump(way);
                          });
    }

    tcp::socket m_client;
    tcp::socket m_server;
    std::array<asio::steady_timer, 2> m_timers;
    std::shared_ptr<Shared> m_shared; // shared: links outlive the proxy by one callback
    std::array<std::array<char, 16384>, 2> m_buffers{};
    std::array<std::size_t, 2> m_sizes{};
    std::array<bool, 2> m_held{};
    std::int64_t m_bytesLeft = 0; ///< 0 = no limit
    bool m_over = false;
};

} // namespace

struct FaultProxy::Impl : std::enable_shared_from_this<Impl> {
    Impl(asio::io_context& io, std::uint16_t targetIn)
        : acceptor(io, {asio::ip::address_v4::loopback(), 0})
        , target(targetIn) {}

    tcp::acceptor acceptor;
    std::uint16_t target;
    std::shared_ptr<Shared> shared = std::make_shared<Shared>();

    void accept() {
        acceptor.async_accept([self = shared_from_this()](error_code error, tcp::socket socket) {
            if (error)
                return;
            auto link = std::make_shared<Link>(std::move(socket), self->shared);
            self->shared->links.insert(link);
            link->start(self->target);
            self->accept();
        });
    }
};

FaultProxy::FaultProxy(asio::io_context& io, std::uint16_t target, std::uint64_t seed)
    : m_impl(std::make_shared<Impl>(io, target)) {
    m_impl->shared->random = base::Random(seed);
    m_impl->accept();
}

FaultProxy::~FaultProxy() {
    m_impl->acceptor.close();
    resetAll();
}

std::uint16_t FaultProxy::port() const {
    return m_impl->acceptor.local_endpoint().port();
}
void FaultProxy::setTarget(std::uint16_t port) {
    m_impl->target = port;
}
void FaultProxy::setFaults(Faults faults) {
    m_impl->shared->faults = faults;
}

void FaultProxy::resetAll() {
    const auto links = m_impl->shared->links;
    for (const auto& link : links)
        link->reset();
}

void FaultProxy::setSilent(bool silent) {
    m_impl->shared->silent = silent;
    if (silent)
        return;
    const auto links = m_impl->shared->links;
    for (const auto& link : links)
        link->wake();
}

std::size_t FaultProxy::connections() const {
    return m_impl->shared->links.size();
}
std::uint64_t FaultProxy::resets() const {
    return m_impl->shared->resets;
}

} // namespace cb::test
