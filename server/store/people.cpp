#include "server/store/rows_p.h"

#include <algorithm>

namespace cb::store {

std::string emailKey(std::string_view email) {
    std::string key(email);
    for (char& c : key)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return key;
}

base::Result<std::optional<model::Customer>> Customers::byId(model::CustomerId id) {
    return reading(*m_connection,
                   [&] { return Select<model::Customer>(*m_connection, "WHERE id = :id").bind(id).first(); });
}

base::Result<std::optional<model::Customer>> Customers::byExternalId(model::ChannelId channel,
                                                                     std::string_view externalId) {
    return reading(*m_connection, [&] {
        return Select<model::Customer>(*m_connection, "WHERE channel = :c AND external_id = :e AND external_id <> ''")
            .bind(channel)
            .bind(externalId)
            .first();
    });
}

base::Result<std::vector<model::Customer>> Customers::ofOpen(model::InstanceId instance) {
    return reading(*m_connection, [&] {
        return Select<model::Customer>(*m_connection, "WHERE id IN (SELECT customer FROM session WHERE instance = :i "
                                                      "AND state <> 'completed') ORDER BY id")
            .bind(instance)
            .all();
    });
}

base::Result<std::vector<model::Customer>> Customers::byIds(std::span<const model::CustomerId> ids) {
    return reading(*m_connection, [&] {
        std::vector<model::CustomerId> wanted(ids.begin(), ids.end());
        std::sort(wanted.begin(), wanted.end());
        wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
        std::vector<model::Customer> found;
        for (std::size_t at = 0; at < wanted.size(); at += kMaxPlaceholders) {
            const std::size_t count = std::min(kMaxPlaceholders, wanted.size() - at);
            Select<model::Customer> select(*m_connection, "WHERE id IN (" + placeholders(count) + ") ORDER BY id");
            for (std::size_t i = 0; i < count; ++i)
                select.bind(wanted[at + i]);
            for (model::Customer row; select.next(row);)
                found.push_back(std::move(row));
        }
        return found;
    });
}

base::Result<Customers::Lonely> Customers::lonely(model::CustomerId after, std::size_t limit) {
    return reading(*m_connection, [&] {
        Lonely result;
        std::int64_t looked = 0;
        std::int64_t last = 0;
        Query(*m_connection, "SELECT COUNT(*), COALESCE(MAX(l.id), 0) FROM (SELECT id FROM customer WHERE id > :a "
                             "ORDER BY id LIMIT :n) AS l")
            .into(looked)
            .into(last)
            .bind(after.value)
            .bind(static_cast<std::int64_t>(limit))
            .next();
        if (looked == 0)
            return result;
        result.customers =
            Select<model::Customer>(*m_connection,
                                    "WHERE id > :a AND id <= :b AND blocked = 0 AND NOT EXISTS (SELECT 1 FROM "
                                    "session s WHERE s.customer = customer.id) ORDER BY id")
                .bind(after)
                .bind(last)
                .all();
        if (looked == static_cast<std::int64_t>(limit))
            result.end = model::CustomerId(last);
        return result;
    });
}

base::Result<std::vector<model::Customer>> Customers::renamed(std::size_t limit) {
    return reading(*m_connection, [&] {
        return Select<model::Customer>(*m_connection,
                                       "WHERE id IN (SELECT customer FROM customer_renamed) ORDER BY id LIMIT :n")
            .bind(static_cast<std::int64_t>(limit))
            .all();
    });
}

base::Result<std::vector<model::CustomerId>> Customers::erased(std::size_t limit) {
    return reading(*m_connection, [&] {
        std::int64_t id = 0;
        Query query(*m_connection, "SELECT customer FROM customer_erased ORDER BY customer LIMIT :n");
        query.into(id).bind(static_cast<std::int64_t>(limit));
        std::vector<model::CustomerId> found;
        while (query.next())
            found.emplace_back(id);
        return found;
    });
}

base::Result<std::vector<model::Customer>> Customers::blocked(model::InstanceId instance, std::size_t limit) {
    return reading(*m_connection, [&] {
        return Select<model::Customer>(*m_connection, "WHERE instance = :i AND blocked = 1 ORDER BY id DESC LIMIT :n")
            .bind(instance)
            .bind(static_cast<std::int64_t>(limit))
            .all();
    });
}

base::Result<std::optional<model::Attachment>> Attachments::byId(model::AttachmentId id) {
    return reading(*m_connection,
                   [&] { return Select<model::Attachment>(*m_connection, "WHERE id = :id").bind(id).first(); });
}

base::Result<std::vector<model::Attachment>> Attachments::byIds(std::span<const model::AttachmentId> ids) {
    return reading(*m_connection, [&] {
        std::vector<model::AttachmentId> wanted(ids.begin(), ids.end());
        std::sort(wanted.begin(), wanted.end());
        wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
        std::vector<model::Attachment> found;
        for (const model::AttachmentId id : wanted)
            if (auto row = Select<model::Attachment>(*m_connection, "WHERE id = :id").bind(id).first())
                found.push_back(std::move(*row));
        return found;
    });
}

base::Result<std::vector<model::Attachment>> Attachments::after(model::AttachmentId id, base::TimePoint time,
                                                                std::int64_t limit) {
    return reading(*m_connection, [&] {
        return Select<model::Attachment>(*m_connection, "WHERE id > :id AND created_at < :t ORDER BY id LIMIT :n")
            .bind(id)
            .bind(base::toUnixMillis(time))
            .bind(limit)
            .all();
    });
}

base::Result<bool> Attachments::isOrphan(const model::Attachment& row) {
    return reading(*m_connection, [&] {
        return Select<model::Attachment>(
                   *m_connection,
                   "WHERE id = :id AND EXISTS (SELECT 1 FROM session s WHERE s.id = attachment.session "
                   "AND s.state = 'completed') AND NOT EXISTS (SELECT 1 FROM session own JOIN session any_of "
                   "ON any_of.customer = own.customer JOIN event e ON e.session = any_of.id "
                   "WHERE own.id = attachment.session AND e.attachment = attachment.id)")
            .bind(row.id)
            .first()
            .has_value();
    });
}

base::Result<bool> Attachments::isSettled(const model::Attachment& row) {
    return reading(*m_connection, [&] {
        return Select<model::Attachment>(*m_connection, "WHERE id = :id AND EXISTS (SELECT 1 FROM session s WHERE s.id "
                                                        "= attachment.session AND s.state = 'completed')")
            .bind(row.id)
            .first()
            .has_value();
    });
}

base::Result<std::optional<Credentials::Found>> Credentials::byEmail(model::InstanceId instance,
                                                                     std::string_view email) {
    const std::string key = emailKey(email);
    return reading(*m_connection, [&]() -> std::optional<Found> {
        auto agent = Select<AgentRow>(*m_connection, "WHERE instance = :i AND email_key = :e AND email_key <> ''")
                         .bind(instance)
                         .bind(std::string_view(key))
                         .first();
        if (!agent)
            return std::nullopt;
        Found found;
        found.deleted = agent->agent.deleted;
        auto credential = Select<Credential>(*m_connection, "WHERE agent = :a").bind(agent->agent.id).first();
        if (credential) {
            found.credential = std::move(*credential);
        } else {
            found.credential.agent = agent->agent.id;
            found.credential.instance = instance;
        }
        return found;
    });
}

base::Result<std::optional<Credential>> Credentials::byAgent(model::AgentId agent) {
    return reading(*m_connection,
                   [&] { return Select<Credential>(*m_connection, "WHERE agent = :a").bind(agent).first(); });
}

base::Result<std::vector<model::AgentId>> Credentials::invited(model::InstanceId instance) {
    return reading(*m_connection, [&] {
        std::int64_t agent = 0;
        Query query(*m_connection,
                    "SELECT agent FROM credential WHERE instance = :i AND must_change = 1 ORDER BY agent");
        query.into(agent).bind(instance.value);
        std::vector<model::AgentId> agents;
        while (query.next())
            agents.emplace_back(agent);
        return agents;
    });
}

base::Result<std::optional<Token>> Credentials::token(std::string_view hash) {
    return reading(*m_connection, [&] { return Select<Token>(*m_connection, "WHERE hash = :h").bind(hash).first(); });
}

base::Result<std::vector<Token>> Credentials::tokensOf(model::AgentId agent) {
    return reading(*m_connection,
                   [&] { return Select<Token>(*m_connection, "WHERE agent = :a ORDER BY hash").bind(agent).all(); });
}

} // namespace cb::store
