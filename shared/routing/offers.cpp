#include "shared/routing/impl_p.h"

#include <algorithm>

namespace cb::routing {

namespace {

/// How long an offer of this mode rings; nullopt = until the customer leaves.
std::optional<base::Seconds> answerTime(const model::InstanceSettings& settings, Mode mode) {
    bool limited = settings.chatAnswerTimeout;
    int seconds = settings.chatAnswerSeconds;
    if (mode == Mode::AllMedia) {
        limited = settings.allMediaAnswerTimeout;
        seconds = settings.allMediaAnswerSeconds;
    } else if (mode == Mode::Phone) {
        limited = settings.phoneAnswerTimeout;
        seconds = settings.phoneAnswerSeconds;
    }
    if (!limited)
        return std::nullopt;
    return base::Seconds(std::max(1, seconds));
}

} // namespace

void Router::Impl::on(const event::Answer& e) {
    const Index s = ringingOffer(e.agent, e.offer);
    if (s == kNone)
        return;
    const Index a = sessions[s].agent;
    closeOffer(s, OfferOutcome::Answered);
    assign(s, a, e.offer);
}

/// Head of the queue; the agent stays as they are and is skipped for this session.
void Router::Impl::on(const event::Decline& e) {
    const Index s = ringingOffer(e.agent, e.offer);
    if (s == kNone)
        return;
    addTried(sessions[s], e.agent.value, true);
    returnOffer(s, OfferOutcome::Declined, decision::ReturnReason::Declined);
}

/// The session that rings at this agent with this offer; else refused and kNone.
Index Router::Impl::ringingOffer(AgentId agent, OfferId offer) {
    const Index a = activeAgent(agent);
    const Index s = offerIndex.find(offer.value);
    if (a == kNone) {
        refuse(code::kAgentUnknown, {}, agent);
        return kNone;
    }
    if (s == kNone) {
        refuse(code::kOfferGone, {}, agent);
        return kNone;
    }
    if (sessions[s].agent != a) {
        refuse(code::kNotOffered, SessionId{sessions[s].id}, agent);
        return kNone;
    }
    return s;
}

void Router::Impl::offer(Index s, Index a) {
    SessionPart& session = sessions[s];
    AgentPart& agent = agents[a];
    decision::Offered offered;
    offered.offer.id = nextOffer;
    offered.offer.session = SessionId{session.id};
    offered.offer.group = session.groupId;
    offered.offer.agent = AgentId{agent.id};
    offered.offer.at = now;
    describe(session, a, offered.offer);
    ++nextOffer.value;

    dequeue(s);
    unindex(agent);
    agent.ringing = s;
    session.state = SessionState::Offered;
    session.agent = a;
    session.announce = false;
    session.offer = offered.offer.id;
    offerIndex.insert(session.offer.value, s);
    session.expiresAt = kNoTime;
    if (const auto time = answerTime(settings, session.mode))
        arm(TimerKind::Offer, session.id, session.expiresAt, now + *time);
    offered.offer.expiresAt = session.expiresAt;
    offered.mode = session.mode;
    offered.waitingFrom = session.key.from;
    offered.transferTo = idOf(session.transferTo);
    emit(std::move(offered));
}

void Router::Impl::closeOffer(Index s, OfferOutcome outcome) {
    SessionPart& session = sessions[s];
    const Index a = session.agent;
    emit(decision::OfferClosed{session.offer, SessionId{session.id}, idOf(a), session.groupId, outcome});
    offerIndex.erase(session.offer.value);
    session.offer = {};
    session.expiresAt = kNoTime;
    agents[a].ringing = kNone;
    touch(a);
}

/// Closed without an answer: back to the head of the queue. A direct offer that fails becomes one for the whole group.
void Router::Impl::returnOffer(Index s, OfferOutcome outcome, decision::ReturnReason reason) {
    SessionPart& session = sessions[s];
    const AgentId from = idOf(session.agent);
    closeOffer(s, outcome);
    cancelDirect(session, reason);
    emit(decision::Returned{SessionId{session.id}, session.groupId, from, reason, false, session.key.from,
                            position(session)});
    enterQueue(s, false);
}

/// The agent is taken to be away; open chats stay theirs.
void Router::Impl::ringTimeout(Index s) {
    SessionPart& session = sessions[s];
    const Index a = session.agent;
    addTried(session, agents[a].id, false);
    returnOffer(s, OfferOutcome::TimedOut, decision::ReturnReason::TimedOut);
    setBase(a, AgentStatus::Break, StatusReason::RingTimeout);
    flushDirects(a, decision::ReturnReason::TimedOut);
}

} // namespace cb::routing
