#include "client/sync/outbox.h"

#include "client/bridge/convert.h"
#include "shared/base/text.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QSaveFile>

#include <algorithm>

namespace cb::sync {

namespace {

constexpr int kFirstDelayMillis = 500;
constexpr int kMaxDelayMillis = 15'000;
constexpr std::chrono::hours kRefusedKept{7 * 24}; ///< nobody tries again what stood refused for so long

/// Seen as "later" rather than "no": the message keeps waiting.
bool isLater(const base::Error& error) {
    return error.grade == base::Grade::Retry;
}

} // namespace

Outbox::Outbox(AccountStore& store, api::AgentSession& session, api::RestClient& rest, api::AttachmentCache& cache,
               QString folder, QObject* parent)
    : QObject(parent)
    , m_store(store)
    , m_session(session)
    , m_rest(rest)
    , m_cache(cache)
    , m_folder(std::move(folder)) {
    for (auto& item : m_store.outbox())
        m_items.push_back(std::move(item));
    tidy();
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &Outbox::pump);
    connect(&m_session, &api::AgentSession::welcomed, this, [this] {
        m_attempts = 0;
        // Later in this turn: whoever else hears of the welcome first knows the sessions by then.
        m_again.start(0);
    });
}

/// Refused ones must not use up the room for ever; a crash may have left a file that no message names.
void Outbox::tidy() {
    const auto oldest = base::SystemClock().now() - kRefusedKept;
    for (auto item = m_items.begin(); item != m_items.end();) {
        if (item->error && item->at < oldest && m_store.removeOutbox(item->id))
            item = m_items.erase(item);
        else
            ++item;
    }
    const QDir folder(m_folder);
    for (const QString& name : folder.entryList(QDir::Files)) {
        const QString path = folder.filePath(name);
        if (std::none_of(m_items.begin(), m_items.end(), [&path](const auto& item) { return item.file == path; }))
            QFile::remove(path);
    }
}

base::Result<base::Uuid> Outbox::addText(model::SessionId session, const QString& text) {
    const auto utf8 = bridge::toStd(text);
    if (base::trimmed(utf8).empty())
        return base::rejected("text_empty");
    if (base::length(utf8) > static_cast<std::size_t>(kMaxText))
        return base::rejected("text_too_long");
    OutboxItem item;
    item.session = session;
    item.text = text;
    return add(std::move(item));
}

base::Result<base::Uuid> Outbox::addFile(model::SessionId session, model::AttachmentKind kind, const QString& name,
                                         const QByteArray& bytes, qint64 limit) {
    if (bytes.size() > limit)
        return base::with(base::rejected("file_too_large"), "limit", std::to_string(limit));
    OutboxItem item;
    item.session = session;
    item.uuid = bridge::newUuid();
    item.kind = kind == model::AttachmentKind::Picture ? model::MessageKind::Picture : model::MessageKind::File;
    item.text = name;
    QDir().mkpath(m_folder);
    item.file = QDir(m_folder).filePath(bridge::toQt(base::toString(item.uuid)));
    QSaveFile copy(item.file);
    if (!copy.open(QIODevice::WriteOnly) || copy.write(bytes) != bytes.size() || !copy.commit())
        return base::with(base::retry("cache_unavailable"), "reason", bridge::toStd(copy.errorString()));
    const QString file = item.file;
    auto added = add(std::move(item));
    if (!added)
        QFile::remove(file);
    return added;
}

base::Result<base::Uuid> Outbox::addRefused(model::SessionId session, const QString& name, const base::Error& error) {
    OutboxItem item;
    item.session = session;
    item.kind = model::MessageKind::File;
    item.text = name;
    item.error = error;
    const auto told = item;
    auto added = add(std::move(item));
    if (added)
        Q_EMIT refused(told);
    return added;
}

base::Result<base::Uuid> Outbox::add(OutboxItem item) {
    if (m_items.size() >= kCapacity)
        return base::retry("overloaded");
    if (item.uuid.isNil())
        item.uuid = bridge::newUuid();
    item.at = base::SystemClock().now();
    auto id = m_store.addOutbox(item);
    if (!id)
        return id.error();
    item.id = *id;
    const auto uuid = item.uuid;
    m_items.push_back(std::move(item));
    Q_EMIT added(m_items.back());
    pump();
    return uuid;
}

std::vector<OutboxItem> Outbox::of(model::SessionId session) const {
    std::vector<OutboxItem> items;
    std::copy_if(m_items.begin(), m_items.end(), std::back_inserter(items),
                 [session](const OutboxItem& item) { return item.session == session; });
    return items;
}

Outbox::Items::iterator Outbox::find(const base::Uuid& uuid) {
    return std::find_if(m_items.begin(), m_items.end(), [&uuid](const auto& item) { return item.uuid == uuid; });
}

bool Outbox::isHead(const OutboxItem& item) const {
    const auto first = std::find_if(m_items.begin(), m_items.end(), [&item](const OutboxItem& other) {
        return other.session == item.session && !other.error;
    });
    return first->uuid == item.uuid;
}

void Outbox::pump() {
    if (m_session.state() != api::AgentSession::State::Up)
        return;
    std::vector<base::Uuid> ready; // an answer that comes at once may change m_items
    for (const auto& item : m_items)
        if (!item.sending && !item.error && isHead(item))
            ready.push_back(item.uuid);
    for (const auto& uuid : ready) {
        const auto item = find(uuid);
        if (item == m_items.end() || item->sending)
            continue;
        if (item->kind != model::MessageKind::Text && !item->attachment)
            upload(*item);
        else
            send(*item);
    }
}

void Outbox::upload(OutboxItem& item) {
    auto file = std::make_unique<QFile>(item.file);
    if (!file->open(QIODevice::ReadOnly))
        return fail(item, base::with(base::rejected("file_unreadable"), "reason", bridge::toStd(file->errorString())));
    item.sending = true;
    item.percent = 0;
    const auto uuid = item.uuid;
    const auto kind =
        item.kind == model::MessageKind::Picture ? model::AttachmentKind::Picture : model::AttachmentKind::File;
    auto* transfer = m_rest.upload(
        item.session, kind, item.text, std::move(file), this, [this, uuid](base::Result<model::Attachment> answer) {
            const auto found = find(uuid);
            if (found == m_items.end())
                return;
            found->percent = -1;
            if (!answer)
                return settle(uuid, answer.error());
            found->sending = false;
            found->attachment = *answer;
            if (auto stored = m_store.updateOutbox(*found); !stored)
                m_again.start(kFirstDelayMillis); // the upload is known in memory; only a crash would repeat it
            if (QFile bytes(found->file); bytes.open(QIODevice::ReadOnly))
                m_cache.put(*answer, bytes.readAll());
            pump();
        });
    m_transfers[uuid] = transfer;
    connect(transfer, &api::Transfer::progressed, this, [this, uuid](int percent) {
        const auto found = find(uuid);
        if (found == m_items.end())
            return;
        found->percent = percent;
        Q_EMIT changed(*found);
    });
    Q_EMIT changed(item);
}

void Outbox::send(OutboxItem& item) {
    item.sending = true;
    wire::SendMessage message;
    message.session = item.session;
    message.uuid = item.uuid;
    message.kind = item.kind;
    message.text = bridge::toStd(item.text);
    if (item.attachment)
        message.attachment = item.attachment->id;
    const auto uuid = item.uuid;
    Q_EMIT changed(item);
    m_session.send(message, this, [this, uuid](const base::Result<wire::Sent>& answer) { settle(uuid, answer); });
}

void Outbox::settle(const base::Uuid& uuid, const base::Result<wire::Sent>& answer) {
    const auto item = find(uuid);
    if (item == m_items.end())
        return; // its event came first
    item->sending = false;
    if (!answer)
        return fail(*item, answer.error());
    m_attempts = 0;
    const auto done = *item;
    drop(item);
    Q_EMIT sent(done, *answer);
    pump();
}

void Outbox::fail(OutboxItem& item, const base::Error& error) {
    if (isLater(error)) {
        Q_EMIT changed(item);
        if (m_session.state() == api::AgentSession::State::Up) { // else the next welcome starts it again
            const int delay = std::min(kMaxDelayMillis, kFirstDelayMillis << std::min(m_attempts++, 5));
            m_again.start(delay);
        }
        return;
    }
    item.error = error;
    (void)m_store.updateOutbox(item); // it is refused again after a restart, which then says why
    const auto told = item;           // a listener may discard it
    Q_EMIT changed(told);
    Q_EMIT refused(told);
    pump(); // those behind it
}

void Outbox::drop(const Items::iterator& item) {
    // When the disk does not take the removal, the same uuid is sent again after a restart and the server knows it.
    (void)m_store.removeOutbox(item->id);
    if (!item->file.isEmpty())
        QFile::remove(item->file);
    m_transfers.erase(item->uuid);
    m_items.erase(item);
}

void Outbox::retry(const base::Uuid& uuid) {
    const auto item = find(uuid);
    const bool nothing = item != m_items.end() && item->kind != model::MessageKind::Text && item->file.isEmpty();
    if (item == m_items.end() || !item->error || nothing)
        return;
    item->error.reset();
    (void)m_store.updateOutbox(*item);
    Q_EMIT changed(*item);
    pump();
}

void Outbox::discard(const base::Uuid& uuid) {
    const auto item = find(uuid);
    if (item == m_items.end())
        return;
    const auto session = item->session;
    const QPointer<api::Transfer> transfer = m_transfers[uuid];
    drop(item);
    if (transfer)
        transfer->cancel();
    Q_EMIT removed(session, uuid);
    pump();
}

void Outbox::confirm(model::SessionId session, const base::Uuid& uuid) {
    const auto item = find(uuid);
    if (item == m_items.end() || item->session != session)
        return;
    drop(item);
    Q_EMIT removed(session, uuid);
    pump();
}

} // namespace cb::sync
