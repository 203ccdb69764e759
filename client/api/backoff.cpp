#include "client/api/backoff.h"

#include <algorithm>

namespace cb::api {

base::Millis Backoff::next() {
    if (m_options.delays.empty())
        return base::Millis(0);
    const auto delay = m_options.delays[std::min(m_step, m_options.delays.size() - 1)];
    ++m_step;
    const auto reach = static_cast<std::int64_t>(static_cast<double>(delay.count()) * m_options.spread);
    const auto offset = static_cast<std::int64_t>(m_random.below(static_cast<std::uint64_t>(2 * reach + 1))) - reach;
    return delay + base::Millis(offset);
}

base::Millis Backoff::nextAfterGoodbye() {
    if (m_step != 0)
        return next();
    ++m_step;
    return base::Millis(m_random.below(static_cast<std::uint64_t>(m_options.afterGoodbye.count() + 1)));
}

} // namespace cb::api
