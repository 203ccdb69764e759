#include "client/state/quick_replies.h"

#include "client/bridge/convert.h"
#include "shared/base/text.h"

#include <algorithm>

namespace cb::state {

namespace {

const QString kKept = QStringLiteral("quick_replies");

} // namespace

QuickReplies::QuickReplies(api::RestClient& rest, sync::AccountStore& store, QObject* parent)
    : QAbstractListModel(parent)
    , m_rest(rest)
    , m_store(store) {
    if (auto kept = wire::decodeBody<wire::QuickReplyList>(m_store.kept(kKept)))
        setAll(std::move(kept->quickReplies));
}

int QuickReplies::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant QuickReplies::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto& reply = m_all[m_shown[static_cast<std::size_t>(index.row())]];
    switch (role) {
    case IdRole:
        return static_cast<qint64>(reply.id.value);
    case Qt::DisplayRole:
    case TitleRole:
        return bridge::toQt(reply.title);
    case TextRole:
        return bridge::toQt(reply.text);
    default:
        return {};
    }
}

QHash<int, QByteArray> QuickReplies::roleNames() const {
    return {{IdRole, "replyId"}, {TitleRole, "title"}, {TextRole, "text"}};
}

void QuickReplies::load() {
    m_rest.quickReplies(this, [this](base::Result<wire::QuickReplyList> answer) {
        if (!answer)
            return void(Q_EMIT failed(answer.error()));
        (void)m_store.keep(kKept, wire::encodeBody(*answer)); // the next start asks again
        setAll(std::move(answer->quickReplies));
    });
}

void QuickReplies::setAll(std::vector<model::QuickReply> replies) {
    beginResetModel();
    m_all = std::move(replies);
    apply();
    endResetModel();
}

void QuickReplies::setFilter(const QString& typed) {
    if (typed == m_filter)
        return;
    beginResetModel();
    m_filter = typed;
    apply();
    endResetModel();
}

void QuickReplies::apply() {
    const auto needle = base::keywordForm(bridge::toStd(m_filter));
    std::vector<std::size_t> others;
    m_shown.clear();
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        const auto title = base::keywordForm(m_all[i].title);
        if (title.rfind(needle, 0) == 0)
            m_shown.push_back(i);
        else if (title.find(needle) != std::string::npos ||
                 base::keywordForm(m_all[i].text).find(needle) != std::string::npos)
            others.push_back(i);
    }
    m_shown.insert(m_shown.end(), others.begin(), others.end());
}

} // namespace cb::state
