#pragma once

#include "server/store/connection_p.h"

#include <condition_variable>
#include <mutex>
#include <vector>

namespace cb::store {

/// The read connections. Opened when first needed, kept, closed with the database or when they broke. Safe from any
/// thread; the lock is never held while the database works.
class Reader::Pool {
public:
    explicit Pool(DatabaseOptions options);

    base::Result<Reader> lease();
    void giveBack(std::unique_ptr<Connection> connection) noexcept; ///< nullptr: it broke

private:
    base::Result<std::unique_ptr<Connection>> take();

    const DatabaseOptions m_options;
    std::mutex m_mutex;
    std::condition_variable m_returned;
    std::size_t m_out = 0;
    std::vector<std::unique_ptr<Connection>> m_idle;
};

/// A new connection, or why there is none.
base::Result<std::unique_ptr<Connection>> connect(const DatabaseOptions& options, Connection::Use use);

} // namespace cb::store
