#include "server/channels/phone/agent_leg.h"

#include "server/media/sound/clip.h"

#include <array>
#include <utility>

#include <strings.h>

namespace cb::phone {

namespace {

constexpr std::size_t kMtu = 1'200;
constexpr std::uint32_t kHandshakes = 2;           ///< buckets: there is one
constexpr std::uint32_t kPriority = 2'130'706'431; ///< of a host candidate (RFC 8445, 5.1.2)
constexpr std::string_view kSha = "sha-256 ";

base::Error bad(const char* what) {
    return base::with(base::rejected("bad_sdp"), "what", what);
}

/// Of its first certificate: "AB:CD:…"; empty: none that we know.
std::string fingerprintIn(const std::string& sdp) {
    constexpr std::string_view kLine = "\na=fingerprint:";
    auto at = sdp.find(kLine);
    if (at == std::string::npos)
        return {};
    at += kLine.size();
    if (::strncasecmp(sdp.c_str() + at, kSha.data(), kSha.size()) != 0)
        return {};
    at += kSha.size();
    const auto end = sdp.find_first_of(" \r\n", at);
    return sdp.substr(at, end == std::string::npos ? end : end - at);
}

} // namespace

AgentLeg::AgentLeg(const DtlsIdentity& identity, Owner& owner)
    : m_identity(identity)
    , m_owner(owner)
    , m_media(*this) {}

/// The port says goodbye by RTCP, which the SRTP layer must still encrypt; ours go before the socket, which would free
/// them, and libre's DTLS holds that until last.
AgentLeg::~AgentLeg() {
    m_lost = true;
    m_media.close();
    m_connection.reset();
    m_stun.reset();
    m_srtp.reset();
    m_dtls.reset();
}

base::Result<void> AgentLeg::open(const MediaPorts& ports) {
    if (auto opened = m_media.open(ports, RtpPort::Kind::Secured); !opened)
        return opened;
    m_advertised = ports.advertise;
    auto* socket = m_media.socket();
    udp_helper* stun = nullptr;
    udp_helper* srtp = nullptr;
    dtls_sock* dtls = nullptr;
    sdp_session* sdp = nullptr;
    int error = udp_register_helper(&stun, socket, 0, nullptr, &AgentLeg::onStun, this);
    m_stun.reset(stun);
    if (error == 0)
        error = dtls_listen(&dtls, nullptr, socket, kHandshakes, 1, &AgentLeg::onHello, this);
    m_dtls.reset(dtls);
    if (error == 0)
        error = udp_register_helper(&srtp, socket, 2, &AgentLeg::onSrtpOut, &AgentLeg::onSrtpIn, this);
    m_srtp.reset(srtp);
    if (error == 0)
        error = sdp_session_alloc(&sdp, &ports.advertise);
    m_sdp.reset(sdp);
    if (error == 0)
        error = sdp_media_add(&m_audio, sdp, sdp_media_audio, m_media.port(), "UDP/TLS/RTP/SAVPF");
    // An answer holds what both have, in the offer's order: only what is to be used stands here.
    if (error == 0)
        error = sdp_format_add(nullptr, m_audio, false, "8", "PCMA", sound::kRate, 1, nullptr, nullptr, nullptr, false,
                               nullptr);
    if (error == 0)
        error = sdp_format_add(nullptr, m_audio, false, "0", "PCMU", sound::kRate, 1, nullptr, nullptr, nullptr, false,
                               nullptr);
    if (error == 0)
        error = sdp_format_add(nullptr, m_audio, false, "101", "telephone-event", sound::kRate, 1, nullptr, nullptr,
                               nullptr, false, "%s", "0-15");
    if (error != 0)
        return base::with(base::fatal("phone_failed"), "what", "agent leg");
    dtls_set_mtu(dtls, kMtu);
    (void)sdp_session_set_lattr(sdp, true, "ice-lite", nullptr);
    (void)sdp_session_set_lattr(sdp, true, "msid-semantic", "%s", " WMS *");
    m_checkedAt = steadyMillis();
    return {};
}

std::string AgentLeg::rattr(const char* name) const {
    const char* value = sdp_media_session_rattr(m_audio, m_sdp.get(), name);
    return value == nullptr ? std::string{} : std::string(value);
}

void AgentLeg::lattr(const char* name, const std::string& value) {
    if (value.empty())
        (void)sdp_media_set_lattr(m_audio, true, name, nullptr);
    else
        (void)sdp_media_set_lattr(m_audio, true, name, "%s", value.c_str());
}

bool AgentLeg::isOf(const std::string& offer) const {
    return m_theirFingerprint.empty() || ::strcasecmp(fingerprintIn(offer).c_str(), m_theirFingerprint.c_str()) == 0;
}

base::Result<std::string> AgentLeg::answer(const std::string& offer) {
    const Ref<mbuf> text(mbuf_alloc(offer.size() + 1));
    if (!text || mbuf_write_mem(text.get(), reinterpret_cast<const std::uint8_t*>(offer.data()), offer.size()) != 0)
        return bad("size");
    text->pos = 0;
    if (sdp_decode(m_sdp.get(), text.get(), true) != 0)
        return bad("syntax");
    const sdp_format* codec = nullptr;
    for (const le* item = list_head(sdp_media_format_lst(m_audio, false)); item != nullptr && codec == nullptr;
         item = item->next) {
        const auto* format = static_cast<const sdp_format*>(list_ledata(item));
        if (format->sup && str_casecmp(format->name, "telephone-event") != 0)
            codec = format;
    }
    if (codec == nullptr || sdp_media_rport(m_audio) == 0)
        return bad("codec");
    const std::string fragment = rattr("ice-ufrag"), fingerprint = rattr("fingerprint"), mid = rattr("mid");
    if (fragment.empty() || rattr("ice-pwd").empty())
        return bad("ice");
    if (sdp_media_rattr(m_audio, "rtcp-mux") == nullptr)
        return bad("rtcp-mux");
    if (::strncasecmp(fingerprint.c_str(), kSha.data(), kSha.size()) != 0)
        return bad("fingerprint");
    if (m_theirFingerprint.empty())
        m_theirFingerprint = fingerprint.substr(kSha.size());
    else if (::strcasecmp(m_theirFingerprint.c_str(), fingerprint.c_str() + kSha.size()) != 0)
        return bad("fingerprint");
    if (fragment != std::exchange(m_theirFragment, fragment)) {
        m_ice.renew();
        m_checkedAt = steadyMillis();
    }
    MediaTerms terms = m_media.terms();
    terms.payload = codec->pt;
    terms.alaw = str_casecmp(codec->name, "PCMA") == 0;
    const sdp_format* events = sdp_media_rformat(m_audio, "telephone-event");
    terms.events = events != nullptr ? events->pt : -1;
    terms.send = (sdp_media_dir(m_audio) & SDP_SENDONLY) != 0;
    m_media.agree(terms);

    (void)sdp_session_set_lattr(m_sdp.get(), true, "group", "BUNDLE %s", mid.c_str());
    lattr("mid", mid);
    lattr("rtcp-mux", {});
    lattr("setup", "passive");
    lattr("fingerprint", std::string(kSha) + m_identity.fingerprint());
    lattr("ice-ufrag", m_ice.fragment());
    lattr("ice-pwd", m_ice.password());
    lattr("ptime", "20");
    lattr("msid", "cloudbell audio");
    lattr("ssrc", std::to_string(m_media.ssrc()) + " cname:cloudbell");
    std::array<char, 64> address{};
    (void)sa_ntop(&m_advertised, address.data(), static_cast<int>(address.size()));
    lattr("candidate", "1 1 udp " + std::to_string(kPriority) + " " + address.data() + " " +
                           std::to_string(m_media.port()) + " typ host");
    lattr("end-of-candidates", {});
    mbuf* made = nullptr;
    if (sdp_encode(&made, m_sdp.get(), false) != 0)
        return bad("answer");
    const Ref<mbuf> description(made);
    return std::string(reinterpret_cast<const char*>(mbuf_buf(made)), mbuf_get_left(made));
}

// ---- layer 0: ICE ----

bool AgentLeg::onStun(sa* source, mbuf* packet, void* self) {
    auto& leg = *static_cast<AgentLeg*>(self);
    const auto outcome = leg.m_ice.take(leg.m_media.socket(), *source, packet);
    if (outcome == IceLite::Outcome::NotStun)
        return false;
    if (outcome != IceLite::Outcome::Refused)
        leg.m_checkedAt = steadyMillis();
    if (outcome == IceLite::Outcome::Nominated)
        leg.nominate(*source);
    return true;
}

void AgentLeg::nominate(const sa& source) {
    if (m_nominated && sa_cmp(&source, &m_peer, SA_ALL))
        return;
    m_peer = source;
    m_nominated = true;
    MediaTerms terms = m_media.terms();
    terms.peer = terms.peerRtcp = terms.signalling = source;
    m_media.agree(terms);
    if (m_connection)
        dtls_set_peer(m_connection.get(), &source);
}

// ---- layer 1: DTLS ----

void AgentLeg::onHello(const sa* peer, void* self) {
    auto& leg = *static_cast<AgentLeg*>(self);
    if (leg.m_connection || !leg.m_nominated || !sa_cmp(peer, &leg.m_peer, SA_ALL))
        return;
    tls_conn* connection = nullptr;
    if (dtls_accept(&connection, leg.m_identity.context(), leg.m_dtls.get(), &AgentLeg::onKeys, nullptr,
                    &AgentLeg::onClose, self) == 0)
        leg.m_connection.reset(connection);
}

void AgentLeg::onKeys(void* self) {
    auto& leg = *static_cast<AgentLeg*>(self);
    if (leg.takeKeys())
        leg.m_owner.onUp(leg);
    else
        leg.lose();
}

bool AgentLeg::takeKeys() {
    std::uint8_t digest[32];
    if (tls_peer_fingerprint(m_connection.get(), TLS_FINGERPRINT_SHA256, digest, sizeof digest) != 0 ||
        ::strcasecmp(fingerprintText(digest).c_str(), m_theirFingerprint.c_str()) != 0)
        return false; // the one proof that it is the page which sent the offer
    srtp_suite suite{};
    std::array<std::uint8_t, 64> client{}, server{};
    if (tls_srtp_keyinfo(m_connection.get(), &suite, client.data(), client.size(), server.data(), server.size()) != 0)
        return false;
    const bool gcm = suite == SRTP_AES_128_GCM;
    if (!gcm && suite != SRTP_AES_CM_128_HMAC_SHA1_80)
        return false;
    const std::size_t size = gcm ? 28 : 30;
    return m_box.open(gcm ? SrtpBox::Suite::AeadAes128Gcm : SrtpBox::Suite::AesCm128Sha80, {server.data(), size},
                      {client.data(), size});
}

/// The page closed the connection, or the handshake failed. Whoever owns the leg lets go of it later: this is libre's
/// own call.
void AgentLeg::onClose(int, void* self) {
    static_cast<AgentLeg*>(self)->lose();
}

void AgentLeg::lose() {
    if (!std::exchange(m_lost, true))
        m_owner.onLost(*this);
}

void AgentLeg::look(std::int64_t now) {
    if (now - m_checkedAt > kConsent)
        lose();
}

// ---- layer 2: SRTP ----

bool AgentLeg::onSrtpIn(sa* source, mbuf* packet, void* self) {
    auto& leg = *static_cast<AgentLeg*>(self);
    if (!isRtp(packet) || !leg.m_box.isOpen() || !sa_cmp(source, &leg.m_peer, SA_ALL))
        return true; // nobody's
    const std::size_t size = leg.m_box.unprotect(mbuf_buf(packet), mbuf_get_left(packet), isRtcp(packet));
    packet->end = packet->pos + size;
    return size == 0;
}

bool AgentLeg::onSrtpOut(int* error, sa*, mbuf* packet, void* self) {
    auto& leg = *static_cast<AgentLeg*>(self);
    if (!isRtp(packet))
        return false; // answers to STUN
    if (!leg.m_box.isOpen())
        return true; // no keys yet
    const std::size_t size = mbuf_get_left(packet);
    if (packet->size < packet->end + SrtpBox::kTail && mbuf_resize(packet, packet->end + SrtpBox::kTail) != 0) {
        *error = ENOMEM;
        return true;
    }
    const std::size_t now = leg.m_box.protect(mbuf_buf(packet), size, isRtcp(packet));
    packet->end = packet->pos + now;
    return now == 0;
}

} // namespace cb::phone
