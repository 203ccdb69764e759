#pragma once

#include "server/http/bridge.h"
#include "server/http/services.h"
#include "server/net/application.h"
#include "server/net/error_counts.h"

#include <functional>
#include <string>

namespace cb::base {
class WorkerPool;
}

namespace cb::http {

/// The pools routes run in; all bounded, all outlive the server.
struct Pools {
    base::WorkerPool& json;
    base::WorkerPool& hash;    ///< as many threads as password hashes may run at once
    base::WorkerPool& files;   ///< uploads' disk work, figures, taking audio apart
    base::WorkerPool& changes; ///< one thread: saves and publishes, which wait for their commit
    base::WorkerPool& erasing; ///< one thread: what a customer said is removed
};

/// Decides by the route table what happens to each request. Net thread.
class HttpApplication final : public net::Application {
public:
    /// WebSocket paths are the hub's: `agents()`, `visitors(origin, client's address)`.
    struct Upgrades {
        std::function<net::Upgrade()> agents;
        std::function<net::Upgrade(std::string origin, std::string address)> visitors;
    };

    HttpApplication(Services& services, Pools pools, Upgrades upgrades, net::ErrorCounts& errors);

    void begin(const net::Head& head, const net::Peer& peer, std::function<void(net::Plan)> then) override;
    net::Upgrade upgrade(const net::Head& head, const net::Peer& peer) override;
    net::Response fault(net::Fault fault, base::Millis wait) override;

private:
    struct Request;
    base::WorkerPool& poolOf(Work work);
    net::Response inlineAnswer(const Route& route, const net::Head& head);
    void figures(const net::Head& head, const net::Peer& peer, std::function<void(net::Plan)> then);
    net::Plan json(const Request& request);
    void admittedJson(const Request& request, std::function<void(net::Plan)> then);
    void upload(const Request& request, std::function<void(net::Plan)> then);
    void uploadAudio(const Request& request, std::function<void(net::Plan)> then);
    void sound(const Request& request, std::function<void(net::Plan)> then);
    base::Result<net::Response> fileAnswer(const Call& call, const net::Head& head);
    void download(const Request& request, std::function<void(net::Plan)> then);
    void preflight(const net::Head& head, const std::vector<std::string>& values, const std::string& allow,
                   std::function<void(net::Plan)> then);
    net::Response refused(const base::Error& error);
    net::Response busy();
    net::Response refusedUpgrade(const base::Error& error);
    /// CORS headers for a page of the channel's domain; others get none.
    void addCors(const Route& route, const std::vector<std::string>& values, const net::Head& head,
                 net::Response& response);
    static net::Response embedded(const EmbeddedFile& file, const net::Head& head);

    Services& m_services;
    Pools m_pools;
    Upgrades m_upgrades;
    net::ErrorCounts& m_errors;
    Bridge m_bridge;
    std::string m_openApi;
};

} // namespace cb::http
