#include "server/net/addresses.h"
#include "server/net/http_types.h"
#include "server/net/range.h"

#include <cstdint>
#include <cstdlib>

/// Any bytes in headers, queries and addresses.
using namespace cb;

namespace {

void require(bool good) {
    if (!good)
        std::abort();
}

void ranges(std::string_view text) {
    for (const std::int64_t size : {std::int64_t(0), std::int64_t(1), std::int64_t(1000), INT64_MAX}) {
        const auto range = net::parseRange(text, size);
        if (const auto* part = std::get_if<net::Part>(&range))
            require(part->first >= 0 && part->first <= part->last && part->last < size);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    ranges(text);
    ranges("bytes=" + std::string(text));
    require(net::percentDecoded(text, true).size() <= size);
    require(net::queryValue(text, "name").size() <= size);
    const auto trusted = net::parseNetwork("10.0.0.0/8");
    require(trusted.has_value());
    require(net::clientAddress("192.0.2.7", text, {*trusted}) == "192.0.2.7"); // nobody else's word is taken
    const auto client = net::clientAddress("10.0.0.1", text, {*trusted});
    require(net::parseAddress(client).has_value());
    net::parseNetwork(text);
    net::limitKey(text);
    net::isLoopback(text);
    net::Response response;
    response.headers.emplace_back("X-Any", std::string(text));
    const auto head = net::serializeHead(response, true, "now");
    require(head.find("\r\n\r\n") == head.size() - 4);
    return 0;
}
