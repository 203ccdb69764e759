#include "server/store/database_p.h"
#include "server/store/schema_p.h"

namespace cb::store {

namespace {

struct Rule {
    const char* code;
    const char* sql; ///< every row it gives is a problem; one text column
};

/// What the engines cannot know. Both read these.
constexpr Rule kRules[] = {
    {"last_seq",
     "SELECT 'session ' || s.id || ' names message ' || s.last_seq FROM session s WHERE s.last_seq <> 0 AND "
     "NOT EXISTS (SELECT 1 FROM event e WHERE e.instance = s.instance AND e.seq = s.last_seq)"},
    {"offer",
     "SELECT 'session ' || s.id || ' is offered and nobody rings' FROM session s WHERE s.state = 'offered' AND "
     "NOT EXISTS (SELECT 1 FROM offer o WHERE o.session = s.id AND o.outcome = 'ringing')"},
    {"offer", "SELECT 'offer ' || o.id || ' rings for a session that is ' || s.state FROM offer o JOIN session s ON "
              "s.id = o.session WHERE o.outcome = 'ringing' AND s.state <> 'offered'"},
    {"orphan_message", "SELECT 'event ' || e.seq || ' of instance ' || e.instance || ' is of no session' FROM event e "
                       "WHERE e.kind = 'message' AND NOT EXISTS (SELECT 1 FROM session s WHERE s.id = e.session AND "
                       "s.instance = e.instance)"},
    {"ids", "SELECT 'session ids were given out up to ' || b.next_id FROM id_block b WHERE b.kind = 'session' AND "
            "b.next_id <= (SELECT COALESCE(MAX(s.id), 0) FROM session s)"},
    {"ids", "SELECT 'customer ids were given out up to ' || b.next_id FROM id_block b WHERE b.kind = 'customer' AND "
            "b.next_id <= (SELECT COALESCE(MAX(c.id), 0) FROM customer c)"},
    {"phone_number", "SELECT 'number ' || n.number || ' has channel ' || n.channel || ' of another kind or instance' "
                     "FROM phone_number n JOIN channel c ON c.id = n.channel WHERE c.kind <> 'phone' OR c.instance <> "
                     "n.instance"},
    {"call", "SELECT 'session ' || s.id || ' is a call and of mode ' || s.mode FROM phone_call p JOIN session s ON "
             "s.id = p.session WHERE s.mode <> 'phone' OR s.instance <> p.instance"},
};

void collect(Connection& c, const char* code, const std::string& sql, CheckReport& report) {
    std::string text;
    Query query(c, sql);
    query.into(text);
    while (report.problems.size() < CheckReport::kMaxProblems && query.next())
        if (text != "ok")
            report.problems.push_back({code, text});
}

CheckReport inspect(Connection& c) {
    CheckReport report;
    if (c.engine() == Engine::Sqlite) {
        collect(c, "integrity",
                "SELECT integrity_check FROM pragma_integrity_check(" + std::to_string(CheckReport::kMaxProblems) + ")",
                report);
        collect(c, "foreign_key",
                "SELECT \"table\" || ' ' || COALESCE(rowid, 0) || ' names a missing ' || parent FROM "
                "pragma_foreign_key_check",
                report);
    }
    for (const Rule& rule : kRules)
        collect(c, rule.code, rule.sql, report);
    report.events = c.number("SELECT COUNT(*) FROM event");
    return report;
}

} // namespace

base::Result<CheckReport> Database::check() {
    auto connection = connect(m_impl->options, Connection::Use::Read);
    if (!connection)
        return connection.error();
    Connection& c = **connection;
    auto report = reading(c, [&] { return inspect(c); });
    if (!report && engine() == Engine::Sqlite) {
        // Damage may be so bad that a query cannot even run: that is a finding, not a failure to look.
        CheckReport damaged;
        damaged.problems.push_back({"integrity", report.error().detail});
        report = damaged;
    }
    if (report)
        report->schemaVersion = schemaVersion();
    return report;
}

} // namespace cb::store
