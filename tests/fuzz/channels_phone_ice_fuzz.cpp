#include "server/channels/phone/ice_lite.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

/// Any bytes as a packet at the port of an agent's page, and as further attributes of a request that is signed as the
/// page signs them. There is no socket, so nothing is answered, whatever comes.
using namespace cb;

namespace {

using Outcome = phone::IceLite::Outcome;

void require(bool good) {
    if (!good)
        std::abort();
}

Outcome outcomeOf(const phone::IceLite& ice, const std::string& packet) {
    const phone::Ref<mbuf> buffer(mbuf_alloc(packet.size() + 1));
    require(buffer != nullptr &&
            mbuf_write_mem(buffer.get(), reinterpret_cast<const std::uint8_t*>(packet.data()), packet.size()) == 0);
    mbuf_set_pos(buffer.get(), 0);
    sa source{};
    require(sa_set_str(&source, "192.0.2.1", 5000) == 0);
    return ice.take(nullptr, source, buffer.get());
}

/// CRC-32 of ITU-T V.42; libre keeps its own to itself.
std::uint32_t crcOf(const std::string& bytes) {
    std::uint32_t crc = 0xFFFFFFFF;
    for (const char byte : bytes) {
        crc ^= static_cast<std::uint8_t>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
    }
    return ~crc;
}

void put(std::string& out, std::uint32_t value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        out += static_cast<char>((value >> shift) & 0xFFU);
}

void pad(std::string& out) {
    out.resize((out.size() + 3) / 4 * 4, '\0');
}

void putAttribute(std::string& out, std::uint32_t type, const std::string& value) {
    put(out, type, 2);
    put(out, static_cast<std::uint32_t>(value.size()), 2);
    out += value;
    pad(out);
}

/// The head tells of so many bytes that are still to come (RFC 8489, 14.5 and 14.7).
void announce(std::string& message, std::size_t more) {
    std::string length;
    put(length, static_cast<std::uint32_t>(message.size() - STUN_HEADER_SIZE + more), 2);
    message.replace(2, 2, length);
}

std::string signedRequest(const phone::IceLite& ice, const std::string& attributes) {
    std::string message;
    put(message, STUN_METHOD_BINDING, 2);
    put(message, 0, 2);
    put(message, 0x2112A442, 4);
    message += "transactions"; // twelve bytes
    putAttribute(message, STUN_ATTR_USERNAME, ice.fragment() + ":page");
    message += attributes;
    pad(message);
    announce(message, 24);
    std::array<std::uint8_t, 20> digest{};
    hmac_sha1(reinterpret_cast<const std::uint8_t*>(ice.password().data()), ice.password().size(),
              reinterpret_cast<const std::uint8_t*>(message.data()), message.size(), digest.data(), digest.size());
    putAttribute(message, STUN_ATTR_MSG_INTEGRITY, std::string(digest.begin(), digest.end()));
    announce(message, 8);
    std::string fingerprint;
    put(fingerprint, crcOf(message) ^ 0x5354554EU, 4);
    putAttribute(message, STUN_ATTR_FINGERPRINT, fingerprint);
    return message;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const phone::IceLite ice = [] {
        phone::IceLite fresh;
        fresh.renew();
        return fresh;
    }();
    const std::string bytes(reinterpret_cast<const char*>(data), std::min<std::size_t>(size, 1'400));
    const bool other = bytes.empty() || static_cast<std::uint8_t>(bytes.front()) > 3;
    require(outcomeOf(ice, bytes) == (other ? Outcome::NotStun : Outcome::Refused));
    require(outcomeOf(ice, signedRequest(ice, bytes)) == Outcome::Refused);
    return 0;
}
