#pragma once

#include "shared/base/clock.h"

#include <string>

namespace cb::auth {

struct ResetLetter {
    std::string subject;
    std::string body; ///< plain text, UTF-8
};

/// What is mailed to somebody who forgot their password, in Chinese and in English: the server does not know which one
/// they read. `name` is the agent's, `instance` the call centre's, `link` the one-time address.
ResetLetter resetLetter(const std::string& name, const std::string& instance, const std::string& link,
                        base::Millis life);

} // namespace cb::auth
