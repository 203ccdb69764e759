#pragma once

#include "server/media/attachment_store.h"
#include "server/search/indexer.h"
#include "server/store/database.h"
#include "server/store/writer.h"

#include <functional>
#include <vector>

namespace cb::jobs {

/// Removes what erased customers said: messages' text, attachments, recordings and numbers of calls, notes of forms.
/// The customer's own row and the note that this is to be done are the desk's (desk::EraseCustomer). Backups and the
/// copies made before migrations are out of reach: they are the operator's to delete (store::Database::oldCopies). Any
/// thread; blocks.
class Erasure {
public:
    /// Told which attachments are gone, so that nobody goes on naming them; on the caller's thread.
    using FilesGone = std::function<void(const std::vector<model::AttachmentId>&)>;
    /// Told in which instance somebody was erased, once the database has nothing of them: what was written from it
    /// before (exports) may. On the caller's thread.
    using Erased = std::function<void(model::InstanceId)>;

    /// Deletes recordings of calls (model::Call::recording); on the caller's thread.
    using DeleteRecordings = std::function<void(const std::vector<std::string>&)>;

    Erasure(store::Database& database, store::Writer& writer, media::AttachmentStore& attachments,
            store::SearchIndex& index, search::Indexer& indexer, FilesGone filesGone = {}, Erased erased = {},
            DeleteRecordings deleteRecordings = {})
        : m_database(database)
        , m_writer(writer)
        , m_attachments(attachments)
        , m_index(index)
        , m_indexer(indexer)
        , m_filesGone(std::move(filesGone))
        , m_erased(std::move(erased))
        , m_deleteRecordings(std::move(deleteRecordings)) {}

    using Documents = std::vector<store::SearchDocument>;
    /// What finish() will take out of the search index. Before the desk erases: afterwards nobody knows the words.
    base::Result<Documents> remember(model::CustomerId customer) { return m_indexer.documentsOf(customer); }

    /// In small transactions. When it returns, nothing of it is in the database's files any more (SQLite), unless
    /// somebody went on reading an older state all the while. An error of the search index is told when all the rest
    /// is done.
    base::Result<void> finish(model::CustomerId customer, const Documents& documents);
    /// What a killed server left. Returns how many customers.
    base::Result<std::int64_t> finishAll();

    /// Of calls whose rows are gone or name them no more.
    void deleteRecordings(const std::vector<std::string>& recordings);

private:
    base::Result<void> scrub();
    base::Result<model::InstanceId> instanceOf(model::CustomerId customer);

    store::Database& m_database;
    store::Writer& m_writer;
    media::AttachmentStore& m_attachments;
    store::SearchIndex& m_index;
    search::Indexer& m_indexer;
    const FilesGone m_filesGone;
    const Erased m_erased;
    const DeleteRecordings m_deleteRecordings;
};

} // namespace cb::jobs
