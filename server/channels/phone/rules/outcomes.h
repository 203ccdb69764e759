#pragma once

#include <string_view>

namespace cb::phone {

/// How an attempt to call out ended before anybody answered.
struct DialOutcome {
    std::string_view cause; ///< as model::Call::cause
    bool tryNext = false;   ///< the way was the trouble, not who was called: another trunk may do
};

/// Of a final answer (RFC 3261, 21); 0: none came, the trunk is not there.
DialOutcome outcomeOf(int code);

} // namespace cb::phone
