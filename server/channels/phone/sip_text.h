#pragma once

#include "server/channels/phone/libre_p.h"

#include <optional>
#include <string_view>
#include <vector>

namespace cb::phone {

/// True when a header that lists tokens ("Supported: timer, 100rel") names this one, whatever its case.
bool hasToken(const sip_msg* message, sip_hdrid header, std::string_view token);
/// All tokens of such a header, in order.
std::vector<std::string_view> tokens(const sip_msg* message, sip_hdrid header);

struct SessionTimer {
    int seconds = 0;
    bool byServer = false; ///< refresher=uas
};
/// Session-Expires (RFC 4028, 4); nullopt: none, or not readable.
std::optional<SessionTimer> sessionTimer(const sip_msg* message);

} // namespace cb::phone
