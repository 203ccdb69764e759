#pragma once

#include "client/api/rest_client.h"
#include "client/sync/account_store.h"
#include "shared/model/agent.h"

#include <QtCore/QAbstractListModel>

#include <vector>

namespace cb::state {

/// The instance's quick replies（快捷回复）, filtered by what is typed after "/": those whose title begins with it
/// first, then those whose title or text has it; width and case do not matter.
class QuickReplies : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole + 1, TitleRole, TextRole };
    Q_ENUM(Role)

    /// With those of the last time, until load() has its answer.
    QuickReplies(api::RestClient& rest, sync::AccountStore& store, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override; ///< DisplayRole: the title
    QHash<int, QByteArray> roleNames() const override;

    void load(); ///< asks the server; the present ones stay until it answers
    void setAll(std::vector<model::QuickReply> replies);
    void setFilter(const QString& typed);
    QString filter() const { return m_filter; }

Q_SIGNALS:
    void failed(const cb::base::Error& error);

private:
    void apply();

    api::RestClient& m_rest;
    sync::AccountStore& m_store;
    std::vector<model::QuickReply> m_all;
    std::vector<std::size_t> m_shown;
    QString m_filter;
};

} // namespace cb::state
