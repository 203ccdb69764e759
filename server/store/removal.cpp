#include "server/store/rows_p.h"
#include "server/store/tables_p.h"

namespace cb::store {

namespace {

/// While it lives whole pages that are freed are overwritten too: what is removed for good leaves nothing in the file.
class Overwriting {
public:
    explicit Overwriting(Connection& connection)
        : m_connection(connection) {
        set("ON");
    }
    ~Overwriting() {
        try {
            set("FAST");
        } catch (...) { // stays careful, which is only slower
        }
    }
    Overwriting(const Overwriting&) = delete;
    Overwriting& operator=(const Overwriting&) = delete;

private:
    void set(const char* mode) {
        if (m_connection.engine() == Engine::Sqlite)
            m_connection.run(std::string("PRAGMA secure_delete=") + mode);
    }
    Connection& m_connection;
};

/// Rows of the session's attachments go, at most `most`; their ids are added to `files`. Returns how many.
std::size_t removeAttachments(Tables::Impl& impl, model::SessionId session, std::size_t most, LostFiles& files) {
    std::vector<model::AttachmentId> ids;
    std::int64_t id = 0;
    Query query(impl.connection, "SELECT id FROM attachment WHERE session = :s ORDER BY id LIMIT :n");
    query.into(id).bind(session.value).bind(static_cast<std::int64_t>(most));
    while (query.next())
        ids.emplace_back(id);
    for (const model::AttachmentId each : ids)
        impl.change("DELETE FROM attachment WHERE id = :i", {each.value});
    files.attachments.insert(files.attachments.end(), ids.begin(), ids.end());
    return ids.size();
}

/// Attachments' rows and messages of the session lose what they say, at most `most`. Returns how many.
std::size_t eraseText(Tables::Impl& impl, model::SessionId session, std::size_t most, LostFiles& files) {
    const std::size_t gone = removeAttachments(impl, session, most, files);
    if (gone == most)
        return gone;
    const auto changed =
        impl.change("UPDATE event SET body = '', attachment = 0 WHERE session = :s AND seq IN (SELECT e.seq FROM "
                    "event e WHERE e.session = :t AND e.kind = 'message' AND (e.body <> '' OR e.attachment <> 0) "
                    "ORDER BY e.seq LIMIT :n)",
                    {session.value, session.value, static_cast<std::int64_t>(most - gone)});
    return gone + static_cast<std::size_t>(changed);
}

/// Of the session's call, when it has one.
void addRecording(Tables::Impl& impl, model::SessionId session, LostFiles& files) {
    std::string recording;
    Query query(impl.connection, "SELECT recording FROM phone_call WHERE session = :s AND recording <> ''");
    if (query.into(recording).bind(session.value).next())
        files.recordings.push_back(std::move(recording));
}

/// The customer's number and the recording of the session's call.
void eraseCall(Tables::Impl& impl, model::SessionId session, LostFiles& files) {
    addRecording(impl, session, files);
    impl.change("UPDATE phone_call SET caller = CASE WHEN direction = 'in' THEN '' ELSE caller END, callee = CASE WHEN "
                "direction = 'in' THEN callee ELSE '' END, recording = '' WHERE session = :s",
                {session.value});
}

/// The number must not be given again although no row has it any more.
void keepIdAway(Tables::Impl& impl, std::string_view kind, std::int64_t id) {
    impl.change("UPDATE id_block SET least_id = :n WHERE least_id < :m AND kind = :k", {id + 1, id + 1}, {kind});
}

} // namespace

void Tables::Impl::erase(const model::Customer& row) {
    const Overwriting overwriting(connection);
    put(row);
    change("INSERT INTO customer_erased (customer, instance) VALUES (:c, :i) ON CONFLICT (customer) DO NOTHING",
           {row.id.value, row.instance.value});
}

void Tables::Impl::remove(model::CustomerId id) {
    const Overwriting overwriting(connection);
    const bool gone = change("DELETE FROM customer WHERE id = :c AND NOT EXISTS (SELECT 1 FROM session s WHERE "
                             "s.customer = customer.id)",
                             {id.value}) == 1;
    if (!gone)
        return; // came back meanwhile
    change("DELETE FROM customer_renamed WHERE customer = :c", {id.value});
    keepIdAway(*this, "customer", id.value);
}

base::Result<bool> Tables::eraseSome(model::CustomerId customer, model::SessionId& after, std::size_t most,
                                     LostFiles& files) {
    return m_impl->attempt([&] {
        const Overwriting overwriting(m_impl->connection);
        for (std::size_t left = most; left > 0;) {
            std::int64_t session = 0;
            Query next(m_impl->connection,
                       "SELECT id FROM session WHERE customer = :c AND id > :a ORDER BY id LIMIT 1");
            if (!next.into(session).bind(customer.value).bind(after.value).next()) {
                m_impl->change("DELETE FROM customer_erased WHERE customer = :c", {customer.value});
                return true;
            }
            left -= eraseText(*m_impl, model::SessionId(session), left, files);
            if (left == 0)
                return false; // there may be more of it
            eraseCall(*m_impl, model::SessionId(session), files);
            m_impl->change("UPDATE session SET wrap_up_note = '', flow_state = '' WHERE id = :s", {session});
            after = model::SessionId(session);
            --left;
        }
        return false;
    });
}

base::Result<bool> Tables::removeSome(model::SessionId session, std::size_t most, LostFiles& files) {
    return m_impl->attempt([&] {
        Connection& c = m_impl->connection;
        std::string state;
        Query found(c, "SELECT state FROM session WHERE id = :s");
        if (!found.into(state).bind(session.value).next() || state != model::name(model::SessionState::Completed))
            return true;
        const Overwriting overwriting(c);
        if (removeAttachments(*m_impl, session, most, files) == most)
            return false;
        m_impl->change(
            "INSERT INTO event_removed (instance, up_to) SELECT instance, MAX(seq) FROM event WHERE session = "
            ":s GROUP BY instance ON CONFLICT (instance) DO UPDATE SET up_to = excluded.up_to WHERE "
            "excluded.up_to > event_removed.up_to",
            {session.value});
        const auto events = m_impl->change("DELETE FROM event WHERE session = :s AND seq IN (SELECT e.seq FROM event e "
                                           "WHERE e.session = :t ORDER BY e.seq LIMIT :n)",
                                           {session.value, session.value, static_cast<std::int64_t>(most)});
        if (events == static_cast<std::int64_t>(most))
            return false;
        std::int64_t offer = 0;
        Query(c, "SELECT COALESCE(MAX(id), 0) FROM offer WHERE session = :s").into(offer).bind(session.value).next();
        if (offer != 0)
            keepIdAway(*m_impl, "offer", offer);
        m_impl->change("DELETE FROM offer WHERE session = :s", {session.value});
        addRecording(*m_impl, session, files);
        m_impl->change("DELETE FROM phone_call WHERE session = :s", {session.value});
        m_impl->change("DELETE FROM session WHERE id = :s", {session.value});
        keepIdAway(*m_impl, "session", session.value);
        return true;
    });
}

base::Result<std::int64_t> Tables::removeOldEvents(model::InstanceId instance, model::Seq before, std::size_t most) {
    return m_impl->attempt([&] {
        const Overwriting overwriting(m_impl->connection);
        return m_impl->change(
            "DELETE FROM event WHERE instance = :i AND seq IN (SELECT e.seq FROM event e WHERE e.instance = :j AND "
            "e.seq < :b AND e.session = 0 AND e.kind <> 'audit' AND e.seq < (SELECT MAX(x.seq) FROM event x WHERE "
            "x.instance = :k) ORDER BY e.seq LIMIT :n)",
            {instance.value, instance.value, before, instance.value, static_cast<std::int64_t>(most)});
    });
}

base::Result<void> Tables::nameIndexed(model::CustomerId customer, std::string_view name) {
    return m_impl->attempt([&] {
        m_impl->change(
            "DELETE FROM customer_renamed WHERE customer = :c AND NOT EXISTS (SELECT 1 FROM customer c WHERE "
            "c.id = customer_renamed.customer AND c.name <> :n)",
            {customer.value}, {name});
    });
}

} // namespace cb::store
