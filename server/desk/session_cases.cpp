#include "server/desk/centre.h"
#include "shared/base/text.h"

#include <algorithm>
#include <utility>

namespace cb::desk {

using model::EndReason;
using model::MessageKind;
using model::SessionState;
using model::Side;

namespace {

constexpr std::size_t kPreview = 80; ///< characters, as in store::Digest
constexpr std::size_t kMaxEnded = 2'000;

} // namespace

std::optional<base::Error> Centre::checkContent(MessageKind kind, const std::string& text,
                                                model::AttachmentId attachment) const {
    if (kind == MessageKind::Note)
        return base::with(base::rejected("bad_field"), "field", "kind");
    if (text.size() > model::kMaxText && base::length(text) > model::kMaxText)
        return base::rejected("text_too_long");
    if (!base::isUtf8(text) || base::hasControl(text))
        return base::rejected("bad_text");
    if (kind == MessageKind::Text)
        return text.empty() ? std::optional(base::rejected("text_empty")) : std::nullopt;
    return attachment ? std::nullopt : std::optional(base::rejected("attachment_unknown"));
}

std::optional<base::Error> Centre::mayStart(const LiveCustomer& customer) const {
    if (customer.row.blocked)
        return base::rejected("blocked");
    const auto channel = m_channels.find(customer.row.channel);
    if (channel == m_channels.end() || channel->second.deleted)
        return base::rejected("channel_unknown");
    const auto flow = m_flows.find(channel->second.flow);
    const bool linked = flow != m_flows.end() && flow->second.published && flow->second.newest > 0;
    const bool phone = channel->second.kind == model::ChannelKind::Phone;
    if (!linked || (flow->second.mode == model::Mode::Phone) != phone)
        return base::rejected("not_set_up");
    if (m_services.storageLow)
        return base::retry("storage_unavailable", "free space is below the floor");
    if (m_services.openSessions >= m_services.options.maxOpenSessions)
        return base::retry("overloaded");
    return std::nullopt;
}

/// Gives a visitor the row of a customer. False: no ids just now.
bool Centre::makeStored(LiveCustomer& customer, Turn& turn) {
    if (customer.stored)
        return true;
    const model::CustomerId id = m_services.ids.nextCustomer();
    if (!id)
        return false;
    auto node = m_customers.extract(customer.row.id);
    node.key() = id;
    m_customers.insert(std::move(node)); // the customer stays where it is in memory
    customer.row.id = id;
    customer.row.createdAt = turn.now;
    if (customer.row.name.empty())
        customer.row.name = "Visitor " + std::to_string(id.value);
    customer.stored = true;
    turn.batch.customers.push_back(customer.row);
    turn.touch(m_instance.id);
    return true;
}

/// The flow has not begun yet: a first message comes before its greeting.
base::Result<LiveSession*> Centre::startSession(LiveCustomer& customer, Turn& turn) {
    if (auto error = mayStart(customer))
        return *error;
    const model::SessionId id = m_services.ids.nextSession();
    if (!id || !makeStored(customer, turn))
        return base::retry("storage_unavailable", "no ids");
    const LiveFlow& flow = m_flows.at(m_channels.at(customer.row.channel).flow);
    LiveSession& session = m_sessions[id];
    session.row.id = id;
    session.row.instance = m_instance.id;
    session.row.mode = flow.mode;
    session.row.channel = customer.row.channel;
    session.row.customer = customer.row.id;
    session.row.flow = flow.id;
    session.row.flowVersion = flow.newest;
    session.row.startedAt = turn.now;
    session.customer = &customer;
    if (flow.mode != model::Mode::Phone) // many may call from one number
        customer.open = id;
    ++customer.sessions;
    ++m_services.openSessions;
    moveTo(session, SessionState::Flow, {}, {}, turn);
    for (const ConnectionId connection : customer.connections)
        turn.durable.emplace_back(BindVisitor{connection, customer.row.id, id});
    tellVisitor(turn, session, record(turn, model::EventKind::SessionStarted, id, {}, {}));
    return &session;
}

void Centre::beginFlow(LiveSession& session, Turn& turn) {
    FlowActions actions;
    const model::SessionId id = session.row.id;
    session.hasFlow = m_services.flows.start(id, session.row.flow, session.row.flowVersion, actions);
    if (!session.hasFlow) {
        finish(session, EndReason::Failed, turn);
        return;
    }
    changed(session);
    act(id, actions, turn);
    drain(turn);
}

/// The one way a line gets into a conversation.
const model::Message& Centre::append(LiveSession& session, model::Message message, Turn& turn) {
    message.instance = m_instance.id;
    message.session = session.row.id;
    message.seq = ++m_lastSeq;
    message.at = turn.now;
    auto event = std::make_shared<model::Event>();
    event->instance = m_instance.id;
    event->seq = message.seq;
    event->at = turn.now;
    event->session = session.row.id;
    event->agent = message.agent;
    event->message = std::move(message);
    const model::Message& line = event->message;
    turn.batch.events.push_back(*event);
    turn.touch(m_instance.id);
    session.uuids.insert({line.uuid, line.seq, line.at, line.side == Side::Customer});
    if (line.kind != MessageKind::Note) { // notes are for agents and count for nothing
        session.row.lastSeq = line.seq;
        session.preview = std::string(base::prefix(line.text, kPreview));
        session.previewSide = line.side;
        session.previewKind = line.kind;
        session.previewAt = line.at;
        marksChanged(session);
    }
    if (line.side == Side::Customer) {
        if (session.customerWaitsSince == Time{})
            session.customerWaitsSince = line.at;
    } else if (line.side == Side::Agent) {
        session.customerWaitsSince = {};
    }
    if (session.row.state == SessionState::Open || session.row.state == SessionState::WrapUp)
        tellAgent(turn, session.row.agent, event);
    if (line.kind != MessageKind::Note)
        tellVisitor(turn, session, event);
    return line;
}

void Centre::say(LiveSession& session, const std::string& text, Turn& turn) {
    model::Message message;
    message.uuid = base::uuidFrom(m_services.random.next(), m_services.random.next());
    message.side = Side::Flow;
    message.text = text;
    append(session, std::move(message), turn);
}

/// Over for the customer, for whatever reason, wherever the session is. With an agent it goes into wrap-up.
void Centre::finish(LiveSession& session, EndReason reason, Turn& turn) {
    if (isEnded(session.row.state))
        return;
    session.row.endReason = reason;
    changed(session);
    if (session.call != nullptr && session.call->dialled)
        return finishDialled(session, turn);
    const model::SessionId id = session.row.id;
    if (session.row.state != SessionState::Flow) {
        const bool byAgent = session.row.state == SessionState::Open && reason == EndReason::AgentEnded;
        const auto refused = byAgent ? route(routing::event::AgentEndedSession{session.row.agent, id}, turn)
                                     : route(routing::event::SessionCancelled{id}, turn);
        if (!refused)
            return; // the decisions have closed it
    }
    if (LiveSession* still = find(id); still != nullptr && !isEnded(still->row.state)) {
        closeForCustomer(*still, turn);
        retire(*still, turn);
    }
}

/// The customer left, or is gone for good: the flow says how that ends.
void Centre::customerGone(LiveSession& session, Turn& turn) {
    const model::SessionId id = session.row.id;
    tellFlow(id, FlowEvent{FlowSignal::CustomerLeft, {}, 0});
    drain(turn);
    LiveSession* still = find(id);
    if (still != nullptr && !isEnded(still->row.state))
        finish(*still, still->row.state == SessionState::Open ? EndReason::CustomerLeft : EndReason::Abandoned, turn);
}

/// Ends the customer's side: events, the one open session, what repeats need.
void Centre::closeForCustomer(LiveSession& session, Turn& turn) {
    const bool served = session.row.state == SessionState::WrapUp;
    if (!served)
        moveTo(session, SessionState::Completed, session.row.group, {}, turn);
    session.row.endedAt = turn.now;
    if (!served)
        session.row.completedAt = turn.now;
    session.row.flowState.clear();
    Deadlines::disarm(session.flowTimer);
    if (session.hasFlow)
        m_services.flows.forget(session.row.id);
    session.hasFlow = false;
    changed(session);
    auto event = record(turn, model::EventKind::SessionEnded, session.row.id, session.row.agent,
                        model::EndedDetail{session.row.endReason});
    if (served)
        tellAgent(turn, session.row.agent, event);
    tellVisitor(turn, session, event);
    if (session.call != nullptr)
        closeCall(session, turn);
    LiveCustomer& customer = *session.customer;
    if (customer.open == session.row.id)
        customer.open = {};
    for (const UuidTable::Entry& entry : session.uuids.newest(LiveCustomer::kMaxPast))
        customer.past.push_back(PastMessage{entry.uuid, entry.seq, entry.at, session.row.id});
    if (customer.past.size() > LiveCustomer::kMaxPast)
        customer.past.erase(customer.past.begin(),
                            customer.past.end() - static_cast<std::ptrdiff_t>(LiveCustomer::kMaxPast));
    for (const ConnectionId connection : customer.connections)
        turn.durable.emplace_back(BindVisitor{connection, customer.row.id, {}});
}

/// Writes a completed session for the last time and lets go of it, but for the names of its messages.
void Centre::retire(LiveSession& session, Turn& turn) {
    flushSession(session, turn);
    const model::SessionId id = session.row.id;
    LiveCustomer& customer = *session.customer;
    if (m_ended.size() >= kMaxEnded) {
        m_endedById.erase(m_ended.front().session);
        m_ended.pop_front();
    }
    m_ended.push_back(EndedSession{id, std::move(session.uuids)});
    m_endedById[id] = &m_ended.back().uuids;
    m_sessions.erase(id);
    --customer.sessions;
    --m_services.openSessions;
    rest(customer, turn);
}

namespace {

template <class T>
void eraseValue(std::vector<T*>& list, T* value) {
    const auto found = std::find(list.begin(), list.end(), value);
    if (found == list.end())
        return;
    *found = list.back();
    list.pop_back();
}

bool waits(SessionState state) {
    return state == SessionState::Flow || state == SessionState::Queued || state == SessionState::Offered;
}

} // namespace

/// Every change of place goes through here, so that the lists by group and agent are always right.
void Centre::moveTo(LiveSession& session, SessionState state, model::GroupId group, model::AgentId agent, Turn& turn) {
    model::Session& row = session.row;
    if (row.state == SessionState::Queued) {
        if (LiveGroup* old = find(row.group);
            old != nullptr && session.queueIndex < old->queued.size() && old->queued[session.queueIndex] == &session) {
            old->queued[session.queueIndex] = old->queued.back();
            old->queued[session.queueIndex]->queueIndex = session.queueIndex;
            old->queued.pop_back();
            old->queueMoved = true;
        }
        session.aheadTold = -1;
    }
    if (LiveAgent* old = find(row.agent); old != nullptr) {
        eraseValue(old->sessions, &session);
        changed(*old);
    }
    if (session.call != nullptr) {
        noteTalk(*session.call, state, turn.now);
        if (row.state == SessionState::Open && state != SessionState::Open)
            part(session, turn);
    }
    row.state = state;
    row.group = group;
    row.agent = agent;
    placeSession(session);
    if (LiveAgent* now = find(agent); now != nullptr)
        changed(*now);
    if (session.customer->open == row.id) // not one in wrap-up while its customer waits in another
        watchForGone(session, turn.now);
    changed(session);
    turn.touch(m_instance.id);
    figuresMoved(turn);
}

/// Who waits without a connection is given up after a while; who is with an agent is not.
void Centre::watchForGone(LiveSession& session, Time now) {
    Timer& gone = session.customer->gone;
    if (!waits(session.row.state))
        Deadlines::disarm(gone);
    else if (!session.customer->online() && gone.due == Time{})
        m_services.deadlines.arm(gone, now + m_services.options.visitorGone, Deadlines::Kind::VisitorGone,
                                 m_instance.id, session.customer->row.id.value);
}

/// Into the lists its row says it belongs to.
void Centre::placeSession(LiveSession& session) {
    if (session.row.state == SessionState::Queued) {
        if (LiveGroup* group = find(session.row.group); group != nullptr) {
            session.queueIndex = static_cast<std::uint32_t>(group->queued.size());
            group->queued.push_back(&session);
            group->queueMoved = true;
        }
    }
    if (LiveAgent* agent = find(session.row.agent); agent != nullptr && session.row.state != SessionState::Completed)
        agent->sessions.push_back(&session);
}

// ---- finding and letting go
// ----------------------------------------------------------------------------------------------------------

namespace {
template <class Map, class Key>
auto* findIn(Map& map, Key key) {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}
constexpr base::Millis kKeepCustomer = std::chrono::minutes(10);
constexpr std::size_t kMaxIdle = 20'000;
} // namespace

LiveSession* Centre::find(model::SessionId id) {
    return findIn(m_sessions, id);
}
LiveAgent* Centre::find(model::AgentId id) {
    return findIn(m_agents, id);
}
const LiveAgent* Centre::find(model::AgentId id) const {
    return findIn(m_agents, id);
}
LiveGroup* Centre::find(model::GroupId id) {
    return findIn(m_groups, id);
}
const LiveGroup* Centre::find(model::GroupId id) const {
    return findIn(m_groups, id);
}
LiveCustomer* Centre::visitorOf(model::ChannelId channel, std::string_view externalId) {
    const auto found = m_visitors.find(TokenKey{channel, externalId});
    return found == m_visitors.end() ? nullptr : found->second;
}

LiveSession* Centre::ownSession(model::AgentId agent, model::SessionId id) {
    LiveSession* session = find(id);
    const bool own = session != nullptr && session->row.agent == agent &&
                     (session->row.state == SessionState::Open || session->row.state == SessionState::WrapUp);
    return own ? session : nullptr;
}

LiveCustomer& Centre::adopt(model::Customer row, bool stored) {
    LiveCustomer& customer = m_customers[row.id];
    customer.row = std::move(row);
    customer.stored = stored;
    m_visitors[TokenKey{customer.row.channel, customer.row.externalId}] = &customer;
    return customer;
}

/// Nobody is connected and nothing is open: a customer with a row stays for a while, because a hub may have looked into
/// the store before the row was there.
void Centre::rest(LiveCustomer& customer, Turn& turn) {
    if (!customer.idle())
        return;
    if (!customer.stored) {
        forget(customer);
        return;
    }
    customer.idleSince = turn.now;
    m_idle.push_back(Idle{turn.now, customer.row.id});
    if (m_idle.size() > kMaxIdle) {
        const Idle oldest = m_idle.front();
        m_idle.pop_front();
        LiveCustomer* other = findIn(m_customers, oldest.customer);
        if (other != nullptr && other != &customer && other->idle() && other->idleSince == oldest.since)
            forget(*other);
    }
    m_services.deadlines.arm(m_forgetTimer, m_idle.front().since + kKeepCustomer, Deadlines::Kind::Forget,
                             m_instance.id);
}

void Centre::forget(LiveCustomer& customer) {
    m_visitors.erase(TokenKey{customer.row.channel, customer.row.externalId});
    m_customers.erase(customer.row.id);
}

void Centre::forgetIdle(Time now) {
    while (!m_idle.empty() && m_idle.front().since + kKeepCustomer <= now) {
        const Idle idle = m_idle.front();
        m_idle.pop_front();
        LiveCustomer* customer = findIn(m_customers, idle.customer);
        if (customer != nullptr && customer->idle() && customer->idleSince == idle.since)
            forget(*customer);
    }
    if (!m_idle.empty())
        m_services.deadlines.arm(m_forgetTimer, m_idle.front().since + kKeepCustomer, Deadlines::Kind::Forget,
                                 m_instance.id);
}

// ---- rows that changed
// ---------------------------------------------------------------------------------------------------------------

void Centre::changed(LiveSession& session) {
    if (!session.rowChanged && !session.marksChanged)
        m_changedSessions.push_back(session.row.id);
    session.rowChanged = true;
}

void Centre::marksChanged(LiveSession& session) {
    if (!session.rowChanged && !session.marksChanged)
        m_changedSessions.push_back(session.row.id);
    session.marksChanged = true;
}

void Centre::changed(LiveAgent& agent) {
    if (!agent.presenceChanged)
        m_changedAgents.push_back(agent.row.id);
    agent.presenceChanged = true;
}

void Centre::flushSession(LiveSession& session, Turn& turn) {
    const model::Session& row = session.row;
    if (session.rowChanged) {
        countInDay(session);
        turn.batch.sessions.push_back(row);
        if (session.hasFlow)
            turn.batch.sessions.back().flowState = m_services.flows.save(row.id);
    } else if (session.marksChanged) {
        turn.batch.marks.push_back(store::SessionMarks{row.id, row.lastSeq, row.customerDelivered, row.customerRead,
                                                       row.agentDelivered, row.agentRead});
    }
    if (session.rowChanged || session.marksChanged)
        turn.touch(m_instance.id);
    session.rowChanged = session.marksChanged = false;
}

void Centre::flush(Turn& turn) {
    for (const model::SessionId id : m_changedSessions)
        if (LiveSession* session = find(id); session != nullptr)
            flushSession(*session, turn);
    m_changedSessions.clear();
    for (const model::AgentId id : m_changedAgents) {
        LiveAgent* agent = find(id);
        if (agent == nullptr)
            continue;
        agent->presenceChanged = false;
        auto presence = m_router->presence(id);
        if (!presence) { // the router knows them no more
            presence = agent->stored;
            presence->status = model::AgentStatus::Offline;
            presence->hasPending = false;
            presence->reason = model::StatusReason::Deleted;
        }
        presence->instance = m_instance.id;
        if (*presence == agent->stored)
            continue;
        agent->stored = *presence;
        turn.batch.presences.push_back(*presence);
        turn.touch(m_instance.id);
    }
    m_changedAgents.clear();
}

} // namespace cb::desk
