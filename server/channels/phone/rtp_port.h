#pragma once

#include "server/channels/phone/libre_p.h"
#include "server/channels/phone/rules/keys.h"
#include "server/channels/phone/rules/player.h"
#include "server/channels/phone/source_gate.h"
#include "shared/base/result.h"

#include <cstdint>
#include <optional>
#include <span>

namespace cb::phone {

/// Milliseconds that only go forward; libre's own clock follows the wall's.
std::int64_t steadyMillis();

/// Where media goes out and what the far end is told.
struct MediaPorts {
    sa bind{};      ///< address without port
    sa advertise{}; ///< told in SDP
    std::uint16_t first = 20'000;
    std::uint16_t last = 29'999;
};

/// What was agreed on with the far end.
struct MediaTerms {
    sa peer{};       ///< RTP, as its SDP says
    sa peerRtcp{};   ///< as its SDP says
    sa signalling{}; ///< where its requests come from: it may send from there too (NAT)
    int payload = -1;
    bool alaw = false;
    int events = -1; ///< payload type of telephone-event; -1 = none: keys are tones
    bool send = true;
};

/// Hears what comes in at a port.
class SoundTap {
public:
    virtual ~SoundTap() = default;
    virtual void heard(std::uint32_t source, std::uint32_t timestamp, std::span<const std::uint8_t> g711,
                       bool alaw) = 0;
};

/// RTP or RTCP, and RTCP of the two (RFC 5761, 4; RFC 7983).
bool isRtp(const mbuf* packet);
bool isRtcp(const mbuf* packet);

/// One RTP port: what a caller hears (Player) leaves it every 20 ms, what comes in is screened (SourceGate) and looked
/// at for keys. On the loop's thread only.
class RtpPort {
public:
    class Owner {
    public:
        virtual ~Owner() = default;
        virtual void onKey(char key) = 0;
        virtual void onPlayed(std::uint16_t play) = 0;
    };

    /// Open: RTP and RTCP on two ports, strangers kept out by address. Secured: both on one, under layers that keep
    /// strangers out themselves.
    enum class Kind { Open, Secured };

    explicit RtpPort(Owner& owner)
        : m_owner(owner) {}
    ~RtpPort() { close(); }
    RtpPort(const RtpPort&) = delete;
    RtpPort& operator=(const RtpPort&) = delete;

    /// Errors: no_ports (none free in the range).
    base::Result<void> open(const MediaPorts& ports, Kind kind = Kind::Open);
    /// Says goodbye by RTCP and leaves its bridge. Idempotent.
    void close();
    std::uint16_t port() const;
    udp_sock* socket() const;
    udp_sock* rtcpSocket() const; ///< the same when it is secured
    std::uint32_t ssrc() const;
    void agree(const MediaTerms& terms);
    const MediaTerms& terms() const { return m_terms; }

    Player& player() { return m_player; }
    /// What comes in here goes out there and the other way round, while nothing is played there; nullptr: no more.
    /// G.711 stays what it is but for the law; keys pressed go along where the other end knows them.
    void bridge(RtpPort* other);
    RtpPort* bridged() const { return m_bridge; }
    /// nullptr: nobody any more.
    void tap(SoundTap* tap) { m_tap = tap; }

    /// A key the signalling brought (SIP INFO).
    void takeKey(char key);
    /// Every 20 ms.
    void tick();

    std::int64_t heardAt() const { return m_heardAt; } ///< steadyMillis of the newest packet of theirs; 0 = none
    std::uint64_t received() const { return m_received; }
    std::uint64_t dropped() const { return m_dropped; }
    std::uint64_t sent() const { return m_sent; }

private:
    static bool screen(sa* source, mbuf* packet, void* self);
    static void onRtp(const sa* source, const rtp_header* header, mbuf* packet, void* self);
    bool mayCome(const sa& source) const;
    void take(const sa& source, const rtp_header& header, mbuf& packet);
    void forward(const rtp_header& header, const std::uint8_t* bytes, std::size_t size, bool event, bool alaw);
    void send(int payload, std::uint32_t timestamp, bool marker, const std::uint8_t* bytes, std::size_t size);
    void pressed(std::optional<char> key, KeyPress::Way way);

    Owner& m_owner;
    Ref<struct rtp_sock> m_socket;
    Ref<udp_helper> m_screen;
    MediaTerms m_terms;
    SourceGate m_gate;
    Player m_player;
    EventKeys m_events;
    std::unique_ptr<ToneKeys> m_tones; ///< only where the far end has no telephone-event
    KeyPress m_press;
    Ref<mbuf> m_packet;
    RtpPort* m_bridge = nullptr;
    SoundTap* m_tap = nullptr;
    std::uint32_t m_timestamp = 0; ///< of what is played; goes on with time
    bool m_playing = false;
    std::uint32_t m_source = 0; ///< SSRC that is forwarded
    bool m_forwarding = false;
    std::uint32_t m_shift = 0; ///< from its timestamps to ours
    std::int64_t m_heardAt = 0;
    std::uint64_t m_received = 0;
    std::uint64_t m_dropped = 0;
    std::uint64_t m_sent = 0;
};

} // namespace cb::phone
