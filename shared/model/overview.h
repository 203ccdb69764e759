#pragma once

#include "shared/base/clock.h"
#include "shared/model/channel.h"
#include "shared/model/group.h"
#include "shared/model/ids.h"

#include <optional>
#include <string>
#include <vector>

namespace cb::model {

/// What became of the sessions that were offered on one day. A session counts for the day, the quarter of an hour and
/// the group of the moment it first entered a queue; with a transfer it moves to the group that has it now. What
/// happens to it later is added there, so that the figures of a day always belong to the same sessions.
struct DayTally {
    int offered = 0;           ///< entered a queue
    int answered = 0;          ///< an agent answered
    int abandoned = 0;         ///< ended while queued or ringing
    int abandonedSoon = 0;     ///< of these, within kSoon
    int unserved = 0;          ///< nobody came, and the flow went on to its end; of no group
    int within = 0;            ///< answered within the service level's threshold
    std::int64_t waitMs = 0;   ///< of the answered ones, from the queue to the first answer
    int handled = 0;           ///< answered and completed
    std::int64_t handleMs = 0; ///< of these, from the first answer to the completion

    static constexpr base::Millis kSoon{5'000};

    DayTally& operator+=(const DayTally& other) {
        offered += other.offered;
        answered += other.answered;
        abandoned += other.abandoned;
        abandonedSoon += other.abandonedSoon;
        unserved += other.unserved;
        within += other.within;
        waitMs += other.waitMs;
        handled += other.handled;
        handleMs += other.handleMs;
        return *this;
    }
    bool operator==(const DayTally&) const = default;
};

/// Answered within the threshold ÷ offered without those abandoned within kSoon (spec 2); 0…1, nothing without any.
inline std::optional<double> serviceLevel(const DayTally& tally) {
    const int counted = tally.offered - tally.abandonedSoon;
    return counted > 0 ? std::optional(double(tally.within) / counted) : std::nullopt;
}
inline std::optional<base::Millis> averageWait(const DayTally& tally) {
    return tally.answered > 0 ? std::optional(base::Millis(tally.waitMs / tally.answered)) : std::nullopt;
}
inline std::optional<base::Millis> averageHandleTime(const DayTally& tally) {
    return tally.handled > 0 ? std::optional(base::Millis(tally.handleMs / tally.handled)) : std::nullopt;
}

/// Agents by status; deleted ones are none.
struct AgentCounts {
    int idle = 0;
    int busy = 0;
    int wrapUp = 0;
    int onBreak = 0;
    int offline = 0;

    bool operator==(const AgentCounts&) const = default;
};

struct ModeOverview {
    Mode mode = Mode::Chat;
    DayTally today;

    bool operator==(const ModeOverview&) const = default;
};
struct ChannelOverview {
    ChannelId channel;
    std::string name;
    DayTally today;

    bool operator==(const ChannelOverview&) const = default;
};
struct GroupOverview {
    GroupId group;
    std::string name;
    Mode mode = Mode::Chat;
    int waiting = 0;              ///< customers in the queue
    base::TimePoint waitsSince{}; ///< of the one who has waited longest; epoch 0: nobody waits
    int serving = 0;              ///< open sessions
    int online = 0;               ///< members
    int free = 0;                 ///< members who could be offered one now
    DayTally today;

    bool operator==(const GroupOverview&) const = default;
};

/// The overview（数据概览）of an instance at one moment. Counts, no lists of people.
struct Overview {
    base::TimePoint dayFrom{}; ///< midnight of the instance's time zone
    base::TimePoint dayTo{};   ///< the next one
    std::string timeZone;      ///< IANA name
    int threshold = 0;         ///< seconds of the service level
    AgentCounts agents;
    std::vector<ModeOverview> modes;       ///< those with sessions today
    std::vector<ChannelOverview> channels; ///< likewise, by id
    std::vector<GroupOverview> groups;     ///< all, by id
    /// Sessions by the quarter of an hour, from dayFrom on, in which they were offered; quarters at the end without any
    /// are left out. All three have the same length.
    std::vector<int> offered;
    std::vector<int> answered;
    std::vector<int> abandoned;

    static constexpr base::Millis kQuarter{900'000};

    bool operator==(const Overview&) const = default;
};

} // namespace cb::model
