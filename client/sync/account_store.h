#pragma once

#include "client/sync/local_store.h"
#include "shared/base/error.h"
#include "shared/wire/objects.h"

#include <map>
#include <optional>
#include <vector>

namespace cb::sync {

/// A message on its way out.
struct OutboxItem {
    qint64 id = 0; ///< rising: the order of sending
    model::SessionId session;
    base::Uuid uuid;
    model::MessageKind kind = model::MessageKind::Text;
    QString text;                                ///< of a picture or file: its name
    QString file;                                ///< our copy of what is to be uploaded
    std::optional<model::Attachment> attachment; ///< once uploaded
    base::TimePoint at{};                        ///< when it was typed
    std::optional<base::Error> error;            ///< refused: waits for retry or discard
    bool sending = false;                        ///< not stored
    int percent = -1;                            ///< of the upload, not stored
};

/// A cached conversation: a stretch without holes up to its newest message.
struct CachedTranscript {
    std::vector<wire::MessageView> messages; ///< oldest first
    bool whole = false;   ///< no hole before the present cursor; else only worth showing until the server answers
    bool atStart = false; ///< nothing is older
};

/// A conversation this agent had.
struct PastSession {
    model::SessionId session;
    model::CustomerId customer;
    QString name; ///< the customer's, as it was last
    QString group;
    base::TimePoint at{}; ///< when it began

    bool operator==(const PastSession&) const = default;
};

/// One account's part of the local file. Same thread and errors as LocalStore. Reading that fails gives nothing: the
/// server has it.
class AccountStore {
public:
    AccountStore(LocalStore& store, qint64 account)
        : m_store(store)
        , m_account(account) {}

    model::Seq cursor();

    QString draft(model::SessionId session);
    /// Empty text removes it.
    base::Result<void> setDraft(model::SessionId session, const QString& text);

    /// What the server said last, for a start without it: a body as on the wire, by a name of the caller's. Empty:
    /// none.
    std::string kept(const QString& name);
    base::Result<void> keep(const QString& name, const std::string& json);

    std::vector<OutboxItem> outbox();
    base::Result<qint64> addOutbox(const OutboxItem& item);
    base::Result<void> updateOutbox(const OutboxItem& item); ///< attachment and error
    base::Result<void> removeOutbox(qint64 id);

    /// Newest first.
    std::vector<PastSession> past(int most = 500);
    /// Adds them or replaces what is known of them; all or none, in one write.
    base::Result<void> notePast(const std::vector<PastSession>& sessions);

    CachedTranscript transcript(model::SessionId session);
    /// Messages (of any sessions) and the cursor that includes them, together.
    base::Result<void> addMessages(const std::vector<wire::MessageView>& messages, model::Seq cursor);
    /// What the server said the session's conversation is: replaces the cached one. `atStart`: nothing is older.
    base::Result<void> setTranscript(model::SessionId session, const std::vector<wire::MessageView>& messages,
                                     bool atStart);
    /// An older page.
    base::Result<void> prepend(model::SessionId session, const std::vector<wire::MessageView>& messages, bool atStart);
    /// From now on we do not hear of new messages of this session.
    base::Result<void> leave(model::SessionId session);
    /// The same of all but these. With none: there may be a hole in every one.
    base::Result<void> leaveOthers(const std::vector<model::SessionId>& live);
    /// The customer was erased: their name goes, and the conversations of these sessions and of those known by it.
    base::Result<void> forget(model::CustomerId customer, const std::vector<model::SessionId>& sessions);
    /// Keeps the `keep` transcripts used last, and kKeepPast conversations by name.
    base::Result<void> prune(int keep = 200);

    static constexpr int kKeepPast = 1000;

private:
    base::Result<void> insert(const wire::MessageView& message);
    base::Result<void> mark(model::SessionId session, bool whole, bool atStart);
    base::Result<void> run(const QString& sql, const QVariantList& values);

    LocalStore& m_store;
    qint64 m_account;
};

} // namespace cb::sync
