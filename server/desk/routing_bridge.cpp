#include "server/desk/centre.h"

#include <utility>

namespace cb::desk {

namespace decision = routing::decision;
using model::EventKind;
using model::OfferOutcome;
using model::SessionState;

namespace {

model::ReturnReason reasonOf(decision::ReturnReason reason) {
    switch (reason) {
    case decision::ReturnReason::Declined:
        return model::ReturnReason::Declined;
    case decision::ReturnReason::TimedOut:
        return model::ReturnReason::RingTimeout;
    case decision::ReturnReason::AgentLost:
        return model::ReturnReason::AgentLost;
    case decision::ReturnReason::MemberRemoved:
        return model::ReturnReason::RemovedFromGroup;
    case decision::ReturnReason::AgentRemoved:
        return model::ReturnReason::AgentDeleted;
    case decision::ReturnReason::Withdrawn:
        return model::ReturnReason::Withdrawn;
    case decision::ReturnReason::Restarted:
        return model::ReturnReason::ServerRestarted;
    }
    return model::ReturnReason::AgentLost;
}

} // namespace

std::optional<decision::Refused> Centre::route(const routing::Event& event, Turn& turn) {
    routing::Decisions decisions;
    m_router->apply(event, turn.now, decisions);
    std::optional<decision::Refused> refused;
    for (const routing::Decision& one : decisions)
        if (const auto* no = std::get_if<decision::Refused>(&one))
            refused = *no;
    decide(decisions, turn);
    return refused;
}

void Centre::decide(routing::Decisions& decisions, Turn& turn) {
    for (routing::Decision& one : decisions) {
        std::visit(
            [&](auto& what) {
                using What = std::decay_t<decltype(what)>;
                if constexpr (!std::is_same_v<What, decision::Refused> &&
                              !std::is_same_v<What, decision::AgentForgotten>)
                    on(what, turn);
            },
            one);
    }
    armRouter();
    completeDialled(turn);
    if (!decisions.empty())
        figuresMoved(turn);
}

void Centre::armRouter() {
    if (const auto next = m_router->nextDeadline())
        m_services.deadlines.arm(m_routerTimer, *next, Deadlines::Kind::Routing, m_instance.id);
    else
        Deadlines::disarm(m_routerTimer);
}

/// A session came out of its flow, or from an agent, into a queue.
void Centre::noteQueued(LiveSession& session, int ahead, Turn& turn) {
    if (session.row.queuedAt == Time{})
        session.row.queuedAt = turn.now;
    session.waitingSince = turn.now;
    session.aheadTold = ahead;
    tellVisitor(
        turn, session,
        record(turn, EventKind::SessionQueued, session.row.id, {}, model::QueuedDetail{session.row.group, ahead}));
}

void Centre::on(const decision::Queued& decision, Turn& turn) {
    LiveSession* session = find(decision.session);
    if (session == nullptr)
        return;
    session->row.transferTo = decision.transferTo;
    session->row.waitingFrom = decision.waitingFrom;
    moveTo(*session, SessionState::Queued, decision.group, {}, turn);
    noteQueued(*session, decision.waitNo, turn);
    tellFlow(decision.session, FlowEvent{FlowSignal::TransferQueued, {}, decision.waitNo});
}

void Centre::on(decision::Offered& decision, Turn& turn) {
    LiveSession* session = find(decision.offer.session);
    if (session == nullptr)
        return;
    const model::OfferId id = m_services.ids.nextOffer();
    turn.outOfIds = turn.outOfIds || !id;
    const bool fromFlow = session->row.state == SessionState::Flow;
    session->row.transferTo = decision.transferTo;
    session->row.waitingFrom = decision.waitingFrom;
    session->routerOffer = decision.offer.id;
    session->offer = std::make_unique<model::Offer>(std::move(decision.offer));
    session->offer->id = id;
    session->offer->instance = m_instance.id;
    const model::Offer& offer = *session->offer;
    moveTo(*session, SessionState::Offered, offer.group, offer.agent, turn);
    if (fromFlow) // taken at once: for the customer and the reports it was queued for no time
        noteQueued(*session, 0, turn);
    turn.batch.offers.push_back(offer);
    auto event = record(turn, EventKind::SessionOffered, offer.session, offer.agent,
                        model::OfferedDetail{offer.id, offer.group});
    tellAgent(turn, offer.agent, event, session);
}

void Centre::closeOffer(LiveSession& session, OfferOutcome outcome, Turn& turn) {
    if (session.offer == nullptr)
        return;
    model::Offer& offer = *session.offer;
    offer.outcome = outcome;
    offer.decidedAt = turn.now;
    turn.batch.offers.push_back(offer);
    tellAgent(
        turn, offer.agent,
        record(turn, EventKind::OfferClosed, offer.session, offer.agent, model::OfferClosedDetail{offer.id, outcome}));
    if (LiveAgent* agent = find(offer.agent); agent != nullptr) {
        if (agent->closed.size() == LiveAgent::kMaxClosed)
            agent->closed.erase(agent->closed.begin());
        agent->closed.push_back(ClosedOffer{offer.id, outcome});
    }
    session.offer.reset();
    session.routerOffer = {};
}

void Centre::on(const decision::OfferClosed& decision, Turn& turn) {
    if (LiveSession* session = find(decision.session); session != nullptr)
        closeOffer(*session, decision.outcome, turn);
}

void Centre::on(const decision::Assigned& decision, Turn& turn) {
    LiveSession* session = find(decision.session);
    if (session == nullptr)
        return;
    if (session->row.answeredAt == Time{})
        session->row.answeredAt = turn.now;
    session->row.transferTo = {};
    session->returned.reset();
    session->transferNote.clear();
    moveTo(*session, SessionState::Open, decision.group, decision.agent, turn);
    auto event = record(turn, EventKind::SessionAssigned, decision.session, decision.agent,
                        model::AssignedDetail{decision.group});
    tellAgent(turn, decision.agent, event, session);
    tellVisitor(turn, *session, event);
    const LiveAgent* agent = find(decision.agent);
    tellFlow(decision.session,
             FlowEvent{FlowSignal::AgentConnected, agent != nullptr ? agent->row.staffNo : std::string{}, 0});
}

void Centre::on(const decision::Returned& decision, Turn& turn) {
    LiveSession* session = find(decision.session);
    if (session == nullptr)
        return;
    closeOffer(*session, OfferOutcome::Withdrawn, turn); // only one that rang when the server stopped is still there
    session->row.waitingFrom = decision.waitingFrom;
    session->row.transferTo = {};
    if (const auto place = m_router->session(decision.session))
        session->row.transferTo = place->transferTo;
    if (decision.wasOpen) {
        session->row.lastAgent = decision.agent;
        session->returned = reasonOf(decision.reason);
        session->waitingSince = turn.now;
    }
    moveTo(*session, SessionState::Queued, decision.group, {}, turn);
    auto event = record(turn, EventKind::SessionReturned, decision.session, decision.agent,
                        model::ReturnedDetail{decision.group, reasonOf(decision.reason)});
    if (decision.wasOpen) {
        session->aheadTold = decision.waitNo;
        tellAgent(turn, decision.agent, event);
        tellVisitor(turn, *session, event);
        tellFlow(decision.session, FlowEvent{FlowSignal::AgentLeft, {}, 0});
    } else {
        tellFlow(decision.session, FlowEvent{FlowSignal::TransferQueued, {}, decision.waitNo});
    }
}

void Centre::on(const decision::Transferred& decision, Turn& turn) {
    LiveSession* session = find(decision.session);
    if (session == nullptr)
        return;
    session->row.lastAgent = decision.from;
    session->returned = model::ReturnReason::Transferred;
    session->waitingSince = turn.now;
    session->row.transferTo = decision.to;
    session->row.waitingFrom = decision.waitingFrom;
    moveTo(*session, SessionState::Queued, decision.group, {}, turn);
    auto event = record(turn, EventKind::SessionReturned, decision.session, decision.from,
                        model::ReturnedDetail{decision.group, model::ReturnReason::Transferred});
    tellAgent(turn, decision.from, event);
    tellVisitor(turn, *session, event);
    tellFlow(decision.session, FlowEvent{FlowSignal::AgentLeft, {}, 0});
}

/// Tells who sent it, as far as they are there; nullptr when nobody did.
std::shared_ptr<const model::Event> Centre::noteTransferFailed(const LiveSession& session, model::AgentId to,
                                                               model::GroupId group, model::ReturnReason reason,
                                                               Turn& turn) {
    const model::AgentId sender = session.row.lastAgent;
    if (!sender)
        return nullptr;
    auto event =
        record(turn, EventKind::TransferFailed, session.row.id, sender, model::TransferFailedDetail{to, group, reason});
    const LiveAgent* agent = find(sender);
    if (agent == nullptr || agent->connection == 0)
        return event;
    FailedTransfer names;
    if (const LiveAgent* colleague = find(to); colleague != nullptr) {
        names.toName = colleague->row.name;
        names.toStaffNo = colleague->row.staffNo;
    }
    if (const LiveGroup* waits = find(group); waits != nullptr)
        names.groupName = waits->row.name;
    names.customerName = session.customer->row.name;
    turn.durable.emplace_back(AgentEvent{sender, event, std::nullopt, std::nullopt, std::nullopt, std::move(names)});
    return event;
}

void Centre::on(const decision::TransferFailed& decision, Turn& turn) {
    LiveSession* session = find(decision.session);
    if (session == nullptr)
        return;
    session->row.transferTo = {};
    if (session->row.state == SessionState::Queued && session->row.group != decision.group)
        moveTo(*session, SessionState::Queued, decision.group, {}, turn);
    changed(*session);
    const auto event = noteTransferFailed(*session, decision.to, decision.group, reasonOf(decision.reason), turn);
    if (event != nullptr)
        tellVisitor(turn, *session, event);
}

void Centre::on(const decision::WrapUpStarted& decision, Turn& turn) {
    LiveSession* session = find(decision.session);
    if (session == nullptr)
        return;
    moveTo(*session, SessionState::WrapUp, session->row.group, decision.agent, turn);
    closeForCustomer(*session, turn);
}

void Centre::on(const decision::Completed& decision, Turn& turn) {
    LiveSession* session = find(decision.session);
    if (session == nullptr)
        return;
    auto event = record(turn, EventKind::SessionCompleted, decision.session, decision.agent, {});
    tellAgent(turn, decision.agent, event);
    const model::AgentId agent = session->row.agent; // the row keeps who served it last
    moveTo(*session, SessionState::Completed, session->row.group, {}, turn);
    session->row.agent = agent;
    session->row.completedAt = turn.now;
    retire(*session, turn);
}

void Centre::on(const decision::Cancelled& decision, Turn& turn) {
    LiveSession* session = find(decision.session);
    if (session == nullptr)
        return;
    closeForCustomer(*session, turn);
    retire(*session, turn);
}

void Centre::on(const decision::SessionFailed& decision, Turn& turn) {
    LiveSession* session = find(decision.session);
    if (session == nullptr)
        return;
    if (session->row.transferTo)
        noteTransferFailed(*session, session->row.transferTo, {},
                           decision.reason == decision::FailReason::LongestWait ? model::ReturnReason::WaitOver
                                                                                : model::ReturnReason::NobodyOnline,
                           turn);
    session->row.transferTo = {};
    session->returned.reset();
    session->transferNote.clear();
    if (session->row.state != SessionState::Flow)
        moveTo(*session, SessionState::Flow, {}, {}, turn);
    tellFlow(decision.session, FlowEvent{FlowSignal::TransferFailed, {}, 0});
}

void Centre::on(const decision::StatusChanged& decision, Turn& turn) {
    LiveAgent* agent = find(decision.agent);
    if (agent == nullptr)
        return;
    changed(*agent);
    if (decision.reason == model::StatusReason::Disconnected)
        dialsLost(*agent);
    const model::AgentStatus pending = decision.pending.value_or(model::AgentStatus::Offline);
    auto event = record(turn, EventKind::AgentStatus, {}, decision.agent,
                        model::StatusDetail{decision.status, pending, decision.pending.has_value(), decision.reason});
    if (agent->connection == 0)
        return;
    model::Presence presence = presenceOf(*agent);
    presence.status = decision.status;
    presence.pending = pending;
    presence.hasPending = decision.pending.has_value();
    presence.reason = decision.reason;
    presence.since = decision.since;
    turn.durable.emplace_back(AgentEvent{decision.agent, std::move(event), std::nullopt, std::nullopt, presence});
}

} // namespace cb::desk
