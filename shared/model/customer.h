#pragma once

#include "shared/base/clock.h"
#include "shared/model/ids.h"

#include <string>

namespace cb::model {

/// Somebody who contacted the company through one channel.
struct Customer {
    CustomerId id;
    InstanceId instance;
    ChannelId channel;
    std::string externalId; ///< OpenID, phone number (tellsWho); else the hex SHA-256 of the visitor's token
    std::string name;       ///< what the agent sees; "Visitor 42" until known
    std::string notes;      ///< by agents
    std::string locale;     ///< "zh_CN" or "en", as the browser said
    bool blocked = false;
    base::TimePoint createdAt{};

    bool operator==(const Customer&) const = default;
};

} // namespace cb::model
