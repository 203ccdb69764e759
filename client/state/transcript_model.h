#pragma once

#include "client/api/attachment_cache.h"
#include "client/sync/outbox.h"

#include <QtCore/QAbstractListModel>
#include <QtCore/QCache>
#include <QtGui/QImage>

#include <deque>
#include <functional>
#include <set>

namespace cb::state {

/// The message that one of ours became.
wire::MessageView sentMessage(const sync::OutboxItem& item, const wire::Sent& sent, model::AgentId me);

/// One conversation, oldest first: what the server has, then what still waits in the outbox. Older pages come in at the
/// front when asked for. The roles' numbers and values are those of client/widgets/transcript/transcript_roles.h (a
/// test holds both together; this room may not include it).
class TranscriptModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        KindRole = Qt::UserRole + 100, ///< Kind
        SideRole,                      ///< Who
        AuthorRole,                    ///< QString
        TextRole,                      ///< QString
        TimeRole,                      ///< QDateTime
        DeliveryRole,                  ///< Delivery
        ErrorRole,                     ///< QString, a sentence
        PictureRole,                   ///< QImage; null until wantPicture() has been answered
        PictureSizeRole,               ///< QSize
        ProgressRole,                  ///< int 0…100, or -1
        FileNameRole,                  ///< QString
        FileSizeRole,                  ///< qint64
        RetryRole,                     ///< bool: a failed one may succeed when it is sent again
        SeqRole,                       ///< qint64; 0 = not on the server yet
        UuidRole                       ///< QString
    };
    enum class Kind { Text, Picture, File, System, Note };
    enum class Who { Customer, Agent, Flow };
    enum class Delivery { None, Sending, Sent, Delivered, Read, Failed };

    struct Sources {
        sync::AccountStore& store;
        sync::Outbox& outbox;
        api::RestClient& rest;
        api::AttachmentCache& files;
        model::AgentId me;
        std::function<QString(model::AgentId)> agentName; ///< of a colleague or oneself; empty: not known
        /// Decoded, of all conversations together, by attachment, or minus the outbox's number. Costs are KiB.
        QCache<qint64, QImage>& pictures;
    };

    TranscriptModel(model::SessionId session, Sources sources, QObject* parent = nullptr);

    model::SessionId session() const { return m_session; }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// Shows what is cached and asks the server for what may be missing. Further calls do nothing while it is whole.
    void load();
    bool isLoading() const { return m_loading; }
    bool olderAvailable() const { return !m_atStart && !m_messages.empty(); }
    void loadOlder(); ///< one page more at the front; nothing when one is under way
    /// Ours: every new message is added. Only then what was loaded stays whole. Becoming ours asks the server anew.
    void setLive(bool live);
    /// Messages may have been missed: ask again from the newest, now when it was loaded, else on load().
    void refresh();

    /// A message the server told of. Known ones are ignored.
    void add(const wire::MessageView& message);
    /// The customer's marks.
    void setMarks(model::Seq delivered, model::Seq read);

    model::Seq lastSeq() const { return m_messages.empty() ? 0 : m_messages.back().message.seq; }
    /// The message of a row; nullptr for one that waits in the outbox.
    const wire::MessageView* message(int row) const;
    /// The outbox's name for a row that waits there; nil otherwise.
    base::Uuid waiting(int row) const;
    /// Customer messages after this seq, of those loaded.
    int unreadAfter(model::Seq read) const;

    void wantPicture(int row); ///< the view saw a row without its picture
    void setCustomerName(const QString& name);

Q_SIGNALS:
    void loadingChanged(bool loading);
    void olderAvailableChanged(bool available);
    /// Loading failed; what is shown may be incomplete. load() or loadOlder() tries again.
    void failed(const cb::base::Error& error);

private:
    QVariant messageData(const wire::MessageView& view, int role) const;
    QVariant waitingData(const sync::OutboxItem& item, int role) const;
    Delivery deliveryOf(const model::Message& message) const;
    QString authorOf(const wire::MessageView& view) const;
    QString spoken(const QModelIndex& index) const;
    QVariant pictureOf(const std::optional<model::Attachment>& attachment) const;
    void fetchNewest();
    void takeNewest(const wire::MessagePage& page);
    void takeOlder(const wire::MessagePage& page);
    bool insert(const wire::MessageView& message);
    void setAtStart(bool atStart);
    void setLoading(bool loading);
    void wantWaiting(std::size_t place);
    void decode(qint64 key, const QString& path);
    void pictureReady(qint64 key);
    int rowOfWaiting(const base::Uuid& uuid) const;
    void onAdded(const sync::OutboxItem& item);
    void onChanged(const sync::OutboxItem& item);
    void onRemoved(const base::Uuid& uuid);
    void onSent(const sync::OutboxItem& item, const wire::Sent& sent);
    void changedRow(int row);

    model::SessionId m_session;
    Sources m_sources;
    QString m_customerName;
    std::deque<wire::MessageView> m_messages; ///< by seq
    std::vector<sync::OutboxItem> m_waiting;  ///< in order
    std::set<base::Uuid> m_uuids;             ///< of m_messages
    model::Seq m_delivered = 0;
    model::Seq m_read = 0;
    bool m_live = false;
    bool m_loaded = false; ///< the cache was read
    bool m_whole = false;  ///< no hole up to now
    bool m_atStart = false;
    bool m_loading = false;
    model::Seq m_staleUpTo = 0; ///< newest row that was here before a hole may have begun
    std::set<qint64> m_wanted;  ///< keys of pictures under way
};

} // namespace cb::state
