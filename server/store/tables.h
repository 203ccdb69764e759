#pragma once

#include "server/store/batch.h"
#include "server/store/readers.h"
#include "server/store/records.h"
#include "shared/base/result.h"

#include <memory>
#include <string_view>

namespace cb::store {

/// The write side inside a transaction of the Writer; what a Writer::Job is handed. Valid only while the job runs, on
/// the writer's thread. `put` inserts or replaces by id; `insert` only inserts.
///
/// Errors: `already_exists` (conflict; params.table) when a unique value is taken, `reference_missing` (conflict) when
/// a row that is named does not exist, `storage_unavailable` (retry) when the storage failed: then the whole group
/// fails, whatever the job returns.
class Tables {
public:
    base::Result<void> put(const model::Instance& row);
    base::Result<void> put(const model::Group& row);
    base::Result<void> put(const model::Agent& row); ///< with memberships
    base::Result<void> put(const model::Channel& row);
    base::Result<void> put(const model::Customer& row);
    base::Result<void> put(const model::QuickReply& row);
    base::Result<void> put(const FlowRow& row); ///< the flow's name, mode and published, and this version's json
    base::Result<void> insert(const model::Attachment& row);
    /// Its row; the file is the caller's. Only for one that Attachments::isOrphan.
    base::Result<void> remove(model::AttachmentId id);

    base::Result<void> put(const Credential& row);
    base::Result<void> insert(const Token& row);
    base::Result<void> put(const TrunkRow& row);
    base::Result<void> put(const model::PhoneNumber& row); ///< by its channel, which must be there
    base::Result<void> put(const model::Audio& row);
    base::Result<void> put(const model::Call& row); ///< by its session, which must be there
    base::Result<void> putOperatorSetting(std::string_view name, std::string_view value);
    /// True when there was a live one, which is now revoked: of two that use a one-time token at once, one gets true.
    base::Result<bool> revokeToken(std::string_view hash);
    /// All of this agent, but the one with `exceptHash`. Returns their hashes, so that open connections can be told.
    base::Result<std::vector<std::string>> revokeTokensOf(model::AgentId agent, std::string_view exceptHash = {});
    /// Rows that can be of no use any more. Returns how many went.
    base::Result<std::int64_t> removeTokensExpiredBefore(base::TimePoint time);

    /// One small step of removing what the messages, files and forms of an erased customer say: of the sessions above
    /// `after` (0 at first), at most `most` rows, each session counting as one. Added to `files` is what lost its row
    /// and is to be deleted. True: nothing is left. Once the last step is committed Database::scrub.
    base::Result<bool> eraseSome(model::CustomerId customer, model::SessionId& after, std::size_t most,
                                 LostFiles& files);
    /// One small step of removing a completed session with all that hangs on it. True: it is gone.
    base::Result<bool> removeSome(model::SessionId session, std::size_t most, LostFiles& files);
    /// Events of no session below `before`, but what admins did: at most `most`. Returns how many went.
    base::Result<std::int64_t> removeOldEvents(model::InstanceId instance, model::Seq before, std::size_t most);
    /// The search index knows the customer by this name.
    base::Result<void> nameIndexed(model::CustomerId customer, std::string_view name);
    /// A new letter, or all of an old one. The commit tells Writer::onMails.
    base::Result<void> put(const Mail& row);
    /// What became of an attempt: body, attempts, dueAt, sentAt and error of a letter that was not sent before. Tells
    /// nobody. False when there is none.
    base::Result<bool> settle(const Mail& row);
    /// Makes a letter that was not sent due at `now`, from its first attempt on; id 0: all that were not sent. Returns
    /// how many. Tells Writer::onMails.
    base::Result<std::int64_t> retryMails(std::int64_t id, base::TimePoint now);
    /// Letters that were sent or given up and are older. Returns how many went.
    base::Result<std::int64_t> removeMailsBefore(base::TimePoint time);

    /// A whole batch, as Writer::submit would do: to set up an instance before any desk has loaded it. The events'
    /// sequence numbers belong to the desk once it has.
    base::Result<void> apply(const Batch& batch);

    /// Reading inside the transaction: sees what was written before in it.
    Directory directory();
    Sessions sessions();
    Customers customers();
    Attachments attachments();
    Credentials credentials();
    Mails mails();
    Telephone telephone();
    Calls calls();

    struct Impl;
    explicit Tables(Impl& impl) ///< for the Writer
        : m_impl(&impl) {}
    Tables(const Tables&) = delete;
    Tables& operator=(const Tables&) = delete;

private:
    Impl* m_impl;
};

} // namespace cb::store
