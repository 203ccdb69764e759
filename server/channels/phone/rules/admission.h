#pragma once

#include "shared/model/ids.h"

#include <cstdint>
#include <map>

namespace cb::phone {

/// 0 = no limit.
struct CallLimits {
    int calls = 0;     ///< at once
    int perSecond = 0; ///< set-ups
    int burst = 0;     ///< set-ups at once after a quiet time; 0 = those of a second
};

/// How many calls there may be: of all, and of each trunk. Not synchronised: one thread's.
class Admission {
public:
    static constexpr int kFullRetry = 10; ///< seconds: nobody knows when the next call ends

    /// What stood in the way. Full: calls at once; busy: set-ups.
    enum class Reason { None, ServerFull, ServerBusy, TrunkFull, TrunkBusy };

    explicit Admission(CallLimits total)
        : m_limits(total) {}

    /// Calls there are stay.
    void setLimits(CallLimits total) { m_limits = total; }

    /// 0: taken, in or out, until release(). Else nothing changed, and one may try again in so many seconds
    /// (Retry-After). `own`: the trunk's limits as they are now. `now`: milliseconds of a clock that never goes back.
    int admit(model::TrunkId trunk, CallLimits own, std::int64_t now);
    /// Of the latest admit().
    Reason reason() const { return m_reason; }
    /// A call that was admitted has ended.
    void release(model::TrunkId trunk);

    int calls() const { return m_calls; }
    int calls(model::TrunkId trunk) const;

private:
    /// Set-ups that may come now, in thousandths; they grow with time.
    struct Bucket {
        std::int64_t level = 0;
        std::int64_t at = 0;
        bool started = false;
        /// 0 = one may; else milliseconds until one may.
        std::int64_t wait(const CallLimits& limits, std::int64_t now);
        void take(const CallLimits& limits);
    };
    struct PerTrunk {
        int calls = 0;
        Bucket setUps;
    };
    int refuse(Reason reason, std::int64_t wait);

    CallLimits m_limits;
    Reason m_reason = Reason::None;
    int m_calls = 0;
    Bucket m_setUps;
    std::map<model::TrunkId, PerTrunk> m_trunks;
};

} // namespace cb::phone
