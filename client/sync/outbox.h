#pragma once

#include "client/api/agent_session.h"
#include "client/api/attachment_cache.h"
#include "client/api/rest_client.h"
#include "client/sync/account_store.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <deque>

namespace cb::sync {

/// Messages that were typed and are not yet known to be on the server. Each is on this disk before add…() returns, is
/// sent with the same uuid until the server has it, and leaves when the server's `ok`, or the message itself, has come.
/// In order: of one session one is under way at a time. A refused one stays, with its reason, for retry() or discard();
/// the ones behind it go on. GUI thread.
class Outbox : public QObject {
    Q_OBJECT
public:
    /// All must outlive this. `folder` keeps copies of files that wait.
    Outbox(AccountStore& store, api::AgentSession& session, api::RestClient& rest, api::AttachmentCache& cache,
           QString folder, QObject* parent = nullptr);

    static constexpr std::size_t kCapacity = 500; ///< then add() answers `overloaded`
    static constexpr qsizetype kMaxText = 4000;   ///< characters

    /// Errors: text_empty, text_too_long, overloaded, cache_unavailable — then nothing is kept and the text stays with
    /// the caller.
    base::Result<base::Uuid> addText(model::SessionId session, const QString& text);
    /// Copies the bytes. Errors: also file_unreadable, file_too_large (params.limit).
    base::Result<base::Uuid> addFile(model::SessionId session, model::AttachmentKind kind, const QString& name,
                                     const QByteArray& bytes, qint64 limit);

    /// A file that cannot even be tried: it stands here with its reason, without a copy, until discard(). refused()
    /// tells of it.
    base::Result<base::Uuid> addRefused(model::SessionId session, const QString& name, const base::Error& error);

    std::vector<OutboxItem> of(model::SessionId session) const;
    std::size_t size() const { return m_items.size(); }

    void retry(const base::Uuid& uuid);
    /// Gives one up; an upload under way is cancelled.
    void discard(const base::Uuid& uuid);
    /// A message event named this uuid: the server has it.
    void confirm(model::SessionId session, const base::Uuid& uuid);

Q_SIGNALS:
    void added(const cb::sync::OutboxItem& item);
    void changed(const cb::sync::OutboxItem& item);
    /// Gone from here: now part of the conversation.
    void sent(const cb::sync::OutboxItem& item, const cb::wire::Sent& sent);
    /// Gone from here: discarded, or confirmed by its event.
    void removed(cb::model::SessionId session, const cb::base::Uuid& uuid);
    /// Will not be sent unless retry() is called: item.error says why.
    void refused(const cb::sync::OutboxItem& item);

private:
    using Items = std::deque<OutboxItem>;

    void tidy();
    base::Result<base::Uuid> add(OutboxItem item);
    Items::iterator find(const base::Uuid& uuid);
    void pump();
    bool isHead(const OutboxItem& item) const;
    void upload(OutboxItem& item);
    void send(OutboxItem& item);
    void settle(const base::Uuid& uuid, const base::Result<wire::Sent>& answer);
    void fail(OutboxItem& item, const base::Error& error);
    void drop(const Items::iterator& item);

    AccountStore& m_store;
    api::AgentSession& m_session;
    api::RestClient& m_rest;
    api::AttachmentCache& m_cache;
    QString m_folder;
    Items m_items;
    std::map<base::Uuid, QPointer<api::Transfer>> m_transfers;
    QTimer m_again; ///< after a `retry` answer
    int m_attempts = 0;
};

} // namespace cb::sync
