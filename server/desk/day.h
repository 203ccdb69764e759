#pragma once

#include "server/store/records.h"
#include "shared/base/time_zone.h"
#include "shared/model/overview.h"
#include "shared/model/session.h"

#include <cstdint>
#include <map>
#include <vector>

namespace cb::desk {

store::SessionTimes timesOf(const model::Session& row);

/// The figures of the instance's day (model::DayTally says what counts when): sums over sessions, kept by quarters of
/// an hour so that another threshold, another time zone or the next midnight needs no session again. A pure value: what
/// was added can be taken away, in any order, and the same sessions always give the same figures. Offsets of time zones
/// are whole quarters of an hour, so a day begins with one.
class Day {
public:
    /// So long before the present midnight sessions are remembered: the zone may change to any other.
    static constexpr base::Millis kBefore = std::chrono::hours(26);
    /// What recovery has to bring, at most: the whole day and that.
    static constexpr base::Millis kKept = kBefore + std::chrono::hours(25);

    /// From here on `now`'s day in this zone is today; what is too old is forgotten.
    void begin(const base::TimeZone& zone, base::TimePoint now);
    base::TimePoint from() const { return m_from; }
    base::TimePoint to() const { return m_to; }

    /// Sessions that have not been queued, or too long ago, count for nothing.
    void add(const store::SessionTimes& session);
    void take(const store::SessionTimes& session);

    /// Day, modes, channels (without names) and the series; of groups those with sessions today, without the live part.
    void fill(model::Overview& overview, base::Seconds threshold) const;

private:
    struct Key {
        base::TimePoint quarter{};
        model::Mode mode = model::Mode::Chat;
        model::ChannelId channel;
        model::GroupId group;
        auto operator<=>(const Key&) const = default;
    };
    struct Cell {
        model::DayTally tally;            ///< without `within`
        std::vector<std::uint16_t> waits; ///< of the answered ones, whole seconds, rounded up; in no order
    };
    void count(const store::SessionTimes& session, int sign);

    std::map<Key, Cell> m_cells;
    base::TimePoint m_from{};
    base::TimePoint m_to{};
    base::TimePoint m_keptFrom{}; ///< never goes back: what was forgotten stays forgotten
};

} // namespace cb::desk
