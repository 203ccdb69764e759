#include "server/desk/centre.h"

#include <algorithm>
#include <utility>

namespace cb::desk {

namespace {

/// Longer than anything that was read from the store can be on its way.
constexpr std::size_t kMaxGone = 10'000;

} // namespace

void Centre::noteGone(model::CustomerId id) {
    if (!m_gone.insert(id).second)
        return;
    m_goneOrder.push_back(id);
    if (m_goneOrder.size() > kMaxGone) {
        m_gone.erase(m_goneOrder.front());
        m_goneOrder.pop_front();
    }
}

void Centre::erase(EraseCustomer command, Turn& turn, std::vector<ConnectionId>& closed) {
    turn.touch(m_instance.id);
    const model::CustomerId id = command.row.id;
    const auto found = m_customers.find(id);
    const bool awaited = std::any_of(m_awaited.begin(), m_awaited.end(),
                                     [id](const auto& entry) { return entry.second.customer == id; });
    if (awaited || (found != m_customers.end() && found->second.sessions > 0)) {
        command.done(base::conflict("customer_busy"));
        return;
    }
    model::Customer row = found != m_customers.end() ? found->second.row : std::move(command.row);
    if (found != m_customers.end()) {
        for (const ConnectionId connection : found->second.connections) {
            turn.durable.emplace_back(Bye{connection, ByeCode::Reload}); // comes back as somebody new
            closed.push_back(connection);
        }
        forget(found->second);
    }
    noteGone(id);
    row.name.clear();
    row.notes.clear();
    row.locale.clear();
    row.externalId.clear();
    turn.batch.erasedCustomers.push_back(std::move(row));
    record(turn, model::EventKind::Audit, {}, command.by,
           model::AuditDetail{"customer.erase", "customer " + std::to_string(id.value), {}, {}});
    ConfigEffect effect; // the block list may name them
    effect.instance = m_instance.id;
    effect.lists = true;
    effect.by = command.by;
    turn.durable.emplace_back(effect);
    turn.answers.push_back(std::move(command.done));
}

void Centre::remove(RemoveCustomers command, Turn& turn) {
    turn.touch(m_instance.id);
    for (const model::CustomerId id : command.customers) {
        const auto found = m_customers.find(id);
        if (found != m_customers.end()) {
            if (!found->second.idle())
                continue;
            forget(found->second);
        }
        noteGone(id);
        turn.batch.removedCustomers.push_back(id);
    }
    turn.answers.push_back(std::move(command.done));
}

} // namespace cb::desk
