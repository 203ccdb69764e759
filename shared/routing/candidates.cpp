#include "shared/routing/impl_p.h"

#include <algorithm>
#include <array>

namespace cb::routing {

namespace {

/// The members of a group lie anywhere in memory: ask for their first cache lines together instead of one after the
/// other.
void fetchAhead([[maybe_unused]] const void* address) {
#if defined(__GNUC__)
    __builtin_prefetch(address, 1);
#endif
}

} // namespace

/// The reasons of an offer: at most kMaxCandidates members are looked at, whatever the size of the group. First the
/// free ones by rank (the index yields them in this order), then the last agent, then members from the front of the
/// list. A group of at most kMaxCandidates members is therefore described completely.
void Router::Impl::describe(const SessionPart& session, Index a, model::Offer& offer) {
    const GroupPart& group = groups[session.group];
    ++nextSeen;
    agents[a].seen = nextSeen;
    offer.candidatesTotal = session.transferTo == kNone ? static_cast<int>(group.members.size()) : 1;
    offer.candidates.reserve(static_cast<std::size_t>(std::min(offer.candidatesTotal, model::kMaxCandidates)));
    offer.candidates.push_back(candidate(agents[a], session, SkipReason::None));
    if (session.transferTo != kNone) {
        offer.rule = OfferRule::Direct;
        return;
    }
    addRanked(session, a, offer);
    offer.rule = ruleFor(session, a, offer);
    addSkipped(session, offer);
}

void Router::Impl::addRanked(const SessionPart& session, Index chosen, model::Offer& offer) {
    const GroupPart& group = groups[session.group];
    std::array<FreeKey, model::kMaxCandidates> ranked;
    std::size_t count = 0;
    for (const FreeLine& line : group.lines) {
        if (line.free.empty() || isBlocked(group, line))
            continue;
        std::size_t taken = 0;
        line.free.visit([&](const FreeKey& key) {
            const bool full = count == ranked.size();
            if (full && !(key < ranked[count - 1]))
                return false;
            std::size_t at = full ? count - 1 : count++;
            for (; at > 0 && key < ranked[at - 1]; --at)
                ranked[at] = ranked[at - 1];
            ranked[at] = key;
            return ++taken < ranked.size();
        });
    }
    for (std::size_t i = 0; i < count && offer.candidates.size() < static_cast<std::size_t>(model::kMaxCandidates);
         ++i) {
        const AgentPart& agent = agents[ranked[i].agent];
        if (ranked[i].agent == chosen || triedReason(session, agent.id) != SkipReason::None)
            continue;
        agents[ranked[i].agent].seen = nextSeen;
        offer.candidates.push_back(candidate(agent, session, SkipReason::None));
    }
}

void Router::Impl::addSkipped(const SessionPart& session, model::Offer& offer) {
    const auto add = [&](Index a) {
        AgentPart& agent = agents[a];
        if (agent.seen == nextSeen)
            return;
        agent.seen = nextSeen;
        offer.candidates.push_back(candidate(agent, session, memberReason(session, agent)));
    };
    const auto room = [&] { return offer.candidates.size() < static_cast<std::size_t>(model::kMaxCandidates); };
    const Index last = activeAgent(session.lastAgent);
    if (room() && last != kNone && membership(agents[last], session.group) != nullptr)
        add(last);
    const std::vector<Index>& members = groups[session.group].members;
    for (std::size_t i = 0; i < members.size() && i < static_cast<std::size_t>(model::kMaxCandidates); ++i)
        fetchAhead(&agents[members[i]]);
    int looked = 0;
    for (const Index a : members) {
        if (!room() || ++looked > model::kMaxCandidates)
            return;
        add(a);
    }
}

model::OfferCandidate Router::Impl::candidate(const AgentPart& agent, const SessionPart& session,
                                              SkipReason skipped) const {
    model::OfferCandidate result;
    result.agent = AgentId{agent.id};
    result.load = agent.load();
    result.idleMillis = agent.base == AgentStatus::Offline ? 0 : (now - agent.idleSince).count();
    result.callsToday = agent.callsToday;
    result.skipped = skipped;
    result.lastAgent = session.lastAgent.value == agent.id;
    return result;
}

/// What set the chosen one apart from the next in rank. Alone, or ahead by the first criterion: that criterion.
OfferRule Router::Impl::ruleFor(const SessionPart& session, Index chosen, const model::Offer& offer) const {
    const bool phone = session.mode == Mode::Phone;
    if (phone && settings.phoneLastAgentFirst && session.lastAgent.value == agents[chosen].id)
        return OfferRule::LastAgent;
    if (phone && !settings.phoneFewestCalls)
        return OfferRule::LongestIdle;
    const model::OfferCandidate& first = offer.candidates.front();
    if (offer.candidates.size() > 1) {
        const model::OfferCandidate& second = offer.candidates[1];
        if (phone ? first.callsToday == second.callsToday : first.load == second.load)
            return OfferRule::LongestIdle;
    }
    return phone ? OfferRule::FewestCalls : OfferRule::LeastLoad;
}

/// Why this agent would not be offered this session now.
SkipReason Router::Impl::skipReason(const SessionPart& session, const AgentPart& agent) const {
    const bool member = session.group != kNone && membership(agent, session.group) != nullptr;
    if (!member || (session.transferTo != kNone && agents[session.transferTo].id != agent.id))
        return SkipReason::NotMember;
    return memberReason(session, agent);
}

SkipReason Router::Impl::memberReason(const SessionPart& session, const AgentPart& agent) const {
    const GroupPart& group = groups[session.group];
    if (const SkipReason reason = workReason(agent, group); reason != SkipReason::None)
        return reason;
    if (const SkipReason reason = triedReason(session, agent.id); reason != SkipReason::None)
        return reason;
    return isBlocked(group, group.lines[membership(agent, session.group)->line]) ? SkipReason::Blending
                                                                                 : SkipReason::None;
}

SkipReason Router::Impl::workReason(const AgentPart& agent, const GroupPart& group) const {
    if (agent.base == AgentStatus::Offline)
        return SkipReason::Offline;
    if (agent.base == AgentStatus::Break)
        return SkipReason::OnBreak;
    if (agent.afterCall == AfterCall::WrapUp)
        return SkipReason::WrapUp;
    if (!agent.connected)
        return SkipReason::Disconnected;
    if (agent.hasPending)
        return SkipReason::PendingStatus;
    if (agent.ringing != kNone)
        return SkipReason::Ringing;
    if (agent.exclusive != kNone || agent.dialOut || agent.afterCall != AfterCall::None)
        return SkipReason::ExclusiveSession;
    if (!hasRoom(agent, group))
        return isExclusive(group.mode) ? SkipReason::Blending : SkipReason::AtLimit;
    return mayOffer(agent, group) ? SkipReason::None : SkipReason::Blending;
}

} // namespace cb::routing
