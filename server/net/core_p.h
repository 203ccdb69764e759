#pragma once

#include "server/net/server.h"
#include "server/net/wheel.h"
#include "shared/base/clock.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>

#include <atomic>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace cb::net {

namespace asio = boost::asio;
using Tcp = asio::basic_stream_socket<asio::ip::tcp, asio::io_context::executor_type>;

/// Something that holds a connection and is told when the server stops.
class Live {
public:
    virtual ~Live() = default;
    virtual void shutDown() = 0; ///< end when what runs is done
    virtual void abort() = 0;    ///< end now
};

/// Something with frames to send.
class Flushable {
public:
    virtual ~Flushable() = default;
    virtual void flush() = 0;
};

struct Counters {
    std::atomic<std::uint64_t> accepted{0}, refused{0}, requests{0}, rateLimited{0}, framesIn{0}, framesOut{0},
        slowReaders{0}, writes{0};
    std::atomic<std::size_t> connections{0}, sockets{0};
};

/// What all connections share. Net thread, except the counters and `io`.
struct Core {
    Core(Application& app, base::WorkerPool& pool, ServerOptions o)
        : application(app)
        , files(pool)
        , options(std::move(o))
        , addresses(options.connectionsPerAddress, options.requests) {}

    Application& application;
    base::WorkerPool& files;
    ServerOptions options;
    Wheel wheel;
    AddressLimits addresses;
    base::SystemClock clock;
    Counters counters;
    std::unordered_set<Live*> live;
    std::vector<std::shared_ptr<Flushable>> unflushed; ///< shared: a connection may end before its turn
    bool stopping = false;
    std::string date;       ///< of the present tick, for the Date header
    asio::io_context io{1}; ///< last: what still waits in it may hold connections, which use all of the above

    /// Flushes when the work at hand is done, so that all it has to say to one connection leaves together.
    void flushSoon(std::shared_ptr<Flushable> connection) {
        unflushed.push_back(std::move(connection));
        if (unflushed.size() > 1)
            return;
        asio::post(io, [this] {
            const auto all = std::exchange(unflushed, {});
            for (const auto& one : all)
                one->flush();
        });
    }
};

/// One place among an address's connections, given back with the object.
class Admission {
public:
    Admission(Core& core, std::string key, bool counted)
        : m_core(&core)
        , m_key(std::move(key))
        , m_counted(counted) {
        m_core->counters.connections.fetch_add(1, std::memory_order_relaxed);
    }
    Admission(Admission&& other) noexcept
        : m_core(std::exchange(other.m_core, nullptr))
        , m_key(std::move(other.m_key))
        , m_counted(other.m_counted) {}
    Admission& operator=(Admission&&) = delete;
    /// Of a connection that a proxy brought: from now on the address behind it is counted. False: it has too many.
    bool chargeTo(std::string key) {
        if (m_counted || !m_core->addresses.admit(key))
            return m_counted;
        m_key = std::move(key);
        m_counted = true;
        return true;
    }
    ~Admission() {
        if (m_core == nullptr)
            return;
        m_core->counters.connections.fetch_sub(1, std::memory_order_relaxed);
        if (m_counted)
            m_core->addresses.release(m_key);
    }

private:
    Core* m_core;
    std::string m_key;
    bool m_counted;
};

/// Each in a translation unit of its own: Beast is compiled there only.
void serveTls(Core& core, Tcp socket, asio::ssl::context& context, std::string address, Admission admission);
void servePlain(Core& core, Tcp socket, std::string address, Admission admission);

} // namespace cb::net
