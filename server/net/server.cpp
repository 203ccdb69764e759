#include "server/net/server.h"

#include "server/net/core_p.h"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <condition_variable>
#include <ctime>
#include <future>
#include <mutex>
#include <optional>
#include <thread>

#include <pthread.h>

namespace cb::net {

namespace {

using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, asio::io_context::executor_type>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                                         asio::io_context::executor_type>;

std::string httpDate() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[40];
    const auto size = std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return {text, size};
}

base::Result<std::shared_ptr<asio::ssl::context>> readCertificates(const ServerOptions& options) {
    using asio::ssl::context;
    auto result = std::make_shared<context>(context::tls_server);
    boost::system::error_code error;
    result->set_options(context::default_workarounds | context::no_tlsv1 | context::no_tlsv1_1 |
                        context::no_compression);
    SSL_CTX_set_mode(result->native_handle(), SSL_MODE_RELEASE_BUFFERS); // an idle connection keeps no record buffers
    result->use_certificate_chain_file(options.certificateFile, error);
    if (!error)
        result->use_private_key_file(options.keyFile, context::pem, error);
    if (error)
        return base::fatal("bad_certificate", error.message());
    if (SSL_CTX_check_private_key(result->native_handle()) != 1)
        return base::fatal("bad_certificate", "the key is not the certificate's");
    return result;
}

} // namespace

struct Server::Impl {
    Impl(Application& application, base::WorkerPool& files, ServerOptions options)
        : core(application, files, std::move(options))
        , acceptor(core.io)
        , timer(core.io) {}

    Core core;
    Acceptor acceptor;
    Timer timer;
    std::shared_ptr<asio::ssl::context> tls; ///< shared with the accept under way; replaced on reload
    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work;
    std::thread thread;
    std::uint16_t port = 0;
    bool acceptPaused = false;
    std::function<void()> onTick;

    base::Result<void> listen() {
        boost::system::error_code error;
        const auto address = asio::ip::make_address(core.options.address, error);
        if (error)
            return base::fatal("listen_failed", "not an address: " + core.options.address);
        const asio::ip::tcp::endpoint endpoint(address, core.options.port);
        acceptor.open(endpoint.protocol(), error);
        if (!error)
            acceptor.set_option(asio::socket_base::reuse_address(true), error);
        if (!error)
            acceptor.bind(endpoint, error);
        if (!error)
            acceptor.listen(4096, error);
        if (error)
            return base::fatal("listen_failed", error.message());
        port = acceptor.local_endpoint(error).port();
        return {};
    }

    void accept() {
        acceptor.async_accept(core.io, [this](boost::system::error_code error, Tcp socket) {
            if (error == asio::error::operation_aborted || !acceptor.is_open())
                return;
            if (error) { // no descriptors left, for one: try again at the next tick
                acceptPaused = true;
                return;
            }
            take(std::move(socket));
            accept();
        });
    }

    void take(Tcp socket) {
        boost::system::error_code error;
        const auto remote = socket.remote_endpoint(error);
        if (error)
            return;
        auto ip = remote.address();
        if (ip.is_v6() && ip.to_v6().is_v4_mapped())
            ip = asio::ip::make_address_v4(asio::ip::v4_mapped, ip.to_v6());
        auto address = ip.to_string(error);
        core.counters.accepted.fetch_add(1, std::memory_order_relaxed);
        const bool counted =
            !isTrusted(address, core.options.trustedProxies) && (core.options.limitLoopback || !isLoopback(address));
        const auto key = limitKey(address);
        // A TLS handshake costs this thread about a millisecond: it counts as a request does.
        const bool dear = tls && counted && core.addresses.request(key, core.clock.now()).count() > 0;
        if (dear || core.counters.connections.load(std::memory_order_relaxed) >= core.options.connections ||
            (counted && !core.addresses.admit(key))) {
            core.counters.refused.fetch_add(1, std::memory_order_relaxed);
            return;
        }
        Admission admission(core, key, counted);
        socket.set_option(asio::ip::tcp::no_delay(true), error);
        if (tls)
            serveTls(core, std::move(socket), *tls, std::move(address), std::move(admission));
        else
            servePlain(core, std::move(socket), std::move(address), std::move(admission));
    }

    void tick() {
        timer.expires_after(core.options.tick);
        timer.async_wait([this](boost::system::error_code error) {
            if (error)
                return;
            core.date = httpDate();
            core.wheel.advance();
            if (onTick)
                onTick();
            if (acceptPaused && acceptor.is_open()) {
                acceptPaused = false;
                accept();
            }
            tick();
        });
    }

    void shutDownAll() {
        core.stopping = true;
        const std::vector<Live*> all(core.live.begin(), core.live.end());
        for (Live* live : all)
            if (core.live.count(live) != 0)
                live->shutDown();
    }
};

Server::Server(Application& application, base::WorkerPool& files, ServerOptions options)
    : m_impl(std::make_unique<Impl>(application, files, std::move(options))) {}

Server::~Server() {
    stop();
}

void Server::onTick(std::function<void()> work) {
    m_impl->onTick = std::move(work);
}

base::Result<void> Server::start() {
    auto& impl = *m_impl;
    if (!impl.core.options.certificateFile.empty()) {
        auto tls = readCertificates(impl.core.options);
        if (!tls)
            return tls.error();
        impl.tls = std::move(*tls);
    }
    if (auto listening = impl.listen(); !listening)
        return listening;
    impl.core.date = httpDate();
    impl.work.emplace(asio::make_work_guard(impl.core.io));
    impl.accept();
    impl.tick();
    impl.thread = std::thread([&impl] { impl.core.io.run(); });
    pthread_setname_np(impl.thread.native_handle(), "net");
    return {};
}

std::uint16_t Server::port() const {
    return m_impl->port;
}

base::Result<void> Server::reloadCertificates() {
    auto& impl = *m_impl;
    if (impl.core.options.certificateFile.empty())
        return {};
    auto fresh = readCertificates(impl.core.options);
    if (!fresh)
        return fresh.error();
    asio::post(impl.core.io, [&impl, tls = std::move(*fresh)] { impl.tls = tls; });
    return {};
}

void Server::stopAccepting() {
    asio::post(m_impl->core.io, [impl = m_impl.get()] {
        boost::system::error_code ignored;
        impl->acceptor.close(ignored);
    });
}

void Server::stop(std::chrono::milliseconds patience) {
    auto& impl = *m_impl;
    if (!impl.thread.joinable())
        return;
    stopAccepting();
    auto done = std::make_shared<std::promise<void>>(); // shared with the polling timer
    asio::post(impl.core.io, [&impl, done, patience] {
        impl.shutDownAll();
        const auto until = std::chrono::steady_clock::now() + patience;
        auto timer = std::make_shared<Timer>(impl.core.io); // shared with its own handler
        auto poll = std::make_shared<std::function<void()>>();
        *poll = [&impl, done, until, timer, weak = std::weak_ptr(poll)] {
            if (impl.core.live.empty() || std::chrono::steady_clock::now() >= until)
                return done->set_value();
            timer->expires_after(std::chrono::milliseconds(5));
            timer->async_wait([self = weak.lock()](boost::system::error_code) { (*self)(); });
        };
        (*poll)();
    });
    done->get_future().wait();
    asio::post(impl.core.io, [&impl] {
        const std::vector<Live*> all(impl.core.live.begin(), impl.core.live.end());
        for (Live* live : all)
            if (impl.core.live.count(live) != 0)
                live->abort();
        boost::system::error_code ignored;
        impl.timer.cancel(ignored);
        impl.work.reset();
        // Let the aborted operations end; work from other threads may still hold a connection, so there is a limit.
        auto timer = std::make_shared<Timer>(impl.core.io); // shared with its own handler
        timer->expires_after(std::chrono::milliseconds(200));
        timer->async_wait([&impl, timer](boost::system::error_code) { impl.core.io.stop(); });
        if (impl.core.live.empty())
            impl.core.io.stop();
    });
    impl.thread.join();
    impl.core.unflushed.clear(); // their sockets must not outlive `io`
}

void Server::post(std::function<void()> work) {
    asio::post(m_impl->core.io, std::move(work));
}

ServerStats Server::stats() const {
    const auto& c = m_impl->core.counters;
    constexpr auto relaxed = std::memory_order_relaxed;
    ServerStats stats;
    stats.accepted = c.accepted.load(relaxed);
    stats.refused = c.refused.load(relaxed);
    stats.requests = c.requests.load(relaxed);
    stats.rateLimited = c.rateLimited.load(relaxed);
    stats.framesIn = c.framesIn.load(relaxed);
    stats.framesOut = c.framesOut.load(relaxed);
    stats.slowReaders = c.slowReaders.load(relaxed);
    stats.writes = c.writes.load(relaxed);
    stats.connections = c.connections.load(relaxed);
    stats.sockets = c.sockets.load(relaxed);
    return stats;
}

} // namespace cb::net
