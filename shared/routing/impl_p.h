#pragma once

#include "shared/routing/parts_p.h"
#include "shared/routing/router.h"
#include "shared/routing/timers_p.h"

namespace cb::routing {

/// The state and the rules, one source file per idea. Every event handler changes facts and leaves notes (dirty agents,
/// sessions that enter a queue, groups to look at again); `settle` then restores the promise that no eligible agent is
/// idle while an eligible session waits.
struct Router::Impl {
    Impl(model::InstanceSettings settings, OfferId nextOffer);

    // ---- router.cpp ----
    void apply(const Event& event, TimePoint now, Decisions& out);
    void runTimers();
    void fire(const Timer& timer);
    bool isLive(const Timer& timer) const;
    void settle();
    void refreshAgents();
    void settleTogether();
    bool comesBefore(Index a, Index b) const;
    void refuse(std::string_view code, SessionId session = {}, AgentId agent = {}, GroupId group = {});

    // ---- configuration.cpp: one handler per event; a handler's refusals leave the state as it was ----
    void on(const event::GroupAdded& e);
    void on(const event::GroupChanged& e);
    void on(const event::GroupRemoved& e);
    void on(const event::AgentAdded& e);
    void on(const event::AgentRemoved& e);
    void on(const event::MembershipChanged& e);
    void on(const event::SettingsChanged& e);
    void on(const event::DayStarted& e);
    void on(const event::Tick&) {}
    void setMemberships(Index a, std::vector<Index> groups);
    void join(Index a, Index g);
    void leave(Index a, std::size_t membership);
    void returnFromGroup(Index a, Index g);
    void assignLines(AgentPart& agent);
    void leaveLines(AgentPart& agent);
    void useLine(Membership& m, Index profile);
    Index internProfile(const AgentPart& agent);
    void releaseProfile(Index profile);
    void reindexAll();
    std::vector<Index> known(const std::vector<GroupId>& ids) const;

    // ---- agents.cpp ----
    void on(const event::AgentOnline& e);
    void on(const event::AgentSetStatus& e);
    void on(const event::AgentConnected& e);
    void on(const event::AgentDisconnected& e);
    void on(const event::MediaLive& e);
    void on(const event::DialOutStarted& e);
    void on(const event::DialOutEnded& e);
    void on(const event::Continue& e);
    void on(const event::EnterWrapUp& e);
    void on(const event::EndWrapUp& e);
    void setBase(Index a, AgentStatus base, StatusReason reason);
    void askFor(Index a, AgentStatus status);
    bool hasWork(const AgentPart& agent) const;
    void applyPending(Index a);
    void stopOffers(Index a, OfferOutcome outcome, decision::ReturnReason reason);
    void startGrace(AgentPart& agent);
    void graceOver(Index a);
    void startAfterCall(AgentPart& agent, AfterCall kind, bool recovers);
    void finishAfterCall(Index a, bool automatic, StatusReason reason);
    AgentStatus derived(const AgentPart& agent) const;
    void publish(AgentPart& agent);
    void forget(Index a);

    // ---- service.cpp ----
    void on(const event::SessionEnqueue& e);
    void on(const event::SessionCancelled& e);
    void on(const event::CallEnded& e);
    void on(const event::AgentEndedSession& e);
    void on(const event::SessionCompleted& e);
    void assign(Index s, Index a, OfferId offer);
    void endService(Index s);
    void complete(Index s, bool automatic);
    void detach(Index s);
    void returnOpen(Index s, decision::ReturnReason reason);
    void removeSession(Index s);
    void customerGone(Index s);

    // ---- transfers.cpp ----
    void on(const event::TransferToGroup& e);
    void on(const event::TransferToAgent& e);
    Index transferable(AgentId agent, SessionId session);
    Index groupForDirect(const SessionPart& session, const AgentPart& to, GroupId wanted) const;
    void transfer(Index s, Index g, Index to, base::Millis longestWait);
    void cancelDirect(SessionPart& session, decision::ReturnReason reason);
    void flushDirects(Index a, decision::ReturnReason reason, Index onlyGroup = kNone);

    // ---- offers.cpp ----
    void on(const event::Answer& e);
    void on(const event::Decline& e);
    Index ringingOffer(AgentId agent, OfferId offer);
    void offer(Index s, Index a);
    void closeOffer(Index s, OfferOutcome outcome);
    void returnOffer(Index s, OfferOutcome outcome, decision::ReturnReason reason);
    void ringTimeout(Index s);

    // ---- candidates.cpp ----
    void describe(const SessionPart& session, Index a, model::Offer& offer);
    void addRanked(const SessionPart& session, Index chosen, model::Offer& offer);
    void addSkipped(const SessionPart& session, model::Offer& offer);
    model::OfferCandidate candidate(const AgentPart& agent, const SessionPart& session, SkipReason skipped) const;
    OfferRule ruleFor(const SessionPart& session, Index chosen, const model::Offer& offer) const;
    SkipReason skipReason(const SessionPart& session, const AgentPart& agent) const;
    SkipReason memberReason(const SessionPart& session, const AgentPart& agent) const;
    SkipReason workReason(const AgentPart& agent, const GroupPart& group) const;

    // ---- free_index.cpp ----
    bool isAvailable(const AgentPart& agent) const;
    bool hasRoom(const AgentPart& agent, const GroupPart& group) const;
    bool mayOffer(const AgentPart& agent, const GroupPart& group) const;
    bool isBlocked(const GroupPart& group, const FreeLine& line) const;
    FreeKey keyFor(Index a, const GroupPart& group) const;
    void reindex(Index a);
    void unindex(AgentPart& agent);
    const Membership* membership(const AgentPart& agent, Index g) const;
    bool anyFree(const GroupPart& group) const;

    // ---- queues.cpp ----
    void enterQueue(Index s, bool announce);
    void recheck(Index s);
    void place(Index s);
    bool mayWait(Index s);
    void keepWaiting(SessionPart& session);
    void insertQueue(Index s);
    void dequeue(Index s);
    void callsWaitingChanged(Index g, bool waiting);
    int position(const SessionPart& session) const;
    void fail(Index s, decision::FailReason reason);
    void failGroup(Index g);
    void onlineChanged(AgentPart& agent, bool online);
    void memberOnline(Index g, bool online);
    void addTried(SessionPart& session, std::int64_t agentId, bool declined);
    const Tried* tried(const SessionPart& session, std::int64_t agentId) const;
    SkipReason triedReason(const SessionPart& session, std::int64_t agentId) const;
    int onlineTried(const SessionPart& session, bool declinedOnly) const;
    void watchDeclines(SessionPart& session);
    void clearDeclines(Index s);

    // ---- matching.cpp ----
    Index chooseAgent(const SessionPart& session) const;
    Index bestFree(const SessionPart& session) const;
    void matchAgent(Index a);
    Index oldestFor(Index a, Mode mode) const;
    bool canTake(const AgentPart& agent, Index g) const;
    void matchGroups(std::vector<Index>& groupList);

    // ---- recovery.cpp ----
    void postpone(base::Millis by);
    void restore(const Snapshot& snapshot, TimePoint at, Decisions& decisions);
    void restoreAgents(const Snapshot& snapshot);
    void restoreSession(const RecoveredSession& recovered);
    bool holdRestored(Index s, const RecoveredSession& recovered);

    // ---- small things ----
    template <class D>
    void emit(D decision) {
        out->emplace_back(std::move(decision));
    }
    Index findAgent(AgentId id) const { return agentIndex.find(id.value); }
    /// Not one who is only finishing a last call.
    Index activeAgent(AgentId id) const {
        const Index a = agentIndex.find(id.value);
        return a == kNone || agents[a].removed ? kNone : a;
    }
    AgentId idOf(Index a) const { return a == kNone ? AgentId{} : AgentId{agents[a].id}; }
    void touch(Index a) {
        if (!agents[a].dirty) {
            agents[a].dirty = true;
            dirty.push_back(a);
        }
    }
    void arm(TimerKind kind, std::int64_t id, TimePoint& field, TimePoint at) {
        field = at;
        timers.add(kind, id, at);
    }

    model::InstanceSettings settings;
    OfferId nextOffer;
    TimePoint now{};
    Decisions* out = nullptr;
    std::uint64_t nextOrder = 0; ///< of QueueKey
    std::uint64_t nextSeen = 0;

    Slab<AgentPart> agents;
    Slab<GroupPart> groups;
    Slab<SessionPart> sessions;
    IdMap agentIndex;
    IdMap groupIndex;
    IdMap sessionIndex;
    IdMap offerIndex; ///< ringing offers → session
    std::vector<Profile> profiles;
    std::vector<Index> directAgents; ///< those somebody waits for in particular
    Timers timers;

    // Notes of the event under way, empty between events.
    std::vector<Index> dirty;
    std::vector<Index> freed;     ///< dirty ones who may take more
    std::vector<Index> concerned; ///< groups to match
    std::vector<Index> settling;  ///< dirty ones being looked at
    std::vector<Index> placing;   ///< entering ones being looked at
    std::vector<Index> entering;  ///< sessions to place, or queued ones to look at again
    std::vector<Index> toRematch; ///< groups that may have become able to offer
};

} // namespace cb::routing
