#include "server/channels/phone/rules/admission.h"

#include <algorithm>

namespace cb::phone {

namespace {

constexpr std::int64_t kSetUp = 1'000; ///< what one costs: a millisecond brings perSecond of it

} // namespace

std::int64_t Admission::Bucket::wait(const CallLimits& limits, std::int64_t now) {
    if (limits.perSecond <= 0)
        return 0;
    const std::int64_t most = kSetUp * (limits.burst > 0 ? limits.burst : limits.perSecond);
    if (!started)
        level = most;
    else if (now > at) // no more than fills it up: that does not overflow
        level = std::min(most, level + std::min(now - at, most / limits.perSecond + 1) * limits.perSecond);
    level = std::min(level, most);
    at = started ? std::max(at, now) : now;
    started = true;
    return level >= kSetUp ? 0 : (kSetUp - level + limits.perSecond - 1) / limits.perSecond;
}

void Admission::Bucket::take(const CallLimits& limits) {
    if (limits.perSecond > 0)
        level -= kSetUp;
}

int Admission::refuse(Reason reason, std::int64_t wait) {
    m_reason = reason;
    return static_cast<int>(std::max<std::int64_t>(1, (wait + 999) / 1'000));
}

int Admission::admit(model::TrunkId trunk, CallLimits own, std::int64_t now) {
    auto& its = m_trunks[trunk];
    const auto waitAll = m_setUps.wait(m_limits, now);
    const auto waitOwn = its.setUps.wait(own, now);
    if (m_limits.calls > 0 && m_calls >= m_limits.calls)
        return refuse(Reason::ServerFull, kFullRetry * 1'000);
    if (own.calls > 0 && its.calls >= own.calls)
        return refuse(Reason::TrunkFull, kFullRetry * 1'000);
    if (waitAll > 0)
        return refuse(Reason::ServerBusy, waitAll);
    if (waitOwn > 0)
        return refuse(Reason::TrunkBusy, waitOwn);
    m_setUps.take(m_limits);
    its.setUps.take(own);
    ++its.calls;
    ++m_calls;
    m_reason = Reason::None;
    return 0;
}

void Admission::release(model::TrunkId trunk) {
    const auto it = m_trunks.find(trunk);
    if (it == m_trunks.end() || it->second.calls == 0)
        return;
    --it->second.calls;
    --m_calls;
}

int Admission::calls(model::TrunkId trunk) const {
    const auto it = m_trunks.find(trunk);
    return it == m_trunks.end() ? 0 : it->second.calls;
}

} // namespace cb::phone
