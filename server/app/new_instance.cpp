#include "server/app/new_instance.h"

#include "server/admin/agent_rules.h"
#include "server/admin/fields.h"
#include "server/auth/password.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"
#include "shared/base/text.h"
#include "shared/base/time_zone.h"

namespace cb::app {

std::int64_t IdSource::take(store::IdKind kind, std::int64_t count) {
    if (!m_state)
        return 0;
    auto first = m_database.reserveIds(kind, count);
    if (first)
        return *first;
    m_state = first.error();
    return 0;
}

base::Result<void> storeInstance(store::Writer& writer, const store::Batch& rows,
                                 const std::vector<store::Credential>& credentials) {
    return store::runJob(writer, [&](store::Tables& tables) -> base::Result<void> {
        if (auto applied = tables.apply(rows); !applied)
            return applied;
        for (const auto& credential : credentials)
            if (auto put = tables.put(credential); !put)
                return put;
        return {};
    });
}

base::Result<NewInstance> addInstance(store::Database& database, store::Writer& writer, const base::Clock& clock,
                                      const InstanceWish& wish) {
    const auto bad = [](const char* field) { return base::with(base::rejected("bad_field"), "field", field); };
    if (base::trimmed(wish.name).empty() || !base::isUtf8(wish.name) || base::length(wish.name) > 100)
        return bad("name");
    if (!admin::isEmail(wish.adminEmail))
        return bad("email");
    if (!base::TimeZone::load(wish.timeZone))
        return base::with(base::rejected("bad_field", "no such zone on this system: " + wish.timeZone), "field",
                          "time_zone");
    const auto now = clock.now();
    const auto password = auth::randomPassword();
    auto hash = auth::hashRandomPassword(password);
    if (!hash)
        return hash.error();
    IdSource ids(database);
    const model::InstanceId instance{ids.take(store::IdKind::Instance)};
    model::Agent owner;
    owner.id = model::AgentId{ids.take(store::IdKind::Agent)};
    owner.instance = instance;
    owner.name = base::trimmed(wish.adminName).empty() ? "Admin" : base::trimmed(wish.adminName);
    owner.email = wish.adminEmail;
    owner.staffNo = admin::nextStaffNo({});
    owner.role = model::Role::Admin;
    owner.createdAt = now;
    if (!ids.state())
        return ids.state().error();
    store::Batch rows;
    rows.instances.push_back({instance, base::trimmed(wish.name), wish.timeZone, {}, now, now});
    rows.agents.push_back(owner);
    if (auto stored = storeInstance(writer, rows, {{owner.id, instance, *hash, true, now}}); !stored)
        return stored.error();
    return NewInstance{instance, password};
}

} // namespace cb::app
