#include "server/desk/agent_errors_p.h"
#include "server/desk/centre.h"
#include "shared/base/text.h"

#include <algorithm>
#include <utility>

namespace cb::desk {

namespace code = routing::code;
using model::SessionState;

namespace {

constexpr std::size_t kMaxName = 100;   ///< characters
constexpr std::size_t kMaxNotes = 4000; ///< also of a wrap-up note
constexpr std::size_t kMaxCategory = 100;

/// What an agent types into a form: at most `max` characters, and none that a database might not keep.
std::optional<base::Error> badText(std::string_view field, const std::string& text, std::size_t max) {
    const bool fits = text.size() <= max || base::length(text) <= max;
    if (fits && base::isUtf8(text) && !base::hasControl(text))
        return std::nullopt;
    return base::with(base::rejected("bad_field"), "field", std::string(field));
}

std::optional<base::Error> commonError(const routing::decision::Refused& refused) {
    if (refused.code == code::kOfferGone || refused.code == code::kNotOffered)
        return base::conflict("offer_gone");
    if (refused.code == code::kSessionEnded)
        return base::conflict("session_ended");
    if (refused.code == code::kSessionGone || refused.code == code::kNotYours || refused.code == code::kNotEnded)
        return base::conflict("session_gone");
    if (refused.code == code::kNotAfterCall)
        return base::conflict("not_after_call");
    if (refused.code == code::kAgentBusy)
        return base::conflict("busy");
    if (refused.code == code::kBadStatus)
        return base::with(base::rejected("bad_field"), "field", "status");
    return std::nullopt;
}

} // namespace

base::Error errorOfAgent(const routing::decision::Refused& refused) {
    if (auto error = commonError(refused))
        return *error;
    if (refused.code == code::kAgentOffline || refused.code == code::kAgentUnknown)
        return base::rejected("not_online");
    return base::fatal("internal", refused.code);
}

base::Error errorOfTransfer(const routing::decision::Refused& refused) {
    if (auto error = commonError(refused))
        return *error;
    if (refused.code == code::kAgentOffline)
        return base::rejected("agent_offline");
    if (refused.code == code::kAgentUnknown)
        return base::rejected("agent_unknown");
    if (refused.code == code::kGroupUnknown || refused.code == code::kWrongMode)
        return base::rejected("group_unknown");
    if (refused.code == code::kNotMember)
        return base::rejected("not_a_member");
    if (refused.code == code::kSameAgent)
        return base::rejected("same_place");
    if (refused.code == code::kNobodyOnline)
        return base::rejected("nobody_online");
    return base::fatal("internal", refused.code);
}

void Centre::end(model::AgentId agent, const EndSession& command, Turn& turn) {
    turn.touch(m_instance.id);
    LiveSession* session = ownSession(agent, command.session);
    if (session == nullptr) {
        turn.reply(command.origin, base::conflict("session_gone"));
        return;
    }
    if (session->row.state == SessionState::Open) { // else a repeat: it has ended
        if (session->call != nullptr)
            session->call->farewell = session->hasFlow;
        tellFlow(command.session, FlowEvent{FlowSignal::AgentEnded, {}, 0});
        drain(turn);
        if (LiveSession* still = find(command.session); still != nullptr && still->row.state == SessionState::Open)
            finish(*still, model::EndReason::AgentEnded, turn);
        drain(turn);
    }
    turn.reply(command.origin, OkNothing{});
}

void Centre::complete(model::AgentId agent, const CompleteSession& command, Turn& turn) {
    turn.touch(m_instance.id);
    LiveSession* session = ownSession(agent, command.session);
    if (session == nullptr || session->row.state != SessionState::WrapUp) {
        turn.reply(command.origin, base::conflict("session_gone"));
        return;
    }
    auto error = badText("category", command.form.category, kMaxCategory);
    if (!error)
        error = badText("note", command.form.note, kMaxNotes);
    if (error) {
        turn.reply(command.origin, *error);
        return;
    }
    session->row.wrapUp = command.form;
    changed(*session);
    const bool dialled = session->call != nullptr && session->call->dialled;
    const auto refused = dialled ? route(routing::event::Continue{agent}, turn)
                                 : route(routing::event::SessionCompleted{agent, command.session}, turn);
    drain(turn);
    if (refused)
        turn.reply(command.origin, errorOfAgent(*refused));
    else
        turn.reply(command.origin, OkNothing{});
}

void Centre::transfer(model::AgentId agent, const TransferSession& command, Turn& turn) {
    turn.touch(m_instance.id);
    LiveSession* session = ownSession(agent, command.session);
    std::optional<base::Error> error;
    if (session == nullptr)
        error = base::conflict("session_gone");
    else if (session->row.state != SessionState::Open)
        error = base::conflict("session_ended");
    else if (static_cast<bool>(command.group) == static_cast<bool>(command.agent))
        error = base::with(base::rejected("bad_field"), "field", "group");
    else
        error = badText("note", command.note, model::kMaxText);
    if (error) {
        turn.reply(command.origin, *error);
        return;
    }
    if (session->call != nullptr && session->call->dialled)
        return transferDialled(agent, *session, command, turn);
    const base::Millis wait = session->longestWait; // of the flow, as for everybody who waits
    const routing::Event event =
        command.agent ? routing::Event(routing::event::TransferToAgent{agent, command.session, command.agent, {}, wait})
                      : routing::Event(routing::event::TransferToGroup{agent, command.session, command.group, wait});
    session->transferNote = command.note; // whoever it rings at now reads it
    const auto refused = route(event, turn);
    if (refused) {
        session->transferNote.clear();
        drain(turn);
        turn.reply(command.origin, errorOfTransfer(*refused));
        return;
    }
    addNote(agent, command, turn);
    drain(turn);
    turn.reply(command.origin, OkNothing{});
}

/// What they wrote for whoever takes over.
void Centre::addNote(model::AgentId from, const TransferSession& command, Turn& turn) {
    LiveSession* moved = find(command.session);
    if (moved == nullptr || command.note.empty())
        return;
    model::Message note;
    note.uuid = base::uuidFrom(m_services.random.next(), m_services.random.next());
    note.side = model::Side::System;
    note.agent = from;
    note.kind = model::MessageKind::Note;
    note.text = command.note;
    append(*moved, std::move(note), turn);
}

/// Agents edit customers they serve; admins every one.
bool Centre::mayEdit(model::AgentId id, const LiveCustomer& customer) const {
    const LiveAgent* agent = find(id);
    if (agent == nullptr)
        return false;
    return agent->row.role == model::Role::Admin ||
           std::any_of(agent->sessions.begin(), agent->sessions.end(), [&](const LiveSession* session) {
               return session->customer == &customer && session->row.state != SessionState::Offered;
           });
}

/// The customer, who may be known from the store only; then the caller lets them rest again.
LiveCustomer* Centre::customerFor(model::CustomerId id, const std::optional<model::Customer>& row) {
    if (const auto found = m_customers.find(id); id.value > 0 && found != m_customers.end())
        return &found->second;
    const bool usable = row && row->id == id && row->instance == m_instance.id && id.value > 0 && m_gone.count(id) == 0;
    return usable ? &adopt(*row, true) : nullptr;
}

void Centre::update(model::AgentId agent, const UpdateCustomer& command, Turn& turn) {
    turn.touch(m_instance.id);
    LiveCustomer* customer = customerFor(command.customer, command.row);
    std::optional<base::Error> error;
    if (customer == nullptr)
        error = base::conflict("session_gone");
    else if (!mayEdit(agent, *customer))
        error = base::rejected("forbidden");
    else if (!(error = badText("name", command.name, kMaxName)))
        error = badText("notes", command.notes, kMaxNotes);
    if (error) {
        turn.reply(command.origin, *error);
    } else {
        customer->row.name = command.name;
        customer->row.notes = command.notes;
        turn.batch.customers.push_back(customer->row);
        turn.reply(command.origin, OkNothing{});
    }
    if (customer != nullptr)
        rest(*customer, turn);
}

/// A blocked customer's session ends and their pages are closed.
void Centre::setBlocked(LiveCustomer& customer, bool blocked, Turn& turn, std::vector<ConnectionId>& closed) {
    customer.row.blocked = blocked;
    turn.batch.customers.push_back(customer.row);
    if (!blocked)
        return;
    if (LiveSession* session = find(customer.open); session != nullptr) {
        const bool served = session->row.state == SessionState::Open;
        finish(*session, served ? model::EndReason::AgentEnded : model::EndReason::Abandoned, turn);
        drain(turn);
    }
    endCallsOf(customer, turn);
    for (const ConnectionId connection : customer.connections) {
        turn.durable.emplace_back(Bye{connection, ByeCode::Blocked});
        closed.push_back(connection);
    }
    customer.connections.clear();
}

void Centre::block(model::AgentId agent, const BlockCustomer& command, Turn& turn, std::vector<ConnectionId>& closed) {
    turn.touch(m_instance.id);
    LiveCustomer* customer = customerFor(command.customer, command.row);
    if (customer == nullptr || !mayEdit(agent, *customer)) {
        turn.reply(command.origin, customer == nullptr ? base::conflict("session_gone") : base::rejected("forbidden"));
        if (customer != nullptr)
            rest(*customer, turn);
        return;
    }
    record(turn, model::EventKind::Audit, {}, agent,
           model::AuditDetail{command.blocked ? "customer.block" : "customer.unblock",
                              "customer " + std::to_string(customer->row.id.value),
                              customer->row.blocked ? "blocked" : "not blocked",
                              command.blocked ? "blocked" : "not blocked"});
    setBlocked(*customer, command.blocked, turn, closed);
    ConfigEffect effect;
    effect.instance = m_instance.id;
    effect.lists = true;
    effect.by = agent;
    turn.durable.emplace_back(effect);
    turn.reply(command.origin, OkNothing{});
    rest(*customer, turn);
}

} // namespace cb::desk
