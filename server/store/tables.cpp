#include "server/store/tables_p.h"

#include <unordered_map>

namespace cb::store {

void Tables::Impl::put(const model::Agent& row) {
    write(m_agent, AgentRow{row, emailKey(row.email)});
    change("DELETE FROM membership WHERE agent = :a", {row.id.value});
    auto& insert = m_membership.get(
        connection, "INSERT INTO membership (agent, position, skill_group, instance) VALUES (:a, :p, :g, :i)",
        parameters("iiii"));
    std::int64_t position = 0;
    for (const model::GroupId group : row.groups) {
        insert.set(0, row.id.value).set(1, position++).set(2, group.value).set(3, row.instance.value);
        insert.run();
        ++rows;
    }
}

void Tables::Impl::put(const model::Customer& row) {
    // Before the row: a new name is what the search index has not seen. Of a new customer it asks by itself.
    auto& renamed = m_renamed.get(connection,
                                  "INSERT INTO customer_renamed (customer) SELECT c.id FROM customer c WHERE c.id = :i "
                                  "AND c.name <> :n ON CONFLICT (customer) DO NOTHING",
                                  parameters("it"));
    renamed.set(0, row.id.value).set(1, row.name).run();
    write(m_customer, row);
}

void Tables::Impl::put(const FlowRow& row) {
    Query flow(connection, "INSERT INTO flow (id, instance, mode, name, published, revision, deleted, tests) VALUES "
                           "(:id, :i, :m, :n, :p, :r, :d, :t) ON CONFLICT (id) DO UPDATE SET mode = excluded.mode, "
                           "name = excluded.name, published = excluded.published, revision = excluded.revision, "
                           "deleted = excluded.deleted, tests = excluded.tests");
    flow.bind(row.flow.value).bind(row.instance.value).bind(model::name(row.mode)).bind(std::string_view(row.name));
    flow.bind(row.published ? 1 : 0).bind(row.revision).bind(row.deleted ? 1 : 0);
    flow.bind(std::string_view(row.tests)).run();
    Query version(
        connection,
        "INSERT INTO flow_version (flow, version, instance, document, saved_at, saved_by) VALUES (:f, :v, :i, "
        ":d, :t, :b) ON CONFLICT (flow, version) DO UPDATE SET document = excluded.document, saved_at = "
        "excluded.saved_at, saved_by = excluded.saved_by");
    version.bind(row.flow.value).bind(row.version).bind(row.instance.value).bind(std::string_view(row.json));
    version.bind(base::toUnixMillis(row.at)).bind(row.by.value).run();
    rows += 2;
}

void Tables::Impl::put(const ScreenPopList& row) {
    change("DELETE FROM screen_pop WHERE instance = :i", {row.instance.value});
    std::int64_t position = 0;
    for (const model::ScreenPop& pop : row.pops)
        change("INSERT INTO screen_pop (instance, position, enabled, name, url) VALUES (:i, :p, :e, :n, :u)",
               {row.instance.value, position++, pop.enabled ? 1 : 0}, {pop.name, pop.url});
}

void Tables::Impl::revoke(model::AgentId agent) {
    change("UPDATE token SET revoked = 1 WHERE agent = :a AND revoked = 0", {agent.value});
}

void Tables::Impl::put(const SessionMarks& row) {
    auto& update = m_marks.get(connection,
                               "UPDATE session SET last_seq = :a, customer_delivered = :b, customer_read = :c, "
                               "agent_delivered = :d, agent_read = :e WHERE id = :f",
                               parameters("iiiiii"));
    update.set(0, row.lastSeq).set(1, row.customerDelivered).set(2, row.customerRead).set(3, row.agentDelivered);
    update.set(4, row.agentRead).set(5, row.session.value).run();
    ++rows;
}

void Tables::Impl::remove(model::GroupId id) {
    change("DELETE FROM skill_group WHERE id = :g", {id.value});
}

void Tables::Impl::remove(model::QuickReplyId id) {
    change("DELETE FROM quick_reply WHERE id = :q", {id.value});
}

void Tables::Impl::applySessions(std::span<const Batch* const> run, std::vector<const SessionMarks*>& marks) {
    struct Last {
        const model::Session* row = nullptr;
        const SessionMarks* marks = nullptr; ///< newer than the row
    };
    std::unordered_map<model::SessionId, std::size_t> places;
    std::vector<Last> lasts;
    const auto lastOf = [&](model::SessionId id) -> Last& {
        const auto [place, isNew] = places.try_emplace(id, lasts.size());
        return isNew ? lasts.emplace_back() : lasts[place->second];
    };
    for (const Batch* batch : run) {
        for (const model::Session& row : batch->sessions)
            lastOf(row.id) = {&row, nullptr}; // a whole row carries marks too
        for (const SessionMarks& row : batch->marks)
            lastOf(row.session).marks = &row;
    }
    for (const Last& last : lasts) {
        if (last.row != nullptr)
            put(*last.row);
        if (last.marks != nullptr)
            marks.push_back(last.marks);
    }
}

void Tables::Impl::apply(std::span<const Batch* const> run) {
    const auto each = [&](auto member) {
        for (const Batch* batch : run)
            for (const auto& row : batch->*member)
                put(row);
    };
    for (const Batch* batch : run) {
        for (const model::GroupId id : batch->removedGroups)
            remove(id);
        for (const model::QuickReplyId id : batch->removedQuickReplies)
            remove(id);
        for (const model::CustomerId id : batch->removedCustomers)
            remove(id);
    }
    each(&Batch::instances);
    each(&Batch::groups);
    each(&Batch::agents);
    each(&Batch::flows);
    each(&Batch::channels);
    each(&Batch::quickReplies);
    each(&Batch::phoneNumbers);
    each(&Batch::audio);
    each(&Batch::screenPops);
    each(&Batch::credentials);
    each(&Batch::mails);
    for (const Batch* batch : run)
        for (const model::AgentId agent : batch->revokedTokens)
            revoke(agent);
    each(&Batch::customers);
    for (const Batch* batch : run)
        for (const model::Customer& row : batch->erasedCustomers)
            erase(row);
    std::vector<const SessionMarks*> marks;
    applySessions(run, marks);
    each(&Batch::calls);
    each(&Batch::offers);
    each(&Batch::presences);
    for (const Batch* batch : run)
        for (const model::Event& event : batch->events)
            insert(event);
    for (const SessionMarks* row : marks)
        put(*row);
}

std::int64_t Tables::Impl::change(const std::string& sql, std::initializer_list<std::int64_t> numbers,
                                  std::initializer_list<std::string_view> texts) {
    auto cells = std::vector<Cell>();
    for (const std::int64_t number : numbers)
        cells.push_back(Cell{false, number, {}});
    for (const std::string_view text : texts)
        cells.push_back(Cell{true, 0, std::string(text)});
    ++rows;
    return Prepared(connection, sql, std::move(cells)).run();
}

base::Result<void> Tables::put(const model::Instance& row) {
    return m_impl->attempt([&] { m_impl->put(row); });
}
base::Result<void> Tables::put(const model::Group& row) {
    return m_impl->attempt([&] { m_impl->put(row); });
}
base::Result<void> Tables::put(const model::Agent& row) {
    return m_impl->attempt([&] { m_impl->put(row); });
}
base::Result<void> Tables::put(const model::Channel& row) {
    return m_impl->attempt([&] { m_impl->put(row); });
}
base::Result<void> Tables::put(const model::Customer& row) {
    return m_impl->attempt([&] { m_impl->put(row); });
}
base::Result<void> Tables::put(const model::QuickReply& row) {
    return m_impl->attempt([&] { m_impl->put(row); });
}
base::Result<void> Tables::put(const FlowRow& row) {
    return m_impl->attempt([&] { m_impl->put(row); });
}
base::Result<void> Tables::insert(const model::Attachment& row) {
    return m_impl->attempt([&] { m_impl->insert(row); });
}
base::Result<void> Tables::remove(model::AttachmentId id) {
    return m_impl->attempt([&] { m_impl->change("DELETE FROM attachment WHERE id = :id", {id.value}); });
}
base::Result<void> Tables::put(const Credential& row) {
    return m_impl->attempt([&] { m_impl->put(row); });
}
base::Result<void> Tables::insert(const Token& row) {
    return m_impl->attempt([&] { m_impl->insert(row); });
}
base::Result<void> Tables::put(const TrunkRow& row) {
    return m_impl->attempt([&] { m_impl->put(row); });
}
base::Result<void> Tables::put(const model::PhoneNumber& row) {
    return m_impl->attempt([&] { m_impl->put(row); });
}
base::Result<void> Tables::put(const model::Audio& row) {
    return m_impl->attempt([&] { m_impl->put(row); });
}
base::Result<void> Tables::put(const model::Call& row) {
    return m_impl->attempt([&] { m_impl->put(row); });
}

base::Result<void> Tables::putOperatorSetting(std::string_view name, std::string_view value) {
    return m_impl->attempt([&] {
        m_impl->change("INSERT INTO operator_setting (name, value) VALUES (:n, :v) ON CONFLICT (name) DO UPDATE SET "
                       "value = excluded.value",
                       {}, {name, value});
    });
}

base::Result<bool> Tables::revokeToken(std::string_view hash) {
    return m_impl->attempt([&] {
        return m_impl->change("UPDATE token SET revoked = 1 WHERE hash = :h AND revoked = 0", {}, {hash}) == 1;
    });
}

base::Result<std::vector<std::string>> Tables::revokeTokensOf(model::AgentId agent, std::string_view exceptHash) {
    return m_impl->attempt([&] {
        std::vector<std::string> hashes;
        Select<Token> live(m_impl->connection, "WHERE agent = :a AND revoked = 0 AND hash <> :h ORDER BY hash");
        for (Token& token : live.bind(agent).bind(exceptHash).all())
            hashes.push_back(std::move(token.hash));
        m_impl->change("UPDATE token SET revoked = 1 WHERE agent = :a AND revoked = 0 AND hash <> :h", {agent.value},
                       {exceptHash});
        return hashes;
    });
}

base::Result<std::int64_t> Tables::removeTokensExpiredBefore(base::TimePoint time) {
    return m_impl->attempt(
        [&] { return m_impl->change("DELETE FROM token WHERE expires_at < :t", {base::toUnixMillis(time)}); });
}

base::Result<void> Tables::put(const Mail& row) {
    return m_impl->attempt([&] { m_impl->put(row); });
}

base::Result<bool> Tables::settle(const Mail& row) {
    return m_impl->attempt([&] {
        Prepared update(m_impl->connection,
                        "UPDATE mail SET body = :b, attempts = :a, due_at = :d, sent_at = :s, error = :e "
                        "WHERE id = :id AND sent_at = 0",
                        parameters("tiiiti"));
        update.set(0, row.body).set(1, row.attempts).set(2, base::toUnixMillis(row.dueAt));
        update.set(3, base::toUnixMillis(row.sentAt)).set(4, row.error).set(5, row.id);
        ++m_impl->rows;
        return update.run() == 1;
    });
}

base::Result<std::int64_t> Tables::retryMails(std::int64_t id, base::TimePoint now) {
    return m_impl->attempt([&] {
        const auto at = base::toUnixMillis(now);
        const std::string update = "UPDATE mail SET due_at = :t, attempts = 0 WHERE sent_at = 0";
        m_impl->mailsDue = true;
        return id == 0 ? m_impl->change(update, {at}) : m_impl->change(update + " AND id = :id", {at, id});
    });
}

base::Result<std::int64_t> Tables::removeMailsBefore(base::TimePoint time) {
    return m_impl->attempt([&] {
        return m_impl->change("DELETE FROM mail WHERE created_at < :t AND (sent_at <> 0 OR due_at = :g)",
                              {base::toUnixMillis(time), base::toUnixMillis(kMailGivenUp)});
    });
}

base::Result<void> Tables::apply(const Batch& batch) {
    const Batch* const run[] = {&batch};
    return m_impl->attempt([&] { m_impl->apply(run); });
}

Directory Tables::directory() {
    return Directory(m_impl->connection);
}
Sessions Tables::sessions() {
    return Sessions(m_impl->connection);
}
Customers Tables::customers() {
    return Customers(m_impl->connection);
}
Attachments Tables::attachments() {
    return Attachments(m_impl->connection);
}
Credentials Tables::credentials() {
    return Credentials(m_impl->connection);
}
Mails Tables::mails() {
    return Mails(m_impl->connection);
}
Telephone Tables::telephone() {
    return Telephone(m_impl->connection);
}
Calls Tables::calls() {
    return Calls(m_impl->connection);
}

} // namespace cb::store
