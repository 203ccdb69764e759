#include "server/store/rows_p.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace cb::store {

namespace {

constexpr model::Seq kNewest = std::numeric_limits<model::Seq>::max();
const char* notesClause(bool notes) {
    return notes ? "" : " AND event.message_kind <> 'note'";
}

std::vector<model::Message> messagesOf(Select<model::Event>& select) {
    std::vector<model::Message> messages;
    for (model::Event row; select.next(row);)
        messages.push_back(std::move(row.message));
    return messages;
}

/// `whose` chooses the sessions and has one parameter.
MessagePage page(Connection& connection, const std::string& whose, std::int64_t value, const Events::Page& page) {
    const std::size_t limit = std::min(page.limit, Events::kMaxPage);
    const bool forward = page.after != 0;
    std::string tail = "WHERE " + whose + " AND event.kind = 'message'" + notesClause(page.notes);
    tail += forward ? " AND event.seq > :x ORDER BY event.seq LIMIT :n"
                    : " AND event.seq < :x ORDER BY event.seq DESC LIMIT :n";
    Select<model::Event> select(connection, tail);
    select.bind(value);
    select.bind(forward ? page.after : page.before > 0 ? page.before : kNewest);
    select.bind(static_cast<std::int64_t>(limit + 1));
    MessagePage result{messagesOf(select), false};
    if (result.messages.size() > limit) {
        result.more = true;
        result.messages.pop_back();
    }
    if (!forward)
        std::reverse(result.messages.begin(), result.messages.end());
    return result;
}

/// The newest or oldest message of a session with a condition on it; 0 when there is none.
std::string newest(const char* column, const char* condition) {
    return fmt::format("COALESCE((SELECT e.{} FROM event e WHERE e.session = s.id AND e.kind = 'message' "
                       "AND e.message_kind <> 'note'{} ORDER BY e.seq DESC LIMIT 1), 0)",
                       column, condition);
}

/// `which` chooses sessions (alias s). Per session a few steps from the end of its messages; the whole in one query.
std::string digestSql(const std::string& which) {
    return "WITH d AS MATERIALIZED (SELECT s.id, s.instance, s.agent_read, " + newest("seq", "") + " AS last_seq, " +
           newest("seq", " AND e.side = 'agent'") + " AS agent_seq, " + newest("seq", " AND e.side = 'customer'") +
           " AS customer_seq FROM session s WHERE " + which +
           ") SELECT d.id, d.last_seq, COALESCE(l.body, ''), COALESCE(l.message_kind, ''), COALESCE(l.side, ''), "
           "COALESCE(l.at, 0), (SELECT COUNT(*) FROM event e WHERE e.session = d.id AND e.seq > d.agent_read AND "
           "e.kind = 'message' AND e.side = 'customer'), COALESCE((SELECT e.at FROM event e WHERE e.session = d.id AND "
           "e.seq > d.agent_seq AND e.kind = 'message' AND e.side = 'customer' ORDER BY e.seq LIMIT 1), 0), "
           "d.agent_seq, COALESCE(a.at, 0), d.customer_seq, COALESCE(c.at, 0) FROM d "
           "LEFT JOIN event l ON l.instance = d.instance AND l.seq = d.last_seq "
           "LEFT JOIN event a ON a.instance = d.instance AND a.seq = d.agent_seq "
           "LEFT JOIN event c ON c.instance = d.instance AND c.seq = d.customer_seq ORDER BY d.id";
}

/// A row of digestSql.
struct DigestRow {
    std::int64_t session = 0, lastSeq = 0, at = 0, unread = 0, waits = 0;
    std::int64_t agentSeq = 0, agentAt = 0, customerSeq = 0, customerAt = 0;
    std::string body, kind, side;

    void into(Query& query) {
        query.into(session).into(lastSeq).into(body).into(kind).into(side).into(at).into(unread).into(waits);
        query.into(agentSeq).into(agentAt).into(customerSeq).into(customerAt);
    }
    Digest digest() const;
};

constexpr std::size_t kPreview = 80; ///< characters

std::string preview(const std::string& text) {
    std::size_t at = 0;
    for (std::size_t count = 0; at < text.size(); ++at) {
        const bool starts = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80; // of a UTF-8 sequence
        if (starts && ++count > kPreview)
            break;
    }
    return text.substr(0, at);
}

Digest DigestRow::digest() const {
    Digest d;
    d.session = model::SessionId(session);
    if (lastSeq == 0)
        return d;
    d.lastSeq = lastSeq;
    d.text = preview(body);
    d.kind = model::parse<model::MessageKind>(kind).value_or(model::MessageKind::Text);
    d.side = model::parse<model::Side>(side).value_or(model::Side::System);
    d.at = base::fromUnixMillis(at);
    d.unread = static_cast<int>(unread);
    d.customerWaitsSince = base::fromUnixMillis(waits);
    d.lastAgentSeq = agentSeq;
    d.lastAgentAt = base::fromUnixMillis(agentAt);
    d.lastCustomerSeq = customerSeq;
    d.lastCustomerAt = base::fromUnixMillis(customerAt);
    return d;
}

std::vector<Digest> digestsOf(Query& query) {
    DigestRow row;
    row.into(query);
    std::vector<Digest> rows;
    while (query.next())
        rows.push_back(row.digest());
    return rows;
}

/// Calls `work` with pieces of at most kMaxPlaceholders.
template <class Work>
void inPieces(std::span<const model::SessionId> sessions, Work&& work) {
    for (std::size_t at = 0; at < sessions.size(); at += kMaxPlaceholders)
        work(sessions.subspan(at, std::min(kMaxPlaceholders, sessions.size() - at)));
}

} // namespace

base::Result<model::Seq> Events::newestSeq(model::InstanceId instance) {
    return reading(*m_connection, [&] {
        model::Seq seq = 0;
        Query query(*m_connection, "SELECT COALESCE(MAX(seq), 0) FROM event WHERE instance = :i");
        query.into(seq).bind(instance.value).next();
        return seq;
    });
}

base::Result<model::Seq> Events::removedUpTo(model::InstanceId instance) {
    return reading(*m_connection, [&] {
        model::Seq seq = 0;
        Query query(*m_connection, "SELECT up_to FROM event_removed WHERE instance = :i");
        query.into(seq).bind(instance.value).next();
        return seq;
    });
}

base::Result<MessagePage> Events::messages(model::SessionId session, const Page& wanted) {
    return reading(*m_connection, [&] { return page(*m_connection, "event.session = :s", session.value, wanted); });
}

base::Result<MessagePage> Events::messagesOfCustomer(model::CustomerId customer, const Page& wanted) {
    return reading(*m_connection, [&] {
        return page(*m_connection, "event.session IN (SELECT session.id FROM session WHERE session.customer = :c)",
                    customer.value, wanted);
    });
}

base::Result<std::vector<model::Message>> Events::messagesSince(std::span<const model::SessionId> sessions,
                                                                model::Seq after, model::Seq upTo, std::size_t limit,
                                                                bool notes) {
    return reading(*m_connection, [&] {
        std::vector<model::Message> found;
        inPieces(sessions, [&](std::span<const model::SessionId> piece) {
            Select<model::Event> select(*m_connection,
                                        "WHERE event.session IN (" + placeholders(piece.size()) +
                                            ") AND event.kind = 'message'" + notesClause(notes) +
                                            " AND event.seq > :a AND event.seq <= :u ORDER BY event.seq LIMIT :n");
            for (const model::SessionId session : piece)
                select.bind(session);
            select.bind(after).bind(upTo).bind(static_cast<std::int64_t>(limit));
            auto part = messagesOf(select);
            found.insert(found.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
        });
        if (sessions.size() > kMaxPlaceholders)
            std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.seq < b.seq; });
        if (found.size() > limit)
            found.resize(limit);
        return found;
    });
}

base::Result<model::Seq> Events::seqOf(model::SessionId session, const base::Uuid& uuid) {
    return reading(*m_connection, [&] {
        model::Seq seq = 0;
        Query query(*m_connection, "SELECT seq FROM event WHERE session = :s AND uuid_high = :h AND uuid_low = :l AND "
                                   "kind = 'message'");
        query.into(seq).bind(session.value).bind(uuidHigh(uuid)).bind(uuidLow(uuid));
        return query.next() ? seq : 0;
    });
}

base::Result<std::optional<model::Message>> Events::messageOfCustomer(model::CustomerId customer,
                                                                      const base::Uuid& uuid) {
    return reading(*m_connection, [&]() -> std::optional<model::Message> {
        Select<model::Event> select(*m_connection,
                                    "WHERE event.session IN (SELECT session.id FROM session WHERE session.customer = "
                                    ":c) AND event.uuid_high = :h AND event.uuid_low = :l AND event.kind = 'message' "
                                    "AND event.side = 'customer'");
        select.bind(customer).bind(uuidHigh(uuid)).bind(uuidLow(uuid));
        auto found = messagesOf(select);
        return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
    });
}

base::Result<std::vector<KnownUuid>> Events::uuidsOfOpen(model::InstanceId instance) {
    return reading(*m_connection, [&] {
        std::int64_t session = 0, high = 0, low = 0, seq = 0, at = 0;
        std::string side;
        Query query(*m_connection,
                    "SELECT e.session, e.uuid_high, e.uuid_low, e.seq, e.at, e.side FROM session s JOIN event e "
                    "ON e.session = s.id AND e.kind = 'message' WHERE s.instance = :i AND s.state <> "
                    "'completed' ORDER BY e.session, e.seq");
        query.into(session).into(high).into(low).into(seq).into(at).into(side).bind(instance.value);
        std::vector<KnownUuid> rows;
        while (query.next())
            rows.push_back({model::SessionId(session), uuidOf(high, low), seq, base::fromUnixMillis(at),
                            side == model::name(model::Side::Customer)});
        return rows;
    });
}

base::Result<std::vector<Digest>> Events::digestsOfOpen(model::InstanceId instance) {
    return reading(*m_connection, [&] {
        Query query(*m_connection, digestSql("s.instance = :i AND s.state <> 'completed'"));
        query.bind(instance.value);
        return digestsOf(query);
    });
}

base::Result<std::vector<Digest>> Events::digests(std::span<const model::SessionId> sessions) {
    return reading(*m_connection, [&] {
        std::vector<Digest> found;
        inPieces(sessions, [&](std::span<const model::SessionId> piece) {
            Query query(*m_connection, digestSql("s.id IN (" + placeholders(piece.size()) + ")"));
            for (const model::SessionId session : piece)
                query.bind(session.value);
            const auto part = digestsOf(query);
            found.insert(found.end(), part.begin(), part.end());
        });
        return found;
    });
}

base::Result<std::vector<model::Event>> Events::since(model::InstanceId instance, model::Seq after, std::size_t limit) {
    return reading(*m_connection, [&] {
        return Select<model::Event>(*m_connection, "WHERE instance = :i AND seq > :a ORDER BY seq LIMIT :n")
            .bind(instance)
            .bind(after)
            .bind(static_cast<std::int64_t>(limit))
            .all();
    });
}

base::Result<std::vector<model::Event>> Events::audit(model::InstanceId instance, const AuditQuestion& question) {
    // The detail is our own compact JSON, its keys in the order of the alphabet (cells.cpp).
    std::string begin = "{\"audit\":{\"action\":\"";
    for (const char c : question.action) {
        if (c == '%' || c == '_' || c == '!')
            begin += '!';
        begin += c;
    }
    begin += '%';
    return reading(*m_connection, [&] {
        return Select<model::Event>(*m_connection, "WHERE instance = :i AND seq < :b AND kind = 'audit' AND (:f = 0 OR "
                                                   "agent = :a) AND detail LIKE :d ESCAPE '!' ORDER BY seq DESC "
                                                   "LIMIT :n")
            .bind(instance)
            .bind(question.before > 0 ? question.before : std::numeric_limits<model::Seq>::max())
            .bind(question.agent)
            .bind(question.agent)
            .bind(std::string_view(begin))
            .bind(static_cast<std::int64_t>(question.limit))
            .all();
    });
}

base::Result<Events::Lines> Events::lines(model::InstanceId instance, model::Seq after, std::size_t limit) {
    return reading(*m_connection, [&] {
        Lines result;
        SearchLine row;
        std::int64_t session = 0;
        Query query(*m_connection, "SELECT seq, session, body FROM event WHERE instance = :i AND seq > :a ORDER BY seq "
                                   "LIMIT :n");
        query.into(row.seq).into(session).into(row.text).bind(instance.value).bind(after);
        query.bind(static_cast<std::int64_t>(limit));
        while (query.next()) {
            result.end = row.seq;
            if (session == 0)
                continue;
            row.session = model::SessionId(session);
            result.lines.push_back(row);
        }
        return result;
    });
}

base::Result<std::vector<Events::Head>> Events::heads() {
    return reading(*m_connection, [&] {
        std::int64_t instance = 0;
        Head head;
        Query query(*m_connection, "SELECT i.id, COALESCE((SELECT MAX(e.seq) FROM event e WHERE e.instance = i.id), 0) "
                                   "FROM instance i ORDER BY i.id");
        query.into(instance).into(head.newest);
        std::vector<Head> heads;
        while (query.next()) {
            head.instance = model::InstanceId(instance);
            heads.push_back(head);
        }
        return heads;
    });
}

base::Result<std::vector<SearchFacts>> Events::facts(std::span<const model::SessionId> sessions) {
    return reading(*m_connection, [&] {
        std::vector<SearchFacts> found;
        inPieces(sessions, [&](std::span<const model::SessionId> piece) {
            std::int64_t id = 0, agent = 0, lastAgent = 0, group = 0;
            std::string name;
            Query query(*m_connection, "SELECT s.id, s.agent, s.last_agent, s.skill_group, c.name FROM session s JOIN "
                                       "customer c ON c.id = s.customer WHERE s.id IN (" +
                                           placeholders(piece.size()) + ")");
            query.into(id).into(agent).into(lastAgent).into(group).into(name);
            for (const model::SessionId session : piece)
                query.bind(session.value);
            while (query.next())
                found.push_back({model::SessionId(id), model::AgentId(agent), model::AgentId(lastAgent),
                                 model::GroupId(group), name});
        });
        return found;
    });
}

base::Result<std::vector<std::string>> Events::texts(model::SessionId session, std::size_t limit) {
    return reading(*m_connection, [&] {
        std::string text;
        Query query(*m_connection, "SELECT body FROM event WHERE session = :s AND kind = 'message' AND body <> '' "
                                   "ORDER BY seq LIMIT :n");
        query.into(text).bind(session.value).bind(static_cast<std::int64_t>(limit));
        std::vector<std::string> texts;
        while (query.next())
            texts.push_back(text);
        return texts;
    });
}

base::Result<model::Seq> Events::seqAt(model::InstanceId instance, base::TimePoint time) {
    return reading(*m_connection, [&] {
        // Times rise with the sequence.
        model::Seq low = 0;
        model::Seq high = 1;
        Query(*m_connection, "SELECT COALESCE(MAX(seq), 0) + 1 FROM event WHERE instance = :i")
            .into(high)
            .bind(instance.value)
            .next();
        while (low < high) {
            const model::Seq middle = low + (high - low) / 2;
            model::Seq seq = 0;
            std::int64_t at = 0;
            Query query(*m_connection,
                        "SELECT seq, at FROM event WHERE instance = :i AND seq >= :m ORDER BY seq LIMIT 1");
            query.into(seq).into(at).bind(instance.value).bind(middle);
            if (!query.next() || at >= base::toUnixMillis(time))
                high = middle;
            else
                low = seq + 1;
        }
        return low;
    });
}

base::Result<std::vector<model::Event>> Events::ofSession(model::SessionId session, std::size_t limit) {
    return reading(*m_connection, [&] {
        return Select<model::Event>(*m_connection, "WHERE session = :s ORDER BY seq LIMIT :n")
            .bind(session)
            .bind(static_cast<std::int64_t>(limit))
            .all();
    });
}

} // namespace cb::store
