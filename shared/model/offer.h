#pragma once

#include "shared/base/clock.h"
#include "shared/model/ids.h"

#include <string>
#include <vector>

namespace cb::model {

enum class OfferOutcome { Ringing, Answered, Declined, TimedOut, AgentLost, CustomerLeft, Withdrawn };

/// Why somebody was not chosen.
enum class SkipReason {
    None, ///< was a candidate
    NotMember,
    Offline,
    OnBreak,
    WrapUp,
    PendingStatus, ///< break or sign-out asked for
    AtLimit,
    Ringing,
    ExclusiveSession,
    Blending, ///< blending is off and the other kind of work is in the way
    Declined,
    HadIt, ///< let it ring out before, and others have not had it
    Disconnected,
};

struct OfferCandidate {
    AgentId agent;
    int load = 0;
    std::int64_t idleMillis = 0; ///< time since idle began
    int callsToday = 0;
    SkipReason skipped = SkipReason::None;
    bool lastAgent = false; ///< served this customer last

    bool operator==(const OfferCandidate&) const = default;
};

/// The rule that decided among the candidates.
enum class OfferRule { LeastLoad, LongestIdle, FewestCalls, LastAgent, Direct };

/// One ringing of one agent, with everything that led to it (spec 6: every offer's reasons are recorded).
struct Offer {
    OfferId id;
    InstanceId instance;
    SessionId session;
    GroupId group;
    AgentId agent;
    base::TimePoint at{};
    base::TimePoint expiresAt{}; ///< epoch 0 = rings until the customer leaves
    OfferOutcome outcome = OfferOutcome::Ringing;
    base::TimePoint decidedAt{};
    OfferRule rule = OfferRule::LeastLoad;
    std::vector<OfferCandidate> candidates; ///< at most kMaxCandidates, chosen one first, then by rank, skipped last
    int candidatesTotal = 0;                ///< how many members were looked at

    bool operator==(const Offer&) const = default;
};

constexpr int kMaxCandidates = 20;

} // namespace cb::model
