#include "server/desk/centre.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

/// Phone calls. What they are to do leaves at once (transient): a slow disk never makes a caller wait.
namespace cb::desk {

using model::EndReason;
using model::SessionState;

namespace {

constexpr std::size_t kMostAwaited = 10'000; ///< recordings that are being closed

} // namespace

void Centre::toCall(const LiveSession& session, CallStep step, Turn& turn) {
    if (session.call != nullptr && session.call->id != 0)
        turn.transient.emplace_back(CallEffect{session.call->id, std::move(step)});
}

/// Who has this number on this channel. A withheld number is somebody new every time.
LiveCustomer* Centre::partyOf(model::ChannelId channel, const std::string& number,
                              const std::optional<model::Customer>& known) {
    if (!number.empty())
        if (LiveCustomer* here = visitorOf(channel, number); here != nullptr)
            return here;
    const bool usable = known && m_gone.count(known->id) == 0 && !number.empty();
    if (usable)
        return &adopt(*known, true);
    model::Customer row;
    row.id = model::CustomerId{m_nextVisitor--};
    row.instance = m_instance.id;
    row.channel = channel;
    row.name = number;
    row.externalId = number;
    if (number.empty())
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
    LiveCustomer& customer = *partyOf(command.channel, command.caller, command.customer);
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
    else if (session->hasFlow)
        customerGone(*session, turn);
    else
        finish(*session, session->row.state == SessionState::Open ? EndReason::HungUp : EndReason::Abandoned, turn);
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

void Centre::early(model::SessionId id, Turn& turn) {
    LiveSession* session = find(id);
    if (session == nullptr || isEnded(session->row.state) || session->call->early)
        return;
    session->call->early = true;
    tellCall(*session, turn);
}

/// The far end of a call out has answered.
void Centre::connected(model::SessionId id, const CallConnected& command, Turn& turn) {
    LiveSession* session = find(id);
    if (session == nullptr || isEnded(session->row.state) || session->call->row.connectedAt != Time{})
        return;
    turn.touch(m_instance.id);
    LiveCall& call = *session->call;
    call.row.connectedAt = session->row.answeredAt = turn.now;
    call.row.trunk = command.trunk;
    noteTalk(call, session->row.state, turn.now);
    changed(*session);
    turn.batch.calls.push_back(call.row);
    join(*session, turn);
    tellCall(*session, turn);
}

void Centre::recording(model::SessionId id, const CallRecording& command, Turn& turn) {
    LiveSession* session = find(id);
    if (session == nullptr || isEnded(session->row.state) || session->call->recording == command.on)
        return;
    session->call->recording = command.on;
    tellCall(*session, turn);
}

/// The file is whole and on the disk: now the call may name it.
void Centre::recorded(const CallRecorded& command, Turn& turn) {
    LiveSession* session = find(command.session);
    LiveCall* call = session == nullptr ? nullptr : session->call.get();
    if (call != nullptr) {
        call->row.recording = command.file;
        call->kept = false;
        call->keptOnce = true;
        if (std::exchange(call->recording, false)) // the disk takes no more: it goes on without
            tellCall(*session, turn);
    }
    const auto awaited = m_awaited.find(command.session);
    if (!command.file.empty() && (call != nullptr || awaited != m_awaited.end())) {
        turn.touch(m_instance.id);
        turn.batch.calls.push_back(call != nullptr ? call->row : awaited->second.call);
        turn.batch.calls.back().recording = command.file;
    }
    if (awaited != m_awaited.end())
        m_awaited.erase(awaited);
}

/// The agent's end of it goes.
void Centre::part(LiveSession& session, Turn& turn) {
    session.call->held = session.call->recording = false;
    toCall(session, CallPart{}, turn);
}

/// The far end and the agent hear each other, and are recorded where the agent's group wants it.
void Centre::join(LiveSession& session, Turn& turn) {
    LiveCall& call = *session.call;
    const LiveGroup* group = find(session.row.group);
    const bool record = group != nullptr && group->row.record;
    if (std::exchange(call.record, record) != record)
        toCall(session, CallRecord{record, m_instance.id, session.row.id}, turn);
    call.kept = call.kept || (record && call.id != 0 && !call.keptOnce);
    toCall(session, FlowJoin{}, turn);
}

/// A call that no flow speaks for: an agent called out, and it may have been passed on since.
void Centre::withoutFlow(LiveSession& session, FlowSignal signal, Turn& turn) {
    if (signal == FlowSignal::TransferFailed) // nobody came: there is no way on
        finish(session, EndReason::Failed, turn);
    if (signal == FlowSignal::TransferFailed || session.call == nullptr)
        return;
    if (signal == FlowSignal::AgentLeft && session.call->dialled) {
        finish(session, EndReason::AgentEnded, turn);
    } else if (signal == FlowSignal::AgentLeft || signal == FlowSignal::TransferQueued) {
        toCall(session, FlowMusic{}, turn);
    } else if (signal == FlowSignal::AgentConnected) {
        toCall(session, FlowStopMusic{}, turn);
        join(session, turn);
    }
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
    } else if (std::holds_alternative<FlowJoin>(action) && session.call != nullptr) {
        join(session, turn);
    }
}

/// Time with agents, without what it rang and waited between two of them.
void Centre::noteTalk(LiveCall& call, SessionState next, Time now) {
    if (next == SessionState::Open && call.joinedAt == Time{} && call.row.connectedAt != Time{}) {
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
    if (call.row.connectedAt == Time{} && call.row.cause.empty())
        call.row.cause = "cancelled";
    toCall(session, CallHangUp{call.farewell}, turn);
    call.id = 0;
    call.held = call.recording = false;
    turn.batch.calls.push_back(call.row);
    if (call.kept)
        m_awaited[session.row.id] = {call.row, session.row.customer};
    if (m_awaited.size() > kMostAwaited)
        m_awaited.erase(m_awaited.begin());
    tellCall(session, turn);
}

model::CallView Centre::callViewOf(const LiveSession& session) {
    const LiveCall& call = *session.call;
    const bool in = call.row.direction == model::CallDirection::In;
    model::CallView view;
    view.direction = call.row.direction;
    view.number = in ? call.row.caller : call.row.callee;
    view.line = in ? call.row.callee : call.row.caller;
    view.startedAt = call.row.startedAt;
    view.connectedAt = call.row.connectedAt;
    view.held = call.held;
    view.recorded = call.recording && !call.held;
    view.early = call.early;
    view.cause = call.row.cause;
    return view;
}

void Centre::tellCall(const LiveSession& session, Turn& turn) {
    const LiveAgent* agent = find(session.row.agent);
    const bool theirs = session.row.state == SessionState::Open || session.row.state == SessionState::WrapUp;
    if (theirs && agent != nullptr && agent->connection != 0)
        turn.durable.emplace_back(AgentCall{agent->row.id, session.row.id, callViewOf(session)});
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

/// What is known of it; a call that was up when the live state was lost goes on.
void Centre::takeCall(LiveSession& session, Recovered& recovered) {
    const auto live = recovered.liveCalls.find(session.row.id);
    const auto row = std::lower_bound(recovered.calls.begin(), recovered.calls.end(), session.row.id,
                                      [](const model::Call& call, model::SessionId id) { return call.session < id; });
    const bool known = row != recovered.calls.end() && row->session == session.row.id;
    if (live == recovered.liveCalls.end() && !known)
        return;
    session.call = std::make_unique<LiveCall>();
    if (known)
        session.call->row = *row;
    if (live == recovered.liveCalls.end())
        return;
    session.call->id = live->second;
    recovered.liveCalls.erase(live);
}

/// A call that was up when the live state was lost goes on where its session is on disk; every other session of a call
/// is over (spec 6: a call cannot survive the server), and so is a call out of somebody who is in no group of calls:
/// routing could not hold it.
void Centre::endLostCalls(Recovered& recovered, Turn& turn) {
    std::unordered_set<model::SessionId> lost, open;
    for (model::Session& row : recovered.sessions) {
        if (row.mode != model::Mode::Phone || isEnded(row.state))
            continue;
        open.insert(row.id);
        const auto live = recovered.liveCalls.find(row.id);
        const bool up = live != recovered.liveCalls.end();
        if (up && (row.state != SessionState::Open || row.group)) {
            if (row.state == SessionState::Open) // nobody remembers that it was held
                turn.transient.emplace_back(CallEffect{live->second, CallHold{false}});
            continue;
        }
        if (up) {
            turn.transient.emplace_back(CallEffect{live->second, CallHangUp{}});
            recovered.liveCalls.erase(live);
        }
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
