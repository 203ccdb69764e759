#include "client/state/session_list_model.h"

#include "client/bridge/convert.h"
#include "client/bridge/words.h"

#include <QtCore/QLocale>

#include <algorithm>

namespace cb::state {

using bridge::toQt;

namespace {

bool isPhone(const model::SessionView& view) {
    return view.session.mode == model::Mode::Phone;
}

/// What a call does now, or how it ended.
QString lineOfCall(const model::CallView& call) {
    const bool out = call.direction == model::CallDirection::Out;
    if (!call.cause.empty())
        return bridge::callCause(call.cause);
    if (out && call.connectedAt == base::TimePoint{})
        return SessionListModel::tr("Calling…");
    if (call.held)
        return SessionListModel::tr("On hold");
    return out ? SessionListModel::tr("Outgoing call") : SessionListModel::tr("Incoming call");
}

QString previewOf(const model::SessionView& view) {
    QString text = toQt(view.preview);
    if (isPhone(view))
        return view.call ? lineOfCall(*view.call) : QString();
    if (view.previewKind == model::MessageKind::Picture)
        return SessionListModel::tr("[Picture]");
    if (view.previewKind == model::MessageKind::File)
        return text.isEmpty() ? SessionListModel::tr("[File]") : SessionListModel::tr("[File] %1").arg(text);
    return text;
}

/// The row for those who hear it. Times are points in time: nothing has to count while it is read out.
QString spoken(const SessionItem& item) {
    const auto& view = item.view;
    const auto time = [](base::TimePoint at) {
        return QLocale().toString(toQt(at).toLocalTime().time(), QLocale::ShortFormat);
    };
    constexpr model::SessionState states[] = {model::SessionState::Offered, model::SessionState::Open,
                                              model::SessionState::WrapUp};
    QStringList parts{toQt(view.customerName), bridge::word(view.channelKind), toQt(view.groupName),
                      bridge::word(states[static_cast<std::size_t>(item.section)])};
    if (item.waitsSince() != base::TimePoint{})
        parts << SessionListModel::tr("waiting since %1").arg(time(item.waitsSince()));
    if (item.declinedAt != base::TimePoint{})
        parts << SessionListModel::tr("you declined it at %1").arg(time(item.declinedAt));
    if (view.unread > 0)
        parts << SessionListModel::tr("%n unread", nullptr, view.unread);
    if (item.section == Section::Open && !view.customerOnline && !isPhone(view))
        parts << SessionListModel::tr("has left the page");
    parts << (item.customerTyping ? SessionListModel::tr("is typing") : previewOf(view));
    parts.removeAll({});
    return parts.join(QStringLiteral(", "));
}

} // namespace

int SessionListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant SessionListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto& item = at(index.row());
    const auto& view = item.view;
    switch (role) {
    case SessionIdRole:
        return static_cast<qint64>(item.id().value);
    case OfferIdRole:
        return static_cast<qint64>(item.offer.value);
    case SectionRole:
        return static_cast<int>(item.section);
    case Qt::DisplayRole:
    case NameRole:
        return toQt(view.customerName);
    case PreviewRole:
        return previewOf(view);
    case PreviewSideRole:
        return static_cast<int>(view.previewSide);
    case PreviewAtRole:
        return toQt(view.previewAt);
    case ChannelKindRole:
        return static_cast<int>(view.channelKind);
    case ChannelNameRole:
        return toQt(view.channelName);
    case GroupNameRole:
        return toQt(view.groupName);
    case ModeRole:
        return static_cast<int>(view.session.mode);
    case UnreadRole:
        return view.unread;
    case WaitsSinceRole:
        return toQt(item.waitsSince());
    case OfferedAtRole:
        return toQt(item.offeredAt);
    case ExpiresAtRole:
        return toQt(item.offerExpires);
    case OnlineRole:
        return view.customerOnline || (isPhone(view) && item.section != Section::WrapUp);
    case TypingRole:
        return item.customerTyping;
    case FlowPathRole:
        return toQt(view.session.flowPath);
    case LastAgentRole:
        return toQt(view.lastAgentName);
    case DeclinedAtRole:
        return toQt(item.declinedAt);
    case CustomerIdRole:
        return static_cast<qint64>(view.session.customer.value);
    case CallSinceRole:
        return view.call && item.section == Section::Open ? toQt(view.call->connectedAt) : QDateTime();
    case Qt::AccessibleTextRole:
        return spoken(item);
    default:
        return {};
    }
}

QHash<int, QByteArray> SessionListModel::roleNames() const {
    return {{SessionIdRole, "session"},
            {OfferIdRole, "offer"},
            {SectionRole, "section"},
            {NameRole, "name"},
            {PreviewRole, "preview"},
            {PreviewSideRole, "previewSide"},
            {PreviewAtRole, "previewAt"},
            {ChannelKindRole, "channelKind"},
            {ChannelNameRole, "channel"},
            {GroupNameRole, "group"},
            {ModeRole, "mode"},
            {UnreadRole, "unread"},
            {WaitsSinceRole, "waitsSince"},
            {OfferedAtRole, "offeredAt"},
            {ExpiresAtRole, "expiresAt"},
            {OnlineRole, "online"},
            {TypingRole, "typing"},
            {FlowPathRole, "flowPath"},
            {LastAgentRole, "lastAgent"},
            {DeclinedAtRole, "declinedAt"},
            {CustomerIdRole, "customer"},
            {CallSinceRole, "callSince"}};
}

int SessionListModel::rowOf(model::SessionId session) const {
    const auto found =
        std::find_if(m_items.begin(), m_items.end(), [session](const auto& item) { return item.id() == session; });
    return found == m_items.end() ? -1 : static_cast<int>(found - m_items.begin());
}

int SessionListModel::rowOf(model::OfferId offer) const {
    const auto found = std::find_if(m_items.begin(), m_items.end(), [offer](const auto& item) {
        return item.section == Section::Ringing && item.offer == offer;
    });
    return found == m_items.end() ? -1 : static_cast<int>(found - m_items.begin());
}

const SessionItem* SessionListModel::find(model::SessionId session) const {
    const int row = rowOf(session);
    return row < 0 ? nullptr : &at(row);
}

const SessionItem* SessionListModel::find(model::OfferId offer) const {
    const int row = rowOf(offer);
    return row < 0 ? nullptr : &at(row);
}

int SessionListModel::count(Section section) const {
    return static_cast<int>(
        std::count_if(m_items.begin(), m_items.end(), [section](const auto& item) { return item.section == section; }));
}

int SessionListModel::unread() const {
    int sum = 0;
    for (const auto& item : m_items)
        sum += item.view.unread;
    return sum;
}

void SessionListModel::put(const SessionItem& item) {
    const int from = rowOf(item.id());
    // Where it belongs among the others.
    int to = 0;
    for (int row = 0; row < rowCount(); ++row)
        if (row != from && comesBefore(at(row), item))
            ++to;
    if (from < 0) {
        beginInsertRows({}, to, to);
        m_items.insert(m_items.begin() + to, item);
        endInsertRows();
    } else {
        if (at(from) == item)
            return;
        if (from != to) {
            beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
            const auto kept = m_items[static_cast<std::size_t>(from)];
            m_items.erase(m_items.begin() + from);
            m_items.insert(m_items.begin() + to, kept);
            endMoveRows();
        }
        m_items[static_cast<std::size_t>(to)] = item;
        Q_EMIT dataChanged(index(to), index(to));
    }
    Q_EMIT countsChanged();
}

void SessionListModel::remove(model::SessionId session) {
    const int row = rowOf(session);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_items.erase(m_items.begin() + row);
    endRemoveRows();
    Q_EMIT countsChanged();
}

void SessionListModel::replace(std::vector<SessionItem> items) {
    const auto gone = [&items](const SessionItem& present) {
        return std::none_of(items.begin(), items.end(), [&](const auto& item) { return item.id() == present.id(); });
    };
    for (int row = rowCount() - 1; row >= 0; --row)
        if (gone(at(row)))
            remove(at(row).id());
    for (const auto& item : items)
        put(item);
}

} // namespace cb::state
