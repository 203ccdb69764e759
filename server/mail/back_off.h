#pragma once

#include "server/store/records.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"

#include <optional>
#include <vector>

namespace cb::mail {

/// When a letter is tried again.
struct BackOff {
    /// After the first attempt, the second, …; the last one again and again.
    std::vector<base::Millis> waits{base::Millis{60'000}, base::Millis{5 * 60'000}, base::Millis{15 * 60'000},
                                    base::Millis{60 * 60'000}};
    /// No attempt comes later than so long after the first.
    base::Millis forAtMost{std::chrono::hours(48)};
};

/// How long to wait after attempt number `attempts` (≥ 1); empty = that was the last one.
std::optional<base::Millis> waitAfter(int attempts, const BackOff& rule);

/// The row as it is after an attempt. Sent: without its body. Refused, or tried often enough: given up, with its body,
/// so that an operator can have it tried again.
store::Mail afterAttempt(store::Mail row, const base::Result<void>& outcome, base::TimePoint now, const BackOff& rule);

} // namespace cb::mail
