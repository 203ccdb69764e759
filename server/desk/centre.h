#pragma once

#include "server/desk/day.h"
#include "server/desk/desk.h"
#include "server/desk/effects.h"
#include "server/desk/flow_port.h"
#include "server/desk/ids.h"
#include "server/desk/live.h"
#include "server/desk/storage.h"
#include "server/desk/turn.h"
#include "shared/base/random.h"
#include "shared/routing/router.h"

#include <deque>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cb::desk {

struct FloorOptions {
    base::Seconds visitorGone{120}; ///< see DeskOptions
    std::size_t maxOpenSessions = 100'000;
    std::uint64_t seed = 1;
};

/// What the centres share. Lives in the Floor.
struct Services {
    FlowPort& flows;
    IdSource& ids;
    FloorOptions options;
    Deadlines deadlines;
    base::Random random;
    bool storageLow = false;
    std::size_t openSessions = 0; ///< of all instances, not completed
};

/// The live state of one instance (呼叫中心实例) and the use cases on it. No thread, clock, store or network: a command
/// goes in, a Turn takes what came of it. One thread at a time.
class Centre {
public:
    Centre(Services& services, Recovered recovered, Turn& turn); ///< recovery.cpp
    ~Centre();
    Centre(const Centre&) = delete;
    Centre& operator=(const Centre&) = delete;

    model::InstanceId id() const { return m_instance.id; }

    // ---- visitors (visitor_cases.cpp); nullptr: refused, the answer is in the turn ----
    LiveCustomer* attach(const VisitorAttach& command, Turn& turn);
    void detach(LiveCustomer& customer, ConnectionId connection, Turn& turn);
    void start(LiveCustomer& customer, Origin origin, Turn& turn);
    void send(LiveCustomer& customer, const VisitorSend& command, Turn& turn);
    void mark(LiveCustomer& customer, const VisitorMark& command, Turn& turn);
    void typing(LiveCustomer& customer, bool on, Turn& turn);
    void page(LiveCustomer& customer, const std::string& url, Turn& turn);
    void leave(LiveCustomer& customer, Origin origin, Turn& turn);

    // ---- phone calls (call_cases.cpp) ----
    /// The session it runs in; 0: refused, the answer is in the turn.
    model::SessionId arrived(const CallArrived& command, Turn& turn);
    void key(model::SessionId session, const CallKey& command, Turn& turn);
    void played(model::SessionId session, const CallPlayed& command, Turn& turn);
    void gone(model::SessionId session, const CallGone& command, Turn& turn);
    void media(model::SessionId session, const CallMedia& command, Turn& turn);
    void early(model::SessionId session, Turn& turn);
    void connected(model::SessionId session, const CallConnected& command, Turn& turn);
    void recording(model::SessionId session, const CallRecording& command, Turn& turn);
    void recorded(const CallRecorded& command, Turn& turn);
    bool hasCall(model::SessionId session, CallId call) const;

    // ---- what agents do with calls (dial_cases.cpp) ----
    void offer(model::AgentId agent, const AgentOffer& command, Turn& turn);
    void hold(model::AgentId agent, const HoldCall& command, Turn& turn);
    void afterCall(model::AgentId agent, const AfterCall& command, Turn& turn);
    void dial(model::AgentId agent, const DialCall& command, Turn& turn);
    void forward(model::AgentId agent, const ForwardCall& command, Turn& turn);
    /// The session it runs in; 0: refused, the answer is in the turn.
    model::SessionId dialled(const CallPlanned& command, Turn& turn);
    /// The call that goes on without us; 0: refused, the answer is in the turn.
    CallId forwarded(const CallPlanned& command, Turn& turn);

    // ---- agents (agent_cases.cpp) ----
    /// The connection that was taken over, or 0. `accepted` tells whether the new one is attached.
    ConnectionId attach(const AgentAttach& command, Turn& turn, bool& accepted);
    void detach(model::AgentId agent, ConnectionId connection, Turn& turn);
    void setStatus(model::AgentId agent, const SetStatus& command, Turn& turn);
    void cancelPending(model::AgentId agent, Origin origin, Turn& turn);
    void answer(model::AgentId agent, const AnswerOffer& command, Turn& turn);
    void decline(model::AgentId agent, const DeclineOffer& command, Turn& turn);
    void send(model::AgentId agent, const AgentSend& command, Turn& turn);
    void mark(model::AgentId agent, const AgentMark& command, Turn& turn);
    void typing(model::AgentId agent, const AgentTyping& command, Turn& turn);

    // ---- what agents do with sessions and customers (agent_sessions.cpp) ----
    void end(model::AgentId agent, const EndSession& command, Turn& turn);
    void complete(model::AgentId agent, const CompleteSession& command, Turn& turn);
    void transfer(model::AgentId agent, const TransferSession& command, Turn& turn);
    void update(model::AgentId agent, const UpdateCustomer& command, Turn& turn);
    /// Connections that are closed are appended to `closed`.
    void block(model::AgentId agent, const BlockCustomer& command, Turn& turn, std::vector<ConnectionId>& closed);

    // ---- the overview (overview.cpp) ----
    void watchOverview(model::AgentId agent, const WatchOverview& command, Turn& turn);
    model::Overview overview() const;

    // ---- configuration (config_cases.cpp); connections that are closed are appended to `closed` ----
    void change(ChangeConfig command, Turn& turn, std::vector<ConnectionId>& closed);
    /// The admins' lists are told to be outdated, to all of them.
    void tellLists(Turn& turn) const;

    // ---- forgetting customers (forget_cases.cpp); connections that are closed are appended to `closed` ----
    void erase(EraseCustomer command, Turn& turn, std::vector<ConnectionId>& closed);
    void remove(RemoveCustomers command, Turn& turn);

    // ---- time ----
    /// For `by` nobody could be heard: what would run out for somebody's silence gets that time on top (recovery.cpp).
    void postpone(base::Millis by, Turn& turn);
    void due(const Deadlines::Entry& entry, Turn& turn);
    /// Writes the rows that changed in this turn.
    void flush(Turn& turn);

    // ---- questions ----
    std::vector<ConnectionId> connections() const;
    std::size_t waiting() const;
    std::size_t agentsOnline() const;
    std::size_t addFigures(std::vector<Desk::GroupFigure>& rows, std::size_t most) const;
    std::size_t sessions() const { return m_sessions.size(); }
    /// What the disk must hold once everything is committed (inspect.cpp): sessions, presences, uuids, digests.
    Recovered image() const;
    /// Broken invariants of spec 6, in words; empty = none.
    std::vector<std::string> inconsistencies() const;
    /// Bytes of live state, about.
    std::size_t memory() const;

private:
    using Time = base::TimePoint;

    // ---- sessions (session_cases.cpp) ----
    static void rememberPast(LiveCustomer& customer, const std::vector<store::KnownUuid>& recent);
    base::Result<LiveSession*> startSession(LiveCustomer& customer, Turn& turn);
    std::optional<base::Error> mayStart(const LiveCustomer& customer) const;
    bool makeStored(LiveCustomer& customer, Turn& turn);
    void beginFlow(LiveSession& session, Turn& turn);
    const model::Message& append(LiveSession& session, model::Message message, Turn& turn);
    void say(LiveSession& session, const std::string& text, Turn& turn);
    void finish(LiveSession& session, model::EndReason reason, Turn& turn);
    void customerGone(LiveSession& session, Turn& turn);
    void closeForCustomer(LiveSession& session, Turn& turn);
    void retire(LiveSession& session, Turn& turn);
    void moveTo(LiveSession& session, model::SessionState state, model::GroupId group, model::AgentId agent,
                Turn& turn);
    void watchForGone(LiveSession& session, Time now);
    std::optional<base::Error> checkContent(model::MessageKind kind, const std::string& text,
                                            model::AttachmentId attachment) const;

    // ---- phone calls (call_cases.cpp) ----
    LiveCustomer* partyOf(model::ChannelId channel, const std::string& number,
                          const std::optional<model::Customer>& known);
    void sound(LiveSession& session, FlowAction& action, Turn& turn);
    static void toCall(const LiveSession& session, CallStep step, Turn& turn);
    void part(LiveSession& session, Turn& turn);
    void join(LiveSession& session, Turn& turn);
    void closeCall(LiveSession& session, Turn& turn);
    static void noteTalk(LiveCall& call, model::SessionState next, Time now);
    void endCallsOf(LiveCustomer& customer, Turn& turn);
    static void takeCall(LiveSession& session, Recovered& recovered);
    void endLostCalls(Recovered& recovered, Turn& turn);
    void withoutFlow(LiveSession& session, FlowSignal signal, Turn& turn);
    static model::CallView callViewOf(const LiveSession& session);
    void tellCall(const LiveSession& session, Turn& turn);

    // ---- calls out (dial_cases.cpp) ----
    const model::PhoneNumber* lineOf(model::ChannelId wanted) const;
    model::GroupId callGroupOf(const LiveAgent& agent) const;
    LiveSession* talkOf(model::AgentId agent, model::SessionId session);
    base::Result<LiveSession*> startDialled(const CallPlanned& command, Turn& turn);
    void finishDialled(LiveSession& session, Turn& turn);
    void completeDialled(Turn& turn);
    void dialsLost(const LiveAgent& agent);
    std::optional<base::Error> checkTransfer(model::AgentId from, const TransferSession& command,
                                             model::GroupId& group) const;
    void addNote(model::AgentId from, const TransferSession& command, Turn& turn); ///< agent_sessions.cpp
    void transferDialled(model::AgentId from, LiveSession& session, const TransferSession& command, Turn& turn);

    // ---- flow (flow_bridge.cpp) ----
    void tellFlow(model::SessionId session, FlowEvent event);
    /// Works off what waits for the flows, and what comes of it.
    void drain(Turn& turn);
    void act(model::SessionId session, FlowActions& actions, Turn& turn);

    // ---- routing (routing_bridge.cpp) ----
    std::optional<routing::decision::Refused> route(const routing::Event& event, Turn& turn);
    void decide(routing::Decisions& decisions, Turn& turn);
    void on(const routing::decision::Queued& decision, Turn& turn);
    void on(routing::decision::Offered& decision, Turn& turn);
    void on(const routing::decision::OfferClosed& decision, Turn& turn);
    void on(const routing::decision::Assigned& decision, Turn& turn);
    void on(const routing::decision::Returned& decision, Turn& turn);
    void on(const routing::decision::Transferred& decision, Turn& turn);
    void on(const routing::decision::TransferFailed& decision, Turn& turn);
    void on(const routing::decision::WrapUpStarted& decision, Turn& turn);
    void on(const routing::decision::Completed& decision, Turn& turn);
    void on(const routing::decision::Cancelled& decision, Turn& turn);
    void on(const routing::decision::SessionFailed& decision, Turn& turn);
    void on(const routing::decision::StatusChanged& decision, Turn& turn);
    void closeOffer(LiveSession& session, model::OfferOutcome outcome, Turn& turn);
    void noteQueued(LiveSession& session, int ahead, Turn& turn);
    std::shared_ptr<const model::Event> noteTransferFailed(const LiveSession& session, model::AgentId to,
                                                           model::GroupId group, model::ReturnReason reason,
                                                           Turn& turn);
    void armRouter();

    // ---- telling (views.cpp) ----
    std::shared_ptr<const model::Event> record(Turn& turn, model::EventKind kind, model::SessionId session,
                                               model::AgentId agent, model::EventDetail detail);
    void tellAgent(Turn& turn, model::AgentId agent, std::shared_ptr<const model::Event> event,
                   const LiveSession* view = nullptr);
    void tellVisitor(Turn& turn, const LiveSession& session, std::shared_ptr<const model::Event> event);
    model::SessionView viewOf(const LiveSession& session) const;
    model::OfferView offerOf(const LiveSession& session) const;
    model::VisitorView visitorViewOf(const LiveSession& session) const;
    model::GroupView groupViewOf(const LiveGroup& group, const LiveAgent* reader) const;
    model::ColleagueView colleagueOf(const LiveAgent& agent) const;
    model::Presence presenceOf(const LiveAgent& agent) const;
    AgentWelcome welcome(const AgentAttach& command, const LiveAgent& agent, Time now) const;
    VisitorWelcome welcome(const VisitorAttach& command, const LiveCustomer& customer, Time now) const;
    void tellFigures(Turn& turn);
    void figuresMoved(Turn& turn);

    // ---- the overview (overview.cpp) ----
    void countInDay(LiveSession& session);
    void overviewMoved(Turn& turn);
    void tellOverview(Turn& turn);

    // ---- the instance's day (recovery.cpp) ----
    void armDay(Time now);
    void startDay(Turn& turn);
    void forgetOldCalls(Recovered& recovered, Time now);

    // ---- configuration (config_cases.cpp) ----
    std::optional<base::Error> checkChange(const store::Batch& rows) const;
    std::optional<base::Error> checkRemoval(model::GroupId group) const;
    void apply(const model::Group& row, Turn& turn);
    void apply(const model::Agent& row, Turn& turn, std::vector<ConnectionId>& closed);
    void apply(const store::FlowRow& row);
    void remove(model::GroupId group, Turn& turn);
    void signOut(model::AgentId agent, Turn& turn, std::vector<ConnectionId>& closed);

    // ---- recovery (recovery.cpp) ----
    void takeDirectory(Recovered& recovered);
    void takeSessions(Recovered& recovered, Time now);
    void takeMessages(const Recovered& recovered);
    void resumeFlows(const Recovered& recovered, routing::Snapshot& snapshot, std::vector<model::SessionId>& unreadable,
                     Time now);
    void placeSession(LiveSession& session);

    // ---- finding ----
    LiveSession* find(model::SessionId id);
    LiveAgent* find(model::AgentId id);
    const LiveAgent* find(model::AgentId id) const;
    LiveGroup* find(model::GroupId id);
    const LiveGroup* find(model::GroupId id) const;
    LiveCustomer* visitorOf(model::ChannelId channel, std::string_view externalId);
    /// A session this agent has open or in wrap-up, or nullptr.
    LiveSession* ownSession(model::AgentId agent, model::SessionId id);
    LiveCustomer& adopt(model::Customer row, bool stored);
    void noteGone(model::CustomerId id);
    bool visitorKnown(const LiveCustomer& customer) const;
    LiveCustomer* customerFor(model::CustomerId id, const std::optional<model::Customer>& row);
    void setBlocked(LiveCustomer& customer, bool blocked, Turn& turn, std::vector<ConnectionId>& closed);
    bool mayEdit(model::AgentId agent, const LiveCustomer& customer) const;
    void rest(LiveCustomer& customer, Turn& turn);
    void forget(LiveCustomer& customer);
    void forgetIdle(Time now);
    void changed(LiveSession& session);
    void marksChanged(LiveSession& session);
    void changed(LiveAgent& agent);
    void flushSession(LiveSession& session, Turn& turn);

    struct TokenKey {
        model::ChannelId channel;
        std::string_view externalId; ///< points into the customer's row
        bool operator==(const TokenKey&) const = default;
    };
    struct TokenHash {
        std::size_t operator()(const TokenKey& key) const {
            return std::hash<std::string_view>{}(key.externalId) ^ std::hash<model::ChannelId>{}(key.channel);
        }
    };
    struct Idle {
        Time since{};
        model::CustomerId customer;
    };
    struct Watcher {
        ConnectionId connection = 0;
        Time toldAt{};
        std::uint64_t version = 0; ///< of what was told; 0 = nothing yet
    };
    struct FlowWork {
        model::SessionId session;
        FlowEvent event;
    };

    Services& m_services;
    model::Instance m_instance;
    base::TimeZone m_zone;
    model::Seq m_lastSeq = 0;
    std::unordered_map<model::GroupId, LiveGroup> m_groups;
    std::unordered_map<model::AgentId, LiveAgent> m_agents;
    std::unordered_map<model::ChannelId, model::Channel> m_channels;
    std::map<model::ChannelId, model::PhoneNumber> m_numbers; ///< not released
    std::unordered_map<model::FlowId, LiveFlow> m_flows;
    std::unordered_map<model::CustomerId, LiveCustomer> m_customers; ///< visitors without a row under negative ids
    std::unordered_map<TokenKey, LiveCustomer*, TokenHash> m_visitors;
    std::unordered_map<model::SessionId, LiveSession> m_sessions;
    std::optional<routing::Router> m_router;
    std::vector<model::SessionId> m_afterDial; ///< in wrap-up, and not known to routing
    std::map<model::SessionId, AwaitedRecording> m_awaited;

    std::deque<EndedSession> m_ended; ///< completed ones, oldest first
    std::unordered_map<model::SessionId, const UuidTable*> m_endedById;
    std::deque<Idle> m_idle; ///< customers at rest, oldest first; entries may be out of date
    std::int64_t m_nextVisitor = -1;
    /// Erased or removed lately: a row of theirs that somebody read before is of nobody any more.
    std::deque<model::CustomerId> m_goneOrder;
    std::set<model::CustomerId> m_gone;

    std::deque<FlowWork> m_flowWork;
    bool m_draining = false;
    std::vector<model::SessionId> m_changedSessions;
    std::vector<model::AgentId> m_changedAgents;

    Timer m_routerTimer;
    Timer m_figuresTimer;
    Timer m_forgetTimer;
    Timer m_dayTimer; ///< midnight
    Time m_figuresTold{};

    Day m_day;
    std::map<model::AgentId, Watcher> m_watchers; ///< admins; those whose connection is another by now are let go of
    std::shared_ptr<const model::Overview> m_overview; ///< as it was told last
    std::uint64_t m_overviewVersion = 0;
    Time m_overviewAt{}; ///< when it was put together last
    Timer m_overviewTimer;
};

} // namespace cb::desk
