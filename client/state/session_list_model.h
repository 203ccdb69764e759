#pragma once

#include "client/state/session_item.h"

#include <QtCore/QAbstractListModel>

#include <vector>

namespace cb::state {

/// The session list: RINGING, OPEN, WRAP-UP. Rows move by themselves; times come as QDateTime (invalid = none) so that
/// a view counts with its own tick and the server's clock (WorkbenchState::serverNow). Qt::AccessibleTextRole is the
/// whole row in words.
class SessionListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        SessionIdRole = Qt::UserRole + 1, ///< qint64
        OfferIdRole,                      ///< qint64; 0 unless ringing
        SectionRole,                      ///< Section as int
        NameRole,                         ///< QString, also Qt::DisplayRole
        PreviewRole,                      ///< QString, the last line in words: [Picture], [File] and its name
        PreviewSideRole,                  ///< model::Side as int
        PreviewAtRole,                    ///< QDateTime
        ChannelKindRole,                  ///< model::ChannelKind as int
        ChannelNameRole,                  ///< QString
        GroupNameRole,                    ///< QString
        ModeRole,                         ///< model::Mode as int
        UnreadRole,                       ///< int
        WaitsSinceRole,                   ///< QDateTime
        OfferedAtRole,                    ///< QDateTime
        ExpiresAtRole,                    ///< QDateTime
        OnlineRole,                       ///< bool: the customer's page is open, or they are on the telephone
        TypingRole,                       ///< bool
        FlowPathRole,                     ///< QString
        LastAgentRole,                    ///< QString: who had it before
        DeclinedAtRole,                   ///< QDateTime: this agent declined it before
        CustomerIdRole,                   ///< qint64
        CallSinceRole                     ///< QDateTime: a call that is with the agent, since both hear each other
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    int rowOf(model::SessionId session) const; ///< -1 when it is not here
    int rowOf(model::OfferId offer) const;
    const SessionItem* find(model::SessionId session) const; ///< valid until the next change
    const SessionItem* find(model::OfferId offer) const;
    const SessionItem& at(int row) const { return m_items[static_cast<std::size_t>(row)]; }
    int count(Section section) const;
    int unread() const; ///< over all

    /// Adds or changes the row of the item's session, moving it where it belongs.
    void put(const SessionItem& item);
    void remove(model::SessionId session);
    /// Everything anew, with as few changes as needed: rows that stay keep their identity.
    void replace(std::vector<SessionItem> items);

Q_SIGNALS:
    void countsChanged(); ///< of a section, or of unread messages

private:
    std::vector<SessionItem> m_items;
};

} // namespace cb::state
