#include "server/store/rows_p.h"

namespace cb::store {

base::Result<std::vector<Mail>> Mails::due(base::TimePoint now, std::size_t limit) {
    return reading(*m_connection, [&] {
        return Select<Mail>(*m_connection, "WHERE sent_at = 0 AND due_at <= :t ORDER BY due_at, id LIMIT :n")
            .bind(base::toUnixMillis(now))
            .bind(static_cast<std::int64_t>(limit))
            .all();
    });
}

base::Result<std::optional<base::TimePoint>> Mails::nextDue() {
    return reading(*m_connection, [&]() -> std::optional<base::TimePoint> {
        Query query(*m_connection, "SELECT due_at FROM mail WHERE sent_at = 0 AND due_at < :g ORDER BY due_at LIMIT 1");
        std::int64_t at = 0;
        query.bind(base::toUnixMillis(kMailGivenUp)).into(at);
        return query.next() ? std::optional(base::fromUnixMillis(at)) : std::nullopt;
    });
}

base::Result<std::vector<Mail>> Mails::newest(std::size_t limit) {
    return reading(*m_connection, [&] {
        auto rows =
            Select<Mail>(*m_connection, "ORDER BY id DESC LIMIT :n").bind(static_cast<std::int64_t>(limit)).all();
        for (Mail& row : rows)
            row.body.clear();
        return rows;
    });
}

base::Result<std::optional<Mail>> Mails::byId(std::int64_t id) {
    return reading(*m_connection, [&] { return Select<Mail>(*m_connection, "WHERE id = :id").bind(id).first(); });
}

base::Result<MailCounts> Mails::counts() {
    return reading(*m_connection, [&] {
        MailCounts counts;
        Query waiting(*m_connection, "SELECT COUNT(*) FROM mail WHERE sent_at = 0 AND due_at < :g");
        waiting.bind(base::toUnixMillis(kMailGivenUp)).into(counts.waiting).next();
        Query givenUp(*m_connection, "SELECT COUNT(*) FROM mail WHERE sent_at = 0 AND due_at = :g");
        givenUp.bind(base::toUnixMillis(kMailGivenUp)).into(counts.givenUp).next();
        return counts;
    });
}

} // namespace cb::store
