#include "server/desk/agent_errors_p.h"
#include "server/desk/centre.h"

#include <algorithm>
#include <utility>

/// What agents do with calls, and calls out. Routing knows only that somebody who dials is busy (DialOutStarted), not
/// the session: that is the agent's until it ends or is passed on, and then as any other.
namespace cb::desk {

using model::SessionState;

/// A call of this agent that is up.
LiveSession* Centre::talkOf(model::AgentId agent, model::SessionId id) {
    LiveSession* session = ownSession(agent, id);
    const bool up = session != nullptr && session->row.state == SessionState::Open && session->call != nullptr &&
                    session->call->id != 0;
    return up ? session : nullptr;
}

/// Nothing of it is stored, so the answer need not wait for a commit.
void Centre::offer(model::AgentId agent, const AgentOffer& command, Turn& turn) {
    if (const LiveSession* session = talkOf(agent, command.session); session != nullptr)
        toCall(*session, CallOffer{command.origin, command.sdp}, turn);
    else
        turn.transient.emplace_back(Reply{command.origin, base::conflict("session_gone")});
}

void Centre::hold(model::AgentId agent, const HoldCall& command, Turn& turn) {
    LiveSession* session = talkOf(agent, command.session);
    if (session == nullptr || session->call->row.connectedAt == Time{}) {
        turn.reply(command.origin, base::conflict("session_gone"));
        return;
    }
    if (std::exchange(session->call->held, command.on) != command.on) {
        toCall(*session, CallHold{command.on}, turn);
        tellCall(*session, turn);
    }
    turn.reply(command.origin, OkNothing{});
}

void Centre::afterCall(model::AgentId id, const AfterCall& command, Turn& turn) {
    turn.touch(m_instance.id);
    const auto refused = command.next == model::AfterCall::WrapUp ? route(routing::event::EnterWrapUp{id}, turn)
                                                                  : route(routing::event::Continue{id}, turn);
    drain(turn);
    if (refused)
        turn.reply(command.origin, errorOfAgent(*refused));
    else
        turn.reply(command.origin, OkPresence{presenceOf(*find(id))});
}

// ---- a call is planned
// ---------------------------------------------------------------------------------------------------------------

/// The number to call out from; nullptr: none, or not for that.
const model::PhoneNumber* Centre::lineOf(model::ChannelId wanted) const {
    const model::PhoneNumber* line = nullptr;
    for (const auto& [channel, number] : m_numbers) {
        if (number.type == model::CallType::In || (wanted && channel != wanted))
            continue;
        if (line == nullptr || number.number < line->number)
            line = &number;
    }
    return line;
}

void Centre::dial(model::AgentId agent, const DialCall& command, Turn& turn) {
    const model::PhoneNumber* line = lineOf(command.line);
    if (line == nullptr) {
        turn.reply(command.origin, base::rejected(lineOf({}) != nullptr ? "line_unknown" : "no_line"));
        return;
    }
    turn.transient.emplace_back(CallEffect{
        0, CallLookUp{command.origin, m_instance.id, agent, line->channel, model::SessionId{}, command.number}});
}

/// The caller is shown the number that was called, where that may call out.
void Centre::forward(model::AgentId agent, const ForwardCall& command, Turn& turn) {
    const LiveSession* session = talkOf(agent, command.session);
    if (session == nullptr || session->call->row.connectedAt == Time{}) {
        turn.reply(command.origin, base::conflict("session_gone"));
        return;
    }
    const model::PhoneNumber* line = lineOf(session->row.channel);
    if (line == nullptr)
        line = lineOf({});
    if (line == nullptr) {
        turn.reply(command.origin, base::rejected("no_line"));
        return;
    }
    turn.transient.emplace_back(CallEffect{
        0, CallLookUp{command.origin, m_instance.id, agent, line->channel, command.session, command.number}});
}

// ---- and made
// ---------------------------------------------------------------------------------------------------------------

/// Their first group of calls: its rules are those of the call.
model::GroupId Centre::callGroupOf(const LiveAgent& agent) const {
    for (const model::GroupId id : agent.row.groups)
        if (const LiveGroup* group = find(id); group != nullptr && group->row.mode == model::Mode::Phone)
            return id;
    return {};
}

base::Result<LiveSession*> Centre::startDialled(const CallPlanned& command, Turn& turn) {
    if (!command.number)
        return command.number.error();
    const LiveAgent* agent = find(command.agent);
    const auto line = m_numbers.find(command.line);
    if (agent == nullptr || line == m_numbers.end())
        return base::rejected("line_unknown");
    if (m_services.storageLow)
        return base::retry("storage_unavailable", "free space is below the floor");
    if (m_services.openSessions >= m_services.options.maxOpenSessions)
        return base::retry("overloaded");
    const model::SessionId id = m_services.ids.nextSession();
    if (!id)
        return base::retry("storage_unavailable", "no ids");
    if (const auto refused = route(routing::event::DialOutStarted{command.agent}, turn))
        return errorOfAgent(*refused);
    LiveCustomer& customer = *partyOf(command.line, *command.number, command.customer);
    if (!makeStored(customer, turn)) {
        rest(customer, turn);
        route(routing::event::DialOutEnded{command.agent}, turn);
        return base::retry("storage_unavailable", "no ids");
    }
    LiveSession& session = m_sessions[id];
    session.row.id = id;
    session.row.instance = m_instance.id;
    session.row.mode = model::Mode::Phone;
    session.row.channel = command.line;
    session.row.customer = customer.row.id;
    session.row.startedAt = turn.now;
    session.customer = &customer;
    ++customer.sessions;
    ++m_services.openSessions;
    session.call = std::make_unique<LiveCall>();
    session.call->id = command.call;
    session.call->dialled = true;
    model::Call& row = session.call->row;
    row.session = id;
    row.instance = m_instance.id;
    row.direction = model::CallDirection::Out;
    row.caller = line->second.number;
    row.callee = *command.number;
    row.startedAt = turn.now;
    moveTo(session, SessionState::Open, callGroupOf(*agent), command.agent, turn);
    record(turn, model::EventKind::SessionStarted, id, {}, {});
    record(turn, model::EventKind::SessionAssigned, id, command.agent, model::AssignedDetail{session.row.group});
    turn.batch.calls.push_back(row);
    return &session;
}

model::SessionId Centre::dialled(const CallPlanned& command, Turn& turn) {
    turn.touch(m_instance.id);
    const auto session = startDialled(command, turn);
    drain(turn);
    if (!session) {
        turn.reply(command.origin, session.error());
        if (command.call != 0)
            turn.transient.emplace_back(CallEffect{command.call, CallHangUp{}});
        return {};
    }
    toCall(**session, CallDial{}, turn);
    turn.reply(command.origin, OkSession{viewOf(**session)});
    return (*session)->row.id;
}

/// The agent's part is over at once, and so is the session; the two ends are the telephone's.
CallId Centre::forwarded(const CallPlanned& command, Turn& turn) {
    turn.touch(m_instance.id);
    LiveSession* session = talkOf(command.agent, command.session);
    if (!command.number || session == nullptr) {
        turn.reply(command.origin, command.number ? base::conflict("session_gone") : command.number.error());
        if (command.call != 0)
            turn.transient.emplace_back(CallEffect{command.call, CallHangUp{}});
        return 0;
    }
    toCall(*session, CallForward{command.call}, turn);
    session->call->row.cause = "forwarded";
    const CallId call = std::exchange(session->call->id, 0);
    finish(*session, model::EndReason::AgentEnded, turn);
    drain(turn);
    turn.reply(command.origin, OkNothing{});
    return call;
}

// ---- its end
// ---------------------------------------------------------------------------------------------------------------

/// The agent is as after any call, and the session is done when they go on.
void Centre::finishDialled(LiveSession& session, Turn& turn) {
    const model::AgentId agent = session.row.agent;
    moveTo(session, SessionState::WrapUp, session.row.group, agent, turn);
    closeForCustomer(session, turn);
    m_afterDial.push_back(session.row.id);
    route(routing::event::DialOutEnded{agent}, turn);
}

void Centre::completeDialled(Turn& turn) {
    if (m_afterDial.empty()) // nearly always
        return;
    const auto done = std::partition(m_afterDial.begin(), m_afterDial.end(), [this](model::SessionId id) {
        const LiveSession* session = find(id);
        return session != nullptr && m_router->afterCall(session->row.agent);
    });
    const std::vector<model::SessionId> over(done, m_afterDial.end());
    m_afterDial.erase(done, m_afterDial.end());
    for (const model::SessionId id : over)
        if (const LiveSession* session = find(id); session != nullptr)
            on(routing::decision::Completed{id, session->row.agent, true}, turn);
}

/// Of an agent who is taken to be gone.
void Centre::dialsLost(const LiveAgent& agent) {
    for (const LiveSession* session : agent.sessions)
        if (session->row.state == SessionState::Open && session->call != nullptr && session->call->dialled)
            tellFlow(session->row.id, FlowEvent{FlowSignal::AgentLeft, {}, 0});
}

// ---- passing it on
// ---------------------------------------------------------------------------------------------------------------

/// As routing checks the transfer of a session that it knows; `group`: where it is to wait.
std::optional<base::Error> Centre::checkTransfer(model::AgentId from, const TransferSession& command,
                                                 model::GroupId& group) const {
    const auto ofCalls = [this](model::GroupId id) {
        const LiveGroup* known = find(id);
        return known != nullptr && known->row.mode == model::Mode::Phone;
    };
    if (command.group) {
        if (!ofCalls(command.group))
            return base::rejected("group_unknown");
        const auto& own = find(from)->row.groups;
        const int self = std::count(own.begin(), own.end(), command.group) > 0 ? 1 : 0;
        if (m_router->online(command.group) - self <= 0)
            return base::rejected("nobody_online");
        group = command.group;
        return std::nullopt;
    }
    if (command.agent == from)
        return base::rejected("same_place");
    const LiveAgent* to = find(command.agent);
    if (to == nullptr || to->row.deleted)
        return base::rejected("agent_unknown");
    const auto status = m_router->status(command.agent).value_or(model::AgentStatus::Offline);
    if (status == model::AgentStatus::Offline || status == model::AgentStatus::Break)
        return base::rejected("agent_offline");
    group = callGroupOf(*to);
    return group ? std::nullopt : std::optional(base::rejected("not_a_member"));
}

/// From now on it is a session like any other, but that no flow speaks for it.
void Centre::transferDialled(model::AgentId from, LiveSession& session, const TransferSession& command, Turn& turn) {
    model::GroupId group;
    auto error = session.call->row.connectedAt == Time{} ? std::optional(base::conflict("session_gone"))
                                                         : checkTransfer(from, command, group);
    if (error) {
        turn.reply(command.origin, *error);
        return;
    }
    session.call->dialled = false;
    session.transferNote = command.note;
    session.returned = model::ReturnReason::Transferred;
    session.waitingSince = turn.now;
    session.row.lastAgent = from;
    tellAgent(turn, from,
              record(turn, model::EventKind::SessionReturned, session.row.id, from,
                     model::ReturnedDetail{group, model::ReturnReason::Transferred}));
    toCall(session, FlowMusic{}, turn);
    routing::event::SessionEnqueue enqueue;
    enqueue.session = session.row.id;
    enqueue.group = group;
    enqueue.mode = model::Mode::Phone;
    enqueue.directAgent = command.agent;
    route(enqueue, turn);
    route(routing::event::DialOutEnded{from}, turn);
    addNote(from, command, turn);
    drain(turn);
    turn.reply(command.origin, OkNothing{});
}

} // namespace cb::desk
