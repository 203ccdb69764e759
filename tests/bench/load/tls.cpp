// What an idle connection costs over TLS.
#include "tests/bench/load/figures.h"
#include "tests/support/net/certificate.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <fmt/format.h>

#include <memory>
#include <vector>

namespace cb::bench {

using namespace test;
using namespace std::chrono_literals;
namespace asio = boost::asio;
namespace beast = boost::beast;

namespace {

using Stream = beast::websocket::stream<beast::ssl_stream<asio::ip::tcp::socket>>;

std::unique_ptr<Stream> visitor(Bed& bed, asio::ssl::context& context, const std::string& channel, int number) {
    auto stream = std::make_unique<Stream>(bed.io(), context);
    stream->next_layer().next_layer().connect({asio::ip::address_v4::loopback(), bed.server().port()});
    stream->next_layer().handshake(asio::ssl::stream_base::client);
    stream->set_option(beast::websocket::stream_base::decorator(
        [](auto& request) { request.set(beast::http::field::origin, "http://shop.test"); }));
    stream->handshake("127.0.0.1", "/ws/visitor");
    const std::string token = fmt::format("{:A>42}A", number); // 258 bits: the last two must be zero
    stream->write(asio::buffer(fmt::format(
        R"({{"t":"hello","id":1,"d":{{"protocol":1,"channel":"{}","token":"{}","cursor":0,"locale":"en","page":{{}}}}}})",
        channel, token)));
    beast::flat_buffer answer;
    stream->read(answer);
    const auto text = beast::buffers_to_string(answer.data());
    if (text.find("welcome") == std::string::npos)
        fmt::print(stderr, "{}\n", text);
    return stream;
}

} // namespace

int tlsRun() {
    constexpr int kConnections = 1000;
    TempDir keys;
    const auto certificate = keys.path() + "/cert.pem";
    const auto key = keys.path() + "/key.pem";
    if (!makeCertificate("localhost", certificate, key))
        return 1;
    Seed seed;
    Bed bed(seed, {"--tls-cert", certificate, "--tls-key", key});
    if (!bed.trouble().empty()) {
        fmt::print(stderr, "{}\n", bed.trouble());
        return 1;
    }
    bed.runFor(1s);
    const auto before = bed.server().residentBytes();
    asio::ssl::context context(asio::ssl::context::tls_client);
    context.set_verify_mode(asio::ssl::verify_none);
    std::vector<std::unique_ptr<Stream>> all;
    const auto from = Clock::now();
    try {
        for (int i = 0; i < kConnections; ++i)
            all.push_back(visitor(bed, context, bed.seeded().channelKey, i));
    } catch (const std::exception& e) {
        fmt::print(stderr, "{}\n", e.what());
        return 1;
    }
    const double took = std::chrono::duration<double>(Clock::now() - from).count();
    row("TLS connections", fmt::format("{}, one after the other in {:.1f} s", kConnections, took));
    row("server memory per idle visitor connection, TLS",
        fmt::format("{:.1f} KB", static_cast<double>(bed.server().residentBytes() - before) / 1e3 / kConnections));
    return 0;
}

} // namespace cb::bench
