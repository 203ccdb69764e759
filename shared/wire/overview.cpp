#include "shared/wire/overview.h"

#include "shared/wire/fields_p.h"
#include "shared/wire/reader_p.h"

namespace cb::wire {

template <class A, Of<model::DayTally> V>
void fields(A& a, V& v) {
    a.maybe("offered", v.offered);
    a.maybe("answered", v.answered);
    a.maybe("abandoned", v.abandoned);
    a.maybe("abandoned_soon", v.abandonedSoon);
    a.maybe("unserved", v.unserved);
    a.maybe("within", v.within);
    a.maybe("wait_ms", v.waitMs);
    a.maybe("handled", v.handled);
    a.maybe("handle_ms", v.handleMs);
}
template <class A, Of<model::AgentCounts> V>
void fields(A& a, V& v) {
    a.plain("idle", v.idle);
    a.plain("busy", v.busy);
    a.plain("wrap_up", v.wrapUp);
    a.plain("break", v.onBreak);
    a.plain("offline", v.offline);
}
template <class A, Of<model::ModeOverview> V>
void fields(A& a, V& v) {
    a.field("mode", v.mode);
    a.plain("today", v.today);
}
template <class A, Of<model::ChannelOverview> V>
void fields(A& a, V& v) {
    a.field("id", v.channel);
    a.maybe("name", v.name);
    a.plain("today", v.today);
}
template <class A, Of<model::GroupOverview> V>
void fields(A& a, V& v) {
    a.field("id", v.group);
    a.maybe("name", v.name);
    a.field("mode", v.mode);
    a.plain("waiting", v.waiting);
    a.maybe("waits_since", v.waitsSince);
    a.plain("serving", v.serving);
    a.plain("online", v.online);
    a.plain("free", v.free);
    a.plain("today", v.today);
}
template <class A, Of<model::Overview> V>
void fields(A& a, V& v) {
    a.field("day_from", v.dayFrom);
    a.field("day_to", v.dayTo);
    a.maybe("time_zone", v.timeZone);
    a.plain("threshold", v.threshold);
    a.plain("agents", v.agents);
    a.plain("modes", v.modes);
    a.plain("channels", v.channels);
    a.plain("groups", v.groups);
    a.plain("offered", v.offered);
    a.plain("answered", v.answered);
    a.plain("abandoned", v.abandoned);
    if constexpr (A::kReads) {
        constexpr std::size_t kLongestDay = 4 * 50;
        if (v.offered.size() > kLongestDay)
            a.fail("offered");
        if (v.answered.size() != v.offered.size())
            a.fail("answered");
        if (v.abandoned.size() != v.offered.size())
            a.fail("abandoned");
    }
}

std::string encodeOverview(const model::Overview& overview) {
    const std::size_t size = 512 + 160 * (overview.modes.size() + overview.channels.size()) +
                             256 * overview.groups.size() + 9 * overview.offered.size();
    return writeFrame(
        FrameType::Overview, 0, 0, [&](Writer& w) { fields(w, overview); }, Audience::Agent, size);
}

base::Result<model::Overview> decodeOverview(const nlohmann::json& d) {
    return read<model::Overview>(d);
}

} // namespace cb::wire
