#pragma once

#include "server/channels/phone/rtp_port.h"
#include "server/desk/commands.h"
#include "shared/base/result.h"

#include <cstdint>
#include <string>

namespace cb::phone {

/// One caller: a SIP dialog that came in (RFC 3261, UAS) and its media. On the loop's thread only.
///
///     accept()  →  180, until the desk knows what to do with it
///     answer()  →  200, or refuse()
///     hangUp()  →  BYE, or what ends it before
///
/// Whoever ends it, Owner::onGone comes once; then the leg is to be let go of, though not from within.
class CallerLeg : private RtpPort::Owner {
public:
    class Owner {
    public:
        virtual ~Owner() = default;
        virtual void onKey(CallerLeg& leg, char key) = 0;
        virtual void onPlayed(CallerLeg& leg, std::uint16_t play) = 0;
        virtual void onGone(CallerLeg& leg, const std::string& cause) = 0;
    };

    CallerLeg(desk::CallId id, model::TrunkId trunk, Owner& owner);
    ~CallerLeg() override;

    /// Takes the INVITE. Errors: media_unknown (no G.711 in its offer → 488), no_ports (→ 503), phone_failed (→ 500);
    /// nothing has been answered then.
    base::Result<void> accept(sipsess_sock* socket, const sip_msg* invite, const MediaPorts& ports);
    void answer();
    void refuse(std::uint16_t code, const char* reason, int retryAfter = 0);
    /// `afterSounds`: once what is queued has been heard.
    void hangUp(bool afterSounds);

    /// An UPDATE within the dialog (RFC 3311). False: not of this dialog.
    bool update(sip* stack, const sip_msg* message);

    /// Every 20 ms.
    void tick();
    /// Every second: sessions whose timer ran out (RFC 4028), callers who are not heard any more.
    void look(std::int64_t now, std::int64_t mediaTimeout);

    desk::CallId id() const { return m_id; }
    model::TrunkId trunk() const { return m_trunk; }
    bool gone() const { return m_gone; }
    bool answered() const { return m_answered; }
    RtpPort& media() { return m_media; }
    const std::string& callId() const { return m_callId; }

private:
    static int onOffer(mbuf** answer, const sip_msg* message, void* self);
    static int onAnswer(const sip_msg* message, void* self);
    static void onInfo(sip* stack, const sip_msg* message, void* self);
    static void onClose(int error, const sip_msg* message, void* self);

    int readSdp(const sip_msg* message, bool offer);
    void takeTimer(const sip_msg* message);
    void end(const std::string& cause);
    void onKey(char key) override { m_owner.onKey(*this, key); }
    void onPlayed(std::uint16_t play) override { m_owner.onPlayed(*this, play); }

    const desk::CallId m_id;
    const model::TrunkId m_trunk;
    Owner& m_owner;
    RtpPort m_media;
    Ref<sdp_session> m_sdp;
    sdp_media* m_audio = nullptr; ///< the session's
    Ref<sipsess> m_session;
    sa m_signalling{};
    std::string m_callId;
    bool m_offered = false; ///< the INVITE had an offer; else ours goes with the 200
    bool m_answered = false;
    bool m_farewell = false;
    bool m_gone = false;
    std::int64_t m_answeredAt = 0;
    int m_interval = 0; ///< of the session timer, seconds; 0 = none
    bool m_weRefresh = false;
    std::int64_t m_refreshedAt = 0;
    std::string m_timerHeaders;
};

} // namespace cb::phone
