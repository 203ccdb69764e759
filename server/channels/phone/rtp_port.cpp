#include "server/channels/phone/rtp_port.h"

#include "server/media/sound/clip.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <time.h>

namespace cb::phone {

namespace {

constexpr int kScreenLayer = -100;             ///< before whatever libre does with a packet
constexpr int kUlaw = 0, kAlaw = 8;            ///< static payload types (RFC 3551, table 4)
constexpr std::uint32_t kReceiveBytes = 2'048; ///< a packet at most; libre keeps 8 KiB ready for each
constexpr std::size_t kMostSamples = 1'600;    ///< 200 ms: nobody sends longer packets
constexpr std::size_t kTail = 64;              ///< room for what SRTP adds

std::uint64_t keyOf(const sa& source) {
    if (sa_af(&source) == AF_INET)
        return (static_cast<std::uint64_t>(sa_in(&source)) << 16) | sa_port(&source) | (1ULL << 63);
    std::uint8_t bytes[16];
    sa_in6(&source, bytes);
    std::uint64_t hash = 14'695'981'039'346'656'037ULL; // FNV-1a; the address itself was compared before
    for (const std::uint8_t byte : bytes)
        hash = (hash ^ byte) * 1'099'511'628'211ULL;
    return ((hash ^ sa_port(&source)) * 1'099'511'628'211ULL) | 1;
}

} // namespace

std::int64_t steadyMillis() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::int64_t>(now.tv_sec) * 1'000 + now.tv_nsec / 1'000'000;
}

bool isRtp(const mbuf* packet) {
    return mbuf_get_left(packet) >= RTP_HEADER_SIZE && (*mbuf_buf(packet) & 0xC0) == 0x80;
}

bool isRtcp(const mbuf* packet) {
    const std::uint8_t type = mbuf_buf(packet)[1] & 0x7F;
    return type >= 64 && type <= 95;
}

void RtpPort::close() {
    bridge(nullptr);
    m_screen.reset(); // a socket frees the helpers it still has
    m_socket.reset();
}

udp_sock* RtpPort::socket() const {
    return static_cast<udp_sock*>(rtp_sock(m_socket.get()));
}

udp_sock* RtpPort::rtcpSocket() const {
    return static_cast<udp_sock*>(rtcp_sock(m_socket.get()));
}

std::uint32_t RtpPort::ssrc() const {
    return rtp_sess_ssrc(m_socket.get());
}

void RtpPort::bridge(RtpPort* other) {
    if (m_bridge == other)
        return;
    for (RtpPort* end : {this, other})
        if (end != nullptr && end->m_bridge != nullptr) {
            end->m_bridge->m_bridge = nullptr;
            end->m_bridge = nullptr;
        }
    m_bridge = other;
    if (other != nullptr)
        other->m_bridge = this;
}

base::Result<void> RtpPort::open(const MediaPorts& ports, Kind kind) {
    struct rtp_sock* made = nullptr;
    if (rtp_listen(&made, IPPROTO_UDP, &ports.bind, ports.first, ports.last, true, &RtpPort::onRtp, nullptr, this) != 0)
        return base::retry("no_ports");
    m_socket.reset(made);
    auto* udp = socket();
    udp_rxsz_set(udp, kReceiveBytes);
    rtcp_set_srate(made, sound::kRate, sound::kRate);
    rtcp_enable_mux(made, kind == Kind::Secured);
    udp_helper* screen = nullptr;
    if (kind == Kind::Open && udp_register_helper(&screen, udp, kScreenLayer, nullptr, &RtpPort::screen, this) != 0)
        return base::retry("no_ports");
    m_screen.reset(screen);
    m_packet.reset(mbuf_alloc(RTP_HEADER_SIZE + kMostSamples + kTail));
    m_timestamp = rand_u32();
    return {};
}

std::uint16_t RtpPort::port() const {
    return sa_port(rtp_local(m_socket.get()));
}

void RtpPort::agree(const MediaTerms& terms) {
    const bool moved = !sa_cmp(&terms.peer, &m_terms.peer, SA_ALL);
    m_terms = terms;
    if (moved) {
        m_gate.unlock();
        rtcp_start(m_socket.get(), "cloudbell", &m_terms.peerRtcp);
    }
    if (terms.events < 0 && m_tones == nullptr)
        m_tones = std::make_unique<ToneKeys>();
    else if (terms.events >= 0)
        m_tones.reset();
}

// ---- in ----

bool RtpPort::mayCome(const sa& source) const {
    return sa_cmp(&source, &m_terms.peer, SA_ADDR) || sa_cmp(&source, &m_terms.signalling, SA_ADDR);
}

/// Strangers' packets end here, before anything has read them. True = dealt with.
bool RtpPort::screen(sa* source, mbuf*, void* self) {
    auto& port = *static_cast<RtpPort*>(self);
    if (port.mayCome(*source))
        return false;
    ++port.m_dropped;
    return true;
}

void RtpPort::onRtp(const sa* source, const rtp_header* header, mbuf* packet, void* self) {
    static_cast<RtpPort*>(self)->take(*source, *header, *packet);
}

void RtpPort::take(const sa& source, const rtp_header& header, mbuf& packet) {
    const std::int64_t now = steadyMillis();
    const auto verdict = m_gate.look(keyOf(source), header.ssrc, header.seq, now);
    if (verdict == SourceGate::Verdict::Drop) {
        ++m_dropped;
        return;
    }
    m_heardAt = now;
    ++m_received;
    if (!sa_cmp(&source, &m_terms.peer, SA_ALL) && m_gate.source() == keyOf(source))
        m_terms.peer = source; // symmetric RTP (RFC 4961): answers go where it comes from
    const std::uint8_t* bytes = mbuf_buf(&packet);
    std::size_t size = mbuf_get_left(&packet);
    if (header.pad && size > 0) // libre leaves it in
        size -= std::min<std::size_t>(size, bytes[size - 1]);
    const bool sound = header.pt == kUlaw || header.pt == kAlaw;
    const bool event = header.pt == m_terms.events;
    if (m_tap != nullptr && sound)
        m_tap->heard(header.ssrc, header.ts, {bytes, size}, header.pt == kAlaw);
    if (m_bridge != nullptr && (sound || event))
        m_bridge->forward(header, bytes, size, event, header.pt == kAlaw);
    if (event) {
        pressed(m_events.take({bytes, size}, header.ts), KeyPress::Way::Event);
        return;
    }
    if (m_tones == nullptr || verdict == SourceGate::Verdict::Late || !sound)
        return;
    std::array<std::int16_t, kMostSamples> samples;
    size = std::min(size, samples.size());
    for (std::size_t i = 0; i < size; ++i)
        samples[i] = header.pt == kAlaw ? sound::fromAlaw(bytes[i]) : sound::fromUlaw(bytes[i]);
    pressed(m_tones->take({samples.data(), size}), KeyPress::Way::Tone);
}

void RtpPort::takeKey(char key) {
    pressed(key, KeyPress::Way::Info);
}

void RtpPort::pressed(std::optional<char> key, KeyPress::Way way) {
    if (key && m_press.isNew(*key, way, steadyMillis()))
        m_owner.onKey(*key);
}

// ---- out ----

void RtpPort::tick() {
    if (m_terms.payload < 0)
        return;
    std::optional<std::uint16_t> done;
    const std::uint8_t* frame = m_player.next(m_terms.alaw, done);
    const bool plays = frame != nullptr && m_terms.send;
    if (plays) // the first one begins a spurt (RFC 3551, 4.1)
        send(m_terms.payload, m_timestamp, !m_playing, frame, sound::kFrame);
    m_playing = plays;
    m_timestamp += static_cast<std::uint32_t>(sound::kFrame);
    if (done)
        m_owner.onPlayed(*done);
}

/// The other end's packet, as ours: our SSRC and numbers, its times shifted to ours.
void RtpPort::forward(const rtp_header& header, const std::uint8_t* bytes, std::size_t size, bool event, bool alaw) {
    const int payload = event ? m_terms.events : m_terms.payload;
    if (!m_terms.send || payload < 0 || m_player.sounding()) {
        m_forwarding = false;
        return;
    }
    const bool anew = !m_forwarding || header.ssrc != m_source;
    if (anew) {
        m_forwarding = true;
        m_source = header.ssrc;
        m_shift = m_timestamp - header.ts;
    }
    size = std::min(size, kMostSamples);
    std::array<std::uint8_t, kMostSamples> other;
    if (!event && alaw != m_terms.alaw) {
        for (std::size_t i = 0; i < size; ++i)
            other[i] = alaw ? sound::toUlaw(sound::fromAlaw(bytes[i])) : sound::toAlaw(sound::fromUlaw(bytes[i]));
        bytes = other.data();
    }
    send(payload, header.ts + m_shift, anew || header.m, bytes, size);
}

void RtpPort::send(int payload, std::uint32_t timestamp, bool marker, const std::uint8_t* bytes, std::size_t size) {
    mbuf* packet = m_packet.get();
    std::memcpy(packet->buf + RTP_HEADER_SIZE, bytes, size);
    packet->pos = RTP_HEADER_SIZE;
    packet->end = RTP_HEADER_SIZE + size;
    if (rtp_send(m_socket.get(), &m_terms.peer, false, marker, static_cast<std::uint8_t>(payload), timestamp, packet) ==
        0)
        ++m_sent;
}

} // namespace cb::phone
