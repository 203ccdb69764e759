#pragma once

#include "server/store/connection_p.h"
#include "server/store/search_index.h"

#include <mutex>
#include <string>
#include <vector>

/// What both search indexes share.
namespace cb::store {

inline constexpr int kSearchVersion = 1;

SearchIndex::Key randomSearchKey();
std::string keyText(const SearchIndex::Key& key);
SearchIndex::Key parseKey(const std::string& text); ///< throws

base::Result<std::unique_ptr<SearchIndex>> openSqliteSearch(const DatabaseOptions& options);
base::Result<std::unique_ptr<SearchIndex>> openPostgresSearch(const DatabaseOptions& options);

/// Connections that read, taken by whoever asks and kept for the next; as many as ask at once, which the pools of the
/// callers bound. Safe from any thread; the lock is never held while the database works.
class SearchReaders {
public:
    explicit SearchReaders(DatabaseOptions options)
        : m_options(std::move(options)) {}

    template <class Work>
    auto with(Work work) -> base::Result<std::invoke_result_t<Work, Connection&>> {
        auto taken = take();
        if (!taken)
            return taken.error();
        auto done = guarded(**taken, [&] { return work(**taken); });
        if (done)
            giveBack(std::move(*taken));
        return done;
    }

private:
    base::Result<std::unique_ptr<Connection>> take();
    void giveBack(std::unique_ptr<Connection> connection);

    const DatabaseOptions m_options;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Connection>> m_idle;
};

} // namespace cb::store
