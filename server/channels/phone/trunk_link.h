#pragma once

#include "server/channels/phone/libre_p.h"
#include "shared/base/clock.h"
#include "shared/model/phone.h"

#include <cstdint>
#include <string>

namespace cb::phone {

/// Whether a trunk is there: asked by OPTIONS, or, where it wants that, by signing on to it (REGISTER, RFC 3261, 10,
/// with digest authentication) in time before that runs out. On the loop's thread only.
class TrunkLink {
public:
    enum class State { Unknown, Up, Down };

    /// `address`: one of the host's. `stack` outlives it.
    TrunkLink(sip* stack, model::Trunk trunk, std::string address);
    ~TrunkLink();
    TrunkLink(const TrunkLink&) = delete;
    TrunkLink& operator=(const TrunkLink&) = delete;

    /// Every second; `now` as of steadyMillis().
    void look(std::int64_t now);

    State state() const { return m_state; }
    base::TimePoint since() const { return m_since; }
    const model::Trunk& trunk() const { return m_trunk; }
    const std::string& address() const { return m_address; }

private:
    bool prepare();
    int ask();
    int sign();
    static int onSend(sip_transp transport, const sa* source, const sa* target, mbuf* message, void* self);
    static void onAnswer(int error, const sip_msg* message, void* self);
    static int onChallenge(char** user, char** password, const char* realm, void* self);
    static bool onContact(const sip_hdr* header, const sip_msg* message, void* into);
    void take(const sip_msg& message);
    /// True: it was asked again with our password, or for another time.
    bool goOn(const sip_msg& message);
    void settle(bool up, int code);

    sip* const m_stack;
    const model::Trunk m_trunk;
    const std::string m_address;
    const std::string m_uri;   ///< of the far end
    const std::string m_name;  ///< ours
    const std::string m_route; ///< empty: to the URI's own address
    std::string m_callId;
    Ref<sip_dialog> m_dialog; ///< of REGISTER
    Ref<sip_auth> m_auth;
    struct sip_request* m_request = nullptr; ///< under way; libre clears it
    std::uint32_t m_sequence = 0;
    std::uint32_t m_expires;
    int m_retries = 0;  ///< of the request under way, for a password or a time
    int m_failures = 0; ///< in a row
    std::int64_t m_sentAt = 0;
    std::int64_t m_dueAt = 0;
    State m_state = State::Unknown;
    base::TimePoint m_since{};
};

} // namespace cb::phone
