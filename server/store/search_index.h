#pragma once

#include "server/store/database.h"
#include "shared/base/result.h"
#include "shared/model/ids.h"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

namespace cb::store {

/// A word, as a number that tells nothing of it without the index's key (server/search makes them). It holds the
/// instance, too: the same word of two instances is two terms.
using SearchTerm = std::uint64_t;

struct SearchDocument {
    model::SessionId session;
    std::vector<SearchTerm> terms;
};

/// What one step of filling adds: whole or not at all.
struct SearchBatch {
    std::vector<SearchDocument> documents; ///< each session once
    /// Up to which event each of these instances is indexed then.
    std::map<model::InstanceId, model::Seq> positions;
};

/// Which sessions have which words: a filter that may say too much (a session that is gone, a word it no longer has)
/// and, once filled, never too little. Who asks looks at the rows. It holds no text. It can be thrown away and filled
/// again from the events.
///
/// SQLite: FTS5 in a file of its own beside the database ("<path>.search"), in parts of 262,144 session ids, so that
/// filling it never meets the Writer, the newest sessions are found first, and retention drops whole parts.
/// PostgreSQL: a table with a GIN index in the same database.
///
/// Threads: every member is safe from any thread; those that write come one after the other. Errors:
/// `storage_unavailable` (retry).
class SearchIndex {
public:
    using Key = std::array<unsigned char, 16>;

    /// Makes it when missing, and anew when it is of another version or damaged.
    static base::Result<std::unique_ptr<SearchIndex>> open(const DatabaseOptions& options);
    /// Removes the file of SQLite's beside this database, which nobody has open. open() makes it anew.
    static void discard(const std::string& database);
    virtual ~SearchIndex() = default;

    /// Random, made with the index.
    virtual Key key() const = 0;
    virtual base::Result<std::map<model::InstanceId, model::Seq>> positions() = 0;

    virtual base::Result<void> add(const SearchBatch& batch) = 0;
    /// These sessions have none of these terms any more. FTS5 may go on naming some that were added in several steps,
    /// as numbers that mean nothing without their words.
    virtual base::Result<void> remove(std::span<const SearchDocument> documents) = 0;
    /// There is no session below this one any more.
    virtual base::Result<void> dropBefore(model::SessionId oldest) = 0;
    /// Nothing is indexed, of any instance.
    virtual base::Result<void> clear() = 0;

    /// Sessions in the range that have all these terms, newest first. No terms: none.
    virtual base::Result<std::vector<model::SessionId>> find(std::span<const SearchTerm> all, model::SessionId from,
                                                             model::SessionId before, std::size_t limit) = 0;

    /// Where it lies; 0 where that is not known.
    virtual std::uint64_t bytes() const = 0;
};

} // namespace cb::store
