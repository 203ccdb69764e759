#pragma once

#include "shared/model/ids.h"

#include <string>

namespace cb::model {

/// What kind of service a group, flow or session is (spec 2). Phone and AllMedia are exclusive in routing (spec 6).
enum class Mode { Chat, AllMedia, Phone };

constexpr bool isExclusive(Mode mode) {
    return mode != Mode::Chat;
}

/// A skill group（技能组）.
struct Group {
    GroupId id;
    InstanceId instance;
    Mode mode = Mode::Chat;
    std::string name;    ///< ≤ 20 characters, unique in its mode
    int limit = 1;       ///< sessions per agent（接待人数上限）, ≥ 1; fixed at 1 unless Chat
    bool record = false; ///< of Phone: calls are recorded while an agent of the group has them

    bool operator==(const Group&) const = default;
};

} // namespace cb::model
