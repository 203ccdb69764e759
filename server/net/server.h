#pragma once

#include "server/net/addresses.h"
#include "server/net/application.h"
#include "server/net/limits.h"
#include "shared/base/result.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace cb::base {
class WorkerPool;
}

namespace cb::net {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;      ///< 0 = any free one
    std::string certificateFile; ///< PEM chain; empty = no TLS
    std::string keyFile;
    std::vector<Network> trustedProxies;
    std::size_t connections = 20'000;        ///< at once; further ones are closed unread
    std::size_t connectionsPerAddress = 500; ///< of a trusted proxy only WebSockets, for the address behind it
    Rate requests{50, 200};                  ///< HTTP requests of one address, upgrades too
    bool limitLoopback = false; ///< this host's own connections count too; without it no address-wise limit holds them

    // Time limits in ticks of the wheel.
    std::chrono::milliseconds tick{1000};
    int headTicks = 12;      ///< a connection without a whole request head is dropped
    int bodyTicks = 15;      ///< without any byte of the body
    int wholeBodyTicks = 60; ///< for a JSON body; uploads may take ten times that
    int writeTicks = 30;     ///< without any progress while sending
    int pingTicks = 20;
    int silenceTicks = 45;
    int closeTicks = 5; ///< for the other side to answer a close

    std::size_t headBytes = 16 * 1024;
    std::size_t frameBytes = 64 * 1024;       ///< of one incoming WebSocket message
    std::size_t queueFrames = 4'096;          ///< waiting for one connection, then it is closed with 4008
    std::size_t queueBytes = 4 * 1024 * 1024; ///< likewise; larger than a welcome
};

/// Figures for /metrics; values of a moment.
struct ServerStats {
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0; ///< over a limit
    std::uint64_t requests = 0;
    std::uint64_t rateLimited = 0;
    std::uint64_t framesIn = 0;
    std::uint64_t framesOut = 0;
    std::uint64_t slowReaders = 0;
    std::uint64_t writes = 0;
    std::size_t connections = 0;
    std::size_t sockets = 0;
};

/// The public port and its one thread (the net thread).
class Server final : public Loop {
public:
    /// `files` reads the pieces of files that are sent. Everything passed outlives the server.
    Server(Application& application, base::WorkerPool& files, ServerOptions options);
    ~Server() override;

    /// Called on the net thread at every tick. Before start().
    void onTick(std::function<void()> work);

    /// Listens; the thread runs when it returns. Errors: listen_failed, bad_certificate.
    base::Result<void> start();
    std::uint16_t port() const; ///< the one really bound

    /// Reads certificate and key again; connections that are open keep theirs. On an error the old ones stay.
    base::Result<void> reloadCertificates();

    /// Accepts nothing more.
    void stopAccepting();
    /// Closes WebSockets with 1001 and HTTP connections after their answer, waits for them at most
    /// `patience`, then ends the thread. Idempotent.
    void stop(std::chrono::milliseconds patience = std::chrono::seconds(2));

    void post(std::function<void()> work) override;
    ServerStats stats() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace cb::net
