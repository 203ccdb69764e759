#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cb::net {

/// An IPv4 or IPv6 network; IPv4 as IPv4-mapped IPv6.
struct Network {
    std::array<std::uint8_t, 16> bytes{};
    int prefix = 128;

    bool contains(const std::array<std::uint8_t, 16>& address) const;
};

std::optional<std::array<std::uint8_t, 16>> parseAddress(std::string_view text);
/// "10.0.0.0/8", "::1", "192.0.2.7".
std::optional<Network> parseNetwork(std::string_view text);

/// 127.0.0.0/8, ::1 and 127.0.0.0/8 as IPv4-mapped.
bool isLoopback(std::string_view address);

/// Who really asked: `peer`, unless it is a trusted proxy; then the last address of X-Forwarded-For that is none.
/// Nobody else's word is taken. Entries may have a port ("192.0.2.7:567", "[2001:db8::1]:567"); it is left out.
std::string clientAddress(std::string_view peer, std::string_view forwardedFor, const std::vector<Network>& trusted);
bool isTrusted(std::string_view address, const std::vector<Network>& trusted);

/// What limits count by: an IPv4 address, or the /64 of an IPv6 one, because a host owns that many.
std::string limitKey(std::string_view address);

} // namespace cb::net
