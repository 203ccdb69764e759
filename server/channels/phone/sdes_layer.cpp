#include "server/channels/phone/sdes_layer.h"

#include <openssl/rand.h>

namespace cb::phone {

namespace {

constexpr int kSrtpLayer = -50; ///< behind RtpPort's screen, before libre reads anything

} // namespace

bool SdesLayer::open(const RtpPort& port) {
    if (RAND_bytes(m_key.data(), static_cast<int>(m_key.size())) != 1)
        return false;
    m_rtp.reset(static_cast<udp_sock*>(mem_ref(port.socket())));
    m_rtcp.reset(static_cast<udp_sock*>(mem_ref(port.rtcpSocket())));
    udp_helper* rtp = nullptr;
    udp_helper* rtcp = nullptr;
    int error = udp_register_helper(&rtp, m_rtp.get(), kSrtpLayer, &SdesLayer::onOut, &SdesLayer::onIn, this);
    m_ofRtp.reset(rtp);
    if (error == 0)
        error = udp_register_helper(&rtcp, m_rtcp.get(), kSrtpLayer, &SdesLayer::onOut, &SdesLayer::onIn, this);
    m_ofRtcp.reset(rtcp);
    return error == 0;
}

bool SdesLayer::agree(const SdesKey& theirs) {
    if (m_theirs == theirs)
        return true;
    if (!m_box.open(SrtpBox::Suite::AesCm128Sha80, m_key, theirs))
        return false;
    m_theirs = theirs;
    return true;
}

bool SdesLayer::onIn(sa*, mbuf* packet, void* self) {
    auto& layer = *static_cast<SdesLayer*>(self);
    if (!layer.m_box.isOpen() || !isRtp(packet))
        return true;
    const std::size_t size = layer.m_box.unprotect(mbuf_buf(packet), mbuf_get_left(packet), isRtcp(packet));
    packet->end = packet->pos + size;
    return size == 0;
}

bool SdesLayer::onOut(int* error, sa*, mbuf* packet, void* self) {
    auto& layer = *static_cast<SdesLayer*>(self);
    if (!layer.m_box.isOpen() || !isRtp(packet))
        return true;
    if (packet->size < packet->end + SrtpBox::kTail && mbuf_resize(packet, packet->end + SrtpBox::kTail) != 0) {
        *error = ENOMEM;
        return true;
    }
    packet->end = packet->pos + layer.m_box.protect(mbuf_buf(packet), mbuf_get_left(packet), isRtcp(packet));
    return packet->end == packet->pos;
}

} // namespace cb::phone
