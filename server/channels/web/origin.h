#pragma once

#include <string_view>

namespace cb::web {

/// May a page of this Origin (RFC 6454, "https://shop.example:8443") use a channel of this domain: the domain itself
/// and its subdomains, http or https, any port (spec 2.1). "*" is any page, and no page. Without "*" an absent or
/// opaque Origin is refused.
bool originAllowed(std::string_view origin, std::string_view domain);

} // namespace cb::web
