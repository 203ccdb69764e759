#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cb::phone {

/// Keys of SRTP in SDP (RFC 4568), for the one suite that every trunk has: AES_CM_128_HMAC_SHA1_80.
using SdesKey = std::array<std::uint8_t, 30>; ///< 16 of key, 14 of salt

struct SdesOffer {
    int tag = 1;
    SdesKey key{};
};

/// What stands behind "a=crypto:". nullopt: another suite, not readable, or with something we cannot do (several keys,
/// a key identifier, a changed suite).
std::optional<SdesOffer> readSdes(std::string_view attribute);
std::string writeSdes(const SdesOffer& offer);

} // namespace cb::phone
