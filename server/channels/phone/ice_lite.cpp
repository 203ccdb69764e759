#include "server/channels/phone/ice_lite.h"

namespace cb::phone {

namespace {

constexpr std::size_t kFragment = 8;
constexpr std::size_t kPassword = 24; ///< characters of 62: 142 bits (RFC 8445, 5.3 wants 128)

std::string randomText(std::size_t size) {
    std::string text(size + 1, '\0');
    rand_str(text.data(), text.size()); // letters and digits, and an end
    text.resize(size);
    return text;
}

} // namespace

void IceLite::renew() {
    m_fragment = randomText(kFragment);
    m_password = randomText(kPassword);
}

IceLite::Outcome IceLite::take(udp_sock* socket, const sa& source, mbuf* packet) const {
    if (mbuf_get_left(packet) == 0 || *mbuf_buf(packet) > 3) // RFC 7983
        return Outcome::NotStun;
    stun_msg* decoded = nullptr;
    stun_unknown_attr unknown{};
    if (stun_msg_decode(&decoded, packet, &unknown) != 0)
        return Outcome::Refused;
    const Ref<stun_msg> request(decoded);
    if (stun_msg_method(decoded) != STUN_METHOD_BINDING || stun_msg_class(decoded) != STUN_CLASS_REQUEST ||
        stun_msg_chk_fingerprint(decoded) != 0)
        return Outcome::Refused;
    const auto* key = reinterpret_cast<const std::uint8_t*>(m_password.data());
    const auto refuse = [&](std::uint16_t code, const char* reason) {
        (void)stun_ereply(IPPROTO_UDP, socket, &source, 0, decoded, code, reason, key, m_password.size(), true, 0);
        return Outcome::Refused;
    };
    const stun_attr* user = stun_msg_attr(decoded, STUN_ATTR_USERNAME);
    if (user == nullptr)
        return refuse(400, "Bad Request");
    if (std::string_view(user->v.username).rfind(m_fragment + ":", 0) != 0 ||
        stun_msg_chk_mi(decoded, key, m_password.size()) != 0)
        return refuse(401, "Unauthorized");
    if (unknown.typec != 0)
        return refuse(420, "Unknown Attribute");
    if (stun_reply(IPPROTO_UDP, socket, &source, 0, decoded, key, m_password.size(), true, 1, STUN_ATTR_XOR_MAPPED_ADDR,
                   &source) != 0)
        return Outcome::Refused;
    return stun_msg_attr(decoded, STUN_ATTR_USE_CAND) != nullptr ? Outcome::Nominated : Outcome::Answered;
}

} // namespace cb::phone
