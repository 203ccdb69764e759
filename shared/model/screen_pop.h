#pragma once

#include <cstddef>
#include <string>

namespace cb::model {

/// A web page shown to the agent when a session rings or they dial out（来电弹屏）, spec 2.4.
struct ScreenPop {
    std::string name;
    std::string url; ///< http or https, with placeholders such as ${CallerNumber}
    bool enabled = true;

    bool operator==(const ScreenPop&) const = default;
};

inline constexpr std::size_t kMaxScreenPops = 5;

} // namespace cb::model
