#pragma once

#include "server/channels/phone/sip_leg.h"
#include "shared/model/phone.h"

namespace cb::phone {

/// Whom we call: a dialog that goes out over a trunk (RFC 3261, UAC), with early media where the far end sends it.
class CalleeLeg final : public SipLeg {
public:
    static constexpr std::int64_t kRings = 60'000;   ///< ms; then nobody is there
    static constexpr std::int64_t kPatience = 6'000; ///< ms without any answer: the trunk is not there

    CalleeLeg(desk::CallId id, const model::Trunk& trunk, Owner& owner);

    /// Sends the INVITE to `address`, the trunk's. Errors: no_ports, phone_failed (params.what).
    base::Result<void> dial(sipsess_sock* socket, const std::string& caller, const std::string& callee,
                            const std::string& address, const MediaPorts& ports);

    void look(std::int64_t now, std::int64_t mediaTimeout) override;
    bool mayTryNext() const override { return m_tryNext; }

private:
    static int onChallenge(char** user, char** password, const char* realm, void* self);
    static void onProgress(const sip_msg* message, void* self);
    static void onEstablished(const sip_msg* message, void* self);
    std::string causeOf(int error, const sip_msg* message) override;

    const model::Trunk m_way;
    std::int64_t m_since = 0;
    bool m_heard = false; ///< there was some answer
    bool m_early = false;
    bool m_tryNext = false;
};

} // namespace cb::phone
