#pragma once

#include "shared/routing/router.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cb::test::routing {

using namespace cb::routing;
using base::Millis;
using model::AgentStatus;
using model::Mode;
using model::SessionState;

constexpr TimePoint kNever{};

/// What the rules say about the state, kept by the slowest means: from events and decisions only, every question
/// answered by looking at everything. It shares no code with the router. `problem` tells the first broken promise.
class Mirror {
public:
    struct Agent {
        std::set<std::int64_t> groups;
        AgentStatus base = AgentStatus::Offline;
        AgentStatus told = AgentStatus::Offline;
        std::optional<AgentStatus> pending;
        std::optional<AgentStatus> toldPending;
        bool connected = false, media = false, dialOut = false, removed = false;
        int afterCall = 0; ///< 1 busy, 2 wrap-up
        int calls = 0;
        TimePoint recoveryAt{}, graceAt{}, idleSince{};
    };
    struct Session {
        Mode mode = Mode::Chat;
        SessionState place = SessionState::Queued;
        std::int64_t group = 0, agent = 0, transferTo = 0, lastAgent = 0;
        TimePoint from{}, clearAt{}, waitEnd{}, enteredAt{}, deadline{};
        std::uint64_t order = 0;
        Millis longestWait{0};
        std::set<std::int64_t> declined, had;
        OfferId offer;
    };
    struct Group {
        Mode mode = Mode::Chat;
        int limit = 1;
        TimePoint emptySince{};
        bool empty = true;
    };

    /// Before the router sees the event: what time alone has changed.
    void expire(TimePoint now);
    /// The event's own effect, unless the router refused it.
    void take(const Event& event, TimePoint now);
    /// A decision, in order, each checked against the state it was made in.
    void take(const Decision& decision, TimePoint now);
    /// After all decisions of one event: the invariants, and that the router says the same.
    void check(const Router& router, TimePoint now);

    std::string problem;
    model::InstanceSettings settings;
    std::map<std::int64_t, Agent> agents;
    std::map<std::int64_t, Session> sessions;
    std::map<std::int64_t, Group> groups;

    std::int64_t ringingAt(std::int64_t agent) const; ///< session or 0
    int held(std::int64_t agent) const;
    int load(std::int64_t agent) const;
    bool eligible(std::int64_t agent, const Session& session) const;

private:
    using D = std::int64_t;
    struct Effect;
    void fail(std::string text);
    int online(D group) const;
    std::int64_t callOf(D agent) const;
    bool hasWork(D agent) const;
    bool free(const Agent& agent, D id) const;
    bool roomFor(D agent, const Group& group) const;
    bool callWaits(const Agent& agent, D id) const;
    bool memoryAllows(D agent, const Session& session) const;
    AgentStatus derived(D id) const;
    bool ranksBefore(D a, D b, const Session& session) const;
    static bool waitsBefore(const Session& a, const Session& b);
    void startGrace(D id, TimePoint now);
    void leaveAgent(D agent, TimePoint now);
    void startAfterCall(Agent& agent, int kind, bool recovers, TimePoint now);
    void ask(D id, AgentStatus status);
    void settlePending(D id, TimePoint now);
    void removeAgent(D id);
    void enqueue(const event::SessionEnqueue& e, TimePoint now);
    Session* find(model::SessionId id, SessionState place, const char* what);

    void on(const decision::Queued& d, TimePoint now);
    void on(const decision::Offered& d, TimePoint now);
    void on(const decision::OfferClosed& d, TimePoint now);
    void on(const decision::Assigned& d, TimePoint now);
    void on(const decision::Returned& d, TimePoint now);
    void on(const decision::Transferred& d, TimePoint now);
    void on(const decision::TransferFailed& d, TimePoint now);
    void on(const decision::WrapUpStarted& d, TimePoint now);
    void on(const decision::Completed& d, TimePoint now);
    void on(const decision::Cancelled& d, TimePoint now);
    void on(const decision::SessionFailed& d, TimePoint now);
    void on(const decision::StatusChanged& d, TimePoint now);
    void on(const decision::AgentForgotten& d, TimePoint now);
    void on(const decision::Refused&, TimePoint) {}
    void checkReasons(const decision::Offered& d, const Session& session);
    void checkChoice(const decision::Offered& d, const Session& session);
    void checkAgents(const Router& router, TimePoint now);
    void checkSessions(const Router& router, TimePoint now);
    void checkGroups(const Router& router, TimePoint now);

    std::uint64_t m_order = 0;
    D m_enqueued = 0; ///< accepted by the event under way, or to fail at once
    bool m_enqueueFails = false;
    Millis m_transferWait{0};
};

} // namespace cb::test::routing
