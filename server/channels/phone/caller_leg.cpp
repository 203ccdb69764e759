#include "server/channels/phone/caller_leg.h"

#include "server/channels/phone/sip_text.h"

#include <cerrno>

namespace cb::phone {

base::Result<void> CallerLeg::accept(sipsess_sock* socket, const sip_msg* invite, const MediaPorts& ports,
                                     bool secured) {
    if (auto opened = open(ports, secured); !opened)
        return opened;
    setDialog(invite->src, std::string(view(invite->callid)));
    m_offered = mbuf_get_left(invite->mb) > 0;
    if (m_offered && readSdp(invite, true) != 0)
        return base::rejected("media_unknown");
    takeTimer(invite);
    const bool reliable = hasToken(invite, SIP_HDR_REQUIRE, "100rel");
    sipsess* made = nullptr;
    SipLeg* const self = this; // what the handlers are given
    // A reliable provisional answer without SDP may be overtaken by the final one (RFC 3262, 3): it is sent once.
    const int error =
        sipsess_accept(&made, socket, invite, 180, "Ringing", kSipUser, kSdpType, nullptr, nullptr, nullptr, false,
                       &CallerLeg::onOffer, &CallerLeg::onAnswer, nullptr, &CallerLeg::onInfo, nullptr,
                       &CallerLeg::onClose, self, "%s", reliable ? "Require: 100rel\r\nRSeq: 1\r\n" : "");
    if (error != 0)
        return base::with(base::fatal("phone_failed"), "what", "accept");
    begun(made);
    return {};
}

void CallerLeg::answer() {
    if (gone() || answered())
        return;
    Description description;
    int error = describe(description, !m_offered);
    if (error == 0)
        error = sipsess_answer(session(), 200, "OK", description.data, "%s", timerHeaders().c_str());
    if (error != 0)
        end("failed");
    else
        setAnswered();
}

void CallerLeg::refuse(std::uint16_t code, const char* reason, int retryAfter) {
    if (gone() || answered())
        return;
    const std::string headers = retryAfter > 0 ? "Retry-After: " + std::to_string(retryAfter) + "\r\n" : std::string{};
    (void)sipsess_reject(session(), code, reason, "%sContent-Length: 0\r\n\r\n", headers.c_str());
    end("refused");
}

/// libre says ECONNRESET for a BYE and a CANCEL alike.
std::string CallerLeg::causeOf(int error, const sip_msg*) {
    return error != ECONNRESET ? "unreachable" : answered() ? "" : "cancelled";
}

} // namespace cb::phone
