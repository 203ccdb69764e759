#include "client/state/transcript_model.h"

#include "client/bridge/convert.h"

#include <algorithm>

namespace cb::state {

namespace {

constexpr int kPage = 50;

bool earlier(const wire::MessageView& view, model::Seq seq) {
    return view.message.seq < seq;
}

} // namespace

wire::MessageView sentMessage(const sync::OutboxItem& item, const wire::Sent& sent, model::AgentId me) {
    wire::MessageView view;
    view.message.session = item.session;
    view.message.seq = sent.seq;
    view.message.uuid = item.uuid;
    view.message.side = model::Side::Agent;
    view.message.agent = me;
    view.message.kind = item.kind;
    view.message.text = bridge::toStd(item.text);
    view.message.at = sent.at;
    view.attachment = item.attachment;
    if (item.attachment)
        view.message.attachment = item.attachment->id;
    return view;
}

TranscriptModel::TranscriptModel(model::SessionId session, Sources sources, QObject* parent)
    : QAbstractListModel(parent)
    , m_session(session)
    , m_sources(std::move(sources))
    , m_waiting(m_sources.outbox.of(session)) {
    auto* outbox = &m_sources.outbox;
    const auto ours = [this](const sync::OutboxItem& item) { return item.session == m_session; };
    connect(outbox, &sync::Outbox::added, this, [this, ours](const sync::OutboxItem& item) {
        if (ours(item))
            onAdded(item);
    });
    connect(outbox, &sync::Outbox::changed, this, [this, ours](const sync::OutboxItem& item) {
        if (ours(item))
            onChanged(item);
    });
    connect(outbox, &sync::Outbox::sent, this, [this, ours](const sync::OutboxItem& item, const wire::Sent& sent) {
        if (ours(item))
            onSent(item, sent);
    });
    connect(outbox, &sync::Outbox::removed, this, [this](model::SessionId of, const base::Uuid& uuid) {
        if (of == m_session)
            onRemoved(uuid);
    });
}

int TranscriptModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_messages.size() + m_waiting.size());
}

const wire::MessageView* TranscriptModel::message(int row) const {
    return row >= 0 && row < static_cast<int>(m_messages.size()) ? &m_messages[static_cast<std::size_t>(row)] : nullptr;
}

base::Uuid TranscriptModel::waiting(int row) const {
    const int place = row - static_cast<int>(m_messages.size());
    return place >= 0 && place < static_cast<int>(m_waiting.size()) ? m_waiting[static_cast<std::size_t>(place)].uuid
                                                                    : base::Uuid{};
}

int TranscriptModel::unreadAfter(model::Seq read) const {
    int count = 0;
    for (auto view = m_messages.rbegin(); view != m_messages.rend() && view->message.seq > read; ++view)
        if (view->message.side == model::Side::Customer)
            ++count;
    return count;
}

// ---- loading -----------------------------------------------------------------------------------------------------

void TranscriptModel::load() {
    if (!m_loaded) {
        m_loaded = true;
        auto cached = m_sources.store.transcript(m_session);
        for (const auto& view : cached.messages)
            insert(view);
        m_whole = m_live && cached.whole;
        m_staleUpTo = lastSeq();
        setAtStart(cached.atStart);
    }
    if (!m_whole)
        fetchNewest();
}

void TranscriptModel::setLive(bool live) {
    if (m_live == live)
        return;
    m_live = live;
    if (live && m_loaded)
        refresh();
    else if (!live)
        m_whole = false;
}

void TranscriptModel::refresh() {
    m_whole = false;
    m_staleUpTo = lastSeq();
    if (m_loaded)
        fetchNewest();
}

void TranscriptModel::fetchNewest() {
    if (m_loading)
        return;
    setLoading(true);
    m_sources.rest.messages(m_session, {0, 0, kPage}, this, [this](base::Result<wire::MessagePage> page) {
        setLoading(false);
        if (page)
            takeNewest(*page);
        else
            Q_EMIT failed(page.error());
    });
}

void TranscriptModel::takeNewest(const wire::MessagePage& page) {
    const auto first = page.messages.empty() ? 0 : page.messages.front().message.seq;
    // What stood here before and does not reach the page may be followed by a hole: it goes, and comes back by paging.
    const bool hole = first != 0 && m_staleUpTo < first;
    if (hole && !m_messages.empty() && m_messages.front().message.seq < first) {
        const auto end = std::lower_bound(m_messages.begin(), m_messages.end(), first, earlier);
        beginRemoveRows({}, 0, static_cast<int>(end - m_messages.begin()) - 1);
        for (auto view = m_messages.begin(); view != end; ++view)
            m_uuids.erase(view->message.uuid);
        m_messages.erase(m_messages.begin(), end);
        endRemoveRows();
    }
    for (const auto& view : page.messages)
        insert(view);
    if (hole || m_staleUpTo == 0)
        setAtStart(!page.more);
    m_whole = true;
    m_staleUpTo = 0;
    if (!m_live)
        m_whole = false; // nobody tells us of the next one
    if (auto kept = m_sources.store.setTranscript(m_session, {m_messages.begin(), m_messages.end()}, m_atStart); !kept)
        Q_EMIT failed(kept.error());
    if (!m_live)
        (void)m_sources.store.leave(m_session);
}

void TranscriptModel::loadOlder() {
    if (m_loading || !olderAvailable())
        return;
    setLoading(true);
    const auto before = m_messages.front().message.seq;
    m_sources.rest.messages(m_session, {before, 0, kPage}, this, [this, before](base::Result<wire::MessagePage> page) {
        setLoading(false);
        if (!page)
            Q_EMIT failed(page.error());
        else if (!m_messages.empty() && m_messages.front().message.seq == before)
            takeOlder(*page);
    });
}

void TranscriptModel::takeOlder(const wire::MessagePage& page) {
    std::vector<wire::MessageView> older;
    for (const auto& view : page.messages)
        if (view.message.seq < m_messages.front().message.seq)
            older.push_back(view);
    if (!older.empty()) {
        beginInsertRows({}, 0, static_cast<int>(older.size()) - 1);
        m_messages.insert(m_messages.begin(), older.begin(), older.end());
        for (const auto& view : older)
            m_uuids.insert(view.message.uuid);
        endInsertRows();
    }
    setAtStart(!page.more || older.empty());
    (void)m_sources.store.prepend(m_session, older, m_atStart); // the server has them
}

void TranscriptModel::setAtStart(bool atStart) {
    const bool before = olderAvailable();
    m_atStart = atStart;
    if (olderAvailable() != before)
        Q_EMIT olderAvailableChanged(olderAvailable());
}

void TranscriptModel::setLoading(bool loading) {
    m_loading = loading;
    Q_EMIT loadingChanged(loading);
}

// ---- changes -----------------------------------------------------------------------------------------------------

bool TranscriptModel::insert(const wire::MessageView& view) {
    const auto seq = view.message.seq;
    const auto place = std::lower_bound(m_messages.begin(), m_messages.end(), seq, earlier);
    if (place != m_messages.end() && place->message.seq == seq)
        return false;
    const int row = static_cast<int>(place - m_messages.begin());
    const int waiting = view.message.uuid.isNil() ? -1 : rowOfWaiting(view.message.uuid);
    m_uuids.insert(view.message.uuid);
    if (waiting == row) { // the first of those that wait becomes the last that does not: the row stays
        m_messages.insert(place, view);
        m_waiting.erase(m_waiting.begin());
        changedRow(row);
        return true;
    }
    onRemoved(view.message.uuid);
    beginInsertRows({}, row, row);
    m_messages.insert(m_messages.begin() + row, view);
    endInsertRows();
    return true;
}

void TranscriptModel::add(const wire::MessageView& view) {
    insert(view);
}

void TranscriptModel::setMarks(model::Seq delivered, model::Seq read) {
    const auto from = std::min(m_delivered, m_read);
    if (delivered <= m_delivered && read <= m_read)
        return;
    m_delivered = std::max(m_delivered, delivered);
    m_read = std::max(m_read, read);
    const auto first = std::lower_bound(m_messages.begin(), m_messages.end(), from, earlier);
    if (first != m_messages.end())
        Q_EMIT dataChanged(index(static_cast<int>(first - m_messages.begin())),
                           index(static_cast<int>(m_messages.size()) - 1), {DeliveryRole});
}

void TranscriptModel::setCustomerName(const QString& name) {
    if (m_customerName == name)
        return;
    m_customerName = name;
    if (!m_messages.empty())
        Q_EMIT dataChanged(index(0), index(static_cast<int>(m_messages.size()) - 1), {AuthorRole});
}

int TranscriptModel::rowOfWaiting(const base::Uuid& uuid) const {
    const auto found =
        std::find_if(m_waiting.begin(), m_waiting.end(), [&uuid](const auto& item) { return item.uuid == uuid; });
    return found == m_waiting.end() ? -1
                                    : static_cast<int>(m_messages.size()) + static_cast<int>(found - m_waiting.begin());
}

void TranscriptModel::onAdded(const sync::OutboxItem& item) {
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_waiting.push_back(item);
    endInsertRows();
}

void TranscriptModel::onChanged(const sync::OutboxItem& item) {
    const int row = rowOfWaiting(item.uuid);
    if (row < 0)
        return;
    m_waiting[static_cast<std::size_t>(row) - m_messages.size()] = item;
    changedRow(row);
}

void TranscriptModel::onRemoved(const base::Uuid& uuid) {
    const int row = rowOfWaiting(uuid);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_waiting.erase(m_waiting.begin() + (row - static_cast<int>(m_messages.size())));
    endRemoveRows();
}

void TranscriptModel::onSent(const sync::OutboxItem& item, const wire::Sent& sent) {
    if (auto* picture = item.attachment ? m_sources.pictures.take(-item.id) : nullptr) // not decoded once more
        m_sources.pictures.insert(item.attachment->id.value, picture, static_cast<int>(picture->sizeInBytes() / 1024));
    if (m_uuids.contains(item.uuid))
        onRemoved(item.uuid);
    else
        insert(sentMessage(item, sent, m_sources.me));
}

void TranscriptModel::changedRow(int row) {
    Q_EMIT dataChanged(index(row), index(row));
}

} // namespace cb::state
