#include "server/store/pool_p.h"

#include <utility>

namespace cb::store {

base::Result<std::unique_ptr<Connection>> connect(const DatabaseOptions& options, Connection::Use use) {
    try {
        return std::make_unique<Connection>(options, use);
    } catch (const soci::soci_error& error) {
        const auto* typed = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
        if (typed != nullptr && (typed->result() & 0xFF) == SQLITE_NOTADB)
            return base::fatal("not_a_database", error.get_error_message());
        return base::retry("storage_unavailable", error.get_error_message());
    } catch (const std::exception& error) {
        return base::retry("storage_unavailable", error.what());
    }
}

Reader::Pool::Pool(DatabaseOptions options)
    : m_options(std::move(options)) {}

base::Result<std::unique_ptr<Connection>> Reader::Pool::take() {
    std::unique_lock lock(m_mutex);
    const auto free = [this] { return m_out < m_options.readers; };
    if (!m_returned.wait_for(lock, m_options.leaseTimeout, free))
        return base::retry("overloaded", "no read connection is free");
    ++m_out;
    if (m_idle.empty())
        return std::unique_ptr<Connection>();
    auto connection = std::move(m_idle.back());
    m_idle.pop_back();
    return connection;
}

base::Result<Reader> Reader::Pool::lease() {
    auto taken = take();
    if (!taken)
        return taken.error();
    if (!*taken)
        taken = connect(m_options, Connection::Use::Read);
    if (taken)
        return Reader(*this, std::move(*taken));
    giveBack(nullptr);
    return taken.error();
}

void Reader::Pool::giveBack(std::unique_ptr<Connection> connection) noexcept {
    if (connection && connection->inTransaction() && !connection->rollback())
        connection.reset();
    if (connection && connection->failed())
        connection.reset();
    const std::lock_guard lock(m_mutex);
    --m_out;
    if (connection)
        m_idle.push_back(std::move(connection));
    m_returned.notify_one();
}

Reader::Reader(Pool& pool, std::unique_ptr<Connection> connection)
    : m_pool(&pool)
    , m_connection(std::move(connection)) {}

Reader::Reader(Reader&& other) noexcept
    : m_pool(std::exchange(other.m_pool, nullptr))
    , m_connection(std::move(other.m_connection)) {}

Reader& Reader::operator=(Reader&& other) noexcept {
    if (this != &other) {
        giveBack();
        m_pool = std::exchange(other.m_pool, nullptr);
        m_connection = std::move(other.m_connection);
    }
    return *this;
}

Reader::~Reader() {
    giveBack();
}

void Reader::giveBack() noexcept {
    if (m_pool != nullptr && m_connection)
        m_pool->giveBack(std::move(m_connection));
    m_pool = nullptr;
}

} // namespace cb::store
