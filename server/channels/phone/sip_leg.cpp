#include "server/channels/phone/sip_leg.h"

#include "server/channels/phone/sip_text.h"
#include "server/media/sound/clip.h"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace cb::phone {

namespace {

base::Error failed(const char* what) {
    return base::with(base::fatal("phone_failed"), "what", what);
}

} // namespace

SipLeg::SipLeg(desk::CallId id, model::TrunkId trunk, Owner& owner)
    : m_id(id)
    , m_trunk(trunk)
    , m_owner(owner)
    , m_media(*this) {}

/// The session says BYE, or what ends it before, and lives on until that is done.
SipLeg::~SipLeg() {
    m_media.close(); // before what encrypts its goodbye
}

base::Result<void> SipLeg::open(const MediaPorts& ports, bool secured) {
    if (auto opened = m_media.open(ports); !opened)
        return opened;
    if (secured) {
        m_sdes = std::make_unique<SdesLayer>();
        if (!m_sdes->open(m_media))
            return failed("srtp");
    }
    sdp_session* sdp = nullptr;
    if (sdp_session_alloc(&sdp, &ports.advertise) != 0)
        return failed("sdp");
    m_sdp.reset(sdp);
    int error =
        sdp_media_add(&m_audio, sdp, sdp_media_audio, m_media.port(), secured ? sdp_proto_rtpsavp : sdp_proto_rtpavp);
    const auto add = [&](const char* number, const char* name, const char* params) {
        if (error == 0)
            error = params == nullptr ? sdp_format_add(nullptr, m_audio, false, number, name, sound::kRate, 1, nullptr,
                                                       nullptr, nullptr, false, nullptr)
                                      : sdp_format_add(nullptr, m_audio, false, number, name, sound::kRate, 1, nullptr,
                                                       nullptr, nullptr, false, "%s", params);
    };
    add("8", "PCMA", nullptr);
    add("0", "PCMU", nullptr);
    add("101", "telephone-event", "0-15");
    if (error != 0)
        return failed("sdp");
    sdp_media_set_lport_rtcp(m_audio, static_cast<std::uint16_t>(m_media.port() + 1));
    (void)sdp_media_set_lattr(m_audio, true, "ptime", "20");
    if (secured) // an answer has the tag that was offered, see agreeOnKeys()
        (void)sdp_media_set_lattr(m_audio, true, "crypto", "%s", writeSdes({1, m_sdes->key()}).c_str());
    return {};
}

void SipLeg::setDialog(const sa& signalling, std::string callId) {
    m_signalling = signalling;
    m_callId = std::move(callId);
}

void SipLeg::setAnswered() {
    m_answered = true;
    m_answeredAt = steadyMillis();
}

void SipLeg::hangUp(bool afterSounds) {
    if (m_gone)
        return;
    if (afterSounds && m_answered) {
        m_media.player().stopMusic();
        m_farewell = true;
        return;
    }
    end("");
}

void SipLeg::end(const std::string& cause) {
    if (std::exchange(m_gone, true))
        return;
    m_session.reset();
    m_owner.onGone(*this, cause);
}

// ---- what the far end says ----

/// RFC 4028: what somebody asks for who knows session timers; they refresh unless they want us to.
void SipLeg::takeTimer(const sip_msg* message) {
    m_timerHeaders.clear();
    const auto asked = sessionTimer(message);
    m_interval = 0;
    if (!hasToken(message, SIP_HDR_SUPPORTED, "timer") || !asked)
        return;
    m_interval = asked->seconds;
    m_weRefresh = asked->byServer;
    m_refreshedAt = steadyMillis();
    m_timerHeaders = "Session-Expires: " + std::to_string(m_interval) + ";refresher=" + (m_weRefresh ? "uas" : "uac") +
                     "\r\n" + (m_weRefresh ? "" : "Require: timer\r\n");
}

bool SipLeg::onCrypto(const char*, const char* value, void* into) {
    const auto offer = readSdes(value == nullptr ? std::string_view{} : std::string_view(value));
    if (offer)
        *static_cast<std::optional<SdesOffer>*>(into) = offer;
    return offer.has_value();
}

/// The first of theirs that we can do.
bool SipLeg::agreeOnKeys() {
    std::optional<SdesOffer> theirs;
    (void)sdp_media_rattr_apply(m_audio, "crypto", &SipLeg::onCrypto, &theirs);
    if (!theirs || !m_sdes->agree(theirs->key))
        return false;
    return sdp_media_set_lattr(m_audio, true, "crypto", "%s", writeSdes({theirs->tag, m_sdes->key()}).c_str()) == 0;
}

int SipLeg::readSdp(const sip_msg* message, bool offer) {
    if (const int error = sdp_decode(m_sdp.get(), message->mb, offer); error != 0)
        return error;
    const sdp_format* codec = nullptr; // the first both know; the list keeps their order
    for (const le* item = list_head(sdp_media_format_lst(m_audio, false)); item != nullptr && codec == nullptr;
         item = item->next) {
        const auto* format = static_cast<const sdp_format*>(list_ledata(item));
        if (format->sup && str_casecmp(format->name, "telephone-event") != 0)
            codec = format;
    }
    if (codec == nullptr || sdp_media_rport(m_audio) == 0 || (m_sdes != nullptr && !agreeOnKeys()))
        return ENOTSUP;
    MediaTerms terms;
    terms.peer = *sdp_media_raddr(m_audio);
    sdp_media_raddr_rtcp(m_audio, &terms.peerRtcp);
    terms.signalling = m_signalling;
    terms.payload = codec->pt;
    terms.alaw = str_casecmp(codec->name, "PCMA") == 0;
    const sdp_format* events = sdp_media_rformat(m_audio, "telephone-event");
    terms.events = events != nullptr ? events->pt : -1;
    terms.send = (sdp_media_dir(m_audio) & SDP_SENDONLY) != 0 && !sa_is_any(&terms.peer);
    m_media.agree(terms);
    return 0;
}

/// A re-INVITE. libre wants a description whatever comes of it.
int SipLeg::onOffer(mbuf** answer, const sip_msg* message, void* self) {
    auto& leg = *static_cast<SipLeg*>(self);
    *answer = nullptr;
    const bool offered = mbuf_get_left(message->mb) > 0;
    leg.m_refreshedAt = steadyMillis();
    int error = offered ? leg.readSdp(message, true) : 0;
    if (error == 0)
        error = sdp_encode(answer, leg.m_sdp.get(), !offered);
    return error;
}

/// The answer to an offer of ours.
int SipLeg::onAnswer(const sip_msg* message, void* self) {
    return static_cast<SipLeg*>(self)->readSdp(message, false);
}

void SipLeg::onInfo(sip* stack, const sip_msg* message, void* self) {
    (void)sip_reply(stack, message, 200, "OK");
    const std::string type = std::string(view(message->ctyp.type)) + "/" + std::string(view(message->ctyp.subtype));
    const std::string_view body(reinterpret_cast<const char*>(mbuf_buf(message->mb)), mbuf_get_left(message->mb));
    if (const auto key = keyOfInfo(type, body))
        static_cast<SipLeg*>(self)->m_media.takeKey(*key);
}

void SipLeg::onClose(int error, const sip_msg* message, void* self) {
    auto& leg = *static_cast<SipLeg*>(self);
    leg.end(leg.causeOf(error, message));
}

bool SipLeg::update(sip* stack, const sip_msg* message) {
    if (m_gone || !sip_dialog_cmp(sipsess_dialog(m_session.get()), message))
        return false;
    if (!sip_dialog_rseq_valid(sipsess_dialog(m_session.get()), message)) {
        (void)sip_reply(stack, message, 500, "Server Internal Error");
        return true;
    }
    Description description;
    const bool offered = mbuf_get_left(message->mb) > 0;
    if (offered && (readSdp(message, true) != 0 || describe(description, false) != 0)) {
        (void)sip_reply(stack, message, 488, "Not Acceptable Here");
        return true;
    }
    takeTimer(message);
    sip_contact contact{};
    sip_contact_set(&contact, kSipUser, &message->dst, message->tp);
    const auto size = description.data != nullptr ? mbuf_get_left(description.data) : 0;
    (void)sip_treplyf(nullptr, nullptr, stack, message, false, 200, "OK", "%H%s%sContent-Length: %zu\r\n\r\n%b",
                      sip_contact_print, &contact, m_timerHeaders.c_str(),
                      size > 0 ? "Content-Type: application/sdp\r\n" : "", size,
                      size > 0 ? mbuf_buf(description.data) : nullptr, size);
    return true;
}

// ---- time ----

void SipLeg::tick() {
    m_media.tick();
    if (m_farewell && !m_gone && !m_media.player().sounding())
        end("");
}

void SipLeg::look(std::int64_t now, std::int64_t mediaTimeout) {
    if (m_gone || !m_answered)
        return;
    const std::int64_t since = std::max(m_media.heardAt(), m_answeredAt);
    // Who holds us sends nothing, and that is no loss.
    const bool listening = (sdp_media_dir(m_audio) & SDP_RECVONLY) != 0;
    if (mediaTimeout > 0 && listening && now - since > mediaTimeout) {
        end("media_lost");
        return;
    }
    if (m_interval == 0)
        return;
    const std::int64_t age = now - m_refreshedAt;
    if (m_weRefresh && age > m_interval * 500LL) { // half of it (RFC 4028, 7.2)
        m_refreshedAt = now;
        Description description;
        if (describe(description, true) == 0)
            (void)sipsess_modify(m_session.get(), description.data);
    } else if (!m_weRefresh && age > m_interval * 1'000LL) {
        end("session_expired");
    }
}

} // namespace cb::phone
