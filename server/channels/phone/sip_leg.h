#pragma once

#include "server/channels/phone/rtp_port.h"
#include "server/channels/phone/sdes_layer.h"
#include "server/desk/commands.h"
#include "shared/base/result.h"

#include <cstdint>
#include <memory>
#include <string>

namespace cb::phone {

/// A body of a message, as a buffer of its own: libre's readers move its position.
struct Description {
    mbuf* data = nullptr;
    Description() = default;
    ~Description() { mem_deref(data); }
    Description(const Description&) = delete;
    Description& operator=(const Description&) = delete;
};

/// One end of a call towards the telephone network: a SIP dialog (RFC 3261) and its media, whoever began it. On the
/// loop's thread only.
///
/// Whoever ends it, Owner::onGone comes once; then the leg is to be let go of, though not from within.
class SipLeg : protected RtpPort::Owner {
public:
    class Owner {
    public:
        virtual ~Owner() = default;
        virtual void onKey(SipLeg& leg, char key) = 0;
        virtual void onPlayed(SipLeg& leg, std::uint16_t play) = 0;
        virtual void onEarly(SipLeg& leg) = 0;     ///< of a call out: it sends sound before it answers
        virtual void onConnected(SipLeg& leg) = 0; ///< of a call out: it has answered
        virtual void onGone(SipLeg& leg, const std::string& cause) = 0;
    };

    ~SipLeg() override;
    SipLeg(const SipLeg&) = delete;
    SipLeg& operator=(const SipLeg&) = delete;

    /// BYE, or what ends it before. `afterSounds`: once what is queued has been heard.
    void hangUp(bool afterSounds);
    /// An UPDATE within the dialog (RFC 3311). False: not of this dialog.
    bool update(sip* stack, const sip_msg* message);

    /// Every 20 ms.
    void tick();
    /// Every second: sessions whose timer ran out (RFC 4028), far ends that are not heard any more.
    virtual void look(std::int64_t now, std::int64_t mediaTimeout);

    desk::CallId id() const { return m_id; }
    model::TrunkId trunk() const { return m_trunk; }
    bool gone() const { return m_gone; }
    bool answered() const { return m_answered; }
    /// It said where it listens.
    bool hasMedia() const { return m_media.terms().payload >= 0; }
    /// Gone before it was answered, and another trunk may do better.
    virtual bool mayTryNext() const { return false; }
    RtpPort& media() { return m_media; }
    const std::string& callId() const { return m_callId; }

protected:
    SipLeg(desk::CallId id, model::TrunkId trunk, Owner& owner);

    /// Media and its description. `secured`: SRTP or nothing. Errors: no_ports, phone_failed.
    base::Result<void> open(const MediaPorts& ports, bool secured);
    int readSdp(const sip_msg* message, bool offer);
    int describe(Description& into, bool offer) const { return sdp_encode(&into.data, m_sdp.get(), offer); }
    void takeTimer(const sip_msg* message);
    const std::string& timerHeaders() const { return m_timerHeaders; }
    void begun(sipsess* session) { m_session.reset(session); }
    sipsess* session() const { return m_session.get(); }
    void setDialog(const sa& signalling, std::string callId);
    void setAnswered();
    void end(const std::string& cause);
    Owner& owner() { return m_owner; }
    /// The dialog is over, by the far end or by a fault: why.
    virtual std::string causeOf(int error, const sip_msg* message) = 0;

    static int onOffer(mbuf** answer, const sip_msg* message, void* self);
    static int onAnswer(const sip_msg* message, void* self);
    static void onInfo(sip* stack, const sip_msg* message, void* self);
    static void onClose(int error, const sip_msg* message, void* self);

private:
    bool agreeOnKeys();
    static bool onCrypto(const char* name, const char* value, void* into);
    void onKey(char key) override { m_owner.onKey(*this, key); }
    void onPlayed(std::uint16_t play) override { m_owner.onPlayed(*this, play); }

    const desk::CallId m_id;
    const model::TrunkId m_trunk;
    Owner& m_owner;
    RtpPort m_media;
    std::unique_ptr<SdesLayer> m_sdes;
    Ref<sdp_session> m_sdp;
    sdp_media* m_audio = nullptr; ///< the session's
    Ref<sipsess> m_session;
    sa m_signalling{};
    std::string m_callId;
    bool m_answered = false;
    bool m_farewell = false;
    bool m_gone = false;
    std::int64_t m_answeredAt = 0;
    int m_interval = 0; ///< of the session timer, seconds; 0 = none
    bool m_weRefresh = false;
    std::int64_t m_refreshedAt = 0;
    std::string m_timerHeaders;
};

inline constexpr const char* kSipUser = "cloudbell"; ///< of our Contact
inline constexpr const char* kSdpType = "application/sdp";

} // namespace cb::phone
