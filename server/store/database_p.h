#pragma once

#include "server/store/pool_p.h"

#include <mutex>

namespace cb::store {

struct Database::Impl {
    explicit Impl(DatabaseOptions opened)
        : options(std::move(opened))
        , pool(options) {}

    const DatabaseOptions options;
    int version = 0;
    Reader::Pool pool;

    std::mutex sideMutex;             ///< of `side`
    std::unique_ptr<Connection> side; ///< for reserveIds; keeps SQLite's log open

    /// `work(connection)` on it; what it throws is the error.
    template <class Work>
    auto aside(Work work) -> base::Result<std::invoke_result_t<Work, Connection&>>;
};

} // namespace cb::store
