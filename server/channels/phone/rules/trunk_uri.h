#pragma once

#include "shared/model/phone.h"

#include <string>
#include <string_view>

namespace cb::phone {

// How a trunk is spoken to in SIP (RFC 3261, 19.1).

/// Its domain: the realm, or the host.
std::string domainOf(const model::Trunk& trunk);

/// "sip:+8613800138000@sip.example:5070;transport=tcp"; the user may be empty.
std::string uriOf(const model::Trunk& trunk, std::string_view user);

/// "sip:+8675512345678@sip.example": who calls, or signs on.
std::string nameOf(const model::Trunk& trunk, std::string_view user);

/// Where requests go when that is not the address in uriOf(); else empty.
std::string routeOf(const model::Trunk& trunk, const std::string& address);

} // namespace cb::phone
