#include "server/net/connection_p.h"

#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket/ssl.hpp>

namespace cb::net {

void serveTls(Core& core, Tcp socket, asio::ssl::context& context, std::string address, Admission admission) {
    using Stream = beast::ssl_stream<Tcp>;
    const auto connection = std::make_shared<Connection<Stream>>(core, Stream(std::move(socket), context),
                                                                 std::move(address), std::move(admission));
    connection->start(
        [](Stream& stream, auto then) { stream.async_handshake(asio::ssl::stream_base::server, std::move(then)); });
}

} // namespace cb::net
