#include "server/admin/customer_rules.h"

namespace cb::admin {

Change unblockCustomer(const model::Customer& stored) {
    Change change;
    change.action = "customer.unblock"; // as when an agent does it
    change.target = "customer " + std::to_string(stored.id.value);
    change.before = "blocked";
    change.after = "not blocked";
    if (stored.blocked) {
        change.rows.customers.push_back(stored);
        change.rows.customers.back().blocked = false;
    }
    return change;
}

} // namespace cb::admin
