#include "server/store/rows_p.h"

#include <limits>

namespace cb::store {

namespace {

/// What the partial index session_open is for.
constexpr const char* kOpenOfInstance = "WHERE session.instance = :i AND session.state <> 'completed' ORDER BY id";

} // namespace

base::Result<std::vector<model::Session>> Sessions::open(model::InstanceId instance) {
    return reading(*m_connection,
                   [&] { return Select<model::Session>(*m_connection, kOpenOfInstance).bind(instance).all(); });
}

base::Result<std::optional<model::Session>> Sessions::byId(model::SessionId id) {
    return reading(*m_connection,
                   [&] { return Select<model::Session>(*m_connection, "WHERE id = :id").bind(id).first(); });
}

base::Result<std::vector<model::Session>> Sessions::ofCustomer(model::CustomerId customer, model::SessionId before,
                                                               std::size_t limit) {
    const std::int64_t below = before ? before.value : std::numeric_limits<std::int64_t>::max();
    return reading(*m_connection, [&] {
        return Select<model::Session>(*m_connection, "WHERE customer = :c AND id < :b ORDER BY id DESC LIMIT :n")
            .bind(customer)
            .bind(below)
            .bind(static_cast<std::int64_t>(limit))
            .all();
    });
}

base::Result<std::optional<model::Session>> Sessions::openOf(model::CustomerId customer) {
    return reading(*m_connection, [&] {
        return Select<model::Session>(*m_connection,
                                      "WHERE customer = :c AND state <> 'completed' AND state <> 'wrap_up' "
                                      "ORDER BY id DESC LIMIT 1")
            .bind(customer)
            .first();
    });
}

base::Result<std::vector<model::Presence>> Sessions::presences(model::InstanceId instance) {
    return reading(*m_connection, [&] {
        return Select<model::Presence>(*m_connection, "WHERE instance = :i ORDER BY agent").bind(instance).all();
    });
}

base::Result<std::vector<model::Offer>> Sessions::ringing(model::InstanceId instance) {
    return reading(*m_connection, [&] {
        return Select<model::Offer>(*m_connection, "WHERE instance = :i AND outcome = 'ringing' ORDER BY id")
            .bind(instance)
            .all();
    });
}

base::Result<std::vector<model::Offer>> Sessions::offersOf(model::SessionId session) {
    return reading(*m_connection, [&] {
        return Select<model::Offer>(*m_connection, "WHERE session = :s ORDER BY id").bind(session).all();
    });
}

base::Result<model::AgentId> Sessions::lastAgentOf(model::CustomerId customer, model::SessionId except) {
    return reading(*m_connection, [&] {
        std::int64_t agent = 0;
        Query query(*m_connection,
                    "SELECT CASE WHEN agent <> 0 THEN agent ELSE last_agent END FROM session WHERE customer = :c AND "
                    "id <> :x AND answered_at <> 0 AND (agent <> 0 OR last_agent <> 0) ORDER BY id DESC LIMIT 1");
        query.into(agent).bind(customer.value).bind(except.value);
        return query.next() ? model::AgentId(agent) : model::AgentId();
    });
}

base::Result<std::vector<AgentCalls>> Sessions::callsSince(model::InstanceId instance, base::TimePoint since) {
    return reading(*m_connection, [&] {
        std::int64_t agent = 0;
        std::int64_t calls = 0;
        Query query(*m_connection,
                    "SELECT o.agent, COUNT(*) FROM offer o JOIN session s ON s.id = o.session WHERE o.instance = :i "
                    "AND o.outcome = 'answered' AND o.decided_at >= :t AND s.mode = 'phone' GROUP BY o.agent "
                    "ORDER BY o.agent");
        query.into(agent).into(calls).bind(instance.value).bind(base::toUnixMillis(since));
        std::vector<AgentCalls> rows;
        while (query.next())
            rows.push_back({model::AgentId(agent), static_cast<int>(calls)});
        return rows;
    });
}

} // namespace cb::store
