#include "client/state/customer_history.h"

#include "client/bridge/convert.h"
#include "client/bridge/words.h"

namespace cb::state {

namespace {

constexpr int kPage = 30;

} // namespace

CustomerHistory::CustomerHistory(api::RestClient& rest, QObject* parent)
    : QAbstractListModel(parent)
    , m_rest(rest) {}

int CustomerHistory::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_sessions.size());
}

QVariant CustomerHistory::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto& session = m_sessions[static_cast<std::size_t>(index.row())];
    switch (role) {
    case SessionIdRole:
        return static_cast<qint64>(session.id.value);
    case ModeRole:
        return static_cast<int>(session.mode);
    case StartedAtRole:
        return bridge::toQt(session.startedAt);
    case EndedAtRole:
        return bridge::toQt(session.endedAt);
    case AgentNameRole:
        return bridge::toQt(session.agentName);
    case GroupNameRole:
        return bridge::toQt(session.groupName);
    case EndReasonRole:
        return bridge::sentence(session.endReason);
    case Qt::DisplayRole:
    case PreviewRole:
        return bridge::toQt(session.preview);
    case CategoryRole:
        return bridge::toQt(session.wrapUp.category);
    case NoteRole:
        return bridge::toQt(session.wrapUp.note);
    default:
        return {};
    }
}

QHash<int, QByteArray> CustomerHistory::roleNames() const {
    return {{SessionIdRole, "session"}, {ModeRole, "mode"},           {StartedAtRole, "startedAt"},
            {EndedAtRole, "endedAt"},   {AgentNameRole, "agentName"}, {GroupNameRole, "groupName"},
            {EndReasonRole, "reason"},  {PreviewRole, "preview"},     {CategoryRole, "category"},
            {NoteRole, "note"}};
}

bool CustomerHistory::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && m_more && !m_loading;
}

void CustomerHistory::fetchMore(const QModelIndex& parent) {
    if (canFetchMore(parent))
        fetch();
}

void CustomerHistory::show(model::CustomerId customer, model::SessionId except) {
    if (customer == m_customer && except == m_except)
        return;
    m_customer = customer;
    m_except = except;
    reload();
}

void CustomerHistory::reload() {
    ++m_generation;
    beginResetModel();
    m_sessions.clear();
    m_oldest = {};
    m_more = false;
    endResetModel();
    setLoading(false);
    if (m_customer)
        fetch();
}

void CustomerHistory::retry() {
    if (m_failed && !m_loading && m_customer)
        fetch();
}

void CustomerHistory::fetch() {
    m_failed = false;
    setLoading(true);
    m_rest.customerSessions(m_customer, m_oldest, kPage, this,
                            [this, generation = m_generation](base::Result<wire::SessionPage> page) {
                                if (generation != m_generation)
                                    return;
                                setLoading(false);
                                if (!page) {
                                    m_failed = true;
                                    return void(Q_EMIT failed(page.error()));
                                }
                                std::vector<wire::SessionSummary> shown;
                                for (auto& session : page->sessions) {
                                    m_oldest = session.id;
                                    if (session.id != m_except)
                                        shown.push_back(std::move(session));
                                }
                                m_more = page->more && !page->sessions.empty();
                                if (shown.empty())
                                    return;
                                beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(shown.size()) - 1);
                                m_sessions.insert(m_sessions.end(), shown.begin(), shown.end());
                                endInsertRows();
                            });
}

void CustomerHistory::setLoading(bool loading) {
    if (m_loading == loading)
        return;
    m_loading = loading;
    Q_EMIT loadingChanged(loading);
}

} // namespace cb::state
