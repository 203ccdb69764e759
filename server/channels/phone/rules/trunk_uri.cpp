#include "server/channels/phone/rules/trunk_uri.h"

#include "shared/model/names.h"

#include <cctype>

namespace cb::phone {

namespace {

std::string inUri(const std::string& host) {
    return host.find(':') == std::string::npos ? host : '[' + host + ']';
}

/// What may not stand in a user part is escaped (RFC 3261, 25.1).
std::string escaped(std::string_view user) {
    constexpr std::string_view kPlain = "-_.!~*'()&=+$,;?/";
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string text;
    for (const char c : user) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80 && (std::isalnum(byte) != 0 || kPlain.find(c) != std::string_view::npos)) {
            text += c;
        } else {
            text += '%';
            text += kHex[byte >> 4];
            text += kHex[byte & 15];
        }
    }
    return text;
}

std::string withUser(std::string_view user, const std::string& host) {
    return "sip:" + (user.empty() ? std::string{} : escaped(user) + '@') + host;
}

std::string transportOf(const model::Trunk& trunk) {
    return ";transport=" + std::string(model::name(trunk.transport));
}

} // namespace

std::string domainOf(const model::Trunk& trunk) {
    return inUri(trunk.realm.empty() ? trunk.host : trunk.realm);
}

std::string uriOf(const model::Trunk& trunk, std::string_view user) {
    const std::string port = trunk.realm.empty() ? ':' + std::to_string(trunk.port) : std::string{};
    return withUser(user, domainOf(trunk)) + port + transportOf(trunk);
}

std::string nameOf(const model::Trunk& trunk, std::string_view user) {
    return withUser(user, domainOf(trunk));
}

std::string routeOf(const model::Trunk& trunk, const std::string& address) {
    if (trunk.realm.empty() && trunk.host == address)
        return {};
    return withUser({}, inUri(address)) + ':' + std::to_string(trunk.port) + transportOf(trunk);
}

} // namespace cb::phone
