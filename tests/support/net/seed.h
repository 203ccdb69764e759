#pragma once

#include "shared/base/result.h"
#include "shared/model/ids.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cb::test {

/// A call centre in a fresh data directory, made through the store before any server runs: for loads far over the
/// demo's three agents.
struct Seed {
    int agents = 10;
    int groups = 1;
    int limit = 5;    ///< sessions per agent
    int messages = 0; ///< old messages in completed sessions, 100 to a session
};

struct Seeded {
    model::InstanceId instance;
    std::string adminToken;
    std::vector<std::string> agentTokens;
    std::string channelKey;
};

/// The flow is greeting → transfer → end; the channel allows http://shop.test.
base::Result<Seeded> seed(const std::string& dataDirectory, const Seed& what);

} // namespace cb::test
