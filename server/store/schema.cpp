#include "server/store/schema_p.h"

namespace cb::store {

namespace {

/// Every row carries its instance. Times are milliseconds, enumerators their stable names, truths 0 or 1, "none" 0 or
/// ''. An event that is a message has a detail of '', another one has '' and 0 in the message's columns.
constexpr std::string_view kInitial = R"sql(
CREATE TABLE instance (
    id $id, name TEXT NOT NULL, time_zone TEXT NOT NULL,
    chat_answer_timeout $int NOT NULL, chat_answer_seconds $int NOT NULL,
    phone_answer_timeout $int NOT NULL, phone_answer_seconds $int NOT NULL,
    phone_recovery $int NOT NULL, phone_recovery_seconds $int NOT NULL,
    phone_fewest_calls $int NOT NULL, phone_last_agent_first $int NOT NULL, blending $int NOT NULL,
    wrap_up_seconds $int NOT NULL, service_level_seconds $int NOT NULL, retention_days $int NOT NULL,
    picture_bytes $int NOT NULL, file_bytes $int NOT NULL,
    created_at $int NOT NULL, modified_at $int NOT NULL) $strict;

CREATE TABLE skill_group (
    id $id, instance $int NOT NULL REFERENCES instance (id), mode TEXT NOT NULL, name TEXT NOT NULL,
    max_sessions $int NOT NULL) $strict;
CREATE UNIQUE INDEX skill_group_name ON skill_group (instance, mode, name) WHERE name <> '';

CREATE TABLE agent (
    id $id, instance $int NOT NULL REFERENCES instance (id), name TEXT NOT NULL, nickname TEXT NOT NULL,
    email TEXT NOT NULL, email_key TEXT NOT NULL, staff_no TEXT NOT NULL, mobile TEXT NOT NULL, role TEXT NOT NULL,
    deleted $int NOT NULL, created_at $int NOT NULL) $strict;
CREATE UNIQUE INDEX agent_email ON agent (instance, email_key) WHERE email_key <> '';
CREATE UNIQUE INDEX agent_staff_no ON agent (instance, staff_no) WHERE staff_no <> '';

CREATE TABLE membership (
    agent $int NOT NULL REFERENCES agent (id), position $int NOT NULL,
    skill_group $int NOT NULL REFERENCES skill_group (id) ON DELETE CASCADE, instance $int NOT NULL,
    PRIMARY KEY (agent, position)) $clustered;
CREATE INDEX membership_group ON membership (skill_group);
CREATE INDEX membership_instance ON membership (instance, agent, position);

CREATE TABLE flow (
    id $id, instance $int NOT NULL REFERENCES instance (id), mode TEXT NOT NULL, name TEXT NOT NULL,
    published $int NOT NULL) $strict;
CREATE INDEX flow_instance ON flow (instance);
CREATE TABLE flow_version (
    flow $int NOT NULL REFERENCES flow (id), version $int NOT NULL, instance $int NOT NULL, document TEXT NOT NULL,
    saved_at $int NOT NULL, PRIMARY KEY (flow, version)) $clustered;

CREATE TABLE channel (
    id $id, instance $int NOT NULL REFERENCES instance (id), kind TEXT NOT NULL, name TEXT NOT NULL,
    public_key TEXT NOT NULL, domain TEXT NOT NULL, colour TEXT NOT NULL, flow $int NOT NULL,
    deleted $int NOT NULL) $strict;
CREATE UNIQUE INDEX channel_key ON channel (public_key) WHERE public_key <> '';
CREATE INDEX channel_instance ON channel (instance);

CREATE TABLE quick_reply (
    id $id, instance $int NOT NULL REFERENCES instance (id), title TEXT NOT NULL, body TEXT NOT NULL) $strict;
CREATE INDEX quick_reply_instance ON quick_reply (instance);

CREATE TABLE customer (
    id $id, instance $int NOT NULL REFERENCES instance (id), channel $int NOT NULL REFERENCES channel (id),
    external_id TEXT NOT NULL, name TEXT NOT NULL, notes TEXT NOT NULL, locale TEXT NOT NULL, blocked $int NOT NULL,
    created_at $int NOT NULL) $strict;
CREATE UNIQUE INDEX customer_external ON customer (channel, external_id) WHERE external_id <> '';

CREATE TABLE session (
    id $id, instance $int NOT NULL REFERENCES instance (id), mode TEXT NOT NULL, channel $int NOT NULL,
    customer $int NOT NULL REFERENCES customer (id), flow $int NOT NULL, flow_version $int NOT NULL,
    state TEXT NOT NULL, skill_group $int NOT NULL, agent $int NOT NULL, last_agent $int NOT NULL,
    transfer_to $int NOT NULL, end_reason TEXT NOT NULL,
    started_at $int NOT NULL, queued_at $int NOT NULL, waiting_from $int NOT NULL, answered_at $int NOT NULL,
    ended_at $int NOT NULL, completed_at $int NOT NULL,
    last_seq $int NOT NULL, customer_delivered $int NOT NULL, customer_read $int NOT NULL,
    agent_delivered $int NOT NULL, agent_read $int NOT NULL,
    wrap_up_category TEXT NOT NULL, wrap_up_note TEXT NOT NULL, flow_state TEXT NOT NULL,
    flow_path TEXT NOT NULL) $strict;
CREATE INDEX session_open ON session (instance, id) WHERE state <> 'completed';
CREATE INDEX session_customer ON session (customer, id);

CREATE TABLE presence (
    agent $id REFERENCES agent (id), instance $int NOT NULL, status TEXT NOT NULL, pending TEXT NOT NULL,
    has_pending $int NOT NULL, reason TEXT NOT NULL, since $int NOT NULL, idle_since $int NOT NULL,
    calls_today $int NOT NULL) $strict;
CREATE INDEX presence_instance ON presence (instance);

CREATE TABLE offer (
    id $id, instance $int NOT NULL, session $int NOT NULL REFERENCES session (id), skill_group $int NOT NULL,
    agent $int NOT NULL, offered_at $int NOT NULL, expires_at $int NOT NULL, outcome TEXT NOT NULL,
    decided_at $int NOT NULL, rule TEXT NOT NULL, candidates TEXT NOT NULL, candidates_total $int NOT NULL) $strict;
CREATE INDEX offer_session ON offer (session, id);
CREATE INDEX offer_ringing ON offer (instance, id) WHERE outcome = 'ringing';
CREATE INDEX offer_answered ON offer (instance, decided_at) WHERE outcome = 'answered';

CREATE TABLE event (
    instance $int NOT NULL, seq $int NOT NULL, at $int NOT NULL, kind TEXT NOT NULL, session $int NOT NULL,
    agent $int NOT NULL, uuid_high $int NOT NULL, uuid_low $int NOT NULL, side TEXT NOT NULL, author $int NOT NULL,
    message_kind TEXT NOT NULL, body TEXT NOT NULL, attachment $int NOT NULL, detail TEXT NOT NULL,
    PRIMARY KEY (instance, seq)) $clustered;
CREATE INDEX event_session ON event (session, seq);
CREATE UNIQUE INDEX event_uuid ON event (session, uuid_high, uuid_low) WHERE kind = 'message';

CREATE TABLE attachment (
    id $id, instance $int NOT NULL, session $int NOT NULL REFERENCES session (id), kind TEXT NOT NULL,
    name TEXT NOT NULL, content_type TEXT NOT NULL, bytes $int NOT NULL, sha256 TEXT NOT NULL, width $int NOT NULL,
    height $int NOT NULL, created_at $int NOT NULL) $strict;
CREATE INDEX attachment_session ON attachment (session);

CREATE TABLE credential (
    agent $id REFERENCES agent (id), instance $int NOT NULL, password_hash TEXT NOT NULL, must_change $int NOT NULL,
    changed_at $int NOT NULL) $strict;

CREATE TABLE token (
    hash TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, instance $int NOT NULL,
    agent $int NOT NULL REFERENCES agent (id), device TEXT NOT NULL, created_at $int NOT NULL,
    expires_at $int NOT NULL, revoked $int NOT NULL) $clustered;
CREATE INDEX token_agent ON token (agent);

CREATE TABLE id_block (
    kind TEXT NOT NULL PRIMARY KEY, next_id $int NOT NULL, least_id $int NOT NULL DEFAULT 0) $clustered;
)sql";

void initial(Connection& connection) {
    runScript(connection, kInitial);
}

/// What administration needs: flows that are deleted, tested and changed by several; screen pops; letters.
constexpr std::string_view kAdministration = R"sql(
ALTER TABLE flow ADD COLUMN revision $int NOT NULL DEFAULT 1;
ALTER TABLE flow ADD COLUMN deleted $int NOT NULL DEFAULT 0;
ALTER TABLE flow ADD COLUMN tests TEXT NOT NULL DEFAULT '[]';
ALTER TABLE flow_version ADD COLUMN saved_by $int NOT NULL DEFAULT 0;

CREATE TABLE screen_pop (
    instance $int NOT NULL REFERENCES instance (id), position $int NOT NULL, name TEXT NOT NULL, url TEXT NOT NULL,
    enabled $int NOT NULL, PRIMARY KEY (instance, position)) $clustered;

CREATE TABLE mail (
    id $id, instance $int NOT NULL, recipient TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL,
    created_at $int NOT NULL, due_at $int NOT NULL, attempts $int NOT NULL, sent_at $int NOT NULL,
    error TEXT NOT NULL) $strict;
CREATE INDEX mail_due ON mail (due_at) WHERE sent_at = 0;

CREATE INDEX event_audit ON event (instance, seq) WHERE kind = 'audit';
CREATE INDEX customer_blocked ON customer (instance, id) WHERE blocked = 1;
)sql";

void administration(Connection& connection) {
    runScript(connection, kAdministration);
}

constexpr std::string_view kReplay = R"sql(
ALTER TABLE session ADD COLUMN flow_trace TEXT NOT NULL DEFAULT '';
)sql";

void replay(Connection& connection) {
    runScript(connection, kReplay);
}

/// What lists of service records need, and what the search and the erasing of text still have to do. None of these
/// indexes is touched by a message.
constexpr std::string_view kRecords = R"sql(
CREATE INDEX session_instance ON session (instance, id);
CREATE INDEX session_agent ON session (agent, id) WHERE agent <> 0;
CREATE INDEX session_last_agent ON session (last_agent, id) WHERE last_agent <> 0;
CREATE INDEX session_group ON session (skill_group, id) WHERE skill_group <> 0;

CREATE TABLE customer_renamed (customer $id) $strict;
CREATE TABLE customer_erased (customer $id, instance $int NOT NULL) $strict;
)sql";

void records(Connection& connection) {
    runScript(connection, kRecords);
}

/// How far retention has come: what was said up to there may be missing.
constexpr std::string_view kRetention = R"sql(
CREATE TABLE event_removed (instance $int NOT NULL PRIMARY KEY, up_to $int NOT NULL) $clustered;
)sql";

void retention(Connection& connection) {
    runScript(connection, kRetention);
}

constexpr std::string_view kAllMedia = R"sql(
ALTER TABLE instance ADD COLUMN all_media_answer_timeout $int NOT NULL DEFAULT 1;
ALTER TABLE instance ADD COLUMN all_media_answer_seconds $int NOT NULL DEFAULT 30;
)sql";

void allMedia(Connection& connection) {
    runScript(connection, kAllMedia);
}

/// Trunks and settings are the operator's: they belong to no instance. A trunk's password is encrypted.
constexpr std::string_view kPhone = R"sql(
CREATE TABLE trunk (
    id $id, name TEXT NOT NULL, transport TEXT NOT NULL, host TEXT NOT NULL, port $int NOT NULL, allow TEXT NOT NULL,
    registers $int NOT NULL, user_name TEXT NOT NULL, sealed_password TEXT NOT NULL, realm TEXT NOT NULL,
    max_calls $int NOT NULL, calls_per_second $int NOT NULL, srtp $int NOT NULL, enabled $int NOT NULL,
    position $int NOT NULL, deleted $int NOT NULL) $strict;
CREATE UNIQUE INDEX trunk_name ON trunk (name) WHERE deleted = 0;

CREATE TABLE phone_number (
    channel $id REFERENCES channel (id), instance $int NOT NULL REFERENCES instance (id), number TEXT NOT NULL,
    call_type TEXT NOT NULL, trunk $int NOT NULL, released $int NOT NULL) $strict;
CREATE UNIQUE INDEX phone_number_number ON phone_number (number) WHERE released = 0;
CREATE INDEX phone_number_instance ON phone_number (instance);

CREATE TABLE audio (
    id $id, instance $int NOT NULL REFERENCES instance (id), name TEXT NOT NULL, state TEXT NOT NULL,
    format TEXT NOT NULL, bytes $int NOT NULL, sha256 TEXT NOT NULL, millis $int NOT NULL, created_at $int NOT NULL,
    deleted $int NOT NULL) $strict;
CREATE INDEX audio_instance ON audio (instance);

CREATE TABLE phone_call (
    session $id REFERENCES session (id), instance $int NOT NULL, direction TEXT NOT NULL, caller TEXT NOT NULL,
    callee TEXT NOT NULL, trunk $int NOT NULL, started_at $int NOT NULL, connected_at $int NOT NULL,
    talk_from $int NOT NULL, ended_at $int NOT NULL, talk_millis $int NOT NULL, cause TEXT NOT NULL,
    recording TEXT NOT NULL) $strict;

CREATE TABLE operator_setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) $clustered;
)sql";

void phone(Connection& connection) {
    runScript(connection, kPhone);
}

constexpr std::string_view kRecording = R"sql(
ALTER TABLE skill_group ADD COLUMN recorded $int NOT NULL DEFAULT 0;
)sql";

void recording(Connection& connection) {
    runScript(connection, kRecording);
}

constexpr Migration kMigrations[] = {
    {1, "initial", &initial}, {2, "administration", &administration}, {3, "replay", &replay},
    {4, "records", &records}, {5, "retention", &retention},           {6, "all_media", &allMedia},
    {7, "phone", &phone},     {8, "recording", &recording},
};

/// "ClBl": tells our file from any other SQLite file.
constexpr std::int64_t kApplicationId = 0x436C426C;
/// Of the advisory lock that keeps two servers from migrating one PostgreSQL database at once.
constexpr std::int64_t kMigrationLock = 0x436C6F7564;

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

bool hasVersionTable(Connection& c) {
    if (c.engine() == Engine::Sqlite)
        return c.number("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'") != 0;
    return c.number("SELECT COUNT(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND "
                    "tablename = 'schema_version'") != 0;
}

/// 0 = an empty database.
int versionOf(Connection& c) {
    if (hasVersionTable(c))
        return static_cast<int>(c.number("SELECT COALESCE(MAX(version), 0) FROM schema_version"));
    if (c.engine() == Engine::Sqlite && c.number("SELECT COUNT(*) FROM sqlite_master") != 0)
        throw Failure(base::fatal("not_a_database", "an SQLite file of another program"));
    return 0;
}

void begin(Connection& c) {
    c.beginWrite();
    if (c.engine() == Engine::Postgres)
        c.run("SELECT pg_advisory_xact_lock(" + std::to_string(kMigrationLock) + ")");
}

void step(Connection& c, const Migration& migration) {
    begin(c);
    if (versionOf(c) >= migration.version) { // another process was faster
        c.rollback();
        return;
    }
    if (!hasVersionTable(c)) {
        runScript(c, "CREATE TABLE schema_version (version $id, name TEXT NOT NULL, applied_at $int NOT NULL) $strict");
        if (c.engine() == Engine::Sqlite)
            c.run("PRAGMA application_id = " + std::to_string(kApplicationId));
    }
    migration.apply(c);
    Query query(c, "INSERT INTO schema_version (version, name, applied_at) VALUES (:v, :n, :t)");
    query.bind(migration.version).bind(std::string_view(migration.name));
    query.bind(base::toUnixMillis(base::SystemClock().now())).run();
    c.commit();
}

base::Result<void> stepSafely(Connection& c, const DatabaseOptions& options, const Migration& migration, int from) {
    if (from > 0 && c.engine() == Engine::Sqlite) {
        auto copied = copyTo(c, snapshotPath(options.where, migration.version), {});
        if (!copied)
            return copied;
    }
    auto done = guarded(c, [&] { step(c, migration); });
    if (done)
        return done;
    c.rollback();
    if (done.error().code == "storage_unavailable" && from == 0)
        return done;
    return base::with(base::fatal("migration_failed", done.error().detail), "version",
                      std::to_string(migration.version));
}

} // namespace

std::span<const Migration> migrations() {
    return kMigrations;
}

std::string snapshotPath(const std::string& path, int version) {
    return path + ".before-" + std::to_string(version);
}

void runScript(Connection& connection, std::string_view script) {
    const bool sqlite = connection.engine() == Engine::Sqlite;
    std::string text(script);
    replaceAll(text, "$id", sqlite ? "INTEGER NOT NULL PRIMARY KEY" : "BIGINT NOT NULL PRIMARY KEY");
    replaceAll(text, "$int", sqlite ? "INTEGER" : "BIGINT");
    replaceAll(text, "$strict", sqlite ? "STRICT" : "");
    replaceAll(text, "$clustered", sqlite ? "STRICT, WITHOUT ROWID" : "");
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(';', at), text.size());
        const std::string statement = text.substr(at, end - at);
        if (statement.find_first_not_of(" \n") != std::string::npos)
            connection.run(statement);
        at = end + 1;
    }
}

base::Result<int> migrate(Connection& connection, const DatabaseOptions& options, std::span<const Migration> steps) {
    auto found = guarded(connection, [&] { return versionOf(connection); });
    if (!found)
        return found;
    const int known = steps.empty() ? 0 : steps.back().version;
    if (*found > known)
        return base::with(base::with(base::fatal("schema_newer"), "found", std::to_string(*found)), "known",
                          std::to_string(known));
    if (*found > 0 && *found < known && !options.migrate)
        return base::with(base::with(base::fatal("schema_older"), "found", std::to_string(*found)), "known",
                          std::to_string(known));
    for (const Migration& migration : steps) {
        if (migration.version <= *found)
            continue;
        auto done = stepSafely(connection, options, migration, *found);
        if (!done)
            return done.error();
    }
    return known;
}

} // namespace cb::store
