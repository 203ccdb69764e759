#pragma once

#include "shared/model/ids.h"

#include <string>

namespace cb::model {

enum class ChannelKind { Website, Kiosk, WeChatAccount, MiniProgram, Phone };

/// Customers are known there by an OpenID or a phone number (Customer::externalId). Elsewhere it is the hash of a
/// secret and goes to nobody.
constexpr bool tellsWho(ChannelKind kind) {
    return kind == ChannelKind::WeChatAccount || kind == ChannelKind::MiniProgram || kind == ChannelKind::Phone;
}

/// A way in（渠道接入）, spec 2.1.
struct Channel {
    ChannelId id;
    InstanceId instance;
    ChannelKind kind = ChannelKind::Website;
    std::string name;
    std::string key;    ///< public, unguessable name of the channel in the snippet
    std::string domain; ///< website: this and its subdomains, any port; "*" any (demo only)
    std::string colour; ///< brand colour "#RRGGBB"
    FlowId flow;        ///< linked flow; 0 = service is not set up
    bool deleted = false;

    bool operator==(const Channel&) const = default;
};

} // namespace cb::model
