#include "server/net/addresses.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include <arpa/inet.h>

namespace cb::net {

namespace {

using Bytes = std::array<std::uint8_t, 16>;

bool isMapped(const Bytes& b) {
    return std::all_of(b.begin(), b.begin() + 10, [](auto x) { return x == 0; }) && b[10] == 0xFF && b[11] == 0xFF;
}

std::string_view withoutSpace(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

bool isPort(std::string_view text) {
    int port = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc{} && end == text.data() + text.size() && port >= 0 && port <= 65'535;
}

/// "1.2.3.4:567", "[::1]:99" and "[::1]" without port and brackets; anything else as it is. Some proxies write ports
/// (RFC 7239 6 has the same forms).
std::string_view withoutPort(std::string_view text) {
    if (!text.empty() && text.front() == '[') {
        const auto close = text.find(']');
        if (close == std::string_view::npos)
            return text;
        const std::string_view rest = text.substr(close + 1);
        const bool good = rest.empty() || (rest.front() == ':' && isPort(rest.substr(1)));
        const std::string_view inner = text.substr(1, close - 1);
        return good && inner.find(':') != std::string_view::npos ? inner : text;
    }
    const auto colon = text.find(':');
    const bool four = colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos;
    return four && isPort(text.substr(colon + 1)) ? text.substr(0, colon) : text;
}

} // namespace

std::optional<Bytes> parseAddress(std::string_view text) {
    const std::string copy(text);
    Bytes bytes{};
    if (inet_pton(AF_INET6, copy.c_str(), bytes.data()) == 1)
        return bytes;
    bytes[10] = bytes[11] = 0xFF;
    if (inet_pton(AF_INET, copy.c_str(), bytes.data() + 12) == 1)
        return bytes;
    return std::nullopt;
}

std::optional<Network> parseNetwork(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = parseAddress(text.substr(0, slash));
    if (!address)
        return std::nullopt;
    Network network{*address, 128};
    if (slash == std::string_view::npos)
        return network;
    const bool four = text.substr(0, slash).find(':') == std::string_view::npos;
    const std::string_view digits = text.substr(slash + 1);
    int prefix = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
    if (error != std::errc{} || end != digits.data() + digits.size() || prefix < 0 || prefix > (four ? 32 : 128))
        return std::nullopt;
    network.prefix = four ? prefix + 96 : prefix;
    return network;
}

bool Network::contains(const Bytes& address) const {
    const auto whole = static_cast<std::size_t>(prefix / 8);
    if (std::memcmp(bytes.data(), address.data(), whole) != 0)
        return false;
    const int rest = prefix % 8;
    return rest == 0 || ((bytes[whole] ^ address[whole]) >> (8 - rest)) == 0;
}

bool isLoopback(std::string_view address) {
    const auto bytes = parseAddress(address);
    if (!bytes)
        return false;
    if (isMapped(*bytes))
        return (*bytes)[12] == 127;
    Bytes one{};
    one[15] = 1;
    return *bytes == one;
}

bool isTrusted(std::string_view address, const std::vector<Network>& trusted) {
    const auto bytes = parseAddress(address);
    return bytes && std::any_of(trusted.begin(), trusted.end(), [&](const Network& n) { return n.contains(*bytes); });
}

std::string clientAddress(std::string_view peer, std::string_view forwardedFor, const std::vector<Network>& trusted) {
    std::string_view best = peer;
    while (isTrusted(best, trusted) && !forwardedFor.empty()) {
        const auto comma = forwardedFor.rfind(',');
        const std::string_view last =
            withoutPort(withoutSpace(comma == std::string_view::npos ? forwardedFor : forwardedFor.substr(comma + 1)));
        if (!parseAddress(last))
            break; // a proxy that sends rubbish is believed no further
        best = last;
        forwardedFor = comma == std::string_view::npos ? std::string_view{} : forwardedFor.substr(0, comma);
    }
    return std::string(best);
}

std::string limitKey(std::string_view address) {
    const auto bytes = parseAddress(address);
    if (!bytes)
        return "?";
    const auto* raw = reinterpret_cast<const char*>(bytes->data());
    return isMapped(*bytes) ? std::string(raw + 12, 4) : std::string(raw, 8);
}

} // namespace cb::net
