#pragma once

#include "server/channels/phone/libre_p.h"
#include "shared/base/result.h"
#include "shared/model/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cb::phone {

/// The SIP ports and who may speak there. Strangers get 403 from the stack's edge: no transaction, no memory. On the
/// loop's thread only.
class SipFront {
public:
    class Owner {
    public:
        virtual ~Owner() = default;
        /// nullopt: a stranger.
        virtual std::optional<model::TrunkId> trunkOf(const sa& source) = 0;
        /// Seconds after which to try again; 0 = take it.
        virtual int admit(model::TrunkId trunk) = 0;
        /// An INVITE of a trunk that was let in; to be accepted or answered.
        virtual void onInvite(const sip_msg* message, model::TrunkId trunk) = 0;
        /// False: of no dialog here.
        virtual bool onUpdate(const sip_msg* message) = 0;
    };

    struct Counts {
        std::uint64_t strangers = 0;
        std::uint64_t refused = 0; ///< 503
    };

    explicit SipFront(Owner& owner)
        : m_owner(owner) {}
    ~SipFront() { close(); }

    /// As EngineOptions::listen has them. Errors: phone_failed (params.what).
    base::Result<void> open(const std::vector<std::string>& listen, const std::string& certificateFile);
    void close();

    sip* stack() const { return m_sip.get(); }
    sipsess_sock* sessions() const { return m_sessions.get(); }
    const Counts& counts() const { return m_counts; }
    const std::vector<std::string>& addresses() const { return m_addresses; }

private:
    base::Result<void> listenOn(const std::string& where, const std::string& certificateFile);
    static bool onRequest(const sip_msg* message, void* self);
    static void onInvite(const sip_msg* message, void* self);
    bool screen(const sip_msg* message);
    bool refuseInvite(const sip_msg* message, model::TrunkId trunk);

    Owner& m_owner;
    Ref<sip> m_sip;
    Ref<sip_lsnr> m_screen;
    Ref<sipsess_sock> m_sessions;
    Counts m_counts;
    std::vector<std::string> m_addresses;
};

} // namespace cb::phone
