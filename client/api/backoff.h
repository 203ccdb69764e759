#pragma once

#include "shared/base/clock.h"
#include "shared/base/random.h"

#include <vector>

namespace cb::api {

/// The delays before reconnecting (docs/protocol.md 2): 0.5, 1, 2, 4, 8, 15 s, then always 15 s, each ± 30 %. Pure.
class Backoff {
public:
    struct Options {
        std::vector<base::Millis> delays{base::Millis(500),  base::Millis(1000), base::Millis(2000),
                                         base::Millis(4000), base::Millis(8000), base::Millis(15000)};
        double spread = 0.3;
        base::Millis afterGoodbye{2000}; ///< the first attempt after a clean 1001 waits up to this
    };

    Backoff(Options options, std::uint64_t seed)
        : m_options(std::move(options))
        , m_random(seed) {}

    base::Millis next();             ///< and one step further
    base::Millis nextAfterGoodbye(); ///< likewise, for the first attempt after the server said it stops
    void reset() { m_step = 0; }     ///< after a connection that lasted

private:
    Options m_options;
    base::Random m_random;
    std::size_t m_step = 0;
};

} // namespace cb::api
