#pragma once

#include "shared/base/clock.h"
#include "shared/routing/router.h"

#include <algorithm>
#include <map>
#include <vector>

namespace cb::test::routing {

namespace base = cb::base;
namespace model = cb::model;
using namespace cb::routing;
using base::Seconds;
using decision::FailReason;
using decision::ReturnReason;
using model::AgentStatus;
using model::Mode;
using model::OfferOutcome;
using model::OfferRule;
using model::SessionState;
using model::SkipReason;
using model::StatusReason;

/// A router with a fake clock. Ids are plain numbers; group numbers 1–9 are chat, 11–19 phone, 21–29 all-media.
class Desk {
public:
    explicit Desk(model::InstanceSettings settings = {})
        : m_router(settings) {}

    static Mode modeOf(int group) { return group > 20 ? Mode::AllMedia : group > 10 ? Mode::Phone : Mode::Chat; }
    static model::Group makeGroup(int id, int limit) {
        model::Group group;
        group.id = GroupId{id};
        group.mode = modeOf(id);
        group.limit = limit;
        return group;
    }
    static std::vector<GroupId> ids(const std::vector<int>& groups) {
        std::vector<GroupId> result;
        for (const int g : groups)
            result.push_back(GroupId{g});
        return result;
    }

    /// What the event decided; also kept as `last`.
    const Decisions& send(const Event& event) {
        m_last.clear();
        m_router.apply(event, m_clock.now(), m_last);
        return m_last;
    }
    /// Time passes, with a tick at every deadline; `last` has all that was decided.
    void wait(base::Millis time) {
        m_last.clear();
        const TimePoint until = m_clock.now() + time;
        for (auto due = m_router.nextDeadline(); due && *due <= until; due = m_router.nextDeadline()) {
            m_clock.set(*due);
            m_router.apply(event::Tick{}, *due, m_last);
        }
        m_clock.set(until);
    }

    void group(int id, int limit = 1) { send(event::GroupAdded{makeGroup(id, limit)}); }
    void agent(int id, const std::vector<int>& groups) { send(event::AgentAdded{AgentId{id}, ids(groups)}); }
    void online(int id) { send(event::AgentOnline{AgentId{id}}); }
    /// Added and online, one second after the one before.
    void onlineAgent(int id, const std::vector<int>& groups) {
        agent(id, groups);
        online(id);
        wait(Seconds{1});
    }
    void enqueue(int session, int group, int longestWait = 0, int lastAgent = 0, int direct = 0) {
        event::SessionEnqueue e;
        e.session = SessionId{session};
        e.group = GroupId{group};
        e.mode = modeOf(group);
        e.lastAgent = AgentId{lastAgent};
        e.directAgent = AgentId{direct};
        e.longestWait = Seconds{longestWait};
        send(e);
    }
    void answer(int agent) { send(event::Answer{AgentId{agent}, m_router.ringing(AgentId{agent})}); }
    void decline(int agent) { send(event::Decline{AgentId{agent}, m_router.ringing(AgentId{agent})}); }
    void end(int agent, int session) { send(event::AgentEndedSession{AgentId{agent}, SessionId{session}}); }
    void complete(int agent, int session) { send(event::SessionCompleted{AgentId{agent}, SessionId{session}}); }
    void status(int agent, AgentStatus to) { send(event::AgentSetStatus{AgentId{agent}, to}); }
    /// Enqueued, offered to this agent and answered.
    void serve(int session, int group, int agent) {
        enqueue(session, group, 0, 0, agent);
        answer(agent);
    }

    /// The agent this session rings at, 0 = none.
    int ringsAt(int session) const {
        const auto view = m_router.session(SessionId{session});
        return view && view->state == SessionState::Offered ? static_cast<int>(view->agent.value) : 0;
    }
    /// The agent who serves it, 0 = none.
    int servedBy(int session) const {
        const auto view = m_router.session(SessionId{session});
        return view && view->state == SessionState::Open ? static_cast<int>(view->agent.value) : 0;
    }
    bool queued(int session) const {
        const auto view = m_router.session(SessionId{session});
        return view && view->state == SessionState::Queued;
    }
    bool known(int session) const { return m_router.session(SessionId{session}).has_value(); }
    AgentStatus statusOf(int agent) const { return m_router.status(AgentId{agent}).value_or(AgentStatus::Offline); }
    int position(int session) const { return m_router.position(SessionId{session}).value_or(-1); }

    /// The first decision of a kind in `last`; nullptr when there is none.
    template <class D>
    const D* found() const {
        for (const Decision& d : m_last)
            if (const D* match = std::get_if<D>(&d))
                return match;
        return nullptr;
    }
    template <class D>
    int count() const {
        int n = 0;
        for (const Decision& d : m_last)
            n += std::holds_alternative<D>(d) ? 1 : 0;
        return n;
    }
    std::string_view refusal() const {
        const auto* refused = found<decision::Refused>();
        return refused == nullptr ? std::string_view{} : refused->code;
    }
    Router& router() { return m_router; }
    const Decisions& last() const { return m_last; }
    TimePoint now() const { return m_clock.now(); }

private:
    base::ManualClock m_clock;
    Router m_router;
    Decisions m_last;
};

} // namespace cb::test::routing
