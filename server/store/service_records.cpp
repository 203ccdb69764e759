#include "server/store/rows_p.h"

#include <algorithm>
#include <limits>

namespace cb::store {

namespace {

constexpr std::int64_t kEnd = std::numeric_limits<std::int64_t>::max();
/// Rows looked at for one page or one count; what is not found among them is found by the next page.
constexpr std::int64_t kMostLooked = 20'000;
constexpr std::int64_t kCountStep = 5'000;
/// Ids rise with the start of a session, but for what a clock did that was set while the server was down.
constexpr base::Millis kSlack = std::chrono::hours(1);

/// A piece of SQL with its parameters, which stand in it in this order.
class Clause {
public:
    Clause& operator<<(std::string_view sql) {
        m_sql += sql;
        return *this;
    }
    Clause& operator<<(std::int64_t value) { return parameter(Cell{false, value, {}}); }
    Clause& text(std::string_view value) { return parameter(Cell{true, 0, std::string(value)}); }
    Clause& operator<<(const Clause& other) {
        std::string_view sql = other.m_sql;
        for (const Cell& cell : other.m_cells) {
            const auto at = sql.find(kMark);
            m_sql += sql.substr(0, at);
            parameter(cell);
            sql.remove_prefix(at + 1);
        }
        m_sql += sql;
        return *this;
    }
    /// Numbered parameters in the place of the marks.
    std::string sql() const {
        std::string out;
        int number = 0;
        for (const char c : m_sql) {
            if (c == kMark)
                out += ":p" + std::to_string(number++);
            else
                out += c;
        }
        return out;
    }
    template <class Target>
    void bindTo(Target& target) const {
        for (const Cell& cell : m_cells) {
            if (cell.isText)
                target.bind(std::string_view(cell.text));
            else
                target.bind(cell.number);
        }
    }

private:
    static constexpr char kMark = '\x01';
    Clause& parameter(Cell cell) {
        m_sql += kMark;
        m_cells.push_back(std::move(cell));
        return *this;
    }
    std::string m_sql;
    std::vector<Cell> m_cells;
};

Clause between(SessionRange range) {
    Clause clause;
    clause << "id >= " << range.first.value << " AND id < " << range.end.value;
    return clause;
}

/// The newest `most` ids in the range that the index for this filter gives; nothing but an index is read.
Clause candidates(const RecordFilter& filter, SessionRange range, std::int64_t most) {
    Clause clause;
    if (filter.agent) {
        const auto half = [&](const char* column) {
            Clause one;
            one << "SELECT id FROM session WHERE " << column << " = " << filter.agent.value << " AND " << column
                << " <> 0 AND " << between(range) << " ORDER BY id DESC LIMIT " << most;
            return one;
        };
        clause << "SELECT u.id AS id FROM (SELECT a.id AS id FROM (" << half("agent")
               << ") AS a UNION SELECT b.id AS id FROM (" << half("last_agent")
               << ") AS b) AS u ORDER BY u.id DESC LIMIT " << most;
    } else if (filter.group) {
        clause << "SELECT id FROM session WHERE skill_group = " << filter.group.value << " AND skill_group <> 0 AND "
               << between(range) << " ORDER BY id DESC LIMIT " << most;
    } else {
        clause << "SELECT id FROM session WHERE instance = " << filter.instance.value << " AND " << between(range)
               << " ORDER BY id DESC LIMIT " << most;
    }
    return clause;
}

/// What the filter says of a call, on the row beside the session's.
Clause callConditions(const RecordFilter& filter) {
    Clause clause;
    clause << "EXISTS (SELECT 1 FROM phone_call AS c WHERE c.session = session.id";
    if (filter.direction)
        (clause << " AND c.direction = ").text(model::name(*filter.direction));
    if (filter.recorded)
        clause << (*filter.recorded ? " AND c.recording <> ''" : " AND c.recording = ''");
    if (!filter.number.empty()) {
        const std::string pattern = '%' + filter.number + '%'; // digits: nothing in them is a wildcard
        (clause << " AND (c.caller LIKE ").text(pattern);
        (clause << " OR c.callee LIKE ").text(pattern);
        clause << ")";
    }
    clause << ")";
    return clause;
}

/// Everything the filter says, but the text: on a row of session. `rest` counts what an index has not said.
Clause conditions(const RecordFilter& filter, int& rest) {
    Clause clause;
    clause << "instance = " << filter.instance.value;
    const auto also = [&]() -> Clause& {
        ++rest;
        return clause << " AND ";
    };
    if (filter.mode)
        (also() << "mode = ").text(model::name(*filter.mode));
    if (filter.from != base::TimePoint{})
        also() << "started_at >= " << base::toUnixMillis(filter.from);
    if (filter.to != base::TimePoint{})
        also() << "started_at < " << base::toUnixMillis(filter.to);
    if (filter.channel)
        also() << "channel = " << filter.channel.value;
    if (filter.state)
        (also() << "state = ").text(model::name(*filter.state));
    if (filter.endReason)
        (also() << "end_reason = ").text(model::name(*filter.endReason));
    if (filter.answered)
        also() << (*filter.answered ? "answered_at <> 0" : "answered_at = 0");
    if (filter.ofCalls())
        also() << callConditions(filter);
    if (filter.group) {
        clause << " AND skill_group = " << filter.group.value;
        rest += filter.agent ? 1 : 0;
    }
    if (filter.agent)
        clause << " AND (agent = " << filter.agent.value << " OR last_agent = " << filter.agent.value << ")";
    return clause;
}

struct Looked {
    std::int64_t count = 0;
    std::int64_t lowest = 0;
};

Looked look(Connection& connection, const Clause& ids) {
    Clause clause;
    clause << "SELECT COUNT(*), COALESCE(MIN(i.id), 0) FROM (" << ids << ") AS i";
    Looked looked;
    Query query(connection, clause.sql());
    query.into(looked.count).into(looked.lowest);
    clause.bindTo(query);
    query.next();
    return looked;
}

std::vector<model::Session> rows(Connection& connection, const Clause& where, const Clause& ids, std::size_t limit) {
    Clause clause;
    clause << "WHERE " << where << " AND id IN (SELECT i.id FROM (" << ids << ") AS i) ORDER BY id DESC LIMIT "
           << static_cast<std::int64_t>(limit);
    Select<model::Session> select(connection, clause.sql());
    clause.bindTo(select);
    return select.all();
}

/// The first session of the instance that started at or after `time`.
std::int64_t firstStarted(Connection& connection, model::InstanceId instance, base::TimePoint time) {
    std::int64_t low = 0;
    std::int64_t high = connection.number("SELECT COALESCE(MAX(id), 0) + 1 FROM session");
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        std::int64_t id = 0;
        std::int64_t at = 0;
        Query query(connection,
                    "SELECT id, started_at FROM session WHERE instance = :i AND id >= :m ORDER BY id LIMIT 1");
        query.into(id).into(at).bind(instance.value).bind(middle);
        if (!query.next() || at >= base::toUnixMillis(time))
            high = middle;
        else
            low = id + 1;
    }
    return low;
}

SessionRange rangeOf(Connection& connection, const RecordFilter& filter) {
    SessionRange range{model::SessionId(0), model::SessionId(kEnd)};
    if (filter.from != base::TimePoint{})
        range.first = model::SessionId(firstStarted(connection, filter.instance, filter.from - kSlack));
    if (filter.to != base::TimePoint{})
        range.end = model::SessionId(firstStarted(connection, filter.instance, filter.to + kSlack));
    return range;
}

} // namespace

base::Result<SessionRange> Records::range(const RecordFilter& filter) {
    return reading(*m_connection, [&] { return rangeOf(*m_connection, filter); });
}

base::Result<std::vector<SessionTimes>> Records::recent(model::InstanceId instance, base::Millis span) {
    return reading(*m_connection, [&] {
        std::vector<SessionTimes> rows;
        std::int64_t newest = 0;
        Query last(*m_connection, "SELECT started_at FROM session WHERE instance = :i ORDER BY id DESC LIMIT 1");
        last.into(newest).bind(instance.value);
        if (!last.next())
            return rows;
        RecordFilter filter;
        filter.instance = instance;
        filter.from = base::fromUnixMillis(newest) - span;
        std::string mode;
        std::int64_t channel = 0;
        std::int64_t group = 0;
        std::int64_t queued = 0;
        std::int64_t answered = 0;
        std::int64_t ended = 0;
        std::int64_t completed = 0;
        Query query(*m_connection, "SELECT mode, channel, skill_group, queued_at, answered_at, ended_at, completed_at "
                                   "FROM session WHERE instance = :i AND id >= :f AND state = 'completed' AND "
                                   "queued_at <> 0 ORDER BY id");
        query.into(mode).into(channel).into(group).into(queued).into(answered).into(ended).into(completed);
        query.bind(instance.value).bind(rangeOf(*m_connection, filter).first.value);
        while (query.next()) {
            const auto known = model::parse<model::Mode>(mode);
            if (!known)
                throwBadRow("mode", mode);
            rows.push_back({*known, model::ChannelId(channel), model::GroupId(group), base::fromUnixMillis(queued),
                            base::fromUnixMillis(answered), base::fromUnixMillis(ended),
                            base::fromUnixMillis(completed)});
        }
        return rows;
    });
}

base::Result<RecordPage> Records::page(const RecordFilter& filter, model::SessionId before, std::size_t limit) {
    limit = std::clamp<std::size_t>(limit, 1, kMaxPage);
    return reading(*m_connection, [&] {
        int rest = 0;
        const Clause where = conditions(filter, rest);
        SessionRange range = rangeOf(*m_connection, filter);
        if (before && before < range.end)
            range.end = before;
        RecordPage page;
        std::int64_t looked = 0;
        for (auto step = static_cast<std::int64_t>(limit) + 1; looked < kMostLooked; step *= 4) {
            step = std::min(step, kMostLooked - looked);
            const Clause ids = candidates(filter, range, step);
            const Looked some = look(*m_connection, ids);
            if (some.count == 0)
                return page;
            const std::size_t wanted = limit - page.rows.size() + 1;
            for (model::Session& row : rows(*m_connection, where, ids, wanted))
                page.rows.push_back(std::move(row));
            if (page.rows.size() > limit) {
                page.rows.resize(limit);
                page.next = page.rows.back().id;
                return page;
            }
            if (some.count < step)
                return page;
            looked += some.count;
            range.end = model::SessionId(some.lowest);
        }
        page.next = range.end;
        return page;
    });
}

base::Result<RecordCount> Records::count(const RecordFilter& filter, std::int64_t most) {
    return reading(*m_connection, [&] {
        int rest = 0;
        const Clause where = conditions(filter, rest);
        SessionRange range = rangeOf(*m_connection, filter);
        RecordCount result;
        if (rest == 0 && !filter.agent && !filter.group) { // those two indexes do not know of instances
            result.count = look(*m_connection, candidates(filter, range, most + 1)).count;
            result.more = result.count > most;
            result.count = std::min(result.count, most);
            return result;
        }
        for (std::int64_t looked = 0; looked < kMostLooked; looked += kCountStep) {
            const Clause ids = candidates(filter, range, kCountStep);
            const Looked some = look(*m_connection, ids);
            Clause clause;
            clause << "SELECT COUNT(*) FROM session WHERE " << where << " AND id IN (SELECT i.id FROM (" << ids
                   << ") AS i)";
            std::int64_t found = 0;
            Query query(*m_connection, clause.sql());
            query.into(found);
            clause.bindTo(query);
            query.next();
            result.count += found;
            if (some.count < kCountStep || result.count > most) {
                result.more = result.count > most;
                result.count = std::min(result.count, most);
                return result;
            }
            range.end = model::SessionId(some.lowest);
        }
        result.more = true;
        return result;
    });
}

base::Result<std::vector<model::Session>> Records::among(const RecordFilter& filter,
                                                         std::span<const model::SessionId> sessions) {
    return reading(*m_connection, [&] {
        int rest = 0;
        const Clause where = conditions(filter, rest);
        std::vector<model::Session> found;
        for (std::size_t at = 0; at < sessions.size(); at += kMaxPlaceholders) {
            Clause clause;
            clause << "WHERE " << where << " AND id IN (";
            for (std::size_t i = at; i < std::min(sessions.size(), at + kMaxPlaceholders); ++i)
                clause << (i == at ? "" : ", ") << sessions[i].value;
            clause << ") ORDER BY id DESC";
            Select<model::Session> select(*m_connection, clause.sql());
            clause.bindTo(select);
            for (model::Session row; select.next(row);)
                found.push_back(std::move(row));
        }
        std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return b.id < a.id; });
        return found;
    });
}

base::Result<Records::Expired> Records::expired(model::InstanceId instance, base::TimePoint time,
                                                model::SessionId after, std::size_t limit) {
    return reading(*m_connection, [&] {
        std::int64_t newest = 0; // the session of the newest event
        Query(*m_connection, "SELECT session FROM event WHERE instance = :i ORDER BY seq DESC LIMIT 1")
            .into(newest)
            .bind(instance.value)
            .next();
        std::int64_t id = 0;
        std::int64_t started = 0;
        std::int64_t completed = 0;
        std::string state;
        Query query(*m_connection, "SELECT id, started_at, completed_at, state FROM session WHERE instance = :i AND "
                                   "id > :a ORDER BY id LIMIT :n");
        query.into(id).into(started).into(completed).into(state);
        query.bind(instance.value).bind(after.value).bind(static_cast<std::int64_t>(limit));
        Expired result;
        const std::int64_t old = base::toUnixMillis(time);
        std::size_t looked = 0;
        while (query.next()) {
            ++looked;
            if (started >= old + kSlack.count()) {
                result.end = {};
                return result;
            }
            result.end = model::SessionId(id);
            if (state == model::name(model::SessionState::Completed) && completed < old && id != newest)
                result.sessions.emplace_back(id);
        }
        if (looked < limit)
            result.end = {};
        return result;
    });
}

base::Result<model::SessionId> Records::oldest() {
    return reading(*m_connection,
                   [&] { return model::SessionId(m_connection->number("SELECT COALESCE(MIN(id), 0) FROM session")); });
}

} // namespace cb::store
