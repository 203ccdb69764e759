#pragma once

#include "shared/model/ids.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace cb::model {

/// A web page shown to the agent when a session rings or they dial out（来电弹屏）, spec 2.4.
struct ScreenPop {
    std::string name;
    std::string url; ///< http or https, with placeholders such as ${CallerNumber}
    bool enabled = true;

    bool operator==(const ScreenPop&) const = default;
};

inline constexpr std::size_t kMaxScreenPops = 5;

/// What may stand in ${…}, in the order of PopValues.
inline constexpr std::array<std::string_view, 8> kPopPlaceholders{
    "SessionId", "Channel", "CallerNumber", "CalleeNumber", "OpenId", "Nickname", "StaffNo", "SkillGroup"};

/// What is known of a session; empty = it has none.
struct PopValues {
    SessionId session;
    std::string channel; ///< its name
    std::string callerNumber;
    std::string calleeNumber;
    std::string openId;
    std::string nickname; ///< the customer's
    std::string staffNo;  ///< the agent's
    std::string skillGroup;
};

/// The address with its placeholders filled in, percent-encoded (RFC 3986: all but unreserved characters), so that no
/// value changes which page it is. Unknown placeholders stay.
std::string filledUrl(std::string_view url, const PopValues& values);

} // namespace cb::model
