#pragma once

#include "client/api/rest_client.h"

#include <QtCore/QAbstractListModel>

#include <vector>

namespace cb::state {

/// Earlier conversations of one customer, newest first, page by page (canFetchMore / fetchMore).
class CustomerHistory : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        SessionIdRole = Qt::UserRole + 1, ///< qint64
        ModeRole,                         ///< model::Mode as int
        StartedAtRole,                    ///< QDateTime
        EndedAtRole,                      ///< QDateTime; invalid: still open
        AgentNameRole,
        GroupNameRole,
        EndReasonRole, ///< QString, a sentence
        PreviewRole,   ///< also Qt::DisplayRole
        CategoryRole,
        NoteRole
    };
    Q_ENUM(Role)

    explicit CustomerHistory(api::RestClient& rest, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    /// Shows this customer's; `except` (the present session) is left out.
    void show(model::CustomerId customer, model::SessionId except);
    model::CustomerId customer() const { return m_customer; }
    bool isLoading() const { return m_loading; }
    void reload();
    void retry(); ///< when the last page could not be had

Q_SIGNALS:
    void loadingChanged(bool loading);
    void failed(const cb::base::Error& error);

private:
    void fetch();
    void setLoading(bool loading);

    api::RestClient& m_rest;
    model::CustomerId m_customer;
    model::SessionId m_except;
    model::SessionId m_oldest; ///< of those fetched
    std::vector<wire::SessionSummary> m_sessions;
    bool m_more = false;
    bool m_loading = false;
    bool m_failed = false;
    std::uint64_t m_generation = 0; ///< answers to questions about another customer are dropped
};

} // namespace cb::state
