#include "server/desk/id_pool.h"

#include <chrono>

namespace cb::desk {

namespace {
constexpr std::array kKinds{store::IdKind::Session, store::IdKind::Customer, store::IdKind::Offer};
}

IdPool::IdPool(Storage& storage, std::int64_t block)
    : m_storage(storage)
    , m_block(block) {}

IdPool::~IdPool() {
    stop();
}

base::Result<void> IdPool::start() {
    for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
        const auto first = m_storage.reserveIds(kKinds[kind], m_block);
        if (!first)
            return first.error();
        m_blocks[kind].push_back(Block{*first, m_block});
    }
    m_thread = std::thread([this] { run(); });
    return {};
}

void IdPool::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

std::int64_t IdPool::left(std::size_t kind) const {
    std::int64_t sum = 0;
    for (const Block& block : m_blocks[kind])
        sum += block.count;
    return sum;
}

std::optional<std::size_t> IdPool::shortOf() const {
    for (std::size_t kind = 0; kind < kKinds.size(); ++kind)
        if (left(kind) <= m_block / 2)
            return kind;
    return std::nullopt;
}

std::int64_t IdPool::next(std::size_t kind) {
    const std::lock_guard lock(m_mutex);
    auto& blocks = m_blocks[kind];
    if (blocks.empty())
        return 0;
    const std::int64_t id = blocks.front().first++;
    if (--blocks.front().count == 0)
        blocks.pop_front();
    if (left(kind) == m_block / 2)
        m_wake.notify_one();
    return id;
}

void IdPool::run() {
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        const auto kind = shortOf();
        if (!kind) {
            m_wake.wait(lock, [&] { return m_stopping || shortOf(); });
            continue;
        }
        lock.unlock();
        const auto first = m_storage.reserveIds(kKinds[*kind], m_block);
        lock.lock();
        if (first)
            m_blocks[*kind].push_back(Block{*first, m_block});
        else
            m_wake.wait_for(lock, std::chrono::seconds(1), [&] { return m_stopping; });
    }
}

} // namespace cb::desk
