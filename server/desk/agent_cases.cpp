#include "server/desk/agent_errors_p.h"
#include "server/desk/centre.h"
#include "shared/model/names.h"

#include <algorithm>
#include <utility>

namespace cb::desk {

using model::AgentStatus;
using model::SessionState;

ConnectionId Centre::attach(const AgentAttach& command, Turn& turn, bool& accepted) {
    accepted = false;
    LiveAgent* agent = find(command.agent);
    if (agent == nullptr || agent->row.deleted) {
        turn.reply(command.origin, base::rejected("bad_token"));
        return 0;
    }
    const ConnectionId before = agent->connection;
    // The same program on the same machine, whose old connection nobody has missed yet, is not asked.
    const bool same = !command.token.empty() && command.token == agent->token && command.device == agent->device;
    if (before != 0 && before != command.origin.connection && !command.takeover && !same) {
        auto error = base::conflict("already_signed_in");
        error = base::with(std::move(error), "since", std::to_string(base::toUnixMillis(agent->connectedAt)));
        turn.reply(command.origin, base::with(std::move(error), "device", agent->device));
        return 0;
    }
    accepted = true;
    turn.touch(m_instance.id);
    const bool other = before != 0 && before != command.origin.connection;
    if (other)
        turn.durable.emplace_back(Bye{before, ByeCode::TakenOver});
    agent->connection = command.origin.connection;
    agent->device = command.device;
    agent->token = command.token;
    agent->connectedAt = turn.now;
    // What the router decides now is in the welcome already, and too early for the new connection.
    route(routing::event::AgentConnected{command.agent}, turn);
    drain(turn);
    turn.durable.emplace_back(BindAgent{command.origin.connection, m_instance.id, command.agent});
    turn.reply(command.origin, welcome(command, *agent, turn.now));
    return other ? before : 0;
}

void Centre::detach(model::AgentId id, ConnectionId connection, Turn& turn) {
    LiveAgent* agent = find(id);
    if (agent == nullptr || agent->connection != connection)
        return;
    agent->connection = 0;
    route(routing::event::AgentDisconnected{id}, turn);
    drain(turn);
}

void Centre::setStatus(model::AgentId id, const SetStatus& command, Turn& turn) {
    turn.touch(m_instance.id);
    const LiveAgent& agent = *find(id);
    std::optional<routing::decision::Refused> refused;
    if (command.status == AgentStatus::Idle && m_router->status(id) == AgentStatus::Offline)
        refused = route(routing::event::AgentOnline{id}, turn);
    else
        refused = route(routing::event::AgentSetStatus{id, command.status}, turn);
    drain(turn);
    if (refused)
        turn.reply(command.origin, errorOfAgent(*refused));
    else
        turn.reply(command.origin, OkPresence{presenceOf(agent)});
}

void Centre::cancelPending(model::AgentId id, Origin origin, Turn& turn) {
    turn.touch(m_instance.id);
    const auto presence = m_router->presence(id);
    if (presence && presence->hasPending) {
        route(routing::event::AgentSetStatus{id, AgentStatus::Idle}, turn);
        drain(turn);
    }
    turn.reply(origin, OkPresence{presenceOf(*find(id))});
}

namespace {

/// The session that rings at this agent with this offer, or nullptr.
LiveSession* ringing(const LiveAgent& agent, model::OfferId offer) {
    for (LiveSession* session : agent.sessions)
        if (session->offer != nullptr && session->offer->id == offer)
            return session;
    return nullptr;
}

/// With the reason why it does not ring any more, for as long as that is remembered.
base::Error offerGone(const LiveAgent& agent, model::OfferId offer) {
    for (const ClosedOffer& closed : agent.closed)
        if (closed.offer == offer)
            return base::with(base::conflict("offer_gone"), "outcome", std::string(model::name(closed.outcome)));
    return base::conflict("offer_gone");
}

base::Error errorOfOffer(const routing::decision::Refused& refused, const LiveAgent& agent, model::OfferId offer) {
    base::Error error = errorOfAgent(refused);
    return error.code == "offer_gone" ? offerGone(agent, offer) : error;
}

} // namespace

void Centre::answer(model::AgentId id, const AnswerOffer& command, Turn& turn) {
    turn.touch(m_instance.id);
    const LiveAgent& agent = *find(id);
    LiveSession* session = ringing(agent, command.offer);
    if (session == nullptr) {
        turn.reply(command.origin, offerGone(agent, command.offer));
        return;
    }
    const model::SessionId at = session->row.id;
    const auto refused = route(routing::event::Answer{id, session->routerOffer}, turn);
    drain(turn);
    const LiveSession* own = ownSession(id, at);
    if (refused)
        turn.reply(command.origin, errorOfOffer(*refused, agent, command.offer));
    else if (own == nullptr)
        turn.reply(command.origin, offerGone(agent, command.offer));
    else
        turn.reply(command.origin, OkSession{viewOf(*own)});
}

void Centre::decline(model::AgentId id, const DeclineOffer& command, Turn& turn) {
    turn.touch(m_instance.id);
    const LiveAgent& agent = *find(id);
    const LiveSession* session = ringing(agent, command.offer);
    if (session == nullptr) {
        turn.reply(command.origin, offerGone(agent, command.offer));
        return;
    }
    const auto refused = route(routing::event::Decline{id, session->routerOffer}, turn);
    drain(turn);
    if (refused)
        turn.reply(command.origin, errorOfOffer(*refused, agent, command.offer));
    else
        turn.reply(command.origin, OkNothing{});
}

void Centre::send(model::AgentId id, const AgentSend& command, Turn& turn) {
    turn.touch(m_instance.id);
    LiveSession* session = find(command.session);
    const auto ended = m_endedById.find(command.session);
    const UuidTable* names = session != nullptr           ? &session->uuids
                             : ended != m_endedById.end() ? ended->second
                                                          : nullptr;
    if (const auto known = names != nullptr ? names->find(command.uuid) : std::nullopt) {
        turn.reply(command.origin, OkSent{known->seq, known->at, command.session});
        return;
    }
    session = ownSession(id, command.session);
    if (session == nullptr) {
        turn.reply(command.origin, base::conflict("session_gone"));
        return;
    }
    if (session->row.state != SessionState::Open) {
        turn.reply(command.origin, base::conflict("session_ended"));
        return;
    }
    if (auto error = checkContent(command.kind, command.text, command.attachment)) {
        turn.reply(command.origin, *error);
        return;
    }
    model::Message message;
    message.uuid = command.uuid;
    message.side = model::Side::Agent;
    message.agent = id;
    message.kind = command.kind;
    message.text = command.text;
    message.attachment = command.attachment;
    append(*session, std::move(message), turn);
    turn.reply(command.origin, OkSent{m_lastSeq, turn.now, command.session});
    tellFlow(command.session, FlowEvent{FlowSignal::AgentMessage, {}, 0});
    drain(turn);
}

void Centre::mark(model::AgentId id, const AgentMark& command, Turn& turn) {
    LiveSession* session = ownSession(id, command.session);
    if (session == nullptr)
        return;
    model::Session& row = session->row;
    const model::Seq read = std::clamp(command.read, row.agentRead, std::max(row.agentRead, row.lastSeq));
    const model::Seq delivered =
        std::clamp(std::max(command.delivered, read), row.agentDelivered, std::max(row.agentDelivered, row.lastSeq));
    if (read == row.agentRead && delivered == row.agentDelivered)
        return;
    row.agentRead = read;
    row.agentDelivered = delivered;
    marksChanged(*session);
    if (row.state == SessionState::Open)
        turn.transient.emplace_back(VisitorMarks{row.customer, delivered, read});
}

void Centre::typing(model::AgentId id, const AgentTyping& command, Turn& turn) {
    const LiveSession* session = ownSession(id, command.session);
    if (session != nullptr && session->row.state == SessionState::Open)
        turn.transient.emplace_back(VisitorTypingEffect{session->row.customer, command.on});
}

} // namespace cb::desk
