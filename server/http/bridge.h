#pragma once

#include "server/http/handlers.h"
#include "server/net/http_types.h"

#include <memory>
#include <string>

namespace cb::http {

/// cpp-httplib's router over memory: a request goes in as text, its answer comes out parsed. Safe from several threads
/// at once; blocks as long as the handler does.
class Bridge {
public:
    explicit Bridge(Services& services);
    ~Bridge();

    net::Response run(const net::Head& head, const net::Peer& peer, const std::string& body) const;

private:
    struct Router;
    std::unique_ptr<Router> m_router;
};

} // namespace cb::http
