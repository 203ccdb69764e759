#pragma once

#include "shared/model/agent.h"
#include "shared/model/group.h"
#include "shared/model/offer.h"
#include "shared/model/session.h"
#include "shared/routing/decisions.h"
#include "shared/routing/id_map_p.h"
#include "shared/routing/order_tree_p.h"

#include <vector>

namespace cb::routing {

using base::TimePoint;
using model::AgentId;
using model::AgentStatus;
using model::GroupId;
using model::Mode;
using model::OfferId;
using model::OfferOutcome;
using model::OfferRule;
using model::SessionId;
using model::SessionState;
using model::SkipReason;
using model::StatusReason;

constexpr TimePoint kNoTime{}; ///< "this deadline does not run"

/// FIFO (spec 6): by `from`, which a session keeps when it returns to the head; ties by order of entry.
struct QueueKey {
    TimePoint from{};
    std::uint64_t order = 0;
    Index session = kNone;

    bool operator<(const QueueKey& other) const { return from != other.from ? from < other.from : order < other.order; }
};

/// Rank of a free agent in one group: primary is load, calls answered today or 0, by mode and setting.
struct FreeKey {
    std::int64_t primary = 0;
    TimePoint idleSince{};
    std::int64_t agentId = 0;
    Index agent = kNone;

    bool operator<(const FreeKey& other) const {
        if (primary != other.primary)
            return primary < other.primary;
        return idleSince != other.idleSince ? idleSince < other.idleSince : agentId < other.agentId;
    }
    bool operator==(const FreeKey& other) const {
        return primary == other.primary && idleSince == other.idleSince && agentId == other.agentId;
    }
};

/// Somebody this session rang at before.
struct Tried {
    std::int64_t agentId = 0;
    bool declined = false; ///< skipped until declines clear
    bool had = false;      ///< let it ring out, or gave it away: skipped while another online member has not had it
};

struct Wait {
    QueueKey key;
    Mode mode = Mode::Chat;
};

struct SessionPart {
    std::int64_t id = 0;
    Mode mode = Mode::Chat;
    SessionState state = SessionState::Queued;
    Index group = kNone; ///< kNone from wrap-up on, so that the group may be removed
    GroupId groupId;
    Index agent = kNone;
    Index transferTo = kNone;
    OfferId offer;
    AgentId lastAgent;
    QueueKey key;
    bool inQueue = false;  ///< false for the moment between entering a queue and the attempt to offer
    bool announce = false; ///< a Queued decision is due when nobody takes it at once
    base::Millis longestWait{0};
    TimePoint enteredAt{};
    TimePoint waitEnd{};
    TimePoint nobodyAt{};
    TimePoint declineClearAt{};
    TimePoint expiresAt{};
    TimePoint completeAt{};
    std::vector<Tried> tried; ///< sorted by agent

    void reset() {
        std::vector<Tried> keep = std::move(tried);
        keep.clear();
        *this = SessionPart{};
        tried = std::move(keep);
    }
};

struct Membership {
    Index group = kNone;
    Index memberPos = 0; ///< place in the group's member list
    Index line = 0;      ///< which free line of the group
    bool inFree = false;
    FreeKey key;
};

enum class AfterCall : std::uint8_t { None, Busy, WrapUp };

/// The first cache line holds what the reasons of an offer ask of a member.
struct alignas(64) AgentPart {
    std::int64_t id = 0;
    AgentStatus base = AgentStatus::Offline; ///< Offline, Idle or Break; Busy and WrapUp are derived
    AfterCall afterCall = AfterCall::None;
    bool connected = false;
    bool hasPending = false;
    bool dialOut = false;
    bool mediaLive = false;
    bool removed = false; ///< finishing their last call
    bool dirty = false;
    bool shownHasPending = false;
    int held = 0; ///< open + uncompleted
    int callsToday = 0;
    int directCalls = 0; ///< exclusive sessions waiting for this agent only
    Index ringing = kNone;
    Index exclusive = kNone; ///< call with them, or in wrap-up
    TimePoint idleSince{};
    std::uint64_t seen = 0; ///< mark of the last candidate list they are in

    AgentStatus pending = AgentStatus::Offline;
    AgentStatus shown = AgentStatus::Offline; ///< as last announced
    AgentStatus shownPending = AgentStatus::Offline;
    StatusReason reason = StatusReason::Chosen;   ///< of the status shown
    StatusReason nextReason = StatusReason::Load; ///< of the change under way
    Index profile = 0;
    TimePoint since{};
    TimePoint graceAt{};
    TimePoint recoveryAt{};
    std::vector<Membership> memberships;
    std::vector<Index> sessions; ///< held ones
    std::vector<Wait> direct;    ///< waiting for this agent only, FIFO

    bool online() const { return base == AgentStatus::Idle; }
    int load() const { return held + (ringing == kNone ? 0 : 1); }
    void reset() { *this = AgentPart{}; }
};

/// The free members of a group who share a profile.
struct FreeLine {
    Index profile = 0;
    int members = 0; ///< a line without any may be given to another profile
    OrderTree<FreeKey> free;
};

struct GroupPart {
    std::int64_t id = 0;
    Mode mode = Mode::Chat;
    int limit = 1;
    int online = 0;
    int directWaiting = 0;
    int sessions = 0; ///< queued, ringing or open
    TimePoint emptySince{};
    std::vector<Index> members;
    std::vector<FreeLine> lines;
    OrderTree<QueueKey> queue;
    OrderTree<QueueKey> scarred; ///< those in `queue` that rang at somebody before
    std::vector<Index> profiles; ///< exclusive groups, blending off: profiles that contain this group

    int waiting() const { return static_cast<int>(queue.size()) + directWaiting; }
    void reset() { *this = GroupPart{}; }
};

/// With blending off a waiting call keeps all members of its group from new chats. Agents with the same set of phone
/// and all-media groups are all kept or all free, so each chat group holds its free agents in one line per such set
/// (profile), and a call that begins or ends to wait changes one counter per profile instead of looking at members.
/// With blending on everybody has profile 0, which contains no group.
struct Profile {
    std::vector<Index> calls;      ///< sorted exclusive groups
    std::vector<Index> chatGroups; ///< chat groups with a line of this profile
    int agents = 0;
    int waitingGroups = 0; ///< how many of them have a call in their queue
};

} // namespace cb::routing
