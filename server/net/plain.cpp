#include "server/net/connection_p.h"

namespace cb::net {

void servePlain(Core& core, Tcp socket, std::string address, Admission admission) {
    const auto connection =
        std::make_shared<Connection<Tcp>>(core, std::move(socket), std::move(address), std::move(admission));
    connection->start([](Tcp&, auto then) { then(beast::error_code{}); });
}

} // namespace cb::net
