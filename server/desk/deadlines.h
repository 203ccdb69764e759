#pragma once

#include "shared/base/clock.h"
#include "shared/model/ids.h"

#include <cstdint>
#include <optional>
#include <queue>
#include <vector>

namespace cb::desk {

/// A deadline of its owner. Moving it later, or dropping it, costs nothing: the entry that waits finds out when its
/// turn comes. So a deadline that is put off with every message has one entry, not one per message.
struct Timer {
    base::TimePoint due{};    ///< epoch 0 = none
    base::TimePoint queued{}; ///< when its entry comes up; epoch 0 = it has none
};

/// All deadlines of the desk, earliest first. Answers "when to wake up", which may be early but is never late.
class Deadlines {
public:
    enum class Kind : std::uint8_t { Routing, Flow, VisitorGone, Figures, Forget, Day, Overview };
    struct Entry {
        base::TimePoint at{};
        Kind kind = Kind::Routing;
        model::InstanceId instance;
        std::int64_t owner = 0; ///< session or customer, by kind
    };

    void arm(Timer& timer, base::TimePoint due, Kind kind, model::InstanceId instance, std::int64_t owner = 0) {
        timer.due = due;
        if (timer.queued != base::TimePoint{} && timer.queued <= due)
            return;
        timer.queued = due;
        m_entries.push(Entry{due, kind, instance, owner});
    }
    static void disarm(Timer& timer) { timer.due = {}; }

    std::optional<base::TimePoint> next() const {
        return m_entries.empty() ? std::nullopt : std::optional(m_entries.top().at);
    }
    /// The earliest entry at or before `now`.
    std::optional<Entry> take(base::TimePoint now) {
        if (m_entries.empty() || m_entries.top().at > now)
            return std::nullopt;
        const Entry entry = m_entries.top();
        m_entries.pop();
        return entry;
    }
    /// True when the owner's deadline has come; puts the entry back when it was moved later.
    bool isDue(Timer& timer, const Entry& entry, base::TimePoint now) {
        if (timer.queued != entry.at)
            return false; // a later entry was overtaken by an earlier one
        timer.queued = {};
        if (timer.due == base::TimePoint{})
            return false;
        if (timer.due > now) {
            arm(timer, timer.due, entry.kind, entry.instance, entry.owner);
            return false;
        }
        timer.due = {};
        return true;
    }
    std::size_t size() const { return m_entries.size(); }

private:
    struct Later {
        bool operator()(const Entry& a, const Entry& b) const { return a.at > b.at; }
    };
    std::priority_queue<Entry, std::vector<Entry>, Later> m_entries;
};

} // namespace cb::desk
