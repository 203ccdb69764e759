#pragma once

#include "server/channels/phone/dtls_identity.h"
#include "server/channels/phone/ice_lite.h"
#include "server/channels/phone/rtp_port.h"
#include "server/channels/phone/srtp_box.h"
#include "shared/base/result.h"

#include <cstdint>
#include <string>

namespace cb::phone {

/// The agent's end of a call: one WebRTC audio connection of the desktop program's media page. The page offers, we
/// answer with G.711 only (so nothing is transcoded but the law), as ICE-lite and DTLS server, RTCP on the same port
/// (JSEP: RFC 8829; DTLS-SRTP: RFC 5764). On the loop's thread only.
///
/// Layers of its port, lowest first: 0 STUN, 1 DTLS (libre's), 2 SRTP. Sending goes the other way round; answers to
/// STUN pass the SRTP layer, too, which lets through what is not RTP.
class AgentLeg : private RtpPort::Owner {
public:
    class Owner {
    public:
        virtual ~Owner() = default;
        virtual void onUp(AgentLeg& leg) = 0;            ///< keys are there: sound may flow
        virtual void onKey(AgentLeg& leg, char key) = 0; ///< pressed on the agent's keypad
        virtual void onLost(AgentLeg& leg) = 0;          ///< once: closed, or not heard for kConsent
    };

    static constexpr std::int64_t kConsent = 15'000; ///< ms without a check of the browser (RFC 7675: 30 s at most)

    AgentLeg(const DtlsIdentity& identity, Owner& owner);
    ~AgentLeg() override;

    /// Errors: no_ports, phone_failed.
    base::Result<void> open(const MediaPorts& ports);
    /// Whether this offer comes from the same page: another one has another certificate, and wants a leg of its own.
    bool isOf(const std::string& offer) const;
    /// An offer, also every later one (hold, ICE restart), into its answer. Errors: bad_sdp (rejected; params.what).
    base::Result<std::string> answer(const std::string& offer);

    void tick() { m_media.tick(); }
    void look(std::int64_t now);

    bool isUp() const { return m_box.isOpen(); }
    RtpPort& media() { return m_media; }

private:
    static bool onStun(sa* source, mbuf* packet, void* self);
    static void onHello(const sa* peer, void* self);
    static void onKeys(void* self);
    static void onClose(int error, void* self);
    static bool onSrtpIn(sa* source, mbuf* packet, void* self);
    static bool onSrtpOut(int* error, sa* target, mbuf* packet, void* self);

    void nominate(const sa& source);
    bool takeKeys();
    void lose();
    std::string rattr(const char* name) const;
    void lattr(const char* name, const std::string& value);
    void onKey(char key) override { m_owner.onKey(*this, key); }
    void onPlayed(std::uint16_t) override {}

    const DtlsIdentity& m_identity;
    Owner& m_owner;
    RtpPort m_media;
    IceLite m_ice;
    SrtpBox m_box;
    Ref<sdp_session> m_sdp;
    sdp_media* m_audio = nullptr; ///< the session's
    Ref<dtls_sock> m_dtls;
    Ref<tls_conn> m_connection;
    Ref<udp_helper> m_stun, m_srtp;
    sa m_peer{};
    sa m_advertised{};
    std::string m_theirFragment, m_theirFingerprint;
    bool m_nominated = false;
    bool m_lost = false;
    std::int64_t m_checkedAt = 0;
};

} // namespace cb::phone
