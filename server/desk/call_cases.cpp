#include "server/desk/centre.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

/// Phone calls. What they are to do leaves at once (transient): a slow disk never makes a caller wait.
namespace cb::desk {

using model::EndReason;
using model::SessionState;

namespace {

void toCall(const LiveSession& session, CallStep step, Turn& turn) {
    if (session.call != nullptr && session.call->id != 0)
        turn.transient.emplace_back(CallEffect{session.call->id, std::move(step)});
}

} // namespace

/// Who calls from this number on this channel. A withheld number is somebody new every time.
LiveCustomer* Centre::callerOf(const CallArrived& command) {
    if (!command.caller.empty())
        if (LiveCustomer* known = visitorOf(command.channel, command.caller); known != nullptr)
            return known;
    const bool usable = command.customer && m_gone.count(command.customer->id) == 0 && !command.caller.empty();
    if (usable)
        return &adopt(*command.customer, true);
    model::Customer row;
    row.id = model::CustomerId{m_nextVisitor--};
    row.instance = m_instance.id;
    row.channel = command.channel;
    row.name = command.caller;
    row.externalId = command.caller;
    if (command.caller.empty())
        row.externalId =
            "withheld " + base::toString(base::uuidFrom(m_services.random.next(), m_services.random.next()));
    return &adopt(std::move(row), false);
}

model::SessionId Centre::arrived(const CallArrived& command, Turn& turn) {
    turn.touch(m_instance.id);
    const auto channel = m_channels.find(command.channel);
    if (channel == m_channels.end() || channel->second.kind != model::ChannelKind::Phone) {
        turn.transient.emplace_back(CallEffect{command.call, CallRefused{"channel_unknown"}});
        return {};
    }
    LiveCustomer& customer = *callerOf(command);
    auto started = startSession(customer, turn);
    if (!started) {
        turn.transient.emplace_back(CallEffect{command.call, CallRefused{started.error().code}});
        rest(customer, turn);
        return {};
    }
    LiveSession& session = **started;
    session.call = std::make_unique<LiveCall>();
    session.call->id = command.call;
    session.call->lastAgent = command.lastAgent;
    model::Call& row = session.call->row;
    row.session = session.row.id;
    row.instance = m_instance.id;
    row.direction = model::CallDirection::In;
    row.caller = command.caller;
    row.callee = command.callee;
    row.trunk = command.trunk;
    row.startedAt = row.connectedAt = turn.now;
    turn.batch.calls.push_back(row);
    const model::SessionId id = session.row.id;
    toCall(session, CallTaken{id}, turn);
    beginFlow(session, turn);
    return id;
}

bool Centre::hasCall(model::SessionId id, CallId call) const {
    const auto found = m_sessions.find(id);
    return found != m_sessions.end() && found->second.call != nullptr && found->second.call->id == call;
}

void Centre::key(model::SessionId session, const CallKey& command, Turn& turn) {
    tellFlow(session, FlowEvent{FlowSignal::Key, std::string(1, command.key), 0});
    drain(turn);
}

void Centre::played(model::SessionId session, const CallPlayed& command, Turn& turn) {
    tellFlow(session, FlowEvent{FlowSignal::Played, {}, command.play});
    drain(turn);
}

/// The caller hung up, or nothing is heard of them any more.
void Centre::gone(model::SessionId id, const CallGone& command, Turn& turn) {
    LiveSession* session = find(id);
    if (session == nullptr || session->call == nullptr)
        return;
    session->call->id = 0;
    session->call->row.cause = command.cause;
    if (isEnded(session->row.state))
        return;
    if (command.mediaLost)
        finish(*session, EndReason::MediaLost, turn);
    else
        customerGone(*session, turn);
    drain(turn);
}

/// Not when the agent is gone already: then it says nothing about them any more.
void Centre::media(model::SessionId id, const CallMedia& command, Turn& turn) {
    const LiveSession* session = find(id);
    if (session == nullptr || session->row.state != SessionState::Open)
        return;
    route(routing::event::MediaLive{session->row.agent, command.live}, turn);
    drain(turn);
}

/// Nothing of it is stored, so the answer need not wait for a commit.
void Centre::offer(model::AgentId agent, const AgentOffer& command, Turn& turn) {
    const LiveSession* session = ownSession(agent, command.session);
    const bool talks = session != nullptr && session->row.state == SessionState::Open && session->call != nullptr &&
                       session->call->id != 0;
    if (talks)
        toCall(*session, CallOffer{command.origin, command.sdp}, turn);
    else
        turn.transient.emplace_back(Reply{command.origin, base::conflict("session_gone")});
}

/// The agent's end of it goes.
void Centre::part(LiveSession& session, Turn& turn) {
    toCall(session, CallPart{}, turn);
}

/// What a flow does with sounds.
void Centre::sound(LiveSession& session, FlowAction& action, Turn& turn) {
    if (const auto* play = std::get_if<FlowPlay>(&action)) {
        const int number = play->play;
        toCall(session, std::move(std::get<FlowPlay>(action)), turn);
        // The agent has hung up: what the flow still says is heard, but nobody waits for its end.
        if (session.call != nullptr && session.call->farewell)
            tellFlow(session.row.id, FlowEvent{FlowSignal::Played, {}, number});
    } else if (std::holds_alternative<FlowStopPlay>(action)) {
        toCall(session, FlowStopPlay{}, turn);
    } else if (const auto* music = std::get_if<FlowMusic>(&action)) {
        toCall(session, *music, turn);
    } else if (std::holds_alternative<FlowStopMusic>(action)) {
        toCall(session, FlowStopMusic{}, turn);
    } else if (std::holds_alternative<FlowJoin>(action)) {
        toCall(session, FlowJoin{}, turn);
    }
}

/// Time with agents, without what it rang and waited between two of them.
void Centre::noteTalk(LiveCall& call, SessionState next, Time now) {
    if (next == SessionState::Open && call.joinedAt == Time{}) {
        call.joinedAt = now;
        if (call.row.talkFrom == Time{})
            call.row.talkFrom = now;
    } else if (next != SessionState::Open && call.joinedAt != Time{}) {
        call.row.talkMillis += (now - call.joinedAt) / base::Millis(1);
        call.joinedAt = {};
    }
}

/// The session is over: so is the call.
void Centre::closeCall(LiveSession& session, Turn& turn) {
    LiveCall& call = *session.call;
    noteTalk(call, SessionState::Completed, turn.now);
    call.row.endedAt = turn.now;
    toCall(session, CallHangUp{call.farewell}, turn);
    call.id = 0;
    turn.batch.calls.push_back(call.row);
}

/// Of a caller who is blocked: whatever runs.
void Centre::endCallsOf(LiveCustomer& customer, Turn& turn) {
    std::vector<model::SessionId> open;
    for (const auto& [id, session] : m_sessions)
        if (session.customer == &customer && session.call != nullptr && !isEnded(session.row.state))
            open.push_back(id);
    for (const model::SessionId id : open)
        if (LiveSession* session = find(id); session != nullptr)
            finish(*session, session->row.state == SessionState::Open ? EndReason::AgentEnded : EndReason::Abandoned,
                   turn);
    drain(turn);
}

/// A call that was up when the live state was lost goes on where its session is on disk; every other session of a call
/// is over (spec 6: a call cannot survive the server).
bool Centre::takeCall(LiveSession& session, Recovered& recovered) {
    const auto live = recovered.liveCalls.find(session.row.id);
    if (live == recovered.liveCalls.end())
        return false;
    session.call = std::make_unique<LiveCall>();
    session.call->id = live->second;
    const auto row = std::lower_bound(recovered.calls.begin(), recovered.calls.end(), session.row.id,
                                      [](const model::Call& call, model::SessionId id) { return call.session < id; });
    if (row != recovered.calls.end() && row->session == session.row.id)
        session.call->row = *row;
    recovered.liveCalls.erase(live);
    return true;
}

void Centre::endLostCalls(Recovered& recovered, Turn& turn) {
    std::unordered_set<model::SessionId> lost, open;
    for (model::Session& row : recovered.sessions) {
        if (row.mode != model::Mode::Phone || isEnded(row.state))
            continue;
        open.insert(row.id);
        if (recovered.liveCalls.count(row.id) != 0)
            continue;
        lost.insert(row.id);
        row.agent = row.state == SessionState::Open ? row.agent : model::AgentId{};
        row.state = SessionState::Completed;
        row.endReason = EndReason::ServerRestarted;
        row.endedAt = row.completedAt = turn.now;
        row.flowState.clear();
        turn.batch.sessions.push_back(row);
        m_day.add(timesOf(row));
        record(turn, model::EventKind::SessionEnded, row.id, row.agent, model::EndedDetail{row.endReason});
    }
    for (model::Offer& offer : recovered.ringing) {
        if (lost.count(offer.session) == 0)
            continue;
        offer.outcome = model::OfferOutcome::Withdrawn;
        offer.decidedAt = turn.now;
        turn.batch.offers.push_back(offer);
    }
    for (model::Call& call : recovered.calls) {
        if (lost.count(call.session) == 0)
            continue;
        call.endedAt = turn.now;
        call.cause = "server_restarted";
        turn.batch.calls.push_back(call);
    }
    // What no session on disk knows was never told to anybody but the caller.
    for (const auto& [session, call] : recovered.liveCalls)
        if (open.count(session) == 0)
            turn.transient.emplace_back(CallEffect{call, CallHangUp{}});
}

} // namespace cb::desk
