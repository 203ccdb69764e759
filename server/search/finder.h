#pragma once

#include "server/search/terms.h"
#include "server/store/readers.h"

namespace cb::search {

/// Service records with what stands in them.
struct RecordQuery {
    store::RecordFilter filter;
    Pieces text;     ///< in the messages or the customer's name
    Pieces customer; ///< in the customer's name

    bool searches() const { return !text.empty() || !customer.empty(); }
};

/// A page, newest first; see store::Records::page, also for pages that are short and not the last. What was said in the
/// last seconds may not be found yet. Any thread; blocks. Errors: storage_unavailable.
base::Result<store::RecordPage> findRecords(store::Reader& reader, store::SearchIndex& index, const RecordQuery& query,
                                            model::SessionId before, std::size_t limit);

} // namespace cb::search
