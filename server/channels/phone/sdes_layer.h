#pragma once

#include "server/channels/phone/rtp_port.h"
#include "server/channels/phone/rules/sdes.h"
#include "server/channels/phone/srtp_box.h"

namespace cb::phone {

/// SRTP between an open RTP port and a trunk, with keys told in SDP (RFC 4568): before they are agreed on nothing comes
/// in and nothing leaves. It stands behind what keeps strangers out. On the loop's thread only; goes after the port was
/// closed, whose goodbye it still encrypts.
class SdesLayer {
public:
    ~SdesLayer() = default;
    SdesLayer() = default;
    SdesLayer(const SdesLayer&) = delete;
    SdesLayer& operator=(const SdesLayer&) = delete;

    /// The port is open. False: no memory, or no random numbers.
    bool open(const RtpPort& port);
    const SdesKey& key() const { return m_key; } ///< of what we send
    /// The same key again changes nothing.
    bool agree(const SdesKey& theirs);

private:
    static bool onIn(sa* source, mbuf* packet, void* self);
    static bool onOut(int* error, sa* target, mbuf* packet, void* self);

    SdesKey m_key{};
    std::optional<SdesKey> m_theirs;
    SrtpBox m_box;
    // A socket frees the helpers it still has: ours go first, so they stand below what holds it.
    Ref<udp_sock> m_rtp, m_rtcp;
    Ref<udp_helper> m_ofRtp, m_ofRtcp;
};

} // namespace cb::phone
