#include "server/desk/centre.h"
#include "shared/base/text.h"

#include <algorithm>
#include <utility>

namespace cb::desk {

using model::SessionState;

namespace {

bool withAgent(SessionState state) {
    return state == SessionState::Open || state == SessionState::WrapUp;
}

} // namespace

LiveCustomer* Centre::attach(const VisitorAttach& command, Turn& turn) {
    if (command.customer && m_gone.count(command.customer->id) != 0) { // read before they were forgotten
        VisitorAttach stranger = command;
        stranger.customer.reset();
        stranger.recent.clear();
        return attach(stranger, turn);
    }
    const auto channel = m_channels.find(command.channel);
    LiveCustomer* customer = visitorOf(command.channel, command.tokenHash);
    const bool serving = customer != nullptr && customer->open;
    if (channel == m_channels.end() || (channel->second.deleted && !serving)) {
        turn.reply(command.origin, base::rejected("channel_unknown"));
        return nullptr;
    }
    if (customer != nullptr ? customer->row.blocked : command.customer && command.customer->blocked) {
        turn.reply(command.origin, base::rejected("blocked"));
        return nullptr;
    }
    if (customer == nullptr) {
        model::Customer row = command.customer.value_or(model::Customer{});
        if (!command.customer) {
            row.id = model::CustomerId{m_nextVisitor--};
            row.instance = m_instance.id;
            row.channel = command.channel;
            row.externalId = command.tokenHash;
        }
        customer = &adopt(std::move(row), command.customer.has_value());
    }
    rememberPast(*customer, command.recent);
    if (!command.locale.empty() && command.locale != customer->row.locale && !base::hasControl(command.locale)) {
        customer->row.locale = command.locale;
        if (customer->stored)
            turn.batch.customers.push_back(customer->row);
    }
    customer->pageUrl = command.pageUrl;
    const bool came = !customer->online();
    if (std::find(customer->connections.begin(), customer->connections.end(), command.origin.connection) ==
        customer->connections.end())
        customer->connections.push_back(command.origin.connection);
    Deadlines::disarm(customer->gone);
    turn.touch(m_instance.id);
    if (customer->stored)
        turn.durable.emplace_back(BindVisitor{command.origin.connection, customer->row.id, customer->open});
    turn.reply(command.origin, welcome(command, *customer, turn.now));
    LiveSession* session = find(customer->open);
    if (session != nullptr)
        session->aheadTold = visitorViewOf(*session).ahead;
    if (session != nullptr && came && withAgent(session->row.state))
        turn.transient.emplace_back(CustomerPresence{session->row.agent, session->row.id, true, customer->pageUrl});
    return customer;
}

/// Messages of sessions that ended before this customer was in memory: a repeat of one must not become a second
/// message, also when the customer came into memory by a restart and has another session open since.
void Centre::rememberPast(LiveCustomer& customer, const std::vector<store::KnownUuid>& recent) {
    if (std::exchange(customer.pastKnown, true))
        return;
    std::vector<PastMessage> older;
    for (const store::KnownUuid& known : recent) {
        const bool here = std::any_of(customer.past.begin(), customer.past.end(),
                                      [&](const PastMessage& past) { return past.uuid == known.uuid; });
        if (!here && known.session != customer.open)
            older.push_back(PastMessage{known.uuid, known.seq, known.at, known.session});
    }
    customer.past.insert(customer.past.begin(), older.begin(), older.end());
    if (customer.past.size() > LiveCustomer::kMaxPast)
        customer.past.erase(customer.past.begin(),
                            customer.past.end() - static_cast<std::ptrdiff_t>(LiveCustomer::kMaxPast));
}

void Centre::detach(LiveCustomer& customer, ConnectionId connection, Turn& turn) {
    auto& connections = customer.connections;
    connections.erase(std::remove(connections.begin(), connections.end(), connection), connections.end());
    if (customer.online())
        return;
    if (LiveSession* session = find(customer.open); session != nullptr) {
        if (withAgent(session->row.state))
            turn.transient.emplace_back(CustomerPresence{session->row.agent, session->row.id, false, customer.pageUrl});
        else
            m_services.deadlines.arm(customer.gone, turn.now + m_services.options.visitorGone,
                                     Deadlines::Kind::VisitorGone, m_instance.id, customer.row.id.value);
    }
    rest(customer, turn);
}

void Centre::start(LiveCustomer& customer, Origin origin, Turn& turn) {
    turn.touch(m_instance.id);
    LiveSession* session = find(customer.open);
    if (session != nullptr) {
        turn.reply(origin, OkVisitorSession{visitorViewOf(*session)});
        return;
    }
    auto started = startSession(customer, turn);
    if (!started) {
        turn.reply(origin, started.error());
        return;
    }
    turn.reply(origin, OkVisitorSession{visitorViewOf(**started)});
    beginFlow(**started, turn);
}

void Centre::send(LiveCustomer& customer, const VisitorSend& command, Turn& turn) {
    turn.touch(m_instance.id);
    LiveSession* session = find(customer.open);
    if (session != nullptr) {
        if (const auto known = session->uuids.find(command.uuid)) {
            turn.reply(command.origin, OkSent{known->seq, known->at, session->row.id});
            return;
        }
    }
    for (const PastMessage& known : customer.past) {
        if (known.uuid == command.uuid) {
            turn.reply(command.origin, OkSent{known.seq, known.at, known.session});
            return;
        }
    }
    if (auto error = checkContent(command.kind, command.text, command.attachment)) {
        turn.reply(command.origin, *error);
        return;
    }
    const bool first = session == nullptr;
    if (first) {
        auto started = startSession(customer, turn);
        if (!started) {
            turn.reply(command.origin, started.error());
            return;
        }
        session = *started;
    }
    model::Message message;
    message.uuid = command.uuid;
    message.kind = command.kind;
    message.text = command.text;
    message.attachment = command.attachment;
    const model::SessionId id = session->row.id;
    append(*session, std::move(message), turn);
    turn.reply(command.origin, OkSent{m_lastSeq, turn.now, id});
    if (first)
        beginFlow(*session, turn);                     // it has not asked anything yet: this is no reply to it
    else if (session->row.state == SessionState::Flow) // a picture is no keyword: an unmatched reply
        tellFlow(id, FlowEvent{FlowSignal::Text, command.kind == model::MessageKind::Text ? command.text : "", 0});
    else if (session->row.state == SessionState::Open)
        tellFlow(id, FlowEvent{FlowSignal::CustomerMessage, {}, 0});
    drain(turn);
}

void Centre::mark(LiveCustomer& customer, const VisitorMark& command, Turn& turn) {
    LiveSession* session = find(customer.open);
    if (session == nullptr)
        return;
    model::Session& row = session->row;
    const model::Seq read = std::clamp(command.read, row.customerRead, std::max(row.customerRead, row.lastSeq));
    const model::Seq delivered = std::clamp(std::max(command.delivered, read), row.customerDelivered,
                                            std::max(row.customerDelivered, row.lastSeq));
    if (read == row.customerRead && delivered == row.customerDelivered)
        return;
    row.customerRead = read;
    row.customerDelivered = delivered;
    marksChanged(*session);
    if (withAgent(row.state))
        turn.transient.emplace_back(AgentMarks{row.agent, row.id, delivered, read});
}

void Centre::typing(LiveCustomer& customer, bool on, Turn& turn) {
    const LiveSession* session = find(customer.open);
    if (session != nullptr && session->row.state == SessionState::Open)
        turn.transient.emplace_back(AgentTypingEffect{session->row.agent, session->row.id, on});
}

void Centre::page(LiveCustomer& customer, const std::string& url, Turn& turn) {
    customer.pageUrl = url;
    const LiveSession* session = find(customer.open);
    if (session != nullptr && withAgent(session->row.state))
        turn.transient.emplace_back(CustomerPresence{session->row.agent, session->row.id, true, url});
}

void Centre::leave(LiveCustomer& customer, Origin origin, Turn& turn) {
    turn.touch(m_instance.id);
    if (LiveSession* session = find(customer.open); session != nullptr)
        customerGone(*session, turn);
    turn.reply(origin, OkNothing{});
}

} // namespace cb::desk
