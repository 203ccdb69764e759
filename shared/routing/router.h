#pragma once

#include "shared/routing/decisions.h"
#include "shared/routing/events.h"

#include <memory>
#include <optional>

namespace cb::routing {

using base::TimePoint;
using model::AgentId;
using model::GroupId;
using model::OfferId;
using model::SessionId;

constexpr base::Seconds kGrace{30};         ///< a lost connection may come back (spec 6)
constexpr base::Seconds kDeclineMemory{15}; ///< declines clear this long after every online member declined (spec 6)
constexpr base::Seconds kNobodyOnline{60};  ///< queued with nobody online (spec 5)

/// A session as it was persisted. Place from `session.state`: Queued, Offered (returns to its queue), Open, WrapUp.
/// Flow and Completed are ignored. A phone call that cannot have survived must be left out.
struct RecoveredSession {
    model::Session session;
    base::Millis longestWait{0}; ///< 0 = none
    AgentId customersLastAgent;  ///< for last-agent-first; 0 = session.lastAgent
};

/// Everything a router starts from after a restart. Lists in any order; the result does not depend on it.
struct Snapshot {
    model::InstanceSettings settings;
    std::vector<model::Group> groups;
    std::vector<model::Agent> agents; ///< deleted ones only when they still have a call
    std::vector<model::Presence> presences;
    std::vector<RecoveredSession> sessions;
    OfferId nextOffer{1};
};

/// Where a session is, for tests and for a client's snapshot.
struct SessionView {
    model::SessionState state = model::SessionState::Queued; ///< Queued, Offered, Open, WrapUp
    model::Mode mode = model::Mode::Chat;
    GroupId group;
    AgentId agent;      ///< offered to, or with
    AgentId transferTo; ///< direct: waiting for, or ringing at
    OfferId offer;
    TimePoint waitingFrom{};
    TimePoint deadline{}; ///< offer expiry or automatic completion; epoch = none
};

/// Routing of one instance (spec 6, 3.2, 3.3, 3.5) as a deterministic state machine: no clock, no I/O, no randomness.
/// The same events at the same times give the same decisions. One thread at a time; the caller persists and tells.
///
/// Costs: one event touches the agent's groups (k) and logarithms of queue and group sizes, never all members: O(k log
/// n) for what happens to one agent or session. Admin events and settings are O(members). A timer that lets a whole
/// queue fail is linear in it.
class Router {
public:
    explicit Router(model::InstanceSettings settings = {}, OfferId nextOffer = OfferId{1});
    /// After a restart: nobody is connected yet, so agents who were online are within their grace; offers that rang
    /// return to the queue head; every timer starts anew. What changed is appended to `out`.
    Router(const Snapshot& snapshot, TimePoint now, Decisions& out);
    ~Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;

    /// First does what is due by `now`, then the event; appends what was decided. A `now` before an earlier one counts
    /// as that.
    void apply(const Event& event, TimePoint now, Decisions& out);
    /// For `by` nobody could be heard: what would run out for somebody's silence (an offer that rings, a grace, a
    /// wrap-up, a recovery) gets that time on top. Before the events that wait are applied.
    void postpone(base::Millis by);
    /// When to send the next Tick at the latest; nullopt = no timer runs.
    std::optional<TimePoint> nextDeadline() const;

    // ---- questions; nullopt or 0 for unknown ids ----
    std::optional<SessionView> session(SessionId id) const;
    /// Customers ahead: in the queue of the group, or among those waiting for the same agent. nullopt unless queued.
    /// O(log n).
    std::optional<int> position(SessionId id) const;
    int waiting(GroupId group) const; ///< queued, direct ones included
    int online(GroupId group) const;  ///< members online (idle, busy, wrap-up, in grace)
    int free(GroupId group) const;    ///< members who could be offered a session of the group now
    int load(AgentId agent) const;    ///< ringing + open + uncompleted, all groups
    std::optional<model::AgentStatus> status(AgentId agent) const; ///< as shown: Busy is derived
    /// To persist: Busy as Idle; `instance` is left 0.
    std::optional<model::Presence> presence(AgentId agent) const;
    bool afterCall(AgentId agent) const;  ///< a call of theirs is over, and they have not gone on yet
    OfferId ringing(AgentId agent) const; ///< 0 = none
    /// Why `agent` would not be offered `session` now; None = could be.
    model::SkipReason skipReason(SessionId session, AgentId agent) const;
    OfferId nextOffer() const;
    /// Sizes known in advance spare the hot path its allocations.
    void reserve(std::size_t sessions);

private:
    struct Impl;
    std::unique_ptr<Impl> m;
};

} // namespace cb::routing
