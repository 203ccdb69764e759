#include "server/channels/web/origin.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace cb::web {

namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
    return out;
}

/// The host of an origin; empty when it has none.
std::string hostOf(std::string_view origin) {
    const auto text = lower(origin);
    std::size_t at = 0;
    if (text.rfind("https://", 0) == 0)
        at = 8;
    else if (text.rfind("http://", 0) == 0)
        at = 7;
    else
        return {};
    const auto bracket = text.size() > at && text[at] == '[' ? text.find(']', at) : std::string::npos;
    const auto end = bracket != std::string::npos ? bracket + 1 : std::min(text.find(':', at), text.size());
    auto host = text.substr(at, end - at);
    if (host.find_first_of("/\\?#@ ") != std::string::npos)
        return {}; // nor has it a path, a query or a user
    for (const char c : std::string_view(text).substr(end))
        if (c != ':' && (c < '0' || c > '9'))
            return {}; // an origin ends after the port
    if (!host.empty() && host.back() == '.')
        host.pop_back();
    return host;
}

} // namespace

bool originAllowed(std::string_view origin, std::string_view domain) {
    if (domain == "*")
        return true;
    const auto host = hostOf(origin);
    const auto wanted = lower(domain);
    if (host.empty() || wanted.empty())
        return false;
    if (host == wanted)
        return true;
    return host.size() > wanted.size() && host.compare(host.size() - wanted.size(), wanted.size(), wanted) == 0 &&
           host[host.size() - wanted.size() - 1] == '.';
}

} // namespace cb::web
