#pragma once

#include "shared/base/clock.h"
#include "shared/model/ids.h"

#include <string>

namespace cb::model {

/// Settings an admin can change (spec 2). Durations in seconds; defaults are the specification's.
struct InstanceSettings {
    bool chatAnswerTimeout = true; ///< off: an offer rings until the customer leaves
    int chatAnswerSeconds = 30;    ///< 1–90
    bool allMediaAnswerTimeout = true;
    int allMediaAnswerSeconds = 30; ///< 1–90
    bool phoneAnswerTimeout = true;
    int phoneAnswerSeconds = 20; ///< 1–90
    bool phoneRecovery = true;   ///< off: busy after a call until a click
    int phoneRecoverySeconds = 30;
    bool phoneFewestCalls = false; ///< priority: false = longest idle, true = fewest calls answered today
    bool phoneLastAgentFirst = false;
    bool blending = true;
    int wrapUpSeconds = 120;      ///< a chat in wrap-up completes itself after this
    int serviceLevelSeconds = 20; ///< answered within
    int retentionDays = 365;      ///< messages, attachments, recordings, records
    std::int64_t pictureBytes = 10 * 1024 * 1024;
    std::int64_t fileBytes = 20 * 1024 * 1024;

    bool operator==(const InstanceSettings&) const = default;
};

/// A call centre instance（呼叫中心实例）: the tenant.
struct Instance {
    InstanceId id;
    std::string name;
    std::string timeZone = "Asia/Shanghai"; ///< IANA name
    InstanceSettings settings;
    base::TimePoint createdAt{};
    base::TimePoint modifiedAt{};

    bool operator==(const Instance&) const = default;
};

} // namespace cb::model
