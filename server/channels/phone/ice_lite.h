#pragma once

#include "server/channels/phone/libre_p.h"

#include <string>

namespace cb::phone {

/// The answering half of ICE (RFC 8445, "lite"): libre has only the full agent. It proves to the browser that it has
/// reached us, and tells which of its addresses was nominated. On the loop's thread only.
class IceLite {
public:
    enum class Outcome { NotStun, Answered, Nominated, Refused };

    /// New credentials: at the first offer, and when the browser restarts ICE.
    void renew();
    const std::string& fragment() const { return m_fragment; }
    const std::string& password() const { return m_password; }

    /// One packet that came to `socket` from `source`; answers it there.
    Outcome take(udp_sock* socket, const sa& source, mbuf* packet) const;

private:
    std::string m_fragment;
    std::string m_password;
};

} // namespace cb::phone
