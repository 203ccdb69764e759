#include "client/sync/account_store.h"

#include "client/bridge/convert.h"
#include "shared/model/names.h"
#include "shared/wire/http.h"

namespace cb::sync {

namespace {

using bridge::toQt;
using bridge::toStd;

qint64 number(model::SessionId id) {
    return id.value;
}

// A message and an attachment are kept in the form they have on the wire, so that the codecs' promises hold here too.
QString messageJson(const wire::MessageView& message) {
    return toQt(wire::encodeBody(wire::MessagePage{{message}, false}));
}

QString attachmentJson(const std::optional<model::Attachment>& attachment) {
    return attachment ? toQt(wire::encodeBody(wire::AttachmentAnswer{*attachment})) : QStringLiteral("");
}

QString errorJson(const std::optional<base::Error>& error) {
    return error ? toQt(wire::encodeErrorBody(*error)) : QStringLiteral("");
}

OutboxItem itemOf(const QSqlQuery& row) {
    OutboxItem item;
    item.id = row.value(0).toLongLong();
    item.session = model::SessionId(row.value(1).toLongLong());
    item.uuid = base::parseUuid(toStd(row.value(2).toString())).value_or(base::Uuid{});
    item.kind = model::parse<model::MessageKind>(toStd(row.value(3).toString())).value_or(model::MessageKind::Text);
    item.text = row.value(4).toString();
    item.file = row.value(5).toString();
    if (auto attachment = wire::decodeBody<wire::AttachmentAnswer>(toStd(row.value(6).toString())))
        item.attachment = attachment->attachment;
    item.at = base::fromUnixMillis(row.value(7).toLongLong());
    if (const auto error = toStd(row.value(8).toString()); !error.empty())
        item.error = wire::decodeErrorBody(error);
    return item;
}

} // namespace

base::Result<void> AccountStore::run(const QString& sql, const QVariantList& values) {
    auto done = m_store.run(sql, values);
    return done ? base::Result<void>() : done.error();
}

model::Seq AccountStore::cursor() {
    auto row = m_store.run(QStringLiteral("SELECT cursor FROM account WHERE id = ?"), {m_account});
    return row && row->next() ? row->value(0).toLongLong() : 0;
}

QString AccountStore::draft(model::SessionId session) {
    auto row = m_store.run(QStringLiteral("SELECT text FROM draft WHERE account = ? AND session = ?"),
                           {m_account, number(session)});
    return row && row->next() ? row->value(0).toString() : QString();
}

base::Result<void> AccountStore::setDraft(model::SessionId session, const QString& text) {
    if (text.isEmpty())
        return run(QStringLiteral("DELETE FROM draft WHERE account = ? AND session = ?"), {m_account, number(session)});
    return run(QStringLiteral("INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?)"),
               {m_account, number(session), text, QDateTime::currentMSecsSinceEpoch()});
}

std::string AccountStore::kept(const QString& name) {
    auto row = m_store.run(QStringLiteral("SELECT json FROM kept WHERE account = ? AND name = ?"), {m_account, name});
    return row && row->next() ? toStd(row->value(0).toString()) : std::string();
}

base::Result<void> AccountStore::keep(const QString& name, const std::string& json) {
    return run(QStringLiteral("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)"), {m_account, name, toQt(json)});
}

std::vector<OutboxItem> AccountStore::outbox() {
    std::vector<OutboxItem> items;
    auto rows =
        m_store.run(QStringLiteral("SELECT id, session, uuid, kind, text, file, attachment, at, error FROM outbox "
                                   "WHERE account = ? ORDER BY id"),
                    {m_account});
    while (rows && rows->next())
        items.push_back(itemOf(*rows));
    return items;
}

base::Result<qint64> AccountStore::addOutbox(const OutboxItem& item) {
    auto done = m_store.run(
        QStringLiteral("INSERT INTO outbox (account, session, uuid, kind, text, file, attachment, at, error) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {m_account, number(item.session), toQt(base::toString(item.uuid)), toQt(model::name(item.kind)),
         item.text.isNull() ? QStringLiteral("") : item.text, item.file.isNull() ? QStringLiteral("") : item.file,
         attachmentJson(item.attachment), static_cast<qint64>(base::toUnixMillis(item.at)), errorJson(item.error)});
    if (!done)
        return done.error();
    return done->lastInsertId().toLongLong();
}

base::Result<void> AccountStore::updateOutbox(const OutboxItem& item) {
    return run(QStringLiteral("UPDATE outbox SET attachment = ?, error = ? WHERE id = ? AND account = ?"),
               {attachmentJson(item.attachment), errorJson(item.error), item.id, m_account});
}

base::Result<void> AccountStore::removeOutbox(qint64 id) {
    return run(QStringLiteral("DELETE FROM outbox WHERE id = ? AND account = ?"), {id, m_account});
}

std::vector<PastSession> AccountStore::past(int most) {
    std::vector<PastSession> found;
    auto rows = m_store.run(QStringLiteral("SELECT session, customer, name, group_name, at FROM past WHERE account = ? "
                                           "ORDER BY at DESC, session DESC LIMIT ?"),
                            {m_account, most});
    while (rows && rows->next())
        found.push_back({model::SessionId(rows->value(0).toLongLong()), model::CustomerId(rows->value(1).toLongLong()),
                         rows->value(2).toString(), rows->value(3).toString(),
                         base::fromUnixMillis(rows->value(4).toLongLong())});
    return found;
}

base::Result<void> AccountStore::notePast(const std::vector<PastSession>& sessions) {
    if (sessions.empty())
        return {};
    return m_store.transaction([&]() -> base::Result<void> {
        for (const auto& session : sessions)
            if (auto done = run(QStringLiteral("INSERT OR REPLACE INTO past VALUES (?, ?, ?, ?, ?, ?)"),
                                {m_account, number(session.session), static_cast<qint64>(session.customer.value),
                                 session.name.isNull() ? QStringLiteral("") : session.name,
                                 session.group.isNull() ? QStringLiteral("") : session.group,
                                 static_cast<qint64>(base::toUnixMillis(session.at))});
                !done)
                return done;
        return {};
    });
}

CachedTranscript AccountStore::transcript(model::SessionId session) {
    CachedTranscript cached;
    auto head = m_store.run(QStringLiteral("SELECT whole, at_start FROM transcript WHERE account = ? AND session = ?"),
                            {m_account, number(session)});
    if (!head || !head->next())
        return cached;
    cached.whole = head->value(0).toBool();
    cached.atStart = head->value(1).toBool();
    head->finish();
    auto rows = m_store.run(QStringLiteral("SELECT json FROM message WHERE account = ? AND session = ? ORDER BY seq"),
                            {m_account, number(session)});
    if (!rows)
        cached.whole = false;
    while (rows && rows->next()) {
        auto page = wire::decodeBody<wire::MessagePage>(toStd(rows->value(0).toString()));
        if (page && !page->messages.empty())
            cached.messages.push_back(std::move(page->messages.front()));
        else
            cached.whole = false;
    }
    return cached;
}

base::Result<void> AccountStore::insert(const wire::MessageView& message) {
    return run(
        QStringLiteral("INSERT OR REPLACE INTO message VALUES (?, ?, ?, ?)"),
        {m_account, number(message.message.session), static_cast<qint64>(message.message.seq), messageJson(message)});
}

base::Result<void> AccountStore::mark(model::SessionId session, bool whole, bool atStart) {
    return run(QStringLiteral("INSERT OR REPLACE INTO transcript VALUES (?, ?, ?, ?, ?)"),
               {m_account, number(session), whole, atStart, QDateTime::currentMSecsSinceEpoch()});
}

base::Result<void> AccountStore::addMessages(const std::vector<wire::MessageView>& messages, model::Seq cursor) {
    return m_store.transaction([&]() -> base::Result<void> {
        for (const auto& message : messages) {
            if (auto done = insert(message); !done)
                return done;
            // Of a conversation nobody has opened yet: it is shown without the server, and pruned, all the same.
            if (auto done = run(QStringLiteral("INSERT OR IGNORE INTO transcript VALUES (?, ?, 0, 0, ?)"),
                                {m_account, number(message.message.session), QDateTime::currentMSecsSinceEpoch()});
                !done)
                return done;
        }
        return run(QStringLiteral("UPDATE account SET cursor = MAX(cursor, ?) WHERE id = ?"),
                   {static_cast<qint64>(cursor), m_account});
    });
}

base::Result<void> AccountStore::setTranscript(model::SessionId session, const std::vector<wire::MessageView>& messages,
                                               bool atStart) {
    return m_store.transaction([&]() -> base::Result<void> {
        if (auto done = run(QStringLiteral("DELETE FROM message WHERE account = ? AND session = ?"),
                            {m_account, number(session)});
            !done)
            return done;
        for (const auto& message : messages)
            if (auto done = insert(message); !done)
                return done;
        return mark(session, true, atStart);
    });
}

base::Result<void> AccountStore::prepend(model::SessionId session, const std::vector<wire::MessageView>& messages,
                                         bool atStart) {
    return m_store.transaction([&]() -> base::Result<void> {
        for (const auto& message : messages)
            if (auto done = insert(message); !done)
                return done;
        return run(QStringLiteral("UPDATE transcript SET at_start = ? WHERE account = ? AND session = ?"),
                   {atStart, m_account, number(session)});
    });
}

base::Result<void> AccountStore::forget(model::CustomerId customer, const std::vector<model::SessionId>& sessions) {
    auto all = sessions;
    auto rows = m_store.run(QStringLiteral("SELECT session FROM past WHERE account = ? AND customer = ?"),
                            {m_account, qint64(customer.value)});
    while (rows && rows->next())
        all.emplace_back(rows->value(0).toLongLong());
    return m_store.transaction([&]() -> base::Result<void> {
        for (const auto session : all)
            for (const auto& sql : {QStringLiteral("DELETE FROM message WHERE account = ? AND session = ?"),
                                    QStringLiteral("DELETE FROM transcript WHERE account = ? AND session = ?")})
                if (auto done = run(sql, {m_account, number(session)}); !done)
                    return done;
        return run(QStringLiteral("DELETE FROM past WHERE account = ? AND customer = ?"),
                   {m_account, qint64(customer.value)});
    });
}

base::Result<void> AccountStore::leave(model::SessionId session) {
    return run(QStringLiteral("UPDATE transcript SET whole = 0 WHERE account = ? AND session = ?"),
               {m_account, number(session)});
}

base::Result<void> AccountStore::leaveOthers(const std::vector<model::SessionId>& live) {
    QStringList ids;
    for (const auto session : live)
        ids += QString::number(session.value); // numbers only: nothing to bind
    return run(QStringLiteral("UPDATE transcript SET whole = 0 WHERE account = ? AND session NOT IN (%1)")
                   .arg(ids.join(QLatin1Char(','))),
               {m_account});
}

base::Result<void> AccountStore::prune(int keep) {
    const QString old = QStringLiteral("SELECT session FROM transcript WHERE account = ? ORDER BY used_at DESC "
                                       "LIMIT -1 OFFSET ?");
    return m_store.transaction([&]() -> base::Result<void> {
        if (auto done = run(QStringLiteral("DELETE FROM message WHERE account = ? AND session IN (%1)").arg(old),
                            {m_account, m_account, keep});
            !done)
            return done;
        if (auto done =
                run(QStringLiteral("DELETE FROM past WHERE account = ? AND session IN (SELECT session FROM past "
                                   "WHERE account = ? ORDER BY at DESC, session DESC LIMIT -1 OFFSET ?)"),
                    {m_account, m_account, kKeepPast});
            !done)
            return done;
        return run(QStringLiteral("DELETE FROM transcript WHERE account = ? AND session IN (%1)").arg(old),
                   {m_account, m_account, keep});
    });
}

} // namespace cb::sync
