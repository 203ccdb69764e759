#include "server/mail/back_off.h"

#include <algorithm>

namespace cb::mail {

std::optional<base::Millis> waitAfter(int attempts, const BackOff& rule) {
    if (rule.waits.empty())
        return std::nullopt;
    base::Millis sum{0};
    base::Millis wait{0};
    for (int i = 0; i < attempts; ++i) {
        wait = rule.waits[std::min(static_cast<std::size_t>(i), rule.waits.size() - 1)];
        sum += wait;
        if (sum > rule.forAtMost)
            return std::nullopt;
    }
    return wait;
}

store::Mail afterAttempt(store::Mail row, const base::Result<void>& outcome, base::TimePoint now, const BackOff& rule) {
    ++row.attempts;
    if (outcome) {
        row.sentAt = now;
        row.error.clear();
        row.body.clear();
        return row;
    }
    const base::Error& error = outcome.error();
    row.error = error.detail.empty() ? error.code : error.code + ": " + error.detail;
    const auto wait = error.grade == base::Grade::Retry ? waitAfter(row.attempts, rule) : std::nullopt;
    row.dueAt = wait ? now + *wait : store::kMailGivenUp;
    return row;
}

} // namespace cb::mail
