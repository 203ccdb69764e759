#pragma once

#include "server/channels/phone/sip_leg.h"

namespace cb::phone {

/// One caller: a dialog that came in (RFC 3261, UAS).
///
///     accept()  →  180, until the desk knows what to do with it
///     answer()  →  200, or refuse()
class CallerLeg final : public SipLeg {
public:
    CallerLeg(desk::CallId id, model::TrunkId trunk, Owner& owner)
        : SipLeg(id, trunk, owner) {}

    /// Takes the INVITE. Errors: media_unknown (no G.711 in its offer, or not as its trunk wants it → 488), no_ports (→
    /// 503), phone_failed (→ 500); nothing has been answered then.
    base::Result<void> accept(sipsess_sock* socket, const sip_msg* invite, const MediaPorts& ports, bool secured);
    void answer();
    void refuse(std::uint16_t code, const char* reason, int retryAfter = 0);

private:
    std::string causeOf(int error, const sip_msg* message) override;

    bool m_offered = false; ///< the INVITE had an offer; else ours goes with the 200
};

} // namespace cb::phone
